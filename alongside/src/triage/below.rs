//! What this room says on the board, on a line's page and on a person's page.

use super::case::{Case, Stage};
use super::clocks::{RESPONSE, next_due};
use super::decision::{Decided, Decision};
use super::reading::{cases_about, cases_on, decisions_about, decisions_on};
use crate::access::policy::{Triage, ViewBoard, ViewClinical, ViewPerson};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::morning::{About, Found, Line, Note, OnDay, Whom, about_line, about_person, projects_serving};
use crate::people::{Person, reached_by};
use crate::web::components::{Emphasis, TagColour, button_link, tag};
use jiff::Timestamp;
use law::State;
use maud::{Markup, html};
use std::collections::HashSet;
use store::{Read, Result};

/// Notes about everybody on a court day: somebody should be there by, an assessment was asked, a report came. Only of projects
/// that serve these courts.
///
/// # Errors
/// When the database can't be read.
pub fn on_board(r: &mut Read<'_>, day: &OnDay<'_>) -> Result<Vec<(Whom, Note)>> {
    let (now, ours) = (clock::now(), projects_serving(r, day.listings)?);
    let mut notes = Vec::new();
    let cases = cases_on(r, day.listings, day.people)?;
    let taken_up: HashSet<_> = cases.iter().filter_map(|case| case.triage).collect();
    for case in cases.iter().filter(|case| case.is_open() && ours.contains(&case.project)) {
        let note = case_note(case, now);
        notes.extend(case.listing.map(|id| (Whom::Line(id), note.clone())));
        notes.extend(case.person.map(|id| (Whom::Person(id), note.clone())));
    }
    let decisions = decisions_on(r, day.listings, day.people)?;
    for decided in standing(&decisions).filter(|d| ours.contains(&d.project) && !taken_up.contains(&d.id)) {
        let Some(note) = decision_note(decided, now) else { continue };
        notes.extend(decided.listing.map(|id| (Whom::Line(id), note.clone())));
        notes.extend(decided.person.map(|id| (Whom::Person(id), note.clone())));
    }
    Ok(notes)
}

/// The newest decision about each line and person: an earlier one no longer speaks.
fn standing(newest_first: &[Decided]) -> impl Iterator<Item = &Decided> {
    let mut spoken = HashSet::new();
    newest_first.iter().filter(move |d| {
        let line = d.listing.is_none_or(|id| spoken.insert(Whom::Line(id)));
        let person = d.person.is_none_or(|id| spoken.insert(Whom::Person(id)));
        line && person
    })
}

/// "14:00" today, "3:53, 27 Nov" for hours that run into another day, "27 November 2026" for days.
fn due_words(due: Timestamp, counts: Counts, now: Timestamp) -> String {
    match (counts, clock::london_day(due) == clock::london_day(now)) {
        (Counts::Hours, true) => clock::time_words(due),
        (Counts::Hours, false) => clock::in_london(due).strftime("%H:%M, %-d %b").to_string(),
        (Counts::Days, true) => "today".into(),
        (Counts::Days, false) => clock::day_words(clock::london_day(due)),
    }
}

/// What a limit is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    Hours,
    Days,
}

fn due_of(clock: &law::Clock, now: Timestamp) -> String {
    let counts = if clock.key == RESPONSE { Counts::Hours } else { Counts::Days };
    due_words(clock.due, counts, now)
}

fn urgent_marker(urgency: &str) -> Option<&'static str> {
    match urgency {
        "A" => Some("emergency-now"),
        "B" => Some("urgent-need"),
        _ => None,
    }
}

fn case_note(case: &Case, now: Timestamp) -> Note {
    let due = next_due(case, now);
    let due_tag = |what: &str| match &due {
        Some(clock) if clock.state == State::Overdue => {
            (TagColour::Red, format!("{what}, due {}, overdue", due_of(clock, now)))
        }
        Some(clock) => (TagColour::Orange, format!("{what}, due {}", due_of(clock, now))),
        None => (TagColour::Orange, what.to_owned()),
    };
    let stage = case.stage();
    let tag = match stage {
        Stage::Reported => (TagColour::Green, "Psychiatric report received".to_owned()),
        Stage::Decided => (TagColour::Teal, "Psychiatric assessment: the court decided".to_owned()),
        Stage::Seen => due_tag("Seen by a psychiatrist, report awaited"),
        Stage::Declined => (TagColour::Red, "Psychiatrist declined, ask another".to_owned()),
        Stage::Appointment => due_tag("Psychiatrist has an appointment"),
        Stage::Accepted => due_tag("Psychiatrist accepted"),
        Stage::Asked => due_tag("Psychiatrist asked"),
        Stage::Requested | Stage::Closed => due_tag("Psychiatric assessment asked for"),
    };
    let waiting = stage < Stage::Seen;
    let unanswered = case.response.as_ref().filter(|r| waiting && r.met.is_none());
    Note {
        marker: unanswered.and_then(|r| urgent_marker(&r.urgency)),
        tag: Some(tag),
        words: format!(
            "{}. For: {}",
            stage.words(),
            if case.purposes().is_empty() { "not said".to_owned() } else { case.purposes().join("; ") }
        ),
        source: format!(
            "psychiatric assessment, asked by {}",
            if case.asked_by == "court" { "the court" } else { "us" }
        ),
        at: Some(case.asked_at),
    }
}

fn decision_note(decided: &Decided, now: Timestamp) -> Option<Note> {
    if decided.decision != Decision::Refer {
        return None;
    }
    let due = decided.respond_by.filter(|_| decided.responses.is_empty());
    let tag = match due {
        Some(due) if due < now => (
            TagColour::Red,
            format!("To be seen by a psychiatrist, due {}, overdue", due_words(due, Counts::Hours, now)),
        ),
        Some(due) => (
            TagColour::Orange,
            format!("To be seen by a psychiatrist, due {}", due_words(due, Counts::Hours, now)),
        ),
        None => (TagColour::Orange, "To be seen by a psychiatrist".to_owned()),
    };
    Some(Note {
        marker: due.and_then(|_| urgent_marker(&decided.urgency)),
        tag: Some(tag),
        words: format!("Urgency {}: {}. No assessment asked for yet", decided.urgency, decided.urgency_words),
        source: format!("triage by {}", decided.by),
        at: Some(decided.decided_at),
    })
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
    if !found.court.projects.iter().any(|project| permit.holds_in::<ViewClinical>((*project).into())) {
        return Ok(None);
    }
    let about = about_line(r, found)?;
    let section = section(r, &about, &format!("/listings/{}", found.id()), permit.may::<Triage>())?;
    r.saw(Event::new("triage shown", "listing", found.id()));
    Ok(Some(section))
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
    if !reached_by::<ViewClinical>(permit, r, person)? {
        return Ok(None);
    }
    let about = about_person(r, person)?;
    let may = reached_by::<Triage>(permit, r, person)?;
    let section = section(r, &about, &format!("/people/{}", person.id()), may)?;
    r.saw(Event::new("triage shown", "person", person.id()));
    Ok(Some(section))
}

fn section(r: &mut Read<'_>, about: &About, base: &str, may_decide: bool) -> Result<Markup> {
    let now = clock::now();
    let (decisions, cases) = (decisions_about(r, about)?, cases_about(r, about)?);
    Ok(html! {
        h2 class="govuk-heading-m" { "Triage and psychiatric assessment" }
        @if decisions.is_empty() && cases.is_empty() { p class="govuk-body" { "Nobody has decided yet whether a psychiatrist should see this person." } }
        @if let Some(newest) = decisions.first() {
            p class="govuk-body" {
                a class="govuk-link" href=(format!("/triage/{}", newest.id)) { (decision_words(newest)) }
                ", " (newest.by) ", " (clock::moment_words(newest.decided_at)) "."
                @if decisions.len() > 1 { " " (decisions.len() - 1) " earlier." }
            }
        }
        @for case in &cases {
            p class="govuk-body" {
                a class="govuk-link" href=(format!("/psychiatry/{}", case.id)) { "Psychiatric assessment asked on " (clock::day_words(clock::london_day(case.asked_at))) }
                " " (stage_tag(case.stage()))
                @if let Some(due) = next_due(case, now) { br; (due.name) ": " (due_of(&due, now)) " (" (due.state.words()) ")" }
            }
        }
        @if may_decide {
            div class="govuk-button-group" {
                (button_link("Triage", Emphasis::Secondary, &format!("{base}/triage")))
                a class="govuk-link" href=(format!("{base}/psychiatry")) { "The court asks for a psychiatric assessment" }
            }
        }
    })
}

/// "To be seen by a psychiatrist, urgency B".
pub(super) fn decision_words(decided: &Decided) -> String {
    match (decided.decision, decided.urgency.is_empty()) {
        (Decision::Refer, false) => format!("To be seen by a psychiatrist, urgency {}", decided.urgency),
        (Decision::Refer, true) => "To be seen by a psychiatrist".into(),
        (Decision::NotNow, _) => "No psychiatric assessment now".into(),
    }
}

/// How far it is, as a tag.
pub(super) fn stage_tag(stage: Stage) -> Markup {
    let colour = match stage {
        Stage::Requested | Stage::Declined => TagColour::Red,
        Stage::Asked | Stage::Accepted => TagColour::Orange,
        Stage::Appointment | Stage::Seen => TagColour::Blue,
        Stage::Reported | Stage::Decided => TagColour::Green,
        Stage::Closed => TagColour::Grey,
    };
    tag(colour, stage.words())
}
