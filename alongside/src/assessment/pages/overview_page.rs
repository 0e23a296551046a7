//! An assessment at a glance: its topics, its questionnaires, its needs, and how to end it.

use super::parts::{
    assessment_href, listed_tag, needs_table, person_page, signature_shown, state_tag, topic_href,
    total_words,
};
use crate::access::Permit;
use crate::access::policy::{Countersign, ViewClinical};
use crate::assessment::needs::{Need, needs_of};
use crate::assessment::record::{Assessment, find};
use crate::assessment::responses::{Filled, all_of};
use crate::assessment::signing::{Signature, may_countersign};
use crate::assessment::topics::{GROUPS, SAFETY_PLAN};
use crate::assessment::versions::{Version, current};
use crate::clock;
use crate::ids::AssessmentId;
use crate::people::ids_of;
use crate::web::components::{Emphasis, Form, TagColour, button_group, button_link, tag, warning_text};
use crate::web::{Page, PageError};
use axum::extract::Path;
use maud::{Markup, html};
use std::collections::BTreeMap;

struct Opened {
    assessment: Assessment,
    saved: BTreeMap<String, Version>,
    needs: Vec<Need>,
    filled: Vec<Filled>,
}

pub(super) async fn show(permit: Permit<ViewClinical>, Path(id): Path<AssessmentId>) -> Page {
    let opened = permit
        .read(move |r| {
            let Some(assessment) = find(r, id)? else { return Err(PageError::NotFound) };
            let people = ids_of(r, &assessment.person)?;
            let all = all_of(r, &people)?;
            let filled = all
                .into_iter()
                .filter(|(f, wrong)| wrong.is_none() && f.assessment == Some(id))
                .map(|(f, _)| f)
                .collect();
            Ok(Opened { saved: current(r, id)?, needs: needs_of(r, id)?, filled, assessment })
        })
        .await?;
    let assessment = &opened.assessment;
    let person = &assessment.person;
    let back = format!("/people/{}", person.id());
    let body = body(&permit, &opened);
    Ok(person_page(&permit, person, "Assessment", ("The person", &back), &Form::blank(), body))
}

fn body(permit: &Permit<ViewClinical>, opened: &Opened) -> Markup {
    let assessment = &opened.assessment;
    let href = assessment_href(assessment);
    html! {
        h1 class="govuk-heading-l" { "Health and wellbeing assessment" }
        p class="govuk-body" { "Begun " (clock::moment_words(assessment.about.begun_at)) " by " (assessment.about.begun_by) ". " @if assessment.is_signed() { (listed_tag(&assessment.about)) } }
        (open_prompts(&opened.filled))
        (signature_shown(assessment))
        @for group in &GROUPS {
            h2 class="govuk-heading-m" { (group.title) }
            ul class="govuk-task-list" {
                @for topic in group.topics {
                    @let id = format!("state-{}", topic.key());
                    li class="govuk-task-list__item govuk-task-list__item--with-link" {
                        div class="govuk-task-list__name-and-hint" {
                            a class="govuk-link govuk-task-list__link" href=(topic_href(assessment, topic)) aria-describedby=(id) { (topic.title()) }
                        }
                        div class="govuk-task-list__status" id=(id) { (state_tag(opened.saved.get(topic.key()))) }
                    }
                }
            }
        }
        (questionnaires(assessment, &opened.filled))
        h2 class="govuk-heading-m" { "Needs" }
        @if opened.needs.is_empty() { p class="govuk-body" { "No need is listed yet." } }
        @else { (needs_table(&opened.needs, None)) }
        (button_link(if opened.needs.is_empty() { "List the needs" } else { "Add or change needs" }, Emphasis::Secondary, &format!("{href}/needs")))
        h2 class="govuk-heading-m" { "When you are done" }
        (button_group(&ends(permit, opened, &href)))
    }
}

fn ends(permit: &Permit<ViewClinical>, opened: &Opened, href: &str) -> Vec<Markup> {
    let mut out = Vec::new();
    match &opened.assessment.about.signature {
        None => out.push(button_link("Sign the assessment", Emphasis::Primary, &format!("{href}/sign"))),
        Some(s)
            if Signature::waits_for_countersignature(s)
                && permit.may::<Countersign>()
                && may_countersign(s, permit.account_id()) =>
        {
            out.push(button_link("Countersign", Emphasis::Primary, &format!("{href}/countersign")));
        }
        Some(_) => {}
    }
    out.push(button_link("Print it all", Emphasis::Secondary, &format!("{href}/print")));
    if opened.saved.contains_key(SAFETY_PLAN) {
        out.push(button_link(
            "Safety plan for the person",
            Emphasis::Secondary,
            &format!("{href}/safety-plan"),
        ));
    }
    out
}

/// What still has to be talked about stands above everything else.
pub(super) fn open_prompts(filled: &[Filled]) -> Markup {
    html! {
        @for f in filled.iter().filter(|f| f.has_open_prompt()) {
            (warning_text(&format!("{} of {}: an answer about self-harm is still to be talked about.", f.name, clock::day_words(f.filled_on))))
            p class="govuk-body" { a class="govuk-link" href=(format!("/questionnaires/{}/now", f.id)) { "Say what was done about " (f.name) } }
        }
    }
}

fn questionnaires(assessment: &Assessment, filled: &[Filled]) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Questionnaires" }
        @if filled.is_empty() { p class="govuk-body" { "None filled in with this assessment." } }
        @else {
            ul class="govuk-list" {
                @for f in filled {
                    li {
                        a class="govuk-link" href=(format!("/questionnaires/{}", f.id)) { (f.name) }
                        ": " (total_words(f))
                        @if f.has_open_prompt() { " " (tag(TagColour::Red, "Talk about it")) }
                    }
                }
            }
        }
        (button_link("Choose a questionnaire", Emphasis::Secondary, &format!("/people/{}/questionnaires?assessment={}", assessment.person.id(), assessment.id())))
    }
}
