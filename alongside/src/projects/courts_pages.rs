//! All courts for the administrator: which projects serve each, which nobody serves, and adding one.

mod one_court;

use super::courts::{
    CourtRow, LONGEST_COURT_NAME, Unserved, all_courts, is_court_code, link_court, set_up_court,
    unserved_courts,
};
use super::projects_pages::whole::Whole;
use super::projects_pages::{one_line, status};
use super::queries::project_names;
use crate::access::policy::ManageService;
use crate::access::{Permit, Routes};
use crate::clock;
use crate::ids::ProjectId;
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, InputKind, Width, button, empty_state, error_summary,
    inset_text, select, table, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get::<ManageService, _>("/all-courts", list)
        .post::<ManageService, _>("/all-courts", create)
        .get::<ManageService, _>("/all-courts/{court}", one_court::show)
        .post::<ManageService, _>("/all-courts/{court}", one_court::rename)
        .post::<ManageService, _>("/all-courts/{court}/projects", one_court::link)
        .post::<ManageService, _>("/all-courts/{court}/projects/{project}/unlink", one_court::unlink)
}

/// The court that the reader came to add, from a list that nobody serves.
#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(default)]
    code: String,
}

async fn list(Whole(permit): Whole<ManageService>, Query(wanted): Query<Wanted>) -> Page {
    let mut form = Form::blank();
    form.set("code", wanted.code.trim().to_uppercase());
    draw(&permit, form).await
}

async fn create(Whole(permit): Whole<ManageService>, Sent(mut form): Sent) -> Page {
    let code = form.value("code").trim().to_uppercase();
    if !is_court_code(&code) {
        form.refuse(
            "code",
            "Enter the code as five letters and digits, like B01ND: the first five of the organisation unit code",
        );
    }
    let name = typed_name(&mut form);
    let project = form.value("project").to_owned();
    let names = permit.read(project_names).await?;
    let project = names.iter().find(|(id, _)| id.to_string() == project).map(|(id, _)| *id);
    if project.is_none() && !form.value("project").is_empty() {
        form.refuse("project", "Choose a project from the list, or none for now");
    }
    let (Some(name), true) = (name, form.is_accepted()) else { return draw(&permit, form).await };
    let to = format!("/all-courts/{code}");
    let done = permit
        .write(move |w| {
            set_up_court(w, &code, &name)?;
            project.map_or(Ok(()), |project| link_court(w, project, &code))
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to(&to).into_response()),
        Err(error) if error.is_duplicate() => {
            form.refuse(
                "code",
                "There is a court with this code already. Open it in the list to rename or link it",
            );
            draw(&permit, form).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The court's name as typed; nothing, and the form says why, when it can't be used.
fn typed_name(form: &mut Form) -> Option<String> {
    let name = one_line(form.value("name"));
    if name.is_empty() {
        form.refuse("name", "Enter the court's name, like Thames Magistrates' Court");
        return None;
    }
    if name.chars().count() > LONGEST_COURT_NAME {
        form.refuse("name", format!("Shorten the court's name to {LONGEST_COURT_NAME} characters"));
        return None;
    }
    Some(name)
}

async fn draw(permit: &Permit<ManageService>, mut form: Form) -> Page {
    let (courts, unserved, names) =
        permit.read(|r| Ok::<_, PageError>((all_courts(r)?, unserved_courts(r)?, project_names(r)?))).await?;
    let set_up = |code: &str| courts.iter().any(|court| court.code == code);
    if form.values("name").is_empty() {
        // Linked to from a report of a court that was set up meanwhile: there is its page.
        if set_up(form.value("code")) {
            return Ok(Redirect::to(&format!("/all-courts/{}", form.value("code"))).into_response());
        }
        if let Some(name) =
            unserved.iter().find(|u| u.code == form.value("code")).and_then(|u| u.name.as_ref())
        {
            form.set("name", name);
        }
    }
    let rows: Vec<Vec<Markup>> = courts.iter().map(|court| row(court, &unserved)).collect();
    let columns = [Column::words("Court"), Column::words("Code"), Column::words("Served by")];
    let body = html! {
        (error_summary(&form))
        h1 class="govuk-heading-l" { "All courts" }
        @for court in unserved.iter().filter(|court| !set_up(&court.code)) {
            (inset_text(html! {
                p class="govuk-body" {
                    "Lists for " strong { (court.name.as_deref().unwrap_or("a court")) " (" (court.code) ")" }
                    " came in, but it is not set up: " (came_in(court)) ". They are kept, and appear once a project serves the court."
                }
                a class="govuk-link" href=(format!("/all-courts?code={}", court.code)) { "Add this court" span class="govuk-visually-hidden" { " (" (court.code) ")" } }
            }))
        }
        @if rows.is_empty() {
            (empty_state("No court yet", html! { p class="govuk-body" { "Add the courts that lists come from, and link each to the project that serves it." } }))
        } @else {
            (table(Caption::Hidden("Courts by name"), &columns, &rows))
        }
        h2 class="govuk-heading-m" { "Add a court" }
        form method="post" action="/all-courts" novalidate {
            (text_input(&form.field("code", "Court code").with_hint("First five characters of the organisation unit code, as on the lists: B01ND"), Input { kind: InputKind::Code, width: Width::Five, autocomplete: Some("off") }))
            (text_input(&form.field("name", "Name"), Input { autocomplete: Some("off"), ..Input::default() }))
            (project_select(&form, "Served by", "No project yet", &names))
            (button("Add court", Emphasis::Primary))
        }
    };
    let shell = Shell {
        title: if form.is_accepted() { "All courts" } else { "Error: All courts" },
        room: "/all-courts",
        ..Shell::default()
    };
    Ok((status(&form), page(permit, shell, body)).into_response())
}

fn row(court: &CourtRow, unserved: &[Unserved]) -> Vec<Markup> {
    let waiting = unserved.iter().find(|u| u.code == court.code);
    vec![
        html! { a class="govuk-link" href=(format!("/all-courts/{}", court.code)) { (court.name) } },
        html! { (court.code) },
        html! {
            @if court.serving.is_empty() { "Nobody" }
            @for (i, project) in court.serving.iter().enumerate() {
                @if i > 0 { ", " }
                a class="govuk-link" href=(format!("/projects/{}", project.id)) { (project.name) }
                @if project.closed { " (closed)" }
            }
            @if let Some(waiting) = waiting { ". Lists came in, but nobody serves it: " (came_in(waiting)) }
        },
    ]
}

/// "5 people on 2 days, the latest 24 November 2026".
fn came_in(court: &Unserved) -> String {
    let people = if court.listed == 1 { "1 person".to_owned() } else { format!("{} people", court.listed) };
    if court.days == 1 {
        format!("{people} on {}", clock::day_words(court.latest))
    } else {
        format!("{people} on {} days, the latest {}", court.days, clock::day_words(court.latest))
    }
}

fn project_select(form: &Form, label: &str, none: &str, names: &[(ProjectId, String)]) -> Markup {
    let ids: Vec<(String, &str)> = names.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let mut choices = vec![Choice::new("", none)];
    choices.extend(ids.iter().map(|(id, name)| Choice::new(id, name)));
    select(&form.field("project", label), &choices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_court_code_is_five_capitals_and_digits() {
        assert!(is_court_code("B01ND"));
        for not in ["", "B01N", "B01ND0", "b01nd", "B01-D", "?????", "B01Né"] {
            assert!(!is_court_code(not), "{not}");
        }
    }

    #[test]
    fn what_came_in_is_said_in_figures() {
        let mut court = Unserved {
            code: "B01XX".into(),
            name: None,
            listed: 1,
            days: 1,
            latest: jiff::civil::date(2026, 11, 24),
        };
        assert_eq!(came_in(&court), "1 person on 24 November 2026");
        (court.listed, court.days) = (5, 2);
        assert_eq!(came_in(&court), "5 people on 2 days, the latest 24 November 2026");
    }
}
