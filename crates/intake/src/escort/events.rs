//! Events on a record: what happened, who said it, when. Self-harm answers carried by an event are read as answers.

use serde_json::Value;

use super::answers;
use super::framework::{question, spelled};
use crate::dates;
use crate::json::{scalar, text_at, text_of, words_at};
use crate::limits::Limits;
use crate::model::{Answer, EscortEvent, Stated};

/// An event from its attributes; `kind` is its type as received.
pub(crate) fn read(kind: String, attributes: &Value, place: String, limits: &Limits) -> EscortEvent {
    let details = attributes.get("details").filter(|details| details.is_object()).unwrap_or(attributes);
    let at = text_of(attributes, &["occurred_at", "recorded_at", "at"]).as_deref().and_then(dates::moment);
    let reported_by = text_of(details, &["reporting_officer", "reported_by", "author"]);
    let source = text_of(details, &["source", "source_of_information", "source_summary"]);
    let who = source.clone().or_else(|| reported_by.clone());
    let words: Vec<String> = [
        (attributes, "notes"),
        (details, "comments"),
        (details, "comment"),
        (details, "source_observations"),
    ]
    .into_iter()
    .filter_map(|(holder, name)| words_at(holder, name, limits))
    .collect();
    let mut event = EscortEvent {
        received_by: text_of(details, &["reception_officer", "received_by"]),
        words: (!words.is_empty()).then(|| words.join("\n")),
        details: Vec::new(),
        answers: Vec::new(),
        kind,
        at,
        source,
        reported_by,
        place,
    };
    for (name, value) in details.as_object().into_iter().flatten() {
        let key = spelled(name);
        if question(&key).is_some() {
            let beside = words_at(details, &format!("{name}_details"), limits);
            event.answers.push(answer(&key, name, value, beside.as_deref(), who.clone(), &event, limits));
        } else if !KNOWN.contains(&name.as_str()) {
            event.details.extend(joined(value).map(|words| (name.clone(), words)));
        }
    }
    event
}

/// Members read into fields of their own.
const KNOWN: [&str; 18] = [
    "source",
    "source_of_information",
    "source_observations",
    "reporting_officer",
    "reported_by",
    "author",
    "reception_officer",
    "received_by",
    "notes",
    "comments",
    "comment",
    "occurred_at",
    "recorded_at",
    "at",
    "event_type",
    "kind",
    "type",
    "details",
];

fn answer(
    key: &str,
    name: &str,
    value: &Value,
    beside: Option<&str>,
    said_by: Option<String>,
    event: &EscortEvent,
    limits: &Limits,
) -> Answer {
    Answer {
        key: key.to_owned(),
        key_as_received: name.to_owned(),
        section: answers::section_of(key),
        value: answers::value(key, value, beside, limits),
        codes: Vec::new(),
        prefilled: Stated::NotStated,
        said_by,
        said_at: event.at,
        place: event.place.clone(),
    }
}

fn joined(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().filter_map(scalar).collect();
            (!parts.is_empty()).then(|| parts.join("; "))
        }
        other => scalar(other),
    }
}

/// The type of an event resource: its `event_type`, or its own type when that names one.
pub(crate) fn kind_of(resource_type: Option<&str>, attributes: &Value) -> Option<String> {
    text_at(attributes, "event_type").or_else(|| text_at(attributes, "kind")).or_else(|| {
        let own = resource_type?;
        let own = own.rsplit("::").next().unwrap_or(own);
        own.starts_with("Per").then(|| own.to_owned())
    })
}
