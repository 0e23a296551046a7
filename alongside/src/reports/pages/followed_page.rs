//! What the court made of one recommendation.

use super::parts::{Both, find, shell, status, text, titled};
use crate::access::Permit;
use crate::access::policy::WriteReports;
use crate::clock;
use crate::hearings::{Resulted, results_since};
use crate::ids::{RecommendationId, ReportId};
use crate::reports::followed::{FOLLOWED, NewFollowed, record_followed};
use crate::reports::record::{Recommended, Report};
use crate::reports::sections::{RECOMMENDED, words_of};
use crate::triage::Subject;
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, button, error_summary, inset_text, radios, text_input,
    textarea,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

async fn one(
    permit: &Permit<WriteReports>,
    (id, recommendation): (ReportId, RecommendationId),
    both: &Both,
) -> Result<(Subject, Report, Recommended), PageError> {
    let (subject, report) = find(permit, id, both).await?;
    let found = report.versions.iter().flat_map(|v| &v.recommendations).find(|one| one.id == recommendation);
    let Some(found) = found.cloned() else { return Err(PageError::NotFound) };
    Ok((subject, report, found))
}

/// What is known of the person's days in court since the report was asked for. Whether that follows the recommendation is for
/// a human to say.
async fn results(
    permit: &Permit<WriteReports>,
    subject: &Subject,
    report: &Report,
) -> Result<Vec<Resulted>, PageError> {
    let (about, since) = (subject.about.clone(), report.asked_at);
    Ok(permit.read(move |r| results_since(r, &about, since)).await?)
}

fn known(results: &[Resulted]) -> Markup {
    html! {
        @if !results.is_empty() {
            h2 class="govuk-heading-s" { "Known from the hearings since it was asked for" }
            ul class="govuk-list govuk-list--bullet" {
                @for day in results {
                    li {
                        a class="govuk-link" href=(format!("/hearings/{}", day.hearing)) { (clock::day_words(day.on)) } ", " (day.court) ": " (day.ended.words())
                        @for result in &day.results { "; " (result.label) @if let Some(code) = &result.code { " [" (code) "]" } }
                        " " span class="al-muted" { "(" (day.by) ")" }
                    }
                }
            }
        }
    }
}

pub(super) async fn form(
    permit: Permit<WriteReports>,
    Path(ids): Path<(ReportId, RecommendationId)>,
    both: Both,
) -> Page {
    let (subject, report, one) = one(&permit, ids, &both).await?;
    let results = results(&permit, &subject, &report).await?;
    let mut form = Form::blank();
    if let Some(answer) = report.answer_to(&one) {
        form.set("answer", answer.answer.clone());
        form.set("why", answer.why.clone());
    }
    Ok(draw(&permit, &subject, (&report, &one), &results, &form))
}

pub(super) async fn send(
    permit: Permit<WriteReports>,
    Path(ids): Path<(ReportId, RecommendationId)>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let (subject, report, one) = one(&permit, ids, &both).await?;
    let new = NewFollowed {
        answer: form.value("answer").to_owned(),
        why: text(&mut form, "why", "Why", 2_000),
        source: text(&mut form, "source", "How we know", 400),
    };
    if !FOLLOWED.iter().any(|(key, _)| *key == new.answer) {
        form.refuse("answer", "Choose what the court did");
    }
    if new.source.is_empty() && new.answer != "not-known" {
        form.refuse("source", "Say how we know: who said so, or where it was read");
    }
    if !form.is_accepted() {
        let results = results(&permit, &subject, &report).await?;
        return Ok(draw(&permit, &subject, (&report, &one), &results, &form));
    }
    let id = report.id;
    permit.write(move |w| record_followed(w, &report, ids.1, &new)).await?;
    Ok(Redirect::to(&format!("/reports/{id}#recommendations")).into_response())
}

fn draw(
    permit: &Permit<WriteReports>,
    subject: &Subject,
    (report, one): (&Report, &Recommended),
    results: &[Resulted],
    form: &Form,
) -> Response {
    let base = format!("/reports/{}", report.id);
    let answers: Vec<Choice<'_>> = FOLLOWED.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "What did the court do?" }
        (inset_text(html! { strong { (words_of(&RECOMMENDED, &one.kind)) } br; span class="al-typed" { (one.words) } br; "Why: " span class="al-typed" { (one.why) } }))
        (known(results))
        form method="post" action=(format!("{base}/recommendations/{}", one.id)) novalidate {
            (radios(&form.field("answer", "This recommendation was").with_size(LabelSize::Small), Layout::Small, &answers))
            (textarea(&form.field("why", "Why, if the court said").with_hint("The court’s words, not a guess"), 3))
            (text_input(&form.field("source", "How we know").with_hint("Heard in court, told by the legal adviser, read in the result"), Input { autocomplete: Some("off"), ..Input::default() }))
            (button("Save", Emphasis::Primary))
        }
        @if !one.followed.is_empty() {
            h2 class="govuk-heading-m" { "Recorded before" }
            ul class="govuk-list" { @for answer in one.followed.iter().rev() { li { (words_of(&FOLLOWED, &answer.answer)) ", " (answer.by) ", " (clock::moment_words(answer.at)) } } }
        }
    };
    let title = titled(form, "What did the court do?");
    (status(form), page(permit, shell(subject, &title, ("Report", &base)), body)).into_response()
}
