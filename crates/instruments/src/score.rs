//! The score of one completed form: what may be said, what may not yet, and why.

use serde::Serialize;

use crate::answers::{Answer, AnswerError, check_answers};
use crate::context::{Context, Sex};
use crate::evaluate::{Evaluated, evaluate};
use crate::model::Instrument;
use crate::state::{State, states};
use crate::{verdicts, words};

/// What one form says under the published rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Id of the instrument file that was used; keep it with the answers.
    pub instrument: String,
    /// The answers as given, one for each item, before any reversal.
    pub answers: Vec<Answer>,
    /// The total; `None` while the published rule allows none, or when none is published.
    pub total: Option<f64>,
    /// The total is at least this, whatever the missing answers are. `None` when no total is published.
    pub lower_bound: Option<f64>,
    /// The highest possible total for the items that apply.
    pub out_of: Option<f64>,
    /// Every other scale.
    pub subscales: Vec<ScaleScore>,
    /// The band of each scale that has bands and a certain value.
    pub bands: Vec<BandFound>,
    /// The band the lower bound has already reached, when there is no total and it is not the mildest.
    pub at_least_band: Option<String>,
    /// The result of each group of criteria that is known, such as ("syndrome", "major").
    pub results: Vec<(String, String)>,
    /// Every published cut-off that applies, met or not.
    pub positives: Vec<Finding>,
    /// Whether the screen is positive; `None` when it cannot be told or no cut-off is published.
    pub positive: Option<bool>,
    /// What to do in this contact, whatever the total.
    pub prompts: Vec<PromptFired>,
    /// What a reader must not overlook.
    pub warnings: Vec<String>,
    /// How many required items were answered or rightly not asked.
    pub answered: usize,
    /// Numbers of the required items that are not answered.
    pub missing: Vec<String>,
    /// How the result came about, line by line.
    pub explanation: Vec<String>,
}

/// One scale beside the total.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleScore {
    /// Such as `dependence`.
    pub id: String,
    /// In words.
    pub name: String,
    /// Its value, when the published rule allows one.
    pub value: Option<f64>,
    /// It is at least this.
    pub lower_bound: f64,
    /// Lowest and highest value of the scale.
    pub range: (f64, f64),
}

/// The band of one scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandFound {
    /// Which scale.
    pub scale: String,
    /// The band's published name.
    pub label: String,
}

/// One published cut-off against this form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Such as `caseness`.
    pub id: String,
    /// The cut-off in words, such as `10 or more`.
    pub cut_off: String,
    /// Whether it is met.
    pub met: Met,
    /// What meeting it means, with the sex it is for when that was not recorded.
    pub words: String,
    /// Only for this sex.
    pub sex: Option<Sex>,
    /// Takes part in deciding [`Score::positive`].
    pub decides: bool,
    /// Where the cut-off was published.
    pub source: Option<String>,
}

/// Whether a cut-off is met. A form with a gap that matters can be `Met` but never `NotMet`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// It is met whatever the missing answers are.
    Met,
    /// Everything it rests on was answered, and it is not met.
    NotMet,
    /// Answers are missing, so nobody can tell.
    CannotTell,
}

/// A prompt that this form raises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromptFired {
    /// Such as `self-harm`.
    pub id: String,
    /// What to do in the same contact.
    pub words: String,
}

/// What the parts of a score look at.
pub(crate) struct Form<'a> {
    pub(crate) instrument: &'a Instrument,
    pub(crate) answers: &'a [Answer],
    pub(crate) context: &'a Context,
    pub(crate) states: Vec<State>,
    pub(crate) facts: Evaluated,
}

/// Score one form.
///
/// # Errors
/// [`AnswerError`] when an answer is out of range, answers are too few or too many, the variant is unknown, or the
/// instrument may only be recorded.
pub fn score(instrument: &Instrument, answers: &[Answer], context: &Context) -> Result<Score, AnswerError> {
    check_answers(instrument, answers)?;
    check_variant(instrument, context)?;
    let mut answers = answers.to_vec();
    answers.resize(instrument.items.len(), Answer::Missing);
    let states = states(instrument, &answers, context.variant.as_deref());
    let facts = evaluate(instrument, &states);
    let form = Form { instrument, answers: &answers, context, states, facts };

    let total = instrument.total_scale().and_then(|at| form.facts.values.get(at));
    let positives = verdicts::findings(&form);
    let subscales = instrument.scales.iter().zip(&form.facts.values).filter(|(scale, _)| scale.id != "total");
    let missing = form.missing();
    Ok(Score {
        instrument: instrument.id.clone(),
        total: total.and_then(|value| value.exact),
        lower_bound: total.map(|value| value.low),
        out_of: total.map(|value| value.out_of),
        subscales: subscales
            .map(|(scale, value)| ScaleScore {
                id: scale.id.clone(),
                name: scale.name.clone(),
                value: value.exact,
                lower_bound: value.low,
                range: scale.range,
            })
            .collect(),
        bands: verdicts::bands(&form),
        at_least_band: verdicts::at_least_band(&form),
        results: verdicts::results(&form),
        positive: verdicts::positive(&positives),
        positives,
        prompts: verdicts::prompts(&form),
        warnings: words::warnings(&form),
        answered: instrument.required_items() - missing.len(),
        missing: missing.iter().filter_map(|at| instrument.items.get(*at)).map(|i| i.id.clone()).collect(),
        explanation: words::explanation(&form),
        answers,
    })
}

impl Form<'_> {
    /// Positions of required items that are not answered.
    pub(crate) fn missing(&self) -> Vec<usize> {
        let items = self.instrument.items.iter().zip(&self.states).enumerate();
        let missing = items.filter(|(_, (item, state))| {
            !item.optional && (state.is_missing() || **state == State::PerhapsNotApplicable)
        });
        missing.map(|(at, _)| at).collect()
    }
}

fn check_variant(instrument: &Instrument, context: &Context) -> Result<(), AnswerError> {
    let Some(given) = context.variant.as_deref() else { return Ok(()) };
    let key = crate::library::key(given);
    let own = instrument.variant.iter().chain(&instrument.variant_aliases);
    if instrument.inner_variant(given).is_some() || own.into_iter().any(|v| crate::library::key(v) == key) {
        return Ok(());
    }
    let known = instrument.variants.iter().map(|v| v.id.as_str()).collect::<Vec<_>>();
    Err(AnswerError::NoSuchVariant {
        instrument: instrument.name.clone(),
        given: given.to_owned(),
        known: if known.is_empty() {
            "leave the variant out".to_owned()
        } else {
            format!("write {}", known.join(" or "))
        },
    })
}
