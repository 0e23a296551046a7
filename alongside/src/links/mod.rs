//! One-time links: somebody without an account does one thing, once.
//!
//! The secret is shown once (or written into one letter) and kept as a hash; it opens one record for one [`Purpose`] until it is
//! used, revoked or past its time. Whatever is wrong with a link, the answer is the same. Failed tries are counted by ten
//! minutes, so that a flood fills neither the audit nor the disk; past a number, no link opens until they are over.

mod holdings;

use crate::access::{Capability, Writer, fingerprint, secret};
use crate::audit::Event;
use crate::clock;
use crate::ids::LinkId;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Result, Row, sql};
use uuid::Uuid;

pub use holdings::HOLDINGS;

/// Failed tries in ten minutes after which no link of that purpose opens until they are over.
pub const MOST_FAILED: i64 = 100;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Send one referral in.
    ReferralIn,
    /// See how far a referral in is.
    ReferralInReceipt,
    /// Answer a referral made to one's service.
    ReferralAnswer,
    /// Read one's own calendar feed.
    Diary,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Purpose; 4] =
        [Purpose::ReferralIn, Purpose::ReferralInReceipt, Purpose::ReferralAnswer, Purpose::Diary];

    /// The key kept.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Purpose::ReferralIn => "referral-in",
            Purpose::ReferralInReceipt => "referral-in-receipt",
            Purpose::ReferralAnswer => "referral-answer",
            Purpose::Diary => "diary",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// A link as its maker sees it: never its secret.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The record it opens.
    pub subject: Uuid,
    /// Made when, by whom.
    pub made: (Timestamp, String),
    /// Until when it works.
    pub expires_at: Timestamp,
    /// Used when, by whom as they said.
    pub used: Option<(Timestamp, String)>,
    /// Revoked when.
    pub revoked_at: Option<Timestamp>,
}

impl Link {
    /// Whether it still opens.
    #[must_use]
    pub fn stands(&self, now: Timestamp) -> bool {
        self.used.is_none() && self.revoked_at.is_none() && self.expires_at > now
    }
}

/// What a link that stands opens.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The link.
    pub id: LinkId,
    /// What it is for.
    pub purpose: Purpose,
    /// The record.
    pub subject: Uuid,
}

/// Makes a link; one of the same purpose and subject that stands is revoked. The secret is in the answer and nowhere else.
///
/// # Errors
/// When the database refuses or the system has no randomness.
pub fn make<C: Capability>(
    w: &mut Writer<'_, C>,
    purpose: Purpose,
    subject: Uuid,
    hours: i64,
) -> Result<String> {
    let (id, token, now, by) = (LinkId::fresh(), secret()?, clock::now(), w.by());
    w.record(
        Event::new("one-time link made", purpose.key(), subject).with(format!("link {id}, {hours} hours")),
    );
    revoke_standing(w, purpose, subject)?;
    let expires = now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(now);
    w.execute(
        sql("INSERT INTO link (id, purpose, subject_id, token_hash, made_at, made_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &purpose.key(), &subject, &fingerprint(&token), &now, &by, &expires],
    )?;
    Ok(token)
}

/// Revokes what stands open of a purpose and subject.
///
/// # Errors
/// When the database refuses.
pub fn revoke<C: Capability>(w: &mut Writer<'_, C>, purpose: Purpose, subject: Uuid) -> Result<()> {
    w.record(Event::new("one-time link revoked", purpose.key(), subject));
    revoke_standing(w, purpose, subject)
}

fn revoke_standing<C: Capability>(w: &mut Writer<'_, C>, purpose: Purpose, subject: Uuid) -> Result<()> {
    let by = w.by();
    w.execute(
        sql("UPDATE link SET revoked_at = $1, revoked_by = $2 WHERE purpose = $3 AND subject_id = $4 AND used_at IS NULL AND revoked_at IS NULL"),
        &[&clock::now(), &by, &purpose.key(), &subject],
    )?;
    Ok(())
}

/// Links of these subjects, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn of(r: &mut Read<'_>, purpose: Purpose, subjects: &[Uuid]) -> Result<Vec<Link>> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    r.query_list(
        sql("SELECT * FROM link WHERE purpose = $1 AND subject_id IN ($LIST) ORDER BY made_at DESC, id DESC"),
        &[&purpose.key()],
        subjects,
    )?
    .iter()
    .map(link)
    .collect()
}

fn link(row: &Row) -> Result<Link> {
    let used: Option<Timestamp> = row.get("used_at")?;
    let used_by: Option<String> = row.get("used_by")?;
    Ok(Link {
        id: row.get("id")?,
        subject: row.get("subject_id")?,
        made: (row.get("made_at")?, row.get("made_by")?),
        expires_at: row.get("expires_at")?,
        used: used.map(|at| (at, used_by.unwrap_or_default())),
        revoked_at: row.get("revoked_at")?,
    })
}

/// Opens a link, if it stands. Nothing for one that is wrong, for another purpose, used, revoked or expired, or while too many
/// did not fit. Who opens says in the audit what was opened; failures are counted, one row for ten minutes.
///
/// # Errors
/// When the database refuses.
pub fn open<C: Capability>(w: &mut Writer<'_, C>, token: &str, purpose: Purpose) -> Result<Option<Opened>> {
    let now = clock::now();
    let since = window_of(now);
    let failed = failed_since(w, purpose, since)?;
    let row = w.maybe(
        sql("SELECT * FROM link WHERE token_hash = $1 AND purpose = $2"),
        &[&fingerprint(token), &purpose.key()],
    )?;
    let found =
        row.map(|row| link(&row)).transpose()?.filter(|link| link.stands(now) && failed < MOST_FAILED);
    if let Some(link) = found {
        w.record(
            Event::new("one-time link opened", purpose.key(), link.subject).with(format!("link {}", link.id)),
        );
        return Ok(Some(Opened { id: link.id, purpose, subject: link.subject }));
    }
    // One event a window, however many tries.
    if failed == 0 {
        w.record(Event::new("one-time links that do not fit", purpose.key(), since));
    } else if failed == MOST_FAILED {
        w.record(Event::new("one-time links closed for ten minutes", purpose.key(), since));
    }
    if failed <= MOST_FAILED {
        w.raw_for_operator().execute(
            sql("INSERT INTO link_tries (purpose, since, failed) VALUES ($1, $2, 1) ON CONFLICT (purpose, since) DO UPDATE SET failed = link_tries.failed + 1"),
            &[&purpose.key(), &since],
        )?;
    }
    Ok(None)
}

fn window_of(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(600)).unwrap_or(now)
}

fn failed_since(r: &mut Read<'_>, purpose: Purpose, since: Timestamp) -> Result<i64> {
    Ok(r.maybe(
        sql("SELECT failed FROM link_tries WHERE purpose = $1 AND since = $2"),
        &[&purpose.key(), &since],
    )?
    .map(|row| row.get("failed"))
    .transpose()?
    .unwrap_or(0))
}

/// Marks a link used. False when somebody was quicker.
///
/// # Errors
/// When the database refuses.
pub fn use_up<C: Capability>(w: &mut Writer<'_, C>, opened: &Opened, by: &str) -> Result<bool> {
    w.record(
        Event::new("one-time link used", opened.purpose.key(), opened.subject)
            .with(format!("link {}", opened.id)),
    );
    let n = w.execute(
        sql("UPDATE link SET used_at = $1, used_by = $2 WHERE id = $3 AND used_at IS NULL AND revoked_at IS NULL"),
        &[&clock::now(), &by, &opened.id],
    )?;
    Ok(n == 1)
}
