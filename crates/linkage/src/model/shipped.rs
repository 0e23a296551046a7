//! The weights that come with the crate.
//!
//! Columns: same person; strangers (a factor on the value's share where the comment says so); twins; siblings; parent and
//! child of one name; couple.

use super::{Model, RELATIVES, Row};
use crate::compare::Level;

type Line = (Level, f64, f64, [f64; RELATIVES]);

/// Levels whose stranger column is a factor on the share of the value in the register are marked `share`.
#[rustfmt::skip]
const LINES: &[Line] = &[
    // Identifiers. Relatives have their own numbers, so their columns are the strangers'.
    (Level::PncEqual,         0.955,  2e-7,  [2e-7; 4]),
    (Level::PncEqualMarked,   0.004,  1e-7,  [1e-7; 4]),
    (Level::PncSlip,          0.025,  1e-5,  [1e-5; 4]),
    (Level::PncMarked,        0.006,  0.04,  [0.04; 4]),
    (Level::PncDiffers,       0.005,  0.96,  [0.96; 4]),
    (Level::CroEqual,         0.955,  4e-7,  [4e-7; 4]),
    (Level::CroEqualMarked,   0.004,  2e-7,  [2e-7; 4]),
    (Level::CroSlip,          0.025,  1e-5,  [1e-5; 4]),
    (Level::CroMarked,        0.006,  0.04,  [0.04; 4]),
    (Level::CroDiffers,       0.005,  0.96,  [0.96; 4]),
    (Level::NhsEqual,         0.96,   1e-7,  [1e-7; 4]),
    (Level::NhsEqualMarked,   0.004,  1e-7,  [1e-7; 4]),
    (Level::NhsSlip,          0.02,   1e-6,  [1e-6; 4]),
    (Level::NhsMarked,        0.006,  0.04,  [0.04; 4]),
    (Level::NhsDiffers,       0.005,  0.96,  [0.96; 4]),
    (Level::PrisonEqual,      0.93,   1e-6,  [1e-6; 4]),
    (Level::PrisonSlip,       0.02,   2e-5,  [2e-5; 4]),
    (Level::PrisonDiffers,    0.05,   1.0,   [1.0; 4]),
    (Level::CrnEqual,         0.93,   1e-6,  [1e-6; 4]),
    (Level::CrnSlip,          0.02,   2e-5,  [2e-5; 4]),
    (Level::CrnDiffers,       0.05,   1.0,   [1.0; 4]),
    (Level::MasterEqual,      0.7,    1e-6,  [1e-6; 4]),
    (Level::MasterDiffers,    0.3,    1.0,   [1.0; 4]),
    // Given names.
    (Level::ForenameEqual,    0.84,   1.0,   [0.004, 0.004, 0.84, 0.003]),   // share
    (Level::ForenameVariant,  0.045,  4.0,   [0.004, 0.004, 0.045, 0.003]),  // share
    (Level::ForenameSlip,     0.06,   60.0,  [0.01, 0.006, 0.06, 0.003]),    // share
    (Level::ForenameSimilar,  0.012,  500.0, [0.02, 0.012, 0.012, 0.005]),   // share
    (Level::ForenameInitial,  0.006,  0.07,  [0.05, 0.05, 0.006, 0.03]),
    (Level::ForenameIsMiddle, 0.008,  0.012, [0.015, 0.015, 0.008, 0.003]),
    (Level::ForenameSwapped,  0.01,   1.0,   [0.0001, 0.0001, 0.01, 0.0001]),// share
    (Level::ForenameDiffers,  0.012,  0.96,  [0.95, 0.96, 0.012, 0.98]),
    (Level::MiddleEqual,      0.58,   1.0,   [0.03, 0.03, 0.3, 0.02]),       // share
    (Level::MiddleClose,      0.03,   0.01,  [0.02, 0.02, 0.02, 0.01]),
    (Level::MiddleInitial,    0.11,   0.03,  [0.03, 0.03, 0.06, 0.03]),
    (Level::MiddleOneSide,    0.25,   0.45,  [0.45, 0.45, 0.4, 0.45]),
    (Level::MiddleDiffers,    0.03,   0.45,  [0.45, 0.45, 0.25, 0.45]),
    // Surnames.
    (Level::SurnameEqual,     0.85,   1.0,   [0.85, 0.83, 0.85, 0.75]),      // share
    (Level::SurnamePart,      0.02,   0.06,  [0.02, 0.02, 0.02, 0.03]),      // share
    (Level::SurnameSlip,      0.07,   60.0,  [0.07, 0.07, 0.07, 0.05]),      // share
    (Level::SurnameSimilar,   0.012,  500.0, [0.012, 0.012, 0.012, 0.01]),   // share
    (Level::SurnameSwapped,   0.9,    1.0,   [0.01, 0.01, 0.9, 0.01]),       // share
    (Level::SurnameDiffers,   0.035,  0.98,  [0.035, 0.08, 0.035, 0.2]),
    // Dates of birth.
    (Level::BirthEqual,       0.925,  1.0,   [0.93, 0.003, 1e-5, 2e-4]),     // share
    (Level::BirthSwapped,     0.004,  6e-5,  [0.004, 1e-4, 1e-5, 6e-5]),
    (Level::BirthSlip,        0.03,   0.0016,[0.03, 0.004, 4e-4, 0.004]),
    (Level::BirthYearOnly,    0.01,   2e-4,  [0.01, 6e-4, 1e-5, 6e-4]),
    (Level::BirthDayMonth,    0.012,  0.0022,[0.012, 0.0025, 0.002, 0.0025]),
    (Level::BirthMonthYear,   0.004,  0.0015,[0.004, 0.001, 1e-4, 0.004]),
    (Level::BirthYear,        0.003,  0.018, [0.003, 0.02, 2e-4, 0.06]),
    (Level::BirthNear,        0.005,  0.38,  [0.002, 0.93, 0.02, 0.90]),
    (Level::BirthGeneration,  0.004,  0.48,  [0.001, 0.04, 0.95, 0.03]),
    (Level::BirthFar,         0.0015, 0.12,  [0.0005, 0.0005, 0.02, 0.001]),
    // Sex: weak on purpose.
    (Level::SexEqual,         0.98,   1.0,   [0.75, 0.6, 0.98, 0.05]),       // share
    (Level::SexDiffers,       0.025,  0.25,  [0.25, 0.4, 0.02, 0.95]),
    // Addresses.
    (Level::AddressHouse,     0.56,   1.0,   [0.5, 0.5, 0.5, 0.85]),         // share
    (Level::AddressHostel,    0.03,   1.0,   [0.03, 0.03, 0.03, 0.03]),      // share
    (Level::AddressStreet,    0.04,   2e-6,  [0.04, 0.04, 0.04, 0.05]),
    (Level::AddressPostcode,  0.005,  1.0,   [0.005, 0.005, 0.005, 0.002]),  // share
    (Level::AddressOutcode,   0.06,   1.0,   [0.1, 0.1, 0.1, 0.03]),         // share
    (Level::AddressTown,      0.07,   0.02,  [0.1, 0.1, 0.1, 0.03]),
    (Level::AddressDiffers,   0.25,   0.97,  [0.25, 0.3, 0.3, 0.05]),
];

pub(super) fn model() -> Model {
    let empty = Row { same: 1.0, stranger: 1.0, relatives: [1.0; RELATIVES] };
    let mut rows = [empty; Level::COUNT];
    for &(level, same, stranger, relatives) in LINES {
        rows[level as usize] = Row { same, stranger, relatives };
    }
    Model {
        version: "alongside-1".to_owned(),
        known_share: 0.5,
        one_in: None,
        expected_relatives: [0.02, 0.05, 0.02, 0.05],
        certain_from: 10.0,
        review_from: -1.0,
        rows,
    }
}
