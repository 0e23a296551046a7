//! The folder that backups go to is often another disk. Where that is not mounted, an empty folder of the same name lies in its
//! place, on the very disk that the backups are to survive. So the folder is marked, and the data folder remembers it.

use super::backup::{OperateError, at};
use super::files::sync;
use crate::config::Config;
use std::fs;
use std::path::{Path, PathBuf};

/// Lies in the folder of the backups.
const MARK: &str = "alongside-backups.txt";
const WORDS: &str =
    "Backups of Alongside go here. This file tells that the folder is the right one: please leave it.\n";

fn remembered(config: &Config) -> PathBuf {
    config.data.join("backup-folder.txt")
}

/// Marks the folder of the settings at its first use, and finds the mark again at each later one.
///
/// # Errors
/// When the folder was used before and bears no mark now, or the disk refuses.
pub(super) fn find(config: &Config, into: &Path) -> Result<(), OperateError> {
    let (mark, memory) = (into.join(MARK), remembered(config));
    if mark.is_file() {
        return remember(&memory, into);
    }
    if fs::read_to_string(&memory).is_ok_and(|known| Path::new(known.trim_end()) == into) {
        return Err(OperateError::Unfit(format!(
            "{} held backups of this service and bears no mark of it now: is its disk there? Where it was emptied on purpose, delete {}",
            into.display(),
            memory.display()
        )));
    }
    fs::create_dir_all(into).map_err(at(into))?;
    fs::write(&mark, WORDS).map_err(at(&mark))?;
    sync(into)?;
    remember(&memory, into)
}

fn remember(memory: &Path, into: &Path) -> Result<(), OperateError> {
    fs::write(memory, format!("{}\n", into.display())).map_err(at(memory))
}
