//! Pairs within one set of records that are one person: weights learned from the set itself, then groups.
//!
//! A group is built from the strongest pair down; two groups join when the strongest pair between them and
//! the mean of all, together, are above the threshold, so that one false bridge doesn't pull two people together. All pairs within a group count as found,
//! those that shared no key too.

use crate::clean::Cleaned;
use crate::compare::{Evidence, evidence};
use crate::frequencies::Frequencies;
use crate::index::{Index, Part};
use crate::keys::{write_keys, write_thorough_keys};
use crate::model::{Calibration, Model};
use crate::train;
use std::collections::HashMap;

/// Records under one key beyond which the key is passed over.
const COMMON: usize = 150;

/// How to look for pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Threads.
    pub threads: usize,
    /// Groups join when the strongest and the mean weight between them average this many bits and more.
    pub join_from: f64,
    /// Weight that a pair without a common key counts for between groups, bits.
    pub unseen: f64,
    /// Relatives expected, as a share of what the starting model expects.
    pub relatives: f64,
    /// Whether to learn weights from the records themselves.
    pub learn: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { threads: 1, join_from: 0.0, unseen: -6.0, relatives: 0.1, learn: true }
    }
}

/// Two records.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Place of the one in the records given.
    pub first: usize,
    /// Place of the other, always later.
    pub second: usize,
    /// Bits, prior included.
    pub weight: f64,
    /// Whether the two are in one group.
    pub same: bool,
}

/// Finds pairs that are one person. Ids must be unlike each other; they and the order of records say nothing.
#[must_use]
pub fn dedupe(records: &[(String, Cleaned)], start: &Model, settings: &Settings) -> Vec<Pair> {
    let mut part = Part::new();
    for (i, (_, person)) in records.iter().enumerate() {
        part.add_thorough(&i.to_string(), person);
    }
    let index = Index::join(vec![part], settings.threads);
    let found = candidates(records, &index, settings.threads);
    // A set to be cleaned of doubles has mostly one entry a person and few relatives; a court's list has more.
    let expected_relatives = start.expected_relatives.map(|expected| expected * settings.relatives);
    // Calibration is for lists against registers; here the prior is learned with everything else.
    let calibration = Calibration { slope: 1.0, offset: 0.0 };
    let mut model =
        Model { one_in: None, known_share: 1.0, expected_relatives, calibration, ..start.clone() };
    if settings.learn {
        let evidence: Vec<Evidence> = found.iter().map(|(.., e)| *e).collect();
        model = train::of_pairs(&model, &evidence, index.frequencies(), records);
    }
    let people = records.len() as u64;
    let pairs: Vec<Pair> = found
        .iter()
        .map(|(first, second, e)| Pair {
            first: *first,
            second: *second,
            weight: model.weigh(*e, people).weight,
            same: false,
        })
        .collect();
    group(pairs, records.len(), settings)
}

fn candidates(records: &[(String, Cleaned)], index: &Index, threads: usize) -> Vec<(usize, usize, Evidence)> {
    let chunk = records.len().div_ceil(threads.max(1)).max(1);
    let of_chunk = |(number, chunk_records): (usize, &[(String, Cleaned)])| {
        let mut out = Vec::new();
        for (i, (_, person)) in (number * chunk..).zip(chunk_records) {
            let mut keys = Vec::with_capacity(40);
            write_keys(person, true, &mut keys);
            write_thorough_keys(person, &mut keys);
            let others =
                index.rows_of(keys, COMMON).into_iter().map(|row| row as usize).filter(|row| *row > i);
            out.extend(
                others
                    .filter_map(|j| Some((i, j, evidence(person, &records.get(j)?.1, index.frequencies())))),
            );
        }
        out
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            records.chunks(chunk).enumerate().map(|part| scope.spawn(move || of_chunk(part))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}

/// Pairs a group takes in by joining strongest first.
fn group(mut pairs: Vec<Pair>, records: usize, settings: &Settings) -> Vec<Pair> {
    pairs.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then(a.first.cmp(&b.first)).then(a.second.cmp(&b.second))
    });
    let weights: HashMap<(usize, usize), f64> =
        pairs.iter().map(|p| ((p.first, p.second), p.weight)).collect();
    let mut group_of: Vec<usize> = (0..records).collect();
    let mut members: Vec<Vec<usize>> = (0..records).map(|i| vec![i]).collect();
    for pair in pairs.iter().take_while(|p| p.weight >= settings.join_from) {
        let (a, b) = (group_of[pair.first], group_of[pair.second]);
        if a == b {
            continue;
        }
        let between = members[a].iter().flat_map(|i| members[b].iter().map(move |j| (*i.min(j), *i.max(j))));
        // Very strong and very weak pairs count alike beyond 20 bits, so that one doesn't outvote the rest. The strongest
        // counts as much as the mean of all: a record full of slips may resemble one entry of its group only.
        let (mut sum, mut top) = (0.0, f64::MIN);
        for pair in between {
            let weight = weights.get(&pair).copied().unwrap_or(settings.unseen).clamp(-20.0, 20.0);
            sum += weight;
            top = f64::max(top, weight);
        }
        let mean = sum / (members[a].len() * members[b].len()) as f64;
        if (top + mean) / 2.0 >= settings.join_from {
            let moved = std::mem::take(&mut members[b]);
            for i in &moved {
                group_of[*i] = a;
            }
            members[a].extend(moved);
        }
    }
    for pair in &mut pairs {
        pair.same = group_of[pair.first] == group_of[pair.second];
    }
    for group in &members {
        for (at, i) in group.iter().enumerate() {
            for j in &group[at + 1..] {
                let (first, second) = (*i.min(j), *i.max(j));
                if !weights.contains_key(&(first, second)) {
                    pairs.push(Pair { first, second, weight: settings.unseen, same: true });
                }
            }
        }
    }
    pairs
}

/// Random pairs of records, which are nearly all strangers: what their comparison gives is how strangers look.
pub(crate) fn stranger_pairs(
    records: &[(String, Cleaned)],
    register: &Frequencies,
    wanted: usize,
) -> Vec<Evidence> {
    let n = records.len() as u64;
    if n < 2 {
        return Vec::new();
    }
    // A fixed walk that visits pairs far apart: the same answer every time.
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n) as usize
    };
    let pairs = (0..wanted).map(|_| (next(), next())).filter(|(i, j)| i != j);
    pairs.filter_map(|(i, j)| Some(evidence(&records.get(i)?.1, &records.get(j)?.1, register))).collect()
}
