//! The way out: one mail server, spoken to by SMTP.

use super::message::Kind;
use crate::config::Config;
use lettre::message::{Mailbox, Message as Letter, header::ContentType};
use lettre::{SmtpTransport, Transport};
use std::time::Duration;

/// Seconds that the server has for each answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The mail server, ready to be spoken to.
#[derive(Debug, Clone)]
pub struct Outgoing {
    server: SmtpTransport,
    from: Mailbox,
    text_gateway: Option<String>,
    pub(super) public_url: String,
}

/// Settings that can't be used; no address that may hold a password is repeated.
#[derive(Debug, thiserror::Error)]
pub enum OutgoingError {
    /// The server's address.
    #[error("ALONGSIDE_SMTP can't be used ({0}): write smtps://USER:PASSWORD@HOST or smtp://HOST:PORT")]
    Server(String),
    /// The sender's address.
    #[error("ALONGSIDE_MAIL_FROM is no e-mail address: write one, for example liaison@example.org")]
    From,
}

/// What came of handing a letter over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// The server took it.
    Taken(String),
    /// The server surely did not take it; it may next time.
    Later(String),
    /// The server will not take it.
    Never(String),
    /// Nobody can know: the line broke after it was spoken to.
    NotKnown(String),
}

/// One letter.
#[derive(Debug)]
pub struct Ready<'a> {
    pub id: String,
    pub kind: Kind,
    pub to: &'a str,
    pub subject: &'a str,
    pub body: String,
}

impl Outgoing {
    /// From the settings; nothing when no mail server is set.
    ///
    /// # Errors
    /// When an address can't be used.
    pub fn of(config: &Config) -> Result<Option<Self>, OutgoingError> {
        let Some(server) = &config.post.server else { return Ok(None) };
        let transport = SmtpTransport::from_url(&server.url)
            .map_err(|error| OutgoingError::Server(error.to_string()))?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Some(Self {
            server: transport,
            from: server.from.parse().map_err(|_| OutgoingError::From)?,
            text_gateway: config.post.text_gateway.clone(),
            public_url: config.public_url.clone(),
        }))
    }

    fn letter(&self, ready: &Ready<'_>) -> Result<Letter, String> {
        let to = match (ready.kind, &self.text_gateway) {
            (Kind::Email, _) => ready.to.to_owned(),
            (Kind::Text, Some(domain)) => format!("{}@{domain}", ready.to),
            (Kind::Text, None) => return Err("no text gateway is set (ALONGSIDE_TEXT_GATEWAY)".into()),
        };
        let to: Mailbox = to.parse().map_err(|_| "the address can't be written to".to_owned())?;
        // The same for every try: whoever gets a letter twice can see that it is one.
        let id = format!("<{}@{}>", ready.id, self.from.email.domain());
        Letter::builder()
            .from(self.from.clone())
            .to(to)
            .subject(ready.subject)
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            .body(ready.body.clone())
            .map_err(|error| error.to_string())
    }

    /// Hands one letter to the server.
    pub(super) fn hand_over(&self, ready: &Ready<'_>) -> Handed {
        let letter = match self.letter(ready) {
            Ok(letter) => letter,
            Err(why) => return Handed::Never(why),
        };
        // First a greeting only. Whatever fails here, nothing of the letter was said.
        match self.server.test_connection() {
            Ok(true) => {}
            Ok(false) => return Handed::Later("the mail server did not answer".into()),
            Err(error) => return Handed::Later(words(&error)),
        }
        match self.server.send(&letter) {
            Ok(response) => Handed::Taken(response.code().to_string()),
            Err(error) if error.is_permanent() => Handed::Never(words(&error)),
            Err(error) if error.is_transient() => Handed::Later(words(&error)),
            Err(error) => Handed::NotKnown(words(&error)),
        }
    }
}

/// The server's code, or what broke. Its own words may repeat an address: left out.
fn words(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".into(),
        None if error.is_tls() => "the mail server’s certificate or encryption could not be used".into(),
        None => "the line to the mail server failed".into(),
    }
}
