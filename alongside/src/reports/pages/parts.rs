//! Parts that several pages of this room share.

use crate::access::{Account, Capability, Permit};
use crate::clock;
use crate::consent::{Stop, Ways, interruption};
use crate::ids::{ProjectId, ReportId};
use crate::morning;
use crate::projects::name_of_project;
use crate::reports::body::Body;
use crate::reports::delivery::told_about;
use crate::reports::desk::Desk;
use crate::reports::document::{Parts, Stand, document};
use crate::reports::facts::{Gathered, gather};
use crate::reports::identity::Identity;
use crate::reports::kinds::Kind;
use crate::reports::letterhead::{Kept, letterhead_of};
use crate::reports::reading::find_report;
use crate::reports::record::Report;
use crate::triage::Subject;
use crate::web::components::{Emphasis, Form, back_link, button_link, interruption_card};
use crate::web::{PageError, Shell};
use axum::Extension;
use axum::http::StatusCode;
use documents::Document;
use maud::{Markup, html};
use std::sync::Arc;
use uuid::Uuid;

/// The morning's rules and the room's desk, as handlers take them.
pub(super) type Both = (Extension<Arc<morning::Rules>>, Extension<Arc<Desk>>);

/// The frame of a page about somebody.
pub(super) fn shell<'a>(subject: &Subject, title: &'a str, back: (&str, &str)) -> Shell<'a> {
    Shell {
        title,
        room: "/reports",
        before: Some(back_link(back.0, back.1)),
        identity: Some(subject.identity()),
        wide: false,
    }
}

/// OK, or that what was sent can't be used yet.
pub(super) fn status(form: &Form) -> StatusCode {
    if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// The title, which says first when something is wrong.
pub(super) fn titled(form: &Form, title: &str) -> String {
    if form.is_accepted() { title.to_owned() } else { format!("Error: {title}") }
}

/// Trimmed, and refused where it is too long.
pub(super) fn text(form: &mut Form, name: &str, label: &str, longest: usize) -> String {
    let sent = form.value(name).trim().to_owned();
    if sent.chars().count() > longest {
        form.refuse(name, format!("{label}: shorten to {longest} characters"));
    }
    sent
}

/// A report in scope.
pub(super) async fn find<C: Capability>(
    permit: &Permit<C>,
    id: ReportId,
    both: &Both,
) -> Result<(Subject, Report), PageError> {
    let rules = Arc::clone(&both.0);
    permit.read(move |r| find_report(r, id, &rules)).await?.ok_or(PageError::NotFound)
}

/// What a document needs beside the text.
#[derive(Debug, Clone)]
pub(super) struct Around {
    pub(super) identity: Identity,
    pub(super) letterhead: Kept,
    pub(super) gathered: Gathered,
}

/// Reads what stands around the text: who it is about, the letterhead, what is recorded.
pub(super) async fn around<C: Capability>(
    permit: &Permit<C>,
    subject: &Subject,
    report: &Report,
) -> Result<Around, PageError> {
    let (whom, project, restriction) = (subject.clone(), report.project, report.restriction.clone());
    Ok(permit
        .read(move |r| {
            let name = name_of_project(r, project)?;
            let about = told_about(r, &whom)?;
            Ok::<_, store::Error>(Around {
                identity: Identity::of(&whom, &restriction, clock::london_day(clock::now())),
                letterhead: letterhead_of(r, project, &name)?,
                gathered: gather(r, &whom, about.as_ref())?,
            })
        })
        .await?)
}

/// The document of a text.
pub(super) fn drawn(
    report: &Report,
    kind: &Kind,
    around: &Around,
    (version, body, changed): (i64, &Body, &str),
    stand: Stand<'_>,
) -> Document {
    let parts = Parts {
        report,
        kind,
        identity: &around.identity,
        letterhead: &around.letterhead,
        body,
        changed,
        version,
    };
    document(&parts, stand)
}

/// The roles an account has in a project, and the grade where it is known, as a signature says them.
pub(super) fn role_in(account: Option<&Account>, project: ProjectId) -> String {
    let project = Uuid::from(project);
    let mut words: Vec<&str> = Vec::new();
    for grant in account.into_iter().flat_map(|a| &a.grants) {
        if grant.project.is_none_or(|p| p == project) && !words.contains(&grant.role.words()) {
            words.push(grant.role.words());
        }
    }
    let roles = words.join(", ");
    match account.and_then(|a| a.grade) {
        Some(grade) => format!("{roles}, {}", grade.words().to_lowercase()),
        None => roles,
    }
}

/// The card that stands where something was about to be told and may not be.
pub(super) fn stopped(subject: &Subject, stop: Option<&Stop>, what: &str, back: &str) -> Markup {
    match (stop, subject.person_id()) {
        (Some(stop), Some(person)) => interruption(stop, &Ways { person, what, back }),
        _ => interruption_card(
            "Don’t tell them yet",
            html! {
                p class="govuk-body" { (what) " needs the person’s consent, and none is recorded on this line." }
                @if let Some(stop) = stop { p class="govuk-body" { strong { (stop.why.words()) } "." } }
                p class="govuk-body" { "Nothing was sent. Record what the person says in the screening, or say first who stands on this line and record it there." }
            },
            html! {
                (button_link("Say who this is", Emphasis::Inverse, &format!("{}/compare", subject.base())))
                a class="govuk-link govuk-link--inverse" href=(back) { "Go back without telling them" }
            },
        ),
    }
}
