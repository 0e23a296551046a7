//! Escort records as the Book a secure move service documents them: JSON:API resources under `data` and `included`.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::fields::{establishment, status};
use super::framework::{question, spelled};
use super::{answers, events, keep, medication};
use crate::dates::{self, Century};
use crate::gather::Gather;
use crate::json::{items_at, text_at, text_of};
use crate::model::{Answer, EscortRecord, Flag, Medication, PersonDetails, RecordStatus, Stated};
use crate::person_fields::{PersonField, person_from};
use crate::refusal::Refusal;

/// All resources of a document by type and id.
struct Store<'v> {
    by_id: HashMap<(String, String), &'v Value>,
    all: Vec<&'v Value>,
    events: HashMap<Option<String>, Vec<&'v Value>>,
}

impl<'v> Store<'v> {
    fn of(body: &'v Value) -> Self {
        let mut all: Vec<&Value> = Vec::new();
        for holder in [body.get("data"), body.get("included")].into_iter().flatten() {
            match holder {
                Value::Array(items) => all.extend(items),
                one => all.push(one),
            }
        }
        if body.get("type").is_some() && body.get("attributes").is_some() {
            all.push(body);
        }
        let by_id = all.iter().filter_map(|one| Some(((type_of(one)?, text_at(one, "id")?), *one))).collect();
        let events = events_by_record(&all);
        Self { by_id, all, events }
    }

    /// The resources a relationship points to, or that stand embedded under its name.
    fn related(&self, resource: &'v Value, name: &str) -> Vec<&'v Value> {
        let data = &resource["relationships"][name]["data"];
        let pointers: Vec<&Value> = match data {
            Value::Array(items) => items.iter().collect(),
            Value::Object(_) => vec![data],
            _ => match attribute(resource, name) {
                Some(Value::Array(items)) => return items.iter().filter(|item| item.is_object()).collect(),
                Some(one) if one.is_object() => return vec![one],
                _ => return Vec::new(),
            },
        };
        // A resource named a thousand times is still one.
        let mut seen = HashSet::new();
        pointers
            .into_iter()
            .filter_map(|pointer| {
                let id = text_at(pointer, "id")?;
                self.by_id
                    .get(&(type_of(pointer)?, id))
                    .copied()
                    .or_else(|| pointer.get("attributes").map(|_| pointer))
            })
            .filter(|found| seen.insert(std::ptr::from_ref(*found)))
            .collect()
    }

    fn one(&self, resource: &'v Value, names: &[&str]) -> Option<&'v Value> {
        names.iter().find_map(|name| self.related(resource, name).into_iter().next())
    }

    fn typed(&self, names: &[&str]) -> Vec<&'v Value> {
        self.all
            .iter()
            .copied()
            .filter(|one| type_of(one).is_some_and(|own| names.contains(&own.as_str())))
            .collect()
    }
}

/// A resource's type with underscores, as the service writes it.
fn type_of(resource: &Value) -> Option<String> {
    text_at(resource, "type").map(|own| own.replace('-', "_"))
}

fn attribute<'v>(resource: &'v Value, name: &str) -> Option<&'v Value> {
    resource.get("attributes").and_then(|all| all.get(name)).or_else(|| resource.get(name))
}

fn text(resource: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| attribute(resource, name).and_then(crate::json::scalar))
}

const RECORDS: [&str; 3] = ["person_escort_records", "person_escort_record", "youth_risk_assessments"];
const RESPONSES: [&str; 2] = ["framework_responses", "framework_response"];

/// Whether a document holds escort records of the framework.
pub(crate) fn is_document(body: &Value) -> bool {
    body.is_object() && !Store::of(body).typed(&RECORDS).is_empty()
}

/// Reads every record of a document.
pub(crate) fn read(body: &Value, path: &str, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let store = Store::of(body);
    let records = store.typed(&RECORDS);
    let only = records.len() == 1;
    for (at, resource) in records.into_iter().enumerate() {
        gather.check_rows()?;
        let id = text_at(resource, "id");
        let place = match &id {
            Some(id) => format!("{path}record {}", crate::words::clip(id, 60)),
            None => format!("{path}record {}", at + 1),
        };
        one(resource, &store, only, id, place, gather)?;
    }
    Ok(())
}

fn one<'v>(
    resource: &'v Value,
    store: &Store<'v>,
    only: bool,
    id: Option<String>,
    place: String,
    gather: &mut Gather<'_>,
) -> Result<(), Refusal> {
    let journey = store
        .one(resource, &["move"])
        .or_else(|| if only { store.typed(&["moves"]).first().copied() } else { None });
    let profile = store
        .one(resource, &["profile"])
        .or_else(|| journey.and_then(|journey| store.one(journey, &["profile"])));
    let person = profile
        .and_then(|profile| store.one(profile, &["person"]))
        .or_else(|| store.one(resource, &["person"]))
        .or_else(|| journey.and_then(|journey| store.one(journey, &["person"])))
        .or_else(|| if only { store.typed(&["people", "persons", "person"]).first().copied() } else { None });
    let details = person.map(|person| person_of(person, store, &place, gather)).unwrap_or_default();
    let named =
        details.name.as_received.is_some() || details.pnc.is_some() || details.prison_number.is_some();
    if !named {
        let why = "it names nobody: neither the person nor the profile is included in the file";
        gather.skip(&place, "an escort record", why, 1);
        return Ok(());
    }
    let moment = |names: &[&str]| text(resource, names).as_deref().and_then(dates::moment);
    let (completed, confirmed) = (moment(&["completed_at"]), moment(&["confirmed_at"]));
    let (amended, handed_over) =
        (moment(&["amended_at"]), moment(&["handover_occurred_at", "handed_over_at"]));
    let (answers, medications, flags) = responses(resource, store, only, &place, gather);
    if answers.is_empty() {
        gather.note(&place, "No answer of the record is included in the file.");
    }
    let to = journey.and_then(|journey| store.one(journey, &["to_location"]));
    let code = to
        .and_then(|to| text(to, &["ou_code", "code", "key"]))
        .filter(|code| crate::libra::is_ou_code(&code.to_ascii_uppercase()));
    let record = EscortRecord {
        source_key: String::new(),
        status: text(resource, &["status"]).map_or(RecordStatus::NotStated, |word| status(&word)),
        version: text(resource, &["version"]).or_else(|| {
            store.one(resource, &["framework"]).and_then(|framework| text(framework, &["version"]))
        }),
        completed_at: completed,
        confirmed_at: confirmed,
        amended_at: amended,
        handed_over_at: handed_over,
        as_of: [completed, confirmed, amended, handed_over, moment(&["updated_at", "created_at"])]
            .into_iter()
            .flatten()
            .max(),
        from: from(resource, journey, store),
        to_court_code: code.map(|code| code[..5].to_ascii_uppercase()),
        to_name: to.and_then(|to| text(to, &["title", "name"])),
        move_date: journey
            .and_then(|journey| text(journey, &["date"]))
            .and_then(|text| dates::date(&text, Century::This)),
        move_reference: journey.and_then(|journey| text(journey, &["reference"])),
        person: details,
        answers,
        medications,
        flags,
        events: events_of(resource, store, only, &place, gather),
        record_id: id,
        place,
    };
    keep(record, gather)
}

fn from<'v>(
    resource: &'v Value,
    journey: Option<&'v Value>,
    store: &Store<'v>,
) -> Option<crate::model::Establishment> {
    let place = journey
        .and_then(|journey| store.one(journey, &["from_location"]))
        .or_else(|| store.one(resource, &["from_location", "location"]))?;
    establishment(
        text(place, &["title", "name"]),
        text(place, &["location_type"]),
        text(place, &["nomis_agency_id", "key"]),
    )
}

fn person_of<'v>(
    person: &'v Value,
    store: &Store<'v>,
    place: &str,
    gather: &mut Gather<'_>,
) -> PersonDetails {
    use PersonField as F;
    const NAMES: [(&str, F); 12] = [
        ("first_names", F::Forename),
        ("first_name", F::Forename),
        ("middle_names", F::MiddleNames),
        ("last_name", F::Surname),
        ("date_of_birth", F::DateOfBirth),
        ("gender", F::Sex),
        ("police_national_computer", F::Pnc),
        ("criminal_records_office", F::Cro),
        ("prison_number", F::PrisonNumber),
        ("nhs_number", F::NhsNumber),
        ("ethnicity", F::Ethnicity),
        ("interpreter_required", F::InterpreterNeeded),
    ];
    let mut cells: Vec<(F, String)> =
        NAMES.iter().filter_map(|(name, field)| Some((*field, text(person, &[name])?))).collect();
    for (name, field) in [("gender", F::Sex), ("ethnicity", F::Ethnicity)] {
        let related =
            store.one(person, &[name]).and_then(|found| text(found, &["title", "key", "description"]));
        cells.extend(related.map(|text| (field, text)));
    }
    let (details, odd) = person_from(&cells, gather.today);
    for why in odd {
        gather.note(place, crate::libra::sentence(&why));
    }
    details
}

fn responses<'v>(
    resource: &'v Value,
    store: &Store<'v>,
    only: bool,
    place: &str,
    gather: &Gather<'_>,
) -> (Vec<Answer>, Vec<Medication>, Vec<Flag>) {
    let mut found = store.related(resource, "responses");
    if found.is_empty() && only {
        found = store.typed(&RESPONSES);
    }
    let key_of_question = |id: &str| {
        let question = RESOURCES_OF_QUESTIONS
            .iter()
            .find_map(|own| store.by_id.get(&((*own).to_owned(), id.to_owned())))?;
        text(question, &["key"])
    };
    let (mut answers, mut medications) = (Vec::new(), Vec::new());
    let mut flags: Vec<Flag> =
        store.related(resource, "flags").into_iter().filter_map(|flag| flag_of(flag, None)).collect();
    for response in found {
        let asked = store.one(response, &["question", "framework_question"]);
        let key = asked
            .and_then(|asked| text(asked, &["key"]))
            .or_else(|| text(response, &["key", "question_key", "question"]));
        let Some(received) = key else { continue };
        let key = question(&received).map_or_else(|| spelled(&received), |known| known.key.to_owned());
        let nothing = Value::Null;
        let value = attribute(response, "value").unwrap_or(&nothing);
        flags.extend(
            store.related(response, "flags").into_iter().filter_map(|flag| flag_of(flag, Some(&key))),
        );
        if key == "medication-details" {
            medications.extend(medication::read(value, &key_of_question));
            continue;
        }
        let mut codes =
            response.get("attributes").map(|all| answers::codes_at(&key, all)).unwrap_or_default();
        for mapping in store.related(response, "nomis_mappings") {
            codes.extend(answers::code_of(&key, mapping.get("attributes").unwrap_or(mapping)));
        }
        codes.dedup();
        answers.push(Answer {
            section: asked.and_then(|asked| text(asked, &["section"])).or_else(|| answers::section_of(&key)),
            value: answers::value(&key, value, None, gather.limits),
            codes,
            prefilled: prefilled(response),
            said_by: text(response, &["responded_by", "said_by"]),
            said_at: text(response, &["responded_at", "said_at"]).as_deref().and_then(dates::moment),
            place: format!("{place}, {key}"),
            key_as_received: received,
            key,
        });
    }
    (answers, medications, flags)
}

const RESOURCES_OF_QUESTIONS: [&str; 2] = ["framework_questions", "framework_question"];

fn prefilled(response: &Value) -> Stated {
    match attribute(response, "prefilled").and_then(Value::as_bool) {
        Some(true) => Stated::Yes,
        Some(false) => Stated::No,
        None => Stated::NotStated,
    }
}

fn flag_of(flag: &Value, key: Option<&str>) -> Option<Flag> {
    let read = Flag {
        grade: text(flag, &["flag_type"]),
        title: text(flag, &["title"]),
        answer: text(flag, &["question_value"]),
        key: key.map(str::to_owned),
    };
    (read.grade.is_some() || read.title.is_some()).then_some(read)
}

/// Events of the record: related ones, and those in the document that name it (or nothing else, when it is the only one).
fn events_of<'v>(
    resource: &'v Value,
    store: &Store<'v>,
    only: bool,
    place: &str,
    gather: &Gather<'_>,
) -> Vec<crate::model::EscortEvent> {
    let mut found = store.related(resource, "events");
    found.extend(store.related(resource, "timeline_events"));
    let about = |id: Option<String>| store.events.get(&id).into_iter().flatten().copied();
    found.extend(text_at(resource, "id").into_iter().flat_map(|id| about(Some(id))));
    if only {
        found.extend(about(None));
    }
    let mut seen = HashSet::new();
    found.retain(|event| seen.insert(std::ptr::from_ref(*event)));
    let read = found.into_iter().enumerate().filter_map(|(at, event)| {
        let attributes = event.get("attributes").unwrap_or(event);
        let kind = events::kind_of(text_of(event, &["type"]).as_deref(), attributes)?;
        Some(events::read(kind, attributes, format!("{place}, event {}", at + 1), gather.limits))
    });
    read.collect()
}

/// Events of a document by the id of the record they name.
fn events_by_record<'v>(all: &[&'v Value]) -> HashMap<Option<String>, Vec<&'v Value>> {
    let mut found: HashMap<Option<String>, Vec<&Value>> = HashMap::new();
    for one in all {
        let own = type_of(one).unwrap_or_default();
        if own.ends_with("events") || own.rsplit("::").next().is_some_and(|own| own.starts_with("Per")) {
            let about = text_at(&one["relationships"]["eventable"]["data"], "id");
            found.entry(about).or_default().push(one);
        }
    }
    found
}

/// Whether a value has the outer shape of JSON:API at all.
pub(crate) fn looks_like_one(body: &Value) -> bool {
    let has_type = |value: &Value| {
        value.get("type").is_some() && (value.get("attributes").is_some() || value.get("id").is_some())
    };
    match body.get("data") {
        Some(Value::Array(_)) => items_at(body, "data").first().is_some_and(has_type),
        Some(one) => has_type(one),
        None => false,
    }
}
