//! Walking the tables that rooms name, from people and lines to everything that hangs on them.

use super::{Entry, Holding, Kind};
use crate::ids::{ListingId, PersonId};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use store::{Read, Result, Row};
use uuid::Uuid;

/// Where the walk begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roots {
    /// A person and the records merged into theirs.
    pub people: Vec<PersonId>,
    /// Lines linked to them, and lines that joined those.
    pub listings: Vec<ListingId>,
}

/// The rows of one table.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// Which table, and what its columns mean.
    pub holding: &'static Holding,
    /// Its rows, each with what tells it from the others.
    pub rows: Vec<(String, Row)>,
}

/// Everything that hangs on the roots, table by table in the order of the rooms.
///
/// # Errors
/// When the database can't be read.
pub fn gather(r: &mut Read<'_>, rooms: &[&'static [Holding]], roots: &Roots) -> Result<Vec<Gathered>> {
    let mut ids: HashMap<&str, Vec<Uuid>> = HashMap::from([
        ("person", roots.people.iter().map(|id| Uuid::from(*id)).collect()),
        ("listing", roots.listings.iter().map(|id| Uuid::from(*id)).collect()),
    ]);
    let mut out = Vec::new();
    for holding in rooms.iter().flat_map(|room| room.iter()) {
        let above: Vec<Uuid> =
            holding.of.iter().filter_map(|table| ids.get(table)).flatten().copied().collect();
        let mut rows: Vec<(String, Row)> = Vec::new();
        let mut seen = HashSet::new();
        for row in r.query_list(holding.rows, &[], &above)? {
            let key = key_of(holding, &row)?;
            // A long list of ids is asked for in rounds, and a row may answer to several.
            if seen.insert(key.clone()) {
                rows.push((key, row));
            }
        }
        if holding.key == ["id"] {
            let found: Vec<Uuid> = rows.iter().map(|(_, row)| row.get("id")).collect::<Result<_>>()?;
            let known = ids.entry(holding.table).or_default();
            known.extend(found);
            known.sort_unstable();
            known.dedup();
        }
        out.push(Gathered { holding, rows });
    }
    Ok(out)
}

fn key_of(holding: &Holding, row: &Row) -> Result<String> {
    let mut parts = Vec::new();
    for column in holding.key {
        let id = row.get::<Uuid>(column).map(|id| id.to_string());
        let text = id.or_else(|_| row.get::<i64>(column).map(|n| n.to_string()));
        parts.push(text.or_else(|_| row.get::<String>(column))?);
    }
    Ok(parts.join("/"))
}

/// The latest moment at which an entry was written in it, as far as it lies before now: a time limit ahead is no entry.
///
/// # Errors
/// When a column holds something else than the room said.
pub fn last_written(gathered: &[Gathered], now: Timestamp) -> Result<Option<Timestamp>> {
    let mut latest = None;
    for table in gathered.iter().filter(|table| table.holding.entry == Entry::Record) {
        for column in table.holding.columns.iter().filter(|c| matches!(c.kind, Kind::Moment)) {
            for (_, row) in &table.rows {
                let at: Option<Timestamp> = row.get(column.name)?;
                latest = latest.max(at.filter(|at| *at <= now));
            }
        }
    }
    Ok(latest)
}
