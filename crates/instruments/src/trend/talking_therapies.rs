//! The outcome rules of NHS Talking Therapies for a pair of PHQ-9 and GAD-7 totals at start and end.
//!
//! The figures come from the instruments' own files (rule `nhs-talking-therapies`): caseness PHQ-9 ≥ 10 or GAD-7 ≥ 8,
//! reliable change 6 and 4 points.

use serde::Serialize;

use crate::library::Library;

/// One measure's figures.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Measure {
    case_at: f64,
    reliable: f64,
}

/// The rules with their figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TalkingTherapies {
    phq9: Measure,
    gad7: Measure,
}

/// Totals of one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// PHQ-9 total.
    pub phq9: f64,
    /// GAD-7 total.
    pub gad7: f64,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Above at least one threshold at the start.
    pub case_at_start: bool,
    /// A case at the start, and below both thresholds at the end.
    pub recovery: bool,
    /// At least one measure reliably better, and the other not reliably worse.
    pub reliable_improvement: bool,
    /// At least one measure reliably worse, and the other not reliably better. That the rule mirrors improvement was not confirmed.
    pub reliable_deterioration: bool,
    /// Recovery and reliable improvement.
    pub reliable_recovery: bool,
}

impl TalkingTherapies {
    /// The rules, from the library's PHQ-9 and GAD-7; `None` when one of them lacks its figures.
    pub fn from_library(library: &Library) -> Option<Self> {
        let measure = |id: &str| {
            let rules = &library.by_id(id)?.reliable_change;
            let rule = rules.iter().find(|r| r.id == "nhs-talking-therapies")?;
            Some(Measure { case_at: rule.case_at?, reliable: rule.points })
        };
        Some(Self { phq9: measure("phq-9")?, gad7: measure("gad-7")? })
    }

    /// Apply them.
    pub fn outcome(&self, start: Pair, end: Pair) -> Outcome {
        let case = |pair: Pair| pair.phq9 >= self.phq9.case_at || pair.gad7 >= self.gad7.case_at;
        let (phq9, gad7) = (start.phq9 - end.phq9, start.gad7 - end.gad7);
        let better = phq9 >= self.phq9.reliable || gad7 >= self.gad7.reliable;
        let worse = -phq9 >= self.phq9.reliable || -gad7 >= self.gad7.reliable;
        let recovery = case(start) && !case(end);
        let reliable_improvement = better && !worse;
        Outcome {
            case_at_start: case(start),
            recovery,
            reliable_improvement,
            reliable_deterioration: worse && !better,
            reliable_recovery: recovery && reliable_improvement,
        }
    }
}
