//! Own tasks: typed, given to somebody, done or not needed; and moved with a hearing.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::hearings::next_hearing;
use crate::ids::{PersonId, ProjectId, TaskId};
use crate::morning::about_person;
use crate::people;
use jiff::Timestamp;
use jiff::civil::Date;
use law::Calendar;
use std::collections::HashMap;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// A task to be kept.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// The project.
    pub project: ProjectId,
    /// About whom; nobody for none.
    pub person: Option<PersonId>,
    /// What is to be done.
    pub what: String,
    /// By when.
    pub due_on: Option<Date>,
    /// Working days before (negative) or after the person's next hearing.
    pub hearing_days: Option<i64>,
    /// To whom it is given: account and name; nobody is the project.
    pub assigned: Option<(Uuid, String)>,
}

/// A task as it stands.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The project.
    pub project: ProjectId,
    /// About whom.
    pub person: Option<PersonId>,
    /// What is to be done.
    pub what: String,
    /// By when, as it stands.
    pub due_on: Option<Date>,
    /// It moves with the person's next hearing.
    pub hearing_days: Option<i64>,
    /// It moved with the hearing: the day it was due before.
    pub moved_from: Option<Date>,
    /// To whom it is given.
    pub assigned: Option<(Uuid, String)>,
    /// Made when, by whom.
    pub made: (Timestamp, String),
    /// How it ended: "done" or "not-needed".
    pub ended: Option<String>,
}

/// Keeps a task.
///
/// # Errors
/// When the database refuses.
pub fn make_task<C: Capability>(w: &mut Writer<'_, C>, id: TaskId, new: &NewTask) -> Result<()> {
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.record(Event::new("task made", "task", id));
    w.execute(
        sql("INSERT INTO task (id, project_id, person_id, what, due_on, hearing_days, made_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        &[&id, &new.project, &new.person, &new.what, &new.due_on, &new.hearing_days, &now, &account, &by],
    )?;
    if let Some((account, name)) = &new.assigned {
        event(w, id, "assigned", "", Some((*account, name.as_str())), None)?;
    }
    Ok(())
}

fn event<C: Capability>(
    w: &mut Writer<'_, C>,
    id: TaskId,
    kind: &str,
    words: &str,
    assigned: Option<(Uuid, &str)>,
    due_on: Option<Date>,
) -> Result<()> {
    let by = w.by();
    w.execute(
        sql("INSERT INTO task_event (id, task_id, kind, words, assigned_to, assigned_words, due_on, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        &[
            &Uuid::now_v7(),
            &id,
            &kind,
            &words,
            &assigned.map(|(account, _)| account),
            &assigned.map_or("", |(_, name)| name),
            &due_on,
            &clock::now(),
            &by,
        ],
    )?;
    Ok(())
}

/// Writes down that a task is done, not needed, or given to somebody.
///
/// # Errors
/// When the database refuses.
pub fn settle_task<C: Capability>(
    w: &mut Writer<'_, C>,
    task: &Task,
    kind: &'static str,
    words: &str,
    assigned: Option<(Uuid, &str)>,
) -> Result<()> {
    w.record(Event::new("task settled", "task", task.id).with(kind));
    event(w, task.id, kind, words, assigned, None)
}

/// Open tasks of the reader's projects.
///
/// # Errors
/// When the database can't be read.
pub fn open_tasks<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Task>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM task t WHERE NOT EXISTS (SELECT 1 FROM task_event e WHERE e.task_id = t.id AND e.kind IN ('done', 'not-needed')) AND ($1 OR t.project_id IN ($LIST)) ORDER BY t.due_on, t.id"),
        &[&all],
        &projects,
    )?;
    filled(r, &rows)
}

/// One task of the reader's projects.
///
/// # Errors
/// When the database can't be read.
pub(super) fn find_task<C: Capability>(r: &mut Reader<'_, C>, id: TaskId) -> Result<Option<Task>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM task WHERE id = $1 AND ($2 OR project_id IN ($LIST))"),
        &[&id, &all],
        &projects,
    )?;
    Ok(filled(r, &rows)?.pop())
}

fn filled(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Task>> {
    let mut found: Vec<Task> = rows.iter().map(task).collect::<Result<_>>()?;
    let place: HashMap<TaskId, usize> = found.iter().enumerate().map(|(at, t)| (t.id, at)).collect();
    let ids: Vec<TaskId> = found.iter().map(|t| t.id).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    for row in
        r.query_list(sql("SELECT * FROM task_event WHERE task_id IN ($LIST) ORDER BY at, id"), &[], &ids)?
    {
        let id: TaskId = row.get("task_id")?;
        let Some(task) = place.get(&id).and_then(|at| found.get_mut(*at)) else { continue };
        let kind: String = row.get("kind")?;
        match kind.as_str() {
            "assigned" => {
                let to: Option<Uuid> = row.get("assigned_to")?;
                let name: String = row.get("assigned_words")?;
                task.assigned = to.map(|account| (account, name));
            }
            "moved" => {
                task.moved_from = task.due_on;
                task.due_on = row.get("due_on")?;
            }
            _ => task.ended = Some(kind),
        }
    }
    Ok(found)
}

fn task(row: &Row) -> Result<Task> {
    Ok(Task {
        id: row.get("id")?,
        project: row.get("project_id")?,
        person: row.get("person_id")?,
        what: row.get("what")?,
        due_on: row.get("due_on")?,
        hearing_days: row.get("hearing_days")?,
        moved_from: None,
        assigned: None,
        made: (row.get("made_at")?, row.get("by_words")?),
        ended: None,
    })
}

/// How many open tasks of the reader's projects are still those of colleagues whose accounts are disabled, by colleague.
///
/// # Errors
/// When the database can't be read.
pub fn left_tasks<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<(String, usize)>> {
    let left: Vec<Uuid> = r
        .query(sql("SELECT id FROM account WHERE disabled_at IS NOT NULL"), &[])?
        .iter()
        .map(|row| row.get("id"))
        .collect::<Result<_>>()?;
    let mut counts: Vec<(String, usize)> = Vec::new();
    for (account, name) in open_tasks(r)?.into_iter().filter_map(|task| task.assigned) {
        if !left.contains(&account) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, n)) => *n += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.sort();
    Ok(counts)
}

/// The day that hangs on a hearing.
#[must_use]
pub fn day_of(hearing: Date, days: i64) -> Date {
    let calendar = Calendar::default();
    let days = i32::try_from(days).unwrap_or(0);
    if days >= 0 {
        return calendar.add_working_days(hearing, days);
    }
    let mut day = hearing;
    for _ in 0..days.unsigned_abs() {
        day = calendar.this_or_previous(day.yesterday().unwrap_or(day));
    }
    day
}

/// Moves what hangs on a hearing that moved, and says so: a new fact with the new day, the old one stays.
///
/// # Errors
/// When the database refuses.
pub(super) fn follow_hearings<C: Capability>(w: &mut Writer<'_, C>) -> Result<()> {
    let today = clock::london_day(clock::now());
    let open = w.reading(open_tasks)?;
    for task in open {
        let (Some(days), Some(person)) = (task.hearing_days, task.person) else { continue };
        let hearing = w.reading(|r| {
            let Some(person) = people::find(r, person)? else { return Ok(None) };
            let about = about_person(r, &person)?;
            next_hearing(r, &about, today)
        })?;
        let Some(hearing) = hearing else { continue };
        let due = day_of(hearing.on, days);
        // What is due before a hearing stays due when the hearing has come.
        if task.due_on != Some(due) && task.due_on.is_none_or(|on| on >= today || due > on) {
            w.record(Event::new("task moved with a hearing", "task", task.id));
            event(w, task.id, "moved", "moved with the hearing", None, Some(due))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_before_and_after_a_hearing_are_working_days() {
        // Thursday 3 December 2026.
        let hearing = date(2026, 12, 3);
        assert_eq!(day_of(hearing, 0), hearing);
        assert_eq!(day_of(hearing, -1), date(2026, 12, 2));
        assert_eq!(day_of(hearing, -4), date(2026, 11, 27));
        assert_eq!(day_of(hearing, 2), date(2026, 12, 7));
    }
}
