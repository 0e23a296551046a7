//! The four rules of special cause.

use serde::Serialize;

use super::Limits;

/// Points in a run or trend.
const RUN: usize = 7;

/// A rule that a point breaks. When several apply, the one named first here is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// Above the upper limit.
    AboveLimit,
    /// Below the lower limit.
    BelowLimit,
    /// One of seven points each above the one before.
    Rising,
    /// One of seven points each below the one before.
    Falling,
    /// One of two points out of three near the upper limit, all three above the mean.
    TwoOfThreeHigh,
    /// One of two points out of three near the lower limit, all three below the mean.
    TwoOfThreeLow,
    /// One of seven points above the mean.
    RunAbove,
    /// One of seven points below the mean.
    RunBelow,
}

impl Signal {
    /// It points upwards.
    pub fn is_upward(self) -> bool {
        matches!(self, Self::AboveLimit | Self::Rising | Self::TwoOfThreeHigh | Self::RunAbove)
    }
}

/// The signal of each point of one part. Without limits only trends can be seen.
pub(super) fn signals(values: &[f64], limits: Option<&Limits>) -> Vec<Option<Signal>> {
    let mut signals = vec![None; values.len()];
    let mut mark = |points: Vec<usize>, signal: Signal| {
        for at in points {
            if let Some(slot) = signals.get_mut(at) {
                // Rules are applied from the weightiest down, so an earlier mark stays.
                *slot = slot.or(Some(signal));
            }
        }
    };
    // A value on a line is not beyond it, even where the mean of equal values is off by its last bit.
    let tiny = limits.map_or(0.0, |l| 1e-12 * (l.mean.abs() + (l.upper - l.lower)));
    let above = |value: f64, line: f64| value > line + tiny;
    let below = |value: f64, line: f64| value < line - tiny;
    if let Some(limits) = limits {
        mark(where_each(values, |value| above(value, limits.upper)), Signal::AboveLimit);
        mark(where_each(values, |value| below(value, limits.lower)), Signal::BelowLimit);
    }
    mark(trend(values, |before, after| after > before), Signal::Rising);
    mark(trend(values, |before, after| after < before), Signal::Falling);
    if let Some(limits) = limits {
        let third = (limits.upper - limits.mean) * 2.0 / 3.0;
        let near_upper = |value: f64| above(value, limits.mean + third) && !above(value, limits.upper);
        let near_lower = |value: f64| below(value, limits.mean - third) && !below(value, limits.lower);
        let high = |value: f64| above(value, limits.mean);
        let low = |value: f64| below(value, limits.mean);
        mark(two_of_three(values, near_upper, high), Signal::TwoOfThreeHigh);
        mark(two_of_three(values, near_lower, low), Signal::TwoOfThreeLow);
        // A point on the mean breaks a run.
        mark(run(values, high), Signal::RunAbove);
        mark(run(values, low), Signal::RunBelow);
    }
    signals
}

fn where_each(values: &[f64], holds: impl Fn(f64) -> bool) -> Vec<usize> {
    (0..values.len()).filter(|at| values.get(*at).is_some_and(|value| holds(*value))).collect()
}

/// All points of every stretch of seven whose six steps all hold.
fn trend(values: &[f64], step: impl Fn(f64, f64) -> bool) -> Vec<usize> {
    let stretches = values.windows(RUN).enumerate();
    let held = stretches.filter(|(_, stretch)| stretch.windows(2).all(|pair| step(pair[0], pair[1])));
    held.flat_map(|(at, _)| at..at + RUN).collect()
}

/// All points of every stretch of seven that all hold.
fn run(values: &[f64], holds: impl Fn(f64) -> bool) -> Vec<usize> {
    let stretches = values.windows(RUN).enumerate();
    let held = stretches.filter(|(_, stretch)| stretch.iter().all(|value| holds(*value)));
    held.flat_map(|(at, _)| at..at + RUN).collect()
}

/// The near points of every stretch of three on one side, of which at least two are near the limit but not beyond.
fn two_of_three(values: &[f64], near: impl Fn(f64) -> bool, side: impl Fn(f64) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, stretch) in values.windows(3).enumerate() {
        let near_ones = (at..at + 3).zip(stretch).filter(|(_, value)| near(**value)).map(|(at, _)| at);
        let near_ones = near_ones.collect::<Vec<_>>();
        if near_ones.len() >= 2 && stretch.iter().all(|value| side(*value)) {
            found.extend(near_ones);
        }
    }
    found
}
