//! One descriptor for a SQLite file, kept for as long as anything in this program has the database open.
//!
//! POSIX lets go **all** locks that a program holds on a file as soon as the program closes **any** descriptor of it. SQLite
//! minds that for its own descriptors. One that we opened and closed ourselves would take its locks away while it believes that
//! it has them, and the next program that ends would put the log away under it (sqlite.org/howtocorrupt.html, 2.2); SQLite from 3.51
//! looks closer and does not, but a shell or a viewer may bring an older one. So whoever reads the bytes of a database reads them
//! through here.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Which file it is, whatever its name: one that is put in the place of another is another one.
type Identity = (u64, u64);

/// The files that are held now. Nothing in it is opened or closed but under its lock.
static HELD: Mutex<Option<HashMap<Identity, Weak<File>>>> = Mutex::new(None);

fn held() -> MutexGuard<'static, Option<HashMap<Identity, Weak<File>>>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A share in the one descriptor of a file. The last share closes it: each connection keeps one until it is closed itself.
#[derive(Debug)]
pub(crate) struct HeldFile(Option<Arc<File>>);

impl Drop for HeldFile {
    fn drop(&mut self) {
        let _nobody_takes_a_share_meanwhile = held();
        self.0.take();
    }
}

impl HeldFile {
    /// The file that lies there now.
    ///
    /// # Errors
    /// When it is not there, or can't be read.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let mut held = held();
        let held = held.get_or_insert_default();
        // By name first: that opens nothing.
        let there = |found: Metadata| held.get(&identity(&found)).and_then(Weak::upgrade);
        if let Some(file) = std::fs::metadata(path).map(there)? {
            return Ok(Self(Some(file)));
        }
        let file = Arc::new(File::open(path)?);
        let identity = identity(&file.metadata()?);
        held.retain(|_, file| file.strong_count() > 0);
        if let Some(known) = held.get(&identity).and_then(Weak::upgrade) {
            // Put there between the two looks. This second descriptor stays open: closing it is what must not be.
            std::mem::forget(file);
            return Ok(Self(Some(known)));
        }
        held.insert(identity, Arc::downgrade(&file));
        Ok(Self(Some(file)))
    }

    /// Writes the file, or its first bytes, to somewhere else.
    ///
    /// # Errors
    /// When either disk refuses.
    pub(crate) fn copy(&self, most: u64, to: &mut impl Write) -> io::Result<()> {
        let Some(file) = &self.0 else { return Ok(()) };
        let mut bytes = vec![0; 1 << 20];
        let mut done = 0;
        while done < most {
            let room = usize::try_from(most - done).unwrap_or(bytes.len()).min(bytes.len());
            match read_at(file, &mut bytes[..room], done) {
                Ok(0) => break,
                Ok(n) => {
                    to.write_all(&bytes[..n])?;
                    done += n as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn identity(found: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    (found.dev(), found.ino())
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

/// Elsewhere a lock belongs to its descriptor: any other may be shared or not.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    (0, NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
}

#[cfg(not(unix))]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}
