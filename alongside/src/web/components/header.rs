//! The top of every page: product name, who is signed in, and the way out; and its foot.

use maud::{Markup, PreEscaped, html};

/// Who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their role and where, in words: "Practitioner, Camberwell".
    pub role: &'a str,
    /// Where their own account page is.
    pub account_href: &'a str,
    /// Where the sign-out form is sent.
    pub sign_out_action: &'a str,
}

/// Our own mark: two strokes, side by side. Decoration; the name beside it says the same.
const MARK: &str = concat!(
    r#"<svg class="al-header__mark" width="22" height="26" viewBox="0 0 22 26" aria-hidden="true" focusable="false">"#,
    r#"<path d="M6 3v20" stroke="currentColor" stroke-width="5" stroke-linecap="round"/>"#,
    r#"<path d="M16 9v14" stroke="currentColor" stroke-width="5" stroke-linecap="round" opacity=".7"/></svg>"#
);

/// The generic header with our name, the organisation that runs this service, and sign-out when someone is signed in.
pub fn header(organisation: &str, signed_in: Option<SignedIn<'_>>) -> Markup {
    html! {
        header class="govuk-generic-header al-header" {
            div class="govuk-generic-header__container govuk-width-container al-header__row" {
                div class="govuk-generic-header__logo" {
                    a href="/" class="govuk-generic-header__homepage-link al-header__home" {
                        (PreEscaped(MARK)) "Alongside"
                    }
                    @if !organisation.is_empty() { span class="al-header__organisation" { (organisation) } }
                }
                @if let Some(person) = signed_in {
                    div class="al-header__who" {
                        a class="al-header__link" href=(person.account_href) {
                            span class="govuk-visually-hidden" { "Signed in as " } (person.name)
                        }
                        @if !person.role.is_empty() { span class="al-header__role" { (person.role) } }
                        form method="post" action=(person.sign_out_action) {
                            button type="submit" class="al-header__link al-header__sign-out" { "Sign out" }
                        }
                    }
                }
            }
        }
    }
}

/// A link that stands in the footer.
#[derive(Debug, Clone, Copy)]
pub struct FooterLink<'a> {
    /// What it says.
    pub text: &'a str,
    /// Where it goes.
    pub href: &'a str,
}

/// The foot of every page: help links and a sentence that says what this is, and that no government runs it.
pub fn footer(links: &[FooterLink<'_>], version: &str) -> Markup {
    html! {
        footer class="al-footer" {
            div class="govuk-width-container" {
                @if !links.is_empty() {
                    h2 class="govuk-visually-hidden" { "Help and information" }
                    ul class="al-footer__links" {
                        @for link in links {
                            li { a class="govuk-link govuk-link--no-visited-state" href=(link.href) { (link.text) } }
                        }
                    }
                }
                p { "Alongside " (version) ", open-source software for liaison services in courts. Not a government website." }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_out_is_a_form_not_a_link() {
        let person = SignedIn {
            name: "Ada Example",
            role: "Practitioner",
            account_href: "/account",
            sign_out_action: "/sign-out",
        };
        let html = header("Example Charity", Some(person)).into_string();
        assert!(html.contains("<form method=\"post\" action=\"/sign-out\"><button type=\"submit\""));
        assert!(html.contains("Signed in as </span>Ada Example</a>"));
        assert!(html.contains("Example Charity"));
    }

    #[test]
    fn nobody_signed_in_shows_no_way_out() {
        assert!(!header("", None).into_string().contains("Sign out"));
    }

    #[test]
    fn the_mark_is_silent() {
        assert!(header("", None).into_string().contains("aria-hidden=\"true\""));
    }

    #[test]
    fn the_foot_says_who_we_are_not() {
        let html =
            footer(&[FooterLink { text: "Accessibility", href: "/accessibility" }], "0.1.0").into_string();
        assert!(html.contains("Not a government website"));
        assert!(html.contains("href=\"/accessibility\""));
    }
}
