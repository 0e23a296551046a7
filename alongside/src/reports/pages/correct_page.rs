//! Correcting a locked report: a new version, which says what it changes.

use super::parts::{Both, find, shell, status, text, titled};
use crate::access::Permit;
use crate::access::policy::WriteReports;
use crate::ids::ReportId;
use crate::reports::reading::find_report;
use crate::reports::record::Report;
use crate::reports::signing::begin_correction;
use crate::triage::Subject;
use crate::web::components::{
    Emphasis, Form, LabelSize, button, button_group, button_link, error_summary, textarea,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use std::sync::Arc;

pub(super) async fn form(permit: Permit<WriteReports>, Path(id): Path<ReportId>, both: Both) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    if report.current().is_none() || report.writing().is_some() {
        return Ok(Redirect::to(&format!("/reports/{id}")).into_response());
    }
    Ok(draw(&permit, &subject, &report, &Form::blank()))
}

pub(super) async fn send(
    permit: Permit<WriteReports>,
    Path(id): Path<ReportId>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    let changed = text(&mut form, "changed", "What changes", 2_000);
    if changed.is_empty() {
        form.refuse("changed", "Say what this version changes");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, &subject, &report, &form));
    }
    let rules = Arc::clone(&both.0);
    let begun = permit
        .write(move |w| {
            let Some((subject, report)) = w.reading(|r| find_report(r, id, &rules))? else {
                return Err(PageError::NotFound);
            };
            Ok(begin_correction(w, &subject, &report, &changed)?)
        })
        .await?;
    let to = if begun { format!("/reports/{id}/write") } else { format!("/reports/{id}") };
    Ok(Redirect::to(&to).into_response())
}

fn draw(permit: &Permit<WriteReports>, subject: &Subject, report: &Report, form: &Form) -> Response {
    let base = format!("/reports/{}", report.id);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Correct this report" }
        p class="govuk-body" { "The version in force stays as it was signed and delivered. The correction is a new version; whoever has the old one is listed until they have the new one." }
        form method="post" action=(format!("{base}/correct")) novalidate {
            (textarea(&form.field("changed", "What does the new version change?").with_hint("In a sentence: it stands on its first page").with_size(LabelSize::Small), 3))
            (button_group(&[button("Begin the correction", Emphasis::Primary), button_link("Not now", Emphasis::Secondary, &base)]))
        }
    };
    let title = titled(form, "Correct this report");
    (status(form), page(permit, shell(subject, &title, ("Report", &base)), body)).into_response()
}
