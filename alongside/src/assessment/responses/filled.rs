//! What was filled in, as other rooms and pages read it.

use super::prompts::prompts_of;
use crate::access::{Capability, Reader};
use crate::audit::Event;
use crate::ids::{AssessmentId, PersonId, ResponseId};
use crate::morning::About;
use crate::people::{self, Person};
use instruments::Answer;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// One questionnaire in its version that holds now (or, on a page of versions, in an earlier one).
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// The id.
    pub id: ResponseId,
    /// Which version.
    pub version: i64,
    /// The lasting name of the instrument: `phq-9`.
    pub instrument: String,
    /// Its name as people say it: `PHQ-9`.
    pub name: String,
    /// The published version of the questionnaire.
    pub instrument_version: String,
    /// The assessment it was filled in, if it was.
    pub assessment: Option<AssessmentId>,
    /// The day it was filled in.
    pub filled_on: Date,
    /// When this version was kept.
    pub at: Timestamp,
    /// Who kept it.
    pub by: String,
    /// Item by item as given, before any reversal; empty where only a result is kept.
    pub answers: BTreeMap<String, Answer>,
    /// Variant of the form; empty for none.
    pub variant: String,
    /// How it was filled in; `read-aloud`, `self`, `interpreter`, `easy-read`, `bsl`.
    pub mode: String,
    /// Language of the form.
    pub language: String,
    /// Sex recorded for scoring: `f`, `m`, or empty, which shows both cut-offs.
    pub sex: String,
    /// Who rated it, where only a result is kept.
    pub assessor: String,
    /// The result, where only that is kept.
    pub result: String,
    /// The total; nothing while the published rule allows none.
    pub total: Option<f64>,
    /// The total is at least this, whatever the missing answers are.
    pub lower_bound: Option<f64>,
    /// The highest possible total.
    pub out_of: Option<f64>,
    /// The published band of the total, or "at least …"; empty for none.
    pub band: String,
    /// Why it was corrected; empty for the first version.
    pub reason: String,
    /// What had to be talked about in the same contact.
    pub prompts: Vec<Prompt>,
}

impl Filled {
    /// The value given to an item, as written on the form.
    #[must_use]
    pub fn answer(&self, item: &str) -> Option<i32> {
        match self.answers.get(item) {
            Some(Answer::Value(value)) => Some(*value),
            _ => None,
        }
    }

    /// The least the total can be: the total itself, or the lower bound of a form with gaps.
    #[must_use]
    pub fn at_least(&self) -> Option<f64> {
        self.total.or(self.lower_bound)
    }

    /// Whether something is still to be talked about.
    #[must_use]
    pub fn has_open_prompt(&self) -> bool {
        self.prompts.iter().any(Prompt::is_open)
    }
}

/// Something that must be talked about in the same contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// The row.
    pub id: Uuid,
    /// Such as `self-harm`.
    pub prompt: String,
    /// What to do.
    pub words: String,
    /// When the answer was kept.
    pub at: Timestamp,
    /// What was done, oldest first.
    pub answers: Vec<PromptAnswer>,
}

impl Prompt {
    /// Nobody has said what was done, or it was only put off.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.answers.iter().any(|a| a.done.closes())
    }

    /// Put off, and not done since.
    #[must_use]
    pub fn put_off(&self) -> Option<&PromptAnswer> {
        self.answers.last().filter(|_| self.is_open())
    }
}

/// What somebody did about a prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct PromptAnswer {
    /// What.
    pub done: super::Done,
    /// In words.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

/// That a questionnaire was entered in error.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// Why.
    pub reason: String,
    /// When it was marked.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// A questionnaire of a person in scope; only [`find`] makes one.
#[derive(Debug, Clone)]
pub struct Found {
    /// As it holds now.
    pub filled: Filled,
    /// The person.
    pub person: Person,
    /// Entered in error.
    pub wrong: Option<Wrong>,
}

const NOTHING: &[Prompt] = &[];

fn filled(row: &Row) -> Result<Filled> {
    let answers: String = row.get("answers")?;
    Ok(Filled {
        id: row.get("id")?,
        version: row.get("version")?,
        instrument: row.get("instrument")?,
        name: row.get("name")?,
        instrument_version: row.get("instrument_version")?,
        assessment: row.get("assessment_id")?,
        filled_on: row.get("filled_on")?,
        at: row.get("at")?,
        by: row.get("by_words")?,
        answers: serde_json::from_str(&answers)
            .map_err(|e| store::Error::Column { column: "answers".into(), why: e.to_string() })?,
        variant: row.get("variant")?,
        mode: row.get("mode")?,
        language: row.get("language")?,
        sex: row.get("sex")?,
        assessor: row.get("assessor")?,
        result: row.get("result")?,
        total: row.get("total")?,
        lower_bound: row.get("lower_bound")?,
        out_of: row.get("out_of")?,
        band: row.get("band")?,
        reason: row.get("reason")?,
        prompts: NOTHING.to_vec(),
    })
}

/// Questionnaires about somebody, newest first, each in the version that holds; without those entered in error.
///
/// # Errors
/// When the database can't be read.
pub fn responses_of(r: &mut Read<'_>, about: &About) -> Result<Vec<Filled>> {
    Ok(all_of(r, &about.people)?.into_iter().filter(|(_, wrong)| wrong.is_none()).map(|(f, _)| f).collect())
}

/// All questionnaires of these people, newest first, with those entered in error.
pub(crate) fn all_of(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<(Filled, Option<Wrong>)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = r.query_list(
        sql("SELECT p.id, p.assessment_id, p.instrument, v.version, v.name, v.instrument_version, v.filled_on, v.answers, v.variant, v.mode, v.language, v.sex, v.assessor, v.result, v.total, v.lower_bound, v.out_of, v.band, v.reason, v.at, v.by_words, e.reason AS wrong_reason, e.at AS wrong_at, e.by_words AS wrong_by FROM response p JOIN response_version v ON v.response_id = p.id LEFT JOIN response_error e ON e.response_id = p.id WHERE p.person_id IN ($LIST) AND v.version = (SELECT MAX(x.version) FROM response_version x WHERE x.response_id = p.id) ORDER BY v.filled_on DESC, p.at DESC, p.id DESC"),
        &[],
        people,
    )?;
    let mut out = Vec::with_capacity(rows.len());
    for row in &rows {
        out.push((filled(row)?, wrong(row)?));
    }
    let ids: Vec<ResponseId> = out.iter().map(|(f, _)| f.id).collect();
    let mut prompts = prompts_of(r, &ids)?;
    for (filled, wrong) in &mut out {
        // A form entered in error is nobody's answer: what it raised counts no longer.
        if wrong.is_none() {
            filled.prompts = prompts.remove(&(filled.id, filled.version)).unwrap_or_default();
        }
    }
    Ok(out)
}

fn wrong(row: &Row) -> Result<Option<Wrong>> {
    let Some(reason) = row.get::<Option<String>>("wrong_reason")? else { return Ok(None) };
    Ok(Some(Wrong { reason, at: row.get("wrong_at")?, by: row.get("wrong_by")? }))
}

/// The questionnaire with this id, if its person is in scope.
pub(crate) fn find<C: Capability>(r: &mut Reader<'_, C>, id: ResponseId) -> Result<Option<Found>> {
    let Some(row) = r.maybe(sql("SELECT person_id FROM response WHERE id = $1"), &[&id])? else {
        return Ok(None);
    };
    let Some(person) = people::find(r, row.get("person_id")?)? else { return Ok(None) };
    let people = people::ids_of(r, &person)?;
    let found = all_of(r, &people)?.into_iter().find(|(f, _)| f.id == id);
    let Some((filled, wrong)) = found else { return Ok(None) };
    r.saw(Event::new("questionnaire opened", "questionnaire", id));
    Ok(Some(Found { filled, person, wrong }))
}

/// Every version of a questionnaire, newest first.
pub(crate) fn versions_of(r: &mut Read<'_>, found: &Found) -> Result<Vec<Filled>> {
    r.query(
        sql("SELECT p.id, p.assessment_id, p.instrument, v.version, v.name, v.instrument_version, v.filled_on, v.answers, v.variant, v.mode, v.language, v.sex, v.assessor, v.result, v.total, v.lower_bound, v.out_of, v.band, v.reason, v.at, v.by_words FROM response p JOIN response_version v ON v.response_id = p.id WHERE p.id = $1 ORDER BY v.version DESC"),
        &[&found.filled.id],
    )?
    .iter()
    .map(filled)
    .collect()
}
