//! Changes above the read-only base: people added, replaced and removed since it was built.

use super::build::id_key;
use super::{Index, codec};
use crate::clean::Cleaned;
use crate::frequencies::write_terms;
use crate::hash::Fast;
use crate::keys::write_keys;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    /// Encoded people, in the order they came; rows number on from the base. Removed ones are empty.
    records: Vec<Vec<u8>>,
    keys: HashMap<u64, Vec<u32>, BuildHasherDefault<Fast>>,
    gone: HashSet<u32, BuildHasherDefault<Fast>>,
}

impl Changes {
    pub(super) fn record(&self, row: u32, base: u32) -> Option<&[u8]> {
        let at = row.checked_sub(base)? as usize;
        self.records.get(at).map(Vec::as_slice)
    }

    #[inline]
    pub(super) fn is_gone(&self, row: u32) -> bool {
        !self.gone.is_empty() && self.gone.contains(&row)
    }

    pub(super) fn rows(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        self.keys.get(&key).into_iter().flatten().copied()
    }

    pub(super) fn all_rows(&self, base: u32) -> impl Iterator<Item = u32> + '_ {
        (base..).zip(&self.records).filter(|(_, record)| !record.is_empty()).map(|(row, _)| row)
    }
}

impl Index {
    /// Adds a person, or puts these facts in place of those held under the id. The next look-up sees it.
    pub fn put(&mut self, id: &str, person: &Cleaned) {
        self.remove(id);
        let base = self.base_rows();
        let row = base + u32::try_from(self.changes.records.len()).unwrap_or(u32::MAX);
        let mut record = Vec::with_capacity(128);
        codec::encode(id, person, &mut record);
        self.changes.records.push(record);
        for key in keys_of(id, person) {
            self.changes.keys.entry(key).or_default().push(row);
        }
        self.count(person, 1);
    }

    /// Takes a person out. False when nobody has the id.
    pub fn remove(&mut self, id: &str) -> bool {
        let Some(row) = self.row_of(id) else { return false };
        let person = self.person(u64::from(row));
        let base = self.base_rows();
        if let Some(at) = row.checked_sub(base) {
            for key in keys_of(id, &person) {
                if let Some(rows) = self.changes.keys.get_mut(&key) {
                    rows.retain(|other| *other != row);
                    if rows.is_empty() {
                        self.changes.keys.remove(&key);
                    }
                }
            }
            if let Some(record) = self.changes.records.get_mut(at as usize) {
                *record = Vec::new();
            }
        } else {
            self.changes.gone.insert(row);
        }
        self.count(&person, -1);
        true
    }

    pub(super) fn changes_empty(&self) -> bool {
        self.changes.records.is_empty() && self.changes.gone.is_empty()
    }

    /// The row of an id.
    #[must_use]
    pub fn row_of(&self, id: &str) -> Option<u32> {
        let key = id_key(id);
        let base = self.keys.get(key).filter(|row| !self.changes.is_gone(*row));
        self.changes.rows(key).chain(base).find(|row| self.id(u64::from(*row)) == id)
    }

    fn count(&mut self, person: &Cleaned, by: i64) {
        let mut terms = Vec::with_capacity(8);
        write_terms(person, &mut terms);
        self.frequencies.add(&terms, by);
    }
}

fn keys_of(id: &str, person: &Cleaned) -> Vec<u64> {
    let mut keys = Vec::with_capacity(24);
    write_keys(person, true, &mut keys);
    keys.push(id_key(id));
    keys.sort_unstable();
    keys.dedup();
    keys
}
