//! The fields of the text: sections, who said what, recommendations, sources.

use crate::reports::body::{Body, MOST};
use crate::reports::kinds::Kind;
use crate::reports::sections::{RECOMMENDED, RISK, SOURCES, find};
use crate::web::components::{
    Choice, Form, Input, LabelSize, Layout, checkboxes, select, text_input, textarea,
};
use maud::{Markup, html};

/// Blank statements and recommendations offered below those that are filled in.
const BLANK: usize = 1;

/// All fields of a type.
pub(super) fn fields(kind: &Kind, form: &Form) -> Markup {
    let sources: Vec<Choice<'_>> = SOURCES.iter().map(|(key, words)| Choice::new(key, words)).collect();
    html! {
        (checkboxes(&form.field("source", "What it rests on").with_size(LabelSize::Medium), Layout::Chips, &sources))
        (textarea(&form.field("sources-words", "More about them").with_hint("Which records, of which day; what could not be seen"), 2))
        @for key in &kind.sections { (section(key, form)) }
        @if kind.recommends { (recommendations(form)) }
    }
}

fn section(key: &str, form: &Form) -> Markup {
    let Some(section) = find(key) else { return html! {} };
    let (name, out) = (format!("text-{key}"), format!("leave-out-{key}"));
    let words = form.value(&name);
    let rows = u8::try_from(words.lines().count().max(words.len() / 70) + 2).unwrap_or(20).clamp(3, 20);
    let left_out = form.values("leave-out").iter().any(|there| there == key);
    html! {
        h2 class="govuk-heading-m" id=(format!("section-{key}")) { (section.heading) }
        @if key == RISK { (statements(form)) }
        (textarea(&form.field(&name, if key == RISK { "What it means, and what would help" } else { section.heading }).with_hint(section.hint).with_size(if key == RISK { LabelSize::Small } else { LabelSize::Hidden }), rows))
        div class="govuk-checkboxes govuk-checkboxes--small govuk-form-group" data-module="govuk-checkboxes" {
            div class="govuk-checkboxes__item" {
                input class="govuk-checkboxes__input" id=(out) type="checkbox" name="leave-out" value=(key) checked[left_out];
                label class="govuk-label govuk-checkboxes__label" for=(out) { "Leave out “" (section.heading) "”" }
            }
        }
    }
}

/// How many of these stand in the form: the filled ones, and some to fill in.
fn shown(form: &Form, names: &[&str]) -> usize {
    let filled = (1..=MOST)
        .filter(|n| names.iter().any(|name| !form.value(&format!("{name}-{n}")).is_empty()))
        .max()
        .unwrap_or(0);
    (filled + BLANK).min(MOST)
}

fn plain() -> Input<'static> {
    Input { autocomplete: Some("off"), ..Input::default() }
}

fn statements(form: &Form) -> Markup {
    html! {
        @for n in 1..=shown(form, &["risk-words", "risk-who", "risk-when", "risk-how"]) {
            @let names = ["risk-words", "risk-who", "risk-when", "risk-how"].map(|name| format!("{name}-{n}"));
            fieldset class="govuk-fieldset al-statement" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Who said or saw what (" (n) ")" }
                (textarea(&form.field(&names[0], "The words, or what was seen"), 2))
                div class="al-statement__source" {
                    (text_input(&form.field(&names[1], "Who said or saw it"), plain()))
                    (text_input(&form.field(&names[2], "When"), plain()))
                    (text_input(&form.field(&names[3], "How we know"), plain()))
                }
            }
        }
        p class="govuk-hint" { "Empty all four boxes to take one out. Save to get another." }
    }
}

fn recommendations(form: &Form) -> Markup {
    let mut kinds = vec![Choice::new("", "Choose")];
    kinds.extend(RECOMMENDED.iter().map(|(key, words)| Choice::new(key, words)));
    html! {
        h2 class="govuk-heading-m" id="section-recommendation" { "Recommendation" }
        @for n in 1..=shown(form, &["rec-kind", "rec-words", "rec-why", "rec-instead"]) {
            @let names = ["rec-kind", "rec-words", "rec-why", "rec-instead"].map(|name| format!("{name}-{n}"));
            fieldset class="govuk-fieldset al-statement" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Recommendation " (n) }
                (select(&form.field(&names[0], "What it is about"), &kinds))
                (textarea(&form.field(&names[1], "What the court is asked to consider"), 2))
                (textarea(&form.field(&names[2], "Why"), 2))
                (textarea(&form.field(&names[3], "What else could be done, and what it would mean"), 2))
            }
        }
    }
}

/// A blank form with a text in it.
pub(super) fn filled(body: &Body) -> Form {
    let mut form = Form::blank();
    body.fill(&mut form);
    form
}
