//! Words set apart from the text: details, inset text, warning text, notification banner, panel, interruption card,
//! and what to say when there is nothing to show.

use maud::{Markup, html};

/// Text that opens when asked for.
pub fn details(summary: &str, body: Markup) -> Markup {
    html! {
        details class="govuk-details" {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (summary) } }
            div class="govuk-details__text" { (body) }
        }
    }
}

/// As [`details`], already open.
pub fn details_open(summary: &str, body: Markup) -> Markup {
    html! {
        details class="govuk-details" open {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (summary) } }
            div class="govuk-details__text" { (body) }
        }
    }
}

/// Something that differs from the text around it.
pub fn inset_text(body: Markup) -> Markup {
    html! { div class="govuk-inset-text" { (body) } }
}

/// Something with consequences.
pub fn warning_text(text: &str) -> Markup {
    html! {
        div class="govuk-warning-text" {
            span class="govuk-warning-text__icon" aria-hidden="true" { "!" }
            strong class="govuk-warning-text__text" {
                span class="govuk-visually-hidden" { "Warning" } " " (text)
            }
        }
    }
}

/// Whether a notification tells of something done, or of something the reader should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// What the reader asked for was done. Read out at once.
    Done,
    /// Something else the reader should know.
    Important,
}

/// What just happened, or what needs doing; at most one on a page.
pub fn notification_banner(notice: Notice, body: Markup) -> Markup {
    let (class, role, title) = match notice {
        Notice::Done => ("govuk-notification-banner govuk-notification-banner--success", "alert", "Done"),
        Notice::Important => ("govuk-notification-banner", "region", "Important"),
    };
    html! {
        div class=(class) role=(role) aria-labelledby="notification-title" data-module="govuk-notification-banner" {
            div class="govuk-notification-banner__header" {
                h2 class="govuk-notification-banner__title" id="notification-title" { (title) }
            }
            div class="govuk-notification-banner__content" { (body) }
        }
    }
}

/// The end of a long task: what was done, in large letters. Holds the page's `h1`.
pub fn panel(title: &str, body: Markup) -> Markup {
    html! {
        div class="govuk-panel govuk-panel--confirmation" {
            h1 class="govuk-panel__title" { (title) }
            div class="govuk-panel__body" { (body) }
        }
    }
}

/// Stops the reader before something grave, such as opening a record outside their projects. Holds the page's `h1`;
/// `actions` are the ways on and back.
pub fn interruption_card(title: &str, body: Markup, actions: Markup) -> Markup {
    html! {
        div class="govuk-panel govuk-panel--interruption" {
            h1 class="govuk-panel__title" { (title) }
            div class="govuk-panel__body" { (body) }
            div class="govuk-panel__actions" { div class="govuk-button-group" { (actions) } }
        }
    }
}

/// What to say when a list has nothing in it: why, and what to do next.
pub fn empty_state(title: &str, body: Markup) -> Markup {
    html! {
        div class="al-empty" {
            h2 class="govuk-heading-m" { (title) }
            (body)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_read_out_at_once() {
        let html = notification_banner(Notice::Done, html! { "Taken" }).into_string();
        assert!(html.contains("role=\"alert\" aria-labelledby=\"notification-title\""));
        assert!(html.contains("id=\"notification-title\""));
    }

    #[test]
    fn what_is_merely_important_is_a_region() {
        assert!(
            notification_banner(Notice::Important, html! { "x" }).into_string().contains("role=\"region\"")
        );
    }

    #[test]
    fn a_warning_is_heard_as_one() {
        assert!(
            warning_text("This opens a restricted record")
                .into_string()
                .contains(">Warning</span> This opens")
        );
    }

    #[test]
    fn details_are_closed_or_open() {
        assert!(
            details("Why", html! {}).into_string().starts_with("<details class=\"govuk-details\"><summary")
        );
        assert!(
            details_open("Why", html! {}).into_string().starts_with("<details class=\"govuk-details\" open>")
        );
    }

    #[test]
    fn panels_and_cards_hold_the_heading_of_the_page() {
        assert!(
            panel("Imported", html! { "63 listings" })
                .into_string()
                .contains("<h1 class=\"govuk-panel__title\">")
        );
        let card =
            interruption_card("Outside your projects", html! { "Say why" }, html! { "…" }).into_string();
        assert!(card.contains("govuk-panel--interruption") && card.contains("<h1"));
    }

    #[test]
    fn an_empty_list_says_why() {
        let html = empty_state("No list yet", html! { p { "Upload today's list." } }).into_string();
        assert!(html.contains("Upload today's list."));
        assert!(inset_text(html! { "x" }).into_string().contains("govuk-inset-text"));
    }
}
