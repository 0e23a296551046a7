//! The reference vectors that stand beside the checkout, when they do.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use common::{rows, score, shared_vectors, subscale, total, vectors};
use instruments::trend::{Pair, TalkingTherapies};

#[test]
fn every_rule_vector_scores_as_published() {
    let Some(text) = shared_vectors("instruments.csv") else { return };
    let mut checked = 0;
    for row in rows(&text) {
        match &row[0] {
            "MHSDS count suppression" => continue, // of the crate `measures`
            label if label.starts_with("Talking-Therapies") => talking_therapies(&row[1], &row[3]),
            label => vectors::check(label, &row[1], &row[2], &row[3]),
        }
        checked += 1;
    }
    assert!(checked > 80, "only {checked} vectors were read");
}

fn talking_therapies(answers: &str, expected: &str) {
    let scores = answers.split(' ').map(|n| n.parse().unwrap()).collect::<Vec<f64>>();
    let rules = TalkingTherapies::from_library(common::library()).unwrap();
    let pair = |at: usize| Pair { phq9: scores[at], gad7: scores[at + 1] };
    let outcome = rules.outcome(pair(0), pair(2));
    let letter = |yes: bool| if yes { "Y" } else { "N" };
    let shown = format!(
        "case_start={}; recovery={}; reliable_improvement={}; reliable_deterioration={}; reliable_recovery={}",
        letter(outcome.case_at_start),
        letter(outcome.recovery),
        letter(outcome.reliable_improvement),
        letter(outcome.reliable_deterioration),
        letter(outcome.reliable_recovery)
    );
    assert_eq!(shown, expected, "{answers}");
}

/// Its inputs for the DAST-10, AQ-10 and CORE-OM are already scored item by item; they are turned back to the form here.
#[test]
fn a_published_implementations_own_tests_agree() {
    let Some(text) = shared_vectors("awell_score_published_tests.csv") else { return };
    let mut checked = 0;
    for row in rows(&text) {
        let (name, answers) = as_on_the_form(&row[0], &row[2]);
        let report = score(name, &answers);
        for output in row[3].split("; ") {
            let (key, value) = output.split_once('=').unwrap();
            compare(&report, &row[0], key, value);
        }
        checked += 1;
    }
    assert_eq!(checked, 38);
}

fn as_on_the_form<'a>(instrument: &'a str, answers: &str) -> (&'a str, String) {
    let each = |turn: &dyn Fn(usize, i32) -> String| {
        let numbers = answers.split(' ').enumerate().map(|(at, n)| turn(at + 1, n.parse().unwrap()));
        numbers.collect::<Vec<_>>().join(" ")
    };
    match instrument {
        "dast_10" => ("DAST-10", each(&|item, n| if (n == 1) == (item != 3) { "y" } else { "n" }.into())),
        "aq_10_adolescent" => (
            "AQ-10 adolescent",
            each(&|item, n| if (n == 1) == [1, 5, 8, 10].contains(&item) { "1" } else { "4" }.into()),
        ),
        "core_om" => (
            "CORE-OM",
            each(&|item, n| {
                if [3, 4, 7, 12, 19, 21, 31, 32].contains(&item) { 4 - n } else { n }.to_string()
            }),
        ),
        "asrs_v1_1" => ("ASRS-18", answers.to_owned()),
        other => (other, answers.to_owned()),
    }
}

fn compare(report: &instruments::report::ScoreReport, instrument: &str, key: &str, value: &str) {
    let id = match (instrument, key) {
        ("core_om", key) if key.ends_with("_MEAN") => {
            let id = match key.split('_').next().unwrap() {
                "TOTAL" => "total",
                "SUBJECTIVE" => "W",
                "PROBLEMS" => "P",
                "LIFE" => "F",
                _ => "R",
            };
            let ours = if id == "total" { total(report) } else { subscale(report, id) }.unwrap();
            let theirs: f64 = value.parse().unwrap();
            assert!((ours / 10.0 - theirs).abs() < 0.006, "{instrument} {key}: {ours} and {theirs}");
            return;
        }
        ("core_om", _) => return, // raw sums, implied by the means
        (_, "CONSUMPTION") => "consumption",
        (_, "DEPENDENCE") => "dependence",
        (_, "ALCOHOL_RELATED_PROBLEMS") => "harm",
        (_, "ASRS_PART_A_SCORE") => "part_a",
        (_, "ASRS_PART_B_SCORE") => "part_b",
        (_, "ASRS_INATTENTIVE_SUBSCALE_SCORE") => "inattentive",
        (_, "ASRS_HYPERACTIVE_IMPULSIVE_SUBSCALE_MOTOR_SCORE") => "motor",
        (_, "ASRS_HYPERACTIVE_IMPULSIVE_SUBSCALE_VERBAL_SCORE") => "verbal",
        (_, "PCL5_PTSS_INDICATION") => {
            assert_eq!(
                report.results.get("provisional PTSD").map(String::as_str) == Some("met"),
                value == "1"
            );
            return;
        }
        (_, key) if key.starts_with("PCL5_DSM_5_SYMPTOM_CLUSTER_") => key.rsplit('_').next().unwrap(),
        (_, "TOTAL" | "ASRS_TOTAL_SCORE" | "PCL5_TOTAL_SYMPTOM_SEVERITY_SCORE") => "total",
        (_, key) if key.ends_with("_SCORE") => "total",
        ("dast_10", "DAST10_DEGREE_OF_PROBLEMS") => {
            let band = value.to_lowercase();
            let ours = report.band.as_deref().unwrap();
            assert!(band.contains(ours) || (ours == "none" && band.starts_with("no ")), "{ours}: {value}");
            return;
        }
        ("gad_2", _) => return, // bands for two items are published nowhere
        (_, "AQ10_INTERPRETATION") => return,
        (_, key) if key.ends_with("_INTERPRETATION") => {
            let ours = report.band.as_deref().unwrap();
            let same = value.to_lowercase().contains(ours) || (ours == "minimal" && value.starts_with("No"));
            assert!(same, "{instrument}: {ours} and {value}");
            return;
        }
        (_, key) => panic!("{instrument}: output {key} is not compared"),
    };
    let ours = if id == "total" { total(report) } else { subscale(report, id) };
    assert_eq!(ours, Some(value.parse().unwrap()), "{instrument} {key}");
}

#[test]
fn every_row_of_the_swemwbs_table_converts() {
    let Some(text) = shared_vectors("swemwbs_raw_to_metric.csv") else { return };
    for row in rows(&text) {
        let raw: usize = row[0].parse().unwrap();
        let mut answers = [1; 7];
        for step in 0..raw - 7 {
            answers[step % 7] += 1;
        }
        let report = score("SWEMWBS", &answers.map(|a| a.to_string()).join(" "));
        assert_eq!(total(&report), Some(raw as f64));
        assert_eq!(subscale(&report, "metric"), Some(row[1].parse().unwrap()), "raw {raw}");
    }
}

#[test]
fn loinc_codes_that_were_seen_are_given_and_the_others_only_to_check() {
    let Some(text) = shared_vectors("loinc_codes.csv") else { return };
    let library = common::library();
    for row in rows(&text) {
        let (name, element, code, status) = (&row[0], &row[1], &row[2], &row[3]);
        let id = match name {
            "AUDIT-C" => "audit-c-us",
            "PHQ-9/GAD-7 answers" | "AUDIT" => continue,
            "PHQ-9" => "phq-9",
            "GAD-7" => "gad-7",
            _ => "dast-10",
        };
        let instrument = library.by_id(id).unwrap();
        let given = [instrument.loinc.panel.clone(), instrument.loinc.total.clone()]
            .into_iter()
            .chain(instrument.items.iter().map(|i| i.loinc.clone()))
            .flatten()
            .any(|c| c == code);
        let to_check = instrument.loinc.to_check.iter().any(|c| c.ends_with(code));
        assert_eq!(
            (given, to_check),
            (status.starts_with("seen"), !status.starts_with("seen")),
            "{name} {element}"
        );
    }
}

#[test]
fn the_standard_wording_is_the_owners() {
    let Some(text) = shared_vectors("instrument-wording.tsv") else { return };
    let library = common::library();
    let mut compared = 0;
    for line in text.lines().skip(1) {
        let columns = line.split('\t').collect::<Vec<_>>();
        let id = match columns[0] {
            "phq9" => "phq-9",
            "gad7" => "gad-7",
            "pcl5" => "pcl-5",
            other => other,
        };
        let instrument = library.by_id(id).unwrap();
        let Some(number) = columns[1].strip_prefix('q') else { continue };
        let item = instrument.items.iter().find(|i| i.id == number).unwrap();
        let wording =
            columns[2].trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('.').trim();
        assert_eq!(item.text.as_deref(), Some(wording), "{id} item {number}");
        assert_eq!(instrument.licence.attribution.as_deref(), Some(columns[3]), "{id}");
        compared += 1;
    }
    assert_eq!(compared, 9 + 7 + 20 + 4);
}
