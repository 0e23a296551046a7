//! A referral in, and how it stands: worked out from what happened.

use crate::clock;
use crate::ids::{ListingId, PersonId, ProjectId, ReferralInId};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use law::Calendar;
use uuid::Uuid;

/// Minutes to an answer, when nobody is in immediate danger.
pub const ANSWER_MINUTES: i64 = 60;
/// Minutes to an answer, when somebody is.
pub const DANGER_MINUTES: i64 = 15;
/// When the service is at work, on working days.
const OPENS: Time = Time::constant(8, 0, 0, 0);
const CLOSES: Time = Time::constant(17, 30, 0, 0);

/// A referral as it came.
#[derive(Debug, Clone)]
pub struct ReferralIn {
    /// Its id.
    pub id: ReferralInId,
    /// The project it came to first.
    pub project: ProjectId,
    /// How it came; a key of [`super::SOURCES`].
    pub source: String,
    /// The name, as whoever referred gave it.
    pub name: String,
    /// Birth date.
    pub born_on: Option<Date>,
    /// Sex as they said; empty for not said.
    pub sex: String,
    /// Any number they gave.
    pub number: String,
    /// Where the person is; a key of [`super::PLACES`].
    pub place: String,
    /// The court; empty for not known.
    pub court: String,
    /// The day in court.
    pub hearing_on: Option<Date>,
    /// The time, as typed.
    pub hearing_time: String,
    /// Why worried; keys of [`super::WORRIES`].
    pub worries: Vec<String>,
    /// In words.
    pub words: String,
    /// Immediate danger: yes, no, not-known.
    pub danger: String,
    /// Whether the person was told: yes, no, not-asked.
    pub told: String,
    /// Whether they agree: yes, no, not-asked.
    pub agrees: String,
    /// A report for the court that is asked for with it: what is to be known, and by when as typed.
    pub report: Option<(String, String)>,
    /// Who refers: name, role (a key of [`super::ROLES`]), how to reach them.
    pub referrer: (String, String, String),
    /// When it came.
    pub received_at: Timestamp,
    /// By when somebody should have taken it on.
    pub due_at: Timestamp,
    /// The account that sent it, when it was one.
    pub account: Option<Uuid>,
    /// Who wrote it down.
    pub by: String,
    /// What became of it, oldest first.
    pub events: Vec<Event>,
}

/// What can become of a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// Somebody takes it on.
    Accepted,
    /// A human says who it is about.
    Joined,
    /// That was wrong.
    Unjoined,
    /// It goes to another project.
    Redirected,
    /// The person was seen.
    Seen,
    /// We do not take it.
    Declined,
    /// It is about what another referral is about.
    Duplicate,
    /// Whoever referred takes it back.
    Withdrawn,
}

impl EventKind {
    const ALL: [(EventKind, &'static str, &'static str); 8] = [
        (EventKind::Accepted, "accepted", "Taken on"),
        (EventKind::Joined, "joined", "Said who it is about"),
        (EventKind::Unjoined, "unjoined", "That was somebody else"),
        (EventKind::Redirected, "redirected", "Passed on to another project"),
        (EventKind::Seen, "seen", "Seen"),
        (EventKind::Declined, "declined", "Declined"),
        (EventKind::Duplicate, "duplicate", "The same as another referral"),
        (EventKind::Withdrawn, "withdrawn", "Taken back by whoever referred"),
    ];

    /// The key kept.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, key, _)| key)
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., words)| words)
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, k, _)| *k == key).map(|(kind, ..)| *kind)
    }
}

/// Something that became of it.
#[derive(Debug, Clone)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// The coded reason.
    pub code: String,
    /// In words.
    pub words: String,
    /// The line it was joined to.
    pub listing: Option<ListingId>,
    /// The person it was joined to.
    pub person: Option<PersonId>,
    /// The other referral, or the project it was passed on to.
    pub other: Option<Uuid>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// How it stands: all that whoever referred ever sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It came; nobody has taken it on.
    Received,
    /// Somebody has.
    Accepted,
    /// The person was seen.
    Seen,
    /// We do not take it.
    Declined,
    /// Another referral about the person goes on.
    Joined,
    /// They took it back.
    Withdrawn,
}

impl Standing {
    /// The key of its words in each language.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Standing::Received => "state-received",
            Standing::Accepted => "state-accepted",
            Standing::Seen => "state-seen",
            Standing::Declined => "state-declined",
            Standing::Joined => "state-joined",
            Standing::Withdrawn => "state-withdrawn",
        }
    }

    /// The words of our own pages.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Standing::Received => "Nobody has taken it on",
            Standing::Accepted => "Taken on",
            Standing::Seen => "Seen",
            Standing::Declined => "Declined",
            Standing::Joined => "Goes on with another referral",
            Standing::Withdrawn => "Taken back by whoever referred",
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Standing::Received | Standing::Accepted)
    }
}

impl ReferralIn {
    fn last(&self, kind: EventKind) -> Option<&Event> {
        self.events.iter().rfind(|e| e.kind == kind)
    }

    /// How it stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        for (kind, standing) in [
            (EventKind::Seen, Standing::Seen),
            (EventKind::Declined, Standing::Declined),
            (EventKind::Duplicate, Standing::Joined),
            (EventKind::Withdrawn, Standing::Withdrawn),
        ] {
            if self.last(kind).is_some() {
                return standing;
            }
        }
        // Passed on, it waits for somebody there.
        let passed = self.events.iter().rposition(|e| e.kind == EventKind::Redirected);
        let taken = self.events.iter().rposition(|e| e.kind == EventKind::Accepted);
        if taken.is_some() && taken > passed { Standing::Accepted } else { Standing::Received }
    }

    /// The project it is with now.
    #[must_use]
    pub fn is_with(&self) -> ProjectId {
        self.last(EventKind::Redirected).and_then(|e| e.other).map_or(self.project, ProjectId::of)
    }

    /// The line a human joined it to.
    #[must_use]
    pub fn listing(&self) -> Option<ListingId> {
        self.joined().and_then(|e| e.listing)
    }

    /// The person a human joined it to.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        self.joined().and_then(|e| e.person)
    }

    fn joined(&self) -> Option<&Event> {
        self.events
            .iter()
            .rfind(|e| matches!(e.kind, EventKind::Joined | EventKind::Unjoined))
            .filter(|e| e.kind == EventKind::Joined)
    }

    /// Why it was declined, in the words meant for whoever referred.
    #[must_use]
    pub fn decline(&self) -> Option<&Event> {
        self.last(EventKind::Declined)
    }

    /// Nobody has taken it on by when somebody should have.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.standing() == Standing::Received && self.due_at < now
    }

    /// Whether it speaks of somebody harming themselves, or of danger now.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.danger == "yes" || self.worries.iter().any(|w| w == "ending-life")
    }
}

/// By when somebody should have taken it on: an hour, or fifteen minutes when somebody is in danger, counted while the service is
/// at work. What comes at night is due in the morning.
#[must_use]
pub fn due_at(received: Timestamp, danger: bool) -> Timestamp {
    let minutes = SignedDuration::from_mins(if danger { DANGER_MINUTES } else { ANSWER_MINUTES });
    let calendar = Calendar::default();
    let local = clock::in_london(received);
    let (day, time) = (local.date(), local.time());
    let working = calendar.is_working_day(day);
    let starts = match (working, time) {
        (true, time) if time >= OPENS && time < CLOSES => return received + minutes,
        (true, time) if time < OPENS => day,
        _ => calendar.add_working_days(day, 1),
    };
    let opens = starts.to_datetime(OPENS).to_zoned(clock::london()).map_or(received, |at| at.timestamp());
    opens + minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_at_night_or_on_a_weekend_is_due_when_somebody_is_there() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        for (received, danger, due) in [
            ("2026-11-26T10:00:00Z", false, "2026-11-26T11:00:00Z"),
            ("2026-11-26T10:00:00Z", true, "2026-11-26T10:15:00Z"),
            // Thursday evening, Friday at five in the morning, Saturday.
            ("2026-11-26T20:00:00Z", false, "2026-11-27T09:00:00Z"),
            ("2026-11-27T05:00:00Z", true, "2026-11-27T08:15:00Z"),
            ("2026-11-28T12:00:00Z", false, "2026-11-30T09:00:00Z"),
        ] {
            assert_eq!(due_at(at(received), danger), at(due), "{received}");
        }
    }
}
