//! The rows of a CSV text, read past quotation marks that nobody closed.

use csv::{ReaderBuilder, StringRecord};

use crate::gather::Gather;
use crate::lines::Lines;
use crate::refusal::{Refusal, RefusalKind};
use crate::words::clip;

/// A table: names of columns and rows of cells, each row with its line.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<(String, Vec<String>)>,
}

/// The cells of one line.
pub(super) fn cells_of(line: &str, delimiter: u8) -> Vec<String> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(line.as_bytes());
    let mut record = StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(|cell| cell.trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// A cell without the dress a spreadsheet puts on it to keep numbers whole: `="0012"`, `'0012`.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    let inner = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.or_else(|| cell.strip_prefix('\'')).unwrap_or(cell).trim()
}

impl Table {
    /// Reads the table whose column names stand on the line `header` (counted from 0).
    pub(super) fn read(
        text: &str,
        header: usize,
        delimiter: u8,
        gather: &mut Gather<'_>,
    ) -> Result<Self, Refusal> {
        let above: usize = text.split_inclusive('\n').take(header).map(str::len).sum();
        let body = &text[above..];
        let whole = body.matches('"').count().is_multiple_of(2);
        if !whole {
            gather.note("whole file", "A quotation mark is not closed; every line was read by itself.");
        }
        let mut table = Self { names: Vec::new(), rows: Vec::new() };
        if whole {
            table.take(body, delimiter, true, header, gather)?;
        } else {
            for (at, line) in body.lines().enumerate() {
                let quoted = line.matches('"').count().is_multiple_of(2);
                table.take(line, delimiter, quoted, header + at, gather)?;
            }
        }
        if table.rows.is_empty() {
            return Err(Refusal::new(RefusalKind::NoRows, "The table has names of columns but not one row.")
                .at(format!("line {}", header + 1))
                .advise("Add a row for each person and send it again."));
        }
        Ok(table)
    }

    fn take(
        &mut self,
        text: &str,
        delimiter: u8,
        quoted: bool,
        lines_above: usize,
        gather: &mut Gather<'_>,
    ) -> Result<(), Refusal> {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .quoting(quoted)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        let mut cells_read = 0;
        let mut lines = Lines::of(text);
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(_) => {
                    gather.note(
                        format!("after line {lines_above}"),
                        "A row could not be read as CSV and was left out.",
                    );
                    continue;
                }
            }
            let line = record.position().map_or(1, |at| lines.of_row_at(at.byte())) + lines_above as u64;
            cells_read += record.len();
            if self.rows.len() >= gather.limits.rows || cells_read > gather.limits.nodes {
                return Err(Refusal::new(
                    RefusalKind::TooLarge,
                    format!("The table has more than {} rows.", gather.limits.rows),
                )
                .at(format!("line {line}"))
                .advise("Send it in parts, one court or one day each."));
            }
            let cells: Vec<String> =
                record.iter().map(|cell| clip(plain(cell), gather.limits.text).to_owned()).collect();
            if self.names.is_empty() {
                self.names = cells;
            } else if cells.iter().any(|cell| !cell.is_empty()) && cells != self.names {
                self.rows.push((format!("line {line}"), cells));
            }
        }
    }

    /// The rows as pairs of column name and cell; cells beyond the named columns are left out.
    pub(super) fn named(&self) -> impl Iterator<Item = (&String, Vec<(String, String)>)> {
        self.rows.iter().map(|(place, cells)| {
            let pairs = self.names.iter().zip(cells).filter(|(name, _)| !name.is_empty());
            (place, pairs.map(|(name, cell)| (name.clone(), cell.clone())).collect())
        })
    }

    /// Whether a row has more cells than there are names.
    pub(super) fn overlong(&self) -> Option<&String> {
        let most = self.names.len();
        self.rows
            .iter()
            .find(|(_, cells)| cells.iter().skip(most).any(|cell| !cell.is_empty()))
            .map(|(place, _)| place)
    }
}
