//! The watched folder: files that have stopped growing are taken in, then moved to `taken` or `refused` beside a reason.

use super::import::{Again, Outcome, read_import, receive};
use crate::access::Permit;
use crate::access::policy::ImportFiles;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Size and time of change of a file, to tell whether it still grows.
type Shape = (u64, Option<std::time::SystemTime>);

/// Watches until the program ends. Failures are logged and tried again: a full disk must not lose a list.
pub fn watch(permit: &Permit<ImportFiles>, archive: &Path, folder: &Path) {
    let mut shapes: HashMap<PathBuf, Shape> = HashMap::new();
    loop {
        if let Err(error) = look(permit, archive, folder, &mut shapes) {
            tracing::error!(%error, folder = %folder.display(), "the watched folder could not be read; trying again");
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

/// One look. A file is taken when it has the shape it had at the look before.
pub(super) fn look(
    permit: &Permit<ImportFiles>,
    archive: &Path,
    folder: &Path,
    shapes: &mut HashMap<PathBuf, Shape>,
) -> std::io::Result<usize> {
    let mut still = HashMap::new();
    let mut ready = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let meta = entry.metadata()?;
        if hidden || !meta.is_file() {
            continue;
        }
        let shape = (meta.len(), meta.modified().ok());
        if shapes.get(&entry.path()) == Some(&shape) {
            ready.push(entry.path());
        } else {
            still.insert(entry.path(), shape);
        }
    }
    *shapes = still;
    ready.sort();
    let mut done = 0;
    for path in ready {
        match take(permit, archive, folder, &path) {
            Ok(()) => done += 1,
            Err(error) => {
                tracing::error!(%error, file = %path.display(), "a file could not be taken; trying again")
            }
        }
    }
    Ok(done)
}

fn take(
    permit: &Permit<ImportFiles>,
    archive: &Path,
    folder: &Path,
    path: &Path,
) -> Result<(), Box<dyn std::error::Error>> {
    let bytes = fs::read(path)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let received = receive(permit, archive, &name, &bytes, "watched folder")?;
    let reading = read_import(permit, archive, received.id, Again::No)?;
    let refusal = reading.filter(|r| r.outcome == Outcome::Refused).map(|r| r.refusal.unwrap_or_default());
    let shelf = folder.join(if refusal.is_some() { "refused" } else { "taken" });
    fs::create_dir_all(&shelf)?;
    // Two files of one name both survive: the import's id tells them apart.
    let kept = shelf.join(format!("{}-{name}", received.id));
    if let Some(reason) = refusal {
        fs::write(shelf.join(format!("{}-{name}.reason.txt", received.id)), reason)?;
    }
    fs::rename(path, kept)?;
    Ok(())
}
