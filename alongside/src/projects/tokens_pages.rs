//! Tokens of programs that send lists in: made, shown once, revoked.

use super::accounts::{TokenRow, revoke_token, tokens};
use super::projects_pages::whole::Whole;
use super::projects_pages::{one_line, status};
use crate::access::policy::ManageAccounts;
use crate::access::{App, Permit, Routes, create_token, rotate_token};
use crate::clock;
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, TagColour, back_link, button, button_link, empty_state,
    error_summary, panel, post_button, table, tag, text_input, warning_text,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use maud::{Markup, html};
use uuid::Uuid;

/// Longest name of a program.
const LONGEST_NAME: usize = 60;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get::<ManageAccounts, _>("/tokens", list)
        .post::<ManageAccounts, _>("/tokens", create)
        .post::<ManageAccounts, _>("/tokens/{token}/revoke", revoke)
        .post::<ManageAccounts, _>("/tokens/{token}/rotate", rotate)
}

async fn list(Whole(permit): Whole<ManageAccounts>) -> Page {
    draw(&permit, &Form::blank()).await
}

async fn create(Whole(permit): Whole<ManageAccounts>, State(app): State<App>, Sent(mut form): Sent) -> Page {
    let name = one_line(form.value("name"));
    if name.is_empty() {
        form.refuse("name", "Enter what holds the token, for example list gateway");
    } else if name.chars().count() > LONGEST_NAME {
        form.refuse("name", format!("Shorten the name to {LONGEST_NAME} characters"));
    }
    if !form.is_accepted() {
        return draw(&permit, &form).await;
    }
    let made = permit
        .write(move |w| {
            // Two that stand under one name could not be told apart when one must be revoked.
            let now = clock::now();
            let taken = w.reading(tokens)?.iter().any(|t| works(t, now) && t.name == name);
            if taken {
                return Ok(None);
            }
            let by = w.actor().clone();
            create_token(&mut w.raw_for_operator(), &by, &name).map(Some)
        })
        .await?;
    let Some(token) = made else {
        form.refuse("name", "A token with this name stands already. Revoke it first, or choose another name");
        return draw(&permit, &form).await;
    };
    Ok(shown_once(&permit, &app.config.public_url, token))
}

/// The only page that ever holds the token.
fn shown_once(permit: &Permit<ManageAccounts>, address: &str, token: String) -> axum::response::Response {
    let mut form = Form::blank();
    form.set("token", token);
    let body = html! {
        (panel("Token made", html! { "Copy it now: it is not shown again" }))
        (text_input(&form.field("token", "Token").with_hint("Put it into the settings of the program that sends lists in"), Input { autocomplete: Some("off"), ..Input::default() }))
        (warning_text("Whoever has this token can send lists in. Keep it as you keep a password."))
        p class="govuk-body" { "The program sends each file to " strong { (address) "/api/imports" } " with the header “Authorization: Bearer” and the token." }
        (button_link("I have copied it", Emphasis::Primary, "/tokens"))
    };
    page(permit, Shell { title: "Token made", room: "/accounts", ..Shell::default() }, body)
}

fn works(token: &TokenRow, now: Timestamp) -> bool {
    token.revoked_at.is_none() && token.expires_at.is_none_or(|at| at > now)
}

/// A new token in place of one that works; the old one goes on for a day, so that nothing is lost meanwhile.
async fn rotate(Whole(permit): Whole<ManageAccounts>, State(app): State<App>, Path(id): Path<Uuid>) -> Page {
    let rotated = permit
        .write(move |w| {
            let by = w.actor().clone();
            rotate_token(&mut w.raw_for_operator(), &by, id)
        })
        .await?;
    let rotated = rotated.ok_or(PageError::NotFound)?;
    Ok(shown_once(&permit, &app.config.public_url, rotated.token))
}

async fn revoke(Whole(permit): Whole<ManageAccounts>, Path(id): Path<Uuid>) -> Page {
    permit
        .write(move |w| {
            let token = w.reading(tokens)?.into_iter().find(|t| t.id == id).ok_or(PageError::NotFound)?;
            Ok::<_, PageError>(revoke_token(w, &token)?)
        })
        .await?;
    Ok(Redirect::to("/tokens").into_response())
}

async fn draw(permit: &Permit<ManageAccounts>, form: &Form) -> Page {
    let tokens = permit.read(tokens).await?;
    let now = clock::now();
    let rows: Vec<Vec<Markup>> = tokens.iter().map(|token| row(token, now)).collect();
    let columns = [
        Column::words("Program"),
        Column::words("Made"),
        Column::words("Last used"),
        Column::words("State"),
        Column::words("Revoke"),
        Column::words("Rotate"),
    ];
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Tokens" }
        p class="govuk-body" { "A program that sends lists in signs in with a token in place of a password. It can do nothing but that, and runs out after a year: rotate it before. The old one then works for another day." }
        @if rows.is_empty() {
            (empty_state("No token yet", html! { p class="govuk-body" { "Make one for each program, so that one can be revoked without the others." } }))
        } @else {
            (table(Caption::Hidden("Tokens"), &columns, &rows))
        }
        h2 class="govuk-heading-m" { "Make a token" }
        form method="post" action="/tokens" novalidate {
            (text_input(&form.field("name", "Program that will hold it").with_hint("For example list gateway"), Input { autocomplete: Some("off"), ..Input::default() }))
            (button("Make token", Emphasis::Primary))
        }
    };
    let shell = Shell {
        title: if form.is_accepted() { "Tokens" } else { "Error: Tokens" },
        room: "/accounts",
        before: Some(back_link("People who sign in", "/accounts")),
        ..Shell::default()
    };
    Ok((status(form), page(permit, shell, body)).into_response())
}

fn row(token: &TokenRow, now: Timestamp) -> Vec<Markup> {
    vec![
        html! { (token.name) },
        html! { (clock::moment_words(token.made_at)) " by " (token.made_by) },
        html! { @if let Some(at) = token.last_used_at { (clock::moment_words(at)) } @else { "Not yet" } },
        match (token.revoked_at, token.expires_at) {
            (Some(at), _) => html! { (tag(TagColour::Grey, "Revoked")) " " (clock::moment_words(at)) },
            (None, Some(at)) if at <= now => {
                html! { (tag(TagColour::Grey, "Ran out")) " " (clock::moment_words(at)) }
            }
            (None, Some(at)) => {
                html! { (tag(TagColour::Green, "Stands")) " until " (clock::moment_words(at)) }
            }
            (None, None) => tag(TagColour::Green, "Stands"),
        },
        if works(token, now) {
            post_button("Revoke", &token.name, Emphasis::Small, &format!("/tokens/{}/revoke", token.id))
        } else {
            html! {}
        },
        if works(token, now) {
            post_button("Rotate", &token.name, Emphasis::Small, &format!("/tokens/{}/rotate", token.id))
        } else {
            html! {}
        },
    ]
}
