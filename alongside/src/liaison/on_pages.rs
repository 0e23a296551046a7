//! What this room adds to the page of a person and of a line.

use super::codes::{MEANS, agency_words, words_in};
use super::contact::{Contact, contacts_of};
use super::request::{Information, information_of};
use crate::access::policy::{KeepLiaison, ViewBoard, ViewPerson};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use crate::morning::{Found, Line, about_line, about_person, person_on};
use crate::people::{self, Person, reached_by};
use crate::web::components::{Emphasis, TagColour, button_link, tag};
use maud::{Markup, html};
use store::Result;

/// How many of the newest contacts stand on a page; the timeline has all.
const SHOWN: usize = 3;

/// A section on the page of a line: contacts about the person it is linked to.
///
/// # Errors
/// When the database can't be read.
pub fn on_line(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    found: &Found,
    _: &Line,
) -> Result<Option<Markup>> {
    if !found.court.projects.iter().any(|project| permit.holds_in::<KeepLiaison>((*project).into())) {
        return Ok(None);
    }
    let Some(id) = person_on(r, found)? else { return Ok(None) };
    let Some(person) = people::find(r, id)? else { return Ok(None) };
    let about = about_line(r, found)?;
    r.saw(Event::new("contacts shown", "listing", found.id()));
    Ok(Some(section(person.id(), &contacts_of(r, &about.people)?, &information_of(r, &about.people)?)))
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
    let timeline = html! { p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/timeline", person.id())) { "Everything about this person in one timeline" } } };
    if !reached_by::<KeepLiaison>(permit, r, person)? {
        return Ok(Some(timeline));
    }
    let about = about_person(r, person)?;
    r.saw(Event::new("contacts shown", "person", person.id()));
    let section = section(person.id(), &contacts_of(r, &about.people)?, &information_of(r, &about.people)?);
    Ok(Some(html! { (section) (timeline) }))
}

fn section(person: PersonId, contacts: &[Contact], asked: &[Information]) -> Markup {
    let today = clock::london_day(clock::now());
    html! {
        h2 class="govuk-heading-m" id="contacts" { "Contacts and information asked for" }
        @if contacts.is_empty() && asked.is_empty() { p class="govuk-body" { "None is recorded yet." } }
        @for one in asked.iter().filter(|one| one.is_open()) {
            p class="govuk-body" {
                a class="govuk-link" href=(format!("/information/{}", one.id)) { "Waiting for " (one.who) ", " (agency_words(&one.agency)) }
                @if one.due_on < today { " " (tag(TagColour::Red, "Overdue")) } @else { ", due " (clock::day_words(one.due_on)) }
            }
        }
        @for contact in contacts.iter().filter(|c| c.mistaken.is_none()).take(SHOWN) {
            p class="govuk-body" {
                a class="govuk-link" href=(format!("/contacts/{}", contact.id)) { (clock::moment_words(contact.new.at)) ", " (words_in(MEANS, &contact.new.means)) }
                ": " (agency_words(&contact.new.agency)) @if !contact.new.who.is_empty() { ", " (contact.new.who) }
                @if contact.is_due() { br; (tag(TagColour::Orange, "To do")) " " (contact.new.follow_up) @if let Some(on) = contact.new.follow_up_on { ", by " (clock::day_words(on)) } }
            }
        }
        div class="govuk-button-group al-also" {
            (button_link("Record a contact", Emphasis::Secondary, &format!("/people/{person}/contacts/new")))
            a class="govuk-link" href=(format!("/people/{person}/information/new")) { "Ask an agency for information" }
        }
    }
}
