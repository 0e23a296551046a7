//! An index as one file: a header of lengths, then its sections. Mapped, not read, so opening takes no time.

use super::buckets::{self, Buckets, Entries};
use super::build::Part;
use super::section::Section;
use super::{Index, People};
use crate::frequencies::Frequencies;
use crate::keys::KEYS_VERSION;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;

/// Why an index file can't be used.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The file can't be read or written.
    #[error("the index file can't be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// Not an index file, or cut short.
    #[error("this is not a whole index file; build it again")]
    NotAnIndex,
    /// Written by another version.
    #[error("the index file has keys of version {0}, this program needs {KEYS_VERSION}; build it again")]
    Version(u32),
}

const MAGIC: &[u8; 8] = b"LINKIDX2";

impl Index {
    /// Writes the index, its changes included, beside `path` and renames it into place: readers see the old or the new one.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn save(&self, path: &Path) -> Result<(), IndexError> {
        let mut part = Part::new();
        let mut parts = Vec::new();
        let fresh;
        let index = if self.changes_empty() {
            self
        } else {
            for row in self.all_rows() {
                if part.is_full() {
                    parts.push(std::mem::take(&mut part));
                }
                part.add(self.id(u64::from(row)), &self.person(u64::from(row)));
            }
            parts.push(part);
            fresh = Index::join(parts, std::thread::available_parallelism().map_or(1, usize::from));
            &fresh
        };
        let unfinished = path.with_extension("unfinished");
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&unfinished)?);
        index.write(&mut file)?;
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        std::fs::rename(&unfinished, path)?;
        Ok(())
    }

    fn write(&self, file: &mut impl Write) -> std::io::Result<()> {
        let tables: Vec<&Buckets> = std::iter::once(&self.keys).chain(self.frequencies.table()).collect();
        file.write_all(MAGIC)?;
        let shifts = [self.keys.shift, self.frequencies.table().map_or(0, |terms| terms.shift)];
        for number in [KEYS_VERSION, shifts[0], shifts[1], u32::try_from(self.people.len()).unwrap_or(0)] {
            file.write_all(&number.to_le_bytes())?;
        }
        let lengths = self.people.iter().flat_map(|part| [part.offsets.len(), part.records.len()]);
        let parts = || tables.iter().flat_map(|table| &table.parts);
        for length in lengths.chain(parts().flat_map(|part| [part.starts.len(), part.entries.len()])) {
            file.write_all(&(length as u64).to_le_bytes())?;
        }
        for part in &self.people {
            file.write_all(part.offsets.bytes())?;
            file.write_all(part.records.bytes())?;
        }
        for part in parts() {
            file.write_all(part.starts.bytes())?;
            part.entries.write(file)?;
        }
        Ok(())
    }

    /// Maps an index file.
    ///
    /// # Errors
    /// When it can't be opened, isn't a whole index file, or has keys of another version.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let all = Section::mapped(path)?;
        if all.bytes().get(..8) != Some(MAGIC) {
            return Err(IndexError::NotAnIndex);
        }
        let [version, shift, term_shift, parts] = [2, 3, 4, 5].map(|i| all.u32(i));
        if version != KEYS_VERSION {
            return Err(IndexError::Version(version));
        }
        if parts > 4096 || shift > 24 || term_shift > 24 {
            return Err(IndexError::NotAnIndex);
        }
        let count = parts as usize * 2 + 2 * 2 * 256;
        let mut at = 24 + count * 8;
        let mut sections = Vec::with_capacity(count);
        for i in 0..count {
            let length = u64::from(all.u32(6 + i * 2)) | u64::from(all.u32(7 + i * 2)) << 32;
            let end =
                usize::try_from(length).ok().and_then(|l| at.checked_add(l)).ok_or(IndexError::NotAnIndex)?;
            sections.push(all.part(at..end).ok_or(IndexError::NotAnIndex)?);
            at = end;
        }
        if at != all.len() {
            return Err(IndexError::NotAnIndex);
        }
        let mut sections = sections.into_iter();
        let mut next = || sections.next().ok_or(IndexError::NotAnIndex);
        let mut people: Vec<People> = Vec::new();
        let mut first = 0;
        for _ in 0..parts {
            let (offsets, records) = (next()?, next()?);
            let rows = u32::try_from(offsets.len() / 4).map_err(|_| IndexError::NotAnIndex)?;
            people.push(People { first, rows, offsets, records });
            first += rows;
        }
        let mut table = |shift| -> Result<Buckets, IndexError> {
            let mut parts = Vec::with_capacity(256);
            for _ in 0..256 {
                parts.push(buckets::Part { starts: next()?, entries: Entries::Whole(next()?) });
            }
            Ok(Buckets { shift, parts })
        };
        let (keys, terms) = (table(shift)?, table(term_shift)?);
        Ok(Index::of(people, keys, Frequencies::stored(u64::from(first), Arc::new(terms))))
    }
}
