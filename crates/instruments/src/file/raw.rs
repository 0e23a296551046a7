//! The keys of an instrument file, as they are written. `resolve` turns names into positions.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::context::Sex;
use crate::model::{Choice, Decides, Kind, Licence, Loinc};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Instrument {
    pub id: String,
    pub name: String,
    pub title: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub family: Option<String>,
    pub variant: Option<String>,
    #[serde(default)]
    pub variant_aliases: Vec<String>,
    #[serde(default)]
    pub default: bool,
    pub country: Option<String>,
    pub version: String,
    pub domain: String,
    pub kind: Kind,
    pub completed_by: String,
    pub time_frame: Option<String>,
    pub stem: Option<String>,
    pub licence: Licence,
    #[serde(default)]
    pub loinc: Loinc,
    #[serde(default)]
    pub answers: BTreeMap<String, AnswerSet>,
    #[serde(default, rename = "item")]
    pub items: Vec<Item>,
    #[serde(default, rename = "skip")]
    pub skips: Vec<Skip>,
    #[serde(default, rename = "scale")]
    pub scales: Vec<Scale>,
    #[serde(default, rename = "criterion")]
    pub criteria: Vec<Criterion>,
    #[serde(default, rename = "cut_off")]
    pub cut_offs: Vec<CutOff>,
    #[serde(default, rename = "band")]
    pub bands: Vec<Band>,
    #[serde(default, rename = "prompt")]
    pub prompts: Vec<Prompt>,
    #[serde(default, rename = "caution")]
    pub cautions: Vec<Caution>,
    #[serde(default, rename = "applies")]
    pub variants: Vec<Variant>,
    #[serde(default)]
    pub reliable_change: Vec<ReliableChange>,
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(default)]
    pub unconfirmed: Vec<String>,
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Either `choices`, or a plain scale `from`–`to` with words for its ends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerSet {
    pub choices: Option<Vec<Choice>>,
    pub from: Option<i32>,
    pub to: Option<i32>,
    pub low: Option<String>,
    pub high: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub id: String,
    pub label: String,
    pub text: Option<String>,
    pub answers: String,
    #[serde(default)]
    pub reversed: bool,
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub may_not_apply: bool,
    pub loinc: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Skip {
    pub when: Condition,
    pub items: Vec<String>,
    #[serde(default)]
    pub overrides: bool,
    pub words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scale {
    pub id: String,
    pub name: Option<String>,
    pub rule: RuleName,
    #[serde(default)]
    pub items: Vec<String>,
    pub of: Option<String>,
    pub times: Option<f64>,
    pub from: Option<f64>,
    #[serde(default)]
    pub from_for: BTreeMap<String, f64>,
    pub table: Option<Vec<(f64, f64)>>,
    #[serde(default)]
    pub may_miss: usize,
    #[serde(default)]
    pub requires: Vec<String>,
    pub settled_by: Option<String>,
    pub range: (f64, f64),
    pub high_is: HighIs,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RuleName {
    Sum,
    Mean,
    Count,
    Times,
    Convert,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum HighIs {
    Worse,
    Better,
}

/// Exactly one of item, scale, criterion, all, any, none; with bounds for item and scale.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Condition {
    pub item: Option<String>,
    pub scale: Option<String>,
    pub criterion: Option<String>,
    pub all: Option<Vec<Condition>>,
    pub any: Option<Vec<Condition>>,
    pub none: Option<Vec<Condition>>,
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
    pub below: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Criterion {
    pub id: String,
    pub group: Option<String>,
    pub label: String,
    pub when: Condition,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CutOff {
    pub id: String,
    pub scale: Option<String>,
    pub criterion: Option<String>,
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
    pub below: Option<f64>,
    pub words: String,
    #[serde(default)]
    pub decides: Decides,
    pub sex: Option<Sex>,
    pub country: Option<String>,
    pub language: Option<String>,
    pub source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Band {
    pub scale: Option<String>,
    pub from: f64,
    pub to: f64,
    pub label: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Prompt {
    pub id: String,
    pub when: Condition,
    pub words: String,
    pub if_blank: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Caution {
    pub when: Option<Condition>,
    pub sex: Option<Sex>,
    pub words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    pub id: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub words: String,
    #[serde(default)]
    pub not_applicable: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReliableChange {
    pub id: String,
    pub scale: Option<String>,
    pub points: f64,
    pub confidence: Option<f64>,
    pub case_at: Option<f64>,
    pub source: String,
}
