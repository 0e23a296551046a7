//! From the model to what the template reads: fixed words added, rows filled up, every string cleaned.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::clean::{Fate, REPLACEMENT, allowed, breakable};
use crate::fonts::{Family, Fonts};
use crate::model::{Block, Document, FactTable, Section};
use crate::render::{Replaced, Why};
use crate::words;

/// The document as the template reads it. Which fields are text doesn't matter to [`clean`]: all strings are walked.
pub(crate) fn for_template(document: &Document, families: &[Family]) -> Value {
    let signature = document.signature.as_ref().map(|signature| {
        json!({
            "author": signature.author,
            "role_line": words::role_line(signature),
            "date": signature.date,
            "countersigned": signature.countersigned,
        })
    });
    let author =
        document.signature.as_ref().map_or(&document.letterhead.project, |signature| &signature.author);
    json!({
        "title": one_line(&document.title, "Untitled"),
        "author": one_line(author, ""),
        "kind": one_line(&document.kind, ""),
        "language": { "code": document.language.code(), "region": document.language.region() },
        "date": day(document),
        "letterhead": document.letterhead,
        "marks": document.marks,
        "facts": document.facts.iter().map(facts).collect::<Vec<_>>(),
        "sections": document.sections.iter().map(section).collect::<Vec<_>>(),
        "signature": signature,
        "footer": document.footer,
        "footer_line": words::footer_line(&document.footer),
        "fonts": families,
        "words": {
            "not_recorded": words::NOT_RECORDED,
            "nothing_recorded": words::NOTHING_RECORDED,
            "page": words::PAGE,
            "signed": words::SIGNED,
            "countersigned": words::COUNTERSIGNED,
        },
    })
}

/// A file must have a title and a date (PDF/UA-1 7.1, PDF/A-2a): what is missing gets a stand-in rather than no report.
fn one_line(text: &str, otherwise: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { otherwise.into() } else { line }
}

fn day(document: &Document) -> Value {
    let day = &document.date;
    let year = day.year.clamp(1, 9999);
    let month = day.month.clamp(1, 12);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let longest = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    json!({ "year": year, "month": month, "day": day.day.clamp(1, longest), "words": day.words })
}

fn facts(table: &FactTable) -> Value {
    json!({ "caption": table.caption, "rows": table.rows })
}

fn section(section: &Section) -> Value {
    let blocks: Vec<Value> = section.blocks.iter().filter_map(block).collect();
    json!({ "heading": one_line(&section.heading, "–"), "blocks": blocks })
}

/// A block as the template reads it; `None` when there is nothing in it.
fn block(block: &Block) -> Option<Value> {
    let listed = |items: &[String]| -> Option<Vec<String>> {
        let items: Vec<String> = items.iter().filter(|item| !item.trim().is_empty()).cloned().collect();
        (!items.is_empty()).then_some(items)
    };
    Some(match block {
        Block::Paragraph { text } => {
            let paragraphs = words::paragraphs(text);
            if paragraphs.is_empty() {
                return None;
            }
            json!({ "block": "paragraph", "text": paragraphs })
        }
        Block::Bullets { items } => json!({ "block": "bullets", "items": listed(items)? }),
        Block::Numbered { items } => json!({ "block": "numbered", "items": listed(items)? }),
        Block::Table { caption, header, rows } => {
            let (header, rows) = rectangular(header, rows)?;
            json!({ "block": "table", "caption": caption, "weights": weights(&header, &rows), "header": header, "rows": rows })
        }
        Block::Quote { words: quoted, who, when, source } => {
            json!({ "block": "quote", "words": quoted, "said": words::said(who, when, source) })
        }
        Block::Notice { text } if text.trim().is_empty() => return None,
        Block::Notice { text } => json!({ "block": "notice", "text": text }),
    })
}

/// A table with rows of one length, as long as the longest; `None` without a column.
pub(crate) fn rectangular(
    header: &[String],
    rows: &[Vec<String>],
) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let columns = rows.iter().map(Vec::len).chain([header.len()]).max().filter(|columns| *columns > 0)?;
    let filled = |row: &[String]| {
        let mut row = row.to_vec();
        row.resize(columns, String::new());
        row
    };
    Some((filled(header), rows.iter().map(|row| filled(row)).collect()))
}

/// How wide the columns are against each other: by their longest cell, within bounds that keep dates on one line and long text
/// from taking everything.
fn weights(header: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let longest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).chain(header.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    (0..header.len()).map(|column| longest(column).clamp(12, 48)).collect()
}

/// What to do with a sign the fonts don't have, and what was found broken in an earlier try.
pub(crate) struct Cleaner<'a> {
    pub(crate) fonts: &'a Fonts,
    /// Texts that came out without a shape although each sign has one somewhere.
    pub(crate) unshapeable: &'a [String],
    /// Keep only what the main font has.
    pub(crate) main_font_only: bool,
}

impl Cleaner<'_> {
    /// Cleans every string of the value; returns what was replaced, by sign.
    pub(crate) fn clean(&self, value: &mut Value) -> Vec<Replaced> {
        let mut found = BTreeMap::new();
        self.walk(value, "", &mut found);
        found.into_values().collect()
    }

    fn walk(&self, value: &mut Value, place: &str, found: &mut BTreeMap<String, Replaced>) {
        match value {
            Value::String(text) => *text = self.text(text, place, found),
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.walk(item, &format!("{place}/{index}"), found);
                }
            }
            Value::Object(fields) => {
                for (name, field) in fields.iter_mut().filter(|(name, _)| *name != "fonts") {
                    self.walk(field, &format!("{place}/{name}"), found);
                }
            }
            _ => {}
        }
    }

    fn text(&self, text: &str, place: &str, found: &mut BTreeMap<String, Replaced>) -> String {
        let mut note = |sign: &str, why: Why| {
            let entry = found.entry(sign.to_owned()).or_insert_with(|| Replaced::new(sign, why, place));
            entry.times += 1;
        };
        let mut source = text.replace("\r\n", "\n");
        for broken in self.unshapeable.iter().filter(|broken| !broken.is_empty()) {
            for _ in source.matches(broken.as_str()) {
                note(broken, Why::NoShape);
            }
            source = source.replace(broken.as_str(), &REPLACEMENT.to_string());
        }
        let mut out = String::with_capacity(source.len());
        for c in source.chars() {
            match allowed(c) {
                Fate::Kept(c) if c == REPLACEMENT || self.has_shape(c) => out.push(c),
                Fate::Kept(c) if c.is_whitespace() => out.push(' '),
                Fate::Kept(c) => {
                    note(&c.to_string(), Why::NoShape);
                    out.push(REPLACEMENT);
                }
                Fate::Replaced => {
                    note(&c.to_string(), Why::NotAllowed);
                    out.push(REPLACEMENT);
                }
                Fate::Removed => note(&c.to_string(), Why::LeftOut),
            }
        }
        breakable(&out)
    }

    fn has_shape(&self, c: char) -> bool {
        if self.main_font_only { self.fonts.main_covers(c) } else { self.fonts.covers(c) }
    }
}
