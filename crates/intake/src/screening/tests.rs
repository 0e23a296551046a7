//! The screening trap, row by row, and the codes that mislead.

use serde_json::{Value, json};

use super::*;
use crate::model::CodeDomain;
use crate::{Limits, read};

/// The facts of a flat record with these answers.
fn facts(answers: Value) -> Vec<ScreeningFact> {
    let mut record = json!({"record_id": "r1", "name": "Ann INVENTED", "status": "confirmed"});
    let members = record.as_object_mut().unwrap();
    members.extend(answers.as_object().unwrap().clone());
    // A second answered question, so that a record with one answer is recognised as one.
    members.insert("civil-disorder".into(), json!("No"));
    let found =
        read(record.to_string().as_bytes(), None, jiff::civil::date(2026, 3, 2), &Limits::default()).unwrap();
    screening_facts(&found.escort_records[0])
}

fn kinds(answers: Value) -> Vec<ScreeningKind> {
    facts(answers).into_iter().map(|fact| fact.kind).collect()
}

fn code(domain: &str, code: &str) -> Value {
    json!([{"code": code, "code_type": domain}])
}

#[test]
fn each_of_the_seven_natures_of_self_harm_is_a_fact_with_its_words() {
    let options = &crate::escort::question("nature-of-self-harm").unwrap().options;
    assert_eq!(options.len(), 7);
    for option in options {
        let found = facts(json!({"nature-of-self-harm": [{"option": option, "details": "said on arrival"}]}));
        assert_eq!(found[0].kind, ScreeningKind::SelfHarmNature);
        assert_eq!(found[0].words, format!("{option}: said on arrival"));
    }
}

#[test]
fn being_placed_on_an_acct_plan_is_an_open_acct() {
    let plan = "Placed them on an Assessment, Care in Custody and Teamwork (ACCT) plan";
    assert_eq!(kinds(json!({"actions-of-self-harm-undertaken": [plan]})), [ScreeningKind::AcctOpen]);
    assert_eq!(kinds(json!({"actions-of-self-harm-undertaken": ["No action taken"]})), []);
}

#[test]
fn a_mental_health_need_is_more_than_a_health_issue() {
    let found = facts(
        json!({"mental-health-needs": {"option": "Yes", "details": "hears voices, sees a nurse weekly"}}),
    );
    assert_eq!(found[0].kind, ScreeningKind::MentalHealthNeed);
    assert!(found[0].words.ends_with("sees a nurse weekly") && !found[0].weak);
}

#[test]
fn alcohol_withdrawal_dependencies_and_medication_are_facts() {
    let found = kinds(
        json!({"alcohol-withdrawal": "Yes", "addiction-dependencies": "Yes", "prescribed-medication": "Yes"}),
    );
    for kind in [ScreeningKind::AlcoholWithdrawal, ScreeningKind::Dependency, ScreeningKind::Medication] {
        assert!(found.contains(&kind), "{kind:?}");
    }
}

#[test]
fn an_indication_of_self_harm_raises_no_flag_but_is_a_fact() {
    assert_eq!(
        kinds(json!({"indication-of-self-harm-or-suicide": "Yes"})),
        [ScreeningKind::SelfHarmIndicated]
    );
    assert_eq!(kinds(json!({"indication-of-self-harm-or-suicide": "No"})), []);
}

#[test]
fn every_observation_level_is_told_apart_though_none_raises_a_flag() {
    use ObservationLevel as L;
    let options = &crate::escort::question("observation-level").unwrap().options;
    let want = [
        L::Standard,
        L::Hourly,
        L::Minutes30,
        L::Minutes15,
        L::Minutes10,
        L::Minutes5,
        L::ConstantCamera,
        L::ConstantPhysical,
        L::Alternative,
    ];
    for (option, level) in options.iter().zip(want) {
        assert_eq!(
            kinds(json!({"observation-level": option})),
            [ScreeningKind::ObservationLevel(level)],
            "{option}"
        );
    }
    assert!(
        L::ConstantPhysical < L::ConstantCamera && L::ConstantCamera < L::Minutes5 && L::Hourly < L::Standard
    );
}

#[test]
fn history_recency_and_method_raise_no_flag_but_are_facts() {
    let found = facts(json!({
        "history-of-self-harm": "Yes",
        "history-of-self-harm-recency": "two weeks ago",
        "history-of-self-harm-method": ["Ligature", "Overdose"],
        "history-of-self-harm-details": "told the custody nurse",
    }));
    let got: Vec<_> = found.iter().map(|fact| (fact.kind, fact.words.as_str())).collect();
    for want in [
        (ScreeningKind::SelfHarmHistory, "Yes: told the custody nurse"),
        (ScreeningKind::SelfHarmRecency, "two weeks ago"),
        (ScreeningKind::SelfHarmMethod, "Ligature"),
        (ScreeningKind::SelfHarmMethod, "Overdose"),
    ] {
        assert!(got.contains(&want), "{want:?} not in {got:?}");
    }
}

#[test]
fn a_referral_to_a_health_professional_raises_no_flag_but_is_a_fact() {
    let found = facts(
        json!({"medical-health-professional-referral": "Yes", "medical-health-professional-referral_details": "L&D team"}),
    );
    assert_eq!(
        (found[0].kind, found[0].words.as_str()),
        (ScreeningKind::ReferredToHealthProfessional, "Yes: L&D team")
    );
}

#[test]
fn communication_needs_are_more_than_other_risks() {
    assert_eq!(kinds(json!({"communication-needs": "Yes"})), [ScreeningKind::CommunicationNeed]);
}

#[test]
fn flags_alone_are_never_relied_on() {
    let found =
        facts(json!({"flags": [{"flag_type": "alert", "title": "Self-harm"}], "mental-health-needs": "No"}));
    assert_eq!(found, []);
}

#[test]
fn a_yes_that_only_dyslexia_filled_in_is_weak_and_shows_the_code() {
    let found = facts(
        json!({"answers": [{"key": "mental-health-needs", "value": "Yes", "codes": code("personal_care_need", "D")}]}),
    );
    let need = found.iter().find(|fact| fact.kind == ScreeningKind::MentalHealthNeed).unwrap();
    assert!(need.weak);
    assert_eq!((&need.codes[0].domain, need.codes[0].code.as_str()), (&CodeDomain::CareNeed, "D"));
    assert_eq!(need.codes[0].words.as_deref(), Some("Dyslexia"));
}

#[test]
fn a_yes_that_only_veteran_or_closed_acct_filled_in_is_weak() {
    for (alert, also) in [("F1", ScreeningKind::Veteran), ("HA2", ScreeningKind::AcctClosed)] {
        let found = facts(
            json!({"indication-of-self-harm-or-suicide": "Yes", "indication-of-self-harm-or-suicide_codes": alert}),
        );
        let harm = found.iter().find(|fact| fact.kind == ScreeningKind::SelfHarmIndicated).unwrap();
        assert!(harm.weak && harm.codes[0].code == alert);
        assert!(found.iter().any(|fact| fact.kind == also), "{alert}");
    }
}

#[test]
fn a_yes_from_mental_illness_or_an_open_acct_is_not_weak_and_words_make_any_yes_strong() {
    for (key, domain, own) in [
        ("mental-health-needs", "personal_care_need", "MI"),
        ("indication-of-self-harm-or-suicide", "alert", "HA"),
    ] {
        let found = facts(json!({"answers": [{"key": key, "value": "Yes", "codes": code(domain, own)}]}));
        assert!(!found[0].weak, "{key}");
    }
    let found = facts(
        json!({"mental-health-needs": "Yes", "mental-health-needs_details": "anxious", "mental-health-needs_codes": "D"}),
    );
    assert!(!found[0].weak);
}

#[test]
fn mht_as_an_alert_is_hearing_impaired_and_never_mental_health() {
    let found = facts(
        json!({"answers": [{"key": "communication-needs", "value": "Yes", "codes": code("alert", "MHT")}]}),
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].codes[0].words.as_deref(), Some("Hearing Impaired"));
}

#[test]
fn the_2016_form_gives_the_same_facts() {
    let found = kinds(json!({
        "acct_status": "post_closure", "self_harm": "yes", "self_harm_details": "in 2015", "observation_level": "level4",
        "mental_illness": "yes", "mental_illness_details": "depression", "alcohol_withdrawal": "no",
        "medications": [{"description": "inhaler", "when_given": "not given today", "carrier": "escort"}],
    }));
    for kind in [
        ScreeningKind::AcctPostClosure,
        ScreeningKind::SelfHarmIndicated,
        ScreeningKind::ObservationLevel(ObservationLevel::ConstantPhysical),
        ScreeningKind::MentalHealthNeed,
        ScreeningKind::Medication,
        ScreeningKind::MedicationMissedOrDue,
    ] {
        assert!(found.contains(&kind), "{kind:?} not in {found:?}");
    }
    assert!(!found.contains(&ScreeningKind::AlcoholWithdrawal));
}

#[test]
fn doses_due_in_court_hours_are_told_from_doses_at_night() {
    let due = |next: &str| {
        kinds(json!({"medication-details": [{"medication-name": "Sertraline", "medication-time-next-given": next}]}))
            .contains(&ScreeningKind::MedicationMissedOrDue)
    };
    assert!(due("13:00") && due("2pm") && due("with lunch"));
    assert!(!due("22:00") && !due("bedtime") && !due(""));
}

#[test]
fn autism_named_in_the_details_of_another_need_is_found_and_its_denial_is_not() {
    let found = kinds(
        json!({"mental-health-needs": {"option": "Yes", "details": "Anxiety. Diagnosed autistic as a child"}}),
    );
    assert!(found.contains(&ScreeningKind::Autism));
    let found = kinds(
        json!({"mental-health-needs": {"option": "Yes", "details": "Anxiety, no learning disability"}}),
    );
    assert!(!found.contains(&ScreeningKind::LearningDisability));
}

#[test]
fn an_event_says_who_said_it_and_when() {
    let found = facts(json!({"mental-health-needs": "No", "events": [{
        "event_type": "PerSuicideAndSelfHarm", "occurred_at": "2026-03-02T05:10:00Z", "notes": "",
        "details": {"source": "Custody nurse", "nature_of_self_harm": ["They have said they will self-harm or commit suicide"],
            "reporting_officer": "Officer Invented", "comments": "calmer after a call home"},
    }]}));
    let nature = found.iter().find(|fact| fact.kind == ScreeningKind::SelfHarmNature).unwrap();
    assert_eq!(nature.who_said.as_deref(), Some("Custody nurse"));
    assert!(nature.when.is_some());
    assert!(found.iter().any(
        |fact| fact.kind == ScreeningKind::SelfHarmIndicated && fact.words == "calmer after a call home"
    ));
}
