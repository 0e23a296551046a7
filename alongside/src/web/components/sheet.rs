//! The morning pack on paper: the line that says who printed it, and one cell sheet a person.
//!
//! A sheet goes to the cells with no network. What is written on it is typed in later under its short code, so the code
//! is large. Styles: `web/styles/_print.scss`.

use maud::{Markup, html};

/// One person's sheet.
#[derive(Debug, Clone)]
pub struct CellSheet<'a> {
    /// Name as on the list.
    pub name: &'a str,
    /// What tells them apart and where they are: "34, female, in custody · Court 3, 10:00, no. 14".
    pub about: &'a str,
    /// What must not be published, on every page about somebody it protects; empty when nothing is restricted.
    pub warnings: Markup,
    /// The short code that opens this record later.
    pub code: &'a str,
    /// What they are charged with, short.
    pub offence: &'a str,
    /// Whether they are known to us, in words.
    pub known: &'a str,
    /// Every marker.
    pub markers: Vec<SheetMarker<'a>>,
    /// What to ask about, from the markers.
    pub ask: Vec<&'a str>,
    /// Questions answered yes, no, not known or declined, in the order in which the form asks them later.
    pub questions: &'a [&'a str],
    /// Who printed it and when: a sheet travels without the others.
    pub printed: &'a str,
}

/// One marker as it stands on paper: nothing hangs on colour.
#[derive(Debug, Clone, Copy)]
pub struct SheetMarker<'a> {
    /// "ACCT open".
    pub text: &'a str,
    /// The words of whoever said it.
    pub said: &'a str,
    /// Who said it and when: "Escort record, 24 Nov 2025".
    pub source: &'a str,
}

/// What came of it, for the pen: the reasons for not screening are those of the service.
const OUTCOMES: [&str; 9] = [
    "Seen",
    "Declined",
    "Released before",
    "Interpreter absent",
    "Unfit or intoxicated",
    "No time",
    "Solicitor with them",
    "Refused by custody staff",
    "Other, see notes",
];

/// More lines to write on than fit: the page shows as many as it has room for.
const LINES: usize = 24;

/// Who printed this, when, and what to do with it afterwards. Seen on paper only; stands first on the page.
pub fn print_line(what: &str, printed_by: &str, at: &str) -> Markup {
    html! {
        p class="al-print-line" {
            (what) ". Printed by " (printed_by) " at " (at) ". Confidential: health information. Shred after use."
        }
    }
}

/// One sheet; on paper each starts a page of its own.
pub fn cell_sheet(sheet: &CellSheet<'_>) -> Markup {
    html! {
        // No landmark: a pack has as many as people, and two may have one name. The headings lead through it.
        section class="al-sheet" {
            div class="al-sheet__head" {
                div {
                    h2 { (sheet.name) }
                    p class="al-sheet__about" { (sheet.about) }
                    p class="al-sheet__about" { (sheet.offence) }
                    p class="al-sheet__about" { (sheet.known) }
                }
                p class="al-sheet__code" { "Code " strong { (sheet.code) } }
            }
            (sheet.warnings)
            h3 { "Markers" }
            @if sheet.markers.is_empty() { p class="al-sheet__about" { "None in the list or the escort record." } }
            @else { (markers(sheet)) }
            @if !sheet.ask.is_empty() {
                h3 { "Ask about" }
                ul class="al-sheet__ask" { @for question in &sheet.ask { li { (question) } } }
            }
            h3 { "Seen by, at what time" }
            div class="al-sheet__lines" aria-hidden="true" { span {} }
            h3 { "What came of it" }
            ul class="al-sheet__outcome" { @for outcome in OUTCOMES { li { (outcome) } } }
            @if !sheet.questions.is_empty() {
                h3 { "Ask, and ring the answer: yes, no, ? not known, d declined" }
                ul class="al-sheet__questions" { @for question in sheet.questions { li { span { (question) } " " span class="al-sheet__answers" { "Y  N  ?  D" } } } }
            }
            h3 { "Notes" }
            div class="al-sheet__lines al-sheet__notes" aria-hidden="true" { @for _ in 0..LINES { span {} } }
            p class="al-sheet__printed" { (sheet.printed) ". Confidential: health information. Shred after use." }
        }
    }
}

fn markers(sheet: &CellSheet<'_>) -> Markup {
    html! {
        table class="al-sheet__markers" {
            caption class="govuk-visually-hidden" { "Markers of " (sheet.name) }
            thead { tr { th scope="col" { "Marker" } th scope="col" { "In their words" } th scope="col" { "Who said it, when" } } }
            tbody {
                @for marker in &sheet.markers {
                    tr { th scope="row" { (marker.text) } td { (marker.said) } td { (marker.source) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> CellSheet<'static> {
        CellSheet {
            name: "EXAMPLE, Ada",
            about: "34, female, in custody · Court 3, 10:00, no. 14",
            code: "7K3-QX",
            offence: "Theft from a shop",
            known: "Possibly known: 2 people to compare",
            warnings: html! {},
            markers: vec![SheetMarker {
                text: "ACCT open",
                said: "Placed on an ACCT plan on Friday",
                source: "Escort record, 24 Nov 2025",
            }],
            ask: vec!["What helped last time"],
            questions: &["Thoughts of harming themselves?"],
            printed: "Printed by Ada Example at 07:42 on 24 November 2025",
        }
    }

    #[test]
    fn a_sheet_says_who_said_what_and_when() {
        let html = cell_sheet(&sheet()).into_string();
        assert!(html.contains("<th scope=\"row\">ACCT open</th><td>Placed on an ACCT plan on Friday</td>"));
        assert!(html.contains("Code <strong>7K3-QX</strong>"));
        assert!(html.contains("Interpreter absent"));
        assert!(html.contains("Printed by Ada Example at 07:42 on 24 November 2025. Confidential"));
    }

    #[test]
    fn a_sheet_without_markers_says_so() {
        let html = cell_sheet(&CellSheet { markers: Vec::new(), ..sheet() }).into_string();
        assert!(html.contains("None in the list or the escort record."));
    }

    #[test]
    fn paper_says_who_printed_it_and_what_becomes_of_it() {
        let html = print_line("Morning board", "Ada Example", "07:42 on 24 November 2025").into_string();
        assert!(html.contains("Printed by Ada Example at 07:42"));
        assert!(html.contains("Shred after use"));
    }
}
