//! Projects and boroughs.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ProjectId;
use jiff::Timestamp;
use store::{Read, Result, sql};
use uuid::Uuid;

/// A project to be set up.
#[derive(Debug, Clone)]
pub struct NewProject {
    /// Its name, unique in the service.
    pub name: String,
    /// What sort of site: court, probation office, women's centre.
    pub kind: String,
    /// Whether all women are seen as standard.
    pub women_as_standard: bool,
}

/// A project as the administrator sees it.
#[derive(Debug, Clone)]
pub(super) struct ProjectRow {
    pub(super) id: ProjectId,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) women_as_standard: bool,
    pub(super) closed_at: Option<Timestamp>,
    pub(super) boroughs: Vec<(Uuid, String)>,
    pub(super) courts: Vec<(String, String)>,
}

/// Sets up a project.
///
/// # Errors
/// When the database refuses; a taken name is a duplicate.
pub fn create_project<C: Capability>(w: &mut Writer<'_, C>, new: &NewProject) -> Result<ProjectId> {
    let id = ProjectId::fresh();
    w.record(Event::new("project set up", "project", id).with(&new.name));
    w.execute(
        sql(
            "INSERT INTO project (id, name, kind, women_as_standard, created_at) VALUES ($1, $2, $3, $4, $5)",
        ),
        &[&id, &new.name, &new.kind, &new.women_as_standard, &clock::now()],
    )?;
    Ok(id)
}

/// Changes a project's name, kind and standard; a taken name is a duplicate.
pub(super) fn change_project<C: Capability>(
    w: &mut Writer<'_, C>,
    old: &ProjectRow,
    new: &NewProject,
) -> Result<()> {
    let said = |name: &str, kind: &str, women: bool| format!("{name}; {kind}; women as standard: {women}");
    w.record(Event::new("project changed", "project", old.id).with(format!(
        "from {} to {}",
        said(&old.name, &old.kind, old.women_as_standard),
        said(&new.name, &new.kind, new.women_as_standard)
    )));
    w.execute(
        sql("UPDATE project SET name = $1, kind = $2, women_as_standard = $3 WHERE id = $4"),
        &[&new.name, &new.kind, &new.women_as_standard, &old.id],
    )?;
    Ok(())
}

/// Closes a project, or opens it again.
pub(super) fn close_project<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ProjectId,
    closed_at: Option<Timestamp>,
) -> Result<()> {
    w.record(Event::new(
        if closed_at.is_some() { "project closed" } else { "project opened again" },
        "project",
        id,
    ));
    w.execute(sql("UPDATE project SET closed_at = $1 WHERE id = $2"), &[&closed_at, &id])?;
    Ok(())
}

/// Adds a borough by name (once), and says that a project works in it.
///
/// # Errors
/// When the database refuses.
pub fn create_borough<C: Capability>(w: &mut Writer<'_, C>, project: ProjectId, name: &str) -> Result<()> {
    w.record(Event::new("borough added to project", "project", project).with(name));
    w.execute(
        sql("INSERT INTO borough (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"),
        &[&Uuid::now_v7(), &name],
    )?;
    w.execute(
        sql("INSERT INTO project_borough (project_id, borough_id) SELECT $1, id FROM borough WHERE name = $2 AND NOT EXISTS (SELECT 1 FROM project_borough x WHERE x.project_id = $3 AND x.borough_id = borough.id)"),
        &[&project, &name, &project],
    )?;
    Ok(())
}

/// The borough as it is spelled already, whatever the capitals; as typed when it is new.
pub(super) fn borough_spelled<C: Capability>(r: &mut Reader<'_, C>, typed: &str) -> Result<String> {
    let spelled = r
        .maybe(sql("SELECT name FROM borough WHERE LOWER(name) = LOWER($1) ORDER BY name"), &[&typed])?
        .map(|row| row.get("name"))
        .transpose()?;
    Ok(spelled.unwrap_or_else(|| typed.to_owned()))
}

/// Takes a borough from a project.
pub(super) fn remove_borough<C: Capability>(
    w: &mut Writer<'_, C>,
    project: ProjectId,
    (borough, name): (Uuid, &str),
) -> Result<()> {
    w.record(Event::new("borough taken from project", "project", project).with(name));
    w.execute(
        sql("DELETE FROM project_borough WHERE project_id = $1 AND borough_id = $2"),
        &[&project, &borough],
    )?;
    Ok(())
}

/// All projects with their boroughs and courts, by name.
pub(super) fn projects<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<ProjectRow>> {
    let mut rows: Vec<ProjectRow> = r
        .query(sql("SELECT id, name, kind, women_as_standard, closed_at FROM project ORDER BY name"), &[])?
        .iter()
        .map(|row| {
            Ok(ProjectRow {
                id: row.get("id")?,
                name: row.get("name")?,
                kind: row.get("kind")?,
                women_as_standard: row.get("women_as_standard")?,
                closed_at: row.get("closed_at")?,
                boroughs: Vec::new(),
                courts: Vec::new(),
            })
        })
        .collect::<Result<_>>()?;
    for row in r.query(sql("SELECT x.project_id, b.id, b.name FROM project_borough x JOIN borough b ON b.id = x.borough_id ORDER BY b.name"), &[])? {
        let id: ProjectId = row.get("project_id")?;
        if let Some(project) = rows.iter_mut().find(|p| p.id == id) {
            project.boroughs.push((row.get("id")?, row.get("name")?));
        }
    }
    for row in r.query(sql("SELECT l.project_id, c.code, c.name FROM project_court l JOIN court c ON c.code = l.court_code WHERE l.ended_at IS NULL ORDER BY c.name"), &[])? {
        let id: ProjectId = row.get("project_id")?;
        if let Some(project) = rows.iter_mut().find(|p| p.id == id) {
            project.courts.push((row.get("code")?, row.get("name")?));
        }
    }
    Ok(rows)
}

/// One project with its boroughs and courts.
pub(super) fn find_project<C: Capability>(
    r: &mut Reader<'_, C>,
    id: ProjectId,
) -> Result<Option<ProjectRow>> {
    Ok(projects(r)?.into_iter().find(|project| project.id == id))
}

/// Names of the projects that stand, with their ids, for pickers.
///
/// # Errors
/// When the database can't be read.
pub fn project_names<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<(ProjectId, String)>> {
    r.query(sql("SELECT id, name FROM project WHERE closed_at IS NULL ORDER BY name"), &[])?
        .iter()
        .map(|row| Ok((row.get("id")?, row.get("name")?)))
        .collect()
}

/// The name of a project; empty when there is none.
///
/// # Errors
/// When the database can't be read.
pub fn name_of_project(r: &mut Read<'_>, id: ProjectId) -> Result<String> {
    let row = r.maybe(sql("SELECT name FROM project WHERE id = $1"), &[&id])?;
    row.map_or_else(|| Ok(String::new()), |row| row.get("name"))
}

/// The project with this name; an error in words when there is none.
///
/// # Errors
/// When there is none, or the database can't be read.
pub fn project_by_name<C: Capability>(w: &mut Writer<'_, C>, name: &str) -> Result<ProjectId> {
    match w.maybe(sql("SELECT id FROM project WHERE name = $1"), &[&name])? {
        Some(row) => row.get("id"),
        None => Err(store::Error::Migration(format!("there is no project named {name:?}"))),
    }
}
