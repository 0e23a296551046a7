//! What a partner service may be told: facts in parts, each chosen by whoever sends. What is sent is kept word for word.

use super::case::Case;
use super::decision::Decided;
use super::subject::Subject;
use crate::clock;
use crate::forms::Asked;
use crate::screening::{SHEET, Screening, Seen};
use serde::{Deserialize, Serialize};

/// One part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its key on the form.
    pub key: String,
    /// Its heading.
    pub heading: String,
    /// What it says.
    pub lines: Vec<String>,
}

fn section(key: &str, heading: &str, lines: Vec<String>) -> Option<Section> {
    (!lines.is_empty()).then(|| Section { key: key.to_owned(), heading: heading.to_owned(), lines })
}

/// Every part there is something to say in.
#[must_use]
pub fn sections(
    subject: &Subject,
    case: &Case,
    decided: Option<&Decided>,
    screening: Option<&Screening>,
) -> Vec<Section> {
    let seen = screening.filter(|s| s.entry.seen == Seen::Seen);
    [
        section("who", "Who", who(subject)),
        section("where", "Where and when", place(subject, case)),
        section("question", "What is asked", question(case)),
        section("reasons", "Why, from triage", decided.map(reasons).unwrap_or_default()),
        section("seen", "What we saw", seen.map(observed).unwrap_or_default()),
        section(
            "self-harm",
            "Self-harm, in their words",
            seen.map(|s| answered(s, SELF_HARM)).unwrap_or_default(),
        ),
        section(
            "mental-health",
            "Mental health",
            seen.map(|s| answered(s, MENTAL_HEALTH)).unwrap_or_default(),
        ),
        section(
            "body",
            "Medication and physical health",
            seen.map(|s| answered(s, BODY)).unwrap_or_default(),
        ),
        section("needs", "To take part", seen.map(|s| answered(s, NEEDS)).unwrap_or_default()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const SELF_HARM: &[&str] =
    &["self-harm-thoughts", "self-harm-plan", "self-harm-intent", "self-harm-means", "self-harm-past"];
const MENTAL_HEALTH: &[&str] =
    &["mental-health", "mental-health-care", "hospital-before", "voices", "low-mood"];
const BODY: &[&str] = &["medication", "physical-health", "substance-withdrawal", "pregnant", "brain-injury"];
const NEEDS: &[&str] = &["learning-disability", "neurodivergence", "participation", "interpreter"];

fn who(subject: &Subject) -> Vec<String> {
    let known = |label: &str, value: Option<String>| {
        format!("{label}: {}", value.filter(|v| !v.is_empty()).unwrap_or_else(|| "not known".into()))
    };
    if let Some(person) = &subject.person {
        let d = &person.details;
        return vec![
            format!("Name: {}", d.name()),
            known("Born", d.date_of_birth.map(clock::day_words)),
            format!("Sex: {}", d.sex.words()),
            known("NHS number", d.nhs_number.clone()),
            known("Address", d.address()),
        ];
    }
    subject.line().map_or_else(Vec::new, |line| {
        vec![
            format!("Name: {}", line.name),
            known("Born", line.date_of_birth.map(clock::day_words)),
            format!("Sex: {}", line.sex.words()),
        ]
    })
}

fn place(subject: &Subject, case: &Case) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(line), Some(court)) = (subject.line(), subject.court()) {
        lines.push(format!("{court}, {}: {}", clock::day_words(line.date), line.held().words()));
        if let Some(place) = &line.detail.held_at {
            lines.push(format!("Held at {place}"));
        }
    }
    if let Some(day) = case.day("next-hearing").or(case.hearing_on) {
        lines.push(
            format!("Hearing on {} {}", clock::day_words(day), case.request.value("hearing-court"))
                .trim_end()
                .to_owned(),
        );
    }
    if let Some(day) = case.request.day("report-due") {
        lines.push(format!("Report wanted by {}", clock::day_words(day)));
    }
    lines
}

fn question(case: &Case) -> Vec<String> {
    let mut lines = vec![format!(
        "Asked by {} on {}",
        if case.asked_by == "court" { "the court" } else { "our service" },
        clock::day_words(clock::london_day(case.asked_at))
    )];
    lines.extend(case.purposes().into_iter().map(str::to_owned));
    lines.extend(Some(case.request.value("question").to_owned()).filter(|text| !text.is_empty()));
    lines
}

fn reasons(decided: &Decided) -> Vec<String> {
    let mut lines = vec![format!(
        "Decided by {} on {}: {}",
        decided.by,
        clock::moment_words(decided.decided_at),
        decided.reason
    )];
    if !decided.urgency.is_empty() {
        lines.push(format!("Urgency {}: {}", decided.urgency, decided.urgency_words));
    }
    lines.extend(decided.proposals.iter().filter(|p| p.relied_on).map(|p| p.name.clone()));
    lines
}

fn observed(s: &Screening) -> Vec<String> {
    let answers = &s.entry.answers;
    let words: Vec<&str> = SHEET
        .questions()
        .find(|q| q.key == "observed")
        .and_then(|q| match q.kind {
            crate::forms::Kind::Many(options) => Some(options),
            _ => None,
        })
        .into_iter()
        .flatten()
        .filter(|o| answers.values("observed").iter().any(|v| v == o.key))
        .map(|o| o.words)
        .collect();
    let mut lines = Vec::new();
    if !words.is_empty() {
        lines.push(format!(
            "Seen by {} on {}: {}",
            s.by,
            clock::moment_words(s.entry.contact_at),
            words.join(", ")
        ));
    }
    lines.extend(Some(answers.value("observed-words").to_owned()).filter(|text| !text.is_empty()));
    lines
}

/// Answers to these questions; what nobody asked is left out, never told as "no".
#[must_use]
pub fn answered(s: &Screening, keys: &[&str]) -> Vec<String> {
    let answers = &s.entry.answers;
    SHEET
        .questions()
        .filter(|q| keys.contains(&q.key) && answers.asked(q.key) != Asked::NotAsked)
        .map(|q| {
            let words = answers.words_of(q.key);
            let said = answers.asked(q.key).words();
            if words.is_empty() {
                format!("{} {said}", q.label)
            } else {
                format!("{} {said}: {words}", q.label)
            }
        })
        .collect()
}

/// As it is kept.
///
/// # Errors
/// Never in practice: words always have a JSON form.
pub(super) fn to_json(sections: &[Section]) -> store::Result<String> {
    serde_json::to_string(sections)
        .map_err(|e| store::Error::Column { column: "packet".into(), why: e.to_string() })
}

/// As it was kept.
///
/// # Errors
/// When it is not what [`to_json`] wrote.
pub(super) fn from_json(text: &str) -> store::Result<Vec<Section>> {
    serde_json::from_str(text)
        .map_err(|e| store::Error::Column { column: "packet".into(), why: e.to_string() })
}
