//! Settings of signing in and of the glass.

use super::single_sign_on::SingleSignOn;
use super::{ConfigError, File, bad, number};
use std::path::PathBuf;

/// How people sign in.
#[derive(Debug, Clone)]
pub struct SigningIn {
    /// The header in which a proxy of ours writes where a request came from; without it, the connection tells.
    pub proxy_header: Option<String>,
    /// Who needs a second factor.
    pub second_factor: SecondFactor,
    /// The file with the key that seals secrets; made in the data folder when none is named.
    pub key_file: Option<PathBuf>,
    /// The key itself, from the environment.
    pub key: Option<Key>,
    /// A provider that says who somebody is.
    pub provider: Option<SingleSignOn>,
}

/// A key as 64 hexadecimal digits. Never printed.
#[derive(Clone)]
pub struct Key(pub(crate) String);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Who needs a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecondFactor {
    /// The roles that the policy says.
    ByRole,
    /// Everybody.
    All,
    /// Nobody has to: for a demo, or behind a sign-in that asks for one already.
    Off,
    /// The roles with these keys.
    Roles(Vec<String>),
}

/// Opening a record outside one's projects.
#[derive(Debug, Clone)]
pub struct Glass {
    /// Minutes a record stays open.
    pub minutes: i64,
    /// Hours after which a use that nobody reviewed is overdue.
    pub review_hours: i64,
    /// Reason classes for which a further use waits until the earlier one is reviewed.
    pub blocked_classes: Vec<String>,
}

impl SigningIn {
    pub(super) fn load(env: &impl Fn(&str) -> Option<String>, file: &File) -> Result<Self, ConfigError> {
        let proxy_header = env("ALONGSIDE_PROXY_HEADER").or_else(|| file.proxy_header.clone());
        if let Some(name) = &proxy_header
            && !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        {
            return Err(bad(
                "ALONGSIDE_PROXY_HEADER",
                name,
                "write a header's name, for example X-Forwarded-For",
            ));
        }
        let asked = env("ALONGSIDE_SECOND_FACTOR")
            .or_else(|| file.second_factor.clone())
            .unwrap_or_else(|| "by-role".into());
        let second_factor = match asked.trim() {
            "by-role" => SecondFactor::ByRole,
            "all" => SecondFactor::All,
            "off" => SecondFactor::Off,
            roles => SecondFactor::Roles(words(roles)),
        };
        let key = env("ALONGSIDE_KEY");
        if key.as_ref().is_some_and(|key| !is_key(key)) {
            // It is a secret, even a wrong one: not repeated.
            return Err(bad("ALONGSIDE_KEY", "…", "write 64 hexadecimal digits (openssl rand -hex 32)"));
        }
        let key_file = env("ALONGSIDE_KEY_FILE").map(PathBuf::from).or_else(|| file.key_file.clone());
        let key = key.map(|k| Key(k.trim().to_owned()));
        let provider = SingleSignOn::load(env, file)?;
        Ok(Self { proxy_header, second_factor, key_file, key, provider })
    }
}

/// Whether a text is a key: 256 bits in hexadecimal.
pub(crate) fn is_key(text: &str) -> bool {
    text.trim().len() == 64 && text.trim().bytes().all(|b| b.is_ascii_hexdigit())
}

impl Glass {
    pub(super) fn load(env: &impl Fn(&str) -> Option<String>, file: &File) -> Result<Self, ConfigError> {
        let minutes = number(
            "ALONGSIDE_GLASS_MINUTES",
            env("ALONGSIDE_GLASS_MINUTES"),
            file.glass_minutes,
            120,
            60..=180,
        )?;
        let review_hours = number(
            "ALONGSIDE_GLASS_REVIEW_HOURS",
            env("ALONGSIDE_GLASS_REVIEW_HOURS"),
            file.glass_review_hours,
            72,
            1..=720,
        )?;
        let blocked = env("ALONGSIDE_GLASS_BLOCK")
            .or_else(|| file.glass_block.clone())
            .unwrap_or_else(|| "safeguarding,court-today,care,other".into());
        let blocked_classes = if blocked.trim() == "none" { Vec::new() } else { words(&blocked) };
        Ok(Self { minutes, review_hours, blocked_classes })
    }
}

pub(super) fn words(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}
