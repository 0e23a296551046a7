//! What the check before signing finds, and what it leaves alone.

use super::super::body::{Body, Recommendation, Statement, Text};
use super::*;
use crate::consent::{Purpose, Recipient, Stop, Under};
use crate::ids::ConsentId;
use proptest::prelude::*;

const RULED: &str = "Court";

struct Room {
    kinds: Kinds,
    words: Words,
    names: Names,
    rulings: Vec<(&'static str, Ruling)>,
}

fn room() -> Room {
    let allowed = Ruling::Allowed { under: Under::Decision(ConsentId::fresh()), limits: String::new() };
    Room {
        kinds: Kinds::load(None).unwrap(),
        words: Words::load(None).unwrap(),
        names: Names { own: vec!["Ana".into(), "Example".into()], ..Names::default() },
        rulings: vec![(RULED, allowed)],
    }
}

fn now() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().unwrap()
}

impl Room {
    fn check(&self, body: &Body) -> Vec<Finding> {
        self.check_with(body, |_| {})
    }

    fn check_with<'a>(&'a self, body: &Body, change: impl Fn(&mut Known<'a>)) -> Vec<Finding> {
        let mut known = Known {
            kind: self.kinds.find("same-day").unwrap(),
            kinds: &self.kinds,
            words: &self.words,
            names: &self.names,
            rulings: &self.rulings,
            newest_fact: None,
            hearing: None,
            now: now(),
        };
        change(&mut known);
        check(body, &known)
    }
}

/// A report with nothing to find.
fn sound() -> Body {
    let mut body = Body { sources: vec!["interview".into()], gathered_at: Some(now()), ..Body::default() };
    for key in ["contact", "background", "presentation", "risk", "participation", "needs", "limits"] {
        let words = "She was calm and asked when she may ring home.".to_owned();
        body.sections.insert(key.into(), Text { words, left_out: false });
    }
    body.risk.push(Statement {
        words: "I thought about ending it on Sunday.".into(),
        who: "Ana Example".into(),
        when: "today, 09:10".into(),
        how: "said to me in the cell".into(),
        at: Some(now()),
    });
    body.recommendations.push(Recommendation {
        kind: "bail".into(),
        words: "Bail with the appointment on Friday.".into(),
        why: "Treatment can begin this week.".into(),
        instead: String::new(),
    });
    body
}

fn points(found: &[Finding]) -> Vec<Point> {
    found.iter().map(|f| f.point).collect()
}

#[test]
fn a_sound_report_has_nothing_to_mend_or_look_at() {
    assert_eq!(room().check(&sound()), []);
}

#[test]
fn risk_without_who_when_or_how_can_not_be_signed() {
    for take in ["who", "when", "how", "words"] {
        let mut body = sound();
        let statement = &mut body.risk[0];
        match take {
            "who" => statement.who.clear(),
            "when" => statement.when.clear(),
            "how" => statement.how.clear(),
            _ => statement.words.clear(),
        }
        let found = room().check(&body);
        assert_eq!(points(&found), [Point::UnsourcedRisk], "{take}");
        assert_eq!(found[0].weight, Weight::Mend);
    }
    let mut body = sound();
    body.risk.clear();
    assert_eq!(points(&room().check(&body)), [Point::UnsourcedRisk]);
    // Left out, it says nothing that needed a source.
    body.sections.get_mut("risk").unwrap().left_out = true;
    assert_eq!(room().check(&body), []);
}

#[test]
fn a_record_that_does_not_say_who_is_looked_at_and_never_passes_for_a_source() {
    let mut body = sound();
    body.risk[0].who = NOT_SAID.into();
    let found = room().check(&body);
    assert_eq!((points(&found), found[0].weight), (vec![Point::UnsourcedRisk], Weight::Look));
}

#[test]
fn an_empty_recommendation_can_not_be_signed_and_none_needs_its_reason() {
    let mut body = sound();
    body.recommendations[0].why.clear();
    assert_eq!(points(&room().check(&body)), [Point::Recommendation]);
    body.recommendations = vec![Recommendation { kind: "none".into(), ..Recommendation::default() }];
    assert_eq!(points(&room().check(&body)), [Point::Recommendation]);
    body.recommendations[0].why = "Nothing to add to what the court knows.".into();
    assert_eq!(room().check(&body), []);
    body.recommendations.clear();
    let found = room().check(&body);
    assert_eq!((points(&found), found[0].weight), (vec![Point::Recommendation], Weight::Mend));
}

#[test]
fn a_letter_recommends_nothing() {
    let mut body = Body { sources: vec!["other".into()], ..Body::default() };
    body.sections.insert("letter".into(), Text { words: "You asked for the dates.".into(), left_out: false });
    let room = room();
    assert_eq!(room.check_with(&body, |known| known.kind = room.kinds.find("letter").unwrap()), []);
}

#[test]
fn somebody_elses_name_is_pointed_out_wherever_it_stands() {
    for field in ["text-needs", "risk-words-1", "rec-why-1"] {
        let mut body = sound();
        let words = "Her sister Maria will come.".to_owned();
        match field {
            "text-needs" => body.sections.get_mut("needs").unwrap().words = words,
            "risk-words-1" => body.risk[0].words = words,
            _ => body.recommendations[0].why = words,
        }
        let found = room().check(&body);
        assert_eq!(points(&found), [Point::AnotherPerson], "{field}");
        assert_eq!(found[0].field, field);
    }
}

#[test]
fn jargon_is_looked_at_a_band_of_risk_is_mended_and_the_persons_own_words_stay() {
    let mut body = sound();
    body.sections.get_mut("presentation").unwrap().words = "No suicidal ideation.".into();
    let found = room().check(&body);
    assert_eq!((points(&found), found[0].weight), (vec![Point::Word], Weight::Look));
    assert!(found[0].instead.contains("thoughts of suicide"));
    body.sections.get_mut("presentation").unwrap().words = "She is at low risk.".into();
    assert_eq!(room().check(&body)[0].weight, Weight::Mend);
    let mut body = sound();
    body.risk[0].words = "They said I was an addict and at high risk.".into();
    assert_eq!(room().check(&body), []);
}

#[test]
fn a_missing_decision_is_told_for_every_recipient_in_one_point() {
    let stop = |why| {
        Ruling::Stop(Stop {
            recipient: Recipient::Court,
            purpose: Purpose::Bail,
            why,
            since: None,
            decision: None,
            waiting: None,
        })
    };
    let rulings = [("Court", stop(Why::NoDecision)), ("Prosecution", stop(Why::Refused))];
    let room = room();
    let found = room.check_with(&sound(), |known| known.rulings = &rulings);
    assert_eq!(points(&found), [Point::Disclosure]);
    assert!(
        found[0].words.contains("Court: nobody has asked")
            && found[0].words.contains("Prosecution: they refused"),
        "{found:?}"
    );
}

#[test]
fn old_and_newer_facts_and_a_hearing_that_has_begun_are_told() {
    let mut body = sound();
    body.risk[0].at = Some("2026-11-10T10:00:00Z".parse().unwrap());
    let found = room().check(&body);
    assert_eq!(points(&found), [Point::Stale]);
    assert!(found[0].words.contains("16 days old"));
    let later: Timestamp = "2026-11-26T10:30:00Z".parse().unwrap();
    assert_eq!(points(&room().check_with(&sound(), |k| k.newest_fact = Some(later))), [Point::Newer]);
    assert_eq!(points(&room().check_with(&sound(), |k| k.hearing = Some(now()))), [Point::HearingPassed]);
    assert_eq!(room().check_with(&sound(), |k| k.hearing = Some(later)), []);
}

#[test]
fn empty_sections_missing_sources_and_long_sentences_are_told() {
    let mut body = sound();
    body.sources.clear();
    body.sections.get_mut("needs").unwrap().words.clear();
    body.sections.get_mut("limits").unwrap().words = "word ".repeat(40);
    let found = room().check(&body);
    assert_eq!(points(&found), [Point::NoSource, Point::LongSentence, Point::EmptySection]);
}

proptest! {
    #[test]
    fn what_must_be_mended_stands_first_and_no_point_has_the_key_of_another(
        words in "[A-Za-z .,]{0,120}", who in "[A-Za-z ]{0,12}", drop_source: bool, kind in 0_usize..7,
    ) {
        let mut body = sound();
        body.sections.get_mut("needs").unwrap().words = words;
        body.risk[0].who = who;
        if drop_source { body.sources.clear(); }
        let room = room();
        let found = room.check_with(&body, |known| known.kind = &room.kinds.kind[kind]);
        let weights: Vec<Weight> = found.iter().map(|f| f.weight).collect();
        prop_assert!(weights.is_sorted());
        let mut keys: Vec<String> = found.iter().map(Finding::key).collect();
        keys.sort();
        let all = keys.len();
        keys.dedup();
        prop_assert_eq!(keys.len(), all);
    }

    #[test]
    fn a_statement_without_its_source_always_stops(which in 0_usize..4, words in "[a-z ]{1,40}") {
        let mut body = sound();
        let statement = &mut body.risk[0];
        statement.words = words;
        match which { 0 => statement.who.clear(), 1 => statement.when.clear(), 2 => statement.how.clear(), _ => statement.words = " ".into() }
        let stops = room().check(&body).iter().any(|f| f.point == Point::UnsourcedRisk && f.weight == Weight::Mend);
        prop_assert!(stops);
    }
}
