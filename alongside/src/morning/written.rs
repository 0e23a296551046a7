//! A listing as received, into the columns lists filter by; and what differs between two versions of it.

use super::line::Held;
use super::take_in::json;
use crate::people::{Sex, full_name};
use intake::{Custody, ListedKind, Listing, PersonDetails};
use linkage::{Address, Name, Record};
use store::Result;

/// Columns made from a listing.
pub(super) struct Columns {
    pub(super) starts: Option<String>,
    pub(super) sequence: Option<i64>,
    pub(super) kind: &'static str,
    pub(super) forename: Option<String>,
    pub(super) middle_names: Option<String>,
    pub(super) surname: Option<String>,
    pub(super) full_name: String,
    pub(super) age: Option<i64>,
    pub(super) sex: &'static str,
    pub(super) custody: &'static str,
    pub(super) offences: String,
    pub(super) detail: String,
}

/// Longest run of offence titles on the board; the opened row shows all.
const OFFENCES_SHOWN: usize = 90;

pub(super) fn columns_of(listing: &Listing) -> Result<Columns> {
    let name = &listing.person.name;
    Ok(Columns {
        starts: listing.starts.or(listing.session_starts).map(|t| t.strftime("%H:%M").to_string()),
        sequence: listing
            .sequence
            .map(i64::from)
            .or_else(|| listing.list_no.as_deref().and_then(leading_number)),
        kind: match listing.kind {
            ListedKind::Person => "person",
            ListedKind::Youth => "youth",
            ListedKind::Organisation => "organisation",
        },
        forename: name.forename.clone(),
        middle_names: name.middle_names.clone(),
        surname: name.surname.clone(),
        full_name: shown_name(&listing.person),
        age: listing.person.age.map(i64::from),
        sex: sex_of(&listing.person).key(),
        custody: match listing.custody {
            Custody::Custody => Held::Custody.key(),
            Custody::Bail => Held::Bail.key(),
            Custody::NotStated => Held::NotStated.key(),
        },
        offences: offences_short(listing),
        detail: json(listing)?,
    })
}

/// The number at the start of "3st".
fn leading_number(text: &str) -> Option<i64> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The name as the board shows it.
pub(super) fn shown_name(person: &PersonDetails) -> String {
    let name = &person.name;
    if name.surname.is_none() && name.forename.is_none() {
        return name.as_received.clone().unwrap_or_else(|| "Name not known".into());
    }
    full_name(name.forename.as_deref(), name.middle_names.as_deref(), name.surname.as_deref())
}

pub(super) fn sex_of(person: &PersonDetails) -> Sex {
    match person.sex {
        intake::Sex::Male => Sex::Male,
        intake::Sex::Female => Sex::Female,
        intake::Sex::NotSpecified => Sex::NotSpecified,
        intake::Sex::NotKnown => Sex::NotKnown,
    }
}

fn offences_short(listing: &Listing) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for title in listing.offences.iter().filter_map(|o| o.title.as_deref().or(o.code.as_deref())) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    if titles.is_empty()
        && let Some(words) = listing.application.as_ref().and_then(|a| a.words.as_deref())
    {
        titles.push(words);
    }
    let all = titles.join("; ");
    if all.chars().count() <= OFFENCES_SHOWN {
        return all;
    }
    let cut: String = all.chars().take(OFFENCES_SHOWN - 1).collect();
    format!("{}…", cut.trim_end())
}

/// What recognition compares.
pub(super) fn record_of(person: &PersonDetails) -> Record {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let name = |n: &intake::Name| Name {
        forename: text(&n.forename),
        middle: text(&n.middle_names),
        surname: text(&n.surname),
    };
    let other = |system: &str| {
        person.other_ids.iter().find(|id| id.system == system).map(|id| id.value.clone()).unwrap_or_default()
    };
    let address = person.address.as_ref().map(|a| Address {
        house: text(&a.house),
        street: text(&a.street),
        town: text(&a.town),
        postcode: text(&a.postcode),
    });
    Record {
        name: name(&person.name),
        aliases: person.aliases.iter().map(name).collect(),
        births: person.date_of_birth.map(|d| d.to_string()).into_iter().collect(),
        sex: sex_of(person).key().to_owned(),
        addresses: address.into_iter().collect(),
        pnc: text(&person.pnc),
        cro: text(&person.cro),
        prison_number: text(&person.prison_number),
        nhs: other("nhs_number"),
        crn: other("crn"),
        master_defendant_id: other("master_defendant_id"),
        ..Record::default()
    }
}

/// What changed between the kept version and the new one, in words; nothing when only its place in the file did.
pub(super) fn changes_between(kept: &str, new: &Listing) -> Option<String> {
    let Ok(mut old) = serde_json::from_str::<Listing>(kept) else { return Some("details".into()) };
    old.place.clone_from(&new.place);
    if old == *new {
        return None;
    }
    let mut parts = Vec::new();
    let mut compare = |what: &str, a: Option<String>, b: Option<String>| {
        if a != b {
            let words = |v: Option<String>| v.unwrap_or_else(|| "not stated".into());
            parts.push(format!("{what}: {} → {}", words(a), words(b)));
        }
    };
    compare("room", old.room.clone(), new.room.clone());
    compare(
        "time",
        old.starts.map(|t| t.strftime("%H:%M").to_string()),
        new.starts.map(|t| t.strftime("%H:%M").to_string()),
    );
    compare("list number", old.list_no.clone(), new.list_no.clone());
    compare("name", Some(shown_name(&old.person)), Some(shown_name(&new.person)));
    compare(
        "date of birth",
        old.person.date_of_birth.map(|d| d.to_string()),
        new.person.date_of_birth.map(|d| d.to_string()),
    );
    compare("custody", Some(custody_words(old.custody)), Some(custody_words(new.custody)));
    compare("listed for", old.listed_for.clone(), new.listed_for.clone());
    if old.results != new.results {
        parts.push("results".into());
    }
    if old.offences != new.offences {
        parts.push("offences".into());
    }
    if parts.is_empty() {
        parts.push("details".into());
    }
    Some(parts.join("; "))
}

fn custody_words(custody: Custody) -> String {
    match custody {
        Custody::Custody => "in custody",
        Custody::Bail => "on bail",
        Custody::NotStated => "not stated",
    }
    .to_owned()
}
