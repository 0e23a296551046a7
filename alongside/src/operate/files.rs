//! Folders and files as backups need them: copied, counted, named by what they hold.

use super::backup::{OperateError, at};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

/// A hash as text.
pub(super) fn hex(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The fingerprint of a file of any size.
pub(super) fn fingerprint(path: &Path) -> Result<String, OperateError> {
    let mut hash = Sha256::new();
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).map_err(at(path))?);
    loop {
        let bytes = file.fill_buf().map_err(at(path))?;
        let n = bytes.len();
        if n == 0 {
            return Ok(hex(hash));
        }
        hash.update(bytes);
        file.consume(n);
    }
}

/// All files below a folder, each by its way from there; none where there is no folder.
pub(super) fn files_below(folder: &Path) -> Result<BTreeSet<String>, OperateError> {
    let mut found = BTreeSet::new();
    if folder.is_dir() {
        gather(folder, "", &mut found)?;
    }
    Ok(found)
}

fn gather(folder: &Path, way: &str, found: &mut BTreeSet<String>) -> Result<(), OperateError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let name = format!("{way}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.insert(name);
        }
    }
    Ok(())
}

/// The raw files that an archive holds whole: what is still being written there has a name with a dot in it.
pub(super) fn raw_files_below(archive: &Path) -> Result<BTreeSet<String>, OperateError> {
    Ok(files_below(archive)?.into_iter().filter(|name| !name.contains('.')).collect())
}

/// Sees to it that a file, or all files below a folder, are on the disk and not only on their way there; and their names in
/// the folders, too.
pub(super) fn sync(path: &Path) -> Result<(), OperateError> {
    if path.is_dir() {
        for entry in fs::read_dir(path).map_err(at(path))? {
            sync(&entry.map_err(at(path))?.path())?;
        }
    }
    File::open(path).and_then(|file| file.sync_all()).map_err(at(path))
}

/// Gives a finished file or folder its name, for good: its bytes first, then the name.
pub(super) fn finish(unfinished: &Path, finished: &Path) -> Result<(), OperateError> {
    sync(unfinished)?;
    fs::rename(unfinished, finished).map_err(at(finished))?;
    let Some(folder) = finished.parent() else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}

/// Copies those files from one folder to another.
pub(super) fn copy_files<'a>(
    from: &Path,
    to: &Path,
    files: impl IntoIterator<Item = &'a String>,
) -> Result<usize, OperateError> {
    fs::create_dir_all(to).map_err(at(to))?;
    let mut n = 0;
    for file in files {
        let (source, target) = (from.join(file), to.join(file));
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        match fs::copy(&source, &target) {
            Ok(_) => n += 1,
            // Taken away since it was listed, under retention: whatever a row still names is looked for afterwards.
            Err(_) if fs::symlink_metadata(&source).is_err_and(|e| e.kind() == ErrorKind::NotFound) => {}
            Err(error) => return Err(at(&source)(error)),
        }
    }
    Ok(n)
}

/// The name that a database's working copy bears: beside it, so that on any disk it can be put in its place in one step.
pub(super) fn beside(database: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", database.display()))
}

/// Takes a folder away, if it is there.
pub(super) fn clear(folder: &Path) -> Result<(), OperateError> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(at(folder)) } else { Ok(()) }
}

/// Takes a file away, if it is there.
pub(super) fn clear_file(file: &Path) -> Result<(), OperateError> {
    if file.exists() { fs::remove_file(file).map_err(at(file)) } else { Ok(()) }
}
