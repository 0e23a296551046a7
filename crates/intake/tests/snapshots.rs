//! What is read from the crate's own samples (invented people only), reviewed by eye.
#![allow(clippy::unwrap_used)]

use intake::{Intake, Limits, read, screening_facts};
use jiff::civil::date;

fn sample(name: &str) -> Intake {
    let path = format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    read(&std::fs::read(path).unwrap(), Some(name), date(2026, 3, 2), &Limits::default()).unwrap()
}

/// Leaves out what is empty, so that a snapshot shows what was read and nothing else.
fn brief(value: &impl serde::Serialize) -> serde_json::Value {
    fn trim(value: serde_json::Value) -> Option<serde_json::Value> {
        use serde_json::Value as V;
        match value {
            V::Null | V::Bool(false) => None,
            V::Array(items) => {
                let items: Vec<V> = items.into_iter().filter_map(trim).collect();
                (!items.is_empty()).then_some(V::Array(items))
            }
            V::Object(members) => {
                let members: serde_json::Map<String, V> =
                    members.into_iter().filter_map(|(name, value)| Some((name, trim(value)?))).collect();
                (!members.is_empty()).then_some(V::Object(members))
            }
            other => Some(other),
        }
    }
    trim(serde_json::to_value(value).unwrap()).unwrap_or_default()
}

/// Compares what is read from a sample with the snapshot of that name, and the facts of its escort records with another.
fn compare(file: &str, name: &str) {
    let found = sample(file);
    insta::assert_json_snapshot!(name, brief(&found));
    if !found.escort_records.is_empty() {
        let facts: Vec<_> = found.escort_records.iter().map(screening_facts).collect();
        insta::assert_json_snapshot!(format!("{name}_facts"), brief(&facts));
    }
}

#[test]
fn a_gateway_message() {
    compare("libra-csci.xml", "a_gateway_message");
}

#[test]
fn a_soap_request_with_a_repeat_and_an_organisation() {
    compare("libra-soap.xml", "a_soap_request_with_a_repeat_and_an_organisation");
}

#[test]
fn a_list_of_2019() {
    compare("libra-2019.xml", "a_list_of_2019");
}

#[test]
fn a_review_without_a_prosecution_case() {
    compare("hearing-review.json", "a_review_without_a_prosecution_case");
}

#[test]
fn a_resulted_hearing_in_a_notification() {
    compare("hearing-resulted-sns.json", "a_resulted_hearing_in_a_notification");
}

#[test]
fn an_escort_record_of_the_framework() {
    compare("escort-framework.json", "an_escort_record_of_the_framework");
}

#[test]
fn flat_escort_records() {
    compare("escort-flat.json", "flat_escort_records");
}

#[test]
fn an_escort_record_of_2016() {
    compare("escort-2016.json", "an_escort_record_of_2016");
}

#[test]
fn escort_records_a_row_each() {
    compare("escort-wide.csv", "escort_records_a_row_each");
}

#[test]
fn an_escort_record_a_row_an_answer() {
    compare("escort-long.csv", "an_escort_record_a_row_an_answer");
}

#[test]
fn a_typed_list() {
    compare("list.csv", "a_typed_list");
}
