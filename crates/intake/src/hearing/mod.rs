//! Common Platform hearings: one row a defendant (or subject of an application) a day. Nothing is assumed to be there:
//! hearings without cases, without days, without a reference number are all met.

mod application;
mod beside;
mod days;
mod defendant;
mod person;
mod results;

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::dates;
use crate::envelope::Message;
use crate::gather::Gather;
use crate::json::{items_at, text_at};
use crate::model::{Format, HearingEvent, Intake};
use crate::refusal::{Refusal, RefusalKind};
use crate::words::capital;
use beside::Beside;
use days::Day;

/// The hearing in a message, if it is one: under `hearing`, or bare.
pub(crate) fn hearing_in(body: &Value) -> Option<&Value> {
    if let Some(hearing) = body.get("hearing").filter(|hearing| hearing.is_object()) {
        return Some(hearing);
    }
    let has = |name: &str| body.get(name).is_some();
    let bare = has("hearingDays")
        || (has("courtCentre")
            && (has("prosecutionCases") || has("courtApplications") || has("jurisdictionType")));
    (bare && !has("hearingId")).then_some(body)
}

/// Reads messages that each hold a hearing.
pub(crate) fn read(messages: &[Message], mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    let (mut sent, mut message_id, mut event) = (None, None, None);
    let newest = newest_of_each(messages);
    for (at, message) in messages.iter().enumerate() {
        let Some(hearing) = hearing_in(&message.body) else {
            gather.skip(format!("message {}", at + 1), "a message", "it is not a hearing", 1);
            continue;
        };
        if id_of(hearing).is_some_and(|id| newest.get(&id).is_some_and(|&newest| newest != at)) {
            let why = "a later message about the same hearing is in the file";
            gather.skip(format!("message {}", at + 1), "a hearing", why, 1);
            continue;
        }
        let path = if messages.len() == 1 {
            "hearing".to_owned()
        } else {
            format!("hearing {} of {}", at + 1, messages.len())
        };
        // Of several messages in one file the oldest counts, so that none of them overwrites what is newer.
        sent = match (sent, shared(message)) {
            (Some(one), Some(other)) => Some(std::cmp::min(one, other)),
            (one, other) => one.or(other),
        };
        message_id = message_id.or_else(|| message.id.clone());
        event =
            event.or(message.event).or_else(|| results::stated_in(hearing).then_some(HearingEvent::Resulted));
        read_hearing(hearing, &path, &mut gather)?;
    }
    let mut intake = gather.finish(Format::CommonPlatformHearing)?;
    intake.sent = sent;
    intake.message_id = message_id;
    intake.event = event;
    Ok(intake)
}

/// When a message was shared, or else sent.
fn shared(message: &Message) -> Option<Timestamp> {
    text_at(&message.body, "sharedTime").as_deref().and_then(dates::moment).or(message.sent)
}

fn id_of(hearing: &Value) -> Option<String> {
    text_at(hearing, "id").map(|id| id.to_lowercase())
}

/// For each hearing the message that counts: the last shared, and without times the last in the file.
fn newest_of_each(messages: &[Message]) -> HashMap<String, usize> {
    let mut newest: HashMap<String, usize> = HashMap::new();
    for (at, message) in messages.iter().enumerate() {
        let Some(id) = hearing_in(&message.body).and_then(id_of) else { continue };
        match newest.get(&id) {
            Some(&known) if shared(message) < shared(&messages[known]) => {}
            _ => {
                newest.insert(id, at);
            }
        }
    }
    newest
}

/// What all rows of a hearing share.
pub(super) struct Hearing<'v> {
    value: &'v Value,
    path: String,
    id: Option<String>,
    days: Vec<Day>,
    /// What the hearing says beside its cases about single people.
    beside: Beside<'v>,
}

fn read_hearing(value: &Value, path: &str, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let id = id_of(value);
    let days = days::read(value, path, gather);
    let people = items_at(value, "prosecutionCases")
        .iter()
        .map(|case| items_at(case, "defendants").len())
        .sum::<usize>();
    if people + items_at(value, "courtApplications").len() > gather.limits.rows {
        return Err(Refusal::new(
            RefusalKind::TooLarge,
            format!("A hearing names more than {} people.", gather.limits.rows),
        )
        .at(path)
        .advise("Ask the sender whether this is one hearing."));
    }
    let hearing = Hearing { value, path: path.to_owned(), id, days, beside: Beside::of(value) };
    let applications = application::read(&hearing, gather);
    let mut rows = defendant::rows(&hearing, &applications, gather);
    rows.extend(application::rows(&hearing, &applications, gather));
    if rows.is_empty() {
        gather.skip(path, "the hearing", "it names no defendant and no application about a person", 0);
        return Ok(());
    }
    let count = rows.len();
    if hearing.days.is_empty() {
        gather.skip(path, "the hearing", "it has no hearing day that can be read", count);
        return Ok(());
    }
    let court = days::court(value);
    if court.code.is_none() && court.name.is_none() {
        gather.skip(
            path,
            "the hearing",
            "neither a court code nor a court name is given",
            count * hearing.days.len(),
        );
        return Ok(());
    }
    if hearing.id.is_none() {
        gather
            .note(path, "The hearing has no id, so a later message about it may appear as another hearing.");
    }
    let others = hearing.beside.results_of_others(value);
    if others > 0 {
        gather.note(path, format!("Results left out: {others}. They name nobody among the defendants."));
    }
    for day in &hearing.days {
        if day.cancelled {
            gather.skip(&day.path, format!("hearing day {}", day.date), "this day was cancelled", count);
            continue;
        }
        for row in &rows {
            gather.check_rows()?;
            let listing = row.on(day, &hearing, &court, gather);
            gather.weigh(&listing)?;
            gather.listings.push(listing);
        }
    }
    gather.covers_hearings.extend(hearing.id);
    Ok(())
}

/// Words of a note, with the reason as its own sentence.
fn remark(gather: &mut Gather<'_>, path: &str, why: &str) {
    gather.note(path, format!("{}.", capital(why)));
}

/// The items of an array with the path of each.
fn each<'v>(value: &'v Value, name: &str, path: &str) -> Vec<(&'v Value, String)> {
    items_at(value, name)
        .iter()
        .enumerate()
        .map(|(at, item)| (item, format!("{path}.{name}[{at}]")))
        .collect()
}
