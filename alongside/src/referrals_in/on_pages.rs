//! What referrals in say above the board, on its rows, on a line and on a person's page.

use super::codes::{WORRIES, words_in};
use super::reading::{of_day, referrals_in_about};
use super::record::{ReferralIn, Standing};
use crate::access::policy::{TakeReferralsIn, ViewBoard, ViewPerson};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::morning::{Found, Line, Note, OnDay, Whom, about_line, about_person, projects_serving};
use crate::people::{Person, reached_by};
use crate::projects::Court;
use crate::web::components::{TagColour, tag};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use store::{Read, Result};
use uuid::Uuid;

/// Notes on rows that a human joined a referral to.
///
/// # Errors
/// When the database can't be read.
pub fn on_board(r: &mut Read<'_>, day: &OnDay<'_>) -> Result<Vec<(Whom, Note)>> {
    let (now, ours) = (clock::now(), projects_serving(r, day.listings)?);
    let mut notes = Vec::new();
    for one in referrals_in_about(r, day.listings, day.people)? {
        let today = one.hearing_on == Some(day.date) || clock::london_day(one.received_at) == day.date;
        if !one.standing().is_open() || !today || !ours.contains(&one.is_with()) {
            continue;
        }
        let note = note(&one, now);
        notes.extend(one.listing().map(|id| (Whom::Line(id), note.clone())));
        notes.extend(one.person().map(|id| (Whom::Person(id), note.clone())));
    }
    Ok(notes)
}

fn note(one: &ReferralIn, now: Timestamp) -> Note {
    let (colour, words) = state_words(one, now);
    Note {
        marker: one.is_urgent().then_some("referred-urgent").or(Some("referred")),
        tag: Some((colour, words)),
        words: worries(one),
        source: format!(
            "referral, {}",
            super::codes::words_in(super::codes::ROLES, &one.referrer.1).to_lowercase()
        ),
        at: Some(one.received_at),
    }
}

/// Why somebody was referred, in a line.
pub(super) fn worries(one: &ReferralIn) -> String {
    let mut all: Vec<&str> = one.worries.iter().map(|w| words_in(WORRIES, w)).collect();
    if !one.words.is_empty() {
        all.push(&one.words);
    }
    all.join("; ")
}

/// How it stands, as a tag says it.
pub(super) fn state_words(one: &ReferralIn, now: Timestamp) -> (TagColour, String) {
    match one.standing() {
        Standing::Received if one.danger == "yes" => (TagColour::Red, "Referred: danger now".into()),
        Standing::Received if one.is_overdue(now) => (TagColour::Red, "Referred, overdue".into()),
        Standing::Received => (TagColour::Orange, format!("Referred, by {}", clock::time_words(one.due_at))),
        Standing::Accepted => (TagColour::Blue, "Referred, taken on".into()),
        Standing::Seen => (TagColour::Green, "Referred and seen".into()),
        Standing::Declined | Standing::Joined | Standing::Withdrawn => {
            (TagColour::Grey, one.standing().words().into())
        }
    }
}

/// What stands above the board of a day: open referrals that nobody has joined to a row.
///
/// # Errors
/// When the database can't be read.
pub fn above_board(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    court: &Court,
    date: Date,
) -> Result<Option<Markup>> {
    let open: Vec<ReferralIn> = of_day(r, court.code(), date)?
        .into_iter()
        .filter(|one| one.standing().is_open() && one.listing().is_none() && one.person().is_none())
        .filter(|one| permit.holds_in::<TakeReferralsIn>(Uuid::from(one.is_with())))
        .collect();
    if open.is_empty() {
        return Ok(None);
    }
    r.saw(Event::new("referrals in shown", "court day", format!("{} {date}", court.code())));
    let now = clock::now();
    // One line: the first rows of the board stay in sight.
    Ok(Some(html! {
        p class="govuk-body-s al-board-note" {
            (open.len()) " referred, not joined to a row yet: "
            @for (n, one) in open.iter().enumerate() {
                @let (colour, words) = state_words(one, now);
                @if n > 0 { " · " }
                a class="govuk-link" href=(format!("/referrals-in/{}", one.id)) { (one.name) }
                @if one.is_urgent() || one.is_overdue(now) { " " (tag(colour, &words)) }
            }
        }
    }))
}

/// A section on the page of a line.
///
/// # Errors
/// When the database can't be read.
pub fn on_line(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    found: &Found,
    _: &Line,
) -> Result<Option<Markup>> {
    if !found.court.projects.iter().any(|project| permit.holds_in::<TakeReferralsIn>((*project).into())) {
        return Ok(None);
    }
    let about = about_line(r, found)?;
    let all = referrals_in_about(r, &about.listings, &about.people)?;
    r.saw(Event::new("referrals in shown", "listing", found.id()));
    Ok(section(&all))
}

/// A section on a person's page.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<Option<Markup>> {
    if !reached_by::<TakeReferralsIn>(permit, r, person)? {
        return Ok(None);
    }
    let about = about_person(r, person)?;
    let all = referrals_in_about(r, &about.listings, &about.people)?;
    r.saw(Event::new("referrals in shown", "person", person.id()));
    Ok(section(&all))
}

fn section(all: &[ReferralIn]) -> Option<Markup> {
    if all.is_empty() {
        return None;
    }
    let now = clock::now();
    Some(html! {
        h2 class="govuk-heading-m" { "Referred to us" }
        @for one in all {
            @let (colour, words) = state_words(one, now);
            p class="govuk-body" {
                a class="govuk-link" href=(format!("/referrals-in/{}", one.id)) { (clock::moment_words(one.received_at)) ", " (super::codes::words_in(super::codes::ROLES, &one.referrer.1)) }
                " " (tag(colour, &words)) br; (worries(one))
            }
        }
    })
}
