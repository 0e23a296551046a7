//! One-time codes (TOTP, RFC 6238): the seed is sealed, a code is taken once.

use super::guard::App;
use super::seal::{Seal, SealError};
use super::session::hex;
use crate::clock;
use jiff::Timestamp;
use store::{Read, Write, sql};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

/// What the code app shows above the code.
const ISSUER: &str = "Alongside";

/// Why a one-time code can't be set up or weighed.
#[derive(Debug, thiserror::Error)]
pub enum TotpError {
    /// The seed can't be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The seed is not one.
    #[error("the one-time code could not be worked out: {0}")]
    Seed(String),
}

/// A seed to be put into a code app: as a picture and as text.
#[derive(Debug)]
pub struct Enrolment {
    /// The QR code as an SVG picture.
    pub picture: String,
    /// The same to type in, in groups of four.
    pub typed: String,
}

fn totp(seed: &[u8], name: &str) -> Result<Totp, TotpError> {
    // The label must hold no colon, which separates issuer and name.
    Builder::new()
        .with_secret(Secret::from(seed.to_vec()))
        .with_account_name(name.replace(':', " "))
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(|e| TotpError::Seed(e.to_string()))
}

/// Begins to set up a code app with a fresh seed; one that was never confirmed is forgotten, a confirmed one stays.
pub(super) fn begin(w: &mut Write<'_>, seal: &Seal, account: Uuid) -> Result<(), TotpError> {
    w.execute(sql("DELETE FROM totp WHERE account_id = $1 AND confirmed_at IS NULL"), &[&account])?;
    let mut seed = [0_u8; 20];
    getrandom::fill(&mut seed).map_err(|e| TotpError::Seed(e.to_string()))?;
    let sealed = seal.close(&account.to_string(), &seed)?;
    w.execute(
        sql("INSERT INTO totp (account_id, sealed_seed, begun_at, last_step) VALUES ($1, $2, $3, 0) ON CONFLICT (account_id) DO NOTHING"),
        &[&account, &sealed, &clock::now()],
    )?;
    Ok(())
}

struct Kept {
    seed: Vec<u8>,
    confirmed: bool,
}

fn kept(r: &mut Read<'_>, seal: &Seal, account: Uuid) -> Result<Option<Kept>, TotpError> {
    let row =
        r.maybe(sql("SELECT sealed_seed, confirmed_at FROM totp WHERE account_id = $1"), &[&account])?;
    let Some(row) = row else { return Ok(None) };
    let seed = seal.open(&account.to_string(), &row.get::<String>("sealed_seed")?)?;
    Ok(Some(Kept { seed, confirmed: row.get::<Option<Timestamp>>("confirmed_at")?.is_some() }))
}

/// The seed that waits to be confirmed. A confirmed one is never shown again.
pub(super) fn waiting(
    r: &mut Read<'_>,
    seal: &Seal,
    account: Uuid,
    email: &str,
) -> Result<Option<Enrolment>, TotpError> {
    let Some(kept) = kept(r, seal, account)?.filter(|kept| !kept.confirmed) else { return Ok(None) };
    let totp = totp(&kept.seed, email)?;
    let address = totp.to_url().map_err(|e| TotpError::Seed(e.to_string()))?;
    let code = qrcode::QrCode::new(address.as_bytes()).map_err(|e| TotpError::Seed(e.to_string()))?;
    let picture = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build();
    let letters: Vec<char> = Secret::from(kept.seed).to_base32().chars().collect();
    let typed = letters.chunks(4).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    Ok(Some(Enrolment { picture, typed }))
}

/// Whether a code fits now, give or take half a minute, and was not used before. It can't be used again.
pub(super) fn take(
    w: &mut Write<'_>,
    seal: &Seal,
    account: Uuid,
    code: &str,
    now: Timestamp,
) -> Result<bool, TotpError> {
    let Some(kept) = kept(w, seal, account)? else { return Ok(false) };
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let at = u64::try_from(now.as_second()).unwrap_or(0);
    let Some(step) = totp(&kept.seed, "")?.check(&digits, at) else { return Ok(false) };
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    // The step only goes forward, in one statement: of two requests with one code, one is refused.
    let moved = w.execute(
        sql("UPDATE totp SET last_step = $1, confirmed_at = COALESCE(confirmed_at, $2) WHERE account_id = $3 AND last_step < $4"),
        &[&step, &now, &account, &step],
    )?;
    Ok(moved == 1)
}

/// Takes the code app away; whether one was confirmed.
pub(super) fn remove(w: &mut Write<'_>, account: Uuid) -> store::Result<bool> {
    let there = w.maybe(sql("SELECT confirmed_at FROM totp WHERE account_id = $1"), &[&account])?;
    w.execute(sql("DELETE FROM totp WHERE account_id = $1"), &[&account])?;
    match there {
        Some(row) => Ok(row.get::<Option<Timestamp>>("confirmed_at")?.is_some()),
        None => Ok(false),
    }
}

/// When the code app was confirmed.
pub(super) fn confirmed_at(r: &mut Read<'_>, account: Uuid) -> store::Result<Option<Timestamp>> {
    match r.maybe(sql("SELECT confirmed_at FROM totp WHERE account_id = $1"), &[&account])? {
        Some(row) => row.get("confirmed_at"),
        None => Ok(None),
    }
}

/// Whether the key in force opens what is sealed: for `alongside doctor`.
///
/// # Errors
/// When the key is missing or another one, or the database can't be read.
pub fn seal_check(app: &App) -> Result<usize, TotpError> {
    let seal = Seal::of(&app.config)?;
    app.db().read(|r| {
        let rows = r.query(sql("SELECT account_id FROM totp ORDER BY account_id LIMIT 20"), &[])?;
        for row in &rows {
            kept(r, &seal, row.get("account_id")?)?;
        }
        Ok(rows.len())
    })
}

/// How many recovery codes one set has.
const CODES: usize = 10;

/// A fresh set of recovery codes; the one before it stops working. Shown once, kept as hashes.
pub(super) fn renew_recovery_codes(w: &mut Write<'_>, account: Uuid) -> store::Result<Vec<String>> {
    let now = clock::now();
    w.execute(
        sql("UPDATE recovery_code SET replaced_at = $1 WHERE account_id = $2 AND replaced_at IS NULL AND used_at IS NULL"),
        &[&now, &account],
    )?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)
            .map_err(|e| store::Error::Connect(format!("no randomness from the system: {e}")))?;
        // 128 bits: a plain hash is enough, nobody tries them all.
        let code = hex(&bytes);
        w.execute(
            sql("INSERT INTO recovery_code (id, account_id, code_hash, made_at) VALUES ($1, $2, $3, $4)"),
            &[&Uuid::now_v7(), &account, &super::session::fingerprint(&code), &now],
        )?;
        let groups: Vec<&str> = (0..8).map(|n| &code[n * 4..n * 4 + 4]).collect();
        codes.push(groups.join("-"));
    }
    Ok(codes)
}

/// Whether this is an unused recovery code of the account. It can't be used again.
pub(super) fn take_recovery_code(
    w: &mut Write<'_>,
    account: Uuid,
    code: &str,
    now: Timestamp,
) -> store::Result<bool> {
    let plain: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let used = w.execute(
        sql("UPDATE recovery_code SET used_at = $1 WHERE account_id = $2 AND code_hash = $3 AND used_at IS NULL AND replaced_at IS NULL"),
        &[&now, &account, &super::session::fingerprint(&plain)],
    )?;
    Ok(used == 1)
}

/// Recovery codes that still work.
pub(super) fn recovery_codes_left(r: &mut Read<'_>, account: Uuid) -> store::Result<i64> {
    r.one(
        sql("SELECT COUNT(*) AS n FROM recovery_code WHERE account_id = $1 AND used_at IS NULL AND replaced_at IS NULL"),
        &[&account],
    )?
    .get("n")
}
