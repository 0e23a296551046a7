//! Two records that may be one person: found when a record comes or changes, decided by a human.

use super::decided::{marks, standing};
use super::recognise::{Matched, recognise};
use super::register::Person;
use super::restricted::hidden;
use super::side_by_side::{Addresses, compared};
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use linkage::Record;
use std::collections::HashSet;
use store::{Result, Row, sql};

/// A pair to be looked at.
#[derive(Debug, Clone)]
pub struct Pair {
    /// One of them.
    pub first: PersonId,
    /// The other.
    pub second: PersonId,
    /// How alike, and why, when it was noted: "listed" is the first, "known" the second.
    pub matched: Matched,
}

/// Pairs that wait for a decision.
#[derive(Debug, Clone, Default)]
pub struct OpenPairs {
    /// The likeliest, best first.
    pub pairs: Vec<Pair>,
    /// There are more.
    pub more: bool,
}

/// Most pairs shown at once.
pub const PAIRS_SHOWN: usize = 100;
/// Pairs that are looked at in one statement.
const ROUND: usize = 400;

/// Two records as a pair names them: the lower id first.
pub(super) fn in_order(a: PersonId, b: PersonId) -> (PersonId, PersonId) {
    if a < b { (a, b) } else { (b, a) }
}

/// Looks for records like these people's and notes the pairs; how many are new. A pair that a human decided is offered again
/// only when what recognition knows of one of the two changed; that the register around them grew is no reason.
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
    let mut alike: HashSet<(PersonId, PersonId)> = HashSet::new();
    for (id, matches) in ids.iter().copied().zip(found) {
        for m in matches.into_iter().filter(|m| m.person != id) {
            let (first, second) = in_order(id, m.person);
            alike.insert((first, second));
            let there = w.maybe(
                sql("SELECT weight, settled FROM duplicate_pair WHERE first = $1 AND second = $2"),
                &[&first, &second],
            )?;
            let mut settled: Option<i64> = None;
            let mut reopened = false;
            if let Some(row) = &there {
                let marks = marks(w, &[first, second])?;
                settled = standing(w, (first, second), &marks)?;
                let before: Option<i64> = row.get("settled")?;
                reopened = before.is_some() && settled.is_none();
                let as_before = (row.get::<f64>("weight")? - m.matched.weight).abs() < 0.05;
                // A pair that stays decided waits for nobody: its weight is worked out when somebody looks.
                if settled == before && (settled.is_some() || as_before) {
                    continue;
                }
            }
            let what = if reopened { "possible duplicate offered again" } else { "possible duplicate noted" };
            w.record(Event::new(what, "person", first).with(format!("with person {second}")));
            let comparison =
                serde_json::to_string(&m.matched).map_err(|e| store::Error::Migration(e.to_string()))?;
            w.execute(
                sql("INSERT INTO duplicate_pair (first, second, weight, band, comparison, found_at, settled) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (first, second) DO UPDATE SET weight = excluded.weight, band = excluded.band, comparison = excluded.comparison, found_at = excluded.found_at, settled = excluded.settled"),
                &[&first, &second, &m.matched.weight, &m.matched.band, &comparison, &now, &settled],
            )?;
            new += usize::from(there.is_none() || reopened);
        }
    }
    withdraw(w, &ids, &alike)?;
    Ok(new)
}

/// Takes pairs of these people off the list whose records are alike no more: one was put right, or two were taken apart.
fn withdraw<C: Capability>(
    w: &mut Writer<'_, C>,
    people: &[PersonId],
    alike: &HashSet<(PersonId, PersonId)>,
) -> Result<()> {
    let waiting = w.query_list(
        sql("SELECT first, second FROM duplicate_pair WHERE settled IS NULL AND band <> 'none' AND (first IN ($LIST) OR second IN ($LIST))"),
        &[],
        people,
    )?;
    for row in waiting {
        let pair: (PersonId, PersonId) = (row.get("first")?, row.get("second")?);
        if alike.contains(&pair) {
            continue;
        }
        // Found by the other one's keys only, perhaps: what counts is how alike they are.
        let matched = compared(w, pair, Addresses::Compared)?;
        if matched.band == "none" {
            w.record(
                Event::new("possible duplicate no longer alike", "person", pair.0)
                    .with(format!("with person {}", pair.1)),
            );
            let comparison =
                serde_json::to_string(&matched).map_err(|e| store::Error::Migration(e.to_string()))?;
            w.execute(
                sql("UPDATE duplicate_pair SET weight = $1, band = $2, comparison = $3, found_at = $4 WHERE first = $5 AND second = $6"),
                &[&matched.weight, &matched.band, &comparison, &clock::now(), &pair.0, &pair.1],
            )?;
        }
    }
    Ok(())
}

/// Pairs still open of which the reader may open both records, likeliest first.
///
/// # Errors
/// When the database can't be read.
pub fn open_pairs<C: Capability>(r: &mut Reader<'_, C>) -> Result<OpenPairs> {
    let (all, projects) = r.projects();
    let mut open = OpenPairs::default();
    let (round, mut from) = (i64::try_from(ROUND).unwrap_or(i64::MAX), 0_i64);
    loop {
        // The people of the projects are gathered once, not looked for at each pair: a project has thousands.
        let rows = r.query_list(
            sql("SELECT d.first, d.second, d.comparison FROM duplicate_pair d JOIN person a ON a.id = d.first JOIN person b ON b.id = d.second WHERE d.settled IS NULL AND d.band <> 'none' AND a.merged_into IS NULL AND b.merged_into IS NULL AND ($1 OR (a.id IN (SELECT COALESCE(x.merged_into, x.id) FROM episode e JOIN person x ON x.id = e.person_id WHERE e.project_id IN ($LIST)) AND b.id IN (SELECT COALESCE(x.merged_into, x.id) FROM episode e JOIN person x ON x.id = e.person_id WHERE e.project_id IN ($LIST)))) ORDER BY d.weight DESC, d.first, d.second LIMIT $2 OFFSET $3"),
            &[&all, &round, &from],
            &projects,
        )?;
        let pairs: Vec<Pair> = rows.iter().map(pair).collect::<Result<_>>()?;
        let people: Vec<PersonId> = pairs.iter().flat_map(|p| [p.first, p.second]).collect();
        // Who may find a limited record is a question of its own; those pairs make room for the next.
        let hidden = hidden(r, &people)?;
        for pair in pairs.into_iter().filter(|p| !hidden.contains(&p.first) && !hidden.contains(&p.second)) {
            if open.pairs.len() == PAIRS_SHOWN {
                open.more = true;
                return Ok(open);
            }
            open.pairs.push(pair);
        }
        if rows.len() < ROUND {
            return Ok(open);
        }
        from += round;
    }
}

/// The pair of two people, if it was noted and is open.
///
/// # Errors
/// When the database can't be read.
pub fn pair_of<C: Capability>(r: &mut Reader<'_, C>, a: &Person, b: &Person) -> Result<Option<Pair>> {
    let (first, second) = in_order(a.id(), b.id());
    r.maybe(
        sql("SELECT first, second, comparison FROM duplicate_pair WHERE first = $1 AND second = $2 AND settled IS NULL"),
        &[&first, &second],
    )?
    .as_ref()
    .map(pair)
    .transpose()
}

fn pair(row: &Row) -> Result<Pair> {
    let matched = serde_json::from_str(&row.get::<String>("comparison")?)
        .map_err(|e| store::Error::Migration(format!("a comparison can't be read: {e}")))?;
    Ok(Pair { first: row.get("first")?, second: row.get("second")?, matched })
}
