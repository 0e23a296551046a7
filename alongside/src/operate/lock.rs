//! One program at a time: two that serve one data folder would read the same file twice and put each other's copies away, and
//! one that serves while another restores would write into what is being replaced. The system lets a lock go when its program
//! ends, however it ends.

use super::backup::{OperateError, at};
use crate::config::Config;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;

/// Held for as long as no other may.
#[derive(Debug)]
#[must_use = "the lock is let go when this is dropped"]
pub struct Alone(#[expect(dead_code, reason = "held, not read")] Option<File>);

fn file(config: &Config, name: &str) -> Result<File, OperateError> {
    fs::create_dir_all(&config.data).map_err(at(&config.data))?;
    let path = config.data.join(name);
    OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(at(&path))
}

/// Only this program serves, restores or upgrades the service in the data folder. Several may serve one PostgreSQL.
///
/// # Errors
/// When another does: at once, in words that say which folder.
pub fn service(config: &Config) -> Result<Alone, OperateError> {
    if !config.database.starts_with("sqlite:") {
        return Ok(Alone(None));
    }
    let file = match file(config, "service.lock") {
        // Nobody serves from a folder that can't be written: opening the database says what to look at.
        Err(OperateError::File { error, .. })
            if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) =>
        {
            return Ok(Alone(None));
        }
        file => file?,
    };
    match file.try_lock() {
        Ok(()) => Ok(Alone(Some(file))),
        Err(TryLockError::WouldBlock) => Err(OperateError::Unfit(format!(
            "another Alongside serves, restores or upgrades what is in {}: stop it first, or name another data folder (ALONGSIDE_DATA)",
            config.data.display()
        ))),
        Err(TryLockError::Error(error)) => Err(at(&config.data.join("service.lock"))(error)),
    }
}

/// Only this program makes a backup or an increment of the data folder; another's is waited for.
pub(super) fn backups(config: &Config) -> Result<Alone, OperateError> {
    let file = file(config, "backup.lock")?;
    file.lock().map_err(at(&config.data.join("backup.lock")))?;
    Ok(Alone(Some(file)))
}
