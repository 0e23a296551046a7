//! Identities that are linked to accounts, and who linked and unlinked them.

use crate::access::session::{Ending, end_sessions};
use crate::access::step::ToLink;
use crate::audit::{Actor, Event, append};
use crate::clock;
use jiff::Timestamp;
use store::{Read, Result, Write, sql};
use uuid::Uuid;

/// One identity that stands.
#[derive(Debug, Clone)]
pub struct IdentityLine {
    /// Its id.
    pub id: Uuid,
    /// Who vouches for it.
    pub issuer: String,
    /// What its owner would know it by.
    pub shown_as: String,
    /// Since when it is linked.
    pub linked_at: Timestamp,
    /// By whom.
    pub linked_by: String,
}

/// The identities of an account that stand, the oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn identities(r: &mut Read<'_>, account: Uuid) -> Result<Vec<IdentityLine>> {
    r.query(
        sql("SELECT id, issuer, shown_as, linked_at, linked_by FROM account_identity WHERE account_id = $1 AND unlinked_at IS NULL ORDER BY linked_at, id"),
        &[&account],
    )?
    .iter()
    .map(|row| {
        Ok(IdentityLine {
            id: row.get("id")?,
            issuer: row.get("issuer")?,
            shown_as: row.get("shown_as")?,
            linked_at: row.get("linked_at")?,
            linked_by: row.get("linked_by")?,
        })
    })
    .collect()
}

/// Whose identity this is.
pub(in crate::access) fn account_of_identity(
    r: &mut Read<'_>,
    issuer: &str,
    subject: &str,
) -> Result<Option<Uuid>> {
    r.maybe(
        sql("SELECT account_id FROM account_identity WHERE issuer = $1 AND subject = $2 AND unlinked_at IS NULL"),
        &[&issuer, &subject],
    )?
    .map(|row| row.get("account_id"))
    .transpose()
}

/// Whether any identity of this provider was ever linked to the account, whether or not it still is.
pub(super) fn was_linked_before(r: &mut Read<'_>, account: Uuid, issuer: &str) -> Result<bool> {
    let row = r.maybe(
        sql("SELECT id FROM account_identity WHERE account_id = $1 AND issuer = $2 LIMIT 1"),
        &[&account, &issuer],
    )?;
    Ok(row.is_some())
}

pub(in crate::access) fn link_identity(
    w: &mut Write<'_>,
    by: &Actor,
    account: Uuid,
    identity: &ToLink,
) -> Result<()> {
    w.execute(
        sql("INSERT INTO account_identity (id, account_id, issuer, subject, shown_as, linked_at, linked_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&Uuid::now_v7(), &account, &identity.issuer, &identity.subject, &identity.shown_as, &clock::now(), &by.words],
    )?;
    // The name it goes by at the provider stays out of the audit.
    append(w, by, &[Event::new("single sign-on linked", "account", account).with(&identity.issuer)])
}

/// Takes an identity away from its account, whose sessions end: it may be somebody else's by now. Nothing when it was not
/// there.
///
/// # Errors
/// When the database refuses.
pub fn unlink_identity(
    w: &mut Write<'_>,
    by: &Actor,
    account: Uuid,
    identity: Uuid,
    ending: Ending,
) -> Result<()> {
    let taken = w.execute(
        sql("UPDATE account_identity SET unlinked_at = $1, unlinked_by = $2 WHERE id = $3 AND account_id = $4 AND unlinked_at IS NULL"),
        &[&clock::now(), &by.words, &identity, &account],
    )?;
    if taken == 0 {
        return Ok(());
    }
    end_sessions(w, by, account, ending)?;
    append(w, by, &[Event::new("single sign-on unlinked", "account", account)])
}
