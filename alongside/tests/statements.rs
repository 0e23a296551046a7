//! Every statement of the service prepares on both engines: they are found by reading our own sources.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use alongside::service::MIGRATIONS;
use std::fs;
use std::path::Path;
use store::testing::{both, complaint};

/// The literals inside `sql("…")` of one source text.
fn statements(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find("sql(") {
        let before = rest[..at].chars().next_back();
        rest = rest[at + 4..].trim_start();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') || !rest.starts_with('"') {
            continue;
        }
        let (mut text, mut escaped) = (String::new(), false);
        for c in rest[1..].chars() {
            match (escaped, c) {
                (true, 'n') => text.push('\n'),
                (true, '\n') => {}
                (true, c) => text.push(c),
                (false, '\\') => {
                    escaped = true;
                    continue;
                }
                (false, '"') => break,
                (false, c) => text.push(c),
            }
            escaped = false;
        }
        found.push(text);
    }
    found
}

fn sources(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let mut out = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut out);
    out
}

#[test]
fn every_statement_prepares_on_both_engines() {
    let found: Vec<(String, &'static str)> = all_sources()
        .into_iter()
        .flat_map(|(file, source)| {
            statements(&source).into_iter().map(move |s| (file.clone(), &*s.leak())).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.len() > 100, "only {} statements found: has the way of writing them changed?", found.len());
    both(MIGRATIONS, |world| {
        let complaints: Vec<String> = found
            .iter()
            .filter_map(|(file, text)| complaint(&world.db, text).map(|why| format!("{file}: {why}")))
            .collect();
        assert!(complaints.is_empty(), "{}:\n{}", world.engine, complaints.join("\n"));
    });
}

#[test]
fn every_call_of_sql_is_found() {
    for (file, source) in all_sources() {
        let calls = source.match_indices("sql(").filter(|(at, _)| {
            let before = source[..*at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
        });
        assert_eq!(
            calls.count(),
            statements(&source).len(),
            "{file}: a statement is not a literal right inside sql(\"…\")"
        );
    }
}
