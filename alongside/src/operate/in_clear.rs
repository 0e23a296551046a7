//! How what is in the data folder lies on the disk: raw files in clear or sealed, copies of the database in clear, and what a
//! program that was stopped in the middle left there.

use super::backup::{OperateError, at};
use super::files::{beside, clear, clear_file, files_below};
use super::restore::opened_in;
use super::upgrade::{kept_beside, remove_log};
use crate::access::is_sealed_file;
use crate::config::Config;
use crate::exchange::hash_of;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Raw files by how they lie there, each by its place.
#[derive(Debug, Default)]
pub(super) struct RawFiles {
    pub(super) clear: Vec<PathBuf>,
    pub(super) sealed: Vec<PathBuf>,
    /// Those of which it can't be told, and why.
    pub(super) unreadable: Vec<String>,
}

/// Looks at all files of the archive, whether a row names them or not.
pub(super) fn raw_files(config: &Config) -> Result<RawFiles, OperateError> {
    let mut files = RawFiles::default();
    let archive = config.archive();
    for name in files_below(&archive)? {
        let path = archive.join(name);
        match is_sealed_there(&path) {
            Ok(true) => files.sealed.push(path),
            Ok(false) => files.clear.push(path),
            // Taken away meanwhile, under retention.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !path.is_symlink() => {}
            Err(error) => files.unreadable.push(format!("{}: {error}", path.display())),
        }
    }
    Ok(files)
}

/// One that came in may happen to begin as a sealed one does: then it is what its name says.
fn is_sealed_there(path: &Path) -> std::io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut head)?;
    if !is_sealed_file(&head) {
        return Ok(false);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(hash_of(&fs::read(path)?) != name)
}

/// Folders that a backup, an increment or a restore puts together, and takes away when it ends.
fn working_folders(config: &Config) -> [PathBuf; 4] {
    let named = |name: &str| config.data.join(name);
    [named("backup-increment"), named("backup.unfinished"), named("backup-proof"), opened_in(config)]
}

/// Takes away what a program that was stopped in the middle left there: none of it is needed, and it may lie there in clear. Nothing
/// else may be using the data folder.
///
/// # Errors
/// When the disk refuses, or a broken off upgrade left something that a human must look at first.
pub(super) fn clear_leftovers(config: &Config) -> Result<(), OperateError> {
    for folder in working_folders(config) {
        clear(&folder)?;
    }
    clear_file(&config.data.join("backup-next.sqlite"))?;
    if let Some(database) = config.database.strip_prefix("sqlite:").map(Path::new) {
        let kept = kept_beside(database);
        if kept.exists() {
            return Err(OperateError::Unfit(format!(
                "an upgrade was broken off, and {} holds the state before it: run `alongside upgrade`, which says what to do",
                kept.display()
            )));
        }
        let trial = database.with_file_name("upgrade-trial.sqlite");
        remove_log(&trial)?;
        for file in [
            trial,
            database.with_file_name("upgrade-before.unfinished"),
            beside(database, ".restoring"),
            beside(database, ".unfinished"),
        ] {
            remove_log(&file)?;
            clear_file(&file)?;
            clear_file(&beside(&file, "-journal"))?;
        }
    }
    // Raw files that were being written: one that was acknowledged has its name.
    let archive = config.archive();
    for name in files_below(&archive)?.into_iter().filter(|name| name.contains('.')) {
        clear_file(&archive.join(name))?;
    }
    Ok(())
}

/// Databases in clear in the data folder, beside the database, and in the folders that a program works in.
pub(super) fn databases(config: &Config) -> Result<Vec<PathBuf>, OperateError> {
    let database = config.database.strip_prefix("sqlite:").map(Path::new);
    let mut folders = vec![config.data.clone()];
    folders
        .extend(database.and_then(Path::parent).map(Path::to_owned).filter(|folder| *folder != config.data));
    folders.extend(working_folders(config));
    let mut found = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(folder).map_err(at(folder))? {
            let path = entry.map_err(at(folder))?.path();
            // Never the log and the index: SQLite has locks on them that whoever closes them would take away.
            let name = path.to_string_lossy();
            if name.ends_with("-wal") || name.ends_with("-shm") {
                continue;
            }
            let holds_a_head = fs::metadata(&path).is_ok_and(|there| there.is_file() && there.len() >= 16);
            if holds_a_head && !store::is_sealed(&path)? {
                found.push(path);
            }
        }
    }
    Ok(found)
}
