//! Encrypting what lies in the data folder, and taking it back: database and raw files. Broken off, it is done again: until the
//! very end the database is the one that it was.

use super::backup::{Backup, OperateError, at, prove_database};
use super::files::{beside, clear_file, finish, raw_files_below};
use super::upgrade::remove_log;
use super::{in_clear, increment, lock};
use crate::access::{self, AT_REST_FILE, AtRest, at_rest_file, key_is_missing, open_database};
use crate::config::Config;
use crate::exchange::Archive;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};
use store::{DatabaseKey, Db};

/// What was done.
#[derive(Debug, Serialize)]
pub struct Encrypted {
    /// Whether the database was written anew; it was not where it was so already, and on PostgreSQL.
    pub database: bool,
    /// Raw files that were looked at.
    pub files: usize,
    /// Raw files that were left as they were, for they are damaged or can't be read; and why.
    pub left: Vec<String>,
}

/// Encrypts the data folder: the database (SQLite) and the raw files. What comes later is encrypted as it comes. Nothing else may
/// use the folder meanwhile. Backups that were made before stay as they were.
///
/// # Errors
/// When the key in force can't be had, or something is encrypted already and what opens it is missing; when the disk refuses, or
/// the encrypted database is not what the open one was: then that stays.
pub fn encrypt(config: &Config) -> Result<Encrypted, OperateError> {
    let _alone = lock::whole(config)?;
    refuse_without_key(config)?;
    in_clear::clear_leftovers(config)?;
    let at_rest = AtRest::begin(config)?;
    let database = rewrite(config, &at_rest, Way::Seal)?;
    let copy = increment::shadow(config);
    if copy.exists() && !store::is_sealed(&copy)? {
        increment::follow_nothing(config)?;
    }
    let (files, left) = each_file(config, &at_rest, Archive::seal)?;
    Ok(Encrypted { database, files, left })
}

/// Takes it back: everything lies there in clear again.
///
/// # Errors
/// As [`encrypt`]; and when something is sealed at the end, or it can't be told: then the key stays, for it opens that.
pub fn decrypt(config: &Config) -> Result<Encrypted, OperateError> {
    let _alone = lock::whole(config)?;
    refuse_without_key(config)?;
    in_clear::clear_leftovers(config)?;
    let Some(at_rest) = AtRest::of(config)? else {
        return Ok(Encrypted { database: false, files: 0, left: Vec::new() });
    };
    let (files, left) = each_file(config, &at_rest, Archive::unseal)?;
    let raw = in_clear::raw_files(config)?;
    let sealed = raw.sealed.iter().map(|path| path.display().to_string());
    let stay: Vec<String> = sealed.chain(raw.unreadable).collect();
    if !stay.is_empty() {
        return Err(OperateError::Unfit(format!(
            "{} raw files are still sealed or can’t be read, so their key stays, and the encryption with it: give the service’s account the right to read them, restore them from a backup, or move them elsewhere with a copy of {AT_REST_FILE}; then again. {}",
            stay.len(),
            stay.join("; ")
        )));
    }
    let database = rewrite(config, &at_rest, Way::Open)?;
    // Last: until here it is what opens the rest.
    clear_file(&at_rest_file(config))?;
    Ok(Encrypted { database, files, left })
}

/// Seals everything under the key in another file ([`access::change_key`]). Increments since the last backup would be sealed under
/// one key and their backup under the other: a backup is next.
///
/// # Errors
/// As there, and when the disk refuses.
pub fn change_key(config: &Config, db: &Db, new: &Path) -> Result<usize, Box<dyn std::error::Error>> {
    increment::follow_nothing(config)?;
    Ok(access::change_key(config, db, new)?)
}

/// Another key would open nothing of what is sealed, and would look like the one that is missing.
fn refuse_without_key(config: &Config) -> Result<(), OperateError> {
    match sealed_without_key(config)? {
        Some(words) => Err(OperateError::Unfit(words)),
        None => Ok(()),
    }
}

/// What is sealed though the file that opens it is missing, in words; nothing where all is well.
fn sealed_without_key(config: &Config) -> Result<Option<String>, OperateError> {
    if at_rest_file(config).exists() {
        return Ok(None);
    }
    if let Some(database) = config.database.strip_prefix("sqlite:").map(Path::new)
        && store::is_sealed(database)?
    {
        return Ok(Some(key_is_missing(config, &database.display().to_string())));
    }
    let sealed = in_clear::raw_files(config)?.sealed;
    Ok(sealed.first().map(|first| {
        let rest =
            if sealed.len() > 1 { format!(", with {} more,", sealed.len() - 1) } else { String::new() };
        key_is_missing(config, &format!("{}{rest}", first.display()))
    }))
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
    // Beside it, wherever it lies: what is put in its place must be on the same disk.
    let fresh = beside(&database, ".unfinished");
    clear_file(&fresh)?;
    let key = Some(at_rest.database());
    let (from, to) = if is_sealed { (key, None) } else { (None, key) };
    let done = write_anew(&database, from, &fresh, to)
        .and_then(|()| same(&database, &fresh, at_rest))
        // The next increment would be compared with pages of the other kind, and the copy of them is not encrypted, or is.
        .and_then(|()| increment::follow_nothing(config))
        .and_then(|()| remove_log(&database))
        .and_then(|()| finish(&fresh, &database));
    if let Err(error) = done {
        // It may be in clear. The first error is the one worth telling.
        let _ = clear_file(&fresh);
        let _ = clear_file(&beside(&fresh, "-journal"));
        return Err(error);
    }
    Ok(true)
}

/// For the same accounts as the one whose place it takes.
fn write_anew(
    database: &Path,
    from: Option<&DatabaseKey>,
    fresh: &Path,
    to: Option<&DatabaseKey>,
) -> Result<(), OperateError> {
    store::write_under(database, from, fresh, to)?;
    let rights = fs::metadata(database).map_err(at(database))?.permissions();
    fs::set_permissions(fresh, rights).map_err(at(fresh))
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

/// Does something with each raw file, whether a row names it or not. One that is damaged or can't be read is left as it is, and
/// said.
fn each_file(
    config: &Config,
    at_rest: &AtRest,
    work: impl Fn(&Archive, &str) -> std::io::Result<()>,
) -> Result<(usize, Vec<String>), OperateError> {
    let archive = Archive::at(config.archive(), Some(at_rest.clone()));
    let (mut done, mut left) = (0, Vec::new());
    for name in raw_files_below(&config.archive())? {
        let hash = name.rsplit('/').next().unwrap_or(&name);
        match archive.fetch(hash) {
            Ok(_) => {
                work(&archive, hash).map_err(at(&config.archive().join(&name)))?;
                done += 1;
            }
            Err(error) => left.push(format!("{}: {error}", config.archive().join(&name).display())),
        }
    }
    Ok((done, left))
}

/// How the data folder lies on the disk, in words; an error where it is half encrypted, or encrypted and can't be opened.
///
/// # Errors
/// What is in clear though the rest is encrypted, or what is missing, and what to do.
pub fn at_rest_words(config: &Config) -> Result<String, String> {
    let is_encrypted = AtRest::of(config).map_err(|e| e.to_string())?.is_some();
    if !is_encrypted {
        return match sealed_without_key(config).map_err(|e| e.to_string())? {
            Some(words) => Err(words),
            None => Ok("database and raw files lie there in clear: keep the data folder on an encrypted disk, or run `alongside encrypt`".into()),
        };
    }
    let again = "an encryption was broken off, or a program was stopped in the middle: stop the service, and run `alongside encrypt` again";
    let databases = in_clear::databases(config).map_err(|e| e.to_string())?;
    if !databases.is_empty() {
        let names: Vec<String> = databases.iter().map(|path| path.display().to_string()).collect();
        return Err(format!(
            "the database lies there in clear ({}): {again}. What is still named then is none of the program’s files: move it elsewhere, or delete it",
            names.join(", ")
        ));
    }
    let raw = in_clear::raw_files(config).map_err(|e| e.to_string())?;
    if let Some(first) = raw.unreadable.first() {
        return Err(format!("{} raw files can’t be read: {first}", raw.unreadable.len()));
    }
    match raw.clear.len() {
        0 if config.database.starts_with("sqlite:") => Ok("database and raw files are encrypted".into()),
        0 => Ok("raw files are encrypted; the database is PostgreSQL’s to keep".into()),
        n => Err(format!("{n} raw files lie there in clear: {again}")),
    }
}
