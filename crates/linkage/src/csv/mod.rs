//! Registers and lists as CSV: read in blocks, on all cores, straight into an index.
//!
//! Columns by name, in any order, any may be absent: `rec_id` or `list_id`, `forename`, `middle`, `surname`, `dob`, `sex`,
//! `house`, `street`, `town`, `postcode`, `pnc`, `cro`, `nhs`, `prison_number`, `crn`, `master_defendant_id`,
//! `alias_forename`, `alias_surname`. Others are passed over, and so is a second column for the same thing. Without an id
//! column rows are called by their number, from 1. Quotes as in RFC 4180; UTF-8, with or without a mark of byte order;
//! other bytes are read as Windows-1252, which is what such files are saved in. Blank lines are passed over.

mod columns;
mod row;
mod text;

use crate::clean::{Cleaned, clean};
use crate::index::{Index, Part};
use crate::record::Record;
use columns::{Column, Columns, Line};
use row::{Row, ends_in_quotes, last_line_end};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use text::text;
use thiserror::Error;

/// Why a file can't be read.
#[derive(Debug, Error)]
pub enum CsvError {
    /// The file can't be opened or read.
    #[error("{0} can't be read: {1}")]
    Io(PathBuf, std::io::Error),
    /// No column of the header has a name that is known.
    #[error(
        "{0} has no column that is known; its first line must name columns such as surname, dob, pnc, in UTF-8, with commas between"
    )]
    NoColumns(PathBuf),
    /// Nothing in it, not even a header.
    #[error("{0} is empty; its first line must name columns such as surname, dob, pnc")]
    Empty(PathBuf),
    /// Lines end in a way of old that would make the whole file one header.
    #[error("{0} ends its lines with carriage returns alone; save it with line feeds")]
    LineEnds(PathBuf),
    /// A quote opens and nothing closes it, so rows after it can't be told apart.
    #[error("{0}: a quote that opens in row {1} never closes; the rows after it can't be told apart")]
    OpenQuote(PathBuf, u64),
}

const BLOCK: usize = 2 << 20;

/// A run of whole lines.
struct Block {
    bytes: Vec<u8>,
    /// Rows of the file before it; counted only where the file has no ids, because they are named by it.
    rows_before: u64,
}

/// Reads a file in blocks of whole lines, the header first. `each` gets blocks in order.
fn blocks(path: &Path, mut each: impl FnMut(&Columns, Block) -> bool) -> Result<(), CsvError> {
    let io = |error| CsvError::Io(path.to_owned(), error);
    let mut file = File::open(path).map_err(io)?;
    let mut columns: Option<Columns> = None;
    let mut rest: Vec<u8> = Vec::new();
    let mut rows_before = 0;
    loop {
        let mut block = Vec::with_capacity(BLOCK + rest.len());
        block.append(&mut rest);
        let read = file.by_ref().take(BLOCK as u64).read_to_end(&mut block).map_err(io)?;
        // Blocks begin outside quotes, so the state starts fresh with each.
        let cut = if read == 0 { Some(block.len()) } else { last_line_end(&block) };
        let Some(cut) = cut else {
            rest = block;
            continue;
        };
        rest.extend_from_slice(&block[cut..]);
        block.truncate(cut);
        if read == 0 && ends_in_quotes(&block) {
            let row = std::fs::read(path).map(|all| rows_of(&all).saturating_sub(1)).map_err(io)?;
            return Err(CsvError::OpenQuote(path.to_owned(), row));
        }
        if columns.is_none() {
            let (read, header) = header(path, &block)?;
            columns = Some(read);
            block.drain(..header);
        }
        if let Some(columns) = &columns
            && !block.is_empty()
        {
            let rows = if columns.has_ids() { 0 } else { rows_of(&block) };
            if !each(columns, Block { bytes: block, rows_before }) {
                return Ok(());
            }
            rows_before += rows;
        }
        if read == 0 {
            return Ok(());
        }
    }
}

/// The columns that the first line that isn't blank names, and where the next line starts.
fn header(path: &Path, block: &[u8]) -> Result<(Columns, usize), CsvError> {
    let mark = if block.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let blank = block[mark..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ')).count();
    let start = mark + blank;
    if start == block.len() {
        return Err(CsvError::Empty(path.to_owned()));
    }
    let end = start + Row::default().split(&block[start..]);
    let line = &block[start..end];
    if line.trim_ascii_end().contains(&b'\r') {
        return Err(CsvError::LineEnds(path.to_owned()));
    }
    let columns = Columns::read(line);
    if columns.0.iter().all(Option::is_none) {
        return Err(CsvError::NoColumns(path.to_owned()));
    }
    Ok((columns, end))
}

fn rows_of(block: &[u8]) -> u64 {
    let (mut row, mut at, mut rows) = (Row::default(), 0, 0);
    while at < block.len() {
        let line = &block[at..];
        at += row.split(line);
        rows += u64::from(!row.is_blank(line));
    }
    rows
}

fn lines(
    columns: &Columns,
    block: &Block,
    row: &mut Row,
    line: &mut Line,
    mut each: impl FnMut(&str, &Record),
) {
    // One check for the whole block is far cheaper than one a field.
    let bytes = text(&block.bytes);
    let mut at = 0;
    let mut number = block.rows_before;
    while let Some(text) = bytes.get(at..).filter(|text| !text.is_empty()) {
        at += row.split(text.as_bytes());
        if row.is_blank(text.as_bytes()) {
            continue;
        }
        line.fill(columns, row, text);
        if !columns.has_ids() {
            number += 1;
            line.id = number.to_string();
        }
        each(&line.id, &line.record);
    }
}

/// Every row of a file, cleaned, with its id, in the order of the file.
///
/// # Errors
/// When the file can't be read or has no column that is known.
pub fn read_list(path: &Path) -> Result<Vec<(String, Cleaned)>, CsvError> {
    let mut out = Vec::new();
    let (mut row, mut line) = (Row::default(), Line::default());
    blocks(path, |columns, block| {
        lines(columns, &block, &mut row, &mut line, |id, record| out.push((id.to_owned(), clean(record))));
        true
    })?;
    Ok(out)
}

/// Reads a register into parts of an index, on so many threads; [`Index::join`] makes the index.
///
/// # Errors
/// When the file can't be read or has no column that is known.
pub fn read_parts(path: &Path, threads: usize) -> Result<Vec<Part>, CsvError> {
    let (sender, receiver) = sync_channel::<(Columns, Block)>(threads.max(1));
    let receiver = Mutex::new(receiver);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1))
            .map(|_| {
                scope.spawn(|| {
                    let (mut parts, mut part) = (Vec::new(), Part::new());
                    let (mut row, mut line) = (Row::default(), Line::default());
                    loop {
                        let next = receiver.lock().ok().and_then(|r| r.recv().ok());
                        let Some((columns, block)) = next else { break };
                        lines(&columns, &block, &mut row, &mut line, |id, record| {
                            part.add(id, &clean(record))
                        });
                        if part.is_full() {
                            parts.push(std::mem::take(&mut part));
                        }
                    }
                    parts.push(part);
                    parts
                })
            })
            .collect();
        let read = blocks(path, |columns, block| sender.send((columns.clone(), block)).is_ok());
        drop(sender);
        let parts = workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect();
        read.map(|()| parts)
    })
}

/// Reads a register into an index, on so many threads.
///
/// # Errors
/// When the file can't be read or has no column that is known.
pub fn read_register(path: &Path, threads: usize) -> Result<Index, CsvError> {
    Ok(Index::join(read_parts(path, threads)?, threads))
}

/// A file of pairs with a header: the first two columns.
///
/// # Errors
/// When the file can't be read.
pub fn read_pairs(path: &Path) -> Result<Vec<(String, String)>, CsvError> {
    let bytes = std::fs::read(path).map_err(|error| CsvError::Io(path.to_owned(), error))?;
    let mut out = Vec::new();
    each_row(&bytes, |row, line| {
        if !row.is_blank(line) {
            let field = |i| text(row.field(line, i)).trim().to_owned();
            out.push((field(0), field(1)));
        }
    });
    Ok(out)
}

/// The ids of a file's rows with what they have in a column; `None` when it has no such column, or no ids.
///
/// # Errors
/// When the file can't be read.
pub fn read_column(path: &Path, column: &str) -> Result<Option<Vec<(String, String)>>, CsvError> {
    let bytes = std::fs::read(path).map_err(|error| CsvError::Io(path.to_owned(), error))?;
    let mut header = Row::default();
    header.split(&bytes);
    let name = |i| String::from_utf8_lossy(header.field(&bytes, i)).trim().to_lowercase();
    let wanted = (0..header.len()).find(|i| name(*i) == column.to_lowercase());
    let id = Columns::read(&bytes).0.iter().position(|c| *c == Some(Column::Id));
    let (Some(wanted), Some(id)) = (wanted, id) else { return Ok(None) };
    let mut out = Vec::new();
    each_row(&bytes, |row, line| {
        let field = |i| text(row.field(line, i)).into_owned();
        out.push((field(id), field(wanted)));
    });
    Ok(Some(out))
}

/// All pairs of records that have the same value in a column, by their ids.
///
/// # Errors
/// When the file can't be read or has no such column or no id.
pub fn pairs_of_clusters(path: &Path, column: &str) -> Result<Vec<(String, String)>, CsvError> {
    let rows = read_column(path, column)?.ok_or_else(|| CsvError::NoColumns(path.to_owned()))?;
    let mut clusters: std::collections::HashMap<String, Vec<String>> = std::collections::HashMap::new();
    for (id, cluster) in rows {
        clusters.entry(cluster).or_default().push(id);
    }
    let mut out = Vec::new();
    for members in clusters.values() {
        for (i, a) in members.iter().enumerate() {
            out.extend(members[i + 1..].iter().map(|b| (a.clone(), b.clone())));
        }
    }
    Ok(out)
}

/// Rows after the header.
fn each_row(text: &[u8], mut each: impl FnMut(&Row, &[u8])) {
    let mut row = Row::default();
    let mut at = row.split(text);
    while at < text.len() {
        let line = &text[at..];
        at += row.split(line);
        each(&row, line);
    }
}
