//! Screenings as they are kept.

use super::entry::{Entry, Need, Outcome, Seen};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::Answers;
use crate::ids::{ListingId, PersonId, ProjectId, ScreeningId};
use crate::morning::About;
use jiff::Timestamp;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// One version of a screening.
#[derive(Debug, Clone, PartialEq)]
pub struct Screening {
    /// The screening's id.
    pub id: ScreeningId,
    /// The line it was recorded on.
    pub listing: Option<ListingId>,
    /// The person it was recorded on, when not on a line.
    pub person: Option<PersonId>,
    /// The project that did it.
    pub project: ProjectId,
    /// Which version, from 1.
    pub version: i64,
    /// When this version was recorded.
    pub recorded_at: Timestamp,
    /// By whom.
    pub by: String,
    /// Why this version was made; empty for the first.
    pub reason: String,
    /// Entered in error: it counts for nothing, and stays readable.
    pub in_error: bool,
    /// What was recorded.
    pub entry: Entry,
}

/// What a screening hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A line of a court list.
    Line(ListingId),
    /// A person of the register.
    Person(PersonId),
}

fn screening(row: &Row) -> Result<Screening> {
    let seen: String = row.get("seen")?;
    Ok(Screening {
        id: row.get("id")?,
        listing: row.get("listing_id")?,
        person: row.get("person_id")?,
        project: row.get("project_id")?,
        version: row.get("version")?,
        recorded_at: row.get("at")?,
        by: row.get("by_words")?,
        reason: row.get("reason")?,
        in_error: row.get("in_error")?,
        entry: Entry {
            seen: Seen::from_key(&seen).unwrap_or(Seen::Other),
            seen_words: row.get("seen_words")?,
            contact_at: row.get("contact_at")?,
            late_from_paper: row.get("late_from_paper")?,
            answers: Answers::from_json(&row.get::<String>("answers")?)?,
            need: row.get::<Option<String>>("need")?.as_deref().and_then(Need::from_key),
            outcome: row.get::<Option<String>>("outcome")?.as_deref().and_then(Outcome::from_key),
        },
    })
}

/// The screenings of a person or line, newest contact first; those entered in error are not among them.
///
/// # Errors
/// When the database can't be read.
pub fn of(r: &mut Read<'_>, about: &About) -> Result<Vec<Screening>> {
    let mut found = Vec::new();
    for row in r.query_list(
        sql("SELECT s.id, s.listing_id, s.person_id, s.project_id, v.* FROM screening s JOIN screening_version v ON v.screening_id = s.id AND v.version = s.version WHERE NOT v.in_error AND s.listing_id IN ($LIST)"),
        &[],
        &about.listings,
    )? {
        found.push(screening(&row)?);
    }
    for row in r.query_list(
        sql("SELECT s.id, s.listing_id, s.person_id, s.project_id, v.* FROM screening s JOIN screening_version v ON v.screening_id = s.id AND v.version = s.version WHERE NOT v.in_error AND s.listing_id IS NULL AND s.person_id IN ($LIST)"),
        &[],
        &about.people,
    )? {
        found.push(screening(&row)?);
    }
    found.sort_by_key(|s| std::cmp::Reverse((s.entry.contact_at, s.recorded_at)));
    Ok(found)
}

/// All versions of one screening, newest first.
///
/// # Errors
/// When the database can't be read.
pub(super) fn versions(r: &mut Read<'_>, id: ScreeningId) -> Result<Vec<Screening>> {
    r.query(
        sql("SELECT s.id, s.listing_id, s.person_id, s.project_id, v.* FROM screening s JOIN screening_version v ON v.screening_id = s.id WHERE s.id = $1 ORDER BY v.version DESC"),
        &[&id],
    )?
    .iter()
    .map(screening)
    .collect()
}

/// What a screening hangs on: enough to ask for the proof of scope.
///
/// # Errors
/// When the database can't be read.
pub(super) fn hangs_on(r: &mut Read<'_>, id: ScreeningId) -> Result<Option<On>> {
    let row = r.maybe(sql("SELECT listing_id, person_id FROM screening WHERE id = $1"), &[&id])?;
    let Some(row) = row else { return Ok(None) };
    let (listing, person): (Option<ListingId>, Option<PersonId>) =
        (row.get("listing_id")?, row.get("person_id")?);
    Ok(listing.map(On::Line).or(person.map(On::Person)))
}

/// Records a screening under an id chosen before, so that its address is known when the form is sent.
///
/// # Errors
/// When the database refuses.
pub fn record<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ScreeningId,
    on: On,
    project: ProjectId,
    entry: &Entry,
) -> Result<()> {
    let (listing, person) = match on {
        On::Line(listing) => (Some(listing), None),
        On::Person(person) => (None, Some(person)),
    };
    w.record(Event::new("screening recorded", "screening", id).with(entry.seen.key()));
    if let Some(listing) = listing {
        w.record(Event::new("screening recorded", "listing", listing));
    }
    if let Some(person) = person {
        w.record(Event::new("screening recorded", "person", person));
    }
    w.execute(
        sql("INSERT INTO screening (id, listing_id, person_id, project_id, version) VALUES ($1, $2, $3, $4, 1)"),
        &[&id, &listing, &person, &project],
    )?;
    insert_version(w, id, 1, entry, "", false)
}

fn insert_version<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ScreeningId,
    version: i64,
    entry: &Entry,
    reason: &str,
    in_error: bool,
) -> Result<()> {
    let (account, by): (Option<Uuid>, String) = (w.actor().account, w.by());
    w.execute(
        sql("INSERT INTO screening_version (screening_id, version, at, by_account, by_words, reason, seen, seen_words, contact_at, late_from_paper, need, outcome, answers, in_error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"),
        &[
            &id, &version, &clock::now(), &account, &by, &reason, &entry.seen.key(), &entry.seen_words,
            &entry.contact_at, &entry.late_from_paper, &entry.need.map(Need::key), &entry.outcome.map(Outcome::key),
            &entry.answers.to_json()?, &in_error,
        ],
    )?;
    Ok(())
}

/// Gives a screening a new version; the earlier ones stay. False when somebody else did so since `seen_version`.
///
/// # Errors
/// When the database refuses.
pub fn correct<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ScreeningId,
    seen_version: i64,
    entry: &Entry,
    reason: &str,
    in_error: bool,
) -> Result<bool> {
    let what = if in_error { "screening marked as entered in error" } else { "screening corrected" };
    w.record(Event::new(what, "screening", id).with(format!("version {}", seen_version + 1)));
    let moved = w.execute(
        sql("UPDATE screening SET version = version + 1 WHERE id = $1 AND version = $2"),
        &[&id, &seen_version],
    )?;
    if moved == 0 {
        return Ok(false);
    }
    insert_version(w, id, seen_version + 1, entry, reason, in_error)?;
    Ok(true)
}
