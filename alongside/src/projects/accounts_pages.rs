//! People who sign in, for the administrator: the list, and letting somebody in.

mod one_account;

use super::accounts::{AccountRow, GrantRow, accounts, grant};
use super::projects_pages::whole::Whole;
use super::projects_pages::{one_line, status};
use super::queries::project_names;
use crate::access::policy::ManageAccounts;
use crate::access::{AccountError, App, LINK_HOURS, Permit, Role, Routes, invite_account, make_link};
use crate::ids::{AccountId, ProjectId};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, InputKind, TagColour, back_link, button, button_link,
    error_summary, panel, select, table, tag, text_input, warning_text,
};
use crate::web::{Page, Sent, Shell, page};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

/// Longest name of a colleague.
const LONGEST_NAME: usize = 100;
/// What is sent for a role everywhere.
const WHOLE: &str = "whole";

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get::<ManageAccounts, _>("/accounts", list)
        .get::<ManageAccounts, _>("/accounts/new", form)
        .post::<ManageAccounts, _>("/accounts", create)
        .get::<ManageAccounts, _>("/accounts/{account}", one_account::show)
        .post::<ManageAccounts, _>("/accounts/{account}/grade", one_account::set_the_grade)
        .post::<ManageAccounts, _>("/accounts/{account}/grants", one_account::give_role)
        .post::<ManageAccounts, _>("/accounts/{account}/grants/{grant}/end", one_account::end_role)
        .post::<ManageAccounts, _>("/accounts/{account}/disable", one_account::disable)
        .post::<ManageAccounts, _>("/accounts/{account}/let-in", one_account::let_in)
        .post::<ManageAccounts, _>("/accounts/{account}/sign-out", one_account::sign_out)
        .post::<ManageAccounts, _>("/accounts/{account}/link", one_account::new_link)
        .post::<ManageAccounts, _>("/accounts/{account}/second-factor", one_account::take_factors)
        .post::<ManageAccounts, _>("/accounts/{account}/identities/{identity}/unlink", one_account::unlink)
}

async fn list(Whole(permit): Whole<ManageAccounts>) -> Page {
    let accounts = permit.read(accounts).await?;
    let rows: Vec<Vec<Markup>> = accounts.iter().map(row).collect();
    let columns = [
        Column::words("Name"),
        Column::words("E-mail address"),
        Column::words("Roles"),
        Column::words("State"),
    ];
    let body = html! {
        h1 class="govuk-heading-l" { "People who sign in" }
        (button_link("Let somebody in", Emphasis::Primary, "/accounts/new"))
        (table(Caption::Hidden("People who sign in, by name"), &columns, &rows))
        p class="govuk-body" { "Programs that send lists in use " a class="govuk-link" href="/tokens" { "tokens" } ". Who is held after refused tries, and how long sessions last, stands at the " a class="govuk-link" href="/sign-in-doors" { "doors" } ". From time to time: the " a class="govuk-link" href="/access-review" { "access review" } "." }
    };
    Ok(page(
        &permit,
        Shell { title: "People who sign in", room: "/accounts", wide: true, ..Shell::default() },
        body,
    ))
}

fn row(account: &AccountRow) -> Vec<Markup> {
    vec![
        html! { a class="govuk-link" href=(format!("/accounts/{}", account.id)) { (account.name) } },
        html! { (account.email) },
        html! {
            @if account.grants.is_empty() { "No role" } @else {
                ul class="govuk-list" { @for grant in &account.grants { li { (role_words(&grant.role)) ", " (place_words(grant)) } } }
            }
        },
        state(account),
    ]
}

fn state(account: &AccountRow) -> Markup {
    if account.disabled_at.is_some() {
        tag(TagColour::Red, "Disabled")
    } else {
        tag(TagColour::Green, "May sign in")
    }
}

fn role_words(key: &str) -> &str {
    Role::from_key(key).map_or(key, |role| role.words())
}

fn place_words(grant: &GrantRow) -> &str {
    grant.project.as_deref().unwrap_or("the whole service")
}

async fn form(Whole(permit): Whole<ManageAccounts>) -> Page {
    ask(&permit, &Form::blank()).await
}

async fn create(Whole(permit): Whole<ManageAccounts>, State(app): State<App>, Sent(mut form): Sent) -> Page {
    let email = form.value("email").trim().to_owned();
    let name = one_line(form.value("name"));
    if name.is_empty() {
        form.refuse("name", "Enter the name that colleagues see");
    } else if name.chars().count() > LONGEST_NAME {
        form.refuse("name", format!("Shorten the name to {LONGEST_NAME} characters"));
    }
    if email.is_empty() {
        form.refuse("email", "Enter the e-mail address to sign in with");
    }
    let names = permit.read(project_names).await?;
    let given = typed_role(&mut form, &names);
    let (Some((role, project)), true) = (given, form.is_accepted()) else { return ask(&permit, &form).await };
    let made = permit
        .write(move |w| {
            let by = w.actor().clone();
            let id = AccountId::of(invite_account(&mut w.raw_for_operator(), &by, &name, &email)?);
            grant(w, id, role, project)?;
            Ok::<_, AccountError>((id, make_link(&mut w.raw_for_operator(), &by, id.into())?))
        })
        .await;
    match made {
        Ok((id, secret)) => Ok(link_once(&permit, &app, id, &secret)),
        Err(error) => {
            refuse_account(&mut form, error)?;
            ask(&permit, &form).await
        }
    }
}

/// The only page that ever holds a one-time link.
fn link_once(permit: &Permit<ManageAccounts>, app: &App, id: AccountId, secret: &str) -> Response {
    let mut form = Form::blank();
    form.set("link", format!("{}/choose-password/{secret}", app.config.public_url));
    let hint = format!("Works once, for {LINK_HOURS} hours");
    let body = html! {
        (panel("One-time link made", html! { "Copy it now: it is not shown again" }))
        (text_input(&form.field("link", "Link").with_hint(&hint), Input { autocomplete: Some("off"), ..Input::default() }))
        (warning_text("Whoever opens this link chooses the password. Give it to nobody but the colleague, in a message that only they read."))
        (button_link("I have copied it", Emphasis::Primary, &format!("/accounts/{id}")))
    };
    page(permit, Shell { title: "One-time link made", room: "/accounts", ..Shell::default() }, body)
}

/// Says on the form why an account was not made or changed; gives the error back when it is none of the reader's doing.
fn refuse_account(form: &mut Form, error: AccountError) -> Result<(), store::Error> {
    match error {
        // No password is typed on these pages: were one refused, the fault would be ours.
        AccountError::Password(why) => form.refuse_all(why.to_string().trim_end_matches('.')),
        // The name was checked before: what remains is the address, malformed or taken.
        AccountError::Invalid(why) => form.refuse("email", why.trim_end_matches('.')),
        AccountError::Store(error) if error.is_duplicate() => {
            form.refuse("email", "There is already an account with this e-mail address");
        }
        AccountError::Store(error) => return Err(error),
    }
    Ok(())
}

/// The role and where it is given; nothing, and the form says why, when they can't be used.
fn typed_role(form: &mut Form, names: &[(ProjectId, String)]) -> Option<(Role, Option<ProjectId>)> {
    let role = Role::from_key(form.value("role"));
    if role.is_none() {
        form.refuse("role", "Choose a role");
    }
    let place = form.value("place").to_owned();
    let project = names.iter().find(|(id, _)| id.to_string() == place).map(|(id, _)| *id);
    if project.is_none() && place != WHOLE {
        form.refuse("place", "Choose a project, or the whole service");
        return None;
    }
    // Half an administrator can do nothing: courts, projects and accounts belong to the whole service.
    if role == Some(Role::Administrator) && project.is_some() {
        form.refuse("place", "A service administrator works in the whole service: choose that");
        return None;
    }
    role.map(|role| (role, project))
}

fn role_fields(form: &Form, names: &[(ProjectId, String)]) -> Markup {
    let mut roles = vec![Choice::new("", "Choose a role")];
    roles.extend(Role::ALL.iter().map(|role| Choice::new(role.key(), role.words())));
    let ids: Vec<(String, &str)> = names.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let mut places = vec![Choice::new("", "Choose where")];
    places.extend(ids.iter().map(|(id, name)| Choice::new(id, name)));
    places.push(Choice::new(WHOLE, "The whole service"));
    html! {
        (select(&form.field("role", "Role"), &roles))
        (select(&form.field("place", "Where").with_hint("A role opens the people of one project. The whole service opens all of them"), &places))
    }
}

async fn ask(permit: &Permit<ManageAccounts>, form: &Form) -> Page {
    let names = permit.read(project_names).await?;
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Let somebody in" }
        form method="post" action="/accounts" novalidate {
            (text_input(&form.field("name", "Name").with_hint("As colleagues should see it"), Input { autocomplete: Some("off"), ..Input::default() }))
            (text_input(&form.field("email", "E-mail address").with_hint("They sign in with it"), Input { kind: InputKind::Email, autocomplete: Some("off"), ..Input::default() }))
            (role_fields(form, &names))
            p class="govuk-body" { "You get a link for them, by which they choose their own password. You never know it." }
            (button("Let in", Emphasis::Primary))
        }
    };
    let shell = Shell {
        title: if form.is_accepted() { "Let somebody in" } else { "Error: Let somebody in" },
        room: "/accounts",
        before: Some(back_link("People who sign in", "/accounts")),
        ..Shell::default()
    };
    Ok((status(form), page(permit, shell, body)).into_response())
}
