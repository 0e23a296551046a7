//! The directory out and in: CSV with a column for each question, and JSON in the shape of Open Referral UK (HSDS 3).
//!
//! What is taken is what a file says and can be used; every row that can't be is named with its reason. A row is told by the id
//! it has where it comes from: the same file twice changes nothing.

use super::keeping::{add, change};
use super::service::Service;
use super::sheet::SHEET;
use crate::access::{Capability, Writer};
use crate::forms::{Answers, Kind, Question};
use crate::ids::ServiceId;
use crate::web::{PageError, csv_text};
use serde_json::{Value, json};
use std::collections::HashSet;
use store::Result;

/// One row of a file that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id where it comes from; ours, for a file of ours.
    pub key: String,
    /// What it says.
    pub answers: Answers,
}

/// What a file holds: rows that can be used, and why the others can't.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// Rows.
    pub rows: Vec<Row>,
    /// What was left out: where, and why.
    pub skipped: Vec<String>,
}

/// What taking a file in did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Services that were new.
    pub added: usize,
    /// Services of which the file says something else.
    pub changed: usize,
    /// Services of which it says the same.
    pub same: usize,
}

/// The directory as CSV: `id`, then a column for each question by its key; several answers with semicolons between them.
///
/// # Errors
/// When it can't be written.
pub fn to_csv(services: &[Service]) -> std::result::Result<String, PageError> {
    let mut heading = vec!["id"];
    heading.extend(SHEET.questions().map(|q| q.key));
    let rows: Vec<Vec<String>> = services
        .iter()
        .filter(|s| s.ended.is_none())
        .map(|s| {
            let key = s.source_key.clone().unwrap_or_else(|| s.id.to_string());
            let mut row = vec![key];
            row.extend(SHEET.questions().map(|q| s.answers.values(q.key).join("; ")));
            row
        })
        .collect();
    csv_text(&heading, &rows)
}

/// Reads CSV. Columns are found by their heading; those that nobody knows are named and left out.
#[must_use]
pub fn from_csv(text: &str) -> Read {
    let mut out = Read::default();
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let Ok(heading) = reader.headers().cloned() else {
        out.skipped.push(
            "The file is not CSV: write the headings in the first line, with commas between them".into(),
        );
        return out;
    };
    let columns: Vec<String> = heading.iter().map(|h| h.trim().to_lowercase()).collect();
    let known = |name: &str| name == "id" || SHEET.questions().any(|q| q.key == name);
    for column in columns.iter().filter(|c| !known(c)) {
        out.skipped.push(format!("Column “{column}”: not a column of the directory, left out"));
    }
    if !columns.iter().any(|c| c == "name") {
        out.skipped.push("There is no column “name”: nothing was taken".into());
        return out;
    }
    for (n, record) in reader.records().enumerate() {
        let line = n + 2;
        let Ok(record) = record else {
            out.skipped.push(format!("Line {line}: not CSV"));
            continue;
        };
        let mut answers = Answers::default();
        let mut key = String::new();
        for (column, cell) in columns.iter().zip(record.iter()) {
            // The apostrophe that we put before what a spreadsheet would run.
            let cell = cell.trim().strip_prefix('\'').unwrap_or(cell.trim());
            if column == "id" {
                key = cell.to_owned();
            } else if let Some(question) = SHEET.questions().find(|q| q.key == column)
                && let Err(why) = put(&mut answers, question, cell)
            {
                out.skipped.push(format!("Line {line}, {}: {why}, left open", question.label));
            }
        }
        push(&mut out, key, answers, &format!("Line {line}"));
    }
    out
}

fn push(out: &mut Read, key: String, answers: Answers, place: &str) {
    let name = answers.value("name").to_owned();
    if name.is_empty() {
        out.skipped.push(format!("{place}: no name, not taken"));
        return;
    }
    let key = if key.is_empty() { format!("name:{}", name.to_lowercase()) } else { key };
    if out.rows.iter().any(|row| row.key == key) {
        out.skipped.push(format!("{place}: the id stands there twice, the first was taken"));
        return;
    }
    out.rows.push(Row { key, answers });
}

/// Puts a cell into the answers; the words say what can't be used.
fn put(answers: &mut Answers, question: &Question, cell: &str) -> std::result::Result<(), String> {
    if cell.is_empty() {
        return Ok(());
    }
    let mut alone = Answers::default();
    match question.kind {
        Kind::Many(options) => {
            let (known, unknown): (Vec<&str>, Vec<&str>) = cell
                .split(';')
                .map(str::trim)
                .filter(|v| !v.is_empty())
                .partition(|v| options.iter().any(|o| o.key == *v));
            alone.set_all(question.key, &known.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>());
            answers.take_over(question, &alone);
            if unknown.is_empty() {
                Ok(())
            } else {
                Err(format!("“{}” is not one of its answers", unknown.join("”, “")))
            }
        }
        _ => {
            alone.set(question.key, cell);
            if !alone.suits(question) {
                return Err(format!("“{cell}” can't be used"));
            }
            answers.take_over(question, &alone);
            Ok(())
        }
    }
}

/// The directory in the shape of Open Referral UK (HSDS 3.0): services with eligibility, areas, contacts, schedules, languages and
/// costs. Our own questions that it has no place for stand in `attributes`.
#[must_use]
pub fn to_hsds(services: &[Service]) -> Value {
    let all: Vec<Value> = services.iter().filter(|s| s.ended.is_none()).map(service_out).collect();
    json!({ "version": "HSDS 3.0", "services": all })
}

fn service_out(s: &Service) -> Value {
    let a = &s.answers;
    let (youngest, oldest) = s.ages();
    let areas: Vec<Value> =
        s.boroughs().into_iter().chain(s.outcodes()).map(|name| json!({ "name": name })).collect();
    let languages: Vec<Value> = a
        .value("languages")
        .split(',')
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map(|l| json!({ "name": l }))
        .collect();
    let attributes: Vec<Value> = OWN
        .iter()
        .flat_map(|key| a.values(key).iter().map(move |value| json!({ "label": key, "value": value })))
        .collect();
    json!({
        "id": s.source_key.clone().unwrap_or_else(|| s.id.to_string()),
        "name": s.name,
        "description": a.value("what"),
        "status": "active",
        "url": a.value("web"),
        "email": a.value("email"),
        "last_modified": s.changed_at.to_string(),
        "assured_date": crate::clock::london_day(s.checked().0).to_string(),
        "eligibility_description": a.value("exclusion-words"),
        "minimum_age": youngest,
        "maximum_age": oldest,
        "fees_description": a.value("cost"),
        "phones": if a.value("phone").is_empty() { json!([]) } else { json!([{ "number": a.value("phone") }]) },
        "schedules": if a.value("hours").is_empty() { json!([]) } else { json!([{ "description": a.value("hours") }]) },
        "service_areas": areas,
        "languages": languages,
        "service_at_locations": if a.value("address").is_empty() { json!([]) } else { json!([{ "location": { "addresses": [{ "address_1": a.value("address") }] } }]) },
        "attributes": attributes,
    })
}

/// Questions that stand in `attributes`.
const OWN: [&str; 14] = [
    "needs",
    "sex",
    "area",
    "exclusions",
    "recipient",
    "how",
    "reply-days",
    "capacity",
    "capacity-on",
    "waiting-weeks",
    "waiting-on",
    "access",
    "trauma-informed",
    "gender-informed",
];

/// Reads JSON in that shape: a list of services, an object with `services`, or a page of an API with `contents`.
#[must_use]
pub fn from_hsds(text: &str) -> Read {
    let mut out = Read::default();
    let parsed: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            out.skipped.push(format!("The file is not JSON: {error}"));
            return out;
        }
    };
    let list = ["services", "contents", "content"].iter().find_map(|key| parsed.get(key)).unwrap_or(&parsed);
    let services: Vec<&Value> = match list {
        Value::Array(all) => all.iter().collect(),
        Value::Object(_) => vec![list],
        _ => Vec::new(),
    };
    if services.is_empty() {
        out.skipped.push("No services: the file should hold a list of them under “services”".into());
    }
    for (n, service) in services.into_iter().enumerate() {
        let place = format!("Service {}", n + 1);
        if service.get("status").and_then(Value::as_str).is_some_and(|s| s != "active") {
            out.skipped.push(format!("{place}: not active, not taken"));
            continue;
        }
        let answers = service_in(service, &place, &mut out.skipped);
        let key = service.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        push(&mut out, key, answers, &place);
    }
    out
}

fn text_of<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    let mut at = value;
    for step in path {
        let next = match at {
            Value::Array(all) => all.first().and_then(|first| first.get(step)),
            _ => at.get(step),
        };
        let Some(next) = next else { return "" };
        at = next;
    }
    at.as_str().map_or("", str::trim)
}

fn names_of(value: &Value, key: &str) -> Vec<String> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|one| one.get("name").or(one.get("language")).and_then(Value::as_str))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn service_in(service: &Value, place: &str, skipped: &mut Vec<String>) -> Answers {
    let mut answers = Answers::default();
    let mut take = |key: &str, cell: &str| {
        if let Some(question) = SHEET.questions().find(|q| q.key == key)
            && let Err(why) = put(&mut answers, question, cell)
        {
            skipped.push(format!("{place}, {}: {why}, left open", question.label));
        }
    };
    take("name", text_of(service, &["name"]));
    take("what", text_of(service, &["description"]));
    take("web", text_of(service, &["url"]));
    take("email", text_of(service, &["email"]));
    take("exclusion-words", text_of(service, &["eligibility_description"]));
    take("cost", text_of(service, &["fees_description"]));
    take("phone", text_of(service, &["phones", "number"]));
    take("hours", text_of(service, &["schedules", "description"]));
    let address: Vec<&str> = ["address_1", "address_2", "city", "postal_code"]
        .iter()
        .map(|part| text_of(service, &["service_at_locations", "location", "addresses", part]))
        .filter(|part| !part.is_empty())
        .collect();
    take("address", &address.join(", "));
    for (key, field) in [("youngest", "minimum_age"), ("oldest", "maximum_age")] {
        if let Some(age) = service.get(field).and_then(Value::as_f64) {
            take(key, &format!("{age:.0}"));
        }
    }
    take("languages", &names_of(service, "languages").join(", "));
    let (outcodes, boroughs): (Vec<String>, Vec<String>) =
        names_of(service, "service_areas").into_iter().partition(|name| is_outcode(name));
    take("boroughs", &boroughs.join(", "));
    take("outcodes", &outcodes.join(", "));
    let attributes = service.get("attributes").and_then(Value::as_array);
    for key in OWN {
        let values: Vec<&str> = attributes
            .into_iter()
            .flatten()
            .filter(|a| a.get("label").and_then(Value::as_str) == Some(key))
            .filter_map(|a| a.get("value").and_then(Value::as_str))
            .collect();
        take(key, &values.join("; "));
    }
    answers
}

/// "SW11", "E1", "EC1A".
fn is_outcode(name: &str) -> bool {
    let name = name.trim();
    (2..=4).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
        && name.bytes().any(|b| b.is_ascii_digit())
}

/// Takes rows into the directory. A service that somebody ended stays ended, and is counted as the same.
///
/// # Errors
/// When the database refuses.
pub fn take<C: Capability>(
    w: &mut Writer<'_, C>,
    existing: &[Service],
    rows: &[Row],
    from: &str,
) -> Result<Taken> {
    let mut taken = Taken::default();
    let mut seen: HashSet<ServiceId> = HashSet::new();
    for row in rows {
        let ours = existing
            .iter()
            .find(|s| s.source_key.as_deref() == Some(row.key.as_str()) || s.id.to_string() == row.key);
        match ours {
            None => {
                add(w, ServiceId::fresh(), &row.answers, Some(&row.key), from)?;
                taken.added += 1;
            }
            Some(one) if one.ended.is_some() || one.answers == row.answers || !seen.insert(one.id) => {
                taken.same += 1
            }
            Some(one) => {
                if change(w, one.id, one.version, &row.answers, from)? {
                    taken.changed += 1;
                }
            }
        }
    }
    Ok(taken)
}

#[cfg(test)]
#[path = "exchange_tests.rs"]
mod tests;
