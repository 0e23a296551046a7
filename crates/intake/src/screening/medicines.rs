//! Medicines: that there are any, and doses missed or due while the person is at court.

use super::answers::said_yes;
use super::{ScreeningFact, ScreeningKind as Kind};
use crate::dates;
use crate::model::{EscortRecord, Medication, Stated};
use crate::words::affirms;

/// The hours a person brought to court is away from whoever gives out medicines.
const COURT_HOURS: std::ops::Range<i8> = 7..18;

pub(super) fn facts(record: &EscortRecord) -> Vec<ScreeningFact> {
    let mut facts = Vec::new();
    let prescribed = record.answers.iter().find(|answer| answer.key == "prescribed-medication");
    if let Some(answer) = prescribed
        && let Some(words) = said_yes(answer)
        && (record.medications.is_empty() || words.contains(':'))
    {
        facts.push(super::answers::fact(Kind::Medication, words, answer));
    }
    for answer in record.answers.iter().filter(|answer| answer.key == "medication-while-moving") {
        facts.extend(
            said_yes(answer).map(|words| super::answers::fact(Kind::MedicationMissedOrDue, words, answer)),
        );
    }
    for medicine in &record.medications {
        facts.push(fact(Kind::Medication, words_of(medicine)));
        if let Some(why) = missed_or_due(medicine) {
            facts.push(fact(Kind::MedicationMissedOrDue, format!("{}: {why}", named(medicine))));
        }
    }
    facts
}

fn fact(kind: Kind, words: String) -> ScreeningFact {
    ScreeningFact {
        kind,
        words,
        question: "medication-details".into(),
        who_said: None,
        when: None,
        codes: Vec::new(),
        weak: false,
    }
}

fn named(medicine: &Medication) -> &str {
    medicine.name.as_deref().unwrap_or("A medicine")
}

fn words_of(medicine: &Medication) -> String {
    let mut words: Vec<String> =
        [&medicine.name, &medicine.dosage, &medicine.administration, &medicine.frequency]
            .into_iter()
            .filter_map(Clone::clone)
            .collect();
    words.extend(medicine.last_given.as_ref().map(|text| format!("last given {text}")));
    words.extend(medicine.next_due.as_ref().map(|text| format!("next due {text}")));
    words.extend(medicine.carrier.as_ref().map(|text| format!("carried by: {text}")));
    words.join(", ")
}

/// Why a dose may be missed: it was not given, nobody has it, it is needed on the way, or it falls due in court hours.
fn missed_or_due(medicine: &Medication) -> Option<String> {
    let last = medicine.last_given.as_deref().unwrap_or_default();
    let lower = last.to_lowercase();
    if ["not given", "not taken", "refused", "none given", "not yet"]
        .iter()
        .any(|words| lower.contains(words))
        || affirms(last, "missed")
    {
        return Some(format!("last given “{last}”"));
    }
    let carrier = medicine.carrier.as_deref().unwrap_or_default();
    if carrier.to_lowercase().contains("not with") {
        return Some(format!("carrier “{carrier}”"));
    }
    if medicine.while_moving == Stated::Yes {
        return Some("needed while moving".into());
    }
    let next = medicine.next_due.as_deref()?;
    let clock = next.split_whitespace().find_map(dates::time).or_else(|| dates::time(next));
    let local =
        dates::moment(next).filter(|_| clock.is_none()).map(|moment| dates::london_clock(moment).time());
    let due = clock
        .or(local)
        .is_some_and(|time| COURT_HOURS.contains(&time.hour()) && time != jiff::civil::Time::midnight());
    let overdue = ["due now", "overdue", "on arrival", "asap", "midday", "noon", "lunch"];
    (due || overdue.iter().any(|words| next.to_lowercase().contains(words)))
        .then(|| format!("next due “{next}”"))
}
