//! Which column holds what, and one line read by it.

use super::row::Row;
use crate::record::{Address, Name, Record};

/// What a column is, by place in the file; `None` for a column that isn't ours.
#[derive(Debug, Clone)]
pub(super) struct Columns(pub(super) Vec<Option<Column>>);

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Column {
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
    pub(super) fn read(header: &[u8]) -> Self {
        let mut names: Vec<Option<Column>> = Vec::new();
        let header = header.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(header);
        let mut row = Row::default();
        row.split(header);
        for i in 0..row.len() {
            let name = String::from_utf8_lossy(row.field(header, i)).trim().to_lowercase();
            let column = match name.as_str() {
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
            };
            // The first of two columns for one thing stands: a later one, mostly empty, would wipe it.
            names.push(column.filter(|_| !names.contains(&column)));
        }
        Columns(names)
    }

    pub(super) fn has_ids(&self) -> bool {
        self.0.contains(&Some(Column::Id))
    }
}

/// One record and its id, reused from line to line so that reading allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) record: Record,
}

impl Line {
    pub(super) fn fill(&mut self, columns: &Columns, row: &Row, line: &str) {
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
