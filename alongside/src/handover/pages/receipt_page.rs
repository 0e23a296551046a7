//! Staff write down that a receiver confirmed, or make the link by which the receiver confirms without an account.

use super::parts::{Shown, below, facts, href_of, shown, text};
use crate::access::policy::HandOver;
use crate::access::{App, Permit};
use crate::clock;
use crate::drafts::{self, Instance, Opened};
use crate::forms::{set_when, typed_when, when_input};
use crate::handover::codes::Confirmed;
use crate::handover::handing::{NewReceipt, receive};
use crate::handover::links::{LINK_HOURS, make_link, revoke_links};
use crate::handover::warning::{Handover, find_warning};
use crate::ids::{HandoverId, WarningId};
use crate::web::components::{
    Choice, Emphasis, Form, Input, Layout, button, button_link, details, error_summary, inset_text,
    post_button, radios, text_input, warning_text,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::html;

fn handover_of(shown: &Shown, id: HandoverId) -> Result<&Handover, PageError> {
    shown.warning().handovers.iter().find(|h| h.id == id).ok_or(PageError::NotFound)
}

fn instance(shown: &Shown, id: HandoverId) -> Instance {
    Instance {
        form: "Receipt of a warning",
        subject: format!("handover {id}"),
        href: format!("{}/handovers/{id}/received", href_of(shown.warning().id)),
    }
}

pub(super) async fn form(
    permit: Permit<HandOver>,
    Path((id, handover)): Path<(WarningId, HandoverId)>,
) -> Page {
    let shown = shown(&permit, id).await?;
    handover_of(&shown, handover)?;
    let (account, what) = (permit.account_id(), instance(&shown, handover));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.version == 0 {
        set_when(&mut opened.form, "received", clock::now());
    }
    draw(&permit, &shown, handover, &opened)
}

fn draw(permit: &Permit<HandOver>, shown: &Shown, id: HandoverId, opened: &Opened) -> Page {
    let (form, what, h) = (&opened.form, instance(shown, id), handover_of(shown, id)?);
    let hows: Vec<Choice<'_>> = Confirmed::BY_STAFF.iter().map(|c| Choice::new(c.key(), c.words())).collect();
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "They confirmed it" }
        p class="govuk-body" { (h.receiver.words()) ": " (h.place) ". Handed over " (clock::moment_words(h.handed_at)) "." }
        (details("The warning", facts(shown.warning())))
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (text_input(&form.field("received-by", "Who received it: name"), plain))
            (text_input(&form.field("role", "Their role, rank or number"), plain))
            (radios(&form.field("how", "How do you know?"), Layout::Small, &hows))
            (when_input(form, "received", "When they received it", "Time"))
            (text_input(&form.field("note", "What they said they will do, if anything"), plain))
            (button("Save the confirmation", Emphasis::Primary))
        }
    };
    below(permit, shown, "They confirmed it", form, body)
}

pub(super) async fn send(
    permit: Permit<HandOver>,
    Path((id, handover)): Path<(WarningId, HandoverId)>,
    Sent(mut form): Sent,
) -> Page {
    let shown = shown(&permit, id).await?;
    handover_of(&shown, handover)?;
    let how = Confirmed::BY_STAFF.into_iter().find(|c| c.key() == form.value("how"));
    for (field, complaint) in
        [("received-by", "Enter the name of who received it"), ("role", "Enter their role, rank or number")]
    {
        if text(&form, field).is_empty() {
            form.refuse(field, complaint);
        }
    }
    if how.is_none() {
        form.refuse("how", "Choose how you know");
    }
    for field in ["received-by", "role", "note"] {
        if form.value(field).chars().count() > 500 {
            form.refuse(field, "Shorten this to 500 characters");
        }
    }
    let at = typed_when(&mut form, "received", clock::now());
    let (Some(how), Some(received_at), true) = (how, at, form.is_accepted()) else {
        return draw(&permit, &shown, handover, &drafts::reopened(&form));
    };
    let new = NewReceipt {
        received_by: text(&form, "received-by"),
        role: text(&form, "role"),
        how,
        note: text(&form, "note"),
        received_at,
    };
    let (what, back) = (instance(&shown, handover), href_of(id));
    let to = permit
        .write(move |w| {
            let Some(opened) = w.reading(|r| find_warning(r, id))? else { return Err(PageError::NotFound) };
            if let drafts::Sent::Before(href) = drafts::submit(w, &what, &form, &back)? {
                return Ok(href);
            }
            if !receive(w, &opened, handover, &new)? {
                return Err(PageError::Conflict(
                    "Its receipt was written down before; that one counts.".into(),
                ));
            }
            // A receipt settles it: a link that still lay somewhere opens nothing now.
            revoke_links(w, &opened, handover)?;
            Ok(back)
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}

pub(super) async fn make(
    permit: Permit<HandOver>,
    Path((id, handover)): Path<(WarningId, HandoverId)>,
    State(app): State<App>,
) -> Page {
    let shown = shown(&permit, id).await?;
    let place = handover_of(&shown, handover)?.place.clone();
    let token = permit
        .write(move |w| {
            let Some(opened) = w.reading(|r| find_warning(r, id))? else { return Err(PageError::NotFound) };
            let h = opened.warning.handovers.iter().find(|h| h.id == handover);
            if opened.warning.closing.is_some() || h.is_none_or(|h| h.receipt.is_some()) {
                return Err(PageError::Conflict("This handover needs no confirmation any more.".into()));
            }
            Ok(make_link(w, &opened, handover)?)
        })
        .await?;
    let link = format!("{}/receive/{token}", app.config.public_url);
    let body = html! {
        h1 class="govuk-heading-l" { "One-time link for " (place) }
        (warning_text("Whoever has this link can read the warning. Send it by secure e-mail only, to the receiver only."))
        (inset_text(html! { p class="govuk-body al-link" { a class="govuk-link" href=(link) { (link) } } }))
        p class="govuk-body" { "It works once, for " (LINK_HOURS) " hours, and is shown only now. A link made earlier for this handover works no longer." }
        div class="govuk-button-group" {
            (button_link("Done", Emphasis::Primary, &href_of(id)))
            (post_button("Take the link back", "", Emphasis::Secondary, &format!("{}/handovers/{handover}/link/revoke", href_of(id))))
        }
    };
    below(&permit, &shown, "One-time link", &Form::blank(), body)
}

pub(super) async fn revoke(
    permit: Permit<HandOver>,
    Path((id, handover)): Path<(WarningId, HandoverId)>,
) -> Page {
    permit
        .write(move |w| {
            let Some(opened) = w.reading(|r| find_warning(r, id))? else { return Err(PageError::NotFound) };
            if !opened.warning.handovers.iter().any(|h| h.id == handover) {
                return Err(PageError::NotFound);
            }
            Ok(revoke_links(w, &opened, handover)?)
        })
        .await?;
    Ok(Redirect::to(&href_of(id)).into_response())
}
