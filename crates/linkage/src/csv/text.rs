//! Bytes of a file as text.

use std::borrow::Cow;

/// The text of a block. What isn't UTF-8 is read byte by byte as Windows-1252: `M\xFCller` is Müller, not M�ller.
pub(super) fn text(block: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(block) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(block.len() + 16);
    for chunk in block.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|byte| match byte {
            0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
            _ => char::from(*byte),
        }));
    }
    Cow::Owned(out)
}

/// What Windows-1252 has at 80 to 9F, where Latin-1 has nothing that prints.
const WINDOWS_1252: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_is_not_utf_8_is_what_such_files_are_saved_in() {
        assert_eq!(text("Zoë".as_bytes()), "Zoë");
        assert_eq!(text(b"M\xFCller, O\x92Neill"), "Müller, O’Neill");
        // A file joined from two, one of each kind.
        assert_eq!(text(b"Zo\xC3\xAB and Zo\xEB"), "Zoë and Zoë");
    }
}
