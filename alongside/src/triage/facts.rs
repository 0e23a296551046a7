//! Facts that the rules look at. Each says what was answered, who said it, when, and where it stands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Everything a rule may ask for, with the words a clinical lead reads. A fact with a figure may be compared.
pub const KNOWN: [(&str, &str); 45] = [
    ("psychosis-observed", "signs of psychosis, observed"),
    ("psychosis-reported", "signs of psychosis, reported by the person or somebody else"),
    ("bjmhs-thoughts", "BJMHS item 1 or 2 answered yes"),
    ("bjmhs-activity", "BJMHS item 4 (much more active) answered yes"),
    ("elated", "elated or overactive, observed"),
    ("mania", "signs of mania, reported"),
    ("phq9", "PHQ-9 total, or what the answers given add up to"),
    ("phq9-item9", "PHQ-9 item 9 (better off dead, self-harm)"),
    ("low-mood", "low mood, observed or reported"),
    ("self-neglect", "self-neglect, observed"),
    ("depression-psychotic", "depression with psychosis or self-neglect"),
    ("suicide-thoughts", "thoughts of suicide or self-harm now"),
    ("suicide-plan", "a plan for suicide or self-harm now"),
    ("suicide-intent", "intent to die or self-harm now"),
    ("suicide-attempt", "a recent attempt or serious self-harm"),
    ("custody-self-harm", "custody staff report a present concern about self-harm"),
    ("k6", "K6 total, or what the answers given add up to"),
    ("collapse", "daily life has broken down"),
    ("serious-illness", "known serious mental illness"),
    ("off-medication", "off prescribed medication"),
    ("medication-missed", "a dose missed or due"),
    ("open-to-team", "open to a community team"),
    ("hospital-before", "in a psychiatric hospital before"),
    ("confused", "confused, or delirium suspected"),
    ("withdrawal", "withdrawal from alcohol or drugs"),
    ("intoxicated", "intoxicated"),
    ("learning-disability", "learning disability known or suspected"),
    ("neurodivergence", "neurodivergence known or suspected"),
    ("brain-injury", "brain injury known or suspected"),
    ("participation", "concern about effective participation"),
    ("offence-symptoms", "offence apparently driven by symptoms"),
    ("offence-arson", "arson"),
    ("offence-violence", "serious violence"),
    ("offence-stalking", "stalking"),
    ("offence-homicide", "homicide"),
    ("asks-participation", "the court asks about effective participation"),
    ("asks-disposal", "the court asks about disposal"),
    ("asks-mhtr", "the court asks about a treatment requirement"),
    ("asks-report", "listed for a psychiatric report or opinion"),
    ("pregnant", "pregnant"),
    ("recent-birth", "gave birth in the last year"),
    ("mental-health-need", "a mental health need is stated"),
    ("need-severe", "screening: severe need"),
    ("outcome-urgent", "screening: urgent"),
    ("outcome-emergency", "screening: emergency now"),
];

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its key in [`KNOWN`].
    pub key: String,
    /// A figure, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<i64>,
    /// What was answered or seen, in the words it was recorded in.
    pub words: String,
    /// Who said or saw it; empty where the source does not tell.
    pub said_by: String,
    /// When.
    pub at: Option<Timestamp>,
    /// Where it stands: "screening", "PHQ-9", "escort record", "court list".
    pub source: String,
}

impl Fact {
    /// A fact without a figure.
    pub fn new(key: &str, words: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            key: key.to_owned(),
            figure: None,
            words: words.into(),
            said_by: String::new(),
            at: None,
            source: source.into(),
        }
    }

    /// With who said it.
    #[must_use]
    pub fn said_by(mut self, who: impl Into<String>) -> Self {
        self.said_by = who.into();
        self
    }

    /// With when it was said.
    #[must_use]
    pub fn at(mut self, at: impl Into<Option<Timestamp>>) -> Self {
        self.at = at.into();
        self
    }

    /// With a figure.
    #[must_use]
    pub fn figure(mut self, figure: i64) -> Self {
        self.figure = Some(figure);
        self
    }
}
