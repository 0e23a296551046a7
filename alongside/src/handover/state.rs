//! Where a warning stands: a pure rule over handovers, receipts and now. A warning is open until every receiver who still has
//! the person has confirmed.

use super::warning::{Handover, Warning};
use jiff::Timestamp;

/// The state of one warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Somebody should have confirmed by now.
    Overdue,
    /// Nobody was told yet.
    NotHandedOver,
    /// Told, not confirmed, still in time.
    Waiting,
    /// Every receiver confirmed.
    Received,
    /// A manager closed it without a receipt.
    Closed,
}

impl State {
    /// Whether somebody still has to do something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, State::Overdue | State::NotHandedOver | State::Waiting)
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            State::Overdue => "Overdue",
            State::NotHandedOver => "Not handed over",
            State::Waiting => "Waiting for confirmation",
            State::Received => "Received",
            State::Closed => "Closed without receipt",
        }
    }
}

/// Handovers that still need a receipt: those not confirmed, and not followed by a later one because the person moved on.
pub(super) fn pending(handovers: &[Handover]) -> impl Iterator<Item = &Handover> {
    handovers
        .iter()
        .filter(|h| h.receipt.is_none() && !handovers.iter().any(|later| later.after == Some(h.id)))
}

/// The state of a warning at a moment.
#[must_use]
pub fn state(warning: &Warning, now: Timestamp) -> State {
    if warning.closing.is_some() {
        return State::Closed;
    }
    if warning.handovers.is_empty() {
        return State::NotHandedOver;
    }
    match pending(&warning.handovers).map(|h| h.due_at).min() {
        None => State::Received,
        Some(due) if due < now => State::Overdue,
        Some(_) => State::Waiting,
    }
}

/// When the first confirmation is due; nothing where none is awaited.
#[must_use]
pub fn due(warning: &Warning) -> Option<Timestamp> {
    pending(&warning.handovers).map(|h| h.due_at).min()
}

#[cfg(test)]
mod tests {
    use super::super::codes::{Basis, Confirmed, Receiver};
    use super::super::warning::{Closing, Receipt};
    use super::*;
    use crate::consent::Means;
    use crate::ids::{HandoverId, ProjectId, WarningId};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_795_420_800 + 60 * minute).unwrap()
    }

    fn handover(after: Option<HandoverId>, due: i64, received: bool) -> Handover {
        Handover {
            id: HandoverId::fresh(),
            after,
            receiver: Receiver::Escort,
            place: "Invented Escorts".into(),
            given_to: "Desk".into(),
            means: Means::InPerson,
            handed_at: at(0),
            due_at: at(due),
            by: "Nell Example".into(),
            receipt: received.then(|| Receipt {
                by: "R Example".into(),
                role: "Officer".into(),
                how: Confirmed::Telephone,
                note: String::new(),
                at: at(5),
                recorded_by: "Nell Example".into(),
            }),
            link: None,
        }
    }

    fn warning(handovers: Vec<Handover>) -> Warning {
        Warning {
            id: WarningId::fresh(),
            reference: "W-TEST".into(),
            project: ProjectId::of(Uuid::nil()),
            listing: None,
            person: None,
            words: "words".into(),
            said_by: "them".into(),
            heard_at: at(0),
            basis: Basis::SaidByPerson,
            advice: String::new(),
            raised_at: at(0),
            by: "Nell Example".into(),
            handovers,
            closing: None,
        }
    }

    #[test]
    fn a_warning_nobody_was_told_is_open() {
        assert_eq!(state(&warning(vec![]), at(0)), State::NotHandedOver);
    }

    #[test]
    fn it_is_overdue_from_the_minute_after_it_was_due() {
        let w = warning(vec![handover(None, 60, false)]);
        assert_eq!(state(&w, at(60)), State::Waiting);
        assert_eq!(state(&w, at(61)), State::Overdue);
        assert_eq!(due(&w), Some(at(60)));
    }

    #[test]
    fn one_receiver_who_confirmed_does_not_answer_for_another() {
        let w = warning(vec![handover(None, 60, true), handover(None, 90, false)]);
        assert_eq!(state(&w, at(10)), State::Waiting);
        assert_eq!(state(&w, at(91)), State::Overdue);
    }

    #[test]
    fn when_the_person_moved_on_the_next_receiver_has_to_confirm() {
        let first = handover(None, 60, false);
        let second = handover(Some(first.id), 200, false);
        let mut w = warning(vec![first, second]);
        assert_eq!(state(&w, at(100)), State::Waiting);
        assert_eq!(state(&w, at(201)), State::Overdue);
        w.handovers[1].receipt = handover(None, 0, true).receipt;
        assert_eq!(state(&w, at(500)), State::Received);
    }

    #[test]
    fn closed_is_closed_and_not_received() {
        let mut w = warning(vec![handover(None, 60, false)]);
        w.closing = Some(Closing { reason: "x".into(), words: String::new(), at: at(9), by: "M".into() });
        assert_eq!(state(&w, at(500)), State::Closed);
        assert!(!State::Closed.is_open());
    }

    proptest! {
        #[test]
        fn it_is_received_only_when_nobody_is_left_to_confirm(
            given in proptest::collection::vec((any::<bool>(), any::<bool>(), 0..100_i64), 0..8), now in 0..200_i64,
        ) {
            let mut all: Vec<Handover> = Vec::new();
            for (follows, received, due) in given {
                let after = if follows { all.last().map(|h| h.id) } else { None };
                all.push(handover(after, due, received));
            }
            let w = warning(all.clone());
            let left = all.iter().filter(|h| h.receipt.is_none() && !all.iter().any(|l| l.after == Some(h.id))).count();
            let s = state(&w, at(now));
            prop_assert_eq!(s == State::Received, !all.is_empty() && left == 0);
            prop_assert_eq!(s.is_open(), all.is_empty() || left > 0);
            // The last receiver is never excused: a chain can't end in nobody.
            if let Some(last) = all.last().filter(|h| h.receipt.is_none()) {
                prop_assert!(pending(&all).any(|h| h.id == last.id));
            }
        }
    }
}
