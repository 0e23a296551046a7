//! Registers and lists as CSV: read in blocks, on all cores, straight into an index.
//!
//! Columns by name, in any order, any may be absent: `rec_id` or `list_id`, `forename`, `middle`, `surname`, `dob`, `sex`,
//! `house`, `street`, `town`, `postcode`, `pnc`, `cro`, `nhs`, `prison_number`, `crn`, `master_defendant_id`,
//! `alias_forename`, `alias_surname`. Others are passed over. Quotes as in RFC 4180; bytes that are not UTF-8 are replaced.

mod row;

use crate::clean::{Cleaned, clean};
use crate::index::{Index, Part};
use crate::record::{Address, Name, Record};
use row::{Row, last_line_end};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use thiserror::Error;

/// Why a file can't be read.
#[derive(Debug, Error)]
pub enum CsvError {
    /// The file can't be opened or read.
    #[error("{0} can't be read: {1}")]
    Io(PathBuf, std::io::Error),
    /// No column of the header has a name that is known.
    #[error("{0} has no column that is known; its first line must name columns such as surname, dob, pnc")]
    NoColumns(PathBuf),
}

const BLOCK: usize = 2 << 20;

/// What a column is, by place in the file; `None` for a column that isn't ours.
#[derive(Debug, Clone)]
struct Columns(Vec<Option<Column>>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Column {
    Id,
    Forename,
    Middle,
    Surname,
    AliasForename,
    AliasSurname,
    Birth,
    Sex,
    House,
    Street,
    Town,
    Postcode,
    Pnc,
    Cro,
    Nhs,
    PrisonNumber,
    Crn,
    Master,
}

impl Columns {
    fn read(header: &[u8]) -> Self {
        let mut names = Vec::new();
        let header = header.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(header);
        let mut row = Row::default();
        row.split(header);
        for i in 0..row.len() {
            let name = String::from_utf8_lossy(row.field(header, i)).trim().to_lowercase();
            names.push(match name.as_str() {
                "rec_id" | "list_id" | "id" | "unique_id" => Some(Column::Id),
                "forename" | "first_name" | "given_name" => Some(Column::Forename),
                "middle" | "middle_name" | "middle_names" => Some(Column::Middle),
                "surname" | "last_name" => Some(Column::Surname),
                "alias_forename" => Some(Column::AliasForename),
                "alias_surname" => Some(Column::AliasSurname),
                "dob" | "date_of_birth" => Some(Column::Birth),
                "sex" | "gender" => Some(Column::Sex),
                "house" | "street_number" => Some(Column::House),
                "street" | "address_1" => Some(Column::Street),
                "town" | "suburb" | "birth_place" => Some(Column::Town),
                "postcode" | "postcode_fake" => Some(Column::Postcode),
                "pnc" => Some(Column::Pnc),
                "cro" => Some(Column::Cro),
                "nhs" | "nhs_number" => Some(Column::Nhs),
                "prison_number" | "noms_number" => Some(Column::PrisonNumber),
                "crn" => Some(Column::Crn),
                "master_defendant_id" | "soc_sec_id" => Some(Column::Master),
                _ => None,
            });
        }
        Columns(names)
    }
}

/// One record and its id, reused from line to line so that reading allocates nothing.
#[derive(Debug, Default)]
struct Line {
    id: String,
    record: Record,
}

impl Line {
    fn fill(&mut self, columns: &Columns, row: &Row, line: &str) {
        let Line { id, record } = self;
        if record.births.is_empty() {
            record.births.push(String::new());
            record.addresses.push(Address::default());
            record.aliases.push(Name::default());
        }
        let (Some(birth), Some(address), Some(alias)) =
            (record.births.first_mut(), record.addresses.first_mut(), record.aliases.first_mut())
        else {
            return;
        };
        for (i, column) in columns.0.iter().enumerate() {
            let Some(column) = column else { continue };
            let text = match column {
                Column::Id => &mut *id,
                Column::Forename => &mut record.name.forename,
                Column::Middle => &mut record.name.middle,
                Column::Surname => &mut record.name.surname,
                Column::AliasForename => &mut alias.forename,
                Column::AliasSurname => &mut alias.surname,
                Column::Birth => &mut *birth,
                Column::Sex => &mut record.sex,
                Column::House => &mut address.house,
                Column::Street => &mut address.street,
                Column::Town => &mut address.town,
                Column::Postcode => &mut address.postcode,
                Column::Pnc => &mut record.pnc,
                Column::Cro => &mut record.cro,
                Column::Nhs => &mut record.nhs,
                Column::PrisonNumber => &mut record.prison_number,
                Column::Crn => &mut record.crn,
                Column::Master => &mut record.master_defendant_id,
            };
            text.clear();
            match row.plain(i).and_then(|range| line.get(range)) {
                Some(field) => text.push_str(field),
                None => text.push_str(&String::from_utf8_lossy(row.field(line.as_bytes(), i))),
            }
        }
    }
}

/// Reads a file in blocks of whole lines, the header first. `each` gets blocks in order.
fn blocks(path: &Path, mut each: impl FnMut(&Columns, Vec<u8>) -> bool) -> Result<(), CsvError> {
    let io = |error| CsvError::Io(path.to_owned(), error);
    let mut file = File::open(path).map_err(io)?;
    let mut columns: Option<Columns> = None;
    let mut rest: Vec<u8> = Vec::new();
    loop {
        let mut block = Vec::with_capacity(BLOCK + rest.len());
        block.append(&mut rest);
        let read = file.by_ref().take(BLOCK as u64).read_to_end(&mut block).map_err(io)?;
        // Blocks begin outside quotes, so the state starts fresh with each.
        let cut = if read == 0 { Some(block.len()) } else { last_line_end(&block, &mut false) };
        let Some(cut) = cut else {
            rest = block;
            continue;
        };
        rest.extend_from_slice(&block[cut..]);
        block.truncate(cut);
        if columns.is_none() {
            let header = Row::default().split(&block);
            let read = Columns::read(&block[..header]);
            if read.0.iter().all(Option::is_none) {
                return Err(CsvError::NoColumns(path.to_owned()));
            }
            columns = Some(read);
            block.drain(..header);
        }
        if let Some(columns) = &columns
            && !block.is_empty()
            && !each(columns, block)
        {
            return Ok(());
        }
        if read == 0 {
            return Ok(());
        }
    }
}

fn lines(
    columns: &Columns,
    block: &[u8],
    row: &mut Row,
    line: &mut Line,
    mut each: impl FnMut(&str, &Record),
) {
    // One check for the whole block is far cheaper than one a field.
    let block = String::from_utf8_lossy(block);
    let mut at = 0;
    while let Some(text) = block.get(at..).filter(|text| !text.is_empty()) {
        at += row.split(text.as_bytes());
        if row.len() == 1 && row.field(text.as_bytes(), 0).is_empty() {
            continue;
        }
        line.fill(columns, row, text);
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
    let (sender, receiver) = sync_channel::<(Columns, Vec<u8>)>(threads.max(1));
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
    let text = std::fs::read(path).map_err(|error| CsvError::Io(path.to_owned(), error))?;
    let mut out = Vec::new();
    each_row(&text, |row, line| {
        let field = |i| String::from_utf8_lossy(row.field(line, i)).into_owned();
        out.push((field(0), field(1)));
    });
    Ok(out)
}

/// All pairs of records that have the same value in a column, by their ids.
///
/// # Errors
/// When the file can't be read or has no such column or no id.
pub fn pairs_of_clusters(path: &Path, column: &str) -> Result<Vec<(String, String)>, CsvError> {
    let text = std::fs::read(path).map_err(|error| CsvError::Io(path.to_owned(), error))?;
    let mut header = Row::default();
    header.split(&text);
    let name = |i| String::from_utf8_lossy(header.field(&text, i)).trim().to_lowercase();
    let cluster = (0..header.len()).find(|i| name(*i) == column.to_lowercase());
    let id = Columns::read(&text).0.iter().position(|c| *c == Some(Column::Id));
    let (Some(cluster), Some(id)) = (cluster, id) else { return Err(CsvError::NoColumns(path.to_owned())) };
    let mut clusters: std::collections::HashMap<Vec<u8>, Vec<String>> = std::collections::HashMap::new();
    each_row(&text, |row, line| {
        let members = clusters.entry(row.field(line, cluster).to_vec()).or_default();
        members.push(String::from_utf8_lossy(row.field(line, id)).into_owned());
    });
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
