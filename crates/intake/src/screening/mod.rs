//! What an escort record says that a practitioner screens for: read from answers, never from flags.

mod answers;
mod events;
mod hints;
mod medicines;
mod told;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{DomainCode, EscortRecord};

/// How closely somebody is watched, closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObservationLevel {
    /// An officer stays with the person ("Constant physical watch"; 2016 form: level 4).
    ConstantPhysical,
    /// Constant watch by camera (2016 form: level 3).
    ConstantCamera,
    /// Every five minutes.
    Minutes5,
    /// Every ten minutes.
    Minutes10,
    /// Every fifteen minutes.
    Minutes15,
    /// Every thirty minutes (2016 form: level 2).
    Minutes30,
    /// At least hourly (2016 form: level 1).
    Hourly,
    /// Something else, in words.
    Alternative,
    /// No additional observation required.
    Standard,
}

/// The sort of fact. Weights and names on the board are the service's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningKind {
    /// An ACCT plan is open.
    AcctOpen,
    /// An ACCT plan is in its post-closure phase.
    AcctPostClosure,
    /// An ACCT plan was closed.
    AcctClosed,
    /// Observation level; standard is reported too.
    ObservationLevel(ObservationLevel),
    /// "Indication of self-harm or suicide" answered yes.
    SelfHarmIndicated,
    /// One ticked nature of self-harm, words in the fact.
    SelfHarmNature,
    /// One action taken because of self-harm.
    SelfHarmAction,
    /// History of self-harm.
    SelfHarmHistory,
    /// How recent.
    SelfHarmRecency,
    /// Method.
    SelfHarmMethod,
    /// Mental-health need.
    MentalHealthNeed,
    /// Referred to a health professional.
    ReferredToHealthProfessional,
    /// Takes prescribed medication.
    Medication,
    /// A dose was missed, is due, or travels with nobody.
    MedicationMissedOrDue,
    /// Alcohol withdrawal.
    AlcoholWithdrawal,
    /// Dependency on a substance.
    Dependency,
    /// Learning disability or difficulty.
    LearningDisability,
    /// Autism.
    Autism,
    /// Needs help to communicate.
    CommunicationNeed,
    /// Pregnant.
    Pregnant,
    /// Travels with a child.
    TravellingWithChild,
    /// Interpreter needed.
    InterpreterNeeded,
    /// Vulnerable, or at risk from others.
    Vulnerable,
    /// Served in the armed forces.
    Veteran,
    /// First time in custody.
    FirstTimeInCustody,
    /// Needs help with personal care.
    PersonalCare,
    /// Physical health need.
    PhysicalHealthNeed,
    /// Another health issue in words.
    OtherHealth,
}

/// One fact with everything a page needs to say who said what, when, and how we know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreeningFact {
    /// The sort of fact.
    pub kind: ScreeningKind,
    /// The exact words: option and details as received.
    pub words: String,
    /// Key of the question (2.5.2), or the type of the event.
    pub question: String,
    /// Who said so.
    pub who_said: Option<String>,
    /// When.
    pub when: Option<Timestamp>,
    /// Codes behind the answer, with their list.
    pub codes: Vec<DomainCode>,
    /// A bare "Yes" that codes alone filled in, and only codes that say little about this need: dyslexia or epilepsy for a
    /// mental-health need, being a veteran or a closed ACCT for self-harm. Never show it without the codes.
    pub weak: bool,
}

/// Every screening fact of a record: from its answers in their order, its medicines, its events, then what codes and words
/// in them add. Flags are not looked at: half of what matters raises none.
pub fn screening_facts(record: &EscortRecord) -> Vec<ScreeningFact> {
    let mut facts: Vec<ScreeningFact> =
        record.answers.iter().flat_map(|answer| answers::facts(answer, record)).collect();
    facts.extend(medicines::facts(record));
    facts.extend(record.events.iter().flat_map(|event| events::facts(event, record)));
    facts.extend(person(record));
    let more = hints::facts(record, &facts);
    facts.extend(more);
    facts
}

/// An interpreter asked for on the front of the record.
fn person(record: &EscortRecord) -> Option<ScreeningFact> {
    let language = record.person.interpreter_language.clone()?;
    Some(ScreeningFact {
        kind: ScreeningKind::InterpreterNeeded,
        words: language,
        question: "interpreter-required".into(),
        who_said: None,
        when: None,
        codes: Vec::new(),
        weak: false,
    })
}

#[cfg(test)]
mod tests;
