//! People on the register, put there by the operator, and everything that is kept of them.
#![allow(dead_code, clippy::unwrap_used)]

use super::access::hidden;
use super::{Someone, World};
use alongside::access::Permit;
use alongside::access::policy::KeepRegister;
use alongside::ids::{PersonId, ProjectId};
use alongside::people::{Details, NewPerson, Sex, register_many};
use axum::http::StatusCode;
use jiff::civil::Date;
use store::sql;

pub fn keeper(world: &World<'_>) -> Permit<KeepRegister> {
    Permit::for_command_line(&world.test.db)
}

pub fn details(forename: &str, surname: &str, born: Date) -> Details {
    Details {
        forename: Some(forename.into()),
        surname: Some(surname.into()),
        date_of_birth: Some(born),
        sex: Sex::Male,
        ..Details::default()
    }
}

pub fn put(world: &World<'_>, project: ProjectId, people: &[Details]) -> Vec<PersonId> {
    let new: Vec<NewPerson> =
        people.iter().map(|d| NewPerson { details: d.clone(), source: "test".into(), project }).collect();
    keeper(world).write_now(|w| register_many(w, &new)).unwrap()
}

/// Every row that says anything about people, as text.
pub fn every_row(world: &World<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let mut take = |statement, columns: &[&str]| {
        for row in world.test.db.read(|r| r.query(statement, &[])).unwrap() {
            out.push(
                columns
                    .iter()
                    .map(|c| {
                        row.get::<Option<String>>(c)
                            .ok()
                            .flatten()
                            .or_else(|| row.get::<Option<i64>>(c).ok().flatten().map(|n| n.to_string()))
                            .or_else(|| row.get::<Option<PersonId>>(c).ok().flatten().map(|n| n.to_string()))
                            .unwrap_or_default()
                    })
                    .collect::<Vec<_>>()
                    .join("|"),
            );
        }
    };
    take(sql("SELECT id, version, merged_into FROM person ORDER BY id"), &["id", "version", "merged_into"]);
    take(
        sql(
            "SELECT person_id, version, forename, surname, source FROM person_version ORDER BY person_id, version",
        ),
        &["person_id", "version", "forename", "surname", "source"],
    );
    take(sql("SELECT person_id, record FROM match_record ORDER BY person_id"), &["person_id", "record"]);
    take(sql("SELECT key, person_id FROM match_key ORDER BY key, person_id"), &["key", "person_id"]);
    take(sql("SELECT token, person_id FROM person_token ORDER BY token, person_id"), &["token", "person_id"]);
    take(sql("SELECT kind, value, n FROM term_count ORDER BY kind, value"), &["kind", "value", "n"]);
    take(sql("SELECT person_id, project_id FROM episode ORDER BY id"), &["person_id", "project_id"]);
    take(
        sql("SELECT listing_id, person_id, decision FROM link_decision ORDER BY id"),
        &["listing_id", "person_id", "decision"],
    );
    out
}

/// What somebody decides on the page that compares two records, as it is drawn for them now.
pub fn decide(
    world: &World<'_>,
    who: &Someone,
    path: &str,
    (decision, reason): (&str, &str),
) -> super::Answer {
    let seen = hidden(&world.get(who, path).body, "seen");
    world.post(who, path, &[("decision", decision), ("reason", reason), ("seen", &seen)])
}

/// Somebody merges one record into another, on the page.
pub fn merged(world: &World<'_>, who: &Someone, kept: PersonId, merged: PersonId) {
    let path = format!("/people/{kept}/compare/{merged}");
    let done = decide(world, who, &path, (&format!("merge {kept}"), "one"));
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}
