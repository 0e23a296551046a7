//! Community orders: which requirements a court could make on which day.

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::source::{Confirmed, Source, Validity};

/// One requirement of a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Requirement {
    /// Stable key, the same in every rule set.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// National result code.
    pub result_code: Option<&'static str>,
    /// Limits and remarks, in our words.
    pub limits: &'static str,
    /// The most days the law allows in all, where it does.
    pub most_days: Option<u32>,
}

/// The requirements of a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleSet {
    /// Stable key.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The requirements.
    pub requirements: &'static [Requirement],
    /// The longest order in months.
    pub longest_months: u32,
    /// Where it comes from.
    pub source: Source,
    /// Orders made on these days.
    pub valid: Validity,
}

impl RuleSet {
    /// A requirement by key.
    pub fn find(&self, key: &str) -> Option<&'static Requirement> {
        self.requirements.iter().find(|requirement| requirement.key == key)
    }
}

/// Every rule set, oldest first.
pub fn rule_sets() -> &'static [RuleSet] {
    RULE_SETS
}

/// The rule set for an order made on a day. What counts is the day of the offence for the change of 2015 and of conviction for
/// that of 2020; the day of the order is our approximation, and a person can choose another set.
pub fn on(day: Date) -> Option<&'static RuleSet> {
    RULE_SETS.iter().find(|set| set.valid.covers(day))
}

const fn req(key: &'static str, name: &'static str, code: &'static str, limits: &'static str) -> Requirement {
    Requirement { key, name, result_code: Some(code), limits, most_days: None }
}

const UNPAID_WORK: Requirement =
    req("unpaid-work", "Unpaid work", "3101", "40 to 300 hours (general knowledge)");
const ACTIVITY: Requirement = Requirement {
    most_days: Some(60),
    ..req(
        "activity",
        "Activity (specified activity)",
        "3102",
        "at most 60 days in all; probation consulted, feasible, others agree",
    )
};
const PROGRAMME: Requirement = req("programme", "Programme", "3103", "an accredited programme");
const PROHIBITED: Requirement = req("prohibited-activity", "Prohibited activity", "3104", "");
const CURFEW: Requirement = req("curfew", "Curfew", "3105", "");
const EXCLUSION: Requirement = req("exclusion", "Exclusion", "3106", "");
const RESIDENCE: Requirement = req("residence", "Residence", "3107", "");
const FOREIGN_TRAVEL: Requirement = req("foreign-travel", "Foreign travel prohibition", "3147", "");
const MENTAL_HEALTH: Requirement = req(
    "mental-health-treatment",
    "Mental health treatment",
    "3108",
    "the person is willing; treatment is arranged",
);
const DRUG: Requirement = req("drug-rehabilitation", "Drug rehabilitation", "3109", "the person is willing");
const ALCOHOL: Requirement = req("alcohol-treatment", "Alcohol treatment", "3110", "the person is willing");
const ABSTINENCE: Requirement = req("alcohol-abstinence", "Alcohol abstinence and monitoring", "3146", "");
const SUPERVISION: Requirement = Requirement {
    result_code: None,
    ..req("supervision", "Supervision", "", "appointments with the officer")
};
const ATTENDANCE: Requirement = req("attendance-centre", "Attendance centre", "3111", "under 25");
const RAR: Requirement = req(
    "rehabilitation-activity",
    "Rehabilitation activity (RAR)",
    "3272",
    "the court fixes only the most days; probation decides the content",
);

static RULE_SETS: &[RuleSet] = &[
    RuleSet {
        key: "cja-2003",
        name: "Community order of the 2003 Act: twelve requirements",
        requirements: &[
            UNPAID_WORK,
            ACTIVITY,
            PROGRAMME,
            PROHIBITED,
            CURFEW,
            EXCLUSION,
            RESIDENCE,
            MENTAL_HEALTH,
            DRUG,
            ALCOHOL,
            SUPERVISION,
            ATTENDANCE,
        ],
        longest_months: 36,
        source: Source::new(
            "Criminal Justice Act 2003 s177 and s201; foreign travel and alcohol abstinence, added by LASPO 2012, are not among \
             the twelve. The first day is general knowledge",
            Confirmed::Statute,
        ),
        valid: Validity::between(date(2005, 4, 4), date(2015, 1, 31)),
    },
    RuleSet {
        key: "ora-2014",
        name: "Community order with rehabilitation activity",
        requirements: &[
            UNPAID_WORK,
            RAR,
            PROGRAMME,
            PROHIBITED,
            CURFEW,
            EXCLUSION,
            RESIDENCE,
            FOREIGN_TRAVEL,
            MENTAL_HEALTH,
            DRUG,
            ALCOHOL,
            ABSTINENCE,
            ATTENDANCE,
        ],
        longest_months: 36,
        source: Source::new(
            "Offender Rehabilitation Act 2014 s15: activity and supervision became rehabilitation activity on 1 February 2015",
            Confirmed::Statute,
        ),
        valid: Validity::between(date(2015, 2, 1), date(2020, 11, 30)),
    },
    RuleSet {
        key: "sentencing-act-2020",
        name: "Community order of the Sentencing Code",
        requirements: &[
            UNPAID_WORK,
            RAR,
            PROGRAMME,
            PROHIBITED,
            CURFEW,
            EXCLUSION,
            RESIDENCE,
            FOREIGN_TRAVEL,
            MENTAL_HEALTH,
            DRUG,
            ALCOHOL,
            ABSTINENCE,
            ATTENDANCE,
        ],
        longest_months: 36,
        source: Source::new(
            "Sentencing Act 2020 s201 and Sch 9, from 1 December 2020; thirteen requirements counted as in NHS England’s \
             description, electronic monitoring not among them",
            Confirmed::Secondary,
        ),
        valid: Validity::from(date(2020, 12, 1)),
    },
];

/// How a suspended sentence is bounded: terms of 14 days to 2 years, suspended for 6 months to 2 years (Sentencing Act 2020
/// ss286 to 288).
pub const SUSPENDED_SENTENCE_MONTHS: (u32, u32) = (6, 24);
