//! Topics as they were saved: every save is a version, and every version stays readable.

use super::record::Assessment;
use super::topics::Topic;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::{Answers, Sheet};
use crate::ids::AssessmentId;
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// How far a topic is, as the clinician says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Something was saved; more may come.
    Begun,
    /// "I have completed this topic."
    Complete,
    /// Left out of this assessment.
    LeftOut,
}

impl State {
    /// All of them, in the order they are offered.
    pub const ALL: [State; 3] = [State::Complete, State::Begun, State::LeftOut];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            State::Begun => "begun",
            State::Complete => "complete",
            State::LeftOut => "left-out",
        }
    }

    /// The words of the list.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            State::Begun => "Begun",
            State::Complete => "Completed",
            State::LeftOut => "Left out",
        }
    }

    /// From its key; anything else is begun.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|s| s.key() == key).unwrap_or(State::Begun)
    }
}

/// Answers taken over from before, each with the words that say from where: question key → "Said on …".
pub type Confirmed = BTreeMap<String, String>;

/// One version of one topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The topic's key.
    pub topic: String,
    /// Which one.
    pub version: i64,
    /// How far the clinician says it is.
    pub state: State,
    /// What was answered.
    pub answers: Answers,
    /// Which answers were taken over, and from where.
    pub confirmed: Confirmed,
    /// Why it was changed after signing; empty before.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

fn version(row: &Row) -> Result<Version> {
    let confirmed: String = row.get("confirmed")?;
    Ok(Version {
        topic: row.get("topic")?,
        version: row.get("version")?,
        state: State::from_key(&row.get::<String>("state")?),
        answers: Answers::from_json(&row.get::<String>("answers")?)?,
        confirmed: serde_json::from_str(&confirmed)
            .map_err(|e| store::Error::Column { column: "confirmed".into(), why: e.to_string() })?,
        reason: row.get("reason")?,
        at: row.get("at")?,
        by: row.get("by_words")?,
    })
}

/// The topics of an assessment as they are now, by key.
///
/// # Errors
/// When the database can't be read.
pub fn current(r: &mut Read<'_>, id: AssessmentId) -> Result<BTreeMap<String, Version>> {
    let mut out = BTreeMap::new();
    for row in r.query(
        sql("SELECT * FROM assessment_topic WHERE assessment_id = $1 ORDER BY topic, version"),
        &[&id],
    )? {
        let version = version(&row)?;
        out.insert(version.topic.clone(), version);
    }
    Ok(out)
}

/// Every version of one topic, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn history(r: &mut Read<'_>, id: AssessmentId, topic: &Topic) -> Result<Vec<Version>> {
    r.query(
        sql("SELECT * FROM assessment_topic WHERE assessment_id = $1 AND topic = $2 ORDER BY version DESC"),
        &[&id, &topic.key()],
    )?
    .iter()
    .map(version)
    .collect()
}

/// What a save of a topic brings.
#[derive(Debug, Clone)]
pub struct Save {
    /// The version the page was made from; 0 for none.
    pub seen: i64,
    /// How far the clinician says it is.
    pub state: State,
    /// The answers.
    pub answers: Answers,
    /// Which were taken over.
    pub confirmed: Confirmed,
    /// Why, after signing.
    pub reason: String,
}

/// Somebody saved this topic since the page was made: theirs stands, and is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedMeanwhile(pub Box<Version>);

/// Saves a version of a topic. The same answers again are no new version.
///
/// # Errors
/// When the database refuses.
pub fn save<C: Capability>(
    w: &mut Writer<'_, C>,
    assessment: &Assessment,
    topic: &Topic,
    save: &Save,
) -> Result<std::result::Result<i64, SavedMeanwhile>> {
    let newest = history(w, assessment.id(), topic)?.into_iter().next();
    let at = newest.as_ref().map_or(0, |v| v.version);
    if let Some(there) = newest {
        if there.state == save.state && there.answers == save.answers && there.confirmed == save.confirmed {
            return Ok(Ok(at));
        }
        if at != save.seen {
            return Ok(Err(SavedMeanwhile(Box::new(there))));
        }
    }
    let (next, by) = (at + 1, w.by());
    let confirmed = serde_json::to_string(&save.confirmed)
        .map_err(|e| store::Error::Column { column: "confirmed".into(), why: e.to_string() })?;
    w.record(
        Event::new("assessment topic saved", "assessment", assessment.id())
            .with(format!("{}, version {next}", topic.key())),
    );
    w.execute(
        sql("INSERT INTO assessment_topic (id, assessment_id, topic, version, state, answers, confirmed, reason, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        &[&Uuid::now_v7(), &assessment.id(), &topic.key(), &next, &save.state.key(), &save.answers.to_json()?, &confirmed, &save.reason, &clock::now(), &by],
    )?;
    Ok(Ok(next))
}

/// The labels of the questions whose answers differ between two versions.
#[must_use]
pub fn changed(sheet: &Sheet, before: &Answers, after: &Answers) -> Vec<&'static str> {
    sheet
        .questions()
        .filter(|q| {
            before.values(q.key) != after.values(q.key) || before.words_of(q.key) != after.words_of(q.key)
        })
        .map(|q| q.label)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::topics;
    use super::*;

    #[test]
    fn what_changed_names_the_question_also_when_only_the_words_beside_a_yes_did() {
        let topic = topics::find("medication").unwrap();
        let (mut before, mut after) = (Answers::default(), Answers::default());
        for answers in [&mut before, &mut after] {
            answers.set("medication", "yes");
        }
        assert!(changed(&topic.sheet, &before, &after).is_empty());
        after.set("medication-words", "olanzapine");
        assert_eq!(changed(&topic.sheet, &before, &after), ["Takes prescribed medication?"]);
    }
}
