//! Passwords: argon2id, and what makes one acceptable.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Shortest password taken (ASVS 5.0, 6.2.1); 15 and more are advised wherever one is chosen. No composition rules (6.2.5).
pub const SHORTEST: usize = 8;
/// Longest password taken: more would only be a way to keep the server busy.
pub const LONGEST: usize = 256;

/// Why a password is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("Choose a password of at least {SHORTEST} characters. Three or four unrelated words work well.")]
    Short,
    /// Known to everybody who guesses.
    #[error(
        "Choose another password: this one is among those that are guessed first. Three or four unrelated words work well."
    )]
    Common,
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
/// When the password is too short, too long or among the common ones.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    match password.chars().count() {
        n if n < SHORTEST => return Err(PasswordError::Short),
        n if n > LONGEST => return Err(PasswordError::Long),
        _ if is_common(password) => return Err(PasswordError::Common),
        _ => {}
    }
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|e| PasswordError::Hash(e.to_string()))
}

/// Passwords seen in breaches again and again (ASVS 5.0, 6.2.4 and 6.2.12); the file says where they come from.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/common-passwords.txt").lines().filter(|line| !line.starts_with("# ")).collect()
});

/// Whether a password is a common one, also with other capitals, with figures or marks hung on, or one character over and
/// over.
fn is_common(password: &str) -> bool {
    let plain = password.to_lowercase();
    let first = plain.chars().next();
    let bare = plain.trim_end_matches(|c: char| !c.is_alphabetic());
    COMMON.contains(plain.as_str())
        || COMMON.contains(bare)
        || plain.chars().all(|c| Some(c) == first)
        || ["alongside", "together", "probation", "liaison"].contains(&bare)
}

/// What is kept for an account whose owner has not chosen a password yet: fits nothing.
pub(super) const NONE_YET: &str = "!";

/// Whether a password fits a kept hash. Takes as long for an account without a password.
#[must_use]
pub fn fits(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        spend_a_check(password);
        return false;
    };
    // Weighed whatever its length: an answer that came sooner would tell that there is an account.
    let fits = weigh(password, &parsed);
    fits && password.chars().count() <= LONGEST
}

fn weigh(password: &str, hash: &PasswordHash) -> bool {
    let short: String = password.chars().take(LONGEST).collect();
    Argon2::default().verify_password(short.as_bytes(), hash).is_ok()
}

/// A hash of nothing anybody knows, with the cost of real ones.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$5J4Lq0nMk2vYF3cZ0oWkqg9d2r3C9y3c2mXn1bYJcQw";

/// Spends the time of a check when there is no account, so that the answer's timing names nobody.
pub fn spend_a_check(password: &str) {
    if let Ok(parsed) = PasswordHash::new(NOBODY) {
        let _ = weigh(password, &parsed);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_passwords_are_refused_however_they_are_dressed_up() {
        for common in ["password", "Password1!", "QWERTYUIOP", "iloveyou2026", "alongside1", "aaaaaaaaaaaa"] {
            assert!(matches!(hash_password(common), Err(PasswordError::Common)), "{common}");
        }
        assert!(matches!(hash_password("sunny"), Err(PasswordError::Short)));
        assert!(hash_password("four plain test words").is_ok());
        assert!(hash_password("correcthorsebattery").is_ok());
        assert!(COMMON.len() > 3_000, "ASVS asks for three thousand");
    }

    #[test]
    fn an_account_without_a_password_lets_nobody_in() {
        assert!(!fits(NONE_YET, NONE_YET) && !fits("", NONE_YET));
        let (real, nobody) =
            (hash_password("four plain test words").unwrap(), PasswordHash::new(NOBODY).unwrap());
        let real = PasswordHash::new(&real).unwrap();
        assert_eq!((real.algorithm, real.params), (nobody.algorithm, nobody.params), "one cost for all");
    }
}
