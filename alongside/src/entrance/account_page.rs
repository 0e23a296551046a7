//! One's own account: where one may work, and a new password.

use crate::access::policy::{
    AnswerRequests, ImportFiles, ManageService, OwnAccount, ReadAudit, SearchPeople, ViewBoard,
};
use crate::access::{Permit, change_own_password};
use crate::projects::project_names;
use crate::web::components::{
    Caption, Column, Emphasis, Form, Notice, PasswordFor, button, error_summary, notification_banner,
    password_input, table,
};
use crate::web::{Page, Sent, Shell, page};
use axum::response::{IntoResponse, Redirect};
use maud::html;

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

pub(super) async fn form(permit: Permit<OwnAccount>) -> Page {
    show(&permit, &Form::blank(), false).await
}

pub(super) async fn send(permit: Permit<OwnAccount>, Sent(mut form): Sent) -> Page {
    let (old, new, again) =
        (form.value("old").to_owned(), form.value("new").to_owned(), form.value("again").to_owned());
    for field in ["old", "new", "again"] {
        form.set(field, "");
    }
    if new != again {
        form.refuse("again", "The new password and its repetition differ");
        return show(&permit, &form, false).await;
    }
    let id = permit.account_id();
    match permit.write(move |w| change_own_password(w, id, &old, &new)).await {
        Ok(()) => show(&permit, &Form::blank(), true).await,
        Err(error) => {
            form.refuse(error.field(), error.to_string().trim_end_matches('.'));
            show(&permit, &form, false).await
        }
    }
}

async fn show(permit: &Permit<OwnAccount>, form: &Form, changed: bool) -> Page {
    let names = permit.read(project_names).await?;
    let Some(account) = permit.account() else { return Err(crate::web::PageError::NotFound) };
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
    let body = html! {
        @if changed { (notification_banner(Notice::Done, html! { p class="govuk-notification-banner__heading" { "Your password is changed." } })) }
        (error_summary(form))
        h1 class="govuk-heading-l" { "Your account" }
        p class="govuk-body" { "You sign in with " strong { (account.email) } "." }
        @if rows.is_empty() {
            p class="govuk-body" { "You have no role yet. Your service administrator gives roles." }
        } @else {
            (table(Caption::Shown("Your roles"), &[Column::words("Role"), Column::words("Where")], &rows))
        }
        h2 class="govuk-heading-m" { "Change your password" }
        form method="post" action="/account" novalidate {
            (password_input(&form.field("old", "Present password"), PasswordFor::SignIn))
            (password_input(&form.field("new", "New password").with_hint("At least 12 characters. Three or four unrelated words work well."), PasswordFor::Choosing))
            (password_input(&form.field("again", "New password once more"), PasswordFor::Choosing))
            (button("Change password", Emphasis::Secondary))
        }
    };
    Ok(page(permit, Shell { title: "Your account", ..Shell::default() }, body))
}
