//! The national table of magistrates' and Crown courts: code, name, petty sessional area, criminal justice area.
//!
//! From the standing data of the criminal justice system (organisation units with letters B and C, as published by the Ministry
//! of Justice under MIT in `bichard7-next-data`, August 2026). It names a court that nobody has set up yet, and finds the code of
//! a list that names its court only in words.

use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Vec<NationalCourt>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("national_courts.csv").as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .map(|row| {
            let field = |at: usize| row.get(at).unwrap_or_default().to_owned();
            NationalCourt { code: field(0), name: field(1), psa_code: field(2) }
        })
        .collect()
});

/// Plain name → code, for names that only one court has.
static BY_NAME: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut seen: HashMap<String, Option<&'static str>> = HashMap::new();
    for court in TABLE.iter() {
        seen.entry(plain_name(&court.name)).and_modify(|code| *code = None).or_insert(Some(&court.code));
    }
    seen.into_iter().filter_map(|(name, code)| code.map(|code| (name, code))).collect()
});

/// A court of the national table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalCourt {
    /// First five characters of the organisation unit code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Petty sessional area code, or empty.
    pub psa_code: String,
}

/// The court with this code.
#[must_use]
pub fn national_court(code: &str) -> Option<&'static NationalCourt> {
    TABLE.iter().find(|court| court.code == code)
}

/// The code of the court with this name, if only one court has it.
#[must_use]
pub fn national_code_of(name: &str) -> Option<&'static str> {
    BY_NAME.get(&plain_name(name)).copied()
}

/// A court's name without what senders leave out or add.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let crown = name.to_lowercase().contains("crown");
    let name = name.to_lowercase().replace(['\'', '’', '.', ','], "");
    let words =
        name.split_whitespace().filter(|w| !["magistrates", "magistrate", "court", "the", "at"].contains(w));
    let words = words.collect::<Vec<_>>().join(" ");
    // "Thames" alone means the magistrates' court; a Crown Court says so.
    if crown && !words.contains("crown") { format!("{words} crown") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_court_is_known_by_code_and_by_any_spelling_of_its_name() {
        assert_eq!(national_court("B01ND").unwrap().name, "Thames Magistrates' Court");
        for name in
            ["Thames Magistrates' Court", "THAMES MAGISTRATES COURT", "Thames", "Thames Magistrates’ Court"]
        {
            assert_eq!(national_code_of(name), Some("B01ND"), "{name}");
        }
        assert_eq!(national_code_of("Nowhere Magistrates' Court"), None);
    }

    #[test]
    fn a_name_that_two_courts_have_decides_nothing() {
        assert_eq!(national_code_of("Newport Magistrates' Court"), None);
    }

    #[test]
    fn every_code_is_five_characters_and_stands_once() {
        let mut codes: Vec<&str> = TABLE.iter().map(|c| c.code.as_str()).collect();
        assert!(codes.len() > 300 && codes.iter().all(|c| c.len() == 5));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), TABLE.len());
    }
}
