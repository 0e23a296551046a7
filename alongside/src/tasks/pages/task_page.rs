//! Adding a task, and what became of one.

use super::parts::{About, Around, around, choices, listed, shell, status, titled, whom};
use crate::access::Permit;
use crate::access::policy::WorkTasks;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::ids::{PersonId, TaskId};
use crate::tasks::own::{NewTask, find_task, make_task, settle_task};
use crate::web::components::{
    Emphasis, Input, InputKind, LabelSize, TypedDate, Width, button, date_input, details, error_summary,
    select, text_input, typed_date,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;

fn instance(person: Option<PersonId>) -> Instance {
    let query = person.map(|id| format!("?person={id}")).unwrap_or_default();
    Instance {
        form: "Task",
        subject: person.map_or("task".into(), |id| format!("task person {id}")),
        href: format!("/tasks/new{query}"),
    }
}

pub(super) async fn form(permit: Permit<WorkTasks>, Query(about): Query<About>) -> Page {
    let around = around(&permit).await?;
    let (account, what) = (permit.account_id(), instance(about.person));
    let (mut opened, whom) = permit
        .read(move |r| Ok::<_, store::Error>((drafts::open(r, account, &what)?, whom(r, about.person)?)))
        .await?;
    if about.person.is_some() && whom.is_none() {
        return Err(PageError::NotFound);
    }
    if opened.continued_from.is_none() {
        opened.form.set("assigned", account.to_string());
        if let Some((_, _, Some(project))) = &whom {
            opened.form.set("project", project.to_string());
        }
    }
    Ok(draw(&permit, &around, whom.as_ref().map(|(id, name, _)| (*id, name.as_str())), &opened))
}

pub(super) async fn send(permit: Permit<WorkTasks>, Sent(mut form): Sent) -> Page {
    let around = around(&permit).await?;
    let person: Option<PersonId> = form.value("person").parse().ok();
    let whom = permit.read(move |r| whom(r, person)).await?;
    if person.is_some() && whom.is_none() {
        return Err(PageError::NotFound);
    }
    let what: String = form.value("what").trim().chars().take(500).collect();
    if what.is_empty() {
        form.refuse("what", "Write what is to be done");
    }
    let project = around.project(&form);
    if project.is_none() {
        form.refuse("project", "Choose the project");
    }
    let due_on = match typed_date(&form, "due") {
        TypedDate::Is(day) => Some(day),
        TypedDate::Empty => None,
        TypedDate::NotADate => {
            form.refuse("due", "Enter a real day: day, month and year in figures, like 27 3 2026");
            None
        }
    };
    let hangs = form.value("hearing-days").trim().to_owned();
    let hearing_days: Option<i64> = if hangs.is_empty() { None } else { hangs.parse().ok() };
    if !hangs.is_empty() && (whom.is_none() || hearing_days.is_none_or(|n| !(-60..=60).contains(&n))) {
        form.refuse("hearing-days", "Enter whole working days from −60 to 60, for a task about a person");
    }
    let assigned = around.colleague(&form, "assigned");
    let (Some(project), true) = (project, form.is_accepted()) else {
        let shown = whom.as_ref().map(|(id, name, _)| (*id, name.as_str()));
        return Ok(draw(&permit, &around, shown, &drafts::reopened(&form)));
    };
    let (id, draft) = (TaskId::fresh(), instance(person));
    let new = NewTask { project, person: whom.map(|(id, ..)| id), what, due_on, hearing_days, assigned };
    permit
        .write(move |w| {
            if let SentBefore::Before(_) = drafts::submit(w, &draft, &form, "/tasks")? {
                return Ok::<_, store::Error>(());
            }
            make_task(w, id, &new)
        })
        .await?;
    Ok(Redirect::to("/tasks").into_response())
}

fn draw(
    permit: &Permit<WorkTasks>,
    around: &Around,
    person: Option<(PersonId, &str)>,
    opened: &Opened,
) -> Response {
    let (form, what) = (&opened.form, instance(person.map(|(id, _)| id)));
    let (projects, colleagues) = (listed(&around.projects), listed(&around.colleagues));
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let small = LabelSize::Small;
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Add a task" }
        @if let Some((_, name)) = person { p class="govuk-body" { "About " (name) "." } }
        form method="post" action="/tasks/new" novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            @if let Some((id, _)) = person { input type="hidden" name="person" value=(id); }
            (text_input(&form.field("what", "What is to be done").with_size(small), line))
            (date_input(&form.field("due", "By when").with_size(small).with_hint("Leave it empty for no day")))
            @if person.is_some() { (details("It hangs on the next hearing", html! {
                (text_input(&form.field("hearing-days", "Working days after the hearing; with a minus, before it").with_size(small).with_hint("−2 is two working days before. When the hearing moves, the task moves and says so"), Input { kind: InputKind::Text, width: Width::Four, ..line }))
            })) }
            (select(&form.field("assigned", "Whose is it?").with_size(small), &choices("Nobody’s yet", &colleagues)))
            @if around.projects.len() > 1 { (select(&form.field("project", "Project").with_size(small), &choices("Choose", &projects))) }
            (button("Save", Emphasis::Primary))
        }
    };
    let title = titled(form, "Add a task");
    (status(form), page(permit, shell(&title, "/tasks", ("Tasks", "/tasks")), body)).into_response()
}

/// How it ended.
#[derive(Debug, Deserialize)]
pub(super) struct How {
    how: String,
}

pub(super) async fn settle(
    permit: Permit<WorkTasks>,
    Path(id): Path<TaskId>,
    Query(how): Query<How>,
) -> Page {
    let kind = match how.how.as_str() {
        "done" => "done",
        "not-needed" => "not-needed",
        _ => return Err(PageError::NotFound),
    };
    let task = permit.read(move |r| find_task(r, id)).await?.ok_or(PageError::NotFound)?;
    if task.ended.is_none() {
        permit.write(move |w| settle_task(w, &task, kind, "", None)).await?;
    }
    Ok(Redirect::to("/tasks").into_response())
}
