//! The triage rules: a file that a clinical lead can read and change.

use super::facts::KNOWN;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::path::Path;

/// One thing that must be known: a fact, or a fact whose figure reaches a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The fact's key.
    pub fact: String,
    /// The least its figure may be.
    pub at_least: Option<i64>,
}

/// One reason to think of a psychiatric assessment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Its key, kept with each decision.
    pub key: String,
    /// Its name on the page.
    pub name: String,
    /// Why it counts, in a sentence.
    pub why: String,
    /// A medical emergency comes first.
    #[serde(default)]
    pub medical_first: bool,
    /// Any of these; within one, everything joined by "and".
    pub when: Vec<String>,
    /// The same, read.
    #[serde(skip)]
    pub conditions: Vec<Vec<Condition>>,
}

/// How fast somebody should be seen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Urgency {
    /// The letter.
    pub code: String,
    /// What it means, in our words.
    pub words: String,
    /// Hours until somebody is there; 0 is at once, none is no response by us.
    pub within_hours: Option<i64>,
    /// Whether the time was confirmed in a source.
    pub confirmed: bool,
}

impl Urgency {
    /// "within 4 hours".
    #[must_use]
    pub fn time_words(&self) -> String {
        match self.within_hours {
            None => "no response by us".into(),
            Some(0) => "at once".into(),
            Some(1) => "within 1 hour".into(),
            Some(hours) if hours % 168 == 0 => format!("within {} weeks", hours / 168),
            Some(hours) => format!("within {hours} hours"),
        }
    }

    /// When somebody should be there.
    #[must_use]
    pub fn respond_by(&self, decided: Timestamp) -> Option<Timestamp> {
        self.within_hours
            .map(|hours| decided.checked_add(SignedDuration::from_hours(hours)).unwrap_or(decided))
    }
}

/// Words in the title of an offence that make a fact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// The fact's key.
    pub fact: String,
    /// Any of these, in small letters, anywhere in the title.
    pub words: Vec<String>,
}

/// The rules in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Kept with each decision.
    pub version: String,
    /// Days for which a screening counts.
    pub screening_days: i64,
    /// Days for which a questionnaire counts.
    pub instrument_days: i64,
    /// The triggers, in the order they are shown.
    pub trigger: Vec<Trigger>,
    /// The urgency codes, most urgent first.
    pub urgency: Vec<Urgency>,
    /// What makes a fact of an offence.
    pub offence: Vec<Offence>,
}

/// Every trigger that the rules must speak of. A file may switch one off with `when = []`, but must name it.
pub const TRIGGERS: [&str; 11] = [
    "confusion",
    "suicide",
    "psychosis",
    "mania",
    "depression",
    "distress",
    "serious-illness",
    "participation",
    "offence",
    "court-asks",
    "perinatal",
];

/// A rules file that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("triage rules {file}: {message}")]
pub struct RulesError {
    file: String,
    message: String,
}

impl Rules {
    /// The shipped rules, or the deployer's own.
    ///
    /// # Errors
    /// When the file can't be read, lacks a trigger, or names a fact nobody can know.
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
        Self::read(&text).map_err(|message| RulesError { file, message })
    }

    fn read(text: &str) -> Result<Self, String> {
        let mut rules: Rules = toml::from_str(text).map_err(|e| e.to_string())?;
        for key in TRIGGERS {
            match rules.trigger.iter().filter(|t| t.key == key).count() {
                1 => {}
                0 => {
                    return Err(format!(
                        "trigger {key:?} is missing: copy it from the shipped rules; when = [] switches it off"
                    ));
                }
                _ => return Err(format!("trigger {key:?} stands there twice: leave one")),
            }
        }
        for trigger in &mut rules.trigger {
            trigger.conditions = trigger
                .when
                .iter()
                .map(|line| conditions(line).map_err(|why| format!("trigger {:?}: {why}", trigger.key)))
                .collect::<Result<_, _>>()?;
        }
        if rules.version.trim().is_empty() {
            return Err("write a version: it is kept with each decision".into());
        }
        check_urgency(&rules.urgency)?;
        if let Some(unknown) = rules.offence.iter().find(|offence| !is_known(&offence.fact)) {
            return Err(unknown_fact(&unknown.fact));
        }
        for (name, days) in
            [("screening_days", rules.screening_days), ("instrument_days", rules.instrument_days)]
        {
            if !(1..=3660).contains(&days) {
                return Err(format!("{name} is {days}: write days, 1 to 3660"));
            }
        }
        Ok(rules)
    }

    /// The urgency with this letter.
    #[must_use]
    pub fn urgency(&self, code: &str) -> Option<&Urgency> {
        self.urgency.iter().find(|urgency| urgency.code == code)
    }
}

fn check_urgency(codes: &[Urgency]) -> Result<(), String> {
    if codes.is_empty() {
        return Err("there is no urgency code: copy them from the shipped rules".into());
    }
    for (place, urgency) in codes.iter().enumerate() {
        let letters =
            urgency.code.len() <= 12 && urgency.code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if urgency.code.is_empty() || !letters {
            return Err(format!("urgency code {:?}: write a letter or a short word", urgency.code));
        }
        if codes[..place].iter().any(|earlier| earlier.code == urgency.code) {
            return Err(format!("urgency code {:?} stands there twice: leave one", urgency.code));
        }
        if urgency.within_hours.is_some_and(|hours| !(0..=24 * 366).contains(&hours)) {
            return Err(format!("urgency code {:?}: within_hours goes from 0 to a year", urgency.code));
        }
    }
    Ok(())
}

fn is_known(fact: &str) -> bool {
    KNOWN.iter().any(|(known, _)| *known == fact)
}

fn unknown_fact(fact: &str) -> String {
    let known: Vec<&str> = KNOWN.iter().map(|(known, _)| *known).collect();
    format!("no fact is called {fact:?}; there are {}", known.join(", "))
}

/// "phq9 >= 15 and phq9-item9 >= 1".
fn conditions(line: &str) -> Result<Vec<Condition>, String> {
    line.split(" and ")
        .map(|part| {
            let (fact, at_least) = match part.split_once(">=") {
                Some((fact, figure)) => {
                    let figure = figure
                        .trim()
                        .parse()
                        .map_err(|_| format!("{part:?}: write a whole number after >=, like phq9 >= 20"))?;
                    (fact.trim(), Some(figure))
                }
                None => (part.trim(), None),
            };
            if !is_known(fact) {
                return Err(unknown_fact(fact));
            }
            Ok(Condition { fact: fact.to_owned(), at_least })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(from: &str, to: &str) -> String {
        let shipped = include_str!("rules.toml");
        assert!(shipped.contains(from), "{from}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.toml");
        std::fs::write(&path, shipped.replacen(from, to, 1)).unwrap();
        Rules::load(Some(&path)).unwrap_err().to_string()
    }

    #[test]
    fn a_file_that_forgets_a_trigger_or_names_a_fact_nobody_knows_says_which() {
        let said = changed("key = \"psychosis\"", "key = \"psychoses\"");
        assert!(said.contains("\"psychosis\" is missing") && said.contains("own.toml"), "{said}");
        let said = changed("\"psychosis-observed\"", "\"psychosis-seen\"");
        assert!(said.contains("psychosis-seen") && said.contains("psychosis-observed"), "{said}");
        assert!(changed("phq9 >= 20", "phq9 >= lots").contains("whole number"));
        assert!(changed("code = \"B\"", "code = \"A\"").contains("twice"));
    }

    #[test]
    fn confirmed_times_are_told_from_unconfirmed_ones() {
        let rules = Rules::load(None).unwrap();
        let times: Vec<(&str, Option<i64>, bool)> =
            rules.urgency.iter().map(|u| (u.code.as_str(), u.within_hours, u.confirmed)).collect();
        assert_eq!(
            times,
            [
                ("A", Some(0), true),
                ("B", Some(4), true),
                ("C", Some(24), true),
                ("D", Some(72), false),
                ("E", Some(672), false),
                ("F", None, false),
                ("G", None, false)
            ]
        );
        assert_eq!(rules.urgency("E").unwrap().time_words(), "within 4 weeks");
    }

    #[test]
    fn no_words_of_the_rules_put_anybody_into_a_band_or_call_anybody_unfit() {
        let text = include_str!("rules.toml").to_lowercase();
        for word in ["low risk", "medium risk", "high risk", "risk score", "unfit to plead"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}
