//! Scoring as the command line does it, for tests.
#![allow(dead_code)] // each test file uses its part

pub mod vectors;

use std::path::PathBuf;
use std::sync::LazyLock;

use instruments::report::{RequestError, ScoreReport, ScoreRequest, score_by_name};
use instruments::{Library, Met};

static LIBRARY: LazyLock<Library> =
    LazyLock::new(|| Library::builtin().unwrap_or_else(|errors| panic!("{errors}")));

pub fn library() -> &'static Library {
    &LIBRARY
}

pub fn request(name: &str, answers: &str) -> ScoreRequest {
    ScoreRequest { name: name.to_owned(), answers: answers.to_owned(), ..ScoreRequest::default() }
}

pub fn try_score(request: &ScoreRequest) -> Result<ScoreReport, RequestError> {
    score_by_name(library(), request)
}

pub fn score(name: &str, answers: &str) -> ScoreReport {
    try_score(&request(name, answers)).unwrap_or_else(|e| panic!("{name} {answers}: {e}"))
}

pub fn score_for(name: &str, answers: &str, sex: &str) -> ScoreReport {
    let request = ScoreRequest { sex: Some(sex.to_owned()), ..request(name, answers) };
    try_score(&request).unwrap_or_else(|e| panic!("{name} {answers}: {e}"))
}

pub fn total(report: &ScoreReport) -> Option<f64> {
    report.total.map(|t| t.rounded())
}

pub fn subscale(report: &ScoreReport, id: &str) -> Option<f64> {
    report
        .subscales
        .get(id)
        .unwrap_or_else(|| panic!("{} has no subscale {id}", report.id))
        .map(|v| v.rounded())
}

/// Whether the finding with this id, or failing that this cut-off in words, is met.
pub fn met(report: &ScoreReport, cut_off: &str) -> Met {
    let found = report.findings.iter().find(|f| f.id == cut_off || f.cut_off == cut_off);
    found.unwrap_or_else(|| panic!("{} has no cut-off {cut_off}: {:?}", report.id, report.findings)).met
}

/// A file of the shared reference vectors; `None`, said in a line, when they are not beside the checkout.
pub fn shared_vectors(file: &str) -> Option<String> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors")).join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(_) => {
            println!("{file} is not beside this checkout: skipped");
            None
        }
    }
}

/// Rows of a CSV text, without its comment lines.
pub fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}
