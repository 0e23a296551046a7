//! Escort records of the people a court has in its cells: half as one JSON:API document, half as one CSV.

use super::answers::{Account, Said, account};
use super::day::{Day, Row};
use super::words::{POLICE, PRISON_FOR_WOMEN, PRISONS_FOR_MEN};
use super::{NamedFile, uuid};
use crate::people::Dice;
use serde_json::{Value, json};

/// A held person with everything their record says.
struct Held<'a> {
    row: &'a Row,
    account: Account,
    from: &'static str,
    confirmed: bool,
    id: String,
}

pub(super) fn files(day: &Day<'_>, dice: &mut Dice) -> Vec<NamedFile> {
    let held: Vec<Held<'_>> = day
        .rows
        .iter()
        .filter(|row| row.held)
        .enumerate()
        .map(|(at, row)| Held {
            row,
            account: account(day, row, at, dice),
            from: establishment(row, dice),
            confirmed: !dice.chance(0.08),
            id: uuid(dice),
        })
        .collect();
    let half = held.len().div_ceil(2);
    let (documents, table) = held.split_at(half);
    let mut files = Vec::new();
    if !documents.is_empty() {
        let bytes = serde_json::to_vec_pretty(&document(day, documents)).unwrap_or_default();
        files.push(NamedFile { name: format!("escort-records-{}-{}.json", day.court.code, day.date), bytes });
    }
    if !table.is_empty() {
        let name = format!("escort-records-{}-{}.csv", day.court.code, day.date);
        files.push(NamedFile { name, bytes: csv(day, table).into_bytes() });
    }
    files
}

fn establishment(row: &Row, dice: &mut Dice) -> &'static str {
    let prisons: &[&'static str] = if row.who.sex == "F" { &[PRISON_FOR_WOMEN] } else { &PRISONS_FOR_MEN };
    dice.pick(if row.from_prison { prisons } else { &POLICE }).copied().unwrap_or(POLICE[0])
}

fn document(day: &Day<'_>, held: &[Held<'_>]) -> Value {
    let mut included = vec![
        json!({"type": "locations", "id": "court", "attributes": {"title": day.court.name, "location_type": "court", "key": day.court.ou_code.to_lowercase()}}),
    ];
    let mut records = Vec::new();
    for one in held {
        records.push(record(day, one, &mut included));
    }
    json!({"data": records, "included": included})
}

/// The record as a resource; what belongs to it is added to `included`.
fn record(day: &Day<'_>, one: &Held<'_>, included: &mut Vec<Value>) -> Value {
    let id = &one.id;
    let own = |kind: &str| format!("{kind}-{id}");
    let place = if one.row.from_prison { "prison" } else { "police" };
    let who = &one.row.who;
    included.push(json!({"type": "profiles", "id": own("profile"), "attributes": {}, "relationships": {"person": {"data": {"type": "people", "id": own("person")}}}}));
    included.push(json!({"type": "people", "id": own("person"), "attributes": {
        "first_names": format!("{} {}", who.name.forename, who.name.middle).trim(),
        "last_name": who.name.surname,
        "date_of_birth": who.births.first(),
        "gender": match who.sex.as_str() { "F" => "female", "M" => "male", _ => "trans" },
        "prison_number": none_if_blank(if one.row.from_prison { &who.prison_number } else { "" }),
        "police_national_computer": none_if_blank(&who.pnc),
        "criminal_records_office": none_if_blank(&who.cro),
    }}));
    included.push(json!({"type": "moves", "id": own("move"), "attributes": {"reference": &one.row.urn[4..], "date": day.date.to_string(), "status": "in_transit"},
        "relationships": {"from_location": {"data": {"type": "locations", "id": own("from")}}, "to_location": {"data": {"type": "locations", "id": "court"}}}}));
    included.push(json!({"type": "locations", "id": own("from"), "attributes": {"title": one.from, "location_type": place}}));
    let mut responses = Vec::new();
    for said in &one.account.said {
        responses.push(response(id, said, included));
    }
    if !one.account.medicines.is_empty() {
        responses.push(medicines(id, one, included));
    }
    json!({"type": "person_escort_records", "id": id, "attributes": {
        "status": if one.confirmed { "confirmed" } else { "in_progress" },
        "version": "2.5.2",
        "confirmed_at": one.confirmed.then(|| format!("{}T05:50:00Z", day.date)),
    }, "relationships": {
        "profile": {"data": {"type": "profiles", "id": own("profile")}},
        "move": {"data": {"type": "moves", "id": own("move")}},
        "responses": {"data": responses},
    }})
}

fn none_if_blank(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The resource of a question, added once; its pointer.
fn question(key: &str, included: &mut Vec<Value>) -> Value {
    let id = format!("question-{key}");
    if !included.iter().any(|one| one["id"] == id.as_str()) {
        included.push(json!({"type": "framework_questions", "id": id, "attributes": {"key": key}}));
    }
    json!({"type": "framework_questions", "id": id})
}

fn response(record: &str, said: &Said, included: &mut Vec<Value>) -> Value {
    let id = format!("response-{record}-{}", said.key);
    let codes: Vec<Value> = said
        .codes
        .iter()
        .map(|(kind, code, words)| json!({"code": code, "code_type": kind, "code_description": words}))
        .collect();
    let options: Vec<Value> =
        said.options.iter().map(|(option, details)| json!({"option": option, "details": details})).collect();
    let many = ["nature-of-self-harm", "actions-of-self-harm-undertaken", "history-of-self-harm-method"]
        .contains(&said.key);
    let value = match (many, options.first()) {
        (false, Some(one)) if one["details"].is_null() => one["option"].clone(),
        (false, Some(one)) => one.clone(),
        _ => Value::Array(options),
    };
    let asked = question(said.key, included);
    included.push(json!({"type": "framework_responses", "id": id, "attributes": {
            "value": value, "responded": true, "prefilled": !codes.is_empty(), "nomis_mappings": codes, "responded_by": said.by,
        }, "relationships": {"question": {"data": asked}}}));
    json!({"type": "framework_responses", "id": id})
}

const MEDICINE_QUESTIONS: [&str; 6] = [
    "medication-name",
    "medication-dosage",
    "medication-frequency",
    "medication-time-last-given",
    "medication-time-next-given",
    "medication-carrier",
];

fn medicines(record: &str, one: &Held<'_>, included: &mut Vec<Value>) -> Value {
    let id = format!("response-{record}-medication-details");
    let mut items = Vec::new();
    for (at, medicine) in one.account.medicines.iter().enumerate() {
        let mut answers = Vec::new();
        for (key, text) in MEDICINE_QUESTIONS.iter().zip(medicine) {
            let asked = question(key, included);
            answers.push(json!({"value": text, "framework_question_id": asked["id"]}));
        }
        items.push(json!({"item": at + 1, "responses": answers}));
    }
    let asked = question("medication-details", included);
    included.push(json!({"type": "framework_responses", "id": id, "attributes": {"value": items}, "relationships": {"question": {"data": asked}}}));
    json!({"type": "framework_responses", "id": id})
}

/// Questions that are columns of the CSV, each followed by its words and codes.
const COLUMNS: [&str; 14] = [
    "indication-of-self-harm-or-suicide",
    "observation-level",
    "nature-of-self-harm",
    "history-of-self-harm",
    "history-of-self-harm-recency",
    "history-of-self-harm-method",
    "actions-of-self-harm-undertaken",
    "mental-health-needs",
    "medical-health-professional-referral",
    "prescribed-medication",
    "alcohol-withdrawal",
    "addiction-dependencies",
    "communication-needs",
    "pregnant",
];

fn csv(day: &Day<'_>, held: &[Held<'_>]) -> String {
    let mut header: Vec<String> = [
        "Record id",
        "Status",
        "Confirmed at",
        "From",
        "From type",
        "To court code",
        "Move date",
        "Surname",
        "Forename",
        "Date of birth",
        "Sex",
        "PNC",
        "CRO",
        "Prison number",
    ]
    .map(str::to_owned)
    .to_vec();
    for key in COLUMNS {
        header.extend([
            key.to_owned(),
            format!("{key}_details"),
            format!("{key}_codes"),
            format!("{key}_said_by"),
        ]);
    }
    header.push("medication-details".into());
    let mut text = line(&header);
    for one in held {
        text.push_str(&line(&csv_row(day, one)));
    }
    text
}

fn csv_row(day: &Day<'_>, one: &Held<'_>) -> Vec<String> {
    let who = &one.row.who;
    let confirmed =
        if one.confirmed { day.date.strftime("%d/%m/%Y 05:55").to_string() } else { String::new() };
    let mut cells: Vec<String> = vec![
        one.id.clone(),
        if one.confirmed { "confirmed" } else { "in_progress" }.into(),
        confirmed,
        one.from.into(),
        if one.row.from_prison { "prison" } else { "police" }.into(),
        day.court.code.clone(),
        day.date.strftime("%d/%m/%Y").to_string(),
        who.name.surname.clone(),
        who.name.forename.clone(),
        one.row.born().map(|born| born.strftime("%d/%m/%Y").to_string()).unwrap_or_default(),
        who.sex.clone(),
        who.pnc.clone(),
        who.cro.clone(),
        if one.row.from_prison { who.prison_number.clone() } else { String::new() },
    ];
    for key in COLUMNS {
        let said = one.account.said.iter().find(|said| said.key == key);
        let join = |each: Vec<String>| each.join("; ");
        cells.push(
            said.map(|said| join(said.options.iter().map(|(option, _)| option.clone()).collect()))
                .unwrap_or_default(),
        );
        cells.push(
            said.map(|said| join(said.options.iter().filter_map(|(_, details)| details.clone()).collect()))
                .unwrap_or_default(),
        );
        cells.push(
            said.map(|said| {
                join(said.codes.iter().map(|(kind, code, _)| format!("{kind}:{code}")).collect())
            })
            .unwrap_or_default(),
        );
        cells.push(said.and_then(|said| said.by).unwrap_or_default().to_owned());
    }
    let medicines: Vec<String> =
        one.account.medicines.iter().map(|medicine| medicine[..3].join(" ").trim().to_owned()).collect();
    cells.push(medicines.join("; "));
    cells
}

fn line(cells: &[String]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            if cell.contains([',', '"', '\n']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        })
        .collect();
    format!("{}\n", quoted.join(","))
}
