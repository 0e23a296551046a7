//! Did referrals reach help? Made, answered, accepted, first appointment, attended, and whose reason where not.
//!
//! Figures of the referrals made in a period, each followed to the day given: what is still open is counted as such, never as
//! a failure. The definitions, with worked cases, stand in `docs/managers/referral-figures.md`; the test reads them.

use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a service answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It takes the person, at once or from a waiting list.
    Accepted,
    /// It does not; the key of the reason.
    Declined(String),
}

/// On whose side the reason for a missed appointment lay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whose {
    /// The person's.
    Person,
    /// The service's.
    Service,
    /// Ours.
    Us,
    /// Neither: in custody, at court, in hospital.
    Elsewhere,
    /// Nobody said.
    NotKnown,
}

impl Whose {
    /// All of them.
    pub const ALL: [Whose; 5] = [Whose::Person, Whose::Service, Whose::Us, Whose::Elsewhere, Whose::NotKnown];

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Whose::Person => "the person’s",
            Whose::Service => "the service’s",
            Whose::Us => "ours",
            Whose::Elsewhere => "custody, court or hospital",
            Whose::NotKnown => "not known",
        }
    }
}

/// One referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// The day it was sent.
    pub made: Date,
    /// The day by which an answer was promised.
    pub promised: Date,
    /// The first answer and its day; the newest answer decides what it was.
    pub answered: Option<(Date, Answer)>,
    /// The day of the first appointment that was offered, kept or not.
    pub first_appointment: Option<Date>,
    /// The day of the first appointment that was attended.
    pub attended: Option<Date>,
    /// Appointments that were not kept.
    pub missed: Vec<Whose>,
    /// How often we asked again.
    pub chased: usize,
    /// Taken back by us, or taken over by another referral, on that day.
    pub taken_back: Option<Date>,
}

/// Days, of those where both ends are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// Each length, shortest first.
    lengths: Vec<i64>,
}

impl Days {
    fn add(&mut self, from: Date, to: Date) {
        let days = (to - from).get_days().max(0);
        let at = self.lengths.partition_point(|l| *l <= i64::from(days));
        self.lengths.insert(at, i64::from(days));
    }

    /// Of how many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lengths.len()
    }

    /// The middle one; of an even number, the mean of the two in the middle. Nothing of none.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        let n = self.lengths.len();
        let at = |i: usize| self.lengths.get(i).map(|l| *l as f64);
        if n % 2 == 1 {
            at(n / 2)
        } else {
            at(n / 2).zip(at((n / 2).wrapping_sub(1))).map(|(a, b)| f64::midpoint(a, b))
        }
    }

    /// The longest.
    #[must_use]
    pub fn longest(&self) -> Option<i64> {
        self.lengths.last().copied()
    }
}

/// The figures of some referrals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Made.
    pub made: usize,
    /// Taken back or taken over before an answer: they count in nothing below.
    pub taken_back: usize,
    /// Answered.
    pub answered: usize,
    /// Accepted, at once or from a waiting list.
    pub accepted: usize,
    /// Declined, by the key of the reason.
    pub declined: BTreeMap<String, usize>,
    /// Not answered, and the promised day is not over.
    pub waiting: usize,
    /// Not answered, and the promised day is over.
    pub silent: usize,
    /// Not answered by the promised day, whether an answer came later or not.
    pub late: usize,
    /// From sending to the first answer.
    pub to_answer: Days,
    /// From sending to the day of the first appointment offered.
    pub to_first_appointment: Days,
    /// A first appointment was attended.
    pub attended: usize,
    /// Appointments that were not kept, by whose reason.
    pub missed: BTreeMap<Whose, usize>,
    /// How often we asked again.
    pub chased: usize,
}

/// The figures as of a day.
#[must_use]
pub fn figures(referrals: &[Referral], as_of: Date) -> Figures {
    let mut f = Figures { made: referrals.len(), ..Figures::default() };
    for one in referrals {
        if one.answered.is_none() && one.taken_back.is_some() {
            f.taken_back += 1;
            continue;
        }
        let answered_on = one.answered.as_ref().map(|(day, _)| *day);
        match &one.answered {
            Some((day, answer)) => {
                f.answered += 1;
                f.to_answer.add(one.made, *day);
                match answer {
                    Answer::Accepted => f.accepted += 1,
                    Answer::Declined(why) => *f.declined.entry(why.clone()).or_default() += 1,
                }
            }
            None if as_of > one.promised => f.silent += 1,
            None => f.waiting += 1,
        }
        if answered_on.unwrap_or(as_of) > one.promised {
            f.late += 1;
        }
        if let Some(day) = one.first_appointment {
            f.to_first_appointment.add(one.made, day);
        }
        if one.attended.is_some() {
            f.attended += 1;
        }
        for whose in &one.missed {
            *f.missed.entry(*whose).or_default() += 1;
        }
        f.chased += one.chased;
    }
    f
}
