//! Reliable and clinically significant change after Jacobson and Truax (1991), for a scale whose standard deviation
//! and reliability are published.

use super::{Category, categorise};
use crate::model::Direction;

/// The figures a reliable-change index rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JacobsonTruax {
    /// Standard deviation of the scores before treatment.
    pub sd: f64,
    /// Reliability of the scale, 0 to 1.
    pub reliability: f64,
    /// Standard normal quantile: 1.96 for 95 %, 1.645 for the 90 % the CORE measures use.
    pub z: f64,
}

/// Mean and standard deviation of a population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Norm {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// The three cut-offs of Jacobson and Truax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutOffKind {
    /// Two standard deviations from the clinical mean towards the functional one.
    A,
    /// Two standard deviations of the functional population from its mean towards the clinical one.
    B,
    /// Between the two, weighted by the other's standard deviation.
    C,
}

impl JacobsonTruax {
    /// Standard error of measurement, `SD·√(1−r)`.
    pub fn standard_error(&self) -> f64 {
        self.sd * (1.0 - self.reliability).sqrt()
    }

    /// Standard error of a difference, `√2·S_E`.
    pub fn standard_error_of_difference(&self) -> f64 {
        std::f64::consts::SQRT_2 * self.standard_error()
    }

    /// The change in points that is just reliable.
    pub fn points(&self) -> f64 {
        self.z * self.standard_error_of_difference()
    }

    /// The reliable-change index, `(after−before)/S_diff`.
    pub fn index(&self, before: f64, after: f64) -> f64 {
        (after - before) / self.standard_error_of_difference()
    }

    /// The category of a change; `cut_off` parts the clinical from the functional side.
    pub fn category(&self, before: f64, after: f64, cut_off: f64, direction: Direction) -> Category {
        let index = self.index(before, after);
        let better = match direction {
            Direction::HighIsWorse => -index,
            Direction::HighIsBetter => index,
        };
        let clinical = |score: f64| match direction {
            Direction::HighIsWorse => score > cut_off,
            Direction::HighIsBetter => score < cut_off,
        };
        categorise(better > self.z, -better > self.z, clinical(before), clinical(after))
    }
}

/// The cut-off between a clinical and a functional population.
pub fn clinical_cut_off(kind: CutOffKind, clinical: Norm, functional: Norm) -> f64 {
    let towards_functional = if functional.mean < clinical.mean { -1.0 } else { 1.0 };
    match kind {
        CutOffKind::A => clinical.mean + towards_functional * 2.0 * clinical.sd,
        CutOffKind::B => functional.mean - towards_functional * 2.0 * functional.sd,
        CutOffKind::C => {
            (clinical.sd * functional.mean + functional.sd * clinical.mean) / (clinical.sd + functional.sd)
        }
    }
}
