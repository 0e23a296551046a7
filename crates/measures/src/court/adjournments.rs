//! Adjournments before disposal: how many, for how long, for what.

use super::{Hearing, Next, Outcome, Reason, days};
use jiff::civil::Date;

/// How long an adjournment is, and how we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Length {
    /// To the next hearing that was listed.
    ToNextListed(Date),
    /// To the day the court fixed; no hearing is listed yet.
    ToDayFixed(Date),
    /// A date is to be fixed: it counts as an adjournment and adds no days.
    ToBeFixed,
    /// Nobody said when the case comes back.
    NotSaid,
}

impl Length {
    /// The day it ends, where there is one.
    #[must_use]
    pub fn until(self) -> Option<Date> {
        match self {
            Self::ToNextListed(day) | Self::ToDayFixed(day) => Some(day),
            Self::ToBeFixed | Self::NotSaid => None,
        }
    }
}

/// One adjournment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjournment {
    /// The cases that were put off together.
    pub cases: Vec<String>,
    /// The court.
    pub court: String,
    /// The day.
    pub on: Date,
    /// Why.
    pub reason: Reason,
    /// For how long.
    pub length: Length,
}

impl Adjournment {
    /// Its days, where it has an end.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        self.length.until().map(|until| days(self.on, until).max(0))
    }
}

/// The adjournments of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adjournments {
    /// How many.
    pub count: usize,
    /// How many of them have a length.
    pub with_length: usize,
    /// The days of those that have one, added up.
    pub days: i64,
    /// How many were for a report of either kind.
    pub for_report: usize,
    /// The days of those for a report that have a length.
    pub report_days: i64,
    /// Each, in order.
    pub list: Vec<Adjournment>,
}

pub(super) fn adjournments(cases: &[&[&Hearing]], as_of: Date) -> Adjournments {
    let mut list: Vec<Adjournment> = Vec::new();
    for hearings in cases {
        for (at, hearing) in hearings.iter().enumerate() {
            if hearing.last_day > as_of || hearing.outcome == Outcome::Disposed {
                break;
            }
            let Outcome::Adjourned(reason) = hearing.outcome else { continue };
            let length = match (hearings.get(at + 1), hearing.next) {
                (Some(next), _) => Length::ToNextListed(next.first_day),
                (None, Next::On(day)) => Length::ToDayFixed(day),
                (None, Next::ToBeFixed) => Length::ToBeFixed,
                (None, Next::NotSaid) => Length::NotSaid,
            };
            take(&mut list, hearing, reason, length);
        }
    }
    list.sort_by_key(|adjournment| adjournment.on);
    let for_report = list.iter().filter(|one| one.reason.is_report());
    Adjournments {
        count: list.len(),
        with_length: list.iter().filter(|one| one.days().is_some()).count(),
        days: list.iter().filter_map(Adjournment::days).sum(),
        for_report: for_report.clone().count(),
        report_days: for_report.filter_map(Adjournment::days).sum(),
        list,
    }
}

/// Cases put off together, on one day by one court to one day, are one adjournment.
fn take(list: &mut Vec<Adjournment>, hearing: &Hearing, reason: Reason, length: Length) {
    let together = list.iter_mut().find(|there| {
        there.court == hearing.court
            && there.on == hearing.last_day
            && there.length.until() == length.until()
            && !there.cases.contains(&hearing.case)
    });
    match together {
        Some(there) => {
            there.cases.push(hearing.case.clone());
            // For a report in one of the cases is for a report; any reason before none.
            let weight = |reason: Reason| match reason {
                Reason::PsychiatricReport => 3,
                Reason::PreSentenceReport => 2,
                Reason::Other => 1,
                Reason::NotKnown => 0,
            };
            if weight(reason) > weight(there.reason) {
                there.reason = reason;
            }
        }
        None => list.push(Adjournment {
            cases: vec![hearing.case.clone()],
            court: hearing.court.clone(),
            on: hearing.last_day,
            reason,
            length,
        }),
    }
}
