//! Who may be at the data folder at once: two that serve one would read the same file twice and put each other's copies away, and
//! one that writes while another restores or encrypts would write into what is being replaced. The system lets a lock go when its
//! program ends, however it ends.

use super::backup::{OperateError, at};
use crate::config::Config;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;

/// Held for as long as no other may.
#[derive(Debug)]
#[must_use = "the lock is let go when this is dropped"]
pub struct Alone(Vec<File>);

/// Held by whoever serves one SQLite database.
const SERVING: &str = "service.lock";
/// Held by every command, together with others; alone by those that change everything.
const IN_USE: &str = "in-use.lock";

fn file(config: &Config, name: &str) -> Result<File, OperateError> {
    fs::create_dir_all(&config.data).map_err(at(&config.data))?;
    let path = config.data.join(name);
    OpenOptions::new().create(true).truncate(false).write(true).open(&path).or_else(|error| {
        match error.kind() {
            // One that another account made is locked as well without writing to it.
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                File::open(&path).map_err(|_| at(&path)(error))
            }
            _ => Err(at(&path)(error)),
        }
    })
}

/// The lock of that name, if nobody has it who may not have it as well.
fn tried(
    config: &Config,
    name: &str,
    lock: impl FnOnce(&File) -> Result<(), TryLockError>,
    taken: &str,
) -> Result<Vec<File>, OperateError> {
    let file = match file(config, name) {
        // Nobody changes a folder that can't be written: opening the database says what to look at.
        Err(OperateError::File { error, .. })
            if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) =>
        {
            return Ok(Vec::new());
        }
        file => file?,
    };
    match lock(&file) {
        Ok(()) => Ok(vec![file]),
        Err(TryLockError::WouldBlock) => Err(OperateError::Unfit(format!(
            "another Alongside {taken} {}: stop it or let it end first, or name another data folder (ALONGSIDE_DATA)",
            config.data.display()
        ))),
        Err(TryLockError::Error(error)) => Err(at(&config.data.join(name))(error)),
    }
}

/// This program works with what is in the data folder, and others may as well.
///
/// # Errors
/// When another changes all of it: at once, in words that say which folder.
pub fn among_others(config: &Config) -> Result<Alone, OperateError> {
    let taken = "restores, upgrades, encrypts or seals anew what is in";
    tried(config, IN_USE, File::try_lock_shared, taken).map(Alone)
}

/// Only this program serves the data folder; commands may run beside it. Several may serve one PostgreSQL.
///
/// # Errors
/// When another serves it, or changes all of it: at once, in words that say which folder.
pub fn service(config: &Config) -> Result<Alone, OperateError> {
    let Alone(mut held) = among_others(config)?;
    if config.database.starts_with("sqlite:") {
        held.append(&mut tried(config, SERVING, File::try_lock, "serves what is in")?);
    }
    Ok(Alone(held))
}

/// Nothing else uses the data folder: no service, no command. For what changes all of it.
///
/// # Errors
/// When anything does: at once, in words that say which folder.
pub fn whole(config: &Config) -> Result<Alone, OperateError> {
    let mut held = tried(config, SERVING, File::try_lock, "serves what is in")?;
    held.append(&mut tried(config, IN_USE, File::try_lock, "is at work in")?);
    Ok(Alone(held))
}

/// Only this program makes a backup or an increment of the data folder; another's is waited for.
pub(super) fn backups(config: &Config) -> Result<Alone, OperateError> {
    let file = file(config, "backup.lock")?;
    file.lock().map_err(at(&config.data.join("backup.lock")))?;
    Ok(Alone(vec![file]))
}
