//! What is known of a person: the fields that tell one from another.

use jiff::civil::Date;
use linkage::{Address, Name, Number, Record};
use serde::{Deserialize, Serialize};
use store::{Result, Row};

/// Sex as recorded. "Not known" and "not specified" are different facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Said to be neither, or left open on purpose.
    NotSpecified,
    /// Nobody said.
    #[default]
    NotKnown,
}

impl Sex {
    /// The word kept in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
            Sex::NotSpecified => "not_specified",
            Sex::NotKnown => "not_known",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
            Sex::NotSpecified => "sex not specified",
            Sex::NotKnown => "sex not known",
        }
    }

    /// From how files write it: `M`, `female`; anything else is not known.
    #[must_use]
    pub fn read(text: &str) -> Self {
        match text.trim().to_lowercase().as_str() {
            "f" | "female" => Sex::Female,
            "m" | "male" => Sex::Male,
            other => Self::from_key(other),
        }
    }

    /// From the word kept in the database; anything else is not known.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        [Sex::Male, Sex::Female, Sex::NotSpecified].into_iter().find(|s| s.key() == key).unwrap_or_default()
    }
}

/// One version of a person's details.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// First forename.
    pub forename: Option<String>,
    /// Other forenames.
    pub middle_names: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Date of birth.
    pub date_of_birth: Option<Date>,
    /// Sex.
    pub sex: Sex,
    /// Police National Computer number.
    pub pnc: Option<String>,
    /// Criminal Records Office number.
    pub cro: Option<String>,
    /// NHS number.
    pub nhs_number: Option<String>,
    /// Prison number.
    pub prison_number: Option<String>,
    /// Probation case reference number.
    pub crn: Option<String>,
    /// House number or name.
    pub house: Option<String>,
    /// Street.
    pub street: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
}

/// "KHAN, Mohammed Ali": surname first as on a court list, since that is how people look for it.
#[must_use]
pub fn full_name(forename: Option<&str>, middle: Option<&str>, surname: Option<&str>) -> String {
    let given = [forename, middle]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    match (surname.filter(|s| !s.is_empty()), given.is_empty()) {
        (Some(surname), false) => format!("{}, {given}", surname.to_uppercase()),
        (Some(surname), true) => surname.to_uppercase(),
        (None, false) => given,
        (None, true) => "Name not known".to_owned(),
    }
}

impl Details {
    /// Their name, surname first.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(self.forename.as_deref(), self.middle_names.as_deref(), self.surname.as_deref())
    }

    /// Their address on one line.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let lines = [&self.house, &self.street, &self.town, &self.postcode];
        let joined = lines.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ");
        (!joined.is_empty()).then_some(joined)
    }

    /// Takes the address away, for a reader from whom it is withheld.
    pub(super) fn withhold_address(&mut self) {
        self.take_address_of(&Details::default());
    }

    /// Takes the address of another version.
    pub(super) fn take_address_of(&mut self, other: &Details) {
        self.house.clone_from(&other.house);
        self.street.clone_from(&other.street);
        self.town.clone_from(&other.town);
        self.postcode.clone_from(&other.postcode);
    }

    /// What recognition compares.
    #[must_use]
    pub fn record(&self) -> Record {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let address = Address {
            house: text(&self.house),
            street: text(&self.street),
            town: text(&self.town),
            postcode: text(&self.postcode),
        };
        Record {
            name: Name {
                forename: text(&self.forename),
                middle: text(&self.middle_names),
                surname: text(&self.surname),
            },
            births: self.date_of_birth.map(|d| d.to_string()).into_iter().collect(),
            sex: self.sex.key().to_owned(),
            addresses: self.address().is_some().then_some(address).into_iter().collect(),
            pnc: text(&self.pnc),
            cro: text(&self.cro),
            nhs: text(&self.nhs_number),
            prison_number: text(&self.prison_number),
            crn: text(&self.crn),
            ..Record::default()
        }
    }

    /// The numbers that are known, each with its kind.
    pub(super) fn numbers(&self) -> Vec<Number> {
        let known = |field: &Option<String>| field.clone().filter(|text| !text.trim().is_empty());
        [
            known(&self.pnc).map(Number::Pnc),
            known(&self.cro).map(Number::Cro),
            known(&self.nhs_number).map(Number::Nhs),
            known(&self.prison_number).map(Number::PrisonNumber),
            known(&self.crn).map(Number::Crn),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// From a record that another program wrote: the first birth date and address; a date that is none is left out.
    #[must_use]
    pub fn from_record(record: &Record) -> Self {
        let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let address = record.addresses.first().cloned().unwrap_or_default();
        Self {
            forename: some(&record.name.forename),
            middle_names: some(&record.name.middle),
            surname: some(&record.name.surname),
            date_of_birth: record.births.first().and_then(|text| linkage::read_date(text)),
            sex: Sex::read(&record.sex),
            pnc: some(&record.pnc),
            cro: some(&record.cro),
            nhs_number: some(&record.nhs),
            prison_number: some(&record.prison_number),
            crn: some(&record.crn),
            house: some(&address.house),
            street: some(&address.street),
            town: some(&address.town),
            postcode: some(&address.postcode),
        }
    }

    pub(super) fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            forename: row.get("forename")?,
            middle_names: row.get("middle_names")?,
            surname: row.get("surname")?,
            date_of_birth: row.get("date_of_birth")?,
            sex: Sex::from_key(&row.get::<String>("sex")?),
            pnc: row.get("pnc")?,
            cro: row.get("cro")?,
            nhs_number: row.get("nhs_number")?,
            prison_number: row.get("prison_number")?,
            crn: row.get("crn")?,
            house: row.get("house")?,
            street: row.get("street")?,
            town: row.get("town")?,
            postcode: row.get("postcode")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_surname_first_and_says_when_it_is_not_known() {
        assert_eq!(full_name(Some("Ada"), None, Some("Example")), "EXAMPLE, Ada");
        assert_eq!(full_name(None, None, Some("Example")), "EXAMPLE");
        assert_eq!(full_name(Some(""), None, None), "Name not known");
    }

    #[test]
    fn sex_survives_the_database() {
        for sex in [Sex::Male, Sex::Female, Sex::NotSpecified, Sex::NotKnown] {
            assert_eq!(Sex::from_key(sex.key()), sex);
        }
    }

    #[test]
    fn details_survive_the_way_through_a_record() {
        let text = |words: &str| Some(words.to_owned());
        let details = Details {
            forename: text("Ada"),
            middle_names: text("May"),
            surname: text("Example"),
            date_of_birth: Some(jiff::civil::date(1990, 2, 28)),
            sex: Sex::NotSpecified,
            pnc: text("2003/0011985X"),
            nhs_number: text("9434765919"),
            street: text("Invented Road"),
            ..Details::default()
        };
        assert_eq!(Details::from_record(&details.record()), details);
        let blank = Record { births: vec!["no date".into()], ..Record::default() };
        assert_eq!(Details::from_record(&blank), Details::default());
    }
}
