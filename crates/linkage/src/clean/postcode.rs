//! United Kingdom postcodes, by their published shapes; nothing else is taken for one.

use std::fmt;

/// A well-shaped postcode, stored without its space. At most seven letters and digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Postcode {
    text: [u8; 7],
    length: u8,
}

impl Postcode {
    /// Reads a postcode in any case and spacing. `None` unless its shape is one of A9, A99, A9A, AA9, AA99, AA9A
    /// followed by 9AA, and for NF1 1NF, which HMPPS systems write for "no fixed abode".
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let mut text = [0u8; 7];
        let mut length = 0;
        for byte in raw.bytes().filter(|b| !b.is_ascii_whitespace()) {
            if length == 7 || !byte.is_ascii_alphanumeric() {
                return None;
            }
            text[length] = byte.to_ascii_uppercase();
            length += 1;
        }
        let shape = |i: usize| if text[i].is_ascii_digit() { '9' } else { 'A' };
        if length < 5 || !matches!((shape(length - 3), shape(length - 2), shape(length - 1)), ('9', 'A', 'A'))
        {
            return None;
        }
        let out = length - 3;
        let outward = match out {
            2 => matches!((shape(0), shape(1)), ('A', '9')),
            3 => matches!((shape(0), shape(1), shape(2)), ('A', '9', _) | ('A', 'A', '9')),
            _ => matches!((shape(0), shape(1), shape(2)), ('A', 'A', '9')),
        };
        if !outward || &text[..length] == b"NF11NF" {
            return None;
        }
        Some(Postcode { text, length: u8::try_from(length).ok()? })
    }

    /// From text that was a postcode when it was stored.
    pub(crate) fn stored(text: &str) -> Option<Self> {
        let mut out = Postcode { text: [0; 7], length: u8::try_from(text.len()).ok()? };
        if text.is_empty() {
            return None;
        }
        out.text.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(out)
    }

    /// Without the space: `SW1A1AA`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..usize::from(self.length)]).unwrap_or("")
    }

    /// The outward half, a district of some thousands of homes: `SW1A`.
    #[must_use]
    pub fn outcode(&self) -> &str {
        let text = self.as_str();
        &text[..text.len().saturating_sub(3)]
    }

    /// The letters it begins with, an area such as a town or a quarter of London: `SW`.
    #[must_use]
    pub fn area(&self) -> &str {
        let text = self.as_str();
        let end = text.bytes().position(|b| b.is_ascii_digit()).unwrap_or(0);
        &text[..end]
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.as_str();
        let (out, inward) = text.split_at(text.len().saturating_sub(3));
        write!(f, "{out} {inward}")
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Postcode({self})")
    }
}
