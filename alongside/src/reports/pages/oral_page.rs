//! Something that was said, and what was added to it since.

use super::parts::{Both, shell, status, text, titled};
use crate::access::Permit;
use crate::access::policy::{Capability, ViewClinical, WriteReports};
use crate::clock;
use crate::ids::OralId;
use crate::reports::oral::{MORE, Oral, add_to_oral, find_oral};
use crate::reports::sections::words_of;
use crate::triage::Subject;
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, SummaryRow, button, error_summary, radios, summary_list,
    textarea,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use std::sync::Arc;

async fn found<C: Capability>(
    permit: &Permit<C>,
    id: OralId,
    both: &Both,
) -> Result<(Subject, Oral), PageError> {
    let rules = Arc::clone(&both.0);
    permit.read(move |r| find_oral(r, id, &rules)).await?.ok_or(PageError::NotFound)
}

pub(super) async fn show(permit: Permit<ViewClinical>, Path(id): Path<OralId>, both: Both) -> Page {
    let (subject, oral) = found(&permit, id, &both).await?;
    Ok(draw(&permit, &subject, &oral, &Form::blank()))
}

pub(super) async fn add(
    permit: Permit<WriteReports>,
    Path(id): Path<OralId>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let (subject, oral) = found(&permit, id, &both).await?;
    let what = form.value("what").to_owned();
    if !MORE.iter().any(|(key, _)| *key == what) {
        form.refuse("what", "Choose what you add");
    }
    let words = text(&mut form, "words", "Words", 8_000);
    if words.is_empty() {
        form.refuse("words", "Write it down");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, &subject, &oral, &form));
    }
    permit.write(move |w| add_to_oral(w, id, &what, &words)).await?;
    Ok(Redirect::to(&format!("/spoken/{id}")).into_response())
}

fn draw<C: Capability>(permit: &Permit<C>, subject: &Subject, oral: &Oral, form: &Form) -> Response {
    let new = &oral.new;
    let typed = |words: &str| html! { @if words.is_empty() { span class="al-muted" { "Nothing recorded" } } @else { span class="al-typed" { (words) } } };
    let place =
        [new.court.as_str(), &if new.room.is_empty() { String::new() } else { format!("room {}", new.room) }]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
    let rows = [
        SummaryRow::new(
            "Said to",
            html! { (new.recipient.words()) @if !new.to_name.is_empty() { ", " (new.to_name) } },
        ),
        SummaryRow::new("When", html! { (clock::moment_words(new.said_at)) }),
        SummaryRow::new("Where", html! { (place) }),
        SummaryRow::new("For", html! { (new.purpose.words()) }),
        SummaryRow::new("What was said", typed(&new.said)),
        SummaryRow::new("Questions and answers", typed(&new.questions)),
        SummaryRow::new("The bench’s response", typed(&new.response)),
    ];
    let choices: Vec<Choice<'_>> = MORE.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Spoken report" }
        (summary_list(&rows))
        p class="govuk-body al-muted" { "Written down by " (oral.by) ", " (clock::moment_words(oral.recorded_at)) "." }
        @if let Some(report) = new.report { p class="govuk-body" { a class="govuk-link" href=(format!("/reports/{report}")) { "The written report it belongs to" } } }
        @for (what, words, at, by) in &oral.more {
            div class="al-sent" {
                h2 class="govuk-heading-s" { (words_of(&MORE, what)) }
                p class="govuk-body" { span class="al-typed" { (words) } br; span class="al-muted" { (by) ", " (clock::moment_words(*at)) } }
            }
        }
        @if permit.may::<WriteReports>() {
            h2 class="govuk-heading-m" { "Add to it" }
            form method="post" action=(format!("/spoken/{}/more", oral.id)) novalidate {
                (radios(&form.field("what", "What").with_size(LabelSize::Small), Layout::Small, &choices))
                (textarea(&form.field("words", "In words").with_size(LabelSize::Small), 3))
                (button("Add", Emphasis::Secondary))
            }
        }
    };
    let home = subject.home();
    let title = titled(form, "Spoken report");
    (status(form), page(permit, shell(subject, &title, (home.0, &home.1)), body)).into_response()
}
