//! On what ground a project holds somebody's record. Another question than what may be told to others.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ProjectId;
use crate::people::{Person, ids_of};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Result, sql};
use uuid::Uuid;

/// A ground to be kept.
#[derive(Debug, Clone)]
pub struct NewBasis {
    /// Which project holds the record on it.
    pub project: ProjectId,
    /// The ground, in the deployer's words.
    pub words: String,
    /// How the person was told what is kept of them; empty when they were not.
    pub told: String,
    /// From which day.
    pub from_day: Date,
}

/// A ground as it was kept.
#[derive(Debug, Clone)]
pub struct Basis {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The ground.
    pub words: String,
    /// How the person was told.
    pub told: String,
    /// From which day.
    pub from_day: Date,
    /// When it was written down.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// Keeps the ground on which a project holds somebody's record; the earlier one stays.
///
/// # Errors
/// When the database refuses.
pub fn record_basis<C: Capability>(w: &mut Writer<'_, C>, person: &Person, new: &NewBasis) -> Result<()> {
    w.record(
        Event::new("lawful basis recorded", "person", person.id()).with(format!("project {}", new.project)),
    );
    let (by, now) = (w.by(), clock::now());
    w.execute(
        sql("INSERT INTO lawful_basis (id, person_id, project_id, words, told, from_day, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[&Uuid::now_v7(), &person.id(), &new.project, &new.words, &new.told, &new.from_day, &now, &by],
    )?;
    Ok(())
}

/// The grounds of the projects in scope, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn bases<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<Vec<Basis>> {
    let (all, projects) = r.projects();
    let ids = ids_of(r, person)?;
    let mut out: Vec<Basis> = r
        .query_list(
            sql("SELECT b.*, j.name AS project_name FROM lawful_basis b JOIN project j ON j.id = b.project_id WHERE b.person_id IN ($LIST)"),
            &[],
            &ids,
        )?
        .iter()
        .map(|row| {
            Ok(Basis {
                project: row.get("project_id")?,
                project_name: row.get("project_name")?,
                words: row.get("words")?,
                told: row.get("told")?,
                from_day: row.get("from_day")?,
                at: row.get("at")?,
                by: row.get("by_words")?,
            })
        })
        .collect::<Result<_>>()?;
    out.retain(|b| all || projects.contains(&Uuid::from(b.project)));
    out.sort_by_key(|b| std::cmp::Reverse((b.from_day, b.at)));
    Ok(out)
}
