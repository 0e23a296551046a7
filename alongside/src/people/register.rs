//! Making and finding records.

use super::details::Details;
use super::index;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{PersonId, ProjectId};
use jiff::Timestamp;
use store::{Many, Result, Statement, sql};
use uuid::Uuid;

/// A person the reader may see. Having one is the proof: only [`find`] makes it.
#[derive(Debug, Clone)]
pub struct Person {
    id: PersonId,
    /// The version shown.
    pub version: i64,
    /// What is known.
    pub details: Details,
}

impl Person {
    /// The id, for addresses and links.
    #[must_use]
    pub fn id(&self) -> PersonId {
        self.id
    }
}

/// A person to be put on the register.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// What is known.
    pub details: Details,
    /// Where it comes from: "court list of 23 November 2026".
    pub source: String,
    /// The project that opens the first episode.
    pub project: ProjectId,
}

/// The person with this id, if they (or a record merged into theirs) have an episode in a project in scope. Otherwise there is
/// no such person. A merged record's id leads to the record that was kept.
///
/// # Errors
/// When the database can't be read.
pub fn find<C: Capability>(r: &mut Reader<'_, C>, id: PersonId) -> Result<Option<Person>> {
    let (all, projects) = r.projects();
    let kept = r.maybe(sql("SELECT COALESCE(merged_into, id) AS kept FROM person WHERE id = $1"), &[&id])?;
    let Some(id) = kept.map(|row| row.get::<PersonId>("kept")).transpose()? else { return Ok(None) };
    let rows = r.query_list(
        sql("SELECT p.version AS current_version, v.* FROM person p JOIN person_version v ON v.person_id = p.id AND v.version = p.version WHERE p.id = $1 AND EXISTS (SELECT 1 FROM episode e JOIN person x ON x.id = e.person_id WHERE (x.id = $1 OR x.merged_into = $1) AND ($2 OR e.project_id IN ($LIST)))"),
        &[&id, &all],
        &projects,
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    r.saw(Event::new("person opened", "person", id));
    Ok(Some(Person { id, version: row.get("current_version")?, details: Details::from_row(row)? }))
}

/// Puts a person on the register, with their first episode, and keeps recognition's tables current.
///
/// # Errors
/// When the database refuses.
pub fn register<C: Capability>(w: &mut Writer<'_, C>, new: &NewPerson) -> Result<PersonId> {
    let ids = register_many(w, std::slice::from_ref(new))?;
    ids.first().copied().ok_or(store::Error::Rows(0))
}

/// As [`register`], for many at once: a few statements for all their rows, and term counts summed first.
///
/// # Errors
/// When the database refuses.
pub fn register_many<C: Capability>(w: &mut Writer<'_, C>, people: &[NewPerson]) -> Result<Vec<PersonId>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let (now, by) = (clock::now(), w.by());
    let mut persons =
        Many::of(sql("INSERT INTO person (id, created_at, created_by, version) VALUES ($1, $2, $3, 1)"));
    let mut versions = Many::of(INSERT_VERSION);
    let mut episodes = Many::of(INSERT_EPISODE);
    let mut rows = index::Rows::new();
    let mut ids = Vec::with_capacity(people.len());
    for new in people {
        let id = PersonId::fresh();
        w.record(Event::new("person put on the register", "person", id).with(&new.source));
        persons.add(&[&id, &now, &by]);
        add_version(&mut versions, id, 1, now, &by, &new.source, &new.details);
        episodes.add(&[&Uuid::now_v7(), &id, &new.project, &now, &by, &now]);
        rows.add(id, &new.details.record())?;
        *rows.counts.entry(("people", String::new())).or_default() += 1;
        ids.push(id);
    }
    w.execute_many(&persons)?;
    w.execute_many(&versions)?;
    w.execute_many(&episodes)?;
    rows.write(w)?;
    Ok(ids)
}

const INSERT_EPISODE: Statement = sql(
    "INSERT INTO episode (id, person_id, project_id, opened_at, opened_by, last_contact_at) VALUES ($1, $2, $3, $4, $5, $6)",
);
const INSERT_VERSION: Statement = sql(
    "INSERT INTO person_version (person_id, version, at, by_words, source, forename, middle_names, surname, date_of_birth, sex, pnc, cro, nhs_number, prison_number, crn, house, street, town, postcode) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
);

fn add_version(
    versions: &mut Many,
    id: PersonId,
    version: i64,
    at: Timestamp,
    by: &str,
    source: &str,
    d: &Details,
) {
    versions.add(&[
        &id,
        &version,
        &at,
        &by,
        &source,
        &d.forename,
        &d.middle_names,
        &d.surname,
        &d.date_of_birth,
        &d.sex.key(),
        &d.pnc,
        &d.cro,
        &d.nhs_number,
        &d.prison_number,
        &d.crn,
        &d.house,
        &d.street,
        &d.town,
        &d.postcode,
    ]);
}

/// Why a change was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotKept {
    /// Somebody changed the record since the page was drawn: both versions stand, the later one is shown.
    ChangedMeanwhile,
}

/// Gives a person a new version of their details; the old one stays.
///
/// # Errors
/// When the database refuses.
pub fn revise<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    details: &Details,
    source: &str,
) -> Result<Result<(), NotKept>> {
    let (now, by, version) = (clock::now(), w.by(), person.version + 1);
    w.record(
        Event::new("person's details changed", "person", person.id)
            .with(format!("version {version}; {source}")),
    );
    let moved = w.execute(
        sql("UPDATE person SET version = $1 WHERE id = $2 AND version = $3"),
        &[&version, &person.id, &person.version],
    )?;
    if moved == 0 {
        return Ok(Err(NotKept::ChangedMeanwhile));
    }
    let mut versions = Many::of(INSERT_VERSION);
    add_version(&mut versions, person.id, version, now, &by, source, details);
    w.execute_many(&versions)?;
    index::renew(w, person.id)?;
    Ok(Ok(()))
}

/// Opens an episode of a person in a project, unless one is open there.
///
/// # Errors
/// When the database refuses.
pub fn open_episode<C: Capability>(
    w: &mut Writer<'_, C>,
    person: PersonId,
    project: ProjectId,
) -> Result<()> {
    let open = w.maybe(
        sql("SELECT id FROM episode WHERE person_id = $1 AND project_id = $2 AND closed_at IS NULL"),
        &[&person, &project],
    )?;
    if open.is_some() {
        return Ok(());
    }
    let by = w.by();
    w.record(Event::new("episode opened", "person", person).with(format!("project {project}")));
    let now = clock::now();
    w.execute(INSERT_EPISODE, &[&Uuid::now_v7(), &person, &project, &now, &by, &now])?;
    Ok(())
}

/// A person's involvement with a project.
#[derive(Debug, Clone)]
pub struct Episode {
    /// The project's name.
    pub project: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// When anybody last met or spoke about the person.
    pub last_contact_at: Timestamp,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
}

/// The person's episodes in the projects in scope, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn episodes<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<Vec<Episode>> {
    let (all, projects) = r.projects();
    r.query_list(
        sql("SELECT e.opened_at, e.last_contact_at, e.closed_at, j.name FROM episode e JOIN project j ON j.id = e.project_id JOIN person x ON x.id = e.person_id WHERE (x.id = $1 OR x.merged_into = $1) AND ($2 OR e.project_id IN ($LIST)) ORDER BY e.opened_at DESC"),
        &[&person.id, &all],
        &projects,
    )?
    .iter()
    .map(|row| {
        Ok(Episode {
            project: row.get("name")?,
            opened_at: row.get("opened_at")?,
            last_contact_at: row.get("last_contact_at")?,
            closed_at: row.get("closed_at")?,
        })
    })
    .collect()
}
