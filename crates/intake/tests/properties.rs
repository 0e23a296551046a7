//! What holds for every file.
#![allow(clippy::unwrap_used)]

use intake::{Intake, Limits, Refusal, read, screening_facts};
use jiff::civil::date;
use proptest::prelude::*;

const SAMPLES: [&str; 11] = [
    "libra-csci.xml",
    "libra-soap.xml",
    "libra-2019.xml",
    "hearing-review.json",
    "hearing-resulted-sns.json",
    "escort-framework.json",
    "escort-flat.json",
    "escort-2016.json",
    "escort-wide.csv",
    "escort-long.csv",
    "list.csv",
];

fn sample(at: usize) -> Vec<u8> {
    std::fs::read(format!("{}/samples/{}", env!("CARGO_MANIFEST_DIR"), SAMPLES[at])).unwrap()
}

fn take(bytes: &[u8]) -> Result<Intake, Refusal> {
    read(bytes, None, date(2026, 3, 2), &Limits::default())
}

/// Counts add up, keys are unique, reading again gives the same, a refusal says what to do.
fn check(bytes: &[u8]) {
    let once = take(bytes);
    assert_eq!(once, take(bytes));
    match once {
        Ok(found) => {
            let skipped: usize = found.skips.iter().map(|skip| skip.rows).sum();
            assert_eq!(found.rows_seen, found.listings.len() + found.escort_records.len() + skipped);
            let mut keys: Vec<&String> = found.listings.iter().map(|listing| &listing.source_key).collect();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), found.listings.len());
            for record in &found.escort_records {
                screening_facts(record);
            }
        }
        Err(refusal) => assert!(refusal.what.ends_with('.') && refusal.advice.is_some(), "{refusal:?}"),
    }
}

/// One change to a file: bytes cut out, written over, put in, or repeated.
fn changed(mut bytes: Vec<u8>, changes: &[(u8, prop::sample::Index, Vec<u8>)]) -> Vec<u8> {
    for (how, at, other) in changes {
        let at = at.index(bytes.len().max(1));
        let end = (at + other.len() * 8).min(bytes.len());
        match how % 4 {
            0 => drop(bytes.drain(at.min(end)..end)),
            1 => bytes.iter_mut().skip(at).zip(other).for_each(|(byte, new)| *byte = *new),
            2 => drop(bytes.splice(at..at, other.iter().copied())),
            _ => {
                let copy = bytes[at.min(end)..end].to_vec();
                bytes.splice(at..at, copy);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check(&bytes);
    }

    #[test]
    fn any_text_behind_a_beginning_is_read_or_refused(start in 0_usize..6, text in ".{0,300}") {
        let starts = ["<CourtList>", "<session>", "{\"hearing\":", "[{\"person\":", "Court code,Date,Name\n", "Record,Name,Question,Answer\n"];
        check(format!("{}{text}", starts[start]).as_bytes());
    }

    #[test]
    fn changed_samples_are_read_or_refused(
        at in 0..SAMPLES.len(),
        changes in prop::collection::vec((any::<u8>(), any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 1..12)), 1..6),
    ) {
        check(&changed(sample(at), &changes));
    }

    #[test]
    fn a_sample_cut_anywhere_is_read_or_refused_and_a_cut_list_takes_nobody_off(at in 0..SAMPLES.len(), cut in any::<prop::sample::Index>()) {
        let bytes = sample(at);
        let cut = cut.index(bytes.len());
        check(&bytes[..cut]);
        let whole = std::str::from_utf8(&bytes).unwrap().trim_end().len();
        if SAMPLES[at].ends_with("xml") && cut < whole && let Ok(found) = take(&bytes[..cut]) {
            prop_assert!(found.covers.is_empty());
        }
    }

    #[test]
    fn every_case_of_a_list_is_a_listing_or_a_skip(
        cases in prop::collection::vec((0_u8..3, "[AB]{0,2}", "[0-9]{0,2}", prop::option::of("[0-9/]{0,10}")), 0..40),
        room in 0_u8..60,
        dated in any::<bool>(),
    ) {
        let elements: String = cases
            .iter()
            .map(|(id, name, number, birth)| {
                let birth = birth.as_ref().map(|text| format!("<def_dob>{text}</def_dob>")).unwrap_or_default();
                format!("<case><c_id>{id}</c_id><caseno>{number}</caseno><def_name>{name}</def_name>{birth}</case>")
            })
            .collect();
        let day = if dated { "<doh>02/03/2026</doh>" } else { "<doh>[TODAY]</doh>" };
        let text = format!("<CourtList><sessions><session>{day}<court>T</court><room>{room}</room><blocks><block><cases>{elements}</cases></block></blocks></session></sessions></CourtList>");
        check(text.as_bytes());
        match take(text.as_bytes()) {
            Ok(found) => prop_assert_eq!(found.rows_seen, cases.len()),
            Err(_) => prop_assert!(cases.is_empty()),
        }
    }
}
