//! Backups by the clock, and what became of each: kept in the database, shown to the administrator and to the doctor.

use super::backup::{Backup, OperateError, backup};
use super::increment::{Kept, increment, standing};
use crate::access::policy::ManageService;
use crate::access::{App, Permit};
use crate::audit::Event;
use crate::clock;
use crate::config::Config;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use std::time::Duration;
use store::{Db, Read, Result, sql};
use uuid::Uuid;

/// One backup that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// When it ended.
    pub at: Timestamp,
    /// Whether it was made and proven.
    pub proven: bool,
    /// Where it lies; for one that failed, nothing.
    pub place: String,
    /// What it holds, or why it failed.
    pub words: String,
    /// Seconds it took.
    pub seconds: i64,
}

/// The newest runs, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn runs(r: &mut Read<'_>, most: i64) -> Result<Vec<Run>> {
    r.query(
        sql("SELECT at, proven, place, words, seconds FROM backup_run ORDER BY at DESC, id DESC LIMIT $1"),
        &[&most],
    )?
    .iter()
    .map(|row| {
        Ok(Run {
            at: row.get("at")?,
            proven: row.get("proven")?,
            place: row.get("place")?,
            words: row.get("words")?,
            seconds: row.get("seconds")?,
        })
    })
    .collect()
}

/// When the last proven backup was made. One of a moment that has not come yet was made while the clock ran ahead, and says
/// nothing of now.
///
/// # Errors
/// When the database can't be read.
pub fn last_proven(r: &mut Read<'_>, now: Timestamp) -> Result<Option<Timestamp>> {
    r.maybe(sql("SELECT at FROM backup_run WHERE proven AND at <= $1 ORDER BY at DESC LIMIT 1"), &[&now])?
        .map(|row| row.get("at"))
        .transpose()
}

/// Why the newest try failed, and when; nothing where it did not.
///
/// # Errors
/// When the database can't be read.
pub fn last_failed(r: &mut Read<'_>, now: Timestamp) -> Result<Option<(Timestamp, String)>> {
    let newest =
        sql("SELECT at, proven, words FROM backup_run WHERE at <= $1 ORDER BY at DESC, id DESC LIMIT 1");
    let Some(row) = r.maybe(newest, &[&now])? else { return Ok(None) };
    if row.get("proven")? { Ok(None) } else { Ok(Some((row.get("at")?, row.get("words")?))) }
}

/// Makes a backup, and writes down what became of it.
///
/// # Errors
/// When the database can't take the row; a backup that failed is a row, too.
pub fn run(config: &Config, db: &Db, into: &Path) -> Result<Run> {
    let started = clock::now();
    let made = backup(config, db, into);
    let at = clock::now();
    let seconds = (at.as_second() - started.as_second()).max(0);
    let run = match made {
        Ok((place, holds)) => {
            Run { at, proven: true, place: place.display().to_string(), words: words_of(&holds), seconds }
        }
        Err(error) => Run { at, proven: false, place: String::new(), words: error.to_string(), seconds },
    };
    let permit: Permit<ManageService> = Permit::operator(db, "backup");
    let kept = run.clone();
    permit.write_now(|w| {
        let id = Uuid::now_v7();
        w.record(Event::new(if kept.proven { "backup made and proven" } else { "backup failed" }, "backup", id));
        w.execute(
            sql("INSERT INTO backup_run (id, at, proven, place, words, seconds) VALUES ($1, $2, $3, $4, $5, $6)"),
            &[&id, &kept.at, &kept.proven, &kept.place, &kept.words, &kept.seconds],
        )?;
        Ok::<_, store::Error>(())
    })?;
    Ok(run)
}

/// What a backup holds, in words.
fn words_of(holds: &Backup) -> String {
    let lost = match holds.raw_lost.len() {
        0 => String::new(),
        n => format!("; {n} raw files were missing or damaged before it was made (see the doctor)"),
    };
    format!(
        "{} people, {} archived files, {} audit events{lost}",
        holds.people, holds.archive_files, holds.audit_events
    )
}

/// Whether a backup is due: none was proven within the hours of the setting.
#[must_use]
pub fn is_due(last: Option<Timestamp>, hours: i64, now: Timestamp) -> bool {
    last.is_none_or(|last| last + SignedDuration::from_hours(hours) <= now)
}

/// What one look of the watch did.
#[derive(Debug, PartialEq, Eq)]
pub enum Looked {
    /// Nothing was due, or nothing had changed.
    Nothing,
    /// A backup was tried.
    Backup(Run),
    /// An increment was made and proven.
    Increment,
}

/// Makes what is due now: a backup after the hours of the settings, an increment after the minutes. Where an increment finds
/// nothing that it could follow, a backup takes its place. One that failed is tried again after a while; increments to the one
/// before it go on meanwhile.
///
/// # Errors
/// When an increment failed, or what became of a backup could not be written down.
pub fn keep_what_is_due(config: &Config, db: &Db, into: &Path) -> Result<Looked, OperateError> {
    const AGAIN: SignedDuration = SignedDuration::from_mins(10);
    let (set, now) = (&config.backup, clock::now());
    let (last, failed) = db.read(|r| Ok::<_, store::Error>((last_proven(r, now)?, last_failed(r, now)?)))?;
    let may_try = failed.is_none_or(|(at, _)| at + AGAIN <= now);
    if may_try && is_due(last, set.hours, now) {
        return Ok(Looked::Backup(run(config, db, into)?));
    }
    if set.minutes == 0 || !config.database.starts_with("sqlite:") {
        return Ok(Looked::Nothing);
    }
    let minutes = SignedDuration::from_mins(set.minutes);
    // One of a moment that has not come yet is of a clock that ran ahead.
    if standing(config).is_some_and(|standing| standing.at <= now && now < standing.at + minutes) {
        return Ok(Looked::Nothing);
    }
    match increment(config, db, into)? {
        Kept::Nothing => Ok(Looked::Nothing),
        Kept::Increment { .. } => Ok(Looked::Increment),
        Kept::NeedsBackup if may_try => Ok(Looked::Backup(run(config, db, into)?)),
        Kept::NeedsBackup => Ok(Looked::Nothing),
    }
}

/// Keeps what is due by the clock, on a thread of its own, where a folder is set. What failed is tried again after a while.
pub fn watch_backups(app: &App) {
    const LOOK: Duration = Duration::from_secs(20);
    const AFTER_ERROR: Duration = Duration::from_mins(2);
    let Some(into) = app.config.backup.to.clone() else { return };
    let (db, config) = (app.db().clone(), app.config.clone());
    std::thread::spawn(move || {
        loop {
            let pause = match keep_what_is_due(&config, &db, &into) {
                Ok(Looked::Nothing | Looked::Increment) => LOOK,
                Ok(Looked::Backup(run)) if run.proven => {
                    tracing::info!(place = run.place, "backup made and proven");
                    LOOK
                }
                Ok(Looked::Backup(run)) => {
                    tracing::error!(why = run.words, "the backup failed");
                    LOOK
                }
                Err(error) => {
                    tracing::error!(%error, "an increment failed, or what became of a backup could not be written down");
                    AFTER_ERROR
                }
            };
            std::thread::sleep(pause);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_due_when_none_was_proven_within_the_hours() {
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        assert!(is_due(None, 24, now));
        assert!(!is_due(Some(now - SignedDuration::from_hours(23)), 24, now));
        assert!(is_due(Some(now - SignedDuration::from_hours(24)), 24, now));
    }
}
