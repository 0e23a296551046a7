//! The buttons that ask the browser for a passkey. They need script, so they are hidden until it shows them.

use maud::{Markup, html};

/// Signs in with a passkey, then goes to `next`, a path of our own.
pub fn passkey_button(next: &str) -> Markup {
    html! {
        div data-passkey-sign-in=(next) hidden {
            button type="button" class="govuk-button govuk-button--secondary" data-module="govuk-button" { "Sign in with a passkey" }
            p class="govuk-error-message" role="alert" data-passkey-said {}
        }
    }
}

/// Makes a passkey from the form it stands in, whose fields `name` and `password` go with it.
pub fn make_passkey_button() -> Markup {
    html! {
        div data-passkey-make hidden {
            button type="button" class="govuk-button govuk-button--secondary" data-module="govuk-button" { "Make a passkey" }
            p class="govuk-error-message" role="alert" data-passkey-said {}
        }
        noscript { p class="govuk-body" { "Making a passkey needs script, which your browser does not run here. Set up a code app instead." } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_offered_only_where_script_runs() {
        assert!(passkey_button("/courts").into_string().contains("data-passkey-sign-in=\"/courts\" hidden"));
        assert!(make_passkey_button().into_string().contains("data-passkey-make hidden"));
    }
}
