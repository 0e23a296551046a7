//! Secrets at rest: sealed with AES-256-GCM under a key that is never in the database.
//!
//! Protects what is sealed when the database or a backup is taken without the key. It does not protect against whoever can
//! read the key file or the program's memory.

use super::session::hex;
use crate::config::{Config, is_key};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A secret could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key can't be read or made.
    #[error(
        "the key that seals secrets ({0}): {1}. See ALONGSIDE_KEY_FILE in docs/administrators/configuration.md"
    )]
    Key(String, String),
    /// It was sealed with another key, for another account, or changed since.
    #[error("a sealed secret can't be opened: is the key the one it was sealed with?")]
    Sealed,
}

/// What seals and opens.
pub(super) struct Seal(Aes256Gcm);

impl Seal {
    /// The key from the environment, its file, or (made now) the data folder.
    pub(super) fn of(config: &Config) -> Result<Self, SealError> {
        match (&config.signing_in.key, &config.signing_in.key_file) {
            (Some(key), _) => Self::from_text(&key.0, "ALONGSIDE_KEY"),
            (None, Some(path)) => Self::from_text(&read(path)?, &path.display().to_string()),
            (None, None) => Self::in_file_or_made(&config.data.join("secret.key")),
        }
    }

    /// The same, where something was sealed already: a fresh key would open nothing.
    pub(super) fn existing(config: &Config) -> Result<Self, SealError> {
        let made = config.data.join("secret.key");
        match (&config.signing_in.key, &config.signing_in.key_file) {
            (None, None) if !made.exists() => Err(SealError::Key(
                made.display().to_string(),
                "it is missing, and opens what is encrypted here: put it back".into(),
            )),
            _ => Self::of(config),
        }
    }

    /// The key in a file, made there with fresh randomness when absent.
    pub(super) fn in_file_or_made(path: &Path) -> Result<Self, SealError> {
        Self::from_text(&read_or_make(path)?, &path.display().to_string())
    }

    fn from_text(text: &str, place: &str) -> Result<Self, SealError> {
        let key = unhex(text.trim()).filter(|_| is_key(text));
        let words = if text.trim().is_empty() {
            "it is empty, so it never sealed anything: delete it, or put the right one in its place"
        } else {
            "it must be 64 hexadecimal digits"
        };
        let key = key.ok_or_else(|| SealError::Key(place.into(), words.into()))?;
        Aes256Gcm::new_from_slice(&key).map(Self).map_err(|_| SealError::Sealed)
    }

    /// Seals `secret` for one owner: moved to another owner's row it does not open.
    pub(super) fn close(&self, owner: &str, secret: &[u8]) -> Result<String, SealError> {
        let mut nonce = [0_u8; 12];
        getrandom::fill(&mut nonce).map_err(|_| SealError::Sealed)?;
        let payload = Payload { msg: secret, aad: owner.as_bytes() };
        let sealed = self.0.encrypt(&Nonce::from(nonce), payload).map_err(|_| SealError::Sealed)?;
        Ok(format!("1:{}:{}", hex(&nonce), hex(&sealed)))
    }

    /// What was sealed for this owner.
    pub(super) fn open(&self, owner: &str, sealed: &str) -> Result<Vec<u8>, SealError> {
        let mut parts = sealed.split(':');
        let (Some("1"), Some(nonce), Some(text), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(SealError::Sealed);
        };
        let nonce: [u8; 12] = unhex(nonce).and_then(|n| n.try_into().ok()).ok_or(SealError::Sealed)?;
        let text = unhex(text).ok_or(SealError::Sealed)?;
        let payload = Payload { msg: &text, aad: owner.as_bytes() };
        self.0.decrypt(&Nonce::from(nonce), payload).map_err(|_| SealError::Sealed)
    }
}

fn read(path: &Path) -> Result<String, SealError> {
    std::fs::read_to_string(path).map_err(|e| SealError::Key(path.display().to_string(), e.to_string()))
}

/// The key file, made with fresh randomness and readable by the service's account only. It bears its name only when it is whole,
/// and for good: what is sealed under it must not outlive it.
fn read_or_make(path: &Path) -> Result<String, SealError> {
    let failed = |e: std::io::Error| SealError::Key(path.display().to_string(), e.to_string());
    if path.exists() {
        return read(path);
    }
    let mut key = [0_u8; 32];
    getrandom::fill(&mut key).map_err(|_| SealError::Sealed)?;
    let aside = PathBuf::from(format!("{}.{}", path.display(), uuid::Uuid::now_v7()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let made = options
        .open(&aside)
        .and_then(|mut file| file.write_all(hex(&key).as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| named(&aside, path));
    let _ = std::fs::remove_file(&aside);
    match made {
        Ok(()) => Ok(hex(&key)),
        // Another request made it at the same moment: that one stands.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => read(path),
        Err(error) => Err(failed(error)),
    }
}

/// Gives a whole file its name, unless there is one of that name; and the name is on the disk, too.
fn named(aside: &Path, path: &Path) -> std::io::Result<()> {
    std::fs::hard_link(aside, path).or_else(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Err(error),
        // A stick knows no second name for a file.
        _ if path.exists() => Err(std::io::ErrorKind::AlreadyExists.into()),
        _ => std::fs::rename(aside, path),
    })?;
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => std::fs::File::open(".")?.sync_all(),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal_in(folder: &Path) -> Seal {
        let data = folder.display().to_string();
        let config = Config::load(|name| (name == "ALONGSIDE_DATA").then(|| data.clone())).unwrap();
        Seal::of(&config).unwrap()
    }

    #[test]
    fn a_secret_opens_for_its_owner_with_its_key_and_no_other() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let seal = seal_in(one.path());
        let sealed = seal.close("a", b"seed").unwrap();
        assert_ne!(sealed, seal.close("a", b"seed").unwrap(), "never the same text twice");
        assert_eq!(seal_in(one.path()).open("a", &sealed).unwrap(), b"seed");
        assert!(seal.open("b", &sealed).is_err(), "moved to another account");
        assert!(seal_in(other.path()).open("a", &sealed).is_err(), "another key");
        let changed =
            sealed.replace(&sealed[sealed.len() - 1..], if sealed.ends_with('0') { "1" } else { "0" });
        assert!(seal.open("a", &changed).is_err());
        for nonsense in ["", "1", "1::", "1:00:00", "2:x:y", "1:zz:zz", "1:é:é"] {
            assert!(seal.open("a", nonsense).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn an_empty_key_file_is_named_and_a_made_one_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("second.key");
        std::fs::write(&path, "").unwrap();
        let Err(error) = Seal::in_file_or_made(&path) else { panic!("an empty key") };
        let said = error.to_string();
        assert!(said.contains("second.key") && said.contains("delete it"), "{said}");
        std::fs::remove_file(&path).unwrap();
        let sealed = Seal::in_file_or_made(&path).unwrap().close("a", b"seed").unwrap();
        assert_eq!(Seal::in_file_or_made(&path).unwrap().open("a", &sealed).unwrap(), b"seed");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_made_key_file_is_for_the_service_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let _ = seal_in(folder.path());
        let mode = std::fs::metadata(folder.path().join("secret.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
