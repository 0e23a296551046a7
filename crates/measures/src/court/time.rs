//! Time from the first listing of a case to its disposal.

use super::{Hearing, Outcome, days};
use jiff::civil::Date;

/// How long one case took, or has taken so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTime {
    /// The case.
    pub case: String,
    /// Its first hearing that is known.
    pub first_listed: Date,
    /// When it was sent or committed to the Crown Court.
    pub sent_to_crown: Option<Date>,
    /// When it ended; nothing while it goes on.
    pub disposed: Option<Date>,
    /// Days to its end, or to the day of the figures.
    pub days: i64,
}

/// Nothing for a case whose first hearing is still to come.
pub(super) fn of(hearings: &[&Hearing], as_of: Date) -> Option<CaseTime> {
    let first = hearings.first().filter(|hearing| hearing.first_day <= as_of)?;
    let decided = |wanted: Outcome| {
        hearings
            .iter()
            .find(|hearing| hearing.outcome == wanted && hearing.last_day <= as_of)
            .map(|hearing| hearing.last_day)
    };
    let disposed = decided(Outcome::Disposed);
    Some(CaseTime {
        case: first.case.clone(),
        first_listed: first.first_day,
        sent_to_crown: decided(Outcome::ToCrownCourt),
        disposed,
        days: days(first.first_day, disposed.unwrap_or(as_of)),
    })
}
