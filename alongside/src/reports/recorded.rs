//! Records into facts: what a screening, an escort record, a list, an assessment, a questionnaire and consent tell, each in the
//! section it belongs to.

use super::facts::{Fact, Gathered};
use crate::assessment::{self, topics};
use crate::clock;
use crate::consent;
use crate::forms::{Answers, Asked, Kind, Question};
use crate::morning::{EscortPart, Line};
use crate::screening::{SHEET, Screening};
use crate::triage::Subject;
use intake::ScreeningKind as K;
use store::{Read, Result};

/// The section of a screening's questions.
const ASKED: [(&str, &[&str]); 5] = [
    (
        "background",
        &[
            "mental-health-care",
            "hospital-before",
            "learning-disability",
            "neurodivergence",
            "brain-injury",
            "physical-health",
            "pregnant",
            "armed-forces",
        ],
    ),
    ("presentation", &["mental-health", "voices", "low-mood"]),
    (
        "risk",
        &[
            "self-harm-thoughts",
            "self-harm-plan",
            "self-harm-intent",
            "self-harm-means",
            "self-harm-past",
            "self-harm-words",
            "protective",
            "dependants-now",
        ],
    ),
    ("participation", &["participation", "interpreter"]),
    ("needs", &["medication", "substance-withdrawal"]),
];

pub(super) fn of_screening(s: &Screening) -> Vec<Fact> {
    let answers = &s.entry.answers;
    let fact = |section, words: String| Fact {
        section,
        words,
        who: s.by.clone(),
        source: "our screening".into(),
        at: Some(s.entry.contact_at),
    };
    let answered =
        |section, words: String| Fact { who: format!("the person, to {}", s.by), ..fact(section, words) };
    let mut facts = vec![fact("contact", contact(answers))];
    let observed = chosen("observed", answers);
    if !observed.is_empty() {
        facts.push(fact("presentation", format!("Seen: {}", observed.join(", ").to_lowercase())));
    }
    if !answers.value("observed-words").is_empty() {
        facts.push(fact("presentation", answers.value("observed-words").to_owned()));
    }
    if !answers.value("told").is_empty() {
        facts.push(fact("needs", format!("Told them: {}", answers.value("told"))));
    }
    for (section, keys) in ASKED {
        let asked: Vec<&Question> = SHEET.questions().filter(|q| keys.contains(&q.key)).collect();
        facts.extend(asked.iter().filter_map(|q| said(q, answers)).map(|words| answered(section, words)));
        if section == "risk" {
            facts.extend(said_no(&asked, answers).map(|words| answered(section, words)));
        }
    }
    facts
}

fn contact(answers: &Answers) -> String {
    let place = chosen("place", answers);
    let there = chosen("present", answers);
    let mut words = match place.first() {
        Some(place) => format!("Seen by us: {}", place.to_lowercase()),
        None => "Seen by us".to_owned(),
    };
    if !there.is_empty() {
        words.push_str(&format!("; there as well: {}", there.join(", ").to_lowercase()));
    }
    words
}

/// The words of what was chosen.
fn chosen(key: &str, answers: &Answers) -> Vec<&'static str> {
    let options = SHEET.questions().find(|q| q.key == key).and_then(|q| match q.kind {
        Kind::Many(options) | Kind::One(options) => Some(options),
        _ => None,
    });
    let sent = answers.values(key);
    options.into_iter().flatten().filter(|o| sent.iter().any(|v| v == o.key)).map(|o| o.words).collect()
}

/// An answer in words; nothing where nobody asked, and nothing for a plain "no", which would fill the page.
fn said(question: &Question, answers: &Answers) -> Option<String> {
    match question.kind {
        Kind::Asked(_) => {
            let words = answers.words_of(question.key);
            match answers.asked(question.key) {
                Asked::NotAsked => None,
                Asked::No if words.is_empty() => None,
                asked if words.is_empty() => Some(format!("{} {}", question.label, asked.words())),
                asked => Some(format!("{} {}: {words}", question.label, asked.words())),
            }
        }
        Kind::Line | Kind::Words => {
            let value = answers.value(question.key);
            (!value.is_empty()).then(|| format!("{}: {value}", question.label.trim_end_matches(['?', ':'])))
        }
        _ => None,
    }
}

/// What was asked and answered with a plain "no", in one sentence: of risk that is told as well.
fn said_no(questions: &[&Question], answers: &Answers) -> Option<String> {
    let no: Vec<&str> = questions
        .iter()
        .filter(|q| answers.asked(q.key) == Asked::No && answers.words_of(q.key).is_empty())
        .map(|q| q.label)
        .collect();
    (!no.is_empty()).then(|| format!("Said no when asked: {}", no.join(" ")))
}

fn escort_section(kind: K) -> Option<&'static str> {
    Some(match kind {
        K::AcctOpen
        | K::AcctPostClosure
        | K::ObservationLevel(_)
        | K::SelfHarmIndicated
        | K::SelfHarmNature
        | K::SelfHarmAction
        | K::SelfHarmHistory
        | K::SelfHarmRecency
        | K::SelfHarmMethod => "risk",
        K::MentalHealthNeed
        | K::ReferredToHealthProfessional
        | K::LearningDisability
        | K::Autism
        | K::Pregnant => "background",
        K::CommunicationNeed | K::InterpreterNeeded => "participation",
        K::Medication | K::MedicationMissedOrDue | K::AlcoholWithdrawal | K::Dependency => "needs",
        _ => return None,
    })
}

pub(super) fn of_escort(escort: &EscortPart) -> Vec<Fact> {
    of_escort_facts(&escort.facts, escort.as_of)
}

fn of_escort_facts(facts: &[intake::ScreeningFact], as_of: jiff::Timestamp) -> Vec<Fact> {
    let told = |fact: &&intake::ScreeningFact| !fact.weak && !fact.words.trim().is_empty();
    facts
        .iter()
        .filter(told)
        .filter_map(|fact| {
            Some(Fact {
                section: escort_section(fact.kind)?,
                words: fact.told(),
                who: fact.who_said.clone().unwrap_or_default(),
                source: "escort record".into(),
                at: fact.when.or(Some(as_of)),
            })
        })
        .collect()
}

pub(super) fn of_line(line: &Line) -> Vec<Fact> {
    let person = &line.detail.person;
    let fact = |section, words: String| Fact {
        section,
        words,
        who: String::new(),
        source: "court list".into(),
        at: Some(line.first_seen_at),
    };
    let mut facts = Vec::new();
    if let Some(language) = &person.interpreter_language {
        facts.push(fact("participation", format!("Interpreter: {language}")));
    }
    if let Some(needs) = &person.specific_requirements {
        facts.push(fact("participation", format!("Needs stated: {needs}")));
    }
    facts
}

/// Topics of an assessment that a report can use, with their section.
const TOPICS: [(&str, &str, &[&str]); 7] = [
    ("presenting", "background", &["situation"]),
    ("history", "background", &["diagnoses", "treatment-before", "hospital-before"]),
    ("mental-state", "presentation", &["mood", "low-mood", "thought-words", "voices", "cognition-words"]),
    (
        "self-harm",
        "risk",
        &[
            "self-harm-thoughts",
            "self-harm-plan",
            "self-harm-intent",
            "self-harm-means",
            "self-harm-words",
            "protective",
        ],
    ),
    ("neurodevelopment", "participation", &["adjustments", "reading"]),
    ("communication", "participation", &["communication-needs"]),
    ("medication", "needs", &["medication", "medication-missed"]),
];

pub(super) fn of_assessment(r: &mut Read<'_>, subject: &Subject, all: &mut Gathered) -> Result<()> {
    let Some(newest) = assessment::assessments_of(r, &subject.about.people)?.into_iter().next() else {
        return Ok(());
    };
    let saved = assessment::current(r, newest.id)?;
    for (key, section, questions) in TOPICS {
        let (Some(topic), Some(version)) = (topics::find(key), saved.get(key)) else { continue };
        if version.state == assessment::State::LeftOut {
            continue;
        }
        let asked: Vec<&Question> = topic.sheet.questions().filter(|q| questions.contains(&q.key)).collect();
        let no = if section == "risk" { said_no(&asked, &version.answers) } else { None };
        let facts = asked
            .iter()
            .filter_map(|q| said(q, &version.answers))
            .chain(no)
            .map(|words| Fact {
                section,
                words,
                who: format!("the person, to {}", version.by),
                source: "our assessment".into(),
                at: Some(version.at),
            })
            .collect();
        all.from("assessment", version.at, facts);
    }
    for need in assessment::needs_of(r, newest.id)? {
        let plan = if need.said.plan.is_empty() { String::new() } else { format!(": {}", need.said.plan) };
        let fact = Fact {
            section: "needs",
            words: format!("{} ({}){plan}", need.area(), need.said.level.words().to_lowercase()),
            who: need.by.clone(),
            source: "our assessment".into(),
            at: Some(need.at),
        };
        all.from("assessment", need.at, vec![fact]);
    }
    Ok(())
}

pub(super) fn of_questionnaire(filled: &assessment::Filled) -> Vec<Fact> {
    let words = match (filled.total, filled.out_of) {
        (Some(total), Some(of)) => format!("{}: {total} of {of}", filled.name),
        (Some(total), None) => format!("{}: {total}", filled.name),
        // An incomplete form gives no total; what it adds up to says little to a bench.
        (None, _) => return Vec::new(),
    };
    let at = filled.filled_on.at(12, 0, 0, 0).to_zoned(clock::london()).map_or(filled.at, |z| z.timestamp());
    vec![Fact {
        section: "presentation",
        words,
        who: filled.by.clone(),
        source: "questionnaire".into(),
        at: Some(at),
    }]
}

pub(super) fn of_consent(r: &mut Read<'_>, about: &consent::Subject, all: &mut Gathered) -> Result<()> {
    let mut told = Vec::new();
    for kept in consent::decisions(r, about)? {
        let d = &kept.decided;
        if !super::delivery::RECIPIENTS.contains(&d.recipient) || told.contains(&d.recipient) {
            continue;
        }
        told.push(d.recipient);
        let limits = if d.limits.is_empty() { String::new() } else { format!(" (only: {})", d.limits) };
        let words =
            format!("Telling {}: {}{limits}", d.recipient.in_a_sentence(), d.decision.words().to_lowercase());
        let fact = Fact {
            section: "contact",
            words,
            who: kept.by.clone(),
            source: "recorded consent".into(),
            at: Some(d.decided_at),
        };
        // A decision is asked of the ledger itself when a report is signed: it makes no text old.
        all.facts.push(fact);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_that_is_gathered_exists() {
        for (_, keys) in ASKED {
            for key in keys {
                assert!(SHEET.questions().any(|q| q.key == *key), "{key}");
            }
        }
        for (topic, section, keys) in TOPICS {
            let topic = topics::find(topic).unwrap_or_else(|| panic!("no topic {topic}"));
            assert!(super::super::sections::find(section).is_some());
            for key in keys {
                assert!(topic.sheet.questions().any(|q| q.key == *key), "{}: {key}", topic.key());
            }
        }
    }

    #[test]
    fn a_no_is_told_about_self_harm_only_and_what_nobody_asked_is_never_told_as_no() {
        let mut answers = Answers::default();
        answers.set("self-harm-plan", "no");
        answers.set("voices", "no");
        let question = |key: &str| SHEET.questions().find(|q| q.key == key).unwrap();
        let risk = [question("self-harm-plan"), question("self-harm-intent")];
        assert_eq!(said_no(&risk, &answers).unwrap(), "Said no when asked: A plan?");
        assert_eq!(said(question("voices"), &answers), None);
        assert_eq!(said(question("self-harm-intent"), &answers), None);
        answers.set("voices", "declined");
        assert!(said(question("voices"), &answers).unwrap().ends_with("Declined to say"));
    }

    #[test]
    fn a_yes_of_the_escort_record_is_told_with_what_was_asked() {
        let yes = intake::ScreeningFact {
            kind: K::SelfHarmIndicated,
            words: "Yes".into(),
            question: "indication-of-self-harm-or-suicide".into(),
            who_said: None,
            when: None,
            codes: Vec::new(),
            weak: false,
        };
        let facts = of_escort_facts(&[yes], jiff::Timestamp::UNIX_EPOCH);
        assert_eq!(
            (facts[0].section, facts[0].words.as_str()),
            ("risk", "Indication of self-harm or suicide: Yes")
        );
    }

    #[test]
    fn a_fact_without_a_date_says_so() {
        let fact = Fact {
            section: "risk",
            words: "w".into(),
            who: "Nurse".into(),
            source: "escort record".into(),
            at: None,
        };
        assert_eq!(fact.source_words(), "escort record, Nurse, no date recorded");
    }
}
