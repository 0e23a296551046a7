//! Is this the person we know? Candidates side by side, and a human's decision, which can be taken back.

use super::queries::episodes_in_scope;
use super::take_in::bump;
use super::work::Found;
use super::written::record_of;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{ListingId, PersonId, ProjectId};
use crate::people::{Details, Matched, NewPerson, Sex, address_withheld, look_for, open_episode, register};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use store::{Result, sql};
use uuid::Uuid;

/// A person of the register who may be the person on the line.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// How alike, and why.
    pub matched: Matched,
    /// Their record lies in a project of the reader.
    pub in_scope: bool,
    /// Names of the projects that hold them, when it does not: whom to ask.
    pub held_by: Vec<String>,
    /// What was decided, if anything.
    pub decision: Option<String>,
}

/// A standing decision.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Its id.
    pub id: Uuid,
    /// About whom.
    pub person: PersonId,
    /// same, not-same, cannot-tell.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The candidates of a line, best first.
///
/// # Errors
/// When the database can't be read.
pub fn candidates<C: Capability>(r: &mut Reader<'_, C>, line: &Found) -> Result<Vec<Candidate>> {
    let rows = r.query(
        sql("SELECT COALESCE(p.merged_into, p.id) AS person_id, c.comparison FROM candidate c JOIN person p ON p.id = c.person_id JOIN listing l ON l.id = c.listing_id WHERE l.id = $1 OR l.joined_into = $2 ORDER BY c.weight DESC, p.id"),
        &[&line.id(), &line.id()],
    )?;
    let mut found: Vec<(PersonId, Matched)> = Vec::new();
    for row in rows {
        let person: PersonId = row.get("person_id")?;
        if !found.iter().any(|(there, _)| *there == person) {
            found.push((person, super::take_in::from_json(&row.get::<String>("comparison")?)?));
        }
    }
    let people: Vec<PersonId> = found.iter().map(|(p, _)| *p).collect();
    let claimed = claimed_by_others(r, line, &people)?;
    for (person, matched) in &mut found {
        if claimed.contains(person) && !matched.warnings.iter().any(|w| w.contains("on this list")) {
            matched.warnings.push("somebody else on this list may be the same person of the register".into());
        }
    }
    let ours = episodes_in_scope(r, &people)?;
    let held = projects_of(r, &people)?;
    let decided = decisions(r, line)?;
    for person in address_withheld(r, &people)? {
        for (_, matched) in found.iter_mut().filter(|(there, _)| *there == person) {
            matched.withhold_address();
        }
    }
    Ok(found
        .into_iter()
        .map(|(person, matched)| Candidate {
            person,
            matched,
            in_scope: ours.contains_key(&person),
            held_by: held.get(&person).cloned().unwrap_or_default(),
            decision: decided.iter().find(|d| d.person == person).map(|d| d.decision.clone()),
        })
        .collect())
}

/// Which of these people are the best candidate of another line of the same day. Lines of one file warn of each other when
/// they are weighed; a line that a later file adds is weighed alone.
fn claimed_by_others<C: Capability>(
    r: &mut Reader<'_, C>,
    line: &Found,
    people: &[PersonId],
) -> Result<HashSet<PersonId>> {
    r.query_list(
        sql("SELECT DISTINCT COALESCE(p.merged_into, p.id) AS person_id FROM candidate c JOIN person p ON p.id = c.person_id JOIN listing l ON l.id = c.listing_id WHERE l.court_code = $1 AND l.list_date = $2 AND l.id <> $3 AND l.removed_at IS NULL AND l.joined_into IS NULL AND c.rank = 1 AND COALESCE(p.merged_into, p.id) IN ($LIST)"),
        &[&line.court.code(), &line.date, &line.id()],
        people,
    )?
    .iter()
    .map(|row| row.get("person_id"))
    .collect()
}

fn projects_of<C: Capability>(
    r: &mut Reader<'_, C>,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<String>>> {
    let mut out: HashMap<PersonId, Vec<String>> = HashMap::new();
    let rows = r.query_list(sql("SELECT e.person_id, p.name FROM episode e JOIN project p ON p.id = e.project_id WHERE e.person_id IN ($LIST) ORDER BY p.name"), &[], people)?;
    for row in rows {
        let (person, name): (PersonId, String) = (row.get("person_id")?, row.get("name")?);
        let names = out.entry(person).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(out)
}

/// Standing decisions about a line, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn decisions<C: Capability>(r: &mut Reader<'_, C>, line: &Found) -> Result<Vec<Decided>> {
    r.query(
        sql("SELECT d.id, COALESCE(p.merged_into, p.id) AS person_id, d.decision, d.reason, d.by_words, d.at FROM link_decision d JOIN person p ON p.id = d.person_id JOIN listing l ON l.id = d.listing_id WHERE (l.id = $1 OR l.joined_into = $2) AND d.undone_at IS NULL ORDER BY d.at DESC"),
        &[&line.id(), &line.id()],
    )?
    .iter()
    .map(|row| {
        Ok(Decided {
            id: row.get("id")?,
            person: row.get("person_id")?,
            decision: row.get("decision")?,
            reason: row.get("reason")?,
            by: row.get("by_words")?,
            at: row.get("at")?,
        })
    })
    .collect()
}

/// A human's word on one candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// This is the person.
    Same,
    /// This is somebody else.
    NotSame,
    /// It can't be told; the pair stays open.
    CannotTell,
}

impl Decision {
    /// From the form.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "same" => Some(Decision::Same),
            "not-same" => Some(Decision::NotSame),
            "cannot-tell" => Some(Decision::CannotTell),
            _ => None,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Decision::Same => "same",
            Decision::NotSame => "not-same",
            Decision::CannotTell => "cannot-tell",
        }
    }
}

/// Why a decision can't be kept.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The line is linked to somebody already: unlink first.
    AlreadyLinked,
    /// The person is no candidate of this line, or their record is not in the reader's projects.
    NotACandidate,
}

/// Keeps a decision about a candidate whose record the reader may open.
///
/// # Errors
/// When the database refuses.
pub fn decide<C: Capability>(
    w: &mut Writer<'_, C>,
    line: &Found,
    person: PersonId,
    decision: Decision,
    reason: &str,
) -> Result<Result<(), Refusal>> {
    let open = w.reading(|r| candidates(r, line))?.into_iter().any(|c| c.person == person && c.in_scope);
    if !open {
        return Ok(Err(Refusal::NotACandidate));
    }
    if decision == Decision::Same && linked(w, line)? {
        return Ok(Err(Refusal::AlreadyLinked));
    }
    insert(w, line, person, decision.key(), reason)?;
    if decision == Decision::Same {
        join_project(w, line, person)?;
    }
    bump(w, line.court.code(), line.date)?;
    Ok(Ok(()))
}

fn linked<C: Capability>(w: &mut Writer<'_, C>, line: &Found) -> Result<bool> {
    Ok(w.reading(|r| decisions(r, line))?.iter().any(|d| d.decision == "same"))
}

fn insert<C: Capability>(
    w: &mut Writer<'_, C>,
    line: &Found,
    person: PersonId,
    decision: &str,
    reason: &str,
) -> Result<()> {
    let (by, now) = (w.by(), clock::now());
    w.record(
        Event::new("recognition decided", "listing", line.id()).with(format!("{decision}: person {person}")),
    );
    w.execute(
        sql("UPDATE link_decision SET undone_at = $1, undone_by = $2 WHERE listing_id = $3 AND person_id = $4 AND undone_at IS NULL"),
        &[&now, &by, &line.id(), &person],
    )?;
    w.execute(
        sql("INSERT INTO link_decision (id, listing_id, person_id, decision, reason, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&Uuid::now_v7(), &line.id(), &person, &decision, &reason, &now, &by],
    )?;
    Ok(())
}

fn join_project<C: Capability>(w: &mut Writer<'_, C>, line: &Found, person: PersonId) -> Result<()> {
    // The person now stands on the list of a court this project serves: that is an involvement.
    match line.court.projects.first() {
        Some(project) => open_episode(w, person, *project),
        None => Ok(()),
    }
}

/// Takes back a decision about a line.
///
/// # Errors
/// When the database refuses.
pub fn take_back<C: Capability>(w: &mut Writer<'_, C>, line: &Found, decision: Uuid) -> Result<()> {
    let by = w.by();
    w.record(Event::new("recognition taken back", "listing", line.id()).with(format!("decision {decision}")));
    w.execute(
        sql("UPDATE link_decision SET undone_at = $1, undone_by = $2 WHERE id = $3 AND undone_at IS NULL AND listing_id IN (SELECT id FROM listing WHERE id = $4 OR joined_into = $5)"),
        &[&clock::now(), &by, &decision, &line.id(), &line.id()],
    )?;
    bump(w, line.court.code(), line.date)
}

/// Puts the person on the line on the register as somebody new, and links the line to them.
///
/// # Errors
/// When the database refuses.
pub fn register_from_line<C: Capability>(
    w: &mut Writer<'_, C>,
    line: &Found,
    project: ProjectId,
    reason: &str,
) -> Result<Result<PersonId, Refusal>> {
    if linked(w, line)? {
        return Ok(Err(Refusal::AlreadyLinked));
    }
    let details = details_on(w, line.id())?;
    let source = format!("court list of {}, {}", line.court.name, clock::day_words(line.date));
    let person = register(w, &NewPerson { details, source, project })?;
    look_for(w, &[person])?;
    insert(w, line, person, "same", reason)?;
    bump(w, line.court.code(), line.date)?;
    Ok(Ok(person))
}

fn details_on<C: Capability>(w: &mut Writer<'_, C>, id: ListingId) -> Result<Details> {
    let row = w.one(sql("SELECT detail, sex FROM listing WHERE id = $1"), &[&id])?;
    let detail: super::line::LineDetail = super::take_in::from_json(&row.get::<String>("detail")?)?;
    let record = record_of(&detail.person);
    let some = |text: String| (!text.trim().is_empty()).then_some(text);
    let address = record.addresses.into_iter().next().unwrap_or_default();
    Ok(Details {
        forename: some(record.name.forename),
        middle_names: some(record.name.middle),
        surname: some(record.name.surname),
        date_of_birth: detail.person.date_of_birth,
        sex: Sex::from_key(&row.get::<String>("sex")?),
        pnc: some(record.pnc),
        cro: some(record.cro),
        nhs_number: some(record.nhs),
        prison_number: some(record.prison_number),
        crn: some(record.crn),
        house: some(address.house),
        street: some(address.street),
        town: some(address.town),
        postcode: some(address.postcode),
    })
}

/// Keeps a decision about the best candidate of a line, if it has one that fits almost certainly.
///
/// # Errors
/// When the database refuses.
pub fn confirm<C: Capability>(
    w: &mut Writer<'_, C>,
    line: ListingId,
    decision: Decision,
    reason: &str,
) -> Result<bool> {
    let Some(found) = super::work::find_to_change(w, line)? else { return Ok(false) };
    let best =
        w.reading(|r| candidates(r, &found))?.into_iter().find(|c| c.matched.band == "certain" && c.in_scope);
    match best {
        Some(best) => Ok(decide(w, &found, best.person, decision, reason)?.is_ok()),
        None => Ok(false),
    }
}
