//! Limits that run twice: so long at a time, and so long in all (sections 35, 36 and 38).

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::Serialize;

use crate::clock::{Clock, State};
use crate::rule::{Limit, Rule};
use crate::source::{Binding, Confirmed, Source, Validity};
use crate::time::{Moment, day_in_london, day_in_words, days_between, days_later, end_of_day};

/// One period that the court ordered. A remand from 1 to 29 March is 28 days: the nights are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Period {
    /// The day of the order.
    pub from: Date,
    /// The day it ends: the next hearing.
    pub until: Date,
}

impl Period {
    /// Days of the period; 0 when it ends before it starts.
    pub fn days(self) -> i64 {
        days_between(self.from, self.until).max(0)
    }
}

/// The most there may be in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ceiling {
    /// So many days ordered, added up.
    DaysOrdered(u32),
    /// So many months counted from the first order, whatever lies between.
    MonthsFromFirst(u32),
}

/// A limit at a time and in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AtATime {
    /// Stable key.
    pub key: &'static str,
    /// What it limits.
    pub name: &'static str,
    /// The most days of the first period.
    pub first_days: u32,
    /// The most days of each later one.
    pub later_days: u32,
    /// The most in all.
    pub ceiling: Ceiling,
    /// From how many hours before the end it is due soon.
    pub soon_hours: u32,
    /// Where it comes from.
    pub source: Source,
    /// When it holds.
    pub valid: Validity,
}

/// Section 35: remand to hospital for a report.
pub const S35: AtATime = AtATime {
    key: "s35.total",
    name: "Remand to hospital for a report (section 35)",
    first_days: 28,
    later_days: 28,
    ceiling: Ceiling::DaysOrdered(84),
    soon_hours: 120,
    source: Source::new("Mental Health Act 1983 s35(7)", Confirmed::Secondary),
    valid: Validity::from(date(1983, 9, 30)),
};

/// Section 36: remand to hospital for treatment, Crown Court only.
pub const S36: AtATime = AtATime {
    key: "s36.total",
    name: "Remand to hospital for treatment (section 36)",
    source: Source::new("Mental Health Act 1983 s36(6)", Confirmed::Secondary),
    ..S35
};

/// Section 38: interim hospital order.
pub const S38: AtATime = AtATime {
    key: "s38.total",
    name: "Interim hospital order (section 38)",
    first_days: 84,
    later_days: 28,
    ceiling: Ceiling::MonthsFromFirst(12),
    soon_hours: 120,
    source: Source::new(
        "Mental Health Act 1983 s38(5); the 12 weeks and 12 months from Rethink’s page on section 38",
        Confirmed::Secondary,
    ),
    valid: Validity::from(date(1983, 9, 30)),
};

/// How much of the total is used and left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Total {
    /// Days ordered, overlaps counted once.
    pub ordered_days: i64,
    /// Of those, days that have passed.
    pub used_days: i64,
    /// Days the court can still order; negative when it ordered too many.
    pub left_days: i64,
    /// The longest the next period may be.
    pub next_at_most: i64,
    /// The latest day the whole may reach if renewed without a gap.
    pub ends_at_latest: Option<Date>,
    /// The clock of the current period: the person must be back in court by its last day. `None` without periods.
    pub clock: Option<Clock>,
    /// What doesn't fit the limits, in plain words. Shown to people, never corrected silently.
    pub problems: Vec<String>,
    /// A sentence that says how it stands.
    pub words: String,
}

impl AtATime {
    /// Adds up the periods. `ended` is the day the person left this order for good (sentence, discharge, another order).
    pub fn total(&self, periods: &[Period], ended: Option<Date>, now: Timestamp) -> Total {
        let today = day_in_london(now);
        let merged = merged(periods);
        let ordered_days: i64 = merged.iter().map(|period| period.days()).sum();
        let stop = ended.map_or(today, |ended| ended.min(today));
        let used_days =
            merged.iter().map(|p| Period { from: p.from, until: p.until.min(stop) }.days()).sum::<i64>();
        let first = merged.first().map(|period| period.from);
        let last = merged.last().map(|period| period.until);
        let (left_days, ends_at_latest) = match self.ceiling {
            Ceiling::DaysOrdered(total) => {
                let left = i64::from(total) - ordered_days;
                (left, last.map(|last| days_later(last, left)))
            }
            Ceiling::MonthsFromFirst(months) => {
                let limit = Limit::MonthsCountingFirst(months);
                let end = first.map(|first| limit.last_day(first, &crate::Calendar::default()));
                let reached = last.unwrap_or(today);
                (end.map_or(i64::from(months) * 30, |end| days_between(reached, end)), end)
            }
        };
        let at_a_time = if merged.is_empty() { self.first_days } else { self.later_days };
        let next_at_most = left_days.clamp(0, i64::from(at_a_time));
        let words = match ends_at_latest {
            Some(end) => format!(
                "{}: {ordered_days} days ordered, {used_days} passed; {} can still be ordered, at most {next_at_most} next, \
                 not beyond {} ({}, {}).",
                self.name,
                left_days.max(0),
                day_in_words(end),
                self.source.cite,
                self.source.confirmed.words(),
            ),
            None => format!("{}: nothing ordered yet; at most {next_at_most} days at first.", self.name),
        };
        Total {
            ordered_days,
            used_days,
            left_days,
            next_at_most,
            ends_at_latest,
            clock: first.zip(last).map(|(first, last)| self.clock(first, last, ends_at_latest, ended, now)),
            problems: self.problems(periods, left_days),
            words,
        }
    }

    fn clock(
        &self,
        first: Date,
        last: Date,
        ceiling: Option<Date>,
        ended: Option<Date>,
        now: Timestamp,
    ) -> Clock {
        let due_on = ceiling.map_or(last, |ceiling| ceiling.min(last));
        let rule = Rule {
            key: self.key.into(),
            name: self.name.into(),
            starts_when: "the court first ordered it".into(),
            limit: Limit::Days(u32::try_from(days_between(first, due_on)).unwrap_or(0)),
            binding: Binding::Law,
            soon_hours: self.soon_hours,
            source: self.source,
            valid: self.valid,
            explanation: "".into(),
        };
        rule.clock_until(Moment::Day(first), end_of_day(due_on), ended.map(Moment::Day), now)
    }

    fn problems(&self, periods: &[Period], left_days: i64) -> Vec<String> {
        let mut sorted = periods.to_vec();
        sorted.sort_by_key(|period| (period.from, period.until));
        let mut problems = Vec::new();
        for (index, period) in sorted.iter().enumerate() {
            let most = if index == 0 { self.first_days } else { self.later_days };
            let from = day_in_words(period.from);
            if period.until < period.from {
                problems.push(format!("The period from {from} ends before it starts."));
            } else if period.days() > i64::from(most) {
                problems.push(format!(
                    "The period from {from} is {} days; at most {most} at a time are allowed.",
                    period.days()
                ));
            }
            if sorted.get(index + 1).is_some_and(|next| next.from < period.until) {
                problems.push(format!(
                    "The period from {from} overlaps the next one; its days are counted once."
                ));
            }
        }
        if left_days < 0 {
            problems.push(format!("{} days more were ordered than the total allows.", -left_days));
        }
        problems
    }
}

/// Periods in order, overlaps joined, impossible ones left out.
fn merged(periods: &[Period]) -> Vec<Period> {
    let mut sorted: Vec<Period> = periods.iter().copied().filter(|p| p.until >= p.from).collect();
    sorted.sort_by_key(|period| period.from);
    let mut joined: Vec<Period> = Vec::new();
    for period in sorted {
        match joined.last_mut() {
            Some(before) if period.from <= before.until => before.until = before.until.max(period.until),
            _ => joined.push(period),
        }
    }
    joined
}

impl Total {
    /// How it stands: of the current period, or running when nothing was ordered.
    pub fn state(&self) -> State {
        self.clock.as_ref().map_or(State::Running, |clock| clock.state)
    }
}
