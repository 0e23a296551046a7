//! Sessions: kept on the server, found by the hash of a random token, seen and ended by whoever they belong to.

use super::account::{Account, grants};
use super::caller::Caller;
use super::glass::opened_by;
use super::grade::Grade;
use super::step::Door;
use crate::audit::{Actor, Event, append};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use store::{Read, Result, Write, sql};
use uuid::Uuid;

/// A random secret of 256 bits as hex.
pub(crate) fn secret() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|e| store::Error::Connect(format!("no randomness from the system: {e}")))?;
    Ok(hex(&bytes))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// What is kept of a secret: a stolen database opens no session.
pub(crate) fn fingerprint(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Minutes without a request.
    pub idle_minutes: i64,
    /// Hours in any case.
    pub hours: i64,
}

impl Limits {
    /// The stricter of two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { idle_minutes: self.idle_minutes.min(other.idle_minutes), hours: self.hours.min(other.hours) }
    }
}

/// Begins a session; its token is in the answer and nowhere else.
pub(super) fn begin(
    w: &mut Write<'_>,
    account: Uuid,
    caller: &Caller,
    limits: Limits,
    (door, second_factor): (Door, Option<&str>),
) -> Result<String> {
    let (token, now) = (secret()?, clock::now());
    let expires = now + SignedDuration::from_hours(limits.hours);
    w.execute(
        sql("INSERT INTO session (token_hash, id, account_id, created_at, last_seen_at, expires_at, network, browser, idle_minutes, second_factor, through) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        &[&fingerprint(&token), &Uuid::now_v7(), &account, &now, &now, &expires, &caller.network, &caller.browser, &limits.idle_minutes, &second_factor, &door.key()],
    )?;
    Ok(token)
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub fn sign_out(w: &mut Write<'_>, token: &str) -> Result<()> {
    let row = w.maybe(
        sql("SELECT a.id, a.name FROM session s JOIN account a ON a.id = s.account_id WHERE s.token_hash = $1 AND s.ended_at IS NULL"),
        &[&fingerprint(token)],
    )?;
    let Some(row) = row else { return Ok(()) };
    let account: Uuid = row.get("id")?;
    w.execute(
        sql("UPDATE session SET ended_at = $1, ended_by = 'sign-out' WHERE token_hash = $2 AND ended_at IS NULL"),
        &[&clock::now(), &fingerprint(token)],
    )?;
    let actor = Actor { account: Some(account), words: row.get("name")? };
    append(w, &actor, &[Event::new("signed out", "account", account)])
}

/// A session found by its token.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) account: Account,
    /// The session was last noted as used long enough ago to note it again.
    pub(super) stale: bool,
}

/// What is known of the session that asks.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id, which is no secret.
    pub id: Uuid,
    /// `totp`, `passkey`, `recovery-code`, `provider`; nothing when none was proven.
    pub second_factor: Option<String>,
    /// When it began, if it did through the provider of single sign-on.
    pub through_provider_at: Option<Timestamp>,
    /// When it ends if nothing more is asked.
    pub ends_at: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
}

/// The account behind a token, if the session still stands.
pub(super) fn account_of(
    r: &mut Read<'_>,
    token: &str,
    idle_minutes: i64,
    now: Timestamp,
) -> Result<Option<Found>> {
    let row = r.maybe(
        sql("SELECT s.id AS session_id, s.created_at, s.last_seen_at, s.expires_at, s.idle_minutes, s.second_factor, s.through, a.id, a.name, a.email, (SELECT g.grade FROM account_grade g WHERE g.account_id = a.id ORDER BY g.id DESC LIMIT 1) AS grade FROM session s JOIN account a ON a.id = s.account_id WHERE s.token_hash = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL"),
        &[&fingerprint(token)],
    )?;
    let Some(row) = row else { return Ok(None) };
    let (seen, expires_at): (Timestamp, Timestamp) = (row.get("last_seen_at")?, row.get("expires_at")?);
    let idle = row.get::<Option<i64>>("idle_minutes")?.unwrap_or(idle_minutes);
    let ends_at = (seen + SignedDuration::from_mins(idle)).min(expires_at);
    if ends_at <= now {
        return Ok(None);
    }
    let id = row.get("id")?;
    let (began_at, through): (Timestamp, Option<String>) = (row.get("created_at")?, row.get("through")?);
    let account = Account {
        id,
        name: row.get("name")?,
        email: row.get("email")?,
        grants: grants(r, id)?,
        grade: row.get::<Option<String>>("grade")?.as_deref().and_then(Grade::from_key),
        session: Session {
            id: row.get("session_id")?,
            second_factor: row.get("second_factor")?,
            through_provider_at: through
                .is_some_and(|key| Some(&*key) == Door::Provider.key())
                .then_some(began_at),
            ends_at,
            expires_at,
        },
        opened: opened_by(r, id, now)?,
    };
    // Once a minute is enough for an idle limit counted in minutes, and spares a write a request.
    Ok(Some(Found { account, stale: seen + SignedDuration::from_secs(60) <= now }))
}

/// Notes that a session was used.
pub(super) fn touch(w: &mut Write<'_>, token: &str, now: Timestamp) -> Result<()> {
    w.execute(
        sql("UPDATE session SET last_seen_at = $1 WHERE token_hash = $2"),
        &[&now, &fingerprint(token)],
    )?;
    Ok(())
}

/// Notes what proved the second factor of a session that began without.
pub(super) fn proven(w: &mut Write<'_>, session: Uuid, by: &str) -> Result<()> {
    w.execute(
        sql("UPDATE session SET second_factor = $1 WHERE id = $2 AND ended_at IS NULL"),
        &[&by, &session],
    )?;
    Ok(())
}

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// Where from.
    pub network: String,
    /// With what.
    pub browser: String,
    /// What proved the second factor.
    pub second_factor: Option<String>,
}

/// Sessions of an account that stand, the latest used first.
///
/// # Errors
/// When the database can't be read.
pub fn sessions(r: &mut Read<'_>, account: Uuid, now: Timestamp) -> Result<Vec<Line>> {
    let rows = r.query(
        sql("SELECT id, created_at, last_seen_at, expires_at, idle_minutes, network, browser, second_factor FROM session WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 AND id IS NOT NULL ORDER BY last_seen_at DESC"),
        &[&account, &now],
    )?;
    let mut lines = Vec::new();
    for row in rows {
        let seen_at: Timestamp = row.get("last_seen_at")?;
        let idle = row.get::<Option<i64>>("idle_minutes")?.unwrap_or(0);
        if seen_at + SignedDuration::from_mins(idle) > now {
            lines.push(Line {
                id: row.get("id")?,
                began_at: row.get("created_at")?,
                seen_at,
                network: row.get::<Option<String>>("network")?.unwrap_or_default(),
                browser: row.get::<Option<String>>("browser")?.unwrap_or_default(),
                second_factor: row.get("second_factor")?,
            });
        }
    }
    Ok(lines)
}

/// Which of an account's sessions end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// One.
    One(Uuid),
    /// All but the one that asks.
    AllBut(Uuid),
    /// All.
    All,
}

/// Ends sessions of an account; how many.
///
/// # Errors
/// When the database refuses.
pub fn end_sessions(w: &mut Write<'_>, by: &Actor, account: Uuid, which: Ending) -> Result<u64> {
    let (one, others, but) = match which {
        Ending::One(id) => (id, false, Uuid::nil()),
        Ending::AllBut(id) => (Uuid::nil(), true, id),
        Ending::All => (Uuid::nil(), true, Uuid::nil()),
    };
    let ended = w.execute(
        sql("UPDATE session SET ended_at = $1, ended_by = $2 WHERE account_id = $3 AND ended_at IS NULL AND (id = $4 OR ($5 AND id <> $6))"),
        &[&clock::now(), &by.words, &account, &one, &others, &but],
    )?;
    if ended > 0 {
        append(w, by, &[Event::new("sessions ended", "account", account).with(ended.to_string())])?;
    }
    Ok(ended)
}

/// Whose session this token is, if it stands. Not a use of the session.
///
/// # Errors
/// When the database can't be read.
pub fn account_signed_in(app: &super::App, token: &str) -> Result<Option<Uuid>> {
    let found = app.db().read(|r| account_of(r, token, app.config.session_idle_minutes, clock::now()))?;
    Ok(found.map(|found| found.account.id))
}

/// Seconds until a session ends if nothing is asked; nought when it is over. Not a use of the session.
///
/// # Errors
/// When the database can't be read.
pub fn seconds_left(app: &super::App, token: &str) -> Result<i64> {
    let now = clock::now();
    let found = app.db().read(|r| account_of(r, token, app.config.session_idle_minutes, now))?;
    Ok(found.map_or(0, |f| (f.account.session.ends_at.as_second() - now.as_second()).max(0)))
}
