//! Reports to the court: targets and the standards of pre-sentence reports.

use crate::rule::{Limit, Rule};
use crate::source::{Binding, Confirmed, Source, Validity};

use super::text;

/// The 14-day target for a psychiatric report.
pub const COURT_PSYCHIATRIC_REPORT: Rule = Rule {
    key: text("report.psychiatric"),
    name: text("Psychiatric report to the court"),
    starts_when: text("the court asked"),
    limit: Limit::Days(14),
    binding: Binding::Policy,
    soon_hours: 72,
    source: Source::new(
        "Lord Bradley’s review (April 2009), recommendation on court psychiatric reports",
        Confirmed::Official,
    ),
    valid: Validity::from(jiff::civil::date(2009, 4, 1)),
    explanation: text(
        "A court should have a psychiatric report within 14 days of asking. It is a recommendation of 2009 \
         that services measure themselves by; nothing lapses when it is missed. The time that binds the court \
         is the longest adjournment for reports.",
    ),
};

/// An oral pre-sentence report.
pub const PSR_ORAL: Rule = Rule {
    key: text("psr.oral"),
    name: text("Oral pre-sentence report"),
    starts_when: text("the court asked"),
    limit: Limit::SameDay,
    binding: Binding::Practice,
    soon_hours: 2,
    source: Source::new(
        "Probation national standards and PI 04/2016, as described by local probation pages",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text("Given in court on the day of asking, without a full OASys."),
};

/// A fast-delivery report, before 2016.
pub const PSR_FAST_2009: Rule = Rule {
    key: text("psr.fast"),
    name: text("Fast-delivery pre-sentence report"),
    starts_when: text("the court asked"),
    limit: Limit::WorkingDays(5),
    binding: Binding::Practice,
    soon_hours: 24,
    source: Source::new(
        "Probation report formats of 2009 to 2016, as described by Cheshire and Northumbria probation",
        Confirmed::Secondary,
    ),
    valid: Validity::between(jiff::civil::date(2009, 1, 1), jiff::civil::date(2015, 12, 31)),
    explanation: text(
        "The same day where possible, otherwise within five days. The end of 2015 is our reading of when the \
         format of 2016 took over.",
    ),
};

/// A short written report, since 2016.
pub const PSR_SHORT_2016: Rule = Rule {
    key: text("psr.fast"),
    name: text("Short-format pre-sentence report"),
    starts_when: text("the court asked"),
    limit: Limit::WorkingDays(5),
    binding: Binding::Practice,
    soon_hours: 24,
    source: Source::new("Probation Instruction 04/2016", Confirmed::Secondary),
    valid: Validity::from(jiff::civil::date(2016, 1, 1)),
    explanation: text(
        "Most reports are given orally or in a short format on the day, or within five working days. The \
         first day of 2016 is our reading of the year of the instruction.",
    ),
};

/// A standard-delivery report, on bail.
pub const PSR_STANDARD_BAIL: Rule = Rule {
    key: text("psr.standard.bail"),
    name: text("Standard-delivery pre-sentence report"),
    starts_when: text("the court asked"),
    limit: Limit::WorkingDays(15),
    binding: Binding::Practice,
    soon_hours: 72,
    source: Source::new(
        "Probation report formats since 2009, as described by Cheshire and Northumbria probation",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text("15 working days for a full report with a complete OASys when the person is on bail."),
};

/// A standard-delivery report, in custody.
pub const PSR_STANDARD_CUSTODY: Rule = Rule {
    key: text("psr.standard.custody"),
    name: text("Standard-delivery pre-sentence report (in custody)"),
    starts_when: text("the court asked"),
    limit: Limit::WorkingDays(10),
    binding: Binding::Practice,
    soon_hours: 72,
    source: Source::new(
        "Probation report formats since 2009, as described by Cheshire and Northumbria probation",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text("10 working days for a full report when the person is remanded in custody."),
};
