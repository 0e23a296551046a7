//! One's own account: where one may work, a new password, and the way to second factors and sessions.

use super::identities_page;
use super::sign_in_page::{held_words, off_thread};
use crate::access::policy::{
    AnswerRequests, ImportFiles, ManageService, OwnAccount, ReadAudit, SearchPeople, ViewBoard,
};
use crate::access::{
    AccountError, App, Caller, Permit, SHORTEST, SignIn, ToConfirm, change_own_password, confirm_password,
    factors, identities, to_confirm,
};
use crate::clock;
use crate::projects::project_names;
use crate::web::components::{
    Caption, Column, Emphasis, Field, Form, Notice, PasswordFor, SummaryRow, button, error_summary,
    notification_banner, password_input, summary_list, table,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;

/// What is said wherever a password is chosen.
pub(super) fn password_hint() -> String {
    format!("At least {SHORTEST} characters; 15 or more are better. Three or four unrelated words work well.")
}

/// Where the day starts for this account.
pub(super) async fn home(permit: Permit<OwnAccount>) -> Page {
    let to = if permit.may::<ViewBoard>() {
        "/courts"
    } else if permit.may::<ManageService>() {
        "/projects"
    } else if permit.may::<AnswerRequests>() {
        "/requests"
    } else if permit.may::<ReadAudit>() {
        "/audit"
    } else if permit.may::<SearchPeople>() {
        "/people"
    } else if permit.may::<ImportFiles>() {
        "/imports"
    } else {
        "/account"
    };
    Ok(Redirect::to(to).into_response())
}

/// What was done just before.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Before {
    #[serde(default)]
    linked: String,
}

pub(super) async fn form(
    permit: Permit<OwnAccount>,
    State(app): State<App>,
    Query(before): Query<Before>,
) -> Page {
    let done = (!before.linked.is_empty())
        .then_some(("Your sign-in is linked.", "From now on you can sign in through it."));
    show(&permit, &app, &Form::blank(), done).await
}

/// What this account is asked before what protects it is changed.
pub(super) async fn asked_first(app: &App, permit: &Permit<OwnAccount>) -> Result<ToConfirm, PageError> {
    let Some(account) = permit.account().cloned() else { return Err(PageError::NotFound) };
    let there = app.clone();
    Ok(off_thread(move || there.db().read(|r| to_confirm(&there, r, &account, clock::now()))).await??)
}

/// The field for the present password; for somebody who has none here, what stands in for it.
pub(super) fn confirming(app: &App, asked: ToConfirm, field: &Field<'_>) -> Markup {
    let name = app.provider().map_or("the provider", |provider| &provider.settings().name);
    match asked {
        ToConfirm::Password => password_input(field, PasswordFor::SignIn),
        ToConfirm::Nothing => html! {
            // The script that makes passkeys sends a field of this name.
            input type="hidden" name=(field.name) value="";
            p class="govuk-body" { "You have no password here. You came through " (name) " just now: that is enough for ten minutes." }
        },
        ToConfirm::ComeAgain => html! {
            input type="hidden" name=(field.name) value="";
            p class="govuk-body" { (come_again(name)) "." }
        },
    }
}

fn come_again(name: &str) -> String {
    format!(
        "You have no password here. To change this, sign out, sign in again through {name}, and do it within ten minutes"
    )
}

/// Checks the present password, which the form has in `field`; the form says why not. Counts like a sign-in. Whoever has no
/// password that works here must have come through the provider just now.
pub(super) async fn present_password(
    app: &App,
    caller: Caller,
    permit: &Permit<OwnAccount>,
    form: &mut Form,
    field: &str,
) -> Result<bool, PageError> {
    match asked_first(app, permit).await? {
        ToConfirm::Password => {}
        ToConfirm::Nothing => return Ok(true),
        ToConfirm::ComeAgain => {
            let name = app.provider().map_or("the provider", |provider| &provider.settings().name);
            form.refuse_all(come_again(name));
            return Ok(false);
        }
    }
    let (typed, id, there) = (form.value(field).to_owned(), permit.account_id(), app.clone());
    form.set(field, "");
    if typed.is_empty() {
        form.refuse(field, "Enter your present password");
        return Ok(false);
    }
    match off_thread(move || confirm_password(&there, &caller, id, &typed)).await?? {
        SignIn::In(_) => return Ok(true),
        SignIn::Held(until) => form.refuse(field, held_words(until)),
        _ => form.refuse(field, "The present password does not fit"),
    }
    Ok(false)
}

pub(super) async fn send(
    permit: Permit<OwnAccount>,
    State(app): State<App>,
    caller: Caller,
    Sent(mut form): Sent,
) -> Page {
    let (new, again) = (form.value("new").to_owned(), form.value("again").to_owned());
    form.set("new", "");
    form.set("again", "");
    if new != again {
        form.refuse("again", "The new password and its repetition differ");
        form.set("old", "");
        return show(&permit, &app, &form, None).await;
    }
    if !present_password(&app, caller, &permit, &mut form, "old").await? {
        return show(&permit, &app, &form, None).await;
    }
    let Some(account) = permit.account().cloned() else { return Err(PageError::NotFound) };
    if !may_have_password(&app, &account.email) {
        form.refuse_all("A password would not let you in here, so none is kept");
        return show(&permit, &app, &form, None).await;
    }
    match permit.write(move |w| change_own_password(w, &account, &new)).await {
        Ok(()) => {
            let done = ("Your password is changed.", "Your sessions on other devices are over.");
            show(&permit, &app, &Form::blank(), Some(done)).await
        }
        Err(AccountError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse("new", error.to_string().trim_end_matches('.'));
            show(&permit, &app, &form, None).await
        }
    }
}

/// The page; `done` is what was just done, with what follows from it.
pub(super) async fn show(
    permit: &Permit<OwnAccount>,
    app: &App,
    form: &Form,
    done: Option<(&str, &str)>,
) -> Page {
    let id = permit.account_id();
    let (names, has, linked) = permit
        .read(move |r| Ok::<_, store::Error>((project_names(r)?, factors(r, id)?, identities(r, id)?)))
        .await?;
    let Some(account) = permit.account() else { return Err(PageError::NotFound) };
    let asked = asked_first(app, permit).await?;
    let rows: Vec<_> = account
        .grants
        .iter()
        .map(|g| {
            let place = g.project.map_or("The whole service".to_owned(), |id| {
                names
                    .iter()
                    .find(|(project, _)| uuid::Uuid::from(*project) == id)
                    .map_or("A closed project".to_owned(), |(_, n)| n.clone())
            });
            vec![html! { (g.role.words()) }, html! { (place) }]
        })
        .collect();
    let hint = password_hint();
    let body = html! {
        @if let Some((done, then)) = done { (notification_banner(Notice::Done, html! { p class="govuk-notification-banner__heading" { (done) } p class="govuk-body" { (then) } })) }
        (error_summary(form))
        h1 class="govuk-heading-l" { "Your account" }
        p class="govuk-body" { "You sign in with " strong { (account.email) } "." }
        @if rows.is_empty() {
            p class="govuk-body" { "You have no role yet. Your service administrator gives roles." }
        } @else {
            (table(Caption::Shown("Your roles"), &[Column::words("Role"), Column::words("Where")], &rows))
        }
        h2 class="govuk-heading-m" { "Signing in" }
        (summary_list(&[
            SummaryRow::new("Second factor", second_factor_words(&has)),
            SummaryRow::new("Sessions", html! { a class="govuk-link" href="/account/sessions" { "Where you are signed in" } }),
        ]))
        @if let Some(provider) = app.provider() { (identities_page::part(&provider.settings().name, &linked, &confirming(app, asked, &form.field("password_to_link", "Present password, to link or unlink")))) }
        @if may_have_password(app, &account.email) {
            h2 class="govuk-heading-m" { "Change your password" }
            form method="post" action="/account" novalidate {
                (confirming(app, asked, &form.field("old", "Present password")))
                (password_input(&form.field("new", "New password").with_hint(&hint), PasswordFor::Choosing))
                (password_input(&form.field("again", "New password once more"), PasswordFor::Choosing))
                (button("Change password", Emphasis::Secondary))
            }
        }
    };
    Ok(page(permit, Shell { title: "Your account", ..Shell::default() }, body))
}

/// Whether a password would let this account in.
fn may_have_password(app: &App, email: &str) -> bool {
    app.provider().is_none_or(|provider| provider.settings().lets_in_here(email))
}

fn second_factor_words(has: &crate::access::Factors) -> Markup {
    html! {
        @if has.code_app_since.is_some() { "Code app. " }
        @if !has.passkeys.is_empty() { "Passkeys: " (has.passkeys.len()) ". " }
        @if !has.any() { "None yet. " }
        a class="govuk-link" href="/account/second-factor" { "See and change" }
    }
}
