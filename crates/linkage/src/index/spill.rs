//! Words thrown onto 256 heaps by their top byte, in chunks that go back to the system as soon as they are read.

const CHUNK: usize = 16 * 1024;

#[derive(Debug)]
pub(super) struct Spill {
    parts: Vec<Vec<Vec<u64>>>,
    length: usize,
}

impl Default for Spill {
    fn default() -> Self {
        Spill { parts: vec![Vec::new(); 256], length: 0 }
    }
}

impl Spill {
    #[inline]
    pub(super) fn push(&mut self, word: u64) {
        let part = &mut self.parts[(word >> 56) as usize];
        self.length += 1;
        match part.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(word),
            _ => {
                // The first chunk of a part starts small: little registers have little to spill.
                let mut chunk = Vec::with_capacity(if part.is_empty() { 64 } else { CHUNK });
                chunk.push(word);
                part.push(chunk);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    pub(super) fn take_part(&mut self, part: usize, mut each: impl FnMut(u64)) {
        if let Some(chunks) = self.parts.get_mut(part) {
            for chunk in std::mem::take(chunks) {
                chunk.into_iter().for_each(&mut each);
            }
        }
    }
}
