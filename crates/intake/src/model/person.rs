//! Who a row is about, as the sender wrote it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A name in its parts. Parts are best effort when only the whole was sent; the whole is always kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Name {
    /// Mr, Ms …
    pub title: Option<String>,
    /// First forename.
    pub forename: Option<String>,
    /// All other forenames, joined by a space.
    pub middle_names: Option<String>,
    /// Surname; for an organisation its whole name.
    pub surname: Option<String>,
    /// The whole name exactly as received, or built from the parts when only they came.
    pub as_received: Option<String>,
}

/// Sex as far as a list can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// M, MALE.
    Male,
    /// F, FEMALE.
    Female,
    /// Said to be neither, or "not specified", "indeterminate".
    NotSpecified,
    /// Said not to be known, or nothing said.
    #[default]
    NotKnown,
}

/// An address as received, with a best-effort split.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// The lines as received, blank ones left out, without the postcode.
    pub lines: Vec<String>,
    /// The postcode as received.
    pub postcode: Option<String>,
    /// House number or name.
    pub house: Option<String>,
    /// Street.
    pub street: Option<String>,
    /// Town.
    pub town: Option<String>,
}

/// An identifier of a system that has no field of its own here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OtherId {
    /// The system, in lower case: `crn`, `nhs_number`, `master_defendant_id`, `c_id` …
    pub system: String,
    /// The value as received.
    pub value: String,
}

/// One person (or organisation) as one row of one file describes them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonDetails {
    /// The name.
    pub name: Name,
    /// Other names.
    pub aliases: Vec<Name>,
    /// Date of birth; never in the future, never one of the filler dates (1 January 1900).
    pub date_of_birth: Option<Date>,
    /// A guessed or partial year of birth, only when there is no date.
    pub birth_year: Option<i16>,
    /// Age as the sender wrote it.
    pub age: Option<u8>,
    /// Sex, normalised.
    pub sex: Sex,
    /// Sex or gender as received.
    pub sex_as_received: Option<String>,
    /// Police National Computer number as received (any of its shapes; the check letter may be wrong).
    pub pnc: Option<String>,
    /// Criminal Records Office number as received.
    pub cro: Option<String>,
    /// Prison (NOMIS) number as received.
    pub prison_number: Option<String>,
    /// Any other identifier.
    pub other_ids: Vec<OtherId>,
    /// Address.
    pub address: Option<Address>,
    /// Said by the sender to be of no fixed abode.
    pub no_fixed_abode: bool,
    /// Nationalities in words or codes, as received.
    pub nationalities: Vec<String>,
    /// Ethnicity, self-defined before observed.
    pub ethnicity: Option<String>,
    /// Language an interpreter is needed for; "yes" in words when only the need was stated.
    pub interpreter_language: Option<String>,
    /// Specific requirements or disability in the sender's words.
    pub specific_requirements: Option<String>,
}
