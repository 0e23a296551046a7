//! The days of the demo's colleagues: the rota, own tasks, the diary. One morning has nobody, as mornings do.

use super::Failed;
use alongside::access::Permit;
use alongside::access::policy::{GiveAdvice, WorkTasks};
use alongside::advice::{self, NewSheet, Section};
use alongside::clock;
use alongside::ids::{DiaryId, PersonId, ProjectId, RotaPostId, SheetId, TaskId};
use alongside::people;
use alongside::projects::courts_of;
use alongside::rota::{Half, NewPost, Place, When, put};
use alongside::tasks::{NewEntry, NewTask, enter, make_task};
use demo::service::COLLEAGUES;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::HashMap;
use store::{Db, sql};
use uuid::Uuid;

const WEEK: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

fn account(db: &Db, email: &str) -> Result<Uuid, Failed> {
    Ok(db.read(|r| r.one(sql("SELECT id FROM account WHERE email = $1"), &[&email])?.get("id"))?)
}

/// Each practitioner one court a morning, in turn; the afternoons at a probation office.
pub(super) fn rota(db: &Db, projects: &HashMap<String, ProjectId>, today: Date) -> Result<(), Failed> {
    let permit: Permit<WorkTasks> = Permit::for_command_line_as(db, "Mira Quillbrook");
    let since = today.saturating_sub(120.days());
    for colleague in COLLEAGUES.iter().filter(|c| c.role == "practitioner") {
        let who = account(db, colleague.email)?;
        let mut courts: Vec<(ProjectId, Place)> = Vec::new();
        for project in colleague.projects.iter().filter_map(|name| projects.get(*name)) {
            for (code, name) in db.read(|r| courts_of(r, *project))? {
                courts.push((*project, Place::Court(code, name)));
            }
        }
        permit.write_now(|w| {
            for (n, weekday) in WEEK.into_iter().enumerate() {
                for (at, (project, place)) in courts.iter().enumerate() {
                    let here = n % courts.len() == at;
                    // The last court has nobody on a Friday, and nobody said that this is on purpose.
                    if !here && weekday == Weekday::Friday && at + 1 == courts.len() {
                        continue;
                    }
                    let post = NewPost {
                        project: *project,
                        who: here.then_some(who),
                        half: Half::Morning,
                        place: place.clone(),
                        when: When::Every(weekday, since),
                    };
                    put(w, RotaPostId::fresh(), &post)?;
                }
                let Some((project, _)) = courts.first().filter(|_| weekday != Weekday::Friday) else {
                    continue;
                };
                let post = NewPost {
                    project: *project,
                    who: Some(who),
                    half: Half::Afternoon,
                    place: Place::Office("Probation office, 1 Example Street".into()),
                    when: When::Every(weekday, since),
                };
                put(w, RotaPostId::fresh(), &post)?;
            }
            Ok::<_, store::Error>(())
        })?;
    }
    Ok(())
}

/// Own tasks, appointments and a sheet of advice in one project.
pub(super) fn tasks_and_diary(
    db: &Db,
    project: ProjectId,
    (name, email): (&str, &str),
    today: Date,
) -> Result<(), Failed> {
    let who = account(db, email)?;
    let people: Vec<PersonId> = db.read(|r| {
        r.query(
            sql("SELECT DISTINCT person_id FROM assessment WHERE project_id = $1 ORDER BY person_id LIMIT 3"),
            &[&project],
        )?
        .iter()
        .map(|row| row.get("person_id"))
        .collect::<store::Result<_>>()
    })?;
    let person = |n: usize| people.get(n % people.len().max(1)).copied();
    let day = |n: i64| today.saturating_add(n.days());
    let permit: Permit<WorkTasks> = Permit::for_command_line_as(db, name);
    permit.write_now(|w| {
        for (what, on, about, mine) in [
            ("Ring the hostel back about the room", -1, person(0), true),
            ("Ask the GP surgery for the list of medicines", 0, person(1), true),
            ("Order leaflets for the cells", 3, None, false),
        ] {
            let task = NewTask {
                project,
                person: about,
                what: what.into(),
                due_on: Some(day(on)),
                hearing_days: None,
                assigned: mine.then(|| (who, name.to_owned())),
            };
            make_task(w, TaskId::fresh(), &task)?;
        }
        for (kind, on, hour, place, about) in [
            ("office", 0, 15, "Probation office, 1 Example Street", person(0)),
            ("meeting", 1, 13, "Room 2", None),
            ("accompany", 2, 11, "", person(1)),
        ] {
            let Ok(at) = day(on).at(hour, 30, 0, 0).to_zoned(clock::london()) else { continue };
            let entry = NewEntry {
                project,
                person: about,
                kind: kind.into(),
                at: at.timestamp(),
                minutes: 45,
                place: place.into(),
                words: String::new(),
                goes: (who, name.to_owned()),
            };
            enter(w, DiaryId::fresh(), &entry)?;
        }
        Ok::<_, store::Error>(())
    })?;
    let advice: Permit<GiveAdvice> = Permit::for_command_line_as(db, name);
    advice.write_now(|w| {
        let Some(id) = person(0) else { return Ok::<_, store::Error>(()) };
        let Some(person) = w.reading(|r| people::find(r, id))? else { return Ok(()) };
        let sheet = NewSheet {
            project,
            variant: "ordinary",
            language: "en",
            safe: "yes".into(),
            sections: vec![Section {
                heading: "What we agreed".into(),
                lines: vec!["You ring the hostel before four o’clock.".into()],
            }],
            how: "printed".into(),
        };
        advice::give(w, &person, SheetId::fresh(), &sheet).map(drop)
    })?;
    Ok(())
}
