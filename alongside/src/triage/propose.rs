//! Facts into proposals: a pure function. A proposal says why somebody might be seen by a psychiatrist, and names its facts.
//! It decides nothing: a clinician does.

use super::facts::Fact;
use super::rules::{Condition, Rules};
use serde::{Deserialize, Serialize};

/// Why to refer, as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The trigger's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Why it counts.
    pub why: String,
    /// A doctor for the body comes before a psychiatrist.
    pub medical_first: bool,
    /// The facts it rests on; never empty.
    pub facts: Vec<Fact>,
    /// Whether the clinician relied on it when deciding.
    #[serde(default)]
    pub relied_on: bool,
}

fn meets(condition: &Condition, facts: &[Fact]) -> Vec<Fact> {
    facts
        .iter()
        .filter(|fact| fact.key == condition.fact)
        .filter(|fact| condition.at_least.is_none_or(|least| fact.figure.is_some_and(|n| n >= least)))
        .cloned()
        .collect()
}

/// What no proposal rests on: recorded all the same, and for the clinician to weigh.
#[must_use]
pub fn left_over<'a>(facts: &'a [Fact], proposals: &[Proposal]) -> Vec<&'a Fact> {
    facts.iter().filter(|fact| !proposals.iter().any(|p| p.facts.contains(fact))).collect()
}

/// Every trigger whose conditions the facts meet, medical emergencies first, then in the order of the rules.
#[must_use]
pub fn propose(facts: &[Fact], rules: &Rules) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = rules
        .trigger
        .iter()
        .filter_map(|trigger| {
            let mut named: Vec<Fact> = Vec::new();
            for all_of in &trigger.conditions {
                let met: Vec<Vec<Fact>> = all_of.iter().map(|condition| meets(condition, facts)).collect();
                if met.iter().all(|facts| !facts.is_empty()) {
                    for fact in met.into_iter().flatten() {
                        if !named.contains(&fact) {
                            named.push(fact);
                        }
                    }
                }
            }
            (!named.is_empty()).then(|| Proposal {
                key: trigger.key.clone(),
                name: trigger.name.clone(),
                why: trigger.why.clone(),
                medical_first: trigger.medical_first,
                facts: named,
                relied_on: false,
            })
        })
        .collect();
    found.sort_by_key(|proposal| !proposal.medical_first);
    found
}

#[cfg(test)]
mod tests {
    use super::super::facts::KNOWN;
    use super::*;
    use proptest::prelude::*;

    fn shipped() -> Rules {
        Rules::load(None).unwrap()
    }

    fn fact(key: &str) -> Fact {
        Fact::new(key, "yes", "test")
    }

    fn keys(facts: &[Fact]) -> Vec<String> {
        propose(facts, &shipped()).into_iter().map(|p| p.key).collect()
    }

    #[test]
    fn each_trigger_of_the_facts_page_stands() {
        for (facts, trigger) in [
            (vec![fact("psychosis-observed")], "psychosis"),
            (vec![fact("psychosis-reported")], "psychosis"),
            (vec![fact("bjmhs-thoughts")], "psychosis"),
            (vec![fact("bjmhs-activity"), fact("elated")], "mania"),
            (vec![fact("phq9").figure(20)], "depression"),
            (vec![fact("phq9").figure(15), fact("phq9-item9").figure(1)], "depression"),
            (vec![fact("depression-psychotic")], "depression"),
            (vec![fact("suicide-intent")], "suicide"),
            (vec![fact("suicide-plan")], "suicide"),
            (vec![fact("suicide-attempt")], "suicide"),
            (vec![fact("k6").figure(13), fact("collapse")], "distress"),
            (vec![fact("serious-illness"), fact("off-medication")], "serious-illness"),
            (vec![fact("serious-illness"), fact("open-to-team")], "serious-illness"),
            (vec![fact("confused")], "confusion"),
            (vec![fact("withdrawal")], "confusion"),
            (vec![fact("learning-disability"), fact("participation")], "participation"),
            (vec![fact("brain-injury"), fact("participation")], "participation"),
            (vec![fact("offence-symptoms")], "offence"),
            (vec![fact("offence-arson")], "offence"),
            (vec![fact("offence-homicide")], "offence"),
            (vec![fact("asks-mhtr")], "court-asks"),
            (vec![fact("asks-participation")], "court-asks"),
            (vec![fact("pregnant")], "perinatal"),
            (vec![fact("recent-birth")], "perinatal"),
        ] {
            assert!(keys(&facts).contains(&trigger.to_owned()), "{trigger}: {:?}", keys(&facts));
        }
    }

    #[test]
    fn half_of_a_condition_proposes_nothing() {
        for facts in [
            vec![fact("bjmhs-activity")],
            vec![fact("phq9").figure(19), fact("phq9-item9").figure(0)],
            vec![fact("phq9").figure(14), fact("phq9-item9").figure(3)],
            vec![fact("k6").figure(24)],
            vec![fact("k6").figure(12), fact("collapse")],
            vec![fact("learning-disability")],
            vec![fact("off-medication")],
            // A figure nobody worked out is not a figure of 0, and not one of 20 either.
            vec![fact("phq9")],
        ] {
            assert_eq!(keys(&facts), Vec::<String>::new(), "{facts:?}");
        }
    }

    #[test]
    fn a_medical_emergency_stands_first_whatever_else_there_is() {
        let found = propose(&[fact("psychosis-observed"), fact("withdrawal")], &shipped());
        assert_eq!(found[0].key, "confusion");
        assert!(found[0].medical_first && !found[1].medical_first);
    }

    #[test]
    fn a_proposal_names_who_said_what_and_where() {
        let said = fact("psychosis-reported").said_by("custody nurse");
        let found = propose(&[said.clone(), fact("pregnant")], &shipped());
        assert_eq!(found.iter().find(|p| p.key == "psychosis").unwrap().facts, [said]);
    }

    proptest! {
        #[test]
        fn every_proposal_rests_on_given_facts_and_another_fact_takes_none_away(
            picked in proptest::collection::vec((0..KNOWN.len(), proptest::option::of(0_i64..30)), 0..10),
            another in 0..KNOWN.len(),
        ) {
            let rules = shipped();
            let mut facts: Vec<Fact> = picked.iter().map(|(i, n)| Fact { figure: *n, ..fact(KNOWN[*i].0) }).collect();
            let before = propose(&facts, &rules);
            for proposal in &before {
                prop_assert!(!proposal.facts.is_empty());
                prop_assert!(proposal.facts.iter().all(|f| facts.contains(f)));
            }
            facts.push(fact(KNOWN[another].0));
            let after = propose(&facts, &rules);
            prop_assert!(before.iter().all(|p| after.iter().any(|q| q.key == p.key)));
        }
    }

    proptest! {
        /// No fact is lost between the two lists: it stands under a proposal, or under what else is recorded.
        #[test]
        fn every_fact_is_shown_once_or_more(chosen in proptest::collection::vec(0..KNOWN.len(), 0..12)) {
            let facts: Vec<Fact> = chosen.iter().map(|n| fact(KNOWN[*n].0).figure(2)).collect();
            let proposals = propose(&facts, &shipped());
            let left = left_over(&facts, &proposals);
            for one in &facts {
                let proposed = proposals.iter().any(|p| p.facts.contains(one));
                prop_assert!(proposed != left.contains(&one), "{}", one.key);
            }
        }
    }
}
