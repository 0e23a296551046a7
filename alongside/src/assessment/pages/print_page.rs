//! On paper: the whole assessment, and the safety plan that the person takes with them.

use super::parts::{answers_shown, assessment_href, needs_table, signature_shown, total_words};
use crate::access::Permit;
use crate::access::policy::ViewClinical;
use crate::assessment::needs::{Need, needs_of};
use crate::assessment::record::{Assessment, find};
use crate::assessment::responses::{Filled, all_of};
use crate::assessment::topics::{self, GROUPS, SAFETY_PLAN};
use crate::assessment::versions::{Version, current};
use crate::audit::Event;
use crate::clock;
use crate::ids::AssessmentId;
use crate::people::{identity_of, ids_of};
use crate::web::components::{back_link, print_button, print_line};
use crate::web::{Page, PageError, print_page};
use axum::extract::Path;
use axum::response::IntoResponse;
use maud::{Markup, html};
use std::collections::BTreeMap;

struct Printed {
    assessment: Assessment,
    saved: BTreeMap<String, Version>,
    needs: Vec<Need>,
    filled: Vec<Filled>,
}

async fn read(
    permit: &Permit<ViewClinical>,
    id: AssessmentId,
    what: &'static str,
) -> Result<Printed, PageError> {
    permit
        .read(move |r| {
            let Some(assessment) = find(r, id)? else { return Err(PageError::NotFound) };
            r.saw(Event::new(what, "assessment", id));
            let people = ids_of(r, &assessment.person)?;
            let filled = all_of(r, &people)?
                .into_iter()
                .filter(|(f, wrong)| wrong.is_none() && f.assessment == Some(id))
                .map(|(f, _)| f)
                .collect();
            Ok(Printed { saved: current(r, id)?, needs: needs_of(r, id)?, filled, assessment })
        })
        .await
}

fn by(permit: &Permit<ViewClinical>) -> String {
    permit.account().map_or_else(String::new, |a| a.name.clone())
}

pub(super) async fn whole(permit: Permit<ViewClinical>, Path(id): Path<AssessmentId>) -> Page {
    let printed = read(&permit, id, "assessment printed").await?;
    let a = &printed.assessment;
    let body = html! {
        nav aria-label="Back" { (back_link("The assessment", &assessment_href(a))) }
        (identity_of(&a.person))
        main id="content" class="al-paper" {
            (print_line("Health and wellbeing assessment", &by(&permit), &clock::moment_words(clock::now())))
            h1 class="govuk-heading-l" { "Health and wellbeing assessment" }
            (print_button("Print"))
            p class="govuk-body" { "Begun " (clock::moment_words(a.about.begun_at)) " by " (a.about.begun_by) ". " (a.about.state()) "." }
            (signature_shown(a))
            h2 class="govuk-heading-m" { "Needs" }
            @if printed.needs.is_empty() { p class="govuk-body" { "No need is listed." } } @else { (needs_table(&printed.needs, None)) }
            @for group in &GROUPS { @for topic in group.topics {
                @if let Some(version) = printed.saved.get(topic.key()) {
                    h2 class="govuk-heading-m" { (topic.title()) }
                    p class="govuk-body-s al-muted" { (version.state.words()) ". " (clock::moment_words(version.at)) ", " (version.by) @if !version.reason.is_empty() { ". Corrected because: " (version.reason) } "." }
                    (answers_shown(topic, version))
                }
            } }
            (filled(&printed.filled))
            @let missing: Vec<&str> = topics::all().filter(|t| !printed.saved.contains_key(t.key())).map(topics::Topic::title).collect();
            @if !missing.is_empty() { h2 class="govuk-heading-m" { "Nothing saved" } p class="govuk-body" { (missing.join("; ")) ". Not asked, which is not “nothing found”." } }
        }
    };
    Ok(print_page("Assessment", body).into_response())
}

fn filled(all: &[Filled]) -> Markup {
    html! {
        @if !all.is_empty() {
            h2 class="govuk-heading-m" { "Questionnaires" }
            ul class="govuk-list govuk-list--bullet" {
                @for f in all { li { (f.name) ", " (clock::day_words(f.filled_on)) ": " (total_words(f)) @if f.has_open_prompt() { ". An answer about self-harm is still to be talked about." } } }
            }
            p class="govuk-body-s" { "A score informs; it is no diagnosis and predicts nobody's future." }
        }
    }
}

/// What everybody can ring, day and night. Checked by the deployer: numbers change.
const LINES: [(&str, &str); 5] = [
    ("In danger now", "999, or go to A&E"),
    ("NHS mental health, day and night", "111, then choose mental health"),
    ("Samaritans, day and night, free", "116 123"),
    ("Text instead of talking", "SHOUT to 85258"),
    ("In custody", "Tell any officer, or ask for a Listener"),
];

pub(super) async fn safety_plan(permit: Permit<ViewClinical>, Path(id): Path<AssessmentId>) -> Page {
    let printed = read(&permit, id, "safety plan printed").await?;
    let Some(topic) = topics::find(SAFETY_PLAN) else { return Err(PageError::NotFound) };
    let version = printed.saved.get(SAFETY_PLAN);
    let a = &printed.assessment;
    let body = html! {
        nav aria-label="Back" { (back_link("The assessment", &assessment_href(a))) }
        main id="content" class="al-paper al-plan" {
            h1 class="govuk-heading-l" { "My safety plan" }
            p class="govuk-body" { (a.person.details.forename.clone().unwrap_or_default()) @if let Some(v) = version { ", " (clock::day_words(clock::london_day(v.at))) } }
            (print_button("Print"))
            @for q in topic.sheet.questions() {
                @let words = version.map_or("", |v| v.answers.value(q.key));
                h2 class="govuk-heading-m" { (q.label) }
                @if words.is_empty() { p class="al-plan__line" {} p class="al-plan__line" {} }
                @else { p class="govuk-body al-typed" { (words) } }
            }
            h2 class="govuk-heading-m" { "When it gets too much" }
            dl class="govuk-summary-list" {
                @for (who, number) in LINES { div class="govuk-summary-list__row" { dt class="govuk-summary-list__key" { (who) } dd class="govuk-summary-list__value" { strong { (number) } } } }
            }
        }
    };
    Ok(print_page("Safety plan", body).into_response())
}
