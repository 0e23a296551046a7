//! Settings of what leaves by e-mail and as text messages. Without a mail server nothing leaves, and no page offers it.

use super::{ConfigError, File, bad};
use std::path::PathBuf;

/// What leaves by e-mail and as text messages.
#[derive(Debug, Clone, Default)]
pub struct Post {
    /// The mail server, with the address that mail comes from.
    pub server: Option<MailServer>,
    /// The domain of a gateway that turns e-mail to NUMBER@DOMAIN into text messages.
    pub text_gateway: Option<String>,
}

/// A mail server.
#[derive(Clone)]
pub struct MailServer {
    /// Its address; may hold a password.
    pub url: String,
    /// The address that e-mail comes from.
    pub from: String,
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MailServer(…, from {})", self.from)
    }
}

impl Post {
    pub(super) fn load(env: &impl Fn(&str) -> Option<String>, file: &File) -> Result<Self, ConfigError> {
        let path = env("ALONGSIDE_SMTP_FILE").map(PathBuf::from).or_else(|| file.smtp_file.clone());
        let url = match (env("ALONGSIDE_SMTP").or_else(|| file.smtp.clone()), path) {
            (Some(url), _) => Some(url),
            (None, Some(path)) => {
                Some(std::fs::read_to_string(&path).map_err(|error| ConfigError::Read { path, error })?)
            }
            (None, None) => None,
        };
        let server = match url.map(|url| url.trim().to_owned()) {
            Some(url) => Some(server(url, env("ALONGSIDE_MAIL_FROM").or_else(|| file.mail_from.clone()))?),
            None => None,
        };
        let text_gateway = env("ALONGSIDE_TEXT_GATEWAY").or_else(|| file.text_gateway.clone());
        if let Some(domain) = &text_gateway
            && !domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
        {
            return Err(bad(
                "ALONGSIDE_TEXT_GATEWAY",
                domain,
                "write the gateway's domain, for example texts.example.org",
            ));
        }
        Ok(Self { server, text_gateway })
    }
}

fn server(url: String, from: Option<String>) -> Result<MailServer, ConfigError> {
    if !(url.starts_with("smtp://") || url.starts_with("smtps://")) {
        // It may hold a password: not repeated.
        return Err(bad("ALONGSIDE_SMTP", "…", "write it as smtps://USER:PASSWORD@HOST or smtp://HOST:PORT"));
    }
    match from.filter(|from| from.contains('@')) {
        Some(from) => Ok(MailServer { url, from }),
        None => Err(bad(
            "ALONGSIDE_MAIL_FROM",
            "",
            "with ALONGSIDE_SMTP set, write the address that mail comes from",
        )),
    }
}
