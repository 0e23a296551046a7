//! Dates of birth: the best agreement between any date of one side and any of the other.

use super::Level;
use super::identifier::one_keystroke;
use crate::frequencies::{Frequencies, birth_hash, iso};
use jiff::civil::Date;

pub(super) fn compare(a: &[Date], b: &[Date], register: &Frequencies) -> (Level, f64) {
    let mut best: Option<Level> = None;
    let mut share = 0.0;
    for x in a {
        for y in b {
            let level = one(*x, *y);
            if best.is_none_or(|before| (level as u8) < before as u8) {
                best = Some(level);
                share = if level == Level::BirthEqual { share_of(*x, register) } else { 0.0 };
            }
        }
    }
    let level = best.unwrap_or(Level::Missing);
    (level, share * (a.len() * b.len()) as f64)
}

/// At least an even spread over sixty years of days, so that a rare date isn't taken for a rare name.
fn share_of(date: Date, register: &Frequencies) -> f64 {
    let count = register.count_hash(birth_hash(date)).unwrap_or(0);
    f64::max(1.0 / 22_000.0, (f64::from(count) - 1.0) / register.people() as f64)
}

fn one(a: Date, b: Date) -> Level {
    if a == b {
        return Level::BirthEqual;
    }
    let years = (i32::from(a.year()) - i32::from(b.year())).abs();
    let first = |d: Date| d.month() == 1 && d.day() == 1;
    if years == 0 {
        if a.month() == b.day() && a.day() == b.month() {
            return Level::BirthSwapped;
        }
        if first(a) || first(b) {
            return Level::BirthYearOnly;
        }
    }
    let (x, y) = (iso(a), iso(b));
    let digits = |t: &[u8; 10]| [t[0], t[1], t[2], t[3], t[5], t[6], t[8], t[9]];
    if one_keystroke(&digits(&x), &digits(&y)) {
        return Level::BirthSlip;
    }
    let (day, month) = (a.day() == b.day(), a.month() == b.month());
    match years {
        _ if day && month => Level::BirthDayMonth,
        0 if month => Level::BirthMonthYear,
        0 => Level::BirthYear,
        1..=15 => Level::BirthNear,
        16..=45 => Level::BirthGeneration,
        _ => Level::BirthFar,
    }
}
