//! The banner on every page while a record outside one's projects is open.

use super::button::{Emphasis, post_button};
use maud::{Markup, html};

/// One record that is open.
#[derive(Debug, Clone)]
pub struct OpenGlass {
    /// The record's address.
    pub record: String,
    /// Where it is closed.
    pub close: String,
    /// "14:05".
    pub until: String,
}

/// Says what is open and until when, and lets it be closed; nothing where nothing is open.
pub fn glass_banner(open: &[OpenGlass]) -> Markup {
    html! {
        @for (index, glass) in open.iter().enumerate() {
            section class="al-glass" aria-label=(format!("Record opened outside your projects, {}", index + 1)) {
                p class="govuk-body" {
                    strong { "You broke the glass. " }
                    "A record outside your projects is open to you until " strong { (glass.until) } ". Everything you see of it is noted, and the records guardian reviews it. "
                    a class="govuk-link" href=(glass.record) { "Open the record" }
                }
                (post_button("Close it now", "", Emphasis::Small, &glass.close))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banner_stands_only_while_something_is_open() {
        assert_eq!(glass_banner(&[]).into_string(), "");
        let open = OpenGlass {
            record: "/people/1".into(),
            close: "/glass-uses/2/close".into(),
            until: "14:05".into(),
        };
        let html = glass_banner(&[open]).into_string();
        assert!(
            html.contains("until <strong>14:05</strong>") && html.contains("action=\"/glass-uses/2/close\"")
        );
    }
}
