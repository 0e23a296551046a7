//! What a practitioner records of one contact.

use crate::forms::Answers;
use jiff::Timestamp;

/// Whether the person was seen, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seen {
    /// Seen and screened.
    Seen,
    /// The person declined.
    Declined,
    /// Released before anybody could see them.
    Released,
    /// No interpreter came.
    InterpreterAbsent,
    /// Unfit to be seen, or intoxicated.
    Unfit,
    /// There was no time.
    NoTime,
    /// Their solicitor was with them.
    WithSolicitor,
    /// Custody staff refused.
    RefusedByCustody,
    /// Something else, in words.
    Other,
}

impl Seen {
    /// All, in the order a form offers them.
    pub const ALL: [Seen; 9] = [
        Seen::Seen,
        Seen::Declined,
        Seen::Released,
        Seen::InterpreterAbsent,
        Seen::Unfit,
        Seen::NoTime,
        Seen::WithSolicitor,
        Seen::RefusedByCustody,
        Seen::Other,
    ];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Seen::Seen => "seen",
            Seen::Declined => "declined",
            Seen::Released => "released",
            Seen::InterpreterAbsent => "interpreter-absent",
            Seen::Unfit => "unfit",
            Seen::NoTime => "no-time",
            Seen::WithSolicitor => "with-solicitor",
            Seen::RefusedByCustody => "refused-by-custody",
            Seen::Other => "other",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Seen::Seen => "Seen",
            Seen::Declined => "Not seen: declined",
            Seen::Released => "Not seen: released before",
            Seen::InterpreterAbsent => "Not seen: interpreter absent",
            Seen::Unfit => "Not seen: unfit or intoxicated",
            Seen::NoTime => "Not seen: no time",
            Seen::WithSolicitor => "Not seen: solicitor with them",
            Seen::RefusedByCustody => "Not seen: refused by custody staff",
            Seen::Other => "Not seen: other reason",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
}

/// How much need the practitioner found. A clinician's words, not a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// None found.
    None,
    /// Mild.
    Mild,
    /// Moderate.
    Moderate,
    /// Severe.
    Severe,
}

impl Need {
    /// All.
    pub const ALL: [Need; 4] = [Need::None, Need::Mild, Need::Moderate, Need::Severe];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Need::None => "none",
            Need::Mild => "mild",
            Need::Moderate => "moderate",
            Need::Severe => "severe",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Need::None => "No need found",
            Need::Mild => "Mild need",
            Need::Moderate => "Moderate need",
            Need::Severe => "Severe need",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.key() == key)
    }
}

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Nothing more is needed.
    NoNeed,
    /// Advice was given; that is all.
    AdviceOnly,
    /// A health and wellbeing assessment.
    Assess,
    /// The same, today.
    Urgent,
    /// Emergency response now.
    Emergency,
}

impl Outcome {
    /// All.
    pub const ALL: [Outcome; 5] =
        [Outcome::NoNeed, Outcome::AdviceOnly, Outcome::Assess, Outcome::Urgent, Outcome::Emergency];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Outcome::NoNeed => "no-need",
            Outcome::AdviceOnly => "advice-only",
            Outcome::Assess => "assess",
            Outcome::Urgent => "urgent",
            Outcome::Emergency => "emergency",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Outcome::NoNeed => "No need",
            Outcome::AdviceOnly => "Advice only",
            Outcome::Assess => "Assess",
            Outcome::Urgent => "Urgent: assess today",
            Outcome::Emergency => "Emergency now",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.key() == key)
    }

    /// Whether it ends the matter.
    #[must_use]
    pub fn ends(self) -> bool {
        matches!(self, Outcome::NoNeed | Outcome::AdviceOnly)
    }
}

/// What a practitioner records of one contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Seen, or why not.
    pub seen: Seen,
    /// More about it, in words.
    pub seen_words: String,
    /// When they met, or would have.
    pub contact_at: Timestamp,
    /// Typed in later from a paper sheet.
    pub late_from_paper: bool,
    /// The answers.
    pub answers: Answers,
    /// How much need; nothing when the person was not seen.
    pub need: Option<Need>,
    /// What happens next; nothing when the person was not seen.
    pub outcome: Option<Outcome>,
}
