//! How a warning is known, who takes it, by which means, and how it was confirmed.

use crate::consent::{Means, Recipient};

/// How we know what a warning says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The person said it.
    SaidByPerson,
    /// One of us saw it.
    SeenByUs,
    /// Somebody told us.
    ToldByOther,
    /// It stands in a document.
    InDocument,
}

impl Basis {
    /// All of them, in the order of pages.
    pub const ALL: [Basis; 4] = [Basis::SaidByPerson, Basis::SeenByUs, Basis::ToldByOther, Basis::InDocument];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Basis::SaidByPerson => "said",
            Basis::SeenByUs => "seen",
            Basis::ToldByOther => "told",
            Basis::InDocument => "document",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Basis::SaidByPerson => "Said by the person",
            Basis::SeenByUs => "Seen by us",
            Basis::ToldByOther => "Told to us by somebody else",
            Basis::InDocument => "Read in a document",
        }
    }

    /// The one with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// Who can take charge of a person, and so of a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Receiver {
    /// The escort service.
    Escort,
    /// A prison.
    Prison,
    /// Police.
    Police,
    /// Probation.
    Probation,
}

impl Receiver {
    /// All of them.
    pub const ALL: [Receiver; 4] =
        [Receiver::Escort, Receiver::Prison, Receiver::Police, Receiver::Probation];

    /// Whom the ledger of disclosure calls it.
    #[must_use]
    pub fn recipient(self) -> Recipient {
        match self {
            Receiver::Escort => Recipient::Escort,
            Receiver::Prison => Recipient::Prison,
            Receiver::Police => Recipient::Police,
            Receiver::Probation => Recipient::Probation,
        }
    }

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.recipient().key()
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.recipient().words()
    }

    /// The one with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// The means a warning is handed over by: few, and each leaves a person at the other end.
pub const MEANS: [Means; 4] = [Means::InPerson, Means::Telephone, Means::Paper, Means::SecureEmail];

/// How a receipt came to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Confirmed {
    /// They said so, face to face.
    InPerson,
    /// They said so on the telephone.
    Telephone,
    /// They signed the form.
    Signed,
    /// They wrote so.
    Email,
    /// They confirmed by the one-time link.
    Link,
}

impl Confirmed {
    /// Those that staff record; a link records itself.
    pub const BY_STAFF: [Confirmed; 4] =
        [Confirmed::InPerson, Confirmed::Telephone, Confirmed::Signed, Confirmed::Email];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Confirmed::InPerson => "in-person",
            Confirmed::Telephone => "telephone",
            Confirmed::Signed => "signed",
            Confirmed::Email => "email",
            Confirmed::Link => "link",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Confirmed::InPerson => "Said so in person",
            Confirmed::Telephone => "Said so on the telephone",
            Confirmed::Signed => "Signed the printed form",
            Confirmed::Email => "Wrote so by e-mail",
            Confirmed::Link => "Confirmed by the one-time link",
        }
    }

    pub(super) fn from_key(key: &str) -> Option<Self> {
        [Self::BY_STAFF.as_slice(), &[Confirmed::Link]].concat().into_iter().find(|one| one.key() == key)
    }
}
