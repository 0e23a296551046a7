//! One project: what it is, where it works, which courts it serves, closing it and opening it again.

use super::whole::Whole;
use super::{LONGEST_NAME, TAKEN, fields, one_line, state, status, typed};
use crate::access::policy::ManageService;
use crate::access::{Permit, Writer};
use crate::clock;
use crate::ids::ProjectId;
use crate::projects::courts::{CourtRow, all_courts, link_court, unlink_court};
use crate::projects::queries::{
    ProjectRow, borough_spelled, change_project, close_project, create_borough, find_project, remove_borough,
};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, back_link, button, error_summary, post_button, select,
    table, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use uuid::Uuid;

fn to(id: ProjectId) -> Response {
    Redirect::to(&format!("/projects/{id}")).into_response()
}

/// The project as it stands in this unit of work.
fn standing(w: &mut Writer<'_, ManageService>, id: ProjectId) -> Result<ProjectRow, PageError> {
    w.reading(|r| find_project(r, id))?.ok_or(PageError::NotFound)
}

pub(super) async fn show(Whole(permit): Whole<ManageService>, Path(id): Path<ProjectId>) -> Page {
    draw(&permit, id, Form::blank()).await
}

pub(super) async fn change(
    Whole(permit): Whole<ManageService>,
    Path(id): Path<ProjectId>,
    Sent(mut form): Sent,
) -> Page {
    let now = permit.read(move |r| find_project(r, id)).await?.ok_or(PageError::NotFound)?;
    let Some(new) = typed(&mut form, Some(&now)) else { return draw(&permit, id, form).await };
    let done = permit
        .write(move |w| {
            let old = standing(w, id)?;
            Ok(change_project(w, &old, &new)?)
        })
        .await;
    match done {
        Ok(()) => Ok(to(id)),
        Err(PageError::Store(error)) if error.is_duplicate() => {
            form.refuse("name", TAKEN);
            draw(&permit, id, form).await
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn add_borough(
    Whole(permit): Whole<ManageService>,
    Path(id): Path<ProjectId>,
    Sent(mut form): Sent,
) -> Page {
    let typed = one_line(form.value("borough"));
    if typed.is_empty() {
        form.refuse("borough", "Enter the borough's name");
        return draw(&permit, id, form).await;
    }
    if typed.chars().count() > LONGEST_NAME {
        form.refuse("borough", format!("Shorten the borough's name to {LONGEST_NAME} characters"));
        return draw(&permit, id, form).await;
    }
    let there = permit
        .write(move |w| {
            let project = standing(w, id)?;
            let name = w.reading(|r| borough_spelled(r, &typed))?;
            if project.boroughs.iter().any(|(_, there)| *there == name) {
                return Ok(Some(name));
            }
            create_borough(w, id, &name)?;
            Ok::<_, PageError>(None)
        })
        .await?;
    if let Some(name) = there {
        form.refuse("borough", format!("This project works in {name} already"));
        return draw(&permit, id, form).await;
    }
    Ok(to(id))
}

pub(super) async fn take_borough(
    Whole(permit): Whole<ManageService>,
    Path((id, borough)): Path<(ProjectId, Uuid)>,
) -> Page {
    permit
        .write(move |w| {
            let project = standing(w, id)?;
            // Pressed twice, or by two people: it is gone either way.
            if let Some((_, name)) = project.boroughs.iter().find(|(there, _)| *there == borough) {
                remove_borough(w, id, (borough, name))?;
            }
            Ok::<_, PageError>(())
        })
        .await?;
    Ok(to(id))
}

pub(super) async fn link(
    Whole(permit): Whole<ManageService>,
    Path(id): Path<ProjectId>,
    Sent(mut form): Sent,
) -> Page {
    let code = form.value("court").to_owned();
    let known = permit
        .write(move |w| {
            standing(w, id)?;
            let known = w.reading(all_courts)?.iter().any(|court| court.code == code);
            if known {
                link_court(w, id, &code)?;
            }
            Ok::<_, PageError>(known)
        })
        .await?;
    if known {
        return Ok(to(id));
    }
    form.refuse("court", "Choose a court to link. One that is not in the list is added under All courts");
    draw(&permit, id, form).await
}

pub(super) async fn unlink(
    Whole(permit): Whole<ManageService>,
    Path((id, code)): Path<(ProjectId, String)>,
) -> Page {
    permit
        .write(move |w| {
            if standing(w, id)?.courts.iter().any(|(there, _)| *there == code) {
                unlink_court(w, id, &code)?;
            }
            Ok::<_, PageError>(())
        })
        .await?;
    Ok(to(id))
}

pub(super) async fn close(Whole(permit): Whole<ManageService>, Path(id): Path<ProjectId>) -> Page {
    permit
        .write(move |w| {
            if standing(w, id)?.closed_at.is_none() {
                close_project(w, id, Some(clock::now()))?;
            }
            Ok::<_, PageError>(())
        })
        .await?;
    Ok(to(id))
}

pub(super) async fn open_again(Whole(permit): Whole<ManageService>, Path(id): Path<ProjectId>) -> Page {
    permit
        .write(move |w| {
            if standing(w, id)?.closed_at.is_some() {
                close_project(w, id, None)?;
            }
            Ok::<_, PageError>(())
        })
        .await?;
    Ok(to(id))
}

/// The page, with what was typed into one of its forms and what is wrong with it.
async fn draw(permit: &Permit<ManageService>, id: ProjectId, mut form: Form) -> Page {
    let (project, courts) = permit
        .read(move |r| {
            let project = find_project(r, id)?.ok_or(PageError::NotFound)?;
            Ok::<_, PageError>((project, all_courts(r)?))
        })
        .await?;
    // The form for name and kind always sends a name, be it empty: without one, another form was sent.
    if form.values("name").is_empty() {
        form.set("name", &project.name);
        form.set("kind", &project.kind);
        if project.women_as_standard {
            form.set("women", "yes");
        }
    }
    let address = format!("/projects/{id}");
    let body = html! {
        (error_summary(&form))
        h1 class="govuk-heading-l" { (project.name) }
        p class="govuk-body" {
            (state(&project))
            @if let Some(at) = project.closed_at { " since " (clock::moment_words(at)) }
        }
        (boroughs(&project, &form, &address))
        (courts_served(&project, &courts, &form, &address))
        h2 class="govuk-heading-m" { "Name and kind" }
        form method="post" action=(address) novalidate {
            (fields(&form, Some(&project)))
            (button("Save changes", Emphasis::Primary))
        }
        @if project.closed_at.is_some() {
            h2 class="govuk-heading-m" { "Open again" }
            p class="govuk-body" { "Its courts and the people on its boards come back for everyone who has a role in it." }
            (post_button("Open project", &project.name, Emphasis::Secondary, &format!("{address}/open")))
        } @else {
            h2 class="govuk-heading-m" { "Close" }
            p class="govuk-body" { "A closed project serves no court: its team no longer sees its boards. Nothing is deleted, and it can be opened again." }
            (post_button("Close project", &project.name, Emphasis::Warning, &format!("{address}/close")))
        }
    };
    let title = if form.is_accepted() { project.name.clone() } else { format!("Error: {}", project.name) };
    let shell = Shell {
        title: &title,
        room: "/projects",
        before: Some(back_link("Projects", "/projects")),
        ..Shell::default()
    };
    Ok((status(&form), page(permit, shell, body)).into_response())
}

fn boroughs(project: &ProjectRow, form: &Form, address: &str) -> Markup {
    let rows: Vec<Vec<Markup>> = project
        .boroughs
        .iter()
        .map(|(borough, name)| {
            let action = format!("{address}/boroughs/{borough}/remove");
            vec![html! { (name) }, post_button("Remove", name, Emphasis::Small, &action)]
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { "Boroughs" }
        @if rows.is_empty() { p class="govuk-body" { "No borough yet." } }
        @else { (table(Caption::Hidden("Boroughs"), &[Column::words("Borough"), Column::words("Remove")], &rows)) }
        form method="post" action=(format!("{address}/boroughs")) novalidate {
            (text_input(&form.field("borough", "Add a borough").with_hint("For example Tower Hamlets"), Input { autocomplete: Some("off"), ..Input::default() }))
            (button("Add borough", Emphasis::Secondary))
        }
    }
}

fn courts_served(project: &ProjectRow, courts: &[CourtRow], form: &Form, address: &str) -> Markup {
    let rows: Vec<Vec<Markup>> = project
        .courts
        .iter()
        .map(|(code, name)| {
            let action = format!("{address}/courts/{code}/unlink");
            vec![
                html! { a class="govuk-link" href=(format!("/all-courts/{code}")) { (name) } },
                html! { (code) },
                post_button("Unlink", name, Emphasis::Small, &action),
            ]
        })
        .collect();
    let labels: Vec<(&str, String)> = courts
        .iter()
        .filter(|court| project.courts.iter().all(|(linked, _)| *linked != court.code))
        .map(|court| (court.code.as_str(), format!("{} ({})", court.name, court.code)))
        .collect();
    let mut choices = vec![Choice::new("", "Choose a court")];
    choices.extend(labels.iter().map(|(code, label)| Choice::new(code, label)));
    html! {
        h2 class="govuk-heading-m" { "Courts it serves" }
        @if rows.is_empty() { p class="govuk-body" { "No court yet: its team has no board." } }
        @else { (table(Caption::Hidden("Courts it serves"), &[Column::words("Court"), Column::words("Code"), Column::words("Unlink")], &rows)) }
        form method="post" action=(format!("{address}/courts")) novalidate {
            (select(&form.field("court", "Link a court"), &choices))
            (button("Link court", Emphasis::Secondary))
        }
        p class="govuk-body" { "Not in the list? " a class="govuk-link" href="/all-courts" { "Add the court" } " first." }
    }
}
