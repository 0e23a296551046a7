//! Questions as fields, answers as a list.

use super::answers::{Answers, Asked};
use super::sheet::{Kind, Part, Question, Sheet};
use crate::clock;
use crate::web::components::{
    Choice, Form, Input, InputKind, LabelSize, Layout, SummaryRow, Width, checkboxes, date_input, radios,
    select, summary_list, text_input, textarea,
};
use maud::{Markup, html};

/// More answers than this stand in a list to choose from: national codes would fill the page.
const LONGEST_RADIOS: usize = 10;

/// All questions of a sheet as fields, with what the form holds.
pub fn inputs(sheet: &Sheet, form: &Form) -> Markup {
    html! { @for part in sheet.parts { (part_inputs(part, form)) } }
}

fn part_inputs(part: &Part, form: &Form) -> Markup {
    html! {
        @if !part.title.is_empty() { h2 class="govuk-heading-m" { (part.title) } }
        @if !part.hint.is_empty() { p class="govuk-body al-muted" { (part.hint) } }
        @for question in part.questions { (input(question, form)) }
    }
}

fn input(question: &Question, form: &Form) -> Markup {
    let mut field = form.field(question.key, question.label).with_size(LabelSize::Small);
    if !question.hint.is_empty() {
        field = field.with_hint(question.hint);
    }
    match question.kind {
        Kind::Line => text_input(&field, Input { autocomplete: Some("off"), ..Input::default() }),
        Kind::Words => textarea(&field, 3),
        Kind::Asked(words) => {
            let choices: Vec<Choice<'_>> =
                Asked::OFFERED.into_iter().map(|a| Choice::new(a.key(), a.short())).collect();
            let name = question.words_key();
            html! {
                // The words show below a "yes" (styles only, so also without script).
                div class="al-asked" {
                    (radios(&field, Layout::Chips, &choices))
                    @if !words.is_empty() {
                        div class="al-asked__words" { (text_input(&form.field(&name, words), Input { autocomplete: Some("off"), ..Input::default() })) }
                    }
                }
            }
        }
        Kind::One(options) if options.len() > LONGEST_RADIOS => {
            let mut choices = vec![Choice::new("", "Not asked")];
            choices.extend(options.iter().map(|o| Choice::new(o.key, o.words)));
            select(&field, &choices)
        }
        Kind::One(options) => {
            let choices: Vec<Choice<'_>> = options.iter().map(|o| Choice::new(o.key, o.words)).collect();
            radios(&field, Layout::Chips, &choices)
        }
        Kind::Many(options) => {
            let choices: Vec<Choice<'_>> = options.iter().map(|o| Choice::new(o.key, o.words)).collect();
            checkboxes(&field, Layout::Chips, &choices)
        }
        Kind::Day => date_input(&field),
        Kind::Number(..) => text_input(
            &field,
            Input { kind: InputKind::Digits, width: Width::Four, autocomplete: Some("off") },
        ),
    }
}

/// What was answered, question by question; what nobody answered is counted, never shown as "no".
pub fn summary(sheet: &Sheet, answers: &Answers) -> Markup {
    html! {
        @for part in sheet.parts {
            @let rows = rows(part, answers);
            @if !rows.is_empty() {
                @if !part.title.is_empty() { h3 class="govuk-heading-s" { (part.title) } }
                (summary_list(&rows))
            }
        }
        @let open = sheet.questions().count() - answers.answered(sheet);
        @if open > 0 { p class="govuk-body-s al-muted" { (open) " of " (sheet.questions().count()) " questions have no answer: not asked, which is not “no”." } }
    }
}

fn rows(part: &Part, answers: &Answers) -> Vec<SummaryRow<'static>> {
    part.questions
        .iter()
        .filter_map(|q| answer(q, answers).map(|value| SummaryRow::new(q.label, value)))
        .collect()
}

/// One answer in plain words, for papers and files; nothing where nobody answered.
#[must_use]
pub fn told(question: &Question, answers: &Answers) -> Option<String> {
    let value = answers.value(question.key);
    let words_of = |options: &'static [super::Opt], key: &str| {
        options.iter().find(|o| o.key == key).map_or_else(|| key.to_owned(), |o| o.words.to_owned())
    };
    match question.kind {
        Kind::Line | Kind::Words | Kind::Number(..) => (!value.is_empty()).then(|| value.to_owned()),
        Kind::Asked(_) => {
            let asked = answers.asked(question.key);
            let words = answers.words_of(question.key);
            match (asked, words.is_empty()) {
                (Asked::NotAsked, true) => None,
                (asked, true) => Some(asked.words().to_owned()),
                (asked, false) => Some(format!("{}: {words}", asked.words())),
            }
        }
        Kind::One(options) => (!value.is_empty()).then(|| words_of(options, value)),
        Kind::Many(options) => {
            let chosen: Vec<String> =
                answers.values(question.key).iter().map(|key| words_of(options, key)).collect();
            (!chosen.is_empty()).then(|| chosen.join(", "))
        }
        Kind::Day => answers.day(question.key).map(clock::day_words),
    }
}

/// One answer as people read it; nothing where nobody answered.
pub fn answer(question: &Question, answers: &Answers) -> Option<Markup> {
    let value = answers.value(question.key);
    let words_of = |options: &'static [super::Opt], key: &str| {
        options.iter().find(|o| o.key == key).map_or_else(|| key.to_owned(), |o| o.words.to_owned())
    };
    match question.kind {
        Kind::Line | Kind::Words | Kind::Number(..) => {
            (!value.is_empty()).then(|| html! { span class="al-typed" { (value) } })
        }
        Kind::Asked(_) => {
            let asked = answers.asked(question.key);
            let words = answers.words_of(question.key);
            (asked != Asked::NotAsked || !words.is_empty()).then(|| {
                html! { (asked.words()) @if !words.is_empty() { ": " span class="al-typed" { (words) } } }
            })
        }
        Kind::One(options) => (!value.is_empty()).then(|| html! { (words_of(options, value)) }),
        Kind::Many(options) => {
            let chosen = answers.values(question.key);
            let words: Vec<String> = chosen.iter().map(|key| words_of(options, key)).collect();
            (!chosen.is_empty()).then(|| html! { (words.join(", ")) })
        }
        Kind::Day => answers.day(question.key).map(|day| html! { (clock::day_words(day)) }),
    }
}
