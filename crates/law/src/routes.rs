//! What a court or the Secretary of State can do for somebody with a mental disorder: sections and other routes as data.
//!
//! A summary for choosing words and clocks, not legal advice. Sources and marks stand on each route; legal status codes are
//! those of the NHS Data Dictionary (read May 2026).

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::source::{Confirmed, Source, Validity};

/// Who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MadeBy {
    /// A magistrates' court or the Crown Court.
    AnyCourt,
    /// A magistrates' court only.
    MagistratesOnly,
    /// The Crown Court only.
    CrownOnly,
    /// The Secretary of State for Justice.
    SecretaryOfState,
    /// Nobody's order: agreed with the person and services.
    Agreement,
}

/// The doctors whose evidence is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doctors {
    /// None.
    None,
    /// One, approved under section 12.
    OneApproved,
    /// Two, at least one approved under section 12.
    TwoOneApproved,
    /// A registered medical practitioner or registered psychologist who will treat, or directs it.
    TreatingPractitioner,
}

impl Doctors {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "no doctor’s evidence",
            Self::OneApproved => "one doctor, approved under section 12",
            Self::TwoOneApproved => "two doctors, one of them approved under section 12",
            Self::TreatingPractitioner => {
                "the registered medical practitioner or psychologist who will treat"
            }
        }
    }

    /// How many.
    pub fn count(self) -> u8 {
        match self {
            Self::None => 0,
            Self::OneApproved | Self::TreatingPractitioner => 1,
            Self::TwoOneApproved => 2,
        }
    }
}

/// One route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    /// Stable key: "s37".
    pub key: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Who makes it.
    pub made_by: MadeBy,
    /// Evidence needed.
    pub doctors: Doctors,
    /// Conditions, in our words.
    pub conditions: &'static [&'static str],
    /// How long, in our words.
    pub length: &'static str,
    /// Keys of the clocks that start with it, in [`crate::rules`] or [`crate::total`].
    pub clocks: &'static [&'static str],
    /// NHS legal status classification code while it lasts.
    pub legal_status: Option<&'static str>,
    /// Result codes of the national list.
    pub result_codes: &'static [&'static str],
    /// Where it comes from.
    pub source: Source,
    /// When it can be made.
    pub valid: Validity,
}

/// Every route, in the order of the Act; then treatment in the community, and none.
pub fn all() -> &'static [Route] {
    ROUTES
}

/// The route with a key that could be made on a day.
pub fn find(key: &str, on: Date) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.key == key && route.valid.covers(on))
}

/// The routes that could be made on a day.
pub fn available_on(on: Date) -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(move |route| route.valid.covers(on))
}

const MHA: Validity = Validity::from(date(1983, 9, 30));
const IMPRISONABLE: &str = "the offence can be punished with prison";

const fn act(cite: &'static str) -> Source {
    Source::new(cite, Confirmed::Secondary)
}

/// What the routes have in common, so that each entry below shows only what is its own.
const BASE: Route = Route {
    key: "",
    name: "",
    made_by: MadeBy::AnyCourt,
    doctors: Doctors::TwoOneApproved,
    conditions: &[],
    length: "",
    clocks: &[],
    legal_status: None,
    result_codes: &[],
    source: act("Mental Health Act 1983"),
    valid: MHA,
};

static ROUTES: &[Route] = &[
    Route {
        key: "s35",
        name: "Remand to hospital for a report (section 35)",
        doctors: Doctors::OneApproved,
        conditions: &[
            "magistrates: convicted, or charged with an offence punishable with prison and the court is satisfied the person \
             did it, or the person agrees; Crown Court: at any stage before sentence",
            "reason to suspect a mental disorder, and a report would not be practicable on bail",
            "a bed is arranged; treatment needs consent",
        ],
        length: "28 days at a time, 12 weeks in all; admission within 7 days",
        clocks: &["s35.admission", "s35.total"],
        legal_status: Some("07"),
        result_codes: &["4051", "4536"],
        source: act("Mental Health Act 1983 s35"),
        ..BASE
    },
    Route {
        key: "s36",
        name: "Remand to hospital for treatment (section 36)",
        made_by: MadeBy::CrownOnly,
        conditions: &["in custody awaiting trial or sentence", IMPRISONABLE, "a bed is arranged"],
        length: "28 days at a time, 12 weeks in all; admission within 7 days",
        clocks: &["s36.admission", "s36.total"],
        legal_status: Some("08"),
        source: act("Mental Health Act 1983 s36"),
        ..BASE
    },
    Route {
        key: "s37",
        name: "Hospital order (section 37)",
        conditions: &[
            IMPRISONABLE,
            "convicted",
            "a bed is arranged",
            "the most suitable way to deal with the case",
        ],
        length: "6 months, renewable; admission within 28 days",
        clocks: &["s37.admission", "s37.six-months"],
        legal_status: Some("10"),
        result_codes: &["1008"],
        source: act("Mental Health Act 1983 s37"),
        ..BASE
    },
    Route {
        key: "s37-guardianship",
        name: "Guardianship order (section 37)",
        conditions: &[
            IMPRISONABLE,
            "convicted",
            "aged 16 or over",
            "the guardian (usually a local authority) agrees",
        ],
        length: "6 months, renewable",
        clocks: &["s37.six-months"],
        legal_status: Some("36"),
        result_codes: &["1014"],
        source: act("Mental Health Act 1983 s37"),
        ..BASE
    },
    Route {
        key: "s37(3)",
        name: "Hospital or guardianship order without conviction (section 37(3))",
        made_by: MadeBy::MagistratesOnly,
        conditions: &[
            "the court is satisfied the person did the act",
            IMPRISONABLE,
            "otherwise as section 37",
        ],
        length: "6 months, renewable; admission within 28 days",
        clocks: &["s37.admission", "s37.six-months"],
        legal_status: Some("10"),
        result_codes: &["1008", "1014"],
        source: act("Mental Health Act 1983 s37(3)"),
        ..BASE
    },
    Route {
        key: "s38",
        name: "Interim hospital order (section 38)",
        conditions: &[
            "convicted",
            IMPRISONABLE,
            "a hospital order may be right and is tried first",
            "a bed is arranged",
        ],
        length: "up to 12 weeks, then 28 days at a time, 12 months in all",
        clocks: &["s38.admission", "s38.total"],
        legal_status: Some("12"),
        result_codes: &["3132", "4582"],
        source: act("Mental Health Act 1983 s38"),
        ..BASE
    },
    Route {
        key: "s41",
        name: "Restriction order, with a hospital order (sections 37 and 41)",
        made_by: MadeBy::CrownOnly,
        conditions: &[
            "a hospital order is made",
            "needed to protect the public from serious harm",
            "one doctor spoke in court",
        ],
        length: "without limit of time; discharge by the Secretary of State or a tribunal",
        legal_status: Some("09"),
        result_codes: &["1004", "1008"],
        source: act("Mental Health Act 1983 s41"),
        ..BASE
    },
    Route {
        key: "s43",
        name: "Committal to the Crown Court for restriction (section 43)",
        made_by: MadeBy::MagistratesOnly,
        conditions: &[
            "convicted, aged 14 or over",
            IMPRISONABLE,
            "a hospital order could be made, and restriction seems needed",
        ],
        length: "until the Crown Court deals with it; in custody, or in hospital (section 44)",
        legal_status: Some("13"),
        result_codes: &["4053", "4570", "4571"],
        source: act("Mental Health Act 1983 s43; legal status 13 is section 44, when held in hospital"),
        ..BASE
    },
    Route {
        key: "s45A",
        name: "Hospital and limitation direction (section 45A)",
        made_by: MadeBy::CrownOnly,
        conditions: &["a prison sentence is passed", "a bed is arranged", "one doctor spoke in court"],
        length: "the sentence; to prison when treatment is no longer needed",
        legal_status: Some("37"),
        result_codes: &["1088"],
        source: act("Mental Health Act 1983 s45A; the first day is general knowledge"),
        valid: Validity::from(date(1997, 10, 1)),
        ..BASE
    },
    Route {
        key: "s47",
        name: "Transfer of a sentenced prisoner to hospital (section 47, with or without 49)",
        made_by: MadeBy::SecretaryOfState,
        conditions: &["serving a sentence", "treatment in hospital is appropriate and available"],
        length: "until release date or return to prison",
        clocks: &["transfer.14-days", "transfer.28-days"],
        legal_status: Some("16"),
        source: act("Mental Health Act 1983 s47; with restrictions (s49) the legal status is 15"),
        ..BASE
    },
    Route {
        key: "s48",
        name: "Transfer of a remand prisoner to hospital (section 48, with or without 49)",
        made_by: MadeBy::SecretaryOfState,
        conditions: &["on remand", "in urgent need of hospital treatment", "two reports"],
        length: "until the case is decided or the person can return",
        clocks: &["transfer.14-days", "transfer.28-days"],
        legal_status: Some("18"),
        source: act("Mental Health Act 1983 s48; with restrictions (s49) the legal status is 17"),
        ..BASE
    },
    Route {
        key: "mhtr",
        name: "Mental health treatment requirement (2003 rules)",
        doctors: Doctors::OneApproved,
        conditions: MHTR_CONDITIONS,
        length: "part of a community order or suspended sentence",
        result_codes: &["3108"],
        source: act("Criminal Justice Act 2003 s207; the first and last day are general knowledge"),
        valid: Validity::between(date(2005, 4, 4), date(2012, 12, 2)),
        ..BASE
    },
    Route {
        key: "mhtr",
        name: "Mental health treatment requirement (after LASPO 2012)",
        doctors: Doctors::TreatingPractitioner,
        conditions: MHTR_CONDITIONS,
        length: "part of a community order or suspended sentence",
        result_codes: &["3108"],
        source: act(
            "Criminal Justice Act 2003 s207 as amended by LASPO 2012; the first day is general knowledge",
        ),
        valid: Validity::between(date(2012, 12, 3), date(2020, 11, 30)),
        ..BASE
    },
    Route {
        key: "mhtr",
        name: "Mental health treatment requirement",
        doctors: Doctors::TreatingPractitioner,
        conditions: MHTR_CONDITIONS,
        length: "part of a community order or suspended sentence; set by the court",
        clocks: &["mhtr.first-meeting"],
        result_codes: &["3108"],
        source: act("Sentencing Act 2020 Sch 9 Part 9 para 16"),
        valid: Validity::from(date(2020, 12, 1)),
        ..BASE
    },
    Route {
        key: "community",
        name: "Care in the community, no order",
        made_by: MadeBy::Agreement,
        doctors: Doctors::None,
        conditions: &["the person agrees", "a service has accepted"],
        length: "as agreed",
        source: Source::new("the service’s own route", Confirmed::Ours),
        valid: Validity::ALWAYS,
        ..BASE
    },
    Route {
        key: "none",
        name: "No mental health route",
        made_by: MadeBy::Agreement,
        doctors: Doctors::None,
        source: Source::new("the service’s own route", Confirmed::Ours),
        valid: Validity::ALWAYS,
        ..BASE
    },
];

const MHTR_CONDITIONS: &[&str] = &[
    "a mental condition that needs treatment and can be treated",
    "not so serious that a hospital or guardianship order is right",
    "treatment is arranged: place and practitioner are named",
    "the person is willing",
];
