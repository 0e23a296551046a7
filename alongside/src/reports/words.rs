//! Words to look at before a report is signed: a list that a clinical lead can read and change.

use super::kinds::{DataError, read_data};
use serde::Deserialize;
use std::path::Path;

/// Why a word is on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordKind {
    /// A bench does not know it.
    Jargon,
    /// It labels a person.
    Stigma,
    /// The service's own rules don't allow it.
    Rule,
}

/// One entry.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// The words looked for. All in capitals, or with a capital first: only so. Else whatever the capitals.
    pub find: Vec<String>,
    /// Why it is there.
    pub kind: WordKind,
    /// What to say instead.
    pub say: String,
    /// Why not.
    pub why: String,
}

/// The list in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Shown beside what it finds.
    pub version: String,
    /// The entries.
    pub word: Vec<Word>,
}

/// One place where a word of the list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// As it stands in the text.
    pub found: &'a str,
    /// Its place in the list.
    pub entry: usize,
}

impl Words {
    /// The shipped list, or the deployer's own.
    ///
    /// # Errors
    /// When the file can't be read or an entry has nothing to find or to say.
    pub fn load(own: Option<&Path>) -> Result<Self, DataError> {
        read_data("report words", own, include_str!("words.toml"), |text| {
            let words: Self = toml::from_str(text).map_err(|e| e.message().to_owned())?;
            let empty = |word: &&Word| {
                word.find.is_empty() || word.find.iter().any(|f| f.trim().is_empty()) || word.say.is_empty()
            };
            match words.word.iter().find(empty) {
                Some(word) => Err(format!("an entry ({}) finds nothing or says nothing", word.why)),
                None => Ok(words),
            }
        })
    }

    /// Where words of the list stand in a text, as whole words; the longest where two overlap; each entry once.
    #[must_use]
    pub fn in_text<'a>(&self, text: &'a str) -> Vec<Hit<'a>> {
        let mut found: Vec<(usize, Hit<'a>)> = Vec::new();
        for (entry, word) in self.word.iter().enumerate() {
            for find in &word.find {
                if let Some((at, words)) = whole_word(text, find) {
                    found.push((at, Hit { found: words, entry }));
                }
            }
        }
        found.sort_by_key(|(at, hit)| (*at, std::cmp::Reverse(hit.found.len())));
        let (mut hits, mut end): (Vec<Hit<'a>>, usize) = (Vec::new(), 0);
        for (at, hit) in found {
            if (hits.is_empty() || at >= end) && !hits.iter().any(|there| there.entry == hit.entry) {
                end = at + hit.found.len();
                hits.push(hit);
            }
        }
        hits
    }
}

/// The first place where these words stand as whole words. Letters of an abbreviation ("PD", "Hx") must be written so: "pd" and
/// "led" are something else.
pub(super) fn whole_word<'a>(text: &'a str, find: &str) -> Option<(usize, &'a str)> {
    let exact = find.chars().any(char::is_uppercase);
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let find: Vec<char> = find.chars().collect();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let same = |a: char, b: char| if exact { a == b } else { a.to_lowercase().eq(b.to_lowercase()) };
    for start in 0..chars.len() {
        let before = start.checked_sub(1).and_then(|i| chars.get(i)).map(|(_, c)| *c);
        if !edge(before) {
            continue;
        }
        let mut at = start;
        let matches = find.iter().all(|wanted| match chars.get(at) {
            Some((_, c)) if same(*c, *wanted) => {
                at += 1;
                true
            }
            // A line may break between two words.
            Some((_, c)) if *wanted == ' ' && c.is_whitespace() => {
                at += 1;
                true
            }
            _ => false,
        });
        if matches && edge(chars.get(at).map(|(_, c)| *c)) {
            let end = chars.get(at).map_or(text.len(), |(byte, _)| *byte);
            return text.get(chars[start].0..end).map(|words| (chars[start].0, words));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<String> {
        Words::load(None).unwrap().in_text(text).iter().map(|hit| hit.found.to_owned()).collect()
    }

    #[test]
    fn words_are_found_whole_whatever_the_capitals_and_letters_only_as_letters() {
        assert_eq!(found("He is an Addict with suicidal\nideation."), ["Addict", "suicidal\nideation"]);
        assert_eq!(found("Addiction services; she led the way"), Vec::<String>::new());
        assert_eq!(found("MSE normal"), ["MSE"]);
        assert_eq!(found("mse normal"), Vec::<String>::new());
        assert_eq!(found("A high risk. High risk again."), ["high risk"]);
    }

    #[test]
    fn every_shipped_entry_has_something_else_to_say_and_does_not_offer_what_it_finds() {
        let words = Words::load(None).unwrap();
        for word in &words.word {
            for find in &word.find {
                assert!(whole_word(&word.say, find).is_none(), "{find} is offered for itself");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through_and_what_is_found_stands_in_it(text in "\\PC{0,80}", word in 0_usize..10) {
            let words = Words::load(None).unwrap();
            let put = format!("{text} {} ", words.word[word].find[0]);
            for hit in words.in_text(&put) {
                prop_assert!(put.contains(hit.found));
            }
            prop_assert!(whole_word(&put, &words.word[word].find[0]).is_some());
        }
    }
}
