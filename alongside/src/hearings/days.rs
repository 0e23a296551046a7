//! A person's hearings as they stand: the same day in court may have come by a list, by a message and from a colleague. Pure.

use super::codes::{Attended, Comes, Ended, PutOff, Stood};
use super::heard::{ComesBack, Heard, Pronounced};
use super::kept::{Hearing, Said, Voice};
use crate::clock;
use crate::ids::SaidId;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// One day of one case in one court, with both voices.
#[derive(Debug, Clone)]
pub struct Day {
    /// The records that tell of it.
    pub hearings: Vec<Hearing>,
    /// What the court says.
    pub court: Option<Heard>,
    /// What a colleague recorded.
    pub ours: Option<Said>,
    /// What the court said last.
    pub court_said: Option<SaidId>,
    /// What counts: what a colleague recorded, and what the court says where nobody did.
    pub heard: Heard,
}

/// Where the two voices differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub what: &'static str,
    /// As a colleague recorded it.
    pub ours: String,
    /// As the court says it.
    pub court: String,
}

impl Day {
    fn of(hearings: Vec<Hearing>) -> Self {
        let mut courts: Vec<Heard> = hearings.iter().filter_map(Hearing::court).collect();
        // A voice that says what happened comes first; of two such the one with more results.
        courts.sort_by_key(|heard| (!heard.says_what_happened(), std::cmp::Reverse(heard.results.len())));
        let court = courts.into_iter().reduce(|first, other| filled_up(first, &other));
        let newest = |voice| {
            hearings
                .iter()
                .filter_map(|hearing| hearing.newest(voice))
                .max_by_key(|said| (said.said_at, said.id))
        };
        let (ours, court_said) = (newest(Voice::Ours).cloned(), newest(Voice::Court).map(|said| said.id));
        let heard = match (&ours, &court) {
            (Some(ours), Some(court)) => filled_up(ours.heard.clone(), court),
            (Some(ours), None) => ours.heard.clone(),
            (None, Some(court)) => court.clone(),
            (None, None) => Heard::default(),
        };
        Self { hearings, court, ours, court_said, heard }
    }

    /// Where colleague and court differ.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        match (&self.ours, &self.court) {
            (Some(ours), Some(court)) => differences(&ours.heard, court),
            _ => Vec::new(),
        }
    }

    /// Whether somebody should look at the difference: the court spoke after the colleague did.
    #[must_use]
    pub fn differs_openly(&self) -> bool {
        let answered = self.ours.as_ref().is_some_and(|ours| ours.answers_to == self.court_said);
        !answered && !self.differences().is_empty()
    }

    /// Whether it took place as far as anybody knows: not one that a later list took off before anything was said of it.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.ours.is_some()
            || self.court.as_ref().is_some_and(Heard::says_what_happened)
            || self.hearings.iter().any(|hearing| !hearing.off_list)
    }

    /// The words for the case.
    #[must_use]
    pub fn case(&self) -> &str {
        self.heard.cases.first().map_or("No case reference", String::as_str)
    }
}

/// What the first says, and where it says nothing, what the other says.
pub(super) fn filled_up(mut first: Heard, other: &Heard) -> Heard {
    fn text(first: &mut String, other: &str) {
        if first.is_empty() {
            other.clone_into(first);
        }
    }
    fn may<T: Clone>(first: &mut Option<T>, other: &Option<T>) {
        if first.is_none() {
            first.clone_from(other);
        }
    }
    text(&mut first.court_code, &other.court_code);
    text(&mut first.court, &other.court);
    text(&mut first.words, &other.words);
    text(&mut first.terms, &other.terms);
    may(&mut first.at, &other.at);
    may(&mut first.room, &other.room);
    may(&mut first.court_hearing, &other.court_hearing);
    may(&mut first.kind, &other.kind);
    may(&mut first.listed_for, &other.listed_for);
    may(&mut first.application, &other.application);
    for reference in &other.cases {
        if !first.cases.contains(reference) {
            first.cases.push(reference.clone());
        }
    }
    if first.charges.is_empty() {
        first.charges.clone_from(&other.charges);
    }
    if first.results.is_empty() {
        first.results.clone_from(&other.results);
    }
    if !first.attended.is_said() || first.attended == Attended::NotKnown && other.attended.is_said() {
        first.attended = other.attended;
    }
    for (mine, theirs) in [(&mut first.before, other.before), (&mut first.after, other.after)] {
        if !mine.is_said() || *mine == Stood::NotKnown && theirs.is_said() {
            *mine = theirs;
        }
    }
    // What it ended with, why and when it comes back belong together: a date of the other voice must not complete a disposal.
    let knows_no_end = matches!(first.ended, Ended::NotSaid | Ended::NotKnown);
    if knows_no_end && other.ended.is_said() {
        first.ended = other.ended;
    }
    if first.ended == other.ended {
        if !first.put_off.is_said() || first.put_off == PutOff::NotKnown && other.put_off.is_said() {
            first.put_off = other.put_off;
            first.put_off_words.clone_from(&other.put_off_words);
        }
        if matches!(first.comes_back.how, Comes::NotSaid | Comes::NotKnown) && other.comes_back.how.is_said()
        {
            first.comes_back.clone_from(&other.comes_back);
        }
    }
    first.resulted |= other.resulted;
    for odd in &other.oddities {
        if !first.oddities.contains(odd) {
            first.oddities.push(odd.clone());
        }
    }
    first
}

/// Both said something, and not the same. "Not known" contradicts nothing.
fn differences(ours: &Heard, court: &Heard) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut tell = |what, differ: bool, ours: String, court: String| {
        if differ {
            found.push(Difference { what, ours, court });
        }
    };
    let known = |a: Attended| a.is_said() && a != Attended::NotKnown;
    let stands = |s: Stood| s.is_said() && s != Stood::NotKnown;
    let ends = |e: Ended| e.is_said() && e != Ended::NotKnown;
    let reason = |p: PutOff| p.is_said() && p != PutOff::NotKnown;
    tell(
        "Attended",
        known(ours.attended) && known(court.attended) && ours.attended != court.attended,
        ours.attended.words().into(),
        court.attended.words().into(),
    );
    tell(
        "Before",
        stands(ours.before) && stands(court.before) && !ours.before.agrees(court.before),
        ours.before.words().into(),
        court.before.words().into(),
    );
    tell(
        "After",
        stands(ours.after) && stands(court.after) && !ours.after.agrees(court.after),
        ours.after.words().into(),
        court.after.words().into(),
    );
    tell(
        "Ended with",
        ends(ours.ended) && ends(court.ended) && ours.ended != court.ended,
        ours.ended.words().into(),
        court.ended.words().into(),
    );
    tell(
        "Put off for",
        reason(ours.put_off) && reason(court.put_off) && !ours.put_off.agrees(court.put_off),
        put_off_words(ours),
        put_off_words(court),
    );
    let (next, theirs) = (&ours.comes_back, &court.comes_back);
    let says = |c: &ComesBack| c.how.is_said() && c.how != Comes::NotKnown;
    let other_time = next.at.is_some() && theirs.at.is_some() && next.at != theirs.at;
    tell(
        "Comes back",
        says(next) && says(theirs) && (next.on != theirs.on || other_time),
        comes_back_words(next),
        comes_back_words(theirs),
    );
    let orders = (ours.orders(), court.orders());
    tell(
        "Results",
        !orders.0.is_empty() && !orders.1.is_empty() && orders.0 != orders.1,
        titles(&ours.results),
        titles(&court.results),
    );
    found
}

fn titles(results: &[Pronounced]) -> String {
    let mut titles: Vec<String> = results.iter().map(Pronounced::title).collect();
    titles.dedup();
    titles.join("; ")
}

/// "Pre-sentence report, short or fast delivery: at the probation office".
#[must_use]
pub fn put_off_words(heard: &Heard) -> String {
    match (heard.put_off, heard.put_off_words.as_str()) {
        (why, "") => why.words().to_owned(),
        (PutOff::Other, words) => words.to_owned(),
        (why, words) => format!("{} (“{words}”)", why.words()),
    }
}

/// "23 March 2026, 10:00", "in the week of 23 March 2026", "date to be fixed".
#[must_use]
pub fn comes_back_words(next: &ComesBack) -> String {
    let day = next.on.map(clock::day_words).unwrap_or_default();
    let mut words = match (next.how, next.on) {
        (Comes::OnDay, Some(_)) => day,
        (Comes::InWeek, Some(_)) => format!("in the week of {day}"),
        (how, _) => how.words().to_lowercase(),
    };
    if let Some(at) = &next.at {
        words.push_str(&format!(", {at}"));
    }
    if let Some(room) = &next.room {
        words.push_str(&format!(", room {room}"));
    }
    if let Some(court) = &next.court {
        words.push_str(&format!(", {court}"));
    }
    words
}

/// A person's days in court, newest first. Records of one day of one case in one court are one day.
#[must_use]
pub fn days(hearings: Vec<Hearing>) -> Vec<Day> {
    let mut groups: Vec<(String, Date, BTreeSet<String>, Vec<Hearing>)> = Vec::new();
    // Those with a reference first, so that one without finds them.
    let mut sorted: Vec<(Heard, Hearing)> = hearings
        .into_iter()
        .filter_map(|h| Some((h.newest(Voice::Ours).or_else(|| h.said.last())?.heard.clone(), h)))
        .collect();
    sorted.sort_by_key(|(heard, hearing)| (heard.cases.is_empty(), hearing.id));
    for (mut heard, hearing) in sorted {
        if heard.cases.is_empty()
            && let Some(court) = hearing.court()
        {
            heard.cases = court.cases;
        }
        let cases: BTreeSet<String> = heard.cases.iter().map(|case| plain(case)).collect();
        let same_day: Vec<usize> = groups
            .iter()
            .enumerate()
            .filter(|(_, (court, on, ..))| *court == heard.court_code && *on == heard.on)
            .map(|(at, _)| at)
            .collect();
        let shares = |at: &&usize| !groups[**at].2.is_disjoint(&cases);
        let only = || (cases.is_empty() && same_day.len() == 1).then(|| same_day.first().copied()).flatten();
        match same_day.iter().find(shares).copied().or_else(only) {
            Some(at) => {
                groups[at].2.extend(cases);
                groups[at].3.push(hearing);
            }
            None => groups.push((heard.court_code, heard.on, cases, vec![hearing])),
        }
    }
    let mut days: Vec<Day> = groups.into_iter().map(|(.., hearings)| Day::of(hearings)).collect();
    days.sort_by(|a, b| (b.heard.on, &b.heard.at, a.case()).cmp(&(a.heard.on, &a.heard.at, b.case())));
    days
}

/// A reference without the marks people leave out.
pub(super) fn plain(case: &str) -> String {
    case.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
