//! Passkeys (WebAuthn): a key in the device or in a security key, unlocked by its owner. It proves both factors at once,
//! so it signs in without a password. Only for the service's own address: a look-alike site gets nothing.

use super::guard::App;
use super::session::{fingerprint, secret};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Write, sql};
use uuid::Uuid;
use webauthn_rs::prelude::{
    CreationChallengeResponse, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, RequestChallengeResponse, Url, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use webauthn_rs_proto::ResidentKeyRequirement;

/// Minutes in which a browser must answer.
const CHALLENGE_MINUTES: i64 = 5;

/// Why a passkey could not be made or used.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The service's address is no name, such as 127.0.0.1: browsers make passkeys for names only.
    #[error("passkeys need the service's address to be a name: https://… or http://localhost")]
    Address,
    /// What the browser sent does not fit.
    #[error("the passkey was not accepted: {0}")]
    Refused(#[from] WebauthnError),
    /// It took too long, or was answered already.
    #[error("the question to the browser ran out")]
    Gone,
    /// Something kept can't be read or written.
    #[error("a passkey could not be kept or read: {0}")]
    Json(#[from] serde_json::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Whether browsers can make passkeys for this service's address.
#[must_use]
pub fn passkeys_possible(app: &App) -> bool {
    webauthn(app).is_ok()
}

fn webauthn(app: &App) -> Result<Webauthn, PasskeyError> {
    let origin = Url::parse(&app.config.public_url).map_err(|_| PasskeyError::Address)?;
    let name = origin.domain().ok_or(PasskeyError::Address)?.to_owned();
    // Browsers allow plain http for the machine itself only.
    if !app.config.secure() && name != "localhost" {
        return Err(PasskeyError::Address);
    }
    Ok(WebauthnBuilder::new(&name, &origin)?.rp_name("Alongside").build()?)
}

fn keep_challenge(
    w: &mut Write<'_>,
    account: Option<Uuid>,
    state: &str,
    now: Timestamp,
) -> Result<String, store::Error> {
    let token = secret()?;
    w.execute(sql("DELETE FROM passkey_challenge WHERE expires_at <= $1"), &[&now])?;
    w.execute(
        sql("INSERT INTO passkey_challenge (token_hash, account_id, state, expires_at) VALUES ($1, $2, $3, $4)"),
        &[&fingerprint(&token), &account, &state, &(now + SignedDuration::from_mins(CHALLENGE_MINUTES))],
    )?;
    Ok(token)
}

/// The state of a question, taken away: it is answered once.
fn take_challenge(w: &mut Write<'_>, token: &str, account: Option<Uuid>) -> Result<String, PasskeyError> {
    let row = w.maybe(
        sql("SELECT state, expires_at FROM passkey_challenge WHERE token_hash = $1 AND account_id IS NOT DISTINCT FROM $2"),
        &[&fingerprint(token), &account],
    )?;
    w.execute(sql("DELETE FROM passkey_challenge WHERE token_hash = $1"), &[&fingerprint(token)])?;
    let row = row.ok_or(PasskeyError::Gone)?;
    if row.get::<Timestamp>("expires_at")? <= clock::now() {
        return Err(PasskeyError::Gone);
    }
    Ok(row.get("state")?)
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone)]
pub struct PasskeyLine {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// An account's passkeys, the oldest first.
pub(super) fn passkeys(r: &mut Read<'_>, account: Uuid) -> store::Result<Vec<PasskeyLine>> {
    r.query(
        sql("SELECT id, name, made_at, last_used_at FROM passkey WHERE account_id = $1 AND removed_at IS NULL ORDER BY made_at, id"),
        &[&account],
    )?
    .iter()
    .map(|row| {
        Ok(PasskeyLine {
            id: row.get("id")?,
            name: row.get("name")?,
            made_at: row.get("made_at")?,
            last_used_at: row.get("last_used_at")?,
        })
    })
    .collect()
}

/// What the browser is asked, and the token under which its answer is expected.
pub(super) fn start_making(
    app: &App,
    w: &mut Write<'_>,
    account: Uuid,
    (email, name): (&str, &str),
) -> Result<(CreationChallengeResponse, String), PasskeyError> {
    let mut there = Vec::new();
    for row in w.query(
        sql("SELECT credential FROM passkey WHERE account_id = $1 AND removed_at IS NULL"),
        &[&account],
    )? {
        let passkey: Passkey = serde_json::from_str(&row.get::<String>("credential")?)?;
        there.push(passkey.cred_id().clone());
    }
    let (mut question, state) =
        webauthn(app)?.start_passkey_registration(account, email, name, Some(there))?;
    // Kept in the device, so that it is offered without an address being typed.
    if let Some(selection) = &mut question.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    let token = keep_challenge(w, Some(account), &serde_json::to_string(&state)?, clock::now())?;
    Ok((question, token))
}

/// Keeps the passkey that a browser made.
pub(super) fn finish_making(
    app: &App,
    w: &mut Write<'_>,
    account: Uuid,
    token: &str,
    name: &str,
    answer: &RegisterPublicKeyCredential,
) -> Result<Uuid, PasskeyError> {
    let state: PasskeyRegistration = serde_json::from_str(&take_challenge(w, token, Some(account))?)?;
    let passkey = webauthn(app)?.finish_passkey_registration(answer, &state)?;
    let id = Uuid::now_v7();
    w.execute(
        sql("INSERT INTO passkey (id, account_id, name, credential_id, credential, made_at) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&id, &account, &name, &super::session::hex(passkey.cred_id()), &serde_json::to_string(&passkey)?, &clock::now()],
    )?;
    Ok(id)
}

/// What a browser is asked that signs in without an address.
pub(super) fn start_using(
    app: &App,
    w: &mut Write<'_>,
) -> Result<(RequestChallengeResponse, String), PasskeyError> {
    let (question, state) = webauthn(app)?.start_discoverable_authentication()?;
    let token = keep_challenge(w, None, &serde_json::to_string(&state)?, clock::now())?;
    Ok((question, token))
}

/// Whose passkey an answer claims to be, before it is weighed.
pub(super) fn claimed(r: &mut Read<'_>, answer: &PublicKeyCredential) -> store::Result<Option<Uuid>> {
    r.maybe(
        sql("SELECT account_id FROM passkey WHERE credential_id = $1 AND removed_at IS NULL"),
        &[&super::session::hex(answer.get_credential_id())],
    )?
    .map(|row| row.get("account_id"))
    .transpose()
}

/// Weighs a browser's answer: nothing comes back when it does not fit.
pub(super) fn finish_using(
    app: &App,
    w: &mut Write<'_>,
    account: Uuid,
    token: &str,
    answer: &PublicKeyCredential,
) -> Result<(), PasskeyError> {
    let state: DiscoverableAuthentication = serde_json::from_str(&take_challenge(w, token, None)?)?;
    let row = w
        .maybe(
            sql("SELECT id, credential FROM passkey WHERE credential_id = $1 AND account_id = $2 AND removed_at IS NULL"),
            &[&super::session::hex(answer.get_credential_id()), &account],
        )?
        .ok_or(PasskeyError::Gone)?;
    let mut passkey: Passkey = serde_json::from_str(&row.get::<String>("credential")?)?;
    let result = webauthn(app)?.finish_discoverable_authentication_v2(answer, state, &passkey)?;
    if !result.user_verified() {
        return Err(PasskeyError::Gone);
    }
    // The counter: a copy of a key that lags behind is refused the next time.
    passkey.update_credential(&result);
    let id: Uuid = row.get("id")?;
    w.execute(
        sql("UPDATE passkey SET credential = $1, last_used_at = $2 WHERE id = $3"),
        &[&serde_json::to_string(&passkey)?, &clock::now(), &id],
    )?;
    Ok(())
}

/// Takes a passkey away; its name, if it was there.
pub(super) fn remove(w: &mut Write<'_>, account: Uuid, id: Uuid) -> store::Result<Option<String>> {
    let row = w.maybe(
        sql("SELECT name FROM passkey WHERE id = $1 AND account_id = $2 AND removed_at IS NULL"),
        &[&id, &account],
    )?;
    let Some(row) = row else { return Ok(None) };
    w.execute(sql("UPDATE passkey SET removed_at = $1 WHERE id = $2"), &[&clock::now(), &id])?;
    row.get("name").map(Some)
}

/// Takes all passkeys away; how many.
pub(super) fn remove_all(w: &mut Write<'_>, account: Uuid) -> store::Result<u64> {
    w.execute(
        sql("UPDATE passkey SET removed_at = $1 WHERE account_id = $2 AND removed_at IS NULL"),
        &[&clock::now(), &account],
    )
}
