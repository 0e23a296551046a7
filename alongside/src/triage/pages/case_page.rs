//! One psychiatric assessment: how far it is, what is due, and everything recorded with who said so and when.

use super::case_parts::{history, part_shown, sent_shown};
use super::parts::{Both, clocks as clocks_shown, shell};
use crate::access::Permit;
use crate::access::policy::{Triage, ViewClinical};
use crate::clock;
use crate::forms::summary;
use crate::ids::{ListingId, PsychiatricId, RequestId};
use crate::morning::held_on;
use crate::triage::below::stage_tag;
use crate::triage::case::{Case, HeldForReport};
use crate::triage::clocks::{clocks, totals};
use crate::triage::links::{Link, links_of};
use crate::triage::sheets::{PARTS, REQUEST};
use crate::triage::subject::{Subject, case_in_scope};
use crate::web::components::{Emphasis, button_link, inset_text, post_button, warning_text};
use crate::web::{Page, PageError, page};
use axum::extract::Path;
use jiff::civil::Date;
use maud::{Markup, html};

/// Everything the page shows.
struct Opened {
    subject: Subject,
    case: Case,
    links: Vec<Link>,
    listed: Option<Date>,
}

pub(super) async fn show(permit: Permit<ViewClinical>, Path(id): Path<PsychiatricId>, rules: Both) -> Page {
    let morning = rules.0.clone();
    let opened = permit
        .read(move |r| {
            let Some((subject, case)) = case_in_scope(r, id, &morning)? else {
                return Ok::<_, store::Error>(None);
            };
            let requests: Vec<RequestId> = case.sent.iter().map(|sent| sent.id).collect();
            let links = links_of(r, &requests)?;
            let listings: Vec<ListingId> = case.listing.into_iter().collect();
            let listed = held_on(r, &listings)?.into_values().next();
            Ok(Some(Opened { subject, case, links, listed }))
        })
        .await?;
    let Some(opened) = opened else { return Err(PageError::NotFound) };
    let body = body(&permit, &opened);
    let frame = shell(&opened.subject, "Psychiatric assessment", None);
    Ok(page(&permit, frame, body))
}

fn body(permit: &Permit<ViewClinical>, opened: &Opened) -> Markup {
    let (case, now) = (&opened.case, clock::now());
    let may = permit.may::<Triage>();
    let base = format!("/psychiatry/{}", case.id);
    html! {
        h1 class="govuk-heading-l" { "Psychiatric assessment" }
        p class="govuk-body" { (stage_tag(case.stage())) " Asked for on " (clock::day_words(clock::london_day(case.asked_at))) " by " (if case.asked_by == "court" { "the court" } else { "our service" }) ", recorded by " (case.by) "." }
        @if let Some(held) = case.held_for_report(opened.listed) { (held_shown(&held)) }
        h2 class="govuk-heading-m" { "What is due" }
        (clocks_shown(&clocks(case, now), now))
        @for words in totals(case, now) { p class="govuk-body" { (words) } }
        h2 class="govuk-heading-m" { "The request" }
        @if let Some(triage) = case.triage { p class="govuk-body" { a class="govuk-link" href=(format!("/triage/{triage}")) { "From this triage decision" } } }
        (summary(&REQUEST, &case.request))
        h2 class="govuk-heading-m" id="partners" { "Partner services" }
        (sent_shown(case, &opened.links, may, now))
        @if may && case.is_open() { (button_link("Send to a partner service", Emphasis::Secondary, &format!("{base}/send"))) }
        @for sheet in &PARTS {
            (part_shown(case, sheet, may && (case.is_open() || sheet.key == "close")))
        }
        @if may && !case.is_open() { (post_button("Open again", "this assessment", Emphasis::Secondary, &format!("{base}/open-again"))) }
        (history(case))
    }
}

/// Held only for this report, and how we know.
pub(super) fn held_words(held: &HeldForReport) -> String {
    match held {
        HeldForReport::Recorded { since, said, by, at } => {
            let since = since.map_or("since a day not recorded".to_owned(), |day| {
                format!("since {}", clock::day_words(day))
            });
            let said = if said.is_empty() {
                "who said so is not recorded".to_owned()
            } else {
                format!("said by {said}")
            };
            format!(
                "In custody only because this report is awaited, {since}; {said}; recorded by {by}, {}",
                clock::moment_words(*at)
            )
        }
        HeldForReport::InCustodyOnList { on } => format!(
            "In custody on the court list of {}, and the report is awaited. Whether only for that, nobody has recorded",
            clock::day_words(*on)
        ),
    }
}

fn held_shown(held: &HeldForReport) -> Markup {
    match held {
        HeldForReport::Recorded { .. } => warning_text(&held_words(held)),
        HeldForReport::InCustodyOnList { .. } => inset_text(html! { (held_words(held)) "." }),
    }
}
