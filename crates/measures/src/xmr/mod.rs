//! XmR charts by the rules of NHS Making Data Count: is a series only varying, or did something change?
//!
//! Limits are the mean plus and minus 2.66 times the mean moving range. Screening drops moving ranges of 3.267 times
//! their mean or more once, before the limits are set; NHS England's spreadsheet does not screen, its R package does by
//! default, so a chart must say which.

mod rules;

use serde::Serialize;

use crate::MeasureError;
pub use rules::Signal;

/// Limits are this many mean moving ranges from the mean (3/d₂ with d₂ = 1.128).
const LIMIT: f64 = 2.66;
/// Moving ranges of so many times their mean are screened out (D₄).
const SCREEN: f64 = 3.267;
/// Fewer points than this make limits that still move a lot.
const ENOUGH: usize = 13;

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: a change is only high or low.
    #[default]
    Neither,
}

/// Whether extreme moving ranges are left out of the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Screening {
    /// Left out once, as the NHS-R package does.
    Screen,
    /// All kept, as NHS England's spreadsheet does.
    #[default]
    KeepAll,
}

/// How to draw the chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Which way is better.
    pub better: Better,
    /// Screening of moving ranges.
    pub screening: Screening,
    /// Positions (from 0) at which new limits start, because the process was knowingly changed there.
    pub rebase_at: Vec<usize>,
    /// Set the limits of each part by its first so many points only.
    pub fix_after: Option<usize>,
    /// The target, for assurance.
    pub target: Option<f64>,
}

/// The limits of one part of the series.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// Mean.
    pub mean: f64,
    /// Lower process limit.
    pub lower: f64,
    /// Upper process limit.
    pub upper: f64,
}

/// One point of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The value.
    pub value: f64,
    /// Which part of the series, from 0.
    pub part: usize,
    /// The limits of that part; `None` when it has a single point.
    pub limits: Option<Limits>,
    /// The rule it breaks, the weightiest of several; `None` for common cause.
    pub signal: Option<Signal>,
    /// What that means.
    pub reading: Reading,
}

/// What a point says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Only varying.
    CommonCause,
    /// Special cause in the better direction.
    Improvement,
    /// Special cause in the worse direction.
    Concern,
    /// Special cause upwards, where neither way is better.
    High,
    /// Special cause downwards, where neither way is better.
    Low,
}

/// Whether the process, as it stands, will meet its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// It will always meet it.
    Pass,
    /// It will always miss it.
    Fail,
    /// It will sometimes meet it, by chance.
    HitAndMiss,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// The points in order.
    pub points: Vec<Point>,
    /// Assurance of the last part; `None` without a target, without limits, or where neither way is better.
    pub assurance: Option<Assurance>,
    /// What a reader must not overlook.
    pub warnings: Vec<String>,
}

/// Draw the chart of a series in order of time. Leave out what is missing or suppressed.
///
/// # Errors
/// [`MeasureError`] when a value is not a number, or a position lies outside the series.
pub fn chart(values: &[f64], options: &Options) -> Result<Chart, MeasureError> {
    check(values, options)?;
    let mut starts = vec![0];
    starts.extend(&options.rebase_at);
    let ends = starts.iter().skip(1).copied().chain([values.len()]);
    let mut points = Vec::with_capacity(values.len());
    let mut warnings = Vec::new();
    for (part, (start, end)) in starts.iter().copied().zip(ends).enumerate() {
        let values = values.get(start..end).unwrap_or_default();
        let base = values.get(..options.fix_after.unwrap_or(values.len())).unwrap_or(values);
        if base.len() < ENOUGH {
            warnings.push(format!(
                "{} points set the limits of part {}; fewer than {ENOUGH} make limits that still move.",
                base.len(),
                part + 1
            ));
        }
        let limits = limits(base, options.screening);
        let signals = rules::signals(values, limits.as_ref());
        points.extend(values.iter().zip(signals).map(|(value, signal)| Point {
            value: *value,
            part,
            limits,
            signal,
            reading: reading(signal, options.better),
        }));
    }
    let last = points.last().and_then(|point: &Point| point.limits);
    let assurance =
        options.target.zip(last).and_then(|(target, limits)| assure(target, limits, options.better));
    Ok(Chart { points, assurance, warnings })
}

fn check(values: &[f64], options: &Options) -> Result<(), MeasureError> {
    if let Some(at) = values.iter().position(|value| !value.is_finite()) {
        return Err(MeasureError::NotFinite { position: at + 1 });
    }
    let mut before = 0;
    for &position in &options.rebase_at {
        if position <= before || position >= values.len() {
            return Err(MeasureError::OutsideSeries { position, length: values.len() });
        }
        before = position;
    }
    match options.fix_after {
        Some(position) if position < 2 || position > values.len() => {
            Err(MeasureError::OutsideSeries { position, length: values.len() })
        }
        _ => Ok(()),
    }
}

fn limits(values: &[f64], screening: Screening) -> Option<Limits> {
    let ranges = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect::<Vec<_>>();
    let plain = mean(&ranges)?;
    let average = match screening {
        Screening::KeepAll => plain,
        // A constant series has moving ranges of 0, all "3.267 times their mean or more": nothing is left to drop.
        Screening::Screen => {
            let kept = ranges.iter().copied().filter(|range| *range < SCREEN * plain).collect::<Vec<_>>();
            mean(&kept).unwrap_or(plain)
        }
    };
    let mean = mean(values)?;
    Some(Limits { mean, lower: mean - LIMIT * average, upper: mean + LIMIT * average })
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn reading(signal: Option<Signal>, better: Better) -> Reading {
    match (signal.map(Signal::is_upward), better) {
        (None, _) => Reading::CommonCause,
        (Some(true), Better::Up) | (Some(false), Better::Down) => Reading::Improvement,
        (Some(true), Better::Down) | (Some(false), Better::Up) => Reading::Concern,
        (Some(true), Better::Neither) => Reading::High,
        (Some(false), Better::Neither) => Reading::Low,
    }
}

fn assure(target: f64, limits: Limits, better: Better) -> Option<Assurance> {
    let above = target > limits.upper;
    let below = target < limits.lower;
    match better {
        Better::Neither => None,
        Better::Up if above => Some(Assurance::Fail),
        Better::Up if below => Some(Assurance::Pass),
        Better::Down if above => Some(Assurance::Pass),
        Better::Down if below => Some(Assurance::Fail),
        _ => Some(Assurance::HitAndMiss),
    }
}
