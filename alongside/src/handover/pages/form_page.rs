//! The warning on one sheet of paper: black and white, large where it matters, with a line to sign. The same sheet is all that a
//! one-time link shows.

use super::parts::{Shown, Who, href_of, shown, source_words};
use crate::access::Permit;
use crate::access::policy::HandOver;
use crate::clock;
use crate::handover::warning::Warning;
use crate::ids::WarningId;
use crate::web::components::{back_link, print_button};
use crate::web::{Page, print_page};
use axum::extract::Path;
use axum::response::IntoResponse;
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<HandOver>, Path(id): Path<WarningId>) -> Page {
    let shown = shown(&permit, id).await?;
    let by = permit.account().map_or_else(String::new, |a| a.name.clone());
    let printed = format!("Printed by {by}, {}", clock::moment_words(clock::now()));
    let body = html! {
        nav class="al-no-print" aria-label="Back" { (back_link(&format!("Warning {}", shown.warning().reference), &href_of(id))) (print_button("Print")) }
        main id="content" { (sheet(&shown, &to_sign(), &printed)) }
    };
    Ok(print_page("Self-harm warning", body).into_response())
}

/// Beyond this many characters the large type would run over one sheet.
const LONG: usize = 600;

/// The sheet. `below` stands under the warning; `printed` says who made the sheet and when.
pub(super) fn sheet(shown: &Shown, below: &Markup, printed: &str) -> Markup {
    let (w, who) = (shown.warning(), shown.who());
    let long = w.words.chars().count() + w.advice.chars().count() > LONG;
    html! {
        div class=(if long { "al-form al-form--long" } else { "al-form" }) {
            p class="al-form__class" { "Confidential: health and safety information" }
            div class="al-form__head" { h1 { "Self-harm warning" } p class="al-form__code" { "Reference " strong { (w.reference) } } }
            (about(&who))
            (said(w))
            section { h2 { "What to do" } p class="al-form__large al-typed" { @if w.advice.is_empty() { "No advice was given. Ask whoever raised it." } @else { (w.advice) } } }
            p class="al-form__raised" { "Raised by " (w.by) ", " (clock::moment_words(w.raised_at)) "." }
            @if let Some(last) = w.handovers.last() { p class="al-form__raised" { "Handed to " (last.receiver.words().to_lowercase()) ", " (last.place) ", " (clock::moment_words(last.handed_at)) ". To be confirmed by " (clock::moment_words(last.due_at)) "." } }
            (below)
            p class="al-form__printed" { (printed) ". Pass on only to those who need it to keep the person safe." }
        }
    }
}

/// The lines for the receiver's pen.
fn to_sign() -> Markup {
    html! {
        section class="al-form__sign" aria-label="To be signed by the receiver" {
            h2 { "I have received this warning and passed it on to those who look after the person" }
            dl { @for line in ["Name and role", "Place", "Date and time", "Signature"] { div { dt { (line) } dd { span aria-hidden="true" {} } } } }
        }
    }
}

fn about(who: &Who) -> Markup {
    html! {
        section {
            h2 { "Who" }
            p class="al-form__large" { strong { (who.name) } }
            p { "Born " (who.born) " · PNC " (who.pnc) @if !who.at.is_empty() { " · " (who.at) } }
        }
    }
}

fn said(w: &Warning) -> Markup {
    html! {
        section { h2 { "What was said or seen" } p class="al-form__large al-typed" { (w.words) } }
        section { h2 { "When, and how we know" } p class="al-form__large" { (clock::moment_words(w.heard_at)) ". " (source_words(w)) "." } }
    }
}
