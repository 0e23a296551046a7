//! The form of a screening: who, seen or not, when; then everything that is asked; then what follows.

use crate::clock;
use crate::forms::inputs;
use crate::screening::entry::{Need, Outcome, Seen};
use crate::screening::sheet::SHEET;
use crate::web::components::{
    Choice, Emphasis, Form, Input, InputKind, LabelSize, Layout, Width, button_named, checkboxes, date_input,
    radios, text_input, textarea,
};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};

/// How the form was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entered {
    /// With the person, or just after.
    Now,
    /// Later, from a paper sheet.
    FromPaper,
}

/// A fresh form: today and now, unless it comes from paper, where the true time must be typed.
pub(super) fn prefill(form: &mut Form, entered: Entered, day: Date, now: Timestamp) {
    form.set("contact-day", day.day().to_string());
    form.set("contact-month", day.month().to_string());
    form.set("contact-year", day.year().to_string());
    match entered {
        Entered::Now => {
            form.set("contact-time", clock::time_words(now));
            form.set("place", "cells");
        }
        Entered::FromPaper => {
            form.set("late", "yes");
            form.set("place", "cells");
        }
    }
}

pub(super) fn seen_and_when(form: &Form) -> Markup {
    let choices: Vec<Choice<'_>> = Seen::ALL
        .into_iter()
        .map(|s| Choice::new(s.key(), s.words().trim_start_matches("Not seen: ")))
        .collect();
    let mut shown = form.clone();
    // The radios' words stand alone: "Declined", "No time".
    let words: Vec<String> = choices.iter().map(|c| capital(c.label)).collect();
    let choices: Vec<Choice<'_>> =
        Seen::ALL.into_iter().zip(&words).map(|(s, label)| Choice::new(s.key(), label)).collect();
    let late = [Choice::new("yes", "Typed in later, from paper")];
    if shown.value("late") != "yes" {
        shown.set_all("late", &[]);
    }
    html! {
        (radios(&form.field("seen", "Seen, or why not?").with_size(LabelSize::Medium), Layout::Chips, &choices))
        (text_input(&form.field("seen-words", "More about it, if not seen"), Input { autocomplete: Some("off"), ..Input::default() }))
        (text_input(&form.field("contact-time", "Time of the contact").with_size(LabelSize::Small).with_hint("When you saw them, or would have"), Input { kind: InputKind::Digits, width: Width::Five, autocomplete: Some("off") }))
        (date_input(&form.field("contact", "Day of the contact").with_size(LabelSize::Small)))
        (checkboxes(&shown.field("late", "How this was written").with_size(LabelSize::Hidden), Layout::Small, &late))
        p class="govuk-body" { "Not seen? That is all. " (button_named("Save: not seen", Emphasis::Secondary, "press", "not-seen")) }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Everything asked, what follows, and whether a warning travels. `consent` is the block of the consent ledger.
pub(super) fn asked(form: &Form, consent: Markup) -> Markup {
    let no = |form: &Form, name: &str, label: &'static str| {
        checkboxes(
            &form.field(name, "All asked").with_size(LabelSize::Hidden),
            Layout::Small,
            &[Choice::new("yes", label)],
        )
    };
    let parts = &SHEET.parts;
    let one =
        |index: usize| crate::forms::Sheet { parts: parts.get(index..=index).unwrap_or_default(), ..SHEET };
    html! {
        (inputs(&one(0), form))
        (inputs(&one(1), form))
        (inputs(&one(2), form))
        (no(form, "asked-first", "I asked all of these. Where nothing is marked, the answer was no."))
        (inputs(&one(3), form))
        (warning(form))
        (inputs(&one(4), form))
        (no(form, "asked-flags", "I asked all of these. Where nothing is marked, the answer was no."))
        (consent)
        (what_follows(form))
        (inputs(&one(5), form))
    }
}

fn warning(form: &Form) -> Markup {
    let choices = [
        Choice::new("yes", "Yes: raise a warning for whoever takes charge of them next"),
        Choice {
            reveals: Some(text_input(
                &form.field("warn-why-not", "Why none is needed"),
                Input { autocomplete: Some("off"), ..Input::default() },
            )),
            ..Choice::new("no", "No")
        },
    ];
    radios(
        &form
            .field("warn", "Does a self-harm warning travel with them?")
            .with_size(LabelSize::Small)
            .with_hint("It stays open on the board until somebody confirms they have it."),
        Layout::Small,
        &choices,
    )
}

fn what_follows(form: &Form) -> Markup {
    let needs: Vec<Choice<'_>> = Need::ALL.into_iter().map(|n| Choice::new(n.key(), n.words())).collect();
    let outcomes: Vec<Choice<'_>> =
        Outcome::ALL.into_iter().map(|o| Choice::new(o.key(), o.words())).collect();
    html! {
        h2 class="govuk-heading-m" { "What you found" }
        (radios(&form.field("need", "Level of need").with_size(LabelSize::Small).with_hint("Your judgement; anybody with a need is assessed"), Layout::Chips, &needs))
        (radios(&form.field("outcome", "What happens next").with_size(LabelSize::Small), Layout::Chips, &outcomes))
        (textarea(&form.field("outcome-why", "Why no assessment follows, if there is a need").with_size(LabelSize::Small), 2))
    }
}
