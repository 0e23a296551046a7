//! A second record of one person that recognition missed: somebody who knows of it looks for it here, and compares the two.

use super::person_page::identity_of;
use crate::access::Permit;
use crate::access::policy::KeepRegister;
use crate::clock;
use crate::ids::PersonId;
use crate::people::{Answer, Person, find, search};
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, InputKind, back_link, button, empty_state, not_known, table,
    text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use maud::{Markup, html};

pub(super) async fn form(permit: Permit<KeepRegister>, Path(id): Path<PersonId>) -> Page {
    let found = permit.read(move |r| find(r, id)).await?;
    let Some(person) = found else { return Err(PageError::NotFound) };
    Ok(draw(&permit, &person, &Form::blank(), None))
}

pub(super) async fn send(permit: Permit<KeepRegister>, Path(id): Path<PersonId>, Sent(form): Sent) -> Page {
    let typed = form.value("search").trim().to_owned();
    let found = permit
        .read(move |r| {
            let Some(person) = find(r, id)? else { return Ok::<_, store::Error>(None) };
            let mut answer = search(r, &typed)?;
            answer.found.retain(|other| other.person != person.id());
            Ok(Some((person, answer)))
        })
        .await?;
    let Some((person, answer)) = found else { return Err(PageError::NotFound) };
    Ok(draw(&permit, &person, &form, Some(&answer)))
}

fn draw(
    permit: &Permit<KeepRegister>,
    person: &Person,
    form: &Form,
    answer: Option<&Answer>,
) -> axum::response::Response {
    let href = format!("/people/{}", person.id());
    let body = html! {
        h1 class="govuk-heading-l" { "Compare with another record" }
        p class="govuk-body" { "If this person has a second record, find it here. Nothing is merged before you have seen both side by side." }
        form method="post" action=(format!("{href}/other")) role="search" novalidate {
            (text_input(
                &form.field("search", "Name, birth date, or any number of the other record").with_hint("Like: khan moh 3/4/1990, or 52494Q, or SE5 7"),
                Input { kind: InputKind::Search, autocomplete: Some("off"), ..Input::default() },
            ))
            (button("Find", Emphasis::Primary))
        }
        @if let Some(answer) = answer { (results(person, form, answer)) }
    };
    let shell = Shell {
        title: "Compare with another record",
        room: "/people",
        before: Some(back_link("The record", &href)),
        identity: Some(identity_of(person)),
        ..Shell::default()
    };
    axum::response::IntoResponse::into_response(page(permit, shell, body))
}

fn results(person: &Person, form: &Form, answer: &Answer) -> Markup {
    let rows: Vec<Vec<Markup>> = answer
        .found
        .iter()
        .map(|f| {
            vec![
                html! { (f.name) },
                f.born.map_or_else(not_known, |day| html! { (clock::day_words(day)) }),
                f.pnc.as_ref().map_or_else(not_known, |v| html! { (v) }),
                f.postcode.as_ref().map_or_else(not_known, |v| html! { (v) }),
                html! { a class="govuk-link" href=(format!("/people/{}/compare/{}", person.id(), f.person)) { "Compare" span class="govuk-visually-hidden" { " with " (f.name) } } },
            ]
        })
        .collect();
    html! {
        @if form.value("search").trim().is_empty() { p class="govuk-body" { "Type a name, a birth date or a number." } }
        @else if rows.is_empty() { (empty_state("No other record found", html! { p class="govuk-body" { "No other record of your projects fits. Try fewer words, or only the surname, or the birth date." } })) }
        @else {
            h2 class="govuk-heading-m" { (rows.len()) @if answer.more { " or more" } " found" }
            (table(Caption::Hidden("Records found"), &[Column::words("Person"), Column::words("Born"), Column::words("PNC"), Column::words("Postcode"), Column::words("Next")], &rows))
        }
        @if answer.elsewhere > 0 {
            p class="govuk-body" { (answer.elsewhere) " more in projects where you don't work. A colleague who works in both can compare them." }
        }
    }
}
