//! Courts, and which projects serve them.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ProjectId;
use store::{Read, Result, sql};
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

/// The courts that one project serves, code and name, by name: what a form for people without an account may offer.
///
/// # Errors
/// When the database can't be read.
pub fn courts_of(r: &mut Read<'_>, project: ProjectId) -> Result<Vec<(String, String)>> {
    r.query(
        sql("SELECT c.code, c.name FROM project_court l JOIN court c ON c.code = l.court_code WHERE l.project_id = $1 AND l.ended_at IS NULL ORDER BY c.name, c.code"),
        &[&project],
    )?
    .iter()
    .map(|row| Ok((row.get("code")?, row.get("name")?)))
    .collect()
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

/// The longest court name kept.
pub(super) const LONGEST_COURT_NAME: usize = 120;

/// Whether a text is the first five characters of an organisation unit code, as the lists carry it.
pub(super) fn is_court_code(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// A court as the administrator sees it.
#[derive(Debug, Clone)]
pub(super) struct CourtRow {
    pub(super) code: String,
    pub(super) name: String,
    /// The projects linked to it.
    pub(super) serving: Vec<Serving>,
}

/// A project linked to a court.
#[derive(Debug, Clone)]
pub(super) struct Serving {
    pub(super) id: ProjectId,
    pub(super) name: String,
    pub(super) closed: bool,
}

/// A court for which lists came in, though no standing project serves it. Figures only, no person.
#[derive(Debug, Clone)]
pub(super) struct Unserved {
    pub(super) code: String,
    /// As the lists call it.
    pub(super) name: Option<String>,
    pub(super) listed: i64,
    pub(super) days: i64,
    pub(super) latest: jiff::civil::Date,
}

/// All courts with the projects linked to each, by name.
pub(super) fn all_courts<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<CourtRow>> {
    let mut courts: Vec<CourtRow> = Vec::new();
    for row in r.query(
        sql("SELECT c.code, c.name, p.id AS project_id, p.name AS project_name, p.closed_at FROM court c LEFT JOIN project_court l ON l.court_code = c.code AND l.ended_at IS NULL LEFT JOIN project p ON p.id = l.project_id ORDER BY c.name, c.code, p.name"),
        &[],
    )? {
        let code: String = row.get("code")?;
        if courts.last().is_none_or(|last| last.code != code) {
            courts.push(CourtRow { code, name: row.get("name")?, serving: Vec::new() });
        }
        if let (Some(id), Some(court)) = (row.get("project_id")?, courts.last_mut()) {
            let closed = row.get::<Option<jiff::Timestamp>>("closed_at")?.is_some();
            court.serving.push(Serving { id, name: row.get("project_name")?, closed });
        }
    }
    Ok(courts)
}

/// Courts for which lists came in, though no standing project serves them. Asks `court_day` first: it has one row a
/// court day, where the listings of years may be millions.
pub(super) fn unserved_courts<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Unserved>> {
    let rows = r.query(
        sql("SELECT l.court_code, MAX(l.court_name) AS name, COUNT(*) AS listed, COUNT(DISTINCT l.list_date) AS days, MAX(l.list_date) AS latest FROM listing l WHERE l.removed_at IS NULL AND l.court_code IN (SELECT d.court_code FROM court_day d WHERE NOT EXISTS (SELECT 1 FROM project_court x JOIN project p ON p.id = x.project_id WHERE x.court_code = d.court_code AND x.ended_at IS NULL AND p.closed_at IS NULL)) GROUP BY l.court_code ORDER BY l.court_code"),
        &[],
    )?;
    let mut unserved = Vec::new();
    for row in rows {
        let code: String = row.get("court_code")?;
        // A list that names no court stands under a placeholder: no link could help it.
        if is_court_code(&code) {
            unserved.push(Unserved {
                code,
                name: row.get("name")?,
                listed: row.get("listed")?,
                days: row.get("days")?,
                latest: row.get("latest")?,
            });
        }
    }
    Ok(unserved)
}

/// Sets up a court; a taken code is a duplicate.
pub(super) fn set_up_court<C: Capability>(w: &mut Writer<'_, C>, code: &str, name: &str) -> Result<()> {
    w.record(Event::new("court set up", "court", code).with(name));
    w.execute(sql("INSERT INTO court (code, name) VALUES ($1, $2)"), &[&code, &name])?;
    Ok(())
}

/// Gives a court another name.
pub(super) fn rename_court<C: Capability>(w: &mut Writer<'_, C>, old: &CourtRow, name: &str) -> Result<()> {
    w.record(Event::new("court renamed", "court", &old.code).with(format!("from {} to {name}", old.name)));
    w.execute(sql("UPDATE court SET name = $1 WHERE code = $2"), &[&name, &old.code])?;
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
    let national = super::national_courts::national_court(code).map(|court| court.name.clone());
    let name: Option<String> = match (&set_up, &came) {
        (Some(row), _) => row.get("name")?,
        (None, Some(_)) if national.is_some() => national,
        (None, Some(row)) => row.get("court_name")?,
        (None, None) => return Ok(None),
    };
    let name = name.unwrap_or_else(|| format!("Court {code}"));
    Ok(all.then(|| Court { code: code.to_owned(), name, women_as_standard: false, projects: Vec::new() }))
}
