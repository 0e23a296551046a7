//! One-time links: a partner without an account answers once. The secret is shown once and kept as a hash; it opens one request
//! for one purpose, until it is used, revoked or past its time. Whatever is wrong with a link, the answer is the same.

use super::sending::{Addressed, behind_link};
use crate::access::{Capability, Writer, fingerprint, secret};
use crate::audit::Event;
use crate::clock;
use crate::ids::{AnswerLinkId, RequestId};
use jiff::{SignedDuration, Timestamp};
use store::{Read, Result, Row, sql};

/// Hours that a link may stand.
pub const HOURS: [i64; 3] = [24, 72, 168];

/// Failed tries in ten minutes after which no link opens until they are over.
pub const MOST_FAILED: i64 = 100;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFor {
    /// Accept, decline, give an appointment.
    Answer,
    /// Seen, report, opinion, bed.
    Report,
}

impl LinkFor {
    /// Both.
    pub const ALL: [LinkFor; 2] = [LinkFor::Answer, LinkFor::Report];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            LinkFor::Answer => "answer",
            LinkFor::Report => "report",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            LinkFor::Answer => "Accept or decline, appointment",
            LinkFor::Report => "Seen, report, opinion, bed",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// A link as the sender sees it: never its secret.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its id.
    pub id: AnswerLinkId,
    /// The request it opens.
    pub request: RequestId,
    /// What for.
    pub purpose: LinkFor,
    /// Made when, by whom.
    pub made: (Timestamp, String),
    /// Until when.
    pub expires_at: Timestamp,
    /// Used when, by whom as they said.
    pub used: Option<(Timestamp, String)>,
    /// Revoked when.
    pub revoked_at: Option<Timestamp>,
}

impl Link {
    /// Whether it still opens.
    #[must_use]
    pub fn stands(&self, now: Timestamp) -> bool {
        self.used.is_none() && self.revoked_at.is_none() && self.expires_at > now
    }
}

fn link(row: &Row) -> Result<Link> {
    let used: Option<Timestamp> = row.get("used_at")?;
    let used_by: Option<String> = row.get("used_by")?;
    Ok(Link {
        id: row.get("id")?,
        request: row.get("request_id")?,
        purpose: LinkFor::from_key(&row.get::<String>("purpose")?).unwrap_or(LinkFor::Answer),
        made: (row.get("made_at")?, row.get("made_by")?),
        expires_at: row.get("expires_at")?,
        used: used.map(|at| (at, used_by.unwrap_or_default())),
        revoked_at: row.get("revoked_at")?,
    })
}

/// Makes a link; one of the same purpose that stands is revoked. The secret is in the answer and nowhere else.
///
/// # Errors
/// When the database refuses or the system has no randomness.
pub fn make<C: Capability>(
    w: &mut Writer<'_, C>,
    request: RequestId,
    purpose: LinkFor,
    hours: i64,
) -> Result<String> {
    let (id, token, now, by) = (AnswerLinkId::fresh(), secret()?, clock::now(), w.by());
    w.record(
        Event::new("one-time link made", "request", request)
            .with(format!("link {id}, for {}, {hours} hours", purpose.key())),
    );
    w.execute(
        sql("UPDATE answer_link SET revoked_at = $1, revoked_by = $2 WHERE request_id = $3 AND purpose = $4 AND used_at IS NULL AND revoked_at IS NULL"),
        &[&now, &by, &request, &purpose.key()],
    )?;
    let expires = now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(now);
    w.execute(
        sql("INSERT INTO answer_link (id, request_id, purpose, token_hash, made_at, made_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &request, &purpose.key(), &fingerprint(&token), &now, &by, &expires],
    )?;
    Ok(token)
}

/// Revokes a link of a request.
///
/// # Errors
/// When the database refuses.
pub fn revoke<C: Capability>(w: &mut Writer<'_, C>, request: RequestId, id: AnswerLinkId) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    w.record(Event::new("one-time link revoked", "request", request).with(format!("link {id}")));
    w.execute(
        sql("UPDATE answer_link SET revoked_at = $1, revoked_by = $2 WHERE id = $3 AND request_id = $4 AND used_at IS NULL AND revoked_at IS NULL"),
        &[&now, &by, &id, &request],
    )?;
    Ok(())
}

/// The links of these requests, newest first.
pub(super) fn links_of(r: &mut Read<'_>, requests: &[RequestId]) -> Result<Vec<Link>> {
    let mut found: Vec<Link> = r
        .query_list(sql("SELECT * FROM answer_link WHERE request_id IN ($LIST)"), &[], requests)?
        .iter()
        .map(link)
        .collect::<Result<_>>()?;
    found.sort_by_key(|link| std::cmp::Reverse(link.id));
    Ok(found)
}

/// A link that stands, with what it opens.
#[derive(Debug)]
pub(super) struct Opened {
    pub link: Link,
    pub request: Addressed,
}

/// Opens a link, if it stands. Nothing for one that is wrong, used, revoked, expired, of a request taken back, or while too
/// many did not fit. Every opening that succeeds is in the audit; failures are counted, one row for ten minutes.
pub(super) fn open<C: Capability>(w: &mut Writer<'_, C>, token: &str) -> Result<Option<Opened>> {
    let now = clock::now();
    let window = window_of(now);
    let failed = failed_since(w, window)?;
    let found = if failed < MOST_FAILED { standing(w, token, now)? } else { None };
    match found {
        Some(opened) => {
            w.record(
                Event::new("request opened by one-time link", "request", opened.link.request)
                    .with(format!("link {}", opened.link.id)),
            );
            Ok(Some(opened))
        }
        None => {
            // One event a window, however many tries: a flood fills neither the audit nor the disk.
            if failed == 0 {
                w.record(Event::new("one-time links that do not fit", "answer", window));
            } else if failed == MOST_FAILED {
                w.record(Event::new("one-time links closed for ten minutes", "answer", window));
            }
            if failed <= MOST_FAILED {
                let mut raw = w.raw_for_operator();
                raw.execute(
                    sql("INSERT INTO answer_tries (since, failed) VALUES ($1, 1) ON CONFLICT (since) DO UPDATE SET failed = answer_tries.failed + 1"),
                    &[&window],
                )?;
            }
            Ok(None)
        }
    }
}

fn window_of(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(600)).unwrap_or(now)
}

fn failed_since(r: &mut Read<'_>, window: Timestamp) -> Result<i64> {
    Ok(r.maybe(sql("SELECT failed FROM answer_tries WHERE since = $1"), &[&window])?
        .map(|row| row.get("failed"))
        .transpose()?
        .unwrap_or(0))
}

fn standing(r: &mut Read<'_>, token: &str, now: Timestamp) -> Result<Option<Opened>> {
    let row = r.maybe(sql("SELECT * FROM answer_link WHERE token_hash = $1"), &[&fingerprint(token)])?;
    let Some(link) = row.map(|row| link(&row)).transpose()?.filter(|link| link.stands(now)) else {
        return Ok(None);
    };
    Ok(behind_link(r, link.request)?.map(|request| Opened { link, request }))
}

/// Marks a link used. False when another answer came first.
pub(super) fn use_up<C: Capability>(w: &mut Writer<'_, C>, link: &Link, by: &str) -> Result<bool> {
    w.record(
        Event::new("answered by one-time link", "request", link.request).with(format!("link {}", link.id)),
    );
    let n = w.execute(
        sql("UPDATE answer_link SET used_at = $1, used_by = $2 WHERE id = $3 AND used_at IS NULL AND revoked_at IS NULL"),
        &[&clock::now(), &by, &link.id],
    )?;
    Ok(n == 1)
}
