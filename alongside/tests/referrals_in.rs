//! Referred to us: by account, link, poster, telephone; recognised, taken on, ended; and what crosses back. On both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::clock;
use alongside::ids::ProjectId;
use axum::http::StatusCode;
use store::sql;
use world::{Answer, Someone, World, both};

struct Team {
    project: ProjectId,
    nurse: Someone,
    usher: Someone,
    solicitor: Someone,
    stranger: Someone,
}

fn team(world: &World<'_>) -> Team {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    Team {
        nurse: world.someone("Nurse Example", Role::Practitioner, Some(project)),
        usher: world.someone("Ursula Usher", Role::CourtReferrer, Some(project)),
        solicitor: world.someone("Sol Icitor", Role::CourtReferrer, Some(project)),
        stranger: world.someone("Stranger Example", Role::Practitioner, Some(other)),
        project,
    }
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

/// Today's list with one person on it.
fn list(world: &World<'_>) {
    let today = clock::london_day(clock::now());
    let csv = format!(
        "court code,date,surname,forename,date of birth,list number,case number\nB01ND,{today},ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n"
    );
    world.import("list.csv", csv.as_bytes());
}

/// The form as a hurried solicitor fills it in, about somebody in court today.
fn filled(more: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let today = clock::london_day(clock::now());
    let mut all: Vec<(&'static str, String)> = vec![
        ("danger", "no".into()),
        ("name", "Qwertil Zyxwvu".into()),
        ("born-day", "1".into()),
        ("born-month", "2".into()),
        ("born-year", "1990".into()),
        ("place", "cells".into()),
        ("court", "B01ND".into()),
        ("hearing-day", today.day().to_string()),
        ("hearing-month", today.month().to_string()),
        ("hearing-year", today.year().to_string()),
        ("worry", "voices".into()),
        ("words", "He answers somebody who is not there".into()),
        ("told", "yes".into()),
        ("agrees", "not-asked".into()),
        ("your-name", "Sol Icitor".into()),
        ("your-role", "solicitor".into()),
        ("contact", "020 7946 0000".into()),
    ];
    for (name, value) in more {
        all.retain(|(n, _)| n != name);
        all.push((name, value.clone()));
    }
    all
}

fn pairs<'a>(all: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    all.iter().map(|(n, v)| (*n, v.as_str())).collect()
}

fn door(world: &World<'_>, t: &Team, kind: &str) -> String {
    let answer = world.post(
        &t.nurse,
        "/referrals-in/doors",
        &[("kind", kind), ("name", "Cells, ground floor"), ("hours", "24")],
    );
    let (page, start) = if kind == "link" {
        (answer.body, "/refer-once/")
    } else {
        (page(world, &t.nurse, &went(&answer)), "/r/")
    };
    let at = page.find(start).unwrap_or_else(|| panic!("{page}"));
    page[at..].split(['"', '<']).next().unwrap().to_owned()
}

fn receipt(answer: &Answer) -> String {
    let at = answer.body.find("/referral-state/").unwrap_or_else(|| panic!("{}", answer.body));
    answer.body[at..].split('"').next().unwrap().to_owned()
}

fn state(world: &World<'_>, receipt: &str) -> String {
    world.send("POST", receipt, None, &[("lang", "en")]).body
}

fn count(world: &World<'_>) -> i64 {
    world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM referral_in"), &[])?.get("n")).unwrap()
}

fn inbox_first(world: &World<'_>, who: &Someone) -> String {
    let inbox = page(world, who, "/referrals-in");
    inbox
        .split("href=\"")
        .find(|p| p.starts_with("/referrals-in/0"))
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn from_a_solicitors_link_to_the_row_of_the_board_and_back_as_a_state() {
    both(|world| {
        let t = team(world);
        list(world);
        let link = door(world, &t, "link");
        assert_eq!(world.send("POST", &link, None, &[("step", "open")]).status, StatusCode::OK);
        let sent = world.send("POST", &link, None, &pairs(&filled(&[])));
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
        let receipt = receipt(&sent);
        // One referral, and the link opens no more.
        assert_eq!(world.send("POST", &link, None, &pairs(&filled(&[]))).status, StatusCode::NOT_FOUND);
        assert_eq!(count(world), 1);
        assert!(state(world, &receipt).contains("Nobody has taken it on yet"));

        // Above the board at once; on the row once a human says who it is.
        let today = clock::london_day(clock::now());
        let board = format!("/courts/B01ND/{today}");
        assert!(page(world, &t.nurse, &board).contains("1 referred, not joined to a row yet"));
        let one = inbox_first(world, &t.nurse);
        let shown = page(world, &t.nurse, &one);
        assert!(
            shown.contains("Very alike") && shown.contains("He answers somebody who is not there"),
            "{shown}"
        );
        let line = shown.split("value=\"line-").nth(1).unwrap().split('"').next().unwrap().to_owned();
        went(&world.post(&t.nurse, &format!("{one}/accept"), &[]));
        went(&world.post(&t.nurse, &format!("{one}/join"), &[("whom", &format!("line-{line}"))]));
        let joined = page(world, &t.nurse, &board);
        assert!(
            joined.contains("Referred, taken on") && !joined.contains("not joined to a row yet"),
            "{joined}"
        );
        assert!(page(world, &t.nurse, &format!("/listings/{line}")).contains("Referred to us"));
        assert!(state(world, &receipt).contains("Somebody has taken it on"));

        went(&world.post(&t.nurse, &format!("{one}/end"), &[("kind", "seen")]));
        let last = state(world, &receipt);
        assert!(last.contains("The person was seen"));
        for never in ["Qwertil", "Zyxwvu", "ZYXWVU", "voices", "not there", "1990"] {
            assert!(!last.contains(never), "{never}: {last}");
        }
        assert_eq!(world.get(&t.stranger, &one).status, StatusCode::NOT_FOUND);
        assert!(!page(world, &t.stranger, "/referrals-in").contains("Qwertil"));
    });
}

#[test]
fn a_referrer_sees_their_own_and_what_the_ledger_says_they_were_told_and_nothing_else() {
    both(|world| {
        let t = team(world);
        list(world);
        let mine = went(&world.post(&t.solicitor, "/refer/new", &pairs(&filled(&[]))));
        let hers = went(&world.post(
            &t.usher,
            "/refer/new",
            &pairs(&filled(&[("your-name", "Ursula Usher".into()), ("your-role", "usher".into())])),
        ));
        assert!(page(world, &t.solicitor, &mine).contains("Nobody has taken it on yet"));
        assert_eq!(world.get(&t.solicitor, &hers).status, StatusCode::NOT_FOUND);
        assert_eq!(world.post(&t.solicitor, &format!("{hers}/withdraw"), &[]).status, StatusCode::NOT_FOUND);
        for path in ["/referrals-in", "/people", "/courts", "/directory", "/referrals"] {
            assert_eq!(world.get(&t.solicitor, path).status, StatusCode::NOT_FOUND, "{path}");
        }
        // Two of one person: a human says so, and both are told how theirs stands.
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let (one, other) = (format!("/referrals-in/{}", id(&mine)), id(&hers));
        went(&world.post(
            &t.nurse,
            &format!("/referrals-in/{other}/end"),
            &[("kind", "duplicate"), ("other", &id(&mine))],
        ));
        assert!(page(world, &t.usher, &hers).contains("Another referral about the same person goes on"));
        went(&world.post(&t.nurse, &format!("{one}/join"), &[("whom", "new")]));
        let person: alongside::ids::PersonId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap();
        // Told by name, under a ruling: that stands on their page. What somebody else was told does not.
        let now = clock::in_london(clock::now());
        let moment = [
            ("when-day", now.day().to_string()),
            ("when-month", now.month().to_string()),
            ("when-year", now.year().to_string()),
            ("when-time", now.strftime("%H:%M").to_string()),
        ];
        let when: Vec<(&str, &str)> = moment.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let mut consent = when.clone();
        consent.extend([("how", "in-person"), ("to-defence", "given")]);
        went(&world.post(&t.nurse, &format!("/people/{person}/consent/decide"), &consent));
        // Told a minute after: the clock of a form knows minutes only.
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    sql("UPDATE referral_in SET received_at = $1"),
                    &[&(clock::now() - jiff::SignedDuration::from_hours(1))],
                )
            })
            .unwrap();
        for (name, what) in
            [("sol icitor", "That he will be seen at noon"), ("Another Solicitor", "Something for another")]
        {
            let mut told = when.clone();
            told.extend([
                ("recipient", "defence"),
                ("to-name", name),
                ("purpose", "treatment"),
                ("summary", what),
                ("means", "in-person"),
            ]);
            went(&world.post(&t.nurse, &format!("/people/{person}/consent/told"), &told));
        }
        let shown = page(world, &t.solicitor, &mine);
        assert!(shown.contains("That he will be seen at noon"), "{shown}");
        assert!(!shown.contains("Something for another"));
        went(&world.post(
            &t.nurse,
            &format!("{one}/end"),
            &[("kind", "declined"), ("code", "gone"), ("words", "For us only")],
        ));
        let ended = page(world, &t.solicitor, &mine);
        assert!(ended.contains("had left before we could see them") && !ended.contains("For us only"));
    });
}

#[test]
fn a_door_that_does_not_open_says_the_same_whatever_is_wrong_and_a_flood_is_bounded() {
    both(|world| {
        let t = team(world);
        let poster = door(world, &t, "poster");
        let closed = door(world, &t, "poster");
        let doors = page(world, &t.nurse, "/referrals-in/doors");
        let newest = doors
            .split("action=\"")
            .find(|p| p.starts_with("/referrals-in/doors/0") && p.contains("/end\""))
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        went(&world.post(&t.nurse, &newest, &[]));
        let wrong = world.send("GET", "/r/nosuchcode", None, &[]);
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        assert_eq!(world.send("GET", &closed, None, &[]).body, wrong.body);
        let sent_wrong = world.from("192.0.2.1", "/r/nosuchcode", &pairs(&filled(&[])));
        assert_eq!(sent_wrong.body, wrong.body);
        assert_eq!(world.from("192.0.2.1", "/refer-once/nosuchtoken", &pairs(&filled(&[]))).body, wrong.body);

        // From one network five in ten minutes, through one door twenty; what is over gets the one answer.
        for n in 0..12 {
            let answer = world.from("192.0.2.1", &poster, &pairs(&filled(&[])));
            assert_eq!(answer.status == StatusCode::OK, n < 5, "{n}");
        }
        for n in 0..8_u8 {
            for _ in 0..4 {
                world.from(&format!("198.51.100.{n}"), &poster, &pairs(&filled(&[])));
            }
        }
        assert_eq!(count(world), 20);
        let over = world.from("203.0.113.9", &poster, &pairs(&filled(&[])));
        assert_eq!((over.status, &over.body), (wrong.status, &wrong.body));
        let rows: i64 = world
            .test
            .db
            .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM referral_door_use"), &[])?.get("n"))
            .unwrap();
        assert!(rows <= 2 * 9 + 2, "{rows}");
    });
}

#[test]
fn what_is_missing_is_said_in_the_readers_language_and_nothing_typed_is_lost() {
    both(|world| {
        let t = team(world);
        let poster = door(world, &t, "poster");
        let refused = world.from(
            "192.0.2.1",
            &poster,
            &[
                ("lang", "cy"),
                ("words", "Mae’n siarad â neb"),
                ("born-day", "31"),
                ("born-month", "2"),
                ("born-year", "1990"),
            ],
        );
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [
            "lang=\"cy\"",
            "Rhowch eu henw",
            "Rhowch ddyddiad geni go iawn",
            "Dewiswch pwy ydych chi",
            "Mae’n siarad â neb",
            "value=\"31\"",
        ] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        // Refused forms use nothing up; what fills in the field nobody sees is thanked and forgotten.
        let robot =
            world.from("192.0.2.1", &poster, &pairs(&filled(&[("website", "https://spam.example".into())])));
        assert_eq!(robot.status, StatusCode::OK);
        assert_eq!(count(world), 0);
        let long = world.from("192.0.2.1", &poster, &pairs(&filled(&[("words", "x".repeat(5_000))])));
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        let danger = world.from("192.0.2.1", &poster, &pairs(&filled(&[("danger", "yes".into())])));
        assert!(danger.body.contains("999"), "{}", danger.body);
        assert!(page(world, &t.nurse, "/referrals-in").contains("Referred: danger now"));
    });
}

#[test]
fn what_comes_by_telephone_is_typed_passed_on_and_taken_apart_again() {
    both(|world| {
        let t = team(world);
        let second = world.project("Second", &[("B01GU", "Highbury Corner Magistrates' Court")]);
        world.also(&t.nurse, Role::Practitioner, Some(second));
        let other = world.someone("Second Nurse", Role::Practitioner, Some(second));
        let project = t.project.to_string();
        let typed = filled(&[("how", "telephone".into()), ("project", project)]);
        let one = went(&world.post(&t.nurse, "/referrals-in/new", &pairs(&typed)));
        assert_eq!(world.get(&other, &one).status, StatusCode::NOT_FOUND);
        went(&world.post(
            &t.nurse,
            &format!("{one}/pass-on"),
            &[("project", &second.to_string()), ("words", "He is at Highbury")],
        ));
        assert!(page(world, &other, &one).contains("He is at Highbury"));
        went(&world.post(&other, &format!("{one}/join"), &[("whom", "new")]));
        assert!(page(world, &other, &one).contains("Joined to"));
        went(&world.post(&other, &format!("{one}/unjoin"), &[]));
        let apart = page(world, &other, &one);
        assert!(apart.contains("On the register"), "whom it was joined to is still proposed: {apart}");
        went(&world.post(&other, &format!("{one}/end"), &[("kind", "seen")]));
        assert_eq!(world.post(&other, &format!("{one}/accept"), &[]).status, StatusCode::CONFLICT);
    });
}

#[test]
fn a_file_of_referrals_is_kept_as_it_came_taken_once_and_what_is_left_out_is_named() {
    both(|world| {
        let t = team(world);
        list(world);
        let today = clock::london_day(clock::now());
        // As a spreadsheet of another age saves it: Windows-1252, with a column nobody knows and two rows that can't be used.
        let text = format!(
            "Name,Date of birth,Court,Hearing date,Place,Danger,Worries,Referred by,Role,Contact,Shoe size\r\n\
             Qwertil Zyxwvu,1/2/1990,B01ND,{today},In the court cells,No,Seems very low; voices,Ren\u{e9}e Example,Solicitor,020 7946 0000,9\r\n\
             ,,B01ND,{today},cells,no,voices,Ren\u{e9}e Example,solicitor,020 7946 0000,\r\n\
             Sdfghjk Lkjhgf,,Mars,{today},cells,no,voices,Ren\u{e9}e Example,solicitor,020 7946 0000,\r\n"
        );
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let send = |who: &Someone, bytes: &[u8]| world.upload(who, "/referrals-in/file", "list.csv", bytes);
        let shown = send(&t.nurse, &bytes).body;
        assert!(shown.contains("1 new, 0 had come before, 3 left out"), "{shown}");
        assert!(shown.contains("Line 3: Enter their name"), "{shown}");
        assert!(shown.contains("Line 4: “Mars” is no court"), "{shown}");
        let one = page(world, &t.nurse, &inbox_first(world, &t.nurse));
        assert!(one.contains("Renée Example") && one.contains("In a file"), "{one}");
        // The same file again, and with a row mended: what was taken is not taken twice.
        assert!(send(&t.nurse, &bytes).body.contains("0 new, 1 had come before"));
        let mended = String::from_utf8_lossy(&bytes).replace('\u{fffd}', "\u{e9}").replace("Mars", "b01nd");
        assert!(send(&t.nurse, mended.as_bytes()).body.contains("1 new, 1 had come before"));
        assert_eq!(count(world), 2);
        // The bytes are kept, also of what could not be read at all.
        let binary = send(&t.nurse, b"PK\x03\x04\x00\x01\x02\x03\x00\x00\x00\x00");
        assert_eq!(binary.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", binary.body);
        assert_eq!(send(&t.nurse, b"").status, StatusCode::UNPROCESSABLE_ENTITY);
        let kept: Vec<Vec<u8>> = world
            .test
            .db
            .read(|r| {
                r.query(sql("SELECT body FROM referral_in_file ORDER BY id"), &[])?
                    .iter()
                    .map(|row| row.get("body"))
                    .collect::<store::Result<_>>()
            })
            .unwrap();
        assert_eq!((kept.len(), &kept[0]), (4, &bytes));
        // Another project's court is not theirs to fill.
        assert!(send(&t.stranger, &bytes).body.contains("0 new, 0 had come before"));
        assert_eq!(count(world), 2);
    });
}

#[test]
fn no_name_stands_in_the_audit_of_referrals_in() {
    both(|world| {
        let t = team(world);
        let mine = went(&world.post(&t.solicitor, "/refer/new", &pairs(&filled(&[]))));
        page(world, &t.solicitor, &mine);
        page(world, &t.nurse, "/referrals-in");
        let rows: i64 = world
            .test
            .db
            .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM audit_event WHERE LOWER(detail) LIKE '%zyxwvu%' OR LOWER(subject_id) LIKE '%zyxwvu%'"), &[])?.get("n"))
            .unwrap();
        assert_eq!(rows, 0);
    });
}
