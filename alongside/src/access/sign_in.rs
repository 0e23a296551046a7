//! Signing in: password, then the second factor where there is one; or a passkey, which is both. Every try goes through
//! [`super::lockout`] first.

use super::account::{email_key, grants};
use super::caller::Caller;
use super::guard::App;
use super::limits::limits_of;
use super::lockout::{self, Attempt, Standing};
use super::passkey;
use super::password;
use super::seal::Seal;
use super::second_factor::{FactorError, factors};
use super::session::{self, fingerprint, secret};
use super::totp;
use crate::audit::{Actor, Event, append};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Write, sql};
use uuid::Uuid;
use webauthn_rs::prelude::{PublicKeyCredential, RequestChallengeResponse};

/// Minutes for the second step.
const STEP_MINUTES: i64 = 10;

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// In: the token of the session.
    In(String),
    /// The password fits; a second factor is asked for. The token of that question.
    Step(String),
    /// No.
    Refused,
    /// Not weighed: too many tries. Until then.
    Held(Timestamp),
    /// The question for the second factor ran out: from the start again.
    Gone,
}

/// An account as signing in needs it.
pub(super) struct Known {
    pub(super) id: Uuid,
    name: String,
    email: String,
    hash: String,
    pub(super) disabled: bool,
}

fn known(row: &store::Row) -> store::Result<Known> {
    Ok(Known {
        id: row.get("id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        hash: row.get("password_hash")?,
        disabled: row.get::<Option<Timestamp>>("disabled_at")?.is_some(),
    })
}

pub(super) fn by_email(r: &mut Read<'_>, email: &str) -> store::Result<Option<Known>> {
    r.maybe(
        sql("SELECT id, name, email, password_hash, disabled_at FROM account WHERE email_key = $1"),
        &[&email_key(email)],
    )?
    .map(|row| known(&row))
    .transpose()
}

pub(super) fn by_id(r: &mut Read<'_>, id: Uuid) -> store::Result<Option<Known>> {
    r.maybe(sql("SELECT id, name, email, password_hash, disabled_at FROM account WHERE id = $1"), &[&id])?
        .map(|row| known(&row))
        .transpose()
}

impl Known {
    pub(super) fn actor(&self) -> Actor {
        Actor { account: Some(self.id), words: self.name.clone() }
    }

    pub(super) fn attempt(&self, caller: &Caller) -> Attempt {
        Attempt::address(&self.email, Some(self.id), &caller.network)
    }
}

/// Whether this account may come in without the provider of single sign-on.
fn lets_in_here(app: &App, email: &str) -> bool {
    app.provider().is_none_or(|provider| provider.settings().lets_in_here(email))
}

/// Checks e-mail and password. The same answer, in the same time, for a wrong password, an unknown address and a disabled
/// account.
///
/// # Errors
/// When the database fails.
pub fn sign_in(app: &App, caller: &Caller, email: &str, typed: &str) -> store::Result<SignIn> {
    let db = app.db();
    let now = clock::now();
    let known = db.read(|r| by_email(r, email))?;
    let attempt = Attempt::address(email, known.as_ref().map(|k| k.id), &caller.network);
    let refused = match db.write(|w| lockout::begin(w, &attempt, now))? {
        Standing::Held { until } => return Ok(SignIn::Held(until)),
        Standing::Open { refused_before } => refused_before,
    };
    let fits = match &known {
        Some(known) => {
            password::fits(typed, &known.hash) && !known.disabled && lets_in_here(app, &known.email)
        }
        None => {
            password::spend_a_check(typed);
            false
        }
    };
    db.write(|w| match known.filter(|_| fits) {
        None => {
            lockout::refused(w, &attempt, "password", now)?;
            Ok(SignIn::Refused)
        }
        Some(known) if factors(w, known.id)?.any() => {
            lockout::half_fitted(w, &attempt)?;
            ask_second(w, known.id, now).map(SignIn::Step)
        }
        Some(known) => let_in(app, w, &known, caller, ("password only", None), refused).map(SignIn::In),
    })
}

pub(super) fn ask_second(w: &mut Write<'_>, account: Uuid, now: Timestamp) -> store::Result<String> {
    let token = secret()?;
    w.execute(sql("DELETE FROM sign_in_step WHERE expires_at <= $1"), &[&now])?;
    w.execute(
        sql("INSERT INTO sign_in_step (token_hash, account_id, expires_at) VALUES ($1, $2, $3)"),
        &[&fingerprint(&token), &account, &(now + SignedDuration::from_mins(STEP_MINUTES))],
    )?;
    Ok(token)
}

/// Begins the session. `how` is what the audit says, and the second factor that was proven, if one was.
pub(super) fn let_in(
    app: &App,
    w: &mut Write<'_>,
    known: &Known,
    caller: &Caller,
    (how, second_factor): (&str, Option<&str>),
    refused: i64,
) -> store::Result<String> {
    lockout::fitted(w, &known.attempt(caller))?;
    let granted = grants(w, known.id)?;
    let limits = limits_of(w, &app.config, &granted)?;
    let token = session::begin(w, known.id, caller, limits, second_factor)?;
    let after = if refused > 0 { format!("; after {refused} refused tries") } else { String::new() };
    let event = Event::new("signed in", "account", known.id).with(format!("{how}{after}"));
    append(w, &known.actor(), &[event])?;
    Ok(token)
}

/// Whether a question for the second factor stands, and which factors its account has: `(code app, passkeys)`.
///
/// # Errors
/// When the database can't be read.
pub fn step_stands(app: &App, token: &str) -> store::Result<Option<(bool, bool)>> {
    app.db().read(|r| {
        let Some(account) = account_of_step(r, token, clock::now())? else { return Ok(None) };
        let there = factors(r, account.id)?;
        Ok(Some((there.code_app_since.is_some(), !there.passkeys.is_empty())))
    })
}

fn account_of_step(r: &mut Read<'_>, token: &str, now: Timestamp) -> store::Result<Option<Known>> {
    let row = r.maybe(
        sql("SELECT account_id FROM sign_in_step WHERE token_hash = $1 AND expires_at > $2"),
        &[&fingerprint(token), &now],
    )?;
    match row {
        Some(row) => Ok(by_id(r, row.get("account_id")?)?.filter(|known| !known.disabled)),
        None => Ok(None),
    }
}

/// Answers the question for the second factor with a one-time code or a recovery code.
///
/// # Errors
/// When the key or the database fails.
pub fn answer_step(app: &App, caller: &Caller, token: &str, code: &str) -> Result<SignIn, FactorError> {
    let now = clock::now();
    let Some(known) = app.db().read(|r| account_of_step(r, token, now))? else { return Ok(SignIn::Gone) };
    let attempt = known.attempt(caller);
    let refused = match app.db().write(|w| lockout::begin(w, &attempt, now))? {
        Standing::Held { until } => return Ok(SignIn::Held(until)),
        Standing::Open { refused_before } => refused_before,
    };
    let seal = Seal::of(&app.config)?;
    app.db().write(|w| {
        let there = factors(w, known.id)?;
        let by_app = there.code_app_since.is_some() && totp::take(w, &seal, known.id, code, now)?;
        let by_recovery = !by_app && there.any() && totp::take_recovery_code(w, known.id, code, now)?;
        if !by_app && !by_recovery {
            lockout::refused(w, &attempt, "second factor", now)?;
            return Ok(SignIn::Refused);
        }
        w.execute(sql("DELETE FROM sign_in_step WHERE token_hash = $1"), &[&fingerprint(token)])?;
        let how = if by_app { "totp" } else { "recovery-code" };
        Ok(SignIn::In(let_in(app, w, &known, caller, (how, Some(how)), refused)?))
    })
}

/// What a browser is asked so that somebody signs in with a passkey, and the token for its answer. Held networks get no
/// question.
///
/// # Errors
/// When passkeys are not possible here, or the database refuses.
pub fn start_passkey_sign_in(app: &App) -> Result<(RequestChallengeResponse, String), FactorError> {
    app.db().write(|w| Ok(passkey::start_using(app, w)?))
}

/// Weighs the browser's answer.
///
/// # Errors
/// When the database fails; an answer that does not fit is [`SignIn::Refused`].
pub fn finish_passkey_sign_in(
    app: &App,
    caller: &Caller,
    token: &str,
    answer: &PublicKeyCredential,
) -> Result<SignIn, FactorError> {
    let now = clock::now();
    let known = app.db().read(|r| match passkey::claimed(r, answer)? {
        Some(account) => by_id(r, account),
        None => Ok(None),
    })?;
    let attempt = known.as_ref().map_or_else(|| Attempt::nobody(&caller.network), |k| k.attempt(caller));
    let refused = match app.db().write(|w| lockout::begin(w, &attempt, now))? {
        Standing::Held { until } => return Ok(SignIn::Held(until)),
        Standing::Open { refused_before } => refused_before,
    };
    // In a transaction of its own: a refusal must still use up the question.
    let fits = match known.as_ref().filter(|k| !k.disabled && lets_in_here(app, &k.email)) {
        Some(known) => match app
            .db()
            .write(|w| Ok::<_, store::Error>(passkey::finish_using(app, w, known.id, token, answer)))?
        {
            Ok(()) => true,
            Err(passkey::PasskeyError::Store(error)) => return Err(error.into()),
            Err(error) => {
                tracing::info!(%error, "a passkey was refused");
                false
            }
        },
        None => false,
    };
    app.db().write(|w| match known.filter(|_| fits) {
        Some(known) => Ok(SignIn::In(let_in(app, w, &known, caller, ("passkey", Some("passkey")), refused)?)),
        None => {
            lockout::refused(w, &attempt, "passkey", now)?;
            Ok(SignIn::Refused)
        }
    })
}

/// Whether the present password of somebody signed in was typed: asked before what protects the account is changed. Counts
/// like a sign-in, so that a session left open can't be used to guess it.
///
/// # Errors
/// When the database fails.
pub fn confirm_password(app: &App, caller: &Caller, account: Uuid, typed: &str) -> store::Result<SignIn> {
    let now = clock::now();
    let Some(known) = app.db().read(|r| by_id(r, account))? else { return Ok(SignIn::Gone) };
    let attempt = known.attempt(caller);
    if let Standing::Held { until } = app.db().write(|w| lockout::begin(w, &attempt, now))? {
        return Ok(SignIn::Held(until));
    }
    let fits = password::fits(typed, &known.hash);
    app.db().write(|w| {
        if fits {
            lockout::half_fitted(w, &attempt)?;
            return Ok(SignIn::In(String::new()));
        }
        lockout::refused(w, &attempt, "present password", now)?;
        Ok(SignIn::Refused)
    })
}
