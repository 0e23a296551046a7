//! What a record is, in a line, for whoever confirms that it may go: nobody looks at a number.

use super::rules::Kind;
use crate::clock;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Court, day, number and name of lines; name and day of files; what a task says. Kinds of which there is nothing to say beyond
/// their number are left out; people are named by [`crate::people::names`].
///
/// # Errors
/// When the database can't be read.
pub fn said(r: &mut Read<'_>, kind: Kind, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let (statement, words): (_, fn(&Row) -> Result<String>) = match kind {
        Kind::LineWithRecord | Kind::Line => (
            sql(
                "SELECT l.id, l.list_date, l.list_no, l.full_name, COALESCE(c.name, l.court_name, l.court_code) AS court FROM listing l LEFT JOIN court c ON c.code = l.court_code WHERE l.id IN ($LIST)",
            ),
            line,
        ),
        Kind::Escort => (
            sql(
                "SELECT e.id, e.move_date, COALESCE(c.name, e.court_code) AS court FROM escort_record e LEFT JOIN court c ON c.code = e.court_code WHERE e.id IN ($LIST)",
            ),
            escort,
        ),
        Kind::RawFile => {
            (sql("SELECT id, file_name AS name, received_at AS at FROM import WHERE id IN ($LIST)"), file)
        }
        Kind::ReferralFile => (sql("SELECT id, name, at FROM referral_in_file WHERE id IN ($LIST)"), file),
        Kind::Task => (sql("SELECT id, what FROM task WHERE id IN ($LIST)"), |row| row.get("what")),
        Kind::Person | Kind::ReferralIn | Kind::SubjectAccess | Kind::Diary => return Ok(HashMap::new()),
    };
    r.query_list(statement, &[], ids)?.iter().map(|row| Ok((row.get("id")?, words(row)?))).collect()
}

fn line(row: &Row) -> Result<String> {
    let number = row.get::<Option<String>>("list_no")?.map(|n| format!(", number {n}")).unwrap_or_default();
    Ok(format!(
        "{}, {}{number}: {}",
        row.get::<String>("court")?,
        clock::day_words(row.get::<Date>("list_date")?),
        row.get::<String>("full_name")?
    ))
}

fn escort(row: &Row) -> Result<String> {
    Ok(format!(
        "Move to {}, {}",
        row.get::<String>("court")?,
        clock::day_words(row.get::<Date>("move_date")?)
    ))
}

fn file(row: &Row) -> Result<String> {
    Ok(format!(
        "{}, received {}",
        row.get::<String>("name")?,
        clock::moment_words(row.get::<Timestamp>("at")?)
    ))
}
