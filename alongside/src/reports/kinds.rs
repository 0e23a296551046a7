//! The types of report as data: what each is for, which sections it has, by when it should be there.

use super::sections;
use crate::consent::Purpose;
use serde::Deserialize;
use std::path::Path;

/// One type of report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its key, kept with each report.
    pub key: String,
    /// Its name on pages and at the head of the document.
    pub name: String,
    /// What it usually is for, as a key of [`Purpose`].
    pub purpose: String,
    /// Minutes from the request until it should be there.
    pub target_minutes: Option<i64>,
    /// Working days from the request until it should be there.
    pub target_working_days: Option<i32>,
    /// Sections it has, in their order.
    pub sections: Vec<String>,
    /// Whether it recommends something to the court.
    pub recommends: bool,
}

/// The types in force, and the figures of the room.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    /// Shown beside what it decides.
    pub version: String,
    /// Days after which a fact is called old.
    pub stale_days: i64,
    /// Words after which a sentence is called long.
    pub long_sentence_words: usize,
    /// The pace of reading out.
    pub words_per_minute: u32,
    /// How long the spoken handover may take, in seconds.
    pub spoken_seconds: u64,
    /// Minutes before a hearing by which a report should be there.
    pub minutes_before_hearing: u32,
    /// Minutes before the due time from which the clock warns.
    pub soon_minutes: i64,
    /// The types, in the order they are offered.
    pub kind: Vec<Kind>,
}

/// A data file that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{what} {file}: {message}")]
pub struct DataError {
    what: &'static str,
    file: String,
    message: String,
}

/// Types that the service's pages and words count on. A file may add others.
const KNOWN: [&str; 7] =
    ["bail-remand", "same-day", "addendum", "pre-sentence", "mhtr", "review-breach", "letter"];

impl Kinds {
    /// The shipped types, or the deployer's own.
    ///
    /// # Errors
    /// When the file can't be read, lacks a type, or names a section or purpose nobody knows.
    pub fn load(own: Option<&Path>) -> Result<Self, DataError> {
        read_data("report types", own, include_str!("kinds.toml"), Self::read)
    }

    fn read(text: &str) -> Result<Self, String> {
        let kinds: Self = toml::from_str(text).map_err(|e| e.message().to_owned())?;
        for key in KNOWN {
            if !kinds.kind.iter().any(|kind| kind.key == key) {
                return Err(format!("there is no [[kind]] with key = \"{key}\": keep all that are shipped"));
            }
        }
        for kind in &kinds.kind {
            if let Some(wrong) = kind.sections.iter().find(|key| sections::find(key).is_none()) {
                return Err(format!("{}: there is no section \"{wrong}\"", kind.key));
            }
            if Purpose::from_key(&kind.purpose).is_none() {
                return Err(format!("{}: there is no purpose \"{}\"", kind.key, kind.purpose));
            }
            if kind.target_minutes.is_none() == kind.target_working_days.is_none() {
                return Err(format!("{}: give either target_minutes or target_working_days", kind.key));
            }
        }
        Ok(kinds)
    }

    /// The type with that key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Kind> {
        self.kind.iter().find(|kind| kind.key == key)
    }

    /// Its name; the key where a type was taken out of the file since.
    #[must_use]
    pub fn name<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).map_or(key, |kind| kind.name.as_str())
    }
}

/// The shipped text or a file of the deployer's, read.
pub(super) fn read_data<T>(
    what: &'static str,
    own: Option<&Path>,
    shipped: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<T, DataError> {
    let file = own.map_or_else(|| "as shipped".to_owned(), |path| path.display().to_string());
    let text = match own {
        None => Ok(shipped.to_owned()),
        Some(path) => std::fs::read_to_string(path).map_err(|e| e.to_string()),
    };
    text.and_then(|text| read(&text)).map_err(|message| DataError { what, file, message })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("kinds.toml");

    #[test]
    fn every_type_of_the_service_is_shipped_with_a_target_and_sections() {
        let kinds = Kinds::load(None).unwrap();
        assert_eq!(kinds.kind.len(), KNOWN.len());
        assert!(kinds.kind.iter().all(|kind| !kind.sections.is_empty()));
    }

    #[test]
    fn a_file_that_forgets_a_type_or_names_an_unknown_section_says_which() {
        let without = SHIPPED.replace("key = \"mhtr\"", "key = \"other\"");
        assert!(Kinds::read(&without).unwrap_err().contains("\"mhtr\""));
        let wrong = SHIPPED.replace("\"since\", \"contact\"", "\"sinse\", \"contact\"");
        assert_eq!(Kinds::read(&wrong).unwrap_err(), "addendum: there is no section \"sinse\"");
        let both = SHIPPED.replace("target_minutes = 60", "target_minutes = 60\ntarget_working_days = 1");
        assert!(Kinds::read(&both).unwrap_err().contains("either"));
        let purpose = SHIPPED.replace("purpose = \"treatment\"", "purpose = \"gossip\"");
        assert!(Kinds::read(&purpose).unwrap_err().contains("\"gossip\""));
    }
}
