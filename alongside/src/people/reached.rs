//! Whether another capability of the same account reaches a person whose page is open.

use super::Person;
use super::register::projects_of;
use super::restricted::opened;
use crate::access::policy::{Capability, THROUGH_GLASS, ViewPerson};
use crate::access::{Permit, Reader};
use store::Result;
use uuid::Uuid;

/// A link worker opens the same page as a practitioner, and may be a practitioner in another project. So what counts is the
/// capability in a project that works with the person, or the glass where it lets this capability through.
///
/// # Errors
/// When the database can't be read.
pub fn reached_by<D: Capability>(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<bool> {
    let Some(other) = permit.also::<D>() else { return Ok(false) };
    if THROUGH_GLASS.contains(&D::NAME) && opened(r)?.contains(&person.id()) {
        return Ok(true);
    }
    let (everywhere, mine) = other.projects();
    Ok(everywhere || projects_of(r, person)?.iter().any(|project| mine.contains(&Uuid::from(*project))))
}
