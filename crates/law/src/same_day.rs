//! The clock of a report on the day: delivered before the hearing, with time to read it.

use jiff::{SignedDuration, Timestamp};

use crate::clock::Clock;
use crate::rule::{Limit, Rule};
use crate::source::{Binding, Confirmed, Source, Validity};
use crate::time::Moment;

/// The clock of a report that must be with the court `minutes_before` the hearing. The lead is the service's setting: no
/// published minutes were found.
pub fn before_hearing(
    requested: Timestamp,
    hearing: Timestamp,
    minutes_before: u32,
    delivered: Option<Timestamp>,
    now: Timestamp,
) -> Clock {
    let lead = SignedDuration::from_mins(i64::from(minutes_before));
    let due = hearing.checked_sub(lead).unwrap_or(hearing);
    let minutes = due.duration_since(requested).as_mins().max(0);
    let rule = Rule {
        key: "report.before-hearing".into(),
        name: "Report on the day".into(),
        starts_when: "it was asked for".into(),
        // Only the words use it; the due moment is the hearing's.
        limit: Limit::Hours(u32::try_from(minutes / 60).unwrap_or(u32::MAX)),
        binding: Binding::Configured,
        soon_hours: 1,
        source: Source::new("the service’s setting for reports on the day", Confirmed::Ours),
        valid: Validity::ALWAYS,
        explanation: "".into(),
    };
    let mut clock = rule.clock_until(Moment::At(requested), due, delivered.map(Moment::At), now);
    clock.words = format!(
        "Report on the day: due by {}, {minutes_before} minutes before the hearing. {}: {}.",
        crate::time::moment_in_words(due),
        clock.state.words(),
        clock.source.cite
    );
    clock
}

/// Whether a report was delivered on the day it was asked for, in London.
pub fn is_same_day(requested: Timestamp, delivered: Timestamp) -> bool {
    crate::time::day_in_london(requested) == crate::time::day_in_london(delivered)
}
