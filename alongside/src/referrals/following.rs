//! Writing down what happened to a referral.

use super::making::{CHASER, letter};
use super::record::{Referral, What};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ReferralEventId;
use crate::links::{self, Purpose};
use crate::post::{self, Kind, NewMessage};
use jiff::{SignedDuration, Timestamp, ToSpan};
use store::{Result, sql};
use uuid::Uuid;

/// Something to be written down.
#[derive(Debug, Clone)]
pub struct New {
    /// What.
    pub what: What,
    /// The coded reason; empty when there is none.
    pub code: String,
    /// In words.
    pub words: String,
    /// When it happened; for an appointment, when it is.
    pub at: Timestamp,
    /// Where an appointment is.
    pub place: String,
    /// The row or referral it is about.
    pub of: Option<Uuid>,
    /// "us", or "service".
    pub via: &'static str,
}

impl New {
    /// Now, by us, without words.
    #[must_use]
    pub fn of(what: What) -> Self {
        Self {
            what,
            code: String::new(),
            words: String::new(),
            at: clock::now(),
            place: String::new(),
            of: None,
            via: "us",
        }
    }
}

/// Writes down that something happened.
///
/// # Errors
/// When the database refuses.
pub fn keep<C: Capability>(w: &mut Writer<'_, C>, referral: &Referral, new: &New) -> Result<ReferralEventId> {
    let by = w.by();
    keep_by(w, referral, new, &by)
}

/// The same, in the name of somebody without an account.
pub(super) fn keep_by<C: Capability>(
    w: &mut Writer<'_, C>,
    referral: &Referral,
    new: &New,
    by: &str,
) -> Result<ReferralEventId> {
    let (id, now, account) = (ReferralEventId::fresh(), clock::now(), w.actor().account);
    w.record(
        Event::new("referral followed", "referral", referral.id)
            .with(format!("{}, event {id}", new.what.key())),
    );
    w.execute(
        sql("INSERT INTO referral_event (id, referral_id, kind, code, words, at, place, of_event, recorded_at, account_id, by_words, via) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
        &[
            &id,
            &referral.id,
            &new.what.key(),
            &new.code,
            &new.words,
            &new.at,
            &new.place,
            &new.of,
            &now,
            &account,
            &by,
            &new.via,
        ],
    )?;
    // Whatever became of an appointment, its reminder is no longer true.
    if let (What::Attended | What::Missed | What::CalledOff | What::Mistaken, Some(of)) = (new.what, new.of) {
        stop_reminders(w, of)?;
    }
    if matches!(new.what, What::Closed | What::Revoked) {
        end_links(w, referral)?;
    }
    Ok(id)
}

/// Links and letters of a referral that has ended open and say nothing any more.
pub(super) fn end_links<C: Capability>(w: &mut Writer<'_, C>, referral: &Referral) -> Result<()> {
    links::revoke(w, Purpose::ReferralAnswer, referral.id.into())?;
    post::cancel(w, ("referral", referral.id.into()), Kind::Email)?;
    for appointment in referral.appointments() {
        stop_reminders(w, appointment.offered.id.into())?;
    }
    Ok(())
}

fn stop_reminders<C: Capability>(w: &mut Writer<'_, C>, appointment: Uuid) -> Result<()> {
    for kind in [Kind::Email, Kind::Text] {
        post::cancel(w, ("appointment", appointment), kind)?;
    }
    Ok(())
}

/// How a person wants to be reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// E-mail or text message.
    pub kind: Kind,
    /// Their address or number.
    pub to: String,
    /// A number to ring if they can't come; empty for none.
    pub ring: String,
}

/// Offers an appointment, and puts its reminder into the post.
///
/// # Errors
/// When the database refuses.
pub fn offer<C: Capability>(
    w: &mut Writer<'_, C>,
    referral: &Referral,
    new: &New,
    reminder: Option<&Reminder>,
) -> Result<ReferralEventId> {
    let id = keep(w, referral, new)?;
    if let Some((reminder, at)) = reminder.zip(remind_at(new.at, clock::now())) {
        post::queue(
            w,
            &NewMessage {
                kind: reminder.kind,
                to: reminder.to.clone(),
                subject: "Reminder".into(),
                body: reminder_text(new.at, &reminder.ring),
                link: None,
                about: ("appointment", id.into()),
                project: referral.project,
                at,
            },
        )?;
    }
    Ok(id)
}

/// When a reminder leaves: at four in the afternoon of the day before; at once when that has passed; not at all within three
/// hours of the appointment.
#[must_use]
pub fn remind_at(appointment: Timestamp, now: Timestamp) -> Option<Timestamp> {
    if appointment.duration_since(now) < SignedDuration::from_hours(3) {
        return None;
    }
    let eve = clock::london_day(appointment).saturating_sub(1.day());
    let four = eve.at(16, 0, 0, 0).to_zoned(clock::london()).ok()?.timestamp();
    Some(four.max(now))
}

/// A reminder says a day and a time. Neither where, nor with whom, nor what for: somebody else may read the telephone.
#[must_use]
pub fn reminder_text(appointment: Timestamp, ring: &str) -> String {
    let day = clock::weekday_words(clock::london_day(appointment));
    let time = clock::time_words(appointment);
    let ring = if ring.is_empty() { String::new() } else { format!(" If you can't come, ring {ring}.") };
    format!("Reminder: you have an appointment on {day} at {time}.{ring}")
}

/// Asks the service again; by e-mail, with a new link.
///
/// # Errors
/// When the database refuses.
pub fn chase<C: Capability>(w: &mut Writer<'_, C>, referral: &Referral, new: &New, to: &str) -> Result<()> {
    keep(w, referral, new)?;
    if new.code == "email" {
        post::queue(w, &letter(referral.id, referral.project, to, CHASER, clock::now()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_leaves_the_day_before_at_four_and_never_too_late_to_help() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let appointment = at("2026-12-03T10:00:00Z");
        assert_eq!(remind_at(appointment, at("2026-11-26T10:00:00Z")), Some(at("2026-12-02T16:00:00Z")));
        assert_eq!(remind_at(appointment, at("2026-12-03T06:00:00Z")), Some(at("2026-12-03T06:00:00Z")));
        assert_eq!(remind_at(appointment, at("2026-12-03T07:30:00Z")), None);
    }

    #[test]
    fn a_reminder_says_day_and_time_and_nothing_else() {
        let text = reminder_text("2026-12-03T10:00:00Z".parse().unwrap(), "020 7946 0000");
        assert_eq!(
            text,
            "Reminder: you have an appointment on Thursday 3 December 2026 at 10:00. If you can't come, ring 020 7946 0000."
        );
    }
}
