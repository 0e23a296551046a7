//! The worklist of psychiatric assessments.

use super::case_page::held_words;
use super::parts::{Both, clock_tag, due_words};
use crate::access::Permit;
use crate::access::policy::ViewClinical;
use crate::clock;
use crate::triage::below::stage_tag;
use crate::triage::worklist::{Row, Show, worklist};
use crate::web::components::{Chip, ChipGroup, ChipState, TagColour, empty_state, filter_chips, tag};
use crate::web::{Page, Shell, page};
use axum::extract::Query;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

/// The filter in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    show: String,
}

pub(super) async fn show(permit: Permit<ViewClinical>, Query(asked): Query<Asked>, rules: Both) -> Page {
    let (show, now, morning) = (Show::from_key(&asked.show), clock::now(), rules.0.clone());
    let rows = permit.read(move |r| worklist(r, &morning, show, now)).await?;
    let chips = Show::ALL
        .iter()
        .map(|one| Chip {
            text: one.words(),
            count: (*one == show).then_some(rows.len()),
            href: format!("/psychiatry?show={}", one.key()),
            state: if *one == show { ChipState::On } else { ChipState::Off },
            key: None,
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Psychiatric assessments" }
        (filter_chips(&[ChipGroup { name: "Show", chips }], 1, None))
        @if show == Show::Remand { p class="govuk-body" { "Whoever waits longest stands first. What somebody recorded comes before what only a court list suggests: a list says that somebody is held, not why." } }
        @if show == Show::Open { p class="govuk-body" { "Overdue first, then what is due next." } }
        @if rows.is_empty() { (nothing(show)) }
        @else { ol class="al-worklist" { @for row in &rows { (shown(row, now)) } } }
    };
    let shell = Shell { title: "Psychiatric assessments", room: "/psychiatry", ..Shell::default() };
    Ok(page(&permit, shell, body))
}

fn nothing(show: Show) -> Markup {
    match show {
        Show::Open => empty_state(
            "No assessment is going on",
            html! { p class="govuk-body" { "They are asked for from a triage decision, or from a line or person when the court asks." } },
        ),
        Show::Remand => empty_state(
            "Nobody is known to be held only for a report",
            html! { p class="govuk-body" { "Record it under “Hearing and custody” of an assessment, with who said so." } },
        ),
        Show::Closed => empty_state("None was closed yet", html! {}),
    }
}

fn shown(row: &Row, now: Timestamp) -> Markup {
    let case = &row.case;
    html! {
        li class="al-worklist__item" {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/psychiatry/{}", case.id)) { (row.name) } }
            p class="govuk-body govuk-!-margin-bottom-1" { (stage_tag(case.stage())) @if row.overdue { " " (tag(TagColour::Red, "Overdue")) } }
            p class="govuk-body govuk-!-margin-bottom-1" {
                "Asked for on " (clock::day_words(clock::london_day(case.asked_at))) " by " (if case.asked_by == "court" { "the court" } else { "us" })
                @if !case.purposes().is_empty() { ". " (case.purposes().join("; ")) }
            }
            @if let Some(due) = &row.due { p class="govuk-body govuk-!-margin-bottom-1" { strong { (due.name) } ": " (due_words(due, now)) " " (clock_tag(due.state)) } }
            @if let Some(held) = &row.held { p class="govuk-body govuk-!-margin-bottom-1" { (held_words(held)) "." } }
        }
    }
}
