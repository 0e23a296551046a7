//! Sessions: kept on the server, found by the hash of a random token.

use super::account::{Account, email_key, grants};
use super::password;
use crate::audit::{Actor, Event, append};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use store::{Db, Read, Result, Write, sql};
use uuid::Uuid;

/// A random secret of 256 bits as hex.
pub(crate) fn secret() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|e| store::Error::Connect(format!("no randomness from the system: {e}")))?;
    Ok(hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// What is kept of a secret: a stolen database opens no session.
pub(crate) fn fingerprint(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Checks e-mail and password; a new session's token when they fit. The same answer, in the same time, for a wrong
/// password, an unknown address and a disabled account.
///
/// # Errors
/// When the database fails.
pub fn sign_in(db: &Db, email: &str, password: &str, hours: i64) -> Result<Option<String>> {
    let row = db.read(|r| {
        r.maybe(
            sql("SELECT id, name, password_hash, disabled_at FROM account WHERE email_key = $1"),
            &[&email_key(email)],
        )
    })?;
    let Some(row) = row else {
        password::spend_a_check(password);
        return Ok(None);
    };
    let account: Uuid = row.get("id")?;
    let actor = Actor { account: Some(account), words: row.get("name")? };
    let fits = password::fits(password, &row.get::<String>("password_hash")?);
    if !fits || row.get::<Option<Timestamp>>("disabled_at")?.is_some() {
        db.write(|w| append(w, &actor, &[Event::new("sign-in refused", "account", account)]))?;
        return Ok(None);
    }
    let (token, now) = (secret()?, clock::now());
    let expires = now + SignedDuration::from_hours(hours);
    db.write(|w| {
        w.execute(
            sql("INSERT INTO session (token_hash, account_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $5)"),
            &[&fingerprint(&token), &account, &now, &now, &expires],
        )?;
        append(w, &actor, &[Event::new("signed in", "account", account)])
    })?;
    Ok(Some(token))
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub fn sign_out(w: &mut Write<'_>, token: &str) -> Result<()> {
    w.execute(
        sql("UPDATE session SET ended_at = $1 WHERE token_hash = $2 AND ended_at IS NULL"),
        &[&clock::now(), &fingerprint(token)],
    )?;
    Ok(())
}

/// A session found by its token.
pub(super) struct Found {
    pub(super) account: Account,
    /// The session was last noted as used long enough ago to note it again.
    pub(super) stale: bool,
}

/// The account behind a token, if the session still stands.
pub(super) fn account_of(
    r: &mut Read<'_>,
    token: &str,
    idle_minutes: i64,
    now: Timestamp,
) -> Result<Option<Found>> {
    let row = r.maybe(
        sql("SELECT s.last_seen_at, s.expires_at, a.id, a.name, a.email FROM session s JOIN account a ON a.id = s.account_id WHERE s.token_hash = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL"),
        &[&fingerprint(token)],
    )?;
    let Some(row) = row else { return Ok(None) };
    let seen: Timestamp = row.get("last_seen_at")?;
    if row.get::<Timestamp>("expires_at")? <= now || seen + SignedDuration::from_mins(idle_minutes) <= now {
        return Ok(None);
    }
    let id = row.get("id")?;
    let account = Account { id, name: row.get("name")?, email: row.get("email")?, grants: grants(r, id)? };
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
