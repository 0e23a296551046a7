//! What rooms below ask: when is somebody in court next, and what was the result.

use super::codes::{Comes, Ended, PutOff, Stood};
use super::days::{Day, days};
use super::heard::Pronounced;
use super::kept;
use crate::ids::HearingId;
use crate::morning::About;
use crate::projects::national_court;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Read, Result};

/// Where the next hearing is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownFrom {
    /// It stands on a list, or in a message.
    Listed,
    /// It was said at the last hearing.
    SaidAtLast,
}

/// The next time somebody is in court.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextHearing {
    /// The day; the first day of the week when only that was said.
    pub on: Date,
    /// Only the week is known.
    pub how: Comes,
    /// The time, "10:00".
    pub at: Option<String>,
    /// Code of the court; empty when it is not known.
    pub court_code: String,
    /// Its name; empty when it is not known.
    pub court: String,
    /// The room.
    pub room: Option<String>,
    /// References of the case.
    pub cases: Vec<String>,
    /// Where it is known from.
    pub from: KnownFrom,
}

/// The result of one day in court.
#[derive(Debug, Clone)]
pub struct Resulted {
    /// The day in court.
    pub hearing: HearingId,
    /// The day.
    pub on: Date,
    /// Code of the court.
    pub court_code: String,
    /// Its name.
    pub court: String,
    /// References of the case.
    pub cases: Vec<String>,
    /// When we came to know it.
    pub known_at: Timestamp,
    /// From whom: a colleague's name, or "the court's message".
    pub by: String,
    /// What it ended with.
    pub ended: Ended,
    /// How the person stands after it.
    pub after: Stood,
    /// Why it was put off.
    pub put_off: PutOff,
    /// Results, with national codes.
    pub results: Vec<Pronounced>,
    /// Colleague and court differ, and nobody has looked at it.
    pub differs: Differs,
}

/// Whether the two voices differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// They do, and nobody has settled it.
    Openly,
    /// They do not, or it is settled.
    No,
}

/// The name of a court from its code, else the words it came with.
#[must_use]
pub(super) fn court_name(code: &str, words: &str) -> String {
    national_court(code).map_or_else(|| words.to_owned(), |court| court.name.to_owned())
}

/// The next hearing of somebody on or after a day. `about` proves scope: [`crate::morning::about_line`] and
/// [`crate::morning::about_person`] make it.
///
/// # Errors
/// When the database can't be read.
pub fn next_hearing(r: &mut Read<'_>, about: &About, from: Date) -> Result<Option<NextHearing>> {
    Ok(next_of(&days(kept::about(r, about)?), from))
}

/// Every day in court of somebody, newest first. `about` proves scope.
///
/// # Errors
/// When the database can't be read.
pub fn days_about(r: &mut Read<'_>, about: &About) -> Result<Vec<Day>> {
    Ok(days(kept::about(r, about)?))
}

/// The earliest day that is listed or was said, and that nothing is known to have happened on.
pub(super) fn next_of(days: &[Day], from: Date) -> Option<NextHearing> {
    let listed = days
        .iter()
        .filter(|day| day.heard.on >= from && day.counts() && !day.heard.ended.is_said())
        .map(|day| NextHearing {
            on: day.heard.on,
            how: Comes::OnDay,
            at: day.heard.at.clone(),
            court_code: day.heard.court_code.clone(),
            court: court_name(&day.heard.court_code, &day.heard.court),
            room: day.heard.room.clone(),
            cases: day.heard.cases.clone(),
            from: KnownFrom::Listed,
        });
    let said = days.iter().filter(|day| day.counts()).filter_map(|day| {
        let next = &day.heard.comes_back;
        let on = next.on.filter(|on| *on >= from)?;
        let code = next.court_code.clone().unwrap_or_else(|| match (day.heard.ended, &next.court) {
            (Ended::ToCrownCourt, _) | (_, Some(_)) => String::new(),
            _ => day.heard.court_code.clone(),
        });
        let own = if code == day.heard.court_code { day.heard.court.as_str() } else { "" };
        let words = next.court.as_deref().unwrap_or(own);
        Some(NextHearing {
            on,
            how: next.how,
            at: next.at.clone(),
            court: court_name(&code, words),
            court_code: code,
            room: next.room.clone(),
            cases: day.heard.cases.clone(),
            from: KnownFrom::SaidAtLast,
        })
    });
    // What stands on a list knows more than what was said before it.
    listed
        .chain(said)
        .min_by_key(|next| (next.on, next.from != KnownFrom::Listed, next.at.clone().unwrap_or_default()))
}

/// Results that we came to know since a moment, oldest first. `about` proves scope.
///
/// # Errors
/// When the database can't be read.
pub fn results_since(r: &mut Read<'_>, about: &About, since: Timestamp) -> Result<Vec<Resulted>> {
    let mut found: Vec<Resulted> =
        days(kept::about(r, about)?).iter().filter_map(|day| resulted(day, since)).collect();
    found.sort_by_key(|result| (result.known_at, result.hearing));
    Ok(found)
}

fn resulted(day: &Day, since: Timestamp) -> Option<Resulted> {
    if !day.heard.says_what_happened() {
        return None;
    }
    let newest = day
        .hearings
        .iter()
        .flat_map(|hearing| hearing.said.iter().map(move |said| (hearing.id, said)))
        .filter(|(_, said)| said.heard.says_what_happened())
        .max_by_key(|(_, said)| (said.recorded_at, said.id))?;
    let (hearing, said) = newest;
    (said.recorded_at >= since).then(|| Resulted {
        hearing,
        on: day.heard.on,
        court_code: day.heard.court_code.clone(),
        court: court_name(&day.heard.court_code, &day.heard.court),
        cases: day.heard.cases.clone(),
        known_at: said.recorded_at,
        by: match said.voice {
            kept::Voice::Ours => said.by.clone(),
            kept::Voice::Court => "the court’s message".into(),
        },
        ended: day.heard.ended,
        after: day.heard.after,
        put_off: day.heard.put_off,
        results: day.heard.results.clone(),
        differs: if day.differs_openly() { Differs::Openly } else { Differs::No },
    })
}
