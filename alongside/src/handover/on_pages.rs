//! What open warnings say on the board, on a line and on a person's page.

use super::state::{State, due, state};
use super::warning::{Warning, all_of, with_all};
use crate::access::policy::{HandOver, ViewBoard, ViewPerson};
use crate::access::{Permit, Reader};
use crate::clock;
use crate::morning::{Found, Line, Note, OnDay, Whom, about_line, about_person};
use crate::people::{Person, reached_by};
use crate::web::components::{Emphasis, TagColour, button_link, tag};
use jiff::Timestamp;
use maud::{Markup, html};
use store::{Read, Result, sql};

/// Open warnings about the people of a court day.
///
/// # Errors
/// When the database can't be read.
pub fn on_board(r: &mut Read<'_>, day: &OnDay<'_>) -> Result<Vec<(Whom, Note)>> {
    let now = clock::now();
    let mut rows = Vec::new();
    if !day.listings.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT * FROM warning WHERE listing_id IN ($LIST)"),
            &[],
            day.listings,
        )?);
    }
    if !day.people.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT * FROM warning WHERE person_id IN ($LIST)"),
            &[],
            day.people,
        )?);
    }
    let mut notes = Vec::new();
    for warning in with_all(r, &rows)?.into_iter().filter(|w| state(w, now).is_open()) {
        let note = note(&warning, now);
        notes.extend(warning.listing.map(|id| (Whom::Line(id), note.clone())));
        notes.extend(warning.person.map(|id| (Whom::Person(id), note.clone())));
    }
    Ok(notes)
}

fn note(warning: &Warning, now: Timestamp) -> Note {
    let (colour, words) = match state(warning, now) {
        State::Overdue => (TagColour::Red, "Warning overdue"),
        State::NotHandedOver => (TagColour::Red, "Warning not handed over"),
        _ => (TagColour::Orange, "Warning not confirmed yet"),
    };
    Note {
        marker: Some("warning-open"),
        tag: Some((colour, words.to_owned())),
        words: format!("{} ({})", warning.words, where_it_is(warning)),
        source: format!("warning {}: {}", warning.reference, warning.said_by),
        at: Some(warning.heard_at),
    }
}

/// With whom the warning is, in a few words.
pub(super) fn where_it_is(warning: &Warning) -> String {
    let waiting: Vec<String> = super::state::pending(&warning.handovers)
        .map(|h| format!("{}, {}", h.receiver.words().to_lowercase(), h.place))
        .collect();
    match (waiting.is_empty(), warning.handovers.last()) {
        (false, _) => format!("not confirmed by {}", waiting.join("; ")),
        (true, Some(last)) => format!("with {}, {}", last.receiver.words().to_lowercase(), last.place),
        (true, None) => "not handed over yet".to_owned(),
    }
}

/// The state as a tag.
pub(super) fn state_tag(s: State) -> Markup {
    let colour = match s {
        State::Overdue | State::NotHandedOver => TagColour::Red,
        State::Waiting => TagColour::Orange,
        State::Received => TagColour::Green,
        State::Closed => TagColour::Grey,
    };
    tag(colour, s.words())
}

/// Warnings about whoever stands on a line.
///
/// # Errors
/// When the database can't be read.
pub fn on_line(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    found: &Found,
    _: &Line,
) -> Result<Option<Markup>> {
    if !permit.may::<HandOver>() {
        return Ok(None);
    }
    let about = about_line(r, found)?;
    let warnings = all_of(r, &about)?;
    Ok(Some(section(&warnings, Some(&format!("/listings/{}/warnings/new", found.id())))))
}

/// Warnings about a person.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<Option<Markup>> {
    if !permit.may::<HandOver>() {
        return Ok(None);
    }
    let about = about_person(r, person)?;
    let warnings = all_of(r, &about)?;
    let raise = format!("/people/{}/warnings/new", person.id());
    let may_raise = reached_by::<HandOver>(permit, r, person)?;
    Ok(Some(section(&warnings, may_raise.then_some(raise.as_str()))))
}

fn section(warnings: &[Warning], raise: Option<&str>) -> Markup {
    let now = clock::now();
    html! {
        h2 class="govuk-heading-m" { "Self-harm warnings" }
        @if warnings.is_empty() { p class="govuk-body" { "None was raised by us." } }
        @for w in warnings.iter().rev() {
            @let s = state(w, now);
            div class="al-warning" {
                p class="govuk-body" {
                    (state_tag(s)) " "
                    a class="govuk-link" href=(format!("/warnings/{}", w.id)) { "Warning " (w.reference) }
                    ", " (where_it_is(w)) "."
                    @if let Some(due) = due(w).filter(|_| s.is_open()) { " To be confirmed by " (clock::time_words(due)) ", " (clock::day_words(clock::london_day(due))) "." }
                }
                p class="govuk-body al-typed" { (w.words) }
                p class="govuk-body-s al-muted" { (w.basis.words()) ": " (w.said_by) ", " (clock::moment_words(w.heard_at)) }
            }
        }
        @if let Some(raise) = raise { (button_link("Raise a warning", Emphasis::Secondary, raise)) }
    }
}
