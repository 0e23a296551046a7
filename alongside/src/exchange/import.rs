//! Receiving and reading. Received is acknowledged only after the bytes are on disk and the row is in the database;
//! reading is one transaction, so a killed server leaves a file either unread or wholly read.

use super::archive::Archive;
use crate::access::policy::ImportFiles;
use crate::access::{Permit, Writer};
use crate::audit::Event;
use crate::clock;
use crate::hearings;
use crate::ids::ImportId;
use crate::morning::{Arrival, Taken, take_in};
use intake::Limits;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use store::sql;
use uuid::Uuid;

/// A file that is safely with us.
#[derive(Debug, Clone)]
pub struct Received {
    /// The import.
    pub id: ImportId,
    /// The very same bytes came before.
    pub before: bool,
}

/// What reading gave.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reading {
    /// Which import.
    pub import: String,
    /// The file's name as received.
    pub file: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What the file was read as.
    pub format: Option<String>,
    /// Why it was refused, and what to do.
    pub refusal: Option<String>,
    /// Figures.
    pub counts: Taken,
    /// Rows left out: place, what, why.
    pub skips: Vec<intake::Skip>,
    /// Rows kept though odd.
    pub notes: Vec<intake::Note>,
}

impl Reading {
    /// What is said of a file that can't be used, and why. `import` is empty for one that was not even received.
    #[must_use]
    pub fn refused(import: String, file: String, why: &str) -> Self {
        Self {
            import,
            file,
            outcome: Outcome::Refused,
            format: None,
            refusal: Some(why.to_owned()),
            counts: Taken::default(),
            skips: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Read and taken in.
    Taken,
    /// The same bytes were taken in before; nothing changed.
    Already,
    /// It can't be used; the bytes are kept.
    Refused,
}

/// A failure while receiving or reading: of the disk or the database, never of the file.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The archive.
    #[error("the archive: {0}")]
    Archive(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Archives a file and notes its arrival.
///
/// # Errors
/// When disk or database refuse: then nothing was acknowledged.
pub fn receive(
    permit: &Permit<ImportFiles>,
    archive: &Archive,
    name: &str,
    bytes: &[u8],
    route: &'static str,
) -> Result<Received, ExchangeError> {
    let hash = archive.keep(bytes)?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    let received = permit.write_now(|w| {
        let id = ImportId::fresh();
        let by = w.by();
        w.record(Event::new("file received", "import", id).with(route));
        // Two servers may receive the same bytes at once: the hash decides which row stands.
        w.execute(
            sql("INSERT INTO import (id, hash, file_name, size, received_at, received_by, route) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (hash) DO NOTHING"),
            &[&id, &hash, &name, &size, &clock::now(), &by, &route],
        )?;
        let stands: ImportId = w.one(sql("SELECT id FROM import WHERE hash = $1"), &[&hash])?.get("id")?;
        Ok::<_, store::Error>(Received { id: stands, before: stands != id })
    })?;
    Ok(received)
}

/// Whether to read an import that was read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// No: say what came of it.
    No,
    /// Yes: a replay, with today's reader.
    Yes,
}

/// Reads an import and takes in what it brings, in one unit of work.
///
/// # Errors
/// When disk or database fail; a file that can't be used is a [`Reading`], not an error.
pub fn read_import(
    permit: &Permit<ImportFiles>,
    archive: &Archive,
    id: ImportId,
    again: Again,
) -> Result<Option<Reading>, ExchangeError> {
    let found = permit.read_now(|r| {
        r.maybe(
            sql("SELECT i.hash, i.file_name, i.received_at, i.raw_gone_at, (SELECT COUNT(*) FROM import_reading x WHERE x.import_id = i.id AND x.taken) AS taken FROM import i WHERE i.id = $1"),
            &[&id],
        )
    })?;
    let Some(row) = found else { return Ok(None) };
    let (hash, name, received_at): (String, String, Timestamp) =
        (row.get("hash")?, row.get("file_name")?, row.get("received_at")?);
    let gone: Option<Timestamp> = row.get("raw_gone_at")?;
    if row.get::<i64>("taken")? > 0 && (again == Again::No || gone.is_some()) {
        return Ok(Some(last_reading(permit, id, name)?));
    }
    if let Some(gone) = gone {
        return Ok(Some(Reading::refused(
            id.to_string(),
            name,
            &format!(
                "its copy was taken away under retention on {}, so it can’t be read again",
                clock::day_words(clock::london_day(gone))
            ),
        )));
    }
    let bytes = archive.fetch(&hash)?;
    // Reading happens outside the transaction: a huge list must not hold the writer while it is parsed.
    let read = intake::read(&bytes, Some(&name), clock::london_day(clock::now()), &Limits::default());
    let reading = permit.write_now(|w| {
        let reading = match &read {
            Ok(file) => {
                let arrival = Arrival { import: id, received_at };
                let counts = take_in(w, file, arrival)?;
                let odd = hearings::take_in(w, file, arrival)?;
                Reading {
                    import: id.to_string(),
                    file: name.clone(),
                    outcome: Outcome::Taken,
                    format: Some(file.format.words().to_owned()),
                    refusal: None,
                    counts,
                    skips: file.skips.clone(),
                    notes: file.notes.iter().cloned().chain(odd).collect(),
                }
            }
            Err(refusal) => Reading::refused(id.to_string(), name.clone(), &refusal.to_string()),
        };
        write_reading(w, id, &reading)?;
        Ok::<_, store::Error>(reading)
    })?;
    Ok(Some(reading))
}

fn json<T: Serialize>(value: &T) -> store::Result<String> {
    serde_json::to_string(value).map_err(|e| store::Error::Migration(e.to_string()))
}

fn write_reading(w: &mut Writer<'_, ImportFiles>, id: ImportId, reading: &Reading) -> store::Result<()> {
    let (by, taken) = (w.by(), reading.outcome == Outcome::Taken);
    w.record(Event::new(if taken { "file read" } else { "file refused" }, "import", id));
    w.execute(
        sql("INSERT INTO import_reading (id, import_id, at, by_words, taken, format, refusal, counts, skips, notes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        &[&Uuid::now_v7(), &id, &clock::now(), &by, &taken, &reading.format, &reading.refusal, &json(&reading.counts)?, &json(&reading.skips)?, &json(&reading.notes)?],
    )?;
    Ok(())
}

/// A kept reading's columns, back into a [`Reading`].
pub(super) fn reading_of(row: &store::Row, id: ImportId, file: String) -> store::Result<Reading> {
    fn parse<T: serde::de::DeserializeOwned>(row: &store::Row, column: &str) -> store::Result<T> {
        serde_json::from_str(&row.get::<String>(column)?)
            .map_err(|e| store::Error::Column { column: column.into(), why: e.to_string() })
    }
    Ok(Reading {
        import: id.to_string(),
        file,
        outcome: if row.get("taken")? { Outcome::Taken } else { Outcome::Refused },
        format: row.get("format")?,
        refusal: row.get("refusal")?,
        counts: parse(row, "counts")?,
        skips: parse(row, "skips")?,
        notes: parse(row, "notes")?,
    })
}

fn last_reading(permit: &Permit<ImportFiles>, id: ImportId, file: String) -> Result<Reading, ExchangeError> {
    let mut reading = permit.read_now(|r| {
        let row = r.one(sql("SELECT * FROM import_reading WHERE import_id = $1 AND taken ORDER BY at DESC, id DESC LIMIT 1"), &[&id])?;
        reading_of(&row, id, file)
    })?;
    reading.outcome = Outcome::Already;
    Ok(reading)
}

/// Reads every import that was received before a moment but never read: what a stopped server left. Oldest first; one that
/// fails, or breaks the reader, waits for the next start and holds up no other. How many were read.
///
/// # Errors
/// When the database fails.
pub fn finish_pending(
    permit: &Permit<ImportFiles>,
    archive: &Archive,
    before: Timestamp,
) -> store::Result<usize> {
    let pending = permit.read_now(|r| {
        r.query(sql("SELECT id FROM import i WHERE i.received_at < $1 AND i.raw_gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM import_reading x WHERE x.import_id = i.id) ORDER BY received_at, id"), &[&before])?
            .iter()
            .map(|row| row.get("id"))
            .collect::<store::Result<Vec<ImportId>>>()
    })?;
    let mut read = 0;
    for id in pending {
        // What the reader holds is dropped with it, and its unit of work is undone: nothing half done is left to be seen.
        match catch_unwind(AssertUnwindSafe(|| read_import(permit, archive, id, Again::No))) {
            Ok(Ok(_)) => read += 1,
            Ok(Err(error)) => tracing::error!(%error, import = %id, "a received file could not be read"),
            Err(_) => {
                tracing::error!(import = %id, "a received file broke its reader: it is kept, and left unread")
            }
        }
    }
    Ok(read)
}

/// Which imports a replay reads, oldest first: all, or those whose last reading refused them.
///
/// # Errors
/// When the database fails.
pub fn imports_to_replay(permit: &Permit<ImportFiles>, refused_only: bool) -> store::Result<Vec<ImportId>> {
    permit.read_now(|r| {
        r.query(
            sql("SELECT id FROM import i WHERE i.raw_gone_at IS NULL AND (NOT $1 OR NOT EXISTS (SELECT 1 FROM import_reading x WHERE x.import_id = i.id AND x.taken)) ORDER BY received_at, id"),
            &[&refused_only],
        )?
        .iter()
        .map(|row| row.get("id"))
        .collect()
    })
}

/// Deletes the bytes of files that retention took away: right after, and at each start, since a server may have stopped in
/// between, or the same file may have been sent again. Gives how many there were.
///
/// # Errors
/// When disk or database fail.
pub fn clear_gone(db: &store::Db, archive: &Path) -> Result<usize, ExchangeError> {
    let gone: Vec<String> = db.read(|r| {
        r.query(sql("SELECT hash FROM import WHERE raw_gone_at IS NOT NULL ORDER BY raw_gone_at"), &[])?
            .iter()
            .map(|row| row.get("hash"))
            .collect::<store::Result<_>>()
    })?;
    let (archive, mut deleted) = (Archive::at(archive.to_owned(), None), 0);
    for hash in gone {
        deleted += usize::from(archive.delete(&hash)?);
    }
    Ok(deleted)
}
