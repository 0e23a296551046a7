//! One row of the board before it is ranked: every fact about one person's line, each with where it comes from.

use super::below::Note;
use crate::clock::age_on;
use crate::ids::{AccountId, ListingId, PersonId};
use crate::people::Sex;
use intake::ScreeningFact;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who stands on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// An adult, or somebody of unstated age.
    Person,
    /// Under 18, or before a youth panel.
    Youth,
    /// A company: kept as a name, not on the board.
    Organisation,
}

/// Whether the person is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// In custody.
    Custody,
    /// On bail, or at liberty.
    Bail,
    /// Nobody said.
    NotStated,
}

impl Held {
    /// The key in the database and in addresses.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Held::Custody => "custody",
            Held::Bail => "bail",
            Held::NotStated => "not-stated",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Held::Custody => "in custody",
            Held::Bail => "on bail",
            Held::NotStated => "custody or bail not stated",
        }
    }

    pub(super) fn from_key(key: &str) -> Self {
        match key {
            "custody" => Held::Custody,
            "bail" => Held::Bail,
            _ => Held::NotStated,
        }
    }
}

/// An escort record that belongs to the line.
#[derive(Debug, Clone)]
pub struct EscortPart {
    /// Where the person comes from, in words.
    pub from: Option<String>,
    /// How fresh the record is.
    pub as_of: Timestamp,
    /// How it came to this line.
    pub joined: String,
    /// Its screening facts.
    pub facts: Vec<ScreeningFact>,
}

/// The person a human linked the line to.
#[derive(Debug, Clone)]
pub struct Linked {
    /// Who.
    pub person: PersonId,
    /// In a project of the reader, so that the record may be opened.
    pub in_scope: bool,
    /// Somebody's caseload holds them now, in the reader's projects.
    pub on_caseload: bool,
    /// Last contact, in the reader's projects.
    pub last_contact: Option<Timestamp>,
    /// Days on court lists in the months the rules look back, this one not counted.
    pub earlier_days: i64,
    /// When a treatment requirement was made, if lately.
    pub treatment_requirement: Option<Date>,
}

/// What recognition says of the line.
#[derive(Debug, Clone, Default)]
pub struct Recognition {
    /// A human's decision that it is this person.
    pub linked: Option<Linked>,
    /// Undecided candidates of the reader's projects.
    pub candidates: usize,
    /// Undecided candidates whose records lie in other projects only.
    pub elsewhere: usize,
    /// One of them fits almost certainly.
    pub certain: bool,
}

/// Preparation, as the courts' own lists name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preparation {
    /// Nobody has begun.
    NotStarted,
    /// Somebody is at it.
    InProgress,
    /// Done.
    Complete,
    /// Not needed, with a reason.
    NotRequired,
}

impl Preparation {
    /// All, in their order.
    pub const ALL: [Preparation; 4] =
        [Preparation::NotStarted, Preparation::InProgress, Preparation::Complete, Preparation::NotRequired];

    /// The key in the database and in addresses.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Preparation::NotStarted => "not-started",
            Preparation::InProgress => "in-progress",
            Preparation::Complete => "complete",
            Preparation::NotRequired => "not-required",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Preparation::NotStarted => "Not started",
            Preparation::InProgress => "In progress",
            Preparation::Complete => "Complete",
            Preparation::NotRequired => "Not required",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.key() == key)
    }
}

/// A practitioner's own placing of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The place chosen, from 1.
    pub place: i64,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What colleagues did with the line.
#[derive(Debug, Clone)]
pub struct Work {
    /// Who took it.
    pub taken: Option<(AccountId, String)>,
    /// How far preparation is.
    pub preparation: Preparation,
    /// The reason given with it.
    pub preparation_reason: String,
    /// A move by hand.
    pub moved: Option<Moved>,
}

/// The parts of the kept listing that a row needs.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct LineDetail {
    /// Brought by probation, or listed as a breach.
    #[serde(default)]
    pub breach: bool,
    /// Why it is listed.
    pub listed_for: Option<String>,
    /// What the block is for.
    pub block: Option<String>,
    /// Type of hearing.
    pub hearing_type: Option<intake::Coded>,
    /// The application, for a review hearing.
    pub application: Option<intake::CourtApplication>,
    /// Reasons of earlier adjournments stand on the offences.
    #[serde(default)]
    pub offences: Vec<intake::Offence>,
    /// The person as the list has them.
    #[serde(default)]
    pub person: intake::PersonDetails,
    /// Reporting restriction.
    pub reporting_restriction: Option<String>,
    /// Bail as stated.
    pub bail: Option<intake::Bail>,
    /// Where held.
    pub held_at: Option<String>,
    /// Solicitor.
    pub solicitor: Option<String>,
    /// Next hearing.
    pub next_hearing: Option<intake::NextHearing>,
    /// Case number or reference.
    pub urn: Option<String>,
    /// Who brought the case.
    pub informant: Option<String>,
    /// Anything else the sender said.
    pub further_information: Option<String>,
    /// Parent or guardian.
    pub parent_or_guardian: Option<String>,
    /// How the person attended.
    pub attendance: Option<String>,
    /// Results.
    #[serde(default)]
    pub results: Vec<intake::CourtResult>,
}

/// One person's line with everything known.
#[derive(Debug, Clone)]
pub struct Line {
    /// The id.
    pub id: ListingId,
    /// Court.
    pub court_code: String,
    /// Day.
    pub date: Date,
    /// list, hearing or escort.
    pub origin: String,
    /// Room.
    pub room: Option<String>,
    /// Start.
    pub starts: Option<String>,
    /// Number on the list.
    pub list_no: Option<String>,
    /// Order on the list.
    pub sequence: Option<i64>,
    /// Case number.
    pub case_no: Option<String>,
    /// Who stands on it.
    pub kind: LineKind,
    /// Name, surname first.
    pub name: String,
    /// Date of birth.
    pub date_of_birth: Option<Date>,
    /// Age as written, when there is no birth date.
    pub age_as_written: Option<i64>,
    /// Sex.
    pub sex: Sex,
    /// PNC number as received.
    pub pnc: Option<String>,
    /// Custody or bail as the list states it.
    pub custody: Held,
    /// Offences, short.
    pub offences: String,
    /// The rest.
    pub detail: LineDetail,
    /// First on any list we received.
    pub first_seen_at: Timestamp,
    /// Last changed by a list.
    pub changed_at: Timestamp,
    /// Taken off by a later list.
    pub removed_at: Option<Timestamp>,
    /// Escort records that belong to it.
    pub escorts: Vec<EscortPart>,
    /// Escort records that may belong to it: a human decides.
    pub proposals: usize,
    /// What recognition says.
    pub recognition: Recognition,
    /// What colleagues did.
    pub work: Work,
    /// What rooms further down the journey say.
    pub notes: Vec<Note>,
}

impl Line {
    /// Age on the day, from the birth date or as written.
    #[must_use]
    pub fn age(&self) -> Option<i64> {
        self.date_of_birth.and_then(|born| age_on(born, self.date)).or(self.age_as_written)
    }

    /// Held or not: an escort record means held, whatever a list leaves open.
    #[must_use]
    pub fn held(&self) -> Held {
        if self.custody == Held::NotStated && !self.escorts.is_empty() { Held::Custody } else { self.custody }
    }

    /// Under 18: by age, by panel, or marked so.
    #[must_use]
    pub fn is_youth(&self) -> bool {
        self.kind == LineKind::Youth || self.age().is_some_and(|age| age < 18)
    }

    /// Known, possibly known or not known.
    #[must_use]
    pub fn known(&self) -> Known {
        let r = &self.recognition;
        if r.linked.is_some() {
            Known::Known
        } else if r.candidates + r.elsewhere > 0 {
            Known::Possibly
        } else {
            Known::Not
        }
    }

    /// "34, male, in custody".
    #[must_use]
    pub fn about(&self) -> String {
        let age = self.age().map_or("age not known".to_owned(), |age| age.to_string());
        format!("{age}, {}, {}", self.sex.words(), self.held().words())
    }
}

/// Whether we know the person on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// A human said so.
    Known,
    /// There are people who look alike.
    Possibly,
    /// Nobody looks alike.
    Not,
}

impl Known {
    /// The key in addresses and JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Known::Known => "known",
            Known::Possibly => "possibly-known",
            Known::Not => "not-known",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Known::Known => "Known",
            Known::Possibly => "Possibly known",
            Known::Not => "Not known",
        }
    }
}
