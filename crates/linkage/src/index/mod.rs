//! A register in memory: under 250 bytes a person, built on all cores, saved and mapped, changed person by person.
//!
//! The base is read-only (built, or mapped from a file); changes go to a small layer above it, which a look-up asks too.
//! [`Index::save`] writes both as one new base.

mod buckets;
mod build;
mod change;
mod codec;
mod file;
mod section;
mod spill;

use crate::clean::Cleaned;
use crate::frequencies::Frequencies;
use crate::keys::{no_usable_birth, rare_name_key, write_keys};
use crate::list::{Decision, Row, match_list};
use crate::model::Model;
pub(crate) use buckets::Buckets;
pub use build::Part;
use change::Changes;
pub use file::IndexError;
use section::Section;
use std::cmp::Ordering;

/// Postings of one key beyond which it is passed over: so common a key says nothing (an exact common name without any
/// date; a placeholder identifier on thousands of records).
const COMMON: usize = 2_000;

/// Encoded people of one part.
#[derive(Debug, Clone)]
struct People {
    first: u32,
    rows: u32,
    offsets: Section,
    records: Section,
}

/// A register ready for look-ups.
#[derive(Debug, Clone)]
pub struct Index {
    people: Vec<People>,
    keys: Buckets,
    frequencies: Frequencies,
    changes: Changes,
}

impl Index {
    fn of(people: Vec<People>, keys: Buckets, frequencies: Frequencies) -> Self {
        Index { people, keys, frequencies, changes: Changes::default() }
    }

    /// People in it.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.frequencies.people_exactly()
    }

    /// True when nobody is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Term counts, kept current.
    #[must_use]
    pub fn frequencies(&self) -> &Frequencies {
        &self.frequencies
    }

    /// Bytes held (or mapped) for the base.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let people: usize = self.people.iter().map(|part| part.offsets.len() + part.records.len()).sum();
        people + self.keys.bytes() + self.frequencies.stored_bytes()
    }

    fn base_rows(&self) -> u32 {
        self.people.last().map_or(0, |part| part.first + part.rows)
    }

    fn record(&self, row: u32) -> &[u8] {
        if let Some(record) = self.changes.record(row, self.base_rows()) {
            return record;
        }
        let part = self.people.partition_point(|part| part.first + part.rows <= row);
        let Some(part) = self.people.get(part) else { return &[] };
        let local = (row - part.first) as usize;
        part.records.bytes().get(part.offsets.u32(local) as usize..).unwrap_or(&[])
    }

    /// The register's own id of a row that a look-up gave.
    #[must_use]
    pub fn id(&self, row: u64) -> &str {
        u32::try_from(row).map_or("", |row| codec::decode_id(self.record(row)))
    }

    /// The person of a row that a look-up gave.
    #[must_use]
    pub fn person(&self, row: u64) -> Cleaned {
        u32::try_from(row).map_or_else(|_| Cleaned::default(), |row| codec::decode(self.record(row)))
    }

    /// Rows that share a key with someone, in no order, each once.
    #[must_use]
    pub fn rows(&self, listed: &Cleaned) -> Vec<u32> {
        let mut keys = Vec::with_capacity(24);
        write_keys(listed, no_usable_birth(listed), &mut keys);
        keys.extend(rare_name_key(listed, &self.frequencies).map(i64::cast_unsigned));
        self.rows_of(keys, COMMON)
    }

    /// Rows under any of these keys; keys of more than `common` rows are passed over.
    pub(crate) fn rows_of(&self, mut keys: Vec<u64>, common: usize) -> Vec<u32> {
        keys.sort_unstable();
        keys.dedup();
        let mut rows = Vec::with_capacity(64);
        for key in keys {
            let before = rows.len();
            rows.extend(self.keys.get(key).filter(|row| !self.changes.is_gone(*row)).take(common + 1));
            if rows.len() - before > common {
                rows.truncate(before);
            }
            rows.extend(self.changes.rows(key));
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// People who share a key with someone: what [`match_list`] and [`Model::score`] take.
    #[must_use]
    pub fn candidates(&self, listed: &Cleaned) -> Vec<(u64, Cleaned)> {
        self.rows(listed).into_iter().map(|row| (u64::from(row), codec::decode(self.record(row)))).collect()
    }

    /// Every row of the base and of the changes that is still there.
    fn all_rows(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.base_rows())
            .filter(|row| !self.changes.is_gone(*row))
            .chain(self.changes.all_rows(self.base_rows()))
    }

    /// Decides a list; the `candidate` of an answer indexes the row's own list of candidates, so rows are given back too.
    #[must_use]
    pub fn match_list(&self, model: &Model, list: &[Cleaned], threads: usize) -> Vec<(Decision, Vec<u64>)> {
        let chunk = list.len().div_ceil(threads.max(1)).max(1);
        let found: Vec<Vec<(u64, Cleaned)>> = std::thread::scope(|scope| {
            let workers: Vec<_> = list
                .chunks(chunk)
                .map(|rows| {
                    scope.spawn(move || rows.iter().map(|row| self.best(model, row)).collect::<Vec<_>>())
                })
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        });
        let rows: Vec<Row<'_>> =
            list.iter().zip(&found).map(|(listed, candidates)| Row { listed, candidates }).collect();
        let ids = found.iter().map(|candidates| candidates.iter().map(|(row, _)| *row).collect());
        match_list(model, &rows, &self.frequencies).into_iter().zip(ids).collect()
    }

    /// The best few candidates of one row, best first.
    #[must_use]
    pub fn best(&self, model: &Model, listed: &Cleaned) -> Vec<(u64, Cleaned)> {
        let mut kept: Vec<(f64, u64, Cleaned)> = Vec::with_capacity(crate::list::KEPT + 1);
        for row in self.rows(listed) {
            let person = codec::decode(self.record(row));
            let weight = model.score(listed, &person, &self.frequencies).weight;
            // Equal weights stand by id: rows depend on how the index was built.
            let before = |other: &(f64, u64, Cleaned)| match other.0.total_cmp(&weight) {
                Ordering::Equal => self.id(other.1) < self.id(u64::from(row)),
                order => order == Ordering::Greater,
            };
            let at = kept.partition_point(before);
            if at < crate::list::KEPT {
                kept.insert(at, (weight, u64::from(row), person));
                kept.truncate(crate::list::KEPT);
            }
        }
        kept.into_iter().map(|(_, row, person)| (row, person)).collect()
    }
}
