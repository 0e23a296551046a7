//! A backup is a folder: the database, the archive of raw files, and a manifest; or the same as one encrypted file. It is read
//! back before it counts.

use super::sealed;
use crate::clock;
use crate::config::Config;
use crate::exchange::hash_of;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use store::{Db, Read, sql};

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
    /// Rows by table, of those that grow with the work.
    #[serde(default)]
    pub rows: BTreeMap<String, i64>,
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

pub(super) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> OperateError + '_ {
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
    let keys = sealed::recipients(&config.backup.keys)?;
    if keys.is_empty() {
        fs::rename(&aside, &folder).map_err(at(&folder))?;
        return Ok((folder, manifest));
    }
    let (file, unfinished) = (
        into.join(format!("{name}.{}", sealed::ENDING)),
        into.join(format!("{name}.unfinished.{}", sealed::ENDING)),
    );
    let proven = sealed::seal(&aside, &unfinished, &keys, &into.join(format!("{name}.proof")));
    // What is not encrypted does not stay, whatever came of it.
    fs::remove_dir_all(&aside).map_err(at(&aside))?;
    let proven = proven?;
    fs::rename(&unfinished, &file).map_err(at(&file))?;
    Ok((file, proven))
}

/// Reads a backup's folder back: its manifest, the fingerprint, the files it counts, the database, the audit, the rows.
pub(super) fn open_backup(folder: &Path) -> Result<Backup, OperateError> {
    let manifest = manifest_of(folder)?;
    let copy = folder.join("alongside.sqlite");
    fits(&manifest, &copy)?;
    let files = count_files(&folder.join("archive"))?;
    if files < manifest.archive_files {
        return Err(too_few(&manifest, files));
    }
    let proven = prove(&copy, files)?;
    if proven.rows != manifest.rows {
        return Err(OperateError::Unfit("the rows in this backup are not those its manifest counts".into()));
    }
    Ok(Backup { made_at: manifest.made_at, ..proven })
}

fn manifest_of(folder: &Path) -> Result<Backup, OperateError> {
    let path = folder.join("manifest.json");
    let text = fs::read_to_string(&path).map_err(at(&path))?;
    serde_json::from_str(&text).map_err(|e| OperateError::Unfit(format!("{}: {e}", path.display())))
}

fn fits(manifest: &Backup, copy: &Path) -> Result<(), OperateError> {
    let bytes = fs::read(copy).map_err(at(copy))?;
    if hash_of(&bytes) == manifest.database_sha256 {
        return Ok(());
    }
    Err(OperateError::Unfit(
        "the database in this backup is not the one its manifest describes: take another backup".into(),
    ))
}

fn too_few(manifest: &Backup, files: usize) -> OperateError {
    OperateError::Unfit(format!(
        "the backup should hold {} archived files and holds {files}: take another backup",
        manifest.archive_files
    ))
}

fn count_files(folder: &Path) -> Result<usize, OperateError> {
    let mut files = 0;
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        files += if path.is_dir() { count_files(&path)? } else { 1 };
    }
    Ok(files)
}

fn prove(copy: &Path, archive_files: usize) -> Result<Backup, OperateError> {
    let db = Db::open_still(copy)?;
    let faults = db.integrity()?;
    if let Some(fault) = faults.first() {
        return Err(OperateError::Unfit(format!(
            "the copy is damaged ({fault}): look at the disk, then try again"
        )));
    }
    let (verified, rows) = db.read(|r| Ok::<_, store::Error>((crate::audit::verify(r)?, rows_of(r)?)))?;
    if let Some(fault) = verified.fault {
        return Err(OperateError::Unfit(format!("the audit chain in the copy does not hold: {fault}")));
    }
    let bytes = fs::read(copy).map_err(at(copy))?;
    Ok(Backup {
        made_at: clock::now().to_string(),
        archive_files,
        people: rows.get("person").copied().unwrap_or_default(),
        audit_events: verified.events,
        audit_head: verified.head,
        database_sha256: hash_of(&bytes),
        rows,
    })
}

/// Rows by table, of those that grow with the work.
fn rows_of(r: &mut Read<'_>) -> store::Result<BTreeMap<String, i64>> {
    let row = r.one(
        sql("SELECT (SELECT COUNT(*) FROM person) AS person, (SELECT COUNT(*) FROM listing) AS listing, (SELECT COUNT(*) FROM screening) AS screening, (SELECT COUNT(*) FROM assessment) AS assessment, (SELECT COUNT(*) FROM warning) AS warning, (SELECT COUNT(*) FROM report) AS report, (SELECT COUNT(*) FROM referral) AS referral, (SELECT COUNT(*) FROM contact) AS contact, (SELECT COUNT(*) FROM disclosure) AS disclosure, (SELECT COUNT(*) FROM import) AS import_file"),
        &[],
    )?;
    let tables = [
        "person",
        "listing",
        "screening",
        "assessment",
        "warning",
        "report",
        "referral",
        "contact",
        "disclosure",
        "import_file",
    ];
    tables.iter().map(|table| Ok(((*table).to_owned(), row.get(table)?))).collect()
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

/// Puts a backup into an empty data folder, after checking it against its manifest. An encrypted one needs the file with the
/// private key; it is opened beside the data folder, and what was opened does not stay.
///
/// # Errors
/// When the folder holds a service already, the key does not fit, or the backup is not what its manifest says.
pub fn restore(config: &Config, from: &Path, key_file: Option<&Path>) -> Result<Backup, OperateError> {
    if !from.is_file() {
        return restore_folder(config, from);
    }
    let Some(key_file) = key_file else {
        return Err(OperateError::Unfit(
            "this backup is encrypted: name the file with the private key (--key FILE)".into(),
        ));
    };
    let opened = config.data.with_extension("opened");
    let restored =
        sealed::unpack_with(from, key_file, &opened).and_then(|()| restore_folder(config, &opened));
    if opened.exists() {
        fs::remove_dir_all(&opened).map_err(at(&opened))?;
    }
    restored
}

fn restore_folder(config: &Config, from: &Path) -> Result<Backup, OperateError> {
    let manifest = manifest_of(from)?;
    let copy = from.join("alongside.sqlite");
    fits(&manifest, &copy)?;
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
        return Err(too_few(&manifest, files));
    }
    fs::copy(&copy, &target).map_err(at(&target))?;
    let proven = prove(&target, files)?;
    Ok(Backup { made_at: manifest.made_at, ..proven })
}
