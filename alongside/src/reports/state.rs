//! How far a report is: worked out from what happened to it, never kept.

use super::due::{Standing, hearing_at, standing};
use super::record::{Delivery, Hearing, Report, Version, Writer};
use crate::consent::Recipient;
use jiff::Timestamp;

/// How far a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Nobody writes.
    Asked,
    /// Somebody took it, nothing is written.
    Taken,
    /// Text is there, not signed.
    BeingWritten,
    /// Signed; a second signature is awaited.
    WaitsForSecond,
    /// Locked, and not yet given to whoever asked.
    Ready,
    /// Given to whoever asked.
    Delivered,
    /// No longer wanted.
    Closed,
}

impl State {
    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            State::Asked => "Nobody writes yet",
            State::Taken => "Taken, nothing written",
            State::BeingWritten => "Being written",
            State::WaitsForSecond => "Waits for countersignature",
            State::Ready => "Signed, to be delivered",
            State::Delivered => "Delivered",
            State::Closed => "No longer wanted",
        }
    }
}

impl Report {
    /// The hearing it is for.
    #[must_use]
    pub fn hearing(&self) -> Option<&Hearing> {
        self.hearings.last()
    }

    /// When that hearing begins, where day and time are known.
    #[must_use]
    pub fn hearing_at(&self) -> Option<Timestamp> {
        self.hearing().and_then(|h| hearing_at(h.on, &h.time))
    }

    /// When it is due.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.hearing().and_then(|h| h.due_at)
    }

    /// Who writes.
    #[must_use]
    pub fn writer(&self) -> Option<&Writer> {
        self.writers.last()
    }

    /// Who has to get it: whoever asked, and the court when nobody did.
    #[must_use]
    pub fn main_recipient(&self) -> Recipient {
        match self.asked_by.as_str() {
            "defence" => Recipient::Defence,
            "probation" => Recipient::Probation,
            _ => Recipient::Court,
        }
    }

    /// The newest version that is locked: what is delivered, and nothing else.
    #[must_use]
    pub fn current(&self) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.locked.is_some())
    }

    /// The version signed last.
    #[must_use]
    pub fn newest(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// The number of the version that is written now: 1, or what a correction began.
    #[must_use]
    pub fn writing(&self) -> Option<i64> {
        let signed = self.newest().map_or(0, |version| version.number);
        match self.saves.last() {
            Some(saved) if saved.version > signed => Some(saved.version),
            _ if signed == 0 => Some(1),
            _ => None,
        }
    }

    /// When whoever asked had it first, in any version.
    #[must_use]
    pub fn delivered_at(&self) -> Option<Timestamp> {
        let whom = self.main_recipient();
        self.deliveries.iter().filter(|d| d.recipient == whom).map(|d| d.at).min()
    }

    /// How far it is. A correction that is written or waits does not undo a delivery.
    #[must_use]
    pub fn state(&self) -> State {
        if self.closing.is_some() {
            return State::Closed;
        }
        if self.delivered_at().is_some() {
            return State::Delivered;
        }
        match self.newest() {
            Some(version) if version.locked.is_some() => State::Ready,
            Some(_) => State::WaitsForSecond,
            None if !self.saves.is_empty() => State::BeingWritten,
            None if self.writer().is_some() => State::Taken,
            None => State::Asked,
        }
    }

    /// How its clock stands; nothing when it is closed or has no due time.
    #[must_use]
    pub fn standing(&self, now: Timestamp, soon_minutes: i64) -> Option<Standing> {
        if self.closing.is_some() {
            return None;
        }
        self.due().map(|due| standing(due, self.delivered_at(), now, soon_minutes))
    }

    /// Somebody has to do something about it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state(), State::Delivered | State::Closed)
    }

    /// Deliveries of a version older than the one in force, to receivers who did not get a newer one.
    pub fn outdated(&self) -> impl Iterator<Item = &Delivery> {
        let current = self.current().map_or(0, |version| version.number);
        self.deliveries.iter().filter(move |old| {
            old.version < current
                && !self.deliveries.iter().any(|newer| {
                    newer.recipient == old.recipient
                        && newer.to_name == old.to_name
                        && newer.version > old.version
                })
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::record::{Locked, Saved};
    use super::*;
    use crate::consent::{Means, Purpose};
    use crate::ids::{AccountId, DeliveryId, ProjectId, ReportId};
    use jiff::SignedDuration;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + 60 * minutes).unwrap()
    }

    pub(in super::super) fn report() -> Report {
        Report {
            id: ReportId::fresh(),
            listing: None,
            person: None,
            project: ProjectId::fresh(),
            kind: "same-day".into(),
            purpose: Purpose::Bail,
            asked_by: "bench".into(),
            asker: String::new(),
            question: String::new(),
            restriction: String::new(),
            asked_at: at(0),
            after: None,
            by: "Kim Example".into(),
            hearings: Vec::new(),
            writers: Vec::new(),
            saves: Vec::new(),
            versions: Vec::new(),
            deliveries: Vec::new(),
            closing: None,
        }
    }

    fn version(number: i64, locked: bool) -> Version {
        Version {
            number,
            save: 1,
            changed: String::new(),
            looked_at: Vec::new(),
            countersign: !locked,
            role: String::new(),
            signed_at: at(number),
            by: "Kim Example".into(),
            account: None,
            second: None,
            locked: locked.then(|| Locked { hash: "x".into(), pages: 1, at: at(number) }),
            recommendations: Vec::new(),
        }
    }

    fn delivery(version: i64, recipient: Recipient, name: &str) -> Delivery {
        Delivery {
            id: DeliveryId::fresh(),
            version,
            recipient,
            to_name: name.into(),
            to_role: String::new(),
            means: Means::Paper,
            at: at(10 * version),
            by: String::new(),
            receipt: None,
        }
    }

    #[test]
    fn the_state_follows_from_what_happened() {
        let mut report = report();
        assert_eq!((report.state(), report.writing()), (State::Asked, Some(1)));
        report.writers.push(Writer { account: AccountId::fresh(), name: "Kim".into(), at: at(1) });
        assert_eq!(report.state(), State::Taken);
        report.saves.push(Saved { version: 1, save: 3 });
        assert_eq!(report.state(), State::BeingWritten);
        report.versions.push(version(1, false));
        assert_eq!((report.state(), report.writing()), (State::WaitsForSecond, None));
        report.versions[0] = version(1, true);
        assert_eq!(report.state(), State::Ready);
        report.deliveries.push(delivery(1, Recipient::Prosecution, ""));
        assert_eq!(report.state(), State::Ready, "whoever asked does not have it yet");
        report.deliveries.push(delivery(1, Recipient::Court, ""));
        assert_eq!(report.state(), State::Delivered);
        report.saves.push(Saved { version: 2, save: 1 });
        assert_eq!((report.state(), report.writing()), (State::Delivered, Some(2)));
    }

    #[test]
    fn the_version_in_force_is_the_newest_that_is_locked_and_older_deliveries_are_told() {
        let mut report = report();
        report.versions = vec![version(1, true), version(2, false)];
        report.deliveries = vec![delivery(1, Recipient::Court, "A"), delivery(1, Recipient::Defence, "B")];
        assert_eq!(report.current().unwrap().number, 1);
        assert_eq!(report.outdated().count(), 0);
        report.versions[1] = version(2, true);
        assert_eq!(report.outdated().count(), 2);
        report.deliveries.push(delivery(2, Recipient::Court, "A"));
        let left: Vec<_> = report.outdated().map(|d| d.to_name.clone()).collect();
        assert_eq!(left, ["B"]);
    }

    #[test]
    fn the_clock_stops_with_whoever_asked_and_a_report_of_the_defence_is_due_to_the_defence() {
        let mut report = report();
        report.asked_by = "defence".into();
        report.hearings.push(Hearing {
            on: None,
            time: String::new(),
            court: String::new(),
            room: String::new(),
            due_at: Some(at(30)),
            due_why: String::new(),
            at: at(0),
            by: String::new(),
        });
        report.deliveries.push(delivery(1, Recipient::Court, ""));
        assert_eq!(report.standing(at(31), 10), Some(Standing::Overdue));
        report.deliveries.push(delivery(2, Recipient::Defence, ""));
        assert_eq!(report.standing(at(31), 10), Some(Standing::InTime));
        let late = at(0).checked_add(SignedDuration::from_mins(19)).unwrap();
        report.hearings[0].due_at = Some(late);
        assert_eq!(report.standing(at(31), 10), Some(Standing::Late));
    }
}
