//! Asking for a psychiatric assessment, and recording what happened to it.

use super::case::Case;
use super::sheets::label_of;
use super::subject::Subject;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::{Answers, Kind, Sheet};
use crate::ids::{PsychiatricId, TriageId};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Result, sql};
use uuid::Uuid;

/// When it was asked for: now for today, noon of an earlier day.
fn asked_at(day: Option<Date>, now: Timestamp) -> Timestamp {
    match day.filter(|day| *day < clock::london_day(now)) {
        Some(day) => day.at(12, 0, 0, 0).to_zoned(clock::london()).map_or(now, |at| at.timestamp()),
        None => now,
    }
}

/// Asks for an assessment, under this id.
///
/// # Errors
/// When the database refuses.
pub fn ask_for<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    id: PsychiatricId,
    triage: Option<TriageId>,
    request: &Answers,
) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    let asked_by = match request.value("asked-by") {
        "court" => "court",
        _ => "practitioner",
    };
    w.record(
        Event::new("psychiatric assessment asked for", "psychiatric", id)
            .with(format!("by {asked_by}; {}", subject.audit_words())),
    );
    w.execute(
        sql("INSERT INTO psychiatric (id, triage_id, listing_id, person_id, project_id, asked_by, asked_at, hearing_on, request, recorded_at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        &[
            &id,
            &triage,
            &subject.listing(),
            &subject.person_without_line(),
            &subject.project,
            &asked_by,
            &asked_at(request.day("asked-on"), now),
            &request.day("hearing-on"),
            &request.to_json()?,
            &now,
            &by,
        ],
    )?;
    subject.changed(w)
}

/// The keys that a sheet's answers are kept under.
pub(super) fn keys(sheet: &Sheet) -> Vec<String> {
    sheet
        .questions()
        .flat_map(|q| {
            let words = matches!(q.kind, Kind::Asked(words) if !words.is_empty()).then(|| q.words_key());
            std::iter::once(q.key.to_owned()).chain(words)
        })
        .collect()
}

/// One answer to be kept, or one where two people disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The question's key.
    pub question: String,
    /// What was sent.
    pub answer: String,
    /// What somebody else recorded since the form was opened; empty for none.
    pub meanwhile: Option<String>,
}

/// What a form changes: what differs from what it was opened on. An answer that somebody else changed since is told.
#[must_use]
pub fn changes(sheet: &Sheet, sent: &Answers, opened_on: &Answers, now: &Answers) -> Vec<Change> {
    keys(sheet)
        .into_iter()
        .filter(|key| sent.value(key) != opened_on.value(key) && sent.value(key) != now.value(key))
        .map(|key| Change {
            answer: sent.value(&key).to_owned(),
            meanwhile: (now.value(&key) != opened_on.value(&key)).then(|| now.value(&key).to_owned()),
            question: key,
        })
        .collect()
}

/// Records answers, each as a fact with time and author. `via` is how they came: "us", `partner ID`, `link ID`.
///
/// # Errors
/// When the database refuses.
pub fn keep_facts<C: Capability>(
    w: &mut Writer<'_, C>,
    case: &Case,
    changed: &[Change],
    by: &str,
    via: &str,
) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let questions: Vec<&str> = changed.iter().map(|change| change.question.as_str()).collect();
    w.record(
        Event::new("psychiatric assessment: recorded", "psychiatric", case.id).with(questions.join(", ")),
    );
    let now = clock::now();
    for change in changed {
        w.execute(
            sql("INSERT INTO psychiatric_fact (id, psychiatric_id, question, answer, at, by_words, via) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
            &[&Uuid::now_v7(), &case.id, &change.question, &change.answer, &now, &by, &via],
        )?;
    }
    Ok(())
}

/// The question in words, with the part it stands in: "Doctor 1: seen on".
#[must_use]
pub fn question_words(key: &str) -> String {
    match label_of(key) {
        Some((part, question)) if question.key == key => format!("{part}: {}", question.label),
        Some((part, question)) => format!("{part}: {}, in words", question.label.trim_end_matches('?')),
        None => key.to_owned(),
    }
}

/// The answer in words.
#[must_use]
pub fn answer_words(key: &str, answer: &str) -> String {
    if answer.is_empty() {
        return "taken back".into();
    }
    let Some((_, question)) = label_of(key).filter(|(_, q)| q.key == key) else { return answer.to_owned() };
    match question.kind {
        Kind::One(options) | Kind::Many(options) => {
            options.iter().find(|o| o.key == answer).map_or_else(|| answer.to_owned(), |o| o.words.to_owned())
        }
        Kind::Asked(_) => crate::forms::Asked::from_key(answer).words().to_owned(),
        Kind::Day => answer.parse::<Date>().map_or_else(|_| answer.to_owned(), clock::day_words),
        Kind::Line | Kind::Words | Kind::Number(..) => answer.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheets::part;
    use super::*;
    use proptest::prelude::*;

    fn with(pairs: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (key, value) in pairs {
            answers.set(key, value);
        }
        answers
    }

    #[test]
    fn a_stale_form_takes_back_nothing_that_a_colleague_recorded() {
        let sheet = part("doctor-1").unwrap();
        let opened_on = with(&[("d1-name", "Dr A Example")]);
        let now = with(&[("d1-name", "Dr A Example"), ("d1-seen", "2026-11-25")]);
        let sent = with(&[("d1-name", "Dr A Example"), ("d1-answer", "accepted")]);
        let found = changes(sheet, &sent, &opened_on, &now);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].question.as_str(), found[0].meanwhile.as_deref()), ("d1-answer", None));
    }

    #[test]
    fn two_different_answers_to_one_question_are_told() {
        let sheet = part("doctor-1").unwrap();
        let now = with(&[("d1-answer", "declined")]);
        let found = changes(sheet, &with(&[("d1-answer", "accepted")]), &Answers::default(), &now);
        assert_eq!(found[0].meanwhile.as_deref(), Some("declined"));
        assert!(changes(sheet, &now, &Answers::default(), &now).is_empty(), "the same answer twice is one");
    }

    #[test]
    fn answers_and_questions_have_words() {
        assert_eq!(question_words("d2-seen"), "Doctor 2: Seen on");
        assert_eq!(answer_words("d2-seen", "2026-11-25"), "25 November 2026");
        assert_eq!(answer_words("d1-declined", "capacity"), "No doctor free in time");
        assert_eq!(answer_words("closed", ""), "taken back");
    }

    proptest! {
        #[test]
        fn sending_what_one_was_shown_changes_nothing(values in proptest::collection::vec("[a-z]{0,6}", 14)) {
            let sheet = part("doctor-1").unwrap();
            let mut shown = Answers::default();
            for (key, value) in keys(sheet).iter().zip(&values) {
                shown.set(key, value);
            }
            prop_assert!(changes(sheet, &shown, &shown, &shown).is_empty());
        }
    }
}
