//! PDF/A-2a and PDF/UA-1 by validators that are not ours, and the order in which a reader hears the report.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use documents::{Document, Fonts, Renderer};

/// The Python of the validators: `PDF_CHECKS`, or where scripts/setup-pdf-checks puts it. `None`, said aloud, when they
/// are not installed; with `CI` set they must be.
fn validators() -> Option<PathBuf> {
    let cache = || {
        let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        cache
            .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
            .map(|c| c.join("alongside/pdf-checks"))
    };
    let python = std::env::var_os("PDF_CHECKS").map(PathBuf::from).or_else(cache)?.join("bin/python");
    if python.exists() {
        return Some(python);
    }
    assert!(std::env::var_os("CI").is_none(), "the PDF validators are missing: run scripts/setup-test");
    println!("The PDF validators are not installed (scripts/setup-pdf-checks): nothing was checked.");
    None
}

fn written(folder: &Path, name: &str, document: &Document) -> PathBuf {
    let pdf = Renderer::new(Fonts::bundled()).unwrap().pdf(document).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, pdf.bytes).unwrap();
    path
}

#[test]
fn reports_pass_pdf_a_2a_and_pdf_ua_1() {
    let Some(python) = validators() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut draft = common::report();
    draft.signature = None;
    draft.sections.clear();
    let files = [
        written(folder.path(), "report.pdf", &common::report()),
        written(folder.path(), "long.pdf", &common::long_report(18)),
        written(folder.path(), "scripts.pdf", &common::many_scripts()),
        written(folder.path(), "draft.pdf", &draft),
        written(folder.path(), "empty.pdf", &Document::default()),
    ];
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check_pdf.py");
    let run = Command::new(python).arg(script).args(&files).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
}

#[test]
fn the_report_is_read_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "report.pdf", &common::report());
    let Ok(run) = Command::new("pdfinfo").arg("-struct-text").arg(&path).output() else {
        assert!(std::env::var_os("CI").is_none(), "pdfinfo is missing: run scripts/setup-test");
        return;
    };
    insta::assert_snapshot!(String::from_utf8_lossy(&run.stdout));
}
