//! Work on lines: taking, assigning, preparing, placing by hand. Each is a fact with an author and a time; none is overwritten.

use super::line::Preparation;
use super::take_in::bump;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{AccountId, ListingId};
use crate::projects::{Court, court_in_scope};
use jiff::civil::Date;
use store::{Read, Result, sql};
use uuid::Uuid;

/// A line in scope: its court, its day. Only [`find`] and [`find_to_change`] make one.
#[derive(Debug, Clone)]
pub struct Found {
    id: ListingId,
    /// The court.
    pub court: Court,
    /// The day.
    pub date: Date,
}

impl Found {
    /// The line's id: that of the line it joined, if it did.
    #[must_use]
    pub fn id(&self) -> ListingId {
        self.id
    }
}

fn place(r: &mut Read<'_>, id: ListingId) -> Result<Option<(ListingId, String, Date)>> {
    let row = r.maybe(
        sql("SELECT COALESCE(joined_into, id) AS shown_id, court_code, list_date FROM listing WHERE id = $1"),
        &[&id],
    )?;
    row.map(|row| Ok((row.get("shown_id")?, row.get("court_code")?, row.get("list_date")?))).transpose()
}

/// The line with this id, if its court is served by a project in scope.
///
/// # Errors
/// When the database can't be read.
pub fn find<C: Capability>(r: &mut Reader<'_, C>, id: ListingId) -> Result<Option<Found>> {
    let Some((id, code, date)) = place(r, id)? else { return Ok(None) };
    Ok(court_in_scope(r, &code)?.map(|court| Found { id, court, date }))
}

/// As [`find`], within a unit that writes.
///
/// # Errors
/// When the database can't be read.
pub fn find_to_change<C: Capability>(w: &mut Writer<'_, C>, id: ListingId) -> Result<Option<Found>> {
    let Some((id, code, date)) = place(w, id)? else { return Ok(None) };
    Ok(w.reading(|r| court_in_scope(r, &code))?.map(|court| Found { id, court, date }))
}

/// A colleague who may take lines of a court.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// The account.
    pub id: AccountId,
    /// The name.
    pub name: String,
}

/// Who works in the projects that serve a court: practitioners and managers whose accounts stand.
///
/// # Errors
/// When the database can't be read.
pub fn colleagues(r: &mut Read<'_>, court: &Court) -> Result<Vec<Colleague>> {
    r.query_list(
        sql("SELECT DISTINCT a.id, a.name FROM account a JOIN access_grant g ON g.account_id = a.id WHERE a.disabled_at IS NULL AND g.ended_at IS NULL AND g.role IN ('practitioner', 'manager') AND (g.project_id IS NULL OR g.project_id IN ($LIST)) ORDER BY a.name"),
        &[],
        &court.projects,
    )?
    .iter()
    .map(|row| Ok(Colleague { id: row.get("id")?, name: row.get("name")? }))
    .collect()
}

/// Gives a line to a colleague; whoever had it before is released.
///
/// # Errors
/// When the database refuses.
pub fn take<C: Capability>(w: &mut Writer<'_, C>, line: &Found, colleague: AccountId) -> Result<()> {
    release_quietly(w, line, "line taken", &format!("by account {colleague}"))?;
    let by = w.by();
    w.execute(
        sql(
            "INSERT INTO listing_take (id, listing_id, account_id, at, by_words) VALUES ($1, $2, $3, $4, $5)",
        ),
        &[&Uuid::now_v7(), &line.id, &colleague, &clock::now(), &by],
    )?;
    bump(w, line.court.code(), line.date)
}

/// Takes a line back from whoever has it.
///
/// # Errors
/// When the database refuses.
pub fn release<C: Capability>(w: &mut Writer<'_, C>, line: &Found) -> Result<()> {
    release_quietly(w, line, "line given back", "")?;
    bump(w, line.court.code(), line.date)
}

fn release_quietly<C: Capability>(
    w: &mut Writer<'_, C>,
    line: &Found,
    action: &'static str,
    detail: &str,
) -> Result<()> {
    w.record(Event::new(action, "listing", line.id).with(detail));
    let by = w.by();
    w.execute(
        sql("UPDATE listing_take SET released_at = $1, released_by = $2 WHERE released_at IS NULL AND listing_id IN (SELECT id FROM listing WHERE id = $3 OR joined_into = $4)"),
        &[&clock::now(), &by, &line.id, &line.id],
    )?;
    Ok(())
}

/// Says how far preparation is.
///
/// # Errors
/// When the database refuses.
pub fn prepare<C: Capability>(
    w: &mut Writer<'_, C>,
    line: &Found,
    status: Preparation,
    reason: &str,
) -> Result<()> {
    w.record(Event::new("preparation noted", "listing", line.id).with(status.key()));
    let by = w.by();
    w.execute(
        sql("INSERT INTO listing_preparation (id, listing_id, status, reason, at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &line.id, &status.key(), &reason, &clock::now(), &by],
    )?;
    bump(w, line.court.code(), line.date)
}

/// Puts a line in a place of the board, against the rules, with a reason.
///
/// # Errors
/// When the database refuses.
pub fn put<C: Capability>(w: &mut Writer<'_, C>, line: &Found, place: i64, reason: &str) -> Result<()> {
    put_back_quietly(w, line, "line moved", &format!("to place {place}"))?;
    let by = w.by();
    w.execute(
        sql("INSERT INTO listing_move (id, listing_id, place, reason, at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &line.id, &place, &reason, &clock::now(), &by],
    )?;
    bump(w, line.court.code(), line.date)
}

/// Puts a line back where the rules have it.
///
/// # Errors
/// When the database refuses.
pub fn put_back<C: Capability>(w: &mut Writer<'_, C>, line: &Found) -> Result<()> {
    put_back_quietly(w, line, "line put back", "")?;
    bump(w, line.court.code(), line.date)
}

fn put_back_quietly<C: Capability>(
    w: &mut Writer<'_, C>,
    line: &Found,
    action: &'static str,
    detail: &str,
) -> Result<()> {
    w.record(Event::new(action, "listing", line.id).with(detail));
    let by = w.by();
    w.execute(
        sql("UPDATE listing_move SET undone_at = $1, undone_by = $2 WHERE undone_at IS NULL AND listing_id IN (SELECT id FROM listing WHERE id = $3 OR joined_into = $4)"),
        &[&clock::now(), &by, &line.id, &line.id],
    )?;
    Ok(())
}

/// How long after a look the next one still counts as the same one.
const ONE_LOOK_MINUTES: i64 = 15;

/// Notes that somebody looked at a board; gives the moment of the look before, for "new since I last looked".
///
/// # Errors
/// When the database refuses.
pub fn look<C: Capability>(
    w: &mut Writer<'_, C>,
    who: AccountId,
    court: &Court,
    date: Date,
) -> Result<Option<jiff::Timestamp>> {
    let now = clock::now();
    let row = w.maybe(
        sql("SELECT looked_at, before_at FROM board_look WHERE account_id = $1 AND court_code = $2 AND list_date = $3"),
        &[&who, &court.code(), &date],
    )?;
    let (looked, before): (Option<jiff::Timestamp>, Option<jiff::Timestamp>) = match &row {
        Some(row) => (Some(row.get("looked_at")?), row.get("before_at")?),
        None => (None, None),
    };
    // Reloading the page soon after must not make everything old.
    let same_look =
        looked.is_some_and(|at| now.duration_since(at) < jiff::SignedDuration::from_mins(ONE_LOOK_MINUTES));
    let before = if same_look { before } else { looked };
    w.record(Event::new("board looked at", "court day", format!("{} {date}", court.code())));
    w.execute(
        sql("INSERT INTO board_look (account_id, court_code, list_date, looked_at, before_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, court_code, list_date) DO UPDATE SET looked_at = excluded.looked_at, before_at = excluded.before_at"),
        &[&who, &court.code(), &date, &if same_look { looked.unwrap_or(now) } else { now }, &before],
    )?;
    Ok(before)
}
