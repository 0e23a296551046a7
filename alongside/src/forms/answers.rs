//! What was answered.

use super::sheet::{Kind, Question, Sheet};
use crate::web::components::{Form, TypedDate, typed_date};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest text kept for one question.
const LONGEST: usize = 20_000;

/// An answer to a yes-or-no question. Five different facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Asked, and nobody knows.
    NotKnown,
    /// Asked, and the person would rather not say.
    Declined,
    /// Nobody asked.
    #[default]
    NotAsked,
}

impl Asked {
    /// Those a form offers; leaving all open is [`Asked::NotAsked`].
    pub const OFFERED: [Asked; 4] = [Asked::Yes, Asked::No, Asked::NotKnown, Asked::Declined];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Asked::Yes => "yes",
            Asked::No => "no",
            Asked::NotKnown => "not-known",
            Asked::Declined => "declined",
            Asked::NotAsked => "not-asked",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Asked::Yes => "Yes",
            Asked::No => "No",
            Asked::NotKnown => "Not known",
            Asked::Declined => "Declined to say",
            Asked::NotAsked => "Not asked",
        }
    }

    /// As it stands on a button.
    #[must_use]
    pub fn short(self) -> &'static str {
        if self == Asked::Declined { "Declined" } else { self.words() }
    }

    /// From its key; anything else was not asked.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        Self::OFFERED.into_iter().find(|a| a.key() == key).unwrap_or_default()
    }
}

/// Answers to a sheet, by the question's key. A question nobody answered has no entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Vec<String>>);

impl Answers {
    /// The answers in a form that was sent. What can't be used is refused in the form, and left out here.
    #[must_use]
    pub fn read(sheet: &Sheet, form: &mut Form) -> Self {
        let mut answers = Self::default();
        for question in sheet.questions() {
            answers.take(question, form);
        }
        answers
    }

    fn take(&mut self, question: &Question, form: &mut Form) {
        let key = question.key;
        let sent = form.value(key).trim().to_owned();
        match question.kind {
            Kind::Line | Kind::Words => self.take_words(key, question.label, form),
            Kind::Asked(words) => {
                let asked = Asked::from_key(&sent);
                if asked != Asked::NotAsked {
                    self.set(key, asked.key());
                }
                if !words.is_empty() {
                    self.take_words(&question.words_key(), question.label, form);
                }
            }
            Kind::One(options) => {
                if options.iter().any(|o| o.key == sent) {
                    self.set(key, &sent);
                }
            }
            Kind::Many(options) => {
                let chosen: Vec<String> = options
                    .iter()
                    .filter(|o| form.values(key).iter().any(|v| v == o.key))
                    .map(|o| o.key.to_owned())
                    .collect();
                if !chosen.is_empty() {
                    self.0.insert(key.to_owned(), chosen);
                }
            }
            Kind::Day => match typed_date(form, key) {
                TypedDate::Is(day) => self.set(key, &day.to_string()),
                TypedDate::Empty => {}
                TypedDate::NotADate => form.refuse(
                    key,
                    format!("{}: enter day, month and year in figures, like 27 3 2026", question.label),
                ),
            },
            Kind::Number(least, most) => match sent.parse::<i64>() {
                _ if sent.is_empty() => {}
                Ok(n) if (least..=most).contains(&n) => self.set(key, &n.to_string()),
                _ => form
                    .refuse(key, format!("{}: enter a whole number from {least} to {most}", question.label)),
            },
        }
    }

    fn take_words(&mut self, key: &str, label: &str, form: &mut Form) {
        let sent = form.value(key).trim().to_owned();
        if sent.chars().count() > LONGEST {
            form.refuse(key, format!("{label}: shorten to {LONGEST} characters"));
        }
        if !sent.is_empty() {
            self.set(key, &sent);
        }
    }

    /// Gives a question one answer.
    pub fn set(&mut self, key: &str, value: &str) {
        self.0.insert(key.to_owned(), vec![value.to_owned()]);
    }

    /// Gives a question all of its answers; none takes them away.
    pub fn set_all(&mut self, key: &str, values: &[String]) {
        if values.is_empty() {
            self.0.remove(key);
        } else {
            self.0.insert(key.to_owned(), values.to_vec());
        }
    }

    /// Gives a question the answer that others hold, with its words; takes it away where they hold none.
    pub fn take_over(&mut self, question: &Question, from: &Self) {
        for key in [question.key.to_owned(), question.words_key()] {
            match from.0.get(&key) {
                Some(values) => self.0.insert(key, values.clone()),
                None => self.0.remove(&key),
            };
        }
    }

    /// Whether a question has an answer.
    #[must_use]
    pub fn holds(&self, question: &Question) -> bool {
        self.0.contains_key(question.key) || self.0.contains_key(&question.words_key())
    }

    /// Whether what is held under a question's key can be an answer to it: another sheet may ask another way.
    #[must_use]
    pub fn suits(&self, question: &Question) -> bool {
        self.values(question.key).iter().all(|value| match question.kind {
            Kind::Line | Kind::Words => true,
            Kind::Asked(_) => Asked::OFFERED.iter().any(|a| a.key() == value),
            Kind::One(options) | Kind::Many(options) => options.iter().any(|o| o.key == value),
            Kind::Day => value.parse::<Date>().is_ok(),
            Kind::Number(least, most) => value.parse::<i64>().is_ok_and(|n| (least..=most).contains(&n)),
        })
    }

    /// What was written or chosen; empty when nothing was.
    #[must_use]
    pub fn value(&self, key: &str) -> &str {
        self.0.get(key).and_then(|all| all.first()).map_or("", String::as_str)
    }

    /// Everything that was chosen.
    #[must_use]
    pub fn values(&self, key: &str) -> &[String] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    /// The answer to a yes-or-no question.
    #[must_use]
    pub fn asked(&self, key: &str) -> Asked {
        Asked::from_key(self.value(key))
    }

    /// The words beside a "yes", or any other.
    #[must_use]
    pub fn words_of(&self, key: &str) -> &str {
        self.value(&format!("{key}-words"))
    }

    /// The day given.
    #[must_use]
    pub fn day(&self, key: &str) -> Option<Date> {
        self.value(key).parse().ok()
    }

    /// The number given.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<i64> {
        self.value(key).parse().ok()
    }

    /// Whether nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many questions of a sheet have an answer.
    #[must_use]
    pub fn answered(&self, sheet: &Sheet) -> usize {
        sheet.questions().filter(|q| self.0.contains_key(q.key)).count()
    }

    /// Puts the answers into a form, to be shown again.
    pub fn fill(&self, sheet: &Sheet, form: &mut Form) {
        for question in sheet.questions() {
            match question.kind {
                Kind::Day => {
                    if let Some(day) = self.day(question.key) {
                        form.set(&format!("{}-day", question.key), day.day().to_string());
                        form.set(&format!("{}-month", question.key), day.month().to_string());
                        form.set(&format!("{}-year", question.key), day.year().to_string());
                    }
                }
                Kind::Many(_) => form.set_all(question.key, self.values(question.key)),
                _ => form.set(question.key, self.value(question.key)),
            }
            if matches!(question.kind, Kind::Asked(words) if !words.is_empty()) {
                form.set(&question.words_key(), self.words_of(question.key));
            }
        }
    }

    /// As text for the database.
    ///
    /// # Errors
    /// Never in practice: strings always have a JSON form.
    pub fn to_json(&self) -> store::Result<String> {
        serde_json::to_string(self)
            .map_err(|e| store::Error::Column { column: "answers".into(), why: e.to_string() })
    }

    /// From text of the database.
    ///
    /// # Errors
    /// When it is not what [`Answers::to_json`] wrote.
    pub fn from_json(text: &str) -> store::Result<Self> {
        serde_json::from_str(text)
            .map_err(|e| store::Error::Column { column: "answers".into(), why: e.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Opt, Part};
    use super::*;
    use proptest::prelude::*;

    const SHEET: Sheet = Sheet {
        key: "test",
        title: "Test",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::line("room", "Room"),
                Question::asked("pregnant", "Pregnant?", "How far?"),
                Question::many("who", "Who?", &[Opt::new("nurse", "Nurse"), Opt::new("officer", "Officer")]),
                Question::day("since", "Since"),
                Question::number("units", "Units", 0, 40),
            ],
        }],
    };

    #[test]
    fn not_asked_declined_and_not_known_are_different_answers() {
        for (sent, is) in [
            ("", Asked::NotAsked),
            ("no", Asked::No),
            ("not-known", Asked::NotKnown),
            ("declined", Asked::Declined),
            ("nonsense", Asked::NotAsked),
        ] {
            let mut form = Form::from_pairs([("pregnant", sent)]);
            assert_eq!(Answers::read(&SHEET, &mut form).asked("pregnant"), is);
        }
    }

    #[test]
    fn what_can_t_be_used_is_refused_and_says_what_to_do() {
        let mut form = Form::from_pairs([("units", "many"), ("since-day", "40"), ("who", "stranger")]);
        let answers = Answers::read(&SHEET, &mut form);
        assert!(answers.is_empty());
        assert!(form.error("units").unwrap().contains("from 0 to 40"));
        assert!(form.error("since").unwrap().contains("day, month and year"));
    }

    proptest! {
        #[test]
        fn answers_survive_the_database_and_the_form(room in "\\PC{1,40}", asked in 0..5_usize, day in 1..29_i8, nurse: bool) {
            let keys = ["yes", "no", "not-known", "declined", ""];
            let mut pairs = vec![("room", room), ("pregnant", keys[asked].to_owned()), ("pregnant-words", "x".into()),
                ("since-day", day.to_string()), ("since-month", "2".into()), ("since-year", "2026".into())];
            if nurse { pairs.push(("who", "nurse".into())); }
            let mut form = Form::from_pairs(pairs);
            let answers = Answers::read(&SHEET, &mut form);
            prop_assert!(form.is_accepted());
            let kept = Answers::from_json(&answers.to_json().unwrap()).unwrap();
            prop_assert_eq!(&kept, &answers);
            let mut shown = Form::blank();
            kept.fill(&SHEET, &mut shown);
            prop_assert_eq!(Answers::read(&SHEET, &mut shown), answers);
        }
    }
}
