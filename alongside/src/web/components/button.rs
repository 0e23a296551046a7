//! Buttons: the thing that does, and links that look like one.

use maud::{Markup, html};

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Emphasis {
    /// The one main action of a page.
    #[default]
    Primary,
    /// Another action.
    Secondary,
    /// An action that is hard to take back.
    Warning,
    /// A small secondary button for a table row.
    Small,
    /// A button drawn as a link.
    Quiet,
    /// The main action on a dark ground: [`interruption_card`](super::interruption_card).
    Inverse,
}

impl Emphasis {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "govuk-button",
            Self::Secondary => "govuk-button govuk-button--secondary",
            Self::Warning => "govuk-button govuk-button--warning",
            Self::Small => "govuk-button govuk-button--secondary al-button--small",
            Self::Quiet => "al-button--quiet",
            Self::Inverse => "govuk-button govuk-button--inverse",
        }
    }
}

/// A button that sends the form it stands in. A second press within a second is ignored.
pub fn button(text: &str, emphasis: Emphasis) -> Markup {
    html! {
        button type="submit" class=(emphasis.class()) data-module="govuk-button" data-prevent-double-click="true" { (text) }
    }
}

/// As [`button`], one of several on a form: says which was pressed by sending `name=value`.
pub fn button_named(text: &str, emphasis: Emphasis, name: &str, value: &str) -> Markup {
    html! {
        button type="submit" class=(emphasis.class()) name=(name) value=(value) data-module="govuk-button"
            data-prevent-double-click="true" { (text) }
    }
}

/// A link that looks like a button: goes somewhere, changes nothing.
pub fn button_link(text: &str, emphasis: Emphasis, href: &str) -> Markup {
    html! {
        a href=(href) role="button" draggable="false" class=(emphasis.class()) data-module="govuk-button" { (text) }
    }
}

/// A form of nothing but one button: an action on one thing. `about` names the thing for a screen reader,
/// since a page may hold forty buttons called "Take".
pub fn post_button(text: &str, about: &str, emphasis: Emphasis, action: &str) -> Markup {
    html! {
        form method="post" action=(action) class="al-inline-form" {
            button type="submit" class=(emphasis.class()) data-module="govuk-button" data-prevent-double-click="true" {
                (text) @if !about.is_empty() { span class="govuk-visually-hidden" { " " (about) } }
            }
        }
    }
}

/// Several buttons side by side, with room between them.
pub fn button_group(buttons: &[Markup]) -> Markup {
    html! { div class="govuk-button-group" { @for button in buttons { (button) } } }
}

/// A button that prints the page; appears only where script runs. The browser's own menu prints as well.
pub fn print_button(text: &str) -> Markup {
    html! { button type="button" hidden class=(Emphasis::Secondary.class()) data-print { (text) } }
}

/// The button that lists the keys of this page and can turn them off (WCAG 2.2, 2.1.4). Every page with a
/// [`board`](super::board), filters or a day bar needs it: keys that were turned off come back only here.
pub fn keys_button() -> Markup {
    html! { button type="button" hidden class=(Emphasis::Quiet.class()) data-keys-help { "Keyboard" } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_button_says_what_it_is_about() {
        let html = post_button("Take", "Ada Example", Emphasis::Small, "/listings/1/take").into_string();
        assert!(html.contains("<form method=\"post\" action=\"/listings/1/take\""));
        assert!(html.contains("Take<span class=\"govuk-visually-hidden\"> Ada Example</span>"));
    }

    #[test]
    fn a_named_button_says_which_was_pressed() {
        let html = button_named("Save", Emphasis::Secondary, "then", "stay").into_string();
        assert!(html.contains("name=\"then\" value=\"stay\""));
        assert!(html.contains("govuk-button--secondary"));
    }

    #[test]
    fn a_link_button_is_a_link() {
        let html = button_link("Morning pack", Emphasis::Secondary, "/board/pack").into_string();
        assert!(html.starts_with("<a href=\"/board/pack\" role=\"button\""));
    }

    #[test]
    fn buttons_that_need_script_are_hidden_until_it_shows_them() {
        assert!(print_button("Print").into_string().contains("type=\"button\" hidden"));
        assert!(keys_button().into_string().contains("type=\"button\" hidden"));
    }
}
