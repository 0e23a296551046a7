//! Facts from what is recorded already: the newest screening, questionnaires, the line with its escort record.

use super::facts::Fact;
use super::rules::Rules;
use super::subject::Subject;
use crate::assessment::{self, Filled};
use crate::clock;
use crate::forms::{Answers, Asked};
use crate::morning::Line;
use crate::screening::{self, Need, Outcome, Screening, Seen};
use intake::ScreeningKind as K;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Result};

/// Everything the rules can look at, each with who said it and when. What is older than the rules' days is left out.
pub(super) fn facts_about(
    r: &mut Read<'_>,
    subject: &Subject,
    rules: &Rules,
    now: Timestamp,
) -> Result<Vec<Fact>> {
    let mut facts = Vec::new();
    let screenings = screening::of(r, &subject.about)?;
    let newest = screenings.iter().find(|s| s.entry.seen == Seen::Seen);
    if let Some(newest) = newest.filter(|s| within(s.entry.contact_at, rules.screening_days, now)) {
        facts.extend(of_screening(newest));
    }
    let mut seen_instruments = Vec::new();
    for filled in assessment::responses_of(r, &subject.about)? {
        let at =
            filled.filled_on.at(12, 0, 0, 0).to_zoned(clock::london()).map_or(filled.at, |z| z.timestamp());
        // Newest first: an earlier form of the same questionnaire no longer speaks.
        if !seen_instruments.contains(&filled.instrument) && within(at, rules.instrument_days, now) {
            facts.extend(of_questionnaire(&filled, at));
        }
        seen_instruments.push(filled.instrument);
    }
    if let Some(line) = subject.line() {
        facts.extend(of_line(line, rules));
    }
    Ok(facts)
}

fn within(at: Timestamp, days: i64, now: Timestamp) -> bool {
    now.duration_since(at) <= SignedDuration::from_hours(24 * days)
}

/// Yes-or-no questions of a screening whose "yes" is a fact.
const ASKED: [(&str, &str); 13] = [
    ("mental-health", "mental-health-need"),
    ("mental-health-care", "open-to-team"),
    ("hospital-before", "hospital-before"),
    ("voices", "psychosis-reported"),
    ("low-mood", "low-mood"),
    ("self-harm-thoughts", "suicide-thoughts"),
    ("self-harm-plan", "suicide-plan"),
    ("self-harm-intent", "suicide-intent"),
    ("learning-disability", "learning-disability"),
    ("neurodivergence", "neurodivergence"),
    ("brain-injury", "brain-injury"),
    ("pregnant", "pregnant"),
    ("participation", "participation"),
];

/// What was seen in a screening.
const OBSERVED: [(&str, &str, &str); 8] = [
    ("responding-to-unseen", "psychosis-observed", "Seen responding to things unseen"),
    ("thought-disorder", "psychosis-observed", "Hard to follow; thoughts jump"),
    ("elated", "elated", "Elated, fast"),
    ("low", "low-mood", "Low or tearful"),
    ("confused", "confused", "Confused"),
    ("intoxicated", "intoxicated", "Intoxicated"),
    ("withdrawing", "withdrawal", "Withdrawing from alcohol or drugs"),
    ("self-neglect", "self-neglect", "Neglecting themselves"),
];

/// The facts of one screening.
#[must_use]
pub fn of_screening(s: &Screening) -> Vec<Fact> {
    let answers: &Answers = &s.entry.answers;
    let label = |key: &str| screening::SHEET.questions().find(|q| q.key == key).map_or("", |q| q.label);
    let said =
        |key: &str, words: String| Fact::new(key, words, "screening").said_by(&s.by).at(s.entry.contact_at);
    let mut facts = Vec::new();
    for (seen, key, words) in OBSERVED {
        if answers.values("observed").iter().any(|v| v == seen) {
            facts.push(said(key, words.to_owned()));
        }
    }
    for (question, key) in ASKED.into_iter().chain([("substance-withdrawal", "withdrawal")]) {
        if answers.asked(question) == Asked::Yes {
            let own = answers.words_of(question);
            let words = if own.is_empty() {
                format!("{} Yes", label(question))
            } else {
                format!("{} {own}", label(question))
            };
            facts.push(said(key, words));
        }
    }
    if s.entry.need == Some(Need::Severe) {
        facts.push(said("need-severe", Need::Severe.words().to_owned()));
    }
    match s.entry.outcome {
        Some(outcome @ Outcome::Urgent) => facts.push(said("outcome-urgent", outcome.words().to_owned())),
        Some(outcome @ Outcome::Emergency) => {
            facts.push(said("outcome-emergency", outcome.words().to_owned()))
        }
        _ => {}
    }
    facts
}

/// The facts of one questionnaire. A form with gaps counts with what its answers add up to already.
#[must_use]
pub fn of_questionnaire(filled: &Filled, at: Timestamp) -> Vec<Fact> {
    let said =
        |key: &str, words: String| Fact::new(key, words, filled.name.clone()).said_by(&filled.by).at(at);
    let total = |key: &str| {
        let least = filled.at_least()?;
        let words = match filled.total {
            Some(total) => format!("{} total {total}", filled.name),
            None => format!("{} incomplete, the answers given add up to {least}", filled.name),
        };
        // Totals are small whole numbers; a fraction never rounds up over a cut-off.
        #[expect(clippy::cast_possible_truncation, reason = "a total of a questionnaire is far below 2^63")]
        let figure = least.floor() as i64;
        Some(said(key, words).figure(figure))
    };
    let item = |key: &str, item: &str| {
        let value = filled.answer(item)?;
        Some(said(key, format!("{} item {item}: {value}", filled.name)).figure(i64::from(value)))
    };
    match filled.instrument.as_str() {
        "phq-9" => [total("phq9"), item("phq9-item9", "9")].into_iter().flatten().collect(),
        "k6" => total("k6").into_iter().collect(),
        "bjmhs" => [("1", "bjmhs-thoughts"), ("2", "bjmhs-thoughts"), ("4", "bjmhs-activity")]
            .into_iter()
            .filter(|(number, _)| filled.answer(number).is_some_and(|value| value > 0))
            .map(|(number, key)| said(key, format!("{} item {number}: yes", filled.name)))
            .collect(),
        _ => Vec::new(),
    }
}

fn escort_key(kind: K) -> Option<&'static str> {
    Some(match kind {
        K::SelfHarmIndicated | K::SelfHarmNature | K::AcctOpen => "custody-self-harm",
        K::MentalHealthNeed => "mental-health-need",
        K::MedicationMissedOrDue => "medication-missed",
        K::AlcoholWithdrawal => "withdrawal",
        K::LearningDisability => "learning-disability",
        K::Autism => "neurodivergence",
        K::Pregnant => "pregnant",
        _ => return None,
    })
}

/// The facts of an escort record. A bare "yes" that codes alone filled in says too little to propose anything.
fn of_escort(facts: &[intake::ScreeningFact], as_of: Timestamp) -> Vec<Fact> {
    facts
        .iter()
        .filter(|fact| !fact.weak)
        .filter_map(|fact| {
            let key = escort_key(fact.kind)?;
            Some(
                Fact::new(key, fact.told(), "escort record")
                    .said_by(fact.who_said.clone().unwrap_or_default())
                    .at(fact.when.unwrap_or(as_of)),
            )
        })
        .collect()
}

/// The facts of a line: its escort records, its offences, what it is listed for.
#[must_use]
pub fn of_line(line: &Line, rules: &Rules) -> Vec<Fact> {
    let mut facts = Vec::new();
    for escort in &line.escorts {
        facts.extend(of_escort(&escort.facts, escort.as_of));
    }
    for title in line.detail.offences.iter().filter_map(|offence| offence.title.as_deref()) {
        let lower = title.to_lowercase();
        for offence in
            rules.offence.iter().filter(|o| o.words.iter().any(|word| lower.contains(word.as_str())))
        {
            facts.push(Fact::new(&offence.fact, title, "court list").at(line.changed_at));
        }
    }
    let listed = [&line.detail.listed_for, &line.detail.block].into_iter().flatten().cloned();
    let hearing = line.detail.hearing_type.iter();
    let adjourned = line.detail.offences.iter().filter_map(|o| o.adjournment_reason.clone());
    for words in listed.chain(hearing.clone().filter_map(|h| h.words.clone())).chain(adjourned) {
        let lower = words.to_lowercase();
        if ["psychiatric", "psychiatrist", "medical report", "hospital order", "mental health"]
            .iter()
            .any(|w| lower.contains(w))
        {
            facts.push(Fact::new("asks-report", words, "court list").at(line.changed_at));
        }
    }
    if hearing.clone().any(|h| h.code.as_deref() == Some("FTP")) {
        facts.push(
            Fact::new(
                "asks-participation",
                "Listed for effective participation (hearing type FTP)",
                "court list",
            )
            .at(line.changed_at),
        );
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ResponseId;
    use crate::triage::{facts::KNOWN, propose::propose};
    use instruments::Answer;
    use std::collections::BTreeMap;

    fn filled(instrument: &str, total: Option<f64>, lower_bound: f64, items: &[(&str, i32)]) -> Filled {
        Filled {
            id: ResponseId::fresh(),
            version: 1,
            instrument: instrument.into(),
            name: instrument.to_uppercase(),
            instrument_version: "1".into(),
            assessment: None,
            filled_on: jiff::civil::date(2026, 11, 25),
            at: Timestamp::UNIX_EPOCH,
            by: "Kim Example".into(),
            answers: items
                .iter()
                .map(|(k, v)| ((*k).to_owned(), Answer::Value(*v)))
                .collect::<BTreeMap<_, _>>(),
            variant: String::new(),
            mode: String::new(),
            language: String::new(),
            sex: String::new(),
            assessor: String::new(),
            result: String::new(),
            total,
            lower_bound: Some(lower_bound),
            out_of: Some(27.0),
            band: String::new(),
            reason: String::new(),
            prompts: Vec::new(),
        }
    }

    fn proposed(filled: &Filled) -> Vec<String> {
        let rules = Rules::load(None).unwrap();
        propose(&of_questionnaire(filled, Timestamp::UNIX_EPOCH), &rules).into_iter().map(|p| p.key).collect()
    }

    #[test]
    fn an_incomplete_questionnaire_counts_with_what_it_adds_up_to_and_says_so() {
        let gaps = filled("phq-9", None, 21.0, &[("9", 0)]);
        assert_eq!(proposed(&gaps), ["depression"]);
        let facts = of_questionnaire(&gaps, Timestamp::UNIX_EPOCH);
        assert!(facts[0].words.contains("incomplete, the answers given add up to 21"), "{}", facts[0].words);
        assert!(proposed(&filled("phq-9", None, 8.0, &[("9", 0)])).is_empty());
        // Item 9 counts whatever the total is, once the total of 15 is passed.
        assert_eq!(proposed(&filled("phq-9", Some(15.0), 15.0, &[("9", 1)])), ["depression"]);
        assert!(proposed(&filled("phq-9", Some(19.5), 19.5, &[("9", 0)])).is_empty(), "19.5 is not 20");
    }

    #[test]
    fn only_items_answered_yes_are_facts() {
        assert_eq!(proposed(&filled("bjmhs", None, 0.0, &[("1", 0), ("2", 1), ("4", 1)])), ["psychosis"]);
        assert!(proposed(&filled("bjmhs", None, 0.0, &[("1", 0), ("2", 0)])).is_empty());
        assert!(of_questionnaire(&filled("gad-7", Some(21.0), 21.0, &[]), Timestamp::UNIX_EPOCH).is_empty());
    }

    #[test]
    fn every_fact_that_is_gathered_is_one_the_rules_know() {
        let known = |key: &str| KNOWN.iter().any(|(k, _)| *k == key);
        for (_, key) in ASKED {
            assert!(known(key), "{key}");
        }
        for (_, key, _) in OBSERVED {
            assert!(known(key), "{key}");
        }
        for kind in [
            K::SelfHarmNature,
            K::MentalHealthNeed,
            K::MedicationMissedOrDue,
            K::AlcoholWithdrawal,
            K::Autism,
        ] {
            assert!(known(escort_key(kind).unwrap()));
        }
        for question in ASKED.iter().map(|(q, _)| q).chain(OBSERVED.iter().map(|_| &"observed")) {
            assert!(screening::SHEET.questions().any(|q| q.key == *question), "{question}");
        }
    }

    #[test]
    fn a_bare_yes_from_codes_is_no_fact_of_triage() {
        let fact = |weak| intake::ScreeningFact {
            kind: K::MentalHealthNeed,
            words: "Yes".into(),
            question: "mental-health-needs".into(),
            who_said: None,
            when: None,
            codes: Vec::new(),
            weak,
        };
        let facts = |weak| of_escort(&[fact(weak)], Timestamp::UNIX_EPOCH);
        assert_eq!((facts(false).len(), facts(true).len()), (1, 0));
        assert_eq!(facts(false)[0].words, "Mental health need: Yes", "never a yes without its question");
    }
}
