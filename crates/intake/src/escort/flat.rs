//! Records as plain names and values: a JSON object or a CSV row a record, or a row an answer.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;

use super::fields::{RecordField, record_field};
use super::framework::{is_only_old, old_question, question, spelled};
use super::{answers, events, medication};
use crate::dates;
use crate::gather::Gather;
use crate::json::{scalar, text_at, text_of};
use crate::model::{EscortEvent, Flag, Medication, Stated};
use crate::person_fields::{PersonField, person_field};

/// Everything said under one record before it is understood.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub(crate) place: String,
    pub(super) person: Vec<(PersonField, String)>,
    pub(super) record: Vec<(RecordField, String)>,
    pub(super) answers: Vec<Said>,
    /// Where in `answers` a question stands.
    by_key: HashMap<String, usize>,
    pub(super) medications: Vec<Medication>,
    pub(super) flags: Vec<Flag>,
    pub(super) events: Vec<EscortEvent>,
    /// Whether a name that only the 2016 form has was met.
    pub(crate) old_form: bool,
    /// How many names of questions were known.
    pub(crate) known: usize,
}

/// What was said to one question, under one name.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) value: Value,
    pub(super) details: Option<String>,
    pub(super) codes: Option<Value>,
    pub(super) by: Option<String>,
    pub(super) at: Option<Timestamp>,
    pub(super) prefilled: Stated,
    pub(super) place: String,
}

/// What may follow the name of a question in the name of a column.
#[derive(Clone, Copy)]
enum Beside {
    Details,
    Codes,
    By,
    At,
    Prefilled,
}

const ENDINGS: [(&str, Beside); 12] = [
    ("-details", Beside::Details),
    ("-detail", Beside::Details),
    ("-comment", Beside::Details),
    ("-comments", Beside::Details),
    ("-notes", Beside::Details),
    ("-codes", Beside::Codes),
    ("-code", Beside::Codes),
    ("-said-by", Beside::By),
    ("-by", Beside::By),
    ("-said-at", Beside::At),
    ("-at", Beside::At),
    ("-prefilled", Beside::Prefilled),
];

/// Members that only hold others.
const CONTAINERS: [&str; 16] = [
    "escort",
    "person",
    "profile",
    "detainee",
    "move",
    "answers",
    "responses",
    "questions",
    "risk",
    "healthcare",
    "health",
    "offences",
    "offence",
    "assessment",
    "attributes",
    "record",
];

impl Fields {
    pub(crate) fn at(place: impl Into<String>) -> Self {
        Self { place: place.into(), ..Self::default() }
    }

    /// Takes one name and its value.
    pub(crate) fn put(&mut self, name: &str, value: Value, gather: &Gather<'_>) {
        self.old_form |= is_only_old(name);
        let blank = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        if let Some((key, beside)) = question_named(name) {
            self.known += 1;
            if !blank {
                self.put_answer(key, name, beside, value);
            }
            return;
        }
        if let Some(field) = person_field(name).filter(|_| !value.is_object()) {
            self.person.extend(texts(&value).into_iter().map(|text| (field, text)));
        } else if let Some(field) = record_field(name) {
            self.put_record(field, name, &value);
        } else if CONTAINERS.contains(&name) {
            self.put_all(value, gather);
        } else if name == "events" || name == "timeline" {
            self.put_events(&value, gather);
        } else if name == "flags" {
            self.flags.extend(value.as_array().into_iter().flatten().filter_map(flag));
        } else if !blank {
            self.put_answer(spelled(name), name, None, value);
        }
    }

    /// Takes all members of an object; an array holds answers, each with its question.
    pub(crate) fn put_all(&mut self, value: Value, gather: &Gather<'_>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    self.put(&name, value, gather);
                }
            }
            Value::Array(items) => items.into_iter().for_each(|item| self.put_item(&item)),
            _ => {}
        }
    }

    /// One answer as an object: `{key, value, details, codes, said_by, said_at}`.
    fn put_item(&mut self, item: &Value) {
        let key =
            text_of(item, &["key", "question_key", "question"]).or_else(|| text_at(&item["question"], "key"));
        let Some(name) = key else { return };
        let (key, _) = question_named(&name).unwrap_or_else(|| (spelled(&name), None));
        self.known += usize::from(question(&key).is_some());
        let value = ["value", "answer", "option"]
            .iter()
            .find_map(|name| item.get(*name))
            .cloned()
            .unwrap_or(Value::Null);
        self.put_answer(key.clone(), &name, None, value);
        let codes =
            ["codes", "nomis_codes", "nomis_mappings"].iter().find_map(|name| item.get(*name)).cloned();
        if let Some(said) = self.by_key.get(&key).and_then(|&at| self.answers.get_mut(at)) {
            said.details = said.details.take().or_else(|| text_of(item, &["details", "comment", "comments"]));
            said.codes = said.codes.take().or(codes);
            said.by =
                said.by.take().or_else(|| text_of(item, &["said_by", "who_said", "source", "answered_by"]));
            said.at = said.at.or_else(|| moment_of(item, &["said_at", "answered_at", "responded_at"]));
            said.prefilled = stated(item.get("prefilled"));
        }
    }

    /// One answer of a file with a row an answer.
    pub(crate) fn put_row(&mut self, place: &str, cells: &[(String, String)]) {
        let find = |wanted: RecordField| {
            cells.iter().find(|(name, text)| record_field(name) == Some(wanted) && !text.trim().is_empty())
        };
        let text = |wanted| find(wanted).map(|(_, text)| text.clone());
        if let Some(name) = text(RecordField::Question) {
            let (key, _) = question_named(&name).unwrap_or_else(|| (spelled(&name), None));
            self.known += usize::from(question(&key).is_some());
            self.answers.push(Said {
                key,
                name,
                value: text(RecordField::Answer).map_or(Value::Null, Value::String),
                details: text(RecordField::Comment),
                codes: text(RecordField::Codes).map(Value::String),
                by: text(RecordField::SaidBy),
                at: text(RecordField::SaidAt).as_deref().and_then(dates::moment),
                prefilled: Stated::NotStated,
                place: place.to_owned(),
            });
        }
        for (name, text) in cells.iter().filter(|(_, text)| !text.trim().is_empty()) {
            match (person_field(name), record_field(name)) {
                (Some(field), _) if !self.person.iter().any(|(known, _)| *known == field) => {
                    self.person.push((field, text.clone()));
                }
                (None, Some(field)) if !self.record.iter().any(|(known, _)| *known == field) => {
                    self.record.push((field, text.clone()));
                }
                _ => {}
            }
        }
    }

    fn put_record(&mut self, field: RecordField, name: &str, value: &Value) {
        if let (RecordField::From | RecordField::To, Some(_)) = (field, value.as_object()) {
            let (kind, code) = match field {
                RecordField::From => (Some(RecordField::FromKind), RecordField::FromCode),
                _ => (None, RecordField::ToCode),
            };
            let own = text_of(value, &["name", "title"]);
            self.record.extend(own.map(|text| (field, text)));
            self.record.extend(kind.zip(text_of(value, &["kind", "type", "location_type"])));
            self.record.extend(
                text_of(value, &["code", "ou_code", "key", "nomis_agency_id"]).map(|text| (code, text)),
            );
        } else if let Some(text) = scalar(value) {
            self.record.push((field, text));
        } else if field == RecordField::Answer || field == RecordField::Comment {
            self.put_answer(spelled(name), name, None, value.clone());
        }
    }

    fn put_answer(&mut self, key: String, name: &str, beside: Option<Beside>, value: Value) {
        if key == "medication-details" && beside.is_none() {
            self.medications.extend(medication::read(&value, &|_| None));
            return;
        }
        let at = *self.by_key.entry(key.clone()).or_insert_with(|| {
            self.answers.push(Said {
                key,
                name: name.to_owned(),
                value: Value::Null,
                details: None,
                codes: None,
                by: None,
                at: None,
                prefilled: Stated::NotStated,
                place: format!("{}, “{}”", self.place, crate::words::clip(name, 60)),
            });
            self.answers.len() - 1
        });
        let said = &mut self.answers[at];
        match beside {
            // Two questions of the old form became one: a "yes" is never hidden by a "no" under the other name.
            None if said.value.is_null() || is_no(&said.value) => {
                said.value = value;
                said.name = name.to_owned();
            }
            None => {}
            Some(Beside::Details) => match (&mut said.details, scalar_words(&value)) {
                (Some(words), Some(more)) => words.extend(["\n", more.as_str()]),
                (_, None) => {}
                (none, words) => *none = words,
            },
            Some(Beside::Codes) => said.codes = Some(value),
            Some(Beside::By) => said.by = scalar(&value),
            Some(Beside::At) => said.at = scalar(&value).as_deref().and_then(dates::moment),
            Some(Beside::Prefilled) => said.prefilled = stated(Some(&value)),
        }
    }

    fn put_events(&mut self, value: &Value, gather: &Gather<'_>) {
        for (at, item) in value.as_array().into_iter().flatten().enumerate() {
            let kind =
                events::kind_of(text_at(item, "type").as_deref(), item).or_else(|| text_at(item, "event"));
            if let Some(kind) = kind {
                let place = format!("{}, event {}", self.place, at + 1);
                self.events.push(events::read(kind, item, place, gather.limits));
            }
        }
    }
}

/// The question a name means, and what the name says about it.
fn question_named(name: &str) -> Option<(String, Option<Beside>)> {
    let key_of =
        |name: &str| question(name).map(|found| found.key).or_else(|| old_question(name)).map(str::to_owned);
    let own = spelled(name);
    if let Some(key) = key_of(&own) {
        return Some((key, None));
    }
    ENDINGS.iter().find_map(|(ending, beside)| Some((key_of(own.strip_suffix(ending)?)?, Some(*beside))))
}

/// Whether a name is that of a question, or of something beside one.
pub(crate) fn is_question(name: &str) -> bool {
    question_named(name).is_some()
}

fn is_no(value: &Value) -> bool {
    let option = scalar(value).or_else(|| text_at(value, "option"));
    option.as_deref().and_then(answers::yes_or_no) == Some("No")
}

fn stated(value: Option<&Value>) -> Stated {
    match value.and_then(scalar).as_deref().and_then(answers::yes_or_no) {
        Some("Yes") => Stated::Yes,
        Some(_) => Stated::No,
        None => Stated::NotStated,
    }
}

fn moment_of(value: &Value, names: &[&str]) -> Option<Timestamp> {
    text_of(value, names).as_deref().and_then(dates::moment)
}

/// The texts of a scalar, or of an array of scalars.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(scalar).collect(),
        other => scalar(other).into_iter().collect(),
    }
}

fn scalar_words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => crate::words::passage(text),
        other => scalar(other),
    }
}

fn flag(value: &Value) -> Option<Flag> {
    let flag = Flag {
        grade: text_of(value, &["flag_type", "grade", "type"]),
        title: text_of(value, &["title", "label"]),
        answer: text_of(value, &["question_value", "answer"]),
        key: text_of(value, &["key", "question"]),
    };
    (flag.title.is_some() || flag.grade.is_some()).then_some(flag)
}
