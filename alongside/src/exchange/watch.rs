//! The watched folder: files that have stopped growing are taken in, then moved to `taken` or `refused` beside a reason.

use super::archive::Archive;
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
pub fn watch(permit: &Permit<ImportFiles>, archive: &Archive, folder: &Path) {
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
    archive: &Archive,
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
    archive: &Archive,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::MIGRATIONS;

    const LIST: &str = "court code,date,surname,forename,date of birth,case number\nB01ND,2026-11-23,EXAMPLE,Ada,01/02/1990,1600000001\n";

    #[test]
    fn a_file_is_taken_once_it_has_stopped_growing_and_a_refused_one_lies_beside_its_reason() {
        let world = store::testing::sqlite(MIGRATIONS);
        let permit: Permit<ImportFiles> = Permit::operator(&world.db, "watched folder");
        let (kept, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let archive = Archive::at(kept.path().to_owned(), None);
        let mut shapes = HashMap::new();
        let mut looks = || look(&permit, &archive, folder.path(), &mut shapes).unwrap();
        fs::write(folder.path().join("list.csv"), &LIST[..20]).unwrap();
        fs::write(folder.path().join("holiday.jpg"), b"\xff\xd8\xff\xe0 no list").unwrap();
        fs::write(folder.path().join(".hidden"), LIST).unwrap();
        assert_eq!(looks(), 0, "seen for the first time: it may still grow");
        fs::write(folder.path().join("list.csv"), LIST).unwrap();
        assert_eq!(looks(), 1, "the picture stood still; the list grew");
        assert_eq!(looks(), 1);
        assert_eq!(looks(), 0);
        let names = |shelf: &str| {
            let mut names: Vec<String> = fs::read_dir(folder.path().join(shelf))
                .unwrap()
                .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        };
        assert!(
            names("taken").len() == 1 && names("taken")[0].ends_with("-list.csv"),
            "{:?}",
            names("taken")
        );
        assert_eq!(names("refused").len(), 2, "the file and its reason: {:?}", names("refused"));
        assert!(folder.path().join(".hidden").exists());
        // The same name again, with other content: both survive.
        fs::write(folder.path().join("list.csv"), LIST.replace("EXAMPLE", "SAMPLE")).unwrap();
        looks();
        assert_eq!(looks(), 1);
        assert_eq!(names("taken").len(), 2);
    }
}
