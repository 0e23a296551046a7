//! Answering somebody who asks what is held about them.

use crate::rule::{Limit, Rule};
use crate::source::{Binding, Confirmed, Source, Validity};

use super::text;

const SOURCE: Source = Source::new(
    "UK GDPR Article 12(3), counted as the Information Commissioner’s checklist for small organisations says",
    Confirmed::Official,
);

/// The month to answer in.
pub const SUBJECT_ACCESS: Rule = Rule {
    key: text("access.month"),
    name: text("Answer to a request for access"),
    starts_when: text("the request was received"),
    limit: Limit::MonthsToWorkingDay(1),
    binding: Binding::Law,
    soon_hours: 240,
    source: SOURCE,
    valid: Validity::ALWAYS,
    explanation: text(
        "Whoever asks is answered without undue delay and within one month: to the same date of the next month, or \
         its last day, or the next working day. The day of receipt starts the time.",
    ),
};

/// The same with two months more.
pub const SUBJECT_ACCESS_EXTENDED: Rule = Rule {
    key: text("access.three-months"),
    name: text("Answer to a request for access, with more time"),
    starts_when: text("the request was received"),
    limit: Limit::MonthsToWorkingDay(3),
    binding: Binding::Law,
    soon_hours: 240,
    source: SOURCE,
    valid: Validity::ALWAYS,
    explanation: text(
        "Two months more where requests are complex or many. The person is told within the first month, with the \
         reason.",
    ),
};
