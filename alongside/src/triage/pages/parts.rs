//! Parts that several pages of this room share.

use crate::clock;
use crate::morning;
use crate::triage::clocks::RESPONSE;
use crate::triage::facts::Fact;
use crate::triage::propose::Proposal;
use crate::triage::rules::Rules;
use crate::triage::subject::Subject;
use crate::web::Shell;
use crate::web::components::{Form, TagColour, back_link, details, tag};
use axum::Extension;
use axum::http::StatusCode;
use jiff::Timestamp;
use law::{Clock, State};
use maud::{Markup, html};
use std::sync::Arc;

/// The rules of both rooms, as handlers take them.
pub(super) type Both = (Extension<Arc<morning::Rules>>, Extension<Arc<Rules>>);

/// The frame of a page about somebody.
pub(super) fn shell<'a>(subject: &Subject, title: &'a str, back: Option<(&str, &str)>) -> Shell<'a> {
    let home = subject.home();
    let (text, href) = back.unwrap_or((home.0, &home.1));
    Shell {
        title,
        room: "/psychiatry",
        before: Some(back_link(text, href)),
        identity: Some(subject.identity()),
        wide: false,
    }
}

/// OK, or that what was sent can't be used yet.
pub(super) fn status(form: &Form) -> StatusCode {
    if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// Proposals with the facts they rest on.
pub(super) fn proposals(list: &[Proposal]) -> Markup {
    html! {
        ol class="al-reasons" aria-label="Reasons proposed" {
            @for proposal in list {
                li class="al-reason al-reason--plain" {
                    div class="al-reason__words" {
                        h3 class="govuk-heading-s govuk-!-margin-bottom-1" { (proposal.name) @if proposal.relied_on { " " (tag(TagColour::Green, "Relied on")) } }
                        p class="al-muted" { (proposal.why) "." }
                        ul class="govuk-list govuk-list--bullet" { @for one in &proposal.facts { li { (fact(one)) } } }
                    }
                }
            }
        }
    }
}

/// What was said, by whom, when, and where it stands.
pub(super) fn fact(one: &Fact) -> Markup {
    html! {
        span class="al-typed" { (one.words) } " "
        span class="al-muted" {
            "(" @if !one.said_by.is_empty() { (one.said_by) ", " }
            (one.source)
            @if let Some(at) = one.at { ", " (clock::moment_words(at)) }
            ")"
        }
    }
}

/// The moment for a clock of hours, else the day.
pub(super) fn due_words(due: &Clock, now: Timestamp) -> String {
    match (due.key == RESPONSE, clock::london_day(due.due) == clock::london_day(now)) {
        (true, true) => format!("{} today", clock::time_words(due.due)),
        (true, false) => clock::moment_words(due.due),
        (false, true) => "today".into(),
        (false, false) => clock::day_words(due.due_on),
    }
}

/// How it stands, as a tag.
pub(super) fn clock_tag(state: State) -> Markup {
    let colour = match state {
        State::Overdue | State::MetLate => TagColour::Red,
        State::DueSoon => TagColour::Orange,
        State::Running => TagColour::Blue,
        State::Met => TagColour::Green,
        State::Paused => TagColour::Grey,
    };
    tag(colour, state.words())
}

/// Clocks with what each rests on.
pub(super) fn clocks(list: &[Clock], now: Timestamp) -> Markup {
    html! {
        @if list.is_empty() { p class="govuk-body" { "Nothing is due: no date was asked for, promised or ordered yet." } }
        @else {
            ul class="govuk-list" {
                @for clock in list {
                    li class="govuk-!-margin-bottom-3" {
                        strong { (clock.name) } ": " (due_words(clock, now)) " " (clock_tag(clock.state))
                        (details("What this rests on", html! { p class="govuk-body" { (clock.words) } }))
                    }
                }
            }
        }
    }
}
