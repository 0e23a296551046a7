//! An assessment: begun, found, listed.

use super::signing::{Signature, signatures};
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{AssessmentId, ListingId, PersonId, ProjectId};
use crate::people::{self, Person};
use jiff::Timestamp;
use store::{Read, Result, Row, sql};

/// An assessment of a person in scope; only [`find`] makes one.
#[derive(Debug, Clone)]
pub struct Assessment {
    id: AssessmentId,
    /// The person.
    pub person: Person,
    /// The rest of it.
    pub about: Listed,
}

impl Assessment {
    /// The id.
    #[must_use]
    pub fn id(&self) -> AssessmentId {
        self.id
    }

    /// Whether it is signed: changes are corrections from then on.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.about.signature.is_some()
    }
}

/// An assessment as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The id.
    pub id: AssessmentId,
    /// The record it hangs on (one that was merged into the person's, perhaps).
    pub person: PersonId,
    /// The project in which it was made.
    pub project: ProjectId,
    /// The line it began from.
    pub listing: Option<ListingId>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// By whom.
    pub begun_by: String,
    /// The signature, with its countersignatures.
    pub signature: Option<Signature>,
}

impl Listed {
    /// How far it is, in words.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match &self.signature {
            None => "Begun",
            Some(s) if s.waits_for_countersignature() => "Signed, waits for countersignature",
            Some(s) if s.countersignatures.is_empty() => "Signed",
            Some(_) => "Signed and countersigned",
        }
    }
}

fn listed(row: &Row) -> Result<Listed> {
    Ok(Listed {
        id: row.get("id")?,
        person: row.get("person_id")?,
        project: row.get("project_id")?,
        listing: row.get("listing_id")?,
        begun_at: row.get("begun_at")?,
        begun_by: row.get("begun_by")?,
        signature: None,
    })
}

/// Begins an assessment.
///
/// # Errors
/// When the database refuses.
pub fn begin<C: Capability>(
    w: &mut Writer<'_, C>,
    id: AssessmentId,
    person: &Person,
    project: ProjectId,
    listing: Option<ListingId>,
) -> Result<()> {
    let (by, account) = (w.by(), w.actor().account);
    w.record(Event::new("assessment begun", "assessment", id).with(format!("person {}", person.id())));
    w.execute(
        sql("INSERT INTO assessment (id, person_id, project_id, listing_id, begun_at, begun_by, account_id) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &person.id(), &project, &listing, &clock::now(), &by, &account],
    )?;
    people::note_contact(w, person, project, clock::now())
}

/// The assessment with this id, if its person is in scope.
///
/// # Errors
/// When the database can't be read.
pub fn find<C: Capability>(r: &mut Reader<'_, C>, id: AssessmentId) -> Result<Option<Assessment>> {
    let Some(row) = r.maybe(sql("SELECT * FROM assessment WHERE id = $1"), &[&id])? else { return Ok(None) };
    let mut about = listed(&row)?;
    let Some(person) = people::find(r, about.person)? else { return Ok(None) };
    about.signature = signatures(r, &[id])?.remove(&id);
    r.saw(Event::new("assessment opened", "assessment", id));
    Ok(Some(Assessment { id, person, about }))
}

/// Assessments of these people, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn of(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<Listed>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut all: Vec<Listed> = r
        .query_list(
            sql("SELECT * FROM assessment WHERE person_id IN ($LIST) ORDER BY begun_at DESC, id DESC"),
            &[],
            people,
        )?
        .iter()
        .map(listed)
        .collect::<Result<_>>()?;
    sign_all(r, &mut all)?;
    Ok(all)
}

/// Signed assessments of these projects that wait for somebody to countersign them, oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn waiting<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Listed>> {
    let (all, projects) = r.projects();
    let mut found: Vec<Listed> = r
        .query_list(
            sql("SELECT a.* FROM assessment a JOIN assessment_signature s ON s.assessment_id = a.id WHERE s.countersign AND ($1 OR a.project_id IN ($LIST)) ORDER BY s.at, a.id"),
            &[&all],
            &projects,
        )?
        .iter()
        .map(listed)
        .collect::<Result<_>>()?;
    sign_all(r, &mut found)?;
    found.retain(|a| a.signature.as_ref().is_some_and(Signature::waits_for_countersignature));
    Ok(found)
}

/// Assessments of these projects that were begun and are not signed, oldest first, with the account that began each.
///
/// # Errors
/// When the database can't be read.
pub fn begun<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<(Listed, Option<uuid::Uuid>)>> {
    let (all, projects) = r.projects();
    r.query_list(
        sql("SELECT a.* FROM assessment a WHERE NOT EXISTS (SELECT 1 FROM assessment_signature s WHERE s.assessment_id = a.id) AND ($1 OR a.project_id IN ($LIST)) ORDER BY a.begun_at, a.id"),
        &[&all],
        &projects,
    )?
    .iter()
    .map(|row| Ok((listed(row)?, row.get("account_id")?)))
    .collect()
}

fn sign_all(r: &mut Read<'_>, all: &mut [Listed]) -> Result<()> {
    let ids: Vec<AssessmentId> = all.iter().map(|a| a.id).collect();
    let mut signed = signatures(r, &ids)?;
    for assessment in all {
        assessment.signature = signed.remove(&assessment.id);
    }
    Ok(())
}
