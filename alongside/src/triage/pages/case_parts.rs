//! The parts of the page of one assessment.

use crate::clock;
use crate::forms::Sheet;
use crate::triage::case::{Case, SentTo};
use crate::triage::keeping::{answer_words, keys, question_words};
use crate::triage::links::{HOURS, Link, LinkFor};
use crate::web::components::{
    Choice, Emphasis, Event, Form, HeadingLevel, Input, LabelSize, TagColour, button, details, post_button,
    select, tag, text_input, timeline,
};
use jiff::Timestamp;
use maud::{Markup, html};

/// One part: what is recorded, by whom, when; and the way to record more.
pub(super) fn part_shown(case: &Case, sheet: &Sheet, may_change: bool) -> Markup {
    let facts: Vec<_> =
        keys(sheet).into_iter().filter_map(|key| case.latest(&key).map(|fact| (key, fact))).collect();
    let href = format!("/psychiatry/{}/parts/{}", case.id, sheet.key);
    html! {
        h2 class="govuk-heading-m" id=(sheet.key) { (sheet.title) }
        @if facts.is_empty() { p class="govuk-body al-muted" { "Nothing recorded." } }
        @else {
            dl class="govuk-summary-list" {
                @for (key, fact) in &facts {
                    div class="govuk-summary-list__row" {
                        dt class="govuk-summary-list__key" { (label(key)) }
                        dd class="govuk-summary-list__value" {
                            span class="al-typed" { (answer_words(key, &fact.answer)) } br;
                            span class="al-muted" { (fact.by) ", " (clock::moment_words(fact.at)) @if fact.via != "us" { ", answered by the partner service" } }
                        }
                    }
                }
            }
        }
        @if may_change { p class="govuk-body" { a class="govuk-link" href=(href) { (if sheet.key == "close" { "Close with a reason" } else { "Record" }) span class="govuk-visually-hidden" { ": " (sheet.title) } } } }
    }
}

/// The question without the part it stands in.
fn label(key: &str) -> String {
    let words = question_words(key);
    words.split_once(": ").map_or(words.clone(), |(_, label)| label.to_owned())
}

/// What was sent to whom, what they answered, and the ways to reach them.
pub(super) fn sent_shown(case: &Case, links: &[Link], may: bool, now: Timestamp) -> Markup {
    html! {
        @if case.sent.is_empty() { p class="govuk-body" { "Nothing was sent to a partner service." } }
        @for sent in &case.sent {
            div class="al-sent" id=(format!("sent-{}", sent.id)) {
                h3 class="govuk-heading-s" { (sent.name) " – doctor " (sent.doctor) " " (answer_tag(case, sent, now)) }
                p class="govuk-body" {
                    "Sent by " (sent.sent_by) ", " (clock::moment_words(sent.sent_at))
                    @if let Some(due) = sent.reply_due { ". Promised to answer by " (clock::moment_words(due)) }
                    "."
                }
                (details("What was told", packet(&sent.packet)))
                @if let Some((at, by, why)) = &sent.taken_back { p class="govuk-body" { "Taken back by " (by) ", " (clock::moment_words(*at)) ": " (why) ". They see nothing of it any more; what was told stays told." } }
                @else if may { (ways(case, sent, links, now)) }
                @for link in links.iter().filter(|link| link.request == sent.id) { (link_shown(case, link, may, now)) }
            }
        }
    }
}

/// What was told, as it was told.
pub(super) fn packet(json: &str) -> Markup {
    let sections = crate::triage::packet::from_json(json).unwrap_or_default();
    html! {
        @for section in &sections {
            p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1" { (section.heading) }
            ul class="govuk-list" { @for line in &section.lines { li { span class="al-typed" { (line) } } } }
        }
    }
}

fn answer_tag(case: &Case, sent: &SentTo, now: Timestamp) -> Markup {
    if sent.taken_back.is_some() {
        return tag(TagColour::Grey, "Taken back");
    }
    let id = sent.id.to_string();
    let key = format!("d{}-answer", sent.doctor);
    let theirs = case.facts.iter().rev().find(|fact| fact.question == key && fact.via.ends_with(&id));
    match theirs.map(|fact| fact.answer.as_str()) {
        Some("accepted") => tag(TagColour::Green, "Accepted"),
        Some("declined") => tag(TagColour::Red, "Declined"),
        _ if sent.reply_due.is_some_and(|due| due < now) => tag(TagColour::Red, "No answer, overdue"),
        _ => tag(TagColour::Orange, "No answer yet"),
    }
}

fn ways(case: &Case, sent: &SentTo, links: &[Link], now: Timestamp) -> Markup {
    let base = format!("/psychiatry/{}/sent/{}", case.id, sent.id);
    let form = Form::blank();
    let purposes: Vec<Choice<'_>> = LinkFor::ALL.iter().map(|p| Choice::new(p.key(), p.words())).collect();
    let hours: Vec<(String, String)> = HOURS
        .iter()
        .map(|h| (h.to_string(), if *h == 24 { "1 day".to_owned() } else { format!("{} days", h / 24) }))
        .collect();
    let hours: Vec<Choice<'_>> = hours.iter().map(|(value, words)| Choice::new(value, words)).collect();
    let standing = links.iter().any(|link| link.request == sent.id && link.stands(now));
    // Several requests may stand on the page: each field needs an id of its own.
    let (purpose, until, why) =
        (format!("purpose-{}", sent.id), format!("hours-{}", sent.id), format!("why-{}", sent.id));
    html! {
        (details(if standing { "Make another one-time link" } else { "Make a one-time link, for somebody without an account" }, html! {
            form method="post" action=(format!("{base}/link")) novalidate {
                (select(&form.field(&purpose, "For").with_size(LabelSize::Small), &purposes))
                (select(&form.field(&until, "It works for").with_size(LabelSize::Small), &hours))
                (button("Make the link", Emphasis::Secondary))
            }
        }))
        (details("Take this request back", html! {
            form method="post" action=(format!("{base}/take-back")) novalidate {
                (text_input(&form.field(&why, "Why").with_size(LabelSize::Small), Input { autocomplete: Some("off"), ..Input::default() }))
                (button("Take it back", Emphasis::Warning))
            }
        }))
    }
}

fn link_shown(case: &Case, link: &Link, may: bool, now: Timestamp) -> Markup {
    html! {
        p class="govuk-body" {
            "One-time link for “" (link.purpose.words()) "”, made by " (link.made.1) ", " (clock::moment_words(link.made.0)) ": "
            @if let Some((at, by)) = &link.used { "used " (clock::moment_words(*at)) " by " (by) "." }
            @else if let Some(at) = link.revoked_at { "revoked " (clock::moment_words(at)) "." }
            @else if !link.stands(now) { "ran out " (clock::moment_words(link.expires_at)) "." }
            @else { "works until " (clock::moment_words(link.expires_at)) "." }
        }
        @if may && link.stands(now) {
            (post_button("Revoke", "this link", Emphasis::Small, &format!("/psychiatry/{}/sent/{}/revoke?link={}", case.id, link.request, link.id)))
        }
    }
}

/// Everything that was recorded, newest first.
pub(super) fn history(case: &Case) -> Markup {
    let shown: Vec<(String, String, &crate::triage::case::CaseFact)> = case
        .facts
        .iter()
        .rev()
        .map(|fact| (question_words(&fact.question), fact.at.to_string(), fact))
        .collect();
    let times: Vec<String> = shown.iter().map(|(_, _, fact)| clock::moment_words(fact.at)).collect();
    let events: Vec<Event<'_>> = shown
        .iter()
        .zip(&times)
        .map(|((title, machine, fact), time)| Event {
            title,
            by: &fact.by,
            machine_time: machine,
            time,
            body: html! { p class="govuk-body" { span class="al-typed" { (answer_words(&fact.question, &fact.answer)) } } },
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { "Everything recorded" }
        @if events.is_empty() { p class="govuk-body" { "Nothing since it was asked for." } }
        @else { (details(&format!("{} entries, newest first", events.len()), timeline(&events, HeadingLevel::Three))) }
    }
}
