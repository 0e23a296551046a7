//! The glass: leave to open one record outside one's projects, for a reason, for a time, to be reviewed.
//!
//! Knows records by id only. The guard reads what an account has open anew on each request, so that a use ends on time.

use super::account::Account;
use super::permit::Writer;
use super::policy::Capability;
use crate::audit::Event;
use crate::clock;
use crate::config::Glass;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Result, sql};
use uuid::Uuid;

/// Why somebody breaks the glass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonClass {
    /// Somebody may die.
    Life,
    /// Serious harm to somebody, a child or an adult at risk.
    Safeguarding,
    /// A court decides today.
    CourtToday,
    /// The person is in front of you and their care depends on it.
    Care,
    /// Something else, in words.
    Other,
}

impl ReasonClass {
    /// All of them, the gravest first.
    pub const ALL: [Self; 5] = [Self::Life, Self::Safeguarding, Self::CourtToday, Self::Care, Self::Other];

    /// The word kept in the database and used in settings.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Life => "life",
            Self::Safeguarding => "safeguarding",
            Self::CourtToday => "court-today",
            Self::Care => "care",
            Self::Other => "other",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Life => "Immediate danger to life",
            Self::Safeguarding => "Serious harm to a child or an adult at risk",
            Self::CourtToday => "A court decides today",
            Self::Care => "The person is with me and their care depends on it",
            Self::Other => "Another reason",
        }
    }

    /// The class with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == key)
    }
}

/// A record that is open now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// The use of the glass.
    pub id: Uuid,
    /// The record.
    pub record: Uuid,
    /// When it closes by itself.
    pub until: Timestamp,
}

/// What an account has open.
pub(super) fn opened_by(r: &mut Read<'_>, account: Uuid, now: Timestamp) -> Result<Vec<Opened>> {
    r.query(
        sql("SELECT id, record_id, ends_at FROM glass WHERE account_id = $1 AND ends_at > $2 AND closed_at IS NULL ORDER BY opened_at"),
        &[&account, &now],
    )?
    .iter()
    .map(|row| Ok(Opened { id: row.get("id")?, record: row.get("record_id")?, until: row.get("ends_at")? }))
    .collect()
}

/// Whether a use of this class must wait: an earlier one is not reviewed, and the settings say so for this class.
///
/// # Errors
/// When the database can't be read.
pub fn glass_blocked(r: &mut Read<'_>, account: Uuid, class: ReasonClass, rule: &Glass) -> Result<bool> {
    if !rule.blocked_classes.iter().any(|key| key == class.key()) {
        return Ok(false);
    }
    let waiting: i64 = r
        .one(
            sql("SELECT COUNT(*) AS n FROM glass WHERE account_id = $1 AND reviewed_at IS NULL"),
            &[&account],
        )?
        .get("n")?;
    Ok(waiting > 0)
}

/// Opens a record for an account; nothing when it must wait for a review. One that is open already stays as it is.
///
/// # Errors
/// When the database refuses.
pub fn break_glass<C: Capability>(
    w: &mut Writer<'_, C>,
    account: &Account,
    record: Uuid,
    (class, words): (ReasonClass, &str),
    rule: &Glass,
) -> Result<Option<Opened>> {
    let now = clock::now();
    if let Some(there) = opened_by(w, account.id, now)?.into_iter().find(|o| o.record == record) {
        return Ok(Some(there));
    }
    if glass_blocked(w, account.id, class, rule)? {
        return Ok(None);
    }
    let opened = Opened { id: Uuid::now_v7(), record, until: now + SignedDuration::from_mins(rule.minutes) };
    // The reason's words may name somebody: they stay with the use and out of the audit.
    w.record(Event::new("glass broken", "person", record).with(format!(
        "{}; from closed to open for {} minutes; use {}",
        class.key(),
        rule.minutes,
        opened.id
    )));
    w.execute(
        sql("INSERT INTO glass (id, account_id, record_id, reason_class, reason, opened_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&opened.id, &account.id, &record, &class.key(), &words, &now, &opened.until],
    )?;
    Ok(Some(opened))
}

/// Closes a use before its time; only one's own.
///
/// # Errors
/// When the database refuses.
pub fn close_glass<C: Capability>(w: &mut Writer<'_, C>, account: Uuid, id: Uuid) -> Result<()> {
    let now = clock::now();
    let Some(there) = opened_by(w, account, now)?.into_iter().find(|o| o.id == id) else { return Ok(()) };
    w.record(
        Event::new("glass closed", "person", there.record).with(format!("from open to closed; use {id}")),
    );
    w.execute(
        sql("UPDATE glass SET closed_at = $1 WHERE id = $2 AND account_id = $3 AND closed_at IS NULL"),
        &[&now, &id, &account],
    )?;
    Ok(())
}

/// A use, as the records guardian sees it: who, which record, why, and what was said of it.
#[derive(Debug, Clone)]
pub struct GlassUse {
    /// Its id.
    pub id: Uuid,
    /// The account, and its name.
    pub account: Uuid,
    /// The colleague's name.
    pub by: String,
    /// The record.
    pub record: Uuid,
    /// Why.
    pub class: String,
    /// In their words.
    pub reason: String,
    /// When.
    pub opened_at: Timestamp,
    /// When it closed or will.
    pub ended_at: Timestamp,
    /// When it was reviewed.
    pub reviewed_at: Option<Timestamp>,
    /// What came of the review.
    pub outcome: Option<String>,
    /// In the guardian's words.
    pub outcome_words: Option<String>,
}

fn glass_use(row: &store::Row) -> Result<GlassUse> {
    let ends: Timestamp = row.get("ends_at")?;
    Ok(GlassUse {
        id: row.get("id")?,
        account: row.get("account_id")?,
        by: row.get("name")?,
        record: row.get("record_id")?,
        class: row.get("reason_class")?,
        reason: row.get("reason")?,
        opened_at: row.get("opened_at")?,
        ended_at: row.get::<Option<Timestamp>>("closed_at")?.map_or(ends, |at| at.min(ends)),
        reviewed_at: row.get("reviewed_at")?,
        outcome: row.get("outcome")?,
        outcome_words: row.get("outcome_words")?,
    })
}

/// Uses that nobody reviewed yet, the oldest first; then the latest that were.
///
/// # Errors
/// When the database can't be read.
pub fn glass_uses(r: &mut Read<'_>) -> Result<(Vec<GlassUse>, Vec<GlassUse>)> {
    let waiting = r
        .query(
            sql("SELECT g.*, a.name FROM glass g JOIN account a ON a.id = g.account_id WHERE g.reviewed_at IS NULL ORDER BY g.opened_at, g.id"),
            &[],
        )?
        .iter()
        .map(glass_use)
        .collect::<Result<_>>()?;
    let reviewed = r
        .query(
            sql("SELECT g.*, a.name FROM glass g JOIN account a ON a.id = g.account_id WHERE g.reviewed_at IS NOT NULL ORDER BY g.reviewed_at DESC, g.id LIMIT 50"),
            &[],
        )?
        .iter()
        .map(glass_use)
        .collect::<Result<_>>()?;
    Ok((waiting, reviewed))
}

/// One use.
///
/// # Errors
/// When the database can't be read.
pub fn find_glass_use(r: &mut Read<'_>, id: Uuid) -> Result<Option<GlassUse>> {
    r.maybe(
        sql("SELECT g.*, a.name FROM glass g JOIN account a ON a.id = g.account_id WHERE g.id = $1"),
        &[&id],
    )?
    .map(|row| glass_use(&row))
    .transpose()
}

/// How many uses nobody reviewed for so many hours.
///
/// # Errors
/// When the database can't be read.
pub fn overdue_reviews(r: &mut Read<'_>, hours: i64, now: Timestamp) -> Result<i64> {
    let before = now - SignedDuration::from_hours(hours);
    r.one(sql("SELECT COUNT(*) AS n FROM glass WHERE reviewed_at IS NULL AND opened_at <= $1"), &[&before])?
        .get("n")
}

/// What a review found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was right.
    Justified,
    /// It was right, and something must change so that it is not needed again.
    FollowUp,
    /// It was not: to be taken further.
    NotJustified,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Justified, Self::FollowUp, Self::NotJustified];

    /// The word kept in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Justified => "justified",
            Self::FollowUp => "follow-up",
            Self::NotJustified => "not-justified",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Justified => "Justified",
            Self::FollowUp => "Justified, with something to follow up",
            Self::NotJustified => "Not justified",
        }
    }

    /// The outcome with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }
}

/// Keeps the review of a use; whether it was still to be reviewed.
///
/// # Errors
/// When the database refuses.
pub fn review_glass<C: Capability>(
    w: &mut Writer<'_, C>,
    by: Uuid,
    there: &GlassUse,
    (outcome, words): (Outcome, &str),
) -> Result<bool> {
    w.record(Event::new("glass use reviewed", "person", there.record).with(format!(
        "from not reviewed to {}; use {}",
        outcome.key(),
        there.id
    )));
    let kept = w.execute(
        sql("UPDATE glass SET reviewed_at = $1, reviewed_by = $2, outcome = $3, outcome_words = $4 WHERE id = $5 AND reviewed_at IS NULL"),
        &[&clock::now(), &by, &outcome.key(), &words, &there.id],
    )?;
    Ok(kept == 1)
}
