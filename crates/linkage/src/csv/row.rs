//! One line of a CSV file, split where it lies (RFC 4180).

/// Where the fields of one line lie. Kept and filled again for each line.
#[derive(Debug, Default)]
pub(super) struct Row {
    ends: Vec<(usize, usize)>,
    /// Fields with doubled quotes, which have to be copied: (place, text).
    unquoted: Vec<(usize, Vec<u8>)>,
}

impl Row {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// An empty line.
    pub(super) fn is_blank(&self, line: &[u8]) -> bool {
        self.ends.len() == 1 && self.field(line, 0).is_empty()
    }

    pub(super) fn field<'a>(&'a self, line: &'a [u8], i: usize) -> &'a [u8] {
        if !self.unquoted.is_empty()
            && let Some((_, text)) = self.unquoted.iter().find(|(place, _)| *place == i)
        {
            return text;
        }
        self.ends.get(i).and_then(|(from, to)| line.get(*from..*to)).unwrap_or(&[])
    }

    /// Where a field lies in its line; `None` when it had to be copied.
    pub(super) fn plain(&self, i: usize) -> Option<std::ops::Range<usize>> {
        if !self.unquoted.is_empty() && self.unquoted.iter().any(|(place, _)| *place == i) {
            return None;
        }
        self.ends.get(i).map(|(from, to)| *from..*to)
    }

    /// Splits one line at its commas; returns where the next line starts.
    pub(super) fn split(&mut self, text: &[u8]) -> usize {
        self.ends.clear();
        self.unquoted.clear();
        let mut at = 0;
        loop {
            if text.get(at) == Some(&b'"') {
                at = self.quoted(text, at + 1);
            } else {
                let from = at;
                while at < text.len() && !matches!(text[at], b',' | b'\n') {
                    at += 1;
                }
                let to = if at > from && text[at - 1] == b'\r' { at - 1 } else { at };
                self.ends.push((from, to));
            }
            match text.get(at) {
                Some(b',') => at += 1,
                Some(_) => return at + 1,
                None => return text.len(),
            }
        }
    }

    /// A quoted field from after its quote; returns the place of the comma or line end after it.
    fn quoted(&mut self, text: &[u8], from: usize) -> usize {
        let mut at = from;
        let mut doubled = false;
        while at < text.len() {
            if text[at] == b'"' {
                if text.get(at + 1) != Some(&b'"') {
                    break;
                }
                doubled = true;
                at += 1;
            }
            at += 1;
        }
        if doubled {
            let mut out = Vec::with_capacity(at - from);
            let mut skip = false;
            for &byte in &text[from..at.min(text.len())] {
                skip = byte == b'"' && !skip;
                if !skip {
                    out.push(byte);
                }
            }
            self.unquoted.push((self.ends.len(), out));
        }
        self.ends.push((from, at.min(text.len())));
        at += 1;
        while at < text.len() && !matches!(text[at], b',' | b'\n') {
            at += 1;
        }
        at.min(text.len())
    }
}

/// Where the last whole line of a block ends: at a line end outside quotes. `None` when there is none.
pub(super) fn last_line_end(block: &[u8]) -> Option<usize> {
    if !block.contains(&b'"') {
        return block.iter().rposition(|byte| *byte == b'\n').map(|i| i + 1);
    }
    let mut end = None;
    each_line_end(block, |at| end = Some(at));
    end
}

/// Whether the last line of a text opens a quote that never closes: what follows it can't be told apart into rows.
pub(super) fn ends_in_quotes(text: &[u8]) -> bool {
    text.contains(&b'"') && each_line_end(text, |_| ())
}

/// Calls for each place after a line end outside quotes; whether the text ends inside quotes. A quote opens only where a
/// field begins, as [`Row::split`] has it: otherwise a block would be cut where no line ends.
fn each_line_end(text: &[u8], mut each: impl FnMut(usize)) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        FieldStart,
        Plain,
        Quoted,
        /// After a quote inside quotes: the field's end, or the first half of a doubled one.
        Quote,
    }
    let mut at = At::FieldStart;
    for (i, byte) in text.iter().enumerate() {
        at = match (at, byte) {
            (At::FieldStart | At::Quote, b'"') => At::Quoted,
            (At::Quoted, b'"') => At::Quote,
            (At::Quoted, _) => At::Quoted,
            (_, b'\n') => {
                each(i + 1);
                At::FieldStart
            }
            (_, b',') => At::FieldStart,
            (_, _) => At::Plain,
        };
    }
    at == At::Quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<String> {
        let mut row = Row::default();
        row.split(text.as_bytes());
        (0..row.len()).map(|i| String::from_utf8_lossy(row.field(text.as_bytes(), i)).into_owned()).collect()
    }

    #[test]
    fn quotes_commas_and_line_ends_are_read_as_the_standard_says() {
        assert_eq!(fields("a,,\"Flat 9, 32\",d\r\nnext"), ["a", "", "Flat 9, 32", "d"]);
        assert_eq!(fields("\"say \"\"no\"\"\",\"two\nlines\",x"), ["say \"no\"", "two\nlines", "x"]);
        assert_eq!(fields("\"never closed, is"), ["never closed, is"]);
        assert_eq!(fields("a,"), ["a", ""]);
    }

    #[test]
    fn a_line_end_within_quotes_does_not_end_a_block() {
        assert_eq!(last_line_end(b"a\n\"b\nc"), Some(2));
        assert_eq!(last_line_end(b"a,b"), None);
        assert_eq!(last_line_end(b"\"a \"\"b\"\"\"\nc"), Some(10));
        // A quote within a field that doesn't begin with one is a sign like any other.
        assert_eq!(last_line_end(b"5\" nail,b\nc\n"), Some(12));
        assert!(ends_in_quotes(b"a\n\"b\nc") && !ends_in_quotes(b"a\" b") && !ends_in_quotes(b"\"a\"\"\""));
    }
}
