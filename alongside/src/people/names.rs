//! The names of many people at once, for lists: a fixed number of statements whatever the length.

use super::cluster::standing_for;
use super::details::full_name;
use super::restricted::{hidden, opened};
use crate::access::{Capability, Reader};
use crate::audit::Event;
use crate::ids::{PersonId, ProjectId};
use std::collections::{HashMap, HashSet};
use store::{Result, sql};
use uuid::Uuid;

/// The names of those of these people whom the reader may open, by the id asked for; a merged record has the name of the record
/// that was kept. Whoever is missing does not exist for the reader. That somebody stands on a list is no opening of their record:
/// one audit row says how many were named.
///
/// # Errors
/// When the database can't be read.
pub fn names<C: Capability>(
    r: &mut Reader<'_, C>,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<HashMap<PersonId, String>> {
    let asked: Vec<PersonId> = ids.into_iter().collect::<HashSet<_>>().into_iter().collect();
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let standing = standing_for(r, &asked)?;
    let kept: Vec<PersonId> = standing.values().copied().collect::<HashSet<_>>().into_iter().collect();
    let members: Vec<PersonId> = standing.keys().copied().collect();
    let (everywhere, mine) = r.projects();
    let mut held: HashSet<PersonId> = HashSet::new();
    for row in r.query_list(
        sql("SELECT DISTINCT person_id, project_id FROM episode WHERE person_id IN ($LIST)"),
        &[],
        &members,
    )? {
        let (member, project): (PersonId, ProjectId) = (row.get("person_id")?, row.get("project_id")?);
        if everywhere || mine.contains(&Uuid::from(project)) {
            held.insert(standing.get(&member).copied().unwrap_or(member));
        }
    }
    for closed in hidden(r, &kept)? {
        held.remove(&closed);
    }
    held.extend(opened(r)?);
    let mut found: HashMap<PersonId, String> = HashMap::new();
    let shown: Vec<PersonId> = kept.into_iter().filter(|id| held.contains(id)).collect();
    for row in r.query_list(
        sql("SELECT p.id, v.forename, v.middle_names, v.surname FROM person p JOIN person_version v ON v.person_id = p.id AND v.version = p.version WHERE p.id IN ($LIST)"),
        &[],
        &shown,
    )? {
        let (forename, middle, surname): (Option<String>, Option<String>, Option<String>) =
            (row.get("forename")?, row.get("middle_names")?, row.get("surname")?);
        let name = full_name(forename.as_deref(), middle.as_deref(), surname.as_deref());
        found.insert(row.get("id")?, name);
    }
    r.saw(Event::new("people named on a list", "register", "people").with(format!("{} people", found.len())));
    Ok(asked
        .into_iter()
        .filter_map(|id| Some((id, found.get(standing.get(&id).unwrap_or(&id))?.clone())))
        .collect())
}
