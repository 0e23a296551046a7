//! The rules of a file: each key that does not belong to a rule is refused, so that nothing is silently ignored.

use super::raw::{self, HighIs, RuleName};
use super::resolve::Names;
use crate::context::country_code;
use crate::model::{
    Band, Caution, Condition, Criterion, CutOff, Direction, Prompt, ReliableChange, Rule, Scale, Skip, Test,
};

const TOTAL: &str = "total";

pub(super) fn skip(names: &mut Names, raw: raw::Skip) -> Skip {
    let key = format!("skip \"{}\"", raw.words);
    let when = condition(names, &key, raw.when);
    if !only_items(&when) {
        names.wrong(&key, "its condition looks at a scale or criterion", "use items only: skips come first");
    }
    Skip { when, items: names.items(&key, &raw.items), overrides: raw.overrides, words: raw.words }
}

fn only_items(condition: &Condition) -> bool {
    match condition {
        Condition::Item(..) => true,
        Condition::Scale(..) | Condition::Criterion(_) => false,
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => {
            parts.iter().all(only_items)
        }
    }
}

pub(super) fn scale(names: &mut Names, at: usize, raw: raw::Scale) -> Scale {
    let key = format!("scale {}", raw.id);
    let items = names.items(&format!("{key}, items"), &raw.items);
    let needs = |names: &mut Names, given: bool, what: &str, advice: &str| {
        if !given {
            names.wrong(&key, format!("the rule needs {what}"), advice.to_owned());
        }
    };
    let refuses = |names: &mut Names, given: bool, what: &str| {
        if given {
            names.wrong(&key, format!("{what} means nothing for this rule"), format!("take {what} out"));
        }
    };
    let (of, times) = (raw.of.clone(), raw.times);
    let source = of.as_deref().map(|name| names.scale(&format!("{key}, of"), name));
    if source.is_some_and(|s| s >= at) {
        names.wrong(
            &key,
            "it is worked out from a scale further down",
            "put the scale named in `of` above it",
        );
    }
    let is_count = matches!(raw.rule, RuleName::Count);
    let from_items = matches!(raw.rule, RuleName::Sum | RuleName::Mean | RuleName::Count);
    if from_items {
        needs(names, !raw.items.is_empty(), "items", "write items = [\"1-9\"]");
        refuses(names, of.is_some(), "of");
    } else {
        needs(names, of.is_some(), "of", "write of = \"…\", the id of a scale above it");
        refuses(names, !raw.items.is_empty(), "items");
        refuses(names, raw.may_miss > 0, "may_miss");
    }
    refuses(names, !is_count && raw.from.is_some(), "from");
    refuses(names, !is_count && !raw.from_for.is_empty(), "from_for");
    refuses(names, is_count && raw.may_miss > 0, "may_miss");
    refuses(names, !matches!(raw.rule, RuleName::Mean | RuleName::Times) && times.is_some(), "times");
    refuses(names, !matches!(raw.rule, RuleName::Convert) && raw.table.is_some(), "table");
    let rule = match raw.rule {
        RuleName::Sum => Rule::Sum(items),
        RuleName::Mean => Rule::Mean { items, times: times.unwrap_or(1.0) },
        RuleName::Count => {
            let special = raw
                .from_for
                .iter()
                .map(|(item, from)| (names.item(&format!("{key}, from_for"), item), *from))
                .collect::<Vec<_>>();
            let threshold = |item: usize| {
                special.iter().find(|(i, _)| *i == item).map_or(raw.from.unwrap_or(1.0), |(_, from)| *from)
            };
            Rule::Count(items.into_iter().map(|item| (item, threshold(item))).collect())
        }
        RuleName::Times => {
            needs(names, times.is_some(), "times", "write times = 4");
            Rule::Times { scale: source.unwrap_or(0), by: times.unwrap_or(1.0) }
        }
        RuleName::Convert => {
            needs(names, raw.table.is_some(), "table", "write table = [[7, 7.0], [8, 9.51], …]");
            Rule::Convert { scale: source.unwrap_or(0), table: raw.table.unwrap_or_default() }
        }
    };
    Scale {
        name: raw.name.unwrap_or_else(|| raw.id.clone()),
        rule,
        direction: match raw.high_is {
            HighIs::Worse => Direction::HighIsWorse,
            HighIs::Better => Direction::HighIsBetter,
        },
        range: raw.range,
        may_miss: raw.may_miss,
        requires: names.items(&format!("{key}, requires"), &raw.requires),
        settled_by: raw.settled_by.map(|c| names.criterion(&format!("{key}, settled_by"), &c)),
        id: raw.id,
    }
}

pub(super) fn criterion(names: &mut Names, at: usize, raw: raw::Criterion) -> Criterion {
    let key = format!("criterion {}", raw.id);
    let when = condition(names, &key, raw.when);
    if looks_ahead(&when, at) {
        names.wrong(
            &key,
            "it depends on itself or on a criterion further down",
            "put that criterion above it",
        );
    }
    Criterion { id: raw.id, group: raw.group, label: raw.label, when }
}

fn looks_ahead(condition: &Condition, at: usize) -> bool {
    match condition {
        Condition::Item(..) | Condition::Scale(..) => false,
        Condition::Criterion(other) => *other >= at,
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => {
            parts.iter().any(|part| looks_ahead(part, at))
        }
    }
}

fn condition(names: &mut Names, key: &str, raw: raw::Condition) -> Condition {
    let test = Test { at_least: raw.at_least, at_most: raw.at_most, below: raw.below };
    let bounded = test != Test::default();
    let subjects = [
        raw.item.is_some(),
        raw.scale.is_some(),
        raw.criterion.is_some(),
        raw.all.is_some(),
        raw.any.is_some(),
        raw.none.is_some(),
    ];
    if subjects.iter().filter(|given| **given).count() != 1 {
        names.wrong(
            key,
            "a condition has no subject, or more than one",
            "write exactly one of item, scale, criterion, all, any, none",
        );
        return Condition::All(Vec::new());
    }
    if bounded != (raw.item.is_some() || raw.scale.is_some()) {
        names.wrong(
            key,
            "a condition has a bound where none belongs, or lacks one",
            "give item and scale at_least, at_most or below, and nothing else",
        );
    }
    if let Some(item) = raw.item {
        return Condition::Item(names.item(key, &item), test);
    }
    if let Some(scale) = raw.scale {
        return Condition::Scale(names.scale(key, &scale), test);
    }
    if let Some(criterion) = raw.criterion {
        return Condition::Criterion(names.criterion(key, &criterion));
    }
    let mut parts = |list: Vec<raw::Condition>| list.into_iter().map(|c| condition(names, key, c)).collect();
    match (raw.all, raw.any, raw.none) {
        (Some(list), _, _) => Condition::All(parts(list)),
        (_, Some(list), _) => Condition::Any(parts(list)),
        (_, _, list) => Condition::None(parts(list.unwrap_or_default())),
    }
}

pub(super) fn cut_off(names: &mut Names, raw: raw::CutOff) -> CutOff {
    let key = format!("cut_off {}", raw.id);
    let on_scale = raw.criterion.is_none();
    let on = condition(
        names,
        &key,
        raw::Condition {
            scale: on_scale.then(|| raw.scale.unwrap_or_else(|| TOTAL.to_owned())),
            criterion: raw.criterion,
            at_least: raw.at_least,
            at_most: raw.at_most,
            below: raw.below,
            ..Default::default()
        },
    );
    CutOff {
        id: raw.id,
        on,
        words: raw.words,
        decides: raw.decides,
        sex: raw.sex,
        country: raw.country.as_deref().map(country_code),
        language: raw.language.map(|l| l.to_lowercase()),
        source: raw.source,
    }
}

pub(super) fn band(names: &mut Names, raw: raw::Band) -> Band {
    let key = format!("band {}", raw.label);
    let scale = names.scale(&key, raw.scale.as_deref().unwrap_or(TOTAL));
    Band { scale, from: raw.from, to: raw.to, label: raw.label }
}

pub(super) fn prompt(names: &mut Names, raw: raw::Prompt) -> Prompt {
    let key = format!("prompt {}", raw.id);
    Prompt { when: condition(names, &key, raw.when), id: raw.id, words: raw.words, if_blank: raw.if_blank }
}

pub(super) fn caution(names: &mut Names, raw: raw::Caution) -> Caution {
    let key = format!("caution \"{}\"", raw.words);
    Caution { when: raw.when.map(|when| condition(names, &key, when)), sex: raw.sex, words: raw.words }
}

pub(super) fn reliable_change(names: &mut Names, raw: raw::ReliableChange) -> ReliableChange {
    let key = format!("reliable_change {}", raw.id);
    ReliableChange {
        scale: names.scale(&key, raw.scale.as_deref().unwrap_or(TOTAL)),
        id: raw.id,
        points: raw.points,
        confidence: raw.confidence,
        case_at: raw.case_at,
        source: raw.source,
    }
}
