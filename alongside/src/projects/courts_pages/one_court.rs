//! One court: its name, and the projects that serve it.

use super::{came_in, project_select, typed_name};
use crate::access::policy::ManageService;
use crate::access::{Permit, Writer};
use crate::ids::ProjectId;
use crate::projects::courts::{
    CourtRow, all_courts, link_court, rename_court, unlink_court, unserved_courts,
};
use crate::projects::projects_pages::status;
use crate::projects::projects_pages::whole::Whole;
use crate::projects::queries::project_names;
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, back_link, button, error_summary, inset_text, post_button, table,
    text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

fn to(code: &str) -> Response {
    Redirect::to(&format!("/all-courts/{code}")).into_response()
}

/// The court as it stands in this unit of work.
fn standing(w: &mut Writer<'_, ManageService>, code: &str) -> Result<CourtRow, PageError> {
    w.reading(all_courts)?.into_iter().find(|court| court.code == code).ok_or(PageError::NotFound)
}

pub(super) async fn show(Whole(permit): Whole<ManageService>, Path(code): Path<String>) -> Page {
    draw(&permit, code, Form::blank()).await
}

pub(super) async fn rename(
    Whole(permit): Whole<ManageService>,
    Path(code): Path<String>,
    Sent(mut form): Sent,
) -> Page {
    let Some(name) = typed_name(&mut form) else { return draw(&permit, code, form).await };
    let code = permit
        .write(move |w| {
            let old = standing(w, &code)?;
            if old.name != name {
                rename_court(w, &old, &name)?;
            }
            Ok::<_, PageError>(code)
        })
        .await?;
    Ok(to(&code))
}

pub(super) async fn link(
    Whole(permit): Whole<ManageService>,
    Path(code): Path<String>,
    Sent(mut form): Sent,
) -> Page {
    let names = permit.read(project_names).await?;
    let Some((project, _)) = names.into_iter().find(|(id, _)| id.to_string() == form.value("project")) else {
        form.refuse("project", "Choose the project that serves this court");
        return draw(&permit, code, form).await;
    };
    let code = permit
        .write(move |w| {
            standing(w, &code)?;
            link_court(w, project, &code)?;
            Ok::<_, PageError>(code)
        })
        .await?;
    Ok(to(&code))
}

pub(super) async fn unlink(
    Whole(permit): Whole<ManageService>,
    Path((code, project)): Path<(String, ProjectId)>,
) -> Page {
    let code = permit
        .write(move |w| {
            if standing(w, &code)?.serving.iter().any(|serving| serving.id == project) {
                unlink_court(w, project, &code)?;
            }
            Ok::<_, PageError>(code)
        })
        .await?;
    Ok(to(&code))
}

/// The page, with what was typed into one of its forms and what is wrong with it.
async fn draw(permit: &Permit<ManageService>, code: String, mut form: Form) -> Page {
    let (court, waiting, names) = permit
        .read(move |r| {
            let court =
                all_courts(r)?.into_iter().find(|court| court.code == code).ok_or(PageError::NotFound)?;
            let waiting = unserved_courts(r)?.into_iter().find(|u| u.code == court.code);
            Ok::<_, PageError>((court, waiting, project_names(r)?))
        })
        .await?;
    if form.values("name").is_empty() {
        form.set("name", &court.name);
    }
    let address = format!("/all-courts/{}", court.code);
    let free: Vec<_> =
        names.into_iter().filter(|(id, _)| court.serving.iter().all(|serving| serving.id != *id)).collect();
    let body = html! {
        (error_summary(&form))
        h1 class="govuk-heading-l" { (court.name) }
        p class="govuk-body" { "Court code " strong { (court.code) } }
        @if let Some(waiting) = &waiting {
            (inset_text(html! { p class="govuk-body" { "Lists came in, but nobody serves this court: " (came_in(waiting)) ". They appear once it is linked to a project." } }))
        }
        h2 class="govuk-heading-m" { "Served by" }
        (serving(&court, &address))
        form method="post" action=(format!("{address}/projects")) novalidate {
            (project_select(&form, "Link to a project", "Choose a project", &free))
            (button("Link project", Emphasis::Secondary))
        }
        h2 class="govuk-heading-m" { "Name" }
        form method="post" action=(address) novalidate {
            (text_input(&form.field("name", "Name of the court"), Input { autocomplete: Some("off"), ..Input::default() }))
            (button("Save name", Emphasis::Primary))
        }
    };
    let title = if form.is_accepted() { court.name.clone() } else { format!("Error: {}", court.name) };
    let shell = Shell {
        title: &title,
        room: "/all-courts",
        before: Some(back_link("All courts", "/all-courts")),
        ..Shell::default()
    };
    Ok((status(&form), page(permit, shell, body)).into_response())
}

fn serving(court: &CourtRow, address: &str) -> Markup {
    let rows: Vec<Vec<Markup>> = court
        .serving
        .iter()
        .map(|project| {
            let action = format!("{address}/projects/{}/unlink", project.id);
            vec![
                html! {
                    a class="govuk-link" href=(format!("/projects/{}", project.id)) { (project.name) }
                    @if project.closed { " (closed)" }
                },
                post_button("Unlink", &project.name, Emphasis::Small, &action),
            ]
        })
        .collect();
    if rows.is_empty() {
        return html! { p class="govuk-body" { "No project yet." } };
    }
    table(
        Caption::Hidden("Projects that serve it"),
        &[Column::words("Project"), Column::words("Unlink")],
        &rows,
    )
}
