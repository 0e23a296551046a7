//! Words that are withheld in one place and stand in another: a contact that was withheld stands in a report, in a packet to a
//! service, in what a receiver was told. Pure.

use super::passages::{Part, Passage};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// So many words in a row that are the same are no chance.
const RUN: usize = 6;
/// A text of one word counts from this length.
const ONE_WORD: usize = 5;

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Passages in which withheld words stand, by key, with the moment of the newest ruling that withheld them. A short text counts
/// where all of it stands, a longer one where a run of its words does.
pub(super) fn stand_elsewhere(
    parts: &[Part],
    withheld: &[(&Passage, Timestamp)],
) -> HashMap<String, Timestamp> {
    let mut runs: HashMap<Vec<String>, (Timestamp, HashSet<&str>)> = HashMap::new();
    for (passage, at) in withheld {
        let all = words(&passage.text);
        let telling = all.len() > 1 || all.first().is_some_and(|word| word.chars().count() >= ONE_WORD);
        if !telling {
            continue;
        }
        for run in all.windows(RUN.min(all.len())) {
            let entry = runs.entry(run.to_vec()).or_insert((*at, HashSet::new()));
            entry.0 = entry.0.max(*at);
            entry.1.insert(&passage.key);
        }
    }
    let lengths: HashSet<usize> = runs.keys().map(Vec::len).collect();
    let mut found: HashMap<String, Timestamp> = HashMap::new();
    for passage in parts.iter().flat_map(|p| &p.records).flat_map(|r| &r.passages) {
        let all = words(&passage.text);
        for run in lengths.iter().flat_map(|length| all.windows(*length)) {
            let Some((at, from)) = runs.get(run) else { continue };
            // Its own words are its own ruling's matter.
            if from.iter().any(|key| *key != passage.key) {
                let newest = found.entry(passage.key.clone()).or_insert(*at);
                *newest = (*newest).max(*at);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject_access::Record;

    fn part(texts: &[&str]) -> Part {
        let passages = texts
            .iter()
            .enumerate()
            .map(|(n, text)| Passage {
                key: n.to_string(),
                label: "Words".into(),
                text: (*text).into(),
                look: None,
            })
            .collect();
        Part { table: "t", title: "T", records: vec![Record { passages }] }
    }

    fn found(texts: &[&str]) -> Vec<String> {
        let part = part(texts);
        let withheld = [(&part.records[0].passages[0], Timestamp::UNIX_EPOCH)];
        let mut keys: Vec<String> =
            stand_elsewhere(std::slice::from_ref(&part), &withheld).into_keys().collect();
        keys.sort();
        keys
    }

    #[test]
    fn a_short_text_is_found_whole_and_a_longer_one_by_a_run_of_its_words() {
        assert_eq!(found(&["Mrs Pretend", "Rang: MRS  PRETEND, twice", "Mr Pretend", "Mrs Other"]), ["1"]);
        let long = "She said that he hit her at the weekend, and that she is afraid of him";
        assert_eq!(
            found(&[
                long,
                "From a contact: “that he hit her at the weekend”",
                "He was at the weekend market",
                "afraid of him",
            ]),
            ["1"]
        );
        assert_eq!(found(&["Yes", "Yes, he did"]), Vec::<String>::new(), "says nothing by itself");
        assert_eq!(found(&["Wapping", "from wapping"]), ["1"]);
    }
}
