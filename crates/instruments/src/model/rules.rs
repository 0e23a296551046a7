//! The vocabulary of published scoring: a closed list, so that a file can be checked and explained.

use serde::{Deserialize, Serialize};

use crate::context::Sex;

/// A number an instrument yields from its items.
#[derive(Debug, Clone)]
pub struct Scale {
    /// Such as `total` or `dependence`.
    pub id: String,
    /// In words.
    pub name: String,
    /// How it is worked out.
    pub rule: Rule,
    /// Which end is better.
    pub direction: Direction,
    /// Lowest and highest value.
    pub range: (f64, f64),
    /// How many of its items may be missing; the rest are then prorated. 0: every item is needed.
    pub may_miss: usize,
    /// Items that must be answered although they add nothing.
    pub requires: Vec<usize>,
    /// Once this criterion is met, what is missing cannot change the published result, and the answered items are counted.
    pub settled_by: Option<usize>,
}

/// How a scale is worked out. Item scores are after reversal.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// Add the items.
    Sum(Vec<usize>),
    /// Average the items that were answered, times a constant (CORE-10: 10).
    Mean {
        /// The items.
        items: Vec<usize>,
        /// The constant.
        times: f64,
    },
    /// Count the items that score at least their threshold, given beside each item.
    Count(Vec<(usize, f64)>),
    /// Multiply an earlier scale (WHO-5: by 4).
    Times {
        /// The earlier scale.
        scale: usize,
        /// The constant.
        by: f64,
    },
    /// Look an earlier scale up in a published table of (from, to), rising in both (SWEMWBS).
    Convert {
        /// The earlier scale.
        scale: usize,
        /// The table.
        table: Vec<(f64, f64)>,
    },
}

/// Which end of a scale is better for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// A higher score is worse, as in the PHQ-9.
    HighIsWorse,
    /// A higher score is better, as in the WHO-5.
    HighIsBetter,
}

/// A statement about the answers that is true, false, or not yet known while answers are missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The answer to an item, as written on the form.
    Item(usize, Test),
    /// The value of a scale.
    Scale(usize, Test),
    /// An earlier criterion.
    Criterion(usize),
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// None of these.
    None(Vec<Condition>),
}

/// A comparison; every bound given must hold.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Test {
    /// `>=`
    pub at_least: Option<f64>,
    /// `<=`
    pub at_most: Option<f64>,
    /// `<`
    pub below: Option<f64>,
}

/// Items that are not asked, and then score 0.
#[derive(Debug, Clone)]
pub struct Skip {
    /// When.
    pub when: Condition,
    /// Which items.
    pub items: Vec<usize>,
    /// The published rule stops the form: the items score 0 even where something was answered (PC-PTSD-5).
    pub overrides: bool,
    /// Why, for the explanation.
    pub words: String,
}

/// A published rule that is met or not, such as "major depressive syndrome".
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Such as `major`.
    pub id: String,
    /// Criteria of one group exclude each other; the first met is the group's result.
    pub group: Option<String>,
    /// The result in a word.
    pub label: String,
    /// When it is met.
    pub when: Condition,
}

/// A published cut-off, on a scale or a criterion.
#[derive(Debug, Clone)]
pub struct CutOff {
    /// Such as `caseness`. Of two with one id, the one for the form's language or country replaces the general one.
    pub id: String,
    /// What is compared.
    pub on: Condition,
    /// What passing it means.
    pub words: String,
    /// Whether it decides if the screen is positive.
    pub decides: Decides,
    /// Only for this sex.
    pub sex: Option<Sex>,
    /// Only in this country.
    pub country: Option<String>,
    /// Only in this language.
    pub language: Option<String>,
    /// Where it was published.
    pub source: Option<String>,
}

/// For whom a cut-off decides that the screen is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decides {
    /// For nobody: it is shown only.
    #[default]
    Never,
    /// For everybody it applies to.
    All,
    /// For men.
    Men,
    /// For women.
    Women,
}

/// A published range with a name. A value between two bands (a prorated 10.6) belongs to the lower one.
#[derive(Debug, Clone)]
pub struct Band {
    /// Which scale.
    pub scale: usize,
    /// Lowest value.
    pub from: f64,
    /// Highest value, as published.
    pub to: f64,
    /// Its name.
    pub label: String,
}

/// Something to do in the same contact, whatever the total.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// Such as `self-harm`.
    pub id: String,
    /// When.
    pub when: Condition,
    /// What to do.
    pub words: String,
    /// What to do when the item it depends on was left blank.
    pub if_blank: Option<String>,
}

/// A pattern of answers that is often a misreading of the form.
#[derive(Debug, Clone)]
pub struct Caution {
    /// When; `None` means always.
    pub when: Option<Condition>,
    /// Only for a person recorded as this sex.
    pub sex: Option<Sex>,
    /// What to check.
    pub words: String,
}

/// A published size of change that is more than measurement error.
#[derive(Debug, Clone)]
pub struct ReliableChange {
    /// Such as `nhs-talking-therapies`.
    pub id: String,
    /// Which scale.
    pub scale: usize,
    /// Change of at least this many points.
    pub points: f64,
    /// Confidence of the interval, such as 0.90, when published.
    pub confidence: Option<f64>,
    /// Clinical cut-off used with it: at or beyond it is a case.
    pub case_at: Option<f64>,
    /// Where it was published.
    pub source: String,
}
