//! A locked version as everybody gets it: to read, as PDF, to read out. And the draft as PDF.

use super::parts::{Both, around, drawn, find, shell};
use crate::access::policy::ViewClinical;
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::ids::ReportId;
use crate::reports::document::{Stand, reference};
use crate::reports::reading::{locked, saved_body};
use crate::reports::record::Report;
use crate::triage::Subject;
use crate::web::components::{print_button, warning_text};
use crate::web::{Page, PageError, page};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use documents::{Document, html_article, read_aloud};
use maud::html;

struct Kept {
    subject: Subject,
    report: Report,
    document: Document,
    pdf: Vec<u8>,
}

async fn kept(
    permit: &Permit<ViewClinical>,
    (id, number): (ReportId, i64),
    both: &Both,
) -> Result<Kept, PageError> {
    let (subject, report) = find(permit, id, both).await?;
    let found = permit
        .read(move |r: &mut Reader<'_, ViewClinical>| {
            let found = locked(r, id, number)?;
            if found.is_some() {
                r.saw(Event::new("report read", "report", id).with(format!("version {number}")));
            }
            Ok::<_, store::Error>(found)
        })
        .await?;
    let Some((document, pdf)) = found else { return Err(PageError::NotFound) };
    Ok(Kept { subject, report, document, pdf })
}

fn replaced(report: &Report, number: i64) -> Option<String> {
    let current = report.current().map(|version| version.number).filter(|current| *current != number)?;
    Some(format!("Version {current} is in force. This one was replaced: deliver version {current}."))
}

pub(super) async fn show(
    permit: Permit<ViewClinical>,
    Path((id, number)): Path<(ReportId, i64)>,
    both: Both,
) -> Page {
    let kept = kept(&permit, (id, number), &both).await?;
    let base = format!("/reports/{id}");
    let body = html! {
        @if let Some(words) = replaced(&kept.report, number) { (warning_text(&words)) }
        p class="govuk-body al-screen-only" {
            a class="govuk-link" href=(format!("{base}/versions/{number}/pdf")) { "PDF" } " · "
            a class="govuk-link" href=(format!("{base}/versions/{number}/aloud")) { "To read out" }
        }
        (html_article(&kept.document))
    };
    Ok(page(&permit, shell(&kept.subject, "Report, as signed", ("Report", &base)), body))
}

pub(super) async fn pdf(
    permit: Permit<ViewClinical>,
    Path((id, number)): Path<(ReportId, i64)>,
    both: Both,
) -> Page {
    let kept = kept(&permit, (id, number), &both).await?;
    Ok(pdf_answer(&format!("{}-{number}", reference(&kept.report)), kept.pdf))
}

/// The name holds no person's.
fn pdf_answer(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")),
    ];
    (headers, bytes).into_response()
}

pub(super) async fn aloud(
    permit: Permit<ViewClinical>,
    Path((id, number)): Path<(ReportId, i64)>,
    both: Both,
) -> Page {
    let kept = kept(&permit, (id, number), &both).await?;
    let kinds = &both.1.kinds;
    let spoken = read_aloud(&kept.document, kinds.words_per_minute);
    let over = spoken.words_over(kinds.spoken_seconds);
    let base = format!("/reports/{id}");
    let body = html! {
        h1 class="govuk-heading-l" { "To read out" }
        @if let Some(words) = replaced(&kept.report, number) { (warning_text(&words)) }
        p class="govuk-body" {
            strong { (spoken.time_in_words()) } ", " (spoken.words) " words. "
            @if over > 0 { "For " (kinds.spoken_seconds) " seconds " (over) " words would have to go: the " a class="govuk-link" href=(format!("{}/spoken", kept.subject.base())) { "90-second handover" } " is made for that." }
        }
        (print_button("Print"))
        div class="al-aloud" { @for paragraph in spoken.text.split("\n\n") { p { (paragraph) } } }
    };
    Ok(page(&permit, shell(&kept.subject, "To read out", ("Report", &base)), body))
}

pub(super) async fn draft_pdf(permit: Permit<ViewClinical>, Path(id): Path<ReportId>, both: Both) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    let waiting = report.newest().filter(|version| version.locked.is_none()).map(|version| version.number);
    let Some(number) = report.writing().or(waiting) else { return Err(PageError::NotFound) };
    let saved = permit.read(move |r| saved_body(r, id, number)).await?;
    let Some((_, body, changed)) = saved else { return Err(PageError::NotFound) };
    let around = around(&permit, &subject, &report).await?;
    let kind = both.1.kind(&report.kind)?;
    let document = drawn(&report, kind, &around, (number, &body, &changed), Stand::Draft(clock::now()));
    let pdf = both.1.pdf(document).await?;
    Ok(pdf_answer(&format!("{}-{number}-draft", reference(&report)), pdf.bytes))
}
