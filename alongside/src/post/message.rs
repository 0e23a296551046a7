//! Messages: put into the queue, read, stopped.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{MessageId, ProjectId};
use crate::links::Purpose;
use jiff::Timestamp;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// By which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// E-mail.
    Email,
    /// A text message, through a gateway.
    Text,
}

impl Kind {
    /// The key kept.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Kind::Email => "email",
            Kind::Text => "text",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Kind::Email => "E-mail",
            Kind::Text => "Text message",
        }
    }
}

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits: for its time, or for another try.
    Waiting,
    /// It is being handed over now.
    Sending,
    /// The mail server took it.
    Sent,
    /// It will not be sent: the server refused it, or did not answer for a day.
    NotSent,
    /// The server may have taken it: the line broke while it was handed over.
    NotKnown,
    /// Stopped before it left.
    Stopped,
}

impl State {
    const ALL: [State; 6] =
        [State::Waiting, State::Sending, State::Sent, State::NotSent, State::NotKnown, State::Stopped];

    /// The key kept.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sending => "sending",
            State::Sent => "sent",
            State::NotSent => "not-sent",
            State::NotKnown => "not-known",
            State::Stopped => "stopped",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            State::Waiting => "Waits to be sent",
            State::Sending => "Being sent",
            State::Sent => "Sent",
            State::NotSent => "Could not be sent",
            State::NotKnown => "May have been sent",
            State::Stopped => "Stopped before it left",
        }
    }

    fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|s| s.key() == key).unwrap_or(State::NotKnown)
    }
}

/// A one-time link to be made in the moment of sending, where `{link}` stands in the text.
#[derive(Debug, Clone)]
pub struct LinkWanted {
    /// What for.
    pub purpose: Purpose,
    /// What it opens.
    pub subject: Uuid,
    /// Hours it works.
    pub hours: i64,
    /// What stands in the address before the secret: "/referral-answer/".
    pub path: &'static str,
}

/// Something to be sent. Subject and text are for whoever reads them on the way: no name, no number, no word about health.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// By which way.
    pub kind: Kind,
    /// The address or the telephone number.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text; `{link}` where the link goes.
    pub body: String,
    /// The link.
    pub link: Option<LinkWanted>,
    /// The record it is about: its kind and id.
    pub about: (&'static str, Uuid),
    /// The project that sends it.
    pub project: ProjectId,
    /// When it is to leave.
    pub at: Timestamp,
}

/// A message as pages show it.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// E-mail or text message, in words.
    pub kind: String,
    /// Where to.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text, without the link.
    pub body: String,
    /// The record it is about.
    pub about: (String, Uuid),
    /// Who sends it.
    pub by: String,
    /// Put into the queue when.
    pub queued_at: Timestamp,
    /// When it leaves, or is tried again.
    pub due_at: Timestamp,
    /// How far it is.
    pub state: State,
    /// What came of each try, oldest first.
    pub tries: Vec<Came>,
}

/// What came of a try, or what a colleague said about it.
#[derive(Debug, Clone)]
pub struct Came {
    /// When.
    pub at: Timestamp,
    /// What.
    pub came: String,
    /// The server's words, or ours.
    pub words: String,
}

/// What can't be sent to; the words say what to enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAddress {
    /// No e-mail address.
    #[error("Enter one e-mail address, like intake@service.example.org")]
    Email,
    /// No mobile number.
    #[error("Enter a mobile number, like 07700 900123")]
    Phone,
}

/// One e-mail address, as it will be written to.
///
/// # Errors
/// When it is none, or more than one.
pub fn address(text: &str) -> std::result::Result<String, NotAnAddress> {
    let text = text.trim();
    let parsed: lettre::Address = text.parse().map_err(|_| NotAnAddress::Email)?;
    if parsed.domain().contains('.') { Ok(parsed.to_string()) } else { Err(NotAnAddress::Email) }
}

/// A mobile number of the United Kingdom as a gateway takes it: "447700900123".
///
/// # Errors
/// When it is none.
pub fn phone(text: &str) -> std::result::Result<String, NotAnAddress> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && !"()-.+".contains(*c)).collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotAnAddress::Phone);
    }
    let national = digits.strip_prefix("0044").or(digits.strip_prefix("44")).unwrap_or(&digits);
    let national = national.strip_prefix('0').unwrap_or(national);
    if national.len() == 10 && national.starts_with('7') {
        Ok(format!("44{national}"))
    } else {
        Err(NotAnAddress::Phone)
    }
}

/// Puts a message into the queue, in the unit of the work that sends it: undone with it, sent with it.
///
/// # Errors
/// When the database refuses.
pub fn queue<C: Capability>(w: &mut Writer<'_, C>, new: &NewMessage) -> Result<MessageId> {
    let (id, now, by, account) = (MessageId::fresh(), clock::now(), w.by(), w.actor().account);
    w.record(
        Event::new("message put into the post", new.about.0, new.about.1)
            .with(format!("message {id}, {}", new.kind.key())),
    );
    let link = new.link.as_ref();
    w.execute(
        sql("INSERT INTO post_message (id, kind, to_address, subject, body, link_purpose, link_subject, link_hours, link_path, about_kind, about_id, project_id, queued_at, account_id, by_words, due_at, state, tries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'waiting', 0)"),
        &[
            &id,
            &new.kind.key(),
            &new.to,
            &new.subject,
            &new.body,
            &link.map_or("", |l| l.purpose.key()),
            &link.map(|l| l.subject),
            &link.map_or(0, |l| l.hours),
            &link.map_or("", |l| l.path),
            &new.about.0,
            &new.about.1,
            &new.project,
            &now,
            &account,
            &by,
            &new.at,
        ],
    )?;
    Ok(id)
}

/// Stops what waits about a record: a reminder of an appointment that was moved. Gives how many were stopped; what is being
/// sent or has left can't be called back.
///
/// # Errors
/// When the database refuses.
pub fn cancel<C: Capability>(w: &mut Writer<'_, C>, about: (&'static str, Uuid), kind: Kind) -> Result<u64> {
    w.record(Event::new("messages that wait stopped", about.0, about.1).with(kind.key()));
    w.execute(
        sql("UPDATE post_message SET state = 'stopped' WHERE about_kind = $1 AND about_id = $2 AND kind = $3 AND state = 'waiting'"),
        &[&about.0, &about.1, &kind.key()],
    )
}

/// Messages about these records, oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn messages_about(r: &mut Read<'_>, records: &[Uuid]) -> Result<Vec<Message>> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let rows =
        r.query_list(sql("SELECT * FROM post_message WHERE about_id IN ($LIST) ORDER BY id"), &[], records)?;
    with_tries(r, &rows)
}

/// Messages of a reader's projects that need a human: not sent, or nobody knows; newest first.
///
/// # Errors
/// When the database can't be read.
pub(super) fn stuck<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Message>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM post_message WHERE state IN ('not-sent', 'not-known') AND ($1 OR project_id IN ($LIST)) ORDER BY id DESC"),
        &[&all],
        &projects,
    )?;
    with_tries(r, &rows)
}

/// How many messages of a reader's projects wait, and since when the oldest is due.
///
/// # Errors
/// When the database can't be read.
pub(super) fn waiting<C: Capability>(
    r: &mut Reader<'_, C>,
    now: Timestamp,
) -> Result<(i64, Option<Timestamp>)> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT COUNT(*) AS n, MIN(due_at) AS oldest FROM post_message WHERE state = 'waiting' AND due_at <= $1 AND ($2 OR project_id IN ($LIST))"),
        &[&now, &all],
        &projects,
    )?;
    match rows.first() {
        Some(row) => Ok((row.get("n")?, row.get("oldest")?)),
        None => Ok((0, None)),
    }
}

/// One message in scope.
///
/// # Errors
/// When the database can't be read.
pub(super) fn find<C: Capability>(r: &mut Reader<'_, C>, id: MessageId) -> Result<Option<Message>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM post_message WHERE id = $1 AND ($2 OR project_id IN ($LIST))"),
        &[&id, &all],
        &projects,
    )?;
    Ok(with_tries(r, &rows)?.into_iter().next())
}

fn with_tries(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Message>> {
    let mut found: Vec<Message> = rows.iter().map(message).collect::<Result<_>>()?;
    let ids: Vec<MessageId> = found.iter().map(|m| m.id).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    for row in
        r.query_list(sql("SELECT * FROM post_try WHERE message_id IN ($LIST) ORDER BY id"), &[], &ids)?
    {
        let id: MessageId = row.get("message_id")?;
        let came = Came { at: row.get("at")?, came: row.get("came")?, words: row.get("words")? };
        if let Some(message) = found.iter_mut().find(|m| m.id == id) {
            message.tries.push(came);
        }
    }
    Ok(found)
}

fn message(row: &Row) -> Result<Message> {
    let kind: String = row.get("kind")?;
    let state: String = row.get("state")?;
    Ok(Message {
        id: row.get("id")?,
        kind: if kind == Kind::Text.key() { Kind::Text } else { Kind::Email }.words().into(),
        to: row.get("to_address")?,
        subject: row.get("subject")?,
        body: row.get("body")?,
        about: (row.get("about_kind")?, row.get("about_id")?),
        by: row.get("by_words")?,
        queued_at: row.get("queued_at")?,
        due_at: row.get("due_at")?,
        state: State::from_key(&state),
        tries: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for text in
            ["07700 900123", "+44 7700 900123", "0044 7700 900 123", "(07700) 900-123", "447700900123"]
        {
            assert_eq!(phone(text).as_deref(), Ok("447700900123"), "{text}");
        }
        for text in ["", "020 7946 0000", "07700 90012", "07700 900123 or 4", "+1 7700 900123"] {
            assert!(phone(text).is_err(), "{text}");
        }
    }

    #[test]
    fn one_address_only_and_no_line_break() {
        assert_eq!(address(" intake@service.example.org ").as_deref(), Ok("intake@service.example.org"));
        for text in ["", "intake", "a@b", "a@x.example, b@x.example", "a@x.example\r\nBcc: b@x.example"] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}
