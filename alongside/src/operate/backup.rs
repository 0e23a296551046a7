//! A backup is a folder: the database, the archive of raw files, and a manifest; or the same as one encrypted file. It is read
//! back before it counts.

use super::files::{clear, clear_file, copy_files, fingerprint, finish, raw_files_below};
use super::increment::follow;
use super::{folder_mark, lock, sealed};
use crate::access::{AT_REST_FILE, AtRest, SealError, at_rest_file, open_still};
use crate::clock;
use crate::config::Config;
use crate::exchange::Archive;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use store::{Db, Read, sql};

/// What a backup holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Backup {
    /// Its name, which the increments that follow it bear. Empty in backups of older programs.
    #[serde(default)]
    pub name: String,
    /// When it was made.
    pub made_at: String,
    /// Files in the archive.
    pub archive_files: usize,
    /// People on the register.
    pub people: i64,
    /// Audit events, and the hash of the last: the copy's chain was verified up to it.
    pub audit_events: i64,
    /// The last event's hash.
    pub audit_head: String,
    /// Fingerprint of the database copy.
    pub database_sha256: String,
    /// Rows by table, of those that grow with the work.
    #[serde(default)]
    pub rows: BTreeMap<String, i64>,
    /// Raw files that rows name and that the service itself had lost, or held damaged, when this was made. Their hashes.
    #[serde(default)]
    pub raw_lost: BTreeSet<String>,
}

/// Why it did not work, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// What is encrypted.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The disk.
    #[error("{path}: {error}")]
    File {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Something does not fit.
    #[error("{0}")]
    Unfit(String),
}

pub(super) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> OperateError + '_ {
    move |error| OperateError::File { path: path.to_owned(), error }
}

/// Makes a backup in a fresh folder below `into` and proves it: the copy is opened, checked and its audit verified. Where
/// `into` is the folder of the settings, increments follow it from now on.
///
/// # Errors
/// On PostgreSQL (use its own tools), when the disk refuses, or when the copy does not prove sound.
pub fn backup(config: &Config, db: &Db, into: &Path) -> Result<(PathBuf, Backup), OperateError> {
    if !config.database.starts_with("sqlite:") {
        return Err(OperateError::Unfit("this service runs on PostgreSQL: back the database up with pg_dump, and copy the archive folder beside it, and at-rest.key where there is one (docs/administrators/backup.md)".into()));
    }
    let started = clock::now();
    let keys = sealed::recipients(&config.backup.keys)?;
    let _alone = lock::backups(config)?;
    let follows = config.backup.minutes > 0 && config.backup.to.as_deref() == Some(into);
    if config.backup.to.as_deref() == Some(into) {
        folder_mark::find(config, into)?;
    }
    let name = started.strftime("alongside-%Y%m%dT%H%M%S.%3fZ").to_string();
    // What is to be encrypted is put together beside the open database, never where the backups go.
    let aside = if keys.is_empty() {
        into.join(format!("{name}.unfinished"))
    } else {
        config.data.join("backup.unfinished")
    };
    clear(&aside)?;
    fs::create_dir_all(into).map_err(at(into))?;
    fs::create_dir_all(&aside).map_err(at(&aside))?;
    let made = fill(config, db, &aside, &name).and_then(|holds| {
        let (place, opened, holds) = if keys.is_empty() {
            let folder = into.join(&name);
            finish(&aside, &folder)?;
            (folder.clone(), folder, holds)
        } else {
            let (file, holds) = seal(config, into, &aside, &name, &keys)?;
            (file, aside.clone(), holds)
        };
        // Only what lies there for good is followed: increments to a backup that failed would be worth nothing.
        if follows {
            follow(config, &name, started, &opened).map_err(|error| {
                OperateError::Unfit(format!(
                    "{} was made and proven, but no increment can follow it: {error}",
                    place.display()
                ))
            })?;
        }
        Ok((place, holds))
    });
    // Whatever came of it: half a backup, or an open one beside its sealed file, does not stay.
    let cleared = clear(&aside);
    let made = made?;
    cleared.map(|()| made)
}

/// Puts together what a backup holds, and proves it.
fn fill(config: &Config, db: &Db, aside: &Path, name: &str) -> Result<Backup, OperateError> {
    let copy = aside.join("alongside.sqlite");
    // The database first: every file it names was archived before its row was written.
    db.copy_to(&copy)?;
    let archive = aside.join("archive");
    copy_files(&config.archive(), &archive, &raw_files_below(&config.archive())?)?;
    let key = at_rest_file(config);
    if key.exists() {
        // Sealed itself: it opens nothing without the key that the settings name, which is in no backup.
        fs::copy(&key, aside.join(AT_REST_FILE)).map_err(at(&key))?;
    }
    let at_rest = AtRest::of(config)?;
    let mut manifest = Backup { name: name.to_owned(), ..prove(&copy, &archive, at_rest.as_ref())? };
    // What the service has whole, its copy must have whole; what it lost itself is said, and the rest is kept all the same.
    let own = Archive::at(config.archive(), at_rest);
    if let Some(hash) = manifest.raw_lost.iter().find(|hash| own.fetch(hash).is_ok()) {
        return Err(OperateError::Unfit(format!(
            "the copy of the raw file {hash} is not what the service holds: look at the disk, then try again"
        )));
    }
    manifest.made_at = clock::now().to_string();
    let path = aside.join("manifest.json");
    let text = serde_json::to_string_pretty(&manifest).map_err(|e| OperateError::Unfit(e.to_string()))?;
    fs::write(&path, text).map_err(at(&path))?;
    Ok(manifest)
}

/// Seals what was put together into one file, and proves it by opening it again.
fn seal(
    config: &Config,
    into: &Path,
    aside: &Path,
    name: &str,
    keys: &[age::x25519::Recipient],
) -> Result<(PathBuf, Backup), OperateError> {
    let unfinished = into.join(format!("{name}.unfinished.{}", sealed::ENDING));
    let scratch = config.data.join("backup-proof");
    match sealed::seal(aside, &unfinished, keys, &scratch, |opened| open_backup(config, opened)) {
        Ok(proven) => {
            let file = into.join(format!("{name}.{}", sealed::ENDING));
            finish(&unfinished, &file)?;
            Ok((file, proven))
        }
        Err(error) => {
            // The first error is the one worth telling.
            let _ = clear_file(&unfinished);
            Err(error)
        }
    }
}

/// Reads a backup's folder back: its manifest, the fingerprint, the files it counts, the database, the audit, the rows.
fn open_backup(config: &Config, folder: &Path) -> Result<Backup, OperateError> {
    let manifest = manifest_of(folder)?;
    let copy = folder.join("alongside.sqlite");
    fits(&manifest, &copy)?;
    let at_rest = AtRest::in_folder(config, folder)?;
    let proven = prove(&copy, &folder.join("archive"), at_rest.as_ref())?;
    if proven.archive_files < manifest.archive_files || proven.raw_lost != manifest.raw_lost {
        return Err(too_few(&manifest, proven.archive_files));
    }
    if proven.rows != manifest.rows {
        return Err(OperateError::Unfit("the rows in this backup are not those its manifest counts".into()));
    }
    Ok(Backup { made_at: manifest.made_at, name: manifest.name, ..proven })
}

pub(super) fn manifest_of(folder: &Path) -> Result<Backup, OperateError> {
    let path = folder.join("manifest.json");
    let text = fs::read_to_string(&path).map_err(at(&path))?;
    serde_json::from_str(&text).map_err(|e| OperateError::Unfit(format!("{}: {e}", path.display())))
}

pub(super) fn fits(manifest: &Backup, copy: &Path) -> Result<(), OperateError> {
    if fingerprint(copy)? == manifest.database_sha256 {
        return Ok(());
    }
    Err(OperateError::Unfit(
        "the database in this backup is not the one its manifest describes: take another backup".into(),
    ))
}

pub(super) fn too_few(manifest: &Backup, files: usize) -> OperateError {
    OperateError::Unfit(format!(
        "the backup should hold {} archived files, and holds {files} or not the same ones: take another backup",
        manifest.archive_files
    ))
}

/// Looks a still database through, and the raw files in the archive that belongs to it.
pub(super) fn prove(copy: &Path, archive: &Path, at_rest: Option<&AtRest>) -> Result<Backup, OperateError> {
    let proven = prove_database(copy, at_rest)?;
    let named = raw_named(&open_still(copy, at_rest)?)?;
    let files = Archive::at(archive.to_owned(), at_rest.cloned());
    Ok(Backup {
        archive_files: raw_files_below(archive)?.len(),
        raw_lost: named.into_iter().filter(|hash| files.fetch(hash).is_err()).collect(),
        ..proven
    })
}

/// Looks a still database through: the engine's own check, the audit's chain, the rows.
pub(super) fn prove_database(copy: &Path, at_rest: Option<&AtRest>) -> Result<Backup, OperateError> {
    let db = open_still(copy, at_rest)?;
    let faults = db.integrity()?;
    if let Some(fault) = faults.first() {
        return Err(OperateError::Unfit(format!(
            "the copy is damaged ({fault}): look at the disk, then try again"
        )));
    }
    let there = db.tables()?;
    let (verified, rows) =
        db.read(|r| Ok::<_, store::Error>((crate::audit::verify(r)?, rows_of(r, &there)?)))?;
    if let Some(fault) = verified.fault {
        return Err(OperateError::Unfit(format!("the audit chain in the copy does not hold: {fault}")));
    }
    Ok(Backup {
        name: String::new(),
        made_at: clock::now().to_string(),
        archive_files: 0,
        raw_lost: BTreeSet::new(),
        people: rows.get("person").copied().unwrap_or_default(),
        audit_events: verified.events,
        audit_head: verified.head,
        database_sha256: fingerprint(copy)?,
        rows,
    })
}

/// The hashes of the raw files that rows name, without those that retention took away. Older schemas have no such mark, or no
/// such table yet.
pub(super) fn raw_named(db: &Db) -> store::Result<Vec<String>> {
    let statements =
        [sql("SELECT hash FROM import WHERE raw_gone_at IS NULL"), sql("SELECT hash FROM import")];
    let Some(fits) = statements.into_iter().find(|statement| db.prepares(*statement).is_ok()) else {
        return Ok(Vec::new());
    };
    db.read(|r| r.query(fits, &[])?.iter().map(|row| row.get("hash")).collect::<store::Result<_>>())
}

/// Rows by table, of those that grow with the work. One that an older schema does not have yet is left out.
fn rows_of(r: &mut Read<'_>, there: &[String]) -> store::Result<BTreeMap<String, i64>> {
    let tables = [
        ("person", sql("SELECT COUNT(*) AS n FROM person")),
        ("listing", sql("SELECT COUNT(*) AS n FROM listing")),
        ("screening", sql("SELECT COUNT(*) AS n FROM screening")),
        ("assessment", sql("SELECT COUNT(*) AS n FROM assessment")),
        ("warning", sql("SELECT COUNT(*) AS n FROM warning")),
        ("report", sql("SELECT COUNT(*) AS n FROM report")),
        ("referral", sql("SELECT COUNT(*) AS n FROM referral")),
        ("contact", sql("SELECT COUNT(*) AS n FROM contact")),
        ("disclosure", sql("SELECT COUNT(*) AS n FROM disclosure")),
        ("import", sql("SELECT COUNT(*) AS n FROM import")),
    ];
    let mut rows = BTreeMap::new();
    for (table, count) in tables.into_iter().filter(|(table, _)| there.iter().any(|name| name == table)) {
        rows.insert(table.to_owned(), r.one(count, &[])?.get("n")?);
    }
    Ok(rows)
}
