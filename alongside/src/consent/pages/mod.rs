//! The pages of consent and disclosure.

use crate::access::policy::ViewPerson;
use crate::access::{Permit, Reader, Routes};
use crate::people::Person;
use maud::Markup;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}

/// What a person decided, in short: a section of their page.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    _: &Permit<ViewPerson>,
    _: &mut Reader<'_, ViewPerson>,
    _: &Person,
) -> store::Result<Option<Markup>> {
    Ok(None)
}
