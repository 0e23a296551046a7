//! A password field with a button that shows what was typed (the button appears only with script).

use maud::{Markup, html};

use super::field::Field;

/// Whether a password is being asked for or chosen: password managers act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFor {
    /// The one the person has.
    SignIn,
    /// A new one.
    Choosing,
}

/// A password field. Never shows a value again; pasting and password managers work (WCAG 2.2, 3.3.8).
pub fn password_input(field: &Field<'_>, purpose: PasswordFor) -> Markup {
    let error = if field.error().is_some() { " govuk-input--error" } else { "" };
    let autocomplete = match purpose {
        PasswordFor::SignIn => "current-password",
        PasswordFor::Choosing => "new-password",
    };
    let control = html! {
        div class="govuk-input__wrapper govuk-password-input__wrapper" {
            input class=(format!("govuk-input govuk-password-input__input govuk-js-password-input-input{error}"))
                id=(field.id()) name=(field.name) type="password" spellcheck="false" autocapitalize="none"
                autocomplete=(autocomplete) aria-describedby=[field.described_by()]
                aria-invalid=[field.error().map(|_| "true")];
            button type="button" hidden aria-controls=(field.id()) aria-label="Show password" data-module="govuk-button"
                class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle" {
                "Show"
            }
        }
    };
    field.group_with("govuk-password-input", &["govuk-password-input"], control)
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;

    #[test]
    fn a_password_is_never_shown_again() {
        let mut form = Form::from_pairs([("password", "correct horse")]);
        form.refuse("password", "Enter a longer password");
        let html = password_input(&form.field("password", "Password"), PasswordFor::Choosing).into_string();
        assert!(!html.contains("correct horse"));
        assert!(html.contains("autocomplete=\"new-password\""));
        assert!(html.contains("aria-describedby=\"password-error\""));
        assert!(html.contains("data-module=\"govuk-password-input\""));
    }
}
