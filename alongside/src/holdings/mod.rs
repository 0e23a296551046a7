//! What the service holds about a person, said as data: each room names its tables at its door, how they lead to a person or to
//! a line of a court list, and what each column means in plain words.
//!
//! Subject access shows all of it; retention reads from it when a record was last written in. A table that no room names and
//! no exception explains fails a test (`tests/holdings.rs`), so that a new room can't be forgotten.

mod gather;
mod json;

pub use gather::{Gathered, Roots, gather, last_written};

use crate::forms::{Answers, Sheet, told as sheet_told};
use store::Statement;

/// Most records hang on a person or on a line.
pub const ROOTS: &[&str] = &["person", "listing"];

/// One table of a room.
#[derive(Debug, Clone, Copy)]
pub struct Holding {
    /// The table.
    pub table: &'static str,
    /// What one row is, for the person whom it is about.
    pub title: &'static str,
    /// The tables whose ids the statement takes: [`ROOTS`], or one named earlier.
    pub of: &'static [&'static str],
    /// The rows that hang on these ids, in the order in which they are told.
    pub rows: Statement,
    /// The columns that tell one row from another.
    pub key: &'static [&'static str],
    /// What is told.
    pub columns: &'static [Column],
    /// Columns that are not told: ids that only tie rows together.
    pub ties: &'static [&'static str],
    /// Columns that are not told for another reason, each with it.
    pub left_out: &'static [(&'static str, &'static str)],
    /// Whether a row is an entry in the record.
    pub entry: Entry,
}

/// Whether a row is an entry in the record: what the time it is kept counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Somebody worked with or about the person.
    Record,
    /// Somebody kept the record in order: a hold, a request for access, a comparison by the program.
    Keeping,
}

impl Holding {
    /// A table whose rows have an `id`, which is a tie.
    #[must_use]
    pub const fn new(
        table: &'static str,
        title: &'static str,
        of: &'static [&'static str],
        rows: Statement,
        columns: &'static [Column],
    ) -> Self {
        Self { table, title, of, rows, key: &["id"], columns, ties: &[], left_out: &[], entry: Entry::Record }
    }

    /// With other columns that tell rows apart.
    #[must_use]
    pub const fn key(self, key: &'static [&'static str]) -> Self {
        Self { key, ..self }
    }

    /// With columns that only tie rows together.
    #[must_use]
    pub const fn ties(self, ties: &'static [&'static str]) -> Self {
        Self { ties, ..self }
    }

    /// Of keeping the record in order: no entry in it.
    #[must_use]
    pub const fn keeping(self) -> Self {
        Self { entry: Entry::Keeping, ..self }
    }

    /// With columns that are not told, and why.
    #[must_use]
    pub const fn without(self, left_out: &'static [(&'static str, &'static str)]) -> Self {
        Self { left_out, ..self }
    }
}

/// The tables of all rooms, handed over by the service: a room does not know those below it.
#[derive(Debug, Clone, Copy)]
pub struct Rooms(pub &'static [&'static [Holding]]);

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it says, for the person.
    pub label: &'static str,
    /// What is in it.
    pub kind: Kind,
    /// Whose words they are.
    pub voice: Voice,
}

/// Whose words stand in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The service's, or the person's own.
    Ours,
    /// The name of a colleague who did it in the course of their work: told (Data Protection Act 2018, Schedule 2, paragraph 17).
    Staff,
    /// By its nature it names somebody else or comes from them: a human looks before it is given out.
    Others,
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    Words,
    /// A key, and how it is read.
    Coded(fn(&str) -> String),
    /// A key or text whose reading depends on another column: that column, and how the two are read.
    By(&'static str, fn(&str, &str) -> String),
    /// A moment.
    Moment,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// A figure.
    Figure,
    /// Yes or no.
    YesNo,
    /// JSON text, and how it is read: labels and values.
    Json(fn(&str) -> Vec<(String, String)>),
}

const fn column(name: &'static str, label: &'static str, kind: Kind) -> Column {
    Column { name, label, kind, voice: Voice::Ours }
}

/// Text of ours, or of the person.
#[must_use]
pub const fn words(name: &'static str, label: &'static str) -> Column {
    column(name, label, Kind::Words)
}

/// A colleague's name.
#[must_use]
pub const fn staff(name: &'static str, label: &'static str) -> Column {
    Column { voice: Voice::Staff, ..column(name, label, Kind::Words) }
}

/// Text that names somebody else or comes from them.
#[must_use]
pub const fn others(name: &'static str, label: &'static str) -> Column {
    Column { voice: Voice::Others, ..column(name, label, Kind::Words) }
}

/// A key that reads well enough as it is: "in-person" is "in person".
#[must_use]
pub const fn key(name: &'static str, label: &'static str) -> Column {
    column(name, label, Kind::Coded(plain))
}

/// A key with words of its own.
#[must_use]
pub const fn coded(name: &'static str, label: &'static str, words: fn(&str) -> String) -> Column {
    column(name, label, Kind::Coded(words))
}

/// A key or text whose reading depends on another column.
#[must_use]
pub const fn by(
    name: &'static str,
    label: &'static str,
    other: &'static str,
    reading: fn(&str, &str) -> String,
) -> Column {
    column(name, label, Kind::By(other, reading))
}

/// A moment.
#[must_use]
pub const fn moment(name: &'static str, label: &'static str) -> Column {
    column(name, label, Kind::Moment)
}

/// A day.
#[must_use]
pub const fn day(name: &'static str, label: &'static str) -> Column {
    column(name, label, Kind::Day)
}

/// A whole number.
#[must_use]
pub const fn number(name: &'static str, label: &'static str) -> Column {
    column(name, label, Kind::Number)
}

/// A figure.
#[must_use]
pub const fn figure(name: &'static str, label: &'static str) -> Column {
    column(name, label, Kind::Figure)
}

/// Yes or no.
#[must_use]
pub const fn yes_no(name: &'static str, label: &'static str) -> Column {
    column(name, label, Kind::YesNo)
}

/// JSON text, told with its own keys as labels.
#[must_use]
pub const fn json(name: &'static str, label: &'static str) -> Column {
    column(name, label, Kind::Json(json::told))
}

/// JSON text with a reading of its own.
#[must_use]
pub const fn read_as(
    name: &'static str,
    label: &'static str,
    reading: fn(&str) -> Vec<(String, String)>,
) -> Column {
    column(name, label, Kind::Json(reading))
}

/// A key without its hyphens.
fn plain(key: &str) -> String {
    key.replace(['-', '_'], " ")
}

/// Answers to one of these sheets, question by question; answers to questions that are asked no more stand under their keys.
#[must_use]
pub fn answers_told(text: &str, sheets: &[&Sheet]) -> Vec<(String, String)> {
    let Ok(answers) = serde_json::from_str::<Answers>(text) else { return json::told(text) };
    let mut out = Vec::new();
    let mut known = Vec::new();
    for sheet in sheets {
        for question in sheet.questions() {
            known.extend([question.key.to_owned(), question.words_key()]);
            if let Some(words) = sheet_told(question, &answers) {
                out.push((question.label.to_owned(), words));
            }
        }
    }
    out.extend(
        json::told(text).into_iter().filter(|(label, _)| !known.iter().any(|k| json::label(k) == *label)),
    );
    out
}
