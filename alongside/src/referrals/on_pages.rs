//! What this room adds to the page of a person and of a line.

use super::pages::{next_words, state_tag};
use super::reading::referrals_of;
use super::record::Referral;
use crate::access::policy::{MakeReferrals, ViewBoard, ViewPerson, ViewReferrals};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use crate::morning::{Found, Line, about_line, about_person, person_on};
use crate::people::{self, Person, reached_by};
use crate::web::components::{Emphasis, button_link};
use jiff::Timestamp;
use maud::{Markup, html};
use store::Result;

/// A section on the page of a line: the referrals of the person it is linked to.
///
/// # Errors
/// When the database can't be read.
pub fn on_line(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    found: &Found,
    _: &Line,
) -> Result<Option<Markup>> {
    if !found.court.projects.iter().any(|project| permit.holds_in::<ViewReferrals>((*project).into())) {
        return Ok(None);
    }
    // A record that the reader may not open adds nothing to the line it is linked to.
    let person = match person_on(r, found)? {
        Some(id) => people::find(r, id)?.map(|person| person.id()),
        None => None,
    };
    let about = about_line(r, found)?;
    let referrals = referrals_of(r, &about.people)?;
    r.saw(Event::new("referrals shown", "listing", found.id()));
    Ok(Some(section(&referrals, person.filter(|_| permit.may::<MakeReferrals>()), clock::now())))
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
    if !reached_by::<ViewReferrals>(permit, r, person)? {
        return Ok(None);
    }
    let about = about_person(r, person)?;
    let referrals = referrals_of(r, &about.people)?;
    let may = reached_by::<MakeReferrals>(permit, r, person)?;
    r.saw(Event::new("referrals shown", "person", person.id()));
    Ok(Some(section(&referrals, may.then(|| person.id()), clock::now())))
}

fn section(referrals: &[Referral], makes_for: Option<PersonId>, now: Timestamp) -> Markup {
    html! {
        h2 class="govuk-heading-m" id="referrals" { "Referrals to services" }
        @if referrals.is_empty() { p class="govuk-body" { "None was made yet." } }
        @for referral in referrals {
            p class="govuk-body" {
                a class="govuk-link" href=(format!("/referrals/{}", referral.id)) { (referral.service_name) ", sent " (clock::day_words(clock::london_day(referral.sent_at))) }
                " " (state_tag(referral.state(now)))
                @if referral.next(now).is_some() { br; (next_words(referral, now)) }
            }
        }
        @if let Some(person) = makes_for {
            div class="govuk-button-group al-also" { (button_link("Refer to a service", Emphasis::Secondary, &format!("/people/{person}/referrals/new"))) }
        }
    }
}
