//! One-time links: an invitation, or a way back in for somebody who lost their password. The owner chooses the password;
//! whoever makes the link never knows one (ASVS 5.0, 6.4.6). A second factor that was set up stays: the new password alone
//! does not sign in.

use super::caller::Caller;
use super::guard::App;
use super::lockout::{self, Attempt, Standing};
use super::password::{PasswordError, hash_password};
use super::session::{Ending, end_sessions, fingerprint, secret};
use super::sign_in::{by_id, lets_in_here};
use crate::audit::{Actor, Event, append};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Result, Write, sql};
use uuid::Uuid;

/// Hours that a link works.
pub const LINK_HOURS: i64 = 72;

/// Makes a link for an account; those before stop working. The secret is in the answer and nowhere else.
///
/// # Errors
/// When the database refuses.
pub fn make_link(w: &mut Write<'_>, by: &Actor, account: Uuid) -> Result<String> {
    withdraw_links(w, account)?;
    let (token, now) = (secret()?, clock::now());
    let expires = now + SignedDuration::from_hours(LINK_HOURS);
    w.execute(
        sql("INSERT INTO one_time_link (id, account_id, secret_hash, made_at, made_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &account, &fingerprint(&token), &now, &by.words, &expires],
    )?;
    append(w, by, &[Event::new("one-time link made", "account", account)])?;
    Ok(token)
}

/// Links of an account that were not used stop working.
///
/// # Errors
/// When the database refuses.
pub fn withdraw_links(w: &mut Write<'_>, account: Uuid) -> Result<()> {
    w.execute(
        sql("UPDATE one_time_link SET withdrawn_at = $1 WHERE account_id = $2 AND used_at IS NULL AND withdrawn_at IS NULL"),
        &[&clock::now(), &account],
    )?;
    Ok(())
}

/// Until when a link of this account works, if one waits to be used.
///
/// # Errors
/// When the database can't be read.
pub fn waiting_link(r: &mut Read<'_>, account: Uuid, now: Timestamp) -> Result<Option<Timestamp>> {
    r.maybe(
        sql("SELECT expires_at FROM one_time_link WHERE account_id = $1 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2"),
        &[&account, &now],
    )?
    .map(|row| row.get("expires_at"))
    .transpose()
}

/// Whose link this is, by its fingerprint, while it works: the account and its name.
pub(super) fn account_of_link(
    r: &mut Read<'_>,
    hash: &str,
    now: Timestamp,
) -> Result<Option<(Uuid, String)>> {
    r.maybe(
        sql("SELECT a.id, a.name FROM one_time_link l JOIN account a ON a.id = l.account_id WHERE l.secret_hash = $1 AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > $2 AND a.disabled_at IS NULL"),
        &[&hash, &now],
    )?
    .map(|row| Ok((row.get("id")?, row.get("name")?)))
    .transpose()
}

pub(super) fn use_up_link(w: &mut Write<'_>, hash: &str, now: Timestamp) -> Result<()> {
    w.execute(sql("UPDATE one_time_link SET used_at = $1 WHERE secret_hash = $2"), &[&now, &hash])?;
    Ok(())
}

/// What a link that works offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkOffers {
    /// To choose a password, or the provider where there is one.
    Password,
    /// The provider only: the settings let this account in by it alone.
    ProviderOnly,
}

/// What a link offers, if it works. A look at the page uses nothing up: mail scanners open links too.
///
/// # Errors
/// When the database can't be read.
pub fn link_stands(app: &App, token: &str) -> Result<Option<LinkOffers>> {
    app.db().read(|r| offers(app, r, token, clock::now()))
}

fn offers(app: &App, r: &mut Read<'_>, token: &str, now: Timestamp) -> Result<Option<LinkOffers>> {
    let Some((account, _)) = account_of_link(r, &fingerprint(token), now)? else { return Ok(None) };
    let here = by_id(r, account)?.is_some_and(|known| lets_in_here(app, &known.email));
    Ok(Some(if here { LinkOffers::Password } else { LinkOffers::ProviderOnly }))
}

/// What came of using a link.
#[derive(Debug)]
pub enum LinkUse {
    /// The password is chosen; all sessions of the account are over.
    Done,
    /// There is no such link, or no longer; or it offers no password.
    Gone,
    /// Too many tries from this network.
    Held(Timestamp),
    /// The password can't be taken; the link still works.
    Unfit(PasswordError),
}

/// Chooses a password by a link, which is used up.
///
/// # Errors
/// When the database refuses.
pub fn choose_password(app: &App, caller: &Caller, token: &str, password: &str) -> Result<LinkUse> {
    let now = clock::now();
    let attempt = Attempt::nobody(&caller.network);
    if let Standing::Held { until } = app.db().write(|w| lockout::begin(w, &attempt, now))? {
        return Ok(LinkUse::Held(until));
    }
    app.db().write(|w| {
        let hash = fingerprint(token);
        let Some((account, name)) = account_of_link(w, &hash, now)? else {
            lockout::refused(w, &attempt, "one-time link", now)?;
            return Ok(LinkUse::Gone);
        };
        lockout::half_fitted(w, &attempt)?;
        if offers(app, w, token, now)? == Some(LinkOffers::ProviderOnly) {
            return Ok(LinkUse::Gone);
        }
        let kept = match hash_password(password) {
            Ok(kept) => kept,
            // The link is not used up, and the try was none.
            Err(why) => return Ok(LinkUse::Unfit(why)),
        };
        let by = Actor { account: Some(account), words: name };
        w.execute(sql("UPDATE account SET password_hash = $1 WHERE id = $2"), &[&kept, &account])?;
        use_up_link(w, &hash, now)?;
        end_sessions(w, &by, account, Ending::All)?;
        append(w, &by, &[Event::new("own password chosen by one-time link", "account", account)])?;
        Ok(LinkUse::Done)
    })
}
