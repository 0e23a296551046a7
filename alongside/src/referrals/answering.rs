//! What a service answers on its own page, read from the form: pure functions of form, referral and now.

use super::codes::{DECLINES, has};
use super::following::New;
use super::record::{Referral, What};
use super::state::State;
use crate::forms::typed_at;
use crate::web::Strings;
use crate::web::components::Form;
use jiff::Timestamp;
use uuid::Uuid;

/// What the service may answer, in the order of the page.
pub const ANSWERS: [(&str, What); 5] = [
    ("accepted", What::Accepted),
    ("waiting", What::Waiting),
    ("declined", What::Declined),
    ("asked", What::Asked),
    ("acknowledged", What::Acknowledged),
];

/// How an appointment may have gone, as the service can know it.
pub const CAME: [&str; 8] = [
    "attended-on-time",
    "attended-late-seen",
    "missed-no-word",
    "missed-person-cancelled",
    "missed-late-not-seen",
    "missed-service-cancelled",
    "missed-service-not-ready",
    "missed-not-known",
];

/// Longest text that a service may write.
const LONGEST: usize = 4_000;

/// What the page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Whether they take the person, and a first appointment.
    Answer,
    /// How the appointment went, and the next one.
    Attendance,
}

/// What is open between us and them.
#[must_use]
pub fn asks(referral: &Referral, now: Timestamp) -> Asks {
    match referral.state(now) {
        State::Booked | State::Passed => Asks::Attendance,
        _ => Asks::Answer,
    }
}

/// Reads what they answered; what can't be used is refused in the form.
#[must_use]
pub fn read(form: &mut Form, referral: &Referral, strings: &Strings, now: Timestamp) -> Vec<New> {
    let words: String = form.value("words").trim().chars().take(LONGEST).collect();
    let mut said = match asks(referral, now) {
        Asks::Answer => answer(form, strings, words),
        Asks::Attendance => attendance(form, referral, strings, words, now),
    };
    let place: String = form.value("place").trim().chars().take(300).collect();
    let typed = ["appointment-day", "appointment-month", "appointment-year", "appointment-time"]
        .iter()
        .any(|name| !form.value(name).trim().is_empty());
    if typed || !place.is_empty() {
        let mut own = form.clone();
        match typed_at(&mut own, "appointment") {
            Some(at) => said.push(New { at, place, ..New::of(What::Appointment) }),
            None => form.refuse("appointment", strings.get("appointment-needed")),
        }
    }
    for new in &mut said {
        new.via = "service";
    }
    said
}

fn answer(form: &mut Form, strings: &Strings, words: String) -> Vec<New> {
    let Some((_, what)) = ANSWERS.iter().find(|(key, _)| *key == form.value("answer")) else {
        form.refuse("answer", strings.get("choose-answer"));
        return Vec::new();
    };
    let mut code = String::new();
    if *what == What::Declined {
        code = form.value("declined").to_owned();
        if !has(DECLINES, &code) {
            form.refuse("declined", strings.get("choose-declined"));
        }
    }
    if *what == What::Asked && words.is_empty() {
        form.refuse("words", strings.get("write-question"));
    }
    vec![New { code, words, ..New::of(*what) }]
}

fn attendance(
    form: &mut Form,
    referral: &Referral,
    strings: &Strings,
    words: String,
    now: Timestamp,
) -> Vec<New> {
    let Some(came) = CAME.iter().find(|key| **key == form.value("came")) else {
        form.refuse("came", strings.get("choose-came"));
        return Vec::new();
    };
    let open = referral.open_appointment();
    let at = open.map_or(now, |a| a.offered.at);
    let (what, code) = match came.strip_prefix("attended-") {
        Some(code) => (What::Attended, code),
        None => (What::Missed, came.trim_start_matches("missed-")),
    };
    if what == What::Attended && at > now {
        form.refuse("came", strings.get("not-yet"));
    }
    vec![New {
        code: code.into(),
        words,
        at: at.min(now),
        of: open.map(|a| Uuid::from(a.offered.id)),
        ..New::of(what)
    }]
}
