//! A clinician's decision: kept with the proposals as they were seen, never changed.

use super::case::Response;
use super::propose::Proposal;
use super::rules::{Rules, Urgency};
use super::subject::Subject;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::Answers;
use crate::ids::{ListingId, PersonId, ProjectId, TriageId};
use jiff::Timestamp;
use store::{Result, Row, sql};
use uuid::Uuid;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// To be seen by a psychiatrist.
    Refer,
    /// Not now.
    NotNow,
}

impl Decision {
    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Decision::Refer => "refer",
            Decision::NotNow => "not-now",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Decision::Refer, Decision::NotNow].into_iter().find(|d| d.key() == key)
    }
}

/// A decision as it is kept.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Its id.
    pub id: TriageId,
    /// The line it was made on.
    pub listing: Option<ListingId>,
    /// The person, when known then.
    pub person: Option<PersonId>,
    /// The project.
    pub project: ProjectId,
    /// When.
    pub decided_at: Timestamp,
    /// By whom.
    pub by: String,
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// The urgency's letter; empty for none.
    pub urgency: String,
    /// What it means.
    pub urgency_words: String,
    /// Whether its time was confirmed in a source.
    pub urgency_confirmed: bool,
    /// When somebody should be there.
    pub respond_by: Option<Timestamp>,
    /// The version of the rules that proposed.
    pub rules_version: String,
    /// The proposals as they were seen.
    pub proposals: Vec<Proposal>,
    /// What the clinician added.
    pub added: Answers,
    /// Who came, when: (when, words, recorded by).
    pub responses: Vec<(Timestamp, String, String)>,
}

/// A decision to be kept.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// What.
    pub decision: Decision,
    /// Why; never empty.
    pub reason: String,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// The proposals as they were seen, with those relied on.
    pub proposals: Vec<Proposal>,
    /// What the clinician added.
    pub added: Answers,
}

impl Decided {
    pub(super) fn from_row(row: &Row) -> Result<Self> {
        let proposals: String = row.get("proposals")?;
        Ok(Self {
            id: row.get("id")?,
            listing: row.get("listing_id")?,
            person: row.get("person_id")?,
            project: row.get("project_id")?,
            decided_at: row.get("decided_at")?,
            by: row.get("by_words")?,
            decision: Decision::from_key(&row.get::<String>("decision")?).unwrap_or(Decision::NotNow),
            reason: row.get("reason")?,
            urgency: row.get("urgency")?,
            urgency_words: row.get("urgency_words")?,
            urgency_confirmed: row.get("urgency_confirmed")?,
            respond_by: row.get("respond_by")?,
            rules_version: row.get("rules_version")?,
            proposals: serde_json::from_str(&proposals).map_err(|e| json("proposals", &e))?,
            added: Answers::from_json(&row.get::<String>("added")?)?,
            responses: Vec::new(),
        })
    }

    /// How it stood to the proposals: accepted, declined, or decided without any.
    #[must_use]
    pub fn basis(&self) -> &'static str {
        match (self.decision, self.proposals.is_empty()) {
            (Decision::Refer, false) => "Accepted what the rules proposed",
            (Decision::Refer, true) => "Refers without a proposal",
            (Decision::NotNow, false) => "Declined what the rules proposed",
            (Decision::NotNow, true) => "Nothing was proposed, and the clinician does not refer now",
        }
    }

    /// The clock of response.
    #[must_use]
    pub fn response(&self) -> Response {
        Response {
            urgency: self.urgency.clone(),
            words: self.urgency_words.clone(),
            confirmed: self.urgency_confirmed,
            decided_at: self.decided_at,
            by: self.respond_by,
            met: self.responses.first().map(|(at, _, _)| *at),
            rules_version: self.rules_version.clone(),
        }
    }
}

fn json(column: &str, error: &serde_json::Error) -> store::Error {
    store::Error::Column { column: column.into(), why: error.to_string() }
}

/// Keeps a decision under this id.
///
/// # Errors
/// When the database refuses.
pub fn decide<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    id: TriageId,
    new: &NewDecision,
    rules: &Rules,
) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    w.record(Event::new("triage decided", "triage", id).with(format!(
        "{}{}; rules {}; {}",
        new.decision.key(),
        new.urgency.as_ref().map(|u| format!(", urgency {}", u.code)).unwrap_or_default(),
        rules.version,
        subject.audit_words(),
    )));
    let proposals = serde_json::to_string(&new.proposals).map_err(|e| json("proposals", &e))?;
    let urgency = new.urgency.as_ref();
    w.execute(
        sql("INSERT INTO triage (id, listing_id, person_id, project_id, decided_at, by_words, decision, reason, urgency, urgency_words, urgency_confirmed, respond_by, rules_version, proposals, added) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"),
        &[
            &id,
            &subject.listing(),
            &subject.person_without_line(),
            &subject.project,
            &now,
            &by,
            &new.decision.key(),
            &new.reason,
            &urgency.map_or("", |u| u.code.as_str()),
            &urgency.map_or("", |u| u.words.as_str()),
            &urgency.is_some_and(|u| u.confirmed),
            &urgency.and_then(|u| u.respond_by(now)),
            &rules.version,
            &proposals,
            &new.added.to_json()?,
        ],
    )?;
    subject.changed(w)
}

/// Records that somebody came.
///
/// # Errors
/// When the database refuses.
pub fn respond<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    id: TriageId,
    at: Timestamp,
    words: &str,
) -> Result<()> {
    let by = w.by();
    w.record(Event::new("triage response recorded", "triage", id));
    w.execute(
        sql("INSERT INTO triage_response (id, triage_id, at, recorded_at, by_words, words) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &id, &at, &clock::now(), &by, &words],
    )?;
    subject.changed(w)
}
