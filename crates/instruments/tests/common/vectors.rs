//! Reads the result column of a vector table: `moderate; caseness=Y; syndrome=major; item9=Y`.

use instruments::Met;
use instruments::report::{ScoreReport, ScoreRequest};

use super::{met, request, subscale, total, try_score};

/// Check one vector; a token that is not understood fails, so that nothing is passed over.
pub fn check(label: &str, answers: &str, expected: &str, result: &str) {
    let (name, sex) = match label.split_once(" sex=") {
        Some((name, sex)) => (name, Some(sex.to_owned())),
        None => (label, None),
    };
    let report = try_score(&ScoreRequest { sex, ..request(name, answers) })
        .unwrap_or_else(|e| panic!("{label} {answers}: {e}"));
    let place = format!("{label} {answers}: {result}");
    let wanted = if expected.is_empty() { None } else { Some(expected.parse::<f64>().unwrap()) };
    assert_eq!(total(&report), wanted, "{place}");
    for token in result.split(';').map(str::trim) {
        check_token(&report, token, &place);
    }
}

fn check_token(report: &ScoreReport, token: &str, place: &str) {
    if token == "NO SCORE" {
        assert_eq!(total(report), None, "{place}");
        assert_ne!(report.positive, Some(false), "{place}");
        assert!(report.warnings.iter().any(|w| w.starts_with("No total")), "{place}: {:?}", report.warnings);
        return;
    }
    if let Some((cut, yes)) = token.strip_prefix(">=").and_then(|t| t.split_once(':')) {
        assert_eq!(met(report, &format!("{cut} or more")) == Met::Met, yes == "Y", "{place}");
        return;
    }
    let token = token.strip_suffix(" (Q1>=3)").unwrap_or(token);
    if token.starts_with("B=") {
        for part in token.split(' ') {
            let (id, value) = part.split_once('=').unwrap();
            assert_eq!(subscale(report, id), Some(value.parse().unwrap()), "{place}");
        }
        return;
    }
    let Some((key, value)) = token.rsplit_once('=') else {
        assert_eq!(report.band.as_deref(), Some(token), "{place}");
        return;
    };
    let yes = value == "Y";
    match key {
        "gate" => assert!(yes, "{place}"),
        "item9" => assert_eq!(!report.prompts.is_empty(), yes, "{place}"),
        "syndrome" | "diagnosis" => assert_eq!(report.results[key], value, "{place}"),
        "dependence likely" => assert_eq!(met(report, "dependence") == Met::Met, yes, "{place}"),
        "provisional PTSD" => assert_eq!(met(report, "provisional") == Met::Met, yes, "{place}"),
        "max" => assert_eq!(report.out_of.unwrap().rounded(), value.parse::<f64>().unwrap(), "{place}"),
        "caseness" | "positive" | "refer" | "drug-related problems" => {
            assert_eq!(report.positive, Some(yes), "{place}");
        }
        _ if key.contains("(>=") || key.contains(">") || key.contains("(<") => {
            assert_eq!(report.positive, Some(yes), "{place}");
        }
        _ => {
            let id = match key {
                "PTSD score" => "ptsd",
                "DSO score" => "dso",
                "sum0-24" => "sum",
                "treatment satisfaction" => "treatment",
                other => other,
            };
            assert_eq!(subscale(report, id), Some(value.parse().unwrap()), "{place}");
        }
    }
}
