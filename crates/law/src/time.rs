//! Days and moments in London. The law counts days there; the service stores moments.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde::Serialize;

const RULE_OF_1996: &str = "GMT0BST,M3.5.0/1,M10.5.0";

/// London's time. On a machine without a time zone database the rule of 1996 (Summer Time Order 2002: last Sundays of
/// March and October, 01:00 UTC) is used, so a clock never silently runs on UTC.
pub fn london() -> TimeZone {
    TimeZone::get("Europe/London").or_else(|_| TimeZone::posix(RULE_OF_1996)).unwrap_or(TimeZone::UTC)
}

/// The day in London at a moment.
pub fn day_in_london(moment: Timestamp) -> Date {
    moment.to_zoned(london()).date()
}

/// The last moment of a day in London.
pub fn end_of_day(day: Date) -> Timestamp {
    boundary(day, |start| start.end_of_day())
}

/// The first moment of a day in London.
pub fn start_of_day(day: Date) -> Timestamp {
    boundary(day, |start| start.start_of_day())
}

// Fails only at the ends of jiff's calendar (years -9999 and 9999), where any answer will do.
fn boundary(day: Date, which: impl Fn(&Zoned) -> Result<Zoned, jiff::Error>) -> Timestamp {
    day.to_zoned(london()).and_then(|start| which(&start)).map_or(Timestamp::MAX, |found| found.timestamp())
}

/// Calendar days from one day to another; negative when the second is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// A number of days later.
pub fn days_later(day: Date, days: i64) -> Date {
    // A span holds at most some seven million days: more than the calendar itself.
    day.saturating_add(days.clamp(-7_000_000, 7_000_000).days())
}

/// "Friday 4 December 2026".
pub fn day_in_words(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// "14:05 on Friday 4 December 2026", in London.
pub fn moment_in_words(moment: Timestamp) -> String {
    moment.to_zoned(london()).strftime("%H:%M on %A %-d %B %Y").to_string()
}

/// When something happened or ends: courts know the day, the service often the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Moment {
    /// A day in London.
    Day(Date),
    /// A moment.
    At(Timestamp),
}

impl Moment {
    /// The day in London.
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::At(moment) => day_in_london(moment),
        }
    }

    /// The earliest moment it can be: the strict reading for a start of which only the day is known.
    pub fn earliest(self) -> Timestamp {
        match self {
            Self::Day(day) => start_of_day(day),
            Self::At(moment) => moment,
        }
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Day(day) => day_in_words(day),
            Self::At(moment) => moment_in_words(moment),
        }
    }
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<Timestamp> for Moment {
    fn from(moment: Timestamp) -> Self {
        Self::At(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_without_a_database_says_the_same_as_the_database() {
        let by_rule = TimeZone::posix(RULE_OF_1996).unwrap();
        for hour in 0..24 * 366 * 4 {
            let moment = Timestamp::from_second(1_767_225_600 + hour * 3600).unwrap();
            assert_eq!(by_rule.to_offset(moment), london().to_offset(moment), "{moment}");
        }
    }
}
