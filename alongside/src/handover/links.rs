//! One-time links: a receiver without an account confirms a warning, once. The secret stands in the link only; its hash in the
//! database. A wrong, used, expired or revoked one all look the same from outside.

use super::warning::{Opened, find_warning};
use crate::access::policy::HandOver;
use crate::access::{App, Capability, Permit, Reader, Writer, fingerprint, secret};
use crate::audit::Event;
use crate::clock;
use crate::ids::{HandoverId, WarningId};
use jiff::{SignedDuration, Timestamp};
use std::sync::Mutex;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// How long a link opens: over a night, not over a weekend.
pub const LINK_HOURS: i64 = 24;
/// How often one may be opened; whoever reads a warning more often than this is not reading it.
const MOST_OPENED: i64 = 100;
/// Wrong secrets answered in a minute. 256 bits are guessed by nobody; this keeps the log and the database quiet.
const WRONG_A_MINUTE: u32 = 60;

/// Permission of whoever holds a link: nothing but this warning.
pub(super) fn receiver(app: &App) -> Permit<HandOver> {
    Permit::operator(app.db(), "receiver of a warning, by one-time link")
}

/// Makes a link for a handover; the one before it stops working. The secret is in the answer and nowhere else.
///
/// # Errors
/// When the database refuses.
pub fn make_link<C: Capability>(w: &mut Writer<'_, C>, of: &Opened, handover: HandoverId) -> Result<String> {
    revoke_links(w, of, handover)?;
    let (token, by, now) = (secret()?, w.by(), clock::now());
    let expires = now.checked_add(SignedDuration::from_hours(LINK_HOURS)).unwrap_or(now);
    w.record(Event::new("one-time link made", "warning", of.warning.id).with(format!("handover {handover}")));
    w.execute(
        sql("INSERT INTO warning_link (id, handover_id, token_hash, made_at, made_by, expires_at, opened) VALUES ($1, $2, $3, $4, $5, $6, 0)"),
        &[&Uuid::now_v7(), &handover, &fingerprint(&token), &now, &by, &expires],
    )?;
    Ok(token)
}

/// Takes back every link of a handover that still works.
///
/// # Errors
/// When the database refuses.
pub fn revoke_links<C: Capability>(w: &mut Writer<'_, C>, of: &Opened, handover: HandoverId) -> Result<u64> {
    let (by, now) = (w.by(), clock::now());
    w.record(
        Event::new("one-time links taken back", "warning", of.warning.id)
            .with(format!("handover {handover}")),
    );
    w.execute(
        sql("UPDATE warning_link SET revoked_at = $1, revoked_by = $2 WHERE handover_id = $3 AND used_at IS NULL AND revoked_at IS NULL"),
        &[&now, &by, &handover],
    )
}

/// A link that works, and what it opens.
#[derive(Debug)]
pub(super) struct Link {
    id: Uuid,
    pub handover: HandoverId,
    pub opened: Opened,
}

/// What a secret opens at this moment, if anything.
pub(super) fn find_link(r: &mut Reader<'_, HandOver>, token: &str) -> Result<Option<Link>> {
    let now = clock::now();
    let Some(row) = working(r, token, now)? else { return Ok(None) };
    let (id, handover, warning): (Uuid, HandoverId, WarningId) =
        (row.get("id")?, row.get("handover_id")?, row.get("warning_id")?);
    let Some(opened) = find_warning(r, warning)? else { return Ok(None) };
    let done = opened.warning.closing.is_some()
        || opened.warning.handovers.iter().any(|h| h.id == handover && h.receipt.is_some());
    Ok((!done).then_some(Link { id, handover, opened }))
}

fn working(r: &mut Read<'_>, token: &str, now: Timestamp) -> Result<Option<Row>> {
    r.maybe(
        sql("SELECT k.id, k.handover_id, h.warning_id FROM warning_link k JOIN warning_handover h ON h.id = k.handover_id WHERE k.token_hash = $1 AND k.used_at IS NULL AND k.revoked_at IS NULL AND k.expires_at > $2 AND k.opened < $3"),
        &[&fingerprint(token), &now, &MOST_OPENED],
    )
}

/// Notes that a link was opened.
pub(super) fn note_opened(w: &mut Writer<'_, HandOver>, link: &Link) -> Result<()> {
    w.record(
        Event::new("warning opened by link", "warning", link.opened.warning.id)
            .with(format!("handover {}", link.handover)),
    );
    w.execute(sql("UPDATE warning_link SET opened = opened + 1 WHERE id = $1"), &[&link.id])?;
    Ok(())
}

/// Uses a link up; false when somebody did in the meantime.
pub(super) fn use_up(w: &mut Writer<'_, HandOver>, link: &Link) -> Result<bool> {
    w.record(
        Event::new("one-time link used", "warning", link.opened.warning.id)
            .with(format!("handover {}", link.handover)),
    );
    let used = w.execute(
        sql("UPDATE warning_link SET used_at = $1 WHERE id = $2 AND used_at IS NULL AND revoked_at IS NULL"),
        &[&clock::now(), &link.id],
    )?;
    Ok(used == 1)
}

/// Counts wrong secrets, by the minute. A link that works is never counted: nobody can lock a receiver out.
#[derive(Debug, Default)]
pub(super) struct Limit {
    minute: Mutex<(i64, u32)>,
}

impl Limit {
    /// Whether one more wrong secret is one too many in the minute of this moment.
    pub(super) fn is_passed(&self, now: Timestamp) -> bool {
        let this = now.as_second() / 60;
        // A thread that died while counting left a number: no reason to stop counting.
        let mut counted = self.minute.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if counted.0 != this {
            *counted = (this, 0);
        }
        counted.1 += 1;
        counted.1 > WRONG_A_MINUTE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_secrets_are_counted_by_the_minute() {
        let limit = Limit::default();
        let now: Timestamp = "2026-11-23T09:00:10Z".parse().unwrap();
        assert!((0..WRONG_A_MINUTE).all(|_| !limit.is_passed(now)));
        assert!(limit.is_passed(now));
        assert!(!limit.is_passed(now + SignedDuration::from_mins(1)));
    }
}
