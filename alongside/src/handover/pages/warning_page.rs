//! One warning: its words, where it is, and what to do next.

use super::parts::{age_words, facts, href_of, shown};
use crate::access::Permit;
use crate::access::policy::{ApproveDisclosure, HandOver};
use crate::audit;
use crate::clock;
use crate::handover::handing::CLOSINGS;
use crate::handover::on_pages::{state_tag, where_it_is};
use crate::handover::state::{State, due, pending, state};
use crate::handover::warning::{Handover, Warning};
use crate::ids::WarningId;
use crate::web::components::{
    Caption, Column, Emphasis, TagColour, back_link, button_link, details, inset_text, post_button, table,
    tag,
};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::Path;
use jiff::Timestamp;
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<HandOver>, Path(id): Path<WarningId>) -> Page {
    let shown = shown(&permit, id).await?;
    let seen =
        permit.read(move |r| audit::about(r, "warning", &id.to_string())).await.map_err(PageError::from)?;
    let now = clock::now();
    let w = shown.warning();
    let st = state(w, now);
    let body = html! {
        h1 class="govuk-heading-l" { "Warning " (w.reference) }
        p class="govuk-body" { (state_tag(st)) " " (where_it_is(w)) "." @if let Some(due) = due(w).filter(|_| st.is_open()) { " " (due_words(due, now)) } }
        (next_steps(w, st))
        (facts(w))
        (chain(w, now))
        @if let Some(c) = &w.closing {
            (inset_text(html! { p class="govuk-body" { strong { "Closed without receipt: " } (closing_words(&c.reason)) @if !c.words.is_empty() { ". " span class="al-typed" { (c.words) } } ". " (c.by) ", " (clock::moment_words(c.at)) "." } }))
        }
        @if st.is_open() && permit.may::<ApproveDisclosure>() {
            p class="govuk-body" { a class="govuk-link" href=(format!("{}/close", href_of(w.id))) { "Close it without receipt" } }
        }
        (details("Who opened this warning, and what was done", table(
            Caption::Hidden("Who opened this warning, and what was done"),
            &[Column::words("When"), Column::words("Who"), Column::words("What")],
            &seen.iter().map(|l| vec![html! { (clock::moment_words(l.at)) }, html! { (l.actor) }, html! { (l.action) }]).collect::<Vec<_>>(),
        )))
    };
    let shell = Shell {
        title: "Warning",
        room: "/warnings",
        before: Some(back_link("Warnings", "/warnings")),
        identity: Some(shown.identity()),
        wide: false,
    };
    Ok(page(&permit, shell, body))
}

fn due_words(due: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(due).as_secs();
    if seconds > 0 {
        format!("It should have been confirmed {} ago: ring them.", age_words(seconds))
    } else {
        format!("To be confirmed by {}.", clock::moment_words(due))
    }
}

fn closing_words(key: &str) -> &str {
    CLOSINGS.iter().find(|(k, _)| *k == key).map_or(key, |(_, words)| words)
}

fn next_steps(w: &Warning, st: State) -> Markup {
    let hand = format!("{}/handover", href_of(w.id));
    html! {
        div class="govuk-button-group" {
            @match st {
                State::NotHandedOver => (button_link("Hand it over", Emphasis::Primary, &hand)),
                State::Closed => {},
                _ => (button_link("Hand it to another receiver", Emphasis::Secondary, &hand)),
            }
            (button_link("Form to print", Emphasis::Secondary, &format!("{}/form", href_of(w.id))))
        }
    }
}

fn chain(w: &Warning, now: Timestamp) -> Markup {
    html! {
        @if !w.handovers.is_empty() { h2 class="govuk-heading-m" { "Handed to" } }
        @for h in &w.handovers { (one(w, h, now)) }
    }
}

fn one(w: &Warning, h: &Handover, now: Timestamp) -> Markup {
    let waits = pending(&w.handovers).any(|p| p.id == h.id);
    let base = format!("{}/handovers/{}", href_of(w.id), h.id);
    let before = h.after.and_then(|id| w.handovers.iter().find(|b| b.id == id));
    html! {
        section class="al-handover" aria-labelledby=(format!("handover-{}", h.id)) {
            h3 class="govuk-heading-s" id=(format!("handover-{}", h.id)) { (h.receiver.words()) ": " (h.place) " " (stand(h, waits, now)) }
            p class="govuk-body" {
                (h.means.words()) @if !h.given_to.is_empty() { ", to " (h.given_to) } ", " (clock::moment_words(h.handed_at)) ", by " (h.by) "."
                @if let Some(b) = before { " The person came from " (b.receiver.words().to_lowercase()) ", " (b.place) "." }
            }
            @if let Some(q) = &h.receipt {
                p class="govuk-body" { strong { "Received by " (q.by) @if !q.role.is_empty() { ", " (q.role) } } ", " (clock::moment_words(q.at)) ". " (q.how.words()) ". Written down by " (q.recorded_by) "." @if !q.note.is_empty() { " “" span class="al-typed" { (q.note) } "”" } }
            } @else if w.closing.is_none() && waits {
                @if let Some(link) = h.link.filter(|l| !l.ended && l.expires_at > now) {
                    p class="govuk-body-s" { "A one-time link works until " (clock::moment_words(link.expires_at)) ", opened " (link.opened) @if link.opened == 1 { " time." } @else { " times." } }
                    (post_button("Take the link back", &h.place, Emphasis::Small, &format!("{base}/link/revoke")))
                }
                div class="govuk-button-group" {
                    (button_link("They confirmed it", Emphasis::Primary, &format!("{base}/received")))
                    (post_button("Make a one-time link", &format!("for {}", h.place), Emphasis::Secondary, &format!("{base}/link")))
                    (button_link("The person moved on", Emphasis::Secondary, &format!("{}/handover?after={}", href_of(w.id), h.id)))
                }
            } @else if w.closing.is_none() && h.receipt.is_none() {
                p class="govuk-body" { "The person moved on before this was confirmed." }
            }
            @if h.receipt.is_some() && w.closing.is_none() && !w.handovers.iter().any(|l| l.after == Some(h.id)) {
                (button_link("The person moved on: hand it on", Emphasis::Secondary, &format!("{}/handover?after={}", href_of(w.id), h.id)))
            }
        }
    }
}

fn stand(h: &Handover, waits: bool, now: Timestamp) -> Markup {
    match (&h.receipt, waits) {
        (Some(_), _) => tag(TagColour::Green, "Received"),
        (None, false) => tag(TagColour::Grey, "Moved on"),
        (None, true) if h.due_at < now => tag(TagColour::Red, "Overdue"),
        (None, true) => tag(TagColour::Orange, "Not confirmed yet"),
    }
}
