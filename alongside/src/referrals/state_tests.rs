use super::super::record::{Happened, Referral, What};
use super::*;
use crate::consent::{Purpose, Recipient};
use crate::ids::{PersonId, ProjectId, ReferralEventId, ReferralId};
use jiff::SignedDuration;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Sent on Tuesday 3 November 2026 at nine, an answer promised by the tenth.
fn referral() -> Referral {
    Referral {
        id: ReferralId::fresh(),
        person: PersonId::fresh(),
        project: ProjectId::fresh(),
        service: Uuid::now_v7(),
        service_name: "Harbour House".into(),
        recipient: Recipient::Voluntary,
        purpose: Purpose::Support,
        reason: "help".into(),
        priority: "routine".into(),
        needs: vec!["accommodation".into()],
        despite: String::new(),
        packet: Vec::new(),
        means: "paper".into(),
        sent_to: String::new(),
        sent_at: at("2026-11-03T09:00:00Z"),
        reply_due: Some("2026-11-10".parse().unwrap()),
        by: "Sam Okafor".into(),
        account: None,
        events: Vec::new(),
    }
}

fn happens(referral: &mut Referral, what: What, when: &str, of: Option<ReferralEventId>) -> ReferralEventId {
    let id = ReferralEventId::fresh();
    referral.events.push(Happened {
        id,
        what,
        code: String::new(),
        words: String::new(),
        at: at(when),
        place: String::new(),
        of: of.map(Uuid::from),
        recorded_at: at(when),
        by: "Sam Okafor".into(),
        via: "us".into(),
    });
    id
}

/// An appointment offered on the fourth for a later moment.
fn offered(referral: &mut Referral, time: &str) -> ReferralEventId {
    let id = happens(referral, What::Appointment, time, None);
    referral.events.last_mut().unwrap().recorded_at = at("2026-11-04T10:00:00Z");
    id
}

#[test]
fn silence_is_due_on_the_day_they_promised_and_asking_again_gives_three_working_days() {
    let mut r = referral();
    let now = at("2026-11-12T09:00:00Z");
    assert_eq!(r.state(now), State::Sent);
    assert_eq!((r.next(now).unwrap().on, r.overdue_days(now)), ("2026-11-10".parse().unwrap(), Some(2)));
    happens(&mut r, What::Chased, "2026-11-12T09:30:00Z", None);
    // Friday, Monday, Tuesday.
    assert_eq!((r.next(now).unwrap().on, r.overdue_days(now)), ("2026-11-17".parse().unwrap(), None));
}

#[test]
fn from_accepted_over_a_missed_appointment_to_attended() {
    let mut r = referral();
    let now = at("2026-11-05T09:00:00Z");
    happens(&mut r, What::Accepted, "2026-11-04T09:00:00Z", None);
    assert_eq!(r.state(now), State::Accepted);
    let first = offered(&mut r, "2026-11-09T14:00:00Z");
    assert_eq!(r.state(now), State::Booked);
    let after = at("2026-11-10T09:00:00Z");
    assert_eq!(r.state(after), State::Passed);
    happens(&mut r, What::Missed, "2026-11-10T09:00:00Z", Some(first));
    assert_eq!(r.state(after), State::Missed);
    assert_eq!(r.next(after).unwrap().on, "2026-11-12".parse().unwrap());
    let second = offered(&mut r, "2026-11-16T14:00:00Z");
    assert_eq!(r.state(after), State::Booked);
    happens(&mut r, What::Attended, "2026-11-16T14:00:00Z", Some(second));
    assert_eq!(r.state(at("2026-11-17T09:00:00Z")), State::Attended);
}

#[test]
fn a_question_waits_for_us_until_it_is_answered() {
    let mut r = referral();
    happens(&mut r, What::Asked, "2026-11-04T09:00:00Z", None);
    let now = at("2026-11-05T09:00:00Z");
    assert_eq!(r.state(now), State::Asked);
    assert_eq!(r.next(now).unwrap().silence, Silence::Ours);
    happens(&mut r, What::Answered, "2026-11-05T09:00:00Z", None);
    assert_eq!(r.state(now), State::Sent);
}

#[test]
fn what_was_said_last_counts_and_a_mistake_counts_for_nothing() {
    let mut r = referral();
    let now = at("2026-11-05T09:00:00Z");
    happens(&mut r, What::Accepted, "2026-11-04T09:00:00Z", None);
    let declined = happens(&mut r, What::Declined, "2026-11-05T08:00:00Z", None);
    assert_eq!(r.state(now), State::Declined);
    happens(&mut r, What::Mistaken, "2026-11-05T08:30:00Z", Some(declined));
    assert_eq!(r.state(now), State::Accepted);
    happens(&mut r, What::Closed, "2026-11-05T09:00:00Z", None);
    assert_eq!((r.state(now), r.next(now)), (State::Closed, None));
}

fn any_what() -> impl Strategy<Value = What> {
    prop::sample::select(vec![
        What::Acknowledged,
        What::Asked,
        What::Answered,
        What::Accepted,
        What::Waiting,
        What::Declined,
        What::Appointment,
        What::Attended,
        What::Missed,
        What::CalledOff,
        What::Chased,
        What::Note,
    ])
}

proptest! {
    /// Whatever happens, an open referral has something due: nobody is forgotten.
    #[test]
    fn whatever_happened_an_open_referral_has_a_next_step(all in prop::collection::vec((any_what(), 0_i64..900), 0..20), later in 0_i64..2_000) {
        let mut r = referral();
        for (what, hours) in all {
            let when = r.sent_at + SignedDuration::from_hours(hours);
            let of = r.events.iter().rev().find(|e| e.what == What::Appointment).map(|e| e.id);
            happens(&mut r, what, &when.to_string(), of);
        }
        let now = r.sent_at + SignedDuration::from_hours(later);
        prop_assert!(r.state(now).is_open());
        prop_assert!(r.next(now).is_some());
        // Taking everything back leaves it as it was sent.
        let ids: Vec<_> = r.events.iter().map(|e| e.id).collect();
        for id in ids {
            happens(&mut r, What::Mistaken, "2026-11-03T09:00:00Z", Some(id));
        }
        prop_assert_eq!(r.state(now), State::Sent);
    }
}
