//! Tokens for machines that send files to us. Shown once, kept as a hash.

use super::session::{fingerprint, secret};
use crate::audit::{Actor, Event, append};
use crate::clock;
use store::{Db, Result, Write, sql};
use uuid::Uuid;

/// Makes a token; the secret is in the answer and nowhere else.
///
/// # Errors
/// When the database refuses.
pub fn create_token(w: &mut Write<'_>, by: &Actor, name: &str) -> Result<String> {
    let (id, token) = (Uuid::now_v7(), secret()?);
    w.execute(
        sql("INSERT INTO service_token (id, name, token_hash, created_at, created_by) VALUES ($1, $2, $3, $4, $5)"),
        &[&id, &name, &fingerprint(&token), &clock::now(), &by.words],
    )?;
    append(w, by, &[Event::new("token made", "token", id).with(name)])?;
    Ok(token)
}

/// The name of the machine that holds a token, if the token stands; notes its use.
///
/// # Errors
/// When the database fails.
pub fn service_of_token(db: &Db, token: &str) -> Result<Option<String>> {
    let row = db.read(|r| {
        r.maybe(
            sql("SELECT id, name FROM service_token WHERE token_hash = $1 AND revoked_at IS NULL"),
            &[&fingerprint(token)],
        )
    })?;
    let Some(row) = row else { return Ok(None) };
    let id: Uuid = row.get("id")?;
    db.write(|w| {
        w.execute(sql("UPDATE service_token SET last_used_at = $1 WHERE id = $2"), &[&clock::now(), &id])
    })?;
    Ok(Some(row.get("name")?))
}
