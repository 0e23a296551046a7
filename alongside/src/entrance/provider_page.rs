//! Single sign-on: to the provider and back, and out of it again. What goes wrong is said with what to do next.

use super::sign_in_page::{encoded, held_words, let_in, off_thread, own_page, with_cookies};
use crate::access::{
    App, Back, Caller, ProviderError, Purpose, SingleSignOnAnswer, SingleSignOnError, account_signed_in,
    begin_single_sign_on, finish_single_sign_on, sign_out_of_provider,
};
use crate::web::components::{Emphasis, button_link};
use crate::web::{Page, PageError, bare_page};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::sign_in_page::Next;

/// What people call the provider. Routes of this page exist in any case; without a provider there is nothing there.
fn name(app: &App) -> Result<String, PageError> {
    app.provider().map(|provider| provider.settings().name.clone()).ok_or(PageError::NotFound)
}

/// Asks the provider something when it is one's turn: a slow provider must not hold the threads that everybody else needs.
async fn in_turn<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T, SingleSignOnError> + Send + 'static,
) -> Result<Result<T, SingleSignOnError>, PageError> {
    let Some(provider) = app.provider() else { return Err(PageError::NotFound) };
    match provider.turn().await {
        Some(_turn) => off_thread(work).await,
        None => Ok(Err(ProviderError::Unreachable("too many wait for it".into()).into())),
    }
}

/// To the provider, to sign in.
pub(super) async fn start(State(app): State<App>, Query(next): Query<Next>) -> Page {
    let name = name(&app)?;
    let there = app.clone();
    let begun = in_turn(&app, move || begin_single_sign_on(&there, Purpose::SignIn, own_page(&next.next)));
    match begun.await? {
        Ok((url, question)) => {
            Ok(with_cookies(&[app.question_cookie(&question)], Redirect::to(&url).into_response()))
        }
        Err(error) => Ok(failed(&name, &error)),
    }
}

/// A page with the way on: browsers do not follow a form to another site, so that somebody presses a link in between.
pub(super) async fn way_on(app: &App, purpose: Purpose, next: &'static str) -> Page {
    let name = name(app)?;
    let there = app.clone();
    let begun = in_turn(app, move || begin_single_sign_on(&there, purpose, next)).await?;
    match begun {
        Ok((url, question)) => {
            let body = html! {
                h1 class="govuk-heading-l" { "Go on to " (name) }
                p class="govuk-body" { "Say there who you are. Then you come back here." }
                (button_link(&format!("Go on to {name}"), Emphasis::Primary, &url))
            };
            Ok(with_cookies(&[app.question_cookie(&question)], bare_page("Go on", body).into_response()))
        }
        Err(error) => Ok(failed(&name, &error)),
    }
}

/// To the provider, to take up an invitation instead of choosing a password.
pub(super) async fn take_up(State(app): State<App>, Path(secret): Path<String>) -> Page {
    way_on(&app, Purpose::Invitation(secret), "/").await
}

/// Back from the provider.
pub(super) async fn back(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Page {
    let name = name(&app)?;
    let (there, question, session) = (app.clone(), app.question_of(&headers), app.token_of(&headers));
    let came = in_turn(&app, move || {
        let signed_in = match session {
            Some(token) => account_signed_in(&there, &token)?,
            None => None,
        };
        finish_single_sign_on(&there, &caller, question.as_deref(), signed_in, &back)
    })
    .await?;
    let answer = match came {
        Ok(SingleSignOnAnswer::In(token, next)) => let_in(&app, &token, &next),
        Ok(SingleSignOnAnswer::Step(token, next)) => {
            let to = format!("/sign-in/code?next={}", encoded(own_page(&next)));
            with_cookies(&[app.step_cookie(&token)], Redirect::to(&to).into_response())
        }
        Ok(SingleSignOnAnswer::Linked) => Redirect::to("/account?linked=1").into_response(),
        Ok(other) => refused(&name, &other),
        Err(error) => failed(&name, &error),
    };
    // The question is answered: it fits no second answer.
    Ok(with_cookies(&[app.question_cookie("")], answer))
}

/// Out of the provider itself.
pub(super) async fn out(State(app): State<App>) -> Page {
    let name = name(&app)?;
    let there = app.clone();
    match in_turn(&app, move || sign_out_of_provider(&there)).await? {
        Ok(Some(url)) => Ok(Redirect::to(&url).into_response()),
        Ok(None) | Err(_) => Ok(words(
            StatusCode::OK,
            &format!("Sign out of {name} yourself"),
            html! { p class="govuk-body" { "It offers no way that we could send you. On a shared computer, close all windows of the browser." } },
        )),
    }
}

fn refused(name: &str, answer: &SingleSignOnAnswer) -> Response {
    let (status, title, body) = match answer {
        SingleSignOnAnswer::Unknown => (
            StatusCode::FORBIDDEN,
            "No account here goes with this sign-in",
            html! {
                p class="govuk-body" { "You are signed in at " (name) ", but that gives no right here. If you have an account here and a password for it, sign in with that and link " (name) " on your account page. Otherwise ask your service administrator for a one-time link." }
                p class="govuk-body" { "Signed in there as somebody else? " a class="govuk-link" href="/sign-in/provider/out" { "Sign out of " (name) } " and try again." }
            },
        ),
        SingleSignOnAnswer::Taken => (
            StatusCode::CONFLICT,
            "This sign-in belongs to another account",
            html! { p class="govuk-body" { "It can be linked to one account only. Ask your service administrator to take it off the other one." } },
        ),
        SingleSignOnAnswer::Denied => (
            StatusCode::FORBIDDEN,
            "You are not signed in",
            html! { p class="govuk-body" { (name) " did not say who you are: it was cancelled, or it refused." } },
        ),
        SingleSignOnAnswer::Held(until) => (
            StatusCode::TOO_MANY_REQUESTS,
            "Wait a little",
            html! { p class="govuk-body" { (held_words(*until)) } },
        ),
        SingleSignOnAnswer::Refused => (
            StatusCode::FORBIDDEN,
            "What came back is not accepted",
            html! { p class="govuk-body" { "What " (name) " said about you does not hold. Try once more; if it happens again, tell your administrator, who finds the reason in the log." } },
        ),
        _ => (
            StatusCode::BAD_REQUEST,
            "This took too long, or began elsewhere",
            html! { p class="govuk-body" { "Begin and end in the same window of the same browser, within ten minutes. An answer counts once. Nothing you typed here before is lost: it waits under “What you typed”." } },
        ),
    };
    words(status, title, body)
}

fn failed(name: &str, error: &SingleSignOnError) -> Response {
    tracing::error!(%error, "single sign-on does not work");
    words(
        StatusCode::SERVICE_UNAVAILABLE,
        &format!("{name} does not answer"),
        html! { p class="govuk-body" { "Try again in a minute. If you may sign in with a password here, do that meanwhile; otherwise tell your administrator, and go on with paper." } },
    )
}

/// The same way back for all of them.
fn words(status: StatusCode, title: &str, body: Markup) -> Response {
    let page = bare_page(
        title,
        html! {
            h1 class="govuk-heading-l" { (title) }
            (body)
            (button_link("To the sign-in page", Emphasis::Secondary, "/sign-in"))
        },
    );
    (status, page).into_response()
}
