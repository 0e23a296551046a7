//! Facts from single answers.

use super::{ObservationLevel, ScreeningFact, ScreeningKind as Kind};
use crate::escort::question;
use crate::model::{Answer, AnswerValue, Choice, CodeDomain, DomainCode, EscortRecord, Stated};
use crate::words::squash;

/// Questions whose "Yes" is a fact of one sort.
const YES: [(&str, Kind); 17] = [
    ("indication-of-self-harm-or-suicide", Kind::SelfHarmIndicated),
    ("mental-health-needs", Kind::MentalHealthNeed),
    ("medical-health-professional-referral", Kind::ReferredToHealthProfessional),
    ("alcohol-withdrawal", Kind::AlcoholWithdrawal),
    ("addiction-dependencies", Kind::Dependency),
    ("communication-needs", Kind::CommunicationNeed),
    ("pregnant", Kind::Pregnant),
    ("travelling-with-child", Kind::TravellingWithChild),
    ("risk-from-other-people", Kind::Vulnerable),
    ("help-with-personal-tasks", Kind::PersonalCare),
    ("physical-health-needs", Kind::PhysicalHealthNeed),
    ("wheelchair-user", Kind::PhysicalHealthNeed),
    ("other-health-information", Kind::OtherHealth),
    ("sensitive-medication", Kind::OtherHealth),
    ("phobias", Kind::OtherHealth),
    ("open-acct", Kind::AcctOpen),
    ("constant-watch", Kind::ObservationLevel(ObservationLevel::ConstantPhysical)),
];

/// The facts of one answer.
pub(super) fn facts(answer: &Answer, record: &EscortRecord) -> Vec<ScreeningFact> {
    if let Some((_, kind)) = YES.iter().find(|(key, _)| *key == answer.key) {
        return said_yes(answer).map(|words| fact(*kind, words, answer)).into_iter().collect();
    }
    match answer.key.as_str() {
        "nature-of-self-harm" => each_choice(answer, |_| Some(Kind::SelfHarmNature)),
        "history-of-self-harm-method" => each_choice(answer, |_| Some(Kind::SelfHarmMethod)),
        "actions-of-self-harm-undertaken" => each_choice(answer, action),
        "observation-level" => each_choice(answer, |option| Some(Kind::ObservationLevel(level(option)))),
        "acct-status" => each_choice(answer, acct),
        "date-of-most-recently-closed-acct" => text_fact(Kind::AcctClosed, answer),
        "history-of-self-harm-recency" => text_fact(Kind::SelfHarmRecency, answer),
        "history-of-self-harm" => history(answer, record),
        "history-of-self-harm-details" if !answered_yes(record, "history-of-self-harm") => {
            text_fact(Kind::SelfHarmHistory, answer)
        }
        _ => Vec::new(),
    }
}

/// A history with the words that stand under its own question.
fn history(answer: &Answer, record: &EscortRecord) -> Vec<ScreeningFact> {
    let Some(mut words) = said_yes(answer) else { return Vec::new() };
    let details =
        record.answers.iter().find(|other| other.key == "history-of-self-harm-details").and_then(text);
    if let Some(details) = details {
        words = format!("{words}: {details}");
    }
    vec![fact(Kind::SelfHarmHistory, words, answer)]
}

/// What an action taken says.
fn action(option: &str) -> Option<Kind> {
    let lower = option.to_lowercase();
    match lower.as_str() {
        _ if lower.starts_with("no action") || lower == "no" || lower == "none" => None,
        _ if lower.contains("acct") => Some(Kind::AcctOpen),
        _ if lower.contains("medical professional") => Some(Kind::ReferredToHealthProfessional),
        _ => Some(Kind::SelfHarmAction),
    }
}

/// ACCT states of the 2016 form: open, post_closure, closed, closed_in_last_6_months, none.
fn acct(option: &str) -> Option<Kind> {
    match squash(option).as_str() {
        "open" | "yes" => Some(Kind::AcctOpen),
        text if text.contains("postclosure") => Some(Kind::AcctPostClosure),
        text if text.starts_with("closed") => Some(Kind::AcctClosed),
        _ => None,
    }
}

/// The level an option, or words typed in its place, mean.
pub(super) fn level(option: &str) -> ObservationLevel {
    use ObservationLevel as L;
    let lower = option.to_lowercase();
    let numbers =
        || lower.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<u32>().ok());
    if squash(&lower).contains("level") && !lower.contains("alternative") && !lower.contains("standard") {
        match numbers().next() {
            Some(4) => return L::ConstantPhysical,
            Some(3) => return L::ConstantCamera,
            Some(2) => return L::Minutes30,
            Some(1) => return L::Hourly,
            _ => {}
        }
    }
    let camera = ["cctv", "camera", "video"].iter().any(|word| lower.contains(word));
    match lower.as_str() {
        _ if lower.contains("alternative") => L::Alternative,
        _ if lower.contains("constant") && camera => L::ConstantCamera,
        _ if lower.contains("constant") || lower.contains("close proximity") => L::ConstantPhysical,
        _ if lower.contains("standard") || lower.contains("no additional") => L::Standard,
        _ if lower.contains("min") => match numbers().next() {
            Some(..=5) => L::Minutes5,
            Some(..=10) => L::Minutes10,
            Some(..=15) => L::Minutes15,
            Some(..=30) => L::Minutes30,
            Some(..=60) => L::Hourly,
            _ => L::Alternative,
        },
        _ if lower.contains("hour") => L::Hourly,
        _ => L::Alternative,
    }
}

fn each_choice(answer: &Answer, kind: impl Fn(&str) -> Option<Kind>) -> Vec<ScreeningFact> {
    let read = |choice: &Choice| Some(fact(kind(&choice.option)?, words_of(choice), answer));
    match &answer.value {
        AnswerValue::Choices(choices) => {
            choices.iter().filter(|choice| !is_no(choice)).filter_map(read).collect()
        }
        AnswerValue::Text(text) => {
            read(&Choice { option: text.clone(), details: None }).into_iter().collect()
        }
        AnswerValue::NotAnswered => Vec::new(),
    }
}

fn text_fact(kind: Kind, answer: &Answer) -> Vec<ScreeningFact> {
    text(answer).map(|words| fact(kind, words, answer)).into_iter().collect()
}

/// The words of a free text answer; "no", "none" and "n/a" are no words.
pub(super) fn text(answer: &Answer) -> Option<String> {
    let words = match &answer.value {
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Choices(choices) => choices.iter().map(words_of).collect::<Vec<_>>().join("; "),
        AnswerValue::NotAnswered => return None,
    };
    let empty = ["no", "none", "na", "nil", "nothing", "notknown", "unknown", ""];
    (!empty.contains(&squash(&words).as_str())).then_some(words)
}

/// The words of an answer of yes: the option and what stands beside it. Anything but a "No" is one.
pub(super) fn said_yes(answer: &Answer) -> Option<String> {
    match &answer.value {
        AnswerValue::Choices(choices) => choices.iter().find(|choice| !is_no(choice)).map(words_of),
        AnswerValue::Text(_) => text(answer),
        AnswerValue::NotAnswered => None,
    }
}

fn answered_yes(record: &EscortRecord, key: &str) -> bool {
    record.answers.iter().any(|answer| answer.key == key && said_yes(answer).is_some())
}

fn is_no(choice: &Choice) -> bool {
    ["no", "n", "none", "false"].contains(&squash(&choice.option).as_str())
}

/// Option and details, exactly as received.
pub(super) fn words_of(choice: &Choice) -> String {
    match &choice.details {
        Some(details) => format!("{}: {details}", choice.option),
        None => choice.option.clone(),
    }
}

pub(super) fn fact(kind: Kind, words: String, answer: &Answer) -> ScreeningFact {
    ScreeningFact {
        kind,
        words,
        question: answer.key.clone(),
        who_said: answer.said_by.clone(),
        when: answer.said_at,
        codes: answer.codes.clone(),
        weak: is_weak(answer),
    }
}

/// Whether an answer has no words of its own and comes from codes that say little about its question.
fn is_weak(answer: &Answer) -> bool {
    let bare = match &answer.value {
        AnswerValue::Choices(choices) => choices.iter().all(|choice| choice.details.is_none()),
        _ => false,
    };
    if !bare || question(&answer.key).is_none_or(|question| question.codes.is_empty()) {
        return false;
    }
    match answer.codes.is_empty() {
        true => answer.prefilled == Stated::Yes,
        false => answer.codes.iter().all(|code| says_little(&answer.key, code)),
    }
}

/// Codes that fill a question in without saying what it asks: learning needs, epilepsy and "other disability" for a
/// mental-health need; service in the armed forces and a closed ACCT for self-harm; any code whose list nobody named.
fn says_little(key: &str, code: &DomainCode) -> bool {
    let own = code.code.as_str();
    match (key, &code.domain) {
        (_, CodeDomain::Other(_)) => true,
        ("mental-health-needs", CodeDomain::CareNeed) => {
            ["D", "EPI", "PC", "OD", "LD", "LDY", "AUTI"].contains(&own)
        }
        ("mental-health-needs", CodeDomain::Adjustment) => own == "LEARN SUPP",
        ("indication-of-self-harm-or-suicide" | "nature-of-self-harm", CodeDomain::Alert) => {
            ["F1", "HA2"].contains(&own)
        }
        _ => false,
    }
}
