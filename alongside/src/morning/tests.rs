//! Markers and ranking as pure functions: what makes a marker, what it is worth, and that the order depends on nothing else.

use super::line::{
    EscortPart, Held, Line, LineDetail, LineKind, Linked, Moved, Preparation, Recognition, Work,
};
use super::markers::{Women, markers};
use super::rank::{ordinal, rank};
use super::rules::Rules;
use crate::ids::{ListingId, PersonId};
use crate::people::Sex;
use intake::screening::ObservationLevel;
use intake::{CodeDomain, DomainCode, ScreeningFact, ScreeningKind};
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

fn at() -> Timestamp {
    "2026-11-23T05:40:00Z".parse().unwrap()
}

fn line(name: &str) -> Line {
    Line {
        id: ListingId::fresh(),
        court_code: "B01ND".into(),
        date: date(2026, 11, 23),
        origin: "list".into(),
        room: Some("1".into()),
        starts: Some("10:00".into()),
        list_no: None,
        sequence: None,
        case_no: None,
        kind: LineKind::Person,
        name: name.into(),
        date_of_birth: Some(date(1990, 1, 2)),
        age_as_written: None,
        sex: Sex::Male,
        pnc: None,
        custody: Held::NotStated,
        offences: String::new(),
        detail: LineDetail::default(),
        first_seen_at: at(),
        changed_at: at(),
        removed_at: None,
        escorts: Vec::new(),
        proposals: 0,
        recognition: Recognition::default(),
        work: Work {
            taken: None,
            preparation: Preparation::NotStarted,
            preparation_reason: String::new(),
            moved: None,
        },
        notes: Vec::new(),
    }
}

fn fact(kind: ScreeningKind, words: &str) -> ScreeningFact {
    ScreeningFact {
        kind,
        words: words.into(),
        question: "a-question".into(),
        who_said: None,
        when: None,
        codes: Vec::new(),
        weak: false,
    }
}

fn with_facts(name: &str, facts: Vec<ScreeningFact>) -> Line {
    let escort = EscortPart {
        from: Some("Invented Police Station".into()),
        as_of: at(),
        joined: "exact identifier".into(),
        facts,
    };
    Line { escorts: vec![escort], ..line(name) }
}

fn rules() -> Rules {
    Rules::load(None).unwrap()
}

fn keys(line: &Line) -> Vec<String> {
    markers(line, &rules(), Women::ByMarkers).into_iter().map(|m| m.key).collect()
}

#[test]
fn every_screening_fact_makes_its_marker() {
    use ScreeningKind as K;
    for (kind, key) in [
        (K::AcctOpen, "acct-open"),
        (K::AcctPostClosure, "acct-post-closure"),
        (K::AcctClosed, "acct-closed"),
        (K::ObservationLevel(ObservationLevel::ConstantPhysical), "observation-constant"),
        (K::ObservationLevel(ObservationLevel::ConstantCamera), "observation-constant"),
        (K::ObservationLevel(ObservationLevel::Minutes15), "observation-raised"),
        (K::ObservationLevel(ObservationLevel::Hourly), "observation-hourly"),
        (K::SelfHarmIndicated, "self-harm-now"),
        (K::SelfHarmNature, "self-harm-now"),
        (K::SelfHarmHistory, "self-harm-history"),
        (K::SelfHarmRecency, "self-harm-history"),
        (K::SelfHarmMethod, "self-harm-history"),
        (K::MentalHealthNeed, "mental-health"),
        (K::ReferredToHealthProfessional, "referred-health"),
        (K::Medication, "medication"),
        (K::MedicationMissedOrDue, "medication-missed"),
        (K::AlcoholWithdrawal, "alcohol-withdrawal"),
        (K::Dependency, "dependency"),
        (K::LearningDisability, "learning-disability"),
        (K::Autism, "autism"),
        (K::CommunicationNeed, "communication"),
        (K::Pregnant, "pregnant"),
        (K::InterpreterNeeded, "interpreter"),
        (K::FirstTimeInCustody, "first-time"),
    ] {
        let line = with_facts("EXAMPLE, Ada", vec![fact(kind, "words")]);
        assert!(keys(&line).contains(&key.to_owned()), "{kind:?}: {:?}", keys(&line));
    }
    let standard =
        with_facts("EXAMPLE, Ada", vec![fact(K::ObservationLevel(ObservationLevel::Standard), "Standard")]);
    assert_eq!(keys(&standard), ["in-custody"], "standard observation is no marker");
}

#[test]
fn a_bare_yes_from_a_code_counts_half_and_shows_the_code() {
    let code = DomainCode {
        domain: CodeDomain::Alert,
        code: "HA2".into(),
        words: Some("ACCT closed".into()),
        comment: None,
        since: None,
    };
    let weak =
        ScreeningFact { codes: vec![code], weak: true, ..fact(ScreeningKind::SelfHarmIndicated, "Yes") };
    let line = with_facts("EXAMPLE, Ada", vec![weak.clone()]);
    let found = markers(&line, &rules(), Women::ByMarkers);
    let marker = found.iter().find(|m| m.key == "self-harm-now").unwrap();
    assert!(marker.weak && (marker.weight - 250.0).abs() < f64::EPSILON);
    assert!(marker.words.contains("only from code HA2"), "{}", marker.words);
    // An answer with words beside it makes it whole again.
    let line =
        with_facts("EXAMPLE, Ada", vec![weak, fact(ScreeningKind::SelfHarmNature, "Said so at 02:10")]);
    let found = markers(&line, &rules(), Women::ByMarkers);
    let marker = found.iter().find(|m| m.key == "self-harm-now").unwrap();
    assert!(!marker.weak && (marker.weight - 500.0).abs() < f64::EPSILON && marker.words.contains("02:10"));
}

#[test]
fn many_answers_of_one_kind_count_once_and_keep_all_words() {
    let facts = vec![
        fact(ScreeningKind::SelfHarmMethod, "Cutting"),
        fact(ScreeningKind::SelfHarmMethod, "Overdose"),
        fact(ScreeningKind::SelfHarmRecency, "Last month"),
    ];
    let found = markers(&with_facts("EXAMPLE, Ada", facts), &rules(), Women::ByMarkers);
    let marker = found.iter().find(|m| m.key == "self-harm-history").unwrap();
    assert_eq!(marker.words, "Cutting; Overdose; Last month");
    assert!((marker.weight - 150.0).abs() < f64::EPSILON);
}

#[test]
fn women_are_seen_as_standard_where_the_project_says_so() {
    let woman = Line { sex: Sex::Female, ..line("EXAMPLE, Ada") };
    let standard = markers(&woman, &rules(), Women::SeenAsStandard);
    assert!(standard.iter().any(|m| m.key == "woman-as-standard"));
    assert!(keys(&woman).contains(&"woman".to_owned()));
}

#[test]
fn under_eighteens_are_marked_by_age_or_by_panel() {
    let by_age = Line { date_of_birth: Some(date(2009, 11, 24)), ..line("EXAMPLE, Ada") };
    let by_panel = Line { kind: LineKind::Youth, date_of_birth: None, ..line("EXAMPLE, Ada") };
    for youth in [by_age, by_panel] {
        assert!(keys(&youth).contains(&"under-18".to_owned()));
    }
    assert!(
        !keys(&Line { date_of_birth: Some(date(2008, 11, 23)), ..line("x") })
            .contains(&"under-18".to_owned())
    );
}

#[test]
fn words_of_the_list_make_markers_too() {
    let listed = |words: &str| Line {
        detail: LineDetail { listed_for: Some(words.into()), ..LineDetail::default() },
        ..line("x")
    };
    for words in [
        "Psychiatric report",
        "For PSR",
        "Fitness to plead",
        "s37 hospital order",
        "Adjourned for Pre-Sentence Report",
    ] {
        assert!(keys(&listed(words)).contains(&"report-result".to_owned()), "{words}");
    }
    for words in ["First hearing", "Fine enforcement", "Upsrt"] {
        assert!(!keys(&listed(words)).contains(&"report-result".to_owned()), "{words}");
    }
    let breach = Line {
        detail: LineDetail { breach: true, informant: Some("SHPROB".into()), ..LineDetail::default() },
        ..line("x")
    };
    assert!(keys(&breach).contains(&"breach".to_owned()));
}

#[test]
fn what_we_know_of_a_linked_person_makes_markers() {
    let linked = Linked {
        person: PersonId::fresh(),
        in_scope: true,
        on_caseload: true,
        last_contact: Some(at()),
        earlier_days: 4,
        treatment_requirement: Some(date(2026, 3, 1)),
    };
    let line =
        Line { recognition: Recognition { linked: Some(linked), ..Recognition::default() }, ..line("x") };
    for key in ["caseload", "repeat-attender", "treatment-requirement"] {
        assert!(keys(&line).contains(&key.to_owned()), "{key}: {:?}", keys(&line));
    }
}

#[test]
fn constant_observation_comes_first_whatever_else_the_others_have() {
    use ScreeningKind as K;
    let watched = with_facts(
        "WATCHED, Ada",
        vec![
            fact(K::ObservationLevel(ObservationLevel::ConstantPhysical), "Constant physical watch"),
            fact(K::SelfHarmIndicated, "Yes: said so"),
        ],
    );
    let many = with_facts(
        "MANY, Bea",
        vec![
            fact(K::AcctOpen, "ACCT"),
            fact(K::SelfHarmIndicated, "Yes: now"),
            fact(K::AlcoholWithdrawal, "shaking"),
            fact(K::MedicationMissedOrDue, "missed"),
            fact(K::Pregnant, "Yes"),
            fact(K::MentalHealthNeed, "a"),
            fact(K::ReferredToHealthProfessional, "b"),
            fact(K::Medication, "c"),
            fact(K::Dependency, "d"),
            fact(K::Autism, "e"),
            fact(K::SelfHarmHistory, "f"),
        ],
    );
    let board = rank(vec![many, watched], &rules(), Women::ByMarkers);
    assert_eq!(board[0].line.name, "WATCHED, Ada");
}

#[test]
fn of_two_put_in_one_place_the_later_decision_gets_it() {
    let moved = |name: &str, at: &str| {
        let mut l = line(name);
        l.work.moved =
            Some(Moved { place: 1, reason: "because".into(), by: "Nurse".into(), at: at.parse().unwrap() });
        l
    };
    let board = rank(
        vec![line("A"), moved("EARLIER", "2026-11-23T08:00:00Z"), moved("LATER", "2026-11-23T09:00:00Z")],
        &rules(),
        Women::ByMarkers,
    );
    let names: Vec<&str> = board.iter().map(|row| row.line.name.as_str()).collect();
    assert_eq!(names, ["LATER", "EARLIER", "A"]);
}

#[test]
fn places_are_said_as_people_say_them() {
    let said: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(ordinal).to_vec();
    assert_eq!(said, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th"]);
}

fn any_line() -> impl Strategy<Value = Line> {
    let kinds = prop::collection::vec(0_usize..6, 0..5);
    (0_u32..1000, kinds, prop::option::of(1_i64..12), 0_u8..3, prop::bool::ANY).prop_map(
        |(n, kinds, place, room, female)| {
            use ScreeningKind as K;
            let all = [
                K::AcctOpen,
                K::MentalHealthNeed,
                K::SelfHarmIndicated,
                K::Medication,
                K::Pregnant,
                K::ObservationLevel(ObservationLevel::Hourly),
            ];
            let facts: Vec<ScreeningFact> = kinds.into_iter().map(|k| fact(all[k], "words")).collect();
            let mut l = if facts.is_empty() { line("") } else { with_facts("", facts) };
            l.name = format!("INVENTED {n:04}");
            l.room = Some(room.to_string());
            l.sex = if female { Sex::Female } else { Sex::Male };
            l.work.moved = place.map(|place| Moved {
                place,
                reason: "r".into(),
                by: "b".into(),
                at: at() + jiff::SignedDuration::from_secs(i64::from(n)),
            });
            l
        },
    )
}

proptest! {
    /// The order in which rows come from a database must not decide who is seen first.
    #[test]
    fn the_board_does_not_depend_on_the_order_of_its_rows(lines in prop::collection::vec(any_line(), 0..20), seed in 0_usize..100) {
        let mut turned = lines.clone();
        if !turned.is_empty() {
            let by = seed % turned.len();
            turned.rotate_left(by);
            turned.reverse();
        }
        let order = |board: Vec<super::rank::Placed>| board.into_iter().map(|row| row.line.id).collect::<Vec<_>>();
        let distinct: std::collections::HashSet<_> = lines.iter().filter_map(|l| l.work.moved.as_ref().map(|m| (m.place, m.at))).collect();
        prop_assume!(distinct.len() == lines.iter().filter(|l| l.work.moved.is_some()).count());
        prop_assert_eq!(order(rank(lines, &rules(), Women::ByMarkers)), order(rank(turned, &rules(), Women::ByMarkers)));
    }

    /// Nobody is lost, places count up from 1, sums are the sums of the weights shown, and unmoved rows keep the rules' order.
    #[test]
    fn a_board_is_complete_and_adds_up(lines in prop::collection::vec(any_line(), 0..20)) {
        let n = lines.len();
        let board = rank(lines, &rules(), Women::ByMarkers);
        prop_assert_eq!(board.len(), n);
        for (index, row) in board.iter().enumerate() {
            prop_assert_eq!(row.place, index + 1);
            let sum: f64 = row.markers.iter().map(|m| m.weight).sum();
            prop_assert!((sum - row.score).abs() < 1e-9);
        }
        let unmoved: Vec<usize> = board.iter().filter(|row| row.line.work.moved.is_none()).map(|row| row.place_by_rules).collect();
        prop_assert!(unmoved.is_sorted());
    }
}
