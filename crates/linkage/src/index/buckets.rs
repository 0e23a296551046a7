//! A read-only multimap from the upper 32 bits of a hash to numbers, seven bytes an entry.
//!
//! Entries are ordered by hash. The top bits choose a bucket of about four entries (`starts`), the low sixteen are kept as
//! a tag; the rest is implied. Two cache misses a look-up.

use super::section::Section;
use super::spill::Spill;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug, Clone)]
pub(crate) struct Buckets {
    pub(super) shift: u32,
    pub(super) starts: Section,
    pub(super) tags: Section,
    pub(super) values: Section,
}

impl Buckets {
    /// Values stored under a hash, and now and then one of another hash with the same 32 bits.
    pub(crate) fn get(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let top = (hash >> 32) as u32;
        let bucket = (u64::from(top) >> self.shift) as usize;
        let tag = (top & 0xFFFF) as u16;
        let (from, to) = (self.starts.u32(bucket) as usize, self.starts.u32(bucket + 1) as usize);
        (from..to).filter(move |i| self.tags.u16(*i) == tag).map(|i| self.values.u32(i))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.starts.len() + self.tags.len() + self.values.len()
    }
}

/// What becomes of a run of equal hashes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Keep {
    /// Every `(hash, row)`.
    Rows,
    /// One `(hash, how many)` for hashes that come at least twice.
    Counts,
}

/// Sorts what the builders spilled, one 256th of the hash space at a time, and frees it on the way.
///
/// Spilled words are `hash's upper 32 bits << 32 | row`.
pub(super) fn build(spills: Vec<Spill>, bases: &[u32], keep: Keep, threads: usize) -> Buckets {
    let total: usize = spills.iter().map(Spill::len).sum();
    let bits = usize::max(total / 4, 2).ilog2().clamp(8, 30);
    let shift = 32 - bits;
    let spills: Vec<Mutex<Spill>> = spills.into_iter().map(Mutex::new).collect();
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Laid>> = (0..256).map(|_| Mutex::default()).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let mut words = Vec::new();
                loop {
                    let part = next.fetch_add(1, Ordering::Relaxed);
                    if part >= 256 {
                        return;
                    }
                    words.clear();
                    for (spill, base) in spills.iter().zip(bases) {
                        if let Ok(mut spill) = spill.lock() {
                            spill.take_part(part, |word| words.push(word + u64::from(*base)));
                        }
                    }
                    words.sort_unstable();
                    if let Some(Ok(mut slot)) = done.get(part).map(Mutex::lock) {
                        *slot = lay_out(&words, part, shift, keep);
                    }
                }
            });
        }
    });
    assemble(done.into_iter().map(|slot| slot.into_inner().unwrap_or_default()), shift)
}

/// Tags, values, and how many entries each bucket of this part has.
type Laid = (Vec<u8>, Vec<u8>, Vec<u32>);

fn lay_out(words: &[u64], part: usize, shift: u32, keep: Keep) -> Laid {
    let buckets = 1usize << (24 - shift.min(24));
    let first = part << (24 - shift.min(24));
    let (mut tags, mut values, mut sizes) = (Vec::new(), Vec::new(), vec![0u32; buckets]);
    if keep == Keep::Rows {
        tags.reserve_exact(words.len() * 2);
        values.reserve_exact(words.len() * 4);
    }
    let mut push = |top: u32, value: u32| {
        tags.extend(((top & 0xFFFF) as u16).to_le_bytes());
        values.extend(value.to_le_bytes());
        if let Some(size) = sizes.get_mut((u64::from(top) >> shift) as usize - first) {
            *size += 1;
        }
    };
    match keep {
        Keep::Rows => {
            let mut last = None;
            for &word in words {
                // One row gives a key twice when two of its names sound alike.
                if last != Some(word) {
                    push((word >> 32) as u32, word as u32);
                    last = Some(word);
                }
            }
        }
        Keep::Counts => {
            for run in words.chunk_by(|a, b| a >> 32 == b >> 32).filter(|run| run.len() > 1) {
                push((run[0] >> 32) as u32, u32::try_from(run.len()).unwrap_or(u32::MAX));
            }
        }
    }
    (tags, values, sizes)
}

fn assemble(parts: impl Iterator<Item = Laid>, shift: u32) -> Buckets {
    let (mut starts, mut tags, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut sum = 0u32;
    for (part_tags, part_values, sizes) in parts {
        for size in sizes {
            starts.extend(sum.to_le_bytes());
            sum += size;
        }
        tags.extend_from_slice(&part_tags);
        values.extend_from_slice(&part_values);
    }
    starts.extend(sum.to_le_bytes());
    Buckets {
        shift,
        starts: Section::built(starts),
        tags: Section::built(tags),
        values: Section::built(values),
    }
}
