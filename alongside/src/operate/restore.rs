//! Putting a backup back into an empty data folder, with the increments that follow it, up to a moment.

use super::backup::{Backup, OperateError, at, fits, manifest_of, prove, prove_database, too_few};
use super::files::{beside, clear, clear_file, copy_files, fingerprint, finish, raw_files_below, sync};
use super::{increment, lock, sealed};
use crate::access::{AT_REST_FILE, AtRest, at_rest_file};
use crate::config::Config;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What was put back.
#[derive(Debug, Serialize)]
pub struct Restored {
    /// What the service holds now, and as of when.
    pub holds: Backup,
    /// How many increments were put in.
    pub increments: u32,
    /// Why those after them could not be; nothing where all were, or the moment asked for was reached.
    pub not_used: Option<String>,
}

/// Puts a backup into an empty data folder, and the increments beside it that were made until then (all, without a moment);
/// each is checked against its manifest first. Encrypted ones need the file with the private key; they are opened in the data
/// folder, and what was opened does not stay.
///
/// # Errors
/// When the folder holds a service already, the key does not fit, or the backup is not what its manifest says. A damaged
/// increment, or one that holds a damaged page, is no error: what was kept before it is put back, and the answer says why not more.
pub fn restore(
    config: &Config,
    from: &Path,
    key_file: Option<&Path>,
    until: Option<Timestamp>,
) -> Result<Restored, OperateError> {
    let Some(target) = config.database.strip_prefix("sqlite:").map(PathBuf::from) else {
        return Err(OperateError::Unfit(
            "this service is set to PostgreSQL: restore with pg_restore (docs/administrators/backup.md)"
                .into(),
        ));
    };
    // A log left beside a database that is gone would be played into the one that comes in its place.
    for ending in ["", "-wal", "-shm"] {
        let there = beside(&target, ending);
        if there.exists() {
            return Err(OperateError::Unfit(format!(
                "{} exists: restore into an empty data folder (ALONGSIDE_DATA), then put it in place of the old one",
                there.display()
            )));
        }
    }
    // Increments are looked for beside it: a way from here, or one that ends in a dot, does not tell where that is.
    let from = &from.canonicalize().map_err(at(from))?;
    for folder in [Some(config.data.as_path()), target.parent()].into_iter().flatten() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let _alone = lock::whole(config)?;
    // Under another name until all of it is proven: half a restore is never taken for a service.
    let work = Work { config, key_file, database: beside(&target, ".restoring") };
    clear_file(&work.database)?;
    let restored = work.restore(from, until);
    clear(&opened_in(config))?;
    match restored {
        Ok(restored) => {
            increment::follow_nothing(config)?;
            sync(&config.archive())?;
            finish(&work.database, &target)?;
            Ok(restored)
        }
        Err(error) => {
            clear_file(&work.database)?;
            Err(error)
        }
    }
}

/// Where encrypted backups are opened. Its name is the program's own, so nothing else is ever taken away with it.
pub(super) fn opened_in(config: &Config) -> PathBuf {
    config.data.join("restore-opened")
}

struct Work<'a> {
    config: &'a Config,
    key_file: Option<&'a Path>,
    database: PathBuf,
}

impl Work<'_> {
    /// The folder to read from: what was given, or what an encrypted file holds.
    fn open(&self, from: &Path) -> Result<PathBuf, OperateError> {
        if !from.is_file() {
            return Ok(from.to_owned());
        }
        let Some(key_file) = self.key_file else {
            return Err(OperateError::Unfit(
                "this backup is encrypted: name the file with the private key (--key FILE)".into(),
            ));
        };
        let opened = opened_in(self.config);
        clear(&opened)?;
        sealed::unpack_with(from, key_file, &opened)?;
        Ok(opened)
    }

    /// Puts everything together, and steps back to the last increment with which the database is sound: a page that rotted on
    /// the disk of the service went into an increment like any other change.
    fn restore(&self, from: &Path, until: Option<Timestamp>) -> Result<Restored, OperateError> {
        let all = self.put_together(from, until, u32::MAX)?;
        let fault = match self.proven(all.clone()) {
            Err(fault) if is_damage(&fault) && all.chain.number > 0 => fault,
            other => return other,
        };
        let (mut sound, mut damaged) = (0, all.chain.number);
        while damaged - sound > 1 {
            let middle = sound + (damaged - sound) / 2;
            let tried = self.put_together(from, until, middle)?;
            match prove_database(&self.database, tried.at_rest.as_ref()) {
                Ok(_) => sound = middle,
                Err(error) if is_damage(&error) => damaged = middle,
                Err(error) => return Err(error),
            }
        }
        let mut used = self.put_together(from, until, sound)?;
        for way in all.files.difference(&used.files) {
            clear_file(&self.config.archive().join(way))?;
        }
        used.not_used = Some(format!(
            "increment {damaged} was not used, nor any after it: with it, the database is not sound ({fault})"
        ));
        self.proven(used)
    }

    fn proven(&self, made: Together) -> Result<Restored, OperateError> {
        let proven = prove(&self.database, &self.config.archive(), made.at_rest.as_ref())?;
        Ok(Restored {
            holds: Backup { made_at: made.chain.made_at, name: made.base, ..proven },
            increments: made.chain.number,
            not_used: made.not_used,
        })
    }

    /// The backup, and its increments up to a moment and a number.
    fn put_together(
        &self,
        from: &Path,
        until: Option<Timestamp>,
        most: u32,
    ) -> Result<Together, OperateError> {
        let opened = self.open(from)?;
        let manifest = manifest_of(&opened)?;
        if let (Some(until), Ok(made_at)) = (until, manifest.made_at.parse::<Timestamp>())
            && until < made_at
        {
            return Err(OperateError::Unfit(format!(
                "this backup was made on {made_at}, after the moment asked for: restore the one before it"
            )));
        }
        let copy = opened.join("alongside.sqlite");
        fits(&manifest, &copy)?;
        let at_rest = self.take_key(&opened)?;
        let mut files = self.take_files(&opened)?;
        if files.len() < manifest.archive_files {
            return Err(too_few(&manifest, files.len()));
        }
        fs::copy(&copy, &self.database).map_err(at(&self.database))?;
        let base = if manifest.name.is_empty() { name_of(from) } else { manifest.name.clone() };
        let mut so_far = Chain { number: 0, sha256: manifest.database_sha256, made_at: manifest.made_at };
        let (mut not_used, mut ended) = (None, false);
        while let Some(place) = increment::place_of(from, &base, so_far.number + 1) {
            if so_far.number == most {
                ended = true;
                break;
            }
            let read = match self.read(&place, at_rest.as_ref(), &base, &so_far) {
                Err(OperateError::File { path, error }) if is_of_our_disk(&error) => {
                    return Err(OperateError::File { path, error });
                }
                read => read,
            };
            match read {
                Ok((_, manifest)) if until.is_some_and(|until| manifest.made_at > until) => {
                    ended = true;
                    break;
                }
                Ok((opened, manifest)) => {
                    // From here on it is this machine's disk that may fail: that is said in its own words.
                    files.append(&mut self.take_files(&opened)?);
                    increment::put_into(&opened, &manifest, &self.database)?;
                    so_far = Chain {
                        number: manifest.number,
                        sha256: manifest.after,
                        made_at: manifest.made_at.to_string(),
                    };
                }
                Err(error) => {
                    not_used = Some(format!(
                        "increment {} was not used, nor any after it: {error}",
                        so_far.number + 1
                    ));
                    break;
                }
            }
        }
        if let (None, false, Some(later)) =
            (&not_used, ended, increment::later_than(from, &base, so_far.number))
        {
            not_used = Some(format!(
                "increment {} is missing beside the backup, so {later} was not used, nor any after it",
                so_far.number + 1
            ));
        }
        if fingerprint(&self.database)? != so_far.sha256 {
            return Err(OperateError::Unfit(format!(
                "increments 1 to {} do not lead to the database they describe: restore the backup alone (--until a moment just after it was made). {}",
                so_far.number,
                not_used.unwrap_or_default()
            )));
        }
        Ok(Together { chain: so_far, base, files, at_rest, not_used })
    }

    /// What opens an encrypted backup: its own file, under the key that the settings name here.
    fn take_key(&self, opened: &Path) -> Result<Option<AtRest>, OperateError> {
        let (file, own) = (opened.join(AT_REST_FILE), at_rest_file(self.config));
        let at_rest = AtRest::in_folder(self.config, opened)?;
        if at_rest.is_none() && !own.exists() {
            return Ok(None);
        }
        if own.exists() && fs::read(&own).ok() != fs::read(&file).ok() {
            return Err(OperateError::Unfit(format!(
                "{} is not the one of this backup: restore into an empty data folder",
                own.display()
            )));
        }
        fs::copy(&file, &own).map_err(at(&file))?;
        sync(&own)?;
        Ok(at_rest)
    }

    fn take_files(&self, opened: &Path) -> Result<BTreeSet<String>, OperateError> {
        let folder = opened.join("archive");
        let files = raw_files_below(&folder)?;
        copy_files(&folder, &self.config.archive(), &files)?;
        Ok(files)
    }

    /// Opens an increment and reads its manifest, which must follow what was put in so far.
    fn read(
        &self,
        place: &Path,
        at_rest: Option<&AtRest>,
        base: &str,
        so_far: &Chain,
    ) -> Result<(PathBuf, increment::Manifest), OperateError> {
        let opened = self.open(place)?;
        let manifest = increment::read(&opened, at_rest)?;
        if manifest.follows(base, so_far.number, &so_far.sha256) {
            Ok((opened, manifest))
        } else {
            Err(OperateError::Unfit("it does not follow the one before it".into()))
        }
    }
}

/// Whether what was put together is not sound, and not merely could not be looked at.
fn is_damage(error: &OperateError) -> bool {
    match error {
        OperateError::Unfit(_) => true,
        OperateError::Store(error) => error.is_damage(),
        _ => false,
    }
}

/// Whether it is for want of room or of rights here, and says nothing of the increment that was being opened.
fn is_of_our_disk(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(error.kind(), PermissionDenied | QuotaExceeded | ReadOnlyFilesystem | StorageFull)
}

/// What was put together, before it is proven.
#[derive(Clone)]
struct Together {
    chain: Chain,
    base: String,
    /// Raw files, by their ways in the archive.
    files: BTreeSet<String>,
    at_rest: Option<AtRest>,
    /// Why increments after the last one could not be used.
    not_used: Option<String>,
}

/// How far the restored database is.
#[derive(Clone)]
struct Chain {
    number: u32,
    sha256: String,
    made_at: String,
}

/// A backup's name: without the ending of an encrypted one.
fn name_of(from: &Path) -> String {
    let name = from.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(&format!(".{}", sealed::ENDING)).unwrap_or(&name).to_owned()
}
