//! One's second factors: a code app, passkeys, recovery codes. Adding and taking away asks for the present password.

use super::account_page::{asked_first, confirming, present_password};
use super::passkey_sign_in::say;
use super::sign_in_page::off_thread;
use crate::access::policy::OwnAccount;
use crate::access::{
    Account, App, Caller, FactorError, Factors, PasskeyError, Permit, Removed, begin_code_app,
    code_app_waiting, confirm_code_app, factors, finish_passkey, needs_second_factor, passkeys_possible,
    remove_factor, renew_recovery_codes, start_passkey,
};
use crate::clock;
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, Width, back_link, button, button_link, button_named,
    error_summary, inset_text, make_passkey_button, panel, table, text_input, warning_text,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;
use webauthn_rs::prelude::RegisterPublicKeyCredential;

const HERE: &str = "/account/second-factor";
const CODE_APP: &str = "/account/second-factor/code-app";
/// Longest name of a passkey.
const LONGEST_NAME: usize = 60;

fn account(permit: &Permit<OwnAccount>) -> Result<Account, PageError> {
    permit.account().cloned().ok_or(PageError::NotFound)
}

fn inside(error: FactorError) -> PageError {
    match error {
        FactorError::Store(error) => PageError::Store(error),
        other => PageError::Inside(other.to_string()),
    }
}

pub(super) async fn show(permit: Permit<OwnAccount>, State(app): State<App>) -> Page {
    draw(&permit, &app, &Form::blank()).await
}

async fn draw(permit: &Permit<OwnAccount>, app: &App, form: &Form) -> Page {
    let me = account(permit)?;
    let id = me.id;
    let has = permit.read(move |r| factors(r, id)).await?;
    let needed = needs_second_factor(&app.config, &me.grants);
    // A second factor that exists but was not proven in this session: this page must not change it.
    let unproven = has.any() && me.session.second_factor.is_none();
    let asked = asked_first(app, permit).await?;
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Your second factor" }
        p class="govuk-body" { "Something you have, besides the password you know. It is asked for each time you sign in." }
        @if needed && !has.any() { (inset_text(html! { p class="govuk-body" { "Your role needs one: it opens other people's records, or lets others in. Set one up to go on." } })) }
        @if unproven {
            (warning_text("Your second factor was set up in another session. Sign out and in again, with it, to go on."))
        } @else {
            (there(&has))
            form method="post" action=(HERE) novalidate {
                (confirming(app, asked, &form.field("password", "Your present password").with_hint("Asked for whatever you change here")))
                @if has.code_app_since.is_none() { (button_named("Set up a code app", Emphasis::Primary, "do", "code-app")) }
                @else { (button_named("Take the code app away", Emphasis::Secondary, "do", "remove-code-app")) }
                @if has.any() { (button_named("Make new recovery codes", Emphasis::Secondary, "do", "recovery")) }
                @for key in &has.passkeys {
                    (button_named(&format!("Take passkey “{}” away", key.name), Emphasis::Secondary, "do", &format!("remove {}", key.id)))
                }
                h2 class="govuk-heading-m" { "Add a passkey" }
                @if passkeys_possible(app) {
                    p class="govuk-body" { "Your device's own lock (fingerprint, face or PIN) or a security key. With it you sign in without a password." }
                    (text_input(&form.field("name", "A name for it").with_hint("For example: court laptop"), Input { width: Width::Twenty, autocomplete: Some("off"), ..Input::default() }))
                    (make_passkey_button())
                } @else {
                    p class="govuk-body" { "Not at this address: browsers make passkeys for https:// addresses and for localhost only." }
                }
            }
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Your second factor" } else { "Error: Your second factor" };
    let shell = Shell { title, before: Some(back_link("Your account", "/account")), ..Shell::default() };
    Ok((status, page(permit, shell, body)).into_response())
}

fn there(has: &Factors) -> Markup {
    if !has.any() {
        return html! { p class="govuk-body" { "You have none yet." } };
    }
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    if let Some(at) = has.code_app_since {
        rows.push(vec![html! { "Code app" }, html! { (clock::moment_words(at)) }, html! { "" }]);
    }
    for key in &has.passkeys {
        rows.push(vec![
            html! { "Passkey “" (key.name) "”" },
            html! { (clock::moment_words(key.made_at)) },
            html! { @match key.last_used_at { Some(at) => (clock::moment_words(at)), None => "Not yet" } },
        ]);
    }
    html! {
        (table(Caption::Hidden("Your second factors"), &[Column::words("What"), Column::words("Since"), Column::words("Last used")], &rows))
        p class="govuk-body" { "Recovery codes left: " strong { (has.recovery_codes) } ". Each signs you in once when the rest is not at hand." }
    }
}

pub(super) async fn change(
    permit: Permit<OwnAccount>,
    State(app): State<App>,
    caller: Caller,
    Sent(mut form): Sent,
) -> Page {
    let me = account(&permit)?;
    let id = me.id;
    let has = permit.read(move |r| factors(r, id)).await?;
    if has.any() && me.session.second_factor.is_none() {
        return draw(&permit, &app, &form).await;
    }
    if !present_password(&app, caller, &permit, &mut form, "password").await? {
        return draw(&permit, &app, &form).await;
    }
    let wanted = form.value("do").to_owned();
    match wanted.as_str() {
        "code-app" => {
            off_thread(move || begin_code_app(&app, &me)).await?.map_err(inside)?;
            Ok(Redirect::to(CODE_APP).into_response())
        }
        "recovery" => {
            let codes = off_thread(move || renew_recovery_codes(app.db(), &me)).await??;
            Ok(codes_once(&permit, &codes, "New recovery codes"))
        }
        "remove-code-app" => take_away(&permit, Removed::CodeApp).await,
        other => match other.strip_prefix("remove ").and_then(|id| id.parse().ok()) {
            Some(key) => take_away(&permit, Removed::Passkey(key)).await,
            None => Err(PageError::NotFound),
        },
    }
}

async fn take_away(permit: &Permit<OwnAccount>, what: Removed) -> Page {
    let (by, id) = (account(permit)?.actor(), permit.account_id());
    permit.write(move |w| remove_factor(&mut w.raw_for_operator(), &by, id, what)).await?;
    Ok(Redirect::to(HERE).into_response())
}

pub(super) async fn code_app(permit: Permit<OwnAccount>, State(app): State<App>) -> Page {
    draw_code_app(&permit, &app, &Form::blank()).await
}

async fn draw_code_app(permit: &Permit<OwnAccount>, app: &App, form: &Form) -> Page {
    let (me, there) = (account(permit)?, app.clone());
    let waiting = off_thread(move || code_app_waiting(&there, &me)).await?.map_err(inside)?;
    let Some(seed) = waiting else { return Ok(Redirect::to(HERE).into_response()) };
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Set up a code app" }
        ol class="govuk-list govuk-list--number" {
            li { "Open a code app on your telephone: any that makes six-figure codes." }
            li { "Take a picture of this square with it, or type the letters below it into it." }
            li { "Enter the six figures that the app shows." }
        }
        img src=(format!("{CODE_APP}/picture")) alt="Square code for your code app; the same stands below in letters" width="240" height="240";
        p class="govuk-body" { "In letters: " span class="al-code" { (seed.typed) } }
        form method="post" action=(CODE_APP) novalidate {
            (text_input(&form.field("code", "Six figures"), Input { kind: crate::web::components::InputKind::Digits, width: Width::Ten, autocomplete: Some("one-time-code") }))
            (button("Confirm", Emphasis::Primary))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Set up a code app" } else { "Error: Set up a code app" };
    let shell = Shell { title, before: Some(back_link("Your second factor", HERE)), ..Shell::default() };
    Ok((status, page(permit, shell, body)).into_response())
}

/// The picture alone: a route of its own, so that the page holds nothing inline. Never kept by a browser.
pub(super) async fn picture(permit: Permit<OwnAccount>, State(app): State<App>) -> Page {
    let me = account(&permit)?;
    let waiting = off_thread(move || code_app_waiting(&app, &me)).await?.map_err(inside)?;
    let seed = waiting.ok_or(PageError::NotFound)?;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, seed.picture).into_response())
}

pub(super) async fn confirm(
    permit: Permit<OwnAccount>,
    State(app): State<App>,
    Sent(mut form): Sent,
) -> Page {
    let (me, there, code) = (account(&permit)?, app.clone(), form.value("code").to_owned());
    form.set("code", "");
    let codes = off_thread(move || confirm_code_app(&there, &me, &code)).await?.map_err(inside)?;
    match codes {
        Some(codes) => Ok(codes_once(&permit, &codes, "Your code app is set up")),
        None => {
            form.refuse("code", "The code does not fit. Wait for the next one; if none fits, check that the telephone's clock is right");
            draw_code_app(&permit, &app, &form).await
        }
    }
}

/// The only page that ever shows recovery codes.
fn codes_once(permit: &Permit<OwnAccount>, codes: &[String], title: &str) -> Response {
    let body = html! {
        (panel(title, html! { "Keep the recovery codes: they are not shown again" }))
        p class="govuk-body" { "Each of these signs you in once, in place of the second factor. Print them or write them down, and keep them away from the device." }
        ul class="govuk-list" { @for code in codes { li { span class="al-code" { (code) } } } }
        (button_link("I have kept them", Emphasis::Primary, "/"))
    };
    page(permit, Shell { title, ..Shell::default() }, body)
}

#[derive(Debug, Deserialize)]
struct Wanted {
    password: String,
}

/// The question for the browser that makes a passkey. JSON, for `web/script/passkeys.js`.
pub(super) async fn start_making(
    permit: Permit<OwnAccount>,
    State(app): State<App>,
    caller: Caller,
    body: Bytes,
) -> Page {
    let Ok(wanted) = serde_json::from_slice::<Wanted>(&body) else { return Ok(not_usable()) };
    let me = account(&permit)?;
    let id = me.id;
    let has = permit.read(move |r| factors(r, id)).await?;
    if has.any() && me.session.second_factor.is_none() {
        return Ok(say(StatusCode::FORBIDDEN, "Sign out and in again with your second factor first."));
    }
    let mut form = Form::blank();
    form.set("password", wanted.password);
    if !present_password(&app, caller, &permit, &mut form, "password").await? {
        return Ok(say(
            StatusCode::UNPROCESSABLE_ENTITY,
            form.errors().first().map_or("", |error| error.message.as_str()),
        ));
    }
    let (question, token) = off_thread(move || start_passkey(&app, &me)).await?.map_err(inside)?;
    Ok(Json(json!({ "question": question, "token": token })).into_response())
}

#[derive(Debug, Deserialize)]
struct MadeKey {
    token: String,
    name: String,
    answer: RegisterPublicKeyCredential,
}

pub(super) async fn finish_making(permit: Permit<OwnAccount>, State(app): State<App>, body: Bytes) -> Page {
    let Ok(made) = serde_json::from_slice::<MadeKey>(&body) else { return Ok(not_usable()) };
    let me = account(&permit)?;
    let typed: String = made.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String =
        if typed.is_empty() { "Passkey".into() } else { typed.chars().take(LONGEST_NAME).collect() };
    let done = off_thread(move || finish_passkey(&app, &me, (&made.token, &name), &made.answer)).await?;
    match done {
        Ok(codes) => Ok(Json(json!({ "codes": codes })).into_response()),
        Err(FactorError::Passkey(PasskeyError::Refused(_) | PasskeyError::Gone)) => {
            Ok(say(StatusCode::UNPROCESSABLE_ENTITY, "The passkey was not accepted. Try again."))
        }
        Err(error) => Err(inside(error)),
    }
}

fn not_usable() -> Response {
    say(StatusCode::UNPROCESSABLE_ENTITY, "The browser sent something that can't be used. Try again.")
}
