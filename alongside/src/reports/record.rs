//! A report as its rows tell it. What follows from them (state, clock, the version in force) is in [`super::state`].

use crate::consent::{Means, Purpose, Recipient};
use crate::ids::{AccountId, DeliveryId, ListingId, PersonId, ProjectId, RecommendationId, ReportId};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// Who asks for a report: key, words.
pub const ASKERS: [(&str, &str); 5] = [
    ("bench", "The bench"),
    ("legal-adviser", "The legal adviser"),
    ("defence", "The defence"),
    ("probation", "Probation"),
    ("own", "Nobody: on our own initiative"),
];

/// Why a report is no longer wanted: key, words.
pub const CLOSINGS: [(&str, &str); 4] = [
    ("not-wanted", "The court no longer wants it"),
    ("spoken", "It was given by word of mouth instead"),
    ("declined", "The person does not want one"),
    ("other", "Another reason"),
];

/// A report with everything that happened to it.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The line it hangs on.
    pub listing: Option<ListingId>,
    /// The person it hangs on, when not on a line.
    pub person: Option<PersonId>,
    /// The project that answers for it.
    pub project: ProjectId,
    /// Key of its type.
    pub kind: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Key of [`ASKERS`].
    pub asked_by: String,
    /// Name and role of whoever asked.
    pub asker: String,
    /// What they want to know.
    pub question: String,
    /// A restriction on reporting, beside that of the list.
    pub restriction: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// The report it adds to.
    pub after: Option<ReportId>,
    /// Who recorded the request.
    pub by: String,
    /// The hearing it is for, newest last.
    pub hearings: Vec<Hearing>,
    /// Who writes, newest last.
    pub writers: Vec<Writer>,
    /// The newest save of each version, oldest version first.
    pub saves: Vec<Saved>,
    /// Versions that were signed, oldest first.
    pub versions: Vec<Version>,
    /// To whom it was given, oldest first.
    pub deliveries: Vec<Delivery>,
    /// No longer wanted.
    pub closing: Option<Closing>,
}

/// The hearing a report is for, and what it makes of the due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hearing {
    /// The day.
    pub on: Option<Date>,
    /// The time, as typed.
    pub time: String,
    /// The court's name.
    pub court: String,
    /// The room.
    pub room: String,
    /// When the report is due.
    pub due_at: Option<Timestamp>,
    /// Why then.
    pub due_why: String,
    /// When this was recorded.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// Somebody who took the writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// Since when.
    pub at: Timestamp,
}

/// That something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Of which version.
    pub version: i64,
    /// The number of the newest save.
    pub save: i64,
}

/// A signed version.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its number, from 1.
    pub number: i64,
    /// Of which save.
    pub save: i64,
    /// What it changes against the one before; empty for the first.
    pub changed: String,
    /// Points of the check that its author looked at.
    pub looked_at: Vec<String>,
    /// Somebody else must sign too.
    pub countersign: bool,
    /// The author's role.
    pub role: String,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// By whom.
    pub by: String,
    /// Their account.
    pub account: Option<Uuid>,
    /// The second signature.
    pub second: Option<Second>,
    /// Locked: from here on everybody gets the same bytes.
    pub locked: Option<Locked>,
    /// What it recommends.
    pub recommendations: Vec<Recommended>,
}

/// A countersignature.
#[derive(Debug, Clone)]
pub struct Second {
    /// What was said with it.
    pub words: String,
    /// The role.
    pub role: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// What identifies a locked version.
#[derive(Debug, Clone)]
pub struct Locked {
    /// SHA-256 over the document.
    pub hash: String,
    /// Pages of its PDF.
    pub pages: i64,
    /// When.
    pub at: Timestamp,
}

/// A recommendation, and what the court made of it.
#[derive(Debug, Clone)]
pub struct Recommended {
    /// Its id.
    pub id: RecommendationId,
    /// What it is about.
    pub kind: String,
    /// What the court is asked to consider.
    pub words: String,
    /// Why.
    pub why: String,
    /// What else could be done.
    pub instead: String,
    /// What the court did, oldest first; the newest counts.
    pub followed: Vec<Followed>,
}

/// What the court made of a recommendation.
#[derive(Debug, Clone)]
pub struct Followed {
    /// Key of [`super::FOLLOWED`].
    pub answer: String,
    /// Why, if the court said.
    pub why: String,
    /// How we know.
    pub source: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// A version given to one receiver.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// Which version.
    pub version: i64,
    /// Whom.
    pub recipient: Recipient,
    /// Their name.
    pub to_name: String,
    /// Their role.
    pub to_role: String,
    /// By which means.
    pub means: Means,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// The acknowledgement.
    pub receipt: Option<Receipt>,
}

/// A receiver acknowledged it.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Who.
    pub by: String,
    /// What they said.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// No longer wanted.
#[derive(Debug, Clone)]
pub struct Closing {
    /// Key of [`CLOSINGS`].
    pub reason: String,
    /// More about it.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}
