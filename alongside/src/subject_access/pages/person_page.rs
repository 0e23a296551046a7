//! The requests about one person, and writing one down.

use super::parts::{back, once, once_of, required, standing};
use crate::access::Permit;
use crate::access::policy::AnswerAccess;
use crate::clock;
use crate::ids::PersonId;
use crate::people::{Person, find, identity_for, ids_of};
use crate::subject_access::{NewRequest, REQUESTERS, Request, in_words, receive, requests_about};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, Layout, TypedDate, button, date_input, error_summary,
    radios, table, text_input, textarea, typed_date,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

async fn load(permit: &Permit<AnswerAccess>, id: PersonId) -> Result<(Person, Vec<Request>), PageError> {
    permit
        .read(move |r| {
            let Some(person) = find(r, id)? else { return Ok::<_, store::Error>(None) };
            let people = ids_of(r, &person)?;
            let requests = requests_about(r, &people)?;
            Ok(Some((person, requests)))
        })
        .await?
        .ok_or(PageError::NotFound)
}

pub(super) async fn show(permit: Permit<AnswerAccess>, Path(id): Path<PersonId>) -> Page {
    let (person, requests) = load(&permit, id).await?;
    let mut form = Form::blank();
    let today = clock::london_day(clock::now());
    form.set("received-day", today.day().to_string());
    form.set("received-month", today.month().to_string());
    form.set("received-year", today.year().to_string());
    Ok(draw(&permit, &person, &requests, &form))
}

fn draw(
    permit: &Permit<AnswerAccess>,
    person: &Person,
    requests: &[Request],
    form: &Form,
) -> axum::response::Response {
    let now = clock::now();
    let rows: Vec<Vec<Markup>> = requests
        .iter()
        .map(|q| {
            vec![
                html! { a class="govuk-link" href=(format!("/subject-access/{}", q.id)) { (clock::day_words(q.received_on)) } },
                html! { (in_words(REQUESTERS, &q.requester)) },
                html! { (clock::day_words(q.clock(now).due_on)) },
                standing(q, now),
            ]
        })
        .collect();
    let who: Vec<Choice<'_>> = REQUESTERS.iter().map(|o| Choice::new(o.key, o.words)).collect();
    let columns = [
        Column::words("Received"),
        Column::words("Asked for by"),
        Column::words("To be answered by"),
        Column::words("State"),
    ];
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Subject access" }
        @if !rows.is_empty() { (table(Caption::Shown("Requests about this person"), &columns, &rows)) }
        h2 class="govuk-heading-m" { "Write a request down" }
        p class="govuk-body" { "It need not be in writing, and need not use any special word. The month counts from the day it reached anybody here." }
        form method="post" action=(format!("/people/{}/subject-access", person.id())) novalidate {
            (once())
            (date_input(&form.field("received", "Received on")))
            (radios(&form.field("requester", "Who asks?"), Layout::Stacked, &who))
            (text_input(&form.field("name", "Their name"), Input::default()))
            (textarea(&form.field("identity", "How do we know who they are, and that they may ask?").with_hint("For example: known to the practitioner; passport seen; letter of authority of 3 March"), 2))
            (textarea(&form.field("wants", "What do they want, if not everything?").with_hint("Leave empty for everything"), 2))
            (button("Write it down", Emphasis::Primary))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Subject access" } else { "Error: Subject access" };
    let shell = Shell {
        title,
        room: "/subject-access",
        before: Some(back(permit, person)),
        identity: Some(identity_for(permit, person)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

pub(super) async fn write_down(
    permit: Permit<AnswerAccess>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let (person, requests) = load(&permit, id).await?;
    let today = clock::london_day(clock::now());
    let received = match typed_date(&form, "received") {
        TypedDate::Is(day) if day <= today => Some(day),
        _ => None,
    };
    if received.is_none() {
        form.refuse("received", "Enter the day it was received, like 27 3 2026; it can't lie ahead");
    }
    let requester = REQUESTERS.iter().find(|o| o.key == form.value("requester")).map(|o| o.key.to_owned());
    if requester.is_none() {
        form.refuse("requester", "Choose who asks");
    }
    let requester_name = required(&mut form, "name", "Enter the name of whoever asks");
    let identity = required(&mut form, "identity", "Say how we know who they are");
    let wants = form.value("wants").trim().chars().take(2_000).collect();
    let (Some(received_on), Some(requester), true) = (received, requester, form.is_accepted()) else {
        return Ok(draw(&permit, &person, &requests, &form));
    };
    let new = NewRequest { received_on, requester, requester_name, identity, wants };
    let own = once_of(&form);
    permit.write(move |w| receive(w, own, &person, &new)).await?;
    Ok(Redirect::to(&format!("/subject-access/{own}")).into_response())
}
