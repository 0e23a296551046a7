//! One account: its roles, letting it in or not, a one-time link for a new password, its second factors.

use super::{link_once, place_words, role_fields, role_words, state, typed_role};
use crate::access::policy::ManageAccounts;
use crate::access::{
    App, Ending, Factors, Grade, IdentityLine, Permit, Removed, Role, Writer, end_sessions, factors,
    identities, make_link, remove_factor, unlink_identity, waiting_link,
};
use crate::clock;
use crate::ids::AccountId;
use crate::projects::accounts::{AccountRow, find_row, grant, revoke, set_disabled, set_grade};
use crate::projects::projects_pages::status;
use crate::projects::projects_pages::whole::Whole;
use crate::projects::queries::project_names;
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, back_link, button, error_summary, post_button, select, table,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use uuid::Uuid;

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

pub(super) async fn show(Whole(permit): Whole<ManageAccounts>, Path(id): Path<AccountId>) -> Page {
    draw(&permit, id, Form::blank()).await
}

pub(super) async fn give_role(
    Whole(permit): Whole<ManageAccounts>,
    Path(id): Path<AccountId>,
    Sent(mut form): Sent,
) -> Page {
    let names = permit.read(project_names).await?;
    let Some((role, project)) = typed_role(&mut form, &names) else {
        return draw(&permit, id, form).await;
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

pub(super) async fn set_the_grade(
    Whole(permit): Whole<ManageAccounts>,
    Path(id): Path<AccountId>,
    Sent(mut form): Sent,
) -> Page {
    let grade = form.value("grade").to_owned();
    if !grade.is_empty() && Grade::from_key(&grade).is_none() {
        form.refuse("grade", "Choose a grade");
        return draw(&permit, id, form).await;
    }
    permit
        .write(move |w| {
            standing(w, id)?;
            Ok::<_, PageError>(set_grade(w, id, &grade)?)
        })
        .await?;
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

/// For a machine that was lost, or a session that somebody else may have: all of them end now, and the account goes on.
pub(super) async fn sign_out(Whole(permit): Whole<ManageAccounts>, Path(id): Path<AccountId>) -> Page {
    if is_own(&permit, id) {
        return refuse(&permit, id, "End your own sessions on your account page, under your name").await;
    }
    permit
        .write(move |w| {
            standing(w, id)?;
            let by = w.actor().clone();
            Ok::<_, PageError>(end_sessions(&mut w.raw_for_operator(), &by, id.into(), Ending::All)?)
        })
        .await?;
    Ok(to(id))
}

pub(super) async fn new_link(
    Whole(permit): Whole<ManageAccounts>,
    State(app): State<App>,
    Path(id): Path<AccountId>,
) -> Page {
    // One's own password is changed where the present one is asked for: a session left open must not be enough.
    if is_own(&permit, id) {
        return refuse(&permit, id, "Change your own password on your account page, under your name").await;
    }
    let secret = permit
        .write(move |w| {
            if standing(w, id)?.disabled_at.is_some() {
                return Ok(None);
            }
            let by = w.actor().clone();
            Ok::<_, PageError>(Some(make_link(&mut w.raw_for_operator(), &by, id.into())?))
        })
        .await?;
    match secret {
        Some(secret) => Ok(link_once(&permit, &app, id, &secret)),
        None => refuse(&permit, id, "This account is disabled: let it in again first").await,
    }
}

/// For somebody who lost their device. Their sessions go on; the next sign-in asks to set up another where the role needs one.
pub(super) async fn take_factors(Whole(permit): Whole<ManageAccounts>, Path(id): Path<AccountId>) -> Page {
    if is_own(&permit, id) {
        return refuse(&permit, id, "Change your own second factor on your account page, under your name")
            .await;
    }
    permit
        .write(move |w| {
            standing(w, id)?;
            let by = w.actor().clone();
            Ok::<_, PageError>(remove_factor(&mut w.raw_for_operator(), &by, id.into(), Removed::All)?)
        })
        .await?;
    Ok(to(id))
}

/// For an identity that is somebody else's by now. The account's sessions end.
pub(super) async fn unlink(
    Whole(permit): Whole<ManageAccounts>,
    Path((id, identity)): Path<(AccountId, uuid::Uuid)>,
) -> Page {
    if is_own(&permit, id) {
        return refuse(&permit, id, "Change your own on your account page, under your name").await;
    }
    permit
        .write(move |w| {
            standing(w, id)?;
            let by = w.actor().clone();
            Ok::<_, PageError>(unlink_identity(
                &mut w.raw_for_operator(),
                &by,
                id.into(),
                identity,
                Ending::All,
            )?)
        })
        .await?;
    Ok(to(id))
}

async fn refuse(permit: &Permit<ManageAccounts>, id: AccountId, why: &str) -> Page {
    let mut form = Form::blank();
    form.refuse_all(why);
    draw(permit, id, form).await
}

/// The page, with what was typed into one of its forms and what is wrong with it.
async fn draw(permit: &Permit<ManageAccounts>, id: AccountId, form: Form) -> Page {
    let now = clock::now();
    let (account, names, has, link, linked) = permit
        .read(move |r| {
            let account = find_row(r, id)?.ok_or(PageError::NotFound)?;
            let (has, link) = (factors(r, id.into())?, waiting_link(r, id.into(), now)?);
            Ok::<_, PageError>((account, project_names(r)?, has, link, identities(r, id.into())?))
        })
        .await?;
    let own = is_own(permit, id);
    let address = format!("/accounts/{id}");
    let body = html! {
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
        h2 class="govuk-heading-m" { "Grade" }
        form method="post" action=(format!("{address}/grade")) novalidate {
            (grade(&form, &account))
            (button("Save the grade", Emphasis::Secondary))
        }
        h2 class="govuk-heading-m" { "Password" }
        @if own {
            p class="govuk-body" { a class="govuk-link" href="/account" { "Change your own password" } " on your account page." }
        } @else {
            p class="govuk-body" { "They choose it themselves, by a link that you give them. A second factor that they have stays." }
            @if let Some(until) = link { p class="govuk-body" { "A link waits to be used until " (clock::moment_words(until)) ". A new one takes its place." } }
            (post_button("Make a one-time link", "", Emphasis::Secondary, &format!("{address}/link")))
        }
        (second_factor(&has, own, &address))
        (single_sign_on(&linked, own, &address))
        @if !own && account.disabled_at.is_none() {
            h2 class="govuk-heading-m" { "Signed in now" }
            p class="govuk-body" { "When a machine was lost, or somebody else may sit at it. They can sign in again; what they typed and did not send is on their shelf." }
            (post_button("Sign out everywhere", "", Emphasis::Secondary, &format!("{address}/sign-out")))
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

fn grade(form: &Form, account: &AccountRow) -> Markup {
    let mut choices = vec![Choice::new("", "Not known")];
    choices.extend(Grade::ALL.iter().map(|grade| Choice::new(grade.key(), grade.words())));
    let mut shown = form.clone();
    if shown.value("grade").is_empty() {
        shown.set("grade", account.grade.as_str());
    }
    select(
        &shown.field("grade", "Professional grade").with_hint(
            "Stands in signatures. Your settings may say that some grades are countersigned; whose grade is not known is, too",
        ),
        &choices,
    )
}

fn second_factor(has: &Factors, own: bool, address: &str) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Second factor" }
        p class="govuk-body" {
            @if !has.any() { "None." } @else {
                @if has.code_app_since.is_some() { "Code app. " }
                "Passkeys: " (has.passkeys.len()) ". Recovery codes left: " (has.recovery_codes) "."
            }
        }
        @if has.any() && !own {
            p class="govuk-body" { "Only when they lost their device, and you are sure that it is they who ask." }
            (post_button("Take second factors away", "", Emphasis::Warning, &format!("{address}/second-factor")))
        }
    }
}

fn single_sign_on(linked: &[IdentityLine], own: bool, address: &str) -> Markup {
    html! {
        @if !linked.is_empty() {
            h2 class="govuk-heading-m" { "Single sign-on" }
            @for line in linked {
                p class="govuk-body" { (line.shown_as) " at " (line.issuer) ", linked on " (clock::moment_words(line.linked_at)) " by " (line.linked_by) "." }
                @if !own { (post_button("Take it away", &line.shown_as, Emphasis::Warning, &format!("{address}/identities/{}/unlink", line.id))) }
            }
        }
    }
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
