//! A read-only multimap from the upper 32 bits of a hash to numbers, seven bytes an entry.
//!
//! 256 parts by the top byte. Within a part entries are ordered by hash; the next bits choose a bucket of about four
//! entries (`starts`), the low sixteen are kept as a tag, the rest is implied. Two cache misses a look-up.

use super::section::Section;
use super::spill::{CHUNK_BYTES, Spill};
use std::io::Write;
use std::sync::Mutex;

/// A tag of two bytes and a number of four.
const ENTRY: usize = 6;
const PIECE: usize = CHUNK_BYTES / ENTRY;

/// All parts, and how many low bits of the upper 32 one bucket spans.
#[derive(Debug, Clone)]
pub(crate) struct Buckets {
    pub(super) shift: u32,
    pub(super) parts: Vec<Part>,
}

/// Entries of one top byte.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Where each bucket begins, four bytes each, one more than there are buckets.
    pub(super) starts: Section,
    pub(super) entries: Entries,
}

/// Entries in pieces as they were built, or in one run of a mapped file.
#[derive(Debug, Clone)]
pub(super) enum Entries {
    Pieces(Vec<Vec<u8>>),
    Whole(Section),
}

impl Entries {
    #[inline]
    fn get(&self, i: usize) -> Option<(u16, u32)> {
        let entry = match self {
            Entries::Pieces(pieces) => {
                let at = i % PIECE * ENTRY;
                pieces.get(i / PIECE)?.get(at..at + ENTRY)?
            }
            Entries::Whole(section) => section.bytes().get(i * ENTRY..(i + 1) * ENTRY)?,
        };
        let [a, b, c, d, e, f] = entry.try_into().ok()?;
        Some((u16::from_le_bytes([a, b]), u32::from_le_bytes([c, d, e, f])))
    }

    fn from(entries: impl Iterator<Item = (u16, u32)>) -> Self {
        let mut pieces: Vec<Vec<u8>> = Vec::new();
        for (tag, value) in entries {
            if pieces.last().is_none_or(|piece| piece.len() + ENTRY > CHUNK_BYTES) {
                pieces.push(Vec::with_capacity(CHUNK_BYTES));
            }
            if let Some(piece) = pieces.last_mut() {
                let ([a, b], [c, d, e, f]) = (tag.to_le_bytes(), value.to_le_bytes());
                piece.extend([a, b, c, d, e, f]);
            }
        }
        if let Some(last) = pieces.last_mut() {
            last.shrink_to_fit();
        }
        Entries::Pieces(pieces)
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Entries::Pieces(pieces) => pieces.iter().map(Vec::len).sum(),
            Entries::Whole(section) => section.len(),
        }
    }

    pub(super) fn write(&self, file: &mut impl Write) -> std::io::Result<()> {
        match self {
            Entries::Pieces(pieces) => pieces.iter().try_for_each(|piece| file.write_all(piece)),
            Entries::Whole(section) => file.write_all(section.bytes()),
        }
    }
}

impl Buckets {
    /// Values stored under a hash, and now and then one of another hash with the same 32 bits.
    pub(crate) fn get(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let low = (hash >> 32) as u32 & 0xFF_FFFF;
        let bucket = (u64::from(low) >> self.shift) as usize;
        let tag = (low & 0xFFFF) as u16;
        self.parts.get((hash >> 56) as usize).into_iter().flat_map(move |part| {
            let (from, to) = (part.starts.u32(bucket) as usize, part.starts.u32(bucket + 1) as usize);
            (from..to)
                .map_while(|i| part.entries.get(i))
                .filter(move |(t, _)| *t == tag)
                .map(|(_, value)| value)
        })
    }

    pub(crate) fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.starts.len() + part.entries.len()).sum()
    }
}

/// How many low bits of the lower 24 a bucket spans, for about four entries a bucket.
fn shift_for(entries: usize) -> u32 {
    24 - usize::max(entries / 1024, 2).ilog2().clamp(1, 24)
}

/// One part from its `(24 bits of hash, value)` in order.
fn part_of(entries: &[(u32, u32)], shift: u32) -> Part {
    let mut starts = Vec::with_capacity(((1usize << (24 - shift)) + 1) * 4);
    let mut at = 0;
    for bucket in 0..=1u32 << (24 - shift) {
        while entries.get(at).is_some_and(|(hash, _)| hash >> shift < bucket) {
            at += 1;
        }
        starts.extend(u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes());
    }
    let entries = Entries::from(entries.iter().map(|(hash, value)| ((hash & 0xFFFF) as u16, *value)));
    Part { starts: Section::built(starts), entries }
}

/// Sorts `upper 32 bits of the key << 32 | row` words by key, a part at a time; a spill's rows count from its base. Chunks
/// are freed as they are read, so that little more is held than the tables.
pub(super) fn of_rows(spills: Vec<Spill<u64>>, bases: &[u32], threads: usize) -> Buckets {
    let shift = shift_for(spills.iter().map(Spill::len).sum());
    let spills: Vec<Mutex<Spill<u64>>> = spills.into_iter().map(Mutex::new).collect();
    let next = Mutex::new(0..256usize);
    let sort = || {
        let (mut words, mut entries, mut done) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(part) = next.lock().ok().and_then(|mut parts| parts.next()) {
            words.clear();
            for (spill, base) in spills.iter().zip(bases) {
                if let Ok(mut spill) = spill.lock() {
                    spill.take_part(part, |word| words.push(word + u64::from(*base)));
                }
            }
            words.sort_unstable();
            words.dedup();
            entries.clear();
            entries.extend(words.iter().map(|word| ((word >> 32) as u32 & 0xFF_FFFF, *word as u32)));
            done.push((part, part_of(&entries, shift)));
        }
        done
    };
    let mut parts: Vec<(usize, Part)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(sort)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    parts.sort_unstable_by_key(|(part, _)| *part);
    Buckets { shift, parts: parts.into_iter().map(|(_, part)| part).collect() }
}

/// Counts equal hashes (their upper 32 bits); those that come only once are left out.
pub(super) fn of_counts(mut spills: Vec<Spill<u32>>) -> Buckets {
    let shift = shift_for(spills.iter().map(Spill::len).sum::<usize>() / 8);
    let (mut words, mut entries) = (Vec::new(), Vec::new());
    let parts = (0..256).map(|part| {
        words.clear();
        for spill in &mut spills {
            spill.take_part(part, |word| words.push(word));
        }
        words.sort_unstable();
        entries.clear();
        let runs = words.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
        entries.extend(runs.map(|run| (run[0] & 0xFF_FFFF, u32::try_from(run.len()).unwrap_or(u32::MAX))));
        part_of(&entries, shift)
    });
    let parts = parts.collect();
    Buckets { shift, parts }
}
