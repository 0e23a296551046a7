//! What every form field shares: label, hint, error, and the ids that tie them to the control.

use maud::{Markup, html};

use super::form::Form;

/// One question of a form. Made by [`Form::field`]: `form.field("name", "Name").with_hint("As on the list")`.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Where its value and error are found.
    pub form: &'a Form,
    /// The name it is sent under.
    pub name: &'a str,
    /// The question, in words.
    pub label: &'a str,
    /// Help that stands below the label.
    pub hint: Option<&'a str>,
    /// How large the label stands.
    pub size: LabelSize,
}

/// How large a label or legend stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LabelSize {
    /// As body text.
    #[default]
    Plain,
    /// Bold, the size of body text: a question among others.
    Small,
    /// Bold, one step larger.
    Medium,
    /// The page's own heading: wraps the label in the `h1`.
    PageHeading,
    /// For screen readers only; for a control whose purpose is plain from its place, such as a search box.
    Hidden,
}

impl LabelSize {
    /// The modifier class for a `govuk-label` or `govuk-fieldset__legend`.
    pub(super) fn class(self, base: &str) -> String {
        match self {
            Self::Plain => base.to_owned(),
            Self::Small => format!("{base} {base}--s"),
            Self::Medium => format!("{base} {base}--m"),
            Self::PageHeading => format!("{base} {base}--l"),
            Self::Hidden => format!("{base} govuk-visually-hidden"),
        }
    }
}

impl<'a> Field<'a> {
    pub(super) fn new(form: &'a Form, name: &'a str, label: &'a str) -> Self {
        Self { form, name, label, hint: None, size: LabelSize::Plain }
    }

    /// The field with help below its label.
    #[must_use]
    pub fn with_hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// The field with its label at another size.
    #[must_use]
    pub fn with_size(self, size: LabelSize) -> Self {
        Self { size, ..self }
    }

    /// The id of the field's first control: where its error link lands.
    pub fn id(&self) -> String {
        id_of(self.name)
    }

    /// What is wrong with it, if anything.
    pub fn error(&self) -> Option<&'a str> {
        self.form.error(self.name)
    }

    /// Its value, or nothing.
    pub fn value(&self) -> &'a str {
        self.form.value(self.name)
    }

    /// The ids a control's `aria-describedby` names: the hint first, then the error.
    pub(super) fn described_by(&self) -> Option<String> {
        let id = self.id();
        let parts: Vec<String> =
            [self.hint.map(|_| format!("{id}-hint")), self.error().map(|_| format!("{id}-error"))]
                .into_iter()
                .flatten()
                .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// Hint and error, with the ids [`Field::described_by`] names.
    pub(super) fn hint_and_error(&self) -> Markup {
        let id = self.id();
        html! {
            @if let Some(hint) = self.hint {
                div class="govuk-hint" id=(format!("{id}-hint")) { (hint) }
            }
            @if let Some(error) = self.error() {
                p class="govuk-error-message" id=(format!("{id}-error")) {
                    span class="govuk-visually-hidden" { "Error: " } (error)
                }
            }
        }
    }

    /// A single control with its label above it.
    pub(super) fn group(&self, control: Markup) -> Markup {
        self.group_with("", &[], control)
    }

    /// As [`Field::group`], with a further class and `data-module` where a component needs them.
    pub(super) fn group_with(&self, class: &str, modules: &[&str], control: Markup) -> Markup {
        html! {
            div class=(group_class(self.error(), class)) data-module=[modules.first()] {
                (self.label_markup())
                (self.hint_and_error())
                (control)
            }
        }
    }

    /// Several controls under one legend (radios, checkboxes, the parts of a date).
    pub(super) fn fieldset(&self, role: Option<&str>, controls: Markup) -> Markup {
        html! {
            div class=(group_class(self.error(), "")) {
                fieldset class="govuk-fieldset" role=[role] aria-describedby=[self.described_by()] {
                    legend class=(self.size.class("govuk-fieldset__legend")) {
                        @if self.size == LabelSize::PageHeading {
                            h1 class="govuk-fieldset__heading" { (self.label) }
                        } @else {
                            (self.label)
                        }
                    }
                    (self.hint_and_error())
                    (controls)
                }
            }
        }
    }

    fn label_markup(&self) -> Markup {
        let label = html! { label class=(self.size.class("govuk-label")) for=(self.id()) { (self.label) } };
        if self.size == LabelSize::PageHeading {
            html! { h1 class="govuk-label-wrapper" { (label) } }
        } else {
            label
        }
    }
}

/// The id made of a field name: letters, digits and dashes only, so that it is a valid target of a link.
pub fn id_of(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}

fn group_class(error: Option<&str>, further: &str) -> String {
    let error = if error.is_some() { " govuk-form-group--error" } else { "" };
    let gap = if further.is_empty() { "" } else { " " };
    format!("govuk-form-group{error}{gap}{further}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_becomes_an_id_a_link_can_reach() {
        assert_eq!(id_of("answers[phq9].1"), "answers-phq9--1");
    }

    #[test]
    fn hint_and_error_are_both_named_and_the_hint_comes_first() {
        let mut form = Form::blank();
        form.refuse("room", "Enter a room");
        let field = form.field("room", "Room").with_hint("As on the list");
        assert_eq!(field.described_by().as_deref(), Some("room-hint room-error"));
    }

    #[test]
    fn a_field_without_hint_or_error_describes_nothing() {
        let form = Form::blank();
        assert_eq!(form.field("room", "Room").described_by(), None);
    }

    #[test]
    fn a_page_heading_label_is_the_h1() {
        let form = Form::blank();
        let field = form.field("room", "Which room?").with_size(LabelSize::PageHeading);
        let html = field.group(html! {}).into_string();
        assert!(html.contains(
            "<h1 class=\"govuk-label-wrapper\"><label class=\"govuk-label govuk-label--l\" for=\"room\">"
        ));
    }
}
