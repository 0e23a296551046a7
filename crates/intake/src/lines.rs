//! Which line of a text a row begins in, as an editor counts. The CSV reader counts a line late after `\r\n` and does not
//! count the empty lines it passes over.

/// Counts the lines of one text, from its beginning to its end.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    /// At the beginning of a text.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line of the row that begins at this byte, or after the line breaks that stand there. Never goes back.
    pub fn of_row_at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(found) = self.text.get(self.at) {
            if self.at >= byte && !matches!(found, b'\r' | b'\n') {
                break;
            }
            self.line += u64::from(*found == b'\n');
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_by_the_line_an_editor_shows() {
        for end in ["\n", "\r\n"] {
            let text = ["name", "A", "\"B", "b\"", "", "C"].join(end);
            let mut lines = Lines::of(&text);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let found: Vec<u64> = reader
                .records()
                .map(|record| lines.of_row_at(record.unwrap().position().unwrap().byte()))
                .collect();
            assert_eq!(found, [2, 3, 6], "{end:?}");
        }
    }
}
