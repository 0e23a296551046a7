//! How common a value is in the register: a shared rare surname says more than a shared `KHAN`.
//!
//! A store keeps `(kind, value, count)` rows and looks up the terms of a list at once; the in-memory index keeps hashes.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::clean::Cleaned;
use crate::hash::{self, Fast};

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

/// The terms of a person, each once. A store adds one to each count when a person comes, and takes one off when they go.
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

/// Counts of the register's terms, as far as they were looked up.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    people: u64,
    counts: HashMap<u64, u32, BuildHasherDefault<Fast>>,
}

impl Frequencies {
    /// Of a register of so many people, without counts yet: every value then counts as unseen.
    #[must_use]
    pub fn of(people: u64) -> Self {
        Frequencies { people: people.max(1), counts: HashMap::default() }
    }

    /// From counts looked up: terms of the list's rows at least, better also of their candidates.
    #[must_use]
    pub fn looked_up<'a>(people: u64, counts: impl IntoIterator<Item = (&'a Term, u64)>) -> Self {
        let mut out = Frequencies::of(people);
        for (term, count) in counts {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
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
        out.people = u64::max(size, 1);
        out
    }

    /// People in the register.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.people
    }

    /// How many people of the register share a value; `None` when it was not looked up or nobody has it.
    #[must_use]
    pub fn count(&self, kind: TermKind, value: &str) -> Option<u32> {
        self.count_hash(term_hash(kind, value))
    }

    pub(crate) fn count_hash(&self, hash: u64) -> Option<u32> {
        self.counts.get(&hash).copied()
    }
}
