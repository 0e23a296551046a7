//! Hospital: admission, order and transfer times. Totals (12 weeks, 12 months) are in the module `total`.

use crate::rule::{Limit, Rule};
use crate::source::{Binding, Confirmed, Source, Validity};

use super::text;

/// A rule that is law on paper but whose first day is not known here: it covers no day.
const NOT_KNOWN_TO_BE_IN_FORCE: Validity =
    Validity::between(jiff::civil::date(9999, 12, 31), jiff::civil::date(9999, 12, 30));

/// Admission after a section 35 remand.
pub const S35_ADMISSION: Rule = Rule {
    key: text("s35.admission"),
    name: text("Admission to hospital under section 35"),
    starts_when: text("the court remanded to hospital"),
    limit: Limit::DaysCountingFirst(7),
    binding: Binding::Law,
    soon_hours: 48,
    source: Source::new("Mental Health Act 1983 s35(4)", Confirmed::Secondary),
    valid: Validity::from(jiff::civil::date(1983, 9, 30)),
    explanation: text(
        "The person must be admitted within 7 days, counting the day of the remand. The court may keep them \
         in a place of safety until then. That the first day counts is general knowledge.",
    ),
};

/// Admission after a section 36 remand.
pub const S36_ADMISSION: Rule = Rule {
    key: text("s36.admission"),
    name: text("Admission to hospital under section 36"),
    starts_when: text("the court remanded to hospital"),
    limit: Limit::DaysCountingFirst(7),
    binding: Binding::Law,
    soon_hours: 48,
    source: Source::new("Mental Health Act 1983 s36(3)", Confirmed::GeneralKnowledge),
    valid: Validity::from(jiff::civil::date(1983, 9, 30)),
    explanation: text("As for section 35: 7 days, counting the day of the remand."),
};

/// Admission after a hospital order.
pub const S37_ADMISSION: Rule = Rule {
    key: text("s37.admission"),
    name: text("Admission to hospital under section 37"),
    starts_when: text("the court made the hospital order"),
    limit: Limit::DaysCountingFirst(28),
    binding: Binding::Law,
    soon_hours: 120,
    source: Source::new("Mental Health Act 1983 s37(4)", Confirmed::GeneralKnowledge),
    valid: Validity::from(jiff::civil::date(1983, 9, 30)),
    explanation: text(
        "A court makes the order only when a bed is arranged within 28 days, counting the day of the order.",
    ),
};

/// How long a hospital order lasts before renewal.
pub const S37_SIX_MONTHS: Rule = Rule {
    key: text("s37.six-months"),
    name: text("Hospital order, first six months"),
    starts_when: text("the court made the order"),
    limit: Limit::MonthsCountingFirst(6),
    binding: Binding::Law,
    soon_hours: 672,
    source: Source::new("Mental Health Act 1983 s37, s20", Confirmed::Secondary),
    valid: Validity::from(jiff::civil::date(1983, 9, 30)),
    explanation: text(
        "A hospital order without restrictions, or a guardianship order, lasts six months unless the \
         responsible clinician renews it.",
    ),
};

/// Admission after an interim hospital order.
pub const S38_ADMISSION: Rule = Rule {
    key: text("s38.admission"),
    name: text("Admission to hospital under section 38"),
    starts_when: text("the court made the interim order"),
    limit: Limit::DaysCountingFirst(28),
    binding: Binding::Law,
    soon_hours: 120,
    source: Source::new("Mental Health Act 1983 s38(4)", Confirmed::GeneralKnowledge),
    valid: Validity::from(jiff::civil::date(1983, 9, 30)),
    explanation: text(
        "A court makes the interim order only when a bed is arranged within 28 days, counting the day of the \
         order.",
    ),
};

/// From prison to hospital: the 14-day target.
pub const PRISON_TRANSFER_14: Rule = Rule {
    key: text("transfer.14-days"),
    name: text("Transfer from prison to hospital"),
    starts_when: text("the need for hospital was found"),
    limit: Limit::Days(14),
    binding: Binding::Policy,
    soon_hours: 72,
    source: Source::new(
        "Lord Bradley’s review (April 2009), recommendation on transfers",
        Confirmed::Official,
    ),
    valid: Validity::from(jiff::civil::date(2009, 4, 1)),
    explanation: text(
        "A person in prison who needs hospital should be there within 14 days. It is a recommendation of \
         2009.",
    ),
};

/// From prison to hospital: the statutory 28 days, where in force.
pub const PRISON_TRANSFER_28: Rule = Rule {
    key: text("transfer.28-days"),
    name: text("Transfer from prison to hospital (statutory)"),
    starts_when: text("the first report was asked for"),
    limit: Limit::Days(28),
    binding: Binding::Law,
    soon_hours: 120,
    source: Source::new(
        "Mental Health Act 1983 s47A, put in by Mental Health Act 2025 s37",
        Confirmed::Statute,
    ),
    valid: NOT_KNOWN_TO_BE_IN_FORCE,
    explanation: text(
        "The Act of 2025 gives a 28-day transfer period from the initial request for a medical report. Its \
         start date was not found: the rule is here to be dated and is never in force by itself. How the Act \
         counts the days was not read to the end.",
    ),
};
