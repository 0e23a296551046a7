//! The service's own page, by a one-time link, without an account. Opening the address shows nothing about anybody, whatever
//! stands in it; a button opens the referral. A link that is wrong, used, revoked or past its time gives one and the same answer.

use super::parts::packet;
use crate::access::policy::FollowReferrals;
use crate::access::{App, Permit, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ReferralId;
use crate::links::{self, Purpose};
use crate::people;
use crate::referrals::answering::{ANSWERS, Asks, CAME, asks, read};
use crate::referrals::codes::DECLINES;
use crate::referrals::following::keep_by;
use crate::referrals::making::{ANSWER_PATH, withdrawn_since};
use crate::referrals::reading::by_id;
use crate::referrals::record::Referral;
use crate::web::components::{
    Choice, Emphasis, Form, Input, InputKind, LabelSize, Layout, Width, button, date_input_in, error_summary,
    panel, radios, text_input, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent, Strings, Tongue, other_tongues, public_page};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

/// The language asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    lang: String,
}

/// The strings of this page.
pub(in crate::referrals) fn strings(tongue: Tongue) -> Strings {
    match tongue {
        Tongue::English => Strings::of(tongue, include_str!("../words/en.toml")),
        Tongue::Welsh => Strings::of(tongue, include_str!("../words/cy.toml")),
    }
}

/// The door: the same for every address. A mail program that follows links to check them opens nothing.
pub(super) async fn door(Path(token): Path<String>, Query(asked): Query<Asked>) -> Response {
    let s = strings(Tongue::from_code(&asked.lang));
    let href = format!("{ANSWER_PATH}{}", plain(&token));
    let body = html! {
        (other_tongues(s.tongue, &href))
        h1 class="govuk-heading-l" { (s.get("door-title")) }
        p class="govuk-body" { (s.get("door-text")) }
        form method="post" action=(href) novalidate {
            input type="hidden" name="step" value="open";
            input type="hidden" name="lang" value=(s.tongue.code());
            (button(s.get("door-button"), Emphasis::Primary))
        }
        p class="govuk-body" { (s.get("door-once")) }
    };
    public_page(s.tongue, s.get("door-title"), body).into_response()
}

/// Only what a token is made of goes back into the page.
fn plain(token: &str) -> String {
    token.chars().filter(char::is_ascii_alphanumeric).take(64).collect()
}

/// What a link opens, while the referral is open itself.
fn opened(
    w: &mut Writer<'_, FollowReferrals>,
    token: &str,
) -> store::Result<Option<(links::Opened, Referral)>> {
    let Some(opened) = links::open(w, token, Purpose::ReferralAnswer)? else { return Ok(None) };
    let Some(referral) = by_id(w, ReferralId::of(opened.subject))? else { return Ok(None) };
    let now = clock::now();
    let Some(person) = w.reading(|r| people::find(r, referral.person))? else { return Ok(None) };
    // What the person said since counts: the link of a referral they no longer want opens nothing.
    if !referral.state(now).is_open() || withdrawn_since(w, &person, &referral, now)?.is_some() {
        return Ok(None);
    }
    w.record(Event::new("referral opened by one-time link", "referral", referral.id));
    Ok(Some((opened, referral)))
}

pub(super) async fn send(State(app): State<App>, Path(token): Path<String>, Sent(mut form): Sent) -> Page {
    let s = strings(Tongue::from_code(form.value("lang")));
    let permit: Permit<FollowReferrals> = Permit::operator(app.db(), "one-time link");
    let secret = token.clone();
    let Some((link, referral)) = permit.write(move |w| opened(w, &secret)).await? else {
        return Ok(does_not_open(&s));
    };
    if form.value("step") != "answer" {
        return Ok(show(&token, &referral, &Form::blank(), &s));
    }
    let (name, role) = (short(form.value("your-name")), short(form.value("your-role")));
    if name.is_empty() {
        form.refuse("your-name", s.get("enter-name"));
    }
    if role.is_empty() {
        form.refuse("your-role", s.get("enter-role"));
    }
    let said = read(&mut form, &referral, &s, clock::now());
    if !form.is_accepted() {
        return Ok(show(&token, &referral, &form, &s));
    }
    let by = format!("{name}, {role}, {}", referral.service_name);
    let used = permit
        .write(move |w| {
            if !links::use_up(w, &link, &by)? {
                return Err(PageError::NotFound);
            }
            for new in &said {
                keep_by(w, &referral, new, &by)?;
            }
            Ok(())
        })
        .await;
    match used {
        Ok(()) => Ok(thanks(&s)),
        // Somebody was quicker with the same link: it is used, and a used link gives the one answer.
        Err(PageError::NotFound) => Ok(does_not_open(&s)),
        Err(error) => Err(error),
    }
}

fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(100).collect()
}

/// The one answer to every link that does not open.
fn does_not_open(s: &Strings) -> Response {
    let body = html! {
        h1 class="govuk-heading-l" { (s.get("closed-title")) }
        p class="govuk-body" { (s.get("closed-why")) }
        p class="govuk-body" { (s.get("closed-do")) }
    };
    (StatusCode::NOT_FOUND, public_page(s.tongue, s.get("closed-title"), body)).into_response()
}

fn thanks(s: &Strings) -> Response {
    let body = html! {
        (panel(s.get("thanks-title"), html! { (s.get("thanks-panel")) }))
        p class="govuk-body" { (s.get("thanks-text")) }
    };
    public_page(s.tongue, s.get("thanks-title"), body).into_response()
}

fn appointment_inputs(form: &Form, s: &Strings) -> Markup {
    let time = Input { kind: InputKind::Time, width: Width::Five, autocomplete: Some("off") };
    html! {
        (date_input_in(&form.field("appointment", s.get("appointment-day")), ["day", "month", "year"].map(|part| s.get(part))))
        (text_input(&form.field("appointment-time", s.get("appointment-time")), time))
        (text_input(&form.field("place", s.get("place")), Input { autocomplete: Some("off"), ..Input::default() }))
    }
}

fn answer_inputs(form: &Form, s: &Strings) -> Markup {
    let reasons: Vec<String> = DECLINES.iter().map(|d| format!("declined-{}", d.key)).collect();
    let declines: Vec<Choice<'_>> =
        DECLINES.iter().zip(&reasons).map(|(d, key)| Choice::new(d.key, s.get(key))).collect();
    let why = radios(&form.field("declined", s.get("why-declined")), Layout::Small, &declines);
    let all: Vec<Choice<'_>> = ANSWERS
        .iter()
        .map(|(key, _)| Choice {
            reveals: (*key == "declined").then(|| why.clone()),
            ..Choice::new(key, s.get(key))
        })
        .collect();
    html! {
        (radios(&form.field("answer", s.get("answer")).with_size(LabelSize::Small), Layout::Stacked, &all))
        (textarea(&form.field("words", s.get("words")).with_size(LabelSize::Small), 3))
        h3 class="govuk-heading-s" { (s.get("appointment-heading")) }
        p class="govuk-hint" { (s.get("appointment-hint")) }
        (appointment_inputs(form, s))
    }
}

fn attendance_inputs(form: &Form, referral: &Referral, s: &Strings) -> Markup {
    let all: Vec<Choice<'_>> = CAME.iter().map(|key| Choice::new(key, s.get(key))).collect();
    let on = referral.open_appointment().map(|a| clock::moment_words(a.offered.at)).unwrap_or_default();
    html! {
        h3 class="govuk-heading-s" { (s.with("attendance-heading", &on)) }
        (radios(&form.field("came", s.get("came")).with_size(LabelSize::Small), Layout::Stacked, &all))
        (textarea(&form.field("words", s.get("words")).with_size(LabelSize::Small), 3))
        h3 class="govuk-heading-s" { (s.get("next-heading")) }
        (appointment_inputs(form, s))
    }
}

fn show(token: &str, referral: &Referral, form: &Form, s: &Strings) -> Response {
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let title = s.with("referral-to", &referral.service_name);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { (title) }
        (warning_text(s.get("confidential")))
        h2 class="govuk-heading-m" { (s.get("told-heading")) }
        // Told in the words in which it was recorded, whatever the language of the page.
        div lang="en" { (packet(&referral.packet)) }
        p class="govuk-body" { (s.get("sent-by")) " " (referral.by) ", " (clock::moment_words(referral.sent_at)) ". " @if let Some(due) = referral.reply_due { (s.with("promised", &clock::day_words(due))) } }
        h2 class="govuk-heading-m" { (s.get("answer-heading")) }
        form method="post" action=(format!("{ANSWER_PATH}{}", plain(token))) novalidate {
            input type="hidden" name="step" value="answer";
            input type="hidden" name="lang" value=(s.tongue.code());
            (text_input(&form.field("your-name", s.get("your-name")).with_size(LabelSize::Small), line))
            (text_input(&form.field("your-role", s.get("your-role")).with_size(LabelSize::Small), line))
            @match asks(referral, clock::now()) {
                Asks::Answer => (answer_inputs(form, s)),
                Asks::Attendance => (attendance_inputs(form, referral, s)),
            }
            (button(s.get("send"), Emphasis::Primary))
        }
    };
    let title = if form.is_accepted() { title } else { format!("{}: {title}", s.get("error")) };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, public_page(s.tongue, &title, body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_string_and_every_code_its_words() {
        let english: Vec<String> = strings(Tongue::English).keys().map(str::to_owned).collect();
        assert!(english.len() > 50);
        for tongue in Tongue::ALL {
            let s = strings(tongue);
            assert_eq!(s.keys().collect::<Vec<_>>(), english, "{}", tongue.name());
            for key in ANSWERS.iter().map(|(key, _)| *key).chain(CAME) {
                assert_ne!(s.get(key), key, "{}", tongue.name());
            }
            for code in DECLINES {
                let key = format!("declined-{}", code.key);
                assert_ne!(s.get(&key), key, "{}", tongue.name());
            }
        }
    }
}
