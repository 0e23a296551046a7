//! Tokens for machines that send files to us: one thing each, for a time, kept as a hash, shown once.

use super::session::{fingerprint, secret};
use crate::audit::{Actor, Event, append};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use store::{Db, Result, Write, sql};
use uuid::Uuid;

/// Days that a token works, unless it is rotated or revoked before.
pub const TOKEN_DAYS: i64 = 365;
/// Hours that the token before a rotation goes on working: time to put the new one in place.
const GRACE_HOURS: i64 = 24;

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Sending files in.
    Imports,
}

impl Scope {
    /// The word kept in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Scope::Imports => "imports",
        }
    }
}

/// Makes a token; the secret is in the answer and nowhere else.
///
/// # Errors
/// When the database refuses.
pub fn create_token(w: &mut Write<'_>, by: &Actor, name: &str) -> Result<String> {
    insert(w, by, name, None)
}

fn insert(w: &mut Write<'_>, by: &Actor, name: &str, replaces: Option<Uuid>) -> Result<String> {
    let (id, token, now) = (Uuid::now_v7(), secret()?, clock::now());
    let expires = now + SignedDuration::from_hours(24 * TOKEN_DAYS);
    w.execute(
        sql("INSERT INTO service_token (id, name, token_hash, created_at, created_by, scope, expires_at, replaces) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[&id, &name, &fingerprint(&token), &now, &by.words, &Scope::Imports.key(), &expires, &replaces],
    )?;
    append(
        w,
        by,
        &[Event::new("token made", "token", id).with(format!("{name}; imports; {TOKEN_DAYS} days"))],
    )?;
    Ok(token)
}

/// A token in place of another.
#[derive(Debug)]
pub struct Rotated {
    /// The new secret.
    pub token: String,
    /// When the old one stops working.
    pub old_until: Timestamp,
}

/// A new token under the same name; the old one goes on for a day. Nothing for one that works no more.
///
/// # Errors
/// When the database refuses.
pub fn rotate_token(w: &mut Write<'_>, by: &Actor, old: Uuid) -> Result<Option<Rotated>> {
    let now = clock::now();
    let row = w.maybe(
        sql("SELECT name, expires_at FROM service_token WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)"),
        &[&old, &now],
    )?;
    let Some(row) = row else { return Ok(None) };
    let grace = now + SignedDuration::from_hours(GRACE_HOURS);
    let old_until = row.get::<Option<Timestamp>>("expires_at")?.map_or(grace, |at| at.min(grace));
    let token = insert(w, by, &row.get::<String>("name")?, Some(old))?;
    w.execute(sql("UPDATE service_token SET expires_at = $1 WHERE id = $2"), &[&old_until, &old])?;
    append(
        w,
        by,
        &[Event::new("token rotated", "token", old).with(format!("the old one works until {old_until}"))],
    )?;
    Ok(Some(Rotated { token, old_until }))
}

/// The name of the machine that holds a token, if the token stands and opens this; notes its use.
///
/// # Errors
/// When the database fails.
pub fn service_of_token(db: &Db, token: &str, scope: Scope) -> Result<Option<String>> {
    let now = clock::now();
    let row = db.read(|r| {
        r.maybe(
            sql("SELECT id, name FROM service_token WHERE token_hash = $1 AND scope = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)"),
            &[&fingerprint(token), &scope.key(), &now],
        )
    })?;
    let Some(row) = row else { return Ok(None) };
    let id: Uuid = row.get("id")?;
    db.write(|w| w.execute(sql("UPDATE service_token SET last_used_at = $1 WHERE id = $2"), &[&now, &id]))?;
    Ok(Some(row.get("name")?))
}
