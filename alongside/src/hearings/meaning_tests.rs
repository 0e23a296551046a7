//! What messages mean, case by case.
#![allow(clippy::unwrap_used)]

use super::codes::{Comes, Ended, PutOff, Stood};
use super::heard::Heard;
use super::meaning::meaning;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

/// One defendant's hearing with these results, as JSON of a message.
fn heard(bail: &str, results: &str) -> Heard {
    let message = format!(
        r#"{{"hearing": {{"id": "11111111-0000-4000-8000-000000000001", "courtCentre": {{"code": "B01ND00", "name": "Invented"}}, "type": {{"description": "First hearing"}},
        "hearingDays": [{{"sittingDay": "2026-03-02T10:00:00Z"}}],
        "prosecutionCases": [{{"id": "c", "prosecutionCaseIdentifier": {{"caseURN": "01zz1"}}, "defendants": [{{"id": "d", {bail} "offences": [{{"id": "o", "offenceCode": "TH68010", "offenceTitle": "Theft", "judicialResults": [{results}]}}],
        "personDefendant": {{"personDetails": {{"lastName": "ZYXWVU"}}, "bailStatus": {{"code": "C"}}}}}}]}}]}}}}"#
    );
    let read = intake::read(message.as_bytes(), None, date(2026, 3, 2), &intake::Limits::default()).unwrap();
    meaning(&read.listings[0], "B01ND")
}

fn result(code: &str, more: &str) -> String {
    format!(r#"{{"cjsCode": "{code}", "label": "As sent", "orderedDate": "2026-03-02"{more}}}"#)
}

#[test]
fn a_listed_hearing_says_how_somebody_stands_before_it_and_nothing_of_its_end() {
    let said = heard("", "");
    assert_eq!((said.before, said.after, said.ended), (Stood::Custody, Stood::NotSaid, Ended::NotSaid));
    assert!(!said.says_what_happened());
    assert_eq!(said.cases, ["01ZZ1"]);
}

#[test]
fn results_say_how_somebody_stands_after_it() {
    for (code, after, ended, why) in [
        ("4540", Stood::Custody, Ended::Adjourned, PutOff::Psychiatric),
        ("4051", Stood::Hospital, Ended::Adjourned, PutOff::Psychiatric),
        ("3132", Stood::Hospital, Ended::Adjourned, PutOff::Psychiatric),
        ("4028", Stood::Custody, Ended::Adjourned, PutOff::NotSaid),
        ("4046", Stood::Custody, Ended::Adjourned, PutOff::NotSaid),
        ("4027", Stood::ConditionalBail, Ended::Adjourned, PutOff::NotSaid),
        ("4047", Stood::UnconditionalBail, Ended::Adjourned, PutOff::NotSaid),
        ("4560", Stood::Custody, Ended::ToCrownCourt, PutOff::NotSaid),
        ("4559", Stood::ConditionalBail, Ended::ToCrownCourt, PutOff::NotSaid),
        ("4558", Stood::UnconditionalBail, Ended::ToCrownCourt, PutOff::NotSaid),
        ("4570", Stood::Hospital, Ended::ToCrownCourt, PutOff::NotSaid),
        ("4571", Stood::Custody, Ended::ToCrownCourt, PutOff::NotSaid),
    ] {
        let said = heard("", &result(code, ""));
        assert_eq!((said.after, said.ended, said.put_off), (after, ended, why), "{code}");
    }
    for (code, ended) in [("1116", Ended::Disposed), ("1008", Ended::Disposed), ("2051", Ended::NoConviction)]
    {
        assert_eq!(heard("", &result(code, "")).ended, ended, "{code}");
    }
}

#[test]
fn the_next_hearing_says_when_and_why_and_to_be_fixed_is_no_date() {
    let next = r#", "nextHearing": {"listedStartDateTime": "2026-07-23T09:00:00Z", "adjournmentReason": "For a fast delivery report", "courtCentre": {"code": "B01ND00"}}"#;
    let said = heard("", &result("4027", next));
    assert_eq!((said.put_off, said.comes_back.how), (PutOff::PsrShort, Comes::OnDay));
    assert_eq!((said.comes_back.on, said.comes_back.at.as_deref()), (Some(date(2026, 7, 23)), Some("10:00")));
    let week = r#", "nextHearing": {"weekCommencingDate": "2026-07-20", "courtCentre": {"code": "C01SN00", "roomName": "Court 3"}}"#;
    let said = heard("", &result("4027", week));
    assert_eq!((said.comes_back.how, said.comes_back.on), (Comes::InWeek, Some(date(2026, 7, 20))));
    assert_eq!(
        (said.comes_back.court_code.as_deref(), said.comes_back.room.as_deref()),
        (Some("C01SN"), Some("Court 3"))
    );
    let open = r#", "nextHearing": {"dateToBeFixed": true, "adjournmentReason": "Psychiatric report"}"#;
    let said = heard("", &result("4028", open));
    assert_eq!((said.comes_back.how, said.comes_back.on), (Comes::ToBeFixed, None));
    assert_eq!(said.put_off, PutOff::Psychiatric);
}

#[test]
fn one_offence_ended_and_one_put_off_is_put_off_and_custody_outweighs_bail() {
    let both = format!("{}, {}", result("1015", ""), result("4027", ""));
    let said = heard("", &both);
    assert_eq!(said.ended, Ended::Adjourned);
    assert!(said.oddities.iter().any(|odd| odd.contains("Some of it was ended")), "{:?}", said.oddities);
    let both = format!("{}, {}", result("4027", ""), result("4028", ""));
    assert_eq!(heard("", &both).after, Stood::Custody);
}

#[test]
fn unknown_codes_are_shown_and_noted_and_legal_aid_ends_no_case() {
    let said = heard("", r#"{"cjsCode": "9999", "label": "Something new", "category": "FINAL"}"#);
    assert_eq!(said.ended, Ended::Disposed);
    assert!(said.oddities[0].contains("9999"), "{:?}", said.oddities);
    let said =
        heard("", r#"{"cjsCode": "4600", "label": "Legal Aid Transfer Granted", "category": "FINAL"}"#);
    assert_eq!(said.ended, Ended::NotSaid);
    assert!(said.says_what_happened());
    let said = heard("", &result("3102", ""));
    assert!(said.oddities[0].contains("could not be given on that day"), "{:?}", said.oddities);
}

#[test]
fn terms_of_a_requirement_are_kept_and_names_in_prompts_are_not() {
    let prompts = r#", "judicialResultPrompts": [{"label": "Treatment period", "value": "12 months"}, {"label": "Name of director", "value": "QWERTIL"}, {"label": "Review", "value": true}]"#;
    let said = heard("", &result("3108", prompts));
    assert_eq!(said.results[0].terms.as_deref(), Some("Treatment period: 12 months; Review: yes"));
    assert!(said.results[0].is_requirement());
    let long = r#", "durationElement": {"primaryDurationUnit": "M", "primaryDurationValue": 6}"#;
    assert_eq!(heard("", &result("3272", long)).results[0].terms.as_deref(), Some("6 months"));
}

#[test]
fn words_without_a_code_are_understood_where_they_are_the_national_ones() {
    let said = heard("", r#"{"label": "remand in custody"}"#);
    assert_eq!((said.after, said.ended), (Stood::Custody, Ended::Adjourned));
    assert_eq!(heard("", r#"{"label": "Adjournment"}"#).ended, Ended::Adjourned);
    assert_eq!(
        heard("", r#"{"label": "Adjourned for something", "category": "FINAL"}"#).ended,
        Ended::Adjourned
    );
    assert!(heard("", r#"{"label": "Mental Health Treatment Requirement"}"#).results[0].is_requirement());
}

#[test]
fn nonsense_in_a_result_is_read_past() {
    for results in [
        r#"{"cjsCode": 7, "label": null, "nextHearing": []}"#,
        r#"{"judicialResultPrompts": {"a": 1}, "durationElement": 5}"#,
        r#"{"label": "x", "postHearingCustodyStatus": "R", "nextHearing": {"listedStartDateTime": "soon"}}"#,
    ] {
        let said = heard("", results);
        assert_eq!(said.after, Stood::Custody, "{results}");
    }
}

/// JSON that anybody might send where a result should stand: known names with anything behind them.
fn any_json() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "cjsCode",
        "label",
        "category",
        "nextHearing",
        "listedStartDateTime",
        "weekCommencingDate",
        "dateToBeFixed",
        "adjournmentReason",
        "courtCentre",
        "roomName",
        "judicialResultPrompts",
        "value",
        "durationElement",
        "primaryDurationValue",
        "primaryDurationUnit",
        "postHearingCustodyStatus",
        "orderedDate",
        "isAdjournmentResult",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(vec![
            "4540",
            "3108",
            "FINAL",
            "C",
            "2026-03-09",
            "2026-13-40T99:00:00Z",
            "Psychiatric report",
            "\u{0}"
        ])
        .prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(n, v)| (n.to_owned(), v)).collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_stands_where_a_result_should_the_hearing_is_read(results in prop::collection::vec(any_json(), 0..5)) {
        let text = json!(results).to_string();
        let said = heard("", &text[1..text.len() - 1]);
        prop_assert_eq!(said.on, date(2026, 3, 2));
        let kept = serde_json::to_string(&said).unwrap();
        prop_assert_eq!(serde_json::from_str::<Heard>(&kept).unwrap(), said);
    }
}
