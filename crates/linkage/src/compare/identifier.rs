//! Identifiers. Valid and equal nearly decides; valid and different nearly decides against; a marked one never does.

use super::{Evidence, Field, Level};
use crate::clean::Cleaned;
use crate::identifiers::Check;

/// Levels of one kind, the best first: equal, equal but marked, one keystroke apart with one marked, different with one marked, different.
type Ladder = [Level; 5];

const PNC: Ladder =
    [Level::PncEqual, Level::PncEqualMarked, Level::PncSlip, Level::PncMarked, Level::PncDiffers];
const CRO: Ladder =
    [Level::CroEqual, Level::CroEqualMarked, Level::CroSlip, Level::CroMarked, Level::CroDiffers];
const NHS: Ladder =
    [Level::NhsEqual, Level::NhsEqualMarked, Level::NhsSlip, Level::NhsMarked, Level::NhsDiffers];
const PRISON: Ladder =
    [Level::PrisonEqual, Level::PrisonEqual, Level::PrisonSlip, Level::PrisonSlip, Level::PrisonDiffers];
const CRN: Ladder = [Level::CrnEqual, Level::CrnEqual, Level::CrnSlip, Level::CrnSlip, Level::CrnDiffers];

const MASTER: Ladder =
    [Level::MasterEqual, Level::MasterEqual, Level::MasterSlip, Level::MasterSlip, Level::MasterDiffers];

/// Where somebody has several numbers of a kind, the best of all pairs counts, as with dates of birth: two valid, different
/// numbers speak against one person only when no pair is better.
pub(super) fn compare(a: &Cleaned, b: &Cleaned, out: &mut Evidence) {
    let mut set = |field, levels: &Ladder, best: Option<usize>| {
        if let Some(best) = best {
            out.set(field, (levels[best], 0.0));
        }
    };
    set(
        Field::Pnc,
        &PNC,
        best(a.pncs(), b.pncs(), |a, b| {
            let slip = || one_keystroke_number(a.number(), b.number(), 9);
            checked(a.number() == b.number(), a.check(), b.check(), slip)
        }),
    );
    set(
        Field::Cro,
        &CRO,
        best(a.cros(), b.cros(), |a, b| {
            let slip = || one_keystroke_number(a.number(), b.number(), 9);
            checked(a.number() == b.number(), a.check(), b.check(), slip)
        }),
    );
    set(
        Field::Nhs,
        &NHS,
        best(a.nhs_numbers(), b.nhs_numbers(), |a, b| {
            let slip = || one_keystroke_number(a.number(), b.number(), 10);
            checked(a == b, a.check(), b.check(), slip)
        }),
    );
    set(
        Field::PrisonNumber,
        &PRISON,
        best(a.prison_numbers(), b.prison_numbers(), |a, b| unchecked(a.as_str(), b.as_str())),
    );
    set(Field::Crn, &CRN, best(a.crns(), b.crns(), |a, b| unchecked(a.as_str(), b.as_str())));
    let (x, y) = (a.master_defendant_id.as_str(), b.master_defendant_id.as_str());
    if !x.is_empty() && !y.is_empty() {
        set(Field::MasterDefendant, &MASTER, Some(unchecked(x, y)));
    }
}

/// The best place on the ladder of any number of one side with any of the other; `None` when a side has none.
fn best<T: Copy>(
    a: impl Iterator<Item = T>,
    b: impl Iterator<Item = T> + Clone,
    place: impl Fn(T, T) -> usize,
) -> Option<usize> {
    a.flat_map(|a| b.clone().map(move |b| (a, b))).map(|(a, b)| place(a, b)).min()
}

/// The place on the ladder of two numbers that have a check letter or digit.
fn checked(equal: bool, a: Check, b: Check, slip: impl Fn() -> bool) -> usize {
    let both = a.trusted() && b.trusted();
    match (equal, both) {
        // Equal numbers of which one check letter fits: the letter alone was mistyped.
        (true, _) if a.trusted() || b.trusted() => 0,
        (true, _) => 1,
        (false, true) => 4,
        (false, false) if slip() => 2,
        (false, false) => 3,
    }
}

/// The place on the ladder of two numbers without one.
fn unchecked(a: &str, b: &str) -> usize {
    if a == b {
        0
    } else if one_keystroke(a.as_bytes(), b.as_bytes()) {
        2
    } else {
        4
    }
}

fn one_keystroke_number(a: u64, b: u64, places: usize) -> bool {
    let (mut x, mut y) = ([0u8; 12], [0u8; 12]);
    let (mut a, mut b) = (a, b);
    for i in 0..places {
        x[i] = u8::try_from(a % 10).unwrap_or(0);
        y[i] = u8::try_from(b % 10).unwrap_or(0);
        a /= 10;
        b /= 10;
    }
    one_keystroke(&x[..places], &y[..places])
}

/// One character wrong, two neighbours crossed, or one left out and the rest moved up.
pub(super) fn one_keystroke(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let wrong: usize = a.iter().zip(b).filter(|(x, y)| x != y).count();
    if wrong <= 1 {
        return true;
    }
    let Some(first) = a.iter().zip(b).position(|(x, y)| x != y) else { return true };
    wrong == 2 && first + 1 < a.len() && a[first] == b[first + 1] && a[first + 1] == b[first]
}
