//! Handing a warning over, writing down that it was received, closing it without.

use super::codes::{Confirmed, Receiver};
use super::warning::Opened;
use crate::access::policy::ApproveDisclosure;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::{Means, NewDisclosure, Purpose, disclose_warning};
use crate::ids::HandoverId;
use crate::morning;
use jiff::{SignedDuration, Timestamp};
use store::{Result, sql};

/// A warning given to a receiver.
#[derive(Debug, Clone)]
pub struct NewHandover {
    /// What kind of receiver.
    pub receiver: Receiver,
    /// Which prison, station, office.
    pub place: String,
    /// Who there was spoken to or handed the form.
    pub given_to: String,
    /// By which means.
    pub means: Means,
    /// When.
    pub handed_at: Timestamp,
    /// Minutes within which they should confirm.
    pub confirm_within: i64,
    /// The handover before it, when the person moved on.
    pub after: Option<HandoverId>,
}

/// Hands a warning over. Its row in the ledger of disclosure is written in the same unit: on what the person decided, or as an
/// override on the ground of serious harm. It is never stopped.
///
/// # Errors
/// When the database refuses.
pub fn hand_over<C: Capability>(w: &mut Writer<'_, C>, of: &Opened, new: &NewHandover) -> Result<HandoverId> {
    let id = HandoverId::fresh();
    let warning = &of.warning;
    w.record(
        Event::new("warning handed over", "warning", warning.id)
            .with(format!("handover {id}: {}", new.receiver.key())),
    );
    let told = NewDisclosure {
        recipient: new.receiver.recipient(),
        to_name: new.place.clone(),
        to_role: new.given_to.clone(),
        purpose: Purpose::Safety,
        means: new.means,
        summary: format!("Self-harm warning {}", warning.reference),
        about: Some(("warning", warning.id.into())),
        told_at: new.handed_at,
    };
    let reason = format!(
        "Self-harm warning {}: handed over to whoever takes charge of the person.",
        warning.reference
    );
    let disclosure = disclose_warning(w, &of.subject, warning.project, &told, &reason)?;
    let due =
        new.handed_at.checked_add(SignedDuration::from_mins(new.confirm_within)).unwrap_or(new.handed_at);
    // Only a handover of this very warning can come before it.
    let after = new.after.filter(|id| warning.handovers.iter().any(|h| h.id == *id));
    let (by, account, now) = (w.by(), w.actor().account, clock::now());
    w.execute(
        sql("INSERT INTO warning_handover (id, warning_id, after_id, receiver, place, given_to, means, handed_at, due_at, disclosure_id, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"),
        &[&id, &warning.id, &after, &new.receiver.key(), &new.place, &new.given_to, &new.means.key(), &new.handed_at, &due, &disclosure, &now, &account, &by],
    )?;
    board_changed(w, of)?;
    Ok(id)
}

/// Whoever confirmed, as staff or the receiver wrote it down.
#[derive(Debug, Clone)]
pub struct NewReceipt {
    /// Their name.
    pub received_by: String,
    /// Their role.
    pub role: String,
    /// How it came to us.
    pub how: Confirmed,
    /// Anything they said.
    pub note: String,
    /// When they received it.
    pub received_at: Timestamp,
}

/// Writes down that a receiver has the warning. The first receipt counts; false when there was one.
///
/// # Errors
/// When the database refuses.
pub fn receive<C: Capability>(
    w: &mut Writer<'_, C>,
    of: &Opened,
    handover: HandoverId,
    new: &NewReceipt,
) -> Result<bool> {
    w.record(
        Event::new("warning received", "warning", of.warning.id)
            .with(format!("handover {handover}, {}", new.how.key())),
    );
    let (by, account, now) = (w.by(), w.actor().account, clock::now());
    let kept = w.execute(
        sql("INSERT INTO warning_receipt (handover_id, received_by, role, how, note, received_at, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (handover_id) DO NOTHING"),
        &[&handover, &new.received_by, &new.role, &new.how.key(), &new.note, &new.received_at, &now, &account, &by],
    )?;
    board_changed(w, of)?;
    Ok(kept == 1)
}

/// Why a warning was closed though nobody confirmed it: key, words.
pub const CLOSINGS: [(&str, &str); 4] = [
    ("not-in-custody", "The person was released, and nobody has charge of them"),
    ("in-care", "The person is in hospital or other care that knows"),
    ("in-error", "The warning was raised in error, or about somebody else"),
    ("other", "Another reason"),
];

/// A manager closes a warning without a receipt. The first closing counts; false when there was one.
///
/// # Errors
/// When the database refuses.
pub fn close(w: &mut Writer<'_, ApproveDisclosure>, of: &Opened, reason: &str, words: &str) -> Result<bool> {
    w.record(Event::new("warning closed without receipt", "warning", of.warning.id).with(reason));
    let (by, account, now) = (w.by(), w.actor().account, clock::now());
    let kept = w.execute(
        sql("INSERT INTO warning_closing (warning_id, reason, words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (warning_id) DO NOTHING"),
        &[&of.warning.id, &reason, &words, &now, &account, &by],
    )?;
    board_changed(w, of)?;
    Ok(kept == 1)
}

fn board_changed<C: Capability>(w: &mut Writer<'_, C>, of: &Opened) -> Result<()> {
    match &of.line {
        Some(line) => morning::changed(w, line),
        None => Ok(()),
    }
}
