//! The directory as those who keep it and those who use it live it, on both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use axum::http::StatusCode;
use world::{Answer, Someone, World, both};

struct Team {
    nurse: Someone,
    manager: Someone,
    other: Someone,
}

fn team(world: &World<'_>) -> Team {
    let own = world.project("Own", &[("B01ND", "Thames")]);
    let elsewhere = world.project("Elsewhere", &[("B01GU", "Highbury")]);
    Team {
        nurse: world.someone("Nurse Example", Role::Practitioner, Some(own)),
        manager: world.someone("Manager Example", Role::Manager, Some(own)),
        other: world.someone("Other Example", Role::Practitioner, Some(elsewhere)),
    }
}

const HARBOUR: [(&str, &str); 6] = [
    ("name", "Harbour House"),
    ("needs", "accommodation"),
    ("recipient", "housing"),
    ("email", "intake@harbour.example.org"),
    ("waiting-weeks", "3"),
    ("capacity", "free"),
];

fn went(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> = HARBOUR.to_vec();
    for (name, value) in more {
        all.retain(|(n, _)| n != name);
        all.push((name, value));
    }
    all
}

#[test]
fn a_service_is_added_found_changed_and_its_versions_say_what_changed() {
    both(|world| {
        let t = team(world);
        let one = went(&world.post(&t.manager, "/directory/new", &HARBOUR));
        assert!(
            page(world, &t.nurse, "/directory?words=harbour&need=accommodation").contains("Harbour House")
        );
        assert!(page(world, &t.nurse, "/directory?words=harbour&need=drugs").contains("No service fits"));
        let change = with(&[("waiting-weeks", "9"), ("seen", "1"), ("reason", "They rang")]);
        assert_eq!(went(&world.post(&t.manager, &format!("{one}/change"), &change)), one);
        let versions = page(world, &t.nurse, &format!("{one}/history"));
        assert!(versions.contains("They rang") && versions.contains("before: "), "{versions}");
        // Who opened version 1 and saves now is told, and loses nothing.
        let late =
            world.post(&t.manager, &format!("{one}/change"), &with(&[("seen", "1"), ("what", "Rooms")]));
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("changed this entry meanwhile") && late.body.contains("Rooms"));
        // A practitioner keeps nothing, but may doubt.
        assert_eq!(world.post(&t.nurse, &format!("{one}/change"), &change).status, StatusCode::NOT_FOUND);
        went(&world.post(&t.nurse, &format!("{one}/doubt"), &[("words", "The number rings out")]));
        assert!(page(world, &t.manager, "/directory/review").contains("The number rings out"));
        went(&world.post(&t.manager, &format!("{one}/settle"), &[]));
        assert!(!page(world, &t.manager, "/directory/review").contains("The number rings out"));
        went(&world.post(&t.manager, &format!("{one}/end"), &[("why", "Closed in November")]));
        assert!(page(world, &t.nurse, &one).contains("Closed in November"));
        assert!(!page(world, &t.nurse, "/directory").contains("Harbour House"));
    });
}

#[test]
fn what_cannot_be_used_is_said_field_by_field_and_nothing_typed_is_lost() {
    both(|world| {
        let t = team(world);
        let wrong = [
            ("name", ""),
            ("what", "Rooms for six months"),
            ("email", "two@x.example, three@x.example"),
            ("web", "http://x.example"),
            ("youngest", "40"),
            ("oldest", "18"),
        ];
        let answer = world.post(&t.manager, "/directory/new", &wrong);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [
            "Enter the service’s name",
            "Tick at least one need",
            "Choose what sort of service it is",
            "Enter one e-mail address",
            "beginning with https://",
            "The oldest age is below the youngest",
            "Rooms for six months",
        ] {
            assert!(answer.body.contains(part), "{part}");
        }
    });
}

#[test]
fn a_service_of_one_project_is_not_there_for_another() {
    both(|world| {
        let t = team(world);
        let form = page(world, &t.manager, "/directory/new");
        let project = form.split("name=\"project\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
        let project = project.split('"').next().unwrap().to_owned();
        let one = went(&world.post(&t.manager, "/directory/new", &with(&[("project", &project)])));
        assert!(page(world, &t.nurse, &one).contains("Harbour House"));
        assert_eq!(world.get(&t.other, &one).status, StatusCode::NOT_FOUND);
        assert!(!page(world, &t.other, "/directory").contains("Harbour House"));
    });
}

#[test]
fn a_file_goes_out_and_comes_in_again_and_twice_changes_nothing() {
    both(|world| {
        let t = team(world);
        went(&world.post(&t.manager, "/directory/new", &HARBOUR));
        let csv = world.get(&t.nurse, "/directory.csv").body;
        let json = world.get(&t.nurse, "/directory.json").body;
        for (name, text) in [("directory.csv", &csv), ("directory.json", &json)] {
            let back = world.upload(&t.manager, "/directory/files", name, text.as_bytes()).body;
            assert!(back.contains("0 new, 0 changed, 1 the same"), "{name}: {back}");
        }
        let more = format!("{csv}s-9,Quay Advice,,money\n");
        assert!(
            world
                .upload(&t.manager, "/directory/files", "directory.csv", more.as_bytes())
                .body
                .contains("1 new, 0 changed, 1 the same")
        );
        assert!(
            world
                .upload(&t.manager, "/directory/files", "directory.csv", more.as_bytes())
                .body
                .contains("0 new, 0 changed, 2 the same")
        );
        let bad = world
            .upload(&t.manager, "/directory/files", "bad.csv", b"name,needs\n,money\nPier Point,flying\n")
            .body;
        assert!(
            bad.contains("1 new") && bad.contains("Line 2: no name") && bad.contains("“flying”"),
            "{bad}"
        );
        // As it came, before anything was taken.
        let kept: i64 = world
            .test
            .db
            .read(|r| {
                r.one(store::sql("SELECT COUNT(*) AS n FROM directory_file WHERE came <> ''"), &[])?.get("n")
            })
            .unwrap();
        assert_eq!(kept, 5);
    });
}
