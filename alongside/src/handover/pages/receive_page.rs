//! What a one-time link opens: the warning, and the way to confirm it. Nothing else, no account, no script needed.

use super::form_page::sheet;
use super::parts::{Shown, text};
use crate::access::App;
use crate::clock;
use crate::handover::codes::Confirmed;
use crate::handover::handing::{NewReceipt, receive};
use crate::handover::links::{Limit, find_link, note_opened, receiver, use_up};
use crate::web::components::{Emphasis, Form, Input, button, error_summary, panel, print_button, text_input};
use crate::web::{Page, PageError, Sent, bare_page};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use std::sync::Arc;

pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    Extension(limit): Extension<Arc<Limit>>,
) -> Page {
    match opened(&app, &token).await? {
        Some(shown) => Ok(draw(&shown, &token, &Form::blank())),
        None => Ok(nothing(&limit)),
    }
}

async fn opened(app: &App, token: &str) -> Result<Option<Shown>, PageError> {
    let token = token.to_owned();
    let shown = receiver(app)
        .write(move |w| {
            let Some(link) = w.reading(|r| find_link(r, &token))? else { return Ok::<_, store::Error>(None) };
            note_opened(w, &link)?;
            w.reading(|r| Shown::with(r, link.opened)).map(Some)
        })
        .await?;
    Ok(shown)
}

/// One answer for every link that opens nothing: wrong, used, run out, taken back.
fn nothing(limit: &Limit) -> Response {
    let status =
        if limit.is_passed(clock::now()) { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::NOT_FOUND };
    let body = html! {
        h1 class="govuk-heading-l" { "This link opens nothing" }
        p class="govuk-body" { "It may have been used already, or have run out, or not be whole. Ring whoever sent it to you: they can make a new one, or write down that you have the warning." }
    };
    (status, bare_page("This link opens nothing", body)).into_response()
}

fn draw(shown: &Shown, token: &str, form: &Form) -> Response {
    let ok = form.is_accepted();
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let seen = format!("Opened by one-time link, {}", clock::moment_words(clock::now()));
    let body = html! {
        (error_summary(form))
        (sheet(shown, &html! {}, &seen))
        (print_button("Print"))
        section class="al-no-print al-confirm" aria-labelledby="confirm" {
            h2 class="govuk-heading-m" id="confirm" { "Confirm that you have it" }
            p class="govuk-body" { "It tells the court team that the warning has arrived. The link then closes." }
            form method="post" action=(format!("/receive/{token}")) novalidate {
                (text_input(&form.field("received-by", "Your name"), plain))
                (text_input(&form.field("role", "Your role, rank or number, and where you work"), plain))
                (text_input(&form.field("note", "What you will do, if you want to say"), plain))
                (button("I have this warning", Emphasis::Primary))
            }
        }
    };
    let status = if ok { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if ok { "Self-harm warning" } else { "Error: Self-harm warning" };
    (status, bare_page(title, body)).into_response()
}

pub(super) async fn send(
    State(app): State<App>,
    Path(token): Path<String>,
    Extension(limit): Extension<Arc<Limit>>,
    Sent(mut form): Sent,
) -> Page {
    for (field, complaint) in
        [("received-by", "Enter your name"), ("role", "Enter your role, and where you work")]
    {
        let long = form.value(field).chars().count() > 200;
        if long || text(&form, field).is_empty() {
            form.refuse(field, if long { "Shorten this to 200 characters" } else { complaint });
        }
    }
    if form.value("note").chars().count() > 500 {
        form.refuse("note", "Shorten this to 500 characters");
    }
    if !form.is_accepted() {
        return match opened(&app, &token).await? {
            Some(shown) => Ok(draw(&shown, &token, &form)),
            None => Ok(nothing(&limit)),
        };
    }
    let new = NewReceipt {
        received_by: text(&form, "received-by"),
        role: text(&form, "role"),
        how: Confirmed::Link,
        note: text(&form, "note"),
        received_at: clock::now(),
    };
    let received = receiver(&app)
        .write(move |w| {
            let Some(link) = w.reading(|r| find_link(r, &token))? else {
                return Ok::<_, store::Error>(false);
            };
            Ok(use_up(w, &link)? && receive(w, &link.opened, link.handover, &new)?)
        })
        .await?;
    if !received {
        return Ok(nothing(&limit));
    }
    let body = panel(
        "Thank you",
        html! { "The court team knows that you have the warning, since " (clock::time_words(clock::now())) "." },
    );
    Ok(bare_page("Warning received", body).into_response())
}
