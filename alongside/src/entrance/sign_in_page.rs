//! Sign in with e-mail and password; sign out.

use crate::access::{App, sign_in, sign_out};
use crate::web::components::{
    Emphasis, Form, Input, InputKind, PasswordFor, button, error_summary, password_input, text_input,
};
use crate::web::{Page, PageError, Sent, bare_page};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;

/// Where to go after.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

pub(super) async fn form(Query(next): Query<Next>) -> Response {
    let mut form = Form::blank();
    form.set("next", next.next);
    show(StatusCode::OK, &form)
}

pub(super) async fn send(State(app): State<App>, Sent(mut form): Sent) -> Page {
    let (email, password) = (form.value("email").to_owned(), form.value("password").to_owned());
    form.set("password", "");
    if email.trim().is_empty() {
        form.refuse("email", "Enter your e-mail address");
    }
    if password.is_empty() {
        form.refuse("password", "Enter your password");
    }
    if !form.errors().is_empty() {
        return Ok(show(StatusCode::UNPROCESSABLE_ENTITY, &form));
    }
    let (db, hours) = (app.db().clone(), app.config.session_hours);
    let token = tokio::task::spawn_blocking(move || sign_in(&db, &email, &password, hours))
        .await
        .map_err(|e| PageError::Inside(e.to_string()))??;
    let Some(token) = token else {
        form.refuse_all("The e-mail address and password do not fit together. Check both; the password tells capitals from small letters");
        return Ok(show(StatusCode::UNPROCESSABLE_ENTITY, &form));
    };
    Ok(with_cookie(&app, &token, Redirect::to(own_page(form.value("next"))).into_response()))
}

pub(super) async fn leave(State(app): State<App>, headers: HeaderMap) -> Page {
    if let Some(token) = app.token_of(&headers) {
        let db = app.db().clone();
        tokio::task::spawn_blocking(move || db.write(|w| sign_out(w, &token)))
            .await
            .map_err(|e| PageError::Inside(e.to_string()))??;
    }
    Ok(with_cookie(&app, "", Redirect::to("/sign-in").into_response()))
}

fn with_cookie(app: &App, token: &str, mut response: Response) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(&app.cookie(token)) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Only a path of our own: never another site, however it is dressed up.
fn own_page(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\n', '\r'])
        && !next.starts_with("/sign-");
    if ours && next.is_ascii() { next } else { "/" }
}

fn show(status: StatusCode, form: &Form) -> Response {
    let title = if form.errors().is_empty() { "Sign in" } else { "Error: Sign in" };
    let body = html! {
        div class="govuk-grid-row" { div class="govuk-grid-column-two-thirds" {
            (error_summary(form))
            h1 class="govuk-heading-xl" { "Sign in" }
            form method="post" action="/sign-in" novalidate {
                input type="hidden" name="next" value=(form.value("next"));
                (text_input(&form.field("email", "E-mail address"), Input { kind: InputKind::Email, autocomplete: Some("username"), ..Input::default() }))
                (password_input(&form.field("password", "Password"), PasswordFor::SignIn))
                (button("Sign in", Emphasis::Primary))
            }
            p class="govuk-body" { "No account, or the password is lost? Your service administrator can help." }
        } }
    };
    (status, bare_page(title, body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::own_page;

    #[test]
    fn signing_in_leads_only_to_our_own_pages() {
        assert_eq!(own_page("/courts/B01ND/2026-11-23?room=2"), "/courts/B01ND/2026-11-23?room=2");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "javascript:alert(1)",
            "/sign-out",
        ] {
            assert_eq!(own_page(elsewhere), "/", "{elsewhere}");
        }
    }
}
