//! A database file as pages: those in which two states of it differ, written down, and put into the older one again.

use super::backup::{OperateError, at};
use super::files::hex;
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// How two states of a database differ.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Bytes in a page.
    pub page_size: u32,
    /// Pages of the newer one.
    pub pages: u64,
    /// Pages that were written down: a number of four bytes (the first is 0), then the page.
    pub changed: u64,
    /// Fingerprint of the older one.
    pub before: String,
    /// Fingerprint of the newer one.
    pub after: String,
}

/// Reads a page; what a file lacks at its end stays zero. Gives the bytes read.
fn next_page(file: &mut impl Read, page: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < page.len() {
        match file.read(&mut page[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

/// Bytes in a page of an encrypted database, whose header can't be read.
const SEALED_PAGE: u32 = 4_096;

/// The size of a page, out of the header of an SQLite file (bytes 16 and 17; 1 stands for 65,536).
fn page_size(path: &Path) -> Result<u32, OperateError> {
    let mut header = [0_u8; 18];
    File::open(path).and_then(|mut file| file.read_exact(&mut header)).map_err(at(path))?;
    if store::is_sealed(path)? {
        return Ok(SEALED_PAGE);
    }
    match u32::from(u16::from_be_bytes([header[16], header[17]])) {
        1 => Ok(65_536),
        size @ 512..=32_768 if size.is_power_of_two() => Ok(size),
        _ => Err(OperateError::Unfit(format!("{} is no database of SQLite", path.display()))),
    }
}

/// Writes the pages of `now` that are not as in `before`.
pub(super) fn write_changed(before: &Path, now: &Path, to: &Path) -> Result<Difference, OperateError> {
    let page_size = page_size(now)?;
    let open = |path: &Path| File::open(path).map(|f| BufReader::with_capacity(1 << 20, f)).map_err(at(path));
    let (mut old, mut new) = (open(before)?, open(now)?);
    let mut out = BufWriter::new(File::create(to).map_err(at(to))?);
    let (mut old_hash, mut new_hash) = (Sha256::new(), Sha256::new());
    let (mut old_page, mut new_page) = (vec![0; page_size as usize], vec![0; page_size as usize]);
    let (mut pages, mut changed) = (0_u64, 0);
    loop {
        let n_old = next_page(&mut old, &mut old_page).map_err(at(before))?;
        let n_new = next_page(&mut new, &mut new_page).map_err(at(now))?;
        old_hash.update(&old_page[..n_old]);
        new_hash.update(&new_page[..n_new]);
        if n_new == 0 && n_old == 0 {
            break;
        }
        if n_new == 0 {
            continue;
        }
        if n_old != n_new || old_page != new_page {
            let number = u32::try_from(pages).map_err(|e| OperateError::Unfit(e.to_string()))?;
            out.write_all(&number.to_be_bytes()).and_then(|()| out.write_all(&new_page)).map_err(at(to))?;
            changed += 1;
        }
        pages += 1;
    }
    out.into_inner().map_err(io::IntoInnerError::into_error).and_then(|f| f.sync_all()).map_err(at(to))?;
    Ok(Difference { page_size, pages, changed, before: hex(old_hash), after: hex(new_hash) })
}

/// Puts written pages into a database file, which then has so many pages.
pub(super) fn put_into(database: &Path, from: &Path, page_size: u32, pages: u64) -> Result<(), OperateError> {
    let mut written = BufReader::with_capacity(1 << 20, File::open(from).map_err(at(from))?);
    let mut target = OpenOptions::new().write(true).open(database).map_err(at(database))?;
    let (mut number, mut page) = ([0_u8; 4], vec![0; page_size as usize]);
    loop {
        match next_page(&mut written, &mut number).map_err(at(from))? {
            0 => break,
            4 => {}
            _ => return Err(OperateError::Unfit(format!("{} ends early", from.display()))),
        }
        written.read_exact(&mut page).map_err(at(from))?;
        let place = u64::from(u32::from_be_bytes(number)) * u64::from(page_size);
        target.seek(SeekFrom::Start(place)).and_then(|_| target.write_all(&page)).map_err(at(database))?;
    }
    target.set_len(pages * u64::from(page_size)).and_then(|()| target.sync_all()).map_err(at(database))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fs;

    /// A file with the header of a database, of so many pages of 512 bytes, each filled by its seed.
    fn database(seeds: &[u8]) -> Vec<u8> {
        let mut bytes: Vec<u8> = seeds.iter().flat_map(|seed| std::iter::repeat_n(*seed, 512)).collect();
        bytes[..16].copy_from_slice(b"SQLite format 3\0");
        bytes[16..18].copy_from_slice(&512_u16.to_be_bytes());
        bytes
    }

    proptest! {
        #[test]
        fn what_differs_makes_the_newer_one_out_of_the_older(
            before in prop::collection::vec(0_u8..4, 1..12), after in prop::collection::vec(0_u8..4, 1..12),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let (old, new, pages) = (folder.path().join("old"), folder.path().join("new"), folder.path().join("pages"));
            fs::write(&old, database(&before)).unwrap();
            fs::write(&new, database(&after)).unwrap();
            let found = write_changed(&old, &new, &pages).unwrap();
            let same = before.iter().zip(&after).filter(|(a, b)| a == b).count();
            prop_assert_eq!(found.changed as usize, after.len() - same);
            put_into(&old, &pages, found.page_size, found.pages).unwrap();
            prop_assert_eq!(fs::read(&old).unwrap(), fs::read(&new).unwrap());
            prop_assert_eq!(super::super::files::fingerprint(&old).unwrap(), found.after);
        }
    }
}
