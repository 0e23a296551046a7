//! What a page can end in besides itself. Every message says what, where and what to do; none shows a name.

use super::shell::bare_page;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use store::Trouble;

/// What a handler answers.
pub type Page = Result<Response, PageError>;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// There is no such thing, or the reader may not see it: the same answer.
    #[error("not found")]
    NotFound,
    /// What was sent can't be used; the words say what to do.
    #[error("{0}")]
    Unusable(String),
    /// Two people changed the same thing; the words say what happened.
    #[error("{0}")]
    Conflict(String),
    /// The database or the disk failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Something inside went wrong.
    #[error("{0}")]
    Inside(String),
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        match self {
            PageError::NotFound => not_found(),
            PageError::Unusable(words) => answer(
                StatusCode::UNPROCESSABLE_ENTITY,
                "This could not be used",
                &html! { p class="govuk-body" { (words) } p class="govuk-body" { "Press Back: your browser keeps what you typed." } },
            ),
            PageError::Conflict(words) => answer(
                StatusCode::CONFLICT,
                "Something changed meanwhile",
                &html! { p class="govuk-body" { (words) } p class="govuk-body" { "Press Back: your browser keeps what you typed." } },
            ),
            PageError::Store(store::Error::Damaged(why)) => damaged(&why),
            PageError::Store(error) => match error.trouble() {
                Trouble::TakesNoWrites => no_writes(&error.to_string()),
                Trouble::Unreachable => unreachable(&error.to_string()),
                Trouble::Other => broken(&error.to_string()),
            },
            PageError::Inside(error) => broken(&error),
        }
    }
}

fn not_found() -> Response {
    answer(
        StatusCode::NOT_FOUND,
        "Page not found",
        &html! {
            p class="govuk-body" { "There is nothing at this address that you can open. It may be in a project you don't work in." }
            p class="govuk-body" { a class="govuk-link" href="/" { "Go to your courts" } }
        },
    )
}

/// Nothing is kept and nothing is shown of anybody: a look at a record needs its audit row.
fn damaged(why: &str) -> Response {
    tracing::error!(why, "refused: the database is damaged");
    answer(
        StatusCode::SERVICE_UNAVAILABLE,
        "The service takes no changes",
        &html! {
            p class="govuk-body" { "Its database was found damaged, so nothing is kept and no record is shown until it is restored. What you sent now was not kept: press Back, your browser keeps what you typed, and write it down." }
            p class="govuk-body" { "Tell your administrator at once. Go on with paper." }
        },
    )
}

/// A full, read-only or failing disk. Records are not shown either: a look at one needs its audit row.
fn no_writes(error: &str) -> Response {
    tracing::error!(%error, "refused: the database takes no writes; is its disk full or read-only?");
    answer(
        StatusCode::SERVICE_UNAVAILABLE,
        "Nothing can be kept now",
        &html! {
            p class="govuk-body" { "The service’s disk is full or takes no writes. What you sent now was not kept: press Back, your browser keeps what you typed, and write it down. What was kept before is not touched." }
            p class="govuk-body" { "Tell your administrator at once. Go on with paper." }
        },
    )
}

/// The database starts again, or the line to it is down.
fn unreachable(error: &str) -> Response {
    tracing::error!(%error, "refused: the database does not answer");
    answer(
        StatusCode::SERVICE_UNAVAILABLE,
        "The service does not answer just now",
        &html! {
            p class="govuk-body" { "What you sent now may not have been kept. Wait a minute, press Back, your browser keeps what you typed, and send it again: nothing is kept twice." }
            p class="govuk-body" { "If it goes on, tell your administrator, and go on with paper." }
        },
    )
}

fn broken(error: &str) -> Response {
    // The reference finds the line in the log; the page itself tells nothing of the inside.
    let reference = uuid::Uuid::now_v7();
    tracing::error!(%reference, %error, "a request failed");
    answer(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong here",
        &html! {
            p class="govuk-body" { "It is not your doing. What you sent last was not kept; press Back, your browser keeps what you typed, and send it again." }
            p class="govuk-body" { "If it happens again, tell your administrator this reference: " strong { (reference) } }
        },
    )
}

fn answer(status: StatusCode, title: &str, body: &Markup) -> Response {
    (status, bare_page(title, html! { h1 class="govuk-heading-l" { (title) } (body) })).into_response()
}

/// Pages for answers that came without one: a refused guard, a crash, an unknown address.
pub(super) fn for_status(status: StatusCode) -> Option<Response> {
    match status {
        // An id or a date in the address that can't be one is an address of nothing.
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => Some(not_found()),
        StatusCode::UNAUTHORIZED => Some(answer(
            StatusCode::UNAUTHORIZED,
            "You are signed out",
            &html! {
                p class="govuk-body" { "Your session ended before this was sent, so it was not kept." }
                p class="govuk-body" { a class="govuk-link" href="/sign-in?next=/session" target="_blank" rel="noopener" { "Sign in again (opens in a new tab)" } ", then come back here, press Back, and send it again: your browser keeps what you typed." }
            },
        )),
        StatusCode::FORBIDDEN => Some(answer(
            StatusCode::FORBIDDEN,
            "This did not come from our own pages",
            &html! { p class="govuk-body" { "The form was sent from another site, so it was not used. Open Alongside by its own address and try again." } },
        )),
        StatusCode::METHOD_NOT_ALLOWED => Some(answer(
            StatusCode::METHOD_NOT_ALLOWED,
            "This address does not work that way",
            &html! { p class="govuk-body" { a class="govuk-link" href="/" { "Go to your courts" } } },
        )),
        StatusCode::REQUEST_TIMEOUT => Some(answer(
            StatusCode::REQUEST_TIMEOUT,
            "It took too long to arrive",
            &html! { p class="govuk-body" { "The line may be slow, or the service busy. What you sent may not have been kept. Press Back: your browser keeps what you typed. See whether it is there already; if it is not, send it again. A form that was kept is not kept twice." } },
        )),
        StatusCode::PAYLOAD_TOO_LARGE => Some(answer(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The file is too large",
            &html! { p class="govuk-body" { "Send fewer or smaller files, or ask your administrator to raise the limit." } },
        )),
        StatusCode::INTERNAL_SERVER_ERROR => Some(broken("an answer without a page")),
        StatusCode::SERVICE_UNAVAILABLE => Some(unreachable("an answer without a page")),
        _ => None,
    }
}
