//! The names of many people at once, for lists: a fixed number of statements whatever the length.

use super::cluster::standing_for;
use super::details::full_name;
use super::reached::reached;
use crate::access::{Capability, Reader};
use crate::audit::Event;
use crate::ids::PersonId;
use std::collections::{HashMap, HashSet};
use store::{Result, sql};

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
    let held = reached(r, &kept)?;
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
