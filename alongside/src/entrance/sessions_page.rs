//! One's sessions: where one is signed in, and ending them; how long this one goes on, and making it longer.

use super::sign_in_page::{off_thread, with_cookies};
use crate::access::policy::OwnAccount;
use crate::access::{App, Ending, Permit, SessionLine, end_sessions, seconds_left, sessions};
use crate::clock;
use crate::web::components::{
    Caption, Column, Emphasis, TagColour, back_link, button, post_button, table, tag,
};
use crate::web::{Page, PageError, Shell, page};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde_json::json;
use uuid::Uuid;

pub(super) async fn list(permit: Permit<OwnAccount>) -> Page {
    let (id, now) = (permit.account_id(), clock::now());
    let lines = permit.read(move |r| sessions(r, id, now)).await?;
    let this = permit.account().map(|a| a.session.id);
    let rows: Vec<Vec<Markup>> = lines.iter().map(|line| row(line, this)).collect();
    let columns = [
        Column::words("With"),
        Column::words("From"),
        Column::words("Since"),
        Column::words("Last used"),
        Column::words("End"),
    ];
    let body = html! {
        h1 class="govuk-heading-l" { "Where you are signed in" }
        p class="govuk-body" { "If you don't know one of these, end it and change your password." }
        (table(Caption::Hidden("Your sessions"), &columns, &rows))
        form method="post" action="/account/sessions/end-all" { (button("Sign out everywhere", Emphasis::Warning)) }
    };
    let shell = Shell {
        title: "Where you are signed in",
        before: Some(back_link("Your account", "/account")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

fn row(line: &SessionLine, this: Option<Uuid>) -> Vec<Markup> {
    vec![
        html! { (line.browser) },
        html! { (line.network) },
        html! { (clock::moment_words(line.began_at)) },
        html! { (clock::moment_words(line.seen_at)) },
        if this == Some(line.id) {
            tag(TagColour::Green, "This one")
        } else {
            post_button(
                "End",
                &format!("{}, {}", line.browser, line.network),
                Emphasis::Small,
                &format!("/account/sessions/{}/end", line.id),
            )
        },
    ]
}

async fn end(permit: &Permit<OwnAccount>, which: Ending) -> Result<(), PageError> {
    let id = permit.account_id();
    permit
        .write(move |w| {
            let by = w.actor().clone();
            end_sessions(&mut w.raw_for_operator(), &by, id, which)
        })
        .await?;
    Ok(())
}

pub(super) async fn end_one(permit: Permit<OwnAccount>, Path(session): Path<Uuid>) -> Page {
    // Only among one's own: the statement asks for the account too.
    end(&permit, Ending::One(session)).await?;
    Ok(Redirect::to("/account/sessions").into_response())
}

pub(super) async fn end_all(permit: Permit<OwnAccount>, State(app): State<App>) -> Page {
    end(&permit, Ending::All).await?;
    Ok(with_cookies(&[app.cookie("")], Redirect::to("/sign-in").into_response()))
}

/// How long the session goes on, on a plain page. Whoever came here to sign in again finds what to do next.
pub(super) async fn this_one(permit: Permit<OwnAccount>) -> Page {
    let Some(account) = permit.account() else { return Err(PageError::NotFound) };
    let (ends, last) = (account.session.ends_at, account.session.expires_at);
    let body = html! {
        h1 class="govuk-heading-l" { "Your session" }
        p class="govuk-body" { "You are signed in. Without a further step the session ends at " strong { (clock::moment_words(ends)) } "; at " (clock::moment_words(last)) " it ends in any case." }
        form method="post" action="/session" { (button("Stay signed in", Emphasis::Primary)) }
        p class="govuk-body" { "Did another page say that you were signed out? Go back to it, press Back there, and send it again: your browser keeps what you typed." }
    };
    Ok(page(&permit, Shell { title: "Your session", ..Shell::default() }, body))
}

/// Stay signed in: that this was asked is the use that the session needs.
pub(super) async fn stay(permit: Permit<OwnAccount>, headers: HeaderMap) -> Response {
    if headers.contains_key("x-fragment") {
        let left =
            permit.account().map_or(0, |a| (a.session.ends_at.as_second() - clock::now().as_second()).max(0));
        return Json(json!({ "seconds": left })).into_response();
    }
    Redirect::to("/session").into_response()
}

/// Seconds until the session ends. Asking does not make it longer, or a page left open would keep it for ever.
pub(super) async fn left(State(app): State<App>, headers: HeaderMap) -> Page {
    let Some(token) = app.token_of(&headers) else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let there = app.clone();
    let seconds = off_thread(move || seconds_left(&there, &token)).await??;
    Ok(Json(json!({ "seconds": seconds })).into_response())
}
