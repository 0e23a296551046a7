//! A backup as one encrypted file: the folder as tar, sealed with age to keys whose private halves are elsewhere.
//!
//! The machine that makes backups can't open them. So that each is proven all the same, it is sealed to one more key, made for
//! this backup, held in memory until the file was opened again and read back, and then forgotten.

use super::backup::{OperateError, at};
use super::files::clear;
use age::x25519::{Identity, Recipient};
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;

/// How an encrypted backup's name ends.
pub(super) const ENDING: &str = "tar.age";

fn unfit(why: impl std::fmt::Display) -> OperateError {
    OperateError::Unfit(why.to_string())
}

/// Public keys as the settings name them.
///
/// # Errors
/// When one is no public key of age.
pub fn recipients(keys: &[String]) -> Result<Vec<Recipient>, OperateError> {
    keys.iter()
        .map(|key| {
            key.parse().map_err(|_| {
                unfit(format!(
                    "ALONGSIDE_BACKUP_KEYS: {key:?} is no public key of age; it begins with age1 (age-keygen prints it)"
                ))
            })
        })
        .collect()
}

/// Seals a folder into a file, and proves the file: opened again, unpacked into `scratch`, and `prove`n there.
pub(super) fn seal<T>(
    folder: &Path,
    to: &Path,
    keys: &[Recipient],
    scratch: &Path,
    prove: impl FnOnce(&Path) -> Result<T, OperateError>,
) -> Result<T, OperateError> {
    let once = Identity::generate();
    let once_public = once.to_public();
    let mut all: Vec<&dyn age::Recipient> = vec![&once_public];
    all.extend(keys.iter().map(|key| key as &dyn age::Recipient));
    let sealer = age::Encryptor::with_recipients(all.into_iter()).map_err(unfit)?;
    let file = File::create(to).map_err(at(to))?;
    let mut sealed = sealer.wrap_output(BufWriter::new(file)).map_err(at(to))?;
    let mut tar = tar::Builder::new(&mut sealed);
    tar.append_dir_all(".", folder).map_err(at(folder))?;
    tar.finish().map_err(at(to))?;
    drop(tar);
    let mut file = sealed.finish().map_err(at(to))?;
    file.flush().map_err(at(to))?;
    file.get_ref().sync_all().map_err(at(to))?;
    clear(scratch)?;
    let proven = unpack(to, &once, scratch).and_then(|()| prove(scratch));
    // What is not encrypted does not stay, whatever came of it.
    let cleared = clear(scratch);
    let proven = proven?;
    cleared.map(|()| proven)
}

/// Opens an encrypted backup into a folder.
fn unpack(from: &Path, key: &dyn age::Identity, into: &Path) -> Result<(), OperateError> {
    fs::create_dir_all(into).map_err(at(into))?;
    let file = File::open(from).map_err(at(from))?;
    let sealed = age::Decryptor::new_buffered(BufReader::new(file)).map_err(unfit)?;
    let opened = sealed.decrypt(std::iter::once(key)).map_err(|error| {
        unfit(format!(
            "{}: {error}. Is the key one of those it was sealed to, and is the file whole?",
            from.display()
        ))
    })?;
    tar::Archive::new(opened).unpack(into).map_err(at(from))
}

/// Opens an encrypted backup with the private key in a file, into a folder.
///
/// # Errors
/// When the file holds no key of age, the key does not fit, or the backup was changed or cut.
pub(super) fn unpack_with(from: &Path, key_file: &Path, into: &Path) -> Result<(), OperateError> {
    let text = fs::read_to_string(key_file).map_err(at(key_file))?;
    let key: Identity = text
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("AGE-SECRET-KEY-"))
        .and_then(|line| line.parse().ok())
        .ok_or_else(|| unfit(format!("{}: no line begins with AGE-SECRET-KEY-", key_file.display())))?;
    unpack(from, &key, into)
}
