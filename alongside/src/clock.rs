//! One clock. Rules get `now` as an argument; only the edges (a request, a command, a job) ask for it here.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Where the courts are.
#[must_use]
pub fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// A moment as people in London see it.
#[must_use]
pub fn in_london(at: Timestamp) -> Zoned {
    at.to_zoned(london())
}

/// The calendar day in London at a moment.
#[must_use]
pub fn london_day(at: Timestamp) -> Date {
    in_london(at).date()
}

/// "23 November 2026".
#[must_use]
pub fn day_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// "Monday 23 November 2026".
#[must_use]
pub fn weekday_words(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// "23 November 2026, 07:42", in London.
#[must_use]
pub fn moment_words(at: Timestamp) -> String {
    in_london(at).strftime("%-d %B %Y, %H:%M").to_string()
}

/// "07:42", in London.
#[must_use]
pub fn time_words(at: Timestamp) -> String {
    in_london(at).strftime("%H:%M").to_string()
}

/// Whole years from a birth date to a day; nothing when the birth lies after it.
#[must_use]
pub fn age_on(born: Date, day: Date) -> Option<i64> {
    if born > day {
        return None;
    }
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    Some(i64::from(day.year()) - i64::from(born.year()) - i64::from(!had_birthday))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn age_counts_birthdays_passed() {
        assert_eq!(age_on(date(2008, 11, 23), date(2026, 11, 23)), Some(18));
        assert_eq!(age_on(date(2008, 11, 24), date(2026, 11, 23)), Some(17));
        assert_eq!(age_on(date(2004, 2, 29), date(2026, 2, 28)), Some(21));
        assert_eq!(age_on(date(2027, 1, 1), date(2026, 11, 23)), None);
    }

    #[test]
    fn summer_mornings_are_an_hour_ahead_of_utc() {
        let at: Timestamp = "2026-07-01T06:30:00Z".parse().unwrap();
        assert_eq!(time_words(at), "07:30");
        let late: Timestamp = "2026-07-01T23:30:00Z".parse().unwrap();
        assert_eq!(london_day(late), date(2026, 7, 2));
    }
}
