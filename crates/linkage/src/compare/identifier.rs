//! Identifiers. Valid and equal nearly decides; valid and different nearly decides against; a marked one never does.

use super::{Evidence, Field, Level};
use crate::clean::Cleaned;
use crate::identifiers::Check;

/// Levels of one kind: equal, equal but marked, one keystroke apart with one marked, different with one marked, different.
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

pub(super) fn compare(a: &Cleaned, b: &Cleaned, out: &mut Evidence) {
    if let (Some(a), Some(b)) = (a.pnc, b.pnc) {
        let slip = one_keystroke_number(a.number(), b.number(), 9);
        out.set(Field::Pnc, (ladder(&PNC, a.number() == b.number(), a.check(), b.check(), slip), 0.0));
    }
    if let (Some(a), Some(b)) = (a.cro, b.cro) {
        let slip = one_keystroke_number(a.number(), b.number(), 9);
        out.set(Field::Cro, (ladder(&CRO, a.number() == b.number(), a.check(), b.check(), slip), 0.0));
    }
    if let (Some(a), Some(b)) = (a.nhs, b.nhs) {
        let slip = one_keystroke_number(a.number(), b.number(), 10);
        out.set(Field::Nhs, (ladder(&NHS, a == b, a.check(), b.check(), slip), 0.0));
    }
    if let (Some(a), Some(b)) = (a.prison_number, b.prison_number) {
        out.set(Field::PrisonNumber, (plain(&PRISON, a.as_str(), b.as_str()), 0.0));
    }
    if let (Some(a), Some(b)) = (a.crn, b.crn) {
        out.set(Field::Crn, (plain(&CRN, a.as_str(), b.as_str()), 0.0));
    }
    let (x, y) = (a.master_defendant_id.as_str(), b.master_defendant_id.as_str());
    if !x.is_empty() && !y.is_empty() {
        out.set(Field::MasterDefendant, (plain(&MASTER, x, y), 0.0));
    }
}

fn ladder(levels: &Ladder, equal: bool, a: Check, b: Check, slip: bool) -> Level {
    let both = a.trusted() && b.trusted();
    match (equal, both) {
        // Equal numbers of which one check letter fits: the letter alone was mistyped.
        (true, _) if a.trusted() || b.trusted() => levels[0],
        (true, _) => levels[1],
        (false, true) => levels[4],
        (false, false) if slip => levels[2],
        (false, false) => levels[3],
    }
}

fn plain(levels: &Ladder, a: &str, b: &str) -> Level {
    if a == b {
        levels[0]
    } else if one_keystroke(a.as_bytes(), b.as_bytes()) {
        levels[2]
    } else {
        levels[4]
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
