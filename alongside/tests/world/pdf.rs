//! PDF files, looked at by validators that are not ours.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::Command;

/// The Python of the validators, as the tests of `documents` find it. `None`, said aloud, when they are not installed; with `CI`
/// set they must be.
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

/// A PDF that the validators find nothing in; nothing is checked where they are not installed, and the run says so.
pub fn passes(name: &str, pdf: &[u8]) {
    let Some(python) = validators() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, pdf).unwrap();
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../crates/documents/tests/check_pdf.py");
    let run = Command::new(python).arg(script).arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
}

/// What a reader of a PDF reads, its lines run together. `pdftotext` is among the packages that tests need.
pub fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("read.pdf");
    std::fs::write(&file, pdf).unwrap();
    let run = Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}
