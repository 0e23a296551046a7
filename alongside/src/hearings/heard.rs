//! What one voice says of one day in court. It holds no name, and no wording of a charge: wordings name victims.

use super::codes::{Attended, Comes, Ended, PutOff, Stood};
use jiff::civil::Date;
use law::codes::{ResultCode, ResultUse, find_result, find_result_by_meaning};
use serde::{Deserialize, Serialize};

/// One offence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// National code.
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// Plea as received.
    pub plea: Option<String>,
    /// Day of conviction.
    pub convicted_on: Option<Date>,
}

/// One result the court pronounced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pronounced {
    /// National code.
    pub code: Option<String>,
    /// What it is called.
    pub label: String,
    /// In the court's own words.
    pub words: Option<String>,
    /// The day it was ordered.
    pub ordered_on: Option<Date>,
    /// Its length and terms in words.
    pub terms: Option<String>,
    /// The offence it belongs to, by title.
    pub offence: Option<String>,
}

impl Pronounced {
    /// What the national table says of its code; where it came without one, of its words.
    #[must_use]
    pub fn known(&self) -> Option<&'static ResultCode> {
        match &self.code {
            Some(code) => find_result(code),
            None => find_result_by_meaning(&self.label),
        }
    }

    /// "3108 Mental Health Treatment Requirement".
    #[must_use]
    pub fn title(&self) -> String {
        let label = self.known().map_or(self.label.as_str(), |known| known.meaning);
        match &self.code {
            Some(code) if label.is_empty() => format!("Code {code}"),
            Some(code) => format!("{label} ({code})"),
            None => label.to_owned(),
        }
    }

    /// A requirement of a community or suspended sentence.
    #[must_use]
    pub fn is_requirement(&self) -> bool {
        self.known().is_some_and(|known| known.used_as == ResultUse::Requirement)
    }

    /// An order under the Mental Health Act, or a remand to hospital.
    #[must_use]
    pub fn is_mental_health(&self) -> bool {
        self.known()
            .is_some_and(|known| matches!(known.used_as, ResultUse::MentalHealthOrder | ResultUse::Hospital))
    }
}

/// When and where the case comes back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComesBack {
    /// How that was said.
    pub how: Comes,
    /// The day, or the first day of the week.
    pub on: Option<Date>,
    /// The time, "10:00".
    pub at: Option<String>,
    /// Code of the court.
    pub court_code: Option<String>,
    /// The court in words, as typed.
    #[serde(default)]
    pub court: Option<String>,
    /// The room.
    pub room: Option<String>,
}

/// An application instead of a prosecution, or beside it: a review of an order, a breach.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// What it is.
    pub words: String,
    /// A review of an order or requirement.
    pub review: bool,
    /// About a breach.
    pub breach: bool,
    /// Nothing but the application is heard: no prosecution beside it.
    #[serde(default)]
    pub alone: bool,
}

/// What one voice says of one day in court. What it does not say is empty, never guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Code of the court; empty when it is not known.
    pub court_code: String,
    /// Its name as received or typed.
    pub court: String,
    /// The day.
    pub on: Date,
    /// The time, "10:00".
    pub at: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// The court's own id of the hearing: the same on each of its days.
    pub court_hearing: Option<String>,
    /// References of the case: URN, case number.
    pub cases: Vec<String>,
    /// Type of hearing, in words.
    pub kind: Option<String>,
    /// Why it is listed, when that is something else.
    pub listed_for: Option<String>,
    /// Offences.
    pub charges: Vec<Charge>,
    /// The application.
    pub application: Option<Application>,
    /// How the person attended.
    pub attended: Attended,
    /// How they stood when it began.
    pub before: Stood,
    /// How they stood when it ended.
    pub after: Stood,
    /// What it ended with.
    pub ended: Ended,
    /// Why it was put off.
    pub put_off: PutOff,
    /// That, in words.
    pub put_off_words: String,
    /// When it comes back.
    pub comes_back: ComesBack,
    /// Results.
    pub results: Vec<Pronounced>,
    /// Length and terms of what was ordered, as a colleague wrote them.
    #[serde(default)]
    pub terms: String,
    /// In the court's own words, or a colleague's.
    pub words: String,
    /// The message carries a result of any kind.
    pub resulted: bool,
    /// What was odd about it.
    pub oddities: Vec<String>,
}

impl Heard {
    /// Whether it says anything of what happened, beyond that the hearing was listed.
    #[must_use]
    pub fn says_what_happened(&self) -> bool {
        self.resulted
            || self.attended.is_said()
            || self.after.is_said()
            || self.ended.is_said()
            || self.comes_back.how.is_said()
            || !self.results.is_empty()
            || !self.words.is_empty()
    }

    /// Codes of the orders, requirements and disposals among its results. Codes of bail, custody and adjourning stay out: several
    /// mean the same, and what they mean is said by how the person stands, what it ended with and why it was put off.
    #[must_use]
    pub fn orders(&self) -> Vec<&'static str> {
        use ResultUse as U;
        let said_elsewhere =
            [U::Bail, U::Custody, U::Hospital, U::ForReport, U::Adjourned, U::SentenceLater, U::ToCrownCourt];
        let mut codes: Vec<&'static str> = self
            .results
            .iter()
            .filter_map(Pronounced::known)
            .filter(|known| !said_elsewhere.contains(&known.used_as))
            .map(|known| known.code)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The day on which it was decided: the last on which a result was ordered, where that is one of the hearing's days.
    #[must_use]
    pub fn decided_on(&self) -> Option<Date> {
        self.results.iter().filter_map(|result| result.ordered_on).max()
    }
}
