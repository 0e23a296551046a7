//! Asking for a record outside one's projects: one page, a reason, and it is open. Names nobody before.

use crate::access::policy::{BreakGlass, OwnAccount};
use crate::access::{App, Permit, ReasonClass, break_glass, close_glass};
use crate::ids::PersonId;
use crate::people::{Reach, reach};
use crate::web::components::{
    Choice, Emphasis, Form, Layout, back_link, button, error_summary, interruption_card, radios, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::html;
use uuid::Uuid;

/// Shortest reason: a word is none.
const SHORTEST_REASON: usize = 10;
/// Longest reason.
const LONGEST_REASON: usize = 2_000;

/// The record meant, if the reader needs the glass for it; where to go when they don't.
async fn closed(permit: &Permit<BreakGlass>, id: PersonId) -> Result<Result<PersonId, PersonId>, PageError> {
    match permit.read(move |r| reach(r, id)).await? {
        Some(Reach::Closed(kept)) => Ok(Ok(kept)),
        Some(Reach::Own(kept) | Reach::ByGlass(kept)) => Ok(Err(kept)),
        None => Err(PageError::NotFound),
    }
}

pub(super) async fn ask(
    permit: Permit<BreakGlass>,
    State(app): State<App>,
    Path(id): Path<PersonId>,
) -> Page {
    match closed(&permit, id).await? {
        Ok(kept) => Ok(draw(&permit, &app, kept, &Form::blank())),
        Err(kept) => Ok(Redirect::to(&format!("/people/{kept}")).into_response()),
    }
}

fn draw(permit: &Permit<BreakGlass>, app: &App, id: PersonId, form: &Form) -> axum::response::Response {
    let choices: Vec<Choice<'_>> = ReasonClass::ALL.iter().map(|c| Choice::new(c.key(), c.words())).collect();
    let minutes = app.config.glass.minutes;
    let body = html! {
        (error_summary(form))
        (interruption_card(
            "This record is outside your projects",
            html! {
                p { "You can open it in an emergency. It is then open to you alone, for " (minutes) " minutes, to read." }
                p { "That you did, why, and everything you see of it is noted. The records guardian reviews it. The person may be told." }
            },
            html! {},
        ))
        form method="post" action=(format!("/glass/{id}")) novalidate {
            (radios(&form.field("class", "Why do you need it now?"), Layout::Stacked, &choices))
            (textarea(&form.field("reason", "In your words").with_hint("What you need to know, and for what. The records guardian reads it"), 4))
            (button("Break the glass", Emphasis::Warning))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Break the glass" } else { "Error: Break the glass" };
    let shell = Shell {
        title,
        room: "/people",
        before: Some(back_link("Find a person", "/people")),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

pub(super) async fn send(
    permit: Permit<BreakGlass>,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let kept = match closed(&permit, id).await? {
        Ok(kept) => kept,
        Err(kept) => return Ok(Redirect::to(&format!("/people/{kept}")).into_response()),
    };
    let class = ReasonClass::from_key(form.value("class"));
    if class.is_none() {
        form.refuse("class", "Choose why you need the record now");
    }
    let reason = form.value("reason").trim().to_owned();
    match reason.chars().count() {
        n if n < SHORTEST_REASON => {
            form.refuse("reason", "Say in a sentence what you need to know, and for what")
        }
        n if n > LONGEST_REASON => {
            form.refuse("reason", format!("Shorten the reason to {LONGEST_REASON} characters"))
        }
        _ => {}
    }
    let (Some(class), true) = (class, form.is_accepted()) else {
        return Ok(draw(&permit, &app, kept, &form));
    };
    let Some(account) = permit.account().cloned() else { return Err(PageError::NotFound) };
    let rule = app.config.glass.clone();
    let opened =
        permit.write(move |w| break_glass(w, &account, kept.into(), (class, &reason), &rule)).await?;
    if opened.is_none() {
        form.refuse("class", "Your earlier use is not reviewed yet, and for this reason another one waits until it is. Ask the records guardian, or a colleague in the project that holds the record. If a life is in danger, say so: that never waits");
        return Ok(draw(&permit, &app, kept, &form));
    }
    Ok(Redirect::to(&format!("/people/{kept}")).into_response())
}

/// Closing needs no capability but one's own account: a role that ended meanwhile must not keep it open.
pub(super) async fn close(permit: Permit<OwnAccount>, Path(id): Path<Uuid>) -> Page {
    let account = permit.account_id();
    permit.write(move |w| close_glass(w, account, id)).await?;
    Ok(Redirect::to("/").into_response())
}
