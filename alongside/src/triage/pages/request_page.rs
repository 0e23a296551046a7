//! Asking for a psychiatric assessment.

use super::parts::{Both, shell, status};
use crate::access::Permit;
use crate::access::policy::Triage;
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{Answers, inputs};
use crate::ids::{ListingId, PersonId, PsychiatricId, TriageId};
use crate::triage::keeping::ask_for;
use crate::triage::sheets::REQUEST;
use crate::triage::subject::{Of, Subject, triage_in_scope};
use crate::web::components::{Emphasis, Form, button, error_summary};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;

/// The decision it comes from.
#[derive(Debug, Default, Deserialize)]
pub(super) struct From {
    #[serde(default)]
    triage: String,
}

fn instance(subject: &Subject) -> Instance {
    Instance {
        form: "Psychiatric assessment",
        subject: subject.key(),
        href: format!("{}/psychiatry", subject.base()),
    }
}

pub(super) async fn for_line(
    permit: Permit<Triage>,
    Path(id): Path<ListingId>,
    Query(from): Query<From>,
    rules: Both,
) -> Page {
    show(permit, Of::Line(id), &from, rules).await
}

pub(super) async fn for_person(
    permit: Permit<Triage>,
    Path(id): Path<PersonId>,
    Query(from): Query<From>,
    rules: Both,
) -> Page {
    show(permit, Of::Person(id), &from, rules).await
}

async fn show(permit: Permit<Triage>, of: Of, from: &From, rules: Both) -> Page {
    let (account, morning) = (permit.account_id(), rules.0.clone());
    let found = permit
        .read(move |r| {
            let Some(subject) = of.find(r, &morning)? else { return Ok::<_, store::Error>(None) };
            let opened = drafts::open(r, account, &instance(&subject))?;
            Ok(Some((subject, opened)))
        })
        .await?;
    let Some((subject, mut opened)) = found else { return Err(PageError::NotFound) };
    if opened.continued_from.is_none() {
        opened.form.set("asked-by", if from.triage.is_empty() { "court" } else { "practitioner" });
        opened.form.set("hearing-court", subject.court().unwrap_or_default());
    }
    if !from.triage.is_empty() {
        opened.form.set("triage", from.triage.clone());
    }
    Ok(draw(&permit, &subject, &opened))
}

pub(super) async fn ask_line(
    permit: Permit<Triage>,
    Path(id): Path<ListingId>,
    rules: Both,
    Sent(form): Sent,
) -> Page {
    send(permit, Of::Line(id), rules, form).await
}

pub(super) async fn ask_person(
    permit: Permit<Triage>,
    Path(id): Path<PersonId>,
    rules: Both,
    Sent(form): Sent,
) -> Page {
    send(permit, Of::Person(id), rules, form).await
}

async fn send(permit: Permit<Triage>, of: Of, rules: Both, mut form: Form) -> Page {
    let morning = rules.0.clone();
    let from: Option<TriageId> = form.value("triage").parse().ok();
    let found = permit
        .read(move |r| {
            let Some(subject) = of.find(r, &morning)? else { return Ok::<_, store::Error>(None) };
            // A decision about somebody else is not taken along.
            let triage = match from {
                Some(id) => {
                    triage_in_scope(r, id, &morning)?.filter(|(theirs, _)| theirs.about == subject.about)
                }
                None => None,
            };
            Ok(Some((subject, triage.map(|(_, decided)| decided.id))))
        })
        .await?;
    let Some((subject, triage)) = found else { return Err(PageError::NotFound) };
    let request = Answers::read(&REQUEST, &mut form);
    if request.value("asked-by").is_empty() {
        form.refuse("asked-by", "Say who asks");
    }
    if request.values("purpose").is_empty() {
        form.refuse("purpose", "Say what the assessment is for");
    }
    if request.day("asked-on").is_some_and(|day| day > clock::london_day(clock::now())) {
        form.refuse("asked-on", "It can't have been asked for on a day to come");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, &subject, &drafts::reopened(&form)));
    }
    let (id, what) = (PsychiatricId::fresh(), instance(&subject));
    let href = permit
        .write(move |w| {
            let href = format!("/psychiatry/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok::<_, store::Error>(there);
            }
            ask_for(w, &subject, id, triage, &request)?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&href).into_response())
}

fn draw(permit: &Permit<Triage>, subject: &Subject, opened: &Opened) -> Response {
    let (form, what) = (&opened.form, instance(subject));
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { (REQUEST.title) }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="triage" value=(form.value("triage"));
            (inputs(&REQUEST, form))
            (button("Ask for the assessment", Emphasis::Primary))
        }
        p class="govuk-body al-muted" { "Nothing is sent to anybody yet: that comes next, and asks the consent ledger." }
    };
    let title = if form.is_accepted() {
        "Ask for a psychiatric assessment"
    } else {
        "Error: Ask for a psychiatric assessment"
    };
    (status(form), page(permit, shell(subject, title, None), body)).into_response()
}
