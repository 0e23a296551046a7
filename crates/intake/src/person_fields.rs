//! Names of columns and members that say who somebody is, in the spellings people use.

use jiff::civil::Date;

use crate::address::{from_cell, no_fixed_abode};
use crate::dates;
use crate::libra::sex_of;
use crate::model::{OtherId, PersonDetails};
use crate::names;
use crate::words::{line, squash};

/// A field about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PersonField {
    Title,
    Forename,
    MiddleNames,
    Surname,
    FullName,
    Aliases,
    DateOfBirth,
    Age,
    Sex,
    Pnc,
    Cro,
    PrisonNumber,
    NhsNumber,
    Crn,
    Address,
    Postcode,
    Nationality,
    Ethnicity,
    InterpreterLanguage,
    InterpreterNeeded,
    Requirements,
}

/// The field a column name means.
pub(crate) fn person_field(name: &str) -> Option<PersonField> {
    use PersonField as F;
    Some(match squash(name).as_str() {
        "title" => F::Title,
        "forename" | "forenames" | "firstname" | "firstnames" | "givenname" | "givennames"
        | "christianname" | "forename1" => F::Forename,
        "middlename" | "middlenames" | "forename2" | "othernames" | "otherforenames" => F::MiddleNames,
        "surname" | "lastname" | "familyname" | "secondname" => F::Surname,
        "name" | "fullname" | "defendant" | "defendantname" | "nameofdefendant" | "person" | "personname"
        | "detainee" | "detaineename" | "prisonername" | "detainedperson" | "dp" => F::FullName,
        "alias" | "aliases" | "alsoknownas" | "aka" | "othernamesused" => F::Aliases,
        "dateofbirth" | "dob" | "birthdate" | "born" | "birthday" => F::DateOfBirth,
        "age" => F::Age,
        "sex" | "gender" | "mf" => F::Sex,
        "pnc"
        | "pncid"
        | "pncnumber"
        | "pncno"
        | "policenationalcomputer"
        | "policenationalcomputernumber" => F::Pnc,
        "cro" | "cronumber" | "crono" | "croid" | "criminalrecordsoffice" | "criminalrecordsofficenumber" => {
            F::Cro
        }
        "prisonnumber" | "prisonno" | "nomisnumber" | "nomsnumber" | "nomsid" | "nomisid" | "offenderno"
        | "offendernumber" => F::PrisonNumber,
        "nhsnumber" | "nhsno" | "nhs" => F::NhsNumber,
        "crn" | "casereferencenumber" => F::Crn,
        "address" | "homeaddress" | "fulladdress" | "addressline1" | "address1" | "addressline2"
        | "address2" | "addressline3" | "address3" | "addressline4" | "address4" | "town" | "city" => {
            F::Address
        }
        "postcode" | "postalcode" => F::Postcode,
        "nationality" | "nationalities" | "nationality1" | "nationality2" => F::Nationality,
        "ethnicity" | "ethnicgroup" | "ethnicorigin" => F::Ethnicity,
        "language" | "interpreterlanguage" | "interpreterlanguageneeds" | "preferredlanguage" => {
            F::InterpreterLanguage
        }
        "interpreter" | "interpreterrequired" | "interpreterneeded" | "needsinterpreter" => {
            F::InterpreterNeeded
        }
        "requirements" | "specificrequirements" | "disability" | "disabilities" | "specialrequirements" => {
            F::Requirements
        }
        _ => return None,
    })
}

/// A person from the cells of a row, and what was odd about them.
pub(crate) fn person_from(cells: &[(PersonField, String)], today: Date) -> (PersonDetails, Vec<String>) {
    use PersonField as F;
    let all = |field: F| {
        cells
            .iter()
            .filter(move |(found, _)| *found == field)
            .filter_map(|(_, text)| line(text))
            .collect::<Vec<_>>()
    };
    let first = |field: F| all(field).into_iter().next();
    let mut odd = Vec::new();
    let name = names::from_parts(
        first(F::Title),
        first(F::Forename),
        first(F::MiddleNames),
        first(F::Surname),
        first(F::FullName),
    );
    let date_of_birth = first(F::DateOfBirth).and_then(|text| match dates::birth(&text, today) {
        Ok(date) => Some(date),
        Err(why) => {
            odd.push(why);
            None
        }
    });
    let age = first(F::Age).and_then(|text| {
        let age = text.parse::<u8>().ok().filter(|age| *age < 120);
        if age.is_none() {
            odd.push("the age is not a number of years; it was left out".into());
        }
        age
    });
    let sex = first(F::Sex);
    let address = from_cell(&all(F::Address).join(", "), first(F::Postcode).as_deref());
    let language = first(F::InterpreterLanguage).filter(|text| !squash(text).eq("english"));
    let (needed, named) = interpreter(first(F::InterpreterNeeded));
    let person = PersonDetails {
        name,
        aliases: all(F::Aliases)
            .iter()
            .flat_map(|text| text.split([';', '|', '/']))
            .map(names::from_whole)
            .filter(|name| name.as_received.is_some())
            .collect(),
        date_of_birth,
        birth_year: None,
        age,
        sex: sex_of(sex.as_deref()),
        sex_as_received: sex,
        pnc: first(F::Pnc),
        cro: first(F::Cro),
        prison_number: first(F::PrisonNumber),
        other_ids: [("nhs_number", F::NhsNumber), ("crn", F::Crn)]
            .into_iter()
            .filter_map(|(system, field)| Some(OtherId { system: system.to_owned(), value: first(field)? }))
            .collect(),
        no_fixed_abode: address.as_ref().is_some_and(no_fixed_abode),
        address,
        nationalities: all(F::Nationality)
            .iter()
            .flat_map(|text| text.split([';', '|', '/', ',']))
            .filter_map(line)
            .collect(),
        ethnicity: first(F::Ethnicity),
        interpreter_language: if needed { named.or(language).or(Some("yes".into())) } else { None },
        specific_requirements: first(F::Requirements),
    };
    (person, odd)
}

/// Whether an interpreter is needed, and the language when the cell names it ("Polish" instead of "Yes"). A language column
/// alone does not say that an interpreter is needed.
fn interpreter(cell: Option<String>) -> (bool, Option<String>) {
    let Some(cell) = cell else { return (false, None) };
    match squash(&cell).as_str() {
        "no" | "n" | "false" | "0" | "none" | "na" | "notrequired" | "english" => (false, None),
        "yes" | "y" | "true" | "1" | "required" => (true, None),
        _ => (true, Some(cell)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_are_forgiving() {
        for name in ["Date of birth", "DOB", "d.o.b.", "date_of_birth", "Date Of Birth "] {
            assert_eq!(person_field(name), Some(PersonField::DateOfBirth), "{name}");
        }
        for name in ["Surname", "Last name", "FAMILY NAME"] {
            assert_eq!(person_field(name), Some(PersonField::Surname), "{name}");
        }
        assert_eq!(person_field("observation-level"), None);
    }

    #[test]
    fn an_interpreter_cell_may_name_the_language() {
        let row = |needed: &str, language: &str| {
            let cells = [
                (PersonField::InterpreterNeeded, needed.to_owned()),
                (PersonField::InterpreterLanguage, language.to_owned()),
            ];
            person_from(&cells, jiff::civil::date(2026, 3, 2)).0.interpreter_language
        };
        assert_eq!(row("Yes", "Polish").as_deref(), Some("Polish"));
        assert_eq!(row("Polish", "").as_deref(), Some("Polish"));
        assert_eq!(row("yes", "").as_deref(), Some("yes"));
        assert_eq!(row("No", "Polish"), None);
        assert_eq!(row("", "Polish"), None);
    }
}
