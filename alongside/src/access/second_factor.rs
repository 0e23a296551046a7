//! Second factors of an account: who needs one, what there is, setting up and taking away.

use super::account::{Account, Grant, email_key};
use super::guard::App;
use super::passkey::{self, PasskeyError, PasskeyLine};
use super::policy::Role;
use super::seal::{Seal, SealError};
use super::session::{Ending, end_sessions, proven};
use super::totp::{self, Enrolment, TotpError};
use crate::audit::{Actor, Event, append};
use crate::clock;
use crate::config::{Config, SecondFactor};
use jiff::Timestamp;
use store::{Db, Read, Write, sql};
use uuid::Uuid;
use webauthn_rs::prelude::{CreationChallengeResponse, RegisterPublicKeyCredential};

/// Why a second factor could not be set up, used or taken away.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// One-time codes.
    #[error(transparent)]
    Totp(#[from] TotpError),
    /// Passkeys.
    #[error(transparent)]
    Passkey(#[from] PasskeyError),
    /// The key that seals.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Whether somebody with these grants needs a second factor.
#[must_use]
pub fn needs_second_factor(config: &Config, grants: &[Grant]) -> bool {
    match &config.signing_in.second_factor {
        SecondFactor::Off => false,
        SecondFactor::All => true,
        SecondFactor::ByRole => grants.iter().any(|g| g.role.needs_second_factor()),
        SecondFactor::Roles(keys) => grants.iter().any(|g| keys.iter().any(|key| key == g.role.key())),
    }
}

/// A role word in the settings that is none; nothing when all are known.
#[must_use]
pub fn unknown_role(config: &Config) -> Option<&str> {
    match &config.signing_in.second_factor {
        SecondFactor::Roles(keys) => {
            keys.iter().find(|key| Role::from_key(key).is_none()).map(String::as_str)
        }
        _ => None,
    }
}

/// What an account has.
#[derive(Debug, Clone, Default)]
pub struct Factors {
    /// A code app, since then.
    pub code_app_since: Option<Timestamp>,
    /// Passkeys.
    pub passkeys: Vec<PasskeyLine>,
    /// Recovery codes that still work.
    pub recovery_codes: i64,
}

impl Factors {
    /// Whether there is any: then it is asked for at each sign-in.
    #[must_use]
    pub fn any(&self) -> bool {
        self.code_app_since.is_some() || !self.passkeys.is_empty()
    }

    /// In words, for the audit: old and new values.
    #[must_use]
    pub fn words(&self) -> String {
        let app = if self.code_app_since.is_some() { "code app" } else { "no code app" };
        format!("{app}, {} passkeys, {} recovery codes", self.passkeys.len(), self.recovery_codes)
    }
}

/// What an account has.
///
/// # Errors
/// When the database can't be read.
pub fn factors(r: &mut Read<'_>, account: Uuid) -> store::Result<Factors> {
    Ok(Factors {
        code_app_since: totp::confirmed_at(r, account)?,
        passkeys: passkey::passkeys(r, account)?,
        recovery_codes: totp::recovery_codes_left(r, account)?,
    })
}

/// Begins to set up a code app for whoever is signed in.
///
/// # Errors
/// When the key or the database fails.
pub fn begin_code_app(app: &App, account: &Account) -> Result<(), FactorError> {
    let seal = Seal::of(&app.config)?;
    app.db().write(|w| Ok::<_, FactorError>(totp::begin(w, &seal, account.id)?))
}

/// The seed that waits to be confirmed.
///
/// # Errors
/// When the key or the database fails.
pub fn code_app_waiting(app: &App, account: &Account) -> Result<Option<Enrolment>, FactorError> {
    let seal = Seal::of(&app.config)?;
    app.db().read(|r| Ok::<_, FactorError>(totp::waiting(r, &seal, account.id, &account.email)?))
}

/// Confirms a code app with its first code: recovery codes when it fits. Other sessions of the account, which knew no second
/// factor, end.
///
/// # Errors
/// When the key or the database fails.
pub fn confirm_code_app(
    app: &App,
    account: &Account,
    code: &str,
) -> Result<Option<Vec<String>>, FactorError> {
    let seal = Seal::of(&app.config)?;
    app.db().write(|w| {
        let before = factors(w, account.id)?;
        if before.code_app_since.is_some() || !totp::take(w, &seal, account.id, code, clock::now())? {
            return Ok(None);
        }
        let codes = totp::renew_recovery_codes(w, account.id)?;
        set_up(w, account, &before, "totp")?;
        Ok(Some(codes))
    })
}

/// What follows when a second factor was added in this session.
fn set_up(w: &mut Write<'_>, account: &Account, before: &Factors, by: &str) -> Result<(), FactorError> {
    proven(w, account.session.id, by)?;
    end_sessions(w, &account.actor(), account.id, Ending::AllBut(account.session.id))?;
    let after = factors(w, account.id)?;
    let detail = format!("from {} to {}", before.words(), after.words());
    append(w, &account.actor(), &[Event::new("second factor added", "account", account.id).with(detail)])?;
    Ok(())
}

/// Fresh recovery codes; those before stop working.
///
/// # Errors
/// When the database refuses.
pub fn renew_recovery_codes(db: &Db, account: &Account) -> store::Result<Vec<String>> {
    db.write(|w| {
        let codes = totp::renew_recovery_codes(w, account.id)?;
        append(w, &account.actor(), &[Event::new("recovery codes made anew", "account", account.id)])?;
        Ok(codes)
    })
}

/// What the browser is asked to make a passkey, with the token for its answer.
///
/// # Errors
/// When passkeys are not possible here, or the database refuses.
pub fn start_passkey(
    app: &App,
    account: &Account,
) -> Result<(CreationChallengeResponse, String), FactorError> {
    app.db().write(|w| {
        Ok(passkey::start_making(app, w, account.id, (&email_key(&account.email), &account.name))?)
    })
}

/// Keeps the passkey that the browser made; recovery codes when the account had none.
///
/// # Errors
/// When the answer does not fit, or the database refuses.
pub fn finish_passkey(
    app: &App,
    account: &Account,
    (token, name): (&str, &str),
    answer: &RegisterPublicKeyCredential,
) -> Result<Option<Vec<String>>, FactorError> {
    app.db().write(|w| {
        let before = factors(w, account.id)?;
        passkey::finish_making(app, w, account.id, token, name, answer)?;
        let codes = match before.recovery_codes {
            0 => Some(totp::renew_recovery_codes(w, account.id)?),
            _ => None,
        };
        set_up(w, account, &before, "passkey")?;
        Ok(codes)
    })
}

/// What is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// The code app.
    CodeApp,
    /// One passkey.
    Passkey(Uuid),
    /// Everything, for somebody who lost their device.
    All,
}

/// Takes second factors of an account away. Where its role needs one, the next sign-in asks to set one up.
///
/// # Errors
/// When the database refuses.
pub fn remove_factor(w: &mut Write<'_>, by: &Actor, account: Uuid, what: Removed) -> store::Result<bool> {
    let before = factors(w, account)?;
    let there = match what {
        Removed::CodeApp => totp::remove(w, account)?,
        Removed::Passkey(id) => passkey::remove(w, account, id)?.is_some(),
        Removed::All => {
            let app = totp::remove(w, account)?;
            (passkey::remove_all(w, account)? > 0) | app
        }
    };
    if !factors(w, account)?.any() {
        // Recovery codes stand in for a factor; without one they would be a second password.
        w.execute(
            sql("UPDATE recovery_code SET replaced_at = $1 WHERE account_id = $2 AND replaced_at IS NULL"),
            &[&clock::now(), &account],
        )?;
    }
    if there {
        let detail = format!("from {} to {}", before.words(), factors(w, account)?.words());
        append(w, by, &[Event::new("second factor taken away", "account", account).with(detail)])?;
    }
    Ok(there)
}
