//! One report: how its clock stands, who writes, its versions, to whom it was given, what was recommended and what became of it.

use super::parts::{Both, find, shell};
use super::report_parts::{deliveries, outcomes, request, spoken, versions};
use crate::access::Permit;
use crate::access::policy::{Countersign, ViewClinical, WriteReports};
use crate::clock;
use crate::consent::{Ruling, Why};
use crate::ids::{AccountId, ReportId};
use crate::reports::below::{clock_tag, state_tag};
use crate::reports::delivery::{RECIPIENTS, rulings};
use crate::reports::oral::{Oral, orals_with};
use crate::reports::reading::reports_about;
use crate::reports::record::Report;
use crate::reports::request::take;
use crate::reports::signing::may_countersign;
use crate::reports::state::State;
use crate::triage::Subject;
use crate::web::components::{
    Emphasis, button_group, button_link, inset_text, post_button, tag, warning_text,
};
use crate::web::{Page, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

/// Everything the page shows.
struct Opened {
    subject: Subject,
    report: Report,
    orals: Vec<Oral>,
    others: Vec<Report>,
    withdrawn: Vec<crate::consent::Recipient>,
}

pub(super) async fn show(permit: Permit<ViewClinical>, Path(id): Path<ReportId>, both: Both) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    let now = clock::now();
    let opened = permit
        .read(move |r| {
            let orals = orals_with(r, &report)?;
            let others =
                reports_about(r, &subject.about)?.into_iter().filter(|other| other.id != id).collect();
            let told: Vec<_> = RECIPIENTS
                .into_iter()
                .filter(|whom| report.deliveries.iter().any(|d| d.recipient == *whom))
                .collect();
            let withdrawn = rulings(r, &subject, &report, &told, now)?
                .into_iter()
                .filter(|(_, ruling)| matches!(ruling, Ruling::Stop(stop) if stop.why == Why::Withdrawn))
                .map(|(whom, _)| whom)
                .collect();
            Ok::<_, store::Error>(Opened { subject, report, orals, others, withdrawn })
        })
        .await?;
    let body = body(&permit, &opened, &both);
    let home = opened.subject.home();
    Ok(page(&permit, shell(&opened.subject, "Report", (home.0, &home.1)), body))
}

fn body(permit: &Permit<ViewClinical>, opened: &Opened, both: &Both) -> Markup {
    let (report, now, kinds) = (&opened.report, clock::now(), &both.1.kinds);
    let may = permit.may::<WriteReports>();
    let (colour, words) = clock_tag(report, now, kinds.soon_minutes);
    html! {
        h1 class="govuk-heading-l" { (kinds.name(&report.kind)) }
        p class="govuk-body" {
            (state_tag(report.state())) " "
            @match report.due().filter(|_| report.is_open()) {
                Some(due) => span data-until=(due) { (tag(colour, &words)) },
                None => (tag(colour, &words)),
            }
        }
        @if let Some(closing) = &report.closing { (inset_text(html! { "No longer wanted: " (closing.words) " (" (closing.by) ", " (clock::moment_words(closing.at)) ")" })) }
        @for old in report.outdated() {
            (warning_text(&format!("{} has version {}: version {} is in force. Give it to them as well.", whom(old), old.version, report.current().map_or(0, |v| v.number))))
        }
        @for whom in &opened.withdrawn {
            (warning_text(&format!("The person took their consent back after {} was told. Tell them, and note it in the ledger.", whom.in_a_sentence())))
        }
        @if may { (actions(permit, report)) }
        (request(report, kinds, now))
        (versions(report))
        (deliveries(report, may))
        (outcomes(report, may))
        (spoken(&opened.orals))
        @if !opened.others.is_empty() {
            h2 class="govuk-heading-m" { "Other reports about this person" }
            ul class="govuk-list" { @for other in &opened.others { li { a class="govuk-link" href=(format!("/reports/{}", other.id)) { (kinds.name(&other.kind)) ", " (clock::moment_words(other.asked_at)) } " " (state_tag(other.state())) } } }
        }
    }
}

pub(super) fn whom(delivery: &crate::reports::Delivery) -> String {
    if delivery.to_name.is_empty() {
        delivery.recipient.words().to_owned()
    } else {
        format!("{} ({})", delivery.recipient.words(), delivery.to_name)
    }
}

/// What can be done now, the next step first.
fn actions(permit: &Permit<ViewClinical>, report: &Report) -> Markup {
    let base = format!("/reports/{}", report.id);
    let me = permit.account_id();
    let mine = report.writer().is_some_and(|writer| uuid::Uuid::from(writer.account) == me);
    let state = report.state();
    if state == State::Closed {
        return html! {};
    }
    let link = |text: &str, emphasis, to: &str| button_link(text, emphasis, &format!("{base}/{to}"));
    let mut buttons = Vec::new();
    if report.writing().is_some() {
        buttons.push(link(
            if report.saves.is_empty() { "Write it" } else { "Go on writing" },
            Emphasis::Primary,
            "write",
        ));
    }
    if report.current().is_some() {
        let emphasis = if buttons.is_empty() { Emphasis::Primary } else { Emphasis::Secondary };
        buttons.push(link("Deliver it", emphasis, "deliver"));
    }
    if permit.may::<Countersign>() && report.newest().is_some_and(|version| may_countersign(version, me)) {
        buttons.push(link("Countersign", Emphasis::Primary, "countersign"));
    }
    html! {
        (button_group(&buttons))
        div class="govuk-button-group al-also" {
            @if report.writing().is_some() && !mine { (post_button("I write it", "", Emphasis::Secondary, &format!("{base}/take"))) }
            a class="govuk-link" href=(format!("{base}/hearing")) { "The hearing moved" }
            @if report.current().is_some() && report.writing().is_none() { a class="govuk-link" href=(format!("{base}/correct")) { "Correct it" } }
            @if report.is_open() { a class="govuk-link" href=(format!("{base}/close")) { "No longer wanted" } }
        }
    }
}

pub(super) async fn take_it(permit: Permit<WriteReports>, Path(id): Path<ReportId>, both: Both) -> Page {
    let (subject, report) = find(&permit, id, &both).await?;
    let me =
        (AccountId::of(permit.account_id()), permit.account().map_or_else(String::new, |a| a.name.clone()));
    if report.writing().is_some() {
        permit.write(move |w| take(w, &subject, id, (me.0, &me.1))).await?;
    }
    Ok(Redirect::to(&format!("/reports/{id}")).into_response())
}
