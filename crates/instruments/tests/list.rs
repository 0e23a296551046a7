//! What the command line prints, kept as snapshots to be read by eye.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use common::{library, score, score_for};
use instruments::licences;
use instruments::report::{list, list_text, show_by_name};

#[test]
fn the_list_of_instruments() {
    insta::assert_snapshot!(list_text(&list(library())));
}

#[test]
fn the_licence_register_names_owner_terms_and_evidence() {
    let lines = licences(library()).into_iter().map(|e| {
        format!("{} | {:?} | {} | {} | {} | {}", e.name, e.verdict, e.owner, e.terms, e.evidence, e.checked)
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn one_instrument_shown() {
    insta::assert_snapshot!(show_by_name(library(), "audit", None).unwrap().text());
}

#[test]
fn an_incomplete_form_in_json() {
    insta::assert_json_snapshot!(score("PHQ-9", "1 2 0 3 . 1 0 0 2"));
}

#[test]
fn a_form_in_plain_text() {
    insta::assert_snapshot!(score_for("DUDIT", "3 3 0 0 0 0 0 0 0 0 2", "m").text());
}

#[test]
fn shown_instruments_say_everything_an_editor_wrote() {
    for instrument in library().instruments() {
        let shown = show_by_name(library(), &instrument.id, None).unwrap();
        let text = shown.text();
        for part in instrument.notes.iter().chain(&instrument.unconfirmed).chain(&instrument.sources) {
            assert!(text.contains(part), "{}: {part}", instrument.id);
        }
        assert!(text.contains(&instrument.licence.terms), "{}", instrument.id);
        assert!(serde_json::to_string(&shown).unwrap().contains(&instrument.id));
    }
}
