//! Adding a service, and changing what is known of one.

use crate::access::policy::KeepDirectory;
use crate::access::{Permit, Reader};
use crate::directory::keeping::{add, change, serve};
use crate::directory::reading::find_service;
use crate::directory::service::Service;
use crate::directory::sheet::SHEET;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{Answers, inputs};
use crate::ids::{ProjectId, ServiceId};
use crate::post;
use crate::projects::project_names;
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, back_link, button, button_group, button_link,
    checkboxes, error_summary, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use uuid::Uuid;

fn instance(id: Option<ServiceId>) -> Instance {
    let href = id.map_or("/directory/new".into(), |id| format!("/directory/{id}/change"));
    Instance {
        form: "Service of the directory",
        subject: id.map_or("new service".into(), |id| format!("service {id}")),
        href,
    }
}

/// Projects that the account may name here.
fn own_projects(r: &mut Reader<'_, KeepDirectory>) -> store::Result<Vec<(ProjectId, String)>> {
    let (everywhere, mine) = r.projects();
    let all = project_names(r)?;
    Ok(all.into_iter().filter(|(id, _)| everywhere || mine.contains(&Uuid::from(*id))).collect())
}

pub(super) async fn blank(permit: Permit<KeepDirectory>) -> Page {
    let (account, what) = (permit.account_id(), instance(None));
    let (opened, projects) = permit
        .read(move |r| Ok::<_, store::Error>((drafts::open(r, account, &what)?, own_projects(r)?)))
        .await?;
    Ok(draw(&permit, None, &projects, &opened))
}

pub(super) async fn form(permit: Permit<KeepDirectory>, Path(id): Path<ServiceId>) -> Page {
    let (account, what) = (permit.account_id(), instance(Some(id)));
    let found = permit
        .read(move |r| {
            let Some(one) = find_service(r, id)? else { return Ok::<_, store::Error>(None) };
            Ok(Some((one, drafts::open(r, account, &what)?, own_projects(r)?)))
        })
        .await?;
    let Some((one, mut opened, projects)) = found else { return Err(PageError::NotFound) };
    if opened.continued_from.is_none() {
        one.answers.fill(&SHEET, &mut opened.form);
        opened.form.set_all("project", &one.projects.iter().map(ToString::to_string).collect::<Vec<_>>());
        opened.form.set("seen", one.version.to_string());
    }
    Ok(draw(&permit, Some(&one), &projects, &opened))
}

fn read(form: &mut Form) -> Answers {
    let answers = Answers::read(&SHEET, form);
    if answers.value("name").is_empty() {
        form.refuse("name", "Enter the service’s name");
    }
    if answers.values("needs").is_empty() {
        form.refuse("needs", "Tick at least one need: without one it is never suggested");
    }
    if answers.value("recipient").is_empty() {
        form.refuse("recipient", "Choose what sort of service it is: the ledger rules by it");
    }
    if !answers.value("email").is_empty()
        && let Err(why) = post::address(answers.value("email"))
    {
        form.refuse("email", why.to_string());
    }
    let web = answers.value("web");
    if !web.is_empty() && !web.starts_with("https://") {
        form.refuse("web", "Write the address whole, beginning with https://");
    }
    if let (Some(youngest), Some(oldest)) = (answers.number("youngest"), answers.number("oldest"))
        && youngest > oldest
    {
        form.refuse("oldest", "The oldest age is below the youngest");
    }
    answers
}

fn chosen(form: &Form, projects: &[(ProjectId, String)]) -> Vec<ProjectId> {
    projects
        .iter()
        .filter(|(id, _)| form.values("project").contains(&id.to_string()))
        .map(|(id, _)| *id)
        .collect()
}

pub(super) async fn add_it(permit: Permit<KeepDirectory>, Sent(mut form): Sent) -> Page {
    let answers = read(&mut form);
    let projects = permit.read(own_projects).await?;
    if !form.is_accepted() {
        return Ok(draw(&permit, None, &projects, &drafts::reopened(&form)));
    }
    let (id, offered, what) = (ServiceId::fresh(), chosen(&form, &projects), instance(None));
    let there = permit
        .write(move |w| {
            let href = format!("/directory/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok::<_, store::Error>(there);
            }
            add(w, id, &answers, None, "")?;
            if let Some(one) = w.reading(|r| find_service(r, id))? {
                serve(w, &one, &offered)?;
            }
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&there).into_response())
}

pub(super) async fn change_it(
    permit: Permit<KeepDirectory>,
    Path(id): Path<ServiceId>,
    Sent(mut form): Sent,
) -> Page {
    let answers = read(&mut form);
    let found = permit.read(move |r| Ok::<_, store::Error>((find_service(r, id)?, own_projects(r)?))).await?;
    let (Some(one), projects) = found else { return Err(PageError::NotFound) };
    let seen: i64 = form.value("seen").parse().unwrap_or(0);
    if form.is_accepted() && seen != one.version {
        form.refuse_all(format!(
            "{} changed this entry meanwhile. Look at it in another tab; then save yours, which replaces it",
            one.changed_by
        ));
        form.set("seen", one.version.to_string());
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, Some(&one), &projects, &drafts::reopened(&form)));
    }
    // Projects outside the account's reach stay as they are.
    let mut offered = chosen(&form, &projects);
    offered.extend(one.projects.iter().filter(|p| !projects.iter().any(|(id, _)| id == *p)));
    let reason: String = form.value("reason").trim().chars().take(500).collect();
    let what = instance(Some(id));
    let there = permit
        .write(move |w| {
            let href = format!("/directory/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok(there);
            }
            if !change(w, id, seen, &answers, &reason)? {
                return Err(PageError::Conflict(
                    "A colleague changed this entry in this very moment. Open it again.".into(),
                ));
            }
            serve(w, &one, &offered)?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&there).into_response())
}

fn draw(
    permit: &Permit<KeepDirectory>,
    one: Option<&Service>,
    projects: &[(ProjectId, String)],
    opened: &Opened,
) -> Response {
    let (form, what) = (&opened.form, instance(one.map(|one| one.id)));
    let ids: Vec<String> = projects.iter().map(|(id, _)| id.to_string()).collect();
    let choices: Vec<Choice<'_>> =
        projects.iter().zip(&ids).map(|((_, name), id)| Choice::new(id, name)).collect();
    let back = one.map_or("/directory".into(), |one| format!("/directory/{}", one.id));
    let title = one.map_or("Add a service", |_| "Change a service");
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { (title) }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="seen" value=(form.value("seen"));
            (inputs(&SHEET, form))
            h2 class="govuk-heading-m" { "Where it is offered" }
            (checkboxes(&form.field("project", "Projects").with_size(LabelSize::Small).with_hint("None ticked: all projects"), Layout::Small, &choices))
            @if one.is_some() { (text_input(&form.field("reason", "Why it changes").with_size(LabelSize::Small).with_hint("“They rang”, “new criteria from December”"), Input { autocomplete: Some("off"), ..Input::default() })) }
            (button_group(&[button("Save", Emphasis::Primary), button_link("Cancel", Emphasis::Secondary, &back)]))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { title.to_owned() } else { format!("Error: {title}") };
    let shell = Shell {
        title: &title,
        room: "/directory",
        before: Some(back_link("Directory", &back)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}
