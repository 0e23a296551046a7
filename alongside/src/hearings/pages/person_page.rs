//! One person across courts and cases: what is next, where court and colleague differ, the figures, and every day in court.

use super::figures_shown::figures;
use super::parts::{differs_tag, ended_tag, happened, next_words, title};
use crate::access::Permit;
use crate::access::policy::{RecordHearings, ViewHearings};
use crate::audit;
use crate::clock;
use crate::hearings::ahead::next_of;
use crate::hearings::days::{Day, days};
use crate::hearings::figures as work_out;
use crate::hearings::kept;
use crate::hearings::orders::{Ordered, ordered};
use crate::hearings::subject::{Subject, of_person};
use crate::ids::PersonId;
use crate::web::components::{
    Emphasis, Event, HeadingLevel, back_link, button_link, inset_text, timeline, warning_text,
};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::Path;
use jiff::Timestamp;
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<ViewHearings>, Path(id): Path<PersonId>) -> Page {
    let found = permit
        .read(move |r| {
            let Some(subject) = of_person(r, id)? else { return Ok::<_, store::Error>(None) };
            let hearings = kept::about(r, &subject.about)?;
            if let Some(person) = &subject.person {
                r.saw(audit::Event::new("hearings opened", "person", person.id()));
            }
            Ok(Some((subject, days(hearings))))
        })
        .await?;
    let Some((subject, days)) = found else { return Err(PageError::NotFound) };
    let body = body(&permit, &subject, &days, clock::now());
    let home = subject.home();
    Ok(page(
        &permit,
        Shell {
            title: "Hearings",
            room: "/people",
            before: Some(back_link(home.0, &home.1)),
            identity: Some(subject.identity()),
            wide: false,
        },
        body,
    ))
}

fn body(permit: &Permit<ViewHearings>, subject: &Subject, days: &[Day], now: Timestamp) -> Markup {
    let today = clock::london_day(now);
    let differing: Vec<&Day> = days.iter().filter(|day| day.differs_openly()).collect();
    html! {
        h1 class="govuk-heading-l" { "Hearings" }
        @match next_of(days, today) {
            Some(next) => (inset_text(html! { strong { "Next hearing: " } (next_words(&next)) @if !next.cases.is_empty() { ". Case " (next.cases.join(", ")) } })),
            None => p class="govuk-body" { "No hearing ahead is known. It may be on a list that has not reached us." },
        }
        @if !differing.is_empty() {
            (warning_text("What the court sent and what a colleague recorded differ. Figures count what the colleague recorded until somebody settles it."))
            ul class="govuk-list" { @for day in &differing { @if let Some(hearing) = day.hearings.first() { li { a class="govuk-link" href=(format!("/hearings/{}", hearing.id)) { (title(&day.heard)) } } } } }
        }
        @if permit.may::<RecordHearings>() { @if let Some(person) = &subject.person {
            (button_link("Record a hearing", Emphasis::Secondary, &format!("/people/{}/hearings/new", person.id())))
        } }
        @if days.is_empty() {
            p class="govuk-body" { "No hearing of this person is recorded here. Hearings come with court lists and messages on lines that are linked to the person, or are typed." }
        } @else {
            (figures(&work_out(days, today), today))
            (orders(&ordered(days)))
            h2 class="govuk-heading-m" { "Every day in court, newest first" }
            (day_list(days))
        }
    }
}

fn orders(list: &[Ordered]) -> Markup {
    html! {
        @if !list.is_empty() {
            h2 class="govuk-heading-m" { "Requirements and Mental Health Act orders made" }
            ul class="govuk-list" {
                @for one in list {
                    li {
                        strong { (one.meaning) " (" (one.code) ")" } ", made " (clock::day_words(one.made_on))
                        @if let Some(terms) = &one.terms { ": " span class="al-typed" { (terms) } }
                        @if !one.opens().is_empty() { br; span class="al-muted" { "Opens: " (one.opens()) "." } }
                    }
                }
            }
        }
    }
}

/// The days as a timeline.
fn day_list(days: &[Day]) -> Markup {
    let titles: Vec<String> = days.iter().map(|day| title(&day.heard)).collect();
    let machine: Vec<String> = days.iter().map(|day| day.heard.on.to_string()).collect();
    let times: Vec<String> = days
        .iter()
        .map(|day| {
            let at = day.heard.at.as_deref().map(|at| format!(", {at}")).unwrap_or_default();
            let room = day.heard.room.as_deref().map(|room| format!(", room {room}")).unwrap_or_default();
            format!("{}{at}{room}", clock::day_words(day.heard.on))
        })
        .collect();
    let events: Vec<Event<'_>> = days
        .iter()
        .enumerate()
        .map(|(n, day)| Event {
            title: &titles[n],
            by: "",
            machine_time: &machine[n],
            time: &times[n],
            body: html! {
                p class="govuk-body govuk-!-margin-bottom-1" { (ended_tag(day.heard.ended)) " " (differs_tag(day)) @if !day.counts() { " Taken off the list before anything happened; it does not count." } }
                (happened(day))
                @if let Some(hearing) = day.hearings.first() {
                    p class="govuk-body" { a class="govuk-link" href=(format!("/hearings/{}", hearing.id)) { "Open this hearing" span class="govuk-visually-hidden" { " of " (titles[n]) } } }
                }
            },
        })
        .collect();
    timeline(&events, HeadingLevel::Three)
}
