//! Building an index: each thread fills a [`Part`]; [`Index::join`] sorts the keys of all of them.

use super::buckets;
use super::section::Section;
use super::spill::Spill;
use super::{Index, People, codec};
use crate::clean::{Cleaned, clean};
use crate::frequencies::{Frequencies, write_terms};
use crate::hash;
use crate::keys::{write_keys, write_thorough_keys};
use crate::record::Record;
use std::sync::Arc;

/// Some people on their way into an index. One a thread.
#[derive(Debug, Default)]
pub struct Part {
    records: Vec<u8>,
    offsets: Vec<u8>,
    rows: u32,
    keys: Spill<u64>,
    terms: Spill<u32>,
    buffer: Vec<u64>,
}

pub(super) fn id_key(id: &str) -> u64 {
    hash::text(hash::start(30), id)
}

impl Part {
    /// An empty part.
    #[must_use]
    pub fn new() -> Self {
        Part::default()
    }

    /// Adds a person under an id of the register's own.
    pub fn add(&mut self, id: &str, person: &Cleaned) {
        self.buffer.clear();
        write_keys(person, true, &mut self.buffer);
        self.push(id, person);
    }

    /// Adds a person under more keys than a register keeps, for finding pairs.
    pub(crate) fn add_thorough(&mut self, id: &str, person: &Cleaned) {
        self.buffer.clear();
        write_keys(person, true, &mut self.buffer);
        write_thorough_keys(person, &mut self.buffer);
        self.push(id, person);
    }

    fn push(&mut self, id: &str, person: &Cleaned) {
        let offset = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        self.offsets.extend(offset.to_le_bytes());
        codec::encode(id, person, &mut self.records);
        self.buffer.push(id_key(id));
        for &key in &self.buffer {
            self.keys.push((key >> 56) as u8, key & 0xFFFF_FFFF_0000_0000 | u64::from(self.rows));
        }
        self.buffer.clear();
        write_terms(person, &mut self.buffer);
        for &term in &self.buffer {
            self.terms.push((term >> 56) as u8, (term >> 32) as u32);
        }
        self.rows += 1;
    }

    /// True when the part should be closed and another begun: its offsets are 32 bits wide.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.records.len() > 0xF000_0000
    }
}

impl Index {
    /// Builds an index of a register, cleaning on the way, on so many threads.
    #[must_use]
    pub fn build(register: &[(String, Record)], threads: usize) -> Index {
        let chunk = register.len().div_ceil(threads.max(1)).max(1);
        let parts = std::thread::scope(|scope| {
            let workers: Vec<_> = register
                .chunks(chunk)
                .map(|people| {
                    scope.spawn(move || {
                        let mut part = Part::new();
                        for (id, record) in people {
                            part.add(id, &clean(record));
                        }
                        part
                    })
                })
                .collect();
            workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
        });
        Index::join(parts, threads)
    }

    /// Makes one index of the parts, sorting on so many threads.
    #[must_use]
    pub fn join(parts: Vec<Part>, threads: usize) -> Index {
        let (mut people, mut keys, mut terms, mut bases) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut rows = 0u32;
        for mut part in parts {
            part.records.shrink_to_fit();
            bases.push(rows);
            people.push(People {
                first: rows,
                rows: part.rows,
                offsets: Section::built(part.offsets),
                records: Section::built(part.records),
            });
            keys.push(part.keys);
            terms.push(part.terms);
            rows += part.rows;
        }
        let terms = buckets::of_counts(terms);
        let keys = buckets::of_rows(keys, &bases, threads);
        Index::of(people, keys, Frequencies::stored(u64::from(rows), Arc::new(terms)))
    }
}
