//! The audit: append-only, chained by hash, written in the transaction of the work it tells of.
//!
//! Offers [`Event`], [`append`], [`verify`] and [`about`]. Each event's hash covers the one before it, so a change or a gap
//! anywhere shows from there on.

use crate::clock;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use store::{Many, Read, Result, Write, sql};
use uuid::Uuid;

/// Something that was done to, or seen of, a record. No name, birth date or number of a person goes in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What was done, as a sentence part: "board opened".
    pub action: &'static str,
    /// What kind of thing: "listing", "person", "account".
    pub subject_kind: &'static str,
    /// Its id, or the court and day.
    pub subject_id: String,
    /// More, in words, when an id does not tell it.
    pub detail: String,
}

impl Event {
    /// An event without further words.
    pub fn new(action: &'static str, subject_kind: &'static str, subject_id: impl ToString) -> Self {
        Self { action, subject_kind, subject_id: subject_id.to_string(), detail: String::new() }
    }

    /// The same with further words.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account, when it was one.
    pub account: Option<Uuid>,
    /// "Sam Okafor", "command line", "watched folder".
    pub words: String,
}

impl Actor {
    /// Something that is no account.
    pub fn named(words: impl Into<String>) -> Self {
        Self { account: None, words: words.into() }
    }
}

#[expect(clippy::too_many_arguments, reason = "these are the columns the hash covers")]
fn chain(
    previous: &str,
    seq: i64,
    at: Timestamp,
    actor: Option<Uuid>,
    words: &str,
    action: &str,
    kind: &str,
    id: &str,
    detail: &str,
) -> String {
    let mut hasher = Sha256::new();
    let actor = actor.map(|a| a.to_string()).unwrap_or_default();
    let at = at.as_microsecond().to_string();
    for part in [previous, &seq.to_string(), &at, &actor, words, action, kind, id, detail] {
        // Length first: two different rows can never hash as the same run of text.
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Adds events to the chain, in order.
///
/// # Errors
/// When the database refuses.
pub fn append(w: &mut Write<'_>, actor: &Actor, events: &[Event]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    // Updating the head first makes writers queue on both databases.
    w.execute(sql("UPDATE audit_head SET seq = seq WHERE id = 1"), &[])?;
    let head = w.one(sql("SELECT seq, hash FROM audit_head WHERE id = 1"), &[])?;
    let (mut seq, mut hash): (i64, String) = (head.get("seq")?, head.get("hash")?);
    let now = clock::now();
    let at = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
    let mut rows = Many::of(sql(
        "INSERT INTO audit_event (seq, at, actor, actor_words, action, subject_kind, subject_id, detail, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    ));
    for event in events {
        seq += 1;
        let next = chain(
            &hash,
            seq,
            at,
            actor.account,
            &actor.words,
            event.action,
            event.subject_kind,
            &event.subject_id,
            &event.detail,
        );
        rows.add(&[
            &seq,
            &at,
            &actor.account,
            &actor.words,
            &event.action,
            &event.subject_kind,
            &event.subject_id,
            &event.detail,
            &hash,
            &next,
        ]);
        hash = next;
    }
    w.execute_many(&rows)?;
    w.execute(sql("UPDATE audit_head SET seq = $1, hash = $2 WHERE id = 1"), &[&seq, &hash])?;
    Ok(())
}

/// What a check of the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Events checked.
    pub events: i64,
    /// The head's hash: write it down elsewhere, and compare later.
    pub head: String,
    /// The first place that does not fit, in words.
    pub fault: Option<String>,
}

/// Walks the chain from its start.
///
/// # Errors
/// When the database can't be read.
pub fn verify(r: &mut Read<'_>) -> Result<Verified> {
    let head = r.one(sql("SELECT seq, hash FROM audit_head WHERE id = 1"), &[])?;
    let (head_seq, head_hash): (i64, String) = (head.get("seq")?, head.get("hash")?);
    let (mut seq, mut hash) = (0_i64, "start".to_owned());
    loop {
        let rows =
            r.query(sql("SELECT * FROM audit_event WHERE seq > $1 ORDER BY seq LIMIT 5000"), &[&seq])?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let at: i64 = row.get("seq")?;
            let fault = |why: &str| {
                Ok(Verified {
                    events: seq,
                    head: head_hash.clone(),
                    fault: Some(format!("event {at}: {why}")),
                })
            };
            if at != seq + 1 {
                return fault("the event before it is missing");
            }
            if row.get::<String>("previous_hash")? != hash {
                return fault("it does not follow from the event before it");
            }
            let expected = chain(
                &hash,
                at,
                row.get("at")?,
                row.get("actor")?,
                &row.get::<String>("actor_words")?,
                &row.get::<String>("action")?,
                &row.get::<String>("subject_kind")?,
                &row.get::<String>("subject_id")?,
                &row.get::<String>("detail")?,
            );
            if row.get::<String>("hash")? != expected {
                return fault("it was changed after it was written");
            }
            (seq, hash) = (at, expected);
        }
    }
    let fault = (seq != head_seq || hash != head_hash).then(|| "the end of the chain is missing".to_owned());
    Ok(Verified { events: seq, head: head_hash, fault })
}

/// One line of "who opened this".
#[derive(Debug, Clone)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// More words.
    pub detail: String,
}

/// The newest events about one record.
///
/// # Errors
/// When the database can't be read.
pub fn about(r: &mut Read<'_>, subject_kind: &str, subject_id: &str) -> Result<Vec<Line>> {
    r.query(
        sql("SELECT at, actor_words, action, detail FROM audit_event WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT 100"),
        &[&subject_kind, &subject_id],
    )?
    .iter()
    .map(|row| Ok(Line { at: row.get("at")?, actor: row.get("actor_words")?, action: row.get("action")?, detail: row.get("detail")? }))
    .collect()
}
