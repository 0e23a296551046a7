//! How common a value is in the register: a shared rare surname says more than a shared `KHAN`.
//!
//! A store keeps `(kind, value, count)` rows and looks up the terms of a list at once; the in-memory index keeps hashes.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::clean::Cleaned;
use crate::hash::{self, Fast};
use crate::index::Buckets;
use jiff::civil::Date;
use std::sync::Arc;

/// What a term counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TermKind {
    /// A first given name.
    Forename = 1,
    /// A whole surname.
    Surname = 2,
    /// First given name and whole surname together: names go together by heritage.
    FullName = 3,
    /// A date of birth, ISO.
    Birth = 4,
    /// A postcode without its space.
    Postcode = 5,
    /// The outward half of a postcode.
    Outcode = 6,
    /// A town; also a postal area by its letters (`SW`).
    Town = 7,
}

impl TermKind {
    /// The word a store keeps for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            TermKind::Forename => "forename",
            TermKind::Surname => "surname",
            TermKind::FullName => "full name",
            TermKind::Birth => "birth",
            TermKind::Postcode => "postcode",
            TermKind::Outcode => "outcode",
            TermKind::Town => "town",
        }
    }
}

/// One value of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// What it is a value of.
    pub kind: TermKind,
    /// The cleaned value.
    pub value: String,
}

/// The terms of a person, each once; what a comparison asks for is [`terms_asked`]. A store adds one to each count when a person comes, and takes one off when they go.
#[must_use]
pub fn terms(person: &Cleaned) -> Vec<Term> {
    let mut out: Vec<Term> = Vec::with_capacity(8);
    let mut push = |kind, value: String| {
        let term = Term { kind, value };
        if !term.value.is_empty() && !out.contains(&term) {
            out.push(term);
        }
    };
    for name in &person.names {
        push(TermKind::Forename, name.forename().to_owned());
        push(TermKind::Surname, name.surname.clone());
        if !name.given.is_empty() && !name.surname.is_empty() {
            push(TermKind::FullName, format!("{} {}", name.forename(), name.surname));
        }
    }
    for birth in &person.births {
        push(TermKind::Birth, birth.to_string());
    }
    for place in &person.places {
        if let Some(postcode) = place.postcode {
            push(TermKind::Postcode, postcode.as_str().to_owned());
            push(TermKind::Outcode, postcode.outcode().to_owned());
            push(TermKind::Town, postcode.area().to_owned());
        }
        push(TermKind::Town, place.town.clone());
    }
    out
}

/// The terms whose counts a comparison of this person may ask for: [`terms`], and besides them middle names, which are as common as
/// they are as forenames, and the single words of a surname. A store that looks counts up looks these up; a term left out weighs as
/// if nobody had it.
#[must_use]
pub fn terms_asked(person: &Cleaned) -> Vec<Term> {
    let mut out = terms(person);
    for name in &person.names {
        let parts = name
            .middles()
            .map(|word| (TermKind::Forename, word))
            .chain(name.surnames().map(|word| (TermKind::Surname, word)));
        for (kind, word) in parts {
            let term = Term { kind, value: word.to_owned() };
            if !word.is_empty() && !out.contains(&term) {
                out.push(term);
            }
        }
    }
    out
}

pub(crate) fn term_hash(kind: TermKind, value: &str) -> u64 {
    hash::text(hash::start(0x80 | kind as u8), value)
}

pub(crate) fn full_name_hash(forename: &str, surname: &str) -> u64 {
    let mut text = [0u8; 160];
    let length = forename.len() + 1 + surname.len();
    if length <= text.len() {
        text[..forename.len()].copy_from_slice(forename.as_bytes());
        text[forename.len()] = b' ';
        text[forename.len() + 1..length].copy_from_slice(surname.as_bytes());
        if let Ok(joined) = std::str::from_utf8(&text[..length]) {
            return term_hash(TermKind::FullName, joined);
        }
    }
    term_hash(TermKind::FullName, &format!("{forename} {surname}"))
}

/// Hashes of [`terms`], for the index: no text is made.
pub(crate) fn write_terms(person: &Cleaned, out: &mut Vec<u64>) {
    for name in &person.names {
        for (kind, word) in
            [(TermKind::Forename, name.forename()), (TermKind::Surname, name.surname.as_str())]
        {
            if !word.is_empty() {
                out.push(term_hash(kind, word));
            }
        }
        if !name.given.is_empty() && !name.surname.is_empty() {
            out.push(full_name_hash(name.forename(), &name.surname));
        }
    }
    for birth in &person.births {
        out.push(birth_hash(*birth));
    }
    for place in &person.places {
        if let Some(postcode) = place.postcode {
            out.push(term_hash(TermKind::Postcode, postcode.as_str()));
            out.push(term_hash(TermKind::Outcode, postcode.outcode()));
            out.push(term_hash(TermKind::Town, postcode.area()));
        }
        if !place.town.is_empty() {
            out.push(term_hash(TermKind::Town, &place.town));
        }
    }
    if person.names.len() > 1 || person.places.len() > 1 {
        out.sort_unstable();
        out.dedup();
    }
}

/// The hash of a date's ISO text, without making the text.
pub(crate) fn birth_hash(date: Date) -> u64 {
    term_hash(TermKind::Birth, std::str::from_utf8(&iso(date)).unwrap_or(""))
}

/// `YYYY-MM-DD`.
pub(crate) fn iso(date: Date) -> [u8; 10] {
    let mut out = *b"0000-00-00";
    let mut put = |at: usize, places: usize, mut value: i32| {
        for i in (at..at + places).rev() {
            out[i] = b'0' + u8::try_from(value.rem_euclid(10)).unwrap_or(0);
            value /= 10;
        }
    };
    put(0, 4, i32::from(date.year()));
    put(5, 2, i32::from(date.month()));
    put(8, 2, i32::from(date.day()));
    out
}

/// Counts of the register's terms, as far as they were looked up.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    people: u64,
    /// An index's table of counts of two and more; values it doesn't have are held by one person or nobody.
    table: Option<Arc<Buckets>>,
    counts: HashMap<u64, i64, BuildHasherDefault<Fast>>,
}

impl Frequencies {
    /// Of a register of so many people, without counts yet: every value then counts as unseen.
    #[must_use]
    pub fn of(people: u64) -> Self {
        Frequencies { people, ..Frequencies::default() }
    }

    /// From counts looked up: terms of the list's rows at least, better also of their candidates.
    #[must_use]
    pub fn looked_up<'a>(people: u64, counts: impl IntoIterator<Item = (&'a Term, u64)>) -> Self {
        let mut out = Frequencies::of(people);
        for (term, count) in counts {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            out.counts.insert(term_hash(term.kind, &term.value), count);
        }
        out
    }

    /// From a whole register in memory.
    #[must_use]
    pub fn of_register<'a>(people: impl IntoIterator<Item = &'a Cleaned>) -> Self {
        let mut out = Frequencies::of(1);
        let mut size = 0;
        for person in people {
            size += 1;
            for term in terms(person) {
                *out.counts.entry(term_hash(term.kind, &term.value)).or_default() += 1;
            }
        }
        out.people = size;
        out
    }

    /// People in the register, at least one.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.people.max(1)
    }

    pub(crate) fn people_exactly(&self) -> u64 {
        self.people
    }

    pub(crate) fn stored(people: u64, table: Arc<Buckets>) -> Self {
        Frequencies { people, table: Some(table), counts: HashMap::default() }
    }

    pub(crate) fn table(&self) -> Option<&Buckets> {
        self.table.as_deref()
    }

    pub(crate) fn stored_bytes(&self) -> usize {
        self.table.as_ref().map_or(0, |table| table.bytes())
    }

    /// One person comes (`1`) or goes (`-1`).
    pub(crate) fn add(&mut self, terms: &[u64], by: i64) {
        self.people = self.people.saturating_add_signed(by);
        for &term in terms {
            *self.counts.entry(term).or_default() += by;
        }
    }

    /// How many people of the register share a value; `None` when it was not looked up or nobody has it.
    #[must_use]
    pub fn count(&self, kind: TermKind, value: &str) -> Option<u32> {
        self.count_hash(term_hash(kind, value))
    }

    pub(crate) fn count_hash(&self, hash: u64) -> Option<u32> {
        let changed = if self.counts.is_empty() { None } else { self.counts.get(&hash).copied() };
        let stored = self.table.as_ref().and_then(|table| table.get(hash).next());
        if changed.is_none() && stored.is_none() {
            return None;
        }
        let sum = changed.unwrap_or(0) + i64::from(stored.unwrap_or(0));
        u32::try_from(sum.max(0)).ok()
    }
}
