//! The hazard log names tests as the hold of each control. A name that no longer exists would be a control that nobody holds.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn files(at: &Path, ends: &[&str], into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "local", ".git"].contains(&name.as_str()) {
                files(&path, ends, into);
            }
        } else if ends.iter().any(|end| name.ends_with(end)) {
            into.push(path);
        }
    }
}

/// Names of tests in a page: words in backticks that look like a function of ours.
fn named(page: &str) -> BTreeSet<String> {
    page.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| {
            word.matches('_').count() >= 3 && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_test_that_the_hazard_log_names_exists() {
    let mut sources = Vec::new();
    files(&root(), &[".rs"], &mut sources);
    let code: String = sources.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut pages = Vec::new();
    files(&root().join("docs/clinical-safety"), &[".md"], &mut pages);
    let mut missing = Vec::new();
    let mut seen = 0;
    for page in pages {
        for name in named(&fs::read_to_string(&page).unwrap()) {
            seen += 1;
            if !code.contains(&format!("fn {name}(")) {
                missing.push(format!("{}: {name}", page.file_name().unwrap().to_string_lossy()));
            }
        }
    }
    assert!(seen > 30, "only {seen} names found: has the way of writing them changed?");
    assert!(missing.is_empty(), "no such test:\n{}", missing.join("\n"));
}
