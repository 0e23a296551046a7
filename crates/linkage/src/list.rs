//! A whole list at once: the best candidates of every row, and what only the list as a whole shows.

use crate::clean::Cleaned;
use crate::frequencies::Frequencies;
use crate::model::{Band, Model, Score, probability};

/// A candidate of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Which of the candidates given, by its place in the slice.
    pub candidate: usize,
    /// Bits, prior included.
    pub weight: f64,
    /// That listed and known are one person.
    pub probability: f64,
    /// After looking at the whole list: a pair certain by itself becomes review when another candidate fits as well, or
    /// another row claims the same person better.
    pub band: Band,
}

/// One row's answer: up to five candidates, best first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// Best first.
    pub candidates: Vec<Ranked>,
    /// Rows of this list that claim the same person of the register, by their place in the list.
    pub also_claimed_by: Vec<usize>,
    /// True when a second person of the register fits nearly as well, and isn't plainly a second entry of the first.
    pub ambiguous: bool,
}

/// Most candidates kept for a row.
pub const KEPT: usize = 5;

/// A second candidate within this many bits of the first makes the row ambiguous.
const NEAR: f64 = 6.0;

/// Of a row's candidates those that may still be shown, by their places, when only the terms of the row itself have been
/// counted: who counts the candidates' own terms in a store counts them for these alone.
///
/// A term without a count weighs as unseen, so as much as it can; counting it takes weight away. Left out is who stays four bits
/// below review even so, unless they are among the first ten: those also tell whether a row is ambiguous.
#[must_use]
pub fn shortlist(
    model: &Model,
    listed: &Cleaned,
    candidates: &[&Cleaned],
    terms_of_row: &Frequencies,
) -> Vec<usize> {
    if candidates.len() <= FIRST {
        return (0..candidates.len()).collect();
    }
    let mut scored: Vec<(f64, usize)> = candidates
        .iter()
        .enumerate()
        .map(|(place, known)| (model.score(listed, known, terms_of_row).weight, place))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let least = model.review_from - SPARE;
    let mut kept: Vec<usize> = scored
        .iter()
        .enumerate()
        .filter(|(rank, (weight, _))| *rank < FIRST || *weight >= least)
        .map(|(_, (_, place))| *place)
        .collect();
    kept.sort_unstable();
    kept
}

/// Candidates of a row that [`shortlist`] keeps whatever they weigh.
const FIRST: usize = 10;
/// Bits below review at which [`shortlist`] lets go.
const SPARE: f64 = 4.0;

/// One row of a list and the register's people that share a key with it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The row.
    pub listed: &'a Cleaned,
    /// `(id, person)`; the id is the register's own, the same for every row.
    pub candidates: &'a [(u64, Cleaned)],
}

/// Decides a list. `rows[i].candidates` come from a store's look-up by [`crate::lookup_keys`] or from an index.
#[must_use]
pub fn match_list(model: &Model, rows: &[Row<'_>], register: &Frequencies) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = rows.iter().map(|row| decide(model, row, register)).collect();
    let claims: Vec<Option<u64>> = rows
        .iter()
        .zip(&decisions)
        .map(|(row, decision)| {
            let best = decision.candidates.first().filter(|c| c.band > Band::None)?;
            row.candidates.get(best.candidate).map(|(id, _)| *id)
        })
        .collect();
    settle_claims(model, rows, &claims, &mut decisions, register);
    decisions
}

fn decide(model: &Model, row: &Row<'_>, register: &Frequencies) -> Decision {
    let mut scored: Vec<(usize, Score)> = row
        .candidates
        .iter()
        .enumerate()
        .map(|(i, (_, known))| (i, model.score(row.listed, known, register)))
        .collect();
    // Ties by evidence only, then by nothing: the order in which candidates came must not decide.
    scored.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight));
    scored.truncate(KEPT);
    let mut candidates: Vec<Ranked> = scored
        .iter()
        .map(|(candidate, score)| Ranked {
            candidate: *candidate,
            weight: score.weight,
            probability: probability(score.weight),
            band: model.band(score),
        })
        .collect();
    let ambiguous = is_ambiguous(model, row, &candidates, register);
    if ambiguous {
        for ranked in &mut candidates {
            ranked.band = ranked.band.min(Band::Review);
        }
    }
    Decision { candidates, also_claimed_by: Vec::new(), ambiguous }
}

fn is_ambiguous(model: &Model, row: &Row<'_>, ranked: &[Ranked], register: &Frequencies) -> bool {
    let [first, second, ..] = ranked else { return false };
    if first.band == Band::None || first.weight - second.weight > NEAR {
        return false;
    }
    match (row.candidates.get(first.candidate), row.candidates.get(second.candidate)) {
        (Some((_, a)), Some((_, b))) => model.score(a, b, register).weight < model.certain_from,
        _ => false,
    }
}

/// Two rows may claim one person: one defendant listed twice, or twins of whom one is known. Rows that are plainly the same
/// person keep their bands; otherwise only the better claim does. Both carry the warning.
fn settle_claims(
    model: &Model,
    rows: &[Row<'_>],
    claims: &[Option<u64>],
    decisions: &mut [Decision],
    register: &Frequencies,
) {
    let mut order: Vec<(u64, usize)> =
        claims.iter().enumerate().filter_map(|(row, claim)| claim.map(|id| (id, row))).collect();
    order.sort_unstable();
    for group in order.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let weight = |row: usize| decisions[row].candidates.first().map_or(f64::MIN, |c| c.weight);
        let best = group.iter().map(|(_, row)| *row).max_by(|a, b| weight(*a).total_cmp(&weight(*b)));
        let Some(best) = best else { continue };
        for &(_, row) in group {
            decisions[row].also_claimed_by =
                group.iter().map(|(_, other)| *other).filter(|other| *other != row).collect();
            let one_person =
                model.score(rows[row].listed, rows[best].listed, register).weight >= model.certain_from;
            if row != best && !one_person {
                for ranked in &mut decisions[row].candidates {
                    ranked.band = ranked.band.min(Band::Review);
                }
            }
        }
    }
}
