//! What hangs on a record, in every room: counted before two records become one, and told with its day before they are taken
//! apart again.

use crate::clock;
use crate::holdings::{Entry, Gathered, Kind, Rooms, Roots, Voice, gather};
use crate::ids::{ListingId, PersonId};
use jiff::Timestamp;
use std::collections::HashSet;
use store::{Read, Result, Row, sql};

/// Which lines of court lists are linked to people: asked of a room below.
#[derive(Debug, Clone, Copy)]
pub struct LinesOf(pub fn(&mut Read<'_>, &[PersonId]) -> Result<Vec<ListingId>>);

/// Everything there is to ask.
#[derive(Debug, Clone, Copy)]
pub(super) struct House {
    pub(super) rooms: Rooms,
    pub(super) lines: LinesOf,
}

impl House {
    fn gathered(self, r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<Gathered>> {
        let listings = (self.lines.0)(r, people)?;
        gather(r, self.rooms.0, &Roots { people: people.to_vec(), listings })
    }
}

/// How many rows of one kind two records hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) what: &'static str,
    pub(super) first: usize,
    pub(super) second: usize,
}

/// How many of each kind the records of either side hold; kinds that neither holds are left out.
pub(super) fn counted(
    r: &mut Read<'_>,
    house: House,
    first: &[PersonId],
    second: &[PersonId],
) -> Result<Vec<Counted>> {
    let (of_first, of_second) = (house.gathered(r, first)?, house.gathered(r, second)?);
    let mut out: Vec<Counted> = Vec::new();
    for (a, b) in of_first.iter().zip(&of_second) {
        // That there is a record is no news.
        if a.holding.table == "person" || (a.rows.is_empty() && b.rows.is_empty()) {
            continue;
        }
        let what = a.holding.title;
        match out.iter_mut().find(|one| one.what == what) {
            // Two tables of one title are one thing and its versions: the versions tell more.
            Some(one) => {
                one.first = one.first.max(a.rows.len());
                one.second = one.second.max(b.rows.len());
            }
            None => out.push(Counted { what, first: a.rows.len(), second: b.rows.len() }),
        }
    }
    Ok(out)
}

/// One entry that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) what: &'static str,
    pub(super) at: Timestamp,
    pub(super) by: Option<String>,
}

/// What was written on these records and the lines linked to them after a moment, the newest first.
pub(super) fn written_since(
    r: &mut Read<'_>,
    house: House,
    people: &[PersonId],
    since: Timestamp,
) -> Result<Vec<Written>> {
    let now = clock::now();
    let mut out = Vec::new();
    for table in house.gathered(r, people)? {
        if table.holding.entry != Entry::Record || table.holding.table == "person_merge" {
            continue;
        }
        for (_, row) in &table.rows {
            if let Some((at, by)) = last_entry(&table, row, now)?
                && at > since
            {
                out.push(Written { what: table.holding.title, at, by });
            }
        }
    }
    out.sort_by(|a, b| b.at.cmp(&a.at).then(a.what.cmp(b.what)));
    let mut seen = HashSet::new();
    out.retain(|one| seen.insert((one.what, one.at, one.by.clone())));
    Ok(out)
}

/// The latest moment in a row that is not ahead of now, and the colleague named after it.
fn last_entry(table: &Gathered, row: &Row, now: Timestamp) -> Result<Option<(Timestamp, Option<String>)>> {
    let mut latest: Option<(Timestamp, Option<String>)> = None;
    let mut anybody: Option<String> = None;
    let mut here = false;
    for column in table.holding.columns {
        match column.kind {
            Kind::Moment => {
                let at = row.get::<Option<Timestamp>>(column.name)?.filter(|at| *at <= now);
                here = at.is_some_and(|at| latest.as_ref().is_none_or(|(before, _)| at > *before));
                if let (true, Some(at)) = (here, at) {
                    latest = Some((at, None));
                }
            }
            Kind::Words if column.voice == Voice::Staff => {
                let name = row.get::<Option<String>>(column.name)?.filter(|name| !name.is_empty());
                if let (true, Some((_, by @ None))) = (here, latest.as_mut()) {
                    by.clone_from(&name);
                }
                anybody = anybody.or(name);
            }
            _ => {}
        }
    }
    Ok(latest.map(|(at, by)| (at, by.or(anybody))))
}

/// The projects whose colleagues open these records, by name.
pub(super) fn projects_holding(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<String>> {
    let rows = r.query_list(
        sql("SELECT DISTINCT j.name FROM episode e JOIN project j ON j.id = e.project_id WHERE e.person_id IN ($LIST) ORDER BY j.name"),
        &[],
        people,
    )?;
    rows.iter().map(|row| row.get("name")).collect()
}
