//! A person as some list or register wrote them down: raw text, every field optional.

use serde::{Deserialize, Serialize};

/// One name, as written. Either half may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Name {
    /// Forename, or all given names together.
    pub forename: String,
    /// Middle names or initials.
    pub middle: String,
    /// Surname, hyphens and particles as written.
    pub surname: String,
}

/// One address, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// House number or name, with any flat: `Flat 9, 32`.
    pub house: String,
    /// Street, or "No Fixed Abode".
    pub street: String,
    /// Town or city.
    pub town: String,
    /// Postcode in any spacing and case.
    pub postcode: String,
}

/// A number besides the first of its kind, as written: a second prison number, the PNC number of a merged record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// Police National Computer number.
    Pnc(String),
    /// Criminal Records Office number.
    Cro(String),
    /// NHS number.
    Nhs(String),
    /// Prison (NOMIS) number.
    PrisonNumber(String),
    /// Probation case reference number.
    Crn(String),
}

impl Number {
    /// The number as written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Number::Pnc(text)
            | Number::Cro(text)
            | Number::Nhs(text)
            | Number::PrisonNumber(text)
            | Number::Crn(text) => text,
        }
    }
}

/// Everything that may be known of a person, exactly as received. Nothing here is checked: [`crate::clean`] does that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The name on this record.
    pub name: Name,
    /// Other names the person is known by.
    pub aliases: Vec<Name>,
    /// Dates of birth as text, best first: `1984-05-15`, `15/05/1984`, `15.5.1984`, `19840515`.
    /// For a [`jiff::civil::Date`], `date.to_string()` is right.
    pub births: Vec<String>,
    /// Sex: `M`, `F`, `male`, `FEMALE`; anything else is read as not known.
    pub sex: String,
    /// Addresses, the present one first, then earlier ones.
    pub addresses: Vec<Address>,
    /// Police National Computer number.
    pub pnc: String,
    /// Criminal Records Office number.
    pub cro: String,
    /// NHS number.
    pub nhs: String,
    /// Prison (NOMIS) number.
    pub prison_number: String,
    /// Probation case reference number.
    pub crn: String,
    /// Common Platform's id of one defendant across cases.
    pub master_defendant_id: String,
    /// Further numbers of kinds of which the person has more than one. Most have none: a record of one number a kind is
    /// written as it was before there were such.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_numbers: Vec<Number>,
}

impl Record {
    /// Every number but the master defendant id, as written and perhaps empty: the first of each kind, then the further
    /// ones.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        [&self.pnc, &self.cro, &self.nhs, &self.prison_number, &self.crn]
            .into_iter()
            .map(String::as_str)
            .chain(self.other_numbers.iter().map(Number::text))
    }
}
