//! The retention rules: a file that a records guardian can read and change, and what follows from a rule for one record.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::path::Path;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person's record with everything that hangs on it.
    Person,
    /// A line with records on it that is linked to nobody.
    LineWithRecord,
    /// A line of nobody.
    Line,
    /// An escort record of no line.
    Escort,
    /// A file as received.
    RawFile,
    /// A referral to us that was never taken on.
    ReferralIn,
    /// A file of referrals as received.
    ReferralFile,
    /// A request for access.
    SubjectAccess,
    /// A task about nobody.
    Task,
    /// An appointment about nobody.
    Diary,
}

impl Kind {
    /// All of them, in the order of the page. Records go before the raw copies that could name them again.
    pub const ALL: [Kind; 10] = [
        Kind::Person,
        Kind::LineWithRecord,
        Kind::Line,
        Kind::Escort,
        Kind::RawFile,
        Kind::ReferralIn,
        Kind::ReferralFile,
        Kind::SubjectAccess,
        Kind::Task,
        Kind::Diary,
    ];

    /// The key in the rules, in addresses and in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::LineWithRecord => "line-with-record",
            Kind::Line => "line",
            Kind::Escort => "escort",
            Kind::RawFile => "raw-file",
            Kind::ReferralIn => "referral-in",
            Kind::ReferralFile => "referral-file",
            Kind::SubjectAccess => "subject-access",
            Kind::Task => "task",
            Kind::Diary => "diary",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Whether each record gets a tombstone of its own. Of lines and what is like them there are thousands: one tombstone says
    /// how many.
    #[must_use]
    pub fn one_by_one(self) -> bool {
        !matches!(self, Kind::Line | Kind::Escort | Kind::Task | Kind::Diary)
    }
}

/// What a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirmed {
    /// Read in a public text.
    Read,
    /// A choice: no text prescribes it.
    Ours,
}

impl Confirmed {
    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Confirmed::Read => "read in a public text; check the edition in force",
            Confirmed::Ours => "a setting, not confirmed by any text: decide it for your service",
        }
    }
}

/// How long one kind is kept, and why.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The kind's key.
    pub key: String,
    /// What it is about, in words.
    pub name: String,
    /// Months.
    pub months: i64,
    /// Months after death, where that counts.
    pub months_after_death: Option<i64>,
    /// Counted from what, in words.
    pub from: String,
    /// Why so long.
    pub why: String,
    /// Where that stands.
    pub source: String,
    /// What the figure rests on.
    pub confirmed: Confirmed,
}

/// The rules in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Kept with each carrying out.
    pub version: String,
    rule: Vec<Rule>,
}

/// What is known of one record when a rule is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The day the rule counts from.
    pub from: Date,
    /// The day the person died, where that was recorded.
    pub died: Option<Date>,
    /// The legal holds that stand, in words.
    pub holds: Vec<String>,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Not yet.
    Kept {
        /// The first day on which it may go.
        until: Date,
    },
    /// Past its time.
    Due {
        /// Since this day.
        since: Date,
    },
    /// Past its time, and held.
    Held {
        /// Since this day.
        since: Date,
        /// By what.
        by: Vec<String>,
    },
}

/// What a rule decided for one record, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What follows.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub why: String,
}

fn later(day: Date, months: i64) -> Date {
    day.saturating_add(months.months())
}

/// "20 years", "18 months".
#[must_use]
pub fn time_words(months: i64) -> String {
    match (months / 12, months % 12) {
        (1, 0) => "1 year".into(),
        (years, 0) => format!("{years} years"),
        _ => format!("{months} months"),
    }
}

/// What a rule decides for one record on a day.
#[must_use]
pub fn decide(rule: &Rule, facts: &Facts, today: Date) -> Decided {
    let (goes, why) = match (facts.died, rule.months_after_death) {
        (Some(died), Some(months)) => (
            // Somebody may write in a record long after a death: the same time runs from there.
            later(died.max(facts.from), months),
            format!("{} after death, and after the last entry", time_words(months)),
        ),
        _ => (later(facts.from, rule.months), format!("{} after {}", time_words(rule.months), rule.from)),
    };
    let verdict = if today < goes {
        Verdict::Kept { until: goes }
    } else if facts.holds.is_empty() {
        Verdict::Due { since: goes }
    } else {
        Verdict::Held { since: goes, by: facts.holds.clone() }
    };
    Decided { verdict, why }
}

/// A rules file that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("retention rules {file}: {message}")]
pub struct RulesError {
    file: String,
    message: String,
}

/// Longest time that a rule may give: longer is a mistake in typing.
const LONGEST: i64 = 12 * 150;

impl Rules {
    /// The shipped rules, or the deployer's own.
    ///
    /// # Errors
    /// When the file can't be read, lacks a rule, or would keep a raw copy longer than what was read of it.
    pub fn load(own: Option<&Path>) -> Result<Self, RulesError> {
        let (file, text) = match own {
            None => ("as shipped".to_owned(), include_str!("rules.toml").to_owned()),
            Some(path) => {
                let file = path.display().to_string();
                let text = std::fs::read_to_string(path)
                    .map_err(|e| RulesError { file: file.clone(), message: e.to_string() })?;
                (file, text)
            }
        };
        Self::read(&text).map_err(|message| RulesError { file, message })
    }

    /// Rules from a text.
    ///
    /// # Errors
    /// As [`Rules::load`].
    pub fn read(text: &str) -> Result<Self, String> {
        let rules: Rules = toml::from_str(text).map_err(|e| e.to_string())?;
        if rules.version.trim().is_empty() {
            return Err("write a version: it is kept with each carrying out".into());
        }
        for kind in Kind::ALL {
            let there = rules.rule.iter().filter(|rule| rule.key == kind.key()).count();
            if there != 1 {
                return Err(format!("rule {:?} stands there {there} times: write it once", kind.key()));
            }
        }
        for rule in &rules.rule {
            if Kind::from_key(&rule.key).is_none() {
                return Err(format!("rule {:?} is about nothing that is kept", rule.key));
            }
            let times = [Some(rule.months), rule.months_after_death];
            if times.into_iter().flatten().any(|months| !(1..=LONGEST).contains(&months)) {
                return Err(format!("rule {:?}: write months, 1 to {LONGEST}", rule.key));
            }
        }
        rules.raw_before_records()?;
        Ok(rules)
    }

    /// A raw copy that outlives the record would name a person of whom nothing else is left.
    fn raw_before_records(&self) -> Result<(), String> {
        let months = |kind: Kind| self.rule(kind).map_or(0, |rule| rule.months);
        let person = self.rule(Kind::Person).and_then(|rule| rule.months_after_death);
        let shortest =
            [Some(months(Kind::Person)), person, Some(months(Kind::Line)), Some(months(Kind::Escort))];
        if shortest.into_iter().flatten().any(|record| months(Kind::RawFile) > record) {
            return Err("rule \"raw-file\" keeps a copy longer than what was read of it".into());
        }
        if [months(Kind::Person), months(Kind::ReferralIn)]
            .into_iter()
            .any(|record| months(Kind::ReferralFile) > record)
        {
            return Err("rule \"referral-file\" keeps a copy longer than what was read of it".into());
        }
        Ok(())
    }

    /// The rule about a kind; none only for rules that were not accepted.
    #[must_use]
    pub fn rule(&self, kind: Kind) -> Option<&Rule> {
        self.rule.iter().find(|rule| rule.key == kind.key())
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
