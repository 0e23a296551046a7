//! Small pieces of text: blank is absent, spaces are evened out, nothing is longer than allowed.

/// One line of text with runs of space made one; `None` when nothing is left. Absent, empty and blank are the same.
pub(crate) fn line(text: &str) -> Option<String> {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!joined.is_empty()).then_some(joined)
}

/// Text of several lines, trimmed, inner spacing kept: words that may be quoted.
pub(crate) fn passage(text: &str) -> Option<String> {
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// At most `limit` bytes, cut between characters.
pub(crate) fn clip(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The text with its first letter capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Lower-case letters and digits only: for comparing names of columns and keys.
pub(crate) fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A short stable digest of text (FNV-1a, 64 bits), so that keys can tell people apart without holding a name.
pub(crate) fn digest(text: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// Whether `text` speaks of `needle` (lower case) without denying it just before: "no learning disability".
pub(crate) fn affirms(text: &str, needle: &str) -> bool {
    const DENIALS: [&str; 12] = [
        "no", "not", "nil", "denies", "denied", "without", "never", "none", "negative", "declined", "isn't",
        "n't",
    ];
    let lower = text.to_lowercase();
    lower.match_indices(needle).any(|(at, _)| {
        let clause = lower[..at].rsplit(['.', ';', ',', ':', '\n']).next().unwrap_or_default();
        !clause.split_whitespace().rev().take(5).any(|word| DENIALS.contains(&word) || word.ends_with("n't"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_is_absent() {
        assert_eq!(line(" \u{A0}\n "), None);
        assert_eq!(line("  Person   Act\n 1861 ").as_deref(), Some("Person Act 1861"));
    }

    #[test]
    fn a_denied_need_is_not_a_need() {
        assert!(affirms("Diagnosed with autism in 2019", "autis"));
        assert!(!affirms("No known autism", "autis"));
        assert!(affirms("No self-harm. Has autism", "autis"));
        assert!(!affirms("denies any learning disability", "learning disab"));
    }

    #[test]
    fn clipping_never_cuts_a_character() {
        assert_eq!(clip("Zoë", 3), "Zo");
    }
}
