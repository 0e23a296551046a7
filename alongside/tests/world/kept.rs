//! Records that are past their time, and what a guardian does with them.

use super::World;
use alongside::access::Permit;
use alongside::access::policy::{KeepRecords, KeepRegister};
use alongside::ids::{PersonId, ProjectId};
use alongside::people::{Details, NewPerson, find, register};
use alongside::retention::{Asked, Done, Kind, NewHold, NotDone, Preview, Rules, carry_out, place, preview};
use alongside::service::HOLDINGS;
use jiff::civil::date;
use store::sql;

/// Long after everything.
pub fn in_2060() -> Asked {
    Asked { rooms: HOLDINGS, now: "2060-06-01T09:00:00Z".parse().unwrap() }
}

pub fn guardian(world: &World<'_>) -> Permit<KeepRecords> {
    Permit::for_command_line(&world.test.db)
}

pub fn rules() -> Rules {
    Rules::load(None).unwrap()
}

pub fn previewed(world: &World<'_>, kind: Kind, asked: Asked) -> Preview {
    guardian(world).read_now(|r| preview(r, &rules(), kind, asked)).unwrap().unwrap()
}

pub fn taken_away(world: &World<'_>, kind: Kind, asked: Asked) -> Result<Done, NotDone> {
    let set = previewed(world, kind, asked).set;
    guardian(world).write_now(|w| carry_out(w, &rules(), (kind, &set, "yearly review"), asked)).unwrap()
}

pub fn person(world: &World<'_>, project: ProjectId, forename: &str, surname: &str) -> PersonId {
    let permit: Permit<KeepRegister> = Permit::for_command_line(&world.test.db);
    let details =
        Details { forename: Some(forename.into()), surname: Some(surname.into()), ..Details::default() };
    permit.write_now(|w| register(w, &NewPerson { details, source: "test".into(), project })).unwrap()
}

pub fn hold(world: &World<'_>, id: PersonId) -> uuid::Uuid {
    let new = NewHold { class: "inquest".into(), words: "Coroner wrote".into(), review_on: date(2061, 1, 1) };
    guardian(world)
        .write_now(|w| {
            let person = w.reading(|r| find(r, id))?.unwrap();
            place(w, &person, &new)
        })
        .unwrap()
}

/// Somebody whom nobody has met since 2001.
pub fn of_2001(world: &World<'_>, project: ProjectId) -> PersonId {
    let who = person(world, project, "Ada", "EXAMPLE");
    let long_ago: jiff::Timestamp = "2001-05-01T09:00:00Z".parse().unwrap();
    world
        .test
        .db
        .write(|w| {
            w.execute(sql("UPDATE person SET created_at = $1"), &[&long_ago])?;
            w.execute(sql("UPDATE person_version SET at = $1"), &[&long_ago])?;
            w.execute(sql("UPDATE episode SET opened_at = $1, last_contact_at = $1"), &[&long_ago])
        })
        .unwrap();
    who
}
