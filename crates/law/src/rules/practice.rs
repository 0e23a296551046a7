//! Enforcement of community orders, and other times that agencies keep.

use crate::rule::{Limit, Rule};
use crate::source::{Binding, Confirmed, Source, Validity};

use super::text;

/// The warning letter.
pub const BREACH_WARNING_LETTER: Rule = Rule {
    key: text("breach.letter"),
    name: text("Warning letter"),
    starts_when: text("the person failed to comply"),
    limit: Limit::WorkingDays(2),
    binding: Binding::Practice,
    soon_hours: 24,
    source: Source::new(
        "Probation national standards, as described by local probation pages",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text(
        "A failure without an acceptable reason is followed by a warning letter within 2 working days.",
    ),
};

/// Time to produce evidence of a reason.
pub const BREACH_EVIDENCE: Rule = Rule {
    key: text("breach.evidence"),
    name: text("Evidence of a reason"),
    starts_when: text("the person failed to comply"),
    limit: Limit::WorkingDays(6),
    binding: Binding::Practice,
    soon_hours: 24,
    source: Source::new(
        "Probation national standards, as described by local probation pages",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text("The person has 6 working days to show that there was an acceptable reason."),
};

/// How long a warning counts.
pub const BREACH_WARNING_WINDOW: Rule = Rule {
    key: text("breach.window"),
    name: text("Warning in force"),
    starts_when: text("the warning was given"),
    limit: Limit::MonthsCountingFirst(12),
    binding: Binding::Law,
    soon_hours: 0,
    source: Source::new(
        "Criminal Justice Act 2003 Sch 8; Sentencing Act 2020 Sch 10 paras 6–7",
        Confirmed::Official,
    ),
    valid: Validity::from(jiff::civil::date(2005, 4, 4)),
    explanation: text(
        "A second failure without reasonable excuse within 12 months of a warning goes back to court through \
         an enforcement officer. That the day of the warning counts is our reading.",
    ),
};

/// Start of enforcement.
pub const BREACH_ENFORCEMENT: Rule = Rule {
    key: text("breach.enforcement"),
    name: text("Enforcement started"),
    starts_when: text("the person failed a second time"),
    limit: Limit::WorkingDays(10),
    binding: Binding::Practice,
    soon_hours: 48,
    source: Source::new(
        "Probation national standards, as described by local probation pages",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text("Enforcement starts within 10 working days of the second failure."),
};

/// Assessment after an ACCT was opened.
pub const ACCT_ASSESSMENT: Rule = Rule {
    key: text("acct.assessment"),
    name: text("ACCT assessment"),
    starts_when: text("the ACCT was opened"),
    limit: Limit::Hours(24),
    binding: Binding::Practice,
    soon_hours: 4,
    source: Source::new("PSI 64/2011", Confirmed::Secondary),
    valid: Validity::from(jiff::civil::date(2012, 4, 1)),
    explanation: text(
        "Any member of staff may open an ACCT; the assessment follows within 24 hours. The start date is \
         general knowledge.",
    ),
};

/// First meeting after a sentence with treatment.
pub const MHTR_FIRST_MEETING: Rule = Rule {
    key: text("mhtr.first-meeting"),
    name: text("First probation meeting after sentence"),
    starts_when: text("the court passed sentence"),
    limit: Limit::Days(5),
    binding: Binding::Practice,
    soon_hours: 24,
    source: Source::new("Primary-care MHTR pathway, as described by one NHS trust", Confirmed::Secondary),
    valid: Validity::from(jiff::civil::date(2017, 1, 1)),
    explanation: text(
        "Probation meets the person within five days of a sentence with a mental health treatment \
         requirement. One trust’s description; the year is that of the first test sites.",
    ),
};
