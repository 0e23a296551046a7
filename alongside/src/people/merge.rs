//! Two records of one person become one, and can be taken apart again to the last byte.
//!
//! Nothing is moved: the merged record points at the kept one, and every question about a person asks for both. What is
//! written while they are merged belongs to the kept record and stays with it when they are taken apart.

use super::index::{self, renew};
use super::register::Person;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use jiff::Timestamp;
use store::{Result, sql};
use uuid::Uuid;

/// What a merge would bring together, for its preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holds {
    /// Episodes.
    pub episodes: i64,
    /// Lines of court lists linked.
    pub listings: i64,
    /// Versions of details.
    pub versions: i64,
    /// Records already merged into it.
    pub merged: i64,
}

/// What a person's record holds.
///
/// # Errors
/// When the database can't be read.
pub fn holds<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<Holds> {
    let row = r.one(
        sql("SELECT (SELECT COUNT(*) FROM episode WHERE person_id = $1) AS episodes, (SELECT COUNT(*) FROM link_decision WHERE person_id = $1 AND decision = 'same' AND undone_at IS NULL) AS listings, (SELECT COUNT(*) FROM person_version WHERE person_id = $1) AS versions, (SELECT COUNT(*) FROM person WHERE merged_into = $1) AS merged"),
        &[&person.id()],
    )?;
    Ok(Holds {
        episodes: row.get("episodes")?,
        listings: row.get("listings")?,
        versions: row.get("versions")?,
        merged: row.get("merged")?,
    })
}

/// Why two records can't be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotMerge {
    /// They are one already.
    OneRecord,
    /// The record to be merged holds merged records itself: keep it instead, or take those apart first.
    HoldsMerged,
}

/// Merges `merged` into `kept`.
///
/// # Errors
/// When the database refuses.
pub fn merge<C: Capability>(
    w: &mut Writer<'_, C>,
    kept: &Person,
    merged: &Person,
    reason: &str,
) -> Result<Result<(), CannotMerge>> {
    if kept.id() == merged.id() {
        return Ok(Err(CannotMerge::OneRecord));
    }
    if w.reading(|r| holds(r, merged))?.merged > 0 {
        return Ok(Err(CannotMerge::HoldsMerged));
    }
    let (now, by) = (clock::now(), w.by());
    w.record(
        Event::new("records merged", "person", kept.id()).with(format!("person {} into it", merged.id())),
    );
    w.record(Event::new("record merged", "person", merged.id()).with(format!("into person {}", kept.id())));
    let moved = w.execute(
        sql("UPDATE person SET merged_into = $1 WHERE id = $2 AND merged_into IS NULL AND EXISTS (SELECT 1 FROM person k WHERE k.id = $3 AND k.merged_into IS NULL)"),
        &[&kept.id(), &merged.id(), &kept.id()],
    )?;
    if moved == 0 {
        return Ok(Err(CannotMerge::OneRecord));
    }
    w.execute(
        sql("INSERT INTO person_merge (id, kept, merged, reason, at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &kept.id(), &merged.id(), &reason, &now, &by],
    )?;
    people_counted(w, -1)?;
    renew(w, kept.id())?;
    Ok(Ok(()))
}

/// Takes away what search and recognition keep of people whose records go under retention, and counts them no more; gives how
/// many rows went. The records themselves go in `retention`.
///
/// # Errors
/// When the database refuses.
pub fn forget<C: Capability>(w: &mut Writer<'_, C>, people: &[PersonId]) -> Result<u64> {
    let counted =
        w.query_list(sql("SELECT id FROM person WHERE merged_into IS NULL AND id IN ($LIST)"), &[], people)?;
    let mut counts = index::Counts::new();
    let mut gone = 0;
    for person in people {
        gone += index::remove(w, *person, &mut counts)?;
    }
    *counts.entry(("people", String::new())).or_default() -= i64::try_from(counted.len()).unwrap_or(0);
    index::write_counts(w, counts)?;
    Ok(gone)
}

fn people_counted<C: Capability>(w: &mut Writer<'_, C>, by: i64) -> Result<()> {
    let mut counts = index::Counts::new();
    counts.insert(("people", String::new()), by);
    index::write_counts(w, counts)
}

/// A merge that stands.
#[derive(Debug, Clone)]
pub struct Merge {
    /// Its id.
    pub id: Uuid,
    /// The record that was merged.
    pub merged: PersonId,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

/// The merges that stand in a person's record.
///
/// # Errors
/// When the database can't be read.
pub fn merges<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<Vec<Merge>> {
    r.query(
        sql("SELECT m.id, m.merged, m.reason, m.at, m.by_words, v.forename, v.middle_names, v.surname FROM person_merge m JOIN person p ON p.id = m.merged JOIN person_version v ON v.person_id = p.id AND v.version = p.version WHERE m.kept = $1 AND m.undone_at IS NULL ORDER BY m.at DESC"),
        &[&person.id()],
    )?
    .iter()
    .map(|row| {
        let part = |column: &str| row.get::<Option<String>>(column);
        let (forename, middle, surname) = (part("forename")?, part("middle_names")?, part("surname")?);
        Ok(Merge {
            id: row.get("id")?,
            merged: row.get("merged")?,
            name: super::details::full_name(forename.as_deref(), middle.as_deref(), surname.as_deref()),
            reason: row.get("reason")?,
            at: row.get("at")?,
            by: row.get("by_words")?,
        })
    })
    .collect()
}

/// Takes two merged records apart; whether there was such a merge.
///
/// # Errors
/// When the database refuses.
pub fn unmerge<C: Capability>(w: &mut Writer<'_, C>, kept: &Person, merge: Uuid) -> Result<bool> {
    let found = w.maybe(
        sql("SELECT merged FROM person_merge WHERE id = $1 AND kept = $2 AND undone_at IS NULL"),
        &[&merge, &kept.id()],
    )?;
    let Some(row) = found else { return Ok(false) };
    let merged: PersonId = row.get("merged")?;
    let by = w.by();
    w.record(
        Event::new("merge undone", "person", kept.id())
            .with(format!("person {merged} stands for itself again")),
    );
    w.record(Event::new("merge undone", "person", merged).with(format!("no longer in person {}", kept.id())));
    w.execute(
        sql("UPDATE person SET merged_into = NULL WHERE id = $1 AND merged_into = $2"),
        &[&merged, &kept.id()],
    )?;
    w.execute(
        sql("UPDATE person_merge SET undone_at = $1, undone_by = $2 WHERE id = $3"),
        &[&clock::now(), &by, &merge],
    )?;
    people_counted(w, 1)?;
    renew(w, kept.id())?;
    Ok(true)
}
