//! Giving the version in force to somebody. The ledger is asked before anything is shown to be given, and again where it is.

use super::parts::{Both, find, shell, status, stopped, text, titled};
use crate::access::Permit;
use crate::access::policy::WriteReports;
use crate::clock;
use crate::consent::{Means, Recipient, Ruling, Stop};
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{set_when, typed_when, when_input};
use crate::ids::{DeliveryId, ReportId};
use crate::reports::delivery::{NewDelivery, NotDelivered, RECIPIENTS, acknowledge, deliver, rulings};
use crate::reports::kinds::Kind;
use crate::reports::reading::find_report;
use crate::reports::record::Report;
use crate::triage::Subject;
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, button, checkboxes, error_summary, radios, text_input,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::html;
use serde::Deserialize;
use std::sync::Arc;

/// Whom first.
#[derive(Debug, Default, Deserialize)]
pub(super) struct To {
    #[serde(default)]
    to: String,
}

struct Ready {
    subject: Subject,
    report: Report,
    kind: Kind,
    /// The version in force.
    version: i64,
    rulings: Vec<(Recipient, Ruling)>,
}

fn instance(report: &Report) -> Instance {
    Instance {
        form: "Report delivered",
        subject: format!("report {}", report.id),
        href: format!("/reports/{}/deliver", report.id),
    }
}

/// A letter may go to anybody; what is written for the court goes to those of the court.
fn recipients(kind: &Kind) -> Vec<Recipient> {
    if kind.recommends { RECIPIENTS.to_vec() } else { crate::consent::RECIPIENTS.to_vec() }
}

async fn ready(permit: &Permit<WriteReports>, id: ReportId, both: &Both) -> Result<Option<Ready>, PageError> {
    let (subject, report) = find(permit, id, both).await?;
    let Some(version) = report.current().map(|version| version.number) else { return Ok(None) };
    let kind = both.1.kind(&report.kind)?.clone();
    let (whom, about, all) = (subject.clone(), report.clone(), recipients(&kind));
    let rulings = permit.read(move |r| rulings(r, &whom, &about, &all, clock::now())).await?;
    Ok(Some(Ready { subject, report, kind, version, rulings }))
}

pub(super) async fn form(
    permit: Permit<WriteReports>,
    Path(id): Path<ReportId>,
    Query(to): Query<To>,
    both: Both,
) -> Page {
    let Some(ready) = ready(&permit, id, &both).await? else {
        return Ok(Redirect::to(&format!("/reports/{id}")).into_response());
    };
    let (account, what) = (permit.account_id(), instance(&ready.report));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.version == 0 {
        let first = Recipient::from_key(&to.to).unwrap_or_else(|| next_recipient(&ready));
        opened.form.set("to", first.key());
        opened.form.set("means", if first == Recipient::Court { "paper" } else { "secure-email" });
        set_when(&mut opened.form, "when", clock::now());
    }
    // What the page shows is what is delivered: an old draft must not name an old version.
    opened.form.set("version", ready.version.to_string());
    Ok(draw(&permit, &ready, &opened))
}

/// Whoever asked and does not have the version in force yet; else the first without it.
fn next_recipient(ready: &Ready) -> Recipient {
    let has = |whom: &Recipient| {
        ready.report.deliveries.iter().any(|d| d.recipient == *whom && d.version == ready.version)
    };
    let main = ready.report.main_recipient();
    std::iter::once(main).chain(RECIPIENTS).find(|whom| !has(whom)).unwrap_or(main)
}

fn read(form: &mut Form, ready: &Ready, now: Timestamp) -> Option<NewDelivery> {
    let recipient =
        Recipient::from_key(form.value("to")).filter(|whom| recipients(&ready.kind).contains(whom));
    if recipient.is_none() {
        form.refuse("to", "Choose who gets it");
    }
    let means = Means::from_key(form.value("means"));
    if means.is_none() {
        form.refuse("means", "Choose by which means");
    }
    let to_name = text(form, "to-name", "Name", 200);
    let to_role = text(form, "to-role", "Role", 200);
    if to_name.is_empty() {
        form.refuse("to-name", "Say who exactly gets it: a name, or the desk");
    }
    let at = typed_when(form, "when", now);
    let limits = recipient.is_some_and(|whom| {
        ready.rulings.iter().any(|(there, ruling)| {
            *there == whom && matches!(ruling, Ruling::Allowed { limits, .. } if !limits.is_empty())
        })
    });
    if limits && form.value("kept") != "yes" {
        form.refuse("kept", "Say that this version keeps to what the person agreed to");
    }
    if !form.is_accepted() {
        return None;
    }
    let version = form.value("version").parse().unwrap_or(0);
    Some(NewDelivery { version, recipient: recipient?, to_name, to_role, means: means?, at: at? })
}

pub(super) async fn send(
    permit: Permit<WriteReports>,
    Path(id): Path<ReportId>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let Some(ready) = ready(&permit, id, &both).await? else { return Err(PageError::NotFound) };
    let Some(new) = read(&mut form, &ready, clock::now()) else {
        return Ok(draw(&permit, &ready, &drafts::reopened(&form)));
    };
    let (what, rules, kind) = (instance(&ready.report), Arc::clone(&both.0), ready.kind.name.clone());
    let (typed, form_of) = (form.clone(), what.clone());
    let given = permit
        .write(move |w| {
            let href = format!("/reports/{id}#deliveries");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok(there);
            }
            let Some((subject, report)) = w.reading(|r| find_report(r, id, &rules))? else {
                return Err(Undone::Page(PageError::NotFound));
            };
            // Nothing of this unit stays when it is refused: neither the sending nor the ledger's entry.
            deliver(w, &subject, &report, &kind, &new)?.map_err(Undone::Not)?;
            Ok(href)
        })
        .await;
    match given {
        Ok(there) => Ok(Redirect::to(&there).into_response()),
        Err(Undone::Page(error)) => Err(error),
        Err(Undone::Not(NotDelivered::NotInForce)) => Err(PageError::Conflict(
            "Another version of this report is in force by now. Nothing was delivered: open the page again."
                .into(),
        )),
        Err(Undone::Not(why)) => {
            permit.write(move |w| drafts::keep(w, &form_of, &typed)).await?;
            let stop = match &why {
                NotDelivered::Stopped(stop) => Some(stop),
                _ => None,
            };
            Ok(card(&permit, &ready, stop))
        }
    }
}

/// Why the unit was undone.
enum Undone {
    Page(PageError),
    Not(NotDelivered),
}

impl From<store::Error> for Undone {
    fn from(error: store::Error) -> Self {
        Undone::Page(error.into())
    }
}

fn card(permit: &Permit<WriteReports>, ready: &Ready, stop: Option<&Stop>) -> Response {
    let base = format!("/reports/{}", ready.report.id);
    let body = stopped(&ready.subject, stop, "Giving them this report", &base);
    (StatusCode::CONFLICT, page(permit, shell(&ready.subject, "Not delivered", ("Report", &base)), body))
        .into_response()
}

fn ruling_words(ruling: &Ruling) -> String {
    match ruling {
        Ruling::Allowed { limits, .. } if limits.is_empty() => "May be told".into(),
        Ruling::Allowed { limits, .. } => format!("May be told only: {limits}"),
        Ruling::Stop(stop) => format!("Not yet: {}", stop.why.words().to_lowercase()),
    }
}

fn draw(permit: &Permit<WriteReports>, ready: &Ready, opened: &Opened) -> Response {
    let (form, what) = (&opened.form, instance(&ready.report));
    let base = format!("/reports/{}", ready.report.id);
    let hints: Vec<String> = ready.rulings.iter().map(|(_, ruling)| ruling_words(ruling)).collect();
    let whom: Vec<Choice<'_>> = ready
        .rulings
        .iter()
        .zip(&hints)
        .map(|((whom, _), hint)| Choice { hint: Some(hint), ..Choice::new(whom.key(), whom.words()) })
        .collect();
    let means: Vec<Choice<'_>> = Means::ALL.iter().map(|m| Choice::new(m.key(), m.words())).collect();
    let limited = ready
        .rulings
        .iter()
        .any(|(_, ruling)| matches!(ruling, Ruling::Allowed { limits, .. } if !limits.is_empty()));
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Deliver version " (ready.version) }
        p class="govuk-body" { "Everybody gets the same locked version: " a class="govuk-link" href=(format!("{base}/versions/{}/pdf", ready.version)) { "PDF of version " (ready.version) } ". Print it, or send it by secure e-mail, then record it here. The ledger decides who may have it." }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="version" value=(form.value("version"));
            (radios(&form.field("to", "Who gets it?").with_size(LabelSize::Small), Layout::Small, &whom))
            (text_input(&form.field("to-name", "Their name, or the desk"), plain))
            (text_input(&form.field("to-role", "Their role"), plain))
            (radios(&form.field("means", "By which means?").with_size(LabelSize::Small), Layout::Small, &means))
            (when_input(form, "when", "Day", "Time"))
            @if limited { (checkboxes(&form.field("kept", "The person’s limit").with_size(LabelSize::Small), Layout::Small, &[Choice::new("yes", "This version keeps to what the person agreed to")])) }
            (button("Record that they have it", Emphasis::Primary))
        }
    };
    let title = titled(form, "Deliver the report");
    (status(form), page(permit, shell(&ready.subject, &title, ("Report", &base)), body)).into_response()
}

pub(super) async fn receipt(
    permit: Permit<WriteReports>,
    Path((id, delivery)): Path<(ReportId, DeliveryId)>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let (_, report) = find(&permit, id, &both).await?;
    if !report.deliveries.iter().any(|there| there.id == delivery) {
        return Err(PageError::NotFound);
    }
    let by = text(&mut form, &format!("received-by-{delivery}"), "Who", 200);
    let note = text(&mut form, &format!("note-{delivery}"), "What they said", 1_000);
    let at = typed_when(&mut form, &format!("received-{delivery}"), clock::now());
    let Some(at) = at.filter(|_| form.is_accepted() && !by.is_empty()) else {
        return Err(PageError::Unusable("Say who acknowledged it, and when.".into()));
    };
    permit.write(move |w| acknowledge(w, &report, delivery, (&by, &note, at)).map(drop)).await?;
    Ok(Redirect::to(&format!("/reports/{id}#delivery-{delivery}")).into_response())
}
