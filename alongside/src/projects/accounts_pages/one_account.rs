//! One account: its roles, letting it in or not, a new password.

use super::{PASSWORD_HINT, place_words, refuse_account, role_fields, role_words, state, typed_role};
use crate::access::policy::ManageAccounts;
use crate::access::{Permit, Role, Writer, set_password};
use crate::clock;
use crate::ids::AccountId;
use crate::projects::accounts::{AccountRow, find_row, grant, revoke, set_disabled};
use crate::projects::projects_pages::status;
use crate::projects::projects_pages::whole::Whole;
use crate::projects::queries::project_names;
use crate::web::components::{
    Caption, Column, Emphasis, Form, Notice, PasswordFor, back_link, button, error_summary,
    notification_banner, password_input, post_button, table,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

/// What was just done, when the page would not show it otherwise.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: String,
}

const NOT_YOURSELF: &str = "You can't disable your own account. Ask another administrator to do it";
const NOT_YOUR_LAST: &str = "You can't end your own role as service administrator: you would lock yourself out. Ask another administrator to do it";

fn to(id: AccountId) -> Response {
    Redirect::to(&format!("/accounts/{id}")).into_response()
}

/// The account as it stands in this unit of work.
fn standing(w: &mut Writer<'_, ManageAccounts>, id: AccountId) -> Result<AccountRow, PageError> {
    w.reading(|r| find_row(r, id))?.ok_or(PageError::NotFound)
}

fn is_own(permit: &Permit<ManageAccounts>, id: AccountId) -> bool {
    permit.account_id() == Uuid::from(id)
}

pub(super) async fn show(
    Whole(permit): Whole<ManageAccounts>,
    Path(id): Path<AccountId>,
    Query(done): Query<Done>,
) -> Page {
    draw(&permit, id, Form::blank(), &done).await
}

pub(super) async fn give_role(
    Whole(permit): Whole<ManageAccounts>,
    Path(id): Path<AccountId>,
    Sent(mut form): Sent,
) -> Page {
    let names = permit.read(project_names).await?;
    let Some((role, project)) = typed_role(&mut form, &names) else {
        return draw(&permit, id, form, &Done::default()).await;
    };
    permit
        .write(move |w| {
            standing(w, id)?;
            Ok::<_, PageError>(grant(w, id, role, project)?)
        })
        .await?;
    Ok(to(id))
}

pub(super) async fn end_role(
    Whole(permit): Whole<ManageAccounts>,
    Path((id, ended)): Path<(AccountId, Uuid)>,
) -> Page {
    let own = is_own(&permit, id);
    let locks_out = permit
        .write(move |w| {
            let account = standing(w, id)?;
            if own && account.grants.iter().filter(|g| administers(g)).all(|g| g.id == ended) {
                return Ok(true);
            }
            revoke(w, id, ended)?;
            Ok::<_, PageError>(false)
        })
        .await?;
    if locks_out {
        return refuse(&permit, id, NOT_YOUR_LAST).await;
    }
    Ok(to(id))
}

/// Whether a grant makes a service administrator.
fn administers(grant: &crate::projects::accounts::GrantRow) -> bool {
    grant.role == Role::Administrator.key() && grant.project.is_none()
}

pub(super) async fn disable(Whole(permit): Whole<ManageAccounts>, Path(id): Path<AccountId>) -> Page {
    if is_own(&permit, id) {
        return refuse(&permit, id, NOT_YOURSELF).await;
    }
    permit
        .write(move |w| {
            if standing(w, id)?.disabled_at.is_none() {
                set_disabled(w, id, Some(clock::now()))?;
            }
            Ok::<_, PageError>(())
        })
        .await?;
    Ok(to(id))
}

pub(super) async fn let_in(Whole(permit): Whole<ManageAccounts>, Path(id): Path<AccountId>) -> Page {
    permit
        .write(move |w| {
            if standing(w, id)?.disabled_at.is_some() {
                set_disabled(w, id, None)?;
            }
            Ok::<_, PageError>(())
        })
        .await?;
    Ok(to(id))
}

pub(super) async fn new_password(
    Whole(permit): Whole<ManageAccounts>,
    Path(id): Path<AccountId>,
    Sent(mut form): Sent,
) -> Page {
    // One's own is changed where the present one is asked for: a session left open must not be enough.
    if is_own(&permit, id) {
        return refuse(&permit, id, "Change your own password on your account page, under your name").await;
    }
    let password = form.value("password").to_owned();
    form.set("password", "");
    if password.is_empty() {
        form.refuse("password", "Enter a new password");
        return draw(&permit, id, form, &Done::default()).await;
    }
    permit.read(move |r| find_row(r, id)).await?.ok_or(PageError::NotFound)?;
    let done = permit
        .write(move |w| {
            let by = w.actor().clone();
            set_password(&mut w.raw_for_operator(), &by, id.into(), &password)
        })
        .await;
    if let Err(error) = done {
        refuse_account(&mut form, error)?;
        return draw(&permit, id, form, &Done::default()).await;
    }
    Ok(Redirect::to(&format!("/accounts/{id}?done=password")).into_response())
}

async fn refuse(permit: &Permit<ManageAccounts>, id: AccountId, why: &str) -> Page {
    let mut form = Form::blank();
    form.refuse_all(why);
    draw(permit, id, form, &Done::default()).await
}

/// The page, with what was typed into one of its forms and what is wrong with it.
async fn draw(permit: &Permit<ManageAccounts>, id: AccountId, form: Form, done: &Done) -> Page {
    let (account, names) = permit
        .read(move |r| {
            let account = find_row(r, id)?.ok_or(PageError::NotFound)?;
            Ok::<_, PageError>((account, project_names(r)?))
        })
        .await?;
    let own = is_own(permit, id);
    let address = format!("/accounts/{id}");
    let body = html! {
        @if done.done == "password" {
            (notification_banner(Notice::Done, html! {
                p class="govuk-notification-banner__heading" { "The new password is set." }
                p class="govuk-body" { "They are signed out everywhere. Tell them the password in person or by telephone, and ask them to change it when they sign in." }
            }))
        }
        (error_summary(&form))
        h1 class="govuk-heading-l" { (account.name) }
        p class="govuk-body" { "Signs in with " strong { (account.email) } }
        p class="govuk-body" {
            (state(&account))
            @if let Some(at) = account.disabled_at { " since " (clock::moment_words(at)) }
        }
        h2 class="govuk-heading-m" { "Roles" }
        (roles(&account, &address))
        form method="post" action=(format!("{address}/grants")) novalidate {
            (role_fields(&form, &names))
            (button("Give role", Emphasis::Secondary))
        }
        h2 class="govuk-heading-m" { "Password" }
        @if own {
            p class="govuk-body" { a class="govuk-link" href="/account" { "Change your own password" } " on your account page." }
        } @else {
            form method="post" action=(format!("{address}/password")) novalidate {
                (password_input(&form.field("password", "New password").with_hint(PASSWORD_HINT), PasswordFor::Choosing))
                p class="govuk-body" { "It signs them out everywhere. They should change it when they next sign in." }
                (button("Set new password", Emphasis::Secondary))
            }
        }
        (door(&account, own, &address))
    };
    // A colleague's name stays out of the browser's history.
    let title = if form.is_accepted() { "Someone who signs in" } else { "Error: Someone who signs in" };
    let shell = Shell {
        title,
        room: "/accounts",
        before: Some(back_link("People who sign in", "/accounts")),
        ..Shell::default()
    };
    Ok((status(&form), page(permit, shell, body)).into_response())
}

fn roles(account: &AccountRow, address: &str) -> Markup {
    let rows: Vec<Vec<Markup>> = account
        .grants
        .iter()
        .map(|grant| {
            let (role, place) = (role_words(&grant.role), place_words(grant));
            let action = format!("{address}/grants/{}/end", grant.id);
            vec![
                html! { (role) },
                html! { (grant.project.as_deref().unwrap_or("The whole service")) },
                // Before the date, so that a narrow screen shows it without scrolling.
                post_button("End", &format!("{role}, {place}"), Emphasis::Small, &action),
                html! { (clock::moment_words(grant.since)) },
            ]
        })
        .collect();
    if rows.is_empty() {
        return html! { p class="govuk-body" { "No role: they can sign in and see nothing." } };
    }
    let columns =
        [Column::words("Role"), Column::words("Where"), Column::words("End"), Column::words("Since")];
    table(Caption::Hidden("Roles"), &columns, &rows)
}

/// Shut out, or let in again.
fn door(account: &AccountRow, own: bool, address: &str) -> Markup {
    if account.disabled_at.is_some() {
        return html! {
            h2 class="govuk-heading-m" { "Let in again" }
            p class="govuk-body" { "They can sign in again, with the roles above." }
            (post_button("Let in again", &account.name, Emphasis::Secondary, &format!("{address}/let-in")))
        };
    }
    html! {
        h2 class="govuk-heading-m" { "Disable" }
        @if own {
            p class="govuk-body" { (NOT_YOURSELF) "." }
        } @else {
            p class="govuk-body" { "They are signed out at once and can't sign in. What they did stays theirs, and they can be let in again." }
            (post_button("Disable account", &account.name, Emphasis::Warning, &format!("{address}/disable")))
        }
    }
}
