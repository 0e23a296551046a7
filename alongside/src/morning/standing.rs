//! What rooms below need to know of lines: which a file brought, and which were taken off their list.

use crate::ids::{ImportId, ListingId};
use std::collections::HashSet;
use store::{Read, Result, sql};

/// A line as a file left it.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The line.
    pub listing: ListingId,
    /// Its identity across versions of the list: [`intake::Listing::source_key`].
    pub source_key: String,
    /// The court it stands under.
    pub court_code: String,
    /// How fresh the file is.
    pub sent_at: jiff::Timestamp,
}

/// The lines that this file brought, changed or confirmed: those of which nothing newer is known.
///
/// # Errors
/// When the database can't be read.
pub fn brought_by(r: &mut Read<'_>, import: ImportId) -> Result<Vec<Brought>> {
    r.query(
        sql("SELECT id, source_key, court_code, sent_at FROM listing WHERE last_import = $1 AND removed_at IS NULL ORDER BY id"),
        &[&import],
    )?
    .iter()
    .map(|row| {
        Ok(Brought {
            listing: row.get("id")?,
            source_key: row.get("source_key")?,
            court_code: row.get("court_code")?,
            sent_at: row.get("sent_at")?,
        })
    })
    .collect()
}

/// Those of these lines that a later list took off.
///
/// # Errors
/// When the database can't be read.
pub fn off_their_list(r: &mut Read<'_>, listings: &[ListingId]) -> Result<HashSet<ListingId>> {
    r.query_list(sql("SELECT id FROM listing WHERE removed_at IS NOT NULL AND id IN ($LIST)"), &[], listings)?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}
