//! Who owns an instrument and what we may do with it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The licence verdict with its evidence. A reader's opinion, not legal advice: each deployer keeps its own register.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// What we concluded.
    pub verdict: Verdict,
    /// Who owns the rights.
    pub owner: String,
    /// The terms in a sentence.
    pub terms: String,
    /// What the verdict rests on.
    pub evidence: String,
    /// When that was checked.
    pub checked: Date,
    /// The line to print with the instrument; required for verdicts `T` and `TA`.
    pub attribution: Option<String>,
}

/// What a licence lets Alongside ship.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Verdict {
    /// The item text may be shipped.
    T,
    /// The item text may be shipped unmodified, with attribution and conditions.
    TA,
    /// Scoring only; the wording comes from a text pack of a deployer who holds a licence.
    S,
    /// Nothing may be shipped; only tool, date, assessor and result are recorded.
    X,
}

impl Verdict {
    /// The verdict in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::T => "item text may be shipped",
            Self::TA => "item text may be shipped unmodified, with attribution and its conditions",
            Self::S => "scoring only; the wording comes from a licensed text pack",
            Self::X => "record only the tool, date, assessor and result",
        }
    }
}

/// LOINC codes of the whole form. Only codes that were seen in a published resource are given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Loinc {
    /// The panel.
    pub panel: Option<String>,
    /// The total score.
    pub total: Option<String>,
    /// Codes that were not seen in a resource; check at loinc.org before use.
    #[serde(default)]
    pub to_check: Vec<String>,
}
