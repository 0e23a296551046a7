//! A correction: a new version with its reason; the earlier one stays readable.

use super::fields::fields;
use super::parts::person_page;
use crate::access::Permit;
use crate::access::policy::Assess;
use crate::assessment::desk::Desk;
use crate::assessment::questionnaire::{form_of, read};
use crate::assessment::responses::{Found, Told, correct, find};
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as DraftSent};
use crate::ids::ResponseId;
use crate::web::components::{Emphasis, LabelSize, button, error_summary, textarea};
use crate::web::{Page, PageError, Sent};
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use instruments::model::Instrument;
use maud::html;
use std::sync::Arc;

/// Longest reason.
const LONGEST: usize = 500;

fn instance(id: ResponseId) -> Instance {
    Instance {
        form: "Correction of a questionnaire",
        subject: format!("questionnaire {id}"),
        href: format!("/questionnaires/{id}/correct"),
    }
}

/// The file a questionnaire was scored by; without it nothing can be corrected here.
fn instrument_of<'a>(desk: &'a Desk, found: &Found) -> Result<&'a Instrument, PageError> {
    desk.instruments.by_id(&found.filled.instrument).ok_or_else(|| {
        PageError::Unusable(
            "The questionnaire's file is no longer installed, so it can't be corrected here. Ask your administrator to put it back.".into(),
        )
    })
}

pub(super) async fn show(
    permit: Permit<Assess>,
    Path(id): Path<ResponseId>,
    Extension(desk): Extension<Arc<Desk>>,
) -> Page {
    let account = permit.account_id();
    let (found, mut opened) = permit
        .read(move |r| {
            let Some(found) = find(r, id)? else { return Err(PageError::NotFound) };
            Ok((found, drafts::open(r, account, &instance(id))?))
        })
        .await?;
    if opened.continued_from.is_none() {
        opened.form = form_of(&found.filled);
        opened.form.set("seen", found.filled.version.to_string());
    }
    draw(&permit, &desk, &found, &opened)
}

fn draw(permit: &Permit<Assess>, desk: &Desk, found: &Found, opened: &Opened) -> Result<Response, PageError> {
    let instrument = instrument_of(desk, found)?;
    let form = &opened.form;
    let what = instance(found.filled.id);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Correct " (found.filled.name) }
        p class="govuk-body" { "For a slip in typing. What the person answers on another day is a new questionnaire." }
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="seen" value=(form.value("seen"));
            (fields(instrument, form))
            (textarea(&form.field("reason", "Why is it corrected?").with_size(LabelSize::Small), 2))
            (button("Save the correction", Emphasis::Primary))
        }
    };
    let back = format!("/questionnaires/{}", found.filled.id);
    Ok(person_page(permit, &found.person, "Correct a questionnaire", ("The result", &back), form, body))
}

pub(super) async fn send(
    permit: Permit<Assess>,
    Path(id): Path<ResponseId>,
    Extension(desk): Extension<Arc<Desk>>,
    Sent(mut form): Sent,
) -> Page {
    let Some(found) = permit.read(move |r| find(r, id)).await? else { return Err(PageError::NotFound) };
    let instrument = instrument_of(&desk, &found)?;
    let reason = form.value("reason").trim().to_owned();
    if reason.is_empty() {
        form.refuse("reason", "Say why it is corrected");
    } else if reason.chars().count() > LONGEST {
        form.refuse("reason", format!("Shorten the reason to {LONGEST} characters"));
    }
    if found.wrong.is_some() {
        form.refuse_all("It was marked as entered in error: fill in a new one instead");
    }
    let new = read(instrument, &mut form, clock::now());
    let (Some(new), true) = (new, form.is_accepted()) else {
        return draw(&permit, &desk, &found, &drafts::reopened(&form));
    };
    let prompts = matches!(&new.told, Told::Answers(_, score) if !score.prompts.is_empty());
    let to = format!("/questionnaires/{id}{}", if prompts { "/now" } else { "" });
    let (next, sent) = (to.clone(), form.clone());
    let kept = permit
        .write(move |w| {
            let Some(found) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            if drafts::submit(w, &instance(id), &sent, &next)? != DraftSent::Now {
                return Ok(true);
            }
            if found.filled.version.to_string() != sent.value("seen") {
                return Ok(false);
            }
            correct(w, &found, &new, &reason)?;
            Ok(true)
        })
        .await?;
    if kept {
        return Ok(Redirect::to(&to).into_response());
    }
    let Some(found) = permit.read(move |r| find(r, id)).await? else { return Err(PageError::NotFound) };
    form.refuse_all("Somebody corrected it since you opened this page; theirs stands. Look at it, then save yours again if it is right");
    form.set("seen", found.filled.version.to_string());
    form.set("draft", crate::ids::DraftId::fresh().to_string());
    form.set("draft_version", "0");
    draw(&permit, &desk, &found, &drafts::reopened(&form))
}
