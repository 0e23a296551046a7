//! Putting a backup back into an empty data folder, with the increments that follow it, up to a moment.

use super::backup::{Backup, OperateError, at, fits, manifest_of, prove, too_few};
use super::files::{clear, clear_file, copy_files, fingerprint, finish, raw_files_below, sync};
use super::{increment, lock, sealed};
use crate::access::{AT_REST_FILE, AtRest, at_rest_file};
use crate::config::Config;
use jiff::Timestamp;
use serde::Serialize;
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
/// each is checked against its manifest first. Encrypted ones need the file with the private key; they are opened beside the
/// data folder, and what was opened does not stay.
///
/// # Errors
/// When the folder holds a service already, the key does not fit, or the backup is not what its manifest says. A damaged
/// increment is no error: what was kept before it is put back, and the answer says why not more.
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
        let there = PathBuf::from(format!("{}{ending}", target.display()));
        if there.exists() {
            return Err(OperateError::Unfit(format!(
                "{} exists: restore into an empty data folder (ALONGSIDE_DATA), then put it in place of the old one",
                there.display()
            )));
        }
    }
    // Increments are looked for beside it: a way from here, or one that ends in a dot, does not tell where that is.
    let from = &from.canonicalize().map_err(at(from))?;
    fs::create_dir_all(&config.data).map_err(at(&config.data))?;
    let _alone = lock::service(config)?;
    // Under another name until all of it is proven: half a restore is never taken for a service.
    let work = Work { config, key_file, database: config.data.join("alongside.sqlite.restoring") };
    clear_file(&work.database)?;
    let restored = work.restore(from, until);
    clear(&work.opened())?;
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

struct Work<'a> {
    config: &'a Config,
    key_file: Option<&'a Path>,
    database: PathBuf,
}

impl Work<'_> {
    fn opened(&self) -> PathBuf {
        self.config.data.with_extension("opened")
    }

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
        clear(&self.opened())?;
        sealed::unpack_with(from, key_file, &self.opened())?;
        Ok(self.opened())
    }

    fn restore(&self, from: &Path, until: Option<Timestamp>) -> Result<Restored, OperateError> {
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
        let files = self.take_files(&opened)?;
        if files < manifest.archive_files {
            return Err(too_few(&manifest, files));
        }
        fs::copy(&copy, &self.database).map_err(at(&self.database))?;
        let base = if manifest.name.is_empty() { name_of(from) } else { manifest.name.clone() };
        let mut so_far =
            Chain { number: 0, sha256: manifest.database_sha256, made_at: manifest.made_at.clone() };
        let (mut not_used, mut ended) = (None, false);
        while let Some(place) = increment::place_of(from, &base, so_far.number + 1) {
            match self.put_in((&place, at_rest.as_ref()), &base, &so_far, until) {
                Ok(Some(next)) => so_far = next,
                Ok(None) => {
                    ended = true;
                    break;
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
                "increments 1 to {} do not lead to the database they describe: restore the backup alone (--until a moment just after {})",
                so_far.number, manifest.made_at
            )));
        }
        let proven = prove(&self.database, &self.config.archive(), at_rest.as_ref())?;
        Ok(Restored {
            holds: Backup { made_at: so_far.made_at, name: base, ..proven },
            increments: so_far.number,
            not_used,
        })
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

    fn take_files(&self, opened: &Path) -> Result<usize, OperateError> {
        let folder = opened.join("archive");
        copy_files(&folder, &self.config.archive(), &raw_files_below(&folder)?)
    }

    /// Puts one increment in; nothing where it is of a later moment than was asked for.
    fn put_in(
        &self,
        (place, at_rest): (&Path, Option<&AtRest>),
        base: &str,
        so_far: &Chain,
        until: Option<Timestamp>,
    ) -> Result<Option<Chain>, OperateError> {
        let opened = self.open(place)?;
        let manifest = increment::read(&opened, at_rest)?;
        if !manifest.follows(base, so_far.number, &so_far.sha256) {
            return Err(OperateError::Unfit("it does not follow the one before it".into()));
        }
        if until.is_some_and(|until| manifest.made_at > until) {
            return Ok(None);
        }
        increment::put_into(&opened, &manifest, &self.database)?;
        self.take_files(&opened)?;
        Ok(Some(Chain {
            number: manifest.number,
            sha256: manifest.after,
            made_at: manifest.made_at.to_string(),
        }))
    }
}

/// How far the restored database is.
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
