//! Facts into markers: a pure function of one line, the rules and the court's standards.
//!
//! Every marker says who said what, when, and how we know. A "Yes" that only comes from an alert code shows the code.

use super::line::{Held, Line};
use super::rules::{MarkerGrade, Rules};
use crate::clock;
use crate::people::Sex;
use intake::screening::ObservationLevel;
use intake::{ScreeningFact, ScreeningKind};
use jiff::Timestamp;
use serde::Serialize;

/// One warning or fact that moves a line up the board.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Marker {
    /// The rule's key.
    pub key: String,
    /// The rule's name.
    pub label: String,
    /// How strongly it asks to be seen.
    pub grade: MarkerGrade,
    /// What it adds to the sum.
    pub weight: f64,
    /// Why it counts.
    pub reason: String,
    /// The exact words that made it.
    pub words: String,
    /// Who said so, or where it stands.
    pub source: String,
    /// When it was said or written.
    pub at: Option<Timestamp>,
    /// Codes behind a bare "Yes".
    pub codes: Vec<String>,
    /// Only a bare "Yes" that codes may have filled in.
    pub weak: bool,
}

/// What the court's projects do as standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Women {
    /// All women are seen.
    SeenAsStandard,
    /// Women are seen when markers say so.
    ByMarkers,
}

/// The markers of a line, heaviest first; one a rule, the most telling words first.
#[must_use]
pub fn markers(line: &Line, rules: &Rules, women: Women) -> Vec<Marker> {
    let mut found = Vec::new();
    for escort in &line.escorts {
        for fact in &escort.facts {
            if let Some(key) = key_of(fact.kind) {
                let from = escort.from.as_ref().map_or(String::new(), |place| format!(" from {place}"));
                let source = match &fact.who_said {
                    Some(who) => format!("escort record{from}, {who}"),
                    None => format!("escort record{from}"),
                };
                add(
                    &mut found,
                    rules,
                    key,
                    Said {
                        words: fact_words(fact),
                        source,
                        at: Some(fact.when.unwrap_or(escort.as_of)),
                        fact: Some(fact),
                    },
                );
            }
        }
    }
    from_list(&mut found, line, rules, women);
    from_recognition(&mut found, line, rules);
    from_notes(&mut found, line, rules);
    found.retain(|marker| marker.weight > 0.0);
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.key.cmp(&b.key)));
    found
}

/// What made a marker.
struct Said<'a> {
    words: String,
    source: String,
    at: Option<Timestamp>,
    fact: Option<&'a ScreeningFact>,
}

fn add(found: &mut Vec<Marker>, rules: &Rules, key: &str, said: Said<'_>) {
    let Some(rule) = rules.rule(key) else { return };
    let weak = said.fact.is_some_and(|fact| fact.weak);
    let codes: Vec<String> =
        said.fact.map(|fact| fact.codes.iter().map(code_words).collect()).unwrap_or_default();
    if let Some(there) = found.iter_mut().find(|marker| marker.key == key) {
        // Several answers make one marker: its weight counts once, all words stay.
        if !said.words.is_empty() && !there.words.contains(&said.words) {
            there.words = format!("{}; {}", there.words, said.words);
        }
        for code in codes {
            if !there.codes.contains(&code) {
                there.codes.push(code);
            }
        }
        if !weak && there.weak {
            there.weak = false;
            there.weight = rule.weight;
        }
        return;
    }
    found.push(Marker {
        key: rule.key.clone(),
        label: rule.label.clone(),
        grade: rule.grade,
        weight: if weak { rule.weight * rules.weak_factor } else { rule.weight },
        reason: rule.why.clone(),
        words: said.words,
        source: said.source,
        at: said.at,
        codes,
        weak,
    });
}

fn code_words(code: &intake::DomainCode) -> String {
    match &code.words {
        Some(words) => format!("{} ({words})", code.code),
        None => code.code.clone(),
    }
}

fn fact_words(fact: &ScreeningFact) -> String {
    if fact.weak && !fact.codes.is_empty() {
        let codes = fact.codes.iter().map(code_words).collect::<Vec<_>>().join(", ");
        return format!("{} – only from code {codes}, no words beside it", fact.words);
    }
    fact.words.clone()
}

fn key_of(kind: ScreeningKind) -> Option<&'static str> {
    use ScreeningKind as K;
    Some(match kind {
        K::AcctOpen => "acct-open",
        K::AcctPostClosure => "acct-post-closure",
        K::AcctClosed => "acct-closed",
        K::ObservationLevel(level) => match level {
            ObservationLevel::ConstantPhysical | ObservationLevel::ConstantCamera => "observation-constant",
            ObservationLevel::Minutes5 | ObservationLevel::Minutes10 | ObservationLevel::Minutes15 => {
                "observation-raised"
            }
            ObservationLevel::Minutes30 | ObservationLevel::Hourly | ObservationLevel::Alternative => {
                "observation-hourly"
            }
            ObservationLevel::Standard => return None,
        },
        K::SelfHarmIndicated | K::SelfHarmNature | K::SelfHarmAction => "self-harm-now",
        K::SelfHarmHistory | K::SelfHarmRecency | K::SelfHarmMethod => "self-harm-history",
        K::MentalHealthNeed => "mental-health",
        K::ReferredToHealthProfessional => "referred-health",
        K::Medication => "medication",
        K::MedicationMissedOrDue => "medication-missed",
        K::AlcoholWithdrawal => "alcohol-withdrawal",
        K::Dependency => "dependency",
        K::LearningDisability => "learning-disability",
        K::Autism => "autism",
        K::CommunicationNeed => "communication",
        K::Pregnant => "pregnant",
        K::InterpreterNeeded => "interpreter",
        K::Vulnerable | K::TravellingWithChild => "vulnerable",
        K::Veteran => "veteran",
        K::FirstTimeInCustody => "first-time",
        K::PersonalCare | K::PhysicalHealthNeed | K::OtherHealth => "other-health",
    })
}

fn from_list(found: &mut Vec<Marker>, line: &Line, rules: &Rules, women: Women) {
    let list =
        |words: String| Said { words, source: "court list".into(), at: Some(line.changed_at), fact: None };
    if line.is_youth() {
        let words = line.age().map_or("marked as a youth".to_owned(), |age| format!("{age} on the day"));
        add(found, rules, "under-18", list(words));
    }
    if line.sex == Sex::Female {
        let key = if women == Women::SeenAsStandard { "woman-as-standard" } else { "woman" };
        add(found, rules, key, list("recorded as female".into()));
    }
    if line.held() == Held::Custody {
        let words = line.detail.held_at.clone().unwrap_or_else(|| {
            if line.custody == Held::Custody { "held".into() } else { "travels with an escort record".into() }
        });
        let source = if line.custody == Held::Custody { "court list" } else { "escort record" };
        add(
            found,
            rules,
            "in-custody",
            Said { words, source: source.into(), at: Some(line.changed_at), fact: None },
        );
    }
    if line.detail.breach {
        let words = match line.detail.informant.as_deref() {
            Some("SHPROB") => "brought by probation (SHPROB)".to_owned(),
            _ => line.detail.listed_for.clone().unwrap_or_else(|| "listed as a breach".into()),
        };
        add(found, rules, "breach", list(words));
    }
    if let Some(application) = line.detail.application.as_ref().filter(|a| a.is_review) {
        add(
            found,
            rules,
            "review-hearing",
            list(application.words.clone().unwrap_or_else(|| "review".into())),
        );
    }
    if let Some(words) = listed_for_a_report(line) {
        add(found, rules, "report-result", list(words));
    }
    if line.detail.person.no_fixed_abode {
        add(found, rules, "no-fixed-abode", list("no fixed abode".into()));
    }
    if let Some(language) = &line.detail.person.interpreter_language {
        add(found, rules, "interpreter", list(language.clone()));
    }
    for result in &line.detail.results {
        if result.code.as_deref() == Some(TREATMENT_REQUIREMENT) {
            let words = result.label.clone().unwrap_or_else(|| "mental health treatment requirement".into());
            add(
                found,
                rules,
                "treatment-requirement",
                Said { words, source: "court result 3108".into(), at: Some(line.changed_at), fact: None },
            );
        }
    }
}

/// CJS result code of a mental health treatment requirement.
pub(super) const TREATMENT_REQUIREMENT: &str = "3108";

/// Hearing types of the national table that wait for a report or ask about effective participation: fitness to plead,
/// sentence with a pre-sentence report, sentence specific report.
const REPORT_TYPES: [&str; 3] = ["FTP", "SWPSR", "SSR"];

fn listed_for_a_report(line: &Line) -> Option<String> {
    if let Some(hearing) = &line.detail.hearing_type
        && hearing.code.as_deref().is_some_and(|code| REPORT_TYPES.contains(&code))
    {
        return Some(hearing.words.clone().or_else(|| hearing.code.clone()).unwrap_or_default());
    }
    let words = [&line.detail.listed_for, &line.detail.block].into_iter().flatten().cloned();
    let hearing = line.detail.hearing_type.iter().filter_map(|h| h.words.clone());
    let reasons = line.detail.offences.iter().filter_map(|o| o.adjournment_reason.clone());
    words.chain(hearing).chain(reasons).find(|text| speaks_of_a_report(text))
}

fn speaks_of_a_report(text: &str) -> bool {
    let text = text.to_lowercase();
    let word = |w: &str| text.split(|c: char| !c.is_alphanumeric()).any(|part| part == w);
    [
        "psychiatric",
        "medical report",
        "pre-sentence report",
        "pre sentence report",
        "fitness to plead",
        "hospital order",
        "mental health",
        "standard delivery report",
        "fast delivery report",
    ]
    .iter()
    .any(|phrase| text.contains(phrase))
        || ["psr", "sdr", "fdr", "psychiatrist", "mha"].into_iter().any(word)
}

fn from_notes(found: &mut Vec<Marker>, line: &Line, rules: &Rules) {
    for note in &line.notes {
        if let Some(key) = note.marker {
            let said =
                Said { words: note.words.clone(), source: note.source.clone(), at: note.at, fact: None };
            add(found, rules, key, said);
        }
    }
}

fn from_recognition(found: &mut Vec<Marker>, line: &Line, rules: &Rules) {
    let register = |words: String, at| Said { words, source: "our register".into(), at, fact: None };
    match &line.recognition.linked {
        Some(linked) => {
            if linked.on_caseload {
                let words = linked.last_contact.map_or("open episode".to_owned(), |at| {
                    format!("last contact {}", clock::day_words(clock::london_day(at)))
                });
                add(found, rules, "caseload", register(words, linked.last_contact));
            }
            if let Some(made) = linked.treatment_requirement {
                add(
                    found,
                    rules,
                    "treatment-requirement",
                    Said {
                        words: format!("made on {}", clock::day_words(made)),
                        source: "court result 3108".into(),
                        at: None,
                        fact: None,
                    },
                );
            }
            if linked.earlier_days >= rules.repeat_attender_days {
                let words = format!(
                    "listed on {} other days in {} months",
                    linked.earlier_days, rules.repeat_attender_months
                );
                add(found, rules, "repeat-attender", register(words, None));
            }
        }
        None if line.recognition.certain => {
            add(
                found,
                rules,
                "maybe-known",
                register("not confirmed: open the row and compare".into(), None),
            );
        }
        None => {}
    }
}
