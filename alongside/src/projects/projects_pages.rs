//! Projects for the administrator: the list, and setting one up.

mod one_project;
pub(crate) mod whole;

use super::queries::{NewProject, ProjectRow, create_project, projects};
use crate::access::policy::ManageService;
use crate::access::{Permit, Routes};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, LabelSize, Layout, TagColour, back_link, button,
    button_link, checkboxes, empty_state, error_summary, radios, table, tag, text_input,
};
use crate::web::{Page, Sent, Shell, page};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use whole::Whole;

/// What sort of sites there are.
const KINDS: [(&str, &str); 3] =
    [("court", "Court"), ("probation office", "Probation office"), ("women's centre", "Women's centre")];
/// Longest name of a project or borough: what fits a table's cell.
const LONGEST_NAME: usize = 100;
const TAKEN: &str = "Another project has this name. Choose a name that tells the two apart";

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get::<ManageService, _>("/projects", list)
        .get::<ManageService, _>("/projects/new", form)
        .post::<ManageService, _>("/projects", create)
        .get::<ManageService, _>("/projects/{project}", one_project::show)
        .post::<ManageService, _>("/projects/{project}", one_project::change)
        .post::<ManageService, _>("/projects/{project}/boroughs", one_project::add_borough)
        .post::<ManageService, _>("/projects/{project}/boroughs/{borough}/remove", one_project::take_borough)
        .post::<ManageService, _>("/projects/{project}/courts", one_project::link)
        .post::<ManageService, _>("/projects/{project}/courts/{court}/unlink", one_project::unlink)
        .post::<ManageService, _>("/projects/{project}/close", one_project::close)
        .post::<ManageService, _>("/projects/{project}/open", one_project::open_again)
}

async fn list(Whole(permit): Whole<ManageService>) -> Page {
    let projects = permit.read(projects).await?;
    let rows: Vec<Vec<Markup>> = projects.iter().map(row).collect();
    let columns = [
        Column::words("Project"),
        Column::words("Kind"),
        Column::words("Boroughs"),
        Column::words("Courts"),
        Column::words("Women"),
        Column::words("State"),
    ];
    let body = html! {
        h1 class="govuk-heading-l" { "Projects" }
        (button_link("Set up a project", Emphasis::Primary, "/projects/new"))
        @if rows.is_empty() {
            (empty_state("No project yet", html! { p class="govuk-body" { "A project is one team at one site. Set up the first, then link the courts it serves." } }))
        } @else {
            (table(Caption::Hidden("Projects by name"), &columns, &rows))
        }
    };
    Ok(page(&permit, Shell { title: "Projects", room: "/projects", wide: true, ..Shell::default() }, body))
}

fn row(project: &ProjectRow) -> Vec<Markup> {
    let boroughs: Vec<&str> = project.boroughs.iter().map(|(_, name)| name.as_str()).collect();
    let courts: Vec<&str> = project.courts.iter().map(|(_, name)| name.as_str()).collect();
    let words = |names: Vec<&str>| if names.is_empty() { "None".to_owned() } else { names.join(", ") };
    vec![
        html! { a class="govuk-link" href=(format!("/projects/{}", project.id)) { (project.name) } },
        html! { (kind_words(&project.kind)) },
        html! { (words(boroughs)) },
        html! { (words(courts)) },
        html! { @if project.women_as_standard { "Seen as standard" } @else { "Seen by their markers" } },
        state(project),
    ]
}

fn state(project: &ProjectRow) -> Markup {
    if project.closed_at.is_some() { tag(TagColour::Grey, "Closed") } else { tag(TagColour::Green, "Open") }
}

fn kind_words(kind: &str) -> &str {
    KINDS.iter().find(|(key, _)| *key == kind).map_or(kind, |(_, words)| words)
}

async fn form(Whole(permit): Whole<ManageService>) -> Page {
    Ok(ask(&permit, &Form::blank()))
}

async fn create(Whole(permit): Whole<ManageService>, Sent(mut form): Sent) -> Page {
    let Some(new) = typed(&mut form, None) else { return Ok(ask(&permit, &form)) };
    match permit.write(move |w| create_project(w, &new)).await {
        Ok(id) => Ok(Redirect::to(&format!("/projects/{id}")).into_response()),
        Err(error) if error.is_duplicate() => {
            form.refuse("name", TAKEN);
            Ok(ask(&permit, &form))
        }
        Err(error) => Err(error.into()),
    }
}

fn ask(permit: &Permit<ManageService>, form: &Form) -> Response {
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Set up a project" }
        form method="post" action="/projects" novalidate {
            (fields(form, None))
            (button("Set up project", Emphasis::Primary))
        }
    };
    let shell = Shell {
        title: if form.is_accepted() { "Set up a project" } else { "Error: Set up a project" },
        room: "/projects",
        before: Some(back_link("Projects", "/projects")),
        ..Shell::default()
    };
    (status(form), page(permit, shell, body)).into_response()
}

/// 422 when something was refused.
pub(super) fn status(form: &Form) -> StatusCode {
    if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// A typed name or title: runs of spaces are one, none at the ends.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The project that a form describes; nothing, and the form says why, when it can't be used.
fn typed(form: &mut Form, now: Option<&ProjectRow>) -> Option<NewProject> {
    let name = one_line(form.value("name"));
    if name.is_empty() {
        form.refuse("name", "Enter the project's name");
    } else if name.chars().count() > LONGEST_NAME {
        form.refuse("name", format!("Shorten the project's name to {LONGEST_NAME} characters"));
    }
    let kind = form.value("kind").to_owned();
    let known = KINDS.iter().any(|(key, _)| *key == kind) || now.is_some_and(|project| project.kind == kind);
    if !known {
        form.refuse("kind", "Choose what sort of site the project works at");
    }
    let women_as_standard = form.value("women") == "yes";
    form.is_accepted().then_some(NewProject { name, kind, women_as_standard })
}

fn fields(form: &Form, now: Option<&ProjectRow>) -> Markup {
    let mut kinds: Vec<Choice<'_>> = KINDS.iter().map(|(key, words)| Choice::new(key, words)).collect();
    // A kind that came in by command line or an older version stays choosable.
    if let Some(project) = now.filter(|project| KINDS.iter().all(|(key, _)| *key != project.kind)) {
        kinds.push(Choice::new(&project.kind, &project.kind));
    }
    html! {
        (text_input(&form.field("name", "Name").with_hint("As the team is called, for example Thames court liaison"), Input { autocomplete: Some("off"), ..Input::default() }))
        (radios(&form.field("kind", "Kind of site").with_size(LabelSize::Small), Layout::Stacked, &kinds))
        (checkboxes(&form.field("women", "Seen as standard").with_size(LabelSize::Small).with_hint("Puts every woman on the board of its courts among those to be seen, whatever her markers say"), Layout::Stacked, &[Choice::new("yes", "All women")]))
    }
}
