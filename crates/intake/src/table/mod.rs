//! CSV: a list or escort records typed by hand or exported from elsewhere. The separator, the line with the column names
//! and what the table holds are all found from the text.

mod escort;
mod list;
mod list_fields;
mod rows;

use crate::escort::{RecordField, is_question, record_field};
use crate::gather::Gather;
use crate::model::Intake;
use crate::person_fields::{PersonField, person_field};
use crate::refusal::{Refusal, RefusalKind};
use list_fields::{ListField, list_field};
use rows::Table;

/// How many lines may stand above the column names (a title, a date, a blank line).
const MOST_LINES_ABOVE: usize = 15;

/// How many columns are looked at; an export of every question with its details has about 300.
const MOST_NAMES: usize = 1_000;

/// What a line of column names promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    List,
    /// Escort records, a row a record.
    Records,
    /// Escort records, a row an answer.
    Answers,
}

/// Reads text as a table.
///
/// # Errors
/// A refusal when no line has names of columns that are known, or a column that every row needs is missing.
pub(crate) fn read(text: &str, mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    let Some((line, delimiter, holds)) = find_header(text) else { return Err(no_header()) };
    let table = Table::read(text, line, delimiter, &mut gather)?;
    match holds {
        Holds::List => list::read(&table, gather),
        Holds::Records => escort::read_records(&table, gather),
        Holds::Answers => escort::read_answers(&table, gather),
    }
}

/// The line with the most names of columns that are known, the separator that finds them, and what they promise.
fn find_header(text: &str) -> Option<(usize, u8, Holds)> {
    let mut best: Option<(usize, (usize, u8, Holds))> = None;
    for (at, line) in
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).take(MOST_LINES_ABOVE)
    {
        for delimiter in [b',', b';', b'\t', b'|'] {
            let mut cells = rows::cells_of(crate::words::clip(line, MOST_NAMES * 40), delimiter);
            cells.truncate(MOST_NAMES);
            let Some((score, holds)) = judge(&cells) else { continue };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, (at, delimiter, holds)));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// How many of the names are known, if they are enough to be the names of columns, and of what table.
fn judge(cells: &[String]) -> Option<(usize, Holds)> {
    let count = |known: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| known(cell)).count();
    let has = |field: RecordField| cells.iter().any(|cell| record_field(cell) == Some(field));
    let person = count(&|cell| person_field(cell).is_some());
    let named = cells.iter().any(|cell| {
        matches!(
            person_field(cell),
            Some(PersonField::FullName | PersonField::Surname | PersonField::Pnc | PersonField::PrisonNumber)
        )
    });
    let questions = count(&is_question);
    let listed = count(&|cell| list_field(cell).is_some());
    if has(RecordField::Question) && has(RecordField::Answer) && (named || has(RecordField::Id)) {
        return Some((count(&|cell| record_field(cell).is_some()) + person, Holds::Answers));
    }
    let about_records = count(&|cell| record_field(cell).is_some()) >= 2;
    if (questions >= 2 || (questions == 1 && about_records)) && (named || has(RecordField::Id)) {
        return Some((questions + person, Holds::Records));
    }
    let own = cells.iter().any(|cell| {
        matches!(
            list_field(cell),
            Some(ListField::Date | ListField::Court | ListField::CourtCode | ListField::CaseNumber)
        )
    });
    (named && own && listed + person >= 3).then_some((listed + person, Holds::List))
}

fn no_header() -> Refusal {
    Refusal::new(
        RefusalKind::UnknownFormat,
        "This text is not a table with names of columns that are known, nor XML or JSON.",
    )
    .advise(
        "For a court list, the first line needs at least court, date and name (see the CSV template); for escort records, \
         a name and the keys of the questions.",
    )
}
