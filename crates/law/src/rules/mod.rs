//! The rules, by family. Each carries its source, mark, dates and words; a change of law is a new rule with the same key
//! and new dates, beside the old one.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::rule::Rule;

pub mod access;
pub mod hospital;
pub mod practice;
pub mod remand;
pub mod reports;

/// Every rule.
pub fn all() -> &'static [Rule] {
    ALL
}

/// The rule with a key that is in force on a day.
pub fn in_force(key: &str, on: Date) -> Option<&'static Rule> {
    // The narrower rule comes later in the list and wins: a passing exception beside a rule without an end.
    ALL.iter().rev().find(|rule| rule.key == key && rule.valid.covers(on))
}

const fn text(words: &'static str) -> Cow<'static, str> {
    Cow::Borrowed(words)
}

static ALL: &[Rule] = &[
    access::SUBJECT_ACCESS,
    access::SUBJECT_ACCESS_EXTENDED,
    reports::COURT_PSYCHIATRIC_REPORT,
    reports::PSR_ORAL,
    reports::PSR_FAST_2009,
    reports::PSR_SHORT_2016,
    reports::PSR_STANDARD_BAIL,
    reports::PSR_STANDARD_CUSTODY,
    remand::FIRST_REMAND,
    remand::LATER_REMAND,
    remand::POLICE_CELLS,
    remand::POLICE_CELLS_YOUTH,
    remand::REPORTS_IN_CUSTODY,
    remand::REPORTS_ON_BAIL,
    remand::MEDICAL_IN_CUSTODY,
    remand::MEDICAL_ON_BAIL,
    remand::CUSTODY_LIMIT_SUMMARY,
    remand::CUSTODY_LIMIT_EITHER_WAY,
    remand::CUSTODY_LIMIT_CROWN,
    remand::CUSTODY_LIMIT_CROWN_2020,
    hospital::S35_ADMISSION,
    hospital::S36_ADMISSION,
    hospital::S37_ADMISSION,
    hospital::S37_SIX_MONTHS,
    hospital::S38_ADMISSION,
    hospital::PRISON_TRANSFER_14,
    hospital::PRISON_TRANSFER_28,
    practice::BREACH_WARNING_LETTER,
    practice::BREACH_EVIDENCE,
    practice::BREACH_WARNING_WINDOW,
    practice::BREACH_ENFORCEMENT,
    practice::ACCT_ASSESSMENT,
    practice::MHTR_FIRST_MEETING,
];
