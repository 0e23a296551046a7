//! The warning that a session is about to end. Empty until script fills it; without script the page `/session` does the same.

use maud::{Markup, html};

/// Stands on every page of somebody signed in. `seconds` are left when the page was made.
pub fn session_warning(seconds: i64) -> Markup {
    html! {
        div data-session-seconds=(seconds) hidden role="alertdialog" aria-labelledby="session-warning-words" class="al-session-warning" {
            p class="govuk-body" id="session-warning-words" data-session-words {}
            button type="button" class="govuk-button" data-session-stay data-module="govuk-button" { "Stay signed in" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_shown_before_it_is_time() {
        let html = session_warning(3_600).into_string();
        assert!(html.contains("data-session-seconds=\"3600\" hidden"));
    }
}
