//! Medicines, from a list of items, from objects, or from words in one cell.

use serde_json::Value;

use super::framework::spelled;
use crate::json::{items_at, scalar, text_at};
use crate::model::{Medication, Stated};
use crate::words::line;

/// The medicines in an answer to "provide medication details"; `key_of` names the question of a response by its id.
pub(crate) fn read(value: &Value, key_of: &dyn Fn(&str) -> Option<String>) -> Vec<Medication> {
    match value {
        Value::Array(items) => items.iter().filter_map(|item| one(item, key_of)).collect(),
        Value::Object(_) => one(value, key_of).into_iter().collect(),
        Value::String(text) => text
            .split([';', '\n', '|'])
            .filter_map(line)
            .filter(|text| super::answers::yes_or_no(text).is_none())
            .map(|name| Medication { name: Some(name), ..Medication::default() })
            .collect(),
        _ => Vec::new(),
    }
}

fn one(item: &Value, key_of: &dyn Fn(&str) -> Option<String>) -> Option<Medication> {
    let mut found = Medication::default();
    if let Some(name) = scalar(item) {
        found.name = Some(name);
        return Some(found);
    }
    for response in items_at(item, "responses") {
        let key = text_at(response, "framework_question_id")
            .and_then(|id| key_of(&id))
            .or_else(|| text_at(response, "key"))
            .or_else(|| text_at(&response["question"], "key"));
        if let (Some(key), Some(value)) = (key, response.get("value")) {
            put(&mut found, &key, value);
        }
    }
    for (name, value) in
        item.as_object()?.iter().filter(|(name, _)| !["item", "responses"].contains(&name.as_str()))
    {
        put(&mut found, name, value);
    }
    (found != Medication::default()).then_some(found)
}

fn put(found: &mut Medication, key: &str, value: &Value) {
    let text = scalar(value).or_else(|| text_at(value, "option"));
    let key = spelled(key);
    let slot = match key.trim_start_matches("medication-") {
        "name" | "description" => &mut found.name,
        "administration" => &mut found.administration,
        "dosage" | "dose" => &mut found.dosage,
        "frequency" => &mut found.frequency,
        "time-last-given" | "last-given" | "when-given" => &mut found.last_given,
        "time-next-given" | "next-given" | "next-due" => &mut found.next_due,
        "carrier" => &mut found.carrier,
        "while-moving" => {
            found.while_moving = match text.as_deref().and_then(super::answers::yes_or_no) {
                Some("Yes") => Stated::Yes,
                Some(_) => Stated::No,
                None => Stated::NotStated,
            };
            return;
        }
        _ => return,
    };
    *slot = slot.take().or(text);
}
