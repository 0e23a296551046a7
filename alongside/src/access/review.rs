//! Looking at who may sign in, with which roles: the rows of an access review, and that one was done.

use super::policy::Role;
use crate::audit::Event;
use crate::clock;
use jiff::Timestamp;
use std::collections::HashMap;
use store::{Read, Result, sql};
use uuid::Uuid;

/// One account with one of its roles, or without any.
#[derive(Debug, Clone)]
pub struct ReviewRow {
    /// The account.
    pub account: Uuid,
    /// The colleague's name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The role, in words; none when the account has none.
    pub role: Option<&'static str>,
    /// The project's id; none for the whole service.
    pub project: Option<Uuid>,
    /// Since when the role is held, and who gave it.
    pub granted: Option<(Timestamp, String)>,
    /// The latest sign-in.
    pub last_sign_in: Option<Timestamp>,
    /// Has a code app or a passkey.
    pub second_factor: bool,
    /// Signs in through the provider of single sign-on.
    pub single_sign_on: bool,
    /// Since when the account is disabled.
    pub disabled_at: Option<Timestamp>,
}

/// All accounts, one row a role, by name.
///
/// # Errors
/// When the database can't be read.
pub fn review_rows(r: &mut Read<'_>) -> Result<Vec<ReviewRow>> {
    let mut seen: HashMap<Uuid, Timestamp> = HashMap::new();
    for row in
        r.query(sql("SELECT account_id, MAX(created_at) AS at FROM session GROUP BY account_id"), &[])?
    {
        seen.insert(row.get("account_id")?, row.get("at")?);
    }
    let mut factors: Vec<Uuid> = Vec::new();
    for row in r.query(
        sql("SELECT account_id FROM totp WHERE confirmed_at IS NOT NULL UNION SELECT account_id FROM passkey WHERE removed_at IS NULL"),
        &[],
    )? {
        factors.push(row.get("account_id")?);
    }
    let mut linked: Vec<Uuid> = Vec::new();
    for row in r.query(sql("SELECT account_id FROM account_identity WHERE unlinked_at IS NULL"), &[])? {
        linked.push(row.get("account_id")?);
    }
    r.query(
        sql("SELECT a.id, a.name, a.email, a.disabled_at, g.role, g.project_id, g.granted_at, g.granted_by FROM account a LEFT JOIN access_grant g ON g.account_id = a.id AND g.ended_at IS NULL ORDER BY a.name, a.email, g.role"),
        &[],
    )?
    .iter()
    .map(|row| {
        let id: Uuid = row.get("id")?;
        let granted = match row.get::<Option<Timestamp>>("granted_at")? {
            Some(at) => Some((at, row.get("granted_by")?)),
            None => None,
        };
        Ok(ReviewRow {
            account: id,
            name: row.get("name")?,
            email: row.get("email")?,
            role: row.get::<Option<String>>("role")?.and_then(|key| Role::from_key(&key)).map(Role::words),
            project: row.get("project_id")?,
            granted,
            last_sign_in: seen.get(&id).copied(),
            second_factor: factors.contains(&id),
            single_sign_on: linked.contains(&id),
            disabled_at: row.get("disabled_at")?,
        })
    })
    .collect()
}

/// A review that was done.
#[derive(Debug, Clone)]
pub struct ReviewDone {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// How many accounts there were.
    pub accounts: i64,
    /// Fingerprint of the list that was looked at.
    pub evidence: String,
    /// What was found.
    pub note: String,
}

/// Reviews, the latest first.
///
/// # Errors
/// When the database can't be read.
pub fn reviews_done(r: &mut Read<'_>) -> Result<Vec<ReviewDone>> {
    r.query(
        sql("SELECT at, by_words, accounts, evidence_sha256, note FROM access_review ORDER BY at DESC LIMIT 20"),
        &[],
    )?
    .iter()
    .map(|row| {
        Ok(ReviewDone {
            at: row.get("at")?,
            by: row.get("by_words")?,
            accounts: row.get("accounts")?,
            evidence: row.get("evidence_sha256")?,
            note: row.get("note")?,
        })
    })
    .collect()
}

/// Keeps that the list was looked at.
///
/// # Errors
/// When the database refuses.
pub fn keep_review<C: super::Capability>(
    w: &mut super::Writer<'_, C>,
    (accounts, grants): (usize, usize),
    evidence: &str,
    note: &str,
) -> Result<()> {
    let (id, by) = (Uuid::now_v7(), w.by());
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    w.record(
        Event::new("access reviewed", "access review", id)
            .with(format!("{accounts} accounts, {grants} roles; list {evidence}")),
    );
    w.execute(
        sql("INSERT INTO access_review (id, at, by_words, accounts, grants, evidence_sha256, note) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &clock::now(), &by, &count(accounts), &count(grants), &evidence, &note],
    )?;
    Ok(())
}

/// The fingerprint of a text.
#[must_use]
pub fn evidence_of(text: &str) -> String {
    super::session::fingerprint(text)
}
