//! Gathering everything about a person, and keeping a copy as it was made.

use super::copy::Content;
use super::opened::{Looked, looked_at};
use super::passages::{Part, parts};
use super::request::Request;
use super::rulings::{Rulings, rulings_of};
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::holdings::{Rooms, Roots, gather};
use crate::morning::about_person;
use crate::people::Person;
use crate::reports::Names;
use jiff::Timestamp;
use store::{Result, sql};
use uuid::Uuid;

/// Everything about a person, with what was ruled for one request.
#[derive(Debug, Clone)]
pub struct Everything {
    /// What is held.
    pub parts: Vec<Part>,
    /// What was ruled.
    pub rulings: Rulings,
    /// Who opened the records.
    pub looked: Vec<Looked>,
    /// Forms about the person that colleagues typed into and have not sent: no record yet.
    pub unsent: i64,
}

impl Everything {
    /// As a copy is made of it.
    #[must_use]
    pub fn content<'a>(&'a self, request: &'a Request, name: &'a str, at: Timestamp) -> Content<'a> {
        Content { request, name, parts: &self.parts, rulings: &self.rulings, looked: &self.looked, at }
    }
}

/// Gathers everything.
///
/// # Errors
/// When the database can't be read.
pub fn everything<C: Capability>(
    r: &mut Reader<'_, C>,
    person: &Person,
    request: Uuid,
    rooms: Rooms,
) -> Result<Everything> {
    let about = about_person(r, person)?;
    let subjects: Vec<String> = about
        .people
        .iter()
        .map(|id| format!("person {id}"))
        .chain(about.listings.iter().map(|id| format!("listing {id}")))
        .collect();
    let unsent = r.query_list(
        sql("SELECT id FROM draft WHERE submitted_at IS NULL AND discarded_at IS NULL AND emptied_at IS NULL AND subject IN ($LIST)"),
        &[],
        &subjects,
    )?;
    let gathered = gather(r, rooms.0, &Roots { people: about.people, listings: about.listings })?;
    let names = own_names(&gathered)?;
    r.saw(
        Event::new("everything about a person gathered", "person", person.id())
            .with(format!("subject access {request}")),
    );
    Ok(Everything {
        parts: parts(&gathered, &names)?,
        rulings: rulings_of(r, request)?,
        looked: looked_at(r, &gathered)?,
        unsent: i64::try_from(unsent.len()).unwrap_or(i64::MAX),
    })
}

/// Every word of every name and every number the person was ever recorded with: these name nobody else.
fn own_names(gathered: &[crate::holdings::Gathered]) -> Result<Names> {
    let mut names = Names::default();
    for table in gathered {
        let (own, numbers): (&[&str], &[&str]) = match table.holding.table {
            "person_version" => (
                &["forename", "middle_names", "surname"],
                &["pnc", "cro", "nhs_number", "prison_number", "crn"],
            ),
            "person_alias" => (&["forename", "middle_names", "surname"], &[]),
            "listing" => (&["full_name"], &["pnc"]),
            _ => continue,
        };
        for (_, row) in &table.rows {
            for column in own {
                let text: Option<String> = row.get(column)?;
                names.own.extend(text.unwrap_or_default().split_whitespace().map(str::to_owned));
            }
            for column in numbers {
                names.own_numbers.extend(row.get::<Option<String>>(column)?);
            }
        }
    }
    names.own.sort_unstable();
    names.own.dedup();
    Ok(names)
}

/// A finished copy, to be kept.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The JSON file.
    pub file: String,
    /// Its fingerprint.
    pub hash: String,
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub pages: i64,
    /// Passages in it.
    pub passages: i64,
    /// Passages withheld.
    pub withheld: i64,
}

/// Keeps a copy as it was made; whether its number was still free.
///
/// # Errors
/// When the database refuses.
pub fn keep<C: Capability>(
    w: &mut Writer<'_, C>,
    request: Uuid,
    version: i64,
    made: &Finished,
    at: Timestamp,
) -> Result<bool> {
    let (by, account) = (w.by(), w.actor().account);
    w.record(
        Event::new("subject access: copy made", "subject access", request)
            .with(format!("copy {version}, {} passages, {} withheld", made.passages, made.withheld)),
    );
    let kept = w.execute(
        sql("INSERT INTO access_export (id, request_id, version, hash, document, pdf, pages, passages, withheld, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (request_id, version) DO NOTHING"),
        &[&Uuid::now_v7(), &request, &version, &made.hash, &made.file, &made.pdf, &made.pages, &made.passages, &made.withheld, &at, &account, &by],
    )?;
    Ok(kept > 0)
}

/// The bytes of a kept copy: its PDF and its JSON file.
///
/// # Errors
/// When the database can't be read.
pub fn bytes_of<C: Capability>(
    r: &mut Reader<'_, C>,
    request: Uuid,
    version: i64,
) -> Result<Option<(Vec<u8>, String)>> {
    let row = r.maybe(
        sql("SELECT pdf, document FROM access_export WHERE request_id = $1 AND version = $2"),
        &[&request, &version],
    )?;
    r.saw(
        Event::new("subject access: copy fetched", "subject access", request).with(format!("copy {version}")),
    );
    row.map(|row| Ok((row.get("pdf")?, row.get("document")?))).transpose()
}
