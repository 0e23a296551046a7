//! Recording a screening: one page, in the order of the paper sheet.

use super::fields::{Entered, asked, prefill, seen_and_when};
use super::who::{Who, settle, who};
use crate::access::policy::Screen;
use crate::access::{Permit, Writer};
use crate::audit::Event;
use crate::drafts::{self, Instance, Opened, Sent as Submission};
use crate::ids::{ListingId, PersonId, ProjectId, ScreeningId};
use crate::morning::{Found, Line, Rules, changed, find as find_line, find_to_change, identity, line_of};
use crate::people::{Person, find as find_person, identity_of, note_contact, project_with};
use crate::screening::kept::{On, record};
use crate::screening::read::{Checked, read};
use crate::screening::warn;
use crate::web::components::{Emphasis, Form, back_link, button_group, button_named, error_summary};
use crate::web::{Page, PageError, Sent, Shell, page};
use crate::{clock, consent};
use axum::Extension;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;

/// What the page stands on.
struct Stage {
    identity: Markup,
    back: Markup,
    who: Markup,
    action: String,
}

fn instance(on: On) -> Instance {
    let (subject, href) = match on {
        On::Line(id) => (format!("listing {id}"), format!("/listings/{id}/screening")),
        On::Person(id) => (format!("person {id}"), format!("/people/{id}/screening")),
    };
    Instance { form: "Screening", subject, href }
}

pub(super) async fn on_line(
    permit: Permit<Screen>,
    Path(id): Path<ListingId>,
    Query(query): Query<HashMap<String, String>>,
    Extension(rules): Extension<Arc<Rules>>,
) -> Page {
    let entered =
        if query.get("from").is_some_and(|from| from == "paper") { Entered::FromPaper } else { Entered::Now };
    draw_on_line(&permit, id, rules, entered, None).await
}

async fn draw_on_line(
    permit: &Permit<Screen>,
    id: ListingId,
    rules: Arc<Rules>,
    entered: Entered,
    sent: Option<Form>,
) -> Page {
    let account = permit.account_id();
    let found = permit
        .read(move |r| {
            let Some(found) = find_line(r, id)? else { return Ok::<_, store::Error>(None) };
            let Some(line) = line_of(r, &found, &rules)? else { return Ok(None) };
            r.saw(Event::new("screening opened", "listing", found.id()));
            let who = who(r, &found)?;
            let opened = match sent {
                Some(form) => drafts::reopened(&form),
                None => drafts::open(r, account, &instance(On::Line(found.id())))?,
            };
            Ok(Some((found, line, who, opened)))
        })
        .await?;
    let Some((found, line, who, mut opened)) = found else { return Err(PageError::NotFound) };
    if opened.version == 0 && opened.form.is_accepted() && opened.form.value("contact-time").is_empty() {
        prefill(&mut opened.form, entered, found.date, clock::now());
        opened.form.set("who", who.suggested());
    }
    let stage = stage_of_line(&found, &line, &who, &opened.form);
    Ok(draw(permit, &stage, &instance(On::Line(found.id())), &opened))
}

fn stage_of_line(found: &Found, line: &Line, who: &Who, form: &Form) -> Stage {
    Stage {
        identity: match who {
            Who::Linked(person) => identity_of(person),
            _ => identity(line),
        },
        back: back_link("The line", &format!("/listings/{}", found.id())),
        who: who.input(form, &format!("/listings/{}/compare", found.id())),
        action: format!("/listings/{}/screening", found.id()),
    }
}

pub(super) async fn on_person(permit: Permit<Screen>, Path(id): Path<PersonId>) -> Page {
    draw_on_person(&permit, id, None).await
}

async fn draw_on_person(permit: &Permit<Screen>, id: PersonId, sent: Option<Form>) -> Page {
    let account = permit.account_id();
    let found = permit
        .read(move |r| {
            let Some(person) = find_person(r, id)? else { return Ok::<_, store::Error>(None) };
            let opened = match sent {
                Some(form) => drafts::reopened(&form),
                None => drafts::open(r, account, &instance(On::Person(person.id())))?,
            };
            Ok(Some((person, opened)))
        })
        .await?;
    let Some((person, mut opened)) = found else { return Err(PageError::NotFound) };
    if opened.version == 0 && opened.form.is_accepted() && opened.form.value("contact-time").is_empty() {
        let now = clock::now();
        prefill(&mut opened.form, Entered::Now, clock::london_day(now), now);
        opened.form.set("place", "probation-office");
    }
    let stage = Stage {
        identity: identity_of(&person),
        back: back_link("The person", &format!("/people/{}", person.id())),
        who: html! {},
        action: format!("/people/{}/screening", person.id()),
    };
    Ok(draw(permit, &stage, &instance(On::Person(person.id())), &opened))
}

fn draw(permit: &Permit<Screen>, stage: &Stage, what: &Instance, opened: &Opened) -> Response {
    let form = &opened.form;
    let wrong = !form.is_accepted();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Screening" }
        (drafts::notice(opened))
        form method="post" action=(stage.action) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(what, opened))
            (stage.who)
            (seen_and_when(form))
            (asked(form, consent::quick_inputs(form)))
            (button_group(&[
                button_named("Save screening", Emphasis::Primary, "press", "save"),
                button_named("Finish later", Emphasis::Secondary, "press", "later"),
            ]))
        }
    };
    let shell = Shell {
        title: if wrong { "Error: Screening" } else { "Screening" },
        room: "/courts",
        before: Some(stage.back.clone()),
        identity: Some(stage.identity.clone()),
        wide: false,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, page(permit, shell, body)).into_response()
}

/// Why nothing was kept. The unit of work is undone, the draft's sending too.
#[derive(Debug)]
enum Stop {
    Refused(&'static str, String),
    NotFound,
    Store(store::Error),
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

pub(super) async fn send_on_line(
    permit: Permit<Screen>,
    Path(id): Path<ListingId>,
    Extension(rules): Extension<Arc<Rules>>,
    Sent(mut form): Sent,
) -> Page {
    if form.value("press") == "later" {
        return later(&permit, instance(On::Line(id)), form, format!("/listings/{id}")).await;
    }
    let Some(checked) = read(&mut form, clock::now()) else {
        return draw_on_line(&permit, id, rules, Entered::Now, Some(form)).await;
    };
    let sent = form.clone();
    let done = permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(Stop::NotFound) };
            let screening = ScreeningId::fresh();
            let result = format!("/screenings/{screening}");
            if let Submission::Before(href) =
                drafts::submit(w, &instance(On::Line(line.id())), &sent, &result)?
            {
                return Ok(href);
            }
            let met = checked.entry.seen == crate::screening::Seen::Seen;
            let person = match settle(w, &line, sent.value("who"), met)? {
                Ok(person) => person,
                Err(words) => return Err(Stop::Refused("who", words)),
            };
            let Some(project) = line.court.projects.first().copied() else { return Err(Stop::NotFound) };
            record(w, screening, On::Line(line.id()), project, &checked.entry)?;
            changed(w, &line)?;
            follow(w, Some(&line), person.as_ref(), project, &checked, &sent)?;
            Ok(result)
        })
        .await;
    finish(done, form, |form| draw_on_line(&permit, id, rules, Entered::Now, Some(form))).await
}

pub(super) async fn send_on_person(
    permit: Permit<Screen>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    if form.value("press") == "later" {
        return later(&permit, instance(On::Person(id)), form, format!("/people/{id}")).await;
    }
    let Some(checked) = read(&mut form, clock::now()) else {
        return draw_on_person(&permit, id, Some(form)).await;
    };
    let sent = form.clone();
    let done = permit
        .write(move |w| {
            let Some(person) = w.reading(|r| find_person(r, id))? else {
                return Err(Stop::NotFound);
            };
            let screening = ScreeningId::fresh();
            let result = format!("/screenings/{screening}");
            let what = instance(On::Person(person.id()));
            if let Submission::Before(href) = drafts::submit(w, &what, &sent, &result)? {
                return Ok(href);
            }
            let Some(project) = w.reading(|r| project_with(r, &person))? else { return Err(Stop::NotFound) };
            record(w, screening, On::Person(person.id()), project, &checked.entry)?;
            follow(w, None, Some(&person), project, &checked, &sent)?;
            Ok(result)
        })
        .await;
    finish(done, form, |form| draw_on_person(&permit, id, Some(form))).await
}

/// What a kept screening brings with it: contact with the person, consent, a warning.
fn follow(
    w: &mut Writer<'_, Screen>,
    line: Option<&Found>,
    person: Option<&Person>,
    project: ProjectId,
    checked: &Checked,
    sent: &Form,
) -> store::Result<()> {
    let at = checked.entry.contact_at;
    match (person, line) {
        (Some(person), _) => {
            note_contact(w, person, project, at)?;
            consent::keep_quick(w, person, sent, at)?;
        }
        // What somebody agreed to in a cell counts before anybody has said who they are: it hangs on the line.
        (None, Some(line)) => {
            let subject = consent::Subject::line(w, line)?;
            consent::keep_quick_about(w, &subject, sent, at)?;
        }
        (None, None) => {}
    }
    warn::raise(w, line.map(Found::id), person, project, checked)
}

async fn finish<F: Future<Output = Page>>(
    done: Result<String, Stop>,
    mut form: Form,
    again: impl FnOnce(Form) -> F,
) -> Page {
    match done {
        Ok(href) => Ok(Redirect::to(&href).into_response()),
        Err(Stop::Refused(field, words)) => {
            form.refuse(field, words);
            again(form).await
        }
        Err(Stop::NotFound) => Err(PageError::NotFound),
        Err(Stop::Store(error)) => Err(error.into()),
    }
}

/// Keeps what is typed and leaves: the way without script.
async fn later(permit: &Permit<Screen>, what: Instance, form: Form, to: String) -> Page {
    permit.write(move |w| drafts::keep(w, &what, &form)).await?;
    Ok(Redirect::to(&to).into_response())
}
