//! One person's line on one court day.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{PersonDetails, Stated};

/// Who stands on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListedKind {
    /// An adult, or somebody whose age nobody stated.
    Person,
    /// Under 18 on the day, before a youth panel, or marked as a youth.
    Youth,
    /// A company or authority: kept as a name, not for screening.
    Organisation,
}

/// Whether the row says the person is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Custody {
    /// In custody.
    Custody,
    /// On bail of any kind, or at liberty.
    Bail,
    /// The file does not say. Libra lists never do.
    #[default]
    NotStated,
}

/// A code with its words; at least one is there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coded {
    /// The code.
    pub code: Option<String>,
    /// The words.
    pub words: Option<String>,
}

/// One offence of one defendant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Offence {
    /// The sender's id of it (`co_id`, offence id).
    pub id: Option<String>,
    /// CJS offence code.
    pub code: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Wording of the charge. May name victims: never copy it into an export.
    pub wording: Option<String>,
    /// Act and section.
    pub legislation: Option<String>,
    /// Plea as received (`G`, `NOT_GUILTY`).
    pub plea: Option<String>,
    /// Date of the plea.
    pub plea_date: Option<Date>,
    /// Date of conviction.
    pub conviction_date: Option<Date>,
    /// Date it was adjourned to or from, as Libra's `adjdate`.
    pub adjournment_date: Option<Date>,
    /// Why it was adjourned.
    pub adjournment_reason: Option<String>,
    /// Reporting restrictions on it.
    pub reporting_restrictions: Vec<String>,
}

/// Bail as stated by the court or the police.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bail {
    /// Status code (`C`, `U`, `A` …).
    pub code: Option<String>,
    /// Status in words.
    pub words: Option<String>,
    /// Conditions in words.
    pub conditions: Option<String>,
}

/// An order an application is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CourtOrder {
    /// "Community order".
    pub label: Option<String>,
    /// Date it was made.
    pub made_on: Option<Date>,
    /// First day.
    pub starts: Option<Date>,
    /// Last day.
    pub ends: Option<Date>,
}

/// An application to the court instead of, or beside, a prosecution: a review of an order, a breach, a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CourtApplication {
    /// The application's id.
    pub id: Option<String>,
    /// Code of its type (`SE20510`).
    pub code: Option<String>,
    /// Its type in words ("Review progress of drug rehabilitation requirement").
    pub words: Option<String>,
    /// Legislation.
    pub legislation: Option<String>,
    /// Particulars in the court's words.
    pub particulars: Option<String>,
    /// Reference.
    pub reference: Option<String>,
    /// Status as received.
    pub status: Option<String>,
    /// The order it is about.
    pub order: Option<CourtOrder>,
    /// Whether it is a review of an order or requirement, judged from hearing code and words.
    pub is_review: bool,
    /// Whether it is about a breach of an order, judged from breach type and words.
    pub is_breach: bool,
}

/// One result the court pronounced. The meaning is read elsewhere; here it is kept whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CourtResult {
    /// Result code of the CJS table (`3108`).
    pub code: Option<String>,
    /// Label.
    pub label: Option<String>,
    /// Result text.
    pub text: Option<String>,
    /// Id of the offence it belongs to; absent when it belongs to the case or the defendant.
    pub offence_id: Option<String>,
    /// Date ordered.
    pub ordered_on: Option<Date>,
    /// The whole of it as received.
    pub raw: serde_json::Value,
}

/// Where the case goes next.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NextHearing {
    /// The day.
    pub date: Option<Date>,
    /// The time, London.
    pub time: Option<Time>,
    /// Why.
    pub reason: Option<String>,
    /// First five characters of the court's code.
    pub court_code: Option<String>,
    /// Said to be fixed later.
    pub to_be_fixed: Stated,
}

/// One defendant (or subject of an application) of one hearing on one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// The same line in a later version of the list has the same key. Holds no name. See the crate's README.
    pub source_key: String,
    /// Where in the file, for reports: "line 233", `hearing.prosecutionCases[0].defendants[1]`, "row 7".
    pub place: String,

    /// First five characters of the organisation unit code (`B01ND`).
    pub court_code: Option<String>,
    /// The whole organisation unit code as received (`B01ND00`).
    pub ou_code: Option<String>,
    /// The court's name as received.
    pub court_name: Option<String>,
    /// The day.
    pub date: Date,
    /// Room as received; whole numbers without leading zeros (`01` → `1`, `00` → `0`).
    pub room: Option<String>,
    /// Start of the block or hearing, London.
    pub starts: Option<Time>,
    /// End of it.
    pub ends: Option<Time>,
    /// Start of the whole session.
    pub session_starts: Option<Time>,
    /// Panel as received ("Youth Panel").
    pub panel: Option<String>,
    /// What the block is for ("Remands").
    pub block: Option<String>,
    /// Kind of list (`ADULT_COURT_LIST`); see [`super::Coverage::series`].
    pub series: Option<String>,

    /// Common Platform hearing id.
    pub hearing_id: Option<String>,
    /// Place on the list as received: "1st", "3st", "12".
    pub list_no: Option<String>,
    /// Order within the list where the sender gives a number.
    pub sequence: Option<u32>,
    /// Case number.
    pub case_no: Option<String>,
    /// Unique reference number.
    pub urn: Option<String>,
    /// Arrest summons number.
    pub asn: Option<String>,
    /// `C` charge, `S` summons; for Common Platform the initiation code.
    pub case_type: Option<String>,
    /// Who brought it (`POL01`, `SHPROB`).
    pub informant: Option<String>,
    /// Case markers in words or codes.
    pub markers: Vec<String>,
    /// Type of hearing.
    pub hearing_type: Option<Coded>,
    /// Why it is listed, best words available: adjournment reason, application, hearing type, block.
    pub listed_for: Option<String>,
    /// Brought by probation (`SHPROB`), listed as a breach, or an application about a breach.
    pub breach: bool,

    /// Adult, youth or organisation.
    pub kind: ListedKind,
    /// Who it is.
    pub person: PersonDetails,
    /// Offences.
    pub offences: Vec<Offence>,
    /// Bail as stated.
    pub bail: Option<Bail>,
    /// Custody or bail, normalised.
    pub custody: Custody,
    /// Prison or police station where the file names one.
    pub held_at: Option<String>,
    /// The application, when the line is one (a review hearing).
    pub application: Option<CourtApplication>,
    /// Results, kept whole.
    pub results: Vec<CourtResult>,
    /// The next hearing.
    pub next_hearing: Option<NextHearing>,
    /// Name of a parent or guardian.
    pub parent_or_guardian: Option<String>,
    /// Solicitor or defence organisation.
    pub solicitor: Option<String>,
    /// How the person attended, if the file says (`IN_PERSON`, `BY_VIDEO`, `NOT_PRESENT`).
    pub attendance: Option<String>,
    /// Reporting restriction on the whole hearing.
    pub reporting_restriction: Option<String>,
    /// Anything else the sender added in words (2019 layout: `addinfo`).
    pub further_information: Option<String>,
}
