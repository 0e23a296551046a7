//! What the clinician knows beyond what is recorded: asked on the triage page, kept with the decision.

use super::facts::Fact;
use crate::clock;
use crate::forms::{Answers, Asked, Opt, Part, Question, Sheet};
use jiff::Timestamp;

const OFFENCES: &[Opt] = &[
    Opt::new("offence-arson", "Arson"),
    Opt::new("offence-violence", "Serious violence"),
    Opt::new("offence-stalking", "Stalking"),
    Opt::new("offence-homicide", "Homicide"),
];

const COURT_ASKS: &[Opt] = &[
    Opt::new("asks-participation", "Effective participation"),
    Opt::new("asks-disposal", "Disposal"),
    Opt::new("asks-mhtr", "A mental health treatment requirement"),
];

/// Each question's key is the key of the fact that a "yes" makes.
pub const SHEET: Sheet = Sheet {
    key: "triage-added-1",
    title: "What you know beyond this",
    parts: &[
        Part {
            title: "The body first",
            hint: "",
            questions: &[
                Question::asked("confused", "Confused, or delirium suspected?", "What, since when"),
                Question::asked(
                    "withdrawal",
                    "Withdrawal from alcohol or drugs?",
                    "From what, last used when",
                ),
            ],
        },
        Part {
            title: "Mental health",
            hint: "",
            questions: &[
                Question::asked(
                    "psychosis-reported",
                    "Signs of psychosis, seen or told by anybody?",
                    "What, who said so",
                ),
                Question::asked("mania", "Signs of mania?", "What, who said so"),
                Question::asked("depression-psychotic", "Depression with psychosis or self-neglect?", "What"),
                Question::asked("suicide-intent", "Intent or a plan to die, now?", "In their words"),
                Question::asked("suicide-attempt", "A recent attempt or serious self-harm?", "What, when"),
                Question::asked("serious-illness", "Known serious mental illness?", "Which, who says so"),
                Question::asked("off-medication", "Off prescribed medication?", "Which, since when"),
                Question::asked("open-to-team", "Open to a community team?", "Which team, telephone"),
                Question::asked("collapse", "Has daily life broken down (work, home, self-care)?", "How"),
                Question::asked("recent-birth", "Pregnant, or gave birth in the last year?", "When"),
            ],
        },
        Part {
            title: "Court",
            hint: "",
            questions: &[
                Question::asked("participation", "Concern about effective participation?", "What you saw"),
                Question::asked(
                    "offence-symptoms",
                    "Offence apparently driven by symptoms?",
                    "Why you think so",
                ),
                Question::many("offence-kind", "Is the charge one of these?", OFFENCES),
                Question::many("court-asks", "Does the court ask for an opinion?", COURT_ASKS),
            ],
        },
    ],
};

/// The facts these answers make. A "no" makes none: it takes nothing away either.
#[must_use]
pub fn facts_of(answers: &Answers, by: &str, now: Timestamp) -> Vec<Fact> {
    let mut facts = Vec::new();
    for question in SHEET.questions() {
        if answers.asked(question.key) == Asked::Yes {
            facts.push(fact(question.key, question.label, answers.words_of(question.key), by, now));
        }
    }
    for (key, options) in [("offence-kind", OFFENCES), ("court-asks", COURT_ASKS)] {
        for chosen in answers.values(key) {
            if let Some(option) = options.iter().find(|o| o.key == chosen) {
                let label = SHEET.questions().find(|q| q.key == key).map_or("", |q| q.label);
                facts.push(fact(option.key, label, option.words, by, now));
            }
        }
    }
    facts
}

fn fact(key: &str, label: &str, words: &str, by: &str, now: Timestamp) -> Fact {
    let words = if words.is_empty() { format!("{label} Yes") } else { format!("{label} {words}") };
    Fact::new(key, words, "added at triage").said_by(by).at(clock_minute(now))
}

/// To the minute: what is shown and what is kept are one.
fn clock_minute(now: Timestamp) -> Timestamp {
    let at = clock::in_london(now);
    at.round(jiff::Unit::Minute).map_or(now, |at| at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::super::facts::KNOWN;
    use super::*;

    #[test]
    fn every_yes_makes_a_fact_that_the_rules_know() {
        let now: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        for question in SHEET.questions() {
            let mut answers = Answers::default();
            let keys: Vec<&str> = match question.key {
                "offence-kind" => OFFENCES.iter().map(|o| o.key).collect(),
                "court-asks" => COURT_ASKS.iter().map(|o| o.key).collect(),
                _ => vec!["yes"],
            };
            for key in keys {
                answers.set(question.key, key);
                let facts = facts_of(&answers, "Kim Example", now);
                assert_eq!(facts.len(), 1, "{}", question.key);
                assert!(KNOWN.iter().any(|(known, _)| *known == facts[0].key), "{}", facts[0].key);
                assert_eq!(facts[0].said_by, "Kim Example");
            }
        }
    }

    #[test]
    fn no_not_known_declined_and_not_asked_make_no_fact() {
        let now = Timestamp::UNIX_EPOCH;
        for key in ["no", "not-known", "declined", ""] {
            let mut answers = Answers::default();
            answers.set("confused", key);
            assert!(facts_of(&answers, "x", now).is_empty(), "{key}");
        }
    }
}
