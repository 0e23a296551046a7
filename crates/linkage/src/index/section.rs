//! Bytes that were built in memory or lie in a mapped file, read the same way.

use memmap2::Mmap;
use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Clone)]
enum Source {
    Built(Arc<Vec<u8>>),
    Mapped(Arc<Mmap>),
}

/// A run of bytes.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    source: Source,
    range: Range<usize>,
}

impl Section {
    pub(super) fn built(bytes: Vec<u8>) -> Self {
        Section { range: 0..bytes.len(), source: Source::Built(Arc::new(bytes)) }
    }

    /// The whole file, mapped into memory: pages are read when first touched and shared between processes.
    #[allow(unsafe_code)]
    pub(super) fn mapped(path: &Path) -> std::io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: a mapping is only unsound if the file is changed or cut while mapped. Index files are written to a new
        // name and renamed into place, never changed; and every read of them is bounds-checked and accepts any bytes.
        let map = unsafe { Mmap::map(&file)? };
        Ok(Section { range: 0..map.len(), source: Source::Mapped(Arc::new(map)) })
    }

    pub(super) fn part(&self, range: Range<usize>) -> Option<Self> {
        let (start, end) =
            (self.range.start.checked_add(range.start)?, self.range.start.checked_add(range.end)?);
        (start <= end && end <= self.range.end)
            .then(|| Section { source: self.source.clone(), range: start..end })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        let all: &[u8] = match &self.source {
            Source::Built(bytes) => bytes,
            Source::Mapped(map) => map,
        };
        all.get(self.range.clone()).unwrap_or(&[])
    }

    pub(super) fn len(&self) -> usize {
        self.range.len()
    }

    /// The `i`th four-byte number; 0 beyond the end.
    #[inline]
    pub(super) fn u32(&self, i: usize) -> u32 {
        let at = i * 4;
        self.bytes().get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
    }
}
