//! Two records of one person become one, and can be taken apart again to the last byte.
//!
//! Nothing is moved: the merged record points at the kept one, and every question about a person asks for both. What is
//! written while they are merged belongs to the kept record and stays with it when they are taken apart. A record that holds merged
//! ones can be merged too: they come along, and go back into it when it is taken out.

use super::cluster::lock;
use super::duplicates::look_for;
use super::index::{self, renew};
use super::register::Person;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use jiff::Timestamp;
use store::{Many, Read, Result, sql};
use uuid::Uuid;

/// Why two records can't be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotMerge {
    /// They are one already, or one of them was merged into another meanwhile.
    OneRecord,
}

/// Merges `merged`, with all that was merged into it before, into `kept`.
///
/// # Errors
/// When the database refuses.
pub fn merge<C: Capability>(
    w: &mut Writer<'_, C>,
    kept: &Person,
    merged: &Person,
    reason: &str,
) -> Result<Result<(), CannotMerge>> {
    // Two opposite merges at once, or a chain, must not both see records that stand for themselves.
    if lock(w, &[kept.id(), merged.id()])?.len() < 2 {
        return Ok(Err(CannotMerge::OneRecord));
    }
    let along = members(w, merged.id())?;
    let (now, by, id) = (clock::now(), w.by(), Uuid::now_v7());
    w.record(
        Event::new("records merged", "person", kept.id()).with(format!("person {} into it", merged.id())),
    );
    w.record(Event::new("record merged", "person", merged.id()).with(format!("into person {}", kept.id())));
    w.execute(
        sql("UPDATE person SET merged_into = $1 WHERE id = $2 OR merged_into = $2"),
        &[&kept.id(), &merged.id()],
    )?;
    let mut rows = Many::of(sql(
        "INSERT INTO person_merge (id, kept, merged, reason, at, by_words, through) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    ));
    rows.add(&[&id, &kept.id(), &merged.id(), &reason, &now, &by, &None::<Uuid>]);
    for one in &along {
        w.record(Event::new("record merged", "person", *one).with(format!("into person {}", kept.id())));
        rows.add(&[&Uuid::now_v7(), &kept.id(), one, &reason, &now, &by, &Some(id)]);
    }
    w.execute_many(&rows)?;
    people_counted(w, -1)?;
    renew(w, kept.id())?;
    look_for(w, &[kept.id()])?;
    Ok(Ok(()))
}

fn members(r: &mut Read<'_>, kept: PersonId) -> Result<Vec<PersonId>> {
    r.query(sql("SELECT id FROM person WHERE merged_into = $1 ORDER BY id"), &[&kept])?
        .iter()
        .map(|row| row.get("id"))
        .collect()
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

/// A merge of two records.
#[derive(Debug, Clone)]
pub struct Merge {
    /// Its id.
    pub id: Uuid,
    /// The record that was merged.
    pub merged: PersonId,
    /// Its name.
    pub name: String,
    /// Records that had been merged into that one before, and came along.
    pub along: Vec<PersonId>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

/// The merges that stand in a person's record, the newest first. What came along with a record stands in it.
///
/// # Errors
/// When the database can't be read.
pub fn merges<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<Vec<Merge>> {
    let rows = r.query(
        sql("SELECT m.id, m.merged, m.reason, m.at, m.by_words, v.forename, v.middle_names, v.surname FROM person_merge m JOIN person p ON p.id = m.merged JOIN person_version v ON v.person_id = p.id AND v.version = p.version WHERE m.kept = $1 AND m.undone_at IS NULL AND m.through IS NULL ORDER BY m.at DESC"),
        &[&person.id()],
    )?;
    let mut out = Vec::new();
    for row in &rows {
        let part = |column: &str| row.get::<Option<String>>(column);
        let (forename, middle, surname) = (part("forename")?, part("middle_names")?, part("surname")?);
        let id: Uuid = row.get("id")?;
        out.push(Merge {
            id,
            merged: row.get("merged")?,
            name: super::details::full_name(forename.as_deref(), middle.as_deref(), surname.as_deref()),
            along: came_along(r, id)?,
            reason: row.get("reason")?,
            at: row.get("at")?,
            by: row.get("by_words")?,
        });
    }
    Ok(out)
}

fn came_along(r: &mut Read<'_>, merge: Uuid) -> Result<Vec<PersonId>> {
    r.query(
        sql("SELECT merged FROM person_merge WHERE through = $1 AND undone_at IS NULL ORDER BY merged"),
        &[&merge],
    )?
    .iter()
    .map(|row| row.get("merged"))
    .collect()
}

/// Two records that were one for a while.
#[derive(Debug, Clone)]
pub struct TakenApart {
    /// When, by whom and why they were merged.
    pub merged: (Timestamp, String, String),
    /// When, by whom and why they were taken apart.
    pub apart: (Timestamp, String, String),
}

/// When two people's records were one before, the newest first.
///
/// # Errors
/// When the database can't be read.
pub fn taken_apart(r: &mut Read<'_>, a: &Person, b: &Person) -> Result<Vec<TakenApart>> {
    r.query(
        sql("SELECT at, by_words, reason, undone_at, undone_by, undone_reason FROM person_merge WHERE undone_at IS NOT NULL AND through IS NULL AND ((kept = $1 AND merged = $2) OR (kept = $2 AND merged = $1)) ORDER BY undone_at DESC"),
        &[&a.id(), &b.id()],
    )?
    .iter()
    .map(|row| {
        let text = |column: &str| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
        Ok(TakenApart {
            merged: (row.get("at")?, text("by_words")?, text("reason")?),
            apart: (row.get("undone_at")?, text("undone_by")?, text("undone_reason")?),
        })
    })
    .collect()
}

/// Takes two merged records apart; whether there was such a merge. What had been merged into the one before stays in it.
///
/// # Errors
/// When the database refuses.
pub fn unmerge<C: Capability>(
    w: &mut Writer<'_, C>,
    kept: &Person,
    merge: Uuid,
    reason: &str,
) -> Result<bool> {
    if lock(w, &[kept.id()])?.is_empty() {
        return Ok(false);
    }
    let found = w.maybe(
        sql("SELECT merged FROM person_merge WHERE id = $1 AND kept = $2 AND undone_at IS NULL AND through IS NULL"),
        &[&merge, &kept.id()],
    )?;
    let Some(row) = found else { return Ok(false) };
    let merged: PersonId = row.get("merged")?;
    let along = came_along(w, merge)?;
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
    w.execute_list(
        sql("UPDATE person SET merged_into = $1 WHERE merged_into = $2 AND id IN ($LIST)"),
        &[&merged, &kept.id()],
        &along,
    )?;
    w.execute(
        sql("UPDATE person_merge SET undone_at = $1, undone_by = $2, undone_reason = $3 WHERE undone_at IS NULL AND (id = $4 OR through = $4)"),
        &[&clock::now(), &by, &reason, &merge],
    )?;
    people_counted(w, 1)?;
    renew(w, kept.id())?;
    look_for(w, &[kept.id(), merged])?;
    Ok(true)
}
