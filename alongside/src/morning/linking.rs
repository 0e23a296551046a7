//! A human's decision on who stands on a line, which can be taken back.

use super::candidates::candidates;
use super::take_in::bump;
use super::work::Found;
use super::written::record_of;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{ListingId, PersonId, ProjectId};
use crate::people::{
    Details, NewPerson, Sex, end_episode_of, learn_names, look_for, open_episode_for, register, unlearn_names,
};
use jiff::Timestamp;
use jiff::civil::Date;
use linkage::Record;
use store::{Result, sql};
use uuid::Uuid;

/// A standing decision.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Its id.
    pub id: Uuid,
    /// About whom, as their record stands now.
    pub person: PersonId,
    /// It was about a record that was merged into that one since. A refusal of the one says nothing of the two together.
    pub of_merged: bool,
    /// same, not-same, cannot-tell.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Standing decisions about a line, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn decisions<C: Capability>(r: &mut Reader<'_, C>, line: &Found) -> Result<Vec<Decided>> {
    r.query(
        sql("SELECT d.id, COALESCE(p.merged_into, p.id) AS person_id, p.merged_into, d.decision, d.reason, d.by_words, d.at FROM link_decision d JOIN person p ON p.id = d.person_id JOIN listing l ON l.id = d.listing_id WHERE (l.id = $1 OR l.joined_into = $2) AND d.undone_at IS NULL ORDER BY d.at DESC"),
        &[&line.id(), &line.id()],
    )?
    .iter()
    .map(|row| {
        Ok(Decided {
            id: row.get("id")?,
            person: row.get("person_id")?,
            of_merged: row.get::<Option<PersonId>>("merged_into")?.is_some(),
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
    lock_day(w, line.court.code(), line.date)?;
    let open = w.reading(|r| candidates(r, line))?.into_iter().any(|c| c.person == person && c.in_scope);
    if !open {
        return Ok(Err(Refusal::NotACandidate));
    }
    if decision == Decision::Same && linked(w, line)? {
        return Ok(Err(Refusal::AlreadyLinked));
    }
    let kept = insert(w, line, person, decision.key(), reason)?;
    // The person now stands on the list of a court this project serves: that is an involvement.
    if let (Decision::Same, Some(project)) = (decision, line.court.projects.first()) {
        open_episode_for(w, person, *project, Some(kept))?;
    }
    bump(w, line.court.code(), line.date)?;
    Ok(Ok(()))
}

/// Locks the line's day until this unit is done: whoever else decides about a line of it waits, and then sees what was decided.
/// Two people who decide at once must not link one line to two.
pub(super) fn lock_day<C: Capability>(w: &mut Writer<'_, C>, code: &str, date: Date) -> Result<()> {
    // Changes nothing but who waits for whom, so it is no event.
    let lock = sql("UPDATE court_day SET version = version WHERE court_code = $1 AND list_date = $2");
    w.raw_for_operator().execute(lock, &[&code, &date])?;
    Ok(())
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
) -> Result<Uuid> {
    let (id, by, now) = (Uuid::now_v7(), w.by(), clock::now());
    w.record(
        Event::new("recognition decided", "listing", line.id()).with(format!("{decision}: person {person}")),
    );
    let before = w.query(
        sql("SELECT id FROM link_decision WHERE listing_id = $1 AND person_id = $2 AND undone_at IS NULL"),
        &[&line.id(), &person],
    )?;
    for row in before {
        let there: Uuid = row.get("id")?;
        w.execute(
            sql("UPDATE link_decision SET undone_at = $1, undone_by = $2 WHERE id = $3"),
            &[&now, &by, &there],
        )?;
        end_episode_of(w, there)?;
        unlearn_names(w, there)?;
    }
    w.execute(
        sql("INSERT INTO link_decision (id, listing_id, person_id, decision, reason, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &line.id(), &person, &decision, &reason, &now, &by],
    )?;
    if decision == Decision::Same.key() {
        let listed = record_on(w, line.id())?;
        learn_names(w, person, id, &listed.aliases)?;
    }
    Ok(id)
}

/// Takes back a decision about a line, the hold on the person that it gave a project, and the other names that the line taught.
///
/// # Errors
/// When the database refuses.
pub fn take_back<C: Capability>(w: &mut Writer<'_, C>, line: &Found, decision: Uuid) -> Result<()> {
    lock_day(w, line.court.code(), line.date)?;
    let by = w.by();
    w.record(Event::new("recognition taken back", "listing", line.id()).with(format!("decision {decision}")));
    let undone = w.execute(
        sql("UPDATE link_decision SET undone_at = $1, undone_by = $2 WHERE id = $3 AND undone_at IS NULL AND listing_id IN (SELECT id FROM listing WHERE id = $4 OR joined_into = $5)"),
        &[&clock::now(), &by, &decision, &line.id(), &line.id()],
    )?;
    if undone > 0 {
        end_episode_of(w, decision)?;
        unlearn_names(w, decision)?;
    }
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
    lock_day(w, line.court.code(), line.date)?;
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

/// What recognition compares of a line.
fn record_on<C: Capability>(w: &mut Writer<'_, C>, id: ListingId) -> Result<Record> {
    let row = w.one(sql("SELECT detail FROM listing WHERE id = $1"), &[&id])?;
    let detail: super::line::LineDetail = super::take_in::from_json(&row.get::<String>("detail")?)?;
    Ok(record_of(&detail.person))
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
