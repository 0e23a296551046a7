//! What happened, newest first. For events only: not for tasks, not for long text.

use maud::{Markup, html};

/// One event.
#[derive(Debug, Clone)]
pub struct Event<'a> {
    /// What happened: "Taken".
    pub title: &'a str,
    /// Who did it; empty when nobody did.
    pub by: &'a str,
    /// When, for machines: `2025-11-24T07:31:00Z`.
    pub machine_time: &'a str,
    /// When, for people: "24 November 2025 at 07:31".
    pub time: &'a str,
    /// What more there is to say.
    pub body: Markup,
}

/// Events under headings of the level given, so that they fit the page they stand on.
pub fn timeline(events: &[Event<'_>], heading_level: HeadingLevel) -> Markup {
    html! {
        ol class="al-timeline" {
            @for event in events {
                li class="al-timeline__item" {
                    (heading_level.heading("al-timeline__title", event.title))
                    @if !event.by.is_empty() { p class="al-timeline__by" { " by " (event.by) } }
                    p class="al-timeline__date" { time datetime=(event.machine_time) { (event.time) } }
                    (event.body)
                }
            }
        }
    }
}

/// Which heading a component uses, so that no level is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingLevel {
    /// Below the page's heading.
    Two,
    /// Below a section's heading.
    Three,
}

impl HeadingLevel {
    fn heading(self, class: &str, text: &str) -> Markup {
        match self {
            Self::Two => html! { h2 class=(class) { (text) } },
            Self::Three => html! { h3 class=(class) { (text) } },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_says_what_who_and_when() {
        let event = Event {
            title: "Moved up",
            by: "Ada Example",
            machine_time: "2025-11-24T07:31:00Z",
            time: "24 November 2025 at 07:31",
            body: html! { p { "Officer rang ahead" } },
        };
        let html = timeline(&[event], HeadingLevel::Three).into_string();
        assert!(html.contains("<h3 class=\"al-timeline__title\">Moved up</h3>"));
        assert!(html.contains(" by Ada Example"));
        assert!(html.contains("<time datetime=\"2025-11-24T07:31:00Z\">24 November 2025 at 07:31</time>"));
    }
}
