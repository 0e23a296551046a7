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
}
