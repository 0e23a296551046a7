//! Who is away, and who looks after their tasks meanwhile.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ProjectId;
use jiff::civil::Date;
use store::{Result, sql};
use uuid::Uuid;

/// Somebody away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Its id.
    pub id: Uuid,
    /// Who: account and name.
    pub who: (Uuid, String),
    /// Who looks after their tasks.
    pub stand_in: (Uuid, String),
    /// First and last day.
    pub days: (Date, Date),
}

/// Writes down that somebody is away.
///
/// # Errors
/// When the database refuses.
pub fn go_away<C: Capability>(
    w: &mut Writer<'_, C>,
    who: Uuid,
    stand_in: Uuid,
    (first, last): (Date, Date),
) -> Result<()> {
    let (id, by) = (Uuid::now_v7(), w.by());
    w.record(
        Event::new("tasks handed over for a time", "away", id).with(format!("account {who}, to {stand_in}")),
    );
    w.execute(
        sql("INSERT INTO away (id, account_id, stand_in, first_day, last_day, made_at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &who, &stand_in, &first, &last, &clock::now(), &by],
    )?;
    Ok(())
}

/// Somebody is back earlier.
///
/// # Errors
/// When the database refuses.
pub fn end_away<C: Capability>(w: &mut Writer<'_, C>, id: Uuid) -> Result<()> {
    w.record(Event::new("tasks taken back", "away", id));
    w.execute(
        sql("UPDATE away SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL"),
        &[&clock::now(), &id],
    )?;
    Ok(())
}

/// Who of the reader's projects is away on or after a day, and who looks after their tasks.
///
/// # Errors
/// When the database can't be read.
pub fn away_now<C: Capability>(r: &mut Reader<'_, C>, from: Date) -> Result<Vec<Away>> {
    let (all, projects) = r.projects();
    let mut found: Vec<Away> = Vec::new();
    for row in r.query_list(
        sql("SELECT w.id, w.account_id, a.name AS who, w.stand_in, s.name AS other, w.first_day, w.last_day FROM away w JOIN account a ON a.id = w.account_id JOIN account s ON s.id = w.stand_in WHERE w.ended_at IS NULL AND w.last_day >= $1 AND ($2 OR EXISTS (SELECT 1 FROM access_grant g WHERE g.account_id = w.account_id AND g.ended_at IS NULL AND (g.project_id IS NULL OR g.project_id IN ($LIST)))) ORDER BY w.first_day, w.id"),
        &[&from, &all],
        &projects,
    )? {
        found.push(Away {
            id: row.get("id")?,
            who: (row.get("account_id")?, row.get("who")?),
            stand_in: (row.get("stand_in")?, row.get("other")?),
            days: (row.get("first_day")?, row.get("last_day")?),
        });
    }
    Ok(found)
}

/// Colleagues who may be given tasks and posts of the reader's projects: account and name.
///
/// # Errors
/// When the database can't be read.
pub fn colleagues<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<(Uuid, String)>> {
    let (all, projects) = r.projects();
    r.query_list(
        sql("SELECT DISTINCT a.id, a.name FROM account a JOIN access_grant g ON g.account_id = a.id WHERE a.disabled_at IS NULL AND g.ended_at IS NULL AND g.role IN ('practitioner', 'link-worker', 'manager') AND ($1 OR g.project_id IS NULL OR g.project_id IN ($LIST)) ORDER BY a.name"),
        &[&all],
        &projects,
    )?
    .iter()
    .map(|row| Ok((row.get("id")?, row.get("name")?)))
    .collect()
}

/// Whether a colleague may be put on the rota of a project: they have a role in it, or in the whole service.
pub(super) fn works_in<C: Capability>(r: &mut Reader<'_, C>, who: Uuid, project: ProjectId) -> Result<bool> {
    let row = r.maybe(
        sql("SELECT a.id FROM account a JOIN access_grant g ON g.account_id = a.id WHERE a.id = $1 AND a.disabled_at IS NULL AND g.ended_at IS NULL AND g.role IN ('practitioner', 'link-worker', 'manager') AND (g.project_id IS NULL OR g.project_id = $2) LIMIT 1"),
        &[&who, &project],
    )?;
    Ok(row.is_some())
}
