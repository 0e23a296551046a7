//! Two records that may be one person: found when a record comes or changes, decided by a human.

use super::recognise::{Matched, recognise};
use super::register::Person;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use linkage::Record;
use store::{Result, sql};

/// A pair to be looked at.
#[derive(Debug, Clone)]
pub struct Pair {
    /// One of them.
    pub first: PersonId,
    /// The other.
    pub second: PersonId,
    /// How alike, and why: "listed" is the first, "known" the second.
    pub matched: Matched,
}

/// Looks for records like these people's and notes the pairs; how many are new. A pair that a human decided is offered
/// again only when its comparison changed.
///
/// # Errors
/// When the database refuses.
pub fn look_for<C: Capability>(w: &mut Writer<'_, C>, people: &[PersonId]) -> Result<usize> {
    let rows = w.query_list(
        sql("SELECT m.person_id, m.record FROM match_record m JOIN person p ON p.id = m.person_id WHERE p.merged_into IS NULL AND m.person_id IN ($LIST)"),
        &[],
        people,
    )?;
    let mut ids = Vec::new();
    let mut records: Vec<Record> = Vec::new();
    for row in rows {
        ids.push(row.get::<PersonId>("person_id")?);
        let text: String = row.get("record")?;
        records.push(
            serde_json::from_str(&text)
                .map_err(|e| store::Error::Migration(format!("a match record can't be read: {e}")))?,
        );
    }
    let found = recognise(w, &records)?;
    let now = clock::now();
    let mut new = 0;
    for (id, matches) in ids.into_iter().zip(found) {
        for m in matches.into_iter().filter(|m| m.person != id) {
            let (first, second) = if id < m.person { (id, m.person) } else { (m.person, id) };
            let there = w.maybe(
                sql("SELECT weight FROM duplicate_pair WHERE first = $1 AND second = $2"),
                &[&first, &second],
            )?;
            let same = match &there {
                Some(row) => (row.get::<f64>("weight")? - m.matched.weight).abs() < 0.05,
                None => false,
            };
            if same {
                continue;
            }
            w.record(
                Event::new("possible duplicate noted", "person", first).with(format!("with person {second}")),
            );
            let comparison =
                serde_json::to_string(&m.matched).map_err(|e| store::Error::Migration(e.to_string()))?;
            w.execute(
                sql("INSERT INTO duplicate_pair (first, second, weight, band, comparison, found_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (first, second) DO UPDATE SET weight = excluded.weight, band = excluded.band, comparison = excluded.comparison, found_at = excluded.found_at, decision = NULL, reason = NULL, decided_at = NULL, decided_by = NULL"),
                &[&first, &second, &m.matched.weight, &m.matched.band, &comparison, &now],
            )?;
            new += usize::from(there.is_none());
        }
    }
    Ok(new)
}

/// Pairs still open of which the reader may open both records, likeliest first.
///
/// # Errors
/// When the database can't be read.
pub fn open_pairs<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Pair>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT d.first, d.second, d.comparison FROM duplicate_pair d JOIN person a ON a.id = d.first JOIN person b ON b.id = d.second WHERE d.decision IS NULL AND a.merged_into IS NULL AND b.merged_into IS NULL AND EXISTS (SELECT 1 FROM episode e WHERE e.person_id = d.first AND ($1 OR e.project_id IN ($LIST))) ORDER BY d.weight DESC, d.first, d.second LIMIT 400"),
        &[&all],
        &projects,
    )?;
    let mut pairs = Vec::new();
    for row in rows {
        let second: PersonId = row.get("second")?;
        let ours = r.query_list(
            sql(
                "SELECT 1 AS one FROM episode WHERE person_id = $1 AND ($2 OR project_id IN ($LIST)) LIMIT 1",
            ),
            &[&second, &all],
            &projects,
        )?;
        if !ours.is_empty() {
            pairs.push(Pair {
                first: row.get("first")?,
                second,
                matched: matched(&row.get::<String>("comparison")?)?,
            });
        }
    }
    Ok(pairs)
}

/// The pair of two people, if it was noted and is open.
///
/// # Errors
/// When the database can't be read.
pub fn pair_of<C: Capability>(r: &mut Reader<'_, C>, a: &Person, b: &Person) -> Result<Option<Pair>> {
    let (first, second) = if a.id() < b.id() { (a.id(), b.id()) } else { (b.id(), a.id()) };
    let row = r.maybe(
        sql("SELECT comparison FROM duplicate_pair WHERE first = $1 AND second = $2 AND decision IS NULL"),
        &[&first, &second],
    )?;
    row.map(|row| Ok(Pair { first, second, matched: matched(&row.get::<String>("comparison")?)? }))
        .transpose()
}

fn matched(text: &str) -> Result<Matched> {
    serde_json::from_str(text)
        .map_err(|e| store::Error::Migration(format!("a comparison can't be read: {e}")))
}

/// A human's word on a pair that is not merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairDecision {
    /// Two people.
    NotSame,
    /// Can't be told: out of the list until the facts change.
    CannotTell,
}

/// Keeps it.
///
/// # Errors
/// When the database refuses.
pub fn decide_pair<C: Capability>(
    w: &mut Writer<'_, C>,
    a: &Person,
    b: &Person,
    decision: PairDecision,
    reason: &str,
) -> Result<()> {
    let (first, second) = if a.id() < b.id() { (a.id(), b.id()) } else { (b.id(), a.id()) };
    let (key, by) = (if decision == PairDecision::NotSame { "not-same" } else { "cannot-tell" }, w.by());
    w.record(
        Event::new("possible duplicate decided", "person", first).with(format!("{key}: person {second}")),
    );
    w.execute(
        sql("UPDATE duplicate_pair SET decision = $1, reason = $2, decided_at = $3, decided_by = $4 WHERE first = $5 AND second = $6"),
        &[&key, &reason, &clock::now(), &by, &first, &second],
    )?;
    Ok(())
}
