//! A read-only multimap from the upper 32 bits of a hash to numbers, seven bytes an entry.
//!
//! Entries are ordered by hash. The top bits choose a bucket of about four entries (`starts`), the low sixteen are kept as
//! a tag; the rest is implied. Two cache misses a look-up.

use super::section::Section;
use super::spill::Spill;
use std::sync::Mutex;

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

/// One 256th of the hash space being laid out.
struct Job<'a> {
    part: usize,
    tags: &'a mut [u8],
    values: &'a mut [u8],
    sizes: &'a mut [u32],
}

/// How many low bits of the upper 32 a bucket spans, for about four entries a bucket.
fn shift_for(entries: usize) -> u32 {
    32 - usize::max(entries / 4, 2).ilog2().clamp(8, 30)
}

fn buckets_a_part(shift: u32) -> usize {
    1 << (24 - shift.min(24))
}

/// Sorts `upper 32 bits of the key << 32 | row` words by key, part by part, straight into the tables; a spill's rows count
/// from its base. Chunks are freed as they are read, so that little more is held than the tables.
pub(super) fn of_rows(spills: Vec<Spill<u64>>, bases: &[u32], threads: usize) -> Buckets {
    let lengths: Vec<usize> =
        (0..256).map(|part| spills.iter().map(|spill| spill.part_len(part)).sum()).collect();
    let total = lengths.iter().sum();
    let shift = shift_for(total);
    let (mut tags, mut values) = (vec![0u8; total * 2], vec![0u8; total * 4]);
    let mut sizes = vec![0u32; buckets_a_part(shift) * 256];
    let mut jobs = Vec::with_capacity(256);
    let (mut tags_left, mut values_left) = (tags.as_mut_slice(), values.as_mut_slice());
    for ((part, length), sizes) in lengths.iter().enumerate().zip(sizes.chunks_mut(buckets_a_part(shift))) {
        let (tags, rest) = tags_left.split_at_mut(length * 2);
        tags_left = rest;
        let (values, rest) = values_left.split_at_mut(length * 4);
        values_left = rest;
        jobs.push(Job { part, tags, values, sizes });
    }
    let (jobs, spills) =
        (Mutex::new(jobs.into_iter()), spills.into_iter().map(Mutex::new).collect::<Vec<_>>());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let mut words = Vec::new();
                while let Some(job) = jobs.lock().ok().and_then(|mut jobs| jobs.next()) {
                    words.clear();
                    for (spill, base) in spills.iter().zip(bases) {
                        if let Ok(mut spill) = spill.lock() {
                            spill.take_part(job.part, |word| words.push(word + u64::from(*base)));
                        }
                    }
                    words.sort_unstable();
                    lay_out(&words, job, shift);
                }
            });
        }
    });
    Buckets { shift, starts: starts(&sizes), tags: Section::built(tags), values: Section::built(values) }
}

fn lay_out(words: &[u64], job: Job<'_>, shift: u32) {
    let first = job.part * job.sizes.len();
    let slots = job.tags.chunks_exact_mut(2).zip(job.values.chunks_exact_mut(4));
    for (word, (tag, value)) in words.iter().zip(slots) {
        let top = (word >> 32) as u32;
        tag.copy_from_slice(&((top & 0xFFFF) as u16).to_le_bytes());
        value.copy_from_slice(&(*word as u32).to_le_bytes());
        if let Some(size) = job.sizes.get_mut((u64::from(top) >> shift) as usize - first) {
            *size += 1;
        }
    }
}

/// Counts equal hashes (their upper 32 bits); those that come only once are left out.
pub(super) fn of_counts(spills: Vec<Spill<u32>>) -> Buckets {
    let mut spills = spills;
    let mut kept: Vec<(u32, u32)> = Vec::new();
    let mut words = Vec::new();
    for part in 0..256 {
        words.clear();
        for spill in &mut spills {
            spill.take_part(part, |word| words.push(word));
        }
        words.sort_unstable();
        let runs = words.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
        kept.extend(runs.map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX))));
    }
    let shift = shift_for(kept.len());
    let mut sizes = vec![0u32; buckets_a_part(shift) * 256];
    let (mut tags, mut values) = (Vec::with_capacity(kept.len() * 2), Vec::with_capacity(kept.len() * 4));
    for (hash, count) in kept {
        tags.extend(((hash & 0xFFFF) as u16).to_le_bytes());
        values.extend(count.to_le_bytes());
        if let Some(size) = sizes.get_mut((u64::from(hash) >> shift) as usize) {
            *size += 1;
        }
    }
    Buckets { shift, starts: starts(&sizes), tags: Section::built(tags), values: Section::built(values) }
}

/// Running sums of bucket sizes.
fn starts(sizes: &[u32]) -> Section {
    let mut out = Vec::with_capacity((sizes.len() + 1) * 4);
    let mut sum = 0u32;
    for size in sizes {
        out.extend(sum.to_le_bytes());
        sum += size;
    }
    out.extend(sum.to_le_bytes());
    Section::built(out)
}
