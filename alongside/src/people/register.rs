//! Making and finding records.

use super::details::Details;
use super::index;
use super::restricted::{Reach, address_withheld, reach};
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
    /// What is known; without the address where it is withheld from the reader.
    pub details: Details,
    /// The address is withheld from the reader.
    pub address_withheld: bool,
    by_glass: bool,
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

/// The person with this id, if they (or a record merged into theirs) have an episode in a project in scope, or the reader
/// opened the record by breaking the glass; and if the record is not limited to others. Otherwise there is no such person. A
/// merged record's id leads to the record that was kept.
///
/// # Errors
/// When the database can't be read.
pub fn find<C: Capability>(r: &mut Reader<'_, C>, id: PersonId) -> Result<Option<Person>> {
    let (id, by_glass) = match reach(r, id)? {
        Some(Reach::Own(id)) => (id, false),
        Some(Reach::ByGlass(id)) => (id, true),
        Some(Reach::Closed(_)) | None => return Ok(None),
    };
    let row = r.one(
        sql("SELECT p.version AS current_version, v.* FROM person p JOIN person_version v ON v.person_id = p.id AND v.version = p.version WHERE p.id = $1"),
        &[&id],
    )?;
    let address_withheld = address_withheld(r, &[id])?.contains(&id);
    let mut details = Details::from_row(&row)?;
    if address_withheld {
        details.withhold_address();
    }
    r.saw(Event::new(
        if by_glass { "person opened through the glass" } else { "person opened" },
        "person",
        id,
    ));
    Ok(Some(Person { id, version: row.get("current_version")?, details, address_withheld, by_glass }))
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
    let mut kept = details.clone();
    if person.address_withheld {
        // Whoever does not see the address does not change it.
        let row = w.one(
            sql("SELECT * FROM person_version WHERE person_id = $1 AND version = $2"),
            &[&person.id, &person.version],
        )?;
        kept.take_address_of(&Details::from_row(&row)?);
    }
    let mut versions = Many::of(INSERT_VERSION);
    add_version(&mut versions, person.id, version, now, &by, source, &kept);
    w.execute_many(&versions)?;
    index::renew(w, person.id)?;
    Ok(Ok(()))
}

/// Opens an episode of a person in a project, unless one is open there, be it of a record that was merged into theirs: when
/// the two are taken apart, nobody holds a record that they did not hold before.
///
/// # Errors
/// When the database refuses.
pub fn open_episode<C: Capability>(
    w: &mut Writer<'_, C>,
    person: PersonId,
    project: ProjectId,
) -> Result<()> {
    open_episode_for(w, person, project, None)
}

/// The same, for a decision on who stands on a line: what it opened can be taken back with it by [`end_episode_of`].
///
/// # Errors
/// When the database refuses.
pub fn open_episode_for<C: Capability>(
    w: &mut Writer<'_, C>,
    person: PersonId,
    project: ProjectId,
    decision: Option<Uuid>,
) -> Result<()> {
    let open = w.maybe(
        sql("SELECT e.id FROM episode e JOIN person x ON x.id = e.person_id WHERE (x.id = $1 OR x.merged_into = $1) AND e.project_id = $2 AND e.closed_at IS NULL"),
        &[&person, &project],
    )?;
    if open.is_some() {
        return Ok(());
    }
    let by = w.by();
    w.record(Event::new("episode opened", "person", person).with(format!("project {project}")));
    let (id, now) = (Uuid::now_v7(), clock::now());
    w.execute(INSERT_EPISODE, &[&id, &person, &project, &now, &by, &now])?;
    if decision.is_some() {
        w.execute(sql("UPDATE episode SET link_decision = $1 WHERE id = $2"), &[&decision, &id])?;
    }
    Ok(())
}

/// Takes away the episode that a decision on a line opened, when the decision is taken back: a project that a mistake brought to
/// a record must not keep it. It stays where anybody met or spoke with the person since, and where another line of a court
/// that the project serves is linked to the same person; then it rests on that.
///
/// # Errors
/// When the database refuses.
pub fn end_episode_of<C: Capability>(w: &mut Writer<'_, C>, decision: Uuid) -> Result<()> {
    let rows = w.query(
        sql("SELECT id, person_id, project_id FROM episode WHERE link_decision = $1 AND last_contact_at = opened_at AND closed_at IS NULL"),
        &[&decision],
    )?;
    for row in rows {
        let (id, person, project): (Uuid, PersonId, ProjectId) =
            (row.get("id")?, row.get("person_id")?, row.get("project_id")?);
        let other = w.maybe(
            sql("SELECT d.id FROM link_decision d JOIN listing l ON l.id = d.listing_id JOIN project_court c ON c.court_code = l.court_code JOIN person x ON x.id = d.person_id WHERE (x.id = $1 OR x.merged_into = $1) AND c.project_id = $2 AND d.decision = 'same' AND d.undone_at IS NULL ORDER BY d.at LIMIT 1"),
            &[&person, &project],
        )?;
        if let Some(other) = other {
            let other: Uuid = other.get("id")?;
            w.execute(sql("UPDATE episode SET link_decision = $1 WHERE id = $2"), &[&other, &id])?;
            continue;
        }
        w.record(Event::new("episode taken back", "person", person).with(format!("project {project}")));
        w.execute(sql("DELETE FROM episode WHERE id = $1"), &[&id])?;
    }
    Ok(())
}

/// The projects in scope that have or had an episode of the person, the latest contact first.
///
/// # Errors
/// When the database can't be read.
pub fn project_names_of<C: Capability>(
    r: &mut Reader<'_, C>,
    person: &Person,
) -> Result<Vec<(ProjectId, String)>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT j.id, j.name, e.last_contact_at FROM episode e JOIN project j ON j.id = e.project_id JOIN person x ON x.id = e.person_id WHERE (x.id = $1 OR x.merged_into = $1) AND ($2 OR e.project_id IN ($LIST)) ORDER BY e.last_contact_at DESC, j.name"),
        &[&person.id, &all],
        &projects,
    )?;
    let mut out: Vec<(ProjectId, String)> = Vec::new();
    for row in rows {
        let id: ProjectId = row.get("id")?;
        if !out.iter().any(|(there, _)| *there == id) {
            out.push((id, row.get("name")?));
        }
    }
    Ok(out)
}

/// Notes that somebody of a project met or spoke with a person: their episode opens if none is open, and its last contact
/// moves, never back.
///
/// # Errors
/// When the database refuses.
pub fn note_contact<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    project: ProjectId,
    at: Timestamp,
) -> Result<()> {
    open_episode(w, person.id, project)?;
    w.record(Event::new("contact noted", "person", person.id));
    w.execute(
        sql("UPDATE episode SET last_contact_at = $1 WHERE person_id IN (SELECT id FROM person WHERE id = $2 OR merged_into = $2) AND project_id = $3 AND closed_at IS NULL AND last_contact_at < $4"),
        &[&at, &person.id, &project, &at],
    )?;
    Ok(())
}

/// The projects a person has had an episode in, with the newest open one first. For pages that ask whether another role of
/// the same account reaches the person.
///
/// # Errors
/// When the database can't be read.
pub fn projects_of<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<Vec<ProjectId>> {
    r.query(
        sql("SELECT e.project_id FROM episode e JOIN person x ON x.id = e.person_id WHERE x.id = $1 OR x.merged_into = $2 ORDER BY CASE WHEN e.closed_at IS NULL THEN 0 ELSE 1 END, e.opened_at DESC, e.id"),
        &[&person.id, &person.id],
    )?
    .iter()
    .map(|row| row.get("project_id"))
    .collect()
}

/// The project in scope that works with a person: that of the newest open episode, else of the newest.
///
/// # Errors
/// When the database can't be read.
pub fn project_with<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<Option<ProjectId>> {
    let (all, projects) = r.projects();
    let theirs = projects_of(r, person)?;
    Ok(theirs.into_iter().find(|project| all || projects.contains(&Uuid::from(*project))))
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
    // Through the glass the whole of this one record is seen.
    let all = all || person.by_glass;
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
