//! Facts from events on the record, with who reported them and when.

use super::answers;
use super::{ScreeningFact, ScreeningKind as Kind};
use crate::model::{EscortEvent, EscortRecord};

/// The facts of one event.
pub(super) fn facts(event: &EscortEvent, record: &EscortRecord) -> Vec<ScreeningFact> {
    let mut facts: Vec<ScreeningFact> =
        event.answers.iter().flat_map(|answer| answers::facts(answer, record)).collect();
    if let Some(kind) = kind_of(&event.kind)
        && let Some(words) = words_of(event)
    {
        facts.push(ScreeningFact {
            kind,
            words,
            question: event.kind.clone(),
            who_said: event.source.clone().or_else(|| event.reported_by.clone()),
            when: event.at,
            codes: Vec::new(),
            weak: false,
        });
    }
    facts
}

fn kind_of(event: &str) -> Option<Kind> {
    match event.trim_start_matches("GenericEvent::") {
        "PerSuicideAndSelfHarm" => Some(Kind::SelfHarmIndicated),
        "PerHistoricSelfHarm" => Some(Kind::SelfHarmHistory),
        "PerMedicalMentalHealth" => Some(Kind::MentalHealthNeed),
        "PerMedicalDrugsAlcohol" => Some(Kind::Dependency),
        "PerMedicalMedication" => Some(Kind::Medication),
        "PerPrisonerWelfare" => Some(Kind::OtherHealth),
        other if other.starts_with("PerMedical") => Some(Kind::OtherHealth),
        _ => None,
    }
}

/// The event's words; without any, what details it has.
fn words_of(event: &EscortEvent) -> Option<String> {
    event.words.clone().or_else(|| {
        let details: Vec<String> =
            event.details.iter().map(|(name, text)| format!("{name}: {text}")).collect();
        (!details.is_empty() && event.answers.is_empty()).then(|| details.join("; "))
    })
}
