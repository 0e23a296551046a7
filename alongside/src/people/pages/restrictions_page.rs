//! Who may find a record: limiting it to named colleagues, withholding the address.

use super::person_page::identity_of;
use crate::access::policy::{RestrictPeople, ViewPerson};
use crate::access::{Permit, accounts_with};
use crate::clock;
use crate::ids::{AccountId, PersonId};
use crate::people::restricted::{
    Restriction, Restrictions, Standing, lift_restriction, name_account, restrict, restrictions,
    unname_account,
};
use crate::people::{Person, find};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, Layout, back_link, button, button_named, error_summary,
    radios, select, table, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use uuid::Uuid;

struct Seen {
    person: Person,
    standing: Vec<Standing>,
    named: Vec<(Uuid, String)>,
    colleagues: Vec<(String, String)>,
}

async fn load(permit: &Permit<RestrictPeople>, id: PersonId) -> Result<Seen, PageError> {
    permit
        .read(move |r| {
            let Some(person) = find(r, id)? else { return Err(PageError::NotFound) };
            let Restrictions { standing, named } = restrictions(r, &person)?;
            let colleagues = accounts_with::<ViewPerson>(r)?
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect();
            Ok(Seen { person, standing, named, colleagues })
        })
        .await
}

pub(super) async fn show(permit: Permit<RestrictPeople>, Path(id): Path<PersonId>) -> Page {
    let seen = load(&permit, id).await?;
    Ok(draw(&permit, &seen, &Form::blank()))
}

fn draw(permit: &Permit<RestrictPeople>, seen: &Seen, form: &Form) -> axum::response::Response {
    let address = format!("/people/{}/restrictions", seen.person.id());
    let kinds = [Restriction::Limited, Restriction::Address].map(|k| Choice::new(k.key(), k.words()));
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Who may find this record" }
        (standing_table(&seen.standing, &address))
        h2 class="govuk-heading-m" { "Restrict" }
        form method="post" action=(address) novalidate {
            (radios(&form.field("kind", "How"), Layout::Stacked, &kinds))
            (text_input(&form.field("reason", "Why").with_hint("For example: works for the service; the address would put them in danger"), Input::default()))
            (button_named("Restrict", Emphasis::Primary, "do", "restrict"))
        }
        h2 class="govuk-heading-m" { "Colleagues named on it" }
        p class="govuk-body" { "While the record is limited, only these find it, besides whoever breaks the glass. You are named when you limit it." }
        (named_table(&seen.named, &address))
        (name_form(seen, form, &address))
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title =
        if form.is_accepted() { "Who may find this record" } else { "Error: Who may find this record" };
    let href = format!("/people/{}", seen.person.id());
    let shell = Shell {
        title,
        room: "/people",
        before: Some(back_link("Record", &href)),
        identity: Some(identity_of(&seen.person)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

fn standing_table(standing: &[Standing], address: &str) -> Markup {
    if standing.is_empty() {
        return html! { p class="govuk-body" { "Everybody who works in its projects." } };
    }
    let rows: Vec<Vec<Markup>> = standing
        .iter()
        .map(|s| {
            vec![
                html! { (s.kind.words()) },
                html! { (s.reason) },
                html! { (clock::moment_words(s.set_at)) " by " (s.set_by) },
                one_button(address, "End", s.kind.words(), &format!("lift {}", s.id)),
            ]
        })
        .collect();
    let columns =
        [Column::words("Restriction"), Column::words("Why"), Column::words("Since"), Column::words("End")];
    table(Caption::Hidden("Restrictions"), &columns, &rows)
}

fn named_table(named: &[(Uuid, String)], address: &str) -> Markup {
    if named.is_empty() {
        return html! { p class="govuk-body" { "Nobody yet." } };
    }
    let rows: Vec<Vec<Markup>> = named
        .iter()
        .map(|(id, name)| {
            vec![html! { (name) }, one_button(address, "Take off", name, &format!("unname {id}"))]
        })
        .collect();
    table(
        Caption::Hidden("Colleagues named"),
        &[Column::words("Colleague"), Column::words("Take off")],
        &rows,
    )
}

fn one_button(address: &str, text: &str, about: &str, value: &str) -> Markup {
    html! {
        form method="post" action=(address) class="al-inline-form" {
            input type="hidden" name="do" value=(value);
            button type="submit" class="govuk-button govuk-button--secondary al-button--small" data-module="govuk-button" {
                (text) span class="govuk-visually-hidden" { " " (about) }
            }
        }
    }
}

fn name_form(seen: &Seen, form: &Form, address: &str) -> Markup {
    let mut choices = vec![Choice::new("", "Choose a colleague")];
    choices.extend(seen.colleagues.iter().map(|(id, name)| Choice::new(id, name)));
    html! {
        form method="post" action=(address) novalidate {
            input type="hidden" name="do" value="name";
            (select(&form.field("colleague", "Colleague"), &choices))
            (button("Name on the record", Emphasis::Secondary))
        }
    }
}

pub(super) async fn change(
    permit: Permit<RestrictPeople>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let seen = load(&permit, id).await?;
    let wanted = form.value("do").to_owned();
    let (person, me) = (seen.person.clone(), AccountId::of(permit.account_id()));
    match wanted.split_once(' ').unwrap_or((&wanted, "")) {
        ("restrict", _) => {
            let kind = Restriction::from_key(form.value("kind"));
            let reason: String = form.value("reason").trim().chars().take(500).collect();
            if kind.is_none() {
                form.refuse("kind", "Choose how the record is restricted");
            }
            if reason.is_empty() {
                form.refuse("reason", "Say why");
            }
            let (Some(kind), true) = (kind, form.is_accepted()) else {
                return Ok(draw(&permit, &seen, &form));
            };
            permit.write(move |w| restrict(w, &person, (kind, &reason), me)).await?;
        }
        ("lift", which) => {
            let which = which.parse().map_err(|_| PageError::NotFound)?;
            permit.write(move |w| lift_restriction(w, &person, which)).await?;
        }
        ("name", _) => {
            let colleague = form.value("colleague").to_owned();
            let Some(account) =
                seen.colleagues.iter().find(|(id, _)| *id == colleague).and_then(|(id, _)| id.parse().ok())
            else {
                form.refuse("colleague", "Choose a colleague from the list");
                return Ok(draw(&permit, &seen, &form));
            };
            permit.write(move |w| name_account(w, &person, account)).await?;
        }
        ("unname", which) => {
            let which = which.parse().map_err(|_| PageError::NotFound)?;
            if !permit.write(move |w| unname_account(w, &person, which)).await? {
                form.refuse_all("Name another colleague first: nobody could find the record any more");
                return Ok(draw(&permit, &seen, &form));
            }
        }
        _ => return Err(PageError::NotFound),
    }
    Ok(Redirect::to(&format!("/people/{id}/restrictions")).into_response())
}
