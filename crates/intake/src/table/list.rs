//! A court list as a table: a row a person, or a row an offence of a person.

use std::collections::HashMap;

use super::list_fields::{ListField, list_field};
use super::rows::Table;
use crate::dates::{self, Century};
use crate::gather::Gather;
use crate::libra::{is_minor, is_ou_code, name_digest, room_as_number, sentence, speaks_of_breach};
use crate::model::{Bail, Coded, Custody, Format, Intake, ListedKind, Listing, Name, Offence, PersonDetails};
use crate::names;
use crate::person_fields::{person_field, person_from};
use crate::refusal::{Refusal, RefusalKind};
use crate::words::{line, squash};

/// How many offences one case may have; the longest indictments have dozens.
const MOST_OFFENCES: usize = 200;

/// The cells of one row about the listing.
struct Cells(Vec<(ListField, String)>);

impl Cells {
    fn get(&self, field: ListField) -> Option<String> {
        self.0
            .iter()
            .find(|(found, text)| *found == field && !text.is_empty())
            .and_then(|(_, text)| line(text))
    }

    /// Several values in one cell, parted by `|` or line breaks.
    fn parts(&self, field: ListField) -> Vec<String> {
        self.0
            .iter()
            .filter(|(found, _)| *found == field)
            .flat_map(|(_, text)| text.split(['|', '\n']))
            .filter_map(line)
            .collect()
    }
}

pub(super) fn read(table: &Table, mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    check_columns(table)?;
    if let Some(place) = table.overlong() {
        gather.note(
            place,
            "This row and perhaps others have more cells than there are columns; check for stray separators.",
        );
    }
    let mut known: HashMap<String, usize> = HashMap::new();
    for (place, cells) in table.named() {
        gather.check_rows()?;
        let person_cells: Vec<_> =
            cells.iter().filter_map(|(name, text)| Some((person_field(name)?, text.clone()))).collect();
        let own = cells
            .iter()
            .filter(|(name, _)| person_field(name).is_none() || list_field(name) == Some(ListField::Court));
        let own = Cells(own.filter_map(|(name, text)| Some((list_field(name)?, text.clone()))).collect());
        let (person, odd) = person_from(&person_cells, gather.today);
        for why in odd {
            gather.note(place, sentence(&why));
        }
        let Some(listing) = listing(place, &own, person, &mut gather) else { continue };
        gather.weigh(&listing)?;
        match known.get(&listing.source_key) {
            Some(&at) => join(at, listing, &mut gather),
            None => {
                known.insert(listing.source_key.clone(), gather.listings.len());
                gather.listings.push(listing);
            }
        }
    }
    gather.finish(Format::ListCsv)
}

fn check_columns(table: &Table) -> Result<(), Refusal> {
    let has = |field: ListField| table.names.iter().any(|name| list_field(name) == Some(field));
    let missing = if !has(ListField::Date) {
        "Date"
    } else if !has(ListField::Court) && !has(ListField::CourtCode) {
        "Court code"
    } else {
        return Ok(());
    };
    Err(Refusal::new(
        RefusalKind::UnknownFormat,
        format!("This looks like a court list, but it has no column “{missing}”."),
    )
    .at("the line with the names of the columns")
    .advise(format!("Add a column called “{missing}” with a value in every row, and send it again.")))
}

fn listing(place: &str, cells: &Cells, person: PersonDetails, gather: &mut Gather<'_>) -> Option<Listing> {
    use ListField as F;
    if person.name.as_received.is_none() && person.pnc.is_none() {
        gather.skip(place, "a row", "there is no name in it", 1);
        return None;
    }
    let Some(date) = cells.get(F::Date).and_then(|text| dates::date(&text, Century::This)) else {
        gather.skip(place, "a row", "its date could not be read as day, month, year", 1);
        return None;
    };
    let named = cells.get(F::Court);
    let ou_code =
        cells.get(F::CourtCode).as_deref().and_then(code_in).or_else(|| named.as_deref().and_then(code_in));
    let court_name = named.filter(|name| !is_ou_code(&name.to_ascii_uppercase()));
    if ou_code.is_none() && court_name.is_none() {
        gather.skip(
            place,
            "a row",
            "its court could not be read: it needs a court's name or a code such as B01ND",
            1,
        );
        return None;
    }
    let starts_text = cells.get(F::Time);
    let starts = starts_text.as_deref().and_then(dates::time);
    if starts_text.is_some() && starts.is_none() {
        gather.note(place, "The time could not be read as hours and minutes; it was left out.");
    }
    let kind = kind_of(cells, &person, date);
    let person = match kind {
        ListedKind::Organisation => organisation(person.name),
        _ => person,
    };
    let court_code = ou_code.as_ref().map(|code| code[..5].to_owned());
    let (case_no, urn) = (cells.get(F::CaseNumber), cells.get(F::Urn));
    if case_no.as_deref().is_some_and(|number| number.contains("E+")) {
        gather.note(place, "The case number was shortened by a spreadsheet; take it from the original list.");
    }
    let informant = cells.get(F::Informant);
    let (hearing_type, listed_for) = (cells.get(F::HearingType), cells.get(F::ListedFor));
    let breach = informant.as_deref().is_some_and(|text| text.to_ascii_uppercase().ends_with("PROB"))
        || [&hearing_type, &listed_for].into_iter().flatten().any(|text| speaks_of_breach(text));
    let held_at = cells.get(F::HeldAt);
    let (custody, bail) = custody(cells, held_at.is_some());
    let court = court_code.clone().unwrap_or_else(|| squash(court_name.as_deref().unwrap_or_default()));
    let case = case_no.as_ref().or(urn.as_ref()).map_or_else(|| "-".to_owned(), |text| squash(text));
    Some(Listing {
        source_key: format!("csv:{court}:{date}:{case}:{}", name_digest(&person.name)),
        place: place.to_owned(),
        court_code,
        ou_code,
        court_name,
        date,
        room: cells.get(F::Room).map(|room| room_as_number(&room)),
        starts,
        ends: cells.get(F::EndTime).as_deref().and_then(dates::time),
        session_starts: None,
        panel: cells.get(F::Panel),
        block: None,
        series: None,
        hearing_id: None,
        sequence: cells.get(F::ListNumber).and_then(|text| text.parse().ok()),
        list_no: cells.get(F::ListNumber),
        case_no,
        urn,
        asn: cells.get(F::Asn),
        case_type: None,
        breach,
        informant,
        markers: cells.parts(F::Marker),
        hearing_type: hearing_type.clone().map(|words| Coded { code: None, words: Some(words) }),
        listed_for: listed_for.or(hearing_type),
        kind,
        person,
        offences: offences(cells),
        bail,
        custody,
        held_at,
        application: None,
        results: Vec::new(),
        next_hearing: None,
        parent_or_guardian: cells.get(F::Parent),
        solicitor: cells.get(F::Solicitor),
        attendance: None,
        reporting_restriction: None,
        further_information: cells.get(F::Further),
    })
}

/// The code in a cell, alone or beside a name: `B01ND`, `Thames (B01ND00)`.
fn code_in(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    upper.split(|c: char| !c.is_ascii_alphanumeric()).find(|part| is_ou_code(part)).map(str::to_owned)
}

fn organisation(name: Name) -> PersonDetails {
    PersonDetails { name: names::organisation(name.as_received), ..PersonDetails::default() }
}

fn kind_of(cells: &Cells, person: &PersonDetails, date: jiff::civil::Date) -> ListedKind {
    let kind = squash(&cells.get(ListField::Kind).unwrap_or_default());
    let panel = cells.get(ListField::Panel).unwrap_or_default().to_lowercase();
    if ["o", "organisation", "organization", "company"].contains(&kind.as_str()) {
        ListedKind::Organisation
    } else if panel.contains("youth") || kind == "youth" || is_minor(person, date) {
        ListedKind::Youth
    } else {
        ListedKind::Person
    }
}

fn offences(cells: &Cells) -> Vec<Offence> {
    let (codes, titles) = (cells.parts(ListField::OffenceCode), cells.parts(ListField::Offence));
    let plea = cells.get(ListField::Plea);
    (0..codes.len().max(titles.len()))
        .map(|at| Offence {
            code: codes.get(at).cloned(),
            title: titles.get(at).cloned(),
            plea: plea.clone(),
            ..Offence::default()
        })
        .collect()
}

/// Custody or bail from the words of a cell; the words are kept.
fn custody(cells: &Cells, held: bool) -> (Custody, Option<Bail>) {
    let words = cells.get(ListField::Custody);
    let lower = words.as_deref().unwrap_or_default().to_lowercase();
    let is = |exact: &[&str]| exact.contains(&squash(&lower).as_str());
    let custody = if lower.contains("not in custody")
        || lower.contains("bail")
        || is(&["b", "cb", "ub", "u", "no", "n"])
    {
        Custody::Bail
    } else if ["custody", "remand", "prison", "cells", "held"].iter().any(|word| lower.contains(word))
        || is(&["c", "ric", "yes", "y", "pr"])
    {
        Custody::Custody
    } else if ["liberty", "summons", "requisition"].iter().any(|word| lower.contains(word)) {
        Custody::Bail
    } else if lower.is_empty() && held {
        Custody::Custody
    } else {
        Custody::NotStated
    };
    let bail = Bail { code: None, words, conditions: cells.get(ListField::BailConditions) };
    (custody, (bail != Bail::default()).then_some(bail))
}

/// A second row of the same person and case: another offence, or a repeat.
fn join(at: usize, row: Listing, gather: &mut Gather<'_>) {
    let place = row.place.clone();
    let earlier = &mut gather.listings[at];
    let first = earlier.place.clone();
    if earlier.offences.len() >= MOST_OFFENCES {
        gather.skip(place, "a row", format!("the case of {first} already has {MOST_OFFENCES} offences"), 1);
        return;
    }
    let new: Vec<Offence> =
        row.offences.into_iter().filter(|offence| !earlier.offences.contains(offence)).collect();
    if new.is_empty() {
        gather.skip(place, "a row", format!("it repeats the person and case of {first}"), 1);
        return;
    }
    earlier.offences.extend(new);
    gather.note(place, format!("Another offence of the case of {first}; it was added there."));
}
