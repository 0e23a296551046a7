//! Warnings and explanations in plain words.

use crate::answers::{Answer, name_items};
use crate::context::Mode;
use crate::evaluate::{Truth, Value};
use crate::model::{Condition, Instrument, Rule, Scale, Test};
use crate::points::Points;
use crate::score::Form;
use crate::state::State;

/// What a reader must not overlook, most serious first.
pub(crate) fn warnings(form: &Form<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    blanks_that_matter(form, &mut warnings);
    totals(form, &mut warnings);
    contradictions(form, &mut warnings);
    for caution in &form.instrument.cautions {
        let when = caution.when.as_ref().map(|when| form.facts.truth(form.instrument, &form.states, when));
        let for_this_sex = caution.sex.is_none() || caution.sex == form.context.sex;
        if for_this_sex && when.is_none_or(|truth| truth == Truth::Yes) {
            warnings.push(caution.words.clone());
        }
    }
    circumstances(form, &mut warnings);
    warnings
}

/// A blank on an item that would raise a prompt is itself something to act on.
fn blanks_that_matter(form: &Form<'_>, warnings: &mut Vec<String>) {
    for prompt in &form.instrument.prompts {
        let unknown = form.facts.truth(form.instrument, &form.states, &prompt.when) == Truth::Unknown;
        if let (true, Some(words)) = (unknown, &prompt.if_blank) {
            warnings.push(words.clone());
        }
    }
}

fn totals(form: &Form<'_>, warnings: &mut Vec<String>) {
    let instrument = form.instrument;
    let total = instrument
        .total_scale()
        .and_then(|at| Some((instrument.scales.get(at)?, form.facts.values.get(at)?)));
    let missing = form.missing();
    match total {
        Some((scale, value)) => total_warning(form, scale, value, &missing, warnings),
        None if !missing.is_empty() => {
            warnings.push(format!("Not answered: {}.", name_items(instrument, &missing)));
        }
        None => {}
    }
    for (scale, value) in instrument.scales.iter().zip(&form.facts.values) {
        if scale.id != "total" && value.exact.is_none() && total.is_some_and(|(_, t)| t.exact.is_some()) {
            warnings.push(format!("No value for {}: {}.", scale.name, needs(scale)));
        }
    }
}

fn total_warning(
    form: &Form<'_>,
    scale: &Scale,
    value: &Value,
    missing: &[usize],
    warnings: &mut Vec<String>,
) {
    let instrument = form.instrument;
    let names = name_items(instrument, missing);
    match value.exact {
        None => {
            warnings.push(format!("No total: not answered: {}; {}.", name_items(instrument, &value.missing), needs(scale)));
            warnings.push(format!(
                "Whatever the missing answers are, the total is between {} and {}.",
                Points(value.low),
                Points(value.high)
            ));
        }
        Some(_) if form.states.contains(&State::PerhapsNotApplicable) => {
            let variants = instrument.variants.iter().map(|v| format!("{} ({})", v.id, v.words)).collect::<Vec<_>>();
            warnings.push(format!(
                "Counted without {names}, as if it does not apply, out of {}. Say which: {}. Until then no band or cut-off is read from it.",
                Points(value.out_of),
                variants.join("; ")
            ));
        }
        Some(_) if value.tentative => warnings.push(format!(
            "Counted from the answered items only; not answered: {names}. The published rule is met whatever those answers are."
        )),
        Some(_) if value.prorated => warnings.push(format!(
            "Prorated, as the published rule allows: not answered: {}.",
            name_items(instrument, &value.missing)
        )),
        Some(_) if !missing.is_empty() => warnings.push(format!("Not answered: {names}.")),
        Some(_) => {}
    }
}

/// The missing rule of a scale in words.
pub(crate) fn needs(scale: &Scale) -> String {
    match (scale.may_miss, &scale.settled_by) {
        (0, None) => "every item is needed".to_owned(),
        (0, Some(_)) => "every item is needed unless the published rule is already met".to_owned(),
        (1, _) => "at most 1 item may be missing".to_owned(),
        (n, _) => format!("at most {n} items may be missing"),
    }
}

/// Answers given where a rule says the item is not asked.
fn contradictions(form: &Form<'_>, warnings: &mut Vec<String>) {
    for skip in &form.instrument.skips {
        let truth = crate::evaluate::on_items(form.instrument, &form.states, &skip.when);
        let answered =
            |at: &&usize| matches!(form.answers.get(**at), Some(Answer::Value(value)) if *value != 0);
        let against = skip.items.iter().filter(answered).copied().collect::<Vec<_>>();
        if against.is_empty() || truth == Truth::No {
            continue;
        }
        let names = name_items(form.instrument, &against);
        warnings.push(match (truth, skip.overrides) {
            (Truth::Yes, true) => format!(
                "{}: {names} answered all the same and does not count. Check the answers.",
                skip.words
            ),
            (Truth::Yes, false) => {
                format!("{}: {names} answered all the same and counts. Check the answers.", skip.words)
            }
            _ if skip.overrides => {
                format!("{names} answered, but the question before it that decides whether it counts is not.")
            }
            _ => continue,
        });
    }
    for (at, (item, state)) in form.instrument.items.iter().zip(&form.states).enumerate() {
        let given = matches!(form.answers.get(at), Some(Answer::Value(_)));
        if *state == State::NotApplicable && given {
            warnings.push(format!(
                "Item {} ({}) was answered but does not apply in this variant; it is not counted.",
                item.id, item.label
            ));
        }
        if matches!(form.answers.get(at), Some(Answer::Value(value)) if item.choice(*value).is_some_and(|c| c.not_known))
        {
            warnings.push(format!(
                "Item {} ({}) is marked as not known, so it counts as not answered.",
                item.id, item.label
            ));
        }
    }
}

fn circumstances(form: &Form<'_>, warnings: &mut Vec<String>) {
    let cut_offs = &form.instrument.cut_offs;
    let language = form.context.language();
    let for_language = cut_offs.iter().any(|c| c.language.as_deref() == Some(language.as_str()));
    if language != "en" && !for_language && !(cut_offs.is_empty() && form.instrument.bands.is_empty()) {
        warnings.push(format!(
            "The cut-offs and bands here are for the English form; the form was in \"{language}\"."
        ));
    }
    if matches!(form.context.mode, Some(Mode::Interpreter | Mode::EasyRead)) {
        warnings.push(
            "Interpreted or simplified: the published cut-offs were not found for this way of asking."
                .to_owned(),
        );
    }
    let sexes = crate::verdicts::applicable(cut_offs, form.context);
    if form.context.sex.is_none() && sexes.iter().any(|c| c.sex.is_some()) {
        warnings.push("Sex for scoring is not recorded, so the cut-offs for both are shown.".to_owned());
    }
}

/// How the result came about.
pub(crate) fn explanation(form: &Form<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for skip in &form.instrument.skips {
        if crate::evaluate::on_items(form.instrument, &form.states, &skip.when) == Truth::Yes {
            lines.push(format!("{}.", skip.words));
        }
    }
    for (scale, value) in form.instrument.scales.iter().zip(&form.facts.values) {
        let result = match value.exact {
            Some(exact) => Points(exact).to_string(),
            None => format!("none ({} to {} possible)", Points(value.low), Points(value.high)),
        };
        lines.push(format!("{}: {result} = {}; {}.", scale.name, rule(form.instrument, scale), needs(scale)));
    }
    let of = |chosen: &dyn Fn(usize) -> bool| {
        (0..form.instrument.items.len()).filter(|at| chosen(*at)).collect::<Vec<_>>()
    };
    let not_applicable = of(&|at| form.states.get(at) == Some(&State::NotApplicable));
    let reversed = of(&|at| form.instrument.items.get(at).is_some_and(|item| item.reversed));
    for (words, items) in
        [("Does not apply and is not counted", not_applicable), ("Scored the other way round", reversed)]
    {
        if !items.is_empty() {
            let noun = if items.len() == 1 { "item" } else { "items" };
            lines.push(format!("{words}: {noun} {}.", ranges(form.instrument, &items)));
        }
    }
    lines
}

/// A scale's rule in words.
pub(crate) fn rule(instrument: &Instrument, scale: &Scale) -> String {
    let list = |items: &[usize]| ranges(instrument, items);
    let name = |at: &usize| instrument.scales.get(*at).map_or("?", |s| s.name.as_str());
    match &scale.rule {
        Rule::Sum(items) => format!("sum of items {}", list(items)),
        Rule::Mean { items, times } if *times == 1.0 => format!("mean of items {}", list(items)),
        Rule::Mean { items, times } => format!("mean of items {} times {}", list(items), Points(*times)),
        Rule::Count(items) => {
            let positions = items.iter().map(|(at, _)| *at).collect::<Vec<_>>();
            let mut from = items.iter().map(|(_, from)| Points(*from).to_string()).collect::<Vec<_>>();
            from.dedup();
            let from = if from.len() == 1 {
                format!("scoring {} or more", from.concat())
            } else {
                "at or above their thresholds".to_owned()
            };
            format!("number of items {} {from}", list(&positions))
        }
        Rule::Times { scale, by } => format!("{} times {}", name(scale), Points(*by)),
        Rule::Convert { scale, .. } => format!("{} looked up in the published table", name(scale)),
    }
}

/// `1-3, 7` in the order of the form.
fn ranges(instrument: &Instrument, items: &[usize]) -> String {
    let id = |at: usize| instrument.items.get(at).map_or("?", |i| i.id.as_str());
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &at in items {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == at => *end = at,
            _ => runs.push((at, at)),
        }
    }
    let shown = runs.iter().map(|&(from, to)| match to - from {
        0 => id(from).to_owned(),
        1 => format!("{}, {}", id(from), id(to)),
        _ => format!("{}–{}", id(from), id(to)),
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// A cut-off in words: `10 or more`.
pub(crate) fn cut_off(instrument: &Instrument, condition: &Condition) -> String {
    match condition {
        Condition::Scale(at, test) => {
            let scale = instrument.scales.get(*at);
            match scale {
                Some(scale) if scale.id != "total" => format!("{} {}", scale.name, bounds(test)),
                _ => bounds(test),
            }
        }
        Condition::Item(at, test) => {
            format!("item {} {}", instrument.items.get(*at).map_or("?", |i| i.id.as_str()), bounds(test))
        }
        Condition::Criterion(at) => {
            format!("rule \"{}\"", instrument.criteria.get(*at).map_or("?", |c| c.label.as_str()))
        }
        Condition::All(_) | Condition::Any(_) | Condition::None(_) => "rule".to_owned(),
    }
}

fn bounds(test: &Test) -> String {
    let parts = [
        test.at_least.map(|x| format!("{} or more", Points(x))),
        test.at_most.map(|x| format!("{} or less", Points(x))),
        test.below.map(|x| format!("below {}", Points(x))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}
