//! A birth date as people type it into a search.
//!
//! A search may guess what a record may not: two figures for a year are read as the latest year that makes somebody at
//! least ten. Nothing is kept of it.

use jiff::civil::Date;

/// What was typed of a birth date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Born {
    /// A day.
    On(Date),
    /// A month of a year.
    In {
        /// The year, all four figures.
        year: i16,
        /// The month, from 1.
        month: i8,
    },
}

/// The first birth date in what was typed, and what else was typed. Tries the longest reading first, so that the parts of
/// `3 Apr 1990` are not taken for numbers.
pub(super) fn take_birth(typed: &str, today: Date) -> (Option<Born>, String) {
    let chunks: Vec<&str> = typed.split([' ', ',', ';', '\t', '\n']).filter(|c| !c.is_empty()).collect();
    for length in [3, 2, 1] {
        for at in 0..chunks.len().saturating_sub(length - 1) {
            if let Some(born) = read(&chunks[at..at + length], today) {
                let rest: Vec<&str> = chunks[..at].iter().chain(&chunks[at + length..]).copied().collect();
                return (Some(born), rest.join(" "));
            }
        }
    }
    (None, typed.to_owned())
}

fn read(chunks: &[&str], today: Date) -> Option<Born> {
    let text = chunks.join(" ");
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|p| !p.is_empty()).collect();
    match parts.as_slice() {
        [figures] => compact(figures),
        // A space alone between two figures is too little: a house and a flat look like that.
        [one, other] if chunks.len() == 1 || month(one).is_some() => month_of_year(one, other),
        [one, two, three] => day(one, two, three, today),
        _ => None,
    }
}

/// `19900403` or `03041990`.
fn compact(figures: &str) -> Option<Born> {
    if figures.len() != 8 || !figures.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| figures.get(from..to).unwrap_or("");
    let date = |year: &str, month: &str, day: &str| {
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (1900..=2100).contains(&date.year()).then_some(Born::On(date))
    };
    date(part(0, 4), part(4, 6), part(6, 8)).or_else(|| date(part(4, 8), part(2, 4), part(0, 2)))
}

/// `April 1990`, `4/1990` or `1990-04`.
fn month_of_year(one: &str, other: &str) -> Option<Born> {
    let figure = |text: &str| text.parse::<i8>().ok().filter(|m| text.len() <= 2 && (1..=12).contains(m));
    let of = |month: &str, year: &str| {
        Some(Born::In { month: self::month(month).or_else(|| figure(month))?, year: full_year(year)? })
    };
    of(one, other).or_else(|| of(other, one).filter(|_| month(other).is_none()))
}

/// Day, month, year; or year, month, day; or month by its name and day, as `April 3 1990`.
fn day(one: &str, two: &str, three: &str, today: Date) -> Option<Born> {
    let figure = |text: &str| {
        let plain = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
        plain.parse::<i8>().ok().filter(|_| plain.len() <= 2 && plain.bytes().all(|b| b.is_ascii_digit()))
    };
    let date = |year: i16, month: i8, day: i8| Date::new(year, month, day).ok().map(Born::On);
    if let Some(year) = full_year(one) {
        return date(year, month(two).or_else(|| figure(two))?, figure(three)?);
    }
    let year = full_year(three).or_else(|| short_year(three, today))?;
    match month(one) {
        Some(month) => date(year, month, figure(two)?),
        None => date(year, month(two).or_else(|| figure(two))?, figure(one)?),
    }
}

fn full_year(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && (1900..=2100).contains(year))
}

fn short_year(text: &str, today: Date) -> Option<i16> {
    let year: i16 =
        text.parse().ok().filter(|_| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()))?;
    Some(if 2000 + year <= today.year() - 10 { 2000 + year } else { 1900 + year })
}

/// A month by its name or the name's first three letters.
fn month(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|name| *name == text || name[..3] == text || text == "sept" && *name == "september");
    at.and_then(|at| i8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 23);

    #[test]
    fn a_birth_date_is_found_in_any_form() {
        for typed in [
            "khan 3/4/1990",
            "khan 1990-04-03",
            "3 Apr 1990 khan",
            "khan 03.04.1990",
            "3 april 1990, khan",
            "3rd April 1990 khan",
            "khan April 3, 1990",
            "khan 3-Apr-1990",
            "khan 3/4/90",
            "khan 03 04 1990",
            "03041990 khan",
            "khan 19900403",
        ] {
            let (born, rest) = take_birth(typed, TODAY);
            assert_eq!((born, rest.trim()), (Some(Born::On(Date::constant(1990, 4, 3))), "khan"), "{typed}");
        }
        for typed in ["khan April 1990", "khan 4/1990", "1990-04 khan"] {
            let (born, rest) = take_birth(typed, TODAY);
            assert_eq!((born, rest.trim()), (Some(Born::In { year: 1990, month: 4 }), "khan"), "{typed}");
        }
        assert_eq!(take_birth("3/4/12", TODAY).0, Some(Born::On(Date::constant(2012, 4, 3))));
    }

    #[test]
    fn names_and_numbers_are_no_birth_dates() {
        for typed in [
            "mohammed ali khan",
            "april may",
            "2012/0052494Q",
            "943 476 5919",
            "se5 7ab",
            "52494",
            "may 12",
            "X123456",
            "30/2/1990",
        ] {
            assert_eq!(take_birth(typed, TODAY), (None, typed.to_owned()), "{typed}");
        }
    }
}
