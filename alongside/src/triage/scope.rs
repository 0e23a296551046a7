//! Whether somebody is in scope of another capability of the same account.

use crate::access::policy::{Capability, ViewClinical, ViewPerson};
use crate::access::{Permit, Reader};
use crate::people::{Person, projects_of};
use store::Result;
use uuid::Uuid;

/// Whether the person has an episode in a project where the account holds a clinical role.
pub(super) fn may_open(
    permit: &Permit<ViewClinical>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<bool> {
    let Some(account) = permit.account() else { return Ok(true) };
    let theirs = projects_of(r, person)?;
    Ok(account
        .grants
        .iter()
        .filter(|g| ViewClinical::ROLES.contains(&g.role))
        .any(|g| g.project.is_none_or(|project| theirs.iter().any(|p| Uuid::from(*p) == project))))
}
