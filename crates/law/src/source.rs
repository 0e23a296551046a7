//! Where a rule comes from, how sure we are of it, and from when until when it holds.

use jiff::civil::Date;
use serde::Serialize;

/// How a rule was checked. Shown beside every clock: a reader in court must know what a date rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirmed {
    /// The text of the Act or instrument was read.
    Statute,
    /// An official code list, guidance or report was read.
    Official,
    /// A book, a charity's page, a local procedure: not the primary text.
    Secondary,
    /// Known in the field, not looked up. Check before anything rests on it.
    GeneralKnowledge,
    /// Set by the service itself: a choice, not a rule from outside.
    Ours,
}

impl Confirmed {
    /// The mark in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Statute => "confirmed in the text of the law",
            Self::Official => "confirmed in an official document",
            Self::Secondary => "from a secondary source",
            Self::GeneralKnowledge => "general knowledge, not checked",
            Self::Ours => "set by the service",
        }
    }
}

/// What a limit binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// A limit in an Act or instrument.
    Law,
    /// A target of a policy paper. Nothing lapses when it is missed.
    Policy,
    /// A standard of a profession or agency.
    Practice,
    /// A target that the service or its contract set.
    Configured,
}

impl Binding {
    /// The kind of limit in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Law => "legal limit",
            Self::Policy => "policy target, not law",
            Self::Practice => "practice standard, not law",
            Self::Configured => "target set by the service",
        }
    }
}

/// A citation and its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Source {
    /// The Act, paper or page, as one would cite it.
    pub cite: &'static str,
    /// How it was checked.
    pub confirmed: Confirmed,
}

impl Source {
    /// A citation with its mark.
    pub const fn new(cite: &'static str, confirmed: Confirmed) -> Self {
        Self { cite, confirmed }
    }
}

/// From the first day a rule holds to the last, both included; `None` where it has no end or we don't know the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Validity {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Validity {
    /// No known start, no end.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// From a day on.
    pub const fn from(from: Date) -> Self {
        Self { from: Some(from), until: None }
    }

    /// From a day until a day, both included.
    pub const fn between(from: Date, until: Date) -> Self {
        Self { from: Some(from), until: Some(until) }
    }

    /// Until a day, included.
    pub const fn until(until: Date) -> Self {
        Self { from: None, until: Some(until) }
    }

    /// Whether it holds on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
