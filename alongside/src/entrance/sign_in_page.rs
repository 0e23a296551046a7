//! Sign in with e-mail and password, then the second factor where there is one; sign out.

use crate::access::{App, Caller, SignIn, answer_step, passkeys_possible, sign_in, sign_out, step_stands};
use crate::clock;
use crate::config::{SecondFactor, SignInHere, SingleSignOn};
use crate::web::components::{
    Emphasis, Form, Input, InputKind, PasswordFor, Width, button, button_link, error_summary, inset_text,
    passkey_button, password_input, text_input,
};
use crate::web::{Page, PageError, Sent, bare_page};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

/// Where to go after.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    pub(super) next: String,
    /// Just signed out.
    #[serde(default)]
    out: String,
}

pub(super) async fn form(State(app): State<App>, Query(next): Query<Next>) -> Response {
    let mut form = Form::blank();
    form.set("next", next.next);
    form.set("out", next.out);
    show(&app, StatusCode::OK, &form)
}

pub(super) async fn send(State(app): State<App>, caller: Caller, Sent(mut form): Sent) -> Page {
    let (email, password) = (form.value("email").to_owned(), form.value("password").to_owned());
    form.set("password", "");
    if email.trim().is_empty() {
        form.refuse("email", "Enter your e-mail address");
    }
    if password.is_empty() {
        form.refuse("password", "Enter your password");
    }
    if !form.errors().is_empty() {
        return Ok(show(&app, StatusCode::UNPROCESSABLE_ENTITY, &form));
    }
    let there = app.clone();
    let came = off_thread(move || sign_in(&there, &caller, &email, &password)).await??;
    match came {
        SignIn::In(token) => Ok(let_in(&app, &token, form.value("next"))),
        SignIn::Step(token) => {
            let to = format!("/sign-in/code?next={}", encoded(own_page(form.value("next"))));
            Ok(with_cookies(&[app.step_cookie(&token)], Redirect::to(&to).into_response()))
        }
        SignIn::Held(until) => {
            form.refuse_all(held_words(until));
            Ok(show(&app, StatusCode::TOO_MANY_REQUESTS, &form))
        }
        SignIn::Refused | SignIn::Gone => {
            form.refuse_all("The e-mail address and password do not fit together. Check both; the password tells capitals from small letters");
            Ok(show(&app, StatusCode::UNPROCESSABLE_ENTITY, &form))
        }
    }
}

/// Why nothing is weighed for now. The same words whether or not there is an account.
pub(super) fn held_words(until: Timestamp) -> String {
    format!(
        "Too many tries were refused, so none is looked at before {}. Wait, then try again; your service administrator can lift the wait",
        clock::in_london(until).strftime("%H:%M:%S")
    )
}

pub(super) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PageError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| PageError::Inside(e.to_string()))
}

/// In: the session's cookie, no more question, and on to the page that was asked for.
pub(super) fn let_in(app: &App, token: &str, next: &str) -> Response {
    with_cookies(&[app.cookie(token), app.step_cookie("")], Redirect::to(own_page(next)).into_response())
}

pub(super) async fn leave(State(app): State<App>, headers: HeaderMap) -> Page {
    if let Some(token) = app.token_of(&headers) {
        let db = app.db().clone();
        off_thread(move || db.write(|w| sign_out(w, &token))).await??;
    }
    let mut response = with_cookies(&[app.cookie("")], Redirect::to("/sign-in?out=1").into_response());
    // What the browser keeps of us on a shared machine goes too.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// Puts cookies on an answer.
pub(super) fn with_cookies(cookies: &[String], mut response: Response) -> Response {
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// Only a path of our own: never another site, however it is dressed up.
pub(super) fn own_page(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\n', '\r'])
        && !next.starts_with("/sign-");
    if ours && next.is_ascii() { next } else { "/" }
}

pub(super) fn encoded(path: &str) -> String {
    path.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.~/".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

fn show(app: &App, status: StatusCode, form: &Form) -> Response {
    let title = if form.errors().is_empty() { "Sign in" } else { "Error: Sign in" };
    let body = html! {
        div class="govuk-grid-row" { div class="govuk-grid-column-two-thirds" {
            (error_summary(form))
            h1 class="govuk-heading-xl" { "Sign in" }
            (factor_notice(app))
            @if let Some(provider) = app.provider() { (through_provider(provider.settings(), form)) }
            form method="post" action="/sign-in" novalidate {
                input type="hidden" name="next" value=(form.value("next"));
                (text_input(&form.field("email", "E-mail address"), Input { kind: InputKind::Email, autocomplete: Some("username"), ..Input::default() }))
                (password_input(&form.field("password", "Password"), PasswordFor::SignIn))
                (button("Sign in", if app.provider().is_some() { Emphasis::Secondary } else { Emphasis::Primary }))
            }
            @if passkeys_possible(app) { (passkey_button(own_page(form.value("next")))) }
            p class="govuk-body" { "No account, or the password is lost? Your service administrator can help." }
        } }
    };
    (status, bare_page(title, body)).into_response()
}

/// The way through the provider of single sign-on; after signing out, that its own session goes on.
fn through_provider(settings: &SingleSignOn, form: &Form) -> Markup {
    let to = format!("/sign-in/provider?next={}", encoded(own_page(form.value("next"))));
    html! {
        @if !form.value("out").is_empty() {
            (inset_text(html! {
                p class="govuk-body" { "You are signed out here, but perhaps not yet at " (settings.name) ". On a shared computer, "
                    a class="govuk-link" href="/sign-in/provider/out" { "sign out of " (settings.name) " too" } "." }
            }))
        }
        (button_link(&format!("Sign in through {}", settings.name), Emphasis::Primary, &to))
        @if settings.here != SignInHere::All {
            p class="govuk-body" { "A password works here for a few named accounts only, for the day " (settings.name) " is down." }
        }
    }
}

/// Said where everybody sees it: a service that asks for one factor only is a demo, or stands behind another sign-in.
fn factor_notice(app: &App) -> Markup {
    if app.config.signing_in.second_factor != SecondFactor::Off {
        return html! {};
    }
    inset_text(html! {
        p class="govuk-body" { "A second factor is switched off in the settings of this service, as for a demo. Nobody has to set one up; who has one is asked for it." }
    })
}

pub(super) async fn code_form(State(app): State<App>, headers: HeaderMap, Query(next): Query<Next>) -> Page {
    let mut form = Form::blank();
    form.set("next", next.next);
    ask_code(&app, &headers, StatusCode::OK, &form).await
}

pub(super) async fn send_code(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Sent(mut form): Sent,
) -> Page {
    let code = form.value("code").trim().to_owned();
    form.set("code", "");
    let Some(token) = app.step_token_of(&headers) else { return Ok(start_again(&app)) };
    if code.is_empty() {
        form.refuse("code", "Enter the code");
        return ask_code(&app, &headers, StatusCode::UNPROCESSABLE_ENTITY, &form).await;
    }
    let there = app.clone();
    let came = off_thread(move || answer_step(&there, &caller, &token, &code)).await?;
    match came.map_err(|e| PageError::Inside(e.to_string()))? {
        SignIn::In(token) => Ok(let_in(&app, &token, form.value("next"))),
        SignIn::Gone | SignIn::Step(_) => Ok(start_again(&app)),
        SignIn::Held(until) => {
            form.refuse_all(held_words(until));
            ask_code(&app, &headers, StatusCode::TOO_MANY_REQUESTS, &form).await
        }
        SignIn::Refused => {
            form.refuse("code", "The code does not fit, or was used already. Wait for the next one in your app, or use another recovery code");
            ask_code(&app, &headers, StatusCode::UNPROCESSABLE_ENTITY, &form).await
        }
    }
}

/// The question ran out: nothing of it is kept.
fn start_again(app: &App) -> Response {
    with_cookies(&[app.step_cookie("")], Redirect::to("/sign-in").into_response())
}

async fn ask_code(app: &App, headers: &HeaderMap, status: StatusCode, form: &Form) -> Page {
    let Some(token) = app.step_token_of(headers) else { return Ok(start_again(app)) };
    let there = app.clone();
    let Some((by_app, by_passkey)) = off_thread(move || step_stands(&there, &token)).await?? else {
        return Ok(start_again(app));
    };
    let title = if form.errors().is_empty() { "Second step" } else { "Error: Second step" };
    let hint = if by_app {
        "Six figures from your code app, or one of your recovery codes"
    } else {
        "One of your recovery codes, if your passkey is not at hand"
    };
    let body = html! {
        div class="govuk-grid-row" { div class="govuk-grid-column-two-thirds" {
            (error_summary(form))
            h1 class="govuk-heading-xl" { "One more step" }
            @if by_passkey && passkeys_possible(app) { (passkey_button(own_page(form.value("next")))) }
            form method="post" action="/sign-in/code" novalidate {
                input type="hidden" name="next" value=(form.value("next"));
                (text_input(&form.field("code", "Code").with_hint(hint), Input { width: Width::Twenty, autocomplete: Some("one-time-code"), ..Input::default() }))
                (button("Go on", Emphasis::Primary))
            }
            p class="govuk-body" { "Neither at hand? Your service administrator can take the second factor away, so that you set up a new one." }
            p class="govuk-body" { a class="govuk-link" href="/sign-in" { "Sign in as somebody else" } }
        } }
    };
    Ok((status, bare_page(title, body)).into_response())
}

#[cfg(test)]
mod tests {
    use super::{encoded, own_page};

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
        assert_eq!(encoded("/a?b=c&d"), "/a%3Fb%3Dc%26d");
    }
}
