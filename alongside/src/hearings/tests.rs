//! Two voices, one day: what counts, where they differ, what is next.
#![allow(clippy::unwrap_used)]

use super::ahead::{KnownFrom, next_of};
use super::codes::{Attended, Comes, Ended, PutOff, Stood};
use super::days::{Day, days};
use super::figures::figures;
use super::heard::{Application, ComesBack, Heard, Pronounced};
use super::kept::{Hearing, Said, Voice};
use crate::ids::{HearingId, ListingId, SaidId};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const DAY: Date = date(2026, 3, 2);

fn heard(cases: &[&str]) -> Heard {
    Heard {
        court_code: "B01ND".into(),
        on: DAY,
        cases: cases.iter().map(|case| (*case).to_owned()).collect(),
        ..Heard::default()
    }
}

fn hearing(words: &[(Voice, Heard)]) -> Hearing {
    Hearing {
        id: HearingId::fresh(),
        listing: Some(ListingId::fresh()),
        person: None,
        project: None,
        off_list: false,
        said: words
            .iter()
            .enumerate()
            .map(|(n, (voice, heard))| Said {
                id: SaidId::fresh(),
                voice: *voice,
                import: None,
                said_at: Timestamp::from_second(i64::try_from(n).unwrap()).unwrap(),
                recorded_at: Timestamp::from_second(i64::try_from(n).unwrap()).unwrap(),
                by: "Nurse Example".into(),
                reason: String::new(),
                answers_to: None,
                heard: heard.clone(),
            })
            .collect(),
    }
}

fn one(words: &[(Voice, Heard)]) -> Day {
    let mut found = days(vec![hearing(words)]);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn adjourned(on: Date) -> Heard {
    Heard {
        ended: Ended::Adjourned,
        after: Stood::Custody,
        put_off: PutOff::Psychiatric,
        comes_back: ComesBack { how: Comes::OnDay, on: Some(on), ..ComesBack::default() },
        ..heard(&["01ZZ1"])
    }
}

#[test]
fn not_known_differs_from_nothing_and_is_filled_in_by_who_knows() {
    let ours = Heard {
        ended: Ended::NotKnown,
        after: Stood::NotKnown,
        attended: Attended::NotKnown,
        put_off: PutOff::NotKnown,
        comes_back: ComesBack { how: Comes::NotKnown, ..ComesBack::default() },
        ..heard(&["01ZZ1"])
    };
    let court = Heard { attended: Attended::ByVideo, ..adjourned(date(2026, 3, 23)) };
    let day = one(&[(Voice::Ours, ours), (Voice::Court, court.clone())]);
    assert_eq!(day.differences(), []);
    assert_eq!(
        (day.heard.ended, day.heard.after, day.heard.attended),
        (court.ended, court.after, court.attended)
    );
    assert_eq!((day.heard.put_off, day.heard.comes_back), (court.put_off, court.comes_back));
}

#[test]
fn what_a_colleague_recorded_counts_and_a_date_of_the_court_completes_no_disposal() {
    let ours = Heard { ended: Ended::Disposed, ..heard(&["01ZZ1"]) };
    let day = one(&[(Voice::Ours, ours), (Voice::Court, adjourned(date(2026, 3, 23)))]);
    assert_eq!((day.heard.ended, day.heard.comes_back.how), (Ended::Disposed, Comes::NotSaid));
    let what: Vec<&str> = day.differences().iter().map(|d| d.what).collect();
    assert_eq!(what, ["Ended with"]);
    assert!(day.differs_openly());
}

#[test]
fn results_differ_by_their_codes_whatever_their_order() {
    let with = |codes: &[&str]| Heard {
        ended: Ended::Disposed,
        results: codes
            .iter()
            .map(|code| Pronounced { code: Some((*code).into()), ..Pronounced::default() })
            .collect(),
        ..heard(&["01ZZ1"])
    };
    assert_eq!(
        one(&[(Voice::Ours, with(&["1116", "3108"])), (Voice::Court, with(&["3108", "1116"]))]).differences(),
        []
    );
    let day = one(&[(Voice::Ours, with(&["1116"])), (Voice::Court, with(&["1116", "3108"]))]);
    assert!(day.differences()[0].court.contains("Mental Health Treatment Requirement (3108)"));
}

#[test]
fn two_cases_on_one_day_stay_two_and_a_day_without_a_reference_joins_the_only_one() {
    let with = |cases: &[&str]| hearing(&[(Voice::Court, heard(cases))]);
    assert_eq!(days(vec![with(&["01ZZ1"]), with(&["01ZZ2"])]).len(), 2);
    // A list with its case number and the URN, a message with the URN written otherwise.
    assert_eq!(days(vec![with(&["16000001", "01zz/1"]), with(&["01ZZ1"])]).len(), 1);
    assert_eq!(days(vec![with(&[]), with(&["01ZZ1"])]).len(), 1);
    // Which of the two is it? Nobody knows: it stands for itself.
    assert_eq!(days(vec![with(&[]), with(&["01ZZ1"]), with(&["01ZZ2"])]).len(), 3);
    let mut elsewhere = heard(&["01ZZ1"]);
    elsewhere.court_code = "B01GU".into();
    assert_eq!(days(vec![with(&["01ZZ1"]), hearing(&[(Voice::Court, elsewhere)])]).len(), 2);
}

#[test]
fn the_next_hearing_is_the_earliest_that_is_listed_or_said() {
    let said = one(&[(Voice::Ours, adjourned(date(2026, 3, 23)))]);
    let found = next_of(std::slice::from_ref(&said), DAY).unwrap();
    assert_eq!((found.on, found.from), (date(2026, 3, 23), KnownFrom::SaidAtLast));
    let mut listed = heard(&["01ZZ1"]);
    listed.on = date(2026, 3, 23);
    let found = next_of(&[said.clone(), one(&[(Voice::Court, listed)])], DAY).unwrap();
    assert_eq!(found.from, KnownFrom::Listed);
    assert_eq!(next_of(&[said], date(2026, 3, 24)), None);
    // Sent to the Crown Court: which one, nobody said.
    let crown = Heard { ended: Ended::ToCrownCourt, ..adjourned(date(2026, 3, 30)) };
    let found = next_of(&[one(&[(Voice::Ours, crown)])], DAY).unwrap();
    assert_eq!((found.court_code.as_str(), found.court.as_str()), ("", ""));
}

#[test]
fn a_line_taken_off_counts_only_when_something_was_said_of_it() {
    let mut off = hearing(&[(Voice::Court, heard(&["01ZZ1"]))]);
    off.off_list = true;
    assert!(!days(vec![off.clone()])[0].counts());
    off.said[0].heard = adjourned(date(2026, 3, 23));
    assert!(days(vec![off])[0].counts());
}

#[test]
fn codes_that_say_the_same_of_bail_and_custody_are_no_difference() {
    let with = |code: &str| Heard {
        after: Stood::ConditionalBail,
        results: vec![Pronounced { code: Some(code.into()), ..Pronounced::default() }],
        ..heard(&["01ZZ1"])
    };
    assert_eq!(one(&[(Voice::Ours, with("4530")), (Voice::Court, with("4027"))]).differences(), []);
}

#[test]
fn a_review_of_an_order_counts_in_no_figure_and_a_breach_does() {
    let review = |breach: bool| {
        let application = Application { words: "Review".into(), review: true, breach, alone: true };
        let heard = Heard { application: Some(application), ..adjourned(date(2026, 3, 23)) };
        figures(&[one(&[(Voice::Court, heard)])], date(2026, 4, 1))
    };
    let found = review(false);
    assert_eq!((found.adjournments.count, found.cases.len(), found.remand.days), (0, 0, 0));
    assert_eq!(review(true).adjournments.count, 1);
}

fn any_heard() -> impl Strategy<Value = Heard> {
    (
        0..Attended::ALL.len(),
        0..Stood::ALL.len(),
        0..Ended::ALL.len(),
        0..PutOff::ALL.len(),
        0..Comes::ALL.len(),
        0_i8..20,
    )
        .prop_map(|(attended, stood, ended, put_off, comes, on)| Heard {
            attended: Attended::ALL[attended],
            after: Stood::ALL[stood],
            ended: Ended::ALL[ended],
            put_off: PutOff::ALL[put_off],
            comes_back: ComesBack {
                how: Comes::ALL[comes],
                on: (on > 0).then(|| date(2026, 3, 2 + on)),
                ..ComesBack::default()
            },
            ..heard(&["01ZZ1"])
        })
}

proptest! {
    #[test]
    fn the_court_never_changes_what_a_colleague_said(ours in any_heard(), court in any_heard()) {
        let day = one(&[(Voice::Ours, ours.clone()), (Voice::Court, court.clone())]);
        let known = |a: Attended| a.is_said() && a != Attended::NotKnown;
        prop_assert!(!known(ours.attended) || day.heard.attended == ours.attended);
        prop_assert!(!ours.after.is_said() || ours.after == Stood::NotKnown || day.heard.after == ours.after);
        prop_assert!(!ours.ended.is_said() || ours.ended == Ended::NotKnown || day.heard.ended == ours.ended);
        prop_assert_eq!(&day.ours.as_ref().unwrap().heard, &ours);
        // The same said twice is no difference.
        prop_assert_eq!(one(&[(Voice::Ours, court.clone()), (Voice::Court, court)]).differences(), []);
    }
}
