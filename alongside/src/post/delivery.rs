//! Taking what is due and handing it over, one by one.

use super::message::Kind;
use super::outgoing::{Handed, Outgoing, Ready};
use crate::access::Permit;
use crate::access::policy::KeepPost;
use crate::audit::Event;
use crate::clock;
use crate::ids::MessageId;
use crate::links::{self, Purpose};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use store::{Db, Result, Row, sql};
use uuid::Uuid;

/// Minutes until the next try, by how many there were. After the last one it is given up.
const NEXT_TRY: [i64; 8] = [1, 5, 15, 60, 120, 240, 480, 480];

/// Minutes after which a message that was being sent is one of which nobody knows: the program was stopped meanwhile.
const STOPPED_MEANWHILE: i64 = 10;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the server.
    pub sent: usize,
    /// To be tried again.
    pub later: usize,
    /// Given up.
    pub not_sent: usize,
    /// Nobody knows.
    pub not_known: usize,
}

struct Claimed {
    id: MessageId,
    kind: Kind,
    to: String,
    subject: String,
    body: String,
    tries: i64,
}

/// Sends everything that is due. Each message is claimed at its own moment: in a long round, one claimed at the moment the round
/// began would soon look as if the program had stopped over it, and another copy would give it to a human.
///
/// # Errors
/// When the database fails; then what was claimed is looked at by a human.
pub fn deliver_due(db: &Db, out: &Outgoing, now: Timestamp) -> Result<Delivered> {
    let permit: Permit<KeepPost> = Permit::operator(db, "post");
    leave_to_humans(&permit, now)?;
    let (began, mut round) = (clock::now(), Delivered::default());
    let moment = || now.checked_add(clock::now().duration_since(began)).unwrap_or(now);
    while let Some(claimed) = claim(&permit, out, moment())? {
        let came = out.hand_over(&Ready {
            id: claimed.id.to_string(),
            kind: claimed.kind,
            to: &claimed.to,
            subject: &claimed.subject,
            body: claimed.body.clone(),
        });
        note(&permit, &claimed, &came, now, &mut round)?;
    }
    Ok(round)
}

/// What was claimed and never noted: the program was stopped while it spoke to the server.
fn leave_to_humans(permit: &Permit<KeepPost>, now: Timestamp) -> Result<()> {
    let before = now.checked_sub(SignedDuration::from_mins(STOPPED_MEANWHILE)).unwrap_or(now);
    let left: Vec<MessageId> = permit.read_now(|r| {
        r.query(sql("SELECT id FROM post_message WHERE state = 'sending' AND claimed_at < $1"), &[&before])?
            .iter()
            .map(|row| row.get("id"))
            .collect::<Result<_>>()
    })?;
    for id in left {
        permit.write_now(|w| {
            w.record(Event::new("message of which nobody knows", "message", id));
            w.execute(
                sql("UPDATE post_message SET state = 'not-known' WHERE id = $1 AND state = 'sending' AND claimed_at < $2"),
                &[&id, &before],
            )?;
            w.execute(
                sql("INSERT INTO post_try (id, message_id, at, came, words) VALUES ($1, $2, $3, 'not-known', $4)"),
                &[&Uuid::now_v7(), &id, &now, &"the program was stopped while it was being sent"],
            )?;
            Ok::<_, store::Error>(())
        })?;
    }
    Ok(())
}

/// Takes the next message that is due, so that no other copy of the program takes it, and makes its link.
fn claim(permit: &Permit<KeepPost>, out: &Outgoing, now: Timestamp) -> Result<Option<Claimed>> {
    permit.write_now(|w| {
        let Some(row) = w.maybe(
            sql("SELECT * FROM post_message WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT 1"),
            &[&now],
        )?
        else {
            return Ok(None);
        };
        let id: MessageId = row.get("id")?;
        w.record(Event::new("message being sent", "message", id));
        let mine = w.execute(
            sql("UPDATE post_message SET state = 'sending', claimed_at = $1, tries = tries + 1 WHERE id = $2 AND state = 'waiting'"),
            &[&now, &id],
        )?;
        if mine == 0 {
            return Ok(None);
        }
        let mut body: String = row.get("body")?;
        if let Some((purpose, subject, hours, path)) = link_of(&row)? {
            let token = links::make(w, purpose, subject, hours)?;
            body = body.replace("{link}", &format!("{}{path}{token}", out.public_url));
        }
        let kind: String = row.get("kind")?;
        Ok(Some(Claimed {
            id,
            kind: if kind == Kind::Text.key() { Kind::Text } else { Kind::Email },
            to: row.get("to_address")?,
            subject: row.get("subject")?,
            body,
            tries: row.get::<i64>("tries")? + 1,
        }))
    })
}

fn link_of(row: &Row) -> Result<Option<(Purpose, Uuid, i64, String)>> {
    let (purpose, subject): (String, Option<Uuid>) = (row.get("link_purpose")?, row.get("link_subject")?);
    let Some((purpose, subject)) = Purpose::from_key(&purpose).zip(subject) else { return Ok(None) };
    Ok(Some((purpose, subject, row.get("link_hours")?, row.get("link_path")?)))
}

fn note(
    permit: &Permit<KeepPost>,
    claimed: &Claimed,
    came: &Handed,
    now: Timestamp,
    round: &mut Delivered,
) -> Result<()> {
    let wait = usize::try_from(claimed.tries - 1).ok().and_then(|n| NEXT_TRY.get(n));
    let (state, key, words, due) = match (came, wait) {
        (Handed::Taken(words), _) => ("sent", "sent", words, None),
        (Handed::Later(words), Some(minutes)) => {
            ("waiting", "later", words, now.checked_add(SignedDuration::from_mins(*minutes)).ok())
        }
        (Handed::Later(words), None) | (Handed::Never(words), _) => ("not-sent", "not-sent", words, None),
        (Handed::NotKnown(words), _) => ("not-known", "not-known", words, None),
    };
    match key {
        "sent" => round.sent += 1,
        "later" => round.later += 1,
        "not-sent" => round.not_sent += 1,
        _ => round.not_known += 1,
    }
    permit.write_now(|w| {
        w.record(Event::new("message tried", "message", claimed.id).with(key));
        w.execute(
            sql("UPDATE post_message SET state = $1, due_at = COALESCE($2, due_at) WHERE id = $3 AND state = 'sending'"),
            &[&state, &due, &claimed.id],
        )?;
        w.execute(
            sql("INSERT INTO post_try (id, message_id, at, came, words) VALUES ($1, $2, $3, $4, $5)"),
            &[&Uuid::now_v7(), &claimed.id, &now, &key, words],
        )?;
        Ok::<_, store::Error>(())
    })
}

/// Sends what is due every few seconds, on a thread of its own, for as long as the program runs.
pub fn watch(db: Db, out: Outgoing) {
    const ROUND: Duration = Duration::from_secs(5);
    std::thread::spawn(move || {
        loop {
            if let Err(error) = deliver_due(&db, &out, clock::now()) {
                tracing::error!(%error, "the post could not be sent; tried again in a moment");
            }
            std::thread::sleep(ROUND);
        }
    });
}
