//! A fact in a sentence of its own: "Yes" alone says nothing where it stands without its question.

use super::{ScreeningFact, ScreeningKind};

impl ScreeningKind {
    /// What was asked about, in the words of a page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::AcctOpen => "ACCT plan open",
            Self::AcctPostClosure => "ACCT plan in its post-closure phase",
            Self::AcctClosed => "ACCT plan closed",
            Self::ObservationLevel(_) => "Observation level",
            Self::SelfHarmIndicated => "Indication of self-harm or suicide",
            Self::SelfHarmNature => "Nature of the self-harm concern",
            Self::SelfHarmAction => "Done because of self-harm",
            Self::SelfHarmHistory => "Self-harm before",
            Self::SelfHarmRecency => "Last self-harm",
            Self::SelfHarmMethod => "Method of self-harm",
            Self::MentalHealthNeed => "Mental health need",
            Self::ReferredToHealthProfessional => "Referred to a health professional",
            Self::Medication => "Medication",
            Self::MedicationMissedOrDue => "Medication missed or due",
            Self::AlcoholWithdrawal => "Alcohol withdrawal",
            Self::Dependency => "Dependency",
            Self::LearningDisability => "Learning disability or difficulty",
            Self::Autism => "Autism",
            Self::CommunicationNeed => "Needs help to communicate",
            Self::Pregnant => "Pregnant",
            Self::TravellingWithChild => "Travels with a child",
            Self::InterpreterNeeded => "Interpreter needed",
            Self::Vulnerable => "Vulnerable, or at risk from others",
            Self::Veteran => "Served in the armed forces",
            Self::FirstTimeInCustody => "First time in custody",
            Self::PersonalCare => "Needs help with personal care",
            Self::PhysicalHealthNeed => "Physical health need",
            Self::OtherHealth => "Other health matter",
        }
    }
}

impl ScreeningFact {
    /// What was asked about and the exact words of the answer: "Indication of self-harm or suicide: Yes".
    #[must_use]
    pub fn told(&self) -> String {
        format!("{}: {}", self.kind.words(), self.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_yes_is_told_with_what_was_asked() {
        let fact = ScreeningFact {
            kind: ScreeningKind::SelfHarmIndicated,
            words: "Yes".into(),
            question: "indication-of-self-harm-or-suicide".into(),
            who_said: None,
            when: None,
            codes: Vec::new(),
            weak: false,
        };
        assert_eq!(fact.told(), "Indication of self-harm or suicide: Yes");
    }
}
