//! Bytes of a court list, a hearing or an escort record, in any dialect met so far, into one typed model and a list of
//! what was skipped and why.
//!
//! Nothing here knows the time, a database or the web: [`read`] is a function of the bytes, a file name used only as a
//! hint, today's date (to catch birth dates in the future) and [`Limits`]. One bad case never stops a list; a file that
//! is not a list at all is a [`Refusal`] that a clerk can act on.
#![deny(missing_docs)]

mod address;
mod dates;
mod decode;
mod detect;
mod envelope;
mod escort;
mod gather;
mod hearing;
mod json;
mod kind;
mod libra;
mod limits;
mod lines;
pub mod model;
mod names;
mod person_fields;
mod refusal;
pub mod screening;
mod table;
mod templates;
mod words;
mod xml;

pub use limits::Limits;
pub use lines::Lines;
pub use model::*;
pub use refusal::{Refusal, RefusalKind};
pub use screening::{ScreeningFact, ScreeningKind, screening_facts};
pub use templates::{ESCORT_TEMPLATE_HEADER, LIST_TEMPLATE_HEADER};

/// Reads one file.
///
/// `today` is the day the file is read, in London; it is used only to leave out birth dates in the future and to work out
/// two-digit years and missing ages.
///
/// # Errors
/// A [`Refusal`] when the file as a whole cannot be taken; its words are meant for the person who sent the file.
pub fn read(
    bytes: &[u8],
    file_name: Option<&str>,
    today: jiff::civil::Date,
    limits: &Limits,
) -> Result<Intake, Refusal> {
    detect::read(bytes, file_name, today, limits)
}

/// The text of a file in whatever encoding it is: UTF-8, UTF-16, Windows-1252 that nobody declared. For files of other shapes
/// than the lists that [`read`] knows.
///
/// # Errors
/// A [`Refusal`] when the bytes are no text.
pub fn text(bytes: &[u8]) -> Result<String, Refusal> {
    decode::decode(bytes).map(|decoded| decoded.text)
}

/// Holds the README's example to the code.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
