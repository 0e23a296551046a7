//! Walking from the roots to what hangs on them, and taking it away on the same way back, so that nothing is left pointing
//! nowhere. The statements stand in [`super::steps`].

use super::steps::{DRAFTS, LEFT_WITH_OTHERS, STEPS, Step, UNTIE};
use crate::access::{Capability, Writer};
use crate::drafts::is_about;
use crate::ids::PersonId;
use crate::people;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use store::{Read, Result, sql};
use uuid::Uuid;

/// Where a removal begins, and what it found: ids by table.
pub type Ids = BTreeMap<&'static str, BTreeSet<Uuid>>;

/// Every id that goes with these roots.
///
/// # Errors
/// When the database can't be read.
pub fn walk(r: &mut Read<'_>, roots: &Ids) -> Result<Ids> {
    let mut found = roots.clone();
    for step in STEPS {
        let Some(statement) = step.ids else { continue };
        let above = above(step, &found);
        for row in r.query_list(statement, &[], &above)? {
            found.entry(step.table).or_default().insert(row.get("id")?);
        }
    }
    Ok(found)
}

fn above(step: &Step, found: &Ids) -> Vec<Uuid> {
    let tables = if step.of.is_empty() { std::slice::from_ref(&step.table) } else { step.of };
    tables.iter().filter_map(|table| found.get(table)).flatten().copied().collect()
}

/// Entries of the ledger that another person's report, warning or spoken report rests on: somebody stood on the line before, and
/// it was linked anew. They stay with that record, and lead to nobody who goes.
fn still_needed(r: &mut Read<'_>, found: &Ids) -> Result<Vec<Uuid>> {
    let entries: Vec<Uuid> = found.get("disclosure").into_iter().flatten().copied().collect();
    let mut needed = Vec::new();
    for row in r.query_list(
        sql("SELECT d.disclosure_id AS id, d.report_id AS record FROM report_delivery d WHERE d.disclosure_id IN ($LIST) UNION SELECT h.disclosure_id AS id, h.warning_id AS record FROM warning_handover h WHERE h.disclosure_id IN ($LIST) UNION SELECT o.disclosure_id AS id, o.id AS record FROM oral_report o WHERE o.disclosure_id IN ($LIST)"),
        &[],
        &entries,
    )? {
        let record: Uuid = row.get("record")?;
        let goes = ["report", "warning", "oral_report"]
            .iter()
            .any(|table| found.get(table).is_some_and(|ids| ids.contains(&record)));
        if !goes {
            needed.push(row.get("id")?);
        }
    }
    Ok(needed)
}

/// Takes away everything that [`walk`] found, with what recognition and search keep of it; gives how many rows went.
///
/// # Errors
/// When the database refuses: then nothing went.
pub fn take_away<C: Capability>(w: &mut Writer<'_, C>, found: &Ids) -> Result<u64> {
    let people: Vec<PersonId> =
        found.get("person").into_iter().flatten().map(|id| PersonId::of(*id)).collect();
    let mut gone = people::forget(w, &people)?;
    drafts_about(w, found)?;
    let needed = still_needed(w, found)?;
    w.execute_list(LEFT_WITH_OTHERS, &[], &needed)?;
    let mut found = found.clone();
    if let Some(entries) = found.get_mut("disclosure") {
        entries.retain(|id| !needed.contains(id));
    }
    let found = &found;
    for (table, statement) in UNTIE {
        let ids: Vec<Uuid> = found.get(table).into_iter().flatten().copied().collect();
        w.execute_list(*statement, &[], &ids)?;
    }
    for step in STEPS.iter().rev() {
        let ids: Vec<Uuid> = if step.ids.is_some() {
            found.get(step.table).into_iter().flatten().copied().collect()
        } else {
            above(step, found)
        };
        gone += w.execute_list(step.goes, &[], &ids)?;
    }
    Ok(gone)
}

/// What colleagues typed about any of it and never sent. Emptied ones hold no text any more.
fn drafts_about<C: Capability>(w: &mut Writer<'_, C>, found: &Ids) -> Result<()> {
    let ids: HashSet<String> = found.values().flatten().map(ToString::to_string).collect();
    let mut about: Vec<Uuid> = Vec::new();
    for row in w.query(sql("SELECT id, subject, href FROM draft WHERE emptied_at IS NULL"), &[])? {
        let (subject, href): (String, String) = (row.get("subject")?, row.get("href")?);
        if is_about(&subject, &href, &ids) {
            about.push(row.get("id")?);
        }
    }
    for statement in DRAFTS {
        w.execute_list(statement, &[], &about)?;
    }
    Ok(())
}

/// A fingerprint of the numbers of the rows. Not of what stood in them: what a line says is so little that it could be guessed
/// from its fingerprint.
#[must_use]
pub fn fingerprint(found: &Ids) -> String {
    let mut hash = Sha256::new();
    for (table, ids) in found {
        for id in ids {
            hash.update(table.as_bytes());
            hash.update(id.as_bytes());
        }
    }
    hash.finalize().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
