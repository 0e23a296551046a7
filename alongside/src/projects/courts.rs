//! Courts, and which projects serve them.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ProjectId;
use store::{Result, sql};
use uuid::Uuid;

/// A court that the reader's projects serve. Only this file makes one: having it is the proof of scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Court {
    code: String,
    /// "Thames Magistrates' Court".
    pub name: String,
    /// Whether any project serving it sees all women as standard.
    pub women_as_standard: bool,
    /// The projects of the reader that serve it.
    pub projects: Vec<ProjectId>,
}

impl Court {
    /// First five characters of the organisation unit code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }
}

/// "Thames" for "Thames Magistrates' Court".
#[must_use]
pub fn short_name(name: &str) -> &str {
    name.trim_end_matches(" Magistrates' Court").trim_end_matches(" Crown Court")
}

/// The courts that the projects in scope serve, by name.
///
/// # Errors
/// When the database can't be read.
pub fn courts_in_scope<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Court>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT c.code, c.name, p.id AS project_id, p.women_as_standard FROM project_court l JOIN court c ON c.code = l.court_code JOIN project p ON p.id = l.project_id WHERE l.ended_at IS NULL AND p.closed_at IS NULL AND ($1 OR p.id IN ($LIST)) ORDER BY c.name, c.code, p.name"),
        &[&all],
        &projects,
    )?;
    let mut courts: Vec<Court> = Vec::new();
    for row in rows {
        let (code, project): (String, ProjectId) = (row.get("code")?, row.get("project_id")?);
        let women: bool = row.get("women_as_standard")?;
        match courts.last_mut().filter(|court| court.code == code) {
            Some(court) => {
                court.projects.push(project);
                court.women_as_standard |= women;
            }
            None => courts.push(Court {
                code,
                name: row.get("name")?,
                women_as_standard: women,
                projects: vec![project],
            }),
        }
    }
    Ok(courts)
}

/// The court with this code, if a project in scope serves it.
///
/// # Errors
/// When the database can't be read.
pub fn court_in_scope<C: Capability>(r: &mut Reader<'_, C>, code: &str) -> Result<Option<Court>> {
    Ok(courts_in_scope(r)?.into_iter().find(|court| court.code == code))
}

/// The project that serves a court, when exactly one thing is wanted: the first by name.
///
/// # Errors
/// When the database can't be read.
pub fn project_serving<C: Capability>(w: &mut Writer<'_, C>, code: &str) -> Result<Option<ProjectId>> {
    let (all, projects) = w.projects();
    w.query_list(
        sql("SELECT p.id FROM project_court l JOIN project p ON p.id = l.project_id WHERE l.court_code = $1 AND l.ended_at IS NULL AND p.closed_at IS NULL AND ($2 OR p.id IN ($LIST)) ORDER BY p.name"),
        &[&code, &all],
        &projects,
    )?
    .first()
    .map(|row| row.get("id"))
    .transpose()
}

/// Adds a court, or renames it.
///
/// # Errors
/// When the database refuses.
pub fn add_court<C: Capability>(
    w: &mut Writer<'_, C>,
    code: &str,
    name: &str,
    psa_code: Option<&str>,
) -> Result<()> {
    w.record(Event::new("court added or renamed", "court", code));
    w.execute(
        sql("INSERT INTO court (code, name, psa_code) VALUES ($1, $2, $3) ON CONFLICT (code) DO UPDATE SET name = excluded.name, psa_code = excluded.psa_code"),
        &[&code, &name, &psa_code],
    )?;
    Ok(())
}

/// Links a court to a project, unless it is linked.
///
/// # Errors
/// When the database refuses.
pub fn link_court<C: Capability>(w: &mut Writer<'_, C>, project: ProjectId, code: &str) -> Result<()> {
    let linked = w.maybe(
        sql("SELECT id FROM project_court WHERE project_id = $1 AND court_code = $2 AND ended_at IS NULL"),
        &[&project, &code],
    )?;
    if linked.is_some() {
        return Ok(());
    }
    let by = w.by();
    w.record(Event::new("court linked", "project", project).with(code));
    w.execute(
        sql("INSERT INTO project_court (id, project_id, court_code, since, since_by) VALUES ($1, $2, $3, $4, $5)"),
        &[&Uuid::now_v7(), &project, &code, &clock::now(), &by],
    )?;
    Ok(())
}

/// Ends the link of a court to a project.
///
/// # Errors
/// When the database refuses.
pub(super) fn unlink_court<C: Capability>(
    w: &mut Writer<'_, C>,
    project: ProjectId,
    code: &str,
) -> Result<()> {
    let by = w.by();
    w.record(Event::new("court link ended", "project", project).with(code));
    w.execute(
        sql("UPDATE project_court SET ended_at = $1, ended_by = $2 WHERE project_id = $3 AND court_code = $4 AND ended_at IS NULL"),
        &[&clock::now(), &by, &project, &code],
    )?;
    Ok(())
}

/// For the command line on the server itself: the court with this code; or, when none is set up, one that exists because
/// lists for it came in on this day.
///
/// # Errors
/// When the database can't be read.
pub fn court_for_operator<C: Capability>(
    r: &mut Reader<'_, C>,
    code: &str,
    date: jiff::civil::Date,
) -> Result<Option<Court>> {
    if let Some(court) = court_in_scope(r, code)? {
        return Ok(Some(court));
    }
    let (all, _) = r.projects();
    let set_up = r.maybe(sql("SELECT name FROM court WHERE code = $1"), &[&code])?;
    let came = r.maybe(
        sql("SELECT court_name FROM listing WHERE court_code = $1 AND list_date = $2 LIMIT 1"),
        &[&code, &date],
    )?;
    let name: Option<String> = match (&set_up, &came) {
        (Some(row), _) => row.get("name")?,
        (None, Some(row)) => row.get("court_name")?,
        (None, None) => return Ok(None),
    };
    let name = name.unwrap_or_else(|| format!("Court {code}"));
    Ok(all.then(|| Court { code: code.to_owned(), name, women_as_standard: false, projects: Vec::new() }))
}
