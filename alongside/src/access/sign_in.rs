//! Signing in: password, then the second factor where there is one; or a passkey, which is both. Every try goes through
//! [`super::lockout`] first.

use super::account::{Account, email_key, grants};
use super::caller::Caller;
use super::guard::App;
use super::limits::limits_of;
use super::lockout::{self, Attempt, Standing};
use super::passkey;
use super::password::{self, NONE_YET};
use super::seal::Seal;
use super::second_factor::{FactorError, factors};
use super::session;
use super::single_sign_on::identities;
use super::step::{Door, ask_second, step_of, use_up_step};
use super::totp;
use crate::audit::{Actor, Event, append};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Write, sql};
use uuid::Uuid;
use webauthn_rs::prelude::{PublicKeyCredential, RequestChallengeResponse};

/// Minutes for which having come through the provider stands in for a password, where there is none to ask for.
const JUST_NOW_MINUTES: i64 = 10;

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
    pub(super) email: String,
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
pub(super) fn lets_in_here(app: &App, email: &str) -> bool {
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
            ask_second(w, known.id, Door::Here, None, now).map(SignIn::Step)
        }
        Some(known) => let_in(app, w, &known, caller, (Door::Here, None), refused).map(SignIn::In),
    })
}

/// Begins the session of somebody who came by this door and proved this second factor, if one.
pub(super) fn let_in(
    app: &App,
    w: &mut Write<'_>,
    known: &Known,
    caller: &Caller,
    (door, second_factor): (Door, Option<&str>),
    refused: i64,
) -> store::Result<String> {
    lockout::fitted(w, &known.attempt(caller))?;
    let granted = grants(w, known.id)?;
    let limits = limits_of(w, &app.config, &granted)?;
    let token = session::begin(w, known.id, caller, limits, (door, second_factor))?;
    let how = match (door, second_factor) {
        (Door::Here, None) => "password only".to_owned(),
        (Door::Here, Some(factor)) => factor.to_owned(),
        (Door::Provider, None) => "through the provider of single sign-on".to_owned(),
        (Door::Provider, Some(factor)) => format!("through the provider of single sign-on; {factor}"),
    };
    let after = if refused > 0 { format!("; after {refused} refused tries") } else { String::new() };
    let event = Event::new("signed in", "account", known.id).with(format!("{how}{after}"));
    append(w, &known.actor(), &[event])?;
    Ok(token)
}

/// Answers the question for the second factor with a one-time code or a recovery code.
///
/// # Errors
/// When the key or the database fails.
pub fn answer_step(app: &App, caller: &Caller, token: &str, code: &str) -> Result<SignIn, FactorError> {
    let now = clock::now();
    let Some(step) = app.db().read(|r| step_of(r, token, now))? else { return Ok(SignIn::Gone) };
    let known = &step.known;
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
        if !use_up_step(w, token, &step, now)? {
            return Ok(SignIn::Gone);
        }
        let factor = if by_app { "totp" } else { "recovery-code" };
        Ok(SignIn::In(let_in(app, w, known, caller, (step.door, Some(factor)), refused)?))
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

/// Weighs the browser's answer. `step` is the question for a second factor that the browser has, if it has one: whoever came
/// through the provider answers it with a passkey, also where passkeys alone let nobody in.
///
/// # Errors
/// When the database fails; an answer that does not fit is [`SignIn::Refused`].
pub fn finish_passkey_sign_in(
    app: &App,
    caller: &Caller,
    (token, step): (&str, Option<&str>),
    answer: &PublicKeyCredential,
) -> Result<SignIn, FactorError> {
    let now = clock::now();
    let known = app.db().read(|r| match passkey::claimed(r, answer)? {
        Some(account) => by_id(r, account),
        None => Ok(None),
    })?;
    let asked = match (&known, step) {
        (Some(known), Some(step)) => app
            .db()
            .read(|r| step_of(r, step, now))?
            .filter(|asked| asked.known.id == known.id)
            .map(|asked| (step, asked)),
        _ => None,
    };
    let door = asked.as_ref().map_or(Door::Here, |(_, asked)| asked.door);
    let attempt = known.as_ref().map_or_else(|| Attempt::nobody(&caller.network), |k| k.attempt(caller));
    let refused = match app.db().write(|w| lockout::begin(w, &attempt, now))? {
        Standing::Held { until } => return Ok(SignIn::Held(until)),
        Standing::Open { refused_before } => refused_before,
    };
    // In a transaction of its own: a refusal must still use up the question.
    let may = |k: &&Known| !k.disabled && (door == Door::Provider || lets_in_here(app, &k.email));
    let fits = match known.as_ref().filter(may) {
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
        Some(known) => {
            if let Some((step, asked)) = &asked
                && !use_up_step(w, step, asked, now)?
            {
                return Ok(SignIn::Refused);
            }
            Ok(SignIn::In(let_in(app, w, &known, caller, (door, Some("passkey")), refused)?))
        }
        None => {
            lockout::refused(w, &attempt, "passkey", now)?;
            Ok(SignIn::Refused)
        }
    })
}

/// What is asked of somebody signed in before what protects their account is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToConfirm {
    /// Their present password.
    Password,
    /// Nothing: they have none that works here, and came through the provider just now.
    Nothing,
    /// They have none that works here, and came a while ago: to come through the provider once more.
    ComeAgain,
}

/// What is asked of this account before what protects it is changed.
///
/// # Errors
/// When the database can't be read.
pub fn to_confirm(
    app: &App,
    r: &mut Read<'_>,
    account: &Account,
    now: Timestamp,
) -> store::Result<ToConfirm> {
    let has_password = by_id(r, account.id)?.is_some_and(|known| known.hash != NONE_YET);
    let just_now = SignedDuration::from_mins(JUST_NOW_MINUTES);
    Ok(match account.session.through_provider_at {
        _ if has_password && lets_in_here(app, &account.email) => ToConfirm::Password,
        Some(at) if at + just_now > now => ToConfirm::Nothing,
        Some(_) => ToConfirm::ComeAgain,
        None => ToConfirm::Password,
    })
}

/// Whether an account could still come in without this identity: by another one, or by a password or passkey that works here.
///
/// # Errors
/// When the database can't be read.
pub fn other_door(app: &App, r: &mut Read<'_>, account: &Account, without: Uuid) -> store::Result<bool> {
    let issuer = app.provider().map(|provider| provider.settings().issuer.as_str());
    let another = identities(r, account.id)?
        .iter()
        .any(|line| line.id != without && Some(line.issuer.as_str()) == issuer);
    let has_password = by_id(r, account.id)?.is_some_and(|known| known.hash != NONE_YET);
    let has_passkey = !factors(r, account.id)?.passkeys.is_empty();
    Ok(another || (lets_in_here(app, &account.email) && (has_password || has_passkey)))
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
