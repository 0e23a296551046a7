//! Keeping a questionnaire: a first version, a correction, and the mark that it was entered in error.

use super::filled::Found;
use super::prompts::raise;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{AssessmentId, ProjectId, ResponseId};
use crate::people::Person;
use instruments::{Answer, Score};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::{Result, sql};

/// A questionnaire to be kept, already scored (or, where the licence lets us keep no more, its result).
#[derive(Debug, Clone)]
pub struct NewResponse {
    /// The lasting name of the instrument.
    pub instrument: String,
    /// Its name as people say it.
    pub name: String,
    /// Its published version.
    pub instrument_version: String,
    /// The day it was filled in.
    pub filled_on: Date,
    /// Variant of the form; empty for none.
    pub variant: String,
    /// How it was filled in.
    pub mode: String,
    /// Language of the form.
    pub language: String,
    /// `f`, `m` or empty.
    pub sex: String,
    /// What was answered.
    pub told: Told,
}

/// What is known of it.
#[derive(Debug, Clone)]
pub enum Told {
    /// Answers by item, with their score.
    Answers(BTreeMap<String, Answer>, Box<Score>),
    /// Who rated it, and the result.
    Result {
        /// Who.
        assessor: String,
        /// The result in words.
        result: String,
    },
}

/// Keeps a filled questionnaire about a person.
///
/// # Errors
/// When the database refuses.
pub fn fill<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ResponseId,
    person: &Person,
    project: ProjectId,
    assessment: Option<AssessmentId>,
    new: &NewResponse,
) -> Result<()> {
    let by = w.by();
    w.record(Event::new("questionnaire kept", "questionnaire", id).with(&new.instrument));
    w.execute(
        sql("INSERT INTO response (id, person_id, project_id, assessment_id, instrument, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &person.id(), &project, &assessment, &new.instrument, &clock::now(), &by],
    )?;
    insert_version(w, id, 1, new, "")
}

/// Keeps a corrected version; the earlier one stays readable. `None` when somebody corrected it meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn correct<C: Capability>(
    w: &mut Writer<'_, C>,
    found: &Found,
    new: &NewResponse,
    reason: &str,
) -> Result<()> {
    let (id, version) = (found.filled.id, found.filled.version + 1);
    w.record(Event::new("questionnaire corrected", "questionnaire", id).with(format!("version {version}")));
    insert_version(w, id, version, new, reason)
}

fn insert_version<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ResponseId,
    version: i64,
    new: &NewResponse,
    reason: &str,
) -> Result<()> {
    let kept = match &new.told {
        Told::Answers(answers, score) => Kept::scored(answers, score)?,
        Told::Result { assessor, result } => Kept::recorded(assessor, result),
    };
    let (now, by) = (clock::now(), w.by());
    w.execute(
        sql("INSERT INTO response_version (response_id, version, name, instrument_version, filled_on, answers, variant, mode, language, sex, assessor, result, total, lower_bound, out_of, band, positive, reason, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"),
        &[&id, &version, &new.name, &new.instrument_version, &new.filled_on, &kept.answers, &new.variant, &new.mode, &new.language, &new.sex, &kept.assessor, &kept.result, &kept.total, &kept.lower_bound, &kept.out_of, &kept.band, &kept.positive, &reason, &now, &by],
    )?;
    if let Told::Answers(_, score) = &new.told {
        raise(w, id, version, &score.prompts)?;
    }
    Ok(())
}

/// The columns that depend on what was told.
struct Kept {
    answers: String,
    assessor: String,
    result: String,
    total: Option<f64>,
    lower_bound: Option<f64>,
    out_of: Option<f64>,
    band: String,
    positive: &'static str,
}

impl Kept {
    fn scored(answers: &BTreeMap<String, Answer>, score: &Score) -> Result<Self> {
        let band = score.bands.iter().find(|b| b.scale == "total").map(|b| b.label.clone());
        let reached = score.at_least_band.as_ref().map(|b| format!("at least {b}"));
        Ok(Self {
            answers: serde_json::to_string(answers)
                .map_err(|e| store::Error::Column { column: "answers".into(), why: e.to_string() })?,
            assessor: String::new(),
            result: String::new(),
            total: score.total,
            lower_bound: score.lower_bound,
            out_of: score.out_of,
            band: band.or(reached).unwrap_or_default(),
            positive: match score.positive {
                Some(true) => "yes",
                Some(false) => "no",
                None => "",
            },
        })
    }

    fn recorded(assessor: &str, result: &str) -> Self {
        Self {
            answers: "{}".into(),
            assessor: assessor.into(),
            result: result.into(),
            total: None,
            lower_bound: None,
            out_of: None,
            band: String::new(),
            positive: "",
        }
    }
}

/// Marks a questionnaire as entered in error: it stays readable, and counts nowhere.
///
/// # Errors
/// When the database refuses.
pub fn enter_in_error<C: Capability>(w: &mut Writer<'_, C>, found: &Found, reason: &str) -> Result<()> {
    let by = w.by();
    w.record(Event::new("questionnaire marked as entered in error", "questionnaire", found.filled.id));
    w.execute(
        sql("INSERT INTO response_error (response_id, reason, at, by_words) VALUES ($1, $2, $3, $4) ON CONFLICT (response_id) DO NOTHING"),
        &[&found.filled.id, &reason, &clock::now(), &by],
    )?;
    Ok(())
}
