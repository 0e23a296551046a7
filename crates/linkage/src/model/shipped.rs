//! The weights that come with the crate.
//!
//! Columns: same person; strangers; then twins, siblings, parent and child of one name, couple, namesakes. A relative's
//! number above zero is a probability; below zero it says how many times as likely as between strangers.

use super::{Calibration, Like, Model, RELATIVES, Row};
use crate::compare::Level;

type Line = (Level, f64, f64, [f64; RELATIVES]);

/// Relatives who don't share the field.
const APART: [f64; RELATIVES] = [-1.0; RELATIVES];

/// Lines marked `share`: the stranger column is a factor on the share of the register that has the value.
#[rustfmt::skip]
const LINES: &[Line] = &[
    // Identifiers: relatives have their own.
    (Level::PncEqual,         0.955,  2e-7,   APART),
    (Level::PncEqualMarked,   0.004,  1e-7,   APART),
    (Level::PncSlip,          0.025,  1e-5,   APART),
    (Level::PncMarked,        0.006,  0.04,   APART),
    (Level::PncDiffers,       0.005,  0.96,   APART),
    (Level::CroEqual,         0.955,  4e-7,   APART),
    (Level::CroEqualMarked,   0.004,  2e-7,   APART),
    (Level::CroSlip,          0.025,  1e-5,   APART),
    (Level::CroMarked,        0.006,  0.04,   APART),
    (Level::CroDiffers,       0.005,  0.96,   APART),
    (Level::NhsEqual,         0.96,   1e-7,   APART),
    (Level::NhsEqualMarked,   0.004,  1e-7,   APART),
    (Level::NhsSlip,          0.02,   1e-6,   APART),
    (Level::NhsMarked,        0.006,  0.04,   APART),
    (Level::NhsDiffers,       0.005,  0.96,   APART),
    (Level::PrisonEqual,      0.93,   1e-6,   APART),
    (Level::PrisonSlip,       0.02,   2e-5,   APART),
    (Level::PrisonDiffers,    0.05,   1.0,    APART),
    (Level::CrnEqual,         0.93,   1e-6,   APART),
    (Level::CrnSlip,          0.02,   2e-5,   APART),
    (Level::CrnDiffers,       0.05,   1.0,    APART),
    (Level::MasterEqual,      0.7,    1e-6,   APART),
    (Level::MasterSlip,       0.001,  2e-5,   APART),
    (Level::MasterDiffers,    0.3,    1.0,    APART),
    // Given names.                           twins sibling parent couple namesake
    (Level::ForenameEqual,    0.84,   1.0,   [-0.2, -0.3, 0.84,  -0.1, 0.84]),  // share
    (Level::ForenameVariant,  0.045,  4.0,   [-1.0, -1.0, 0.045, -0.5, 0.045]), // share
    (Level::ForenameSlip,     0.06,   60.0,  [-2.0, -2.0, 0.06,  -0.5, 0.06]),  // share
    (Level::ForenameSimilar,  0.015,  500.0, [-2.0, -2.0, 0.012, -0.5, 0.012]), // share
    (Level::ForenameInitial,  0.006,  0.07,  [-1.0, -1.0, 0.006, -1.0, 0.006]),
    (Level::ForenameIsMiddle, 0.008,  0.012, [-1.5, -1.5, 0.008, -0.5, 0.008]),
    (Level::ForenameSwapped,  0.01,   1.0,   [-0.2, -0.3, 0.01,  -0.1, 0.01]),  // share
    (Level::ForenameDiffers,  0.012,  0.96,  [0.95, 0.96, 0.012, 0.98, 0.012]),
    (Level::MiddleEqual,      0.58,   1.0,   [-2.0, -2.0, 0.3,   -1.0, -3.0]),  // share
    (Level::MiddleClose,      0.03,   0.01,  [-1.0, -1.0, 0.02,  -1.0, -1.0]),
    (Level::MiddleInitial,    0.11,   0.03,  [-1.0, -1.0, 0.06,  -1.0, -1.0]),
    (Level::MiddleOneSide,    0.25,   0.45,  [-1.0; RELATIVES]),
    (Level::MiddleDiffers,    0.03,   0.45,  [-1.0, -1.0, 0.25,  -1.0, -1.0]),
    // Surnames.
    (Level::SurnameEqual,     0.85,   1.0,   [0.85, 0.83, 0.85, 0.75, 0.85]),     // share
    (Level::SurnamePart,      0.02,   0.06,  [0.02, 0.02, 0.02, 0.03, 0.02]),     // share
    (Level::SurnameSlip,      0.07,   60.0,  [0.07, 0.07, 0.07, 0.05, 0.07]),     // share
    (Level::SurnameSimilar,   0.015,  500.0, [0.015, 0.015, 0.015, 0.01, 0.015]), // share
    (Level::SurnameSwapped,   0.9,    1.0,   [0.01, 0.01, 0.9, 0.01, 0.9]),       // share
    (Level::SurnameDiffers,   0.035,  0.98,  [0.035, 0.08, 0.035, 0.2, 0.035]),
    // Dates of birth. Namesakes' dates are alike far more often than chance would have it: records of two people of one
    // name are mixed up, and half a date is copied.
    (Level::BirthEqual,       0.925,  1.0,   [0.93, 0.003, -0.2, -1.5, -1.0]),    // share
    (Level::BirthSwapped,     0.004,  6e-5,  [0.004, -1.0, -0.2, -1.0, -1.0]),
    (Level::BirthSlip,        0.03,   0.0016,[0.03, 0.004, -0.2, 0.004, 0.04]),
    (Level::BirthYearOnly,    0.01,   2e-4,  [0.01, 6e-4, -0.05, 6e-4, 6e-4]),
    (Level::BirthDayMonth,    0.012,  0.0022,[0.012, -1.0, -1.0, -1.0, 0.03]),
    (Level::BirthMonthYear,   0.004,  0.0015,[0.004, 0.001, -0.1, 0.004, 0.004]),
    (Level::BirthYear,        0.003,  0.018, [0.003, 0.02, -0.01, 0.06, 0.06]),
    (Level::BirthNear,        0.005,  0.38,  [0.002, 0.93, 0.02, 0.90, 0.85]),
    (Level::BirthGeneration,  0.004,  0.48,  [0.001, 0.04, 0.95, 0.03, 0.05]),
    (Level::BirthFar,         0.0015, 0.12,  [0.0005, 0.0005, 0.02, 0.001, 0.001]),
    // Sex: weak on purpose.
    (Level::SexEqual,         0.98,   1.0,   [0.75, 0.6, 0.98, 0.05, 0.98]),      // share
    (Level::SexDiffers,       0.025,  0.25,  [0.25, 0.4, 0.02, 0.95, 0.02]),
    // Addresses.
    (Level::AddressHouse,     0.56,   1.0,   [0.5, 0.5, 0.5, 0.85, -1.0]),        // share
    (Level::AddressHostel,    0.03,   1.0,   [0.03, 0.03, 0.03, 0.03, -1.0]),     // share
    (Level::AddressStreet,    0.04,   2e-6,  [0.04, 0.04, 0.04, 0.05, -1.0]),
    (Level::AddressRoad,      0.008,  2e-5,  [0.008, 0.008, 0.008, 0.004, -1.0]),
    (Level::AddressPostcode,  0.005,  1.0,   [0.005, 0.005, 0.005, 0.002, -1.0]), // share
    (Level::AddressOutcode,   0.06,   1.0,   [0.1, 0.1, 0.1, 0.03, -1.0]),        // share
    (Level::AddressTown,      0.07,   1.0,   [0.1, 0.1, 0.1, 0.03, -1.0]),         // share
    (Level::AddressDiffers,   0.25,   0.97,  [0.25, 0.3, 0.3, 0.05, -1.0]),
];

pub(super) fn model() -> Model {
    let mut rows = [Row { same: 1.0, stranger: 1.0, relatives: [Like::Times(1.0); RELATIVES] }; Level::COUNT];
    for &(level, same, stranger, relatives) in LINES {
        let relatives = relatives.map(|n| if n > 0.0 { Like::Chance(n) } else { Like::Times(-n) });
        rows[level as usize] = Row { same, stranger, relatives };
    }
    Model {
        version: "alongside-2".to_owned(),
        known_share: 0.5,
        one_in: None,
        // Namesakes are the relatives that a rare name hides best: too few expected, and those of small communities are
        // shown as one person more often than others.
        expected_relatives: [0.02, 0.05, 0.02, 0.05, 0.05],
        calibration: Calibration { slope: 0.95, offset: -0.5 },
        certain_from: 7.25,
        review_from: -1.75,
        rows,
    }
}
