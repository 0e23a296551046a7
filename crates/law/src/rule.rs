//! A rule: a limit with its name, source, dates and plain words.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use crate::source::{Binding, Source, Validity};
use crate::time::{Moment, days_later, end_of_day};
use crate::working_days::Calendar;

/// How long, and how the law counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Hours from the moment; from the first moment of the day when only the day is known.
    Hours(u32),
    /// By the end of the same day.
    SameDay,
    /// Days after the first day, which is not counted.
    Days(u32),
    /// Days "beginning with" the first day, which is day one.
    DaysCountingFirst(u32),
    /// Clear days: neither the first nor the last day is counted, so it may last until the day after them.
    ClearDays(u32),
    /// Working days after the first day.
    WorkingDays(u32),
    /// Months "beginning with" the first day: the last day is the one before the same date.
    MonthsCountingFirst(u32),
    /// Calendar months to the same date, or to the last day of a shorter month; to the next working day where that is none.
    MonthsToWorkingDay(u32),
}

impl Limit {
    /// The last moment in time.
    pub fn last_moment(self, start: Moment, calendar: &Calendar) -> Timestamp {
        match self {
            Self::Hours(hours) => {
                start.earliest().saturating_add(i64::from(hours).hours()).unwrap_or(Timestamp::MAX)
            }
            _ => end_of_day(self.last_day(start.day(), calendar)),
        }
    }

    /// The last day in time. For hours: the day they run out on, counted from the start of the first day.
    pub fn last_day(self, start: Date, calendar: &Calendar) -> Date {
        match self {
            Self::Hours(hours) => days_later(start, i64::from(hours / 24)),
            Self::SameDay => start,
            Self::Days(days) => days_later(start, i64::from(days)),
            Self::DaysCountingFirst(days) => days_later(start, i64::from(days) - 1),
            Self::ClearDays(days) => days_later(start, i64::from(days) + 1),
            Self::WorkingDays(days) => {
                calendar.add_working_days(start, i32::try_from(days).unwrap_or(i32::MAX))
            }
            Self::MonthsCountingFirst(months) => {
                // 119,000 months are jiff's calendar; more than that is the end of it.
                let months = i64::from(months.min(200_000));
                days_later(start.saturating_add(months.months()), -1)
            }
            Self::MonthsToWorkingDay(months) => {
                let months = i64::from(months.min(200_000));
                calendar.add_working_days(start.saturating_add(months.months()), 0)
            }
        }
    }

    /// The limit and its start: "14 days from when the court asked".
    pub(crate) fn span_from(self, starts_when: &str) -> String {
        match self {
            Self::SameDay => format!("the same day that {starts_when}"),
            _ => format!("{} from when {starts_when}", self.words()),
        }
    }

    /// In words: "14 days", "8 clear days".
    pub fn words(self) -> String {
        let (number, one, many) = match self {
            Self::SameDay => return "the same day".into(),
            Self::Hours(n) => (n, "hour", "hours"),
            Self::Days(n) => (n, "day", "days"),
            Self::DaysCountingFirst(n) => (n, "day counting the first", "days counting the first"),
            Self::ClearDays(n) => (n, "clear day", "clear days"),
            Self::WorkingDays(n) => (n, "working day", "working days"),
            Self::MonthsCountingFirst(n) | Self::MonthsToWorkingDay(n) => (n, "month", "months"),
        };
        format!("{number} {}", if number == 1 { one } else { many })
    }
}

/// A limit with everything that must be said beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Stable key, for settings, audit and tests.
    pub key: Cow<'static, str>,
    /// What is due, as it stands on a page: "Psychiatric report to the court".
    pub name: Cow<'static, str>,
    /// What starts the clock: "the court asked".
    pub starts_when: Cow<'static, str>,
    /// How long.
    pub limit: Limit,
    /// Law, policy, practice or our own.
    pub binding: Binding,
    /// From this many hours before the end it is due soon.
    pub soon_hours: u32,
    /// Where it comes from.
    pub source: Source,
    /// From when until when the rule is the rule.
    pub valid: Validity,
    /// Plain words for the reader.
    pub explanation: Cow<'static, str>,
}
