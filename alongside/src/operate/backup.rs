//! A backup is a folder: the database, the archive of raw files, and a manifest. It is read back before it counts.

use crate::clock;
use crate::config::Config;
use crate::exchange::hash_of;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use store::{Db, sql};

/// What a backup holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Backup {
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
}

/// Why it did not work, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
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

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> OperateError + '_ {
    move |error| OperateError::File { path: path.to_owned(), error }
}

/// Makes a backup in a fresh folder below `into` and proves it: the copy is opened, checked and its audit verified.
///
/// # Errors
/// On PostgreSQL (use its own tools), when the disk refuses, or when the copy does not prove sound.
pub fn backup(config: &Config, db: &Db, into: &Path) -> Result<(PathBuf, Backup), OperateError> {
    if !config.database.starts_with("sqlite:") {
        return Err(OperateError::Unfit("this service runs on PostgreSQL: back the database up with pg_dump, and copy the archive folder beside it (docs/administrators/backup.md)".into()));
    }
    let name = clock::now().strftime("alongside-%Y%m%dT%H%M%SZ").to_string();
    let folder = into.join(&name);
    let aside = into.join(format!("{name}.unfinished"));
    fs::create_dir_all(&aside).map_err(at(&aside))?;
    let copy = aside.join("alongside.sqlite");
    // The database first: every file it names was archived before its row was written.
    db.copy_to(&copy)?;
    let archive_files = copy_tree(&config.archive(), &aside.join("archive"))?;
    let manifest = prove(&copy, archive_files)?;
    let path = aside.join("manifest.json");
    let text = serde_json::to_string_pretty(&manifest).map_err(|e| OperateError::Unfit(e.to_string()))?;
    fs::write(&path, text).map_err(at(&path))?;
    fs::rename(&aside, &folder).map_err(at(&folder))?;
    Ok((folder, manifest))
}

fn prove(copy: &Path, archive_files: usize) -> Result<Backup, OperateError> {
    let db = Db::open(&format!("sqlite:{}", copy.display()))?;
    let faults = db.integrity()?;
    if let Some(fault) = faults.first() {
        return Err(OperateError::Unfit(format!(
            "the copy is damaged ({fault}): look at the disk, then try again"
        )));
    }
    let (verified, people) = db.read(|r| {
        let people: i64 = r.one(sql("SELECT COUNT(*) AS n FROM person"), &[])?.get("n")?;
        Ok::<_, store::Error>((crate::audit::verify(r)?, people))
    })?;
    if let Some(fault) = verified.fault {
        return Err(OperateError::Unfit(format!("the audit chain in the copy does not hold: {fault}")));
    }
    drop(db);
    let bytes = fs::read(copy).map_err(at(copy))?;
    Ok(Backup {
        made_at: clock::now().to_string(),
        archive_files,
        people,
        audit_events: verified.events,
        audit_head: verified.head,
        database_sha256: hash_of(&bytes),
    })
}

fn copy_tree(from: &Path, to: &Path) -> Result<usize, OperateError> {
    fs::create_dir_all(to).map_err(at(to))?;
    if !from.is_dir() {
        return Ok(0);
    }
    let mut files = 0;
    for entry in fs::read_dir(from).map_err(at(from))? {
        let path = entry.map_err(at(from))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            files += copy_tree(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(at(&path))?;
            files += 1;
        }
    }
    Ok(files)
}

/// Puts a backup into an empty data folder, after checking it against its manifest.
///
/// # Errors
/// When the folder holds a service already, or the backup is not what its manifest says.
pub fn restore(config: &Config, from: &Path) -> Result<Backup, OperateError> {
    let manifest_path = from.join("manifest.json");
    let text = fs::read_to_string(&manifest_path).map_err(at(&manifest_path))?;
    let manifest: Backup = serde_json::from_str(&text)
        .map_err(|e| OperateError::Unfit(format!("{}: {e}", manifest_path.display())))?;
    let copy = from.join("alongside.sqlite");
    let bytes = fs::read(&copy).map_err(at(&copy))?;
    if hash_of(&bytes) != manifest.database_sha256 {
        return Err(OperateError::Unfit(
            "the database in this backup is not the one its manifest describes: take another backup".into(),
        ));
    }
    let Some(target) = config.database.strip_prefix("sqlite:").map(PathBuf::from) else {
        return Err(OperateError::Unfit(
            "this service is set to PostgreSQL: restore with pg_restore (docs/administrators/backup.md)"
                .into(),
        ));
    };
    if target.exists() {
        return Err(OperateError::Unfit(format!(
            "{} exists: restore into an empty data folder (ALONGSIDE_DATA), then put it in place of the old one",
            target.display()
        )));
    }
    fs::create_dir_all(&config.data).map_err(at(&config.data))?;
    let files = copy_tree(&from.join("archive"), &config.archive())?;
    if files < manifest.archive_files {
        return Err(OperateError::Unfit(format!(
            "the backup should hold {} archived files and holds {files}: take another backup",
            manifest.archive_files
        )));
    }
    fs::copy(&copy, &target).map_err(at(&target))?;
    let proven = prove(&target, files)?;
    Ok(Backup { made_at: manifest.made_at, ..proven })
}
