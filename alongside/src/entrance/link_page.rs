//! Choosing a password by a one-time link: an invitation, or a way back in. Says nothing about whose account it is.

use super::account_page::password_hint;
use super::sign_in_page::{held_words, off_thread};
use crate::access::{App, Caller, LinkOffers, LinkUse, choose_password, link_stands};
use crate::web::components::{
    Emphasis, Form, PasswordFor, button, button_link, error_summary, panel, password_input, post_button,
};
use crate::web::{Page, Sent, bare_page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

pub(super) async fn form(State(app): State<App>, Path(secret): Path<String>) -> Page {
    let there = secret.clone();
    let name = provider_name(&app);
    match (off_thread(move || link_stands(&app, &there)).await??, name) {
        (None, _) => Ok(gone()),
        (Some(LinkOffers::ProviderOnly), Some(name)) => Ok(provider_only(&secret, &name)),
        (Some(_), name) => Ok(show(&secret, name.as_deref(), StatusCode::OK, &Form::blank())),
    }
}

pub(super) async fn send(
    State(app): State<App>,
    caller: Caller,
    Path(secret): Path<String>,
    Sent(mut form): Sent,
) -> Page {
    let (new, again) = (form.value("new").to_owned(), form.value("again").to_owned());
    form.set("new", "");
    form.set("again", "");
    if new != again {
        form.refuse("again", "The password and its repetition differ");
        return Ok(show(&secret, provider_name(&app).as_deref(), StatusCode::UNPROCESSABLE_ENTITY, &form));
    }
    let (there, name) = (secret.clone(), provider_name(&app));
    match off_thread(move || choose_password(&app, &caller, &there, &new)).await?? {
        LinkUse::Done => Ok(done()),
        LinkUse::Gone => Ok(gone()),
        LinkUse::Held(until) => {
            form.refuse_all(held_words(until));
            Ok(show(&secret, name.as_deref(), StatusCode::TOO_MANY_REQUESTS, &form))
        }
        LinkUse::Unfit(why) => {
            form.refuse("new", why.to_string().trim_end_matches('.'));
            Ok(show(&secret, name.as_deref(), StatusCode::UNPROCESSABLE_ENTITY, &form))
        }
    }
}

fn provider_name(app: &App) -> Option<String> {
    app.provider().map(|provider| provider.settings().name.clone())
}

/// `provider` is what people call the provider of single sign-on, where there is one.
fn show(secret: &str, provider: Option<&str>, status: StatusCode, form: &Form) -> Response {
    let title = if form.is_accepted() { "Choose your password" } else { "Error: Choose your password" };
    let hint = password_hint();
    let body = html! {
        div class="govuk-grid-row" { div class="govuk-grid-column-two-thirds" {
            (error_summary(form))
            h1 class="govuk-heading-xl" { "Choose your password" }
            @if let Some(name) = provider {
                p class="govuk-body" { "Or sign in through " (name) " from now on, and choose none." }
                (post_button(&format!("Use {name} instead"), "", Emphasis::Secondary, &format!("/choose-password/{secret}/provider")))
            }
            p class="govuk-body" { "Nobody else knows it, your administrator neither." }
            form method="post" action=(format!("/choose-password/{secret}")) novalidate {
                (password_input(&form.field("new", "Password").with_hint(&hint), PasswordFor::Choosing))
                (password_input(&form.field("again", "Password once more"), PasswordFor::Choosing))
                (button("Choose password", Emphasis::Primary))
            }
        } }
    };
    (status, bare_page(title, body)).into_response()
}

/// For an account that a password would not let in.
fn provider_only(secret: &str, name: &str) -> Response {
    let title = format!("Sign in through {name}");
    let body = html! {
        h1 class="govuk-heading-xl" { (title) }
        p class="govuk-body" { "Say at " (name) " who you are. From then on you sign in here through it." }
        (post_button(&title, "", Emphasis::Primary, &format!("/choose-password/{secret}/provider")))
    };
    bare_page(&title, body).into_response()
}

fn done() -> Response {
    let body = html! {
        (panel("Password chosen", html! { "Sign in with it now" }))
        (button_link("Sign in", Emphasis::Primary, "/sign-in"))
    };
    bare_page("Password chosen", body).into_response()
}

/// The same for a link that never was.
fn gone() -> Response {
    let body = html! {
        h1 class="govuk-heading-l" { "This link works no more" }
        p class="govuk-body" { "It was used already, a newer one was made, or its time is over. Ask your service administrator for another." }
    };
    (StatusCode::NOT_FOUND, bare_page("This link works no more", body)).into_response()
}
