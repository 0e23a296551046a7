//! Reliable change for a group of people: how many changed by more than measurement error, and of how many we know.
//!
//! The rules for one person (Jacobson and Truax, published values, NHS Talking Therapies) are those of the crate
//! `instruments`, shared here.

pub use instruments::trend::{
    Category, Change, CutOffKind, JacobsonTruax, Norm, Outcome, Pair, TalkingTherapies, against_first,
    clinical_cut_off, compare,
};

use crate::MeasureError;
use crate::interval::{Confidence, Estimate, proportion};

/// Outcomes of a group. Percentages are of those with paired scores, so the share that has them stands beside them.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Summary {
    /// People who should have two scores.
    pub eligible: usize,
    /// People who have.
    pub paired: usize,
    /// Reliably better and across the cut-off.
    pub recovered: usize,
    /// Reliably better, not across.
    pub improved: usize,
    /// No reliable change.
    pub unchanged: usize,
    /// Reliably worse, not across.
    pub deteriorated: usize,
    /// Reliably worse and across the cut-off.
    pub harmed: usize,
    /// Share of the eligible who have paired scores, with its 95 % interval.
    pub paired_share: Estimate,
    /// Share of the paired who are reliably better, with its 95 % interval; `None` when nobody is paired.
    pub better_share: Option<Estimate>,
    /// Share of the paired who are reliably worse, with its 95 % interval; `None` when nobody is paired.
    pub worse_share: Option<Estimate>,
}

/// Sum up a group: one entry for each eligible person, `None` for those without paired scores.
///
/// # Errors
/// [`MeasureError::NotAProportion`] when the group is empty.
pub fn summarise(people: &[Option<Category>]) -> Result<Summary, MeasureError> {
    let count = |wanted: Category| people.iter().filter(|c| **c == Some(wanted)).count();
    let paired = people.iter().flatten().count();
    let share = |part: usize| match paired {
        0 => None,
        paired => proportion(part as f64, paired as f64, Confidence::P95).ok(),
    };
    let (recovered, improved) = (count(Category::Recovered), count(Category::Improved));
    let (deteriorated, harmed) = (count(Category::Deteriorated), count(Category::Harmed));
    Ok(Summary {
        eligible: people.len(),
        paired,
        recovered,
        improved,
        unchanged: count(Category::Unchanged),
        deteriorated,
        harmed,
        paired_share: proportion(paired as f64, people.len() as f64, Confidence::P95)?,
        better_share: share(recovered + improved),
        worse_share: share(deteriorated + harmed),
    })
}
