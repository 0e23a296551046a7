//! A report is no longer wanted.

use super::parts::{Both, find, shell, status, text, titled};
use crate::access::Permit;
use crate::access::policy::WriteReports;
use crate::ids::ReportId;
use crate::reports::record::{CLOSINGS, Report};
use crate::reports::request::close;
use crate::triage::Subject;
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, button, button_group, button_link, error_summary, radios,
    textarea,
};
use crate::web::{Page, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

pub(super) async fn form(permit: Permit<WriteReports>, Path(id): Path<ReportId>, both: Both) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    Ok(draw(&permit, &subject, &report, &Form::blank()))
}

pub(super) async fn send(
    permit: Permit<WriteReports>,
    Path(id): Path<ReportId>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    let reason = form.value("reason").to_owned();
    if !CLOSINGS.iter().any(|(key, _)| *key == reason) {
        form.refuse("reason", "Choose why it is no longer wanted");
    }
    let words = text(&mut form, "words", "More about it", 2_000);
    if reason == "other" && words.is_empty() {
        form.refuse("words", "Give the reason in words");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, &subject, &report, &form));
    }
    permit.write(move |w| close(w, &subject, id, &reason, &words).map(drop)).await?;
    Ok(Redirect::to(&format!("/reports/{id}")).into_response())
}

fn draw(permit: &Permit<WriteReports>, subject: &Subject, report: &Report, form: &Form) -> Response {
    let base = format!("/reports/{}", report.id);
    let reasons: Vec<Choice<'_>> = CLOSINGS.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "No longer wanted" }
        p class="govuk-body" { "The clock stops. What was written and signed stays in the record." }
        form method="post" action=(format!("{base}/close")) novalidate {
            (radios(&form.field("reason", "Why?").with_size(LabelSize::Small), Layout::Small, &reasons))
            (textarea(&form.field("words", "More about it"), 2))
            (button_group(&[button("Stop the clock", Emphasis::Warning), button_link("Keep it", Emphasis::Secondary, &base)]))
        }
    };
    let title = titled(form, "No longer wanted");
    (status(form), page(permit, shell(subject, &title, ("Report", &base)), body)).into_response()
}
