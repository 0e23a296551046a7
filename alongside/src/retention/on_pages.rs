//! What retention adds to a person's page: the holds that stand, and the way to the page about keeping.

use super::hold::{class_words, deaths, holds_on};
use crate::access::policy::{PlaceHolds, ViewPerson};
use crate::access::{Permit, Reader};
use crate::clock;
use crate::people::{Person, ids_of, reached_by};
use crate::web::components::inset_text;
use maud::{Markup, html};
use store::Result;

/// A section on a person's page.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<Option<Markup>> {
    let people = ids_of(r, person)?;
    let holds = holds_on(r, &people)?;
    let death = deaths(r, &people)?.into_values().max_by_key(|death| death.at);
    let may_place = reached_by::<PlaceHolds>(permit, r, person)?;
    if holds.is_empty() && death.is_none() && !may_place {
        return Ok(None);
    }
    Ok(Some(html! {
        h2 class="govuk-heading-m" id="keeping" { "How long this record is kept" }
        @if let Some(death) = &death { p class="govuk-body" { "Died on " (clock::day_words(death.died_on)) "." } }
        @for hold in &holds {
            (inset_text(html! { p class="govuk-body" { strong { "Legal hold" } ": " (class_words(&hold.class)) ", since " (clock::day_words(clock::london_day(hold.placed_at))) ". Nothing of this record is taken away." } }))
        }
        @if may_place { p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/keeping", person.id())) { "Retention, legal holds, death" } } }
    }))
}
