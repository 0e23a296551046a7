//! Parts that several pages of this room share.

use crate::access::policy::KeepLiaison;
use crate::access::{Permit, Reader};
use crate::consent::{Stop, Ways, interruption};
use crate::forms::Opt;
use crate::ids::{PersonId, ProjectId};
use crate::people::{self, Person, identity_of, project_with};
use crate::web::components::{Choice, Form, back_link};
use crate::web::{PageError, Shell, page};
use axum::http::StatusCode;
use axum::response::Response;

/// The frame of a page about a person.
pub(super) fn shell<'a>(person: &Person, title: &'a str) -> Shell<'a> {
    Shell {
        title,
        room: "/people",
        before: Some(back_link("Person", &format!("/people/{}", person.id()))),
        identity: Some(identity_of(person)),
        wide: false,
    }
}

/// OK, or that what was sent can't be used yet.
pub(super) fn status(form: &Form) -> StatusCode {
    if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// The title, which says first when something is wrong.
pub(super) fn titled(form: &Form, title: &str) -> String {
    if form.is_accepted() { title.to_owned() } else { format!("Error: {title}") }
}

/// Trimmed, and refused where it is too long.
pub(super) fn text(form: &mut Form, name: &str, label: &str, longest: usize) -> String {
    let sent = form.value(name).trim().to_owned();
    if sent.chars().count() > longest {
        form.refuse(name, format!("{label}: shorten to {longest} characters"));
    }
    sent
}

/// A list of answers as choices.
pub(super) fn choices(list: &'static [Opt]) -> Vec<Choice<'static>> {
    list.iter().map(|opt| Choice::new(opt.key, opt.words)).collect()
}

/// A person in scope, with the project that works with them here.
pub(super) fn person_here(
    r: &mut Reader<'_, KeepLiaison>,
    id: PersonId,
) -> store::Result<Option<(Person, ProjectId)>> {
    let Some(person) = people::find(r, id)? else { return Ok(None) };
    Ok(project_with(r, &person)?.map(|project| (person, project)))
}

/// The same, or page not found.
pub(super) async fn found(
    permit: &Permit<KeepLiaison>,
    id: PersonId,
) -> Result<(Person, ProjectId), PageError> {
    permit.read(move |r| person_here(r, id)).await?.ok_or(PageError::NotFound)
}

/// The card that stands where somebody was about to be told.
pub(super) fn stopped(
    permit: &Permit<KeepLiaison>,
    person: &Person,
    stop: &Stop,
    what: &str,
    back: &str,
) -> Response {
    let ways = Ways { person: person.id(), what, back };
    page(permit, shell(person, "Not told yet"), interruption(stop, &ways))
}

/// Why a unit of work was undone.
pub(super) enum Undone {
    /// The ledger says no.
    Stopped(Stop),
    /// The database failed.
    Store(store::Error),
}

impl From<store::Error> for Undone {
    fn from(error: store::Error) -> Self {
        Undone::Store(error)
    }
}
