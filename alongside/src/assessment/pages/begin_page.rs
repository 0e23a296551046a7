//! Where an assessment begins: with a person. A line that nobody is linked to yet leads to that question first.

use super::parts::{listed_tag, person_page};
use crate::access::Permit;
use crate::access::policy::Assess;
use crate::assessment::record::{begin, of};
use crate::clock;
use crate::ids::{AssessmentId, ListingId, PersonId};
use crate::morning;
use crate::people::{self, project_with};
use crate::web::components::{Emphasis, Form, button, error_summary, inset_text};
use crate::web::{Page, PageError, Sent};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use maud::html;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct From {
    listing: Option<ListingId>,
}

pub(super) async fn from_line(permit: Permit<Assess>, Path(id): Path<ListingId>) -> Page {
    let person = permit
        .read(move |r| {
            let Some(line) = morning::find(r, id)? else { return Err(PageError::NotFound) };
            Ok(morning::person_on(r, &line)?)
        })
        .await?;
    let to = match person {
        Some(person) => format!("/people/{person}/assessments?listing={id}"),
        None => format!("/listings/{id}/compare"),
    };
    Ok(Redirect::to(&to).into_response())
}

pub(super) async fn show(permit: Permit<Assess>, Path(id): Path<PersonId>, Query(from): Query<From>) -> Page {
    draw(&permit, id, from.listing, Form::blank()).await
}

async fn draw(permit: &Permit<Assess>, id: PersonId, listing: Option<ListingId>, form: Form) -> Page {
    let (person, before) = permit
        .read(move |r| {
            let Some(person) = people::find(r, id)? else { return Err(PageError::NotFound) };
            let people = people::ids_of(r, &person)?;
            Ok((person, of(r, &people)?))
        })
        .await?;
    let open: Vec<_> = before.iter().filter(|a| a.signature.is_none()).collect();
    let body = html! {
        (error_summary(&form))
        h1 class="govuk-heading-l" { "Health and wellbeing assessment" }
        @if !open.is_empty() {
            (inset_text(html! {
                p class="govuk-body" { strong { "One is begun already." } " Go on with it, unless this is a new piece of work." }
                ul class="govuk-list" {
                    @for a in &open { li { a class="govuk-link" href=(format!("/assessments/{}", a.id)) { "Go on with the assessment begun on " (clock::day_words(clock::london_day(a.begun_at))) } " by " (a.begun_by) } }
                }
            }))
        }
        p class="govuk-body" { "Go through topics in any order, leave out what doesn't fit today, and come back to any. What was said before is shown with its day, and counts here only when you say that it still holds." }
        form method="post" action=(format!("/people/{id}/assessments")) {
            @if let Some(listing) = listing { input type="hidden" name="listing" value=(listing); }
            input type="hidden" name="open" value=(open.len());
            (button(if open.is_empty() { "Begin an assessment" } else { "Begin a new assessment" }, if open.is_empty() { Emphasis::Primary } else { Emphasis::Secondary }))
        }
        @if before.len() > open.len() {
            h2 class="govuk-heading-m" { "Earlier assessments" }
            ul class="govuk-list" {
                @for a in before.iter().filter(|a| a.signature.is_some()) {
                    li { a class="govuk-link" href=(format!("/assessments/{}", a.id)) { (clock::day_words(clock::london_day(a.begun_at))) } ", " (a.begun_by) " " (listed_tag(a)) }
                }
            }
        }
    };
    let back = format!("/people/{id}");
    Ok(person_page(permit, &person, "Begin an assessment", ("The person", &back), &form, body))
}

pub(super) async fn send(permit: Permit<Assess>, Path(id): Path<PersonId>, Sent(mut form): Sent) -> Page {
    let listing: Option<ListingId> = form.value("listing").parse().ok();
    let seen_open: usize = form.value("open").parse().unwrap_or(0);
    let made = permit
        .write(move |w| {
            let Some(person) = w.reading(|r| people::find(r, id))? else { return Err(PageError::NotFound) };
            let ids = people::ids_of(w, &person)?;
            // A second press of the button, or a colleague's: the page says what is open, and nothing is begun twice.
            let open = of(w, &ids)?.iter().filter(|a| a.signature.is_none()).count();
            if open > seen_open {
                return Ok(None);
            }
            let Some(project) = w.reading(|r| project_with(r, &person))? else {
                return Err(PageError::NotFound);
            };
            let line = match listing {
                Some(listing) => morning::find_to_change(w, listing)?.map(|line| line.id()),
                None => None,
            };
            let made = AssessmentId::fresh();
            begin(w, made, &person, project, line)?;
            Ok(Some(made))
        })
        .await?;
    match made {
        Some(made) => Ok(Redirect::to(&format!("/assessments/{made}")).into_response()),
        None => {
            form.refuse_all(
                "An assessment was begun since you opened this page: go on with it, or begin another",
            );
            draw(&permit, id, listing, form).await
        }
    }
}
