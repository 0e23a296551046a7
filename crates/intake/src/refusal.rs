//! Why a whole file was not taken, in words for the person who sent it.

use serde::{Deserialize, Serialize};

/// What sort of thing was wrong, for callers that act on it (an HTTP status, a count).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// The file holds nothing.
    Empty,
    /// The file is bigger, deeper or longer than the limits.
    TooLarge,
    /// The text cannot be read in any encoding we know, or is cut in the middle of a character.
    Encoding,
    /// Another kind of file altogether: a spreadsheet, a PDF, a ZIP, a picture, a web page.
    WrongKindOfFile,
    /// Text that is none of the formats.
    UnknownFormat,
    /// The right format, but broken so early that nothing could be read from it.
    Broken,
    /// XML that declares entities, which are never expanded.
    Entities,
    /// A piece of a message (one address, one offence, message attributes), not a whole one.
    Fragment,
    /// A message that only points to a bigger one kept elsewhere.
    Pointer,
    /// An error answer (a SOAP fault, an error page) saved in place of the list.
    ErrorMessage,
    /// The right format with no row in it.
    NoRows,
}

/// Why a file was not taken: what, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{}", self.sentence())]
pub struct Refusal {
    /// The sort of problem.
    pub kind: RefusalKind,
    /// What is wrong, as a sentence.
    pub what: String,
    /// Where in the file: a line, a path, a row.
    pub place: Option<String>,
    /// What the person can do now, as a sentence.
    pub advice: Option<String>,
}

impl Refusal {
    /// A refusal with only its first sentence.
    pub fn new(kind: RefusalKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), place: None, advice: None }
    }

    /// The same, saying where.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// The same, saying what to do.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// All of it as one text: what, where, what to do.
    pub fn sentence(&self) -> String {
        let mut text = self.what.clone();
        if let Some(place) = &self.place {
            text.push_str(" Place: ");
            text.push_str(place);
            text.push('.');
        }
        if let Some(advice) = &self.advice {
            text.push(' ');
            text.push_str(advice);
        }
        text
    }
}
