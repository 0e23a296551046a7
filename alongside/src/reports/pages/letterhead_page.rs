//! What stands at the head of a project's reports.

use super::parts::{status, text, titled};
use crate::access::policy::{Capability, KeepLetterheads};
use crate::access::{Permit, Reader};
use crate::clock;
use crate::ids::ProjectId;
use crate::projects::project_names;
use crate::reports::letterhead::{Kept, letterhead_of, set_letterhead};
use crate::web::components::{Emphasis, Form, Input, back_link, button, error_summary, text_input, textarea};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use uuid::Uuid;

/// Projects in scope.
fn in_scope<C: Capability>(r: &mut Reader<'_, C>) -> store::Result<Vec<(ProjectId, String)>> {
    let (all, projects) = r.projects();
    Ok(project_names(r)?.into_iter().filter(|(id, _)| all || projects.contains(&Uuid::from(*id))).collect())
}

async fn kept(permit: &Permit<KeepLetterheads>, id: ProjectId) -> Result<Kept, PageError> {
    permit
        .read(move |r| {
            let Some((_, name)) = in_scope(r)?.into_iter().find(|(there, _)| *there == id) else {
                return Err(PageError::NotFound);
            };
            Ok(letterhead_of(r, id, &name)?)
        })
        .await
}

pub(super) async fn list(permit: Permit<KeepLetterheads>) -> Page {
    let projects = permit.read(in_scope).await?;
    let body = html! {
        h1 class="govuk-heading-l" { "Letterheads" }
        p class="govuk-body" { "What stands at the head of the reports of each project." }
        ul class="govuk-list" { @for (id, name) in &projects { li { a class="govuk-link" href=(format!("/letterheads/{id}")) { (name) } } } }
    };
    Ok(page(&permit, Shell { title: "Letterheads", room: "/letterheads", ..Shell::default() }, body))
}

pub(super) async fn form(permit: Permit<KeepLetterheads>, Path(id): Path<ProjectId>) -> Page {
    let kept = kept(&permit, id).await?;
    let mut form = Form::blank();
    for (name, value) in [
        ("organisation", &kept.organisation),
        ("address", &kept.address),
        ("contact", &kept.contact),
        ("classification", &kept.classification),
    ] {
        form.set(name, value.clone());
    }
    Ok(draw(&permit, id, &kept, &form))
}

pub(super) async fn send(
    permit: Permit<KeepLetterheads>,
    Path(id): Path<ProjectId>,
    Sent(mut form): Sent,
) -> Page {
    let kept = kept(&permit, id).await?;
    let new = Kept {
        project: kept.project.clone(),
        organisation: text(&mut form, "organisation", "Organisation", 200),
        address: text(&mut form, "address", "Address", 1_000),
        contact: text(&mut form, "contact", "Contact", 1_000),
        classification: text(&mut form, "classification", "Classification", 100),
        set: None,
    };
    if new.classification.is_empty() {
        form.refuse(
            "classification",
            "Say what stands in the foot of every page, such as Official – sensitive",
        );
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, id, &kept, &form));
    }
    permit.write(move |w| set_letterhead(w, id, &new)).await?;
    Ok(Redirect::to("/letterheads").into_response())
}

fn draw(permit: &Permit<KeepLetterheads>, id: ProjectId, kept: &Kept, form: &Form) -> Response {
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Letterhead of " (kept.project) }
        @if let Some((at, by)) = &kept.set { p class="govuk-body al-muted" { "Set by " (by) ", " (clock::moment_words(*at)) ". Reports that are locked keep the letterhead they were signed with." } }
        form method="post" action=(format!("/letterheads/{id}")) novalidate {
            (text_input(&form.field("organisation", "Organisation"), plain))
            (textarea(&form.field("address", "Address").with_hint("A line each"), 4))
            (textarea(&form.field("contact", "Telephone, e-mail, hours").with_hint("A line each"), 3))
            (text_input(&form.field("classification", "Classification, in the foot of every page"), plain))
            (button("Save", Emphasis::Primary))
        }
    };
    let title = titled(form, "Letterhead");
    let shell = Shell {
        title: &title,
        room: "/letterheads",
        before: Some(back_link("Letterheads", "/letterheads")),
        ..Shell::default()
    };
    (status(form), page(permit, shell, body)).into_response()
}
