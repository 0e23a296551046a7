//! Names: upper case, plain letters, one space between words; migration marks removed.
//!
//! Follows the published cleaning of `hmpps-person-match` (hyphen to space, apostrophe removed, "MC " joined, marks
//! stripped), and adds what its vectors leave open: accents folded, digits that a scan put for letters turned back,
//! initials kept as initials.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name made comparable: upper-case words separated by single spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct FullName {
    /// Forename then middle names and initials: `MARY JANE R`.
    pub given: String,
    /// Surname: `MCDUFF MCDONALD`.
    pub surname: String,
}

impl FullName {
    /// Cleans the three parts of a name as written.
    #[must_use]
    pub fn read(forename: &str, middle: &str, surname: &str) -> Self {
        let mut given = clean_words(forename);
        if !middle.is_empty() {
            let middle = clean_words(middle);
            if !middle.is_empty() {
                if !given.is_empty() {
                    given.push(' ');
                }
                given.push_str(&middle);
            }
        }
        FullName { given, surname: clean_words(surname) }
    }

    /// True when nothing of the name is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.surname.is_empty()
    }

    /// The first given name, which may be an initial; empty when not known.
    #[must_use]
    pub fn forename(&self) -> &str {
        self.given.split(' ').next().unwrap_or("")
    }

    /// Given names after the first, which may be initials.
    pub fn middles(&self) -> impl Iterator<Item = &str> {
        self.given.split(' ').skip(1)
    }

    /// The words of the surname: two for a double-barrelled one.
    pub fn surnames(&self) -> impl Iterator<Item = &str> {
        self.surname.split(' ').filter(|word| !word.is_empty())
    }
}

/// Upper-case words of a name, single spaces between. Cleaning what is already clean changes nothing.
///
/// Letters of any script are kept; accents are folded (`É` to `E`, `Ł` to `L`); other signs go.
#[must_use]
pub fn clean_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        push_ascii(&mut out, text);
    } else {
        let upper = text.chars().flat_map(char::to_uppercase).nfkd().filter(|c| !is_combining_mark(*c));
        for c in upper.flat_map(fold).flat_map(char::to_uppercase).filter(|c| !is_combining_mark(*c)) {
            push_char(&mut out, c);
        }
    }
    while out.ends_with(' ') {
        out.pop();
    }
    letters_for_digits(&mut out);
    strip_marks(&mut out);
    join_mc(&mut out);
    out
}

/// Marks that migrations and forms leave in name fields, as words.
const MARKS: [&[&str]; 4] = [&["MIG", "ERROR"], &["NO", "SHOW"], &["NOT", "ENTERED"], &["DUPLICATE"]];

fn strip_marks(text: &mut String) {
    // Nearly every name is one word, and only one mark is.
    if !text.as_bytes().contains(&b' ') {
        if text == "DUPLICATE" {
            text.clear();
        }
        return;
    }
    if !["ERROR", "SHOW", "ENTERED", "DUPLICATE"].iter().any(|mark| text.contains(mark)) {
        return;
    }
    let mut kept: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        kept.push(word);
        for mark in MARKS {
            if kept.ends_with(mark) {
                kept.truncate(kept.len() - mark.len());
            }
        }
    }
    *text = kept.join(" ");
}

fn push_ascii(out: &mut String, text: &str) {
    if text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        out.push_str(text);
        out.make_ascii_uppercase();
        return;
    }
    for byte in text.bytes() {
        push_char(out, byte.to_ascii_uppercase() as char);
    }
}

fn push_char(out: &mut String, c: char) {
    if c.is_alphanumeric() {
        out.push(c);
    } else if matches!(c, '\'' | '`' | '\u{2019}' | '\u{2018}' | '\u{2BC}' | '.') {
        // O'Connor is one word; so is a name with full stops.
    } else if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Letters that do not fall apart into a base letter and an accent.
fn fold(c: char) -> impl Iterator<Item = char> {
    let pair: &str = match c {
        'ß' | 'ẞ' => "SS",
        'æ' | 'Æ' => "AE",
        'œ' | 'Œ' => "OE",
        'ø' | 'Ø' => "O",
        'đ' | 'Đ' | 'ð' | 'Ð' => "D",
        'þ' | 'Þ' => "TH",
        'ł' | 'Ł' => "L",
        'ı' => "I",
        'ħ' | 'Ħ' => "H",
        'ə' | 'Ə' => "A",
        _ => "",
    };
    let own = if pair.is_empty() { Some(c) } else { None };
    pair.chars().chain(own)
}

/// `MC KENZIE` is `MCKENZIE`.
fn join_mc(text: &mut String) {
    if !text.as_bytes().contains(&b' ') || !text.contains("MC ") {
        return;
    }
    let mut from = 0;
    while let Some(found) = text[from..].find("MC ") {
        let at = from + found;
        let starts_word = at == 0 || text.as_bytes()[at - 1] == b' ';
        if starts_word {
            text.remove(at + 2);
        }
        from = at + 2;
    }
}

/// A scanned form turns letters into digits (`5HAUN`, `WI1LIAMS`); no name has a digit, so turn them back.
fn letters_for_digits(text: &mut String) {
    if !text.bytes().any(|b| b.is_ascii_digit()) || !text.bytes().any(|b| b.is_ascii_uppercase()) {
        return;
    }
    *text = text
        .chars()
        .map(|c| match c {
            '0' => 'O',
            '1' => 'I',
            '3' => 'E',
            '4' => 'A',
            '5' => 'S',
            '6' => 'G',
            '8' => 'B',
            other => other,
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_scripts_and_scans_become_one_spelling() {
        for (raw, clean) in [
            ("Siân", "SIAN"),
            ("Łukasz", "LUKASZ"),
            ("Müller", "MULLER"),
            ("Weiß", "WEISS"),
            ("5haun", "SHAUN"),
            ("D’Souza", "DSOUZA"),
            ("de la Cruz", "DE LA CRUZ"),
            ("Mc Duff", "MCDUFF"),
            ("N0T-ENTERED Ann", "ANN"),
            ("  ", ""),
        ] {
            assert_eq!(clean_words(raw), clean, "{raw:?}");
        }
    }
}
