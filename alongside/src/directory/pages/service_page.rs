//! One service: what is known, how old that is, and what colleagues say about the entry.

use crate::access::Permit;
use crate::access::policy::{KeepDirectory, ViewDirectory};
use crate::audit::Event;
use crate::clock;
use crate::directory::keeping::{end, say, settle};
use crate::directory::reading::{find_service, history};
use crate::directory::service::Service;
use crate::directory::sheet::SHEET;
use crate::directory::suggest::STALE_CHECK_DAYS;
use crate::forms::{Answers, answer};
use crate::ids::ServiceId;
use crate::web::components::{
    Emphasis, Event as Shown, Form, HeadingLevel, LabelSize, SummaryRow, TagColour, back_link, button,
    button_link, details, inset_text, post_button, summary_list, tag, textarea, timeline,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

async fn find<C: crate::access::Capability>(permit: &Permit<C>, id: ServiceId) -> Result<Service, PageError> {
    permit
        .read(move |r| {
            r.saw(Event::new("service opened", "service", id));
            find_service(r, id)
        })
        .await?
        .ok_or(PageError::NotFound)
}

pub(super) async fn show(permit: Permit<ViewDirectory>, Path(id): Path<ServiceId>) -> Page {
    let one = find(&permit, id).await?;
    let may_keep = permit.may::<KeepDirectory>();
    let (checked_at, checked_by) = one.checked();
    let today = clock::london_day(clock::now());
    let old = i64::from((today - clock::london_day(checked_at)).get_days()) > STALE_CHECK_DAYS;
    let body = html! {
        h1 class="govuk-heading-l" { (one.name) }
        @if let Some((at, by, why)) = &one.ended { (inset_text(html! { p class="govuk-body" { (tag(TagColour::Grey, "No longer offered")) " since " (clock::day_words(clock::london_day(*at))) ", " (by) ": " (why) } })) }
        p class="govuk-body" {
            "Last checked on " (clock::day_words(clock::london_day(checked_at))) " by " (checked_by) "."
            @if old { " " (tag(TagColour::Orange, "Check before you rely on it")) }
        }
        @for doubt in one.doubts() { (inset_text(html! { p class="govuk-body" { (tag(TagColour::Orange, "Doubted")) " " span class="al-typed" { (doubt.words) } " (" (doubt.by) ", " (clock::moment_words(doubt.at)) ")" } })) }
        (facts(&one.answers))
        @if one.ended.is_none() {
            (post_button("I checked: it is still right", "", Emphasis::Secondary, &format!("/directory/{id}/checked")))
            (details("Something is wrong here", html! {
                form method="post" action=(format!("/directory/{id}/doubt")) novalidate {
                    (textarea(&Form::blank().field("words", "What is wrong, and how you know").with_size(LabelSize::Small), 3))
                    (button("Tell whoever keeps the directory", Emphasis::Secondary))
                }
            }))
        }
        @if may_keep && one.ended.is_none() {
            h2 class="govuk-heading-m" { "Keep this entry" }
            (button_link("Change", Emphasis::Secondary, &format!("/directory/{id}/change")))
            @if one.doubts().next().is_some() { (post_button("The doubts are settled", "", Emphasis::Secondary, &format!("/directory/{id}/settle"))) }
            (details("No longer offered", html! {
                form method="post" action=(format!("/directory/{id}/end")) novalidate {
                    (textarea(&Form::blank().field("why", "Why").with_size(LabelSize::Small), 2))
                    (button("End this entry", Emphasis::Warning))
                }
            }))
        }
        p class="govuk-body" { a class="govuk-link" href=(format!("/directory/{id}/history")) { "Earlier versions (" (one.version) ")" } }
    };
    let shell = Shell {
        title: "Service",
        room: "/directory",
        before: Some(back_link("Directory", "/directory")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

/// What is known, part by part; what nobody said is not shown as "no".
fn facts(answers: &Answers) -> Markup {
    html! {
        @for part in SHEET.parts {
            @let rows: Vec<SummaryRow<'_>> = part.questions.iter().filter(|q| q.key != "name").filter_map(|q| answer(q, answers).map(|value| SummaryRow::new(q.label, linked(q.key, answers).unwrap_or(value)))).collect();
            @if !rows.is_empty() { h2 class="govuk-heading-m" { (part.title) } (summary_list(&rows)) }
        }
    }
}

/// Addresses that can be followed.
fn linked(key: &str, answers: &Answers) -> Option<Markup> {
    let value = answers.value(key);
    match key {
        "web" if value.starts_with("https://") => {
            Some(html! { a class="govuk-link" href=(value) rel="noreferrer noopener" { (value) } })
        }
        "email" => Some(html! { a class="govuk-link" href=(format!("mailto:{value}")) { (value) } }),
        "phone" => {
            let number: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            Some(html! { a class="govuk-link" href=(format!("tel:{number}")) { (value) } })
        }
        _ => None,
    }
}

pub(super) async fn versions(permit: Permit<ViewDirectory>, Path(id): Path<ServiceId>) -> Page {
    let one = find(&permit, id).await?;
    let all = permit.read(move |r| history(r, id)).await?;
    let stamps: Vec<(String, String, String)> = all
        .iter()
        .map(|(n, at, ..)| (format!("Version {n}"), at.to_string(), clock::moment_words(*at)))
        .collect();
    let empty = Answers::default();
    let events: Vec<Shown<'_>> = all
        .iter()
        .enumerate()
        .zip(&stamps)
        .map(|((i, (_, _, by, reason, answers)), (title, stamp, time))| Shown {
            title,
            by,
            machine_time: stamp,
            time,
            body: changed(answers, all.get(i + 1).map_or(&empty, |older| &older.4), reason),
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { (one.name) ": versions" }
        (timeline(&events, HeadingLevel::Two))
    };
    let back = format!("/directory/{id}");
    let shell = Shell {
        title: "Versions of a service",
        room: "/directory",
        before: Some(back_link("Service", &back)),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

/// What a version says otherwise than the one before it.
fn changed(now: &Answers, before: &Answers, reason: &str) -> Markup {
    html! {
        @if !reason.is_empty() { p class="govuk-body al-typed" { (reason) } }
        ul class="govuk-list govuk-list--bullet" {
            @for question in SHEET.questions().filter(|q| now.values(q.key) != before.values(q.key)) {
                li { (question.label) ": " @match answer(question, now) { Some(value) => (value), None => em { "left open" } } @if let Some(old) = answer(question, before) { ", before: " (old) } }
            }
        }
    }
}

fn back(id: ServiceId) -> Page {
    Ok(Redirect::to(&format!("/directory/{id}")).into_response())
}

fn words(form: &Form, name: &str, advice: &str) -> Result<String, PageError> {
    let words: String = form.value(name).trim().chars().take(1_000).collect();
    if words.is_empty() { Err(PageError::Unusable(advice.into())) } else { Ok(words) }
}

pub(super) async fn checked(permit: Permit<ViewDirectory>, Path(id): Path<ServiceId>) -> Page {
    find(&permit, id).await?;
    permit.write(move |w| say(w, id, "checked", "")).await?;
    back(id)
}

pub(super) async fn doubt(
    permit: Permit<ViewDirectory>,
    Path(id): Path<ServiceId>,
    Sent(form): Sent,
) -> Page {
    find(&permit, id).await?;
    let said = words(&form, "words", "Write what is wrong with the entry.")?;
    permit.write(move |w| say(w, id, "doubt", &said)).await?;
    back(id)
}

pub(super) async fn settle_doubts(permit: Permit<KeepDirectory>, Path(id): Path<ServiceId>) -> Page {
    find(&permit, id).await?;
    permit.write(move |w| settle(w, id)).await?;
    back(id)
}

pub(super) async fn end_it(
    permit: Permit<KeepDirectory>,
    Path(id): Path<ServiceId>,
    Sent(form): Sent,
) -> Page {
    find(&permit, id).await?;
    let why = words(&form, "why", "Write why it is no longer offered.")?;
    permit.write(move |w| end(w, id, &why)).await?;
    back(id)
}
