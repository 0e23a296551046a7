//! One question: was this questionnaire entered in error? For one that is about somebody else, or was never filled in.

use super::parts::{person_page, total_words};
use crate::access::Permit;
use crate::access::policy::Assess;
use crate::assessment::responses::{enter_in_error, find};
use crate::clock;
use crate::ids::ResponseId;
use crate::web::components::{
    Emphasis, Form, LabelSize, button, button_group, button_link, error_summary, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::html;

/// Longest reason.
const LONGEST: usize = 500;

pub(super) async fn show(permit: Permit<Assess>, Path(id): Path<ResponseId>) -> Page {
    draw(&permit, id, Form::blank()).await
}

async fn draw(permit: &Permit<Assess>, id: ResponseId, form: Form) -> Page {
    let Some(found) = permit.read(move |r| find(r, id)).await? else { return Err(PageError::NotFound) };
    let f = &found.filled;
    let back = format!("/questionnaires/{id}");
    let body = html! {
        (error_summary(&form))
        h1 class="govuk-heading-l" { "Was this entered in error?" }
        p class="govuk-body" { (f.name) ", " (clock::day_words(f.filled_on)) ": " (total_words(f)) "." }
        p class="govuk-body" { "It stays readable and counts nowhere any more: not over time, not in the assessment, not in what it asks to be talked about. For a slip in one answer, correct it instead." }
        @if f.has_open_prompt() { (warning_text("An answer about self-harm here is still to be talked about. Make sure that it is not this person's before you take it away.")) }
        form method="post" action=(format!("{back}/error")) novalidate {
            (textarea(&form.field("reason", "What happened?").with_size(LabelSize::Small), 2))
            (button_group(&[button("It was entered in error", Emphasis::Warning), button_link("No, go back", Emphasis::Secondary, &back)]))
        }
    };
    Ok(person_page(permit, &found.person, "Entered in error", ("The result", &back), &form, body))
}

pub(super) async fn send(permit: Permit<Assess>, Path(id): Path<ResponseId>, Sent(mut form): Sent) -> Page {
    let reason = form.value("reason").trim().to_owned();
    if reason.is_empty() {
        form.refuse("reason", "Say what happened");
    } else if reason.chars().count() > LONGEST {
        form.refuse("reason", format!("Shorten to {LONGEST} characters"));
    }
    if !form.is_accepted() {
        return draw(&permit, id, form).await;
    }
    permit
        .write(move |w| {
            let Some(found) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            Ok(enter_in_error(w, &found, &reason)?)
        })
        .await?;
    Ok(Redirect::to(&format!("/questionnaires/{id}")).into_response())
}
