//! A decision as it was made: the proposals as they were seen, the reason, and the clock of response.

use super::parts::{Both, clocks, proposals, shell, status};
use crate::access::Permit;
use crate::access::policy::{Triage, ViewClinical};
use crate::clock;
use crate::forms::{Asked, summary};
use crate::ids::TriageId;
use crate::triage::added::SHEET;
use crate::triage::below::{decision_words, stage_tag};
use crate::triage::case::Case;
use crate::triage::clocks::response_clock;
use crate::triage::decision::{Decided, Decision, respond};
use crate::triage::reading::cases_about;
use crate::triage::subject::{Subject, triage_in_scope};
use crate::web::components::{
    Emphasis, Form, Input, InputKind, LabelSize, SummaryRow, Width, button, button_link, error_summary,
    inset_text, summary_list, text_input,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};

struct Opened {
    subject: Subject,
    decided: Decided,
    cases: Vec<Case>,
}

async fn opened<C: crate::access::Capability>(
    permit: &Permit<C>,
    id: TriageId,
    rules: &Both,
) -> Result<Opened, PageError> {
    let morning = rules.0.clone();
    permit
        .read(move |r| {
            let Some((subject, decided)) = triage_in_scope(r, id, &morning)? else {
                return Ok::<_, store::Error>(None);
            };
            let mut cases = cases_about(r, &subject.about)?;
            cases.retain(|case| case.triage == Some(id));
            Ok(Some(Opened { subject, decided, cases }))
        })
        .await?
        .ok_or(PageError::NotFound)
}

pub(super) async fn show(permit: Permit<ViewClinical>, Path(id): Path<TriageId>, rules: Both) -> Page {
    let opened = opened(&permit, id, &rules).await?;
    Ok(draw(&permit, &opened, &Form::blank()))
}

pub(super) async fn record_response(
    permit: Permit<Triage>,
    Path(id): Path<TriageId>,
    rules: Both,
    Sent(mut form): Sent,
) -> Page {
    let opened = opened(&permit, id, &rules).await?;
    let now = clock::now();
    let words = form.value("response-words").trim().chars().take(500).collect::<String>();
    if words.is_empty() {
        form.refuse("response-words", "Say who came, and what was done");
    }
    let at = response_at(&mut form, now);
    let (Some(at), true) = (at, form.is_accepted()) else { return Ok(draw(&permit, &opened, &form)) };
    permit.write(move |w| respond(w, &opened.subject, id, at, &words)).await?;
    Ok(Redirect::to(&format!("/triage/{id}")).into_response())
}

/// Now, or the time of today that was typed.
fn response_at(form: &mut Form, now: Timestamp) -> Option<Timestamp> {
    let typed = form.value("response-time").trim().to_owned();
    if typed.is_empty() {
        return Some(now);
    }
    let at = crate::screening::time_of(&typed)
        .and_then(|time| clock::london_day(now).to_datetime(time).to_zoned(clock::london()).ok())
        .map(|at| at.timestamp())
        .filter(|at| *at <= now);
    if at.is_none() {
        form.refuse(
            "response-time",
            "Enter a time of today that has passed, like 9:42, or leave it open for now",
        );
    }
    at
}

fn draw<C: crate::access::Capability>(permit: &Permit<C>, opened: &Opened, form: &Form) -> Response {
    let (decided, now) = (&opened.decided, clock::now());
    let may = permit.may::<Triage>();
    let refer = decided.decision == Decision::Refer;
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { (decision_words(decided)) }
        (summary_list(&rows(decided)))
        @if let Some(clock) = response_clock(&decided.response(), None, now) {
            h2 class="govuk-heading-m" { "Somebody there in time?" }
            (clocks(&[clock], now))
            @for (at, words, by) in &decided.responses { p class="govuk-body" { (clock::moment_words(*at)) ": " span class="al-typed" { (words) } " " span class="al-muted" { "(recorded by " (by) ")" } } }
            @if may && decided.responses.is_empty() { (response_form(decided, form)) }
        }
        @if refer {
            h2 class="govuk-heading-m" { "Psychiatric assessment" }
            @for case in &opened.cases { p class="govuk-body" { a class="govuk-link" href=(format!("/psychiatry/{}", case.id)) { "Asked for on " (clock::day_words(clock::london_day(case.asked_at))) } " " (stage_tag(case.stage())) } }
            @if opened.cases.is_empty() { p class="govuk-body" { "None was asked for yet." } }
            @if may && opened.cases.is_empty() { (button_link("Ask for a psychiatric assessment", Emphasis::Primary, &format!("{}/psychiatry?triage={}", opened.subject.base(), decided.id))) }
        }
        h2 class="govuk-heading-m" { "What the rules proposed then" }
        @if decided.proposals.is_empty() { (inset_text(html! { "Nothing. That was not “no need”: a clinician decided." })) }
        @else { (proposals(&decided.proposals)) }
        @if !decided.added.is_empty() {
            h2 class="govuk-heading-m" { "Added by the clinician" }
            (summary(&SHEET, &decided.added))
        }
        @if may { p class="govuk-body" { a class="govuk-link" href=(format!("{}/triage", opened.subject.base())) { "Decide again" } ": this decision stays, the newer one counts." } }
    };
    let title = if form.is_accepted() { "Triage decision" } else { "Error: Triage decision" };
    (status(form), page(permit, shell(&opened.subject, title, None), body)).into_response()
}

fn rows(decided: &Decided) -> Vec<SummaryRow<'static>> {
    let mut rows = vec![
        SummaryRow::new("Decided", html! { (decided.by) ", " (clock::moment_words(decided.decided_at)) }),
        SummaryRow::new("How it stood", html! { (decided.basis()) }),
        SummaryRow::new("Reason", html! { span class="al-typed" { (decided.reason) } }),
    ];
    if !decided.urgency.is_empty() {
        rows.push(SummaryRow::new(
            "Urgency",
            html! { (decided.urgency) ". " (decided.urgency_words) @if !decided.urgency_confirmed { " " span class="al-muted" { "(its time is not confirmed in a source)" } } },
        ));
    }
    let help = decided.added.asked("medical-help");
    if help != Asked::NotAsked {
        rows.push(SummaryRow::new("Medical help called", html! { (help.words()) }));
    }
    rows.push(SummaryRow::new("Rules", html! { (decided.rules_version) }));
    rows
}

fn response_form(decided: &Decided, form: &Form) -> Markup {
    html! {
        form method="post" action=(format!("/triage/{}/response", decided.id)) novalidate {
            (text_input(&form.field("response-words", "Somebody came: who, and what was done").with_size(LabelSize::Small), Input { autocomplete: Some("off"), ..Input::default() }))
            (text_input(&form.field("response-time", "At, if not just now").with_size(LabelSize::Small).with_hint("Like 9:42, today"), Input { kind: InputKind::Time, width: Width::Five, autocomplete: Some("off") }))
            (button("Record that somebody came", Emphasis::Secondary))
        }
    }
}
