//! Finding somebody. What is typed is posted: a name never stands in an address.

use crate::access::Permit;
use crate::access::policy::{BreakGlass, KeepRegister, SearchPeople};
use crate::clock;
use crate::people::{Answer, search};
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, InputKind, button, empty_state, not_known, table, text_input,
};
use crate::web::{Page, Sent, Shell, page};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use maud::{Markup, html};

pub(super) async fn form(permit: Permit<SearchPeople>) -> Page {
    Ok(draw(&permit, &Form::blank(), None))
}

pub(super) async fn send(permit: Permit<SearchPeople>, headers: HeaderMap, Sent(form): Sent) -> Page {
    let typed = form.value("search").trim().to_owned();
    let answer = permit.read(move |r| search(r, &typed)).await?;
    // The script asks for the results alone while somebody types.
    if headers.contains_key("x-fragment") {
        return Ok(results(&permit, &form, &answer).into_response());
    }
    Ok(draw(&permit, &form, Some(&answer)))
}

fn draw(permit: &Permit<SearchPeople>, form: &Form, answer: Option<&Answer>) -> axum::response::Response {
    let body = html! {
        h1 class="govuk-heading-l" { "Find a person" }
        form method="post" action="/people/search" role="search" data-live-search="results" novalidate {
            (text_input(
                &form.field("search", "Name, birth date, or any number").with_hint("Like: khan moh 3/4/1990, or 52494Q, or SE5 7. Any order; spelling need not be right."),
                Input { kind: InputKind::Search, autocomplete: Some("off"), ..Input::default() },
            ))
            (button("Find", Emphasis::Primary))
        }
        div id="results" aria-live="polite" { @if let Some(answer) = answer { (results(permit, form, answer)) } }
    };
    page(permit, Shell { title: "Find a person", room: "/people", ..Shell::default() }, body)
}

fn results(permit: &Permit<SearchPeople>, form: &Form, answer: &Answer) -> Markup {
    let rows: Vec<Vec<Markup>> = answer
        .found
        .iter()
        .map(|f| {
            vec![
                html! { a class="govuk-link" href=(format!("/people/{}", f.person)) { (f.name) } },
                f.born.map_or_else(not_known, |day| html! { (clock::day_words(day)) }),
                f.pnc.as_ref().map_or_else(not_known, |v| html! { (v) }),
                f.postcode.as_ref().map_or_else(not_known, |v| html! { (v) }),
            ]
        })
        .collect();
    let typed = form.value("search").trim();
    html! {
        @if typed.is_empty() { p class="govuk-body" { "Type a name, a birth date or a number." } }
        @else if rows.is_empty() { (empty_state("Nobody found", html! { p class="govuk-body" { "Nobody of your projects fits. Try fewer words, or only the surname, or the birth date." } })) }
        @else {
            h2 class="govuk-heading-m" { (rows.len()) @if answer.more { " or more" } " found" }
            (table(Caption::Hidden("People found"), &[Column::words("Person"), Column::words("Born"), Column::words("PNC"), Column::words("Postcode")], &rows))
        }
        @if answer.elsewhere > 0 {
            p class="govuk-body" { (answer.elsewhere) " more in projects where you don't work. Ask a colleague there." }
            @if permit.may::<BreakGlass>() {
                p class="govuk-body" {
                    "If it can't wait: "
                    @for (index, person) in answer.closed.iter().enumerate() { a class="govuk-link" href=(format!("/glass/{person}")) { "break the glass for record " (index + 1) } " " }
                }
            }
        }
        @if !typed.is_empty() && permit.may::<KeepRegister>() {
            form method="post" action="/people/new" {
                input type="hidden" name="searched" value=(typed);
                (button("None of these: put somebody new on the register", Emphasis::Secondary))
            }
        }
    }
}
