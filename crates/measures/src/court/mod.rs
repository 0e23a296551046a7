//! Remand, adjournments and time to disposal of one person, worked out from the hearings of their cases.
//!
//! Every figure comes with its working: the spells and adjournments it is the sum of. What nobody recorded is counted as not
//! known, never as nothing. The definitions, with worked cases, stand in `docs/managers/court-figures.md`; the test reads them.

mod adjournments;
mod remand;
mod time;

pub use adjournments::{Adjournment, Adjournments, Length};
pub use remand::{Remand, Spell, SpellEnd};
pub use time::CaseTime;

use jiff::civil::Date;

/// How somebody stands towards the court between hearings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Standing {
    /// Remanded in custody.
    Custody,
    /// Remanded to hospital.
    Hospital,
    /// On bail of any kind.
    Bail,
    /// Neither: at liberty, sentenced, or not to be dealt with.
    NotRemanded,
    /// Nobody said.
    #[default]
    NotKnown,
}

impl Standing {
    /// Held for the court, in prison or in hospital.
    #[must_use]
    pub fn is_held(self) -> bool {
        matches!(self, Self::Custody | Self::Hospital)
    }
}

/// Why a case was put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reason {
    /// For a psychiatric or other medical report.
    PsychiatricReport,
    /// For a pre-sentence report.
    PreSentenceReport,
    /// For anything else.
    Other,
    /// Nobody said.
    #[default]
    NotKnown,
}

impl Reason {
    /// For a report of either kind.
    #[must_use]
    pub fn is_report(self) -> bool {
        matches!(self, Self::PsychiatricReport | Self::PreSentenceReport)
    }
}

/// What a hearing ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Outcome {
    /// The case comes back to the same level of court.
    Adjourned(Reason),
    /// Part heard: it goes on on another day of the same hearing.
    Continues,
    /// Sent or committed to the Crown Court, where the case goes on.
    ToCrownCourt,
    /// Ended, by sentence or without conviction.
    Disposed,
    /// Nobody recorded what happened.
    #[default]
    NotKnown,
}

/// When the case is to come back, as it was said in court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Next {
    /// On this day.
    On(Date),
    /// A date is to be fixed.
    ToBeFixed,
    /// Nobody said.
    #[default]
    NotSaid,
}

/// One hearing of one case; one over several days is one hearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hearing {
    /// The case: the same words in every hearing of it.
    pub case: String,
    /// The court.
    pub court: String,
    /// Its first day.
    pub first_day: Date,
    /// The day on which it was decided: its last.
    pub last_day: Date,
    /// How the person stood when it began.
    pub before: Standing,
    /// How they stood when it ended.
    pub after: Standing,
    /// What it ended with.
    pub outcome: Outcome,
    /// When the case was to come back.
    pub next: Next,
}

/// The figures of one person, each with its working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Days on remand.
    pub remand: Remand,
    /// Adjournments.
    pub adjournments: Adjournments,
    /// How long each case took.
    pub cases: Vec<CaseTime>,
    /// Hearings before the day of the figures of which nobody recorded what happened.
    pub without_result: usize,
}

/// Works the figures out as they stand on a day.
#[must_use]
pub fn figures(hearings: &[Hearing], as_of: Date) -> Figures {
    let mut cases: Vec<(&str, Vec<&Hearing>)> = Vec::new();
    for hearing in hearings {
        match cases.iter_mut().find(|(case, _)| *case == hearing.case) {
            Some((_, there)) => there.push(hearing),
            None => cases.push((&hearing.case, vec![hearing])),
        }
    }
    for (_, list) in &mut cases {
        list.sort_by_key(|hearing| (hearing.first_day, hearing.last_day));
    }
    cases.sort_by_key(|(case, list)| (list.first().map(|hearing| hearing.first_day), *case));
    let lists: Vec<&[&Hearing]> = cases.iter().map(|(_, list)| list.as_slice()).collect();
    Figures {
        remand: remand::remand(&lists, as_of),
        adjournments: adjournments::adjournments(&lists, as_of),
        cases: lists.iter().filter_map(|list| time::of(list, as_of)).collect(),
        without_result: hearings
            .iter()
            .filter(|hearing| hearing.outcome == Outcome::NotKnown && hearing.last_day < as_of)
            .count(),
    }
}

/// Days from one to another; negative when the second is earlier.
fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
