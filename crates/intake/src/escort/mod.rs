//! Escort records: the digital framework as JSON:API, flat JSON and CSV exports, and the form of 2016–20. Answers are read;
//! flags are only kept.

mod answers;
mod events;
mod fields;
mod flat;
mod flat_record;
mod framework;
mod jsonapi;
mod medication;

use serde_json::Value;

use crate::gather::Gather;
use crate::model::{EscortRecord, Format, Intake};
use crate::refusal::{Refusal, RefusalKind};
use crate::words::{digest, squash};

pub(crate) use fields::{RecordField, record_field};
pub(crate) use flat::{Fields, is_question};
pub(crate) use framework::question;
pub(crate) use jsonapi::is_document;

/// Reads JSON:API documents.
pub(crate) fn read_documents(bodies: &[Value], mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    for (at, body) in bodies.iter().enumerate() {
        let path = if bodies.len() == 1 { String::new() } else { format!("document {}, ", at + 1) };
        jsonapi::read(body, &path, &mut gather)?;
    }
    finish(gather, Format::EscortFrameworkJsonApi)
}

/// Whether an object is a flat record: at least two names in it are names of questions, or one is and others are names of
/// an escort record's own fields (a record on which only one question was answered is still a record).
pub(crate) fn is_flat(body: &Value) -> bool {
    let mut names = 0;
    count_questions(body, 0, &mut names);
    names >= 2 || (names == 1 && record_fields(body) >= 2)
}

fn record_fields(body: &Value) -> usize {
    match body {
        Value::Object(members) => members.keys().filter(|name| record_field(name).is_some()).count(),
        Value::Array(items) => items.iter().take(100).map(record_fields).max().unwrap_or(0),
        _ => 0,
    }
}

fn count_questions(value: &Value, depth: usize, names: &mut usize) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                *names += usize::from(is_question(name));
                if ["key", "question", "question_key"].contains(&name.as_str()) {
                    *names += usize::from(inner.as_str().is_some_and(is_question));
                }
                if depth < 3 && *names < 2 {
                    count_questions(inner, depth + 1, names);
                }
            }
        }
        Value::Array(items) if depth < 3 => {
            for item in items.iter().take(100) {
                if *names < 2 {
                    count_questions(item, depth + 1, names);
                }
            }
        }
        _ => {}
    }
}

/// Reads flat records, an object each.
pub(crate) fn read_flat(bodies: Vec<Value>, mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    let single = bodies.len() == 1;
    let mut old_form = false;
    for (at, body) in bodies.into_iter().enumerate() {
        gather.check_rows()?;
        let mut fields =
            Fields::at(if single { "the record".to_owned() } else { format!("record {}", at + 1) });
        if !body.is_object() {
            gather.skip(&fields.place, "an item", "it is not an object with questions and answers", 1);
            continue;
        }
        fields.put_all(body, &gather);
        old_form |= fields.old_form;
        fields.finish(&mut gather)?;
    }
    finish(gather, if old_form { Format::Escort2016 } else { Format::EscortFlatJson })
}

/// Hands the records over, the same record twice only once: the later version of it.
pub(crate) fn finish(mut gather: Gather<'_>, format: Format) -> Result<Intake, Refusal> {
    let records = std::mem::take(&mut gather.escort_records);
    let mut kept: Vec<EscortRecord> = Vec::with_capacity(records.len());
    let mut by_key: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for record in records {
        let Some(&at) = by_key.get(&record.source_key) else {
            by_key.insert(record.source_key.clone(), kept.len());
            kept.push(record);
            continue;
        };
        // Without times the later one in the file counts as the newer.
        let newer = match (record.as_of, kept[at].as_of) {
            (Some(new), Some(old)) => new >= old,
            (None, Some(_)) => false,
            _ => true,
        };
        let (keep, drop) = if newer { (record, kept[at].clone()) } else { (kept[at].clone(), record) };
        let why =
            format!("the same record stands in the file again ({}); the newer one was kept", keep.place);
        gather.skip(&drop.place, "an escort record", why, 1);
        kept[at] = keep;
    }
    let sent = kept.iter().filter_map(|record| record.as_of).max();
    gather.escort_records = kept;
    let mut intake = gather.finish(format)?;
    intake.sent = sent;
    Ok(intake)
}

/// The most answers, events or flags of one record (the framework has 63 questions), and the most codes of one answer.
const MOST_PARTS: usize = 2_000;
const MOST_CODES: usize = 200;

/// Cuts a record that says the same thing thousands of times, with a note, and takes it in.
fn keep(mut record: EscortRecord, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let parts = [record.answers.len(), record.events.len(), record.flags.len(), record.medications.len()];
    let codes = record.answers.iter().any(|answer| answer.codes.len() > MOST_CODES);
    if codes || parts.iter().any(|&count| count > MOST_PARTS) {
        gather.note(
            &record.place,
            "The record repeats its answers thousands of times; what goes beyond all reason was cut.",
        );
        record.answers.truncate(MOST_PARTS);
        record.events.truncate(MOST_PARTS);
        record.flags.truncate(MOST_PARTS);
        record.medications.truncate(MOST_PARTS);
        record.answers.iter_mut().for_each(|answer| answer.codes.truncate(MOST_CODES));
    }
    record.source_key = record_key(&record);
    gather.weigh(&record)?;
    gather.escort_records.push(record);
    Ok(())
}

/// The identity of a record across versions of a file: its id, else who is moved, when and where to.
fn record_key(record: &EscortRecord) -> String {
    if let Some(id) = &record.record_id {
        return format!("per:{}", id.to_lowercase());
    }
    let person = &record.person;
    let who = match (&person.prison_number, &person.pnc) {
        (Some(number), _) | (None, Some(number)) => digest(&squash(number)),
        (None, None) => digest(&format!(
            "{} {} {:?}",
            squash(person.name.surname.as_deref().unwrap_or_default()),
            squash(person.name.forename.as_deref().unwrap_or_default()),
            person.date_of_birth
        )),
    };
    let day = record.move_date.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let court = record
        .to_court_code
        .clone()
        .or_else(|| record.to_name.as_deref().map(squash))
        .unwrap_or_else(|| "-".into());
    format!("per:{day}:{court}:{who}")
}

/// Refuses a JSON:API document that holds other resources.
pub(crate) fn refuse_other_document(body: &Value) -> Result<(), Refusal> {
    if !jsonapi::looks_like_one(body) {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalKind::Fragment,
        "This is an answer of a JSON:API service, but there is no escort record in it.",
    )
    .advise("Ask for the escort record with its answers, questions, profile, person and move included."))
}
