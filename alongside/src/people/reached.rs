//! Whom a reader reaches: of many records those that they may open, and of one whether another capability of the same account
//! opens it as well.

use super::Person;
use super::cluster::standing_for;
use super::register::projects_of;
use super::restricted::{hidden, opened};
use crate::access::policy::{Capability, THROUGH_GLASS, ViewPerson};
use crate::access::{Permit, Reader};
use crate::ids::{PersonId, ProjectId};
use std::collections::{HashMap, HashSet};
use store::{Read, Result, sql};
use uuid::Uuid;

/// Those of these (kept) records that the reader may open: of their projects and not limited, or opened by breaking the
/// glass. As [`super::reach`], for many.
///
/// # Errors
/// When the database can't be read.
pub fn reached<C: Capability>(r: &mut Reader<'_, C>, people: &[PersonId]) -> Result<HashSet<PersonId>> {
    if people.is_empty() {
        return Ok(HashSet::new());
    }
    let standing = standing_for(r, people)?;
    let members: Vec<PersonId> = standing.keys().copied().collect();
    let (everywhere, mine) = r.projects();
    let mut open: HashSet<PersonId> = HashSet::new();
    for row in r.query_list(
        sql("SELECT DISTINCT person_id, project_id FROM episode WHERE person_id IN ($LIST)"),
        &[],
        &members,
    )? {
        let (member, project): (PersonId, ProjectId) = (row.get("person_id")?, row.get("project_id")?);
        if everywhere || mine.contains(&Uuid::from(project)) {
            open.insert(standing.get(&member).copied().unwrap_or(member));
        }
    }
    for closed in hidden(r, people)? {
        open.remove(&closed);
    }
    let by_glass = opened(r)?;
    open.extend(people.iter().copied().filter(|person| by_glass.contains(person)));
    Ok(open)
}

/// The names of the projects that hold each of these (kept) records, for telling whom to ask. Says nothing of the person.
///
/// # Errors
/// When the database can't be read.
pub fn held_by(r: &mut Read<'_>, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<String>>> {
    let standing = standing_for(r, people)?;
    let members: Vec<PersonId> = standing.keys().copied().collect();
    let mut out: HashMap<PersonId, Vec<String>> = HashMap::new();
    for row in r.query_list(
        sql("SELECT DISTINCT e.person_id, p.name FROM episode e JOIN project p ON p.id = e.project_id WHERE e.person_id IN ($LIST) ORDER BY p.name"),
        &[],
        &members,
    )? {
        let (member, name): (PersonId, String) = (row.get("person_id")?, row.get("name")?);
        let names = out.entry(standing.get(&member).copied().unwrap_or(member)).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(out)
}

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
