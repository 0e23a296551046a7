//! Bank holidays of England and Wales, worked out by rule, with the years that were different as data.
//!
//! Banking and Financial Dealings Act 1971, Schedule 1; New Year's Day, the first Monday of May, substitute days, moved
//! days and single extra days are proclaimed each year under section 1. The rule set here holds from 1978, the first year
//! with the May Day holiday. Good Friday and Christmas Day are common-law holidays, not bank holidays in the strict sense;
//! everybody who counts working days leaves them out, and so do we.

use jiff::civil::{Date, Weekday, date};

use crate::time::days_later;

/// The first year the rules are right for.
pub const FIRST_YEAR: i16 = 1978;

/// A holiday and its name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Holiday {
    /// The day.
    pub day: Date,
    /// Its name; a day given instead of one on a weekend says so.
    pub name: String,
}

/// Days that a proclamation moved: year, rule, the day it was kept on.
const MOVED: &[(i16, Rule, Date)] = &[
    (1995, Rule::EarlyMay, date(1995, 5, 8)), // 50 years of VE Day
    (2002, Rule::Spring, date(2002, 6, 4)),   // Golden Jubilee
    (2012, Rule::Spring, date(2012, 6, 4)),   // Diamond Jubilee
    (2020, Rule::EarlyMay, date(2020, 5, 8)), // 75 years of VE Day
    (2022, Rule::Spring, date(2022, 6, 2)),   // Platinum Jubilee
];

/// Days given once.
const ONCE: &[(Date, &str)] = &[
    (date(1981, 7, 29), "Royal wedding"),
    (date(1999, 12, 31), "Millennium"),
    (date(2002, 6, 3), "Golden Jubilee"),
    (date(2011, 4, 29), "Royal wedding"),
    (date(2012, 6, 5), "Diamond Jubilee"),
    (date(2022, 6, 3), "Platinum Jubilee"),
    (date(2022, 9, 19), "State funeral of Queen Elizabeth II"),
    (date(2023, 5, 8), "Coronation of King Charles III"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    NewYear,
    GoodFriday,
    EasterMonday,
    EarlyMay,
    Spring,
    Summer,
    Christmas,
    BoxingDay,
}

impl Rule {
    const ALL: [Self; 8] = [
        Self::NewYear,
        Self::GoodFriday,
        Self::EasterMonday,
        Self::EarlyMay,
        Self::Spring,
        Self::Summer,
        Self::Christmas,
        Self::BoxingDay,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::NewYear => "New Year’s Day",
            Self::GoodFriday => "Good Friday",
            Self::EasterMonday => "Easter Monday",
            Self::EarlyMay => "Early May bank holiday",
            Self::Spring => "Spring bank holiday",
            Self::Summer => "Summer bank holiday",
            Self::Christmas => "Christmas Day",
            Self::BoxingDay => "Boxing Day",
        }
    }

    /// The day in a year, and whether it stands for one that fell on a weekend.
    fn day(self, year: i16) -> (Date, bool) {
        if let Some((.., day)) = MOVED.iter().find(|(y, rule, _)| *y == year && *rule == self) {
            return (*day, false);
        }
        let fixed = match self {
            Self::GoodFriday => days_later(easter_sunday(year), -2),
            Self::EasterMonday => days_later(easter_sunday(year), 1),
            Self::EarlyMay => monday_from(Date::constant(year, 5, 1)),
            Self::Spring => monday_from(Date::constant(year, 5, 25)),
            Self::Summer => monday_from(Date::constant(year, 8, 25)),
            Self::NewYear => Date::constant(year, 1, 1),
            Self::Christmas => Date::constant(year, 12, 25),
            Self::BoxingDay => Date::constant(year, 12, 26),
        };
        let kept = match (self, fixed.weekday()) {
            (Self::NewYear, Weekday::Saturday | Weekday::Sunday) => monday_from(fixed),
            // Christmas and Boxing Day together: whichever falls on the weekend is kept on the next free weekdays, so a
            // Sunday Christmas goes to Tuesday the 27th, behind Boxing Day.
            (Self::Christmas, Weekday::Saturday | Weekday::Sunday) => Date::constant(year, 12, 27),
            (Self::BoxingDay, Weekday::Saturday | Weekday::Sunday) => Date::constant(year, 12, 28),
            _ => fixed,
        };
        (kept, kept != fixed)
    }
}

/// The Monday on a day or after it.
fn monday_from(day: Date) -> Date {
    days_later(day, i64::from((7 - day.weekday().to_monday_zero_offset()) % 7))
}

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm printed in Nature, 20 April 1876).
/// Years before the calendar (1583) or beyond jiff's (9999) get the nearest year it knows.
pub fn easter_sunday(year: i16) -> Date {
    let year = year.clamp(1583, 9999);
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let days_after_1_march = (h + l - 7 * m + 114 - 93).clamp(0, 61);
    days_later(Date::constant(year, 3, 1), i64::from(days_after_1_march))
}

/// Whether a day is one, without making the list.
pub(crate) fn is_holiday(day: Date) -> bool {
    let year = day.year();
    (FIRST_YEAR..9999).contains(&year)
        && (Rule::ALL.into_iter().any(|rule| rule.day(year).0 == day)
            || ONCE.iter().any(|(once, _)| *once == day))
}

/// The holidays of a year by day. Empty before [`FIRST_YEAR`].
pub fn holidays(year: i16) -> Vec<Holiday> {
    if !(FIRST_YEAR..9999).contains(&year) {
        return Vec::new();
    }
    let by_rule = Rule::ALL.into_iter().map(|rule| {
        let (day, substitute) = rule.day(year);
        let name =
            if substitute { format!("{} (substitute day)", rule.name()) } else { rule.name().to_owned() };
        Holiday { day, name }
    });
    let once = ONCE.iter().filter(|(day, _)| day.year() == year);
    let mut found: Vec<Holiday> =
        by_rule.chain(once.map(|(day, name)| Holiday { day: *day, name: (*name).to_owned() })).collect();
    found.sort_by_key(|holiday| holiday.day);
    found
}
