//! Statistics that do not say more than the numbers carry.
//!
//! * [`xmr`]: is a series only varying, or did something change? XmR charts by the rules of NHS Making Data Count.
//! * [`interval`]: Wilson for proportions, Byar and the exact Poisson limits for counts, and rates from them.
//! * [`funnel`]: are projects different from each other by more than chance?
//! * [`suppression`]: small numbers are hidden, and cannot be worked out from totals.
//! * [`court`]: remand days, adjournments and time to disposal of one person, from their hearings.
//! * [`referrals`]: did referrals reach help, how fast, and whose reason where not.
//! * [`reliable_change`]: did people get better by more than measurement error, and of how many do we know?
//!
//! Everything is a pure function of the numbers given. No percentage comes without its count, and a chart of too few
//! points says so.
//!
//! ```
//! use measures::interval::{Confidence, proportion};
//! use measures::suppression::Rule;
//! use measures::xmr::{Better, Options, chart};
//!
//! let weekly = [12.0, 15.0, 11.0, 14.0, 13.0, 12.0, 16.0, 13.0, 12.0, 14.0, 13.0, 15.0, 31.0];
//! let chart = chart(&weekly, &Options { better: Better::Up, ..Options::default() })?;
//! assert!(chart.points[12].signal.is_some()); // the last week is more than chance
//! let seen = proportion(7.0, 12.0, Confidence::P95)?;
//! assert!(seen.lower < 0.32 && seen.upper > 0.80);
//! assert_eq!(Rule::MHSDS.percentage(4, 12)?.to_string(), "*");
//! # Ok::<(), measures::MeasureError>(())
//! ```
#![deny(missing_docs)]

pub mod court;
pub mod funnel;
pub mod interval;
pub mod referrals;
pub mod reliable_change;
pub mod suppression;
pub mod xmr;

/// Numbers that cannot be worked with.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MeasureError {
    /// A value is not a finite number.
    #[error("value {position} of the series is not a number; leave out what is missing or suppressed")]
    NotFinite {
        /// Position in the series, from 1.
        position: usize,
    },
    /// A proportion with more in the numerator than in the denominator, or with an empty denominator.
    #[error(
        "{numerator} of {denominator} is not a proportion; count the numerator within a denominator above 0"
    )]
    NotAProportion {
        /// Numerator.
        numerator: f64,
        /// Denominator.
        denominator: f64,
    },
    /// A rate without a denominator.
    #[error("a rate needs a denominator above 0, not {denominator}")]
    NoDenominator {
        /// Denominator.
        denominator: f64,
    },
    /// A place to rebase or to fix the limits that lies outside the series.
    #[error(
        "the series has {length} points, so it cannot be split or fixed at {position}; give positions inside it, rising"
    )]
    OutsideSeries {
        /// What was asked for.
        position: usize,
        /// How long the series is.
        length: usize,
    },
    /// The rows of a table differ in length.
    #[error(
        "row {row} of the table has {cells} cells, the first has {expected}; give every row a cell for every column"
    )]
    RaggedTable {
        /// Row, from 1.
        row: usize,
        /// Its cells.
        cells: usize,
        /// Cells of the first row.
        expected: usize,
    },
}
