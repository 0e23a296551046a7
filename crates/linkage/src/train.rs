//! Weights from data: expectation–maximisation without labels, or counting with them.
//!
//! Only the same-person column, the expected relatives and the known share are learned. The stranger column comes from the
//! register's own counts, and how relatives differ is knowledge, not something a list of a few thousand rows could teach.
//! Every learned probability is drawn towards the one it started from, as if that had been seen [`PRIOR_ROWS`] times.

use crate::clean::Cleaned;
use crate::compare::{Evidence, Field, Level};
use crate::dedupe::stranger_pairs;
use crate::frequencies::Frequencies;
use crate::model::{Calibration, Like, Model, RELATIVES};

/// Rows that the starting model counts for.
pub const PRIOR_ROWS: f64 = 200.0;

/// What training did.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The new model. Its version ends in `+em` or `+labels`.
    pub model: Model,
    /// Rounds until nothing moved by more than a thousandth.
    pub rounds: usize,
}

/// Learns from pairs without labels: `rows[i]` holds the evidence of every candidate of one list row.
#[must_use]
pub fn without_labels(start: &Model, rows: &[Vec<Evidence>], people: u64) -> Trained {
    let mut model = start.clone();
    for round in 1..=30 {
        let weighed = rows.iter().map(|row| {
            let weights: Vec<f64> = row.iter().map(|e| model.weigh(*e, people).weight.exp2()).collect();
            // At most one candidate of a row is the person, but for second entries: share what exceeds one.
            let sum: f64 = weights.iter().map(|odds| odds / (1.0 + odds)).sum();
            weights.into_iter().map(|odds| odds / (1.0 + odds) / sum.max(1.0)).collect::<Vec<f64>>()
        });
        let weighed: Vec<Vec<f64>> = weighed.collect();
        let next = maximise(start, rows, &weighed, people);
        let moved = moved(&model, &next);
        model = next;
        if moved < 1e-3 || round == 30 {
            model.version = format!("{}+em", start.version);
            return Trained { model, rounds: round };
        }
    }
    Trained { model, rounds: 30 }
}

/// Learns from pairs with labels: `right[i][j]` says whether candidate `j` of row `i` is the person.
#[must_use]
pub fn with_labels(start: &Model, rows: &[Vec<Evidence>], right: &[Vec<bool>], people: u64) -> Trained {
    let weighed: Vec<Vec<f64>> =
        right.iter().map(|row| row.iter().map(|is| f64::from(u8::from(*is))).collect()).collect();
    let mut model = maximise(start, rows, &weighed, people);
    model.version = format!("{}+labels", start.version);
    model.calibration = Calibration { slope: 1.0, offset: 0.0 };
    let best: Vec<(f64, bool)> =
        best_of(&model, rows, right, people).into_iter().map(|(w, r, _)| (w, r)).collect();
    model.calibration = calibrate(&best);
    set_thresholds(&mut model, rows, right, people);
    Trained { model, rounds: 1 }
}

fn maximise(start: &Model, rows: &[Vec<Evidence>], weighed: &[Vec<f64>], people: u64) -> Model {
    let mut counts = [0.0; Level::COUNT];
    let (mut known, mut relatives) = (0.0, [0.0; RELATIVES]);
    for (row, weights) in rows.iter().zip(weighed) {
        for (evidence, weight) in row.iter().zip(weights) {
            known += weight;
            if *weight > 1e-6 {
                for level in evidence.levels {
                    counts[level as usize] += weight;
                }
            }
            if *weight < 0.5 {
                let score = start.weigh(*evidence, people);
                // Share of the pair that relatives explain, of what isn't the same person.
                let share = (1.0 - score.relatives.exp2()) * (1.0 - weight);
                relatives[score.likeliest_relative as usize] += share;
            }
        }
    }
    let mut model = start.clone();
    for field in Field::ALL {
        let levels = || Level::ALL.iter().filter(move |l| **l != Level::Missing && l.field() == field);
        let seen: f64 = levels().map(|l| counts[*l as usize]).sum();
        let before: f64 = levels().map(|l| start.rows[*l as usize].same).sum();
        for level in levels() {
            let row = &mut model.rows[*level as usize];
            row.same =
                ((counts[*level as usize] + PRIOR_ROWS * row.same) / (seen + PRIOR_ROWS * before)).max(1e-5);
            // Relatives who share the value share how it gets mistaken.
            let (old, new) = (start.rows[*level as usize].same, row.same);
            for like in &mut row.relatives {
                if let Like::Chance(p) = like
                    && (*p / old - 1.0).abs() < 0.01
                {
                    *p = new;
                }
            }
        }
    }
    // Swapped names are two fields' doing: the surname's level follows the forename's.
    model.rows[Level::SurnameSwapped as usize].same = start.rows[Level::SurnameSwapped as usize].same;
    let n = rows.len().max(1) as f64;
    model.known_share = ((known + PRIOR_ROWS * start.known_share) / (n + PRIOR_ROWS)).clamp(0.01, 0.99);
    for (expected, (seen, before)) in
        model.expected_relatives.iter_mut().zip(relatives.into_iter().zip(start.expected_relatives))
    {
        *expected = ((seen + PRIOR_ROWS * before) / (n + PRIOR_ROWS)).max(0.002);
    }
    model
}

fn moved(a: &Model, b: &Model) -> f64 {
    a.rows
        .iter()
        .zip(&b.rows)
        .map(|(a, b)| (a.same - b.same).abs())
        .fold((a.known_share - b.known_share).abs(), f64::max)
}

/// The best candidate of each row: weight, whether it is right, whether valid identifiers differ.
fn best_of(
    model: &Model,
    rows: &[Vec<Evidence>],
    right: &[Vec<bool>],
    people: u64,
) -> Vec<(f64, bool, bool)> {
    let mut best: Vec<(f64, bool, bool)> = Vec::new();
    for (row, right) in rows.iter().zip(right) {
        let scored = row
            .iter()
            .zip(right)
            .map(|(e, r)| (model.weigh(*e, people).weight, *r, e.identifiers_conflict()));
        best.extend(scored.max_by(|a, b| a.0.total_cmp(&b.0)));
    }
    best
}

/// Slope and offset by logistic regression (Platt 1999) on best candidates' weights, drawn towards slope 1 and offset 0.
#[must_use]
pub fn calibrate(best: &[(f64, bool)]) -> Calibration {
    let (mut slope, mut offset) = (1.0f64, 0.0f64);
    for _ in 0..50 {
        // Newton's step; in nats inside, bits outside. The penalty is worth a few rows.
        let (mut g, mut h) = ([-4.0 * (slope - 1.0), -0.2 * offset], [[4.0, 0.0], [0.0, 0.2]]);
        for (weight, right) in best {
            let x = weight.clamp(-15.0, 25.0) * std::f64::consts::LN_2;
            let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
            let (error, spread) = (f64::from(u8::from(*right)) - p, p * (1.0 - p));
            g[0] += error * x;
            g[1] += error;
            h[0][0] += spread * x * x;
            h[0][1] += spread * x;
            h[1][1] += spread;
        }
        let determinant = h[0][0] * h[1][1] - h[0][1] * h[0][1];
        if determinant.abs() < 1e-12 {
            break;
        }
        let step = [
            (h[1][1] * g[0] - h[0][1] * g[1]) / determinant,
            (h[0][0] * g[1] - h[0][1] * g[0]) / determinant,
        ];
        slope = (slope + step[0]).clamp(0.3, 2.0);
        offset += step[1];
        if step[0].abs() + step[1].abs() < 1e-9 {
            break;
        }
    }
    Calibration { slope, offset: offset / std::f64::consts::LN_2 }
}

/// Thresholds from labels: certain begins where the best candidates above would still be .999 right, half a bit above the
/// highest wrong one and never below the weight that stands for 99 %; review begins where the best F1 is.
fn set_thresholds(model: &mut Model, rows: &[Vec<Evidence>], right: &[Vec<bool>], people: u64) {
    let mut best: Vec<(f64, bool, bool)> = Vec::new();
    for (row, right) in rows.iter().zip(right) {
        let scored = row
            .iter()
            .zip(right)
            .map(|(e, r)| (model.weigh(*e, people).weight, *r, e.identifiers_conflict()));
        best.extend(scored.max_by(|a, b| a.0.total_cmp(&b.0)));
    }
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut good, mut wrong, mut certain) = (0usize, 0usize, f64::INFINITY);
    for (weight, is_right, _) in best.iter().filter(|(.., conflict)| !conflict) {
        if *is_right {
            good += 1
        } else {
            wrong += 1
        }
        if wrong as f64 <= 0.001 * (good + wrong) as f64 && *is_right {
            certain = *weight;
        }
    }
    let highest_wrong = best.iter().filter(|(_, r, c)| !r && !c).map(|(w, ..)| *w).fold(f64::MIN, f64::max);
    model.certain_from = certain.max(highest_wrong + 0.5).clamp(6.6, 16.0);
    let known = best.iter().filter(|(_, right, _)| *right).count();
    let (mut good, mut shown, mut top) = (0usize, 0usize, 0.0);
    for (weight, is_right, _) in &best {
        shown += 1;
        good += usize::from(*is_right);
        let f1 = 2.0 * good as f64 / (shown + known) as f64;
        if f1 > top {
            (top, model.review_from) = (f1, *weight);
        }
    }
}

/// Learns from the pairs of one set of records, where a record may have many partners: same-person and stranger columns,
/// and the prior. Levels whose strangers depend on how common a value is keep their stranger column.
#[must_use]
pub fn of_pairs(
    start: &Model,
    pairs: &[Evidence],
    register: &Frequencies,
    records: &[(String, Cleaned)],
) -> Model {
    let people = register.people();
    let mut model = start.clone();
    let strangers = stranger_pairs(records, register, 200_000);
    for field in Field::ALL {
        let levels = || Level::ALL.iter().filter(move |l| **l != Level::Missing && l.field() == field);
        let seen = strangers.iter().filter(|e| e.level(field) != Level::Missing).count() as f64;
        for level in levels().filter(|_| seen > 0.0) {
            let at = strangers.iter().filter(|e| e.level(field) == *level).count() as f64;
            let depends = strangers
                .iter()
                .chain(pairs)
                .any(|e| e.level(field) == *level && e.shares[field as usize].0 > 0.0);
            if !depends {
                let row = &mut model.rows[*level as usize];
                row.stranger = ((at + 20.0 * row.stranger) / (seen + 20.0)).clamp(1e-8, 1.0);
            }
        }
    }
    for _ in 0..30 {
        let odds = pairs.iter().map(|e| model.weigh(*e, people).weight.exp2());
        let weights: Vec<f64> = odds.map(|odds| odds / (1.0 + odds)).collect();
        let known: f64 = weights.iter().sum();
        // Each pair is its own row: `maximise` then counts levels; the prior is pairs a record.
        let rows: Vec<Vec<Evidence>> = vec![pairs.to_vec()];
        let mut next = maximise(start, &rows, std::slice::from_ref(&weights), people);
        for (row, learned) in next.rows.iter_mut().zip(&model.rows) {
            row.stranger = learned.stranger;
        }
        next.expected_relatives = start.expected_relatives;
        // A pair of n records is drawn from n²/2; a look-up's prior is over n people.
        next.known_share = 2.0 * known / people as f64;
        let moved = moved(&model, &next);
        model = next;
        if moved < 1e-3 {
            break;
        }
    }
    model.version = format!("{}+own", start.version);
    model
}
