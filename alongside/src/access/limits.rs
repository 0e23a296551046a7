//! Limits of sessions: the service's, and stricter ones for the people of a project or with a role.

use super::account::Grant;
use super::session::Limits;
use crate::audit::{Actor, Event, append};
use crate::clock;
use crate::config::Config;
use store::{Read, Result, Write, sql};

/// Whom a limit is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitFor {
    /// Everybody with this role, by its key.
    Role(String),
    /// Everybody with a role in this project, by its id.
    Project(String),
}

impl LimitFor {
    fn parts(&self) -> (&'static str, &str) {
        match self {
            LimitFor::Role(key) => ("role", key),
            LimitFor::Project(id) => ("project", id),
        }
    }
}

/// A limit that was set.
#[derive(Debug, Clone)]
pub struct SetLimit {
    /// For whom.
    pub whom: LimitFor,
    /// How long.
    pub limits: Limits,
}

/// All limits that were set.
///
/// # Errors
/// When the database can't be read.
pub fn set_limits(r: &mut Read<'_>) -> Result<Vec<SetLimit>> {
    r.query(sql("SELECT kind, subject, idle_minutes, hours FROM session_limit ORDER BY kind, subject"), &[])?
        .iter()
        .map(|row| {
            let subject: String = row.get("subject")?;
            let whom = match row.get::<String>("kind")?.as_str() {
                "role" => LimitFor::Role(subject),
                _ => LimitFor::Project(subject),
            };
            Ok(SetLimit {
                whom,
                limits: Limits { idle_minutes: row.get("idle_minutes")?, hours: row.get("hours")? },
            })
        })
        .collect()
}

/// The limits of a session with these grants: the strictest that is for any of them.
pub(super) fn limits_of(r: &mut Read<'_>, config: &Config, grants: &[Grant]) -> Result<Limits> {
    let service = Limits { idle_minutes: config.session_idle_minutes, hours: config.session_hours };
    let fits = |whom: &LimitFor| match whom {
        LimitFor::Role(key) => grants.iter().any(|g| g.role.key() == key),
        LimitFor::Project(id) => grants.iter().any(|g| g.project.is_some_and(|p| p.to_string() == *id)),
    };
    Ok(set_limits(r)?.into_iter().filter(|set| fits(&set.whom)).fold(service, |all, set| all.and(set.limits)))
}

/// Sets a limit, or takes it away.
///
/// # Errors
/// When the database refuses.
pub fn set_limit(w: &mut Write<'_>, by: &Actor, whom: &LimitFor, new: Option<Limits>) -> Result<()> {
    let (kind, subject) = whom.parts();
    let words = |limits: Option<Limits>| {
        limits
            .map_or("the service's".to_owned(), |l| format!("{} minutes, {} hours", l.idle_minutes, l.hours))
    };
    let old = set_limits(w)?.into_iter().find(|set| set.whom == *whom).map(|set| set.limits);
    w.execute(sql("DELETE FROM session_limit WHERE kind = $1 AND subject = $2"), &[&kind, &subject])?;
    if let Some(limits) = new {
        w.execute(
            sql("INSERT INTO session_limit (kind, subject, idle_minutes, hours, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)"),
            &[&kind, &subject, &limits.idle_minutes, &limits.hours, &clock::now(), &by.words],
        )?;
    }
    let event = Event::new("session limit set", kind, subject);
    append(w, by, &[event.with(format!("from {} to {}", words(old), words(new)))])
}
