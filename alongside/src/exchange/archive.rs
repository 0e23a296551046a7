//! The archive: untouched bytes under their SHA-256, written and synced before anything is acknowledged. Where the service is
//! encrypted, each file is sealed; its name stays the fingerprint of what is in it.

use crate::access::{AtRest, SealError, is_sealed_file};
use crate::config::Config;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The name bytes are kept under.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// A folder of raw files, with what opens them where they are sealed.
#[derive(Debug, Clone)]
pub struct Archive {
    folder: PathBuf,
    at_rest: Option<AtRest>,
}

fn unopened(error: &SealError) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, error.to_string())
}

impl Archive {
    /// The service's own.
    ///
    /// # Errors
    /// When the service is encrypted and its key does not open it.
    pub fn of(config: &Config) -> io::Result<Self> {
        let at_rest = AtRest::of(config).map_err(|error| unopened(&error))?;
        Ok(Self { folder: config.archive(), at_rest })
    }

    /// A folder, such as a backup's, and what opens it.
    #[must_use]
    pub fn at(folder: PathBuf, at_rest: Option<AtRest>) -> Self {
        Self { folder, at_rest }
    }

    fn place(&self, hash: &str) -> PathBuf {
        self.folder.join(hash.get(..2).unwrap_or("xx")).join(hash)
    }

    /// Keeps bytes, durably; the same bytes twice are one file. Gives their hash.
    ///
    /// # Errors
    /// When the disk refuses: then nothing may be acknowledged.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<String> {
        let hash = hash_of(bytes);
        // A damaged one is replaced: these are the bytes it should be.
        if self.fetch(&hash).is_err() {
            self.write(&hash, &self.as_kept(&hash, bytes)?)?;
        }
        Ok(hash)
    }

    /// Fetches kept bytes, checked against their hash.
    ///
    /// # Errors
    /// When they are missing or damaged, or nothing opens them.
    pub fn fetch(&self, hash: &str) -> io::Result<Vec<u8>> {
        let damaged = |why: &str| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("the archived file {hash} {why}: restore it from a backup"),
            )
        };
        let kept = fs::read(self.place(hash))?;
        // By its hash first: one that came in may happen to begin as a sealed one does.
        if hash_of(&kept) == hash {
            return Ok(kept);
        }
        if !is_sealed_file(&kept) {
            return Err(damaged("is damaged"));
        }
        let Some(at_rest) = &self.at_rest else {
            return Err(damaged("is sealed, and nothing opens it here"));
        };
        let bytes = at_rest.open(hash, &kept).map_err(|_| damaged("does not open with the key in force"))?;
        if hash_of(&bytes) == hash { Ok(bytes) } else { Err(damaged("is damaged")) }
    }

    /// Deletes kept bytes; nothing to do where they are gone already. Whether there was something.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn delete(&self, hash: &str) -> io::Result<bool> {
        match fs::remove_file(self.place(hash)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether a kept file lies there in clear.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn is_clear(&self, hash: &str) -> io::Result<bool> {
        Ok(hash_of(&fs::read(self.place(hash))?) == hash)
    }

    /// Seals a file that lies there in clear.
    ///
    /// # Errors
    /// When it is missing or damaged, or the disk refuses.
    pub fn seal(&self, hash: &str) -> io::Result<()> {
        if self.is_clear(hash)? { self.write(hash, &self.as_kept(hash, &self.fetch(hash)?)?) } else { Ok(()) }
    }

    /// Puts a sealed file there in clear.
    ///
    /// # Errors
    /// When it is missing or damaged, or the disk refuses.
    pub fn unseal(&self, hash: &str) -> io::Result<()> {
        if self.is_clear(hash)? { Ok(()) } else { self.write(hash, &self.fetch(hash)?) }
    }

    fn as_kept(&self, hash: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match &self.at_rest {
            Some(at_rest) => at_rest.seal(hash, bytes).map_err(|error| unopened(&error)),
            None => Ok(bytes.to_vec()),
        }
    }

    /// Never a half-written file under a hash: written aside, synced, renamed.
    fn write(&self, hash: &str, kept: &[u8]) -> io::Result<()> {
        let target = self.place(hash);
        let folder = target.parent().unwrap_or(&self.folder);
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            // The folder's own name has to be on the disk before the file in it counts.
            sync(&self.folder)?;
        }
        let aside = folder.join(format!("{hash}.{}", uuid::Uuid::now_v7()));
        let mut file = File::create(&aside)?;
        file.write_all(kept)?;
        file.sync_all()?;
        fs::rename(&aside, &target)?;
        sync(folder)
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(data: &Path) -> Config {
        let data = data.display().to_string();
        Config::load(|name| (name == "ALONGSIDE_DATA").then(|| data.clone())).unwrap()
    }

    #[test]
    fn bytes_come_back_and_damage_is_noticed() {
        for sealed in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let config = config(folder.path());
            if sealed {
                AtRest::begin(&config).unwrap();
            }
            let archive = Archive::of(&config).unwrap();
            let hash = archive.keep(b"a list").unwrap();
            assert_eq!(archive.keep(b"a list").unwrap(), hash);
            assert_eq!(archive.fetch(&hash).unwrap(), b"a list");
            let there = fs::read(archive.place(&hash)).unwrap();
            assert_eq!(there.windows(6).any(|words| words == b"a list"), !sealed);
            fs::write(archive.place(&hash), b"another").unwrap();
            assert_eq!(archive.fetch(&hash).unwrap_err().kind(), io::ErrorKind::InvalidData);
            fs::write(archive.place(&hash), vec![b'x'; there.len()]).unwrap();
            archive.keep(b"a list").unwrap();
            assert_eq!(
                archive.fetch(&hash).unwrap(),
                b"a list",
                "sent again, it mends the damaged one of its size"
            );
        }
    }

    #[test]
    fn a_file_in_clear_becomes_a_sealed_one_and_back_whatever_it_begins_with() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path());
        let clear = Archive::of(&config).unwrap();
        let hash = clear.keep(b"alongside sealed 1\nno, it is not").unwrap();
        let key = AtRest::begin(&config).unwrap();
        let sealing = Archive::of(&config).unwrap();
        for _ in 0..2 {
            sealing.seal(&hash).unwrap();
            assert!(!sealing.is_clear(&hash).unwrap());
        }
        assert_eq!(sealing.fetch(&hash).unwrap(), b"alongside sealed 1\nno, it is not");
        assert!(clear.fetch(&hash).is_err());
        for _ in 0..2 {
            Archive::at(config.archive(), Some(key.clone())).unseal(&hash).unwrap();
            assert_eq!(clear.fetch(&hash).unwrap(), b"alongside sealed 1\nno, it is not");
        }
    }
}
