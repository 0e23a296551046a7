//! The one model every dialect is read into.

mod escort;
mod listing;
mod person;

pub use escort::*;
pub use listing::*;
pub use person::*;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The dialect a file was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Libra court list in a SOAP 1.2 envelope.
    LibraSoap,
    /// Libra court list in a CSCI gateway message.
    LibraCsci,
    /// Libra court list, the bare `ExternalDocumentRequest`.
    LibraBare,
    /// Libra court list of 2019: `CourtList`.
    LibraCourtList2019,
    /// One Libra case after splitting, as JSON.
    LibraCaseJson,
    /// Common Platform hearing, JSON.
    CommonPlatformHearing,
    /// Escort record of the digital framework as a JSON:API document.
    EscortFrameworkJsonApi,
    /// Escort records as flat JSON: question key → answer.
    EscortFlatJson,
    /// Escort records as CSV, a row a record or a row an answer.
    EscortFlatCsv,
    /// Escort record of 2016–20 as JSON.
    Escort2016,
    /// Escort records of 2016–20 as CSV.
    Escort2016Csv,
    /// A typed or exported court list as CSV.
    ListCsv,
}

impl Format {
    /// The name a person reads, as in "read as a Libra court list (gateway message)".
    pub fn words(self) -> &'static str {
        match self {
            Self::LibraSoap => "Libra court list (SOAP envelope)",
            Self::LibraCsci => "Libra court list (gateway message)",
            Self::LibraBare => "Libra court list",
            Self::LibraCourtList2019 => "Libra court list (2019 layout)",
            Self::LibraCaseJson => "one Libra case (JSON)",
            Self::CommonPlatformHearing => "Common Platform hearing",
            Self::EscortFrameworkJsonApi => "escort record (digital framework)",
            Self::EscortFlatJson => "escort records (flat JSON)",
            Self::EscortFlatCsv => "escort records (CSV)",
            Self::Escort2016 => "escort record (2016 form)",
            Self::Escort2016Csv => "escort records (2016 form, CSV)",
            Self::ListCsv => "court list (CSV)",
        }
    }
}

/// What a hearing message reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HearingEvent {
    /// The hearing was listed or its details changed.
    ConfirmedOrUpdated,
    /// The court's results were shared.
    Resulted,
}

/// An answer of three: "not stated" is not "no".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// Said to be so.
    Yes,
    /// Said not to be so.
    No,
    /// Nobody said.
    #[default]
    NotStated,
}

/// Everything read from one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Intake {
    /// The dialect.
    pub format: Format,
    /// When the sender made it, if the file says; a day without a time counts as its first moment in London. An older
    /// file must not overwrite a newer one; when equal or absent, the order of arrival decides.
    pub sent: Option<Timestamp>,
    /// The sender's message id, if any.
    pub message_id: Option<String>,
    /// For hearings: what the message reports, if it says.
    pub event: Option<HearingEvent>,
    /// One a defendant a hearing a day.
    pub listings: Vec<Listing>,
    /// One an escort record.
    pub escort_records: Vec<EscortRecord>,
    /// Rows that were left out, with place and reason.
    pub skips: Vec<Skip>,
    /// Rows that were kept although something about them was odd.
    pub notes: Vec<Note>,
    /// The court days of which this file is a full list: an earlier listing with the same court, date, series (and room,
    /// if given) whose key is not in this file has been taken off the list.
    pub covers: Vec<Coverage>,
    /// Hearing ids of which this file states every day and every defendant: an earlier listing with that
    /// [`Listing::hearing_id`] whose key is not in this file has been taken off.
    pub covers_hearings: Vec<String>,
    /// How many cases, defendants or records the file held: always `listings + escort_records + skips that count`.
    pub rows_seen: usize,
}

/// A court day of which a file is the full list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Coverage {
    /// First five characters of the organisation unit code (`B01ND`); absent when the file names its court only in words.
    pub court_code: Option<String>,
    /// The court's name as received, when there is no code.
    pub court_name: Option<String>,
    /// Only this part of the court, when the file names a lower unit than the court (`B10JQ01`); as on
    /// [`Listing::ou_code`].
    pub ou_code: Option<String>,
    /// The court day.
    pub date: Date,
    /// Only this room, when the file is a list of one room.
    pub room: Option<String>,
    /// Only this kind of list (`ADULT_COURT_LIST`), as on [`Listing::series`].
    pub series: Option<String>,
}

impl Coverage {
    /// Whether an earlier listing stands in what this covers, so that it has been taken off the list if its key is not in
    /// the file.
    pub fn includes(&self, earlier: &Listing) -> bool {
        let court = match &self.court_code {
            Some(code) => earlier.court_code.as_ref() == Some(code),
            None => earlier.court_code.is_none() && earlier.court_name == self.court_name,
        };
        let agrees = |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        court
            && self.date == earlier.date
            && agrees(&self.ou_code, &earlier.ou_code)
            && agrees(&self.room, &earlier.room)
            && agrees(&self.series, &earlier.series)
    }
}

/// Something left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// Where in the file.
    pub place: String,
    /// What it was: "case 1600032952", "session 556805".
    pub what: String,
    /// Why, for a clerk.
    pub why: String,
    /// How many rows were lost by it: 0 for an empty block, 12 for a dummy room with twelve cases.
    pub rows: usize,
}

/// Something kept but odd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where in the file.
    pub place: String,
    /// What was odd and what was done about it.
    pub what: String,
}
