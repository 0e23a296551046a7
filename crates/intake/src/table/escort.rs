//! Escort records as a table.

use std::collections::HashMap;

use serde_json::Value;

use super::rows::Table;
use crate::escort::{self, Fields, RecordField, record_field};
use crate::gather::Gather;
use crate::model::{Format, Intake};
use crate::person_fields::{PersonField, person_field};
use crate::refusal::Refusal;
use crate::words::squash;

/// A row a record: the names of the columns are questions and facts about the record and the person.
pub(super) fn read_records(table: &Table, mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    if let Some(place) = table.overlong() {
        gather.note(
            place,
            "This row and perhaps others have more cells than there are columns; check for stray separators.",
        );
    }
    let mut old_form = false;
    for (place, cells) in table.named() {
        gather.check_rows()?;
        let mut fields = Fields::at(place);
        for (name, text) in cells {
            fields.put(&name, Value::String(text), &gather);
        }
        old_form |= fields.old_form;
        fields.finish(&mut gather)?;
    }
    escort::finish(gather, if old_form { Format::Escort2016Csv } else { Format::EscortFlatCsv })
}

/// A row an answer: rows of one record have one id, or else name the same person.
pub(super) fn read_answers(table: &Table, mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    let mut order: Vec<Fields> = Vec::new();
    let mut by_record: HashMap<String, usize> = HashMap::new();
    for (place, cells) in table.named() {
        let record = record_of(&cells);
        if record.is_empty() {
            gather.skip(place, "an answer", "it names neither a record nor a person", 0);
            continue;
        }
        let at = *by_record.entry(record).or_insert_with(|| {
            order.push(Fields::at(place));
            order.len() - 1
        });
        order[at].put_row(place, &cells);
    }
    for fields in order {
        gather.check_rows()?;
        fields.finish(&mut gather)?;
    }
    escort::finish(gather, Format::EscortFlatCsv)
}

fn record_of(cells: &[(String, String)]) -> String {
    let id =
        cells.iter().find(|(name, text)| record_field(name) == Some(RecordField::Id) && !text.is_empty());
    if let Some((_, id)) = id {
        return squash(id);
    }
    let about = [
        PersonField::PrisonNumber,
        PersonField::Pnc,
        PersonField::FullName,
        PersonField::Surname,
        PersonField::Forename,
        PersonField::DateOfBirth,
    ];
    let parts: Vec<String> = about
        .iter()
        .flat_map(|field| cells.iter().filter(move |(name, _)| person_field(name) == Some(*field)))
        .map(|(_, text)| squash(text))
        .filter(|text| !text.is_empty())
        .collect();
    parts.join(" ")
}
