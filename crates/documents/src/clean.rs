//! Text made safe to print: what no font or no archive file may hold becomes a visible sign, and is reported.

use unicode_segmentation::UnicodeSegmentation;

/// The sign that stands for what could not be printed.
pub(crate) const REPLACEMENT: char = '\u{FFFD}';

/// What happened to a character.
pub(crate) enum Fate {
    Kept(char),
    /// Printed as [`REPLACEMENT`].
    Replaced,
    /// Has no shape, and would reorder or hide text: left out.
    Removed,
}

/// What PDF/A and good sense allow, before any font is asked. Private use and unassigned signs have no agreed meaning
/// (PDF/A-2, 6.2.11.7); overriding directions could make a text read other than it is written.
pub(crate) fn allowed(c: char) -> Fate {
    match c {
        '\n' => Fate::Kept(c),
        '\t' => Fate::Kept(' '),
        '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Kept('\n'),
        '\u{202A}'..='\u{202E}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}' => Fate::Removed,
        '\u{FFF9}'..='\u{FFFC}' => Fate::Replaced,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Fate::Replaced,
        c if c.is_control() || is_noncharacter(c) => Fate::Replaced,
        c => Fate::Kept(c),
    }
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

/// Runs without a space longer than this get places to break.
const LONGEST_RUN: usize = 28;
const BREAK_EVERY: usize = 14;

/// Puts zero-width spaces into very long words (pasted addresses, keys, a line of dashes) so that they don't run over the edge of
/// the page or of a table cell. Scripts that are written without spaces know their own places to break.
pub(crate) fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if word.len() <= LONGEST_RUN || word.chars().any(is_written_without_spaces) {
            out.push_str(word);
            continue;
        }
        let mut run = 0;
        let graphemes: Vec<&str> = word.graphemes(true).collect();
        let long = graphemes.len() > LONGEST_RUN;
        for grapheme in graphemes {
            if long && run == BREAK_EVERY {
                out.push('\u{200B}');
                run = 0;
            }
            run = if grapheme == "\n" { 0 } else { run + 1 };
            out.push_str(grapheme);
        }
    }
    out
}

// Thai, Lao, Tibetan, Myanmar, Khmer, and the ideographs, kana and syllables of East Asia.
fn is_written_without_spaces(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0FFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x9FFF | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}
