//! Choosing files. A plain file control without script; a drop area with it.

use maud::{Markup, html};

use super::field::Field;

/// How many files may be chosen at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowMany {
    /// Exactly one.
    One,
    /// Any number.
    Several,
}

/// A file control. The form it stands in must be sent as `multipart/form-data`.
/// `accept` is a hint to the browser (`.xml,.json,.csv`), never a check.
pub fn file_upload(field: &Field<'_>, how_many: HowMany, accept: Option<&str>) -> Markup {
    let error = if field.error().is_some() { " govuk-file-upload--error" } else { "" };
    let several = how_many == HowMany::Several;
    let drop_words = if several { "or drop files here" } else { "or drop a file here" };
    let choose_words = if several { "Choose files" } else { "Choose a file" };
    field.group(html! {
        div class="govuk-file-upload-wrapper" data-module="govuk-file-upload" "data-i18n.choose-files-button"=(choose_words)
            "data-i18n.drop-instruction"=(drop_words) {
            input class=(format!("govuk-file-upload{error}")) id=(field.id()) name=(field.name) type="file"
                multiple[several] accept=[accept] aria-describedby=[field.described_by()];
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Form};
    use super::*;

    #[test]
    fn several_files_can_be_chosen_and_the_hint_is_tied_to_the_control() {
        let form = Form::blank();
        let field = Field { hint: Some("Court lists and escort records"), ..form.field("files", "Files") };
        let html = file_upload(&field, HowMany::Several, Some(".xml,.json,.csv")).into_string();
        assert!(
            html.contains(
                "type=\"file\" multiple accept=\".xml,.json,.csv\" aria-describedby=\"files-hint\""
            )
        );
        assert!(html.contains("data-i18n.drop-instruction=\"or drop files here\""));
    }

    #[test]
    fn one_file_is_one_file() {
        let form = Form::blank();
        assert!(
            !file_upload(&form.field("file", "File"), HowMany::One, None).into_string().contains("multiple")
        );
    }
}
