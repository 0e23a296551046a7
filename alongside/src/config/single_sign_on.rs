//! Settings of single sign-on: a provider of OpenID Connect that says who somebody is.

use super::signing_in::words;
use super::{ConfigError, File, bad};
use std::path::PathBuf;

/// A provider that says who somebody is. What they may do is decided here.
#[derive(Clone)]
pub struct SingleSignOn {
    /// Its issuer, as it writes it itself: no slash is added or taken away.
    pub issuer: String,
    /// What the provider calls this program.
    pub client: String,
    /// The secret it gave this program; none for a public client.
    pub secret: Option<String>,
    /// What people call it, for the button.
    pub name: String,
    /// Words in `amr` or `acr` that mean: a second factor was asked for there.
    pub factor_words: Vec<String>,
    /// Whether an e-mail address that the provider has verified is enough to find the account the first time.
    pub by_verified_email: bool,
    /// Who may sign in here all the same.
    pub here: SignInHere,
}

/// Who may sign in with a password or a passkey of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInHere {
    /// Everybody.
    All,
    /// These addresses, for the day the provider is down.
    Only(Vec<String>),
}

impl std::fmt::Debug for SingleSignOn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SingleSignOn({} as {}, …)", self.issuer, self.client)
    }
}

impl SingleSignOn {
    pub(super) fn load(
        env: &impl Fn(&str) -> Option<String>,
        file: &File,
    ) -> Result<Option<Self>, ConfigError> {
        let Some(issuer) = env("ALONGSIDE_OIDC_ISSUER").or_else(|| file.oidc_issuer.clone()) else {
            return Ok(None);
        };
        let issuer = issuer.trim().to_owned();
        if !is_safe(&issuer) {
            return Err(bad(
                "ALONGSIDE_OIDC_ISSUER",
                &issuer,
                "write it as the provider does, beginning with https://",
            ));
        }
        let Some(client) = env("ALONGSIDE_OIDC_CLIENT").or_else(|| file.oidc_client.clone()) else {
            return Err(bad(
                "ALONGSIDE_OIDC_CLIENT",
                "",
                "write what the provider calls this program (client id)",
            ));
        };
        let path =
            env("ALONGSIDE_OIDC_SECRET_FILE").map(PathBuf::from).or_else(|| file.oidc_secret_file.clone());
        let secret = match (env("ALONGSIDE_OIDC_SECRET"), path) {
            (Some(secret), _) => Some(secret),
            (None, Some(path)) => {
                Some(std::fs::read_to_string(&path).map_err(|error| ConfigError::Read { path, error })?)
            }
            (None, None) => None,
        };
        let linked = env("ALONGSIDE_OIDC_LINK").or_else(|| file.oidc_link.clone());
        let by_verified_email = match linked.as_deref().map(str::trim) {
            None | Some("by-hand") => false,
            Some("verified-email") => true,
            Some(other) => return Err(bad("ALONGSIDE_OIDC_LINK", other, "write by-hand or verified-email")),
        };
        let here = env("ALONGSIDE_OIDC_ELSE").or_else(|| file.oidc_else.clone());
        let here = match here.as_deref().map(str::trim) {
            None | Some("all") => SignInHere::All,
            Some(addresses) => SignInHere::Only(words(&addresses.to_lowercase())),
        };
        if let SignInHere::Only(addresses) = &here
            && let Some(wrong) = addresses.iter().find(|address| !address.contains('@'))
        {
            return Err(bad("ALONGSIDE_OIDC_ELSE", wrong, "write all, or e-mail addresses with commas"));
        }
        Ok(Some(Self {
            issuer,
            client,
            secret: secret.map(|secret| secret.trim().to_owned()),
            name: env("ALONGSIDE_OIDC_NAME")
                .or_else(|| file.oidc_name.clone())
                .unwrap_or_else(|| "single sign-on".into()),
            factor_words: words(
                &env("ALONGSIDE_OIDC_FACTOR").or_else(|| file.oidc_factor.clone()).unwrap_or_default(),
            ),
            by_verified_email,
            here,
        }))
    }

    /// Whether the account with this address may sign in with a password or passkey of this program.
    #[must_use]
    pub fn lets_in_here(&self, email: &str) -> bool {
        match &self.here {
            SignInHere::All => true,
            SignInHere::Only(addresses) => addresses.contains(&email.trim().to_lowercase()),
        }
    }
}

/// Whether an address may carry secrets: https, or this very machine.
pub(crate) fn is_safe(address: &str) -> bool {
    let here = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    address.starts_with("https://")
        || here.iter().any(|start| {
            address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        })
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn secrets_travel_over_https_or_not_at_all() {
        for address in
            ["https://sign-in.example.org/a", "http://127.0.0.1:4000", "http://localhost", "http://[::1]/a"]
        {
            assert!(is_safe(address), "{address}");
        }
        for address in [
            "http://sign-in.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "ftp://a",
            "",
        ] {
            assert!(!is_safe(address), "{address}");
        }
    }
}
