//! Tasks and diary, on both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::Recognise;
use alongside::access::{Permit, Role, Writer};
use alongside::clock;
use alongside::ids::{ListingId, PersonId, ProjectId, TaskId};
use alongside::people::{Details, NewPerson, register};
use alongside::tasks::{NewTask, make_task};
use axum::http::StatusCode;
use jiff::{SignedDuration, ToSpan};
use store::sql;
use world::{Answer, Someone, World, both};

struct Team {
    project: ProjectId,
    nurse: Someone,
    link: Someone,
    stranger: Someone,
    person: PersonId,
}

fn went(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

fn team(world: &World<'_>) -> Team {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[]);
    world.import("list.csv", b"court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n");
    let line: ListingId =
        world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])?.get("id")).unwrap();
    let nurse = world.someone("Nurse Example", Role::Practitioner, Some(project));
    went(&world.post(&nurse, &format!("/listings/{line}/compare"), &[("decision", "new")]));
    Team {
        project,
        link: world.someone("Link Example", Role::LinkWorker, Some(project)),
        stranger: world.someone("Stranger Example", Role::Manager, Some(other)),
        person: world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap(),
        nurse,
    }
}

fn task(world: &World<'_>, who: &Someone, fields: &[(&str, &str)]) {
    assert_eq!(went(&world.post(who, "/tasks/new", fields)), "/tasks");
}

#[test]
fn what_rooms_say_is_due_stands_on_the_list_while_its_cause_is_there() {
    both(|world| {
        let t = team(world);
        let begun =
            went(&world.post(&t.nurse, &format!("/people/{}/assessments", t.person), &[("open", "0")]));
        let list = page(world, &t.nurse, "/tasks?whose=mine");
        assert!(list.contains("Assessment begun and not signed") && list.contains(&begun), "{list}");
        let typed = [
            ("how", "telephone"),
            ("danger", "no"),
            ("name", "Madeup Orlanda"),
            ("place", "cells"),
            ("worry", "low"),
            ("your-name", "An Usher"),
            ("your-role", "usher"),
            ("contact", "desk"),
        ];
        let referred = went(&world.post(&t.nurse, "/referrals-in/new", &typed));
        assert!(page(world, &t.nurse, "/tasks").contains("Take the referral on"));
        went(&world.post(&t.nurse, &format!("{referred}/accept"), &[]));
        assert!(!page(world, &t.nurse, "/tasks").contains("Take the referral on"));
    });
}

#[test]
fn a_request_for_access_stands_among_the_tasks_of_whoever_answers_it_until_it_is_answered() {
    both(|world| {
        let t = team(world);
        let manager = world.someone("Manager Example", Role::Manager, Some(t.project));
        let request = world::access::asked(world, &manager, t.person, world::access::today());
        let due = "Answer the request for access";
        let list = page(world, &manager, "/tasks");
        assert!(list.contains(due) && list.contains(&request), "{list}");
        for who in [&t.nurse, &t.stranger] {
            assert!(!page(world, who, "/tasks").contains(due));
        }
        went(&world.post(&manager, &format!("{request}/close"), &[("outcome", "withdrawn")]));
        assert!(!page(world, &manager, "/tasks").contains(due));
    });
}

#[test]
fn own_tasks_are_typed_given_and_done() {
    both(|world| {
        let t = team(world);
        let person = t.person.to_string();
        let (nurse, link) = (t.nurse.account.to_string(), t.link.account.to_string());
        task(
            world,
            &t.nurse,
            &[
                ("what", "Ring the sister"),
                ("person", &person),
                ("assigned", &nurse),
                ("due-day", "2"),
                ("due-month", "11"),
                ("due-year", "2026"),
            ],
        );
        task(world, &t.nurse, &[("what", "Order paper"), ("assigned", &link)]);
        task(world, &t.nurse, &[("what", "Somebody should"), ("assigned", "")]);
        let mine = page(world, &t.nurse, "/tasks?whose=mine");
        assert!(
            mine.contains("ZYXWVU") && mine.contains("Ring the sister") && mine.contains("Overdue"),
            "{mine}"
        );
        assert!(!mine.contains("Order paper"));
        assert!(page(world, &t.nurse, "/tasks?whose=nobody").contains("Somebody should"));
        let settle = mine
            .split("action=\"")
            .find(|p| p.starts_with("/tasks/0"))
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        assert_eq!(world.post(&t.stranger, &settle, &[]).status, StatusCode::NOT_FOUND);
        went(&world.post(&t.nurse, &settle, &[]));
        assert!(!page(world, &t.nurse, "/tasks").contains("Ring the sister"));
        let refused = world.post(
            &t.nurse,
            "/tasks/new",
            &[("what", ""), ("due-day", "31"), ("due-month", "2"), ("due-year", "2026")],
        );
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Write what is to be done") && refused.body.contains("value=\"31\""));
    });
}

#[test]
fn the_list_shows_each_reader_what_they_may_open_and_nothing_else() {
    both(|world| {
        let t = team(world);
        went(&world.post(&t.nurse, &format!("/people/{}/assessments", t.person), &[("open", "0")]));
        task(world, &t.nurse, &[("what", "Ring the sister"), ("person", &t.person.to_string())]);
        let link = page(world, &t.link, "/tasks");
        assert!(link.contains("Ring the sister") && !link.contains("Assessment"), "{link}");
        let far = page(world, &t.stranger, "/tasks");
        assert!(!far.contains("ZYXWVU") && !far.contains("sister"), "{far}");
        // A task of one's own project about somebody whom only another project works with: no name of theirs.
        let strange = Permit::for_command_line(&world.test.db);
        let other: ProjectId = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM project WHERE name = 'Other'"), &[])?.get("id"))
            .unwrap();
        let own: ProjectId = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM project WHERE name = 'Own'"), &[])?.get("id"))
            .unwrap();
        strange
            .write_now(|w: &mut Writer<'_, Recognise>| {
                let details = Details { surname: Some("MNBVCX".into()), ..Details::default() };
                let new = NewPerson { details, source: "test".into(), project: other };
                let person = Some(register(w, &new)?);
                let what = "Ring somebody".to_owned();
                let task =
                    NewTask { project: own, person, what, due_on: None, hearing_days: None, assigned: None };
                make_task(w, TaskId::fresh(), &task)
            })
            .unwrap();
        let list = page(world, &t.nurse, "/tasks");
        assert!(!list.contains("MNBVCX") && !list.contains("Ring somebody"), "{list}");
        // Clinical role elsewhere, link worker here: still no clinical entry.
        let elsewhere = world.project("Elsewhere", &[]);
        world.also(&t.link, Role::Practitioner, Some(elsewhere));
        assert!(!page(world, &t.link, "/tasks").contains("Assessment begun"));
    });
}

#[test]
fn while_somebody_is_away_their_tasks_stand_with_the_stand_in() {
    both(|world| {
        let t = team(world);
        let (nurse, link) = (t.nurse.account.to_string(), t.link.account.to_string());
        task(world, &t.nurse, &[("what", "Order paper"), ("assigned", &nurse)]);
        assert!(!page(world, &t.link, "/tasks?whose=mine").contains("Order paper"));
        let today = clock::london_day(clock::now());
        let day = |n: i64| today.saturating_add(n.days());
        let away = |first: jiff::civil::Date, last: jiff::civil::Date| {
            let parts = [
                ("first-day", first.day().to_string()),
                ("first-month", first.month().to_string()),
                ("first-year", first.year().to_string()),
                ("last-day", last.day().to_string()),
                ("last-month", last.month().to_string()),
                ("last-year", last.year().to_string()),
            ];
            let mut all: Vec<(&str, &str)> = parts.iter().map(|(n, v)| (*n, v.as_str())).collect();
            all.extend([("who", nurse.as_str()), ("stand-in", link.as_str())]);
            world.post(&t.nurse, "/tasks/away", &all)
        };
        assert_eq!(away(day(3), day(1)).status, StatusCode::UNPROCESSABLE_ENTITY);
        // From tomorrow: not yet.
        went(&away(day(1), day(5)));
        assert!(!page(world, &t.link, "/tasks?whose=mine").contains("Order paper"));
        went(&away(day(0), day(5)));
        let shown = page(world, &t.link, "/tasks?whose=mine");
        assert!(
            shown.contains("Order paper") && shown.contains("You look after the tasks of Nurse Example"),
            "{shown}"
        );
    });
}

#[test]
fn a_task_that_hangs_on_a_hearing_moves_with_it_and_says_so() {
    both(|world| {
        let t = team(world);
        let today = clock::london_day(clock::now());
        let listed = |days: i64, n: u32| {
            let day = today.saturating_add(days.days());
            world.import(&format!("{n}.csv"), format!("court code,date,surname,forename,date of birth,list number,case number\nB01ND,{day},ZYXWVU,QWERTIL,01/02/1990,1,16000000{n:02}\n").as_bytes());
            let line: ListingId = world
                .test
                .db
                .read(|r| r.one(sql("SELECT id FROM listing WHERE list_date = $1"), &[&day])?.get("id"))
                .unwrap();
            let same = format!("same {}", t.person);
            went(&world.post(&t.nurse, &format!("/listings/{line}/compare"), &[("decision", &same)]));
            day
        };
        // The day of a hearing itself is a working day, and so are these.
        let working = |from: i64| {
            let calendar = law::Calendar::default();
            (from..).find(|n| calendar.is_working_day(today.saturating_add(n.days()))).unwrap()
        };
        let far = listed(working(28), 7);
        task(
            world,
            &t.nurse,
            &[("what", "Ring the solicitor"), ("person", &t.person.to_string()), ("hearing-days", "0")],
        );
        let first = page(world, &t.nurse, "/tasks");
        assert!(first.contains(&clock::day_words(far)), "{first}");
        assert!(!first.contains("Moved with the hearing, was"), "its first day is no move: {first}");
        let near = listed(working(14), 8);
        let moved = page(world, &t.nurse, "/tasks");
        assert!(moved.contains(&format!("Moved with the hearing, was {}", clock::day_words(far))), "{moved}");
        assert!(moved.contains(&clock::day_words(near)));
        // Looked at again, nothing moves again.
        page(world, &t.nurse, "/tasks");
        let moves: i64 = world
            .test
            .db
            .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM task_event WHERE kind = 'moved'"), &[])?.get("n"))
            .unwrap();
        assert_eq!(moves, 2);
    });
}

#[test]
fn the_feed_holds_times_and_nothing_about_anybody_byte_by_byte() {
    both(|world| {
        let t = team(world);
        let goes = t.nurse.account.to_string();
        let at = clock::in_london(clock::now() + SignedDuration::from_hours(48));
        let parts = [
            ("at-day", at.day().to_string()),
            ("at-month", at.month().to_string()),
            ("at-year", at.year().to_string()),
            ("at-time", "10:00".to_owned()),
        ];
        for (kind, place) in [("visit", "QWERTIL's home, Hiding Lane"), ("court", "Thames, room 2; QUICK")] {
            let mut all: Vec<(&str, &str)> = parts.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let person = t.person.to_string();
            all.extend([
                ("kind", kind),
                ("place", place),
                ("goes", goes.as_str()),
                ("minutes", "45"),
                ("words", "About the drugs"),
                ("person", person.as_str()),
            ]);
            went(&world.post(&t.nurse, "/diary/new", &all));
        }
        assert!(page(world, &t.nurse, "/diary").contains("Hiding Lane"));
        assert!(!page(world, &t.stranger, "/diary").contains("Hiding Lane"));
        let made = world.post(&t.nurse, "/diary/feed", &[]).body;
        let start = made.find("/diary-feed/").unwrap();
        let address = made[start..].split('"').next().unwrap().to_owned();
        let feed = world.send("GET", &format!("{address}.ics"), None, &[]);
        assert_eq!(feed.status, StatusCode::OK);
        let day = at.date().at(10, 0, 0, 0).to_zoned(clock::london()).unwrap().timestamp();
        let end = day + SignedDuration::from_mins(45);
        let stamp = |at: jiff::Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let lines: Vec<&str> = feed
            .body
            .split("\r\n")
            .filter(|l| !l.starts_with("UID:") && !l.starts_with("DTSTAMP:"))
            .collect();
        let (from, to) = (format!("DTSTART:{}", stamp(day)), format!("DTEND:{}", stamp(end)));
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Alongside//Diary//EN",
            "BEGIN:VEVENT",
            &from,
            &to,
            "SUMMARY:Appointment",
            "END:VEVENT",
            "BEGIN:VEVENT",
            &from,
            &to,
            "SUMMARY:Appointment",
            "LOCATION:Thames\\, room 2\\; QUICK",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert_eq!(lines, expected);
        // Closed, replaced or of an account that is gone: nothing.
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    sql("UPDATE account SET disabled_at = created_at WHERE id = $1"),
                    &[&t.nurse.account],
                )
            })
            .unwrap();
        let gone = world.send("GET", &address, None, &[]);
        assert!(!gone.body.contains("VEVENT"), "{}", gone.body);
        world
            .test
            .db
            .write(|w| {
                w.execute(sql("UPDATE account SET disabled_at = NULL WHERE id = $1"), &[&t.nurse.account])
            })
            .unwrap();
        went(&world.post(&t.nurse, "/diary/feed/end", &[]));
        assert_eq!(world.send("GET", &address, None, &[]).status, StatusCode::NOT_FOUND);
    });
}
