//! Changing the directory: every change is a new version, an end is a fact with its reason.

use super::service::Service;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::Answers;
use crate::ids::{ProjectId, ServiceId};
use store::{Result, sql};
use uuid::Uuid;

/// Adds a service under this id.
///
/// # Errors
/// When the database refuses.
pub fn add<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ServiceId,
    answers: &Answers,
    source_key: Option<&str>,
    reason: &str,
) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    w.record(Event::new("service added to the directory", "service", id));
    w.execute(
        sql("INSERT INTO service (id, version, created_at, created_by, source_key) VALUES ($1, 1, $2, $3, $4)"),
        &[&id, &now, &by, &source_key],
    )?;
    insert(w, id, 1, answers, reason)
}

fn insert<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ServiceId,
    version: i64,
    answers: &Answers,
    reason: &str,
) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    w.execute(
        sql("INSERT INTO service_version (service_id, version, at, by_words, reason, name, answers) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &version, &now, &by, &reason, &answers.value("name"), &answers.to_json()?],
    )?;
    Ok(())
}

/// Changes what is known of a service. False when somebody was quicker: nothing is changed then.
///
/// # Errors
/// When the database refuses.
pub fn change<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ServiceId,
    seen: i64,
    answers: &Answers,
    reason: &str,
) -> Result<bool> {
    w.record(Event::new("service of the directory changed", "service", id));
    let mine = w.execute(
        sql("UPDATE service SET version = version + 1 WHERE id = $1 AND version = $2 AND ended_at IS NULL"),
        &[&id, &seen],
    )?;
    if mine == 0 {
        return Ok(false);
    }
    insert(w, id, seen + 1, answers, reason)?;
    Ok(true)
}

/// Says in which projects a service is offered; none is all.
///
/// # Errors
/// When the database refuses.
pub fn serve<C: Capability>(w: &mut Writer<'_, C>, service: &Service, projects: &[ProjectId]) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    if service.projects == projects {
        return Ok(());
    }
    w.record(Event::new("projects of a service set", "service", service.id));
    for gone in service.projects.iter().filter(|project| !projects.contains(project)) {
        w.execute(
            sql("UPDATE service_project SET ended_at = $1, ended_by = $2 WHERE service_id = $3 AND project_id = $4 AND ended_at IS NULL"),
            &[&now, &by, &service.id, gone],
        )?;
    }
    for new in projects.iter().filter(|project| !service.projects.contains(project)) {
        w.execute(
            sql("INSERT INTO service_project (id, service_id, project_id, since, since_by) VALUES ($1, $2, $3, $4, $5)"),
            &[&Uuid::now_v7(), &service.id, new, &now, &by],
        )?;
    }
    Ok(())
}

/// Writes down that an entry was checked and is right (`checked`), or that something is wrong with it (`doubt`).
///
/// # Errors
/// When the database refuses.
pub fn say<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ServiceId,
    kind: &'static str,
    words: &str,
) -> Result<()> {
    let by = w.by();
    w.record(Event::new("said about a service", "service", id).with(kind));
    w.execute(
        sql("INSERT INTO service_word (id, service_id, kind, words, at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &id, &kind, &words, &clock::now(), &by],
    )?;
    Ok(())
}

/// Settles every open doubt about an entry.
///
/// # Errors
/// When the database refuses.
pub fn settle<C: Capability>(w: &mut Writer<'_, C>, id: ServiceId) -> Result<()> {
    let by = w.by();
    w.record(Event::new("doubts about a service settled", "service", id));
    w.execute(
        sql("UPDATE service_word SET settled_at = $1, settled_by = $2 WHERE service_id = $3 AND kind = 'doubt' AND settled_at IS NULL"),
        &[&clock::now(), &by, &id],
    )?;
    Ok(())
}

/// Ends a service: it is suggested no more; what was sent to it stays.
///
/// # Errors
/// When the database refuses.
pub fn end<C: Capability>(w: &mut Writer<'_, C>, id: ServiceId, why: &str) -> Result<()> {
    let by = w.by();
    w.record(Event::new("service of the directory ended", "service", id));
    w.execute(
        sql("UPDATE service SET ended_at = $1, ended_by = $2, ended_why = $3 WHERE id = $4 AND ended_at IS NULL"),
        &[&clock::now(), &by, &why, &id],
    )?;
    Ok(())
}
