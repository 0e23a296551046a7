//! What a list or a message says of a hearing, in our words. Pure; anything odd is noted and the rest is read.

use super::codes::{Attended, Comes, Ended, PutOff, Stood};
use super::heard::{Application, Charge, ComesBack, Heard, Pronounced};
use super::words::put_off;
use intake::{Bail, CourtResult, Custody, Listing, NextHearing, Stated};
use law::codes::{ResultCode, ResultType, ResultUse, find_result, find_result_by_meaning};
use serde_json::Value;

/// Result codes that mean: held or bailed while a doctor reports.
const FOR_DOCTOR: [&str; 5] = ["4540", "4051", "4536", "3132", "4582"];

/// What the file says about one person's day in court.
#[must_use]
pub fn meaning(listing: &Listing, court_code: &str) -> Heard {
    let mut heard = Heard {
        court_code: court_code.to_owned(),
        court: listing.court_name.clone().unwrap_or_default(),
        on: listing.date,
        at: listing.starts.or(listing.session_starts).map(|at| at.strftime("%H:%M").to_string()),
        room: listing.room.clone().filter(|room| room != "0"),
        court_hearing: listing.hearing_id.clone(),
        cases: references(listing),
        kind: listing.hearing_type.as_ref().and_then(|kind| kind.words.clone().or_else(|| kind.code.clone())),
        listed_for: listing.listed_for.clone().or_else(|| listing.block.clone()),
        charges: listing.offences.iter().map(charge).collect(),
        application: listing.application.as_ref().map(|application| Application {
            words: application.words.clone().unwrap_or_default(),
            review: application.is_review,
            breach: application.is_breach,
            // Its identity, which the reader makes, says so.
            alone: listing.source_key.contains(":application:"),
        }),
        attended: attended(listing.attendance.as_deref()),
        resulted: !listing.results.is_empty(),
        ..Heard::default()
    };
    if heard.listed_for == heard.kind {
        heard.listed_for = None;
    }
    if listing.attendance.is_some() && heard.attended == Attended::NotSaid {
        heard.oddities.push("How the person attended is stated in a word we do not know".into());
    }
    heard.results = listing.results.iter().map(|result| pronounced(result, listing)).collect();
    let stated = stood(listing.bail.as_ref(), listing.custody);
    if heard.resulted {
        heard.after = after(listing, stated);
        heard.ended = ended(listing, &mut heard.oddities);
    } else {
        heard.before = stated;
    }
    heard.comes_back = comes_back(listing.next_hearing.as_ref());
    if heard.comes_back.how == Comes::OnDay && listing.results.iter().any(names_a_week) {
        heard.comes_back.how = Comes::InWeek;
    }
    heard.comes_back.room = listing.results.iter().find_map(next_room);
    if heard.comes_back.how.is_said() && heard.ended == Ended::NotSaid {
        heard.ended = Ended::Adjourned;
    }
    if heard.ended == Ended::Adjourned {
        (heard.put_off, heard.put_off_words) = why(listing);
    }
    odd_results(&mut heard);
    heard
}

/// The first 60 characters.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

/// URN, then case number, each once.
fn references(listing: &Listing) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for reference in [&listing.urn, &listing.case_no].into_iter().flatten() {
        let reference = reference.trim().to_uppercase();
        if !reference.is_empty() && !found.contains(&reference) {
            found.push(reference);
        }
    }
    found
}

fn charge(offence: &intake::Offence) -> Charge {
    Charge {
        code: offence.code.clone(),
        title: offence.title.clone().unwrap_or_else(|| offence.code.clone().unwrap_or_default()),
        plea: offence.plea.clone(),
        convicted_on: offence.conviction_date,
    }
}

fn attended(sent: Option<&str>) -> Attended {
    match sent.unwrap_or_default().trim().to_uppercase().replace([' ', '-'], "_").as_str() {
        "IN_PERSON" => Attended::InPerson,
        "BY_VIDEO" | "VIDEO" | "VIDEO_LINK" => Attended::ByVideo,
        "NOT_PRESENT" | "ABSENT" => Attended::NotPresent,
        _ => Attended::NotSaid,
    }
}

/// From the code of the remand-status tables, else from what the reader made of it.
fn stood(bail: Option<&Bail>, custody: Custody) -> Stood {
    let code = bail.and_then(|bail| bail.code.as_deref()).unwrap_or_default().to_uppercase();
    let words = bail.and_then(|bail| bail.words.as_deref()).unwrap_or_default().to_lowercase();
    match code.as_str() {
        "U" | "UB" => Stood::UnconditionalBail,
        "B" | "CB" => Stood::ConditionalBail,
        "A" | "NA" if custody == Custody::NotStated => Stood::NotRemanded,
        _ => match custody {
            Custody::Custody => Stood::Custody,
            Custody::Bail if words.contains("unconditional") => Stood::UnconditionalBail,
            Custody::Bail if words.contains("conditional") => Stood::ConditionalBail,
            Custody::Bail => Stood::Bail,
            Custody::NotStated => Stood::NotSaid,
        },
    }
}

/// What a result's code leaves somebody as. Being held for one offence outweighs bail on another.
fn left_as(code: &ResultCode) -> Stood {
    let words = code.meaning.to_lowercase();
    match code.used_as {
        ResultUse::Hospital => Stood::Hospital,
        ResultUse::Custody | ResultUse::ForReport => Stood::Custody,
        ResultUse::MentalHealthOrder
            if code.result_type == ResultType::Interim || FOR_DOCTOR.contains(&code.code) =>
        {
            Stood::Hospital
        }
        ResultUse::Bail | ResultUse::ToCrownCourt => match () {
            () if words.contains("remand to hospital") => Stood::Hospital,
            () if ["custody", "prison", "secure", "detention", "local authority"]
                .iter()
                .any(|w| words.contains(w)) =>
            {
                Stood::Custody
            }
            () if words.contains("unconditional") => Stood::UnconditionalBail,
            () if words.contains("conditional") => Stood::ConditionalBail,
            () if words.contains("bail") => Stood::Bail,
            () => Stood::NotSaid,
        },
        _ => Stood::NotSaid,
    }
}

/// What the status after the hearing, sent with a result, means. Letters we have no table for say nothing.
fn status_after(result: &Value) -> Stood {
    match result.get("postHearingCustodyStatus").and_then(Value::as_str).unwrap_or_default().trim() {
        "C" | "L" | "S" | "P" => Stood::Custody,
        "U" => Stood::UnconditionalBail,
        "B" => Stood::ConditionalBail,
        _ => Stood::NotSaid,
    }
}

/// How somebody stood when the hearing ended: from the codes of the results, then from the status sent with them, then from the
/// bail status of the message, which is that of the moment it was sent.
fn after(listing: &Listing, stated: Stood) -> Stood {
    let heaviest = |found: Vec<Stood>| {
        [Stood::Hospital, Stood::Custody, Stood::ConditionalBail, Stood::UnconditionalBail, Stood::Bail]
            .into_iter()
            .find(|one| found.contains(one))
    };
    let codes = listing.results.iter().filter_map(code_of).map(left_as).collect();
    let statuses = listing.results.iter().map(|result| status_after(&result.raw)).collect();
    heaviest(codes).or_else(|| heaviest(statuses)).unwrap_or(stated)
}

fn code_of(result: &CourtResult) -> Option<&'static ResultCode> {
    match (&result.code, &result.label) {
        (Some(code), _) => find_result(code),
        (None, Some(label)) => find_result_by_meaning(label),
        (None, None) => None,
    }
}

/// What one result does to the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    PutsOff,
    ToCrown,
    Ends,
    EndsWithoutConviction,
    Nothing,
}

fn does(result: &CourtResult) -> Does {
    use ResultUse as U;
    let flag = |name: &str| result.raw.get(name).and_then(Value::as_bool).unwrap_or(false);
    let adjourns = flag("isAdjournmentResult") || result.raw.get("nextHearing").is_some_and(Value::is_object);
    match code_of(result) {
        Some(code) if code.used_as == U::ToCrownCourt => Does::ToCrown,
        Some(code) if code.is_adjournment() || FOR_DOCTOR.contains(&code.code) => Does::PutsOff,
        _ if adjourns => Does::PutsOff,
        Some(code) if code.used_as == U::NoConviction => Does::EndsWithoutConviction,
        Some(_) => Does::Ends,
        // Not in our table: the sender says whether it is final. What is called neither may be of no weight at all (legal aid).
        None => match result.raw.get("category").and_then(Value::as_str).unwrap_or_default() {
            "FINAL" | "F" if !speaks_of_no_end(result) && !speaks_of_adjourning(result) => Does::Ends,
            _ if speaks_of_adjourning(result) => Does::PutsOff,
            _ => Does::Nothing,
        },
    }
}

/// Labels the senders call final although they end no case.
fn speaks_of_no_end(result: &CourtResult) -> bool {
    let label = result.label.as_deref().unwrap_or_default().to_lowercase();
    ["legal aid", "guilty", "costs", "surcharge", "appeal"].iter().any(|word| label.contains(word))
}

fn speaks_of_adjourning(result: &CourtResult) -> bool {
    result.label.as_deref().unwrap_or_default().to_lowercase().contains("adjourn")
}

fn ended(listing: &Listing, oddities: &mut Vec<String>) -> Ended {
    let found: Vec<Does> = listing.results.iter().map(does).collect();
    let has = |wanted: Does| found.contains(&wanted);
    if has(Does::PutsOff) && (has(Does::Ends) || has(Does::EndsWithoutConviction)) {
        oddities.push("Some of it was ended, some put off: it counts as adjourned".into());
    }
    if has(Does::ToCrown) {
        Ended::ToCrownCourt
    } else if has(Does::PutsOff) {
        Ended::Adjourned
    } else if has(Does::Ends) {
        Ended::Disposed
    } else if has(Does::EndsWithoutConviction) {
        Ended::NoConviction
    } else {
        Ended::NotSaid
    }
}

fn comes_back(next: Option<&NextHearing>) -> ComesBack {
    let Some(next) = next else { return ComesBack::default() };
    let how = match (next.date, next.to_be_fixed) {
        (_, Stated::Yes) => Comes::ToBeFixed,
        (Some(_), _) => Comes::OnDay,
        (None, _) => Comes::NotSaid,
    };
    ComesBack {
        how,
        on: next.date.filter(|_| how != Comes::ToBeFixed),
        at: next.time.map(|at| at.strftime("%H:%M").to_string()),
        court_code: next.court_code.clone(),
        court: None,
        room: None,
    }
}

/// The room of the next hearing, where a result names one.
fn next_room(result: &CourtResult) -> Option<String> {
    let centre = &result.raw["nextHearing"]["courtCentre"];
    let room = centre["roomName"].as_str().or_else(|| centre["courtRoomName"].as_str())?.trim();
    (!room.is_empty()).then(|| short(room))
}

/// Whether a result names only the week of the next hearing.
fn names_a_week(result: &CourtResult) -> bool {
    let next = &result.raw["nextHearing"];
    next["weekCommencingDate"].is_string() && !next["listedStartDateTime"].is_string()
}

/// Why it was put off: a code that says so, then the words of the next hearing, then those of the list.
fn why(listing: &Listing) -> (PutOff, String) {
    let words = listing
        .next_hearing
        .as_ref()
        .and_then(|next| next.reason.clone())
        .or_else(|| listing.offences.iter().find_map(|offence| offence.adjournment_reason.clone()))
        .unwrap_or_default();
    if listing.results.iter().any(|r| r.code.as_deref().is_some_and(|code| FOR_DOCTOR.contains(&code.trim())))
    {
        return (PutOff::Psychiatric, words);
    }
    (put_off(&words), words)
}

fn pronounced(result: &CourtResult, listing: &Listing) -> Pronounced {
    let offence = result.offence_id.as_ref().and_then(|id| {
        listing.offences.iter().find(|offence| offence.id.as_ref() == Some(id)).and_then(|o| o.title.clone())
    });
    Pronounced {
        code: result.code.as_deref().map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned),
        label: result.label.clone().unwrap_or_default(),
        words: result.text.clone(),
        ordered_on: result.ordered_on,
        terms: terms(&result.raw),
        offence,
    }
}

/// Length and terms: the sender's prompts with a value. A prompt that names somebody stays out.
fn terms(raw: &Value) -> Option<String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("yes".to_owned()),
        _ => None,
    };
    let mut parts: Vec<String> = Vec::new();
    for prompt in raw.get("judicialResultPrompts").and_then(Value::as_array).into_iter().flatten().take(20) {
        let Some(label) = prompt.get("label").and_then(Value::as_str) else { continue };
        let lower = label.to_lowercase();
        if ["name", "victim", "address", "witness"].iter().any(|word| lower.contains(word)) {
            continue;
        }
        if let Some(value) = prompt.get("value").and_then(text).filter(|value| !value.is_empty()) {
            parts.push(format!("{}: {}", short(label), value.chars().take(200).collect::<String>()));
        }
    }
    if let Some(length) = raw.get("durationElement").filter(|_| parts.is_empty()) {
        let unit = match length.get("primaryDurationUnit").and_then(Value::as_str).unwrap_or_default() {
            "D" => "days",
            "W" => "weeks",
            "M" => "months",
            "Y" => "years",
            other => other,
        };
        if let Some(many) = length.get("primaryDurationValue").and_then(text) {
            parts.push(format!("{many} {unit}"));
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Codes outside our table, and codes that could not be given on the day.
fn odd_results(heard: &mut Heard) {
    let mut odd: Vec<String> = Vec::new();
    for result in &heard.results {
        let Some(code) = &result.code else { continue };
        let day = result.ordered_on.unwrap_or(heard.on);
        let words = match result.known() {
            // Only what looks like a code is repeated: anything could stand there.
            None if code.len() <= 8 && code.chars().all(|c| c.is_ascii_alphanumeric()) => {
                format!("Result code {code} is not in our table: its label is shown")
            }
            None => "A result has a code that is not in our table: its label is shown".to_owned(),
            Some(known) if !known.valid.covers(day) => {
                format!("Result code {code} ({}) could not be given on that day", known.meaning)
            }
            Some(_) => continue,
        };
        if !odd.contains(&words) {
            odd.push(words);
        }
    }
    heard.oddities.extend(odd);
}
