//! From raw text to comparable values. Cleaning never fails: what can't be read is left out.

mod address;
mod dates;
mod names;
mod numbers;
mod postcode;

use crate::identifiers::{Crn, Cro, NhsNumber, Pnc, PrisonNumber};
use crate::record::{Address, Record};
pub use address::Place;
pub use dates::read_date;
use jiff::civil::Date;
pub use names::{FullName, clean_words};
pub use numbers::Identifier;
pub use postcode::Postcode;

/// Sex as recorded; weak evidence only, since records are often wrong and people transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sex {
    /// Recorded as female.
    Female,
    /// Recorded as male.
    Male,
}

/// A person made comparable. Empty text and empty lists mean "not known".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The name of the record first, then its aliases, without repeats and without nameless ones.
    pub names: Vec<FullName>,
    /// Plausible dates of birth, best first. Placeholders (1900-01-01, 1970-01-01) are left out;
    /// any other 1 January is kept and compared with care.
    pub births: Vec<Date>,
    /// Sex, if recorded.
    pub sex: Option<Sex>,
    /// Places with at least a street or a postcode, present first.
    pub places: Vec<Place>,
    /// PNC number, whether or not its check letter fits.
    pub pnc: Option<Pnc>,
    /// CRO number, whether or not its check letter fits.
    pub cro: Option<Cro>,
    /// NHS number, whether or not its check digit fits.
    pub nhs: Option<NhsNumber>,
    /// Prison number.
    pub prison_number: Option<PrisonNumber>,
    /// Probation case reference number.
    pub crn: Option<Crn>,
    /// Master defendant id, upper case.
    pub master_defendant_id: String,
    /// Further numbers, where the person has more than one of a kind. [`Cleaned::pncs`] and its like give all of a kind.
    pub other_numbers: Vec<Identifier>,
}

/// Makes a record comparable. Pure; the same text always gives the same answer.
///
/// ```
/// let mut record = linkage::Record::default();
/// record.name.surname = "O'Connor".into();
/// assert_eq!(linkage::clean(&record).names[0].surname, "OCONNOR");
/// ```
#[must_use]
pub fn clean(record: &Record) -> Cleaned {
    let mut names = Vec::with_capacity(1 + record.aliases.len());
    for raw in std::iter::once(&record.name).chain(&record.aliases) {
        let name = FullName::read(&raw.forename, &raw.middle, &raw.surname);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let mut births = Vec::with_capacity(record.births.len());
    for text in &record.births {
        if let Some(date) = read_date(text)
            && !dates::is_placeholder(date)
            && !births.contains(&date)
        {
            births.push(date);
        }
    }
    let mut places: Vec<Place> = Vec::with_capacity(record.addresses.len());
    for Address { house, street, town, postcode } in &record.addresses {
        let place = Place::read(house, street, town, postcode);
        if !place.is_empty() && !places.contains(&place) {
            places.push(place);
        }
    }
    let mut cleaned = Cleaned {
        names,
        births,
        sex: read_sex(&record.sex),
        places,
        pnc: Pnc::parse(&record.pnc).ok(),
        cro: Cro::parse(&record.cro).ok(),
        nhs: NhsNumber::parse(&record.nhs).ok(),
        prison_number: PrisonNumber::parse(&record.prison_number).ok(),
        crn: Crn::parse(&record.crn).ok(),
        master_defendant_id: record.master_defendant_id.trim().to_uppercase(),
        other_numbers: Vec::new(),
    };
    for other in record.other_numbers.iter().filter_map(Identifier::read) {
        if !cleaned.has(other) {
            cleaned.other_numbers.push(other);
        }
    }
    cleaned
}

fn read_sex(text: &str) -> Option<Sex> {
    match text.trim().as_bytes() {
        [b'M' | b'm'] => Some(Sex::Male),
        [b'F' | b'f'] => Some(Sex::Female),
        word if word.eq_ignore_ascii_case(b"male") => Some(Sex::Male),
        word if word.eq_ignore_ascii_case(b"female") => Some(Sex::Female),
        _ => None,
    }
}
