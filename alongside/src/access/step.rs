//! Between the first factor and the second there is no session, only a question that runs out. It knows by which door its
//! account came, and which identity is to be linked once the second factor is proven.

use super::guard::App;
use super::one_time_link::{account_of_link, use_up_link};
use super::second_factor::factors;
use super::session::{Ending, end_sessions, fingerprint, secret};
use super::sign_in::{Known, by_id};
use super::single_sign_on::{account_of_identity, link_identity};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Result, Write, sql};
use uuid::Uuid;

/// Minutes for the second step.
const STEP_MINUTES: i64 = 10;

/// By which door somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// A password or a passkey of this program.
    Here,
    /// The provider of single sign-on.
    Provider,
}

impl Door {
    /// The word kept in the database; none for the usual door.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Door::Here => None,
            Door::Provider => Some("provider"),
        }
    }

    fn from_key(key: Option<&str>) -> Self {
        if key == Door::Provider.key() { Door::Provider } else { Door::Here }
    }
}

/// An identity that is not linked yet.
#[derive(Debug, Clone)]
pub(super) struct ToLink {
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) shown_as: String,
    /// The fingerprint of the one-time link that it takes up.
    pub(super) link_hash: Option<String>,
}

/// A question for the second factor that stands.
pub(super) struct Step {
    pub(super) known: Known,
    pub(super) door: Door,
    to_link: Option<ToLink>,
}

/// Asks for the second factor; the token of the question.
pub(super) fn ask_second(
    w: &mut Write<'_>,
    account: Uuid,
    door: Door,
    to_link: Option<&ToLink>,
    now: Timestamp,
) -> Result<String> {
    let token = secret()?;
    let (issuer, subject) = (to_link.map(|l| &l.issuer), to_link.map(|l| &l.subject));
    let (shown_as, link) = (to_link.map(|l| &l.shown_as), to_link.and_then(|l| l.link_hash.as_ref()));
    w.execute(sql("DELETE FROM sign_in_step WHERE expires_at <= $1"), &[&now])?;
    w.execute(
        sql("INSERT INTO sign_in_step (token_hash, account_id, expires_at, through, issuer, subject, shown_as, link_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[&fingerprint(&token), &account, &(now + SignedDuration::from_mins(STEP_MINUTES)), &door.key(), &issuer, &subject, &shown_as, &link],
    )?;
    Ok(token)
}

/// The question with this token, if it stands and its account may sign in.
pub(super) fn step_of(r: &mut Read<'_>, token: &str, now: Timestamp) -> Result<Option<Step>> {
    let row = r.maybe(
        sql("SELECT account_id, through, issuer, subject, shown_as, link_hash FROM sign_in_step WHERE token_hash = $1 AND expires_at > $2"),
        &[&fingerprint(token), &now],
    )?;
    let Some(row) = row else { return Ok(None) };
    let Some(known) = by_id(r, row.get("account_id")?)?.filter(|known| !known.disabled) else {
        return Ok(None);
    };
    let to_link = match (row.get::<Option<String>>("issuer")?, row.get::<Option<String>>("subject")?) {
        (Some(issuer), Some(subject)) => Some(ToLink {
            issuer,
            subject,
            shown_as: row.get::<Option<String>>("shown_as")?.unwrap_or_default(),
            link_hash: row.get("link_hash")?,
        }),
        _ => None,
    };
    Ok(Some(Step { known, door: Door::from_key(row.get::<Option<String>>("through")?.as_deref()), to_link }))
}

/// The second factor is proven: the question is over, and an identity that waited for it is linked. False when that is no
/// longer possible, and then nobody is let in by it.
pub(super) fn use_up_step(w: &mut Write<'_>, token: &str, step: &Step, now: Timestamp) -> Result<bool> {
    w.execute(sql("DELETE FROM sign_in_step WHERE token_hash = $1"), &[&fingerprint(token)])?;
    match &step.to_link {
        Some(to_link) => link_now(w, &step.known, to_link, now),
        None => Ok(true),
    }
}

/// Links an identity, and takes up the one-time link that it came with: the account's sessions end, as with a new password.
pub(super) fn link_now(w: &mut Write<'_>, known: &Known, to_link: &ToLink, now: Timestamp) -> Result<bool> {
    match account_of_identity(w, &to_link.issuer, &to_link.subject)? {
        Some(owner) if owner != known.id => return Ok(false),
        Some(_) => {}
        None => link_identity(w, &known.actor(), known.id, to_link)?,
    }
    if let Some(link) = &to_link.link_hash {
        if account_of_link(w, link, now)?.is_none_or(|(account, _)| account != known.id) {
            return Ok(false);
        }
        use_up_link(w, link, now)?;
        end_sessions(w, &known.actor(), known.id, Ending::All)?;
    }
    Ok(true)
}

/// Whether a question for the second factor stands, and which factors its account has: `(code app, passkeys)`.
///
/// # Errors
/// When the database can't be read.
pub fn step_stands(app: &App, token: &str) -> Result<Option<(bool, bool)>> {
    app.db().read(|r| {
        let Some(step) = step_of(r, token, clock::now())? else { return Ok(None) };
        let there = factors(r, step.known.id)?;
        Ok(Some((there.code_app_since.is_some(), !there.passkeys.is_empty())))
    })
}
