//! One day in court: both voices side by side, what was ordered, and everything that was ever said about it.

use super::parts::{ended_tag, results, title};
use crate::access::Permit;
use crate::access::policy::{RecordHearings, ViewHearings};
use crate::clock;
use crate::hearings::codes::{Attended, Ended};
use crate::hearings::days::{Day, Difference, comes_back_words, days, put_off_words};
use crate::hearings::heard::{Heard, Pronounced};
use crate::hearings::kept::{self, Hearing, Said, Voice};
use crate::hearings::orders::{clocks, sections};
use crate::hearings::subject::{Subject, hearing_in_scope};
use crate::ids::HearingId;
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Event, Form, HeadingLevel, Input, Layout, back_link, button,
    button_link, details, error_summary, inset_text, radios, table, text_input, timeline, warning_text,
};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use maud::{Markup, html};

/// A day in court of somebody in scope, with all records that tell of it.
pub(super) struct Shown {
    pub(super) subject: Subject,
    pub(super) id: HearingId,
    pub(super) day: Day,
}

pub(super) async fn find<C: crate::access::Capability>(
    permit: &Permit<C>,
    id: HearingId,
) -> Result<Shown, PageError> {
    let viewer = permit.clone();
    permit
        .read(move |r| {
            let Some((subject, _)) = hearing_in_scope(&viewer, r, id)? else {
                return Ok::<_, store::Error>(None);
            };
            let all = days(kept::about(r, &subject.about)?);
            let day = all.into_iter().find(|day| day.hearings.iter().any(|hearing| hearing.id == id));
            Ok(day.map(|day| Shown { subject, id, day }))
        })
        .await?
        .ok_or(PageError::NotFound)
}

pub(super) async fn show(permit: Permit<ViewHearings>, Path(id): Path<HearingId>) -> Page {
    let shown = find(&permit, id).await?;
    draw(&permit, &shown, &Form::blank())
}

pub(super) fn draw<C: crate::access::Capability>(permit: &Permit<C>, shown: &Shown, form: &Form) -> Page {
    let Shown { subject, day, .. } = shown;
    let may = permit.may::<RecordHearings>();
    let heading = title(&day.heard);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { (heading) }
        p class="govuk-body" { (ended_tag(day.heard.ended)) }
        @if day.differs_openly() { (difference(shown, form, may)) }
        (voices(day))
        @if day.ours.is_some() && !day.differs_openly() && !day.differences().is_empty() {
            p class="govuk-body" { "The difference was looked at: what a colleague recorded stands. The reason is in the history below." }
        }
        @if may { (button_link(if day.ours.is_some() { "Correct what we recorded" } else { "Record what happened" }, Emphasis::Secondary, &format!("/hearings/{}/record", shown.id))) }
        (charges(&day.heard))
        (orders(day, clock::now()))
        @if !day.heard.oddities.is_empty() {
            (details("What was odd about the court’s message", html! { ul class="govuk-list govuk-list--bullet" { @for odd in &day.heard.oddities { li { (odd) } } } }))
        }
        h2 class="govuk-heading-m" { "Everything said about it" }
        (history(&day.hearings))
    };
    let (back, href) = match &subject.person {
        Some(person) => ("Hearings", format!("/people/{}/hearings", person.id())),
        None => subject.home(),
    };
    let ok = form.is_accepted();
    let shell = Shell {
        title: if ok { "Hearing" } else { "Error: Hearing" },
        room: "/people",
        before: Some(back_link(back, &href)),
        identity: Some(subject.identity()),
        wide: false,
    };
    let status = if ok { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(permit, shell, body)).into_response())
}

/// Where the voices differ, and how to settle it.
fn difference(shown: &Shown, form: &Form, may: bool) -> Markup {
    let take = [
        Choice {
            hint: Some(
                "Kept as a further version with your name; what was recorded before stays in the history",
            ),
            ..Choice::new("court", "What the court says")
        },
        Choice { hint: Some("With your reason"), ..Choice::new("ours", "What we recorded") },
    ];
    html! {
        (warning_text("The court’s message says something else than what a colleague recorded. Nothing was overwritten."))
        (differences(&shown.day.differences()))
        @if may {
            form method="post" action=(format!("/hearings/{}/settle", shown.id)) novalidate {
                @if let Some(said) = shown.day.court_said { input type="hidden" name="court-said" value=(said); }
                (radios(&form.field("take", "What is right?"), Layout::Small, &take))
                (text_input(&form.field("reason", "Reason").with_hint("Needed to keep what we recorded: who told you, what you heard in court"), Input { autocomplete: Some("off"), ..Input::default() }))
                (button("Settle the difference", Emphasis::Primary))
            }
        }
    }
}

fn differences(list: &[Difference]) -> Markup {
    let rows: Vec<Vec<Markup>> =
        list.iter().map(|d| vec![html! { (d.what) }, html! { (d.ours) }, html! { (d.court) }]).collect();
    table(
        Caption::Shown("Where they differ"),
        &[Column::words("What"), Column::words("We recorded"), Column::words("The court says")],
        &rows,
    )
}

/// What one voice says, row by row; empty where it says nothing.
fn voice(heard: &Heard) -> [(&'static str, String); 9] {
    let said = |is: bool, words: &str| if is { words.to_owned() } else { String::new() };
    let why = heard.put_off.is_said() || !heard.put_off_words.is_empty();
    let titles: Vec<String> = heard.results.iter().map(Pronounced::title).collect();
    [
        ("Attended", said(heard.attended.is_said(), heard.attended.words())),
        ("Before", said(heard.before.is_said(), heard.before.words())),
        ("Ended with", said(heard.ended.is_said(), heard.ended.words())),
        ("Put off for", said(why, &put_off_words(heard))),
        ("Comes back", said(heard.comes_back.how.is_said(), &comes_back_words(&heard.comes_back))),
        ("After", said(heard.after.is_said(), heard.after.words())),
        ("Results", titles.join("; ")),
        ("Length and terms", heard.terms.clone()),
        ("In words", heard.words.clone()),
    ]
}

/// Both voices side by side.
fn voices(day: &Day) -> Markup {
    let nothing = Heard::default();
    let ours = voice(day.ours.as_ref().map_or(&nothing, |said| &said.heard));
    let court = voice(day.court.as_ref().unwrap_or(&nothing));
    let cell =
        |words: &str| html! { @if words.is_empty() { span class="al-muted" { "–" } } @else { (words) } };
    let rows: Vec<Vec<Markup>> = ours
        .iter()
        .zip(&court)
        .filter(|((_, ours), (_, court))| !ours.is_empty() || !court.is_empty())
        .map(|((what, ours), (_, court))| vec![html! { (what) }, cell(ours), cell(court)])
        .collect();
    html! {
        @if rows.is_empty() { (inset_text(html! { "Nobody has said yet what happened." })) }
        @else {
            (table(
                Caption::Shown("Who says what"),
                &[Column::words("What"), Column::words("We recorded"), Column::words("The court says")],
                &rows,
            ))
        }
    }
}

fn charges(heard: &Heard) -> Markup {
    html! {
        @if !heard.charges.is_empty() {
            h2 class="govuk-heading-m" { "Offences" }
            ul class="govuk-list govuk-list--bullet" {
                @for charge in &heard.charges {
                    li {
                        (charge.title) @if let Some(code) = &charge.code { @if *code != charge.title { " (" (code) ")" } }
                        @if let Some(plea) = &charge.plea { "; plea " (plea.to_lowercase().replace('_', " ")) }
                        @if let Some(day) = charge.convicted_on { "; convicted " (clock::day_words(day)) }
                    }
                }
            }
        }
    }
}

/// Mental Health Act orders with what the law says of them, and the court's own words of results.
fn orders(day: &Day, now: Timestamp) -> Markup {
    let heard = &day.heard;
    let worded: Vec<&Pronounced> = heard.results.iter().filter(|result| result.words.is_some()).collect();
    html! {
        @if !heard.results.is_empty() {
            h2 class="govuk-heading-m" { "Results" }
            (results(&heard.results))
        }
        @for result in &heard.results {
            @let made_on = result.ordered_on.unwrap_or(heard.on);
            @for route in sections(result, made_on) {
                (details(&format!("What the law says of: {}", route.name), html! {
                    p class="govuk-body" { (route.length) "." }
                    ul class="govuk-list" {
                        @for clock in clocks(route, made_on, now) { li { strong { (clock.name) } ": " (clock.words) } }
                    }
                    p class="govuk-body al-muted" { "A code may stand for several sections: the order itself says which." }
                }))
            }
        }
        @if !worded.is_empty() {
            (details("In the court’s own words", html! {
                @for result in worded { p class="govuk-body al-typed" { (result.words.as_deref().unwrap_or_default()) } }
            }))
        }
    }
}

/// Every version of every record of this day, newest first.
fn history(hearings: &[Hearing]) -> Markup {
    let mut all: Vec<&Said> = hearings.iter().flat_map(|hearing| &hearing.said).collect();
    all.sort_by_key(|said| std::cmp::Reverse((said.recorded_at, said.id)));
    let times: Vec<(String, String)> = all
        .iter()
        .map(|said| (said.recorded_at.to_string(), clock::moment_words(said.recorded_at)))
        .collect();
    let events: Vec<Event<'_>> = all
        .iter()
        .zip(&times)
        .map(|(said, (machine, words))| Event {
            title: match said.voice {
                Voice::Court if said.heard.says_what_happened() => "The court’s results arrived",
                Voice::Court => "Listed by the court",
                Voice::Ours if said.reason.is_empty() => "Recorded",
                Voice::Ours => "Recorded anew",
            },
            by: if said.voice == Voice::Ours { &said.by } else { "" },
            machine_time: machine,
            time: words,
            body: version(said),
        })
        .collect();
    timeline(&events, HeadingLevel::Three)
}

fn version(said: &Said) -> Markup {
    let heard = &said.heard;
    let mut parts: Vec<String> = Vec::new();
    if heard.attended != Attended::NotSaid {
        parts.push(heard.attended.words().to_lowercase());
    }
    if heard.before.is_said() {
        parts.push(format!("before: {}", heard.before.words().to_lowercase()));
    }
    if heard.ended != Ended::NotSaid {
        parts.push(heard.ended.words().to_lowercase());
    }
    if heard.put_off.is_said() {
        parts.push(format!("for: {}", put_off_words(heard)));
    }
    if heard.comes_back.how.is_said() {
        parts.push(format!("comes back: {}", comes_back_words(&heard.comes_back)));
    }
    if heard.after.is_said() {
        parts.push(format!("after: {}", heard.after.words().to_lowercase()));
    }
    if !heard.results.is_empty() {
        parts.push(heard.results.iter().map(Pronounced::title).collect::<Vec<_>>().join(", "));
    }
    html! {
        @if !parts.is_empty() { p class="govuk-body govuk-!-margin-bottom-1" { (parts.join("; ")) "." } }
        @if said.voice == Voice::Court { p class="govuk-body-s al-muted govuk-!-margin-bottom-1" { "Sent " (clock::moment_words(said.said_at)) "; taken in by " (said.by) } }
        @if !said.reason.is_empty() { p class="govuk-body govuk-!-margin-bottom-1" { "Reason: " span class="al-typed" { (said.reason) } } }
    }
}
