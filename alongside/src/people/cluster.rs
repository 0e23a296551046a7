//! Merged records: who stands for whom.

use super::register::Person;
use crate::access::{Capability, Writer};
use crate::ids::PersonId;
use std::collections::HashMap;
use store::{Read, Result, sql};

/// For these people, every record that is theirs (their own and those merged into it), each with the record that stands for it.
///
/// # Errors
/// When the database can't be read.
pub fn standing_for(r: &mut Read<'_>, people: &[PersonId]) -> Result<HashMap<PersonId, PersonId>> {
    let mut out = HashMap::new();
    for row in r.query_list(
        sql("SELECT id, COALESCE(merged_into, id) AS kept FROM person WHERE id IN ($LIST)"),
        &[],
        people,
    )? {
        out.insert(row.get("id")?, row.get("kept")?);
    }
    let mut kept: Vec<PersonId> = out.values().copied().collect();
    kept.sort_unstable();
    kept.dedup();
    for id in &kept {
        out.insert(*id, *id);
    }
    for row in
        r.query_list(sql("SELECT id, merged_into FROM person WHERE merged_into IN ($LIST)"), &[], &kept)?
    {
        out.insert(row.get("id")?, row.get("merged_into")?);
    }
    Ok(out)
}

/// A person's own id and those of the records merged into theirs: what hangs on any of them is theirs.
///
/// # Errors
/// When the database can't be read.
pub fn ids_of(r: &mut Read<'_>, person: &Person) -> Result<Vec<PersonId>> {
    r.query(sql("SELECT id FROM person WHERE id = $1 OR merged_into = $2"), &[&person.id(), &person.id()])?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}

/// Keeps others from merging these records, taking them apart or deciding on them until this unit of work ends, and gives those
/// of them that stand for themselves now. In the order of ids: two who lock the same records wait for one another in turn.
///
/// # Errors
/// When the database refuses.
pub(super) fn lock<C: Capability>(w: &mut Writer<'_, C>, people: &[PersonId]) -> Result<Vec<PersonId>> {
    let mut ids = people.to_vec();
    ids.sort_unstable();
    ids.dedup();
    // Changes nothing but who waits for whom, so it is no event.
    let lock = sql("UPDATE person SET version = version WHERE id = $1");
    for id in &ids {
        w.raw_for_operator().execute(lock, &[id])?;
    }
    w.query_list(sql("SELECT id FROM person WHERE merged_into IS NULL AND id IN ($LIST)"), &[], &ids)?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}
