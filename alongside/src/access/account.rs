//! Accounts and their grants.

use super::glass::Opened;
use super::grade::Grade;
use super::password::{NONE_YET, PasswordError, hash_password};
use super::policy::{Capability, Role};
use super::session::{Ending, Session, end_sessions};
use crate::audit::{Actor, Event, append};
use crate::clock;
use store::{Read, Result, Write, sql};
use uuid::Uuid;

/// A role, in one project or (without one) in the whole service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The project; none means all.
    pub project: Option<Uuid>,
}

/// Someone who is signed in.
#[derive(Debug, Clone)]
pub struct Account {
    /// The id.
    pub id: Uuid,
    /// The name colleagues see.
    pub name: String,
    /// The e-mail address they sign in with.
    pub email: String,
    /// Current grants.
    pub grants: Vec<Grant>,
    /// The professional grade; nothing when nobody said.
    pub grade: Option<Grade>,
    /// The session that asks.
    pub session: Session,
    /// Records that this account has opened outside its projects.
    pub opened: Vec<Opened>,
}

/// In which projects a capability is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Whole,
    /// In these projects.
    Projects(Vec<Uuid>),
}

impl Account {
    /// Where this account holds `C`; nothing when nowhere.
    #[must_use]
    pub fn scope_of<C: Capability>(&self) -> Option<Scope> {
        self.scope(C::ROLES)
    }

    pub(super) fn scope(&self, roles: &[Role]) -> Option<Scope> {
        let mut projects = Vec::new();
        for grant in self.grants.iter().filter(|g| roles.contains(&g.role)) {
            match grant.project {
                None => return Some(Scope::Whole),
                Some(project) => projects.push(project),
            }
        }
        if projects.is_empty() { None } else { Some(Scope::Projects(projects)) }
    }

    /// Whether any grant gives `C`.
    #[must_use]
    pub fn may<C: Capability>(&self) -> bool {
        self.scope_of::<C>().is_some()
    }

    /// This account as the one who did something.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account: Some(self.id), words: self.name.clone() }
    }
}

/// The form of an e-mail address by which accounts are told apart.
pub(super) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

pub(super) fn grants(r: &mut Read<'_>, account: Uuid) -> Result<Vec<Grant>> {
    let rows = r.query(
        sql("SELECT role, project_id FROM access_grant WHERE account_id = $1 AND ended_at IS NULL"),
        &[&account],
    )?;
    let mut grants = Vec::new();
    for row in rows {
        // A role this program doesn't know gives nothing.
        if let Some(role) = Role::from_key(&row.get::<String>("role")?) {
            grants.push(Grant { role, project: row.get("project_id")? });
        }
    }
    Ok(grants)
}

/// The account that signs in with an e-mail address, disabled or not.
///
/// # Errors
/// When the database can't be read.
pub fn find_account(r: &mut Read<'_>, email: &str) -> Result<Option<Uuid>> {
    r.maybe(sql("SELECT id FROM account WHERE email_key = $1"), &[&email_key(email)])?
        .map(|row| row.get("id"))
        .transpose()
}

/// Accounts that stand and hold `C` anywhere, by name: for pickers, so nobody who left is among them.
///
/// # Errors
/// When the database can't be read.
pub fn accounts_with<C: Capability>(r: &mut Read<'_>) -> Result<Vec<(Uuid, String)>> {
    let roles: Vec<&str> = C::ROLES.iter().map(|role| role.key()).collect();
    let mut found: Vec<(Uuid, String)> = r
        .query_list(
            sql("SELECT DISTINCT a.id, a.name FROM account a JOIN access_grant g ON g.account_id = a.id WHERE a.disabled_at IS NULL AND g.ended_at IS NULL AND g.role IN ($LIST)"),
            &[],
            &roles,
        )?
        .iter()
        .map(|row| Ok((row.get("id")?, row.get("name")?)))
        .collect::<Result<_>>()?;
    found.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
    Ok(found)
}

/// Why an account could not be made.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Something typed can't be used.
    #[error("{0}")]
    Invalid(String),
    /// The password can't be used.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Makes an account without grants, with a password: for the command line, where nobody can sign in yet.
///
/// # Errors
/// When the name or address is missing, the address is taken, or the password can't be taken.
pub fn create_account(
    w: &mut Write<'_>,
    by: &Actor,
    name: &str,
    email: &str,
    password: &str,
) -> Result<Uuid, AccountError> {
    let hash = hash_password(password)?;
    insert(w, by, name, email, &hash)
}

/// Makes an account without grants and without a password: its owner chooses one by a one-time link.
///
/// # Errors
/// When the name or address is missing, or the address is taken.
pub fn invite_account(w: &mut Write<'_>, by: &Actor, name: &str, email: &str) -> Result<Uuid, AccountError> {
    insert(w, by, name, email, NONE_YET)
}

fn insert(w: &mut Write<'_>, by: &Actor, name: &str, email: &str, hash: &str) -> Result<Uuid, AccountError> {
    let (name, email) = (name.trim(), email.trim());
    if name.is_empty() {
        return Err(AccountError::Invalid("Enter the person's name.".into()));
    }
    if !email.contains('@') || email.chars().any(char::is_whitespace) || email.len() > 254 {
        return Err(AccountError::Invalid("Enter an e-mail address, like name@example.org.".into()));
    }
    if find_account(w, email)?.is_some() {
        return Err(AccountError::Invalid("There is already an account with this e-mail address.".into()));
    }
    let id = Uuid::now_v7();
    w.execute(
        sql("INSERT INTO account (id, email, email_key, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&id, &email, &email_key(email), &name, &hash, &clock::now()],
    )?;
    append(w, by, &[Event::new("account made", "account", id)])?;
    Ok(id)
}

/// Gives an account a new password and ends its sessions.
///
/// # Errors
/// When the password is too short or the database refuses.
pub fn set_password(
    w: &mut Write<'_>,
    by: &Actor,
    account: Uuid,
    password: &str,
) -> Result<(), AccountError> {
    w.execute(
        sql("UPDATE account SET password_hash = $1 WHERE id = $2"),
        &[&hash_password(password)?, &account],
    )?;
    end_sessions(w, by, account, Ending::All)?;
    append(w, by, &[Event::new("password changed, sessions ended", "account", account)])?;
    Ok(())
}

/// Changes the password of whoever asks, whose present one was checked ([`super::confirm_password`]). Their other sessions
/// end: whoever knew the old one is out.
///
/// # Errors
/// When the new password can't be taken.
pub fn change_own_password<C: Capability>(
    w: &mut super::Writer<'_, C>,
    account: &Account,
    new: &str,
) -> Result<(), AccountError> {
    let hash = hash_password(new)?;
    w.record(Event::new("own password changed", "account", account.id));
    w.execute(sql("UPDATE account SET password_hash = $1 WHERE id = $2"), &[&hash, &account.id])?;
    end_sessions(
        &mut w.raw_for_operator(),
        &account.actor(),
        account.id,
        Ending::AllBut(account.session.id),
    )?;
    Ok(())
}
