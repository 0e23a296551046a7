//! One screening as it was recorded, what follows from it, and its earlier versions.

use crate::access::policy::{Assess, HandOver, Screen, Triage, ViewClinical, ViewPerson};
use crate::access::{Capability, Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::forms::summary;
use crate::ids::ScreeningId;
use crate::morning::{Found, find as find_line, person_on};
use crate::people::{Person, find as find_person, identity_of};
use crate::screening::entry::{Need, Outcome, Seen};
use crate::screening::kept::{On, Screening, hangs_on, versions};
use crate::screening::read::speaks_of_self_harm;
use crate::screening::sheet::SHEET;
use crate::web::components::{
    Emphasis, SummaryRow, back_link, button_link, details, inset_text, summary_list, warning_text,
};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::Path;
use maud::{Markup, html};

/// A screening whose line or person is in the reader's scope.
pub(super) struct Opened {
    pub(super) on: On,
    pub(super) line: Option<Found>,
    pub(super) person: Option<Person>,
    /// Newest first.
    pub(super) versions: Vec<Screening>,
}

/// Finds a screening by way of what it hangs on: the one proof that the reader may see it.
pub(super) fn opened<C: Capability>(r: &mut Reader<'_, C>, id: ScreeningId) -> store::Result<Option<Opened>> {
    let Some(on) = hangs_on(r, id)? else { return Ok(None) };
    let (line, person) = match on {
        On::Line(listing) => match find_line(r, listing)? {
            Some(line) => {
                let person = match person_on(r, &line)? {
                    Some(person) => find_person(r, person)?,
                    None => None,
                };
                (Some(line), person)
            }
            // Another court's line; the person it is linked to may still be ours.
            None => (None, linked_person(r, listing)?),
        },
        On::Person(person) => (None, find_person(r, person)?),
    };
    if line.is_none() && person.is_none() {
        return Ok(None);
    }
    r.saw(Event::new("screening opened", "screening", id));
    Ok(Some(Opened { on, line, person, versions: versions(r, id)? }))
}

fn linked_person<C: Capability>(
    r: &mut Reader<'_, C>,
    listing: crate::ids::ListingId,
) -> store::Result<Option<Person>> {
    match crate::morning::person_linked_to(r, listing)? {
        Some(person) => find_person(r, person),
        None => Ok(None),
    }
}

pub(super) async fn show(permit: Permit<ViewClinical>, Path(id): Path<ScreeningId>) -> Page {
    let found = permit.read(move |r| opened(r, id)).await?;
    let Some(found) = found else { return Err(PageError::NotFound) };
    let Some(newest) = found.versions.first() else { return Err(PageError::NotFound) };
    let body = html! {
        h1 class="govuk-heading-l" { "Screening, " (clock::moment_words(newest.entry.contact_at)) }
        @if newest.in_error { (warning_text("Entered in error: it counts for nothing. What was entered stays below.")) }
        @else { (next_steps(&permit, &found, newest)) }
        (facts(newest))
        @if permit.may::<Screen>() { (button_link("Correct this screening", Emphasis::Secondary, &format!("/screenings/{id}/correct"))) }
        @for earlier in found.versions.iter().skip(1) {
            (details(&format!("Version {} of {}, {}", earlier.version, clock::moment_words(earlier.recorded_at), earlier.by), facts(earlier)))
        }
    };
    Ok(page(&permit, shell_of(&found, "Screening"), body))
}

pub(super) fn shell_of<'a>(found: &Opened, title: &'a str) -> Shell<'a> {
    let back = match (&found.line, &found.person) {
        (Some(line), _) => back_link("The line", &format!("/listings/{}", line.id())),
        (None, Some(person)) => back_link("The person", &format!("/people/{}", person.id())),
        (None, None) => html! {},
    };
    Shell {
        title,
        room: if found.line.is_some() { "/courts" } else { "/people" },
        before: Some(back),
        identity: found.person.as_ref().map(identity_of),
        wide: false,
    }
}

fn facts(s: &Screening) -> Markup {
    let e = &s.entry;
    let mut rows = vec![
        SummaryRow::new(
            "Seen",
            html! { (e.seen.words()) @if !e.seen_words.is_empty() { ": " span class="al-typed" { (e.seen_words) } } },
        ),
        SummaryRow::new(
            "Contact",
            html! { (clock::moment_words(e.contact_at)) @if e.late_from_paper { ". Typed in later, from paper" } },
        ),
        SummaryRow::new(
            "Recorded",
            html! { (clock::moment_words(s.recorded_at)) ", " (s.by) @if !s.reason.is_empty() { ". Why changed: " span class="al-typed" { (s.reason) } } },
        ),
    ];
    if let Some(need) = e.need {
        rows.push(SummaryRow::new("Need", html! { (need.words()) }));
    }
    if let Some(outcome) = e.outcome {
        let why = e.answers.value("outcome-why");
        rows.push(SummaryRow::new(
            "What happens next",
            html! { (outcome.words()) @if !why.is_empty() { ". " span class="al-typed" { (why) } } },
        ));
    }
    let why_no_warning = e.answers.value("warn-why-not");
    if !why_no_warning.is_empty() {
        rows.push(SummaryRow::new(
            "No warning raised, because",
            html! { span class="al-typed" { (why_no_warning) } },
        ));
    }
    html! { h2 class="govuk-heading-m" { "What was recorded" } (summary_list(&rows)) @if e.seen == Seen::Seen { (summary(&SHEET, &e.answers)) } }
}

fn next_steps(permit: &Permit<ViewClinical>, found: &Opened, s: &Screening) -> Markup {
    let e = &s.entry;
    let needs_more = e.outcome.is_some_and(|o| !o.ends()) || e.need.is_some_and(|n| n != Need::None);
    let warn = speaks_of_self_harm(&e.answers) || e.outcome == Some(Outcome::Emergency);
    html! {
        @if e.outcome == Some(Outcome::Emergency) {
            (warning_text("Emergency now: tell custody staff and call for help before anything else on this page. In danger of life: 999."))
        }
        @if let Some(line) = &found.line {
            @if found.person.is_none() {
                (inset_text(html! { p class="govuk-body" { "Nobody has said yet who this is. " a class="govuk-link" href=(format!("/listings/{}/compare", line.id())) { "Compare and decide" } ": an assessment, consent and a referral need a person." } }))
            }
        }
        div class="govuk-button-group" {
            @if warn && permit.may::<HandOver>() { (button_link("Warnings", Emphasis::Primary, "/warnings")) }
            @if let Some(person) = &found.person {
                @if needs_more && permit.may::<Assess>() { (button_link("Begin the assessment", Emphasis::Primary, &format!("/people/{}/assessments", person.id()))) }
                @if needs_more && permit.may::<Triage>() { (button_link("Triage", Emphasis::Secondary, &format!("/people/{}/triage", person.id()))) }
                @if permit.may::<ViewPerson>() { (button_link("Open the person", Emphasis::Secondary, &format!("/people/{}", person.id()))) }
            }
            @if let Some(line) = &found.line { (button_link("Back to the board", Emphasis::Secondary, &format!("/courts/{}/{}#listing-{}", line.court.code(), line.date, line.id()))) }
        }
    }
}
