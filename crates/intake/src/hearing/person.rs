//! The person of a defendant or of an application's party.

use serde_json::Value;

use super::remark;
use crate::address::{address, no_fixed_abode};
use crate::dates;
use crate::gather::Gather;
use crate::json::{items_at, text_at, text_of};
use crate::libra::sex_of;
use crate::model::{Address, Bail, Custody, Name, OtherId, PersonDetails};
use crate::names;
use crate::words::line;

/// What is said of the person behind a party: who, bail, where held.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) person: PersonDetails,
    pub(super) organisation: bool,
    pub(super) youth: bool,
    pub(super) asn: Option<String>,
    pub(super) bail: Option<Bail>,
    pub(super) custody: Custody,
    pub(super) held_at: Option<String>,
}

/// Reads a defendant, or the `masterDefendant` of a party; `None` when it names neither a person nor an organisation.
pub(super) fn subject(defendant: &Value, path: &str, gather: &mut Gather<'_>) -> Option<Subject> {
    let person_defendant = &defendant["personDefendant"];
    let details = [&person_defendant["personDetails"], &defendant["personDetails"], &defendant["person"]]
        .into_iter()
        .find(|details| details.is_object());
    let youth = defendant.get("isYouth").and_then(Value::as_bool).unwrap_or(false);
    let asn = text_at(person_defendant, "arrestSummonsNumber");
    if let Some(details) = details {
        let person = person(details, defendant, path, gather);
        let bail = bail(person_defendant);
        let held_at = held_at(person_defendant);
        let custody = custody(bail.as_ref(), held_at.is_some());
        return Some(Subject { person, organisation: false, youth, asn, bail, custody, held_at });
    }
    let name = text_at(&defendant["legalEntityDefendant"]["organisation"], "name")
        .or_else(|| text_at(&defendant["organisation"], "name"))?;
    let person = PersonDetails { name: names::organisation(Some(name)), ..PersonDetails::default() };
    Some(Subject {
        person,
        organisation: true,
        youth: false,
        asn,
        bail: None,
        custody: Custody::NotStated,
        held_at: None,
    })
}

fn person(details: &Value, defendant: &Value, path: &str, gather: &mut Gather<'_>) -> PersonDetails {
    let sex = text_at(details, "gender");
    let address = address_of(&details["address"]);
    let date_of_birth =
        text_at(details, "dateOfBirth").and_then(|text| match dates::birth(&text, gather.today) {
            Ok(date) => Some(date),
            Err(why) => {
                remark(gather, path, &why);
                None
            }
        });
    PersonDetails {
        name: name_of(details),
        aliases: items_at(defendant, "aliases")
            .iter()
            .map(name_of)
            .filter(|name| name.as_received.is_some())
            .collect(),
        date_of_birth,
        birth_year: defendant["personDefendant"]
            .get("perceivedBirthYear")
            .and_then(Value::as_i64)
            .and_then(|year| i16::try_from(year).ok())
            .filter(|year| date_of_birth.is_none() && (1900..=gather.today.year()).contains(year)),
        age: None,
        sex: sex_of(sex.as_deref()),
        sex_as_received: sex,
        pnc: text_at(defendant, "pncId"),
        cro: text_at(defendant, "croNumber"),
        prison_number: text_of(defendant, &["prisonNumber", "nomsNumber"]),
        other_ids: other_ids(details, defendant),
        no_fixed_abode: address.as_ref().is_some_and(no_fixed_abode),
        address,
        nationalities: nationalities(details),
        ethnicity: text_of(
            &details["ethnicity"],
            &["selfDefinedEthnicityDescription", "observedEthnicityDescription"],
        ),
        interpreter_language: text_at(details, "interpreterLanguageNeeds"),
        specific_requirements: both(
            text_at(details, "specificRequirements"),
            text_at(details, "disabilityStatus"),
        ),
    }
}

fn both(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some(format!("{one}; {other}")),
        (one, other) => one.or(other),
    }
}

/// A name from `personDetails` or an alias.
pub(super) fn name_of(details: &Value) -> Name {
    let part = |name| text_at(details, name);
    if part("lastName").is_none() && part("firstName").is_none() {
        return names::organisation(part("legalEntityName"));
    }
    names::from_parts(part("title"), part("firstName"), part("middleName"), part("lastName"), None)
}

fn other_ids(details: &Value, defendant: &Value) -> Vec<OtherId> {
    let id = |system: &str, value: Option<String>| Some(OtherId { system: system.to_owned(), value: value? });
    [
        id("defendant_id", text_at(defendant, "id")),
        id("master_defendant_id", text_at(defendant, "masterDefendantId")),
        id("c_id", text_at(defendant, "cId")),
        id("crn", text_of(defendant, &["crn", "offenderCode"])),
        id("national_insurance_number", text_at(details, "nationalInsuranceNumber")),
        id("driver_number", text_at(&defendant["personDefendant"], "driverNumber")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn nationalities(details: &Value) -> Vec<String> {
    [
        text_of(details, &["nationalityDescription", "nationalityCode", "nationality"]),
        text_of(details, &["additionalNationalityDescription", "additionalNationalityCode"]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn address_of(value: &Value) -> Option<Address> {
    let lines = ["address1", "address2", "address3", "address4", "address5"]
        .iter()
        .filter_map(|name| text_at(value, name));
    address(lines, text_of(value, &["postcode", "postCode"]).as_deref())
}

fn bail(person_defendant: &Value) -> Option<Bail> {
    let status = &person_defendant["bailStatus"];
    let bail = Bail {
        code: text_at(status, "code").filter(|code| code.len() <= 4),
        words: text_at(status, "description"),
        conditions: text_at(person_defendant, "bailConditions"),
    };
    (bail != Bail::default()).then_some(bail)
}

fn held_at(person_defendant: &Value) -> Option<String> {
    let place = ["custodialEstablishment", "custodyEstablishment"]
        .iter()
        .find_map(|name| person_defendant.get(*name))?;
    text_at(place, "name").or_else(|| text_at(place, "custody"))
}

/// Codes of the CJS remand-status table (its CJS, PNC and SPI columns), else the words. "Police bail" of that table is
/// described there as custody. "Not applicable" says nothing, unless an establishment is named.
fn custody(bail: Option<&Bail>, held: bool) -> Custody {
    let code = bail.and_then(|bail| bail.code.as_deref()).unwrap_or_default().to_ascii_uppercase();
    let words = bail.and_then(|bail| bail.words.as_deref()).unwrap_or_default().to_lowercase();
    match code.as_str() {
        "C" | "PR" | "P" | "PB" | "S" | "SA" | "L" | "LA" => Custody::Custody,
        "B" | "CB" | "U" | "UB" => Custody::Bail,
        _ if words.contains("custody") || words.contains("secure") => Custody::Custody,
        _ if words.contains("bail") => Custody::Bail,
        _ if held => Custody::Custody,
        _ => Custody::NotStated,
    }
}

/// A parent or guardian among the persons associated with a defendant.
pub(super) fn parent_or_guardian(defendant: &Value) -> Option<String> {
    let roles = ["parent", "guardian", "mother", "father", "carer"];
    items_at(defendant, "associatedPersons")
        .iter()
        .find(|associated| {
            let role = text_at(associated, "role").unwrap_or_default().to_lowercase();
            roles.iter().any(|word| role.contains(word))
        })
        .and_then(|associated| name_of(&associated["person"]).as_received)
}

/// The solicitor or firm.
pub(super) fn solicitor(defendant: &Value) -> Option<String> {
    let organisation = &defendant["defenceOrganisation"];
    text_at(organisation, "name")
        .or_else(|| text_at(&organisation["organisation"], "name"))
        .or_else(|| text_at(&defendant["associatedDefenceOrganisation"]["organisation"], "name"))
        .and_then(|name| line(&name))
}
