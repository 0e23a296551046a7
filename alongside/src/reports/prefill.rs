//! Recorded facts into the text of a report: each with its source and date, for the author to keep, change or take out.

use super::body::{Body, MOST, NOT_SAID, Statement, Text};
use super::facts::{Fact, Gathered};
use super::kinds::Kind;
use super::sections::RISK;
use crate::clock;
use jiff::Timestamp;

/// The text a report begins with: only what the record holds, in the sections of its type.
#[must_use]
pub fn prefilled(kind: &Kind, gathered: &Gathered, now: Timestamp) -> Body {
    let mut body = Body { gathered_at: Some(now), ..Body::default() };
    take_over(&mut body, kind, &gathered.facts);
    body.sources = gathered.sources.iter().map(|key| (*key).to_owned()).collect();
    body
}

/// Adds to a text what was recorded after it was made; the number of facts added.
pub fn take_over_newer(body: &mut Body, kind: &Kind, gathered: &Gathered, now: Timestamp) -> usize {
    let fresh: Vec<Fact> = gathered.facts.iter().filter(|fact| !stands(body, fact)).cloned().collect();
    take_over(body, kind, &fresh);
    for source in &gathered.sources {
        if !body.sources.iter().any(|key| key == source) {
            body.sources.push((*source).to_owned());
        }
    }
    body.gathered_at = Some(now);
    fresh.len()
}

/// Whether a fact stands in the text already, as it was taken over.
fn stands(body: &Body, fact: &Fact) -> bool {
    let line = line(fact);
    body.sections.values().any(|text| text.words.contains(&line))
        || body.risk.iter().any(|statement| statement.words == fact.words && statement.at == fact.at)
}

fn line(fact: &Fact) -> String {
    format!("{} ({})", fact.words.trim_end_matches('.'), fact.source_words())
}

fn take_over(body: &mut Body, kind: &Kind, facts: &[Fact]) {
    for fact in facts.iter().filter(|fact| kind.sections.iter().any(|key| key == fact.section)) {
        if fact.section == RISK && body.risk.len() < MOST {
            body.risk.push(Statement {
                words: fact.words.clone(),
                who: if fact.who.is_empty() { NOT_SAID.to_owned() } else { fact.who.clone() },
                when: fact.at.map(clock::moment_words).unwrap_or_default(),
                how: fact.source.clone(),
                at: fact.at,
            });
            continue;
        }
        let text: &mut Text = body.sections.entry(fact.section.to_owned()).or_default();
        if !text.words.is_empty() {
            text.words.push('\n');
        }
        text.words.push_str(&line(fact));
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::Kinds;
    use super::*;
    use proptest::prelude::*;

    fn fact(section: &'static str, words: &str) -> Fact {
        Fact {
            section,
            words: words.into(),
            who: "Kim Example".into(),
            source: "our screening".into(),
            at: Timestamp::from_second(1_790_000_000).ok(),
        }
    }

    fn kind(key: &str) -> Kind {
        Kinds::load(None).unwrap().find(key).unwrap().clone()
    }

    #[test]
    fn every_fact_that_is_taken_over_carries_who_said_it_and_when() {
        let all = vec![fact("needs", "GP on Friday."), fact("risk", "“I can’t see Friday.”")];
        let gathered = Gathered { facts: all, sources: vec!["screening"], newest: None };
        let body = prefilled(&kind("same-day"), &gathered, Timestamp::UNIX_EPOCH);
        assert_eq!(
            body.words("needs"),
            Some("GP on Friday (our screening, Kim Example, 21 September 2026, 15:13)")
        );
        let risk = &body.risk[0];
        assert_eq!(
            (risk.who.as_str(), risk.when.as_str(), risk.how.as_str()),
            ("Kim Example", "21 September 2026, 15:13", "our screening")
        );
        assert_eq!(body.sources, ["screening"]);
        assert!(prefilled(&kind("letter"), &gathered, Timestamp::UNIX_EPOCH).risk.is_empty());
    }

    #[test]
    fn taking_over_what_is_new_adds_it_and_repeats_nothing() {
        let mut gathered = Gathered { facts: vec![fact("needs", "GP on Friday")], ..Gathered::default() };
        let mut body = prefilled(&kind("same-day"), &gathered, Timestamp::UNIX_EPOCH);
        assert_eq!(take_over_newer(&mut body, &kind("same-day"), &gathered, Timestamp::UNIX_EPOCH), 0);
        gathered.facts.push(fact("risk", "new"));
        assert_eq!(take_over_newer(&mut body, &kind("same-day"), &gathered, Timestamp::UNIX_EPOCH), 1);
        assert_eq!(body.risk.len(), 1);
    }

    proptest! {
        #[test]
        fn no_fact_of_a_section_is_lost_however_many_there_are(count in 0_usize..40) {
            let facts: Vec<Fact> = (0..count).map(|n| fact("risk", &format!("statement number {n}."))).collect();
            let body = prefilled(&kind("same-day"), &Gathered { facts, ..Gathered::default() }, Timestamp::UNIX_EPOCH);
            for n in 0..count {
                let words = format!("statement number {n}");
                let there = body.risk.iter().any(|s| s.words.starts_with(&words)) || body.words("risk").unwrap_or_default().contains(&words);
                prop_assert!(there, "{}", words);
            }
        }
    }
}
