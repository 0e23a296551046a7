//! Encrypting what lies in the data folder, and taking it back: database and raw files. Broken off, it is done again: until the
//! very end the database is the one that it was.

use super::backup::{Backup, OperateError, at, prove_database, raw_named};
use super::files::{clear_file, finish};
use super::{increment, lock};
use crate::access::{AtRest, at_rest_file, open_database};
use crate::config::Config;
use crate::exchange::Archive;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What was done.
#[derive(Debug, Serialize)]
pub struct Encrypted {
    /// Whether the database was written anew; it was not where it was so already, and on PostgreSQL.
    pub database: bool,
    /// Raw files that were looked at.
    pub files: usize,
}

/// Encrypts the data folder: the database (SQLite) and the raw files. What comes later is encrypted as it comes. The service
/// must not run meanwhile. Backups that were made before stay as they were.
///
/// # Errors
/// When the key in force can't be had, the disk refuses, or the encrypted database is not what the open one was: then that stays.
pub fn encrypt(config: &Config) -> Result<Encrypted, OperateError> {
    let _alone = lock::service(config)?;
    let at_rest = AtRest::begin(config)?;
    let database = rewrite(config, &at_rest, Way::Seal)?;
    let files = each_file(config, &at_rest, Archive::seal)?;
    Ok(Encrypted { database, files })
}

/// Takes it back: everything lies there in clear again.
///
/// # Errors
/// As [`encrypt`].
pub fn decrypt(config: &Config) -> Result<Encrypted, OperateError> {
    let _alone = lock::service(config)?;
    let Some(at_rest) = AtRest::of(config)? else { return Ok(Encrypted { database: false, files: 0 }) };
    let files = each_file(config, &at_rest, Archive::unseal)?;
    let database = rewrite(config, &at_rest, Way::Open)?;
    // Last: until here it is what opens the rest.
    clear_file(&at_rest_file(config))?;
    Ok(Encrypted { database, files })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Seal,
    Open,
}

/// Writes the database anew, proves that it holds the same, and puts it in the place of the old one.
fn rewrite(config: &Config, at_rest: &AtRest, way: Way) -> Result<bool, OperateError> {
    let Some(database) = config.database.strip_prefix("sqlite:").map(PathBuf::from) else { return Ok(false) };
    let is_sealed = store::is_sealed(&database)?;
    if !database.exists() || is_sealed == (way == Way::Seal) {
        return Ok(false);
    }
    // What is in the log beside the file goes into the file.
    open_database(config)?.settle()?;
    let fresh = config.data.join("alongside.sqlite.unfinished");
    clear_file(&fresh)?;
    let key = Some(at_rest.database());
    let (from, to) = if is_sealed { (key, None) } else { (None, key) };
    store::write_under(&database, from, &fresh, to)?;
    let proven = same(&database, &fresh, at_rest);
    if let Err(error) = proven {
        clear_file(&fresh)?;
        return Err(error);
    }
    for ending in ["-wal", "-shm"] {
        clear_file(&PathBuf::from(format!("{}{ending}", database.display())))?;
    }
    // The next increment would be compared with pages of the other kind, and the copy of them is not encrypted, or is.
    increment::follow_nothing(config)?;
    finish(&fresh, &database)?;
    Ok(true)
}

fn same(before: &Path, after: &Path, at_rest: &AtRest) -> Result<(), OperateError> {
    let holds =
        |path| prove_database(path, Some(at_rest)).map(|Backup { rows, audit_head, .. }| (rows, audit_head));
    if holds(before)? == holds(after)? {
        return Ok(());
    }
    Err(OperateError::Unfit(
        "what was written anew does not hold the same as the database: look at the disk; nothing was changed"
            .into(),
    ))
}

/// Does something with each raw file that a row names. One that is missing or damaged is left as it is, for the doctor to tell.
fn each_file(
    config: &Config,
    at_rest: &AtRest,
    work: impl Fn(&Archive, &str) -> std::io::Result<()>,
) -> Result<usize, OperateError> {
    let archive = Archive::at(config.archive(), Some(at_rest.clone()));
    let hashes = raw_named(&open_database(config)?)?;
    let mut done = 0;
    for hash in hashes {
        if archive.fetch(&hash).is_ok() {
            work(&archive, &hash).map_err(at(&config.archive()))?;
            done += 1;
        }
    }
    Ok(done)
}

/// How the data folder lies on the disk, in words; an error where it is half encrypted.
///
/// # Errors
/// What is in clear though the rest is encrypted, and what to do.
pub fn at_rest_words(config: &Config) -> Result<String, String> {
    let Some(at_rest) = AtRest::of(config).map_err(|e| e.to_string())? else {
        return Ok("database and raw files lie there in clear: keep the data folder on an encrypted disk, or run `alongside encrypt`".into());
    };
    let again = "an encryption was broken off: stop the service, and run `alongside encrypt` again";
    if let Some(database) = config.database.strip_prefix("sqlite:").map(Path::new)
        && database.exists()
        && !store::is_sealed(database).map_err(|e| e.to_string())?
    {
        return Err(format!("the database lies there in clear: {again}"));
    }
    let archive = Archive::at(config.archive(), Some(at_rest));
    let hashes = open_database(config).and_then(|db| raw_named(&db)).map_err(|e| e.to_string())?;
    match hashes.iter().filter(|hash| archive.is_clear(hash).unwrap_or_default()).count() {
        0 if config.database.starts_with("sqlite:") => Ok("database and raw files are encrypted".into()),
        0 => Ok("raw files are encrypted; the database is PostgreSQL’s to keep".into()),
        n => Err(format!("{n} raw files lie there in clear: {again}")),
    }
}
