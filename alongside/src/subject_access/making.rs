//! Gathering everything about a person, and keeping a copy as it was made.

use super::copy::Content;
use super::opened::{Looked, looked_at};
use super::passages::{Part, Passage, Record, parts};
use super::request::{Request, lock_open};
use super::rulings::{Rulings, rulings_of};
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::drafts::{Unsent, unsent_about};
use crate::holdings::{Gathered, Rooms, Roots, gather};
use crate::ids::{DraftId, PersonId};
use crate::morning::{about_person, about_record};
use crate::people::{Person, address_is_withheld};
use crate::reports::Names;
use crate::retention::{Kind, Rules, time_words};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashSet};
use store::{Read, Result, sql};
use uuid::Uuid;

/// Everything about a person, with what was ruled for one request.
#[derive(Debug, Clone)]
pub struct Everything {
    /// What is held.
    pub parts: Vec<Part>,
    /// What was ruled.
    pub rulings: Rulings,
    /// Who opened the records.
    pub looked: Vec<Looked>,
    /// Whether anybody may not see the person's address: passages that tell it wait.
    pub address_withheld: bool,
}

impl Everything {
    /// How long what is in it is kept, in words: the rules in force about what there is.
    #[must_use]
    pub fn kept_for(&self, rules: &Rules) -> Vec<String> {
        [Kind::Person, Kind::Line, Kind::RawFile, Kind::SubjectAccess]
            .into_iter()
            .filter_map(|kind| rules.rule(kind))
            .map(|rule| {
                let after_death = rule
                    .months_after_death
                    .map_or_else(String::new, |months| format!(", or {} after death", time_words(months)));
                format!("{}: {} from {}{after_death}", rule.name, time_words(rule.months), rule.from)
            })
            .collect()
    }

    /// As a copy is made of it.
    #[must_use]
    pub fn content<'a>(
        &'a self,
        request: &'a Request,
        name: &'a str,
        kept: &'a [String],
        at: Timestamp,
    ) -> Content<'a> {
        Content { request, name, parts: &self.parts, rulings: &self.rulings, looked: &self.looked, kept, at }
    }
}

/// Gathers everything.
///
/// # Errors
/// When the database can't be read.
pub fn everything<C: Capability>(
    r: &mut Reader<'_, C>,
    person: &Person,
    request: Uuid,
    rooms: Rooms,
) -> Result<Everything> {
    let about = about_person(r, person)?;
    let roots = Roots { people: about.people, listings: about.listings };
    let gathered = gather(r, rooms.0, &roots)?;
    let mut names = own_names(&gathered)?;
    names.others = others_of_the_days(r, &roots)?;
    let address_withheld = address_is_withheld(r, person)?;
    let mut told = parts(&gathered, &names)?;
    told.extend(begun(&unsent_about(r, &ids_of(&roots, &gathered))?));
    if address_withheld {
        let passages = told.iter_mut().flat_map(|p| &mut p.records).flat_map(|r| &mut r.passages);
        for passage in passages.filter(|passage| tells_address(passage)) {
            passage.look = Some(
                "An address that is withheld: make sure who gets this copy, and where it will lie".into(),
            );
        }
    }
    let mut rulings = rulings_of(r, request)?;
    rulings.look_elsewhere(&told);
    r.saw(
        Event::new("everything about a person gathered", "person", person.id())
            .with(format!("subject access {request}")),
    );
    Ok(Everything { parts: told, rulings, looked: looked_at(r, &gathered)?, address_withheld })
}

/// Whether a passage says where the person lives.
#[must_use]
pub fn tells_address(passage: &Passage) -> bool {
    let column = passage.key.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
    matches!(column, "house" | "street" | "town" | "postcode" | "address")
}

/// Ids of everything that was gathered, as drafts name it.
fn ids_of(roots: &Roots, gathered: &[Gathered]) -> HashSet<String> {
    let rows = gathered.iter().filter(|table| table.holding.key == ["id"]);
    roots
        .people
        .iter()
        .map(ToString::to_string)
        .chain(roots.listings.iter().map(ToString::to_string))
        .chain(rows.flat_map(|table| table.rows.iter().map(|(key, _)| key.clone())))
        .collect()
}

/// What colleagues typed and have not sent. No record yet, and held all the same; nobody has read it through, so all of it waits.
fn begun(unsent: &[Unsent]) -> Option<Part> {
    let records: Vec<Record> = unsent
        .iter()
        .map(|draft| {
            let key = |field: &str| format!("draft/{}/{field}", draft.id);
            let mut passages = vec![Passage {
                key: key("form"),
                label: "Form".into(),
                text: format!("{}, typed on {}", draft.form, clock::moment_words(draft.saved_at)),
                look: None,
            }];
            passages.extend(draft.typed.iter().enumerate().map(|(n, (field, words))| Passage {
                key: key(&n.to_string()),
                label: field.replace(['-', '_'], " "),
                text: words.clone(),
                look: Some("Typed by a colleague and not sent: nobody has read it through".into()),
            }));
            Record { passages }
        })
        .collect();
    (!records.is_empty()).then_some(Part { table: "draft", title: "Begun and not sent", records })
}

/// Drafts about people who asked what is held about them, and have no answer yet: what they asked for must not go meanwhile
/// (Data Protection Act 2018, section 173).
///
/// # Errors
/// When the database can't be read.
pub fn drafts_asked_for(r: &mut Read<'_>, rooms: Rooms) -> Result<HashSet<DraftId>> {
    let waiting: Vec<PersonId> = r
        .query(
            sql("SELECT DISTINCT q.person_id FROM access_request q WHERE NOT EXISTS (SELECT 1 FROM access_closing c WHERE c.request_id = q.id)"),
            &[],
        )?
        .iter()
        .map(|row| row.get("person_id"))
        .collect::<Result<_>>()?;
    let mut found = HashSet::new();
    for person in waiting {
        let about = about_record(r, person)?;
        let roots = Roots { people: about.people, listings: about.listings };
        let gathered = gather(r, rooms.0, &roots)?;
        found.extend(unsent_about(r, &ids_of(&roots, &gathered))?.into_iter().map(|draft| draft.id));
    }
    Ok(found)
}

/// Everybody else on the lists of the person's days in court: these are whom a text may well name.
fn others_of_the_days(r: &mut Read<'_>, roots: &Roots) -> Result<Vec<(String, String)>> {
    let mut found = BTreeSet::new();
    for row in r.query_list(
        sql("SELECT DISTINCT l.forename, l.surname FROM listing m JOIN listing l ON l.court_code = m.court_code AND l.list_date = m.list_date WHERE l.forename IS NOT NULL AND l.surname IS NOT NULL AND m.id IN ($LIST)"),
        &[],
        &roots.listings,
    )? {
        found.insert((row.get("forename")?, row.get("surname")?));
    }
    Ok(found.into_iter().collect())
}

/// Every word of every name and every number the person was ever recorded with: these name nobody else.
fn own_names(gathered: &[Gathered]) -> Result<Names> {
    let mut names = Names::default();
    for table in gathered {
        let (own, numbers): (&[&str], &[&str]) = match table.holding.table {
            "person_version" => (
                &["forename", "middle_names", "surname"],
                &["pnc", "cro", "nhs_number", "prison_number", "crn"],
            ),
            "person_alias" => (&["forename", "middle_names", "surname"], &[]),
            "listing" => (&["full_name"], &["pnc"]),
            _ => continue,
        };
        for (_, row) in &table.rows {
            for column in own {
                let text: Option<String> = row.get(column)?;
                names.own.extend(text.unwrap_or_default().split_whitespace().map(str::to_owned));
            }
            for column in numbers {
                names.own_numbers.extend(row.get::<Option<String>>(column)?);
            }
        }
    }
    names.own.sort_unstable();
    names.own.dedup();
    let sexes = gathered.iter().filter(|table| table.holding.table == "person_version");
    let sexes: BTreeSet<String> =
        sexes.flat_map(|table| &table.rows).map(|(_, row)| row.get("sex")).collect::<Result<_>>()?;
    names.titles_of_others = match (sexes.contains("male"), sexes.contains("female")) {
        (true, false) => vec!["mrs", "ms", "miss"],
        (false, true) => vec!["mr", "master"],
        // Not known, or recorded as both at times: either may be theirs.
        _ => Vec::new(),
    };
    Ok(names)
}

/// A finished copy, to be kept.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The JSON file.
    pub file: String,
    /// Its fingerprint.
    pub hash: String,
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub pages: i64,
    /// Passages in it.
    pub passages: i64,
    /// Passages withheld.
    pub withheld: i64,
}

/// Keeps a copy as it was made; whether its number was still free, and the request open.
///
/// # Errors
/// When the database refuses.
pub fn keep<C: Capability>(
    w: &mut Writer<'_, C>,
    request: Uuid,
    version: i64,
    made: &Finished,
    at: Timestamp,
) -> Result<bool> {
    if !lock_open(w, request)? {
        return Ok(false);
    }
    let (by, account) = (w.by(), w.actor().account);
    w.record(
        Event::new("subject access: copy made", "subject access", request)
            .with(format!("copy {version}, {} passages, {} withheld", made.passages, made.withheld)),
    );
    let kept = w.execute(
        sql("INSERT INTO access_export (id, request_id, version, hash, document, pdf, pages, passages, withheld, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (request_id, version) DO NOTHING"),
        &[&Uuid::now_v7(), &request, &version, &made.hash, &made.file, &made.pdf, &made.pages, &made.passages, &made.withheld, &at, &account, &by],
    )?;
    Ok(kept > 0)
}

/// The bytes of a kept copy: its PDF and its JSON file.
///
/// # Errors
/// When the database can't be read.
pub fn bytes_of<C: Capability>(
    r: &mut Reader<'_, C>,
    request: Uuid,
    version: i64,
) -> Result<Option<(Vec<u8>, String)>> {
    let row = r.maybe(
        sql("SELECT pdf, document FROM access_export WHERE request_id = $1 AND version = $2"),
        &[&request, &version],
    )?;
    r.saw(
        Event::new("subject access: copy fetched", "subject access", request).with(format!("copy {version}")),
    );
    row.map(|row| Ok((row.get("pdf")?, row.get("document")?))).transpose()
}
