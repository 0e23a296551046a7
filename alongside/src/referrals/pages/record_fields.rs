//! The fields of each form, and how what was sent is read.

use super::record_page::{Act, Ways};
use crate::clock;
use crate::forms::{typed_at, typed_when, when_input};
use crate::post::{self, Kind};
use crate::referrals::codes::{
    ATTENDED, CHASED_BY, CLOSINGS, Code, DECLINES, MISSED, REVOKED, has, words_in,
};
use crate::referrals::following::{New, Reminder};
use crate::referrals::record::{Referral, What};
use crate::web::components::{Choice, Form, Input, LabelSize, Layout, radios, text_input, textarea};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use uuid::Uuid;

/// What a form said.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What happened, in order.
    pub(super) happened: Vec<New>,
    /// How the person wants to be reminded.
    pub(super) reminder: Option<Reminder>,
    /// Where a letter that asks again goes.
    pub(super) chase_to: String,
}

const ANSWERS: [(&str, &str, What); 5] = [
    ("accepted", "They take the person", What::Accepted),
    ("waiting", "On their waiting list", What::Waiting),
    ("declined", "They do not take them", What::Declined),
    ("asked", "They need to know something first", What::Asked),
    ("acknowledged", "They have it, no answer yet", What::Acknowledged),
];

fn choices(list: &'static [Code]) -> Vec<Choice<'static>> {
    list.iter().map(|code| Choice::new(code.key, code.words)).collect()
}

fn line<'a>() -> Input<'a> {
    Input { autocomplete: Some("off"), ..Input::default() }
}

/// The fields of an appointment; nothing in them means none was offered.
pub(super) fn appointment_fields(form: &Form, ways: Ways) -> Markup {
    html! {
        (when_input(form, "appointment", "Day of the appointment", "Time"))
        (text_input(&form.field("place", "Where"), line()))
        @if ways.email {
            @let text = Choice { reveals: Some(text_input(&form.field("remind-number", "Mobile number"), line())), ..Choice::new("text", "By text message") };
            @let email = Choice { reveals: Some(text_input(&form.field("remind-email", "E-mail address"), line())), ..Choice::new("email", "By e-mail") };
            @let none = Choice::new("none", "No reminder");
            @let all: Vec<Choice<'_>> = if ways.text { vec![text, email, none] } else { vec![email, none] };
            (radios(&form.field("remind", "Does the person want a reminder the day before?").with_size(LabelSize::Small).with_hint("It says only that they have an appointment, the day and the time. Ask whether somebody else reads their messages"), Layout::Small, &all))
            (text_input(&form.field("ring", "Number to ring if they can’t come").with_hint("Stands in the reminder. Leave it empty for none"), line()))
        }
    }
}

/// The fields of a form.
pub(super) fn fields(act: Act, form: &Form, referral: &Referral, ways: Ways) -> Markup {
    let size = LabelSize::Small;
    match act {
        Act::Answer => {
            let why = radios(&form.field("declined", "Why not?"), Layout::Small, &choices(DECLINES));
            let all: Vec<Choice<'_>> = ANSWERS
                .iter()
                .map(|(key, words, _)| Choice {
                    reveals: (*key == "declined").then(|| why.clone()),
                    ..Choice::new(key, words)
                })
                .collect();
            html! {
                (radios(&form.field("answer", "What did they say?").with_size(size), Layout::Stacked, &all))
                (text_input(&form.field("who", "Who said so").with_size(size).with_hint("Name and role"), line()))
                (when_input(form, "at", "When they said so", "Time"))
                (textarea(&form.field("words", "In words"), 3))
            }
        }
        Act::Answered => html! {
            (textarea(&form.field("words", "What you told them").with_size(size).with_hint("Tell them only what the person agreed to; note it in the ledger when it is new to them"), 4))
            (when_input(form, "at", "When", "Time"))
        },
        Act::Appointment => html! {
            (appointment_fields(form, ways))
            (textarea(&form.field("words", "More about it").with_size(size).with_hint("Who they will see, what to bring, whether the person knows"), 3))
        },
        Act::Attendance => {
            let all: Vec<Choice<'_>> = CAME.iter().map(|key| Choice::new(key, came_words(key))).collect();
            html! {
                @if let Some(open) = referral.open_appointment() {
                    p class="govuk-body" { "Appointment on " (clock::weekday_words(clock::london_day(open.offered.at))) ", " (clock::time_words(open.offered.at)) @if !open.offered.place.is_empty() { ", " (open.offered.place) } "." }
                }
                (radios(&form.field("came", "Did they come?").with_size(size), Layout::Stacked, &all))
                (textarea(&form.field("words", "In words").with_size(size), 3))
                (text_input(&form.field("who", "Who told you").with_size(size).with_hint("Name and role; leave it empty if you were there"), line()))
                h2 class="govuk-heading-m" { "The next appointment, if there is one" }
                (appointment_fields(form, ways))
            }
        }
        Act::Chase => {
            let mut all = choices(CHASED_BY);
            if let Some(email) = all.iter_mut().find(|c| c.value == "email") {
                email.reveals = Some(text_input(
                    &form
                        .field("email", "Their e-mail address")
                        .with_hint("A letter with a new link leaves at once; its text is below"),
                    line(),
                ));
            }
            all.retain(|c| ways.email || c.value != "email");
            html! {
                (radios(&form.field("how", "How?").with_size(size), Layout::Stacked, &all))
                (textarea(&form.field("words", "In words").with_size(size).with_hint("What was asked, who answered, what they said"), 3))
                (when_input(form, "at", "When", "Time"))
            }
        }
        Act::Accompanies => html! {
            (text_input(&form.field("who", "Who goes with them").with_size(size), line()))
            (textarea(&form.field("words", "Where they meet, how they get there").with_size(size), 3))
        },
        Act::Close => html! {
            (textarea(&form.field("words", "What came of it").with_size(size).with_hint("What changed for the person, in their words where you can"), 4))
            (radios(&form.field("code", "Why it ends").with_size(size), Layout::Stacked, &choices(CLOSINGS)))
        },
        Act::Revoke => html! {
            (radios(&form.field("code", "Why?").with_size(size), Layout::Stacked, &choices(REVOKED)))
            (textarea(&form.field("words", "In words").with_size(size), 3))
        },
        Act::Note => html! { (textarea(&form.field("words", "Note").with_size(size), 4)) },
    }
}

fn came_words(key: &str) -> &str {
    key.split_once('-')
        .map_or(key, |(list, code)| words_in(if list == "attended" { ATTENDED } else { MISSED }, code))
}

/// Keys of the answers to "did they come?".
const CAME: [&str; 11] = [
    "attended-on-time",
    "attended-late-seen",
    "missed-no-word",
    "missed-person-cancelled",
    "missed-late-not-seen",
    "missed-service-cancelled",
    "missed-service-not-ready",
    "missed-not-told",
    "missed-we-failed",
    "missed-in-custody",
    "missed-not-known",
];

/// Reads an appointment where one was typed.
pub(super) fn read_appointment(form: &mut Form, now: Timestamp) -> Option<New> {
    let typed = ["appointment-day", "appointment-month", "appointment-year", "appointment-time", "place"]
        .iter()
        .any(|name| !form.value(name).trim().is_empty());
    if !typed {
        return None;
    }
    let at = typed_at(form, "appointment")?;
    if at.duration_since(now) > SignedDuration::from_hours(24 * 400) {
        form.refuse("appointment", "This is more than a year ahead: check the year");
    }
    let place = super::parts::text(form, "place", "Where", 300);
    Some(New { at, place, ..New::of(What::Appointment) })
}

/// Reads how the person wants to be reminded.
fn read_reminder(form: &mut Form, ways: Ways) -> Option<Reminder> {
    let ring = super::parts::text(form, "ring", "Number to ring", 30);
    if !ring.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c)) {
        form.refuse("ring", "Enter a telephone number, or leave it empty");
    }
    let (kind, name) = match form.value("remind") {
        "text" if ways.text => (Kind::Text, "remind-number"),
        "email" if ways.email => (Kind::Email, "remind-email"),
        _ => return None,
    };
    let typed = form.value(name).to_owned();
    let to = match kind {
        Kind::Text => post::phone(&typed),
        Kind::Email => post::address(&typed),
    };
    match to {
        Ok(to) => Some(Reminder { kind, to, ring }),
        Err(why) => {
            form.refuse(name, why.to_string());
            None
        }
    }
}

fn needed(form: &mut Form, name: &str, words: &str, advice: &str) {
    if words.is_empty() {
        form.refuse(name, advice);
    }
}

fn chosen(form: &mut Form, name: &str, list: &[Code], advice: &str) -> String {
    let key = form.value(name).to_owned();
    if !has(list, &key) {
        form.refuse(name, advice);
    }
    key
}

/// "Jo Bright, intake: …".
fn with_who(form: &mut Form, words: &str) -> String {
    let who = super::parts::text(form, "who", "Who", 100);
    match (who.is_empty(), words.is_empty()) {
        (true, _) => words.to_owned(),
        (false, true) => who,
        (false, false) => format!("{who}: {words}"),
    }
}

/// Reads a form; what can't be used is refused in it.
pub(super) fn read(
    act: Act,
    form: &mut Form,
    referral: &Referral,
    words: &str,
    ways: Ways,
    now: Timestamp,
) -> Said {
    let mut said = Said::default();
    match act {
        Act::Answer => {
            let answer = ANSWERS.iter().find(|(key, ..)| *key == form.value("answer"));
            if answer.is_none() {
                form.refuse("answer", "Choose what they said");
            }
            let what = answer.map_or(What::Note, |(.., what)| *what);
            let code = if what == What::Declined {
                chosen(form, "declined", DECLINES, "Choose why they do not take them")
            } else {
                String::new()
            };
            if what == What::Asked || code == "other" {
                needed(form, "words", words, "Write what they said");
            }
            let at = typed_when(form, "at", now).unwrap_or(now);
            let words = with_who(form, words);
            said.happened.push(New { code, words, at, ..New::of(what) });
        }
        Act::Answered => {
            needed(form, "words", words, "Write what you told them");
            let at = typed_when(form, "at", now).unwrap_or(now);
            said.happened.push(New { words: words.into(), at, ..New::of(What::Answered) });
        }
        Act::Appointment => {
            let appointment = read_appointment(form, now);
            if appointment.is_none() && form.is_accepted() {
                form.refuse("appointment", "Enter the day and the time of the appointment");
            }
            said.reminder = read_reminder(form, ways);
            said.happened.extend(moved(referral, now));
            said.happened.extend(appointment.map(|new| New { words: words.into(), ..new }));
        }
        Act::Attendance => attendance(form, referral, words, ways, now, &mut said),
        Act::Chase => {
            let code = chosen(form, "how", CHASED_BY, "Choose how you asked");
            if code == "email" {
                match post::address(form.value("email")) {
                    Ok(to) if ways.email => said.chase_to = to,
                    Ok(_) => form.refuse("how", "No mail server is set: ask by telephone"),
                    Err(why) => form.refuse("email", why.to_string()),
                }
            }
            let at = typed_when(form, "at", now).unwrap_or(now);
            said.happened.push(New { code, words: words.into(), at, ..New::of(What::Chased) });
        }
        Act::Accompanies => {
            let who = super::parts::text(form, "who", "Who goes with them", 100);
            needed(form, "who", &who, "Enter who goes with them");
            let words = if words.is_empty() { who } else { format!("{who}: {words}") };
            let of = referral.open_appointment().map(|a| Uuid::from(a.offered.id));
            said.happened.push(New { words, of, ..New::of(What::Accompanies) });
        }
        Act::Close | Act::Revoke => {
            let (list, what) =
                if act == Act::Close { (CLOSINGS, What::Closed) } else { (REVOKED, What::Revoked) };
            let code = chosen(form, "code", list, "Choose why");
            if code == "other" {
                needed(form, "words", words, "Give the reason in words");
            }
            said.happened.push(New { code, words: words.into(), ..New::of(what) });
        }
        Act::Note => {
            needed(form, "words", words, "Write the note");
            said.happened.push(New { words: words.into(), ..New::of(What::Note) });
        }
    }
    said
}

/// A new appointment in place of one that lies ahead: that one will not be.
fn moved(referral: &Referral, now: Timestamp) -> Option<New> {
    let open = referral.open_appointment().filter(|a| a.offered.at > now)?;
    Some(New { of: Some(open.offered.id.into()), ..New::of(What::CalledOff) })
}

fn attendance(
    form: &mut Form,
    referral: &Referral,
    words: &str,
    ways: Ways,
    now: Timestamp,
    said: &mut Said,
) {
    let came = form.value("came").to_owned();
    let open = referral.open_appointment();
    let (what, code) = match (came.strip_prefix("attended-"), came.strip_prefix("missed-")) {
        (Some(code), _) if has(ATTENDED, code) => (What::Attended, code),
        (_, Some(code)) if has(MISSED, code) => (What::Missed, code),
        _ => {
            form.refuse("came", "Choose whether they came, or why not");
            (What::Missed, "not-known")
        }
    };
    let at = open.map_or(now, |a| a.offered.at);
    if what == What::Attended && at > now {
        form.refuse("came", "The appointment has not come yet");
    }
    let (of, code) = (open.map(|a| Uuid::from(a.offered.id)), code.to_owned());
    let words = with_who(form, words);
    said.happened.push(New { code, words, at: at.min(now), of, ..New::of(what) });
    said.happened.extend(read_appointment(form, now));
    said.reminder = read_reminder(form, ways);
}
