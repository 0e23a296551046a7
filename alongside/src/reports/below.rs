//! What this room says on the board, on a line's page and on a person's page.

use super::due::{Standing, left_words};
use super::oral::{Oral, orals_about, orals_on};
use super::reading::{name_of, reports_about, reports_on, reports_since};
use super::record::Report;
use super::state::State;
use crate::access::policy::{ViewBoard, ViewClinical, ViewPerson, WriteReports};
use crate::access::{Capability, Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::morning::{About, Found, Line, Note, OnDay, Whom, about_line, about_person, projects_serving};
use crate::people::{Person, reached_by};
use crate::web::components::{Emphasis, TagColour, button_link, keys_button, tag};
use jiff::Timestamp;
use maud::{Markup, html};
use store::{Read, Result};

/// Minutes before the due time from which the tag turns. The board has no settings of this room: the shipped figure.
const SOON_MINUTES: i64 = 30;

/// Notes about everybody on a court day: reports asked for, with hearing time, time left and who writes; and what was said. Only
/// of projects that serve these courts.
///
/// # Errors
/// When the database can't be read.
pub fn on_board(r: &mut Read<'_>, day: &OnDay<'_>) -> Result<Vec<(Whom, Note)>> {
    let (now, ours) = (clock::now(), projects_serving(r, day.listings)?);
    let mut notes = Vec::new();
    for report in reports_on(r, day.listings, day.people)? {
        // What was delivered on another day is history, not work of this one.
        let today = report.is_open() || clock::london_day(report.asked_at) == day.date;
        if report.closing.is_some() || !today || !ours.contains(&report.project) {
            continue;
        }
        let note = note(&report, now);
        notes.extend(report.listing.map(|id| (Whom::Line(id), note.clone())));
        notes.extend(report.person.map(|id| (Whom::Person(id), note.clone())));
    }
    for oral in orals_on(r, day.listings, &[])? {
        if let Some(listing) = oral.listing.filter(|_| ours.contains(&oral.project)) {
            let words = format!("Spoken report {}", clock::time_words(oral.new.said_at));
            let note = Note {
                marker: None,
                tag: Some((TagColour::Green, words)),
                words: format!("Said to {}", oral.new.recipient.in_a_sentence()),
                source: format!("spoken report by {}", oral.by),
                at: Some(oral.new.said_at),
            };
            notes.push((Whom::Line(listing), note));
        }
    }
    Ok(notes)
}

/// "14:00" today, "27 November 2026" else.
pub(super) fn due_words(due: Timestamp, now: Timestamp) -> String {
    if clock::london_day(due) == clock::london_day(now) {
        clock::time_words(due)
    } else {
        clock::day_words(clock::london_day(due))
    }
}

/// Colour and words of the clock of a report.
pub(super) fn clock_tag(report: &Report, now: Timestamp, soon_minutes: i64) -> (TagColour, String) {
    let Some((standing, due)) = report.standing(now, soon_minutes).zip(report.due()) else {
        return (TagColour::Grey, report.state().words().to_owned());
    };
    let running = |what: &str| format!("{what}{}, {}", due_words(due, now), left_words(due, now));
    match standing {
        Standing::InTime | Standing::Late => {
            let colour = if standing == Standing::InTime { TagColour::Green } else { TagColour::Red };
            let at = report.delivered_at().map(clock::time_words).unwrap_or_default();
            (
                colour,
                format!(
                    "Report {} {at}",
                    if standing == Standing::InTime { "delivered" } else { "delivered late" }
                ),
            )
        }
        Standing::Overdue => (TagColour::Red, running("Report overdue, was due ")),
        Standing::Soon => (TagColour::Orange, running("Report due ")),
        Standing::Running => (TagColour::Blue, running("Report due ")),
    }
}

fn note(report: &Report, now: Timestamp) -> Note {
    let (colour, mut words) = clock_tag(report, now, SOON_MINUTES);
    let state = report.state();
    if report.is_open() {
        if let Some(time) = report.hearing().map(|h| h.time.as_str()).filter(|time| !time.is_empty()) {
            words.push_str(&format!("; hearing {time}"));
        }
        match report.writer() {
            Some(writer) if state != State::Asked => {
                words.push_str(&format!("; {}: {}", writer.name, state.words().to_lowercase()))
            }
            _ => words.push_str(&format!("; {}", state.words().to_lowercase())),
        }
    }
    Note {
        marker: None,
        tag: Some((colour, words)),
        words: format!(
            "{}. {}",
            state.words(),
            report.hearing().map(|h| h.due_why.clone()).unwrap_or_default()
        ),
        source: format!("report, recorded by {}", report.by),
        at: Some(report.asked_at),
    }
}

/// How far a report is, as a tag.
pub(super) fn state_tag(state: State) -> Markup {
    let colour = match state {
        State::Asked => TagColour::Red,
        State::Taken | State::WaitsForSecond => TagColour::Orange,
        State::BeingWritten | State::Ready => TagColour::Blue,
        State::Delivered => TagColour::Green,
        State::Closed => TagColour::Grey,
    };
    tag(colour, state.words())
}

/// Reports of the projects in scope that somebody waits for, with the name by which the reader may know whom they are about.
///
/// # Errors
/// When the database can't be read.
pub fn open_reports<C: Capability>(r: &mut Reader<'_, C>, now: Timestamp) -> Result<Vec<(Report, String)>> {
    let mut found = Vec::new();
    for report in reports_since(r, now)?.into_iter().filter(Report::is_open) {
        if let Some(name) = name_of(r, &report)? {
            found.push((report, name));
        }
    }
    Ok(found)
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
    let section = section(r, &about, &format!("/listings/{}", found.id()), permit.may::<WriteReports>())?;
    r.saw(Event::new("reports shown", "listing", found.id()));
    Ok(Some(section))
}

/// A section on a person's page: to those who hold a clinical role where the person is known, and to nobody else.
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
    let may = reached_by::<WriteReports>(permit, r, person)?;
    let section = section(r, &about, &format!("/people/{}", person.id()), may)?;
    r.saw(Event::new("reports shown", "person", person.id()));
    Ok(Some(section))
}

fn section(r: &mut Read<'_>, about: &About, base: &str, may_write: bool) -> Result<Markup> {
    let now = clock::now();
    let (reports, orals) = (reports_about(r, about)?, orals_about(r, about)?);
    Ok(html! {
        h2 class="govuk-heading-m" id="reports" { "Reports for the court" }
        @if reports.is_empty() && orals.is_empty() { p class="govuk-body" { "None was asked for, written or spoken yet." } }
        @for report in &reports { (one(report, now)) }
        @for oral in &orals { (spoken(oral)) }
        @if may_write {
            div class="govuk-button-group al-also" {
                (button_link("Report asked for", Emphasis::Secondary, &format!("{base}/reports/new")))
                a class="govuk-link" href=(format!("{base}/spoken")) data-key="h" data-key-label="90-second handover" { "90-second handover" }
                (keys_button())
            }
        }
    })
}

fn one(report: &Report, now: Timestamp) -> Markup {
    let (colour, words) = clock_tag(report, now, SOON_MINUTES);
    html! {
        p class="govuk-body" {
            a class="govuk-link" href=(format!("/reports/{}", report.id)) { "Report asked for on " (clock::moment_words(report.asked_at)) }
            " " (state_tag(report.state())) " "
            @if report.state() != State::Closed { (tag(colour, &words)) }
            @if let Some(writer) = report.writer() { br; "Written by " (writer.name) }
        }
    }
}

fn spoken(oral: &Oral) -> Markup {
    html! {
        p class="govuk-body" {
            a class="govuk-link" href=(format!("/spoken/{}", oral.id)) { "Spoken report, " (clock::moment_words(oral.new.said_at)) }
            ", to " (oral.new.recipient.in_a_sentence()) ", " (oral.by)
        }
    }
}
