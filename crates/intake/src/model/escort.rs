//! An escort record: answers first, flags only as received.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{PersonDetails, Stated};

/// How far a record had come when it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordStatus {
    /// Opened, nothing answered.
    NotStarted,
    /// Being filled in.
    InProgress,
    /// All sections done.
    Completed,
    /// Confirmed (2016 form: approved or issued).
    Confirmed,
    /// Withdrawn or cancelled.
    Cancelled,
    /// The file does not say.
    #[default]
    NotStated,
}

/// Where the person comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EstablishmentKind {
    /// A police station or custody suite.
    PoliceCustody,
    /// A prison.
    Prison,
    /// A secure children's home, training centre, hospital, immigration centre, court.
    Other,
    /// The file does not say.
    #[default]
    NotStated,
}

/// An establishment as named by the sender.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Establishment {
    /// What it is.
    pub kind: EstablishmentKind,
    /// Agency or NOMIS code.
    pub code: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// Which list a code belongs to. The same letters mean different things in different lists: `MHT` is "hearing impaired"
/// as an alert and "mental health treatment" as a case-note type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeDomain {
    /// NOMIS alert.
    Alert,
    /// NOMIS personal care need.
    CareNeed,
    /// NOMIS reasonable adjustment.
    Adjustment,
    /// NOMIS contact.
    Contact,
    /// NOMIS assessment.
    Assessment,
    /// NOMIS case-note type.
    CaseNote,
    /// Another list, or one the sender did not name.
    Other(String),
}

/// A code and the list it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DomainCode {
    /// The list.
    pub domain: CodeDomain,
    /// The code, upper case.
    pub code: String,
    /// Its words as received, if any.
    pub words: Option<String>,
    /// Comment that came with it.
    pub comment: Option<String>,
    /// When it was put on the person's prison record.
    pub since: Option<Date>,
}

/// One option chosen, with the comment in the box beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Choice {
    /// The option's stored words.
    pub option: String,
    /// The words in the box beside it.
    pub details: Option<String>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// The question was there but left open.
    NotAnswered,
    /// Free text.
    Text(String),
    /// One option (radio) or several (checkboxes).
    Choices(Vec<Choice>),
}

/// The answer to one question of an escort record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Question key of framework 2.5.2 (`mental-health-needs`); for an unknown question, the key as received.
    pub key: String,
    /// The key as received (`mental_illness`).
    pub key_as_received: String,
    /// Section as received or known (`risk`, `health`).
    pub section: Option<String>,
    /// The answer.
    pub value: AnswerValue,
    /// Codes that filled it in, with their list.
    pub codes: Vec<DomainCode>,
    /// Whether it was filled in from an earlier record or from codes.
    pub prefilled: Stated,
    /// Who said so, when the file says.
    pub said_by: Option<String>,
    /// When, when the file says.
    pub said_at: Option<Timestamp>,
    /// Where in the file.
    pub place: String,
}

/// One medicine on the record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Medication {
    /// Name or description.
    pub name: Option<String>,
    /// How it is given.
    pub administration: Option<String>,
    /// Dose.
    pub dosage: Option<String>,
    /// How often.
    pub frequency: Option<String>,
    /// When last given, as written.
    pub last_given: Option<String>,
    /// When next due, as written.
    pub next_due: Option<String>,
    /// Whether it is needed while moving.
    pub while_moving: Stated,
    /// Who carries it.
    pub carrier: Option<String>,
}

/// A flag as the sender's system raised it. Kept for the record, never relied on: half of what matters raises none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Flag {
    /// Grade: `information`, `attention`, `warning`, `alert`.
    pub grade: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// The answer that raised it.
    pub answer: Option<String>,
    /// Key of the question it belongs to.
    pub key: Option<String>,
}

/// Something that happened to the person or the record after it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscortEvent {
    /// Type as received (`PerSuicideAndSelfHarm`).
    pub kind: String,
    /// When it happened.
    pub at: Option<Timestamp>,
    /// Where the information came from, as received.
    pub source: Option<String>,
    /// Who reported it.
    pub reported_by: Option<String>,
    /// Who took it at reception, or was told.
    pub received_by: Option<String>,
    /// Words beside it (notes and comments, one a line).
    pub words: Option<String>,
    /// Any other detail as received, name and text.
    pub details: Vec<(String, String)>,
    /// Self-harm answers carried by the event, as answers of the framework.
    pub answers: Vec<Answer>,
    /// Where in the file.
    pub place: String,
}

/// One escort record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscortRecord {
    /// The same record in a later version of the file has the same key. Holds no name.
    pub source_key: String,
    /// Where in the file.
    pub place: String,
    /// The sender's id of the record.
    pub record_id: Option<String>,
    /// How far it had come.
    pub status: RecordStatus,
    /// Version of the framework ("2.5.2") or form.
    pub version: Option<String>,
    /// When it was completed.
    pub completed_at: Option<Timestamp>,
    /// When it was confirmed (2016: approved, else issued).
    pub confirmed_at: Option<Timestamp>,
    /// When it was last amended.
    pub amended_at: Option<Timestamp>,
    /// When the person was handed over.
    pub handed_over_at: Option<Timestamp>,
    /// Latest time found on the record; for "older never overwrites newer".
    pub as_of: Option<Timestamp>,
    /// Where the person comes from.
    pub from: Option<Establishment>,
    /// Court they go to: first five characters of the code, if a code was sent.
    pub to_court_code: Option<String>,
    /// Place they go to, in words.
    pub to_name: Option<String>,
    /// Day of the move.
    pub move_date: Option<Date>,
    /// Reference of the move.
    pub move_reference: Option<String>,
    /// Who it is about.
    pub person: PersonDetails,
    /// Answers, in the order received where the format has one (JSON objects have none).
    pub answers: Vec<Answer>,
    /// Medicines.
    pub medications: Vec<Medication>,
    /// Flags as received.
    pub flags: Vec<Flag>,
    /// Events.
    pub events: Vec<EscortEvent>,
}
