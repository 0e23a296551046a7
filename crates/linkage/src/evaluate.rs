//! How good a decided list is, against the truth.

use crate::list::Decision;
use crate::model::Band;
use std::collections::{HashMap, HashSet};

/// One row's answer with the register's ids, best first.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The list's id of the row.
    pub list_id: String,
    /// `(rec_id, weight, band)`.
    pub candidates: Vec<(String, f64, Band)>,
}

impl Answer {
    /// From a decision and the ids of its candidates.
    #[must_use]
    pub fn new(list_id: &str, decision: &Decision, id_of: impl Fn(usize) -> String) -> Self {
        let candidates = decision.candidates.iter().map(|c| (id_of(c.candidate), c.weight, c.band)).collect();
        Answer { list_id: list_id.to_owned(), candidates }
    }
}

/// The right answers: which people of the register a row is (a person entered twice has two).
pub type Truth = HashMap<String, HashSet<String>>;

/// Right and wrong answers of the best candidate above some threshold.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rates {
    /// Right best candidates.
    pub right: usize,
    /// Wrong best candidates.
    pub wrong: usize,
    /// Known rows of the list.
    pub known: usize,
}

impl Rates {
    /// Share of the answers that are right; 1 when there is none.
    #[must_use]
    pub fn precision(&self) -> f64 {
        let all = self.right + self.wrong;
        if all == 0 { 1.0 } else { self.right as f64 / all as f64 }
    }

    /// Share of the known rows that were found.
    #[must_use]
    pub fn recall(&self) -> f64 {
        if self.known == 0 { 1.0 } else { self.right as f64 / self.known as f64 }
    }

    /// Harmonic mean of the two.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// Figures of one list.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// Rows of the list.
    pub rows: usize,
    /// Best candidate of certain and review at the shipped threshold.
    pub shown: Rates,
    /// Best candidate at the threshold of this list that gives the best F1 (how peers are measured).
    pub best: Rates,
    /// That threshold, bits.
    pub best_from: f64,
    /// Best candidate, certain only.
    pub certain: Rates,
    /// Known rows whose person is among the best three candidates, certain or review.
    pub among_three: usize,
    /// Rows whose best candidate is for review.
    pub review: usize,
    /// Recall at the loosest threshold with precision of .99 and .999.
    pub recall_at: [f64; 2],
    /// Known rows with the right person among the candidates, whatever the weight: blocking recall of the best five.
    pub found_at_all: usize,
    /// Mean of (probability − right)², over rows that have a candidate: calibration and sharpness in one.
    pub brier: f64,
}

/// Measures answers against the truth, for the rows that `which` picks.
#[must_use]
pub fn evaluate(answers: &[Answer], truth: &Truth, which: impl Fn(&str) -> bool) -> Evaluation {
    let mut out = Evaluation::default();
    let mut scored: Vec<(f64, bool)> = Vec::new();
    let (mut errors, mut with_candidate) = (0.0, 0usize);
    for answer in answers.iter().filter(|answer| which(&answer.list_id)) {
        out.rows += 1;
        let right = truth.get(&answer.list_id);
        let is_right = |id: &String| right.is_some_and(|ids| ids.contains(id));
        out.certain.known += usize::from(right.is_some());
        let Some((id, weight, band)) = answer.candidates.first() else { continue };
        scored.push((*weight, is_right(id)));
        with_candidate += 1;
        errors += (crate::model::probability(*weight) - f64::from(u8::from(is_right(id)))).powi(2);
        let count = |rates: &mut Rates| if is_right(id) { rates.right += 1 } else { rates.wrong += 1 };
        match band {
            Band::Certain => {
                count(&mut out.certain);
                count(&mut out.shown);
            }
            Band::Review => {
                out.review += 1;
                count(&mut out.shown);
            }
            Band::None => {}
        }
        out.found_at_all += usize::from(answer.candidates.iter().any(|(id, ..)| is_right(id)));
        out.among_three += usize::from(
            answer.candidates.iter().take(3).any(|(id, _, band)| *band > Band::None && is_right(id)),
        );
    }
    out.shown.known = out.certain.known;
    out.brier = if with_candidate == 0 { 0.0 } else { errors / with_candidate as f64 };
    scan(&mut scored, &mut out);
    out
}

/// The best threshold of this list.
fn scan(scored: &mut [(f64, bool)], out: &mut Evaluation) {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut rates = Rates { known: out.certain.known, ..Rates::default() };
    out.best = rates;
    for (i, (weight, right)) in scored.iter().enumerate() {
        if *right {
            rates.right += 1
        } else {
            rates.wrong += 1
        }
        if scored.get(i + 1).is_some_and(|(next, _)| next == weight) {
            continue;
        }
        if rates.f1() > out.best.f1() {
            (out.best, out.best_from) = (rates, *weight);
        }
        for (slot, floor) in out.recall_at.iter_mut().zip([0.99, 0.999]) {
            if rates.precision() >= floor {
                *slot = slot.max(rates.recall());
            }
        }
    }
}
