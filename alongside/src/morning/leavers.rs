//! Lines that a colleague had taken who is disabled by now: nobody sees to them any more.

use crate::access::{Capability, Reader};
use crate::projects::courts_in_scope;
use jiff::civil::Date;
use std::collections::HashMap;
use store::{Result, sql};

/// Lines of one court day left open by one colleague.
#[derive(Debug, Clone)]
pub struct LeftOpen {
    /// Who left.
    pub colleague: String,
    /// The court's code.
    pub court_code: String,
    /// The court's name.
    pub court: String,
    /// The day.
    pub date: Date,
    /// How many lines.
    pub lines: i64,
}

/// What colleagues who left had taken, from a day on, at the courts in scope.
///
/// # Errors
/// When the database can't be read.
pub fn left_open<C: Capability>(r: &mut Reader<'_, C>, from: Date) -> Result<Vec<LeftOpen>> {
    let courts: HashMap<String, String> =
        courts_in_scope(r)?.into_iter().map(|court| (court.code().to_owned(), court.name.clone())).collect();
    let rows = r.query(
        sql("SELECT a.id, a.name, l.court_code, l.list_date, COUNT(*) AS n FROM listing_take t JOIN listing l ON l.id = t.listing_id JOIN account a ON a.id = t.account_id WHERE t.released_at IS NULL AND a.disabled_at IS NOT NULL AND l.list_date >= $1 GROUP BY a.id, a.name, l.court_code, l.list_date ORDER BY a.name, l.list_date, l.court_code"),
        &[&from],
    )?;
    let mut left = Vec::new();
    for row in rows {
        let court_code: String = row.get("court_code")?;
        if let Some(court) = courts.get(&court_code) {
            left.push(LeftOpen {
                colleague: row.get("name")?,
                court: court.clone(),
                court_code,
                date: row.get("list_date")?,
                lines: row.get("n")?,
            });
        }
    }
    Ok(left)
}
