//! The watched folder: files that have stopped growing are taken in, then moved to `taken` or `refused` beside a reason. There they
//! lie in clear for some days, for whoever sent them; what is kept of them is in the archive.

use super::archive::Archive;
use super::import::{Again, Outcome, read_import, receive};
use crate::access::Permit;
use crate::access::policy::ImportFiles;
use crate::clock;
use crate::config::Config;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;

/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Size and time of change of a file, to tell whether it still grows.
type Shape = (u64, Option<std::time::SystemTime>);

/// Where files lie that were taken in, or could not be.
const SHELVES: [&str; 2] = ["taken", "refused"];

/// Watches until the program ends. Failures are logged and tried again: a full disk must not lose a list.
pub fn watch(permit: &Permit<ImportFiles>, config: &Config, folder: &Path) {
    let mut shapes: HashMap<PathBuf, Shape> = HashMap::new();
    loop {
        if let Err(error) = look(permit, config, folder, &mut shapes) {
            tracing::error!(%error, folder = %folder.display(), "the watched folder could not be read; trying again");
        }
        if let Err(error) = clear_shelves(folder, config.watch.days, clock::now()) {
            tracing::error!(%error, folder = %folder.display(), "files that were taken in long ago could not be deleted; trying again");
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

/// The files on the shelves, each with the moment it came; of those that the program put there. That moment is in the import's id,
/// which its name begins with: a file's own time is its sender's.
///
/// # Errors
/// When the folder can't be read.
pub fn on_shelves(folder: &Path) -> std::io::Result<Vec<(PathBuf, Timestamp)>> {
    let mut found = Vec::new();
    for shelf in SHELVES.map(|shelf| folder.join(shelf)).into_iter().filter(|shelf| shelf.is_dir()) {
        for entry in fs::read_dir(shelf)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let came =
                name.get(..36).and_then(|id| id.parse::<Uuid>().ok()).and_then(|id| id.get_timestamp());
            let came =
                came.and_then(|came| Timestamp::from_second(i64::try_from(came.to_unix().0).ok()?).ok());
            if let Some(came) = came {
                found.push((entry.path(), came));
            }
        }
    }
    Ok(found)
}

/// Deletes what came more than so many days ago; how many files that were.
pub(super) fn clear_shelves(folder: &Path, days: i64, now: Timestamp) -> std::io::Result<usize> {
    let mut gone = 0;
    for (path, came) in on_shelves(folder)? {
        if came + SignedDuration::from_hours(24 * days) <= now {
            fs::remove_file(path)?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// One look. A file is taken when it has the shape it had at the look before.
pub(super) fn look(
    permit: &Permit<ImportFiles>,
    config: &Config,
    folder: &Path,
    shapes: &mut HashMap<PathBuf, Shape>,
) -> std::io::Result<usize> {
    // Asked for anew: where the database is on another machine, the folder may have been encrypted or its key changed since.
    let archive = &Archive::of(config)?;
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
    use crate::access::AtRest;
    use crate::exchange::hash_of;
    use crate::service::MIGRATIONS;

    const LIST: &str = "court code,date,surname,forename,date of birth,case number\nB01ND,2026-11-23,EXAMPLE,Ada,01/02/1990,1600000001\n";

    fn config(data: &Path) -> Config {
        let data = data.display().to_string();
        Config::load(|name| (name == "ALONGSIDE_DATA").then(|| data.clone())).unwrap()
    }

    #[test]
    fn what_came_is_deleted_from_the_shelves_after_the_days_of_the_setting_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let now = clock::now();
        let came = |days: i64| {
            let seconds = (now - SignedDuration::from_hours(24 * days)).as_second();
            Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, u64::try_from(seconds).unwrap(), 0))
        };
        for shelf in SHELVES {
            fs::create_dir(folder.path().join(shelf)).unwrap();
            for name in
                [format!("{}-old.csv", came(8)), format!("{}-new.csv", came(6)), "note.txt".to_owned()]
            {
                fs::write(folder.path().join(shelf).join(name), LIST).unwrap();
            }
        }
        assert_eq!(on_shelves(folder.path()).unwrap().len(), 4);
        assert_eq!(clear_shelves(folder.path(), 7, now).unwrap(), 2);
        let left = on_shelves(folder.path()).unwrap();
        assert!(left.len() == 2 && left.iter().all(|(path, _)| path.to_string_lossy().ends_with("new.csv")));
        assert!(folder.path().join("taken/note.txt").exists());
    }

    #[test]
    fn a_folder_that_was_encrypted_since_gets_sealed_files_and_one_that_was_opened_since_gets_open_ones() {
        for world in [Some(store::testing::sqlite(MIGRATIONS)), store::testing::postgres(MIGRATIONS)] {
            let Some(world) = world else { continue };
            let permit: Permit<ImportFiles> = Permit::operator(&world.db, "watched folder");
            let (kept, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let config = config(kept.path());
            let mut shapes = HashMap::new();
            let mut arrives = |name: &str| {
                let list = LIST.replace("EXAMPLE", name);
                fs::write(folder.path().join(name), &list).unwrap();
                for _ in 0..2 {
                    look(&permit, &config, folder.path(), &mut shapes).unwrap();
                }
                Archive::of(&config).unwrap().is_clear(&hash_of(list.as_bytes())).unwrap()
            };
            assert!(arrives("BEFORE"));
            AtRest::begin(&config).unwrap();
            assert!(!arrives("SEALED"), "on {}", world.engine);
            fs::remove_file(kept.path().join("at-rest.key")).unwrap();
            assert!(arrives("AFTER"), "on {}", world.engine);
        }
    }

    #[test]
    fn a_file_is_taken_once_it_has_stopped_growing_and_a_refused_one_lies_beside_its_reason() {
        let world = store::testing::sqlite(MIGRATIONS);
        let permit: Permit<ImportFiles> = Permit::operator(&world.db, "watched folder");
        let (kept, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let config = config(kept.path());
        let mut shapes = HashMap::new();
        let mut looks = || look(&permit, &config, folder.path(), &mut shapes).unwrap();
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
