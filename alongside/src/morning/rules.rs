//! The marker rules: a file that a clinical lead can read and change.

use super::below::Below;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How strongly a marker asks to be seen: the escort record's own four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkerGrade {
    /// Act now.
    Alert,
    /// Act today.
    Warning,
    /// Know it first.
    Attention,
    /// Good to know.
    Information,
}

/// One rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its key in addresses and JSON.
    pub key: String,
    /// Its name on the board.
    pub label: String,
    /// How strongly it asks to be seen.
    pub grade: MarkerGrade,
    /// What it adds to a row's sum.
    pub weight: f64,
    /// Why it counts, in a sentence.
    pub why: String,
}

/// All rules in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Shown beside the order they made.
    pub version: String,
    /// Days listed that make a repeat attender.
    pub repeat_attender_days: i64,
    /// Months looked back for them.
    pub repeat_attender_months: i64,
    /// Months for which a treatment requirement is still shown.
    pub treatment_requirement_months: i64,
    /// What a bare "Yes" from codes is worth against an answer with words.
    pub weak_factor: f64,
    /// The rules.
    pub marker: Vec<Rule>,
    /// What rooms further down the journey add to the pages that these rules order.
    #[serde(skip)]
    pub below: Below,
}

/// Every marker the program can make. A rules file may weigh one at 0, but must name it.
pub const KEYS: [&str; 40] = [
    "warning-open",
    "emergency-now",
    "referred-urgent",
    "referred",
    "urgent-need",
    "observation-constant",
    "observation-raised",
    "observation-hourly",
    "acct-open",
    "acct-post-closure",
    "acct-closed",
    "self-harm-now",
    "self-harm-history",
    "mental-health",
    "referred-health",
    "medication",
    "medication-missed",
    "alcohol-withdrawal",
    "dependency",
    "learning-disability",
    "autism",
    "communication",
    "pregnant",
    "under-18",
    "woman",
    "woman-as-standard",
    "first-time",
    "breach",
    "review-hearing",
    "report-result",
    "caseload",
    "maybe-known",
    "treatment-requirement",
    "no-fixed-abode",
    "interpreter",
    "repeat-attender",
    "vulnerable",
    "veteran",
    "other-health",
    "in-custody",
];

/// A rules file that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("marker rules {file}: {message}")]
pub struct RulesError {
    file: String,
    message: String,
}

impl Rules {
    /// The shipped rules, or the deployer's own.
    ///
    /// # Errors
    /// When the file can't be read, lacks a marker, names an unknown one, or has a weight below zero.
    pub fn load(own: Option<&Path>) -> Result<Self, RulesError> {
        let (file, text) = match own {
            None => ("as shipped".to_owned(), include_str!("rules.toml").to_owned()),
            Some(path) => {
                let file = path.display().to_string();
                let text = std::fs::read_to_string(path)
                    .map_err(|e| RulesError { file: file.clone(), message: e.to_string() })?;
                (file, text)
            }
        };
        let fail = |message: String| RulesError { file: file.clone(), message };
        let rules: Rules = toml::from_str(&text).map_err(|e| fail(e.to_string()))?;
        for key in KEYS {
            match rules.marker.iter().filter(|rule| rule.key == key).count() {
                1 => {}
                0 => {
                    return Err(fail(format!(
                        "marker {key:?} is missing: copy it from the shipped rules; weight 0 switches it off"
                    )));
                }
                _ => return Err(fail(format!("marker {key:?} stands there twice: leave one"))),
            }
        }
        if let Some(rule) = rules.marker.iter().find(|rule| !KEYS.contains(&rule.key.as_str())) {
            return Err(fail(format!(
                "marker {:?} is not known: the known ones are in the shipped rules",
                rule.key
            )));
        }
        if let Some(rule) = rules.marker.iter().find(|rule| !rule.weight.is_finite() || rule.weight < 0.0) {
            return Err(fail(format!("marker {:?} has weight {}: write 0 or more", rule.key, rule.weight)));
        }
        Ok(rules)
    }

    pub(super) fn rule(&self, key: &str) -> Option<&Rule> {
        self.marker.iter().find(|rule| rule.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_name_every_marker() {
        let rules = Rules::load(None).unwrap();
        assert_eq!(rules.marker.len(), KEYS.len());
    }

    #[test]
    fn a_rules_file_that_forgets_a_marker_says_which() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.toml");
        let text = include_str!("rules.toml").replace("key = \"acct-open\"", "key = \"acct-opened\"");
        std::fs::write(&path, text).unwrap();
        let said = Rules::load(Some(&path)).unwrap_err().to_string();
        assert!(said.contains("acct-open") && said.contains("own.toml"), "{said}");
    }

    #[test]
    fn a_negative_weight_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.toml");
        std::fs::write(&path, include_str!("rules.toml").replacen("weight = 5000", "weight = -1", 1))
            .unwrap();
        assert!(Rules::load(Some(&path)).unwrap_err().to_string().contains("0 or more"));
    }
}
