//! The model as text to read out in court: one sentence after another, tables as sentences, with the time it takes.

use serde::Serialize;

use crate::model::{Block, Document, Section};
use crate::prepare::rectangular;
use crate::words;

/// Words a minute of somebody who reads out a report so that it can be followed. Our setting, in the middle of the 140 to 160
/// that speaking guides give; each service can state its own.
pub const WORDS_PER_MINUTE: u32 = 150;

/// Text to read out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spoken {
    /// The text: paragraphs parted by empty lines.
    pub text: String,
    /// How many words.
    pub words: usize,
    /// The pace it was reckoned at.
    pub words_per_minute: u32,
    /// How long it takes, in seconds, rounded up.
    pub seconds: u64,
}

impl Spoken {
    /// How many words must go so that it takes at most `seconds`; 0 when it fits.
    pub fn words_over(&self, seconds: u64) -> usize {
        let fit = seconds.saturating_mul(u64::from(self.words_per_minute)) / 60;
        self.words.saturating_sub(usize::try_from(fit).unwrap_or(usize::MAX))
    }

    /// "2 min 20 s at 150 words a minute".
    pub fn time_in_words(&self) -> String {
        let time = match (self.seconds / 60, self.seconds % 60) {
            (0, seconds) => format!("{seconds} s"),
            (minutes, 0) => format!("{minutes} min"),
            (minutes, seconds) => format!("{minutes} min {seconds} s"),
        };
        format!("{time} at {} words a minute", self.words_per_minute)
    }
}

/// The document to read out, at a pace (0 is taken as 1). Address, footer and hash are not read; marks are read first.
pub fn read_aloud(document: &Document, words_per_minute: u32) -> Spoken {
    let mut parts: Vec<String> = Vec::new();
    parts.push(sentences([document.kind.as_str(), &document.title, &document.date.words]));
    if !document.letterhead.project.is_empty() {
        parts.push(sentence(&format!("From {}", document.letterhead.project)));
    }
    for mark in &document.marks {
        parts.push(sentences([mark.label.as_str(), &mark.words]));
    }
    for table in &document.facts {
        let rows: Vec<String> =
            table.rows.iter().map(|fact| fact_sentence(&fact.label, &fact.value, &fact.source)).collect();
        let rows = if rows.is_empty() { words::NOTHING_RECORDED.into() } else { rows.join(" ") };
        parts.push(join([sentence(&table.caption), rows]));
    }
    for section in &document.sections {
        parts.extend(section_parts(section));
    }
    if let Some(signature) = &document.signature {
        parts.push(sentence(&format!(
            "Signed by {}, {}, {}",
            signature.author,
            words::role_line(signature),
            signature.date
        )));
        if let Some(second) = &signature.countersigned {
            parts.push(sentence(&format!(
                "Countersigned by {}, {}, {}",
                second.name, second.role, second.date
            )));
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    let text = parts.join("\n\n");
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    let words_per_minute = words_per_minute.max(1);
    let seconds = (words as u64 * 60).div_ceil(u64::from(words_per_minute));
    Spoken { text, words, words_per_minute, seconds }
}

fn section_parts(section: &Section) -> Vec<String> {
    let mut parts = vec![sentence(&section.heading)];
    let before = parts.len();
    for block in &section.blocks {
        match block {
            Block::Paragraph { text } => {
                parts.extend(words::paragraphs(text).iter().map(|text| sentence(text)))
            }
            Block::Notice { text } => parts.push(sentence(text)),
            Block::Bullets { items } => parts.push(sentences(items.iter().map(String::as_str))),
            Block::Numbered { items } => {
                let items: Vec<&String> = items.iter().filter(|item| !item.trim().is_empty()).collect();
                let spoken = items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| format!("{}: {}", index + 1, sentence(item)));
                parts.push(spoken.collect::<Vec<_>>().join(" "));
            }
            Block::Table { caption, header, rows } => {
                if let Some((header, rows)) = rectangular(header, rows) {
                    parts.push(join([sentence(caption), table(&header, &rows)]));
                }
            }
            Block::Quote { words: quoted, who, when, source } => {
                parts.push(join([words::said(who, when, source), format!("“{}”", sentence(quoted))]));
            }
        }
    }
    if parts[before..].iter().all(|part| part.trim().is_empty()) {
        parts.push(words::NOTHING_RECORDED.into());
    }
    parts
}

/// "Row 1: Service, Bridge clinic; First appointment, 2 December."
fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let spoken = rows.iter().enumerate().map(|(index, row)| {
        let cells: Vec<String> = header
            .iter()
            .zip(row)
            .filter(|(_, cell)| !cell.trim().is_empty())
            .map(|(head, cell)| {
                if head.is_empty() {
                    one_line(cell)
                } else {
                    format!("{}, {}", one_line(head), one_line(cell))
                }
            })
            .collect();
        sentence(&format!("Row {}: {}", index + 1, cells.join("; ")))
    });
    spoken.collect::<Vec<_>>().join(" ")
}

fn fact_sentence(label: &str, value: &str, source: &str) -> String {
    let value = if value.trim().is_empty() { words::NOT_RECORDED.into() } else { one_line(value) };
    let fact = sentence(&format!("{}: {value}", one_line(label)));
    if source.trim().is_empty() { fact } else { join([fact, sentence(&format!("Source: {source}"))]) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// With a full stop where there is no end yet.
fn sentence(text: &str) -> String {
    let text = one_line(text);
    match text.chars().last() {
        None => text,
        Some('.' | '!' | '?' | ':' | '…' | '。' | '।' | '؟') => text,
        Some(_) => format!("{text}."),
    }
}

fn sentences<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    join(texts.into_iter().map(sentence))
}

fn join(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
