//! Short words in a box: a status, a marker, a count. The words carry the meaning; colour only repeats it.

use maud::{Markup, html};

/// The colour of a tag. Never the only thing that tells two tags apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say the colours")]
pub enum TagColour {
    Grey,
    Green,
    Teal,
    Blue,
    Purple,
    Magenta,
    Red,
    Orange,
    Yellow,
}

impl TagColour {
    fn class(self) -> &'static str {
        match self {
            Self::Grey => "govuk-tag--grey",
            Self::Green => "govuk-tag--green",
            Self::Teal => "govuk-tag--teal",
            Self::Blue => "govuk-tag--blue",
            Self::Purple => "govuk-tag--purple",
            Self::Magenta => "govuk-tag--magenta",
            Self::Red => "govuk-tag--red",
            Self::Orange => "govuk-tag--orange",
            Self::Yellow => "govuk-tag--yellow",
        }
    }
}

/// A status in a word or two.
pub fn tag(colour: TagColour, text: &str) -> Markup {
    html! { strong class=(format!("govuk-tag {}", colour.class())) { (text) } }
}

/// How strongly a marker asks to be seen: the four grades of the escort record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Act on it now.
    Alert,
    /// Act on it today.
    Warning,
    /// Know it before you go in.
    Attention,
    /// Good to know.
    Information,
}

impl Grade {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Alert => "Alert",
            Self::Warning => "Warning",
            Self::Attention => "Attention",
            Self::Information => "Information",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Alert => "al-marker al-marker--alert",
            Self::Warning => "al-marker al-marker--warning",
            Self::Attention => "al-marker al-marker--attention",
            Self::Information => "al-marker al-marker--information",
        }
    }
}

/// One marker on the board: its grade, its words, and in short who said it and when ("PER, 24 Nov").
pub fn marker(grade: Grade, text: &str, source: &str) -> Markup {
    html! {
        span class=(grade.class()) {
            span class="govuk-visually-hidden" { (grade.word()) ": " }
            span class="al-marker__text" { (text) }
            @if !source.is_empty() { " " span class="al-marker__source" { (source) } }
        }
    }
}

/// A count that asks for attention, beside a word: "Imports (3)". Nothing when the count is nought.
pub fn notification_badge(count: usize, what: &str) -> Markup {
    if count == 0 {
        return html! {};
    }
    let shown = if count > 99 { "99+".to_owned() } else { count.to_string() };
    html! {
        span class="al-badge" {
            span aria-hidden="true" { (shown) }
            span class="govuk-visually-hidden" { " (" (shown) " " (what) ")" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_its_meaning_in_words() {
        assert_eq!(
            tag(TagColour::Green, "Complete").into_string(),
            "<strong class=\"govuk-tag govuk-tag--green\">Complete</strong>"
        );
    }

    #[test]
    fn a_marker_is_heard_with_its_grade_and_its_source() {
        let html = marker(Grade::Alert, "ACCT open", "PER, 24 Nov").into_string();
        assert!(html.contains("<span class=\"govuk-visually-hidden\">Alert: </span>"));
        assert!(html.contains("PER, 24 Nov"));
    }

    #[test]
    fn a_count_of_nought_is_not_shown_and_a_large_one_is_cut() {
        assert_eq!(notification_badge(0, "imports to look at").into_string(), "");
        assert!(notification_badge(120, "imports").into_string().contains("(99+ imports)"));
    }
}
