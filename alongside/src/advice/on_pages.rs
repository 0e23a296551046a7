//! What this room adds to the page of a person and of a line.

use super::kept::{Sheet, sheets_of};
use super::sheet::Variant;
use crate::access::policy::{GiveAdvice, ViewBoard, ViewPerson};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use crate::morning::{Found, Line, about_line, about_person, person_on};
use crate::people::{self, Person, reached_by};
use crate::web::components::{Emphasis, button_link};
use maud::{Markup, html};
use store::Result;

/// A section on the page of a line that is linked to a person.
///
/// # Errors
/// When the database can't be read.
pub fn on_line(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    found: &Found,
    _: &Line,
) -> Result<Option<Markup>> {
    if !found.court.projects.iter().any(|project| permit.holds_in::<GiveAdvice>((*project).into())) {
        return Ok(None);
    }
    let Some(id) = person_on(r, found)? else { return Ok(None) };
    let Some(person) = people::find(r, id)? else { return Ok(None) };
    let about = about_line(r, found)?;
    r.saw(Event::new("advice shown", "listing", found.id()));
    Ok(Some(section(person.id(), &sheets_of(r, &about.people)?)))
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
    if !reached_by::<GiveAdvice>(permit, r, person)? {
        return Ok(None);
    }
    let about = about_person(r, person)?;
    r.saw(Event::new("advice shown", "person", person.id()));
    Ok(Some(section(person.id(), &sheets_of(r, &about.people)?)))
}

fn section(person: PersonId, sheets: &[Sheet]) -> Markup {
    html! {
        h2 class="govuk-heading-m" id="advice" { "Advice sheets given" }
        @if sheets.is_empty() { p class="govuk-body" { "None was given yet." } }
        @for sheet in sheets.iter().filter(|s| s.mistaken.is_none()).take(3) {
            p class="govuk-body" {
                a class="govuk-link" href=(format!("/advice/{}", sheet.id)) { (clock::moment_words(sheet.given_at)) }
                ", " (Variant::from_key(&sheet.variant).map_or("", Variant::words).to_lowercase()) ", " (sheet.by)
            }
        }
        div class="govuk-button-group al-also" { (button_link("Give an advice sheet", Emphasis::Secondary, &format!("/people/{person}/advice/new"))) }
    }
}
