//! A SQLite file that lies encrypted on the disk (SQLCipher), and its key.

use crate::error::{Error, Result};
use crate::held_file::HeldFile;
use rusqlite::Connection;
use std::fmt::Write as _;
use std::path::Path;

/// The key of an encrypted database: 256 bits, used as they are. Never printed.
#[derive(Clone)]
pub struct DatabaseKey([u8; 32]);

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseKey(…)")
    }
}

impl DatabaseKey {
    /// A key of these bytes, which must come from good randomness: they are not made harder to guess here.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// As SQLCipher takes it: a key that is no password.
    fn words(&self) -> String {
        let mut words = String::from("x'");
        for byte in self.0 {
            let _ = write!(words, "{byte:02x}");
        }
        words.push('\'');
        words
    }
}

/// Gives a connection its key, before anything is read; without one, the file lies there in clear.
pub(crate) fn unlock(connection: &Connection, key: Option<&DatabaseKey>) -> Result<(), rusqlite::Error> {
    match key {
        Some(key) => {
            // What it would say of damage goes to nobody's log; the error that follows tells it to whoever asked.
            connection.pragma_update(None, "cipher_log_level", "NONE")?;
            connection.pragma_update(None, "key", key.words())
        }
        None => Ok(()),
    }
}

/// Whether a file is an encrypted database; one that is empty, or not there, is not.
///
/// # Errors
/// When it can't be read.
pub fn is_sealed(path: &Path) -> Result<bool> {
    let failed = |error| Error::File { path: path.display().to_string(), error };
    if !path.exists() {
        return Ok(false);
    }
    let mut head = Vec::new();
    HeldFile::of(path).and_then(|file| file.copy(16, &mut head)).map_err(failed)?;
    Ok(head.len() == 16 && head != b"SQLite format 3\0")
}

/// Writes all of a database into a new file under another key, or under none. Nothing else may have it open.
///
/// # Errors
/// When the key does not fit, or the disk refuses.
pub fn write_under(
    from: &Path,
    key: Option<&DatabaseKey>,
    to: &Path,
    under: Option<&DatabaseKey>,
) -> Result<()> {
    let failed = |what: &'static str| move |error| Error::Sqlite { error, sql: what.to_owned() };
    let connection = Connection::open(from).map_err(failed("open"))?;
    unlock(&connection, key).map_err(failed("key"))?;
    let words = under.map(DatabaseKey::words).unwrap_or_default();
    let path = to.to_string_lossy();
    connection
        .execute("ATTACH DATABASE ?1 AS target KEY ?2", [path.as_ref(), words.as_str()])
        .map_err(failed("ATTACH"))?;
    let copied = connection
        .query_row("SELECT sqlcipher_export('target')", [], |_| Ok(()))
        .map_err(failed("sqlcipher_export"));
    let detached = connection.execute_batch("DETACH DATABASE target").map_err(failed("DETACH"));
    copied.and(detached)
}
