//! Who signs in, with which roles where.

use crate::access::{Capability, Ending, Reader, Role, Writer, end_sessions, withdraw_links};
use crate::audit::Event;
use crate::clock;
use crate::ids::{AccountId, ProjectId};
use jiff::Timestamp;
use store::{Result, sql};
use uuid::Uuid;

/// A grant as the administrator sees it.
#[derive(Debug, Clone)]
pub(super) struct GrantRow {
    pub(super) id: Uuid,
    pub(super) role: String,
    /// The project's name; none for the whole service.
    pub(super) project: Option<String>,
    pub(super) since: Timestamp,
}

/// An account as the administrator sees it.
#[derive(Debug, Clone)]
pub(super) struct AccountRow {
    pub(super) id: AccountId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) disabled_at: Option<Timestamp>,
    pub(super) grants: Vec<GrantRow>,
    /// The key of the professional grade; empty when nobody said.
    pub(super) grade: String,
}

/// Gives an account a role, in one project or in all.
///
/// # Errors
/// When the database refuses.
pub fn grant<C: Capability>(
    w: &mut Writer<'_, C>,
    account: AccountId,
    role: Role,
    project: Option<ProjectId>,
) -> Result<()> {
    let there = w.query(
        sql("SELECT id FROM access_grant WHERE account_id = $1 AND role = $2 AND project_id IS NOT DISTINCT FROM $3 AND ended_at IS NULL"),
        &[&account, &role.key(), &project],
    )?;
    if !there.is_empty() {
        return Ok(());
    }
    let by = w.by();
    let place = project.map_or_else(|| "the whole service".to_owned(), |p| format!("project {p}"));
    w.record(Event::new("role granted", "account", account).with(format!("{} in {place}", role.key())));
    w.execute(
        sql("INSERT INTO access_grant (id, account_id, role, project_id, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &account, &role.key(), &project, &clock::now(), &by],
    )?;
    Ok(())
}

/// Ends a grant of an account.
///
/// # Errors
/// When the database refuses.
pub fn revoke<C: Capability>(w: &mut Writer<'_, C>, account: AccountId, grant: Uuid) -> Result<()> {
    let by = w.by();
    let standing = w.maybe(
        sql("SELECT role, project_id FROM access_grant WHERE id = $1 AND account_id = $2 AND ended_at IS NULL"),
        &[&grant, &account],
    )?;
    let Some(standing) = standing else { return Ok(()) };
    let (role, project): (String, Option<ProjectId>) = (standing.get("role")?, standing.get("project_id")?);
    let place = project.map_or_else(|| "the whole service".to_owned(), |p| format!("project {p}"));
    w.record(Event::new("role ended", "account", account).with(format!("{role} in {place}")));
    w.execute(
        sql("UPDATE access_grant SET ended_at = $1, ended_by = $2 WHERE id = $3 AND account_id = $4 AND ended_at IS NULL"),
        &[&clock::now(), &by, &grant, &account],
    )?;
    Ok(())
}

/// Writes down somebody's professional grade; empty for not known.
pub(super) fn set_grade<C: Capability>(w: &mut Writer<'_, C>, account: AccountId, grade: &str) -> Result<()> {
    let by = w.by();
    w.record(Event::new("grade written down", "account", account).with(grade));
    w.execute(
        sql("INSERT INTO account_grade (id, account_id, grade, at, by_words) VALUES ($1, $2, $3, $4, $5)"),
        &[&Uuid::now_v7(), &account, &grade, &clock::now(), &by],
    )?;
    Ok(())
}

/// Disables an account (its sessions end at once) or lets it in again.
pub(super) fn set_disabled<C: Capability>(
    w: &mut Writer<'_, C>,
    account: AccountId,
    disabled: Option<Timestamp>,
) -> Result<()> {
    let by = w.by();
    w.record(Event::new(
        if disabled.is_some() { "account disabled" } else { "account let in again" },
        "account",
        account,
    ));
    w.execute(
        sql("UPDATE account SET disabled_at = $1, disabled_by = $2 WHERE id = $3"),
        &[&disabled, &disabled.map(|_| by), &account],
    )?;
    if disabled.is_some() {
        let by = w.actor().clone();
        end_sessions(&mut w.raw_for_operator(), &by, account.into(), Ending::All)?;
        withdraw_links(&mut w.raw_for_operator(), account.into())?;
    }
    Ok(())
}

/// All accounts with their current grants, by name.
pub(super) fn accounts<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<AccountRow>> {
    let mut rows: Vec<AccountRow> = r
        .query(sql("SELECT a.id, a.name, a.email, a.disabled_at, (SELECT g.grade FROM account_grade g WHERE g.account_id = a.id ORDER BY g.id DESC LIMIT 1) AS grade FROM account a ORDER BY a.name, a.email"), &[])?
        .iter()
        .map(|row| {
            Ok(AccountRow {
                id: row.get("id")?,
                name: row.get("name")?,
                email: row.get("email")?,
                disabled_at: row.get("disabled_at")?,
                grants: Vec::new(),
                grade: row.get::<Option<String>>("grade")?.unwrap_or_default(),
            })
        })
        .collect::<Result<_>>()?;
    let grants = r.query(
        sql("SELECT g.id, g.account_id, g.role, g.granted_at, p.name FROM access_grant g LEFT JOIN project p ON p.id = g.project_id WHERE g.ended_at IS NULL ORDER BY g.role, p.name"),
        &[],
    )?;
    for row in grants {
        let account: AccountId = row.get("account_id")?;
        let grant = GrantRow {
            id: row.get("id")?,
            role: row.get("role")?,
            project: row.get("name")?,
            since: row.get("granted_at")?,
        };
        if let Some(found) = rows.iter_mut().find(|a| a.id == account) {
            found.grants.push(grant);
        }
    }
    Ok(rows)
}

/// One account with its current grants.
pub(super) fn find_row<C: Capability>(
    r: &mut Reader<'_, C>,
    account: AccountId,
) -> Result<Option<AccountRow>> {
    Ok(accounts(r)?.into_iter().find(|row| row.id == account))
}

/// A token as the administrator sees it: never its secret.
#[derive(Debug, Clone)]
pub(super) struct TokenRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) made_at: Timestamp,
    pub(super) made_by: String,
    pub(super) last_used_at: Option<Timestamp>,
    pub(super) revoked_at: Option<Timestamp>,
    pub(super) expires_at: Option<Timestamp>,
}

/// All tokens, those that stand first, the newest first.
pub(super) fn tokens<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<TokenRow>> {
    let mut rows: Vec<TokenRow> = r
        .query(
            sql("SELECT id, name, created_at, created_by, last_used_at, revoked_at, expires_at FROM service_token ORDER BY created_at DESC, id DESC"),
            &[],
        )?
        .iter()
        .map(|row| {
            Ok(TokenRow {
                id: row.get("id")?,
                name: row.get("name")?,
                made_at: row.get("created_at")?,
                made_by: row.get("created_by")?,
                last_used_at: row.get("last_used_at")?,
                revoked_at: row.get("revoked_at")?,
                expires_at: row.get("expires_at")?,
            })
        })
        .collect::<Result<_>>()?;
    rows.sort_by_key(|row| row.revoked_at.is_some());
    Ok(rows)
}

/// Revokes a token: from now on it opens nothing. Says nothing about one that is revoked already.
pub(super) fn revoke_token<C: Capability>(w: &mut Writer<'_, C>, token: &TokenRow) -> Result<()> {
    if token.revoked_at.is_some() {
        return Ok(());
    }
    let by = w.by();
    w.record(Event::new("token revoked", "token", token.id).with(&token.name));
    w.execute(
        sql("UPDATE service_token SET revoked_at = $1, revoked_by = $2 WHERE id = $3"),
        &[&clock::now(), &by, &token.id],
    )?;
    Ok(())
}

/// An account on the command line.
#[derive(Debug, Clone, serde::Serialize)]
pub struct AccountLine {
    /// E-mail address.
    pub email: String,
    /// Name.
    pub name: String,
    /// May not sign in.
    pub disabled: bool,
    /// "practitioner in Thames court liaison".
    pub roles: Vec<String>,
}

/// All accounts, for the command line.
///
/// # Errors
/// When the database can't be read.
pub fn accounts_for_operator<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<AccountLine>> {
    Ok(accounts(r)?
        .into_iter()
        .map(|a| AccountLine {
            email: a.email,
            name: a.name,
            disabled: a.disabled_at.is_some(),
            roles: a
                .grants
                .into_iter()
                .map(|g| format!("{} in {}", g.role, g.project.unwrap_or_else(|| "the whole service".into())))
                .collect(),
        })
        .collect())
}
