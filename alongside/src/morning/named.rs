//! Who stands on lines, in short: for lists and forms of other rooms that need a name and not the whole board.

use crate::clock;
use crate::ids::ListingId;
use crate::people::Sex;
use jiff::civil::Date;
use std::collections::HashMap;
use store::{Read, Result, sql};

/// What tells one person on a list from another.
#[derive(Debug, Clone)]
pub struct Named {
    /// Name as on the list, surname first.
    pub name: String,
    /// Date of birth.
    pub date_of_birth: Option<Date>,
    /// Sex as on the list.
    pub sex: Sex,
    /// PNC number as received.
    pub pnc: Option<String>,
    /// The court's name; its code when the table has none.
    pub court: String,
    /// The day.
    pub date: Date,
}

impl Named {
    /// "23 November 1990 (36)", or "Not known".
    #[must_use]
    pub fn born_words(&self) -> String {
        self.date_of_birth.map_or("Not known".to_owned(), |born| match clock::age_on(born, self.date) {
            Some(age) => format!("{} ({age})", clock::day_words(born)),
            None => clock::day_words(born),
        })
    }
}

/// Names on lines. Give only lines whose scope is proven.
///
/// # Errors
/// When the database can't be read.
pub fn named(r: &mut Read<'_>, lines: &[ListingId]) -> Result<HashMap<ListingId, Named>> {
    if lines.is_empty() {
        return Ok(HashMap::new());
    }
    r.query_list(
        sql("SELECT l.id, l.full_name, l.date_of_birth, l.sex, l.pnc, l.list_date, COALESCE(c.name, l.court_code) AS court FROM listing l LEFT JOIN court c ON c.code = l.court_code WHERE l.id IN ($LIST)"),
        &[],
        lines,
    )?
    .iter()
    .map(|row| {
        let named = Named {
            name: row.get("full_name")?,
            date_of_birth: row.get("date_of_birth")?,
            sex: Sex::from_key(&row.get::<String>("sex")?),
            pnc: row.get("pnc")?,
            court: row.get("court")?,
            date: row.get("list_date")?,
        };
        Ok((row.get("id")?, named))
    })
    .collect()
}
