//! Which format a file is, told from what is in it.

use jiff::civil::Date;
use serde_json::Value;

use crate::decode::decode;
use crate::envelope::Message;
use crate::gather::Gather;
use crate::kind::{refuse_wrong_kind, refuse_wrong_text};
use crate::limits::Limits;
use crate::model::Intake;
use crate::refusal::{Refusal, RefusalKind};
use crate::{envelope, escort, hearing, json, libra, table};

pub(crate) fn read(
    bytes: &[u8],
    file_name: Option<&str>,
    today: Date,
    limits: &Limits,
) -> Result<Intake, Refusal> {
    if bytes.len() > limits.bytes {
        let most = limits.bytes / (1024 * 1024);
        return Err(Refusal::new(RefusalKind::TooLarge, format!("The file is larger than {most} MB."))
            .advise("A court list is rarely more than 2 MB. Check that it is the right file, or send it in parts."));
    }
    refuse_wrong_kind(bytes)?;
    let decoded = decode(bytes)?;
    let text = decoded.text.trim_start();
    if text.is_empty() {
        return Err(
            Refusal::new(RefusalKind::Empty, "The file is empty.").advise("Ask the sender to send it again.")
        );
    }
    refuse_wrong_text(text)?;
    let gather = Gather::new(today, limits, decoded.notes);
    match text.as_bytes().first() {
        // The readers get the text untrimmed, so that they count lines as an editor does.
        Some(b'<') => libra::read(&decoded.text, file_name, gather),
        Some(b'{' | b'[') => read_json(&decoded.text, gather),
        _ => table::read(&decoded.text, gather),
    }
}

fn read_json(text: &str, mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    let parsed = json::parse(text, gather.limits)?;
    if let Some(line) = parsed.rest_from_line {
        gather.note(format!("line {line}"), "After the end of the JSON there is text that was left out.");
    }
    let messages = messages(parsed.values, &mut gather)?;
    if messages.iter().any(|message| hearing::hearing_in(&message.body).is_some()) {
        return hearing::read(&messages, gather);
    }
    let bodies: Vec<Value> = messages.into_iter().map(|message| message.body).collect();
    let cases = items(&bodies);
    if !cases.is_empty() && cases.iter().all(libra::is_case) {
        return libra::read_cases(&cases, gather);
    }
    if bodies.iter().any(escort::is_document) {
        return escort::read_documents(&bodies, gather);
    }
    if cases.iter().any(escort::is_flat) {
        return escort::read_flat(cases, gather);
    }
    bodies.iter().try_for_each(envelope::refuse_error_answer)?;
    bodies.iter().try_for_each(escort::refuse_other_document)?;
    Err(bodies.iter().find_map(fragment).unwrap_or_else(unknown))
}

/// Every message of the file: the values themselves, the items of a list of hearings, what is wrapped in either. Of several,
/// one that cannot be read is left out with its reason; a single one is refused.
fn messages(values: Vec<Value>, gather: &mut Gather<'_>) -> Result<Vec<Message>, Refusal> {
    let is_hearings = |items: &[Value]| items.iter().any(|item| hearing::hearing_in(item).is_some());
    let mut single: Vec<Value> = Vec::new();
    for value in values {
        match list_in(value) {
            Value::Array(items) if is_hearings(&items) => single.extend(items),
            other => single.push(other),
        }
    }
    let many = single.len() > 1;
    let mut found = Vec::new();
    for (at, value) in single.into_iter().enumerate() {
        match envelope::unwrap(value, gather.limits) {
            Ok(inner) => found.extend(inner),
            Err(refusal) if many => gather.skip(format!("message {}", at + 1), "a message", refusal.what, 1),
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(found)
}

/// The list under the one name of an export (`{"records": […]}`), or the value itself.
fn list_in(mut value: Value) -> Value {
    const NAMES: [&str; 9] = [
        "hearings",
        "records",
        "escort_records",
        "escortRecords",
        "person_escort_records",
        "cases",
        "results",
        "items",
        "data",
    ];
    if hearing::hearing_in(&value).is_some() || escort::is_document(&value) {
        return value;
    }
    let holds_objects =
        |inner: &Value| inner.as_array().is_some_and(|items| items.iter().any(Value::is_object));
    let name = NAMES.iter().find(|name| value.get(**name).is_some_and(holds_objects));
    match name.and_then(|name| value.get_mut(*name)).map(Value::take) {
        Some(list) if is_known(&list) => list,
        Some(list) => {
            if let Some(slot) = name.and_then(|name| value.get_mut(*name)) {
                *slot = list;
            }
            value
        }
        None => value,
    }
}

/// Whether a list holds hearings, cases or records.
fn is_known(list: &Value) -> bool {
    let known =
        |item: &Value| hearing::hearing_in(item).is_some() || libra::is_case(item) || escort::is_flat(item);
    list.as_array().is_some_and(|items| items.iter().take(20).any(known))
}

/// The values, or the items of the one array among them.
fn items(bodies: &[Value]) -> Vec<Value> {
    match bodies {
        [Value::Array(items)] => items.clone(),
        _ => bodies.to_vec(),
    }
}

/// A piece of a hearing, or another system's answer about cases, named so that the sender can find the whole.
fn fragment(body: &Value) -> Option<Refusal> {
    const PIECES: [(&str, &str); 20] = [
        ("totalResults", "the answer to a search for cases"),
        ("prosecutionConcluded", "a notice that a prosecution has concluded"),
        ("defendants", "a prosecution case without its hearing"),
        ("defendantSummaries", "a summary of a case without its hearing"),
        ("prosecutionCaseReference", "a summary of a case without its hearing"),
        ("personDefendant", "a defendant without a hearing"),
        ("offenceSummary", "a summary of a defendant"),
        ("personDetails", "a person without a hearing"),
        ("hearingEventId", "an entry of a hearing log"),
        ("hearingId", "a summary of a hearing, without its defendants"),
        ("applicationId", "a summary of an application"),
        ("applicationStatus", "an application without its hearing"),
        ("judicialResultId", "a court result without its hearing"),
        ("judicialResult", "a court result without its hearing"),
        ("offenceCode", "an offence without its hearing"),
        ("offenceId", "a piece about one offence"),
        ("sittingDay", "a hearing day without its hearing"),
        ("address1", "an address"),
        ("caseURN", "the reference of a case"),
        ("defendantId", "a piece about one defendant"),
    ];
    let members = body.as_object()?;
    let what = PIECES.iter().find(|(member, _)| members.contains_key(*member)).map(|(_, what)| *what)?;
    Some(Refusal::new(RefusalKind::Fragment, format!("This is {what}, not a whole hearing, list or record."))
        .advise("Send the whole hearing message: an object that holds “hearing” with its days, cases and defendants."))
}

fn unknown() -> Refusal {
    Refusal::new(RefusalKind::UnknownFormat, "This file is not a court list, a hearing or an escort record.").advise(
        "Send the XML of a Libra list, the JSON of a Common Platform hearing or an escort record, or fill in the CSV template.",
    )
}
