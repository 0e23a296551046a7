//! Filling in a questionnaire.

use super::choose_page::Whence;
use super::fields::fields;
use super::parts::person_page;
use crate::access::Permit;
use crate::access::policy::Assess;
use crate::assessment::desk::Desk;
use crate::assessment::questionnaire::{read, sex_key};
use crate::assessment::record;
use crate::assessment::responses::{NewResponse, Told, fill};
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as DraftSent};
use crate::ids::{AssessmentId, PersonId, ResponseId};
use crate::people::{self, Person, note_contact, project_with};
use crate::web::components::{Emphasis, button, error_summary};
use crate::web::{Page, PageError, Sent};
use axum::Extension;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use instruments::model::Instrument;
use maud::html;
use std::sync::Arc;

fn instance(person: PersonId, instrument: &str) -> Instance {
    Instance {
        form: "Questionnaire",
        subject: format!("person {person} {instrument}"),
        href: format!("/people/{person}/questionnaires/{instrument}/fill"),
    }
}

pub(super) async fn show(
    permit: Permit<Assess>,
    Path((id, name)): Path<(PersonId, String)>,
    Query(whence): Query<Whence>,
    Extension(desk): Extension<Arc<Desk>>,
) -> Page {
    let Some(instrument) = desk.instruments.by_id(&name) else { return Err(PageError::NotFound) };
    let (account, key) = (permit.account_id(), instrument.id.clone());
    let (person, mut opened) = permit
        .read(move |r| {
            let Some(person) = people::find(r, id)? else { return Err(PageError::NotFound) };
            let opened = drafts::open(r, account, &instance(person.id(), &key))?;
            Ok((person, opened))
        })
        .await?;
    if opened.continued_from.is_none() {
        opened.form.set("sex", sex_key(person.details.sex));
        opened.form.set("mode", "read-aloud");
        opened.form.set("language", "English");
    }
    if let Some(assessment) = whence.assessment {
        opened.form.set("assessment", assessment.to_string());
    }
    Ok(draw(&permit, &person, instrument, &opened))
}

fn draw(permit: &Permit<Assess>, person: &Person, instrument: &Instrument, opened: &Opened) -> Response {
    let what = instance(person.id(), &instrument.id);
    let form = &opened.form;
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { (instrument.name) span class="govuk-caption-l" { (instrument.title) } }
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            @if !form.value("assessment").is_empty() { input type="hidden" name="assessment" value=(form.value("assessment")); }
            (fields(instrument, form))
            (button("Save", Emphasis::Primary))
        }
    };
    let back = match form.value("assessment") {
        "" => format!("/people/{}/questionnaires", person.id()),
        assessment => format!("/people/{}/questionnaires?assessment={assessment}", person.id()),
    };
    person_page(permit, person, &instrument.name, ("Questionnaires", &back), form, body)
}

/// Where one goes after a questionnaire is kept: first to what must be talked about now.
fn after(id: ResponseId, new: &NewResponse) -> String {
    match &new.told {
        Told::Answers(_, score) if !score.prompts.is_empty() => format!("/questionnaires/{id}/now"),
        _ => format!("/questionnaires/{id}"),
    }
}

pub(super) async fn send(
    permit: Permit<Assess>,
    Path((id, name)): Path<(PersonId, String)>,
    Extension(desk): Extension<Arc<Desk>>,
    Sent(mut form): Sent,
) -> Page {
    let Some(instrument) = desk.instruments.by_id(&name) else { return Err(PageError::NotFound) };
    let Some(new) = read(instrument, &mut form, clock::now()) else {
        let found = permit.read(move |r| people::find(r, id)).await?;
        let Some(person) = found else { return Err(PageError::NotFound) };
        return Ok(draw(&permit, &person, instrument, &drafts::reopened(&form)));
    };
    let to = permit
        .write(move |w| {
            let Some(person) = w.reading(|r| people::find(r, id))? else { return Err(PageError::NotFound) };
            let response = ResponseId::fresh();
            let to = after(response, &new);
            if let DraftSent::Before(href) =
                drafts::submit(w, &instance(person.id(), &new.instrument), &form, &to)?
            {
                return Ok(href);
            }
            let assessment: Option<AssessmentId> = form.value("assessment").parse().ok();
            let assessment = match assessment {
                Some(id) => w.reading(|r| record::find(r, id))?.filter(|a| a.person.id() == person.id()),
                None => None,
            };
            let project = match &assessment {
                Some(a) => Some(a.about.project),
                None => w.reading(|r| project_with(r, &person))?,
            };
            let Some(project) = project else { return Err(PageError::NotFound) };
            fill(w, response, &person, project, assessment.map(|a| a.id()), &new)?;
            note_contact(w, &person, project, clock::now())?;
            Ok(to)
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}
