//! The ledger: asking before telling, and what was told. [`disclose`] is the only way in.

use super::codes::{Class, Means, Purpose, Recipient};
use super::decisions::{code_of, decisions};
use super::overrides::{NewOverride, insert, overrides};
use super::rule::{Question, Ruling, Stop, Under, rule};
use super::subject::Subject;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{ConsentId, DisclosureId, OverrideId, ProjectId};
use crate::people::Person;
use jiff::Timestamp;
use std::result::Result as Outcome;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Something told to somebody.
#[derive(Debug, Clone)]
pub struct NewDisclosure {
    /// Whom.
    pub recipient: Recipient,
    /// Their name; decides for family, housing and voluntary services.
    pub to_name: String,
    /// Their role: "legal adviser", "reception nurse".
    pub to_role: String,
    /// What for.
    pub purpose: Purpose,
    /// By which means.
    pub means: Means,
    /// What was told, in short.
    pub summary: String,
    /// The record it was taken from: its kind ("report", "warning") and id.
    pub about: Option<(&'static str, Uuid)>,
    /// When.
    pub told_at: Timestamp,
}

/// A row of the ledger.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its id.
    pub id: DisclosureId,
    /// Whom.
    pub recipient: Recipient,
    /// Their name.
    pub to_name: String,
    /// Their role.
    pub to_role: String,
    /// What for.
    pub purpose: Purpose,
    /// By which means.
    pub means: Means,
    /// What, in short.
    pub summary: String,
    /// The record it was taken from.
    pub about: Option<(String, Uuid)>,
    /// The limits that held.
    pub limits: String,
    /// What it rests on.
    pub under: Option<Under>,
    /// When.
    pub told_at: Timestamp,
    /// Who told.
    pub by: String,
    /// Recipients told of a withdrawal: words, when, by whom.
    pub notices: Vec<(String, Timestamp, String)>,
}

/// May this recipient be told about this person, for this purpose? Ask before every sending.
///
/// # Errors
/// When the database can't be read.
pub fn ask(
    r: &mut Read<'_>,
    person: &Person,
    recipient: Recipient,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Ruling> {
    let about = Subject::person(r, person)?;
    ask_about(r, &about, &Question { recipient, name: "", purpose }, now)
}

/// As [`ask`], for somebody on a line, or for a recipient by name.
///
/// # Errors
/// When the database can't be read.
pub fn ask_about(
    r: &mut Read<'_>,
    about: &Subject,
    question: &Question<'_>,
    now: Timestamp,
) -> Result<Ruling> {
    let decided: Vec<_> = decisions(r, about)?.into_iter().map(|d| d.decided).collect();
    let overridden: Vec<_> = overrides(r, about)?.into_iter().map(|o| o.rule).collect();
    Ok(rule(&decided, &overridden, question, now))
}

/// Writes into the ledger that somebody is told, if they may be. The ruling is made here, in the same unit as the row: what
/// the person said a moment ago counts.
///
/// # Errors
/// When the database refuses.
pub fn disclose<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    new: &NewDisclosure,
) -> Result<Outcome<DisclosureId, Stop>> {
    let about = Subject::person(w, person)?;
    disclose_about(w, &about, new)
}

/// As [`disclose`], for somebody on a line as well.
///
/// # Errors
/// When the database refuses.
pub fn disclose_about<C: Capability>(
    w: &mut Writer<'_, C>,
    about: &Subject,
    new: &NewDisclosure,
) -> Result<Outcome<DisclosureId, Stop>> {
    // Ruled as of now, never as of the time told: a consent taken back this morning is no ground for what is written now.
    match ask_about(w, about, &question(new), clock::now())? {
        Ruling::Allowed { under, limits } => Ok(Ok(insert_row(w, about, new, under, &limits)?)),
        Ruling::Stop(stop) => Ok(Err(stop)),
    }
}

/// A warning that may save a life: never stopped. Where the person agreed it rests on that; where not, an override on the
/// ground of serious harm is written with it, and waits for a manager's look afterwards.
///
/// # Errors
/// When the database refuses.
pub fn disclose_warning<C: Capability>(
    w: &mut Writer<'_, C>,
    about: &Subject,
    project: ProjectId,
    new: &NewDisclosure,
    reason: &str,
) -> Result<DisclosureId> {
    let (under, limits) = match ask_about(w, about, &question(new), clock::now())? {
        Ruling::Allowed { under, limits } => (under, limits),
        Ruling::Stop(_) => {
            let because = NewOverride {
                project,
                recipient: new.recipient,
                name: new.to_name.clone(),
                purpose: new.purpose,
                class: Class::SeriousHarm,
                reason: reason.to_owned(),
                told: String::new(),
                told_words: String::new(),
            };
            let id = insert(w, OverrideId::fresh(), about, &because, true)?;
            (Under::Override(id), String::new())
        }
    };
    insert_row(w, about, new, under, &limits)
}

fn question(new: &NewDisclosure) -> Question<'_> {
    Question { recipient: new.recipient, name: &new.to_name, purpose: new.purpose }
}

fn insert_row<C: Capability>(
    w: &mut Writer<'_, C>,
    about: &Subject,
    new: &NewDisclosure,
    under: Under,
    limits: &str,
) -> Result<DisclosureId> {
    let id = DisclosureId::fresh();
    w.record(Event::new("disclosure recorded", about.kind(), about.id()).with(format!(
        "disclosure {id}: {}, {}",
        new.recipient.key(),
        new.purpose.key()
    )));
    let (decision, override_): (Option<ConsentId>, Option<OverrideId>) = match under {
        Under::Decision(id) => (Some(id), None),
        Under::Override(id) => (None, Some(id)),
    };
    let (kind, record) = new.about.map_or(("", None), |(kind, id)| (kind, Some(id)));
    let (by, account, now) = (w.by(), w.actor().account, clock::now());
    w.execute(
        sql("INSERT INTO disclosure (id, person_id, listing_id, recipient, recipient_name, to_role, purpose, means, summary, about_kind, about_id, limits, decision_id, override_id, told_at, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"),
        &[&id, &about.person_id(), &about.listing_id(), &new.recipient.key(), &new.to_name.trim(), &new.to_role, &new.purpose.key(), &new.means.key(), &new.summary, &kind, &record, &limits, &decision, &override_, &new.told_at, &now, &account, &by],
    )?;
    Ok(id)
}

/// Everything that was told about somebody, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn told(r: &mut Read<'_>, about: &Subject) -> Result<Vec<Told>> {
    let mut rows = Vec::new();
    if !about.about.people.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT * FROM disclosure WHERE person_id IN ($LIST)"),
            &[],
            &about.about.people,
        )?);
    }
    if !about.about.listings.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT * FROM disclosure WHERE listing_id IN ($LIST)"),
            &[],
            &about.about.listings,
        )?);
    }
    let mut all: Vec<Told> = rows.iter().map(told_row).collect::<Result<_>>()?;
    all.sort_by_key(|t| std::cmp::Reverse((t.told_at, t.id)));
    add_notices(r, &mut all)?;
    Ok(all)
}

fn told_row(row: &Row) -> Result<Told> {
    let kind: String = row.get("about_kind")?;
    let record: Option<Uuid> = row.get("about_id")?;
    let decision: Option<ConsentId> = row.get("decision_id")?;
    let override_: Option<OverrideId> = row.get("override_id")?;
    Ok(Told {
        id: row.get("id")?,
        recipient: code_of(row, "recipient", Recipient::from_key)?,
        to_name: row.get("recipient_name")?,
        to_role: row.get("to_role")?,
        purpose: code_of(row, "purpose", Purpose::from_key)?,
        means: code_of(row, "means", Means::from_key)?,
        summary: row.get("summary")?,
        about: record.map(|id| (kind, id)),
        limits: row.get("limits")?,
        under: decision.map(Under::Decision).or(override_.map(Under::Override)),
        told_at: row.get("told_at")?,
        by: row.get("by_words")?,
        notices: Vec::new(),
    })
}

fn add_notices(r: &mut Read<'_>, all: &mut [Told]) -> Result<()> {
    let ids: Vec<DisclosureId> = all.iter().map(|t| t.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    for row in r.query_list(
        sql("SELECT disclosure_id, words, at, by_words FROM disclosure_notice WHERE disclosure_id IN ($LIST) ORDER BY at"),
        &[],
        &ids,
    )? {
        let id: DisclosureId = row.get("disclosure_id")?;
        if let Some(told) = all.iter_mut().find(|t| t.id == id) {
            told.notices.push((row.get("words")?, row.get("at")?, row.get("by_words")?));
        }
    }
    Ok(())
}

/// Notes that a recipient was told that the person took their consent back.
///
/// # Errors
/// When the database refuses.
pub(super) fn note_recipient_told<C: Capability>(
    w: &mut Writer<'_, C>,
    id: DisclosureId,
    words: &str,
    at: Timestamp,
) -> Result<()> {
    w.record(Event::new("recipient told of a withdrawal", "disclosure", id));
    let by = w.by();
    w.execute(
        sql("INSERT INTO disclosure_notice (id, disclosure_id, words, at, by_words) VALUES ($1, $2, $3, $4, $5)"),
        &[&Uuid::now_v7(), &id, &words, &at, &by],
    )?;
    Ok(())
}
