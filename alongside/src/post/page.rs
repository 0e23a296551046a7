//! Messages that need a human: not sent, or nobody knows.

use super::message::{Message, State, find, stuck, waiting};
use crate::access::policy::KeepPost;
use crate::access::{App, Permit};
use crate::audit::Event;
use crate::clock;
use crate::ids::MessageId;
use crate::web::components::{Emphasis, TagColour, empty_state, inset_text, post_button, tag};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use store::sql;
use uuid::Uuid;

pub(super) async fn list(permit: Permit<KeepPost>, Extract(app): Extract<App>) -> Page {
    let now = clock::now();
    let (stuck, (waits, oldest)) = permit
        .read(move |r| {
            r.saw(Event::new("post opened", "post", "list"));
            Ok::<_, store::Error>((stuck(r)?, waiting(r, now)?))
        })
        .await?;
    let body = html! {
        h1 class="govuk-heading-l" { "Post" }
        @if app.config.post.server.is_none() {
            (inset_text(html! { "No mail server is set, so no e-mail and no text message leaves. See “E-mail and text messages” in the administrators’ guide." }))
        }
        @if waits > 0 {
            p class="govuk-body" { (waits) " to be sent" @if let Some(oldest) = oldest { ", the oldest since " (clock::moment_words(oldest)) } "." }
        }
        @if stuck.is_empty() { (empty_state("Nothing is stuck", html! { p class="govuk-body" { "What could not be sent, or may have been sent, stands here until somebody looks." } })) }
        @else {
            ol class="al-worklist" { @for message in &stuck { (shown(message)) } }
        }
    };
    Ok(page(&permit, Shell { title: "Post", room: "/post", ..Shell::default() }, body))
}

fn shown(message: &Message) -> Markup {
    let colour = if message.state == State::NotKnown { TagColour::Orange } else { TagColour::Red };
    let base = format!("/post/{}", message.id);
    html! {
        li class="al-worklist__item" {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" { (message.kind) " of " (clock::moment_words(message.queued_at)) " " (tag(colour, message.state.words())) }
            p class="govuk-body govuk-!-margin-bottom-1" { "To " (message.to) ", sent by " (message.by) ": " (message.subject) }
            ul class="govuk-list govuk-list--bullet" {
                @for came in &message.tries { li { (clock::moment_words(came.at)) ": " (came.words) } }
            }
            @if message.state == State::NotKnown { p class="govuk-body" { "The line broke while it was handed over. Ask whoever it was for whether it came, before it is sent again." } }
            div class="govuk-button-group" {
                (post_button("Send it again", &format!("message of {}", clock::moment_words(message.queued_at)), Emphasis::Secondary, &format!("{base}/again")))
                (post_button("It came, or is settled", &format!("message of {}", clock::moment_words(message.queued_at)), Emphasis::Secondary, &format!("{base}/arrived")))
            }
        }
    }
}

pub(super) async fn again(permit: Permit<KeepPost>, Path(id): Path<MessageId>) -> Page {
    settle(permit, id, "waiting", "sent again by hand").await
}

pub(super) async fn arrived(permit: Permit<KeepPost>, Path(id): Path<MessageId>) -> Page {
    settle(permit, id, "sent", "said to be settled").await
}

async fn settle(permit: Permit<KeepPost>, id: MessageId, state: &'static str, what: &'static str) -> Page {
    let found = permit.read(move |r| find(r, id)).await?;
    if found.is_none_or(|m| !matches!(m.state, State::NotSent | State::NotKnown)) {
        return Err(PageError::NotFound);
    }
    permit
        .write(move |w| {
            let (now, by) = (clock::now(), w.by());
            w.record(Event::new("message settled by hand", "message", id).with(what));
            w.execute(
                sql("UPDATE post_message SET state = $1, due_at = $2, tries = 0 WHERE id = $3 AND state IN ('not-sent', 'not-known')"),
                &[&state, &now, &id],
            )?;
            w.execute(
                sql("INSERT INTO post_try (id, message_id, at, came, words) VALUES ($1, $2, $3, 'by-hand', $4)"),
                &[&Uuid::now_v7(), &id, &now, &format!("{what}, {by}")],
            )?;
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(Redirect::to("/post").into_response())
}
