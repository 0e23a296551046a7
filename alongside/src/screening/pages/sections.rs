//! What screenings say on the board, on a line's page and on a person's.

use crate::access::policy::{Screen, ViewBoard, ViewClinical, ViewPerson};
use crate::access::{Permit, Reader};
use crate::clock;
use crate::morning::{About, Found, Line, Note, OnDay, Whom, about_line, about_person};
use crate::people::{Person, reached_by};
use crate::screening::entry::{Outcome, Seen};
use crate::screening::kept::{Screening, of};
use crate::web::components::{Caption, Column, Emphasis, TagColour, button_link, table};
use maud::{Markup, html};
use store::{Read, Result};

/// The latest screening of each line of the day: a tag, and a marker when the need is urgent. Earlier days' screenings of a
/// linked person stand on their page, not on today's board.
///
/// # Errors
/// When the database can't be read.
pub fn on_board(r: &mut Read<'_>, day: &OnDay<'_>) -> Result<Vec<(Whom, Note)>> {
    let about = About { listings: day.listings.to_vec(), people: Vec::new() };
    let mut notes: Vec<(Whom, Note)> = Vec::new();
    for s in of(r, &about)? {
        let Some(listing) = s.listing else { continue };
        if !notes.iter().any(|(whom, _)| *whom == Whom::Line(listing)) {
            notes.push((Whom::Line(listing), note(&s)));
        }
    }
    Ok(notes)
}

fn note(s: &Screening) -> Note {
    let e = &s.entry;
    let at = clock::time_words(e.contact_at);
    let (colour, words) = match (e.seen, e.outcome) {
        (Seen::Seen, Some(Outcome::Emergency)) => (TagColour::Red, format!("Emergency {at}")),
        (Seen::Seen, Some(Outcome::Urgent)) => (TagColour::Orange, format!("Urgent {at}")),
        (Seen::Seen, Some(Outcome::Assess)) => (TagColour::Blue, format!("Assess {at}")),
        (Seen::Seen, Some(outcome)) => (TagColour::Green, format!("{} {at}", outcome.words())),
        (Seen::Seen, None) => (TagColour::Green, format!("Seen {at}")),
        (seen, _) => (TagColour::Grey, seen.words().to_owned()),
    };
    Note {
        marker: match e.outcome {
            Some(Outcome::Emergency) => Some("emergency-now"),
            Some(Outcome::Urgent) => Some("urgent-need"),
            _ => None,
        },
        tag: Some((colour, words)),
        words: e.need.map_or_else(|| e.seen.words().to_owned(), |need| need.words().to_owned()),
        source: format!("screening by {}", s.by),
        at: Some(e.contact_at),
    }
}

/// On a line: the button that begins one, and those that were recorded.
///
/// # Errors
/// When the database can't be read.
pub fn on_line(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    found: &Found,
    _: &Line,
) -> Result<Option<Markup>> {
    if !permit.may::<ViewClinical>() {
        return Ok(None);
    }
    let about = about_line(r, found)?;
    let screenings = of(r, &about)?;
    let here = screenings.iter().any(|s| s.listing == Some(found.id()));
    let begin = if here { "Screen again" } else { "Record screening" };
    Ok(Some(html! {
        h2 class="govuk-heading-m" { "Screening" }
        @if screenings.is_empty() { p class="govuk-body" { "Nobody has recorded a screening, or why there was none." } }
        @else { (list(&screenings)) }
        @if permit.may::<Screen>() {
            (button_link(begin, if here { Emphasis::Secondary } else { Emphasis::Primary }, &format!("/listings/{}/screening", found.id())))
        }
    }))
}

/// On a person: the same.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<Option<Markup>> {
    if !reached_by::<ViewClinical>(permit, r, person)? {
        return Ok(None);
    }
    let about = about_person(r, person)?;
    let screenings = of(r, &about)?;
    let may_screen = reached_by::<Screen>(permit, r, person)?;
    Ok(Some(html! {
        h2 class="govuk-heading-m" { "Screening" }
        @if screenings.is_empty() { p class="govuk-body" { "No screening is recorded." } }
        @else { (list(&screenings)) }
        @if may_screen { (button_link("Record screening", Emphasis::Secondary, &format!("/people/{}/screening", person.id()))) }
    }))
}

fn list(screenings: &[Screening]) -> Markup {
    let rows: Vec<Vec<Markup>> = screenings
        .iter()
        .map(|s| {
            vec![
                html! { a class="govuk-link" href=(format!("/screenings/{}", s.id)) { (clock::moment_words(s.entry.contact_at)) } },
                html! { (s.entry.seen.words()) @if let Some(need) = s.entry.need { ". " (need.words()) } @if let Some(outcome) = s.entry.outcome { ". " (outcome.words()) } },
                html! { (s.by) },
            ]
        })
        .collect();
    table(
        Caption::Hidden("Screenings"),
        &[Column::words("Contact"), Column::words("What came of it"), Column::words("By")],
        &rows,
    )
}
