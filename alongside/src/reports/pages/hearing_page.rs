//! The hearing moved: the clock of the report moves with it, and the earlier one stays in the record.

use super::parts::{Both, find, shell, status, titled};
use super::request_page::{hearing_fields, read_hearing, set_day};
use crate::access::Permit;
use crate::access::policy::WriteReports;
use crate::clock;
use crate::ids::ReportId;
use crate::reports::record::Report;
use crate::reports::request::move_hearing;
use crate::triage::Subject;
use crate::web::components::{Emphasis, Form, button, error_summary};
use crate::web::{Page, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

pub(super) async fn form(permit: Permit<WriteReports>, Path(id): Path<ReportId>, both: Both) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    let mut form = Form::blank();
    if let Some(hearing) = report.hearing() {
        form.set("court", hearing.court.clone());
        form.set("room", hearing.room.clone());
        form.set("hearing-time", hearing.time.clone());
        if let Some(day) = hearing.on {
            set_day(&mut form, "hearing", day);
        }
    }
    Ok(draw(&permit, &subject, &report, &form))
}

pub(super) async fn send(
    permit: Permit<WriteReports>,
    Path(id): Path<ReportId>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    let hearing = read_hearing(&mut form, clock::now());
    if !form.is_accepted() {
        return Ok(draw(&permit, &subject, &report, &form));
    }
    let (kind, kinds) = (both.1.kind(&report.kind)?.clone(), both.1.kinds.clone());
    permit.write(move |w| move_hearing(w, &subject, &report, &hearing, (&kind, &kinds))).await?;
    Ok(Redirect::to(&format!("/reports/{id}")).into_response())
}

fn draw(permit: &Permit<WriteReports>, subject: &Subject, report: &Report, form: &Form) -> Response {
    let base = format!("/reports/{}", report.id);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "The hearing moved" }
        form method="post" action=(format!("{base}/hearing")) novalidate {
            (hearing_fields(form))
            (button("Save, and set the clock anew", Emphasis::Primary))
        }
    };
    let title = titled(form, "The hearing moved");
    (status(form), page(permit, shell(subject, &title, ("Report", &base)), body)).into_response()
}
