//! Increments: what changed since the last backup, a few minutes at a time, so that a lost disk costs minutes and not a day.
//!
//! The data folder keeps a copy of the database as the newest increment left it. The next one is the pages in which the
//! database differs from that copy by now, and the raw files that came since. It is proven by reading back what was written and
//! putting it into the copy, which must then be the database, byte for byte: each increment is restored when it is made.

use super::backup::{OperateError, at, manifest_of};
use super::files::{clear, clear_file, copy_files, files_below, fingerprint, finish, raw_files_below, sync};
use super::{lock, pages, sealed};
use crate::access::AtRest;
use crate::clock;
use crate::config::Config;
use crate::exchange::Archive;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use store::Db;

/// Up to where everything is kept outside the database. Lies beside it as a file: a row in the database would be a change
/// that the next increment had to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The name of the backup that the increments follow.
    pub base: String,
    /// The newest increment; 0 for none since the backup.
    pub number: u32,
    /// What was written up to this moment is kept.
    pub at: Timestamp,
    /// Why the last try failed.
    pub failed: Option<String>,
    sha256: String,
    archive: BTreeSet<String>,
    /// Length and time of change of the database's files: while they stay, nothing has to be copied to see that.
    marks: String,
}

impl Standing {
    /// Whether three increments in a row did not come.
    #[must_use]
    pub fn is_late(&self, minutes: i64, now: Timestamp) -> bool {
        self.at + SignedDuration::from_mins(3 * minutes) < now
    }
}

/// What one increment holds, as the file in it says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Manifest {
    base: String,
    pub(super) number: u32,
    /// The state it leads to is of this moment.
    pub(super) made_at: Timestamp,
    page_size: u32,
    pages: u64,
    changed: u64,
    pages_sha256: String,
    before: String,
    pub(super) after: String,
    archive_files: usize,
}

/// What became of one look.
#[derive(Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing had changed.
    Nothing,
    /// An increment was made and proven.
    Increment {
        /// Where it lies.
        place: PathBuf,
        /// Pages of the database in it.
        changed: u64,
        /// Raw files in it.
        files: usize,
    },
    /// There is nothing that an increment could follow: a whole backup is due.
    NeedsBackup,
}

fn standing_file(config: &Config) -> PathBuf {
    config.data.join("backup-standing.json")
}

/// The copy of the database as the newest increment left it.
pub(super) fn shadow(config: &Config) -> PathBuf {
    config.data.join("backup-shadow.sqlite")
}

/// Up to where everything is kept; nothing where no increments are made.
#[must_use]
pub fn standing(config: &Config) -> Option<Standing> {
    let text = fs::read_to_string(standing_file(config)).ok()?;
    // One that can't be read is as good as none: the next backup writes it anew.
    serde_json::from_str(&text).ok()
}

fn keep(config: &Config, standing: &Standing) -> Result<(), OperateError> {
    let (path, aside) = (standing_file(config), config.data.join("backup-standing.unfinished"));
    let text = serde_json::to_string(standing).map_err(|e| OperateError::Unfit(e.to_string()))?;
    fs::write(&aside, text).map_err(at(&aside))?;
    finish(&aside, &path)
}

/// No increment follows anything any more, until the next backup: what is in the data folder is another service from now on.
pub(super) fn follow_nothing(config: &Config) -> Result<(), OperateError> {
    clear_file(&standing_file(config))?;
    clear_file(&shadow(config))
}

/// From now on increments follow this backup: its copy of the database becomes the one that they are compared with, and its
/// raw files those that need not be kept again. `opened` is the backup's folder.
pub(super) fn follow(
    config: &Config,
    base: &str,
    at_moment: Timestamp,
    opened: &Path,
) -> Result<(), OperateError> {
    clear_file(&standing_file(config))?;
    let shadow = shadow(config);
    fs::copy(opened.join("alongside.sqlite"), &shadow).map_err(at(&shadow))?;
    sync(&shadow)?;
    // What was lost when it was made is not kept yet: it may be found again, or sent again.
    let lost = manifest_of(opened).map(|manifest| manifest.raw_lost).unwrap_or_default();
    let mut archive = raw_files_below(&opened.join("archive"))?;
    archive.retain(|way| !lost.contains(hash_in(way)));
    let standing = Standing {
        base: base.to_owned(),
        number: 0,
        at: at_moment,
        failed: None,
        sha256: fingerprint(&shadow)?,
        archive,
        marks: String::new(),
    };
    keep(config, &standing)
}

/// Keeps what changed since the last backup or increment, in the folder of the backups.
///
/// # Errors
/// When the disk refuses, or what was written does not make the copy into the database. Either is also noted for the page.
pub fn increment(config: &Config, db: &Db, into: &Path) -> Result<Kept, OperateError> {
    let _alone = lock::backups(config)?;
    let Some(standing) = standing(config) else { return Ok(Kept::NeedsBackup) };
    // A page that is known to be damaged is not what anybody wants back.
    let made = match db.damage() {
        None => make(config, db, into, &standing),
        Some(why) => Err(OperateError::Unfit(format!(
            "the database is damaged ({why}), so no increment is made: stop the service, and restore the last backup"
        ))),
    };
    if let Err(error) = &made {
        // What is open stays nowhere.
        clear(&config.data.join("backup-increment"))?;
        clear_file(&config.data.join("backup-next.sqlite"))?;
        keep(config, &Standing { failed: Some(error.to_string()), ..standing })?;
    }
    made
}

fn make(config: &Config, db: &Db, into: &Path, last: &Standing) -> Result<Kept, OperateError> {
    let (aside, next, shadow) =
        (config.data.join("backup-increment"), config.data.join("backup-next.sqlite"), shadow(config));
    clear(&aside)?;
    clear_file(&next)?;
    if !shadow.is_file() || !is_there(into, &last.base) {
        return Ok(Kept::NeedsBackup);
    }
    let (looked_at, marks) = (clock::now(), marks(config));
    if marks == last.marks {
        keep(config, &Standing { at: looked_at, failed: None, ..last.clone() })?;
        return Ok(Kept::Nothing);
    }
    fs::create_dir_all(&aside).map_err(at(&aside))?;
    // The database first: every file it names was archived before its row was written.
    db.copy_to(&next)?;
    // The copy may have waited for its moment: nothing in it is later than now.
    let made_at = clock::now();
    let all = raw_files_below(&config.archive())?;
    let pages_file = aside.join("pages");
    let found = pages::write_changed(&shadow, &next, &pages_file)?;
    clear_file(&next)?;
    if found.before != last.sha256 {
        // Something stopped in the middle of the last one: the copy is no state that was ever kept.
        clear(&aside)?;
        return Ok(Kept::NeedsBackup);
    }
    // A damaged one can't be kept; the doctor tells of it, and once it is mended it is new.
    let own = Archive::of(config).map_err(at(&config.archive()))?;
    let new: BTreeSet<String> =
        all.difference(&last.archive).filter(|way| own.fetch(hash_in(way)).is_ok()).cloned().collect();
    if found.changed == 0 && found.after == found.before && new.is_empty() {
        clear(&aside)?;
        keep(config, &Standing { at: looked_at, failed: None, marks, ..last.clone() })?;
        return Ok(Kept::Nothing);
    }
    let files = copy_files(&config.archive(), &aside.join("archive"), &new)?;
    let manifest = Manifest {
        base: last.base.clone(),
        number: last.number + 1,
        made_at,
        page_size: found.page_size,
        pages: found.pages,
        changed: found.changed,
        pages_sha256: fingerprint(&pages_file)?,
        before: found.before,
        after: found.after.clone(),
        archive_files: files,
    };
    let path = aside.join("increment.json");
    let text = serde_json::to_string_pretty(&manifest).map_err(|e| OperateError::Unfit(e.to_string()))?;
    fs::write(&path, text).map_err(at(&path))?;
    let place = put(config, into, &aside, &manifest, &shadow)?;
    keep(
        config,
        &Standing {
            number: manifest.number,
            at: looked_at,
            failed: None,
            sha256: found.after,
            archive: last.archive.union(&new).cloned().collect(),
            marks,
            ..last.clone()
        },
    )?;
    Ok(Kept::Increment { place, changed: manifest.changed, files })
}

/// Length and time of change of the database and of the log beside it.
fn marks(config: &Config) -> String {
    let database = config.database.strip_prefix("sqlite:").unwrap_or_default();
    ["", "-wal"]
        .iter()
        .filter_map(|ending| fs::metadata(format!("{database}{ending}")).ok())
        .filter_map(|found| Some(format!("{} {:?}; ", found.len(), found.modified().ok()?)))
        .collect()
}

/// The name of a raw file at the end of its way in the archive: the fingerprint of what is in it.
fn hash_in(way: &str) -> &str {
    way.rsplit('/').next().unwrap_or(way)
}

/// Whether the backup still lies where it was put: an increment to one that is gone would be worth nothing.
fn is_there(into: &Path, base: &str) -> bool {
    into.join(base).is_dir() || into.join(format!("{base}.{}", sealed::ENDING)).is_file()
}

/// Writes an increment into the folder of the backups, reads it back, and proves it on the copy.
fn put(
    config: &Config,
    into: &Path,
    aside: &Path,
    manifest: &Manifest,
    shadow: &Path,
) -> Result<PathBuf, OperateError> {
    let name = format!("{}.increment-{:04}", manifest.base, manifest.number);
    let keys = sealed::recipients(&config.backup.keys)?;
    let at_rest = AtRest::of(config)?;
    let place = if keys.is_empty() {
        let unfinished = into.join(format!("{name}.unfinished"));
        clear(&unfinished)?;
        copy_files(aside, &unfinished, &files_below(aside)?)?;
        proven(&unfinished, shadow, manifest, at_rest.as_ref())?;
        let place = into.join(name);
        finish(&unfinished, &place)?;
        place
    } else {
        let unfinished = into.join(format!("{name}.unfinished.{}", sealed::ENDING));
        let scratch = config.data.join("backup-proof");
        let proof = |opened: &Path| proven(opened, shadow, manifest, at_rest.as_ref());
        if let Err(error) = sealed::seal(aside, &unfinished, &keys, &scratch, proof) {
            // The first error is the one worth telling.
            let _ = clear_file(&unfinished);
            return Err(error);
        }
        let place = into.join(format!("{name}.{}", sealed::ENDING));
        finish(&unfinished, &place)?;
        place
    };
    clear(aside)?;
    Ok(place)
}

/// Puts an increment, as it was read back, into the copy, which must then be the database that it was made from.
fn proven(
    opened: &Path,
    shadow: &Path,
    manifest: &Manifest,
    at_rest: Option<&AtRest>,
) -> Result<(), OperateError> {
    let read_back = read(opened, at_rest)?;
    put_into(opened, &read_back, shadow)?;
    if fingerprint(shadow)? == manifest.after {
        return Ok(());
    }
    Err(OperateError::Unfit(
        "the increment does not lead to the database it was made from: look at the disk; a whole backup is made next".into(),
    ))
}

/// Reads an opened increment's manifest, and checks what lies beside it.
pub(super) fn read(folder: &Path, at_rest: Option<&AtRest>) -> Result<Manifest, OperateError> {
    let path = folder.join("increment.json");
    let text = fs::read_to_string(&path).map_err(at(&path))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|e| OperateError::Unfit(format!("{}: {e}", path.display())))?;
    let archive = folder.join("archive");
    let files = raw_files_below(&archive)?;
    let kept = Archive::at(archive, at_rest.cloned());
    let whole = |file: &String| kept.fetch(hash_in(file)).is_ok();
    if fingerprint(&folder.join("pages"))? == manifest.pages_sha256
        && files.len() == manifest.archive_files
        && files.iter().all(whole)
    {
        return Ok(manifest);
    }
    Err(OperateError::Unfit(format!("increment {} is not what its manifest describes", manifest.number)))
}

/// Puts the pages of an opened increment into a database.
pub(super) fn put_into(opened: &Path, manifest: &Manifest, database: &Path) -> Result<(), OperateError> {
    pages::put_into(database, &opened.join("pages"), manifest.page_size, manifest.pages)
}

impl Manifest {
    /// Whether it follows the increment (or backup) that left the database so.
    pub(super) fn follows(&self, base: &str, number: u32, sha256: &str) -> bool {
        self.base == base && self.number == number + 1 && self.before == sha256
    }
}

/// Where the increment of that number to a backup lies, as a folder or as an encrypted file.
pub(super) fn place_of(backup: &Path, base: &str, number: u32) -> Option<PathBuf> {
    let name = format!("{base}.increment-{number:04}");
    let beside = backup.parent()?;
    [beside.join(&name), beside.join(format!("{name}.{}", sealed::ENDING))].into_iter().find(|p| p.exists())
}

/// The lowest number of an increment to a backup that lies there and is higher than `number`.
pub(super) fn later_than(backup: &Path, base: &str, number: u32) -> Option<u32> {
    let beside = backup.parent()?;
    fs::read_dir(beside)
        .ok()?
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let rest = name.strip_prefix(base)?.strip_prefix(".increment-")?;
            rest.strip_suffix(&format!(".{}", sealed::ENDING)).unwrap_or(rest).parse().ok()
        })
        .filter(|found| *found > number)
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_kept_is_what_the_backup_holds_not_what_came_while_it_was_made() {
        let (home, opened) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let data = home.path().display().to_string();
        let config = Config::load(|name| (name == "ALONGSIDE_DATA").then(|| data.clone())).unwrap();
        fs::write(opened.path().join("alongside.sqlite"), "a copy").unwrap();
        let files = |archive: PathBuf, names: &[&str]| {
            fs::create_dir_all(&archive).unwrap();
            for name in names {
                fs::write(archive.join(name), name).unwrap();
            }
        };
        files(opened.path().join("archive"), &["aa"]);
        files(config.archive(), &["aa", "bb", "cc.being-written"]);
        follow(&config, "base", clock::now(), opened.path()).unwrap();
        assert_eq!(standing(&config).unwrap().archive, BTreeSet::from(["aa".to_owned()]));
        assert_eq!(raw_files_below(&config.archive()).unwrap().len(), 2);
    }
}
