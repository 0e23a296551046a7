//! Confidence intervals for proportions, counts and rates, as the public-health statistics of England use them.
//!
//! Wilson (1927) for proportions; Byar's approximation for counts of 10 or more and the exact Poisson limits below.
//! Methods: Public Health England, technical guide on confidence intervals; tested against its published values.

use serde::Serialize;

use crate::MeasureError;

/// How sure an interval is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Confidence {
    /// 95 %: 1 in 20 intervals misses.
    P95,
    /// 99.8 %: the "three sigma" limits of funnel plots.
    P998,
}

impl Confidence {
    /// The standard normal quantile Φ⁻¹(.975) or Φ⁻¹(.999).
    pub fn z(self) -> f64 {
        match self {
            Self::P95 => 1.959_963_984_540_054,
            Self::P998 => 3.090_232_306_167_813_5,
        }
    }

    /// The probability left out on each side.
    fn tail(self) -> f64 {
        match self {
            Self::P95 => 0.025,
            Self::P998 => 0.001,
        }
    }
}

/// A value with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// How the limits were found.
    pub method: Method,
}

/// How limits were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Wilson's score interval.
    Wilson,
    /// Byar's approximation.
    Byar,
    /// Exact Poisson limits.
    Exact,
}

/// The proportion `numerator / denominator`, 0 to 1, with Wilson's interval.
///
/// # Errors
/// [`MeasureError::NotAProportion`] when the denominator is not above 0 or the numerator not within it.
pub fn proportion(
    numerator: f64,
    denominator: f64,
    confidence: Confidence,
) -> Result<Estimate, MeasureError> {
    let fits = denominator.is_finite() && denominator > 0.0 && (0.0..=denominator).contains(&numerator);
    if !fits {
        return Err(MeasureError::NotAProportion { numerator, denominator });
    }
    let (x, n, z) = (numerator, denominator, confidence.z());
    let middle = 2.0 * x + z * z;
    let spread = z * (z * z + 4.0 * x * (1.0 - x / n)).sqrt();
    let below = 2.0 * (n + z * z);
    Ok(Estimate {
        value: x / n,
        lower: ((middle - spread) / below).max(0.0),
        upper: ((middle + spread) / below).min(1.0),
        method: Method::Wilson,
    })
}

/// A count with its interval: exact Poisson limits below 10, Byar's approximation from 10 on.
pub fn count(count: u64, confidence: Confidence) -> Estimate {
    let value = count as f64;
    if count < 10 {
        let (lower, upper) = exact(count, confidence.tail());
        return Estimate { value, lower, upper, method: Method::Exact };
    }
    let (lower, upper) = byar(value, confidence);
    Estimate { value, lower, upper, method: Method::Byar }
}

/// Byar's limits of a count; good from 10 events on. The lower one is never below 0.
pub fn byar(count: f64, confidence: Confidence) -> (f64, f64) {
    let z = confidence.z();
    let lower = |x: f64| x * (1.0 - 1.0 / (9.0 * x) - z / (3.0 * x.sqrt())).powi(3);
    let upper = |x: f64| x * (1.0 - 1.0 / (9.0 * x) + z / (3.0 * x.sqrt())).powi(3);
    let low = if count > 0.0 { lower(count).max(0.0) } else { 0.0 };
    (low, upper(count + 1.0))
}

/// A rate of `count` events in `denominator`, times `multiplier` (100, 1,000, 100,000).
///
/// # Errors
/// [`MeasureError::NoDenominator`] when the denominator is not above 0.
pub fn rate(
    events: u64,
    denominator: f64,
    multiplier: f64,
    confidence: Confidence,
) -> Result<Estimate, MeasureError> {
    if !(denominator.is_finite() && denominator > 0.0) {
        return Err(MeasureError::NoDenominator { denominator });
    }
    let of_count = count(events, confidence);
    let scale = |x: f64| x / denominator * multiplier;
    Ok(Estimate {
        value: scale(of_count.value),
        lower: scale(of_count.lower),
        upper: scale(of_count.upper),
        method: of_count.method,
    })
}

/// Exact Poisson limits of a small count: the means at which seeing so many, or so few, has probability `tail`.
/// Equal to the chi-square form ½χ²(tail; 2x) and ½χ²(1−tail; 2x+2).
fn exact(count: u64, tail: f64) -> (f64, f64) {
    let upper = solve(|mean| poisson_at_most(count, mean) - tail);
    if count == 0 {
        return (0.0, upper);
    }
    let lower = solve(|mean| poisson_at_most(count - 1, mean) - (1.0 - tail));
    (lower, upper)
}

/// P(X ≤ count) for a Poisson mean.
fn poisson_at_most(count: u64, mean: f64) -> f64 {
    let mut term = (-mean).exp();
    let mut sum = term;
    for k in 1..=count {
        term *= mean / k as f64;
        sum += term;
    }
    sum
}

/// Where a falling function of the mean crosses 0, by halving to the last bit.
fn solve(falling: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 64.0_f64); // the limits of counts below 10 lie well inside
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if falling(middle) > 0.0 { low = middle } else { high = middle }
    }
    low + (high - low) / 2.0
}
