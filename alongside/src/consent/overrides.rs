//! Telling somebody without consent: the reason, and a second account's answer.

use super::codes::{Class, Purpose, Recipient};
use super::decisions::code_of;
use super::rule::Overridden;
use super::subject::Subject;
use crate::access::policy::ApproveDisclosure;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{ListingId, OverrideId, PersonId, ProjectId};
use jiff::Timestamp;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// An override to be kept.
#[derive(Debug, Clone)]
pub struct NewOverride {
    /// The project whose managers answer for it.
    pub project: ProjectId,
    /// Whom.
    pub recipient: Recipient,
    /// By name, where the name decides.
    pub name: String,
    /// What for.
    pub purpose: Purpose,
    /// On what ground.
    pub class: Class,
    /// Why, in words.
    pub reason: String,
    /// Whether the person was told: "yes" or "no".
    pub told: String,
    /// What they were told, or why not.
    pub told_words: String,
}

/// An override as it was kept.
#[derive(Debug, Clone)]
pub struct KeptOverride {
    /// What the rule looks at.
    pub rule: Overridden,
    /// Why.
    pub reason: String,
    /// Whether the person was told.
    pub told: String,
    /// What they were told, or why not.
    pub told_words: String,
    /// Who recorded it.
    pub by: String,
    /// Their account.
    pub account: Option<Uuid>,
    /// What the second account said, and who it was.
    pub answer: Option<(String, String)>,
    pub(super) person: Option<PersonId>,
    pub(super) listing: Option<ListingId>,
}

/// Keeps an override. One for immediate danger to life holds at once; any other waits for a second account.
///
/// # Errors
/// When the database refuses.
pub fn override_consent<C: Capability>(
    w: &mut Writer<'_, C>,
    about: &Subject,
    new: &NewOverride,
) -> Result<OverrideId> {
    insert(w, OverrideId::fresh(), about, new, new.class == Class::ImmediateDanger)
}

pub(super) fn insert<C: Capability>(
    w: &mut Writer<'_, C>,
    id: OverrideId,
    about: &Subject,
    new: &NewOverride,
    at_once: bool,
) -> Result<OverrideId> {
    w.record(Event::new("consent overridden", about.kind(), about.id()).with(format!(
        "override {id}: {}, {}",
        new.recipient.key(),
        new.class.key()
    )));
    let (by, account, now) = (w.by(), w.actor().account, clock::now());
    w.execute(
        sql("INSERT INTO disclosure_override (id, project_id, person_id, listing_id, recipient, recipient_name, purpose, class, reason, told, told_words, at_once, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"),
        &[&id, &new.project, &about.person_id(), &about.listing_id(), &new.recipient.key(), &new.name.trim(), &new.purpose.key(), &new.class.key(), &new.reason, &new.told, &new.told_words, &at_once, &now, &account, &by],
    )?;
    Ok(id)
}

/// Every override about somebody, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn overrides(r: &mut Read<'_>, about: &Subject) -> Result<Vec<KeptOverride>> {
    let mut rows = Vec::new();
    if !about.about.people.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT o.*, a.approved, a.words AS answer_words, a.at AS answer_at, a.by_words AS answer_by FROM disclosure_override o LEFT JOIN disclosure_override_answer a ON a.override_id = o.id WHERE o.person_id IN ($LIST)"),
            &[],
            &about.about.people,
        )?);
    }
    if !about.about.listings.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT o.*, a.approved, a.words AS answer_words, a.at AS answer_at, a.by_words AS answer_by FROM disclosure_override o LEFT JOIN disclosure_override_answer a ON a.override_id = o.id WHERE o.listing_id IN ($LIST)"),
            &[],
            &about.about.listings,
        )?);
    }
    let mut all: Vec<KeptOverride> = rows.iter().map(kept).collect::<Result<_>>()?;
    all.sort_by_key(|o| std::cmp::Reverse((o.rule.at, o.rule.id)));
    Ok(all)
}

fn kept(row: &Row) -> Result<KeptOverride> {
    let approved: Option<bool> = row.get("approved")?;
    let answered_at: Option<Timestamp> = row.get("answer_at")?;
    let words: Option<String> = row.get("answer_words")?;
    let answered_by: Option<String> = row.get("answer_by")?;
    Ok(KeptOverride {
        rule: Overridden {
            id: row.get("id")?,
            recipient: code_of(row, "recipient", Recipient::from_key)?,
            name: row.get("recipient_name")?,
            purpose: code_of(row, "purpose", Purpose::from_key)?,
            class: code_of(row, "class", Class::from_key)?,
            at_once: row.get("at_once")?,
            at: row.get("at")?,
            answer: approved.zip(answered_at),
        },
        reason: row.get("reason")?,
        told: row.get("told")?,
        told_words: row.get("told_words")?,
        by: row.get("by_words")?,
        account: row.get("account_id")?,
        answer: words.zip(answered_by),
        person: row.get("person_id")?,
        listing: row.get("listing_id")?,
    })
}

/// Overrides of the projects in scope that nobody answered yet, oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn awaiting_approval<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<KeptOverride>> {
    let (all, projects) = r.projects();
    r.query_list(
        sql("SELECT o.*, a.approved, a.words AS answer_words, a.at AS answer_at, a.by_words AS answer_by FROM disclosure_override o LEFT JOIN disclosure_override_answer a ON a.override_id = o.id WHERE a.override_id IS NULL AND ($1 OR o.project_id IN ($LIST)) ORDER BY o.at, o.id"),
        &[&all],
        &projects,
    )?
    .iter()
    .map(kept)
    .collect()
}

/// Why an answer to an override was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAnswered {
    /// There is none of that id in scope.
    Unknown,
    /// One doesn't approve one's own.
    OwnOverride,
    /// Somebody answered before.
    AnsweredBefore,
}

/// Approves or refuses an override. Not one's own; the first answer counts.
///
/// # Errors
/// When the database refuses.
pub fn answer_override(
    w: &mut Writer<'_, ApproveDisclosure>,
    id: OverrideId,
    approved: bool,
    words: &str,
) -> Result<std::result::Result<(), NotAnswered>> {
    let (all, projects) = w.projects();
    let found = w.query_list(
        sql("SELECT account_id, by_words FROM disclosure_override WHERE id = $1 AND ($2 OR project_id IN ($LIST))"),
        &[&id, &all],
        &projects,
    )?;
    let Some(row) = found.first() else { return Ok(Err(NotAnswered::Unknown)) };
    let (me, by, now) = (w.actor().account, w.by(), clock::now());
    let theirs: Option<Uuid> = row.get("account_id")?;
    let own = match (theirs, me) {
        (Some(theirs), Some(me)) => theirs == me,
        // Neither is an account: then the words have to differ.
        (None, None) => row.get::<String>("by_words")? == by,
        _ => false,
    };
    if own {
        return Ok(Err(NotAnswered::OwnOverride));
    }
    let action = if approved { "override approved" } else { "override refused" };
    w.record(Event::new(action, "override", id));
    let kept = w.execute(
        sql("INSERT INTO disclosure_override_answer (override_id, approved, words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (override_id) DO NOTHING"),
        &[&id, &approved, &words, &now, &me, &by],
    )?;
    Ok(if kept == 1 { Ok(()) } else { Err(NotAnswered::AnsweredBefore) })
}
