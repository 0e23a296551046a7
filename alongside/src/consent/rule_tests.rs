//! The rule's properties, and the cases that made it what it is.

use super::*;
use proptest::prelude::*;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_795_420_800 + 3_600 * hour).unwrap()
}

fn said(decision: Decision, purpose: Option<Purpose>, hour: i64) -> Decided {
    Decided {
        id: ConsentId::fresh(),
        recipient: Recipient::Court,
        name: String::new(),
        purpose,
        decision,
        limits: if decision == Decision::Partial { "that they are ill".into() } else { String::new() },
        best_interests_share: false,
        expires_on: None,
        decided_at: at(hour),
        recorded_at: at(hour),
    }
}

fn court(purpose: Purpose) -> Question<'static> {
    Question { recipient: Recipient::Court, name: "", purpose }
}

fn why(ruling: &Ruling) -> Option<Why> {
    match ruling {
        Ruling::Allowed { .. } => None,
        Ruling::Stop(stop) => Some(stop.why),
    }
}

fn overridden(class: Class, at_once: bool, hour: i64, answer: Option<(bool, Timestamp)>) -> Overridden {
    Overridden {
        id: OverrideId::fresh(),
        recipient: Recipient::Court,
        name: String::new(),
        purpose: Purpose::Bail,
        class,
        at_once,
        at: at(hour),
        answer,
    }
}

#[test]
fn without_a_decision_nothing_is_told() {
    assert_eq!(why(&rule(&[], &[], &court(Purpose::Bail), at(0))), Some(Why::NoDecision));
    let not_asked = [said(Decision::NotAsked, None, 0)];
    assert_eq!(why(&rule(&not_asked, &[], &court(Purpose::Bail), at(1))), Some(Why::NoDecision));
}

#[test]
fn not_asked_today_takes_nothing_back() {
    let all = [said(Decision::Given, None, 0), said(Decision::NotAsked, None, 5)];
    assert_eq!(why(&rule(&all, &[], &court(Purpose::Bail), at(6))), None);
}

#[test]
fn partial_carries_its_limits() {
    let all = [said(Decision::Partial, Some(Purpose::Bail), 0)];
    let Ruling::Allowed { limits, .. } = rule(&all, &[], &court(Purpose::Bail), at(1)) else { panic!() };
    assert_eq!(limits, "that they are ill");
}

#[test]
fn the_purpose_goes_before_the_general_and_a_later_general_no_before_both() {
    let mut all = vec![said(Decision::Refused, None, 0), said(Decision::Given, Some(Purpose::Bail), 1)];
    assert_eq!(why(&rule(&all, &[], &court(Purpose::Bail), at(9))), None);
    assert_eq!(why(&rule(&all, &[], &court(Purpose::Sentence), at(9))), Some(Why::Refused));
    all.push(said(Decision::Refused, None, 2));
    assert_eq!(why(&rule(&all, &[], &court(Purpose::Bail), at(9))), Some(Why::Refused));
}

#[test]
fn a_later_general_yes_does_not_open_what_was_refused_for_a_purpose() {
    let all = [said(Decision::Refused, Some(Purpose::Sentence), 0), said(Decision::Given, None, 5)];
    assert_eq!(why(&rule(&all, &[], &court(Purpose::Sentence), at(9))), Some(Why::Refused));
    assert_eq!(why(&rule(&all, &[], &court(Purpose::Bail), at(9))), None);
}

#[test]
fn consent_holds_through_its_last_day_in_london_and_no_longer() {
    let mut d = said(Decision::Given, None, 0);
    d.expires_on = Some("2026-11-23".parse().unwrap());
    let evening: Timestamp = "2026-11-23T23:59:00Z".parse().unwrap();
    let midnight: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
    assert_eq!(why(&rule(&[d.clone()], &[], &court(Purpose::Bail), evening)), None);
    assert_eq!(why(&rule(&[d], &[], &court(Purpose::Bail), midnight)), Some(Why::Expired));
}

#[test]
fn a_concern_about_capacity_stops_until_somebody_decides_in_their_best_interests() {
    let mut d = said(Decision::Capacity, None, 0);
    assert_eq!(why(&rule(&[d.clone()], &[], &court(Purpose::Bail), at(1))), Some(Why::Capacity));
    d.best_interests_share = true;
    assert_eq!(why(&rule(&[d], &[], &court(Purpose::Bail), at(1))), None);
}

#[test]
fn telling_one_of_the_family_is_not_telling_another() {
    let mut mother = said(Decision::Given, None, 0);
    (mother.recipient, mother.name) = (Recipient::Family, "Mary  Example".into());
    let ask = |name| Question { recipient: Recipient::Family, name, purpose: Purpose::Support };
    assert_eq!(why(&rule(&[mother.clone()], &[], &ask("mary example"), at(1))), None);
    assert_eq!(why(&rule(&[mother.clone()], &[], &ask("Joe Example"), at(1))), Some(Why::NoDecision));
    let mut nobody = said(Decision::Refused, None, 2);
    nobody.recipient = Recipient::Family;
    assert_eq!(why(&rule(&[mother, nobody], &[], &ask("Mary Example"), at(3))), Some(Why::Refused));
}

#[test]
fn research_is_never_part_of_any_purpose() {
    let any = [said(Decision::Given, None, 0)];
    assert_eq!(why(&rule(&any, &[], &court(Purpose::Research), at(1))), Some(Why::NoDecision));
    let asked = [said(Decision::Given, Some(Purpose::Research), 0)];
    assert_eq!(why(&rule(&asked, &[], &court(Purpose::Research), at(1))), None);
}

#[test]
fn an_override_needs_a_second_person_unless_it_holds_at_once() {
    let refused = [said(Decision::Refused, None, 0)];
    let waiting = overridden(Class::Crime, false, 1, None);
    let Ruling::Stop(stop) = rule(&refused, std::slice::from_ref(&waiting), &court(Purpose::Bail), at(2))
    else {
        panic!()
    };
    assert_eq!((stop.why, stop.waiting), (Why::Refused, Some(waiting.id)));
    let approved = overridden(Class::Crime, false, 1, Some((true, at(3))));
    assert_eq!(why(&rule(&refused, &[approved], &court(Purpose::Bail), at(4))), None);
    let at_once = overridden(Class::ImmediateDanger, true, 1, None);
    assert_eq!(why(&rule(&refused, &[at_once], &court(Purpose::Bail), at(2))), None);
}

#[test]
fn an_override_ends_by_refusal_by_time_and_by_what_the_person_says_after_it() {
    let refused = [said(Decision::Refused, None, 0)];
    let not_approved = overridden(Class::ImmediateDanger, true, 1, Some((false, at(2))));
    assert_eq!(why(&rule(&refused, &[not_approved], &court(Purpose::Bail), at(3))), Some(Why::Refused));
    let old = overridden(Class::ImmediateDanger, true, 1, None);
    assert_eq!(
        why(&rule(&refused, std::slice::from_ref(&old), &court(Purpose::Bail), at(26))),
        Some(Why::Refused)
    );
    let later = [said(Decision::Withdrawn, None, 2)];
    assert_eq!(why(&rule(&later, &[old], &court(Purpose::Bail), at(3))), Some(Why::Withdrawn));
}

fn any_decision() -> impl Strategy<Value = Decided> {
    let decision = proptest::sample::select(Decision::ALL);
    let purpose = proptest::option::of(proptest::sample::select(Purpose::ALL));
    (decision, purpose, 0..100_i64, any::<bool>(), proptest::option::of(0..6_i8)).prop_map(
        |(decision, purpose, hour, share, day)| Decided {
            best_interests_share: share,
            expires_on: day.map(|d| Date::new(2026, 11, 22 + d).unwrap()),
            ..said(decision, purpose, hour)
        },
    )
}

fn any_override() -> impl Strategy<Value = Overridden> {
    (any::<bool>(), 0..100_i64, proptest::option::of((any::<bool>(), 0..100_i64))).prop_map(
        |(at_once, hour, answer)| {
            overridden(Class::PublicInterest, at_once, hour, answer.map(|(yes, h)| (yes, at(h))))
        },
    )
}

proptest! {
    #[test]
    fn whatever_was_said_before_a_later_no_to_everything_stops(
        mut all in proptest::collection::vec(any_decision(), 0..8),
        purpose in proptest::sample::select(Purpose::ALL),
        no in proptest::sample::select(vec![Decision::Refused, Decision::Withdrawn]),
    ) {
        all.push(said(no, None, 100));
        prop_assert!(why(&rule(&all, &[], &court(purpose), at(101))).is_some());
    }

    #[test]
    fn allowed_rests_on_a_consent_that_holds(
        all in proptest::collection::vec(any_decision(), 0..8),
        purpose in proptest::sample::select(Purpose::ALL),
        now in 0..150_i64,
    ) {
        if let Ruling::Allowed { under: Under::Decision(id), limits } = rule(&all, &[], &court(purpose), at(now)) {
            let d = all.iter().find(|d| d.id == id).unwrap();
            prop_assert!(consents(d));
            prop_assert!(d.expires_on.is_none_or(|last| clock::london_day(at(now)) <= last));
            prop_assert!(d.purpose.is_none_or(|p| p == purpose));
            prop_assert_eq!(limits, d.limits.clone());
        }
    }

    #[test]
    fn a_later_general_word_never_opens_what_is_shut_for_a_purpose(
        mut all in proptest::collection::vec(any_decision(), 0..8),
        purpose in proptest::sample::select(Purpose::ALL),
        later in proptest::sample::select(Decision::ALL),
    ) {
        all.push(said(Decision::Refused, Some(purpose), 100));
        all.push(said(later, None, 101));
        prop_assert!(why(&rule(&all, &[], &court(purpose), at(102))).is_some());
    }

    #[test]
    fn the_order_in_which_decisions_are_read_changes_nothing(
        all in proptest::collection::vec(any_decision(), 0..8),
        purpose in proptest::sample::select(Purpose::ALL),
    ) {
        let mut other = all.clone();
        other.reverse();
        prop_assert_eq!(rule(&all, &[], &court(purpose), at(101)), rule(&other, &[], &court(purpose), at(101)));
    }

    #[test]
    fn an_override_allows_only_while_it_holds(
        overrides in proptest::collection::vec(any_override(), 0..5), now in 0..150_i64,
    ) {
        let ruling = rule(&[], &overrides, &court(Purpose::Bail), at(now));
        prop_assert_eq!(why(&ruling).is_none(), overrides.iter().any(|o| holds(o, at(now))));
        for o in &overrides {
            if holds(o, at(now)) {
                prop_assert!(o.at_once || o.answer.is_some_and(|(yes, when)| yes && when <= at(now)));
                prop_assert!(o.answer.is_none_or(|(yes, _)| yes));
            }
        }
    }
}
