//! The archive: untouched bytes under their SHA-256, written and synced before anything is acknowledged.

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

fn place(archive: &Path, hash: &str) -> PathBuf {
    archive.join(hash.get(..2).unwrap_or("xx")).join(hash)
}

/// Keeps bytes, durably; the same bytes twice are one file. Gives their hash.
///
/// # Errors
/// When the disk refuses: then nothing may be acknowledged.
pub fn keep(archive: &Path, bytes: &[u8]) -> io::Result<String> {
    let hash = hash_of(bytes);
    let target = place(archive, &hash);
    // A damaged one is replaced: these are the bytes it should be.
    if fs::read(&target).is_ok_and(|there| there == bytes) {
        return Ok(hash);
    }
    let folder = target.parent().unwrap_or(archive).to_owned();
    if !folder.is_dir() {
        fs::create_dir_all(&folder)?;
        // The folder's own name has to be on the disk before the file in it counts.
        File::open(archive)?.sync_all()?;
    }
    // Never a half-written file under a hash: write aside, sync, rename.
    let aside = folder.join(format!("{hash}.{}", uuid::Uuid::now_v7()));
    let mut file = File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&aside, &target)?;
    File::open(&folder)?.sync_all()?;
    Ok(hash)
}

/// Fetches kept bytes, checked against their hash.
///
/// # Errors
/// When they are missing or damaged.
pub fn fetch(archive: &Path, hash: &str) -> io::Result<Vec<u8>> {
    let bytes = fs::read(place(archive, hash))?;
    if hash_of(&bytes) == hash {
        Ok(bytes)
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("the archived file {hash} is damaged: restore it from a backup"),
        ))
    }
}

/// Deletes kept bytes; nothing to do where they are gone already. Whether there was something.
///
/// # Errors
/// When the disk refuses.
pub fn delete(archive: &Path, hash: &str) -> io::Result<bool> {
    match fs::remove_file(place(archive, hash)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_damage_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let hash = keep(folder.path(), b"a list").unwrap();
        assert_eq!(keep(folder.path(), b"a list").unwrap(), hash);
        assert_eq!(fetch(folder.path(), &hash).unwrap(), b"a list");
        fs::write(place(folder.path(), &hash), b"another").unwrap();
        assert_eq!(fetch(folder.path(), &hash).unwrap_err().kind(), io::ErrorKind::InvalidData);
        fs::write(place(folder.path(), &hash), b"a lost").unwrap();
        keep(folder.path(), b"a list").unwrap();
        assert_eq!(
            fetch(folder.path(), &hash).unwrap(),
            b"a list",
            "sent again, it mends the damaged one of its size"
        );
    }
}
