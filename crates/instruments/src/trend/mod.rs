//! Change between two scores of one instrument: is it more than measurement error, and did it cross a cut-off?
//!
//! Only scores of the same instrument id and scale may be compared (the US and Australian K10 differ by 10).

mod jacobson_truax;
mod talking_therapies;

use serde::Serialize;

pub use jacobson_truax::{CutOffKind, JacobsonTruax, Norm, clinical_cut_off};
pub use talking_therapies::{Outcome, Pair, TalkingTherapies};

use crate::model::{Direction, Instrument, ReliableChange};
use crate::points::Points;

/// What a change amounts to, in the words of Jacobson and Truax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Reliably better, and from the clinical to the non-clinical side of the cut-off.
    Recovered,
    /// Reliably better.
    Improved,
    /// No more than measurement error.
    Unchanged,
    /// Reliably worse.
    Deteriorated,
    /// Reliably worse, and from the non-clinical to the clinical side of the cut-off.
    Harmed,
}

/// The change between two scores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Later minus earlier.
    pub points: Points,
    /// What it amounts to; `None` when no reliable-change value is published for the instrument.
    pub category: Option<Category>,
    /// The size that counts as reliable.
    pub reliable_from: Option<Points>,
    /// In words.
    pub words: String,
    /// Where the value was published.
    pub source: Option<String>,
}

/// Sort a change into a category.
///
/// `reliably_better` and `reliably_worse` say whether it is more than error; the two `clinical` flags say on which
/// side of the cut-off each score lies.
pub(crate) fn categorise(
    reliably_better: bool,
    reliably_worse: bool,
    clinical_before: bool,
    clinical_after: bool,
) -> Category {
    match (reliably_better, reliably_worse) {
        (true, _) if clinical_before && !clinical_after => Category::Recovered,
        (true, _) => Category::Improved,
        (_, true) if !clinical_before && clinical_after => Category::Harmed,
        (_, true) => Category::Deteriorated,
        _ => Category::Unchanged,
    }
}

/// Compare two totals by the instrument's published rule; `rule` names one of several, the first is the default.
pub fn compare(instrument: &Instrument, rule: Option<&str>, before: f64, after: f64) -> Change {
    let points = after - before;
    let chosen = match rule {
        Some(id) => instrument.reliable_change.iter().find(|r| r.id == id),
        None => instrument.reliable_change.first(),
    };
    let direction = chosen.and_then(|r| instrument.scales.get(r.scale)).map(|s| s.direction);
    let (Some(rule), Some(direction)) = (chosen, direction) else {
        return Change {
            points: Points(points),
            category: None,
            reliable_from: None,
            words: format!(
                "{}: changed by {}; no reliable-change value is published",
                instrument.name,
                signed(points)
            ),
            source: None,
        };
    };
    let category = category(rule, direction, before, after);
    Change {
        points: Points(points),
        category: Some(category),
        reliable_from: Some(Points(rule.points)),
        words: format!(
            "{}: {} points, {}; {} points or more is more than measurement error",
            instrument.name,
            signed(points),
            category.words(),
            Points(rule.points)
        ),
        source: Some(rule.source.clone()),
    }
}

fn category(rule: &ReliableChange, direction: Direction, before: f64, after: f64) -> Category {
    let better = match direction {
        Direction::HighIsWorse => before - after,
        Direction::HighIsBetter => after - before,
    };
    let clinical = |score: f64| match (rule.case_at, direction) {
        (Some(at), Direction::HighIsWorse) => score >= at,
        (Some(at), Direction::HighIsBetter) => score < at,
        (None, _) => false,
    };
    let enough = rule.points - 1e-9; // a prorated score may carry floating-point noise
    categorise(better >= enough, -better >= enough, clinical(before), clinical(after))
}

fn signed(points: f64) -> String {
    if points > 0.0 { format!("+{}", Points(points)) } else { Points(points).to_string() }
}

impl Category {
    /// The category in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Recovered => "reliably better and now below the clinical cut-off",
            Self::Improved => "reliably better",
            Self::Unchanged => "no reliable change",
            Self::Deteriorated => "reliably worse",
            Self::Harmed => "reliably worse and now beyond the clinical cut-off",
        }
    }
}

/// Each total of a series against the first; `None` where a form had no total, and for the first itself.
pub fn against_first(
    instrument: &Instrument,
    rule: Option<&str>,
    totals: &[Option<f64>],
) -> Vec<Option<Change>> {
    let first = totals.iter().enumerate().find_map(|(at, total)| total.map(|t| (at, t)));
    totals
        .iter()
        .enumerate()
        .map(|(at, total)| match (first, total) {
            (Some((start, before)), Some(after)) if at > start => {
                Some(compare(instrument, rule, before, *after))
            }
            _ => None,
        })
        .collect()
}
