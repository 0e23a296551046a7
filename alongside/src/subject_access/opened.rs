//! Who opened the records, in plain words, from the audit. Colleagues are not named here: that somebody of the service looked is
//! the person's information, who it was need not be (Court of Justice of the European Union, C-579/21); staff see the names.

use crate::clock;
use crate::holdings::Gathered;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use store::{Read, Result, sql};
use uuid::Uuid;

/// What was done with the records on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The day.
    pub on: Date,
    /// What: "person opened".
    pub what: String,
    /// How often.
    pub times: usize,
    /// By how many colleagues.
    pub by: usize,
}

/// Everything in the audit about these records, day by day.
///
/// # Errors
/// When the database can't be read.
pub fn looked_at(r: &mut Read<'_>, gathered: &[Gathered]) -> Result<Vec<Looked>> {
    let ids: Vec<String> = gathered
        .iter()
        .filter(|table| table.holding.key == ["id"])
        .flat_map(|table| table.rows.iter().map(|(key, _)| key.clone()))
        .collect();
    let mut days: BTreeMap<(Date, String), (usize, BTreeSet<String>)> = BTreeMap::new();
    for row in r.query_list(
        sql(
            "SELECT at, actor, actor_words, action FROM audit_event WHERE subject_id IN ($LIST) ORDER BY seq",
        ),
        &[],
        &ids,
    )? {
        let on = clock::london_day(row.get::<Timestamp>("at")?);
        let who = row.get::<Option<Uuid>>("actor")?.map(|id| id.to_string());
        let entry = days.entry((on, row.get("action")?)).or_default();
        entry.0 += 1;
        entry.1.insert(who.map_or_else(|| row.get("actor_words"), Ok)?);
    }
    Ok(days.into_iter().map(|((on, what), (times, by))| Looked { on, what, times, by: by.len() }).collect())
}
