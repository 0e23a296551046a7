//! One-line text fields.

use maud::{Markup, html};

use super::field::Field;

/// What sort of text is asked for: sets the keyboard on a phone and what the browser may do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputKind {
    /// Words.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// Whole numbers, typed as text: `type=number` loses leading zeros and spins on the mouse wheel.
    Digits,
    /// A reference such as a PNC id: capitals, no spelling check.
    Code,
    /// A search box.
    Search,
    /// A telephone number.
    Telephone,
    /// A time of day.
    Time,
}

/// How wide the box is drawn, in characters; a hint at the length expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say the widths")]
pub enum Width {
    Two,
    Four,
    Five,
    Ten,
    Twenty,
    Thirty,
    #[default]
    Full,
}

/// How a text input differs from the plain one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// What sort of text.
    pub kind: InputKind,
    /// How wide.
    pub width: Width,
    /// The HTML autofill token, such as `username`.
    pub autocomplete: Option<&'a str>,
}

impl InputKind {
    fn type_attribute(self) -> &'static str {
        match self {
            Self::Text | Self::Digits | Self::Code | Self::Time => "text",
            Self::Email => "email",
            Self::Search => "search",
            Self::Telephone => "tel",
        }
    }
}

impl Width {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Two => " govuk-input--width-2",
            Self::Four => " govuk-input--width-4",
            Self::Five => " govuk-input--width-5",
            Self::Ten => " govuk-input--width-10",
            Self::Twenty => " govuk-input--width-20",
            Self::Thirty => " govuk-input--width-30",
            Self::Full => "",
        }
    }
}

/// A one-line text field with its label.
pub fn text_input(field: &Field<'_>, input: Input<'_>) -> Markup {
    let error = if field.error().is_some() { " govuk-input--error" } else { "" };
    let class = format!("govuk-input{}{error}", input.width.class());
    let (capitals, digits) = (input.kind == InputKind::Code, input.kind == InputKind::Digits);
    field.group(html! {
        input class=(class) id=(field.id()) name=(field.name) type=(input.kind.type_attribute())
            value=(field.value()) autocomplete=[input.autocomplete] spellcheck="false"
            autocapitalize=[capitals.then_some("characters")] inputmode=[digits.then_some("numeric")]
            aria-describedby=[field.described_by()] aria-invalid=[field.error().map(|_| "true")];
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Form};
    use super::*;

    #[test]
    fn a_refused_field_keeps_its_value_and_points_at_its_error() {
        let mut form = Form::from_pairs([("email", "ada\"@")]);
        form.refuse("email", "Enter an e-mail address with an @");
        let field = Field { hint: Some("Your work address"), ..form.field("email", "E-mail address") };
        let html = text_input(
            &field,
            Input { kind: InputKind::Email, autocomplete: Some("username"), ..Input::default() },
        )
        .into_string();
        assert!(html.contains("govuk-form-group govuk-form-group--error"));
        assert!(html.contains("<label class=\"govuk-label\" for=\"email\">E-mail address</label>"));
        assert!(html.contains("aria-describedby=\"email-hint email-error\" aria-invalid=\"true\""));
        assert!(html.contains("id=\"email-error\""));
        assert!(html.contains("value=\"ada&quot;@\""));
        assert!(html.contains("autocomplete=\"username\""));
    }

    #[test]
    fn a_code_is_typed_in_capitals_and_never_spell_checked() {
        let form = Form::blank();
        let input = Input { kind: InputKind::Code, width: Width::Twenty, ..Input::default() };
        let html = text_input(&form.field("pnc", "PNC id"), input).into_string();
        assert!(html.contains("autocapitalize=\"characters\""));
        assert!(html.contains("class=\"govuk-input govuk-input--width-20\""));
        assert!(!html.contains("aria-describedby"));
    }
}
