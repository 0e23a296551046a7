//! What was said before: shown with its day and source, and part of this assessment only once the clinician says it still holds.

use super::record::{self, Assessment};
use super::topics::Topic;
use super::versions::{self, Confirmed, State};
use crate::clock;
use crate::forms::{Answers, Sheet};
use crate::morning::about_person;
use crate::screening;
use jiff::Timestamp;
use store::{Read, Result};

/// What was answered at one time, in one place.
#[derive(Debug, Clone)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// Where: "in screening".
    pub place: &'static str,
    /// The answers.
    pub answers: Answers,
    /// Answers that were themselves taken over, with the words that say from where.
    pub confirmed: Confirmed,
}

/// The latest earlier answer to each question of a topic, and the words that say when and where it was given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prior {
    /// The answers.
    pub answers: Answers,
    /// By question: "Said on 3 March 2026, in screening".
    pub words: Confirmed,
}

impl Prior {
    /// Whether nothing was said before.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}

/// Chooses the latest answer to each question.
#[must_use]
pub fn latest(sheet: &Sheet, said: &[Said]) -> Prior {
    let mut prior = Prior::default();
    for question in sheet.questions() {
        let found = said
            .iter()
            .filter(|s| s.answers.holds(question) && s.answers.suits(question))
            .max_by_key(|s| s.at);
        let Some(said) = found else { continue };
        prior.answers.take_over(question, &said.answers);
        prior.words.insert(question.key.to_owned(), words(said, question.key));
    }
    prior
}

/// "Said on 3 March 2026, in screening"; an answer that was confirmed since says both days, the first and the last.
fn words(said: &Said, key: &str) -> String {
    let day = clock::day_words(clock::london_day(said.at));
    match said.confirmed.get(key) {
        Some(first) => {
            let first = first.split("; still right on ").next().unwrap_or(first);
            format!("{first}; still right on {day}")
        }
        None => format!("Said on {day}, {}", said.place),
    }
}

/// Which of these answers are the earlier ones, unchanged.
#[must_use]
pub fn unchanged(sheet: &Sheet, answers: &Answers, prior: &Answers, words: &Confirmed) -> Confirmed {
    sheet
        .questions()
        .filter(|q| {
            answers.holds(q)
                && answers.values(q.key) == prior.values(q.key)
                && answers.words_of(q.key) == prior.words_of(q.key)
        })
        .filter_map(|q| words.get(q.key).map(|w| (q.key.to_owned(), w.clone())))
        .collect()
}

/// What was said about a topic before this assessment: in other assessments of the person, and in screenings.
///
/// # Errors
/// When the database can't be read.
pub fn prior(r: &mut Read<'_>, assessment: &Assessment, topic: &Topic) -> Result<Prior> {
    let about = about_person(r, &assessment.person)?;
    let mut said = Vec::new();
    for other in record::of(r, &about.people)?.iter().filter(|a| a.id != assessment.id()) {
        let Some(version) = versions::current(r, other.id)?.remove(topic.key()) else { continue };
        if version.state != State::LeftOut {
            said.push(Said {
                at: version.at,
                place: "in an earlier assessment",
                answers: version.answers,
                confirmed: version.confirmed,
            });
        }
    }
    for screening in screening::of(r, &about)? {
        said.push(Said {
            at: screening.entry.contact_at,
            place: "in screening",
            answers: screening.entry.answers,
            confirmed: Confirmed::new(),
        });
    }
    Ok(latest(&topic.sheet, &said))
}

#[cfg(test)]
mod tests {
    use super::super::topics;
    use super::*;

    fn said(at: &str, place: &'static str, answers: &[(&str, &str)]) -> Said {
        let mut all = Answers::default();
        for (key, value) in answers {
            all.set(key, value);
        }
        Said { at: at.parse().unwrap(), place, answers: all, confirmed: Confirmed::new() }
    }

    #[test]
    fn the_latest_answer_to_each_question_stands_with_its_day_and_place() {
        let topic = topics::find("medication").unwrap();
        let prior = latest(
            &topic.sheet,
            &[
                said(
                    "2026-03-03T09:00:00Z",
                    "in screening",
                    &[("medication", "yes"), ("medication-words", "x")],
                ),
                said(
                    "2025-01-01T09:00:00Z",
                    "in an earlier assessment",
                    &[("medication", "no"), ("depot", "no")],
                ),
            ],
        );
        assert_eq!(prior.answers.value("medication"), "yes");
        assert_eq!(prior.answers.words_of("medication"), "x");
        assert_eq!(prior.words["medication"], "Said on 3 March 2026, in screening");
        assert_eq!(prior.words["depot"], "Said on 1 January 2025, in an earlier assessment");
    }

    #[test]
    fn an_answer_confirmed_before_keeps_its_first_day() {
        let topic = topics::find("medication").unwrap();
        let mut one = said("2026-05-04T09:00:00Z", "in an earlier assessment", &[("depot", "no")]);
        one.confirmed.insert(
            "depot".into(),
            "Said on 1 January 2025, in screening; still right on 2 March 2025".into(),
        );
        assert_eq!(
            latest(&topic.sheet, &[one]).words["depot"],
            "Said on 1 January 2025, in screening; still right on 4 May 2026"
        );
    }

    #[test]
    fn an_answer_of_another_kind_is_not_taken_for_one_of_ours() {
        let topic = topics::find("communication").unwrap();
        let prior =
            latest(&topic.sheet, &[said("2026-03-03T09:00:00Z", "in screening", &[("ethnicity", "yes")])]);
        assert!(prior.is_empty());
    }

    #[test]
    fn only_what_was_left_as_it_was_counts_as_confirmed() {
        let topic = topics::find("medication").unwrap();
        let prior = latest(
            &topic.sheet,
            &[said("2026-03-03T09:00:00Z", "in screening", &[("medication", "yes"), ("depot", "no")])],
        );
        let mut now = prior.answers.clone();
        now.set("medication", "no");
        let kept = unchanged(&topic.sheet, &now, &prior.answers, &prior.words);
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["depot"]);
    }
}
