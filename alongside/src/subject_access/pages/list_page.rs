//! All requests, the next to be answered first; and finding the person somebody asks about.

use super::parts::standing;
use crate::access::Permit;
use crate::access::policy::AnswerAccess;
use crate::clock;
use crate::people::{Answer, names, search};
use crate::subject_access::{REQUESTERS, Request, all_requests, in_words};
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, InputKind, button, empty_state, not_known, table, text_input,
};
use crate::web::{Page, Sent, Shell, page};
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<AnswerAccess>) -> Page {
    let requests = load(&permit).await?;
    Ok(draw(&permit, &requests, &Form::blank(), None))
}

pub(super) async fn search_people(permit: Permit<AnswerAccess>, Sent(form): Sent) -> Page {
    let typed = form.value("search").trim().to_owned();
    let answer = permit.read(move |r| search(r, &typed)).await?;
    let requests = load(&permit).await?;
    Ok(draw(&permit, &requests, &form, Some(&answer)))
}

/// Requests about people whom the reader may see, each with the name.
async fn load(permit: &Permit<AnswerAccess>) -> store::Result<Vec<(Request, String)>> {
    permit
        .read(|r| {
            let requests = all_requests(r)?;
            let named = names(r, requests.iter().map(|q| q.person))?;
            Ok(requests
                .into_iter()
                .filter_map(|request| named.get(&request.person).cloned().map(|name| (request, name)))
                .collect())
        })
        .await
}

fn draw(
    permit: &Permit<AnswerAccess>,
    requests: &[(Request, String)],
    form: &Form,
    answer: Option<&Answer>,
) -> axum::response::Response {
    let now = clock::now();
    let rows: Vec<Vec<Markup>> = requests
        .iter()
        .map(|(request, name)| {
            vec![
                html! { a class="govuk-link" href=(format!("/subject-access/{}", request.id)) { (name) } },
                html! { (clock::day_words(request.received_on)) },
                html! { (in_words(REQUESTERS, &request.requester)) },
                html! { (clock::day_words(request.clock(now).due_on)) },
                standing(request, now),
            ]
        })
        .collect();
    let columns = [
        Column::words("About"),
        Column::words("Received"),
        Column::words("Asked for by"),
        Column::words("To be answered by"),
        Column::words("State"),
    ];
    let body = html! {
        h1 class="govuk-heading-l" { "Subject access" }
        p class="govuk-body" { "Whoever asks what is held about them is answered within one month." }
        @if rows.is_empty() { (empty_state("No request yet", html! { p class="govuk-body" { "Find the person below and write the request down." } })) }
        @else { (table(Caption::Hidden("Requests, the next to be answered first"), &columns, &rows)) }
        h2 class="govuk-heading-m" { "Write a request down" }
        form method="post" action="/subject-access/search" role="search" novalidate {
            (text_input(
                &form.field("search", "About whom?").with_hint("Name, birth date, or any number"),
                Input { kind: InputKind::Search, autocomplete: Some("off"), ..Input::default() },
            ))
            (button("Find", Emphasis::Primary))
        }
        @if let Some(answer) = answer { (people(answer)) }
    };
    page(permit, Shell { title: "Subject access", room: "/subject-access", ..Shell::default() }, body)
}

fn people(answer: &Answer) -> Markup {
    let rows: Vec<Vec<Markup>> = answer
        .found
        .iter()
        .map(|f| {
            vec![
                html! { a class="govuk-link" href=(format!("/people/{}/subject-access", f.person)) { (f.name) } },
                f.born.map_or_else(not_known, |day| html! { (clock::day_words(day)) }),
                f.postcode.as_ref().map_or_else(not_known, |v| html! { (v) }),
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() { p class="govuk-body" { "Nobody found. Try fewer words, or the birth date. If nobody is found at all, nothing is held on the register: say so to whoever asks, and look at the lists of the days they name." } }
        @else { (table(Caption::Shown("Found"), &[Column::words("Person"), Column::words("Born"), Column::words("Postcode")], &rows)) }
        @if answer.more { p class="govuk-body" { "There are more: type more." } }
    }
}
