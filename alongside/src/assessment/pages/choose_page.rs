//! Which questionnaire: those of a topic first, then all, with what was filled in before.

use super::overview_page::open_prompts;
use super::parts::{person_page, total_words};
use crate::access::Permit;
use crate::access::policy::Assess;
use crate::assessment::desk::Desk;
use crate::assessment::responses::{Filled, all_of};
use crate::assessment::topics;
use crate::audit::Event;
use crate::clock;
use crate::ids::{AssessmentId, PersonId};
use crate::people::{self, ids_of};
use crate::web::components::{Caption, Column, Form, table};
use crate::web::{Page, PageError};
use axum::Extension;
use axum::extract::{Path, Query};
use instruments::model::{Instrument, Kind};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
pub(super) struct Whence {
    pub(super) assessment: Option<AssessmentId>,
    pub(super) topic: Option<String>,
}

impl Whence {
    /// The tail of an address that keeps where one came from.
    fn tail(&self) -> String {
        self.assessment.map_or_else(String::new, |id| format!("?assessment={id}"))
    }
}

pub(super) async fn show(
    permit: Permit<Assess>,
    Path(id): Path<PersonId>,
    Query(whence): Query<Whence>,
    Extension(desk): Extension<Arc<Desk>>,
) -> Page {
    let (person, filled) = permit
        .read(move |r| {
            let Some(person) = people::find(r, id)? else { return Err(PageError::NotFound) };
            r.saw(Event::new("questionnaires listed", "person", person.id()));
            let people = ids_of(r, &person)?;
            let filled: Vec<Filled> = all_of(r, &people)?
                .into_iter()
                .filter(|(_, wrong)| wrong.is_none())
                .map(|(f, _)| f)
                .collect();
            Ok((person, filled))
        })
        .await?;
    let topic = whence.topic.as_deref().and_then(topics::find);
    let link = |i: &Instrument| chooser(&person.id(), i, &filled, &whence);
    let body = html! {
        h1 class="govuk-heading-l" { "Choose a questionnaire" }
        (open_prompts(&filled))
        p class="govuk-body" { "A score informs; a person decides. Leave any answer open: a gap is never counted as nought." }
        @if let Some(topic) = topic {
            h2 class="govuk-heading-m" { "For “" (topic.title()) "”" }
            ul class="govuk-list al-choose" { @for id in topic.instruments { @if let Some(i) = desk.instruments.by_id(id) { li { (link(i)) } } } }
        }
        @else {
            @for topic in topics::all().filter(|t| !t.instruments.is_empty()) {
                h2 class="govuk-heading-s" { (topic.title()) }
                ul class="govuk-list al-choose" { @for id in topic.instruments { @if let Some(i) = desk.instruments.by_id(id) { li { (link(i)) } } } }
            }
        }
        (before(&person.id(), &filled))
        details class="govuk-details" {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { "All questionnaires" } }
            div class="govuk-details__text" {
                ul class="govuk-list al-choose" { @for i in desk.instruments.instruments() { li { (link(i)) } } }
                p class="govuk-body" { a class="govuk-link" href="/instruments" { "Who owns them, and what we may use" } }
            }
        }
    };
    let back =
        whence.assessment.map_or_else(|| format!("/people/{}", person.id()), |a| format!("/assessments/{a}"));
    Ok(person_page(&permit, &person, "Choose a questionnaire", ("Back", &back), &Form::blank(), body))
}

fn chooser(person: &PersonId, i: &Instrument, filled: &[Filled], whence: &Whence) -> Markup {
    let last = filled.iter().find(|f| f.instrument == i.id);
    let items = match i.kind {
        Kind::Scored => format!("{} items", i.required_items()),
        Kind::RecordOnly => "result only".into(),
    };
    html! {
        a class="govuk-link" href=(format!("/people/{person}/questionnaires/{}/fill{}", i.id, whence.tail())) { (i.name) }
        " " (i.title) span class="al-muted" { " (" (items) ")" }
        @if let Some(f) = last { span class="al-muted" { " · last " (clock::day_words(f.filled_on)) } }
    }
}

fn before(person: &PersonId, filled: &[Filled]) -> Markup {
    let rows: Vec<Vec<Markup>> = filled
        .iter()
        .map(|f| {
            vec![
                html! { (clock::day_words(f.filled_on)) },
                html! { a class="govuk-link" href=(format!("/questionnaires/{}", f.id)) { (f.name) } },
                html! { (total_words(f)) },
                html! { a class="govuk-link" href=(format!("/people/{person}/questionnaires/{}", f.instrument)) { "Over time" span class="govuk-visually-hidden" { ": " (f.name) } } },
            ]
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            h2 class="govuk-heading-m" { "Filled in before" }
            (table(Caption::Hidden("Questionnaires filled in before"), &[Column::words("Day"), Column::words("Questionnaire"), Column::words("Result"), Column::words("Over time")], &rows))
        }
    }
}
