//! How somebody attended and stood, what a hearing ended with, and why it was put off. Each code has its key in the database and
//! the words of a page.

use crate::forms::Opt;
use law::codes::ResultUse;

// A list of keys and words a type reads better than hand-written pairs of matches.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident: $default:ident { $($(#[$one:meta])* $variant:ident = $key:literal, $words:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$one])* #[serde(rename = $key)] $variant),+ }
        impl $name {
            /// All of them, in the order of pages.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The key kept and sent.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }

            /// The words people read.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $($name::$variant => $words),+ }
            }

            /// As an answer that can be chosen.
            #[must_use]
            pub const fn opt(self) -> Opt {
                Opt::new(self.key(), self.words())
            }

            /// The one with that key; what nobody said for anything else.
            #[must_use]
            pub fn from_key(key: &str) -> Self {
                Self::ALL.iter().copied().find(|one| one.key() == key).unwrap_or_default()
            }

            /// Whether somebody said it.
            #[must_use]
            pub fn is_said(self) -> bool {
                self != Self::default()
            }
        }
        impl Default for $name {
            fn default() -> Self {
                $name::$default
            }
        }
    };
}

codes! {
    /// How somebody attended.
    Attended: NotSaid {
        /// In the courtroom.
        InPerson = "in-person", "In person";
        /// By video link.
        ByVideo = "by-video", "By video link";
        /// Did not attend.
        NotPresent = "not-present", "Not present";
        /// Asked, and nobody knows.
        NotKnown = "not-known", "Not known";
        /// Nobody said.
        NotSaid = "", "Nobody said";
    }
}

codes! {
    /// How somebody stands towards the court.
    Stood: NotSaid {
        /// Remanded in custody.
        Custody = "custody", "In custody";
        /// Remanded to hospital under the Mental Health Act.
        Hospital = "hospital", "In hospital on remand";
        /// Bail with conditions.
        ConditionalBail = "conditional-bail", "Conditional bail";
        /// Bail without conditions.
        UnconditionalBail = "unconditional-bail", "Unconditional bail";
        /// Bail, of which kind nobody said.
        Bail = "bail", "Bail, kind not said";
        /// Not remanded: summoned, at liberty, sentenced, done with.
        NotRemanded = "not-remanded", "Not remanded";
        /// Asked, and nobody knows.
        NotKnown = "not-known", "Not known";
        /// Nobody said.
        NotSaid = "", "Nobody said";
    }
}

impl Stood {
    /// Conditional bail and bail of a kind nobody said do not contradict each other.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        let bail = |one| matches!(one, Self::ConditionalBail | Self::UnconditionalBail);
        self == other || (self == Self::Bail && bail(other)) || (other == Self::Bail && bail(self))
    }
}

codes! {
    /// What a hearing ended with.
    Ended: NotSaid {
        /// Comes back to the same level of court.
        Adjourned = "adjourned", "Adjourned";
        /// Part heard.
        Continues = "part-heard", "Part heard, goes on another day";
        /// Sent or committed to the Crown Court.
        ToCrownCourt = "to-crown-court", "Sent to the Crown Court";
        /// Sentenced, or an order made that ends the case.
        Disposed = "disposed", "Sentenced, or the case ended otherwise";
        /// Withdrawn, dismissed, not guilty.
        NoConviction = "no-conviction", "Ended without conviction";
        /// Asked, and nobody knows.
        NotKnown = "not-known", "Not known yet";
        /// Nobody said.
        NotSaid = "", "No result recorded";
    }
}

codes! {
    /// Why a case was put off.
    PutOff: NotSaid {
        /// For a psychiatric or other medical report.
        Psychiatric = "psychiatric", "Psychiatric or medical report";
        /// For an oral pre-sentence report.
        PsrOral = "psr-oral", "Pre-sentence report, oral";
        /// For a short or fast-delivery one.
        PsrShort = "psr-short", "Pre-sentence report, short or fast delivery";
        /// For a full one.
        PsrStandard = "psr-standard", "Pre-sentence report, standard";
        /// For one, of which kind nobody said.
        Psr = "psr", "Pre-sentence report, kind not said";
        /// Legal: advice, plea, trial, case management.
        Legal = "legal", "Legal: advice, plea, trial";
        /// Anything else, in words.
        Other = "other", "Other";
        /// Asked, and nobody knows.
        NotKnown = "not-known", "Not known";
        /// Nobody said.
        NotSaid = "", "Nobody said";
    }
}

impl PutOff {
    /// For a pre-sentence report of any kind.
    #[must_use]
    pub fn is_pre_sentence(self) -> bool {
        matches!(self, Self::PsrOral | Self::PsrShort | Self::PsrStandard | Self::Psr)
    }

    /// A pre-sentence report of a kind nobody said does not contradict one of a kind.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        self == other
            || (self == Self::Psr && other.is_pre_sentence())
            || (other == Self::Psr && self.is_pre_sentence())
    }
}

codes! {
    /// When a case comes back.
    Comes: NotSaid {
        /// On a day.
        OnDay = "day", "On this day";
        /// In the week that begins on a day.
        InWeek = "week", "In the week beginning on this day";
        /// A date is to be fixed.
        ToBeFixed = "to-be-fixed", "Date to be fixed";
        /// Asked, and nobody knows.
        NotKnown = "not-known", "Not known";
        /// Nobody said.
        NotSaid = "", "Nobody said";
    }
}

/// Result codes that stand together on a form.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// Name of the field.
    pub field: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// What stands under it.
    pub uses: &'static [ResultUse],
}

const fn group(field: &'static str, heading: &'static str, uses: &'static [ResultUse]) -> Group {
    Group { field, heading, uses }
}

/// All groups, in their order.
pub const GROUPS: &[Group] = &[
    group(
        "result-adjourned",
        "Put off, for reports, to hospital",
        &[ResultUse::ForReport, ResultUse::Hospital, ResultUse::Adjourned, ResultUse::SentenceLater],
    ),
    group("result-bail", "Bail", &[ResultUse::Bail]),
    group("result-custody", "Custody", &[ResultUse::Custody]),
    group("result-crown", "To the Crown Court", &[ResultUse::ToCrownCourt]),
    group("result-mental-health", "Mental Health Act orders", &[ResultUse::MentalHealthOrder]),
    group("result-community", "Community and suspended sentences", &[ResultUse::CommunitySentence]),
    group("result-requirement", "Requirements", &[ResultUse::Requirement]),
    group("result-prison", "Prison", &[ResultUse::CustodialSentence]),
    group("result-other", "Other disposals", &[ResultUse::OtherDisposal]),
    group("result-no-conviction", "Ended without conviction", &[ResultUse::NoConviction]),
];

/// The key of a result's use, as the table of results has it.
#[must_use]
pub fn use_key(used_as: ResultUse) -> &'static str {
    match used_as {
        ResultUse::Bail => "bail",
        ResultUse::Custody => "custody",
        ResultUse::Hospital => "hospital",
        ResultUse::ForReport => "for-report",
        ResultUse::Adjourned => "adjourned",
        ResultUse::ToCrownCourt => "to-crown-court",
        ResultUse::SentenceLater => "sentence-later",
        ResultUse::MentalHealthOrder => "mental-health-order",
        ResultUse::CommunitySentence => "community-sentence",
        ResultUse::Requirement => "requirement",
        ResultUse::CustodialSentence => "custodial-sentence",
        ResultUse::OtherDisposal => "other-disposal",
        ResultUse::NoConviction => "no-conviction",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_code_of_the_table_stands_under_a_heading() {
        for result in law::codes::results() {
            assert!(GROUPS.iter().any(|group| group.uses.contains(&result.used_as)), "{}", result.code);
        }
    }

    #[test]
    fn a_kind_nobody_said_contradicts_no_kind() {
        assert!(Stood::Bail.agrees(Stood::ConditionalBail) && PutOff::PsrShort.agrees(PutOff::Psr));
        assert!(
            !Stood::ConditionalBail.agrees(Stood::UnconditionalBail) && !Stood::Bail.agrees(Stood::Custody)
        );
        assert!(!PutOff::PsrOral.agrees(PutOff::PsrStandard) && !PutOff::Psr.agrees(PutOff::Psychiatric));
    }
}
