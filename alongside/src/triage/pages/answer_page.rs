//! Answering by a one-time link, without an account. Opening the address shows nothing about anybody, whatever stands in it; a
//! button opens the request. A link that is wrong, used, revoked or past its time gives one and the same answer.

use super::case_parts::packet;
use super::requests_page::{keep_answers, partner_inputs, read_answer};
use crate::access::policy::AnswerRequests;
use crate::access::{App, Permit};
use crate::triage::links::{LinkFor, Opened, open, use_up};
use crate::triage::sheets::for_partner;
use crate::web::components::{
    Emphasis, Form, Input, LabelSize, button, error_summary, panel, text_input, warning_text,
};
use crate::web::{Page, PageError, Sent, bare_page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

/// Longest name or role kept.
const LONGEST: usize = 100;

/// The door: the same for every address. A mail program that follows links to check them opens nothing.
pub(super) async fn door(Path(token): Path<String>) -> Response {
    let body = html! {
        h1 class="govuk-heading-l" { "Answer a request" }
        p class="govuk-body" { "You were sent a link by a liaison service that works in courts. Open the request if it was sent to you." }
        form method="post" action=(format!("/answer/{}", plain(&token))) novalidate {
            input type="hidden" name="step" value="open";
            (button("Open the request", Emphasis::Primary))
        }
        p class="govuk-body" { "The link works once. What you open is confidential health information about a person." }
    };
    bare_page("Answer a request", body).into_response()
}

/// Only what a token is made of goes back into the page.
fn plain(token: &str) -> String {
    token.chars().filter(char::is_ascii_alphanumeric).take(64).collect()
}

fn permit(app: &App) -> Permit<AnswerRequests> {
    Permit::operator(app.db(), "one-time link")
}

pub(super) async fn send(State(app): State<App>, Path(token): Path<String>, Sent(mut form): Sent) -> Page {
    let permit = permit(&app);
    let secret = token.clone();
    let Some(opened) = permit.write(move |w| open(w, &secret)).await? else { return Ok(does_not_open()) };
    if form.value("step") != "answer" {
        return Ok(show(&token, &opened, &Form::blank()));
    }
    let (name, role) = (short(form.value("your-name")), short(form.value("your-role")));
    if name.is_empty() {
        form.refuse("your-name", "Enter your name");
    }
    if role.is_empty() {
        form.refuse("your-role", "Enter your role");
    }
    let sheet = for_partner(opened.request.sent.doctor, opened.link.purpose.key());
    let sent = read_answer(sheet, &opened.request, opened.link.purpose, &mut form);
    if !form.is_accepted() {
        return Ok(show(&token, &opened, &form));
    }
    let by = format!("{name}, {role}, {} (by one-time link)", opened.request.sent.name);
    let used = permit
        .write(move |w| {
            if !use_up(w, &opened.link, &by)? {
                return Err(PageError::NotFound);
            }
            let via = format!("link {}", opened.request.sent.id);
            Ok(keep_answers(w, &opened.request, sheet, &sent, &by, &via)?)
        })
        .await;
    match used {
        Ok(()) => Ok(thanks()),
        // Somebody was quicker with the same link: it is used, and a used link gives the one answer.
        Err(PageError::NotFound) => Ok(does_not_open()),
        Err(error) => Err(error),
    }
}

fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// The one answer to every link that does not open.
fn does_not_open() -> Response {
    let body = html! {
        h1 class="govuk-heading-l" { "This link does not open" }
        p class="govuk-body" { "It may have been used, replaced or taken back, or its time is over. Links also close for ten minutes when too many wrong ones were tried." }
        p class="govuk-body" { "Ring the person who sent it to you, and ask for another." }
    };
    (StatusCode::NOT_FOUND, bare_page("This link does not open", body)).into_response()
}

fn thanks() -> Response {
    let body = html! {
        (panel("Answer received", html! { "The service that asked sees it now" }))
        p class="govuk-body" { "The link no longer works. To change or add something, ring whoever sent it, and ask for another." }
    };
    bare_page("Answer received", body).into_response()
}

fn show(token: &str, opened: &Opened, form: &Form) -> Response {
    let sent = &opened.request.sent;
    let sheet = for_partner(sent.doctor, opened.link.purpose.key());
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Request to " (sent.name) }
        (warning_text("Confidential health information. Close this page when you have answered; it does not open twice."))
        h2 class="govuk-heading-m" { "What you are told" }
        (packet(&sent.packet))
        h2 class="govuk-heading-m" { (opened.link.purpose.words()) }
        form method="post" action=(format!("/answer/{}", plain(token))) novalidate {
            input type="hidden" name="step" value="answer";
            (text_input(&form.field("your-name", "Your name").with_size(LabelSize::Small), line))
            (text_input(&form.field("your-role", "Your role").with_size(LabelSize::Small), line))
            (partner_inputs(sheet, form, opened.link.purpose))
            (button(if opened.link.purpose == LinkFor::Answer { "Send the answer" } else { "Send" }, Emphasis::Primary))
        }
    };
    let title = if form.is_accepted() { "Request" } else { "Error: Request" };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, bare_page(title, body)).into_response()
}
