//! What one does with a request that was sent: take it back, make a one-time link, revoke one.

use super::part_page::find;
use super::parts::{Both, shell};
use crate::access::policy::Triage;
use crate::access::{App, Permit};
use crate::ids::{AnswerLinkId, PsychiatricId, RequestId};
use crate::triage::case::{Case, SentTo};
use crate::triage::links::{HOURS, LinkFor, make, revoke};
use crate::triage::sending::take_back;
use crate::web::components::{Emphasis, Form, Input, button_link, panel, text_input, warning_text};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use maud::html;
use serde::Deserialize;

fn standing(case: &Case, id: RequestId) -> Result<SentTo, PageError> {
    case.sent
        .iter()
        .find(|sent| sent.id == id && sent.taken_back.is_none())
        .cloned()
        .ok_or(PageError::NotFound)
}

fn back(case: PsychiatricId, request: RequestId) -> Page {
    Ok(Redirect::to(&format!("/psychiatry/{case}#sent-{request}")).into_response())
}

pub(super) async fn take_it_back(
    permit: Permit<Triage>,
    Path((id, request)): Path<(PsychiatricId, RequestId)>,
    rules: Both,
    Sent(form): Sent,
) -> Page {
    let (_, case) = find(&permit, id, &rules).await?;
    standing(&case, request)?;
    let why = form.value(&format!("why-{request}")).trim().chars().take(500).collect::<String>();
    if why.is_empty() {
        return Err(PageError::Unusable("Say why the request is taken back.".into()));
    }
    permit.write(move |w| take_back(w, &case, request, &why)).await?;
    back(id, request)
}

pub(super) async fn make_link(
    permit: Permit<Triage>,
    State(app): State<App>,
    Path((id, request)): Path<(PsychiatricId, RequestId)>,
    rules: Both,
    Sent(form): Sent,
) -> Page {
    let (subject, case) = find(&permit, id, &rules).await?;
    let sent = standing(&case, request)?;
    let purpose = LinkFor::from_key(form.value(&format!("purpose-{request}")));
    let hours: Option<i64> =
        form.value(&format!("hours-{request}")).parse().ok().filter(|h| HOURS.contains(h));
    let (Some(purpose), Some(hours)) = (purpose, hours) else {
        return Err(PageError::Unusable("Choose what the link is for and how long it works.".into()));
    };
    let token = permit.write(move |w| make(w, request, purpose, hours)).await?;
    let mut shown = Form::blank();
    shown.set("link", format!("{}/answer/{token}", app.config.public_url));
    let back = format!("/psychiatry/{id}#sent-{request}");
    let body = html! {
        (panel("One-time link made", html! { "Copy it now: it is not shown again" }))
        (text_input(&shown.field("link", "The link"), Input { autocomplete: Some("off"), ..Input::default() }))
        p class="govuk-body" { "For “" (purpose.words()) "”, to " (sent.name) ". It works once, for " (hours / 24) " day(s)." }
        (warning_text("Whoever has this link sees the request. Send it to a named person by secure e-mail only, never with the person’s name in the same message."))
        (button_link("I have copied it", Emphasis::Primary, &back))
    };
    Ok(page(&permit, shell(&subject, "One-time link", Some(("Psychiatric assessment", &back))), body))
}

/// Which link.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    link: Option<AnswerLinkId>,
}

pub(super) async fn revoke_link(
    permit: Permit<Triage>,
    Path((id, request)): Path<(PsychiatricId, RequestId)>,
    Query(which): Query<Which>,
    rules: Both,
) -> Page {
    let (_, case) = find(&permit, id, &rules).await?;
    standing(&case, request)?;
    let Some(link) = which.link else { return Err(PageError::NotFound) };
    permit.write(move |w| revoke(w, request, link)).await?;
    back(id, request)
}
