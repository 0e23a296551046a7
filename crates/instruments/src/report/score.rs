//! The score of one form, as `alongside instrument score` prints it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::answers::{Answer, AnswerError, parse_answers};
use crate::context::{Context, ContextError, Mode, Sex};
use crate::library::{FindError, Library};
use crate::model::Instrument;
use crate::points::Points;
use crate::score::{Finding, Met, PromptFired, Score, score};

/// What the command line was given; every field but the first two may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScoreRequest {
    /// Name of the instrument.
    pub name: String,
    /// Answers in the order of the form.
    pub answers: String,
    /// `f` or `m`.
    pub sex: Option<String>,
    /// Variant.
    pub variant: Option<String>,
    /// Country of the cut-offs.
    pub country: Option<String>,
    /// Language of the form.
    pub language: Option<String>,
    /// How the form was completed.
    pub mode: Option<String>,
}

/// Why a request could not be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// No such instrument or variant.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The answers cannot be taken.
    #[error(transparent)]
    Answers(#[from] AnswerError),
    /// Sex or mode is not known.
    #[error(transparent)]
    Context(#[from] ContextError),
}

/// A score for reading. `total` is null where the published rule allows none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreReport {
    /// Name of the instrument.
    pub instrument: String,
    /// Id of the file it was scored by.
    pub id: String,
    /// The variant inside that file.
    pub variant: Option<String>,
    /// The total.
    pub total: Option<Points>,
    /// The total is at least this.
    pub lower_bound: Option<Points>,
    /// Highest possible total.
    pub out_of: Option<Points>,
    /// Every other scale, null where no value is allowed.
    pub subscales: BTreeMap<String, Option<Points>>,
    /// What the scales are called, for [`ScoreReport::text`].
    #[serde(skip)]
    pub scale_names: BTreeMap<String, String>,
    /// The band of the total.
    pub band: Option<String>,
    /// The bands of all scales.
    pub bands: BTreeMap<String, String>,
    /// The band already reached when there is no total yet.
    pub at_least_band: Option<String>,
    /// Results of published criteria, such as syndrome: major.
    pub results: BTreeMap<String, String>,
    /// Whether the screen is positive; null when it cannot be told or no cut-off is published.
    pub positive: Option<bool>,
    /// The cut-offs that are met.
    pub positives: Vec<Finding>,
    /// All cut-offs that apply, met or not.
    pub findings: Vec<Finding>,
    /// What to do in this contact.
    pub prompts: Vec<PromptFired>,
    /// What must not be overlooked.
    pub warnings: Vec<String>,
    /// Items answered or rightly not asked.
    pub answered: usize,
    /// Items not answered.
    pub missing: Vec<String>,
    /// The answers as given.
    pub answers: Vec<Answer>,
    /// Sex for scoring, country, language, mode and variant as given.
    pub context: Context,
    /// How the result came about.
    pub explanation: Vec<String>,
    /// The line the owner asks for.
    pub attribution: Option<String>,
}

/// Find, parse and score.
///
/// # Errors
/// [`RequestError`], whose words say what to write instead.
pub fn score_by_name(library: &Library, request: &ScoreRequest) -> Result<ScoreReport, RequestError> {
    let found = library.find(&request.name, request.variant.as_deref(), request.country.as_deref())?;
    let context = Context {
        sex: request.sex.as_deref().map(str::parse::<Sex>).transpose()?,
        mode: request.mode.as_deref().map(str::parse::<Mode>).transpose()?,
        country: request.country.clone(),
        language: request.language.clone(),
        variant: found.variant,
    };
    let answers = parse_answers(found.instrument, &request.answers)?;
    let score = score(found.instrument, &answers, &context)?;
    Ok(ScoreReport::new(found.instrument, &context, score))
}

impl ScoreReport {
    /// The report of a score.
    pub fn new(instrument: &Instrument, context: &Context, score: Score) -> Self {
        let bands = score.bands.into_iter().map(|b| (b.scale, b.label)).collect::<BTreeMap<_, _>>();
        Self {
            instrument: instrument.name.clone(),
            id: score.instrument,
            variant: context.variant.clone().or_else(|| instrument.variant.clone()),
            total: score.total.map(Points),
            lower_bound: score.lower_bound.map(Points),
            out_of: score.out_of.map(Points),
            scale_names: score.subscales.iter().map(|s| (s.id.clone(), s.name.clone())).collect(),
            subscales: score.subscales.into_iter().map(|s| (s.id, s.value.map(Points))).collect(),
            band: bands.get("total").cloned(),
            bands,
            at_least_band: score.at_least_band,
            results: score.results.into_iter().collect(),
            positive: score.positive,
            positives: score.positives.iter().filter(|f| f.met == Met::Met).cloned().collect(),
            findings: score.positives,
            prompts: score.prompts,
            warnings: score.warnings,
            answered: score.answered,
            missing: score.missing,
            answers: score.answers,
            context: context.clone(),
            explanation: score.explanation,
            attribution: instrument.licence.attribution.clone(),
        }
    }

    /// As plain text.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        lines.extend(self.prompts.iter().map(|p| format!("NOW: {}", p.words)));
        lines.push(match (self.total, self.lower_bound, self.out_of) {
            (Some(total), _, Some(out_of)) => format!("{}: {total} of {out_of}", self.instrument),
            (None, Some(low), Some(_)) => format!("{}: no total; at least {low}", self.instrument),
            _ => format!("{}: no total is published", self.instrument),
        });
        lines.extend(self.band.iter().map(|b| format!("Band: {b}")));
        lines.extend(self.at_least_band.iter().map(|b| format!("Band: at least {b}")));
        for (id, value) in &self.subscales {
            let name = self.scale_names.get(id).unwrap_or(id);
            let band = self.bands.get(id).map_or(String::new(), |b| format!(" ({b})"));
            lines.push(match value {
                Some(value) => format!("{name}: {value}{band}"),
                None => format!("{name}: no value"),
            });
        }
        lines.extend(self.results.iter().map(|(group, label)| format!("{group}: {label}")));
        for finding in &self.findings {
            let (cut_off, words) = (&finding.cut_off, &finding.words);
            // Words that hold only from the cut-off on never stand bare beside a score below it.
            lines.push(match finding.met {
                Met::Met => format!("{cut_off}, met: {words}"),
                Met::NotMet => format!("{cut_off}, not met. (If met: {words})"),
                Met::CannotTell => format!("{cut_off}, cannot tell. (If met: {words})"),
            });
        }
        lines.extend(self.warnings.iter().map(|w| format!("Warning: {w}")));
        lines.extend(self.explanation.iter().cloned());
        lines.extend(self.attribution.iter().cloned());
        lines.join("\n") + "\n"
    }
}
