//! This morning's invented files, in the formats that really arrive: per court a Libra list, Common Platform hearings (a
//! review of a treatment requirement and a youth among them), and escort records of the people brought in custody, as
//! JSON:API and as CSV. The service takes them in through the same door as anybody's files.
//!
//! Everything follows from the seed, the day, the courts and the people given. What the escort records say is everyday:
//! most say nothing, some say that somebody is anxious, takes medicine or needs an interpreter; an open ACCT is rare.

mod answers;
mod day;
mod escort;
mod hearings;
mod libra;
mod words;

use crate::people::{Dice, Written};
use jiff::civil::Date;

/// A court that gets files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Court {
    /// First five characters of its organisation unit code (`B01ND`).
    pub code: String,
    /// The whole code (`B01ND00`).
    pub ou_code: String,
    /// Its name.
    pub name: String,
}

/// A file as it would be dropped on the upload page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// File name.
    pub name: String,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// The most rows a court gets; give [`morning`] this many people a court.
pub const MOST_ROWS: usize = 45;
const FEWEST_ROWS: usize = 25;

/// All files of one morning. `people` are dealt out to the courts in order; a few rows a court are about plainly invented
/// names instead, so that nobody takes the list for a real one.
#[must_use]
pub fn morning(seed: u64, date: Date, courts: &[Court], people: &[Written]) -> Vec<NamedFile> {
    let mut left = people.iter();
    let mut files = Vec::new();
    for (number, court) in (0_u64..).zip(courts) {
        let mut dice = Dice::new(seed ^ day_number(date), number);
        let rows = dice.between(FEWEST_ROWS as i64, MOST_ROWS as i64);
        let share: Vec<&Written> = left.by_ref().take(usize::try_from(rows).unwrap_or(FEWEST_ROWS)).collect();
        let day = day::plan(court, number, date, &share, &mut dice);
        files.push(libra::file(&day));
        files.extend(hearings::files(&day, &mut dice));
        files.extend(escort::files(&day, &mut dice));
    }
    files
}

fn day_number(date: Date) -> u64 {
    let number = i64::from(date.year()) * 400 + i64::from(date.month()) * 32 + i64::from(date.day());
    number.unsigned_abs().wrapping_mul(0x9E37_79B9)
}

/// A made-up id in the shape of a UUID.
fn uuid(dice: &mut Dice) -> String {
    let mut part = |bits: u32| dice.below(1 << bits);
    format!("{:08x}-0000-4000-8000-{:012x}", part(32), part(48))
}

#[cfg(test)]
mod tests;
