//! A manager closes a warning that nobody confirmed. It can wait: an open warning does no harm, a closed one that nobody has may.

use super::parts::{Shown, below, facts, href_of, shown, text};
use crate::access::Permit;
use crate::access::policy::ApproveDisclosure;
use crate::clock;
use crate::handover::handing::{CLOSINGS, close};
use crate::handover::state::state;
use crate::handover::warning::find_warning;
use crate::ids::WarningId;
use crate::web::components::{
    Choice, Emphasis, Form, Layout, button, error_summary, radios, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::html;

pub(super) async fn form(permit: Permit<ApproveDisclosure>, Path(id): Path<WarningId>) -> Page {
    let shown = shown(&permit, id).await?;
    draw(&permit, &shown, &Form::blank())
}

fn draw(permit: &Permit<ApproveDisclosure>, shown: &Shown, form: &Form) -> Page {
    let w = shown.warning();
    let choices: Vec<Choice<'_>> = CLOSINGS.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Close without receipt" }
        (warning_text("Nobody has confirmed that they have this warning. When it is closed it leaves the board."))
        (facts(w))
        form method="post" action=(format!("{}/close", href_of(w.id))) novalidate {
            (radios(&form.field("reason", "Why can it be closed?"), Layout::Stacked, &choices))
            (textarea(&form.field("words", "What you know, and from whom"), 3))
            (button("Close the warning", Emphasis::Warning))
        }
    };
    below(permit, shown, "Close without receipt", form, body)
}

pub(super) async fn send(
    permit: Permit<ApproveDisclosure>,
    Path(id): Path<WarningId>,
    Sent(mut form): Sent,
) -> Page {
    let shown = shown(&permit, id).await?;
    let reason = CLOSINGS.iter().map(|(key, _)| *key).find(|key| *key == form.value("reason"));
    let words = text(&form, "words");
    if reason.is_none() {
        form.refuse("reason", "Choose why it can be closed");
    }
    if words.is_empty() {
        form.refuse("words", "Say what you know, and from whom");
    } else if words.chars().count() > 3_000 {
        form.refuse("words", "Shorten this to 3,000 characters");
    }
    let (Some(reason), true) = (reason, form.is_accepted()) else { return draw(&permit, &shown, &form) };
    permit
        .write(move |w| {
            let Some(opened) = w.reading(|r| find_warning(r, id))? else { return Err(PageError::NotFound) };
            if !state(&opened.warning, clock::now()).is_open() || !close(w, &opened, reason, &words)? {
                return Err(PageError::Conflict("This warning is settled already.".into()));
            }
            Ok(())
        })
        .await?;
    Ok(Redirect::to(&href_of(id)).into_response())
}
