//! What codes and the words beside answers add: an ACCT known only by its alert, autism named in the details of another
//! need, an interpreter asked for in a comment.

use std::collections::HashSet;

use super::answers::said_yes;
use super::{ScreeningFact, ScreeningKind as Kind};
use crate::model::{Answer, AnswerValue, CodeDomain, DomainCode, EscortRecord};
use crate::words::affirms;

/// Codes that are a fact by themselves: list, code, fact, and whether the code alone says little.
fn of_code(code: &DomainCode) -> Option<(Kind, bool)> {
    match (&code.domain, code.code.as_str()) {
        (CodeDomain::Alert, "HA") => Some((Kind::AcctOpen, false)),
        (CodeDomain::Alert, "HA1") => Some((Kind::AcctPostClosure, false)),
        (CodeDomain::Alert, "HA2") => Some((Kind::AcctClosed, false)),
        (CodeDomain::Alert, "F1") => Some((Kind::Veteran, false)),
        (CodeDomain::Alert, "VU" | "VI" | "VIP") => Some((Kind::Vulnerable, false)),
        (CodeDomain::Alert, "VLES") => Some((Kind::InterpreterNeeded, true)),
        (CodeDomain::CareNeed, "AUTI") => Some((Kind::Autism, false)),
        (CodeDomain::CareNeed, "LD" | "LDY") => Some((Kind::LearningDisability, false)),
        (CodeDomain::CareNeed, "D") | (CodeDomain::Adjustment, "LEARN SUPP") => {
            Some((Kind::LearningDisability, true))
        }
        (CodeDomain::CareNeed, "HDS") | (CodeDomain::Adjustment, "SGN LANG" | "LANG") => {
            Some((Kind::InterpreterNeeded, false))
        }
        _ => None,
    }
}

/// Words that name a fact, lower case.
const WORDS: [(&str, Kind); 13] = [
    ("autis", Kind::Autism),
    ("asperger", Kind::Autism),
    ("learning disab", Kind::LearningDisability),
    ("learning diffic", Kind::LearningDisability),
    ("interpreter", Kind::InterpreterNeeded),
    ("veteran", Kind::Veteran),
    ("armed forces", Kind::Veteran),
    ("ex-army", Kind::Veteran),
    ("first time in custody", Kind::FirstTimeInCustody),
    ("first time in prison", Kind::FirstTimeInCustody),
    ("first time in police custody", Kind::FirstTimeInCustody),
    ("never been in custody", Kind::FirstTimeInCustody),
    ("missed dose", Kind::MedicationMissedOrDue),
];

/// Facts that codes and words add to `known`: each code once, and by words what nothing else says.
pub(super) fn facts(record: &EscortRecord, known: &[ScreeningFact]) -> Vec<ScreeningFact> {
    let mut found: Vec<ScreeningFact> = Vec::new();
    let mut named = HashSet::new();
    let answers = || record.answers.iter().chain(record.events.iter().flat_map(|event| &event.answers));
    for answer in answers().filter(|answer| said_yes(answer).is_some()) {
        for code in &answer.codes {
            let Some((kind, weak)) = of_code(code) else { continue };
            if named.insert((kind, code.domain.clone(), code.code.clone())) {
                found.push(from_code(kind, weak, code, answer));
            }
        }
    }
    let mut said: HashSet<Kind> =
        known.iter().chain(&found).filter(|fact| !fact.weak).map(|fact| fact.kind).collect();
    for answer in answers() {
        for words in spoken(answer) {
            for (needle, kind) in WORDS {
                if !said.contains(&kind) && affirms(words, needle) {
                    said.insert(kind);
                    found.push(from_words(kind, words, answer));
                }
            }
        }
    }
    found
}

fn from_code(kind: Kind, weak: bool, code: &DomainCode, answer: &Answer) -> ScreeningFact {
    let mut words = code.words.clone().unwrap_or_else(|| code.code.clone());
    if let Some(comment) = &code.comment {
        words = format!("{words}: {comment}");
    }
    ScreeningFact {
        kind,
        words,
        question: answer.key.clone(),
        who_said: answer.said_by.clone(),
        when: answer.said_at,
        codes: vec![code.clone()],
        weak,
    }
}

fn from_words(kind: Kind, words: &str, answer: &Answer) -> ScreeningFact {
    ScreeningFact {
        kind,
        words: words.to_owned(),
        question: answer.key.clone(),
        who_said: answer.said_by.clone(),
        when: answer.said_at,
        codes: Vec::new(),
        weak: false,
    }
}

/// The words people wrote: free text and details, not the printed options.
fn spoken(answer: &Answer) -> Vec<&str> {
    match &answer.value {
        AnswerValue::Text(text) => vec![text],
        AnswerValue::Choices(choices) => {
            choices.iter().filter_map(|choice| choice.details.as_deref()).collect()
        }
        AnswerValue::NotAnswered => Vec::new(),
    }
}
