//! One hash for everything that is stored: stable over releases and machines, fast on short words.
//!
//! FNV-like folding of eight bytes at a time with a final mix (after wyhash's multiply-fold). Not for secrets.

use std::hash::Hasher;

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

fn fold(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// Starts a hash for values of one kind, so that equal texts of different kinds do not meet.
#[must_use]
pub(crate) fn start(kind: u8) -> u64 {
    fold(SEED ^ u64::from(kind), 0xD6E8_FEB8_6659_FD93)
}

/// Adds a number.
#[must_use]
pub(crate) fn number(hash: u64, value: u64) -> u64 {
    fold(hash ^ value, 0xA076_1D64_78BD_642F ^ value.rotate_left(32))
}

/// Adds a text and its length.
#[must_use]
pub(crate) fn text(mut hash: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = fold(hash ^ u64::from_le_bytes(word), 0xE703_7ED1_A0B4_28DB);
    }
    number(hash, bytes.len() as u64)
}

/// The same hash for in-memory tables.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Fast(u64);

impl Hasher for Fast {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = fold(self.0 ^ u64::from_le_bytes(word) ^ SEED, 0xE703_7ED1_A0B4_28DB);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = fold(self.0 ^ value ^ SEED, 0xA076_1D64_78BD_642F);
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }
}
