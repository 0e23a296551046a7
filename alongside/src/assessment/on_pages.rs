//! What this room says on a person's page: to those who may read clinical records, and to nobody else.

use crate::access::policy::{ViewClinical, ViewPerson};
use crate::access::{Permit, Reader};
use crate::people::Person;
use maud::Markup;
use store::Result;

/// Assessments and questionnaires on a person's page.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    permit: &Permit<ViewPerson>,
    _: &mut Reader<'_, ViewPerson>,
    _: &Person,
) -> Result<Option<Markup>> {
    if !permit.may::<ViewClinical>() {
        return Ok(None);
    }
    Ok(None)
}
