//! Dates and times as lists write them. Nothing is guessed: month and day are never swapped, and a two-digit year is
//! completed only where its meaning is plain.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What a two-digit year stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Century {
    /// A birth: the latest year that makes the person at least ten today.
    Birth(Date),
    /// A hearing, a result, an order: this century.
    This,
}

/// `31/12/1990`, `1990-12-31`, `31-12-1990`, `31.12.90`, `31 Dec 1990`, `31st December 1990`, `31-Dec-90`, `31121990`, and any of them
/// with a time after it (which is dropped).
pub(crate) fn date(text: &str, century: Century) -> Option<Date> {
    let text = text.trim();
    if !text.is_ascii() || text.len() > 40 {
        return None;
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return made(text[4..].parse().ok()?, text[2..4].parse().ok()?, text[..2].parse().ok()?);
    }
    let mut parts = text.split(['/', '-', '.', ' ', ',', 'T']).filter(|part| !part.is_empty());
    let mut first = parts.next()?;
    if first.len() >= 3 && first.bytes().all(|b| b.is_ascii_alphabetic()) && !is_month(first) {
        first = parts.next()?; // a weekday
    }
    let (second, third) = (parts.next()?, parts.next()?);
    if first.len() == 4 {
        return made(first.parse().ok()?, month(second)?, day(third)?);
    }
    if is_month(first) {
        return made(year(third, century)?, month(first)?, day(second)?);
    }
    made(year(third, century)?, month(second)?, day(first)?)
}

fn made(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|date| (1800..=2200).contains(&date.year()))
}

fn day(text: &str) -> Option<i8> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &text[digits.len()..];
    (ending.is_empty() || ["st", "nd", "rd", "th"].contains(&ending.to_ascii_lowercase().as_str()))
        .then(|| digits.parse().ok())
        .flatten()
}

fn is_month(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphabetic()) && month(text).is_some()
}

fn month(text: &str) -> Option<i8> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let start = text.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|name| *name == start)?;
    i8::try_from(at + 1).ok()
}

fn year(text: &str, century: Century) -> Option<i16> {
    let number: i16 = text.parse().ok()?;
    match (text.len(), century) {
        (4, _) => Some(number),
        (2, Century::This) => Some(2000 + number),
        (2, Century::Birth(today)) if 2000 + number <= today.year() - 10 => Some(2000 + number),
        (2, Century::Birth(_)) => Some(1900 + number),
        _ => None,
    }
}

/// `09:00`, `9.30`, `09:00:00`, `0930`, `2pm`, `2:15 pm`, `10.00am`.
pub(crate) fn time(text: &str) -> Option<Time> {
    let lower = text.trim().to_ascii_lowercase();
    let (digits, afternoon) = match (lower.strip_suffix("pm"), lower.strip_suffix("am")) {
        (Some(rest), _) => (rest.trim(), Some(true)),
        (_, Some(rest)) => (rest.trim(), Some(false)),
        _ => (lower.as_str(), None),
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, rest)) => {
            (hour, rest.get(..2).filter(|_| rest.len() == 2 || rest[2..].starts_with([':', '.']))?)
        }
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, if afternoon.is_some() { "0" } else { return None }),
    };
    let (hour, minute): (i8, i8) = (hour.trim().parse().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        Some(true) if (1..12).contains(&hour) => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// A moment: with an offset, with `Z`, with `Z[UTC]`, or without any, which means London.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    let bare = text.split_once('[').map_or(text, |(before, _)| before).trim();
    if let Ok(timestamp) = bare.parse::<Timestamp>() {
        return Some(timestamp);
    }
    if let Ok(local) = bare.replacen(' ', "T", 1).parse::<DateTime>() {
        return in_london(local);
    }
    let (day, clock) = bare.split_once(' ').unwrap_or((bare, ""));
    let date = date(bare, Century::This).or_else(|| date(day, Century::This))?;
    let clock = clock.rsplit(' ').next().and_then(time).unwrap_or(Time::midnight());
    in_london(date.to_datetime(clock))
}

/// The moment at which a London clock shows `local`.
pub(crate) fn in_london(local: DateTime) -> Option<Timestamp> {
    london().and_then(|zone| local.to_zoned(zone).ok()).map(|zoned| zoned.timestamp())
}

/// What a London clock shows at `moment`.
pub(crate) fn london_clock(moment: Timestamp) -> DateTime {
    match london() {
        Some(zone) => Zoned::new(moment, zone).datetime(),
        None => Zoned::new(moment, TimeZone::UTC).datetime(),
    }
}

/// London's rule since 1996 as a POSIX string, so that reading needs no time-zone files.
fn london() -> Option<TimeZone> {
    TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").ok()
}

/// A date of birth from text, or why it was left out.
pub(crate) fn birth(text: &str, today: Date) -> Result<Date, String> {
    let Some(date) = date(text, Century::Birth(today)) else {
        return Err("the date of birth could not be read as day, month, year; it was left out".into());
    };
    if date > today {
        return Err(format!("the date of birth is in the future (year {}); it was left out", date.year()));
    }
    if date.year() <= 1900 || date.year() + 120 < today.year() {
        return Err(format!(
            "the date of birth is a filler or too long ago (year {}); it was left out",
            date.year()
        ));
    }
    Ok(date)
}

/// Whole years between a birth and a day.
pub(crate) fn age_on(birth: Date, day: Date) -> i16 {
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    day.year() - birth.year() - i16::from(before_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date as on, time as at};

    const TODAY: Date = on(2026, 3, 2);

    #[test]
    fn dates_are_read_in_every_shape_met() {
        for text in [
            "03/03/1990",
            "3/3/1990",
            "1990-03-03",
            "03-03-1990",
            "03.03.1990",
            "3 Mar 1990",
            "3rd March 1990",
            "03-Mar-90",
            "Sat 3 Mar 1990",
            "March 3, 1990",
            "03031990",
            "1990-03-03T00:00:00Z",
            "03/03/90",
            "03/03/1990 00:00",
        ] {
            assert_eq!(date(text, Century::Birth(TODAY)), Some(on(1990, 3, 3)), "{text}");
        }
    }

    #[test]
    fn nonsense_is_not_a_date_and_month_and_day_are_never_swapped() {
        for text in [
            "[TODAY]",
            "",
            "31/02/1990",
            "12/25/1990",
            "1/1",
            "99/99/9999",
            "03/03/190",
            "３/３/1990",
            "-",
            "3 Foo 1990",
        ] {
            assert_eq!(date(text, Century::This), None, "{text}");
        }
    }

    #[test]
    fn two_digit_years_of_birth_never_make_a_small_child() {
        assert_eq!(date("01/02/14", Century::Birth(TODAY)), Some(on(2014, 2, 1)));
        assert_eq!(date("01/02/20", Century::Birth(TODAY)), Some(on(1920, 2, 1)));
        assert_eq!(date("01/02/27", Century::This), Some(on(2027, 2, 1)));
    }

    #[test]
    fn times_are_read_in_every_shape_met() {
        for (text, want) in [
            ("09:00", at(9, 0, 0, 0)),
            ("9.30", at(9, 30, 0, 0)),
            ("1400", at(14, 0, 0, 0)),
            ("2pm", at(14, 0, 0, 0)),
            ("2:15 PM", at(14, 15, 0, 0)),
            ("12am", at(0, 0, 0, 0)),
            ("09:05:04", at(9, 5, 0, 0)),
        ] {
            assert_eq!(time(text), Some(want), "{text}");
        }
        for text in ["", "9", "25:00", "09:0", "noon", "09:000"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn moments_without_a_zone_are_londons() {
        assert_eq!(moment("2025-04-30T09:00:00"), moment("2025-04-30T08:00:00Z"));
        assert_eq!(moment("2018-10-24 10:00:00"), moment("2018-10-24T09:00:00Z"));
        assert_eq!(moment("2021-06-25T09:38:02.191Z[UTC]"), moment("2021-06-25T09:38:02.191Z"));
        assert_eq!(moment("26/11/2020 09:05"), moment("2020-11-26T09:05:00Z"));
        assert_eq!(moment("2020-03-01T13:45:30.0000000Z"), moment("2020-03-01T13:45:30Z"));
        assert_eq!(london_clock(moment("2025-06-30T23:30:00Z").unwrap()).date(), on(2025, 7, 1));
    }

    #[test]
    fn birth_dates_that_cannot_be_are_left_out_with_a_reason() {
        assert!(birth("01/01/2031", TODAY).unwrap_err().contains("future"));
        assert!(birth("01/01/1900", TODAY).unwrap_err().contains("filler"));
        assert_eq!(age_on(on(2008, 3, 3), TODAY), 17);
        assert_eq!(age_on(on(2008, 3, 2), TODAY), 18);
    }
}
