//! The box at the top of a page that says what is wrong and links to each field.

use maud::{Markup, html};

use super::{field::id_of, form::Form};

/// Says everything that was refused, each linked to its field; nothing when nothing was.
/// Stands first inside `main`, before the heading. The page title should then begin with "Error: ".
pub fn error_summary(form: &Form) -> Markup {
    if form.is_accepted() {
        return html! {};
    }
    html! {
        div class="govuk-error-summary" data-module="govuk-error-summary" {
            div role="alert" {
                h2 class="govuk-error-summary__title" { "There is a problem" }
                div class="govuk-error-summary__body" {
                    ul class="govuk-list govuk-error-summary__list" {
                        @for error in form.errors() {
                            li {
                                @if let Some(field) = &error.field {
                                    a href=(format!("#{}", id_of(field))) { (error.message) }
                                } @else {
                                    (error.message)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Input, text_input};
    use super::*;

    #[test]
    fn an_accepted_form_shows_no_summary() {
        assert_eq!(error_summary(&Form::blank()).into_string(), "");
    }

    #[test]
    fn every_error_links_to_the_id_its_field_renders() {
        let mut form = Form::blank();
        form.refuse("e-mail[1]", "Enter an e-mail address");
        let summary = error_summary(&form).into_string();
        let field = text_input(&form.field("e-mail[1]", "E-mail"), Input::default()).into_string();
        assert!(summary.contains("<a href=\"#e-mail-1-\">Enter an e-mail address</a>"));
        assert!(field.contains("id=\"e-mail-1-\""));
    }

    #[test]
    fn an_error_of_the_whole_form_has_no_link() {
        let mut form = Form::blank();
        form.refuse_all("The sign-in has expired");
        assert!(error_summary(&form).into_string().contains("<li>The sign-in has expired</li>"));
    }

    #[test]
    fn what_the_reader_typed_is_escaped() {
        let mut form = Form::blank();
        form.refuse_all("<b>x</b>");
        assert!(!error_summary(&form).into_string().contains("<b>"));
    }
}
