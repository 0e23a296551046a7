//! What a queue or notification service wraps around a JSON message, taken off; pointers and bare attributes refused.

use jiff::Timestamp;
use serde_json::Value;

use crate::dates;
use crate::json::{self, items_at, text_at, text_of};
use crate::limits::Limits;
use crate::model::HearingEvent;
use crate::refusal::{Refusal, RefusalKind};

/// A message without its wrapping.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) body: Value,
    pub(crate) id: Option<String>,
    pub(crate) sent: Option<Timestamp>,
    pub(crate) event: Option<HearingEvent>,
}

/// Queues inside notifications inside queues: more than this is not met.
const MOST_WRAPS: usize = 4;

/// Every message in a JSON value: itself, or those wrapped in it.
///
/// # Errors
/// A refusal for a pointer to a message kept elsewhere, for attributes without their message, and for broken contents.
pub(crate) fn unwrap(value: Value, limits: &Limits) -> Result<Vec<Message>, Refusal> {
    let mut found = Vec::new();
    take(Message { body: value, id: None, sent: None, event: None }, limits, 0, &mut found)?;
    Ok(found)
}

fn take(
    mut message: Message,
    limits: &Limits,
    wraps: usize,
    found: &mut Vec<Message>,
) -> Result<(), Refusal> {
    refuse_pointer(&message.body)?;
    refuse_attributes_alone(&message.body)?;
    let list = ["Messages", "Records"].into_iter().find(|name| message.body.get(name).is_some());
    if let Some(list) = list.and_then(|name| message.body.get_mut(name)).map(Value::take) {
        let Value::Array(items) = list else { return Ok(()) };
        for item in items {
            take(Message { body: item, id: None, sent: None, event: None }, limits, wraps, found)?;
        }
        return Ok(());
    }
    let Some(inner) = ["Message", "Body", "body"].iter().find_map(|name| message.body.get(*name)?.as_str())
    else {
        found.push(message);
        return Ok(());
    };
    if wraps >= MOST_WRAPS {
        return Err(Refusal::new(
            RefusalKind::TooLarge,
            "Messages are wrapped in messages more often than any sender does.",
        )
        .advise("Ask the sender for the message itself."));
    }
    let parsed = json::parse(inner, limits).map_err(|inside| {
        Refusal::new(
            RefusalKind::Broken,
            format!("The message inside the notification cannot be read. {}", inside.what),
        )
        .advise("Ask the sender to send it again.")
    })?;
    let attributes =
        ["MessageAttributes", "messageAttributes"].iter().find_map(|name| message.body.get(*name));
    let outer = Message {
        id: text_of(&message.body, &["MessageId", "messageId"]).or(message.id),
        sent: text_at(&message.body, "Timestamp").as_deref().and_then(dates::moment).or(message.sent),
        event: attributes.and_then(event_of).or(message.event),
        body: Value::Null,
    };
    for body in parsed.values {
        let inner = Message { body, id: outer.id.clone(), sent: outer.sent, event: outer.event };
        take(inner, limits, wraps + 1, found)?;
    }
    Ok(())
}

/// The event a hearing message reports, from its attributes.
fn event_of(attributes: &Value) -> Option<HearingEvent> {
    let value_of = |attribute: &Value| text_of(attribute, &["Value", "StringValue", "stringValue"]);
    attributes.as_object()?.iter().filter(|(name, _)| name.to_lowercase().contains("type")).find_map(
        |(_, attribute)| match value_of(attribute)?.to_lowercase().as_str() {
            "resulted" => Some(HearingEvent::Resulted),
            "confirmedorupdated" => Some(HearingEvent::ConfirmedOrUpdated),
            _ => None,
        },
    )
}

fn refuse_pointer(body: &Value) -> Result<(), Refusal> {
    let is_pointer = |value: &Value| value.get("s3Key").is_some() || value.get("s3BucketName").is_some();
    let pointing = is_pointer(body)
        || body.as_array().is_some_and(|items| {
            items.iter().any(is_pointer)
                || items.first().and_then(Value::as_str).is_some_and(|name| name.contains("Pointer"))
        });
    if !pointing {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalKind::Pointer,
        "This message only points to a hearing that was too large to send; the hearing itself is not in it.",
    )
    .advise("Fetch the hearing it points to and send that file."))
}

fn refuse_attributes_alone(body: &Value) -> Result<(), Refusal> {
    let Some(members) = body.as_object().filter(|members| !members.is_empty()) else { return Ok(()) };
    let attribute = |value: &Value| {
        value.get("DataType").is_some() || (value.get("Type").is_some() && value.get("Value").is_some())
    };
    if !members.values().all(attribute) {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalKind::Fragment,
        "These are the attributes of a message without the message itself.",
    )
    .advise("Send the message they belong to."))
}

/// Refuses an error answer saved as a file: `{"status":404,"error":"Not found"}`.
pub(crate) fn refuse_error_answer(body: &Value) -> Result<(), Refusal> {
    let Some(members) = body.as_object() else { return Ok(()) };
    const WORDS: [&str; 12] = [
        "status",
        "error",
        "errors",
        "message",
        "userMessage",
        "developerMessage",
        "timestamp",
        "path",
        "errorCode",
        "moreInfo",
        "detail",
        "title",
    ];
    let speaks_of_error =
        ["error", "errors", "userMessage", "developerMessage"].iter().any(|name| members.contains_key(*name));
    if !speaks_of_error || !members.keys().all(|name| WORDS.contains(&name.as_str())) {
        return Ok(());
    }
    let detail = items_at(body, "errors").first().and_then(|first| text_of(first, &["detail", "title"]));
    let said = text_of(body, &["userMessage", "error", "message"])
        .or(detail)
        .unwrap_or_else(|| "no reason given".into());
    Err(Refusal::new(
        RefusalKind::ErrorMessage,
        format!(
            "This is an error answer, not a list: {}.",
            crate::words::clip(&said, 200).trim_end_matches('.')
        ),
    )
    .advise("Ask the sender for the file again."))
}
