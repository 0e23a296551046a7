//! The fields of a questionnaire: its items as radios in the owner's words where the licence lets us print them, and how it was
//! filled in. The rules for leaving items out are said in words, and the script hides what they leave out.

use crate::assessment::questionnaire::{MODES, depends_on_sex, field_of};
use crate::web::components::{
    Choice, Form, Input, LabelSize, Layout, Width, date_input, details, inset_text, radios, text_input,
    textarea,
};
use instruments::model::{Condition, Instrument, Item, Kind, Test, Verdict};
use maud::{Markup, html};
use serde_json::{Value, json};

/// Everything that is asked.
pub(super) fn fields(instrument: &Instrument, form: &Form) -> Markup {
    match instrument.kind {
        Kind::Scored => html! {
            (wording(instrument))
            @if depends_on_sex(instrument) { (sex(form)) }
            (variants(instrument, form))
            (items(instrument, form))
            (how(form))
            @if let Some(line) = &instrument.licence.attribution { p class="govuk-body-s al-muted" { (line) } }
        },
        Kind::RecordOnly => html! {
            (inset_text(html! { p class="govuk-body" { "The licence of this tool lets us keep its name, the day, who did it and the result, and nothing else. Don't copy its questions or answers here." } }))
            (text_input(&form.field("assessor", "Who did the assessment").with_size(LabelSize::Small), Input { width: Width::Thirty, autocomplete: Some("off"), ..Input::default() }))
            (textarea(&form.field("result", "Result").with_size(LabelSize::Small), 3))
            (date_input(&form.field("filled", "Day it was done").with_size(LabelSize::Small).with_hint("Leave empty for today")))
        },
    }
}

/// Whose words stand here.
fn wording(i: &Instrument) -> Markup {
    let whole = i.items.iter().all(|item| item.text.is_some());
    html! {
        @if !whole {
            (inset_text(html! {
                p class="govuk-body" { strong { "Read the questions from your licensed copy." } " What stands here are our own short labels, not the questions." }
                @if i.licence.verdict == Verdict::TA { p class="govuk-body" { "The wording may be used free of charge: your administrator can install it as a text pack." } }
            }))
        }
        p class="govuk-hint" { "By keyboard: the figure of an answer, or y and n, chooses it; Enter goes on." }
        @if let Some(time) = &i.time_frame { p class="govuk-body" { "About: " strong { (time) } "." } }
        @if let Some(stem) = &i.stem { p class="govuk-body al-stem" { (stem) } }
    }
}

fn items(i: &Instrument, form: &Form) -> Markup {
    html! {
        // Items must be answered in the order of the form; the script reads the rules for leaving some out.
        div data-questionnaire data-skips=(skips(i)) {
            @for (at, item) in i.items.iter().enumerate() {
                @for skip in i.skips.iter().filter(|s| s.items.first() == Some(&at)) { p class="govuk-hint al-skip" { "When it is so, leave these open: " (lower(&skip.words)) "." } }
                div class="al-item" data-item=(item.id) data-yes-no[item.is_yes_no()] { (one(i, item, form)) }
            }
        }
    }
}

fn lower(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

fn one(i: &Instrument, item: &Item, form: &Form) -> Markup {
    let name = field_of(item);
    let question = format!("{}. {}", item.id, item.text.as_ref().unwrap_or(&item.label));
    let values: Vec<String> = item.choices.iter().map(|c| c.value.to_string()).collect();
    // A row of bare numbers is read across; words are read down.
    let bare =
        item.choices.len() > 4 && item.choices.iter().filter(|c| c.label == c.value.to_string()).count() > 2;
    // The figure stands beside the words, as on the owners' forms: it is what the keyboard takes, and what paper shows.
    let labels: Vec<String> = item
        .choices
        .iter()
        .map(|c| match (item.is_yes_no() || c.label == c.value.to_string(), bare) {
            (true, _) => c.label.clone(),
            (false, true) => format!("{} ({})", c.value, c.label),
            (false, false) => format!("{} ({})", c.label, c.value),
        })
        .collect();
    let mut choices: Vec<Choice<'_>> =
        values.iter().zip(&labels).map(|(value, label)| Choice::new(value, label)).collect();
    if item.may_not_apply {
        choices.push(Choice::new("na", "Does not apply"));
    }
    choices.push(Choice::new(".", "No answer"));
    let mut field = form.field(&name, &question).with_size(LabelSize::Small);
    if item.optional && i.items.len() > 1 {
        field = field.with_hint("Not part of the total");
    }
    radios(&field, Layout::Chips, &choices)
}

fn sex(form: &Form) -> Markup {
    radios(
        &form.field("sex", "Sex for scoring").with_size(LabelSize::Small).with_hint(
            "A published cut-off of this questionnaire differs by sex. Taken from the register; change it if that is wrong",
        ),
        Layout::Chips,
        &[Choice::new("f", "Female"), Choice::new("m", "Male"), Choice::new("", "Show both")],
    )
}

fn variants(i: &Instrument, form: &Form) -> Markup {
    let choices: Vec<Choice<'_>> = i.variants.iter().map(|v| Choice::new(&v.id, &v.words)).collect();
    html! { @if !choices.is_empty() { (radios(&form.field("variant", "Which holds?").with_size(LabelSize::Small), Layout::Small, &choices)) } }
}

fn how(form: &Form) -> Markup {
    let modes: Vec<Choice<'_>> = MODES.iter().map(|(key, words)| Choice::new(key, words)).collect();
    html! {
        (radios(&form.field("mode", "How was it filled in?").with_size(LabelSize::Small), Layout::Chips, &modes))
        (text_input(&form.field("language", "Language").with_size(LabelSize::Small), Input { width: Width::Ten, autocomplete: Some("off"), ..Input::default() }))
        (details("It was filled in on another day", date_input(&form.field("filled", "Day it was filled in").with_size(LabelSize::Small).with_hint("Leave empty for today"))))
    }
}

/// The rules for leaving items out, for the script: `[{ "when": {…}, "items": ["2", "3"] }]`.
fn skips(i: &Instrument) -> String {
    let all: Vec<Value> = i
        .skips
        .iter()
        .filter_map(|skip| {
            let items: Vec<&str> =
                skip.items.iter().filter_map(|at| i.items.get(*at)).map(|item| item.id.as_str()).collect();
            Some(json!({ "when": condition(i, &skip.when)?, "items": items }))
        })
        .collect();
    Value::Array(all).to_string()
}

/// A condition over items; one over scales needs the scorer, so the script leaves such a rule to the server.
fn condition(i: &Instrument, when: &Condition) -> Option<Value> {
    let list = |all: &[Condition]| all.iter().map(|c| condition(i, c)).collect::<Option<Vec<_>>>();
    match when {
        Condition::Item(at, test) => {
            let Test { at_least, at_most, below } = test;
            Some(json!({ "item": i.items.get(*at)?.id, "least": at_least, "most": at_most, "below": below }))
        }
        Condition::All(all) => Some(json!({ "all": list(all)? })),
        Condition::Any(any) => Some(json!({ "any": list(any)? })),
        Condition::None(none) => Some(json!({ "none": list(none)? })),
        Condition::Scale(..) | Condition::Criterion(_) => None,
    }
}
