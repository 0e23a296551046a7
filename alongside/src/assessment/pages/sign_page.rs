//! Signing: what is there, what was not asked, and whose name stands under it.

use super::parts::{assessment_href, needs_table, person_page};
use crate::access::Permit;
use crate::access::policy::Assess;
use crate::assessment::desk::Desk;
use crate::assessment::needs::{Need, needs_of};
use crate::assessment::record::{Assessment, find};
use crate::assessment::responses::{Filled, all_of};
use crate::assessment::signing::{Countersigning, Unready, not_asked, ready, sign};
use crate::assessment::versions::current;
use crate::ids::AssessmentId;
use crate::people::ids_of;
use crate::web::components::{
    Emphasis, Form, LabelSize, button, button_group, button_link, error_summary, inset_text, textarea,
};
use crate::web::{Page, PageError, Sent};
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use std::sync::Arc;
use store::{Read, Result};

/// Longest reason.
const LONGEST: usize = 2_000;

struct Before {
    needs: Vec<Need>,
    not_asked: Vec<&'static str>,
    waiting: Vec<Filled>,
}

/// What a signature would rest on. Prompts of any questionnaire of the person count: what was answered there is theirs,
/// whichever form it was.
fn look(r: &mut Read<'_>, assessment: &Assessment) -> Result<Before> {
    let people = ids_of(r, &assessment.person)?;
    let waiting = all_of(r, &people)?
        .into_iter()
        .filter(|(_, wrong)| wrong.is_none())
        .map(|(f, _)| f)
        .filter(|f| f.prompts.iter().any(|p| p.is_open() && p.put_off().is_none()))
        .collect();
    Ok(Before {
        needs: needs_of(r, assessment.id())?,
        not_asked: not_asked(&current(r, assessment.id())?),
        waiting,
    })
}

pub(super) async fn show(
    permit: Permit<Assess>,
    Path(id): Path<AssessmentId>,
    Extension(desk): Extension<Arc<Desk>>,
) -> Page {
    draw(&permit, id, &desk, Form::blank()).await
}

async fn draw(permit: &Permit<Assess>, id: AssessmentId, desk: &Desk, form: Form) -> Page {
    let (assessment, before) = permit
        .read(move |r| {
            let Some(assessment) = find(r, id)? else { return Err(PageError::NotFound) };
            let before = look(r, &assessment)?;
            Ok((assessment, before))
        })
        .await?;
    if assessment.is_signed() {
        return Ok(Redirect::to(&assessment_href(&assessment)).into_response());
    }
    let second = desk.countersigning(permit.account(), assessment.about.project);
    let back = assessment_href(&assessment);
    let body = body(&assessment, &before, second, &form);
    Ok(person_page(permit, &assessment.person, "Sign the assessment", ("All topics", &back), &form, body))
}

fn body(assessment: &Assessment, before: &Before, second: Countersigning, form: &Form) -> Markup {
    let href = assessment_href(assessment);
    html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Sign the assessment" }
        p class="govuk-body" { "After this it is closed. A later change is a new version with its reason; what you sign now stays readable." }
        @for f in &before.waiting {
            (inset_text(html! { p class="govuk-body" { strong { (f.name) ": an answer about self-harm waits." } " " a class="govuk-link" href=(format!("/questionnaires/{}/now", f.id)) { "Say what was done" } } }))
        }
        h2 class="govuk-heading-m" { "Needs" }
        @if before.needs.is_empty() { p class="govuk-body" { "None is listed. " a class="govuk-link" href=(format!("{href}/needs")) { "List the needs" } ", or say below why none was found." } }
        @else { (needs_table(&before.needs, None)) }
        h2 class="govuk-heading-m" { "Recorded as not asked" }
        @if before.not_asked.is_empty() { p class="govuk-body" { "Every topic has answers." } }
        @else {
            ul class="govuk-list govuk-list--bullet" { @for title in &before.not_asked { li { (title) } } }
        }
        form method="post" action=(format!("{href}/sign")) novalidate {
            @if before.needs.is_empty() { (textarea(&form.field("no_need_reason", "No need was found, because").with_size(LabelSize::Small), 3)) }
            @if second == Countersigning::Needed { p class="govuk-body" { "A manager countersigns it after you." } }
            (button_group(&[button("Sign", Emphasis::Primary), button_link("Not yet", Emphasis::Secondary, &href)]))
        }
    }
}

pub(super) async fn send(
    permit: Permit<Assess>,
    Path(id): Path<AssessmentId>,
    Extension(desk): Extension<Arc<Desk>>,
    Sent(mut form): Sent,
) -> Page {
    let reason = form.value("no_need_reason").trim().to_owned();
    if reason.chars().count() > LONGEST {
        form.refuse("no_need_reason", format!("Shorten to {LONGEST} characters"));
        return draw(&permit, id, &desk, form).await;
    }
    let (at, account) = (Arc::clone(&desk), permit.account().cloned());
    let unready = permit
        .write(move |w| {
            let Some(assessment) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            let before = look(w, &assessment)?;
            let unready = ready(assessment.is_signed(), before.needs.len(), &reason, before.waiting.len());
            if unready.is_empty() {
                let second = at.countersigning(account.as_ref(), assessment.about.project);
                sign(w, &assessment, &before.needs, &reason, &before.not_asked, second)?;
            }
            Ok(unready)
        })
        .await?;
    if unready.is_empty() || unready.contains(&Unready::Signed) {
        return Ok(Redirect::to(&format!("/assessments/{id}")).into_response());
    }
    for why in unready {
        match why {
            Unready::NoNeeds => form.refuse("no_need_reason", why.words()),
            _ => form.refuse_all(why.words()),
        }
    }
    draw(&permit, id, &desk, form).await
}
