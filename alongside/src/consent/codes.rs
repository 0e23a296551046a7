//! Whom one may tell, what for, and what people say about it. Each code has its key in the database and the words of a page.

// A list of keys and words a type reads better than six hand-written pairs of matches.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $variant:ident = $key:literal, $words:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$one])* $variant),+ }
        impl $name {
            /// All of them, in the order of pages.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The key kept and sent.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }

            /// The words people read.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $($name::$variant => $words),+ }
            }

            /// The one with that key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}

codes! {
    /// Who is told.
    Recipient {
        /// Judge, magistrates, legal adviser.
        Court = "court", "Court";
        /// The person's own lawyer.
        Defence = "defence", "Defence solicitor";
        /// The Crown Prosecution Service or another prosecutor.
        Prosecution = "prosecution", "Prosecution";
        /// Probation, in court or in the community.
        Probation = "probation", "Probation";
        /// Police.
        Police = "police", "Police";
        /// Whoever brings people to and from court.
        Escort = "escort", "Escort service";
        /// Reception and wing staff of a prison.
        Prison = "prison", "Prison";
        /// Health staff of a prison.
        PrisonHealthcare = "prison-healthcare", "Prison healthcare";
        /// General practitioner.
        Gp = "gp", "GP";
        /// Community team, crisis team, hospital.
        MentalHealthTrust = "trust", "Mental health trust";
        /// Always by name: consent to tell a mother is no consent to tell a brother.
        Family = "family", "Family or carer";
        /// Housing department or provider.
        Housing = "housing", "Housing";
        /// Benefits, job centre, employer.
        Benefits = "benefits", "Benefits and employment";
        /// A charity.
        Voluntary = "voluntary", "Voluntary service";
        /// Researchers.
        Research = "research", "Research";
    }
}

/// All recipients, in the order of pages.
pub const RECIPIENTS: &[Recipient] = Recipient::ALL;

impl Recipient {
    /// Where the name decides: a decision about one of them says nothing about another.
    #[must_use]
    pub fn goes_by_name(self) -> bool {
        matches!(self, Recipient::Family | Recipient::Housing | Recipient::Voluntary)
    }

    /// As it stands inside a sentence: "the court".
    #[must_use]
    pub fn in_a_sentence(self) -> &'static str {
        match self {
            Recipient::Court => "the court",
            Recipient::Defence => "the defence solicitor",
            Recipient::Prosecution => "the prosecution",
            Recipient::Probation => "probation",
            Recipient::Police => "the police",
            Recipient::Escort => "the escort service",
            Recipient::Prison => "the prison",
            Recipient::PrisonHealthcare => "prison healthcare",
            Recipient::Gp => "the GP",
            Recipient::MentalHealthTrust => "the mental health trust",
            Recipient::Family => "family or carer",
            Recipient::Housing => "housing",
            Recipient::Benefits => "benefits or an employer",
            Recipient::Voluntary => "a voluntary service",
            Recipient::Research => "research",
        }
    }
}

codes! {
    /// What for.
    Purpose {
        /// Whether to grant bail.
        Bail = "bail", "Bail or remand decision";
        /// Sentence.
        Sentence = "sentence", "Sentence";
        /// Assessment and treatment.
        Treatment = "treatment", "Assessment or treatment";
        /// Keeping somebody safe today.
        Safety = "safety", "Safety now";
        /// Housing, money, daily life.
        Support = "support", "Support";
        /// Research.
        Research = "research", "Research";
    }
}

/// The key of a decision that is about every purpose.
pub(super) const ANY_PURPOSE: &str = "any";

/// A purpose, or all of them, in words.
pub(super) fn purpose_words(purpose: Option<Purpose>) -> &'static str {
    purpose.map_or("Any purpose", Purpose::words)
}

codes! {
    /// What a person said.
    Decision {
        /// Yes.
        Given = "given", "Given";
        /// No.
        Refused = "refused", "Refused";
        /// Yes, to some of it.
        Partial = "partial", "Given in part";
        /// Whether the person can decide this now is in doubt.
        Capacity = "capacity", "Concern about capacity";
        /// No longer.
        Withdrawn = "withdrawn", "Withdrawn";
        /// Nobody asked; why not may be said.
        NotAsked = "not-asked", "Not asked";
    }
}

codes! {
    /// How a decision was obtained.
    How {
        /// Face to face.
        InPerson = "in-person", "In person";
        /// By telephone.
        Telephone = "telephone", "By telephone";
        /// By video.
        Video = "video", "By video";
        /// Signed, or by letter or e-mail.
        InWriting = "in-writing", "In writing";
        /// Through a solicitor, advocate, deputy.
        Through = "through", "Through somebody who acts for them";
    }
}

codes! {
    /// How somebody was told.
    Means {
        /// Face to face.
        InPerson = "in-person", "In person";
        /// In open court.
        InCourt = "in-court", "Said in court";
        /// By telephone.
        Telephone = "telephone", "By telephone";
        /// On paper.
        Paper = "paper", "Printed, handed over";
        /// Secure e-mail.
        SecureEmail = "secure-email", "Secure e-mail";
        /// By letter.
        Letter = "letter", "Letter";
        /// Through a shared system.
        System = "system", "Through a shared system";
    }
}

codes! {
    /// On what ground somebody is told without consent.
    Class {
        /// Life is in danger now: allowed at once, approved afterwards.
        ImmediateDanger = "immediate-danger", "Immediate danger to life";
        /// Serious harm to the person or others may be prevented.
        SeriousHarm = "serious-harm", "Risk of serious harm";
        /// A child or an adult at risk.
        Safeguarding = "safeguarding", "Safeguarding of a child or an adult at risk";
        /// An order of a court, or a statute that says so.
        Law = "law", "Court order or statute";
        /// Preventing or detecting a serious crime.
        Crime = "crime", "Preventing or detecting serious crime";
        /// Another public interest.
        PublicInterest = "public-interest", "Another public interest";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_found_again() {
        for recipient in RECIPIENTS {
            assert_eq!(Recipient::from_key(recipient.key()), Some(*recipient));
        }
        for purpose in Purpose::ALL {
            assert_ne!(purpose.key(), ANY_PURPOSE);
            assert_eq!(Purpose::from_key(purpose.key()), Some(*purpose));
        }
        assert_eq!(Decision::from_key("asked"), None);
    }
}
