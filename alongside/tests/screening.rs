//! From a board row, a paper sheet or a person's page to a screening, as practitioners live it, on both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::ids::{ListingId, PersonId, ProjectId};
use axum::http::StatusCode;
use store::sql;
use world::{Answer, Someone, World, both};

const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\nB01ND,2026-11-23,MADEUP,ORLANDA,03/04/1985,2,1600000002\n";

struct Morning {
    project: ProjectId,
    nurse: Someone,
    stranger: Someone,
    /// ZYXWVU, MADEUP.
    lines: [String; 2],
}

fn morning(world: &World<'_>) -> Morning {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    world.import("list.csv", LIST.as_bytes());
    let line = |name: &str| {
        let row = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM listing WHERE surname = $1"), &[&name]))
            .unwrap();
        row.get::<ListingId>("id").unwrap().to_string()
    };
    Morning {
        project,
        nurse: world.someone("Nurse Example", Role::Practitioner, Some(project)),
        stranger: world.someone("Stranger Example", Role::Practitioner, Some(other)),
        lines: [line("ZYXWVU"), line("MADEUP")],
    }
}

/// The six answers of somebody without needs, and what a test adds or changes.
fn answers<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("who", "new"),
        ("seen", "seen"),
        ("contact-day", "23"),
        ("contact-month", "11"),
        ("contact-year", "2026"),
        ("contact-time", "9:42"),
        ("asked-first", "yes"),
        ("self-harm-thoughts", "no"),
        ("asked-flags", "yes"),
        ("need", "none"),
        ("outcome", "no-need"),
    ];
    for (name, value) in more {
        fields.retain(|(there, _)| there != name);
        fields.push((name, value));
    }
    fields
}

fn count(world: &World<'_>, table: &str) -> i64 {
    let statement = match table {
        "screening" => sql("SELECT COUNT(*) AS n FROM screening"),
        "person" => sql("SELECT COUNT(*) AS n FROM person"),
        "screening_version" => sql("SELECT COUNT(*) AS n FROM screening_version"),
        _ => panic!("{table}"),
    };
    world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
}

fn made(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let href = answer.location().to_owned();
    assert!(href.starts_with("/screenings/"), "{href}");
    href
}

#[test]
fn a_person_without_needs_is_screened_from_their_row_and_stands_so_on_the_board() {
    both(|world| {
        let m = morning(world);
        let form = world.get(&m.nurse, &format!("/listings/{}/screening", m.lines[0]));
        assert_eq!(form.status, StatusCode::OK);
        assert!(form.body.contains("Somebody new: put them on the register"));
        let href = made(&world.post(&m.nurse, &format!("/listings/{}/screening", m.lines[0]), &answers(&[])));
        let page = world.get(&m.nurse, &href);
        assert!(page.body.contains("No need found") && page.body.contains("ZYXWVU"), "{}", page.body);
        let board = world.get(&m.nurse, "/courts/B01ND/2026-11-23");
        assert!(board.body.contains("No need 09:42"), "{}", board.body);
        // The person is on the register now, with this on their page.
        assert_eq!(count(world, "person"), 1);
        let person: PersonId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])).unwrap().get("id").unwrap();
        assert!(world.get(&m.nurse, &format!("/people/{person}")).body.contains(&href));
    });
}

#[test]
fn the_same_form_pressed_twice_is_one_screening() {
    both(|world| {
        let m = morning(world);
        let id = uuid::Uuid::now_v7().to_string();
        let path = format!("/listings/{}/screening", m.lines[0]);
        let fields = answers(&[("draft", id.as_str())]);
        let first = made(&world.post(&m.nurse, &path, &fields));
        let second = made(&world.post(&m.nurse, &path, &fields));
        assert_eq!(first, second);
        assert_eq!((count(world, "screening"), count(world, "person")), (1, 1));
    });
}

#[test]
fn what_was_typed_comes_back_with_what_is_missing_and_nothing_is_kept_half() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/screening", m.lines[0]);
        let words = "Says the walls talk; slept 2 hours";
        let fields =
            answers(&[("voices", "yes"), ("voices-words", words), ("need", ""), ("self-harm-thoughts", "")]);
        let again = world.post(&m.nurse, &path, &fields);
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains(words));
        assert!(again.body.contains("Say how much need you found"));
        assert!(again.body.contains("Say what the answer was about thoughts of self-harm"));
        assert_eq!((count(world, "screening"), count(world, "person")), (0, 0));
        // A choice of who that can't be kept undoes the sending too: pressing again is not "sent before".
        let id = uuid::Uuid::now_v7().to_string();
        let refused = world.post(&m.nurse, &path, &answers(&[("draft", id.as_str()), ("who", "")]));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        made(&world.post(&m.nurse, &path, &answers(&[("draft", id.as_str())])));
    });
}

#[test]
fn finish_later_keeps_every_word_without_script() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/screening", m.lines[0]);
        let id = uuid::Uuid::now_v7().to_string();
        let left = world.post(
            &m.nurse,
            &path,
            &[
                ("draft", id.as_str()),
                ("press", "later"),
                ("observed-words", "Would not sit down"),
                ("need", "mild"),
            ],
        );
        assert_eq!(left.status, StatusCode::SEE_OTHER);
        assert_eq!(count(world, "screening"), 0);
        let again = world.get(&m.nurse, &path);
        assert!(
            again.body.contains("Would not sit down")
                && again.body.contains("This goes on with what you typed")
        );
        // A colleague opens a form of their own.
        let colleague = world.someone("Colleague Example", Role::Practitioner, Some(m.project));
        assert!(!world.get(&colleague, &path).body.contains("Would not sit down"));
        let shelf = world.get(&m.nurse, "/drafts");
        assert!(shelf.body.contains("Screening") && !shelf.body.contains("ZYXWVU"));
    });
}

#[test]
fn not_seen_takes_a_reason_and_puts_nobody_on_the_register() {
    both(|world| {
        let m = morning(world);
        for (seen, words, tag) in
            [("declined", "", "Not seen: declined"), ("interpreter-absent", "", "interpreter absent")]
        {
            let fields = [
                ("who", "new"),
                ("seen", seen),
                ("seen-words", words),
                ("contact-day", "23"),
                ("contact-month", "11"),
                ("contact-year", "2026"),
                ("contact-time", "0915"),
            ];
            made(&world.post(&m.nurse, &format!("/listings/{}/screening", m.lines[0]), &fields));
            assert!(world.get(&m.nurse, "/courts/B01ND/2026-11-23").body.contains(tag));
        }
        assert_eq!(count(world, "person"), 0);
    });
}

#[test]
fn paper_opens_the_form_by_its_code_and_keeps_the_true_time() {
    both(|world| {
        let m = morning(world);
        world.get(&m.nurse, "/courts/B01ND/2026-11-23/pack");
        let code: String = world
            .test
            .db
            .read(|r| {
                r.one(
                    sql("SELECT c.code FROM sheet_code c JOIN listing l ON l.id = c.listing_id WHERE l.surname = 'MADEUP'"),
                    &[],
                )
            })
            .unwrap()
            .get("code")
            .unwrap();
        let opened = world.post(&m.nurse, "/sheet", &[("code", &code)]);
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        assert!(opened.location().ends_with("/screening?from=paper"), "{}", opened.location());
        let form = world.get(&m.nurse, opened.location());
        assert!(form.body.contains("name=\"late\" type=\"checkbox\" value=\"yes\" checked"), "{}", form.body);
        let time = form.body.split("<input").find(|i| i.contains("name=\"contact-time\"")).unwrap();
        assert!(!time.split('>').next().unwrap().contains(":"), "the true time must be typed: {time}");
        let path = format!("/listings/{}/screening", m.lines[1]);
        let href = made(&world.post(&m.nurse, &path, &answers(&[("late", "yes"), ("contact-time", "8.55")])));
        let page = world.get(&m.nurse, &href);
        assert!(page.body.contains("23 November 2026, 08:55. Typed in later, from paper"), "{}", page.body);
    });
}

#[test]
fn an_urgent_need_moves_the_row_up_and_says_who_found_it() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/screening", m.lines[1]);
        made(&world.post(&m.nurse, &path, &answers(&[("need", "severe"), ("outcome", "urgent")])));
        let board = world.get(&m.nurse, "/courts/B01ND/2026-11-23").body;
        assert!(board.find("MADEUP").unwrap() < board.find("ZYXWVU").unwrap());
        let line = world.get(&m.nurse, &format!("/listings/{}", m.lines[1])).body;
        assert!(line.contains("Urgent need") && line.contains("screening by Nurse Example"), "{line}");
    });
}

#[test]
fn a_screening_follows_its_line_when_the_line_is_linked_unlinked_and_linked_anew() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/screening", m.lines[0]);
        let href = made(&world.post(&m.nurse, &path, &answers(&[("who", "later")])));
        assert_eq!(count(world, "person"), 0);
        world.post(&m.nurse, &format!("/listings/{}/compare", m.lines[0]), &[("decision", "new")]);
        let person: PersonId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])).unwrap().get("id").unwrap();
        let page = format!("/people/{person}");
        assert!(world.get(&m.nurse, &page).body.contains(&href));
        let decision: uuid::Uuid = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM link_decision WHERE undone_at IS NULL"), &[]))
            .unwrap()
            .get("id")
            .unwrap();
        world.post(
            &m.nurse,
            &format!("/listings/{}/take-back", m.lines[0]),
            &[("decision", &decision.to_string())],
        );
        assert!(!world.get(&m.nurse, &page).body.contains(&href), "it was somebody else after all");
        assert_eq!(world.get(&m.nurse, &href).status, StatusCode::OK, "it stays on the line");
    });
}

#[test]
fn a_correction_is_a_new_version_and_an_error_counts_for_nothing() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/screening", m.lines[0]);
        let href = made(&world.post(&m.nurse, &path, &answers(&[("need", "severe"), ("outcome", "urgent")])));
        let correct = format!("{href}/correct");
        let no_reason = world.post(&m.nurse, &correct, &answers(&[("version", "1")]));
        assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fixed = world.post(
            &m.nurse,
            &correct,
            &answers(&[
                ("version", "1"),
                ("reason", "Ticked the wrong box"),
                ("need", "mild"),
                ("outcome", "assess"),
            ]),
        );
        assert_eq!(fixed.status, StatusCode::SEE_OTHER, "{}", fixed.body);
        let page = world.get(&m.nurse, &href).body;
        assert!(page.contains("Ticked the wrong box") && page.contains("Version 1 of"), "{page}");
        // A page opened before the correction can't overwrite it.
        let stale = world.post(&m.nurse, &correct, &answers(&[("version", "1"), ("reason", "x")]));
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.body.contains("Somebody corrected this screening"));
        let wrong = world.post(
            &m.nurse,
            &correct,
            &[("version", "2"), ("reason", "It was the man in the next cell"), ("in-error", "yes")],
        );
        assert_eq!(wrong.status, StatusCode::SEE_OTHER, "{}", wrong.body);
        assert!(world.get(&m.nurse, &href).body.contains("Entered in error"));
        assert!(!world.get(&m.nurse, "/courts/B01ND/2026-11-23").body.contains("Assess 09:42"));
        assert_eq!(count(world, "screening_version"), 3, "nothing was overwritten");
    });
}

#[test]
fn nobody_of_another_project_reads_or_corrects_a_screening() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/screening", m.lines[0]);
        let href = made(&world.post(&m.nurse, &path, &answers(&[])));
        for (method, path) in [
            ("GET", path.clone()),
            ("POST", path),
            ("GET", href.clone()),
            ("GET", format!("{href}/correct")),
            ("POST", format!("{href}/correct")),
        ] {
            let answer =
                world.send(method, &path, Some(&m.stranger), &answers(&[("version", "1"), ("reason", "x")]));
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
            assert!(!answer.body.contains("ZYXWVU"));
        }
        let worker = world.someone("Worker Example", Role::LinkWorker, Some(m.project));
        assert_eq!(
            world.get(&worker, &href).status,
            StatusCode::NOT_FOUND,
            "no clinical text for link workers"
        );
        let person: PersonId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])).unwrap().get("id").unwrap();
        let page = world.get(&worker, &format!("/people/{person}"));
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("/screenings/"));
        // Whoever screens elsewhere and is a link worker here stays a link worker here.
        let elsewhere = world.project("Third", &[]);
        world.also(&worker, Role::Practitioner, Some(elsewhere));
        assert!(!world.get(&worker, &format!("/people/{person}")).body.contains("/screenings/"));
    });
}

#[test]
fn who_is_asked_with_the_likely_ones_and_the_answer_is_a_decision() {
    both(|world| {
        let m = morning(world);
        // The same person is known from an earlier day.
        world.post(&m.nurse, &format!("/listings/{}/compare", m.lines[0]), &[("decision", "new")]);
        let person: PersonId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])).unwrap().get("id").unwrap();
        let next = LIST.replace("2026-11-23", "2026-11-24").replace("16000000", "16000001");
        world.import("next.csv", next.as_bytes());
        let line: ListingId = world
            .test
            .db
            .read(|r| {
                r.one(
                    sql("SELECT id FROM listing WHERE surname = 'ZYXWVU' AND list_date = '2026-11-24'"),
                    &[],
                )
            })
            .unwrap()
            .get("id")
            .unwrap();
        let path = format!("/listings/{line}/screening");
        let form = world.get(&m.nurse, &path);
        assert!(form.body.contains(&person.to_string()), "the likely person is offered");
        let said = person.to_string();
        let href =
            made(&world.post(&m.nurse, &path, &answers(&[("who", said.as_str()), ("contact-day", "24")])));
        assert_eq!(count(world, "person"), 1, "nobody new was made");
        assert!(world.get(&m.nurse, &format!("/people/{person}")).body.contains(&href));
    });
}

#[test]
fn a_warning_asked_for_at_screening_stands_on_the_board_with_the_words() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/screening", m.lines[1]);
        let words = "Says she will not see the evening";
        let unsaid = answers(&[("self-harm-thoughts", "yes"), ("need", "moderate"), ("outcome", "assess")]);
        assert_eq!(world.post(&m.nurse, &path, &unsaid).status, StatusCode::UNPROCESSABLE_ENTITY);
        made(&world.post(
            &m.nurse,
            &path,
            &answers(&[
                ("self-harm-thoughts", "yes"),
                ("self-harm-thoughts-words", words),
                ("warn", "yes"),
                ("need", "moderate"),
                ("outcome", "assess"),
            ]),
        ));
        let board = world.get(&m.nurse, "/courts/B01ND/2026-11-23").body;
        assert!(
            board.find("MADEUP").unwrap() < board.find("ZYXWVU").unwrap(),
            "an open warning stands first"
        );
        let line = world.get(&m.nurse, &format!("/listings/{}", m.lines[1])).body;
        assert!(line.contains("Warning not received yet") && line.contains(words), "{line}");
    });
}

#[test]
fn a_correction_can_still_raise_the_warning_and_never_raises_it_twice() {
    both(|world| {
        let m = morning(world);
        let warnings = || -> i64 {
            world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM warning"), &[])?.get("n")).unwrap()
        };
        let path = format!("/listings/{}/screening", m.lines[0]);
        let href = made(&world.post(&m.nurse, &path, &answers(&[])));
        assert_eq!(warnings(), 0);
        let said = |version: &'static str| {
            answers(&[
                ("version", version),
                ("reason", "He said it on the way out"),
                ("self-harm-thoughts", "yes"),
                ("warn", "yes"),
                ("need", "moderate"),
                ("outcome", "assess"),
            ])
        };
        for version in ["1", "2"] {
            let kept = world.post(&m.nurse, &format!("{href}/correct"), &said(version));
            assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
            assert_eq!(warnings(), 1, "after version {version}");
        }
    });
}

#[test]
fn one_screening_raises_one_warning_also_when_the_person_is_new() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/screening", m.lines[1]);
        let said = answers(&[
            ("self-harm-thoughts", "yes"),
            ("warn", "yes"),
            ("need", "severe"),
            ("outcome", "urgent"),
            ("press", "save"),
        ]);
        made(&world.post(&m.nurse, &path, &said));
        let n: i64 =
            world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM warning"), &[])?.get("n")).unwrap();
        assert_eq!(n, 1);
        // It hangs on the line and on the person; once it is received, neither says that it is open.
        assert!(world.get(&m.nurse, "/courts/B01ND/2026-11-23").body.contains("Warning not handed over"));
        receive_the_warning(world);
        let board = world.get(&m.nurse, "/courts/B01ND/2026-11-23").body;
        assert!(!board.contains("Warning not") && !board.contains("not received yet"), "{board}");
    });
}

fn receive_the_warning(world: &World<'_>) {
    use alongside::access::Permit;
    use alongside::access::policy::HandOver;
    use alongside::{consent, handover};
    let permit: Permit<HandOver> = Permit::for_command_line(&world.test.db);
    let now = alongside::clock::now();
    permit
        .write_now(|w| {
            let id = w.one(sql("SELECT id FROM warning"), &[])?.get("id")?;
            let opened = w.reading(|r| handover::find_warning(r, id))?.unwrap();
            let handed = handover::hand_over(
                w,
                &opened,
                &handover::NewHandover {
                    receiver: handover::Receiver::Escort,
                    place: "Invented Escorts".into(),
                    given_to: "Desk".into(),
                    means: consent::Means::InPerson,
                    handed_at: now,
                    confirm_within: 60,
                    after: None,
                },
            )?;
            let opened = w.reading(|r| handover::find_warning(r, id))?.unwrap();
            let receipt = handover::NewReceipt {
                received_by: "Van Example".into(),
                role: "Officer".into(),
                how: handover::Confirmed::Telephone,
                note: String::new(),
                received_at: now,
            };
            assert!(handover::receive(w, &opened, handed, &receipt)?);
            Ok::<_, store::Error>(())
        })
        .unwrap();
}
