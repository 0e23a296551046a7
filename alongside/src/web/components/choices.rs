//! One of several, or some of several: radios, checkboxes, select.

use maud::{Markup, html};

use super::field::Field;

/// One answer that can be chosen.
#[derive(Debug, Clone)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What is read.
    pub label: &'a str,
    /// Help below the answer (radios and checkboxes only).
    pub hint: Option<&'a str>,
    /// Further questions that matter only when this is chosen (radios and checkboxes only). Always shown without script.
    pub reveals: Option<Markup>,
}

impl<'a> Choice<'a> {
    /// A plain answer.
    pub fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, hint: None, reveals: None }
    }
}

/// How answers are set out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// One below the other.
    #[default]
    Stacked,
    /// Side by side; for two short answers.
    Inline,
    /// One below the other, small; for filters and dense pages.
    Small,
    /// Side by side as far as there is room, each a box to press; for long pages filled in with a thumb.
    Chips,
}

/// One answer of several, under a legend.
pub fn radios(field: &Field<'_>, layout: Layout, choices: &[Choice<'_>]) -> Markup {
    let class = match layout {
        Layout::Stacked => "govuk-radios",
        Layout::Inline => "govuk-radios govuk-radios--inline",
        Layout::Small => "govuk-radios govuk-radios--small",
        Layout::Chips => "govuk-radios al-chips",
    };
    let items = html! {
        div class=(class) data-module="govuk-radios" {
            @for (index, choice) in choices.iter().enumerate() { (item(field, &Kind::RADIO, index, choice)) }
        }
    };
    field.fieldset(None, items)
}

/// Any number of answers, under a legend.
pub fn checkboxes(field: &Field<'_>, layout: Layout, choices: &[Choice<'_>]) -> Markup {
    let class = match layout {
        Layout::Stacked | Layout::Inline => "govuk-checkboxes",
        Layout::Small => "govuk-checkboxes govuk-checkboxes--small",
        Layout::Chips => "govuk-checkboxes al-chips",
    };
    let items = html! {
        div class=(class) data-module="govuk-checkboxes" {
            @for (index, choice) in choices.iter().enumerate() { (item(field, &Kind::CHECKBOX, index, choice)) }
        }
    };
    field.fieldset(None, items)
}

/// One answer from a list too long for radios. The first choice should be the empty one.
pub fn select(field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    let error = if field.error().is_some() { " govuk-select--error" } else { "" };
    field.group(html! {
        select class=(format!("govuk-select{error}")) id=(field.id()) name=(field.name)
            aria-describedby=[field.described_by()] aria-invalid=[field.error().map(|_| "true")] {
            @for choice in choices {
                option value=(choice.value) selected[choice.value == field.value()] { (choice.label) }
            }
        }
    })
}

/// What differs between a radio and a checkbox.
struct Kind {
    input: &'static str,
    block: &'static str,
}

impl Kind {
    const RADIO: Self = Self { input: "radio", block: "govuk-radios" };
    const CHECKBOX: Self = Self { input: "checkbox", block: "govuk-checkboxes" };
}

fn item(field: &Field<'_>, kind: &Kind, index: usize, choice: &Choice<'_>) -> Markup {
    let block = kind.block;
    // The first control carries the field's own id, so that the error link lands on it.
    let id = if index == 0 { field.id() } else { format!("{}-{}", field.id(), index + 1) };
    let checked = field.form.values(field.name).iter().any(|value| value == choice.value);
    let conditional = format!("{id}-reveals");
    html! {
        div class=(format!("{block}__item")) {
            input class=(format!("{block}__input")) id=(id) name=(field.name) type=(kind.input) value=(choice.value)
                checked[checked] aria-describedby=[choice.hint.map(|_| format!("{id}-item-hint"))]
                data-aria-controls=[choice.reveals.as_ref().map(|_| &conditional)];
            label class=(format!("govuk-label {block}__label")) for=(id) { (choice.label) }
            @if let Some(hint) = choice.hint {
                div class=(format!("govuk-hint {block}__hint")) id=(format!("{id}-item-hint")) { (hint) }
            }
        }
        @if let Some(reveals) = &choice.reveals {
            div id=(conditional)
                class=(format!("{block}__conditional{}", if checked { String::new() } else { format!(" {block}__conditional--hidden") })) {
                (reveals)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Form};
    use super::*;

    fn answers() -> [Choice<'static>; 3] {
        [
            Choice::new("yes", "Yes"),
            Choice::new("no", "No"),
            Choice { hint: Some("A different fact from no"), ..Choice::new("not-asked", "Not asked") },
        ]
    }

    #[test]
    fn the_first_radio_carries_the_id_the_error_links_to() {
        let mut form = Form::from_pairs([("acct", "no")]);
        form.refuse("acct", "Say whether an ACCT is open");
        let html = radios(&form.field("acct", "Is an ACCT open?"), Layout::Inline, &answers()).into_string();
        assert!(html.contains("id=\"acct\" name=\"acct\" type=\"radio\" value=\"yes\">"));
        assert!(html.contains("id=\"acct-2\" name=\"acct\" type=\"radio\" value=\"no\" checked>"));
        assert!(html.contains("<fieldset class=\"govuk-fieldset\" aria-describedby=\"acct-error\">"));
        assert!(html.contains("aria-describedby=\"acct-3-item-hint\""));
    }

    #[test]
    fn several_boxes_stay_ticked() {
        let form = Form::from_pairs([("need", "yes"), ("need", "not-asked")]);
        let html = checkboxes(&form.field("need", "Needs"), Layout::Small, &answers()).into_string();
        assert_eq!(html.matches(" checked").count(), 2);
        assert!(html.contains("govuk-checkboxes--small"));
    }

    #[test]
    fn what_a_choice_reveals_is_tied_to_it() {
        let form = Form::blank();
        let choices = [Choice { reveals: Some(html! { "Which one?" }), ..Choice::new("other", "Other") }];
        let html = radios(&form.field("site", "Site"), Layout::Stacked, &choices).into_string();
        assert!(html.contains("data-aria-controls=\"site-reveals\""));
        assert!(html.contains(
            "id=\"site-reveals\" class=\"govuk-radios__conditional govuk-radios__conditional--hidden\""
        ));
    }

    #[test]
    fn a_select_remembers_and_describes() {
        let mut form = Form::from_pairs([("court", "no")]);
        form.refuse("court", "Choose a court");
        let field = Field { hint: Some("Where the list is from"), ..form.field("court", "Court") };
        let html = select(&field, &answers()).into_string();
        assert!(html.contains("<option value=\"no\" selected>No</option>"));
        assert!(html.contains("aria-describedby=\"court-hint court-error\""));
    }
}
