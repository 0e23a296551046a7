//! A service as the directory knows it.

use super::sheet::{EXCLUSIONS, SHEET};
use crate::consent::Recipient;
use crate::forms::{Answers, Asked, Kind};
use crate::ids::{ProjectId, ServiceId};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// Whom it serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Everybody, or nobody said.
    Everybody,
    /// Women only.
    Women,
    /// Men only.
    Men,
}

/// Whether it has places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// Places free.
    Free,
    /// Full.
    Full,
    /// Nobody knows.
    NotKnown,
}

/// Something a colleague said about an entry: that it is still right, or that something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its id.
    pub id: Uuid,
    /// "checked" or "doubt".
    pub kind: String,
    /// In words.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Settled when, by whom.
    pub settled: Option<(Timestamp, String)>,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// The version of what is known.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// What is known: answers to [`SHEET`].
    pub answers: Answers,
    /// When this version was written.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
    /// Where it came from, when it was imported.
    pub source_key: Option<String>,
    /// Projects in which it is offered; none means all.
    pub projects: Vec<ProjectId>,
    /// What colleagues said about the entry, newest first.
    pub said: Vec<Word>,
    /// No longer offered: when, by whom, why.
    pub ended: Option<(Timestamp, String, String)>,
}

fn list(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

impl Service {
    /// Whom it serves.
    #[must_use]
    pub fn sex(&self) -> Sex {
        match self.answers.value("sex") {
            "women" => Sex::Women,
            "men" => Sex::Men,
            _ => Sex::Everybody,
        }
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.answers.value(key).parse().ok()
    }

    /// Youngest and oldest age.
    #[must_use]
    pub fn ages(&self) -> (Option<i64>, Option<i64>) {
        (self.number("youngest"), self.number("oldest"))
    }

    /// Whether people may live anywhere.
    #[must_use]
    pub fn serves_anywhere(&self) -> bool {
        self.answers.value("area") == "anywhere"
    }

    /// Boroughs.
    #[must_use]
    pub fn boroughs(&self) -> Vec<String> {
        list(self.answers.value("boroughs"))
    }

    /// First halves of postcodes, in capitals.
    #[must_use]
    pub fn outcodes(&self) -> Vec<String> {
        list(self.answers.value("outcodes")).into_iter().map(|code| code.to_uppercase()).collect()
    }

    /// Areas of need it serves.
    #[must_use]
    pub fn needs(&self) -> &[String] {
        self.answers.values("needs")
    }

    /// Who is not taken: keys of [`EXCLUSIONS`].
    #[must_use]
    pub fn exclusions(&self) -> &[String] {
        self.answers.values("exclusions")
    }

    /// Places, and the day it was learnt.
    #[must_use]
    pub fn capacity(&self) -> (Capacity, Option<Date>) {
        let capacity = match self.answers.value("capacity") {
            "free" => Capacity::Free,
            "full" => Capacity::Full,
            _ => Capacity::NotKnown,
        };
        (capacity, self.answers.day("capacity-on"))
    }

    /// Weeks of waiting, and the day it was learnt.
    #[must_use]
    pub fn waiting(&self) -> Option<(i64, Option<Date>)> {
        self.number("waiting-weeks").map(|weeks| (weeks, self.answers.day("waiting-on")))
    }

    /// Who it is for the ledger of consent: a voluntary service, when nobody said.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient::from_key(self.answers.value("recipient")).unwrap_or(Recipient::Voluntary)
    }

    /// The address that referrals are sent to; empty when it takes none by e-mail.
    #[must_use]
    pub fn email(&self) -> &str {
        self.answers.value("email")
    }

    /// Working days in which it promises an answer.
    #[must_use]
    pub fn reply_days(&self) -> Option<i64> {
        self.number("reply-days")
    }

    /// Whether it works in a trauma-informed way.
    #[must_use]
    pub fn trauma_informed(&self) -> Asked {
        self.answers.asked("trauma-informed")
    }

    /// When and by whom it was last checked: the newest of "still right" and a new version.
    #[must_use]
    pub fn checked(&self) -> (Timestamp, &str) {
        let said = self.said.iter().filter(|w| w.kind == "checked").map(|w| (w.at, w.by.as_str())).max();
        said.filter(|(at, _)| *at > self.changed_at).unwrap_or((self.changed_at, &self.changed_by))
    }

    /// Doubts that nobody has settled.
    pub fn doubts(&self) -> impl Iterator<Item = &Word> {
        self.said.iter().filter(|w| w.kind == "doubt" && w.settled.is_none())
    }

    /// Whether it is offered in a project.
    #[must_use]
    pub fn is_offered_in(&self, project: ProjectId) -> bool {
        self.projects.is_empty() || self.projects.contains(&project)
    }

    /// Everything that can be searched by words.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for question in SHEET.questions() {
            for value in self.answers.values(question.key) {
                out.push_str(words_of(question.kind, value));
                out.push('\n');
            }
        }
        out.to_lowercase()
    }
}

/// The words of a chosen key; what was typed, as it was typed.
fn words_of(kind: Kind, value: &str) -> &str {
    match kind {
        Kind::One(options) | Kind::Many(options) => {
            options.iter().find(|o| o.key == value).map_or(value, |o| o.words)
        }
        _ => value,
    }
}

/// The words of an exclusion.
#[must_use]
pub(super) fn exclusion_words(key: &str) -> &str {
    EXCLUSIONS.iter().find(|o| o.key == key).map_or(key, |o| o.words)
}
