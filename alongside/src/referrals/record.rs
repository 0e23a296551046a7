//! A referral, and what happened to it.

use super::codes::{ATTENDED, CHASED_BY, CLOSINGS, Code, DECLINES, MISSED, REVOKED, words_in};
use crate::consent::{Purpose, Recipient};
use crate::ids::{PersonId, ProjectId, ReferralEventId, ReferralId};
use crate::triage::Section;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// A referral made to one service.
#[derive(Debug, Clone)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// The record it hangs on: one that was merged into the person's, perhaps.
    pub person: PersonId,
    /// The project that made it.
    pub project: ProjectId,
    /// The entry of the directory.
    pub service: Uuid,
    /// The service's name as it was then.
    pub service_name: String,
    /// Who was told, for the ledger.
    pub recipient: Recipient,
    /// What for.
    pub purpose: Purpose,
    /// Why; a key of [`super::codes::REASONS`].
    pub reason: String,
    /// How soon; a key of [`super::codes::PRIORITIES`].
    pub priority: String,
    /// Areas of need it is made for; keys of [`crate::assessment::AREAS`].
    pub needs: Vec<String>,
    /// Why it was made although the directory says the service would not take them; empty when it would.
    pub despite: String,
    /// What was told, word for word.
    pub packet: Vec<Section>,
    /// By which means; a key of [`super::codes::SENT_BY`].
    pub means: String,
    /// The address it went to; empty when it went otherwise.
    pub sent_to: String,
    /// When.
    pub sent_at: Timestamp,
    /// The day by which the service promises an answer.
    pub reply_due: Option<Date>,
    /// Who made it.
    pub by: String,
    /// The account that made it.
    pub account: Option<Uuid>,
    /// What happened since, oldest first; what was taken back is among it.
    pub events: Vec<Happened>,
}

/// What can happen to a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// The service has it.
    Acknowledged,
    /// The service asks us something first.
    Asked,
    /// We answered what they asked.
    Answered,
    /// It takes the person on.
    Accepted,
    /// The person waits for a place.
    Waiting,
    /// It does not take them.
    Declined,
    /// An appointment was offered; `at` is when it is.
    Appointment,
    /// The person came.
    Attended,
    /// They did not, or were not seen.
    Missed,
    /// An appointment that will not be.
    CalledOff,
    /// We asked again.
    Chased,
    /// Somebody of us goes with them.
    Accompanies,
    /// What came of it.
    Outcome,
    /// Ended.
    Closed,
    /// Taken back by us.
    Revoked,
    /// Another referral took over; `of` names it.
    Transferred,
    /// A note.
    Note,
    /// An earlier row was a mistake; `of` names it.
    Mistaken,
}

impl What {
    const ALL: [(What, &'static str, &'static str); 18] = [
        (What::Acknowledged, "acknowledged", "The service has it"),
        (What::Asked, "asked", "The service asks something first"),
        (What::Answered, "answered", "Their question was answered"),
        (What::Accepted, "accepted", "Accepted"),
        (What::Waiting, "waiting", "On the waiting list"),
        (What::Declined, "declined", "Declined"),
        (What::Appointment, "appointment", "Appointment offered"),
        (What::Attended, "attended", "Appointment attended"),
        (What::Missed, "missed", "Appointment not kept"),
        (What::CalledOff, "called-off", "Appointment called off or moved"),
        (What::Chased, "chased", "Asked again"),
        (What::Accompanies, "accompanies", "Somebody goes with them"),
        (What::Outcome, "outcome", "What came of it"),
        (What::Closed, "closed", "Closed"),
        (What::Revoked, "revoked", "Taken back by us"),
        (What::Transferred, "transferred", "Another referral took over"),
        (What::Note, "note", "Note"),
        (What::Mistaken, "mistaken", "Written down by mistake"),
    ];

    /// The key kept.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(what, ..)| *what == self).map_or("note", |(_, key, _)| key)
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(what, ..)| *what == self).map_or("", |(.., words)| words)
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, k, _)| *k == key).map(|(what, ..)| *what)
    }
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Happened {
    /// Its id.
    pub id: ReferralEventId,
    /// What.
    pub what: What,
    /// The coded reason or way; empty when there is none.
    pub code: String,
    /// In words.
    pub words: String,
    /// When it happened; for an appointment, when it is.
    pub at: Timestamp,
    /// Where an appointment is.
    pub place: String,
    /// The row or referral it is about.
    pub of: Option<Uuid>,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// By whom.
    pub by: String,
    /// "us", or "service" when they answered by their link.
    pub via: String,
}

/// The list that a coded reason is from.
fn list_of(what: What) -> Option<&'static [Code]> {
    match what {
        What::Declined => Some(DECLINES),
        What::Attended => Some(ATTENDED),
        What::Missed => Some(MISSED),
        What::Closed => Some(CLOSINGS),
        What::Revoked => Some(REVOKED),
        What::Chased => Some(CHASED_BY),
        _ => None,
    }
}

/// A coded reason in words, for the kind of what happened.
pub(super) fn code_words(code: &str, kind: &str) -> String {
    What::from_key(kind).and_then(list_of).map_or(code, |list| words_in(list, code)).into()
}

impl Happened {
    /// The coded reason in words; empty when there is none.
    #[must_use]
    pub fn code_words(&self) -> &str {
        list_of(self.what).map_or(self.code.as_str(), |list| words_in(list, &self.code))
    }
}

impl Referral {
    /// What happened and still counts, oldest first.
    pub fn standing(&self) -> impl Iterator<Item = &Happened> {
        let mistaken: Vec<Uuid> =
            self.events.iter().filter(|e| e.what == What::Mistaken).filter_map(|e| e.of).collect();
        self.events.iter().filter(move |e| e.what != What::Mistaken && !mistaken.contains(&Uuid::from(e.id)))
    }

    /// Whether a row was taken back as a mistake.
    #[must_use]
    pub fn is_mistaken(&self, event: &Happened) -> bool {
        self.events.iter().any(|e| e.what == What::Mistaken && e.of == Some(event.id.into()))
    }
}
