//! What subject access adds to a person's page: requests that are open, and the way to a new one.

use super::request::requests_about;
use crate::access::policy::{AnswerAccess, ViewPerson};
use crate::access::{Permit, Reader};
use crate::clock;
use crate::people::{Person, ids_of, reached_by};
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
    if !reached_by::<AnswerAccess>(permit, r, person)? {
        return Ok(None);
    }
    let people = ids_of(r, person)?;
    let now = clock::now();
    let open: Vec<_> = requests_about(r, &people)?.into_iter().filter(|q| q.closed.is_none()).collect();
    Ok(Some(html! {
        h2 class="govuk-heading-m" id="subject-access" { "Subject access" }
        @for request in &open {
            p class="govuk-body" { a class="govuk-link" href=(format!("/subject-access/{}", request.id)) { "Request received " (clock::day_words(request.received_on)) } ", to be answered by " (clock::day_words(request.clock(now).due_on)) "." }
        }
        p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/subject-access", person.id())) { "Everything held about this person, for whoever asks" } }
    }))
}
