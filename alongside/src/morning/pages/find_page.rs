//! Recognition did not find them: a colleague looks for the person on a line, and puts who is found beside it to compare.

use super::compare_page::draw;
use crate::access::Permit;
use crate::access::policy::Recognise;
use crate::clock;
use crate::ids::{ListingId, PersonId};
use crate::morning::candidates::add_candidate;
use crate::morning::rules::Rules;
use crate::morning::work::find_to_change;
use crate::people::{self, Answer, search};
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, InputKind, button, details, not_known, table, text_input,
};
use crate::web::{Page, PageError, Sent};
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use std::sync::Arc;

/// The form, below the candidates; open when somebody looked, with whom they found.
pub(super) fn somebody_else(id: ListingId, form: &Form, answer: Option<&Answer>) -> Markup {
    let looked = html! {
        form method="post" action=(format!("/listings/{id}/compare/find")) role="search" novalidate {
            (text_input(
                &form.field("search", "Name, birth date, or any number").with_hint("As they say it now, or as they were called before."),
                Input { kind: InputKind::Search, autocomplete: Some("off"), ..Input::default() },
            ))
            (button("Find", Emphasis::Secondary))
        }
        @if let Some(answer) = answer { (found(id, answer)) }
    };
    html! {
        h3 class="govuk-heading-s govuk-!-margin-top-6" { "Is it somebody else on the register?" }
        @if answer.is_some() { (looked) } @else { (details("Find a person to compare with this line", looked)) }
    }
}

fn found(id: ListingId, answer: &Answer) -> Markup {
    let rows: Vec<Vec<Markup>> = answer
        .found
        .iter()
        .map(|f| {
            vec![
                html! { (f.name) },
                f.born.map_or_else(not_known, |day| html! { (clock::day_words(day)) }),
                f.postcode.as_ref().map_or_else(not_known, |v| html! { (v) }),
                html! {
                    form method="post" action=(format!("/listings/{id}/compare/add")) class="al-inline-form" {
                        input type="hidden" name="person" value=(f.person);
                        button type="submit" class="govuk-button govuk-button--secondary" { "Compare" span class="govuk-visually-hidden" { " " (f.name) " with this line" } }
                    }
                },
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() { p class="govuk-body" { "Nobody of your projects fits. Try fewer words, or only the birth date." } }
        @else {
            (table(
                Caption::Shown("Found"),
                &[Column::words("Person"), Column::words("Born"), Column::words("Postcode"), Column::words("Compare")],
                &rows,
            ))
        }
        @if answer.more { p class="govuk-body" { "There are more: type more." } }
        @if answer.elsewhere > 0 { p class="govuk-body" { (answer.elsewhere) " more in projects where you don’t work. Ask a colleague there." } }
    }
}

pub(super) async fn look(
    permit: Permit<Recognise>,
    Path(id): Path<ListingId>,
    Extension(rules): Extension<Arc<Rules>>,
    Sent(form): Sent,
) -> Page {
    let typed = form.value("search").trim().to_owned();
    let answer = permit.read(move |r| search(r, &typed)).await?;
    draw(&permit, id, rules, form, Some(answer)).await
}

pub(super) async fn add(permit: Permit<Recognise>, Path(id): Path<ListingId>, Sent(form): Sent) -> Page {
    let Ok(person) = form.value("person").parse::<PersonId>() else { return Err(PageError::NotFound) };
    permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            let Some(person) = w.reading(|r| people::find(r, person))? else {
                return Err(PageError::NotFound);
            };
            Ok(add_candidate(w, &line, &person)?)
        })
        .await?;
    Ok(Redirect::to(&format!("/listings/{id}/compare")).into_response())
}
