//! Names in a file become positions; a name that points nowhere is an error with the names there are.

use std::collections::BTreeMap;

use super::LoadError;
use super::raw;
use super::resolve_rules as rules;
use crate::context::country_code;
use crate::model::{AnswerSet, Choice, InnerVariant, Instrument, Item, YES_NO};

/// What names mean in one file, and what was found wrong so far.
pub(super) struct Names {
    pub(super) file: String,
    pub(super) items: Vec<String>,
    pub(super) scales: Vec<String>,
    pub(super) criteria: Vec<String>,
    pub(super) errors: Vec<LoadError>,
}

impl Names {
    pub(super) fn wrong(&mut self, key: &str, problem: impl Into<String>, advice: impl Into<String>) {
        self.errors.push(LoadError::new(&self.file, key, problem, advice));
    }

    fn position(&mut self, key: &str, kind: &str, names: &[String], name: &str) -> usize {
        if let Some(found) = names.iter().position(|n| n == name) {
            return found;
        }
        let known = if names.is_empty() { "none is defined".to_owned() } else { names.join(", ") };
        self.wrong(key, format!("there is no {kind} \"{name}\""), format!("write one of: {known}"));
        0
    }

    pub(super) fn item(&mut self, key: &str, name: &str) -> usize {
        let names = self.items.clone();
        self.position(key, "item", &names, name)
    }

    pub(super) fn scale(&mut self, key: &str, name: &str) -> usize {
        let names = self.scales.clone();
        self.position(key, "scale", &names, name)
    }

    pub(super) fn criterion(&mut self, key: &str, name: &str) -> usize {
        let names = self.criteria.clone();
        self.position(key, "criterion", &names, name)
    }

    /// `["1-3", "7"]` in the order of the form.
    pub(super) fn items(&mut self, key: &str, refs: &[String]) -> Vec<usize> {
        let mut found = Vec::new();
        let mistakes = self.errors.len();
        for text in refs {
            match text.split_once('-') {
                None => found.push(self.item(key, text)),
                Some((first, last)) => {
                    let (first, last) = (self.item(key, first.trim()), self.item(key, last.trim()));
                    if first > last && self.errors.len() == mistakes {
                        self.wrong(key, format!("\"{text}\" runs backwards"), "write the earlier item first");
                    }
                    found.extend(first..=last);
                }
            }
        }
        let mut seen = found.clone();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() != found.len() && self.errors.len() == mistakes {
            self.wrong(key, "an item stands in the list twice", "name each item once");
        }
        found
    }
}

pub(super) fn instrument(file: &str, raw: raw::Instrument) -> Result<Instrument, Vec<LoadError>> {
    let mut names = Names {
        file: file.to_owned(),
        items: raw.items.iter().map(|i| i.id.clone()).collect(),
        scales: raw.scales.iter().map(|s| s.id.clone()).collect(),
        criteria: raw.criteria.iter().map(|c| c.id.clone()).collect(),
        errors: Vec::new(),
    };
    let answer_sets = answer_sets(&mut names, raw.answers);
    let items = raw.items.into_iter().map(|i| item(&mut names, &answer_sets, i)).collect::<Vec<_>>();
    let skips = raw.skips.into_iter().map(|s| rules::skip(&mut names, s)).collect();
    let scales = raw.scales.into_iter().enumerate().map(|(at, s)| rules::scale(&mut names, at, s)).collect();
    let criteria =
        raw.criteria.into_iter().enumerate().map(|(at, c)| rules::criterion(&mut names, at, c)).collect();
    let cut_offs = raw.cut_offs.into_iter().map(|c| rules::cut_off(&mut names, c)).collect();
    let bands = raw.bands.into_iter().map(|b| rules::band(&mut names, b)).collect();
    let prompts = raw.prompts.into_iter().map(|p| rules::prompt(&mut names, p)).collect();
    let cautions = raw.cautions.into_iter().map(|c| rules::caution(&mut names, c)).collect();
    let variants = raw
        .variants
        .into_iter()
        .map(|v| {
            let key = format!("applies {}, not_applicable", v.id);
            let not_applicable = names.items(&key, &v.not_applicable);
            InnerVariant { id: v.id, aliases: v.aliases, words: v.words, not_applicable }
        })
        .collect();
    let reliable_change =
        raw.reliable_change.into_iter().map(|r| rules::reliable_change(&mut names, r)).collect();
    if !names.errors.is_empty() {
        return Err(names.errors);
    }
    Ok(Instrument {
        id: raw.id,
        name: raw.name,
        title: raw.title,
        aliases: raw.aliases,
        family: raw.family,
        variant: raw.variant,
        variant_aliases: raw.variant_aliases,
        is_default: raw.default,
        country: raw.country.as_deref().map(country_code),
        version: raw.version,
        domain: raw.domain,
        kind: raw.kind,
        completed_by: raw.completed_by,
        time_frame: raw.time_frame,
        stem: raw.stem,
        licence: raw.licence,
        loinc: raw.loinc,
        answer_sets,
        items,
        skips,
        scales,
        criteria,
        cut_offs,
        bands,
        prompts,
        cautions,
        variants,
        reliable_change,
        notes: raw.notes,
        unconfirmed: raw.unconfirmed,
        sources: raw.sources,
        text_pack: None,
    })
}

fn answer_sets(names: &mut Names, raw: BTreeMap<String, raw::AnswerSet>) -> BTreeMap<String, AnswerSet> {
    let mut sets = BTreeMap::new();
    let plain = |value, label: &str| Choice { value, label: label.to_owned(), score: None, not_known: false };
    sets.insert(YES_NO.to_owned(), AnswerSet { choices: vec![plain(1, "Yes"), plain(0, "No")] });
    for (name, set) in raw {
        let key = format!("answers.{name}");
        if name == YES_NO {
            names.wrong(&key, "yes-no is built in", "choose another name");
        }
        let choices = match (set.choices, set.from, set.to) {
            (Some(choices), None, None) if !choices.is_empty() => choices,
            (None, Some(from), Some(to)) if from < to && to - from <= 100 => (from..=to)
                .map(|value| {
                    let end = if value == from {
                        set.low.as_deref()
                    } else if value == to {
                        set.high.as_deref()
                    } else {
                        None
                    };
                    plain(value, end.unwrap_or(""))
                })
                .collect(),
            _ => {
                names.wrong(
                    &key,
                    "it is neither a list of choices nor a range",
                    "write choices = [{ value = 0, label = \"…\" }, …], or from, to, low and high",
                );
                Vec::new()
            }
        };
        let mut values = choices.iter().map(|c| c.value).collect::<Vec<_>>();
        values.sort_unstable();
        values.dedup();
        if values.len() != choices.len() {
            names.wrong(&key, "two choices have one value", "give each choice its own value");
        }
        sets.insert(name, AnswerSet { choices });
    }
    sets
}

fn item(names: &mut Names, sets: &BTreeMap<String, AnswerSet>, raw: raw::Item) -> Item {
    let key = format!("item {}", raw.id);
    let choices = match sets.get(&raw.answers) {
        Some(set) => set.choices.clone(),
        None => {
            let known = sets.keys().cloned().collect::<Vec<_>>().join(", ");
            names.wrong(
                &format!("{key}, answers"),
                format!("there is no answer set \"{}\"", raw.answers),
                format!("write one of: {known}"),
            );
            Vec::new()
        }
    };
    if raw.id.contains('-') || raw.id.trim().is_empty() {
        names.wrong(&key, "its id is empty or has a hyphen", "use a number or a word such as 7 or P1");
    }
    Item {
        id: raw.id,
        label: raw.label,
        text: raw.text,
        answers: raw.answers,
        choices,
        reversed: raw.reversed,
        optional: raw.optional,
        may_not_apply: raw.may_not_apply,
        loinc: raw.loinc,
    }
}
