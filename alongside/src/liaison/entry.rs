//! One entry of the timeline, and its sorts.

use jiff::Timestamp;

/// What sort of entry, for the filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Contacts, and what agencies were asked for.
    Contact,
    /// Referrals and appointments.
    Referral,
    /// Screening, assessment, questionnaires, triage.
    Clinical,
    /// Hearings.
    Court,
    /// Reports, written and spoken.
    Report,
    /// What the person decided, and what was told to whom.
    Consent,
    /// Self-harm warnings and their handovers.
    Warning,
}

impl Kind {
    /// All of them, in the order of pages.
    pub const ALL: [Kind; 7] = [
        Kind::Contact,
        Kind::Referral,
        Kind::Clinical,
        Kind::Court,
        Kind::Report,
        Kind::Consent,
        Kind::Warning,
    ];

    /// The key in the address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Kind::Contact => "contact",
            Kind::Referral => "referral",
            Kind::Clinical => "clinical",
            Kind::Court => "court",
            Kind::Report => "report",
            Kind::Consent => "consent",
            Kind::Warning => "warning",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Kind::Contact => "Contacts",
            Kind::Referral => "Referrals",
            Kind::Clinical => "Screening and assessment",
            Kind::Court => "Court",
            Kind::Report => "Reports",
            Kind::Consent => "Consent and telling",
            Kind::Warning => "Warnings",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it happened.
    pub at: Timestamp,
    /// What sort.
    pub kind: Kind,
    /// What happened.
    pub title: String,
    /// In a few words; empty when the title says all.
    pub words: String,
    /// By whom; empty when nobody of us did it.
    pub by: String,
    /// Where the whole of it stands.
    pub href: String,
}
