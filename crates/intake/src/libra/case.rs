//! One `case` element: one defendant of one case in one block.

use jiff::civil::{Date, Time};

use super::document::Place;
use super::rows::Rows;
use crate::address::{address, no_fixed_abode};
use crate::dates::{self, Century};
use crate::gather::Gather;
use crate::model::{Address, Bail, Custody, ListedKind, Listing, Name, Offence, OtherId, PersonDetails, Sex};
use crate::names;
use crate::refusal::Refusal;
use crate::words::{capital, line, squash};
use crate::xml::Node;

/// What surrounds a case: court, room, block, day.
pub(super) struct Frame<'a> {
    pub(super) place: &'a Place,
    pub(super) block: Option<String>,
    pub(super) starts: Option<Time>,
    pub(super) ends: Option<Time>,
    pub(super) date: Date,
    pub(super) document: usize,
}

impl<'a> Frame<'a> {
    pub(super) fn of(place: &'a Place, block: Option<&Node>, date: Date, document: usize) -> Self {
        let clock = |name| block.and_then(|block| block.value(name)).as_deref().and_then(dates::time);
        Self {
            place,
            block: block.and_then(|block| block.value("desc")),
            starts: clock("bstart").or(place.session_starts),
            ends: clock("bend").or(place.session_ends),
            date,
            document,
        }
    }
}

pub(super) fn read(
    case: &Node,
    frame: &Frame<'_>,
    rows: &mut Rows,
    gather: &mut Gather<'_>,
) -> Result<(), Refusal> {
    gather.check_rows_with(rows.len())?;
    let here = format!("line {}", case.line);
    let case_no = case.value("caseno").or_else(|| case.value("case_no"));
    let what = case_no
        .as_ref()
        .map_or_else(|| "a case without a number".to_owned(), |number| format!("case {number}"));
    let organisation = case.value("def_type").is_some_and(|kind| kind.eq_ignore_ascii_case("O"));
    let name = name_of(case, organisation);
    if name.as_received.is_none() && case_no.is_none() {
        let why = if case.cut {
            "the file ends in the middle of it"
        } else {
            "it has neither a name nor a case number"
        };
        gather.skip(here, what, why, 1);
        return Ok(());
    }
    remark(case, &name, case_no.as_deref(), &here, gather);
    let person = if organisation {
        PersonDetails { name, ..PersonDetails::default() }
    } else {
        person_of(case, name, &here, gather)
    };
    let offences = offences_of(case);
    let informant = case.value("inf");
    let adjourned_for = offences.iter().find_map(|offence| offence.adjournment_reason.clone());
    let conditions = case.value("bailcond");
    let listing = Listing {
        source_key: key(frame, case_no.as_deref(), case.value("c_id").as_deref(), &person.name),
        place: here,
        court_code: frame.place.court_code.clone(),
        ou_code: frame.place.ou_code.clone(),
        court_name: frame.place.court_name.clone(),
        date: frame.date,
        room: frame.place.room.clone(),
        starts: frame.starts,
        ends: frame.ends,
        session_starts: frame.place.session_starts,
        panel: frame.place.panel.clone(),
        block: frame.block.clone(),
        series: frame.place.series.clone(),
        hearing_id: None,
        list_no: case.value("listno"),
        sequence: case.value("cseq").and_then(|text| text.parse().ok()),
        case_no,
        urn: case.value("urn"),
        asn: case.value("asn"),
        case_type: case.value("type"),
        breach: breach(informant.as_deref(), frame.block.as_deref()),
        informant,
        markers: case.value("marker").into_iter().collect(),
        hearing_type: None,
        listed_for: adjourned_for.or_else(|| frame.block.clone()),
        kind: kind_of(organisation, &person, frame),
        person,
        offences,
        custody: if conditions.is_some() { Custody::Bail } else { Custody::NotStated },
        bail: conditions.map(|conditions| Bail { conditions: Some(conditions), ..Bail::default() }),
        held_at: None,
        application: None,
        results: Vec::new(),
        next_hearing: None,
        parent_or_guardian: case.value("pg_name"),
        solicitor: case.value("sol_name"),
        attendance: None,
        reporting_restriction: None,
        further_information: case.value("addinfo"),
    };
    rows.add(listing, frame.document, gather)
}

/// What is odd about a case without making it unreadable.
fn remark(case: &Node, name: &Name, case_no: Option<&str>, here: &str, gather: &mut Gather<'_>) {
    match case_no {
        None => gather.note(here, "The case has no number."),
        Some(number) if number.len() != 10 || !number.bytes().all(|byte| byte.is_ascii_digit()) => {
            gather.note(
                here,
                format!("The case number has {} characters instead of 10 digits.", number.chars().count()),
            );
        }
        Some(_) => {}
    }
    if name.as_received.is_none() {
        gather.note(here, "The case has no name.");
    }
    if case.value("valid").is_some_and(|valid| valid.eq_ignore_ascii_case("N")) {
        gather.note(here, "The sender marks this case as not valid; it was kept.");
    }
    if case.cut {
        gather.note(here, "The file ends in the middle of this case; what is missing is not known.");
    }
    if any_clipped(case) {
        gather.note(here, "A text of this case is longer than allowed and was cut.");
    }
}

fn any_clipped(node: &Node) -> bool {
    node.clipped || node.children.iter().any(any_clipped)
}

fn name_of(case: &Node, organisation: bool) -> Name {
    let whole = case.value("def_name");
    let empty = Node::default();
    let parts = case.child("def_name_elements").unwrap_or(&empty);
    if organisation {
        return names::organisation(whole.or_else(|| parts.value("surname")));
    }
    let middle: Vec<String> =
        ["forename2", "forename3"].iter().filter_map(|name| parts.value(name)).collect();
    names::from_parts(
        parts.value("title"),
        parts.value("forename1"),
        line(&middle.join(" ")),
        parts.value("surname"),
        whole,
    )
}

fn person_of(case: &Node, name: Name, here: &str, gather: &mut Gather<'_>) -> PersonDetails {
    let sex = case.value("def_sex");
    let address = case.child("def_addr").and_then(address_of);
    PersonDetails {
        name,
        aliases: Vec::new(),
        date_of_birth: case.value("def_dob").and_then(|text| {
            dates::birth(&text, gather.today).map_err(|why| gather.note(here, sentence(&why))).ok()
        }),
        birth_year: None,
        age: case.value("def_age").and_then(|text| text.parse().ok()).filter(|&age: &u8| age < 120),
        sex: sex_of(sex.as_deref()),
        sex_as_received: sex,
        pnc: case.value("pnc_id"),
        cro: case.value("cro_number"),
        prison_number: None,
        other_ids: ["c_id", "h_id"]
            .iter()
            .filter_map(|system| Some(OtherId { system: (*system).to_owned(), value: case.value(system)? }))
            .collect(),
        no_fixed_abode: address.as_ref().is_some_and(no_fixed_abode),
        address,
        nationalities: ["nationality_1", "nationality_2"]
            .iter()
            .filter_map(|name| case.value(name))
            .collect(),
        ethnicity: None,
        interpreter_language: None,
        specific_requirements: None,
    }
}

/// A reason as a sentence of its own.
pub(crate) fn sentence(why: &str) -> String {
    format!("{}.", capital(why))
}

/// M, F, N and the words other systems use.
pub(crate) fn sex_of(text: Option<&str>) -> Sex {
    match squash(text.unwrap_or_default()).as_str() {
        "m" | "male" | "man" | "1" => Sex::Male,
        "f" | "female" | "woman" | "2" => Sex::Female,
        "n" | "notspecified" | "indeterminate" | "other" | "nonbinary" | "9" | "trans" | "transgender"
        | "x" => Sex::NotSpecified,
        _ => Sex::NotKnown,
    }
}

fn address_of(node: &Node) -> Option<Address> {
    let lines = ["line1", "line2", "line3", "line4", "line5"].iter().filter_map(|name| node.value(name));
    address(lines, node.value("pcode").as_deref())
}

fn offences_of(case: &Node) -> Vec<Offence> {
    let mut offences: Vec<(u32, Offence)> = case
        .below(&["offence"])
        .into_iter()
        .map(|node| {
            let date = |name| node.value(name).and_then(|text| dates::date(&text, Century::This));
            let offence = Offence {
                id: node.value("co_id"),
                code: node.value("code"),
                title: node.value("title").or_else(|| node.value("cy_title")),
                wording: node.value("sum").or_else(|| node.value("cy_sum")),
                legislation: node.value("as").or_else(|| node.value("cy_as")),
                plea: node.value("plea"),
                plea_date: date("pleadate"),
                conviction_date: date("convdate"),
                adjournment_date: date("adjdate"),
                adjournment_reason: node.value("adjreason"),
                reporting_restrictions: Vec::new(),
            };
            (node.value("oseq").and_then(|text| text.parse().ok()).unwrap_or(u32::MAX), offence)
        })
        .filter(|(_, offence)| *offence != Offence::default())
        .collect();
    offences.sort_by_key(|(order, _)| *order);
    offences.into_iter().map(|(_, offence)| offence).collect()
}

fn kind_of(organisation: bool, person: &PersonDetails, frame: &Frame<'_>) -> ListedKind {
    if organisation {
        return ListedKind::Organisation;
    }
    let youth_panel =
        frame.place.panel.as_deref().is_some_and(|panel| panel.to_lowercase().contains("youth"));
    if youth_panel || is_minor(person, frame.date) { ListedKind::Youth } else { ListedKind::Person }
}

/// Under 18 on the day; the date of birth is believed before the stated age.
pub(crate) fn is_minor(person: &PersonDetails, day: Date) -> bool {
    match (person.date_of_birth, person.age) {
        (Some(birth), _) => dates::age_on(birth, day) < 18,
        (None, Some(age)) => age < 18,
        (None, None) => false,
    }
}

/// Brought by probation (informant codes end in `PROB`: `SHPROB`), or listed among breaches.
fn breach(informant: Option<&str>, block: Option<&str>) -> bool {
    let informant = informant.unwrap_or_default().to_ascii_uppercase();
    informant.ends_with("PROB") || informant.contains("PROBATION") || block.is_some_and(speaks_of_breach)
}

/// Whether words say the case is about a breach of an order; a breach of the peace is an offence of its own.
pub(crate) fn speaks_of_breach(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.contains("breach") && !lower.contains("breach of the peace")
}

/// The identity of a case across versions of a list: court, day, case number and `c_id`, which belongs to one defendant of
/// one case and stays when the hearing (`h_id`), room, time or place on the list change. Without it, a digest of the name.
fn key(frame: &Frame<'_>, case_no: Option<&str>, c_id: Option<&str>, name: &Name) -> String {
    let court = match (&frame.place.court_code, &frame.place.court_name) {
        (Some(code), _) => code.clone(),
        (None, court_name) => squash(court_name.as_deref().unwrap_or("unknown")),
    };
    let who = match c_id {
        Some(id) => id.to_owned(),
        None => super::rows::name_digest(name),
    };
    format!("libra:{court}:{}:{}:{who}", frame.date, case_no.unwrap_or("-"))
}
