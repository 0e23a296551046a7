//! What a form with a draft carries, and what it says when it goes on with an earlier one.

use super::kept::{Instance, Opened};
use crate::clock;
use crate::ids::DraftId;
use crate::web::components::{Form, draft_status, inset_text};
use maud::{Markup, html};

/// The hidden fields of a form with a draft, and the line that says when it was saved. The form itself needs
/// `data-draft="/drafts/<id>"`.
pub fn fields(what: &Instance, opened: &Opened) -> Markup {
    html! {
        input type="hidden" name="draft" value=(opened.id);
        input type="hidden" name="draft_version" value=(opened.version);
        input type="hidden" name="draft_form" value=(what.form);
        input type="hidden" name="draft_subject" value=(what.subject);
        input type="hidden" name="draft_href" value=(what.href);
        (draft_status())
    }
}

/// Above the form: that it goes on with an earlier draft, how to start afresh, and that another text was kept.
pub fn notice(opened: &Opened) -> Markup {
    html! {
        @if let Some(at) = opened.continued_from {
            (inset_text(html! {
                p class="govuk-body" {
                    "This goes on with what you typed until " (clock::moment_words(at)) "."
                    @if opened.other_texts > 0 { " Another text of this form was kept too: " a class="govuk-link" href=(format!("/drafts/{}", opened.id)) { "look at both" } "." }
                }
                form method="post" action=(format!("/drafts/{}/discard", opened.id)) {
                    button class="govuk-button govuk-button--secondary al-button--small" data-module="govuk-button" { "Start with a blank form" }
                }
            }))
        }
    }
}

/// A form that was sent and can't be used yet, with what was typed and what is wrong with it.
pub fn reopened(sent: &Form) -> Opened {
    Opened {
        id: sent.value("draft").parse().unwrap_or_else(|_| DraftId::fresh()),
        version: sent.value("draft_version").parse().unwrap_or(0),
        form: sent.clone(),
        continued_from: None,
        other_texts: 0,
    }
}
