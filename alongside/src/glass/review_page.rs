//! The records guardian's queue: uses that wait for review, the oldest first, with their age; and the review of one.

use crate::access::policy::ReviewGlass;
use crate::access::{App, GlassUse, Outcome, Permit, ReasonClass, find_glass_use, glass_uses, review_glass};
use crate::clock;
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Layout, SummaryRow, TagColour, back_link, button, empty_state,
    error_summary, radios, summary_list, table, tag, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use maud::{Markup, html};
use uuid::Uuid;

/// How urgent a review is by its age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    New,
    Overdue,
    /// Twice as old as it may be: the guardian's line manager should hear of it.
    Escalated,
}

fn age(opened_at: Timestamp, now: Timestamp, hours: i64) -> (i64, Age) {
    let old = now.duration_since(opened_at).as_hours().max(0);
    let state = match old {
        old if old >= 2 * hours => Age::Escalated,
        old if old >= hours => Age::Overdue,
        _ => Age::New,
    };
    (old, state)
}

fn age_words(hours: i64) -> String {
    match (hours / 24, hours % 24) {
        (0, h) => format!("{h} h"),
        (d, h) => format!("{d} d {h} h"),
    }
}

fn class_words(key: &str) -> &str {
    ReasonClass::from_key(key).map_or(key, |class| class.words())
}

pub(super) async fn list(permit: Permit<ReviewGlass>, State(app): State<App>) -> Page {
    let (waiting, reviewed) = permit.read(|r| glass_uses(r)).await?;
    let (now, hours) = (clock::now(), app.config.glass.review_hours);
    let rows: Vec<Vec<Markup>> = waiting.iter().map(|u| waiting_row(u, now, hours)).collect();
    let done: Vec<Vec<Markup>> = reviewed
        .iter()
        .map(|u| {
            vec![
                html! { a class="govuk-link" href=(format!("/glass-uses/{}", u.id)) { (clock::moment_words(u.opened_at)) } },
                html! { (u.by) },
                html! { (class_words(&u.class)) },
                html! { (u.outcome.as_deref().and_then(Outcome::from_key).map_or("", |outcome| outcome.words())) },
            ]
        })
        .collect();
    let overdue = waiting.iter().filter(|u| age(u.opened_at, now, hours).1 != Age::New).count();
    let body = html! {
        h1 class="govuk-heading-l" { "Glass reviews" }
        p class="govuk-body" { (waiting.len()) " wait for review; " strong { (overdue) " overdue" } " (older than " (hours) " hours). From twice that age on, take it up with whoever stands in for you." }
        @if rows.is_empty() { (empty_state("Nothing waits", html! { p class="govuk-body" { "Every use was reviewed." } })) }
        @else {
            (table(Caption::Hidden("Waiting, the oldest first"), &[Column::words("Opened"), Column::words("State"), Column::words("Age"), Column::words("By"), Column::words("Why")], &rows))
        }
        @if !done.is_empty() {
            h2 class="govuk-heading-m" { "Reviewed" }
            (table(Caption::Hidden("Reviewed, the latest first"), &[Column::words("Opened"), Column::words("By"), Column::words("Why"), Column::words("Outcome")], &done))
        }
    };
    Ok(page(&permit, Shell { title: "Glass reviews", room: "/glass-uses", ..Shell::default() }, body))
}

fn waiting_row(u: &GlassUse, now: Timestamp, hours: i64) -> Vec<Markup> {
    let (old, state) = age(u.opened_at, now, hours);
    vec![
        html! { a class="govuk-link" href=(format!("/glass-uses/{}", u.id)) { (clock::moment_words(u.opened_at)) } },
        match state {
            Age::New => tag(TagColour::Blue, "To review"),
            Age::Overdue => tag(TagColour::Orange, "Overdue"),
            Age::Escalated => tag(TagColour::Red, "Escalate"),
        },
        html! { (age_words(old)) },
        html! { (u.by) },
        html! { (class_words(&u.class)) },
    ]
}

async fn load(permit: &Permit<ReviewGlass>, id: Uuid) -> Result<GlassUse, PageError> {
    permit.read(move |r| find_glass_use(r, id)).await?.ok_or(PageError::NotFound)
}

pub(super) async fn show(permit: Permit<ReviewGlass>, Path(id): Path<Uuid>) -> Page {
    let there = load(&permit, id).await?;
    Ok(draw(&permit, &there, &Form::blank()))
}

fn draw(permit: &Permit<ReviewGlass>, u: &GlassUse, form: &Form) -> axum::response::Response {
    let outcomes: Vec<Choice<'_>> = Outcome::ALL.iter().map(|o| Choice::new(o.key(), o.words())).collect();
    let own = permit.account_id() == u.account;
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "A use of the glass" }
        (summary_list(&[
            SummaryRow::new("By", html! { (u.by) }),
            SummaryRow::new("Why", html! { (class_words(&u.class)) }),
            SummaryRow::new("In their words", html! { (u.reason) }),
            SummaryRow::new("Opened", html! { (clock::moment_words(u.opened_at)) }),
            SummaryRow::new("Closed", html! { (clock::moment_words(u.ended_at)) }),
            SummaryRow::new("Record", html! { span class="al-code" { (u.record) } " " a class="govuk-link" href=(format!("/audit?about={}", u.record)) { "What was seen of it" } }),
        ]))
        @if let Some(at) = u.reviewed_at {
            h2 class="govuk-heading-m" { "Reviewed" }
            p class="govuk-body" { (clock::moment_words(at)) ": " strong { (u.outcome.as_deref().and_then(Outcome::from_key).map_or("", |outcome| outcome.words())) } @if let Some(words) = &u.outcome_words { ". " (words) } }
        } @else if own {
            p class="govuk-body" { "This is your own use: another records guardian reviews it." }
        } @else {
            form method="post" action=(format!("/glass-uses/{}", u.id)) novalidate {
                (radios(&form.field("outcome", "What did the review find?"), Layout::Stacked, &outcomes))
                (textarea(&form.field("words", "What you looked at, and what follows"), 3))
                (button("Keep the review", Emphasis::Primary))
            }
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "A use of the glass" } else { "Error: A use of the glass" };
    let shell = Shell {
        title,
        room: "/glass-uses",
        before: Some(back_link("Glass reviews", "/glass-uses")),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

pub(super) async fn send(permit: Permit<ReviewGlass>, Path(id): Path<Uuid>, Sent(mut form): Sent) -> Page {
    let there = load(&permit, id).await?;
    if there.account == permit.account_id() {
        form.refuse_all("This is your own use: another records guardian reviews it");
        return Ok(draw(&permit, &there, &form));
    }
    let outcome = Outcome::from_key(form.value("outcome"));
    if outcome.is_none() {
        form.refuse("outcome", "Choose what the review found");
    }
    let words: String = form.value("words").trim().chars().take(2_000).collect();
    if words.is_empty() {
        form.refuse("words", "Say what you looked at");
    }
    let (Some(outcome), true) = (outcome, form.is_accepted()) else {
        return Ok(draw(&permit, &there, &form));
    };
    let by = permit.account_id();
    let kept = permit.write(move |w| review_glass(w, by, &there, (outcome, &words))).await?;
    if !kept {
        return Err(PageError::Conflict("Somebody else reviewed this use meanwhile.".into()));
    }
    Ok(Redirect::to("/glass-uses").into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_that_waits_grows_urgent() {
        let opened: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let after = |hours| age(opened, opened + jiff::SignedDuration::from_hours(hours), 72);
        assert_eq!((after(71).1, after(72).1, after(144).1), (Age::New, Age::Overdue, Age::Escalated));
        assert_eq!(age_words(75), "3 d 3 h");
    }
}
