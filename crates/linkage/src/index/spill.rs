//! Words thrown onto 256 heaps, in chunks that are freed as soon as they are read.

/// Bytes of a full chunk: the size of a piece of the tables that are made of them, so that what one frees fits the other.
pub(super) const CHUNK_BYTES: usize = 24 * 1024;

#[derive(Debug)]
pub(super) struct Spill<W> {
    parts: Vec<Vec<Vec<W>>>,
    length: usize,
}

impl<W: Copy> Default for Spill<W> {
    fn default() -> Self {
        Spill { parts: (0..256).map(|_| Vec::new()).collect(), length: 0 }
    }
}

impl<W: Copy> Spill<W> {
    #[inline]
    pub(super) fn push(&mut self, part: u8, word: W) {
        self.length += 1;
        let part = &mut self.parts[usize::from(part)];
        match part.last_mut() {
            Some(chunk) if chunk.len() < chunk.capacity() => chunk.push(word),
            _ => {
                // Chunks grow with their heap, so that little registers and half-full chunks waste little.
                let full = CHUNK_BYTES / size_of::<W>();
                let size = (64usize << (2 * part.len().min(4))).min(full);
                let mut chunk = Vec::with_capacity(size);
                chunk.push(word);
                part.push(chunk);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    pub(super) fn take_part(&mut self, part: usize, mut each: impl FnMut(W)) {
        if let Some(chunks) = self.parts.get_mut(part) {
            for chunk in std::mem::take(chunks) {
                chunk.into_iter().for_each(&mut each);
            }
        }
    }
}
