//! Walks the public sample files that stand beside a checkout, when they are there. They are not part of the project.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use intake::{Limits, read};
use jiff::civil::date;

fn files(folder: &str) -> Vec<PathBuf> {
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples");
    let Ok(entries) = std::fs::read_dir(Path::new(base).join(folder)) else {
        println!("{folder}: the sample folder is absent; nothing was checked");
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.sort();
    found
}

fn walk(folder: &str) -> (usize, usize, BTreeMap<String, String>) {
    let (mut taken, mut rows, mut refusals) = (0, 0, BTreeMap::new());
    for path in files(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        match read(&bytes, Some(&name), date(2026, 3, 2), &Limits::default()) {
            Ok(intake) => {
                let skipped: usize = intake.skips.iter().map(|skip| skip.rows).sum();
                println!(
                    "{name}: {:?}, {} rows = {} listings + {} records + {skipped} skipped; {} notes; covers {}",
                    intake.format,
                    intake.rows_seen,
                    intake.listings.len(),
                    intake.escort_records.len(),
                    intake.notes.len(),
                    intake.covers.len() + intake.covers_hearings.len(),
                );
                assert_eq!(
                    intake.rows_seen,
                    intake.listings.len() + intake.escort_records.len() + skipped,
                    "{name}"
                );
                let mut keys: Vec<&String> =
                    intake.listings.iter().map(|listing| &listing.source_key).collect();
                keys.sort();
                keys.dedup();
                assert_eq!(keys.len(), intake.listings.len(), "{name}: keys repeat");
                taken += 1;
                rows += intake.rows_seen;
            }
            Err(refusal) => {
                println!("{name}: REFUSED {:?}: {refusal}", refusal.kind);
                assert!(refusal.what.ends_with('.') && refusal.advice.is_some(), "{name}");
                refusals.insert(name, refusal.to_string());
            }
        }
    }
    println!("{folder}: {taken} files taken, {rows} rows, {} refused", refusals.len());
    (taken, rows, refusals)
}

#[test]
fn every_sample_court_list_is_taken_or_refused_with_a_reason() {
    let (taken, rows, refusals) = walk("court-lists-libra");
    if taken > 0 {
        assert!(rows > 130, "{rows}");
        assert_eq!(refusals.len(), 4, "only the lists without a case are refused: {refusals:#?}");
    }
}

#[test]
fn every_sample_hearing_is_taken_or_refused_with_a_reason() {
    let (taken, rows, refusals) = walk("hearings-common-platform");
    if taken > 0 {
        assert!(taken >= 20 && rows >= 30, "{taken} {rows}");
        for (name, why) in refusals {
            assert!(!name.starts_with("court-case-matcher__"), "{name}: {why}");
        }
    }
}
