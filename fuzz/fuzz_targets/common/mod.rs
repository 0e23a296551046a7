//! What must hold of whatever is read.

use intake::{Intake, Limits, Refusal};

/// Small limits, so that they are met often.
pub fn limits() -> Limits {
    Limits { bytes: 256 * 1024, depth: 24, rows: 500, text: 4096, nodes: 20_000 }
}

/// Reads the bytes and checks what must hold: counts add up, keys are unique, a refusal says what and what to do.
pub fn read_and_check(bytes: &[u8]) -> Option<Intake> {
    let read = intake::read(bytes, None, jiff::civil::date(2026, 3, 2), &limits());
    check(&read);
    read.ok()
}

fn check(read: &Result<Intake, Refusal>) {
    match read {
        Ok(found) => {
            let skipped: usize = found.skips.iter().map(|skip| skip.rows).sum();
            assert_eq!(found.rows_seen, found.listings.len() + found.escort_records.len() + skipped);
            unique(found.listings.iter().map(|listing| listing.source_key.as_str()));
            unique(found.escort_records.iter().map(|record| record.source_key.as_str()));
            for record in &found.escort_records {
                let _ = intake::screening_facts(record);
            }
        }
        Err(refusal) => assert!(refusal.what.ends_with('.') && refusal.advice.is_some(), "{refusal:?}"),
    }
}

fn unique<'a>(keys: impl Iterator<Item = &'a str>) {
    let mut keys: Vec<&str> = keys.collect();
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all, "keys repeat");
}
