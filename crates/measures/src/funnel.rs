//! Funnel limits for proportions: how far a project of its size may lie from the common value by chance alone.

use serde::Serialize;

use crate::MeasureError;
use crate::interval::Confidence;

/// One project's count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many.
    pub numerator: f64,
    /// Of how many.
    pub denominator: f64,
}

/// Limits around the common value for one size of denominator, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// Lower 95 % limit.
    pub lower_95: f64,
    /// Upper 95 % limit.
    pub upper_95: f64,
    /// Lower 99.8 % limit.
    pub lower_998: f64,
    /// Upper 99.8 % limit.
    pub upper_998: f64,
}

/// Where a project lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// Above the 99.8 % limit.
    High998,
    /// Above the 95 % limit.
    High95,
    /// Within the limits: no different by more than chance.
    Within,
    /// Below the 95 % limit.
    Low95,
    /// Below the 99.8 % limit.
    Low998,
}

/// One project in the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// Its proportion.
    pub value: f64,
    /// Its limits.
    pub limits: Limits,
    /// Where it lies.
    pub position: Position,
    /// Fewer than 5 are expected on one side, so the limits are rough.
    pub too_few: bool,
}

/// All projects around their common value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Funnel {
    /// The common value: all numerators over all denominators.
    pub baseline: f64,
    /// The projects, in the order given.
    pub points: Vec<Point>,
    /// The projects differ among themselves by far more than chance, so "outside" says little about any one of them.
    pub over_dispersed: bool,
}

/// Limits at one denominator: `p ± z·√(p(1−p)/n)`, cut at 0 and 1.
pub fn limits(baseline: f64, denominator: f64) -> Limits {
    let error = (baseline * (1.0 - baseline) / denominator).sqrt();
    let at = |z: f64| (baseline + z * error).clamp(0.0, 1.0);
    let (inner, outer) = (Confidence::P95.z(), Confidence::P998.z());
    Limits { lower_95: at(-inner), upper_95: at(inner), lower_998: at(-outer), upper_998: at(outer) }
}

/// Put projects into a funnel around their common value.
///
/// # Errors
/// [`MeasureError::NotAProportion`] for a project without a denominator, or with more in the numerator.
pub fn funnel(shares: &[Share]) -> Result<Funnel, MeasureError> {
    let mut all = Share { numerator: 0.0, denominator: 0.0 };
    for share in shares {
        let Share { numerator, denominator } = *share;
        if !(denominator.is_finite() && denominator > 0.0 && (0.0..=denominator).contains(&numerator)) {
            return Err(MeasureError::NotAProportion { numerator, denominator });
        }
        all.numerator += numerator;
        all.denominator += denominator;
    }
    let baseline = if all.denominator > 0.0 { all.numerator / all.denominator } else { 0.0 };
    let points = shares.iter().map(|share| point(baseline, *share)).collect();
    Ok(Funnel { baseline, points, over_dispersed: is_over_dispersed(baseline, shares) })
}

fn point(baseline: f64, share: Share) -> Point {
    let value = share.numerator / share.denominator;
    let limits = limits(baseline, share.denominator);
    let position = if value > limits.upper_998 {
        Position::High998
    } else if value < limits.lower_998 {
        Position::Low998
    } else if value > limits.upper_95 {
        Position::High95
    } else if value < limits.lower_95 {
        Position::Low95
    } else {
        Position::Within
    };
    let expected = (share.denominator * baseline).min(share.denominator * (1.0 - baseline));
    Point { value, limits, position, too_few: expected < 5.0 }
}

/// Whether the squared standardised differences add up to more than the 99 % point of chi-square, which one funnel
/// in a hundred would by chance (Wilson and Hilferty's approximation of that point).
fn is_over_dispersed(baseline: f64, shares: &[Share]) -> bool {
    let variance = baseline * (1.0 - baseline);
    if shares.len() < 2 || variance <= 0.0 {
        return false;
    }
    let squared = |s: &Share| (s.numerator / s.denominator - baseline).powi(2) / (variance / s.denominator);
    let sum: f64 = shares.iter().map(squared).sum();
    let degrees = (shares.len() - 1) as f64;
    let part = 2.0 / (9.0 * degrees);
    let z_99 = 2.326_347_874_040_841;
    sum > degrees * (1.0 - part + z_99 * part.sqrt()).powi(3)
}
