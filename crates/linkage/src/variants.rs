//! Names one person may go by: nicknames, short forms, spellings of one name in our alphabet. The names are in
//! `data/name-variants.csv`; this file only reads them.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::hash::Fast;

static FILE: &str = include_str!("../data/name-variants.csv");
static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(FILE));

type Names = HashMap<&'static str, Entry, BuildHasherDefault<Fast>>;

#[derive(Default)]
struct Entry {
    /// Numbers of the groups the name stands in, ascending.
    groups: Vec<u16>,
    /// The full name it is looked up under: itself if it heads a group, else the head of its first group.
    head: &'static str,
}

struct Table {
    names: Names,
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut names = Names::default();
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        for (number, line) in (1u16..).zip(lines) {
            let head = line.split(' ').next().unwrap_or(line);
            for name in line.split(' ') {
                let entry = names.entry(name).or_default();
                if entry.groups.last() != Some(&number) {
                    entry.groups.push(number);
                }
                if entry.head.is_empty() || name == head {
                    entry.head = head;
                }
            }
        }
        Table { names }
    }
}

/// True when two different cleaned given names may be one person's: `BILL` and `WILLIAM`, `MUHAMMAD` and `MOHAMED`.
#[must_use]
pub fn are_variants(a: &str, b: &str) -> bool {
    match (TABLE.names.get(a), TABLE.names.get(b)) {
        (Some(a), Some(b)) => a.groups.iter().any(|group| b.groups.contains(group)),
        _ => false,
    }
}

/// The full name a cleaned given name is looked up under: `WILLIAM` for `BILL`; the name itself when no group has it.
#[must_use]
pub fn full_form(name: &str) -> &str {
    TABLE.names.get(name).map_or(name, |entry| entry.head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_heritages_meet_their_variants() {
        for (a, b) in [
            ("BILL", "WILLIAM"),
            ("MUHAMMAD", "MOHAMED"),
            ("XASAN", "HASSAN"),
            ("PIOTR", "PETER"),
            ("EMEKA", "CHUKWUEMEKA"),
            ("JASWINDER", "JAS"),
            ("SAM", "SAMANTHA"),
            ("SAM", "SAMUEL"),
        ] {
            assert!(are_variants(a, b) && are_variants(b, a), "{a} {b}");
        }
        assert!(!are_variants("SAMANTHA", "SAMUEL"));
        assert!(!are_variants("DAVID", "PETER"));
    }

    #[test]
    fn every_name_in_the_file_is_already_clean() {
        for line in FILE.lines().filter(|line| !line.starts_with('#')) {
            for name in line.split(' ') {
                assert_eq!(crate::clean::clean_words(name), name, "in {line:?}");
            }
        }
    }
}
