//! Comparison of two cleaned people, field by field: which level, and how common the shared value is.

mod birth;
mod identifier;
mod levels;
mod name;
mod place;

use crate::clean::{Cleaned, Sex};
use crate::frequencies::Frequencies;
pub use levels::{Agreement, FIELDS, Field, Level};

/// What a comparison found: one level a field, in [`Field::ALL`] order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// The level of each field; [`Level::Missing`] where a side doesn't say.
    pub levels: [Level; FIELDS],
    /// Shares of the register that have the two values, the rarer first: `(rarer, commoner)`. For one shared value the
    /// second is 0; both are 0 where the level's weight doesn't depend on them.
    pub shares: [(f64, f64); FIELDS],
    /// Share of the register with the listed forename and surname together, beyond what the two alone would give; else 0.
    pub full_name_share: f64,
}

impl Evidence {
    fn set(&mut self, field: Field, (level, share): (Level, f64)) {
        self.set_both(field, (level, (share, 0.0)));
    }

    fn set_both(&mut self, field: Field, (level, shares): (Level, (f64, f64))) {
        self.levels[field as usize] = level;
        self.shares[field as usize] = shares;
    }

    /// The level of one field.
    #[must_use]
    pub fn level(&self, field: Field) -> Level {
        self.levels[field as usize]
    }

    /// True when both records carry a valid identifier of one kind and the two differ.
    #[must_use]
    pub fn identifiers_conflict(&self) -> bool {
        self.levels.iter().any(|level| {
            matches!(
                level,
                Level::PncDiffers
                    | Level::CroDiffers
                    | Level::NhsDiffers
                    | Level::PrisonDiffers
                    | Level::CrnDiffers
            )
        })
    }

    /// True when at least one identifier is the same and its check fits (or it has none).
    #[must_use]
    pub fn identifier_agrees(&self) -> bool {
        self.levels.iter().any(|level| {
            matches!(
                level,
                Level::PncEqual
                    | Level::CroEqual
                    | Level::NhsEqual
                    | Level::PrisonEqual
                    | Level::CrnEqual
                    | Level::MasterEqual
            )
        })
    }
}

/// Compares two people. Symmetric: neither side is special but for the register's counts, which are the same for both.
#[must_use]
pub fn evidence(listed: &Cleaned, known: &Cleaned, register: &Frequencies) -> Evidence {
    let mut out =
        Evidence { levels: [Level::Missing; FIELDS], shares: [(0.0, 0.0); FIELDS], full_name_share: 0.0 };
    identifier::compare(listed, known, &mut out);
    name::compare(listed, known, register, &mut out);
    out.set(Field::Birth, birth::compare(&listed.births, &known.births, register));
    out.set(Field::Address, place::compare(&listed.places, &known.places, register));
    let sex = match (listed.sex, known.sex) {
        // A forename mostly tells the sex, so an equal one adds nothing to equal names.
        (Some(a), Some(b)) if a == b => match out.level(Field::Forename) {
            Level::ForenameEqual | Level::ForenameVariant | Level::ForenameSlip => (Level::Missing, 0.0),
            _ => (Level::SexEqual, if a == Sex::Female { 0.2 } else { 0.8 }),
        },
        (Some(_), Some(_)) => (Level::SexDiffers, 0.0),
        _ => (Level::Missing, 0.0),
    };
    out.set(Field::Sex, sex);
    out
}
