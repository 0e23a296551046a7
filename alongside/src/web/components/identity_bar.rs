//! Who this page is about, the same on every page about a person.

use maud::{Markup, html};

/// The facts that tell one person from another, and what to know before reading on.
#[derive(Debug, Clone)]
pub struct Identity<'a> {
    /// Their name.
    pub name: &'a str,
    /// The page that is theirs.
    pub href: Option<&'a str>,
    /// What is beside the name, as pairs: ("Born", "7 March 1990 (35)"). Say "Not known" rather than leave one out.
    pub facts: Vec<(&'a str, &'a str)>,
    /// Markers and states, from [`super::tag`] and [`super::marker`].
    pub flags: Vec<Markup>,
}

/// The bar below the navigation. A landmark of its own, so that a screen reader can come back to it.
pub fn identity_bar(identity: &Identity<'_>) -> Markup {
    html! {
        section class="al-identity" aria-label="Person" {
            div class="govuk-width-container al-identity__row" {
                p class="al-identity__name" {
                    @if let Some(href) = identity.href {
                        a class="govuk-link govuk-link--no-visited-state" href=(href) { (identity.name) }
                    } @else {
                        (identity.name)
                    }
                }
                dl class="al-identity__facts" {
                    @for (what, value) in &identity.facts { div { dt { (what) } dd { (value) } } }
                }
                @if !identity.flags.is_empty() {
                    ul class="al-identity__flags" { @for flag in &identity.flags { li { (flag) } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Grade, marker};
    use super::*;

    #[test]
    fn the_bar_names_the_person_and_what_tells_them_apart() {
        let identity = Identity {
            name: "Ada Example",
            href: Some("/people/1"),
            facts: vec![("Born", "7 March 1990 (35)"), ("PNC", "Not known")],
            flags: vec![marker(Grade::Alert, "ACCT open", "PER, 24 Nov")],
        };
        let html = identity_bar(&identity).into_string();
        assert!(html.contains("<section class=\"al-identity\" aria-label=\"Person\">"));
        assert!(html.contains("href=\"/people/1\">Ada Example</a>"));
        assert!(html.contains("<div><dt>PNC</dt><dd>Not known</dd></div>"));
        assert!(html.contains("ACCT open"));
    }
}
