//! Passwords: argon2id, and what makes one acceptable.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};

/// Shortest password taken. ASVS 6.2.1 advises 15; long phrases are welcome, no composition rules (6.2.5).
pub const SHORTEST: usize = 12;
/// Longest password taken: more would only be a way to keep the server busy.
pub const LONGEST: usize = 256;

/// Why a password is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("Choose a password of at least {SHORTEST} characters. Three or four unrelated words work well.")]
    Short,
    /// Too long.
    #[error("Choose a password of at most {LONGEST} characters.")]
    Long,
    /// The hash could not be made.
    #[error("The password could not be kept: {0}")]
    Hash(String),
}

/// The argon2id hash to keep.
///
/// # Errors
/// When the password is too short or too long.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    match password.chars().count() {
        n if n < SHORTEST => return Err(PasswordError::Short),
        n if n > LONGEST => return Err(PasswordError::Long),
        _ => {}
    }
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|e| PasswordError::Hash(e.to_string()))
}

/// Whether a password fits a kept hash.
#[must_use]
pub fn fits(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else { return false };
    password.chars().count() <= LONGEST
        && Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

/// Spends the time of a check when there is no account, so that the answer's timing names nobody.
pub fn spend_a_check(password: &str) {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$5J4Lq0nMk2vYF3cZ0oWkqg9d2r3C9y3c2mXn1bYJcQw";
    let _ = fits(password, NOBODY);
}

/// A password for somebody who will choose their own: four syllables and figures nobody has used.
///
/// # Errors
/// When the system gives no randomness.
pub fn random_password() -> Result<String, PasswordError> {
    const SYLLABLES: [&str; 32] = [
        "ba", "be", "bi", "bo", "da", "de", "di", "do", "ka", "ke", "ki", "ko", "la", "le", "li", "lo", "ma",
        "me", "mi", "mo", "na", "ne", "ni", "no", "ra", "re", "ri", "ro", "ta", "te", "ti", "to",
    ];
    let mut random = [0_u8; 12];
    getrandom::fill(&mut random).map_err(|e| PasswordError::Hash(e.to_string()))?;
    let word = |bytes: &[u8]| bytes.iter().map(|b| SYLLABLES[usize::from(b % 32)]).collect::<String>();
    Ok(format!("{}-{}-{}", word(&random[..4]), word(&random[4..8]), word(&random[8..])))
}
