//! The directory as it is kept. A few hundred entries: read whole, filtered in memory.

use super::service::{Service, Word};
use crate::access::{Capability, Reader};
use crate::forms::Answers;
use crate::ids::{ProjectId, ServiceId};
use jiff::Timestamp;
use std::collections::HashMap;
use store::{Read, Result, Row, sql};

fn service(row: &Row) -> Result<Service> {
    let ended: Option<Timestamp> = row.get("ended_at")?;
    let by: Option<String> = row.get("ended_by")?;
    let why: Option<String> = row.get("ended_why")?;
    Ok(Service {
        id: row.get("id")?,
        version: row.get("version")?,
        name: row.get("name")?,
        answers: answers(row)?,
        changed_at: row.get("at")?,
        changed_by: row.get("by_words")?,
        source_key: row.get("source_key")?,
        projects: Vec::new(),
        said: Vec::new(),
        ended: ended.map(|at| (at, by.unwrap_or_default(), why.unwrap_or_default())),
    })
}

fn answers(row: &Row) -> Result<Answers> {
    Answers::from_json(&row.get::<String>("answers")?)
}

/// Every service, by name, with what colleagues said about each entry.
///
/// # Errors
/// When the database can't be read.
pub fn services(r: &mut Read<'_>) -> Result<Vec<Service>> {
    let mut all: Vec<Service> = r
        .query(
            sql("SELECT s.*, v.at, v.by_words, v.name, v.answers FROM service s JOIN service_version v ON v.service_id = s.id AND v.version = s.version"),
            &[],
        )?
        .iter()
        .map(service)
        .collect::<Result<_>>()?;
    all.sort_by_cached_key(|s| (s.name.to_lowercase(), s.id));
    let place: HashMap<ServiceId, usize> = all.iter().enumerate().map(|(at, s)| (s.id, at)).collect();
    for row in r.query(
        sql("SELECT service_id, project_id FROM service_project WHERE ended_at IS NULL ORDER BY id"),
        &[],
    )? {
        let (id, project): (ServiceId, ProjectId) = (row.get("service_id")?, row.get("project_id")?);
        if let Some(one) = place.get(&id).and_then(|at| all.get_mut(*at)) {
            one.projects.push(project);
        }
    }
    for row in r.query(sql("SELECT * FROM service_word ORDER BY at DESC, id DESC"), &[])? {
        let id: ServiceId = row.get("service_id")?;
        let settled: Option<Timestamp> = row.get("settled_at")?;
        let by: Option<String> = row.get("settled_by")?;
        let word = Word {
            id: row.get("id")?,
            kind: row.get("kind")?,
            words: row.get("words")?,
            at: row.get("at")?,
            by: row.get("by_words")?,
            settled: settled.map(|at| (at, by.unwrap_or_default())),
        };
        if let Some(one) = place.get(&id).and_then(|at| all.get_mut(*at)) {
            one.said.push(word);
        }
    }
    Ok(all)
}

/// Services offered in any project of the reader, by name.
///
/// # Errors
/// When the database can't be read.
pub fn services_in_scope<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Service>> {
    let (everywhere, mine) = r.projects();
    let all = services(r)?;
    Ok(all
        .into_iter()
        .filter(|s| {
            everywhere || s.projects.is_empty() || s.projects.iter().any(|p| mine.contains(&(*p).into()))
        })
        .collect())
}

/// One of them.
///
/// # Errors
/// When the database can't be read.
pub fn find_service<C: Capability>(r: &mut Reader<'_, C>, id: ServiceId) -> Result<Option<Service>> {
    Ok(services_in_scope(r)?.into_iter().find(|s| s.id == id))
}

/// One version of what is known of a service: number, when, by whom, why, and what.
pub type Version = (i64, Timestamp, String, String, Answers);

/// What was known of a service, version by version, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn history(r: &mut Read<'_>, id: ServiceId) -> Result<Vec<Version>> {
    r.query(sql("SELECT * FROM service_version WHERE service_id = $1 ORDER BY version DESC"), &[&id])?
        .iter()
        .map(|row| {
            Ok((row.get("version")?, row.get("at")?, row.get("by_words")?, row.get("reason")?, answers(row)?))
        })
        .collect()
}
