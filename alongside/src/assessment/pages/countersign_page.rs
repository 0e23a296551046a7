//! What waits for a manager's countersignature, and giving it.

use super::parts::{assessment_href, person_page};
use crate::access::Permit;
use crate::access::policy::Countersign;
use crate::assessment::record::{Listed, find, waiting};
use crate::assessment::signing::{Signature, countersign, may_countersign};
use crate::clock;
use crate::ids::AssessmentId;
use crate::people;
use crate::web::components::{
    Caption, Column, Emphasis, Form, LabelSize, button, button_group, button_link, empty_state,
    error_summary, table, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::html;

/// Longest text.
const LONGEST: usize = 2_000;

pub(super) async fn list(permit: Permit<Countersign>) -> Page {
    let rows: Vec<(Listed, String)> = permit
        .read(|r| {
            let waiting = waiting(r)?;
            let names = people::names(r, waiting.iter().map(|listed| listed.person))?;
            let named = |listed: Listed| names.get(&listed.person).cloned().map(|name| (listed, name));
            Ok::<_, store::Error>(waiting.into_iter().filter_map(named).collect())
        })
        .await?;
    let shown: Vec<_> = rows
        .iter()
        .filter_map(|(listed, name)| listed.signature.as_ref().map(|s| (listed, name, s)))
        .map(|(listed, name, s)| {
            vec![
                html! { a class="govuk-link" href=(format!("/assessments/{}", listed.id)) { (name) } },
                html! { (s.by) },
                html! { (clock::moment_words(s.changed_at)) },
            ]
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Waiting for a countersignature" }
        @if shown.is_empty() { (empty_state("Nothing waits", html! { p class="govuk-body" { "Signed assessments appear here when your service asks for a second signature." } })) }
        @else { (table(Caption::Hidden("Assessments that wait, oldest first"), &[Column::words("Person"), Column::words("Signed by"), Column::words("Signed or last corrected")], &shown)) }
    };
    let shell = Shell { title: "Waiting for a countersignature", room: "/countersign", ..Shell::default() };
    Ok(page(&permit, shell, body))
}

pub(super) async fn show(permit: Permit<Countersign>, Path(id): Path<AssessmentId>) -> Page {
    draw(&permit, id, Form::blank()).await
}

async fn draw(permit: &Permit<Countersign>, id: AssessmentId, form: Form) -> Page {
    let found = permit.read(move |r| find(r, id)).await?;
    let Some(assessment) = found else { return Err(PageError::NotFound) };
    let Some(signature) = assessment.about.signature.as_ref() else {
        return Err(PageError::Unusable(
            "It is not signed yet: a countersignature comes after the author's.".into(),
        ));
    };
    if !may_countersign(signature, permit.account_id()) {
        return Err(PageError::Unusable(
            "You signed this assessment yourself: somebody else countersigns it.".into(),
        ));
    }
    let back = assessment_href(&assessment);
    let body = html! {
        (error_summary(&form))
        h1 class="govuk-heading-l" { "Countersign" }
        p class="govuk-body" { "Signed by " strong { (signature.by) } ", " (clock::moment_words(signature.at)) ". " a class="govuk-link" href=(format!("{back}/print")) { "Read it all" } }
        form method="post" action=(format!("{back}/countersign")) novalidate {
            (textarea(&form.field("words", "What you want to say with it (optional)").with_size(LabelSize::Small), 3))
            (button_group(&[button("Countersign", Emphasis::Primary), button_link("Not now", Emphasis::Secondary, &back)]))
        }
    };
    Ok(person_page(permit, &assessment.person, "Countersign", ("The assessment", &back), &form, body))
}

pub(super) async fn send(
    permit: Permit<Countersign>,
    Path(id): Path<AssessmentId>,
    Sent(mut form): Sent,
) -> Page {
    let words = form.value("words").trim().to_owned();
    if words.chars().count() > LONGEST {
        form.refuse("words", format!("Shorten to {LONGEST} characters"));
        return draw(&permit, id, form).await;
    }
    let account = permit.account_id();
    let done = permit
        .write(move |w| {
            let Some(assessment) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            let may = assessment.about.signature.as_ref().is_some_and(|s| may_countersign(s, account));
            // Twice is once: what is countersigned since its last change is done.
            if may && assessment.about.signature.as_ref().is_some_and(Signature::waits_for_countersignature) {
                countersign(w, &assessment, &words)?;
            }
            Ok(may)
        })
        .await?;
    if !done {
        return draw(&permit, id, form).await;
    }
    Ok(Redirect::to(&format!("/assessments/{id}")).into_response())
}
