//! Remand and adjournment in magistrates’ courts.

use crate::rule::{Limit, Rule};
use crate::source::{Binding, Confirmed, Source, Validity};

use super::text;

/// The first remand before conviction.
pub const FIRST_REMAND: Rule = Rule {
    key: text("remand.first"),
    name: text("First remand in custody"),
    starts_when: text("the court remanded"),
    limit: Limit::ClearDays(8),
    binding: Binding::Law,
    soon_hours: 48,
    source: Source::new("Magistrates’ Courts Act 1980 s128(6)", Confirmed::Secondary),
    valid: Validity::from(jiff::civil::date(1981, 7, 6)),
    explanation: text(
        "A first remand before conviction is for at most 8 clear days: neither the day of the remand nor the \
         day of the next hearing counts. On bail it may be longer when the person and the prosecution agree. \
         The 8 clear days were seen in the Act; the exceptions were not read through.",
    ),
};

/// A later remand before conviction.
pub const LATER_REMAND: Rule = Rule {
    key: text("remand.later"),
    name: text("Later remand in custody"),
    starts_when: text("the court remanded"),
    limit: Limit::ClearDays(28),
    binding: Binding::Law,
    soon_hours: 72,
    source: Source::new("Magistrates’ Courts Act 1980 s128A", Confirmed::Secondary),
    valid: Validity::from(jiff::civil::date(1988, 10, 12)),
    explanation: text(
        "A later remand may be for at most 28 days when the next stage is fixed or the person serves a \
         sentence. A chapter abstract counts 28 clear days; where the court counts plain days, the last day \
         is one earlier. The first day it applied is general knowledge.",
    ),
};

/// Detention in police cells by the court, adults.
pub const POLICE_CELLS: Rule = Rule {
    key: text("remand.police"),
    name: text("Remand to police cells"),
    starts_when: text("the court remanded"),
    limit: Limit::ClearDays(3),
    binding: Binding::Law,
    soon_hours: 24,
    source: Source::new("Magistrates’ Courts Act 1980 s128(7)", Confirmed::Statute),
    valid: Validity::from(jiff::civil::date(1981, 7, 6)),
    explanation: text(
        "A court may commit a person to police cells for at most 3 clear days, while inquiries into other \
         offences need it.",
    ),
};

/// Detention in police cells by the court, under 18.
pub const POLICE_CELLS_YOUTH: Rule = Rule {
    key: text("remand.police.youth"),
    name: text("Remand to police cells (under 18)"),
    starts_when: text("the court remanded"),
    limit: Limit::Hours(24),
    binding: Binding::Law,
    soon_hours: 6,
    source: Source::new(
        "Magistrates’ Courts Act 1980 s128(7) and (8) as amended",
        Confirmed::GeneralKnowledge,
    ),
    valid: Validity::ALWAYS,
    explanation: text("For a person under 18 the 3 clear days are 24 hours."),
};

/// After conviction, for reports, in custody.
pub const REPORTS_IN_CUSTODY: Rule = Rule {
    key: text("adjourn.reports.custody"),
    name: text("Adjournment for reports, in custody"),
    starts_when: text("the court adjourned"),
    limit: Limit::Days(21),
    binding: Binding::Law,
    soon_hours: 72,
    source: Source::new("Magistrates’ Courts Act 1980 s10(3)", Confirmed::Statute),
    valid: Validity::from(jiff::civil::date(1981, 7, 6)),
    explanation: text(
        "After conviction a court may adjourn for inquiries or reports for at most 3 weeks at a time when it \
         remands in custody.",
    ),
};

/// After conviction, for reports, on bail.
pub const REPORTS_ON_BAIL: Rule = Rule {
    key: text("adjourn.reports.bail"),
    name: text("Adjournment for reports, on bail"),
    starts_when: text("the court adjourned"),
    limit: Limit::Days(28),
    binding: Binding::Law,
    soon_hours: 72,
    source: Source::new("Magistrates’ Courts Act 1980 s10(3)", Confirmed::Statute),
    valid: Validity::from(jiff::civil::date(1981, 7, 6)),
    explanation: text(
        "After conviction a court may adjourn for inquiries or reports for at most 4 weeks at a time when it \
         does not remand in custody.",
    ),
};

/// Remand for a medical examination, in custody.
pub const MEDICAL_IN_CUSTODY: Rule = Rule {
    key: text("adjourn.medical.custody"),
    name: text("Remand for medical examination, in custody"),
    starts_when: text("the court adjourned"),
    limit: Limit::Days(21),
    binding: Binding::Law,
    soon_hours: 72,
    source: Source::new("Magistrates’ Courts Act 1980 s30", Confirmed::Statute),
    valid: Validity::from(jiff::civil::date(1981, 7, 6)),
    explanation: text(
        "When the court is satisfied that the person did the act, it may remand for a medical report before \
         deciding what to do: at most 3 weeks at a time in custody.",
    ),
};

/// Remand for a medical examination, on bail.
pub const MEDICAL_ON_BAIL: Rule = Rule {
    key: text("adjourn.medical.bail"),
    name: text("Remand for medical examination, on bail"),
    starts_when: text("the court adjourned"),
    limit: Limit::Days(28),
    binding: Binding::Law,
    soon_hours: 72,
    source: Source::new("Magistrates’ Courts Act 1980 s30", Confirmed::Statute),
    valid: Validity::from(jiff::civil::date(1981, 7, 6)),
    explanation: text(
        "The same on bail: at most 4 weeks at a time. Bail carries the condition to go to the examination.",
    ),
};

/// Custody time limit, summary offence.
pub const CUSTODY_LIMIT_SUMMARY: Rule = Rule {
    key: text("custody.summary"),
    name: text("Custody time limit, summary offence"),
    starts_when: text("custody began"),
    limit: Limit::Days(56),
    binding: Binding::Law,
    soon_hours: 336,
    source: Source::new(
        "Prosecution of Offences (Custody Time Limits) Regulations 1987 reg 4; how days are counted: reg 2(4), (5)",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text(
        "56 days in custody before a summary trial starts. The first day is not counted, and a limit that \
         would end on a weekend, Christmas Day, Good Friday or a bank holiday ends on the working day before \
         (read in the Regulations). The length is from a secondary source.",
    ),
};

/// Custody time limit, either-way offence in the magistrates’ court.
pub const CUSTODY_LIMIT_EITHER_WAY: Rule = Rule {
    key: text("custody.either-way"),
    name: text("Custody time limit, either-way offence"),
    starts_when: text("custody began"),
    limit: Limit::Days(70),
    binding: Binding::Law,
    soon_hours: 336,
    source: Source::new(
        "Prosecution of Offences (Custody Time Limits) Regulations 1987 reg 4; how days are counted: reg 2(4), (5)",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text(
        "70 days in custody before the trial of an either-way offence in the magistrates’ court; 56 when the \
         court decided within 56 days to try it there.",
    ),
};

/// Custody time limit in the Crown Court.
pub const CUSTODY_LIMIT_CROWN: Rule = Rule {
    key: text("custody.crown"),
    name: text("Custody time limit, Crown Court"),
    starts_when: text("custody began"),
    limit: Limit::Days(182),
    binding: Binding::Law,
    soon_hours: 336,
    source: Source::new(
        "Prosecution of Offences (Custody Time Limits) Regulations 1987 reg 5; how days are counted: reg 2(4), (5)",
        Confirmed::Secondary,
    ),
    valid: Validity::ALWAYS,
    explanation: text(
        "182 days in custody before a Crown Court trial starts, less the days already spent in the \
         magistrates’ court’s custody.",
    ),
};

/// The same for adults first held from 28 September 2020 to 27 June 2021.
pub const CUSTODY_LIMIT_CROWN_2020: Rule = Rule {
    key: text("custody.crown"),
    name: text("Custody time limit, Crown Court (2020–21)"),
    starts_when: text("custody began"),
    limit: Limit::Days(238),
    binding: Binding::Law,
    soon_hours: 336,
    source: Source::new(
        "Prosecution of Offences (Custody Time Limits) (Coronavirus) (Amendment) Regulations 2020 (SI 2020/953), as amended by SI 2021/91",
        Confirmed::Statute,
    ),
    valid: Validity::between(jiff::civil::date(2020, 9, 28), jiff::civil::date(2021, 6, 27)),
    explanation: text(
        "238 days instead of 182 for adults whose custody began in these months; not for anyone under 18.",
    ),
};
