//! How fast somebody should be seen, by urgency code: a table that the service can change.
//!
//! The codes are those of the UK Mental Health Triage Scale (Sands, Elsom and Colgate 2015). Its wording may not be copied;
//! the words here are ours. A to C are confirmed, D to G are not: look at them before you use them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::rule::{Limit, Rule};
use crate::source::{Binding, Confirmed, Source, Validity};
use crate::time::Moment;
use crate::working_days::Calendar;

/// One code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgencyCode {
    /// The code: "A".
    pub code: String,
    /// What it means, in our words.
    pub meaning: String,
    /// Hours to a face-to-face response; 0 is at once, `None` is no response by us.
    pub within_hours: Option<u32>,
    /// Whether the time was confirmed in a source.
    pub confirmed: bool,
}

/// The table in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgencyTable {
    /// Its name and version, kept with each decision.
    pub name: String,
    /// The codes, most urgent first.
    pub codes: Vec<UrgencyCode>,
}

impl Default for UrgencyTable {
    fn default() -> Self {
        let code = |code: &str, meaning: &str, within_hours, confirmed| UrgencyCode {
            code: code.into(),
            meaning: meaning.into(),
            within_hours,
            confirmed,
        };
        Self {
            name: "table of 2015".into(),
            codes: vec![
                code("A", "Life in danger now: emergency services", Some(0), true),
                code("B", "Very high need: be there within hours", Some(4), true),
                code("C", "High need: be there within a day", Some(24), true),
                code("D", "Needs to be seen within days", Some(72), false),
                code("E", "Can wait for an appointment within weeks", Some(28 * 24), false),
                code("F", "Another service is the right one", None, false),
                code("G", "Advice or information is enough", None, false),
            ],
        }
    }
}

impl UrgencyTable {
    /// A code of the table, in any case.
    pub fn find(&self, code: &str) -> Option<&UrgencyCode> {
        self.codes.iter().find(|known| known.code.eq_ignore_ascii_case(code))
    }

    /// The clock of a code from the moment it was decided. `None` for an unknown code and for one without a time.
    pub fn clock(
        &self,
        code: &str,
        decided: Timestamp,
        seen: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<Clock> {
        let found = self.find(code)?;
        let hours = found.within_hours?;
        let rule = Rule {
            key: format!("urgency.{}", found.code.to_lowercase()).into(),
            name: format!("Response, urgency {} ({})", found.code, self.name).into(),
            starts_when: "the urgency was decided".into(),
            limit: Limit::Hours(hours),
            binding: Binding::Configured,
            soon_hours: (hours / 4).max(1),
            source: Source::new(
                "urgency table of the service, codes after the UK Mental Health Triage Scale (2015)",
                if found.confirmed { Confirmed::Official } else { Confirmed::GeneralKnowledge },
            ),
            valid: Validity::ALWAYS,
            explanation: found.meaning.clone().into(),
        };
        Some(rule.clock(decided, seen.map(Moment::At), now, &Calendar::default()))
    }
}
