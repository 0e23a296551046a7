//! Sheets of advice for people to take with them, on both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::ids::{ListingId, PersonId};
use axum::http::StatusCode;
use store::sql;
use world::{Answer, Someone, World, both, both_with};

const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n";

struct Team {
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
    let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[]);
    world.import("list.csv", LIST.as_bytes());
    let line: ListingId =
        world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])?.get("id")).unwrap();
    let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
    went(&world.post(&nurse, &format!("/listings/{line}/compare"), &[("decision", "new")]));
    Team {
        link: world.someone("Link Example", Role::LinkWorker, Some(own)),
        stranger: world.someone("Stranger Example", Role::Manager, Some(other)),
        person: world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap(),
        nurse,
    }
}

fn give(world: &World<'_>, t: &Team, more: &[(&str, &str)]) -> Answer {
    let mut all = vec![
        ("safe", "yes"),
        ("variant", "ordinary"),
        ("language", "en"),
        ("how", "printed"),
        ("agreed", "Take the blue letter along"),
        ("ring", "020 7946 0000, Nell"),
        ("line", "samaritans"),
    ];
    for (name, value) in more {
        all.retain(|(n, _)| n != name);
        all.push((name, value));
    }
    world.post(&t.link, &format!("/people/{}/advice/new", t.person), &all)
}

#[test]
fn a_sheet_is_kept_word_for_word_shown_on_the_person_and_printed() {
    both_with(
        &[("ALONGSIDE_SECOND_FACTOR", "off"), ("ALONGSIDE_PUBLIC_PAGE", "https://help.example.org")],
        |world| {
            let t = team(world);
            let sheet = went(&give(world, &t, &[]));
            assert!(page(world, &t.nurse, &sheet).contains("Take the blue letter along"));
            assert!(page(world, &t.nurse, &format!("/people/{}", t.person)).contains(&sheet));
            let paper = page(world, &t.nurse, &format!("{sheet}/print"));
            for part in ["116 123", "QWERTIL", "https://help.example.org", "020 7946 0000"] {
                assert!(paper.contains(part), "{part}: {paper}");
            }
            went(&world.post(&t.link, &format!("{sheet}/mistaken"), &[("words", "For another person")]));
            assert!(page(world, &t.nurse, &sheet).contains("Given by mistake"));
            assert!(!page(world, &t.nurse, &format!("/people/{}", t.person)).contains(&sheet));
            assert_eq!(world.get(&t.stranger, &sheet).status, StatusCode::NOT_FOUND);
            assert_eq!(world.get(&t.stranger, &format!("{sheet}/print")).status, StatusCode::NOT_FOUND);
        },
    );
}

/// The whole page that leaves the printer is looked at, its title too.
#[test]
fn nothing_on_a_sheet_that_is_safe_to_carry_tells_why_somebody_has_it() {
    both_with(
        &[("ALONGSIDE_SECOND_FACTOR", "off"), ("ALONGSIDE_PUBLIC_PAGE", "https://help.example.org")],
        |world| {
            let t = team(world);
            for language in ["en", "cy"] {
                let sheet =
                    went(&give(world, &t, &[("safe", "no"), ("variant", "safe"), ("language", language)]));
                let paper = page(world, &t.nurse, &format!("{sheet}/print"));
                let title = paper.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
                let main = paper.split("<main").nth(1).unwrap().split("<button").next().unwrap();
                let words = main.replace(['<', '>', '"', '='], " ");
                assert!(
                    alongside::advice::telling(title).is_empty() && !title.contains("Alongside"),
                    "{title}"
                );
                let told = alongside::advice::telling(&words);
                assert!(told.is_empty(), "{told:?}: {words}");
                assert!(words.contains("116 123") && words.contains("blue letter"));
                assert!(!words.contains("QWERTIL") && !words.contains("help.example.org"), "{words}");
            }
        },
    );
}

#[test]
fn a_telling_word_or_an_open_sheet_for_somebody_who_is_not_safe_is_refused_and_nothing_typed_is_lost() {
    both(|world| {
        let t = team(world);
        let telling = give(world, &t, &[("variant", "safe"), ("agreed", "Go to the Drug group on Monday")]);
        assert_eq!(telling.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(telling.body.contains("These words tell why they have it: Drug."), "{}", telling.body);
        assert!(telling.body.contains("Go to the Drug group on Monday"));
        let open = give(world, &t, &[("safe", "no")]);
        assert_eq!(open.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(open.body.contains("It is not safe for them to carry an open sheet"));
        let unasked = give(world, &t, &[("safe", "")]);
        assert!(unasked.body.contains("Say whether it is safe"));
        assert_eq!(
            world
                .test
                .db
                .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM advice_sheet"), &[])?.get::<i64>("n"))
                .unwrap(),
            0
        );
    });
}
