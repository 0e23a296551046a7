//! What a health professional said, before health data is told.

use super::parts::{closed_meanwhile, load, once, once_of};
use super::request_page;
use crate::access::Permit;
use crate::access::policy::AnswerAccess;
use crate::clock;
use crate::holdings::Rooms;
use crate::subject_access::{KNOWN, OPINIONS, Opinion, Request, in_words, write_opinion};
use crate::web::components::{
    Choice, Emphasis, Form, Input, Layout, TypedDate, button, date_input, inset_text, radios, text_input,
    textarea, typed_date,
};
use crate::web::{Page, Sent};
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use uuid::Uuid;

/// The opinion that there is, and the form for one where none stands.
pub(super) fn shown(request: &Request, form: &Form, base: &str, today: Date) -> Markup {
    let choices: Vec<Choice<'_>> = OPINIONS.iter().map(|o| Choice::new(o.key, o.words)).collect();
    let stands = request.opinion.as_ref().is_some_and(|opinion| opinion.stands(today));
    html! {
        h2 class="govuk-heading-m" { "Before health data is told" }
        @if let Some(opinion) = &request.opinion { (inset_text(html! {
            p class="govuk-body" {
                (in_words(OPINIONS, &opinion.kind)) ". "
                @if !opinion.professional.is_empty() { (opinion.professional) ", " }
                (clock::day_words(opinion.given_on)) "."
                @if !stands { " " strong { "It is older than six months: ask again." } }
            }
            @if !opinion.words.is_empty() { p class="govuk-body-s" { (opinion.words) } }
        })) }
        @if request.closed.is_none() && !stands {
            p class="govuk-body" { "Ask the health professional who is, or was last, responsible for the person’s care: would telling what is here be likely to cause serious harm to the health of the person or of somebody else? If so, withhold those passages." }
            form method="post" action=(format!("{base}/opinion")) novalidate {
                (once())
                (radios(&form.field("opinion", "What did they say?"), Layout::Stacked, &choices))
                (text_input(&form.field("professional", "Who, with their profession"), Input::default()))
                (date_input(&form.field("given", "On")))
                (textarea(&form.field("opinion-words", "In their words, or how we know that the person knows").with_hint("For the file, not in the copy"), 2))
                (button("Write it down", Emphasis::Secondary))
            }
        }
    }
}

pub(super) async fn write_down(
    permit: Permit<AnswerAccess>,
    Path(id): Path<Uuid>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let (request, _) = load(&permit, id).await?;
    if request.closed.is_some() {
        return Err(closed_meanwhile());
    }
    let today = clock::london_day(clock::now());
    let kind = OPINIONS.iter().find(|o| o.key == form.value("opinion")).map(|o| o.key);
    if kind.is_none() {
        form.refuse("opinion", "Choose what they said");
    }
    let text = |name: &str| -> String { form.value(name).trim().chars().take(2_000).collect() };
    let (professional, words) = (text("professional"), text("opinion-words"));
    if kind.is_some_and(|kind| kind != KNOWN) && professional.is_empty() {
        form.refuse("professional", "Say which health professional was asked");
    }
    if kind == Some(KNOWN) && words.is_empty() {
        form.refuse("opinion-words", "Say how we know that the person knows all of it");
    }
    let given = match typed_date(&form, "given") {
        TypedDate::Is(day) if day <= today => Some(day),
        _ => None,
    };
    if given.is_none() {
        form.refuse("given", "Enter the day it was given, like 27 3 2026; it can't lie ahead");
    }
    let (Some(kind), Some(given_on), true) = (kind, given, form.is_accepted()) else {
        return request_page::again_with(&permit, id, rooms, &form).await;
    };
    let (own, new) = (once_of(&form), Opinion { kind: kind.into(), professional, given_on, words });
    if !permit.write(move |w| write_opinion(w, (own, id), &new)).await? {
        return Err(closed_meanwhile());
    }
    Ok(Redirect::to(&format!("/subject-access/{id}")).into_response())
}
