//! A request for access: who asked, when it is due, what was made and sent.

use super::opinion::{Opinion, opinion_on};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::Opt;
use crate::ids::PersonId;
use crate::people::Person;
use crate::retention::take_turn;
use jiff::Timestamp;
use jiff::civil::Date;
use law::rules::access::{SUBJECT_ACCESS, SUBJECT_ACCESS_EXTENDED};
use law::{Calendar, Clock, State};
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Who asks.
pub const REQUESTERS: &[Opt] = &[
    Opt::new("person", "The person"),
    Opt::new("solicitor", "A solicitor with their authority"),
    Opt::new("parent", "A parent or guardian"),
    Opt::new("attorney", "An attorney or deputy"),
    Opt::new("other", "Somebody else with their authority"),
];

/// How a copy was sent.
pub const MEANS: &[Opt] = &[
    Opt::new("hand", "Given by hand"),
    Opt::new("post", "Recorded post"),
    Opt::new("email", "Secure e-mail"),
    Opt::new("viewed", "Looked at together, without a copy"),
];

/// How a request ended.
pub const OUTCOMES: &[Opt] = &[
    Opt::new("answered", "Answered"),
    Opt::new("withdrawn", "Taken back by whoever asked"),
    Opt::new("refused", "Refused: identity or authority not shown, or manifestly unfounded or excessive"),
];

/// A key of one of these lists in words.
#[must_use]
pub fn in_words<'a>(list: &'static [Opt], key: &'a str) -> &'a str {
    list.iter().find(|o| o.key == key).map_or(key, |o| o.words)
}

/// A request as it was written down.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its id.
    pub id: Uuid,
    /// The record it is about.
    pub person: PersonId,
    /// The day it was received.
    pub received_on: Date,
    /// A key of [`REQUESTERS`].
    pub requester: String,
    /// Their name.
    pub requester_name: String,
    /// How it was made sure who they are.
    pub identity: String,
    /// What they want, where they said so.
    pub wants: String,
    /// Who wrote it down, when.
    pub recorded: (Timestamp, String),
    /// Why it takes two months more, and when they were told.
    pub extended: Option<(String, Date)>,
    /// What a health professional said of telling it, the newest.
    pub opinion: Option<Opinion>,
    /// How it ended: outcome, words, when.
    pub closed: Option<(String, String, Timestamp)>,
    /// Copies that were made.
    pub copies: Vec<Copy>,
}

/// A copy as it was made.
#[derive(Debug, Clone)]
pub struct Copy {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub version: i64,
    /// Fingerprint.
    pub hash: String,
    /// Pages.
    pub pages: i64,
    /// Passages in it.
    pub passages: i64,
    /// Passages withheld.
    pub withheld: i64,
    /// When, by whom.
    pub made: (Timestamp, String),
    /// To whom, how, when it was sent.
    pub sent: Vec<(String, String, Timestamp)>,
}

impl Request {
    /// When it is to be answered, and how that stands.
    #[must_use]
    pub fn clock(&self, now: Timestamp) -> Clock {
        let rule = if self.extended.is_some() { &SUBJECT_ACCESS_EXTENDED } else { &SUBJECT_ACCESS };
        // Answered is when the first copy was sent; what comes after, such as closing the request here, is ours alone.
        let sent = self.copies.iter().flat_map(|copy| &copy.sent).map(|(.., at)| *at).min();
        let met = sent.or(self.closed.as_ref().map(|(.., at)| *at)).map(Into::into);
        rule.clock(self.received_on, met, now, &Calendar::default())
    }

    /// Whether two months more can still be written down. They must have been told within the first month; that may be written
    /// down later.
    #[must_use]
    pub fn may_extend(&self) -> bool {
        self.extended.is_none()
            && self.closed.is_none()
            && self.copies.iter().all(|copy| copy.sent.is_empty())
    }
}

/// A request to be written down.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// The day it was received.
    pub received_on: Date,
    /// A key of [`REQUESTERS`].
    pub requester: String,
    /// Their name.
    pub requester_name: String,
    /// How it was made sure who they are.
    pub identity: String,
    /// What they want; empty for everything.
    pub wants: String,
}

/// Writes a request down under an id that the form brings: the same form sent twice is one request.
///
/// # Errors
/// When the database refuses.
pub fn receive<C: Capability>(
    w: &mut Writer<'_, C>,
    id: Uuid,
    person: &Person,
    new: &NewRequest,
) -> Result<()> {
    take_turn(w)?;
    let (by, account) = (w.by(), w.actor().account);
    w.record(
        Event::new("subject access asked for", "subject access", id).with(format!("person {}", person.id())),
    );
    w.execute(
        sql("INSERT INTO access_request (id, person_id, received_on, requester, requester_name, identity, wants, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING"),
        &[&id, &person.id(), &new.received_on, &new.requester, &new.requester_name, &new.identity, &new.wants, &clock::now(), &account, &by],
    )?;
    Ok(())
}

/// Keeps others from changing a request until this unit of work ends; whether it still takes changes.
///
/// # Errors
/// When the database refuses.
pub(super) fn lock_open<C: Capability>(w: &mut Writer<'_, C>, request: Uuid) -> Result<bool> {
    // Changes nothing but who waits for whom, so it is no event.
    let lock = sql("UPDATE access_request SET wants = wants WHERE id = $1");
    w.raw_for_operator().execute(lock, &[&request])?;
    Ok(w.maybe(sql("SELECT 1 AS one FROM access_closing WHERE request_id = $1"), &[&request])?.is_none())
}

fn request_of(r: &mut Read<'_>, row: &Row) -> Result<Request> {
    let id: Uuid = row.get("id")?;
    let extended = r
        .maybe(sql("SELECT reason, told_on FROM access_extension WHERE request_id = $1"), &[&id])?
        .map(|row| Ok::<_, store::Error>((row.get("reason")?, row.get("told_on")?)))
        .transpose()?;
    let closed = r
        .maybe(sql("SELECT outcome, words, at FROM access_closing WHERE request_id = $1"), &[&id])?
        .map(|row| Ok::<_, store::Error>((row.get("outcome")?, row.get("words")?, row.get("at")?)))
        .transpose()?;
    let mut copies = Vec::new();
    for copy in r.query(
        sql("SELECT id, version, hash, pages, passages, withheld, at, by_words FROM access_export WHERE request_id = $1 ORDER BY version"),
        &[&id],
    )? {
        let copy_id: Uuid = copy.get("id")?;
        let sent = r
            .query(sql("SELECT to_name, means, sent_at FROM access_sending WHERE export_id = $1 ORDER BY sent_at, id"), &[&copy_id])?
            .iter()
            .map(|row| Ok((row.get("to_name")?, row.get("means")?, row.get("sent_at")?)))
            .collect::<Result<_>>()?;
        copies.push(Copy {
            id: copy_id,
            version: copy.get("version")?,
            hash: copy.get("hash")?,
            pages: copy.get("pages")?,
            passages: copy.get("passages")?,
            withheld: copy.get("withheld")?,
            made: (copy.get("at")?, copy.get("by_words")?),
            sent,
        });
    }
    Ok(Request {
        id,
        person: row.get("person_id")?,
        received_on: row.get("received_on")?,
        requester: row.get("requester")?,
        requester_name: row.get("requester_name")?,
        identity: row.get("identity")?,
        wants: row.get("wants")?,
        recorded: (row.get("recorded_at")?, row.get("by_words")?),
        extended,
        opinion: opinion_on(r, id)?,
        closed,
        copies,
    })
}

/// A request by its id. Whether the reader may see it is for [`crate::people::find`] to say, of its person.
///
/// # Errors
/// When the database can't be read.
pub fn find_request(r: &mut Read<'_>, id: Uuid) -> Result<Option<Request>> {
    match r.maybe(sql("SELECT * FROM access_request WHERE id = $1"), &[&id])? {
        Some(row) => request_of(r, &row).map(Some),
        None => Ok(None),
    }
}

/// The requests about a person, the newest first.
///
/// # Errors
/// When the database can't be read.
pub fn requests_about(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<Request>> {
    let rows = r.query_list(
        sql("SELECT * FROM access_request WHERE person_id IN ($LIST) ORDER BY received_on DESC, id DESC"),
        &[],
        people,
    )?;
    rows.iter().map(|row| request_of(r, row)).collect()
}

/// The newest requests of all people, open ones and those closed.
///
/// # Errors
/// When the database can't be read.
pub fn all_requests(r: &mut Read<'_>) -> Result<Vec<Request>> {
    let rows = r.query(
        sql("SELECT q.* FROM access_request q LEFT JOIN access_closing c ON c.request_id = q.id ORDER BY CASE WHEN c.at IS NULL THEN 0 ELSE 1 END, q.received_on, q.id LIMIT 200"),
        &[],
    )?;
    rows.iter().map(|row| request_of(r, row)).collect()
}

/// How many requests are past the day on which they were to be answered.
///
/// # Errors
/// When the database can't be read.
pub fn overdue_requests(r: &mut Read<'_>, now: Timestamp) -> Result<usize> {
    let mut overdue = 0;
    for row in r.query(
        sql("SELECT * FROM access_request q WHERE NOT EXISTS (SELECT 1 FROM access_closing c WHERE c.request_id = q.id)"),
        &[],
    )? {
        overdue += usize::from(request_of(r, &row)?.clock(now).state == State::Overdue);
    }
    Ok(overdue)
}

/// Takes two months more, with the reason that the requester was told; no where the request was closed meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn extend<C: Capability>(
    w: &mut Writer<'_, C>,
    request: Uuid,
    reason: &str,
    told_on: Date,
) -> Result<bool> {
    if !lock_open(w, request)? {
        return Ok(false);
    }
    let (by, account) = (w.by(), w.actor().account);
    w.record(Event::new("subject access: two months more", "subject access", request));
    w.execute(
        sql("INSERT INTO access_extension (request_id, reason, told_on, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (request_id) DO NOTHING"),
        &[&request, &reason, &told_on, &clock::now(), &account, &by],
    )?;
    Ok(true)
}

/// Writes down that a copy was sent, under an id that the form brings; no where the request was closed meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn send<C: Capability>(
    w: &mut Writer<'_, C>,
    (id, request, copy): (Uuid, Uuid, Uuid),
    (to, means, sent_at): (&str, &str, Timestamp),
) -> Result<bool> {
    if !lock_open(w, request)? {
        return Ok(false);
    }
    let (by, account) = (w.by(), w.actor().account);
    w.record(
        Event::new("subject access: copy sent", "subject access", request)
            .with(format!("copy {copy}, {means}")),
    );
    w.execute(
        sql("INSERT INTO access_sending (id, export_id, to_name, means, sent_at, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING"),
        &[&id, &copy, &to, &means, &sent_at, &clock::now(), &account, &by],
    )?;
    Ok(true)
}

/// Closes a request; no where it was closed meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn close<C: Capability>(
    w: &mut Writer<'_, C>,
    request: Uuid,
    outcome: &str,
    words: &str,
) -> Result<bool> {
    if !lock_open(w, request)? {
        return Ok(false);
    }
    let (by, account) = (w.by(), w.actor().account);
    w.record(
        Event::new("subject access: closed", "subject access", request).with(format!("outcome {outcome}")),
    );
    w.execute(
        sql("INSERT INTO access_closing (request_id, outcome, words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (request_id) DO NOTHING"),
        &[&request, &outcome, &words, &clock::now(), &account, &by],
    )?;
    Ok(true)
}
