//! What this room says on a line's page and on a person's page.

use super::ahead::next_of;
use super::codes::Ended;
use super::days::{Day, days};
use super::figures::figures;
use super::kept::{self, InShort, Voice, in_short};
use super::pages::{differs_tag, ended_tag, happened, next_words};
use crate::access::policy::{RecordHearings, ViewBoard, ViewHearings, ViewPerson};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::ids::ListingId;
use crate::morning::{Found, Line, Note, OnDay, Whom, about_line, about_person};
use crate::people::Person;
use crate::web::components::{Emphasis, TagColour, button_link};
use maud::{Markup, html};
use std::collections::HashMap;
use store::{Read, Result};

/// Results of the day, one tag a line: what a colleague recorded, else what the court sent.
///
/// # Errors
/// When the database can't be read.
pub fn on_board(r: &mut Read<'_>, day: &OnDay<'_>) -> Result<Vec<(Whom, Note)>> {
    let mut newest: HashMap<ListingId, InShort> = HashMap::new();
    for said in in_short(r, day.listings)? {
        let ours_stands = newest.get(&said.listing).is_some_and(|there| there.voice == Voice::Ours);
        if said.voice == Voice::Ours || !ours_stands {
            newest.insert(said.listing, said);
        }
    }
    let ended = newest.into_values().filter(|said| said.ended != Ended::NotKnown);
    Ok(ended.map(|said| (Whom::Line(said.listing), result_note(&said))).collect())
}

fn result_note(said: &InShort) -> Note {
    let words = match said.next_on.filter(|_| said.ended == Ended::Adjourned) {
        Some(on) => format!("{} to {}", said.ended.words(), clock::day_words(on)),
        None => said.ended.words().to_owned(),
    };
    Note {
        marker: None,
        tag: Some((TagColour::Grey, words.clone())),
        words,
        source: match said.voice {
            Voice::Ours => format!("recorded by {}", said.by),
            Voice::Court => "sent by the court".to_owned(),
        },
        at: Some(said.said_at),
    }
}

/// A section on the page of a line: what happened on this day, and what is next.
///
/// # Errors
/// When the database can't be read.
pub fn on_line(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    found: &Found,
    line: &Line,
) -> Result<Option<Markup>> {
    if !permit.may::<ViewHearings>() {
        return Ok(None);
    }
    let about = about_line(r, found)?;
    let all = days(kept::about(r, &about)?);
    let person =
        line.recognition.linked.as_ref().filter(|linked| linked.in_scope).map(|linked| linked.person);
    r.saw(Event::new("hearings shown", "listing", found.id()));
    let today = all.iter().find(|day| day.hearings.iter().any(|h| h.listing == Some(found.id())));
    let next = next_of(&all, clock::london_day(clock::now()));
    let next = next.filter(|next| next.on != found.date);
    let recorded = today.is_some_and(|day| day.ours.is_some());
    Ok(Some(html! {
        h2 class="govuk-heading-m" { "In court" }
        @match today.filter(|day| day.heard.says_what_happened()) {
            Some(day) => { (of_day(day)) }
            None => p class="govuk-body" { "No result is recorded." },
        }
        @if let Some(next) = &next { p class="govuk-body" { "Next hearing: " (next_words(next)) "." } }
        div class="govuk-button-group" {
            @if permit.may::<RecordHearings>() {
                (button_link(if recorded { "Correct what we recorded" } else { "Record what happened in court" }, Emphasis::Secondary, &format!("/listings/{}/hearing", found.id())))
            }
            @if let Some(person) = person { a class="govuk-link" href=(format!("/people/{person}/hearings")) { "All hearings" } }
        }
    }))
}

fn of_day(day: &Day) -> Markup {
    html! {
        p class="govuk-body govuk-!-margin-bottom-1" { (ended_tag(day.heard.ended)) " " (differs_tag(day)) }
        (happened(day))
        @if let Some(hearing) = day.hearings.first() {
            p class="govuk-body" { a class="govuk-link" href=(format!("/hearings/{}", hearing.id)) { "Who said what about this hearing" } }
        }
    }
}

/// A section on a person's page: the next hearing and the figures in a sentence.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<Option<Markup>> {
    if !permit.may::<ViewHearings>() {
        return Ok(None);
    }
    let about = about_person(r, person)?;
    let all = days(kept::about(r, &about)?);
    r.saw(Event::new("hearings shown", "person", person.id()));
    let today = clock::london_day(clock::now());
    let worked = figures(&all, today);
    let happened = all.iter().find(|day| day.heard.says_what_happened() && day.counts());
    let differing = all.iter().filter(|day| day.differs_openly()).count();
    Ok(Some(html! {
        h2 class="govuk-heading-m" { "Hearings" }
        @match next_of(&all, today) {
            Some(next) => p class="govuk-body" { "Next: " (next_words(&next)) "." },
            None => p class="govuk-body" { "No hearing ahead is known." },
        }
        @if let Some(day) = happened { p class="govuk-body" { "Last result: " (clock::day_words(day.heard.on)) " " (ended_tag(day.heard.ended)) } }
        @if !all.is_empty() {
            p class="govuk-body" {
                (worked.remand.days) " remand days, of which " (worked.remand.awaiting_report) " awaiting a report; "
                (worked.adjournments.count) " adjournments, " (worked.adjournments.for_report) " for a report."
                @if differing > 0 { " " strong { "In " (differing) @if differing == 1 { " hearing" } @else { " hearings" } " court and colleague differ." } }
            }
        }
        p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/hearings", person.id())) { "All hearings, with figures and how they were worked out" } }
    }))
}
