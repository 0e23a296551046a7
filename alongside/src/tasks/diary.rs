//! Appointments of ours.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::Opt;
use crate::ids::{DiaryId, PersonId, ProjectId};
use jiff::Timestamp;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Sorts of appointments.
pub const KINDS: &[Opt] = &[
    Opt::new("office", "At the probation office"),
    Opt::new("court", "In court"),
    Opt::new("visit", "A visit"),
    Opt::new("accompany", "Going along with somebody"),
    Opt::new("meeting", "A meeting"),
    Opt::new("other", "Something else"),
];

/// An appointment to be kept.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The project.
    pub project: ProjectId,
    /// With whom; nobody for none.
    pub person: Option<PersonId>,
    /// A key of [`KINDS`].
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// How long, in minutes.
    pub minutes: i64,
    /// Where.
    pub place: String,
    /// More about it.
    pub words: String,
    /// Who goes: account and name.
    pub goes: (Uuid, String),
}

/// An appointment as it stands.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: DiaryId,
    /// What.
    pub new: NewEntry,
    /// Called off: when, by whom, why.
    pub called_off: Option<(Timestamp, String, String)>,
}

/// Keeps an appointment.
///
/// # Errors
/// When the database refuses.
pub fn enter<C: Capability>(w: &mut Writer<'_, C>, id: DiaryId, new: &NewEntry) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    w.record(Event::new("appointment entered", "diary", id));
    w.execute(
        sql("INSERT INTO diary_entry (id, project_id, person_id, kind, at, minutes, place, words, goes, goes_words, made_at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
        &[
            &id,
            &new.project,
            &new.person,
            &new.kind,
            &new.at,
            &new.minutes,
            &new.place,
            &new.words,
            &new.goes.0,
            &new.goes.1,
            &now,
            &by,
        ],
    )?;
    Ok(())
}

/// Calls an appointment off.
///
/// # Errors
/// When the database refuses.
pub fn call_off<C: Capability>(w: &mut Writer<'_, C>, id: DiaryId, why: &str) -> Result<()> {
    let by = w.by();
    w.record(Event::new("appointment called off", "diary", id));
    w.execute(
        sql("UPDATE diary_entry SET called_off_at = $1, called_off_by = $2, called_off_why = $3 WHERE id = $4 AND called_off_at IS NULL"),
        &[&clock::now(), &by, &why, &id],
    )?;
    Ok(())
}

/// Appointments of the reader's projects between two moments, in order.
///
/// # Errors
/// When the database can't be read.
pub fn entries<C: Capability>(r: &mut Reader<'_, C>, from: Timestamp, to: Timestamp) -> Result<Vec<Entry>> {
    let (all, projects) = r.projects();
    r.query_list(
        sql("SELECT * FROM diary_entry WHERE at >= $1 AND at < $2 AND ($3 OR project_id IN ($LIST)) ORDER BY at, id"),
        &[&from, &to, &all],
        &projects,
    )?
    .iter()
    .map(entry)
    .collect()
}

/// One of the reader's projects.
pub(super) fn find_entry<C: Capability>(r: &mut Reader<'_, C>, id: DiaryId) -> Result<Option<Entry>> {
    let (all, projects) = r.projects();
    r.query_list(
        sql("SELECT * FROM diary_entry WHERE id = $1 AND ($2 OR project_id IN ($LIST))"),
        &[&id, &all],
        &projects,
    )?
    .first()
    .map(entry)
    .transpose()
}

/// Appointments that somebody goes to, for their calendar feed.
pub(super) fn entries_of(r: &mut Read<'_>, account: Uuid, from: Timestamp) -> Result<Vec<Entry>> {
    r.query(
        sql("SELECT * FROM diary_entry WHERE goes = $1 AND at >= $2 AND called_off_at IS NULL AND EXISTS (SELECT 1 FROM account a WHERE a.id = diary_entry.goes AND a.disabled_at IS NULL) ORDER BY at, id"),
        &[&account, &from],
    )?
    .iter()
    .map(entry)
    .collect()
}

fn entry(row: &Row) -> Result<Entry> {
    let off: Option<Timestamp> = row.get("called_off_at")?;
    let by: Option<String> = row.get("called_off_by")?;
    let why: Option<String> = row.get("called_off_why")?;
    Ok(Entry {
        id: row.get("id")?,
        new: NewEntry {
            project: row.get("project_id")?,
            person: row.get("person_id")?,
            kind: row.get("kind")?,
            at: row.get("at")?,
            minutes: row.get("minutes")?,
            place: row.get("place")?,
            words: row.get("words")?,
            goes: (row.get("goes")?, row.get("goes_words")?),
        },
        called_off: off.map(|at| (at, by.unwrap_or_default(), why.unwrap_or_default())),
    })
}
