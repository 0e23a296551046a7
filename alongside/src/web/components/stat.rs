//! Figures at a glance, each a link to the very list it counts.

use maud::{Markup, html};

/// One figure.
#[derive(Debug, Clone)]
pub struct Stat<'a> {
    /// What is counted: "in custody".
    pub label: &'a str,
    /// The figure, as it should be read.
    pub figure: String,
    /// The list behind it, if the reader may see it.
    pub href: Option<String>,
}

/// Figures side by side.
pub fn stats(stats: &[Stat<'_>]) -> Markup {
    html! {
        ul class="al-stats" {
            @for stat in stats {
                li class="al-stat" {
                    @if let Some(href) = &stat.href {
                        a class="govuk-link govuk-link--no-visited-state al-stat__link" href=(href) { (figure(stat)) }
                    } @else {
                        (figure(stat))
                    }
                }
            }
        }
    }
}

fn figure(stat: &Stat<'_>) -> Markup {
    html! { span class="al-stat__figure" { (stat.figure) } " " span class="al-stat__label" { (stat.label) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_opens_the_list_it_counts() {
        let shown = [
            Stat { label: "in custody", figure: "17".into(), href: Some("?custody=yes".into()) },
            Stat { label: "listed", figure: "41".into(), href: None },
        ];
        let html = stats(&shown).into_string();
        assert!(html.contains("href=\"?custody=yes\"><span class=\"al-stat__figure\">17</span>"));
        assert_eq!(html.matches("<a ").count(), 1);
    }
}
