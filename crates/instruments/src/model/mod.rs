//! What an instrument is, once its file has been read and checked.

mod licence;
mod rules;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use licence::{Licence, Loinc, Verdict};
pub use rules::{
    Band, Caution, Condition, Criterion, CutOff, Decides, Direction, Prompt, ReliableChange, Rule, Scale,
    Skip, Test,
};

/// One questionnaire in one version and variant. Positions in its rules index [`Instrument::items`],
/// [`Instrument::scales`] and [`Instrument::criteria`]; loading has checked them.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// Lasting name in records, such as `phq-9`; equal to the file's name.
    pub id: String,
    /// The name people use, such as `PHQ-9`.
    pub name: String,
    /// The full title.
    pub title: String,
    /// Other names it is found by.
    pub aliases: Vec<String>,
    /// Name shared by the variants of one questionnaire, such as `K10`.
    pub family: Option<String>,
    /// Which variant of the family this file is, such as `us`.
    pub variant: Option<String>,
    /// Other words for the variant.
    pub variant_aliases: Vec<String>,
    /// The variant taken when none is named.
    pub is_default: bool,
    /// The country this variant's wording is for, two letters.
    pub country: Option<String>,
    /// Published version, year or edition.
    pub version: String,
    /// What it is about, such as `depression`.
    pub domain: String,
    /// Whether its answers are held and scored, or only its result recorded.
    pub kind: Kind,
    /// Who completes it.
    pub completed_by: String,
    /// The time the questions are about, such as `the last 2 weeks`.
    pub time_frame: Option<String>,
    /// The words before the items, where the owner lets us print them.
    pub stem: Option<String>,
    /// Who owns it and what we may do.
    pub licence: Licence,
    /// LOINC codes.
    pub loinc: Loinc,
    /// Answer sets by name.
    pub answer_sets: BTreeMap<String, AnswerSet>,
    /// The items in the order of the form.
    pub items: Vec<Item>,
    /// When items are not asked.
    pub skips: Vec<Skip>,
    /// The numbers it yields; the one called `total` is the total.
    pub scales: Vec<Scale>,
    /// Published yes-or-no rules over items and scales.
    pub criteria: Vec<Criterion>,
    /// Published cut-offs.
    pub cut_offs: Vec<CutOff>,
    /// Published bands.
    pub bands: Vec<Band>,
    /// Answers that must be followed up in the same contact.
    pub prompts: Vec<Prompt>,
    /// Answer patterns worth a second look.
    pub cautions: Vec<Caution>,
    /// Variants inside this file.
    pub variants: Vec<InnerVariant>,
    /// Published sizes of change that are more than measurement error.
    pub reliable_change: Vec<ReliableChange>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// What could not be confirmed; check before it drives a decision.
    pub unconfirmed: Vec<String>,
    /// Where the scoring comes from.
    pub sources: Vec<String>,
    /// The text pack that gave the wording, if one was installed.
    pub text_pack: Option<String>,
}

/// Whether Alongside holds an instrument's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Answers are held, and scored where a rule is published.
    Scored,
    /// Only name, date, assessor and result are recorded, because the licence allows no more.
    RecordOnly,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its number on the form, such as `3` or `P1`.
    pub id: String,
    /// Our own short label.
    pub label: String,
    /// The standard wording, where the owner lets us print it or a text pack gave it.
    pub text: Option<String>,
    /// Name of its answer set.
    pub answers: String,
    /// The choices of that set, in order.
    pub choices: Vec<Choice>,
    /// Scored the other way round.
    pub reversed: bool,
    /// May be left out; never counts as missing and is in no scale.
    pub optional: bool,
    /// Has a "not applicable" answer on the form.
    pub may_not_apply: bool,
    /// LOINC code of the item.
    pub loinc: Option<String>,
}

/// The answers an item allows.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSet {
    /// In the order of the form.
    pub choices: Vec<Choice>,
}

/// The name of the built-in answer set: `y` is 1, `n` is 0.
pub const YES_NO: &str = "yes-no";

/// One answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The number written on the form and typed.
    pub value: i32,
    /// What it says.
    pub label: String,
    /// What it scores, when that is not its value.
    pub score: Option<f64>,
    /// Means "not known": kept as given, but counts as not answered.
    #[serde(default)]
    pub not_known: bool,
}

impl Choice {
    /// What this answer scores before any reversal.
    pub fn points(&self) -> f64 {
        self.score.unwrap_or(f64::from(self.value))
    }
}

impl Item {
    /// Whether it is answered yes or no.
    pub fn is_yes_no(&self) -> bool {
        self.answers == YES_NO
    }

    /// The choice with this value.
    pub fn choice(&self, value: i32) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.value == value)
    }

    /// What an answer scores, after reversal.
    pub fn points(&self, choice: &Choice) -> f64 {
        let (low, high) = self.unreversed_range();
        if self.reversed { low + high - choice.points() } else { choice.points() }
    }

    /// The lowest and highest score the item can give.
    pub fn range(&self) -> (f64, f64) {
        self.unreversed_range() // reversal maps the range onto itself
    }

    fn unreversed_range(&self) -> (f64, f64) {
        bounds(self.choices.iter().filter(|c| !c.not_known).map(Choice::points))
    }

    /// The lowest and highest value that can be written on the form.
    pub fn value_range(&self) -> (f64, f64) {
        bounds(self.choices.iter().filter(|c| !c.not_known).map(|c| f64::from(c.value)))
    }
}

fn bounds(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) =
        numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    if low > high { (0.0, 0.0) } else { (low, high) }
}

/// A variant that differs only in which items apply.
#[derive(Debug, Clone)]
pub struct InnerVariant {
    /// Such as `not-working`.
    pub id: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// What it means.
    pub words: String,
    /// Items that do not apply.
    pub not_applicable: Vec<usize>,
}

impl Instrument {
    /// Position of the scale called `total`, if a total is published.
    pub fn total_scale(&self) -> Option<usize> {
        self.scales.iter().position(|scale| scale.id == "total")
    }

    /// How many items must be answered or left with `.`: all but the optional ones.
    pub fn required_items(&self) -> usize {
        self.items.iter().filter(|item| !item.optional).count()
    }

    /// The inner variant of this name.
    pub fn inner_variant(&self, name: &str) -> Option<&InnerVariant> {
        let key = crate::library::key(name);
        self.variants.iter().find(|v| {
            crate::library::key(&v.id) == key || v.aliases.iter().any(|a| crate::library::key(a) == key)
        })
    }
}
