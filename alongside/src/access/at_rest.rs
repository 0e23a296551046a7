//! Encryption at rest: one key for what the data folder holds, itself sealed under the key that seals secrets.
//!
//! The file `at-rest.key` in the data folder is what says that a service is encrypted. It holds a key of the service's own,
//! sealed; from it come the key of the database and the key of the raw files. So the outer key can be changed without writing
//! everything anew, and a backup, which holds that file too, opens for whoever has the outer key and for nobody else.

use super::seal::{Seal, SealError};
use crate::config::Config;
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use store::{DatabaseKey, Db};

/// What the key is sealed for: moved elsewhere it does not open.
const OWNER: &str = "at rest";
/// The name of the file with the sealed key, in the data folder and in backups.
pub const AT_REST_FILE: &str = "at-rest.key";
/// How a sealed file begins. What follows is a nonce of 12 bytes, and the text.
const HEAD: &[u8] = b"alongside sealed 1\n";

/// Opens and seals what lies in the data folder.
#[derive(Clone)]
pub struct AtRest {
    database: DatabaseKey,
    files: Box<Aes256Gcm>,
}

impl std::fmt::Debug for AtRest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AtRest(…)")
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> SealError + '_ {
    move |error| SealError::Key(path.display().to_string(), error.to_string())
}

/// Where the sealed key lies.
#[must_use]
pub fn at_rest_file(config: &Config) -> PathBuf {
    config.data.join(AT_REST_FILE)
}

impl AtRest {
    /// What opens the data folder; nothing where it is not encrypted.
    ///
    /// # Errors
    /// When the key in force does not open the file.
    pub fn of(config: &Config) -> Result<Option<Self>, SealError> {
        Self::in_folder(config, &config.data)
    }

    /// What opens a folder with its own file, such as a backup, under the key in force.
    ///
    /// # Errors
    /// When the key in force does not open the file.
    pub fn in_folder(config: &Config, folder: &Path) -> Result<Option<Self>, SealError> {
        let path = folder.join(AT_REST_FILE);
        if !path.exists() {
            return Ok(None);
        }
        opened(&path, &Seal::existing(config)?).and_then(|key| Self::from_key(&key)).map(Some)
    }

    /// The same, and makes the key where there is none yet: from now on the data folder is an encrypted one.
    ///
    /// # Errors
    /// When the file can't be written, or the key in force does not open it.
    pub fn begin(config: &Config) -> Result<Self, SealError> {
        if let Some(there) = Self::of(config)? {
            return Ok(there);
        }
        let mut key = [0_u8; 32];
        getrandom::fill(&mut key).map_err(|_| SealError::Sealed)?;
        write(&at_rest_file(config), &[Seal::of(config)?.close(OWNER, &key)?])?;
        Self::from_key(&key)
    }

    fn from_key(key: &[u8]) -> Result<Self, SealError> {
        let part = |of: &str| -> [u8; 32] {
            Sha256::new()
                .chain_update("alongside at rest: ")
                .chain_update(of)
                .chain_update(key)
                .finalize()
                .into()
        };
        let files = Aes256Gcm::new_from_slice(&part("raw files")).map_err(|_| SealError::Sealed)?;
        Ok(Self { database: DatabaseKey::new(part("database")), files: Box::new(files) })
    }

    /// The key of the database.
    #[must_use]
    pub fn database(&self) -> &DatabaseKey {
        &self.database
    }

    /// Seals bytes under a name: under another they do not open.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn seal(&self, name: &str, bytes: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0_u8; 12];
        getrandom::fill(&mut nonce).map_err(|_| SealError::Sealed)?;
        let payload = Payload { msg: bytes, aad: name.as_bytes() };
        let sealed = self.files.encrypt(&Nonce::from(nonce), payload).map_err(|_| SealError::Sealed)?;
        Ok([HEAD, &nonce, &sealed].concat())
    }

    /// What was sealed under this name.
    ///
    /// # Errors
    /// When it was sealed under another key or name, or changed since.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let rest = sealed.strip_prefix(HEAD).ok_or(SealError::Sealed)?;
        let (nonce, text) = rest.split_first_chunk::<12>().ok_or(SealError::Sealed)?;
        let payload = Payload { msg: text, aad: name.as_bytes() };
        self.files.decrypt(&Nonce::from(*nonce), payload).map_err(|_| SealError::Sealed)
    }
}

/// Whether bytes are a sealed file.
#[must_use]
pub fn is_sealed_file(bytes: &[u8]) -> bool {
    bytes.starts_with(HEAD)
}

/// The key in the file: of several lines, the first that opens. While the outer key is being changed there are two.
fn opened(path: &Path, seal: &Seal) -> Result<Vec<u8>, SealError> {
    let text = fs::read_to_string(path).map_err(failed(path))?;
    text.lines().find_map(|line| seal.open(OWNER, line.trim()).ok()).ok_or_else(|| {
        let words = "it does not open: is the key the one it was sealed with? If it is, this file is damaged, and every backup holds it";
        SealError::Key(path.display().to_string(), words.into())
    })
}

fn write(path: &Path, lines: &[String]) -> Result<(), SealError> {
    let aside = path.with_extension("unfinished");
    let mut file = File::create(&aside).map_err(failed(&aside))?;
    file.write_all(format!("{}\n", lines.join("\n")).as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed(&aside))?;
    fs::rename(&aside, path).map_err(failed(path))?;
    let folder = path.parent().unwrap_or(path);
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))
}

/// Puts the data folder's key under another outer key. First both open it; `meanwhile` puts what else is sealed under the other
/// one; then only that opens it. Broken off in between, it is done again from the beginning.
pub(super) fn put_under<E: From<SealError>>(
    config: &Config,
    (now, other): (&Seal, &Seal),
    meanwhile: impl FnOnce() -> Result<(), E>,
) -> Result<(), E> {
    let path = at_rest_file(config);
    if !path.exists() {
        return meanwhile();
    }
    let key = opened(&path, now).or_else(|_| opened(&path, other))?;
    let (before, after) = (now.close(OWNER, &key)?, other.close(OWNER, &key)?);
    write(&path, &[before, after.clone()])?;
    meanwhile()?;
    Ok(write(&path, &[after])?)
}

/// What to say where something is encrypted and the file that opens it is not there.
#[must_use]
pub fn key_is_missing(config: &Config, what: &str) -> String {
    format!(
        "{what} is encrypted, and {} is missing, which opens it: every backup holds it. Put it back (docs/administrators/encryption.md)",
        at_rest_file(config).display()
    )
}

/// Opens the service's database, encrypted or not.
///
/// # Errors
/// When it can't be opened; when it is encrypted and what opens it is missing.
pub fn open_database(config: &Config) -> store::Result<Db> {
    let words = |error: SealError| store::Error::Connect(error.to_string());
    let key = AtRest::of(config).map_err(words)?;
    match config.database.strip_prefix("sqlite:").map(Path::new) {
        Some(path) if store::is_sealed(path)? => match key {
            Some(key) => Db::open_under(&config.database, Some(key.database())),
            None => Err(store::Error::Connect(format!(
                "{}. Or its head is damaged: then restore the last backup",
                key_is_missing(config, &path.display().to_string())
            ))),
        },
        // Not there yet: made as the folder is. There, and in clear: so it stays until `alongside encrypt` has come to its end.
        Some(path) if !path.exists() => Db::open_under(&config.database, key.as_ref().map(AtRest::database)),
        _ => Db::open(&config.database),
    }
}

/// Opens a copy of a database that nothing writes to, encrypted or not.
///
/// # Errors
/// When it can't be opened; when it is encrypted and nothing is given that opens it.
pub fn open_still(path: &Path, at_rest: Option<&AtRest>) -> store::Result<Db> {
    match (store::is_sealed(path)?, at_rest) {
        (false, _) => Db::open_still(path),
        (true, Some(key)) => Db::open_still_under(path, Some(key.database())),
        (true, None) => Err(store::Error::Connect(format!(
            "{} is encrypted, and there is no {AT_REST_FILE} beside it, which opens it",
            path.display()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_under_its_name_and_key_alone() {
        let one = AtRest::from_key(&[1; 32]).unwrap();
        let sealed = one.seal("a name", b"words").unwrap();
        assert!(is_sealed_file(&sealed) && !sealed.windows(5).any(|w| w == b"words"));
        assert_eq!(one.open("a name", &sealed).unwrap(), b"words");
        assert!(one.open("another", &sealed).is_err());
        assert!(AtRest::from_key(&[2; 32]).unwrap().open("a name", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(one.open("a name", &changed).is_err(), "byte {at}");
        }
        for cut in 0..sealed.len() {
            assert!(one.open("a name", &sealed[..cut]).is_err(), "cut at {cut}");
        }
    }
}
