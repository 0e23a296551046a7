//! Everything held about a person as passages in plain words, each with a reason to look at it where it names or comes from
//! somebody else.

use crate::clock;
use crate::holdings::{Column, Gathered, Kind, Voice};
use crate::reports::{Names, mentions, relation_in};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use store::{Result, Row};

/// One passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Tells it from all others, as long as the row is there: "contact/0190…/who".
    pub key: String,
    /// What it says.
    pub label: String,
    /// The words.
    pub text: String,
    /// Why a human looks at it first; nothing where nothing was found.
    pub look: Option<String>,
}

impl Passage {
    /// The fingerprint of its words: a ruling holds for these words and for no others.
    #[must_use]
    pub fn hash(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its passages.
    pub passages: Vec<Passage>,
}

/// The rows of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The table.
    pub table: &'static str,
    /// What its rows are, for the person.
    pub title: &'static str,
    /// The rows.
    pub records: Vec<Record>,
}

/// What the service holds, part by part; tables without a row that says anything are left out.
///
/// # Errors
/// When a column holds something else than its room said.
pub fn parts(gathered: &[Gathered], names: &Names) -> Result<Vec<Part>> {
    let mut out = Vec::new();
    for table in gathered {
        let mut records = Vec::new();
        for (key, row) in &table.rows {
            let base = format!("{}/{key}", table.holding.table);
            let mut passages = Vec::new();
            for column in table.holding.columns {
                told(&base, row, column, names, &mut passages)?;
            }
            if !passages.is_empty() {
                records.push(Record { passages });
            }
        }
        if !records.is_empty() {
            out.push(Part { table: table.holding.table, title: table.holding.title, records });
        }
    }
    Ok(out)
}

/// What one column of one row says; nothing where it is empty.
fn told(base: &str, row: &Row, column: &Column, names: &Names, out: &mut Vec<Passage>) -> Result<()> {
    let name = column.name;
    let plain = match column.kind {
        Kind::Words => row.get::<Option<String>>(name)?.unwrap_or_default(),
        Kind::Coded(words) => {
            row.get::<Option<String>>(name)?.filter(|k| !k.is_empty()).map(|k| words(&k)).unwrap_or_default()
        }
        Kind::By(other, words) => {
            let other: Option<String> = row.get(other)?;
            let text: Option<String> = row.get(name)?;
            text.filter(|t| !t.is_empty()).map(|t| words(&t, &other.unwrap_or_default())).unwrap_or_default()
        }
        Kind::Moment => {
            row.get::<Option<jiff::Timestamp>>(name)?.map(clock::moment_words).unwrap_or_default()
        }
        Kind::Day => row.get::<Option<jiff::civil::Date>>(name)?.map(clock::day_words).unwrap_or_default(),
        Kind::Number => row.get::<Option<i64>>(name)?.map(|n| n.to_string()).unwrap_or_default(),
        Kind::Figure => row.get::<Option<f64>>(name)?.map(|n| format!("{n:.2}")).unwrap_or_default(),
        Kind::YesNo => row
            .get::<Option<bool>>(name)?
            .map(|yes| if yes { "Yes" } else { "No" }.to_owned())
            .unwrap_or_default(),
        Kind::Json(reading) => {
            let text: Option<String> = row.get(name)?;
            for (n, (label, words)) in reading(&text.unwrap_or_default()).into_iter().enumerate() {
                let label = if label.is_empty() {
                    column.label.to_owned()
                } else {
                    format!("{}: {label}", column.label)
                };
                out.push(passage(format!("{base}/{name}/{n}"), label, words, column, names));
            }
            return Ok(());
        }
    };
    if !plain.trim().is_empty() {
        out.push(passage(format!("{base}/{name}"), column.label.to_owned(), plain, column, names));
    }
    Ok(())
}

fn passage(key: String, label: String, text: String, column: &Column, names: &Names) -> Passage {
    let look = why_look(&text, column, names);
    Passage { key, label, text, look }
}

/// Why a human looks at a passage before it is given out. What can be found without understanding, and no more: a page of the
/// administrators' documentation says so.
fn why_look(text: &str, column: &Column, names: &Names) -> Option<String> {
    if column.voice == Voice::Others {
        return Some("Comes from somebody else, or names them".into());
    }
    let free = matches!(column.kind, Kind::Words | Kind::Json(_) | Kind::By(..));
    if column.voice == Voice::Staff || !free {
        return None;
    }
    if let Some(mention) = mentions(text, names).into_iter().next() {
        return Some(format!("Seems to name somebody: “{}”", mention.words));
    }
    relation_in(text).map(|relation| format!("Speaks of somebody: “{relation}”"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::holdings::{coded, others, staff, words};

    fn names() -> Names {
        Names { own: vec!["Ada".into(), "Example".into()], ..Names::default() }
    }

    #[test]
    fn what_names_or_comes_from_somebody_else_is_looked_at_and_the_persons_own_words_are_not() {
        let look = |text: &str| why_look(text, &words("words", "Words"), &names());
        assert_eq!(look("Sleeps badly; takes sertraline"), None);
        assert_eq!(look("Ms Example said so herself"), None);
        assert_eq!(look("Her mother rang"), Some("Speaks of somebody: “mother”".into()));
        assert_eq!(look("Lives with Mr Pretend"), Some("Seems to name somebody: “Mr Pretend”".into()));
        assert!(look("Ring 07700 900123").is_some());
        let by = |column: Column| why_look("Mr Pretend", &column, &names());
        assert!(by(others("who", "Who")).is_some());
        assert_eq!(by(staff("by_words", "By")), None);
        assert_eq!(by(coded("kind", "Kind", |k| k.into())), None);
    }

    #[test]
    fn a_ruling_holds_for_the_words_it_was_made_on() {
        let one = |text: &str| Passage { key: "k".into(), label: "l".into(), text: text.into(), look: None };
        assert_ne!(one("her mother").hash(), one("her mother and sister").hash());
    }
}
