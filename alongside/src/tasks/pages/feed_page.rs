//! The address of one's calendar feed, and the feed.

use super::parts::shell;
use crate::access::policy::WorkTasks;
use crate::access::{App, Permit};
use crate::clock;
use crate::links::{self, Purpose};
use crate::tasks::diary::entries_of;
use crate::tasks::feed::calendar;
use crate::web::components::{Emphasis, Form, Input, button_link, panel, text_input, warning_text};
use crate::web::{Page, page};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use jiff::SignedDuration;
use maud::html;

/// Hours that an address works.
const HOURS: i64 = 24 * 365;
/// How far back the feed goes.
const BACK_HOURS: i64 = 24 * 31;

pub(super) async fn make(permit: Permit<WorkTasks>, State(app): State<App>) -> Page {
    let me = permit.account_id();
    let token = permit.write(move |w| links::make(w, Purpose::Diary, me, HOURS)).await?;
    let mut form = Form::blank();
    form.set("address", format!("{}/diary-feed/{token}", app.config.public_url));
    let body = html! {
        (panel("Address made", html! { "Copy it now: it is not shown again" }))
        (text_input(&form.field("address", "The address"), Input { autocomplete: Some("off"), ..Input::default() }))
        (warning_text("Whoever has it sees when you have appointments. An address made before no longer works."))
        (button_link("I have copied it", Emphasis::Primary, "/diary"))
    };
    Ok(page(&permit, shell("Calendar address", "/tasks", ("Diary", "/diary")), body))
}

pub(super) async fn end(permit: Permit<WorkTasks>) -> Page {
    let me = permit.account_id();
    permit.write(move |w| links::revoke(w, Purpose::Diary, me)).await?;
    Ok(Redirect::to("/diary").into_response())
}

pub(super) async fn feed(State(app): State<App>, Path(token): Path<String>) -> Page {
    let permit: Permit<WorkTasks> = Permit::operator(app.db(), "calendar feed");
    let now = clock::now();
    let from = now.checked_sub(SignedDuration::from_hours(BACK_HOURS)).unwrap_or(now);
    let token = token.trim_end_matches(".ics").to_owned();
    let found = permit
        .write(move |w| {
            let Some(opened) = links::open(w, &token, Purpose::Diary)? else {
                return Ok::<_, store::Error>(None);
            };
            entries_of(w, opened.subject, from).map(Some)
        })
        .await?;
    Ok(match found {
        Some(entries) => ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar(&entries, now))
            .into_response(),
        None => (StatusCode::NOT_FOUND, "").into_response(),
    })
}
