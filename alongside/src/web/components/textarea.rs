//! Several lines of plain text.

use maud::{Markup, html};

use super::field::Field;

/// A plain text area; no rich text, by decision (structure comes from sections, not from formatting).
/// `rows` is how many lines it shows at first.
pub fn textarea(field: &Field<'_>, rows: u8) -> Markup {
    let error = if field.error().is_some() { " govuk-textarea--error" } else { "" };
    field.group(html! {
        textarea class=(format!("govuk-textarea{error}")) id=(field.id()) name=(field.name) rows=(rows)
            spellcheck="true" aria-describedby=[field.described_by()] aria-invalid=[field.error().map(|_| "true")] {
            // A browser drops the first line break after the tag: give it one of its own.
            "\n" (field.value())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;

    #[test]
    fn text_that_starts_with_a_line_break_keeps_it() {
        let form = Form::from_pairs([("note", "\nsecond line")]);
        let html = textarea(&form.field("note", "Note"), 4).into_string();
        assert!(html.contains(">\n\nsecond line</textarea>"));
        assert!(html.contains("rows=\"4\""));
    }

    #[test]
    fn a_refused_area_is_marked_and_described() {
        let mut form = Form::blank();
        form.refuse("reason", "Say why");
        let html = textarea(&form.field("reason", "Reason"), 3).into_string();
        assert!(html.contains("govuk-textarea--error"));
        assert!(html.contains("aria-describedby=\"reason-error\""));
    }
}
