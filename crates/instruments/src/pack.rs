//! Text packs: the wording of an instrument that a deployer holds a licence for, in one TOML file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::file::{LoadError, toml_error};
use crate::model::{Instrument, Kind};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    pack_for: String,
    /// Who holds the licence, and under what reference; printed in the licence register.
    licence_held: String,
    language: String,
    attribution: Option<String>,
    stem: Option<String>,
    #[serde(default)]
    items: BTreeMap<String, String>,
    #[serde(default)]
    answers: BTreeMap<String, BTreeMap<String, String>>,
}

/// Whether a file is a text pack rather than an instrument.
pub(crate) fn is_pack(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("pack_for"))
}

/// Put a pack's wording into its instrument.
pub(crate) fn apply(file: &str, text: &str, instruments: &mut [Instrument]) -> Vec<LoadError> {
    let pack: Pack = match toml::from_str(text) {
        Ok(pack) => pack,
        Err(e) => return vec![toml_error(file, text, &e)],
    };
    let Some(instrument) = instruments.iter_mut().find(|i| i.id == pack.pack_for) else {
        let advice = "write the id of an instrument, as the list shows it";
        return vec![LoadError::new(
            file,
            "pack_for",
            format!("there is no instrument \"{}\"", pack.pack_for),
            advice,
        )];
    };
    let mut errors = Vec::new();
    let mut wrong = |key: &str, problem: String, advice: String| {
        errors.push(LoadError::new(file, key, problem, advice));
    };
    if instrument.kind == Kind::RecordOnly {
        wrong(
            "pack_for",
            format!("{} is recorded only", instrument.id),
            "take the pack out of the folder".into(),
        );
    }
    if pack.licence_held.trim().is_empty() {
        wrong(
            "licence_held",
            "it is empty".into(),
            "say who holds the licence, its reference and date".into(),
        );
    }
    let known = instrument.items.iter().map(|i| i.id.clone()).collect::<Vec<_>>();
    for id in pack.items.keys().filter(|id| !known.contains(id)) {
        wrong("items", format!("there is no item \"{id}\""), format!("write one of: {}", known.join(", ")));
    }
    let absent = known.iter().filter(|id| !pack.items.contains_key(*id)).cloned().collect::<Vec<_>>();
    if !absent.is_empty() {
        wrong(
            "items",
            format!("no wording for item {}", absent.join(", ")),
            "give the wording of every item".into(),
        );
    }
    for (set, labels) in &pack.answers {
        let choices = instrument.answer_sets.get(set).map(|s| &s.choices);
        for value in labels.keys() {
            if !choices.is_some_and(|c| c.iter().any(|choice| choice.value.to_string() == *value)) {
                let sets = instrument.answer_sets.keys().cloned().collect::<Vec<_>>().join(", ");
                wrong(
                    &format!("answers.{set}"),
                    format!("there is no answer \"{value}\""),
                    format!("write the values of the form; the sets are: {sets}"),
                );
            }
        }
    }
    if errors.is_empty() {
        install(instrument, pack);
    }
    errors
}

fn install(instrument: &mut Instrument, pack: Pack) {
    for item in &mut instrument.items {
        item.text = pack.items.get(&item.id).cloned();
        if let Some(labels) = pack.answers.get(&item.answers) {
            relabel(&mut item.choices, labels);
        }
    }
    for (name, labels) in &pack.answers {
        if let Some(set) = instrument.answer_sets.get_mut(name) {
            relabel(&mut set.choices, labels);
        }
    }
    instrument.stem = pack.stem.or(instrument.stem.take());
    instrument.licence.attribution = pack.attribution.or(instrument.licence.attribution.take());
    instrument.text_pack = Some(format!("{} ({})", pack.licence_held, pack.language));
}

fn relabel(choices: &mut [crate::model::Choice], labels: &BTreeMap<String, String>) {
    for choice in choices {
        if let Some(label) = labels.get(&choice.value.to_string()) {
            choice.label.clone_from(label);
        }
    }
}
