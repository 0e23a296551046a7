//! The morning, as practitioners live it: lists in, one ranked and explained board out, and work that no later list loses.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::ViewBoard;
use alongside::access::{Permit, Role};
use alongside::exchange::Outcome;
use alongside::morning::{Board, Placed, Rules, board};
use alongside::projects::court_in_scope;
use axum::http::StatusCode;
use jiff::civil::date;
use world::lists::{Case, case, escort, libra, libra_for};
use world::{Someone, World, both};

const DAY: &str = "23/11/2026";
const PNC: &str = "2012/0052494Q";

fn thames(world: &World<'_>) -> (alongside::ids::ProjectId, Someone) {
    let project = world.project("Thames", &[("B01ND", "Thames Magistrates' Court")]);
    (project, world.someone("Nurse Example", Role::Practitioner, Some(project)))
}

fn the_board(world: &World<'_>) -> Board {
    let permit: Permit<ViewBoard> = Permit::for_command_line(&world.test.db);
    let rules = Rules::load(None).unwrap();
    permit
        .read_now(|r| {
            let court = court_in_scope(r, "B01ND")?.unwrap();
            board(r, &court, date(2026, 11, 23), &rules)
        })
        .unwrap()
}

fn row<'a>(board: &'a Board, surname: &str) -> &'a Placed {
    board
        .rows
        .iter()
        .find(|row| row.line.name.starts_with(surname))
        .unwrap_or_else(|| panic!("{surname} is not on the board"))
}

fn has(row: &Placed, marker: &str) -> bool {
    row.markers.iter().any(|m| m.key == marker)
}

fn three() -> Vec<Case> {
    vec![case(1, "Ada", "EXAMPLE"), Case { sex: 'F', ..case(2, "Bea", "SAMPLE") }, case(3, "Cy", "MADEUP")]
}

#[test]
fn the_escort_record_decides_who_is_seen_first_and_the_page_says_why() {
    both(|world| {
        let (_, nurse) = thames(world);
        let cases = vec![case(1, "Ada", "EXAMPLE"), Case { pnc: PNC, ..case(2, "Bea", "SAMPLE") }];
        world.import("list.xml", &libra(DAY, "2026-11-23T07:30:00Z", &cases));
        let answers = "\"indication-of-self-harm-or-suicide\": \"Yes\", \"observation-level\": \"Constant physical watch\", \"history-of-self-harm\": \"Yes\", \"history-of-self-harm-method\": [\"Cutting\"]";
        let reading = world
            .import("escort.json", &escort("r1", "2026-11-23", "Bea", "SAMPLE", "1990-02-01", PNC, answers));
        assert_eq!((reading.counts.escort_records_new, reading.counts.joined), (1, 1), "{reading:?}");
        let board = the_board(world);
        assert_eq!(board.rows.len(), 2, "the escort record joined its line");
        assert!(board.rows[0].line.name.starts_with("SAMPLE"), "{}", board.rows[0].line.name);
        for marker in ["observation-constant", "self-harm-now", "self-harm-history", "in-custody"] {
            assert!(has(&board.rows[0], marker), "{marker}: {:?}", board.rows[0].markers);
        }
        let page = world.get(&nurse, &format!("/listings/{}", board.rows[0].line.id));
        assert_eq!(page.status, StatusCode::OK);
        for words in [
            "Why 1st on the board",
            "Constant physical watch",
            "escort record from Invented Police Station",
            "Cutting",
        ] {
            assert!(page.body.contains(words), "{words}");
        }
    });
}

#[test]
fn a_later_list_adds_changes_and_takes_off_and_loses_no_work() {
    both(|world| {
        let (_, nurse) = thames(world);
        world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &three()));
        let before = the_board(world);
        let bea = row(&before, "SAMPLE").line.id;
        assert_eq!(world.post(&nurse, &format!("/listings/{bea}/take"), &[]).status, StatusCode::SEE_OTHER);
        let prepared = world.post(
            &nurse,
            &format!("/listings/{bea}/preparation"),
            &[("status", "in-progress"), ("preparation_reason", "")],
        );
        assert_eq!(prepared.status, StatusCode::SEE_OTHER, "{}", prepared.body);
        // Bea moves to room 2, Cy is gone, Dee is new.
        let later = vec![
            case(1, "Ada", "EXAMPLE"),
            Case { sex: 'F', room: "2", ..case(2, "Bea", "SAMPLE") },
            case(4, "Dee", "INVENTED"),
        ];
        let reading = world.import("b.xml", &libra(DAY, "2026-11-23T09:10:00Z", &later));
        let c = &reading.counts;
        assert_eq!(
            (c.listings_new, c.listings_changed, c.listings_same, c.listings_removed),
            (1, 1, 1, 1),
            "{c:?}"
        );
        let after = the_board(world);
        let line = &row(&after, "SAMPLE").line;
        assert_eq!((line.id, line.room.as_deref()), (bea, Some("2")));
        assert_eq!(line.work.taken.as_ref().map(|(_, name)| name.as_str()), Some("Nurse Example"));
        assert_eq!(line.work.preparation.key(), "in-progress");
        assert_eq!(after.removed.len(), 1);
        assert!(after.removed[0].name.starts_with("MADEUP"));
        let changes = world.get(&nurse, "/courts/B01ND/2026-11-23/changes");
        for words in ["room: 1 → 2", "Taken off", "INVENTED"] {
            assert!(changes.body.contains(words), "{words}");
        }
        // And Cy comes back with the same line.
        let reading = world.import("c.xml", &libra(DAY, "2026-11-23T09:40:00Z", &three()));
        assert_eq!(reading.counts.listings_returned, 1, "{:?}", reading.counts);
    });
}

#[test]
fn a_list_that_names_its_court_only_in_words_finds_its_board() {
    both(|world| {
        thames(world);
        let list = "court,date,surname,forename,date of birth,case number\nTHAMES MAGISTRATES COURT,2026-11-23,EXAMPLE,Ada,01/02/1990,1600000001\n";
        world.import("typed.csv", list.as_bytes());
        assert_eq!(the_board(world).rows.len(), 1);
    });
}

#[test]
fn the_same_file_twice_changes_nothing() {
    both(|world| {
        thames(world);
        let file = libra(DAY, "2026-11-23T07:30:00Z", &three());
        world.import("a.xml", &file);
        let before = the_board(world);
        let again = world.import("another name.xml", &file);
        assert_eq!(again.outcome, Outcome::Already);
        let after = the_board(world);
        assert_eq!((before.rows.len(), before.version), (after.rows.len(), after.version));
    });
}

#[test]
fn an_older_list_never_overwrites_a_newer_one() {
    both(|world| {
        thames(world);
        let moved = vec![Case { room: "5", ..case(1, "Ada", "EXAMPLE") }];
        world.import("newer.xml", &libra(DAY, "2026-11-23T09:00:00Z", &moved));
        let reading =
            world.import("older.xml", &libra(DAY, "2026-11-23T07:00:00Z", &[case(1, "Ada", "EXAMPLE")]));
        assert_eq!(reading.counts.listings_older, 1, "{:?}", reading.counts);
        assert_eq!(row(&the_board(world), "EXAMPLE").line.room.as_deref(), Some("5"));
    });
}

#[test]
fn a_list_of_a_court_nobody_serves_is_kept_and_appears_once_linked() {
    both(|world| {
        let (project, nurse) = thames(world);
        let administrator = world.someone("Admin Example", Role::Administrator, None);
        world.import("list.xml", &libra_for("B01GU00", DAY, "2026-11-23T07:30:00Z", &three()));
        assert_eq!(world.get(&nurse, "/courts/B01GU/2026-11-23").status, StatusCode::NOT_FOUND);
        let page = world.get(&administrator, "/imports");
        assert!(
            page.body.contains("no project serves this court") && page.body.contains("B01GU"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("EXAMPLE"), "the administrator sees figures, not people");
        let permit: Permit<alongside::access::policy::ManageService> =
            Permit::for_command_line(&world.test.db);
        permit
            .write_now(|w| {
                alongside::projects::add_court(w, "B01GU", "Highbury Corner Magistrates' Court", None)?;
                alongside::projects::link_court(w, project, "B01GU")
            })
            .unwrap();
        let page = world.get(&nurse, "/courts/B01GU/2026-11-23");
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("EXAMPLE"));
    });
}

#[test]
fn an_escort_record_that_only_looks_alike_is_put_to_a_human_and_can_be_taken_off_again() {
    both(|world| {
        let (_, nurse) = thames(world);
        world.import("list.xml", &libra(DAY, "2026-11-23T07:30:00Z", &three()));
        let reading = world.import(
            "escort.json",
            &escort(
                "r1",
                "2026-11-23",
                "Ada",
                "EXAMPLE",
                "1990-02-01",
                "",
                "\"mental-health-needs\": \"Yes\", \"mental-health-needs_details\": \"Hears voices\"",
            ),
        );
        assert_eq!((reading.counts.joined, reading.counts.joins_to_confirm), (0, 1), "{:?}", reading.counts);
        let before = the_board(world);
        assert_eq!(before.rows.len(), 4, "a line of its own until somebody decides");
        let line = before.rows.iter().find(|r| r.line.proposals == 1).unwrap().line.id;
        let page = world.get(&nurse, &format!("/listings/{line}/compare"));
        let proposal = page
            .body
            .split("name=\"proposal\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let joined = world.post(
            &nurse,
            &format!("/listings/{line}/joins"),
            &[("proposal", &proposal), ("word", "same")],
        );
        assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
        let board = the_board(world);
        assert_eq!(board.rows.len(), 3);
        assert!(has(row(&board, "EXAMPLE"), "mental-health"));
        let page = world.get(&nurse, &format!("/listings/{line}/compare"));
        let join =
            page.body.split("name=\"join\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(
            world.post(&nurse, &format!("/listings/{line}/unjoin"), &[("join", &join)]).status,
            StatusCode::SEE_OTHER
        );
        let board = the_board(world);
        assert_eq!(board.rows.len(), 4, "the record stands for itself again");
        // A later version of the list does not join again what a human took apart.
        let mut later = three();
        later[1].room = "2";
        world.import("later.xml", &libra(DAY, "2026-11-23T09:00:00Z", &later));
        assert_eq!(the_board(world).rows.len(), 4);
    });
}

#[test]
fn an_escort_record_that_came_before_the_list_goes_into_its_line_with_the_work_done_on_it() {
    both(|world| {
        let (_, nurse) = thames(world);
        world.import(
            "escort.json",
            &escort("r1", "2026-11-23", "Bea", "SAMPLE", "1990-02-01", PNC, "\"pregnant\": \"No\""),
        );
        let board = the_board(world);
        assert_eq!(board.rows.len(), 1);
        world.post(&nurse, &format!("/listings/{}/take", board.rows[0].line.id), &[]);
        world.import(
            "list.xml",
            &libra(DAY, "2026-11-23T07:30:00Z", &[Case { pnc: PNC, ..case(2, "Bea", "SAMPLE") }]),
        );
        let board = the_board(world);
        assert_eq!(board.rows.len(), 1);
        assert_eq!(board.rows[0].line.origin, "list");
        assert!(board.rows[0].line.work.taken.is_some());
    });
}

#[test]
fn a_practitioner_moves_a_row_with_a_reason_and_the_reason_stands_with_it() {
    both(|world| {
        let (_, nurse) = thames(world);
        world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &three()));
        let last = the_board(world).rows[2].line.clone();
        let no_reason = world.post(
            &nurse,
            &format!("/listings/{}/move", last.id),
            &[("place", "1"), ("move_reason", " ")],
        );
        assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            no_reason.body.contains("Say why this person") && no_reason.body.contains("value=\"1\""),
            "{}",
            no_reason.body
        );
        world.post(
            &nurse,
            &format!("/listings/{}/move", last.id),
            &[("place", "1"), ("move_reason", "Crying in the van")],
        );
        let board = the_board(world);
        assert_eq!(board.rows[0].line.id, last.id);
        assert_eq!(board.rows[0].place_by_rules, 3);
        assert!(
            board.rows[0].reason().contains("by Nurse Example: Crying in the van"),
            "{}",
            board.rows[0].reason()
        );
        world.post(&nurse, &format!("/listings/{}/put-back", last.id), &[]);
        assert_eq!(the_board(world).rows[2].line.id, last.id);
    });
}

#[test]
fn not_required_needs_a_reason() {
    both(|world| {
        let (_, nurse) = thames(world);
        world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &three()));
        let id = the_board(world).rows[0].line.id;
        let answer =
            world.post(&nurse, &format!("/listings/{id}/preparation"), &[("status", "not-required")]);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("Say why no preparation is required"));
    });
}

#[test]
fn several_rows_are_given_to_a_colleague_at_once_but_not_to_a_stranger() {
    both(|world| {
        let (project, nurse) = thames(world);
        let colleague = world.someone("Colleague Example", Role::Practitioner, Some(project));
        let elsewhere = world.project("Elsewhere", &[("B01GU", "Highbury Corner Magistrates' Court")]);
        let stranger = world.someone("Stranger Example", Role::Practitioner, Some(elsewhere));
        world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &three()));
        let ids: Vec<String> = the_board(world).rows.iter().take(2).map(|r| r.line.id.to_string()).collect();
        let to = |who: &Someone| {
            vec![
                ("listing", ids[0].clone()),
                ("listing", ids[1].clone()),
                ("colleague", who.account.to_string()),
            ]
        };
        let send = |fields: &[(&str, String)]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            world.post(&nurse, "/courts/B01ND/2026-11-23/assign", &fields)
        };
        assert_eq!(send(&to(&stranger)).status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(send(&to(&colleague)).status, StatusCode::SEE_OTHER);
        let taken = the_board(world)
            .rows
            .iter()
            .filter(|r| r.line.work.taken.as_ref().is_some_and(|(_, n)| n == "Colleague Example"))
            .count();
        assert_eq!(taken, 2);
        assert_eq!(send(&[]).status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn a_new_person_is_recognised_the_next_time_and_linked_only_by_a_human() {
    both(|world| {
        let (_, nurse) = thames(world);
        let first = vec![Case { pnc: PNC, ..case(1, "Zephyr", "QUILLFEATHER") }];
        world.import("a.xml", &libra("20/11/2026", "2026-11-20T07:30:00Z", &first));
        let listing: alongside::ids::ListingId = world
            .test
            .db
            .read(|r| r.one(store::sql("SELECT id FROM listing"), &[]))
            .unwrap()
            .get("id")
            .unwrap();
        let made = world.post(
            &nurse,
            &format!("/listings/{listing}/compare"),
            &[("decision", "new"), ("reason", "First contact")],
        );
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        world.import("b.xml", &libra(DAY, "2026-11-23T07:30:00Z", &first));
        let board = the_board(world);
        let line = &board.rows[0].line;
        assert_eq!(line.known().key(), "possibly-known", "recognition proposes");
        assert!(line.recognition.certain && has(&board.rows[0], "maybe-known"));
        let page = world.get(&nurse, &format!("/listings/{}/compare", line.id));
        assert!(
            page.body.contains("Fits almost certainly") && page.body.contains("✓ Equal"),
            "{}",
            page.body
        );
        let person: alongside::ids::PersonId = world
            .test
            .db
            .read(|r| r.one(store::sql("SELECT id FROM person"), &[]))
            .unwrap()
            .get("id")
            .unwrap();
        let decided = world.post(
            &nurse,
            &format!("/listings/{}/compare", line.id),
            &[("decision", &format!("same {person}"))],
        );
        assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
        let board = the_board(world);
        assert_eq!(board.rows[0].line.known().key(), "known");
        assert!(has(&board.rows[0], "caseload"));
        let record = world.get(&nurse, &format!("/people/{person}"));
        assert!(record.body.contains("QUILLFEATHER") && record.body.contains("Who opened this record"));
        // Taken back: possibly known again.
        let page = world.get(&nurse, &format!("/listings/{}/compare", board.rows[0].line.id));
        let decision = page
            .body
            .split("name=\"decision\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        world.post(
            &nurse,
            &format!("/listings/{}/take-back", board.rows[0].line.id),
            &[("decision", &decision)],
        );
        assert_eq!(the_board(world).rows[0].line.known().key(), "possibly-known");
    });
}

#[test]
fn a_person_of_another_project_is_counted_but_not_shown() {
    both(|world| {
        let (_, nurse) = thames(world);
        let elsewhere = world.project("Elsewhere", &[("B01GU", "Highbury Corner Magistrates' Court")]);
        let other = world.someone("Other Example", Role::Practitioner, Some(elsewhere));
        let who = vec![Case { pnc: PNC, ..case(1, "Zephyr", "QUILLFEATHER") }];
        world.import("a.xml", &libra_for("B01GU00", DAY, "2026-11-23T07:30:00Z", &who));
        let listing: alongside::ids::ListingId = world
            .test
            .db
            .read(|r| r.one(store::sql("SELECT id FROM listing"), &[]))
            .unwrap()
            .get("id")
            .unwrap();
        assert_eq!(
            world.post(&other, &format!("/listings/{listing}/compare"), &[("decision", "new")]).status,
            StatusCode::SEE_OTHER
        );
        let person: alongside::ids::PersonId = world
            .test
            .db
            .read(|r| r.one(store::sql("SELECT id FROM person"), &[]))
            .unwrap()
            .get("id")
            .unwrap();
        let renamed = vec![Case { pnc: PNC, born: "01/02/1990", ..case(9, "Zephyr", "QUILLFETHER") }];
        world.import("b.xml", &libra(DAY, "2026-11-23T07:30:00Z", &renamed));
        let board = world.get(&nurse, "/courts/B01ND/2026-11-23");
        assert!(board.body.contains("Possibly known"), "{}", board.body);
        let line = the_board(world).rows[0].line.id;
        let page = world.get(&nurse, &format!("/listings/{line}/compare"));
        assert!(page.body.contains("held by") && page.body.contains("Elsewhere"));
        assert!(!page.body.contains("QUILLFEATHER"), "the other project's record is not shown");
        assert_eq!(world.get(&nurse, &format!("/people/{person}")).status, StatusCode::NOT_FOUND);
        let forced = world.post(
            &nurse,
            &format!("/listings/{line}/compare"),
            &[("decision", &format!("same {person}"))],
        );
        assert_eq!(forced.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_sheet_code_opens_its_record_for_those_who_may() {
    both(|world| {
        let (_, nurse) = thames(world);
        let elsewhere = world.project("Elsewhere", &[("B01GU", "Highbury Corner Magistrates' Court")]);
        let stranger = world.someone("Stranger Example", Role::Practitioner, Some(elsewhere));
        world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &three()));
        let pack = world.get(&nurse, "/courts/B01ND/2026-11-23/pack");
        assert_eq!(pack.status, StatusCode::OK);
        let codes: Vec<&str> =
            pack.body.split("Code <strong>").skip(1).map(|part| part.split('<').next().unwrap()).collect();
        assert_eq!(codes.len(), 3);
        let again = world.get(&nurse, "/courts/B01ND/2026-11-23/pack");
        assert!(codes.iter().all(|code| again.body.contains(code)), "a sheet printed twice has one code");
        let opened = world.post(&nurse, "/sheet", &[("code", &codes[0].to_lowercase())]);
        assert!(opened.location().starts_with("/listings/"), "{}", opened.body);
        assert_eq!(
            world.post(&stranger, "/sheet", &[("code", codes[0])]).status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            world.post(&nurse, "/sheet", &[("code", "nonsense")]).status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    });
}

#[test]
fn organisations_are_names_and_rooms_of_fifty_and_above_are_skipped_with_their_reason() {
    both(|world| {
        thames(world);
        let cases = vec![
            case(1, "Ada", "EXAMPLE"),
            Case { organisation: true, ..case(2, "", "INVENTED TRADING LTD") },
            Case { room: "52", ..case(3, "Cy", "MADEUP") },
        ];
        let reading = world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &cases));
        assert_eq!(reading.skips.len(), 1, "{:?}", reading.skips);
        let board = the_board(world);
        assert_eq!((board.rows.len(), board.organisations.len()), (1, 1));
    });
}

#[test]
fn filters_stand_in_the_address_and_names_never_do() {
    both(|world| {
        let (_, nurse) = thames(world);
        let mut cases = three();
        cases[1].room = "2";
        world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &cases));
        let filtered = world.get(&nurse, "/courts/B01ND/2026-11-23?room=2");
        assert!(filtered.body.contains("SAMPLE") && !filtered.body.contains("MADEUP, Cy"));
        let found = world.post(&nurse, "/courts/B01ND/2026-11-23/search", &[("search", "mad")]);
        assert!(found.body.contains("MADEUP") && !found.body.contains("EXAMPLE, Ada"));
        for href in filtered.body.split("href=\"").skip(1).map(|part| part.split('"').next().unwrap()) {
            assert!(!["SAMPLE", "Bea", "MADEUP"].iter().any(|name| href.contains(name)), "{href}");
        }
    });
}

#[test]
fn every_board_opened_is_in_the_audit_and_the_chain_holds() {
    both(|world| {
        let (_, nurse) = thames(world);
        world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &three()));
        let id = the_board(world).rows[0].line.id;
        world.get(&nurse, "/courts/B01ND/2026-11-23");
        world.get(&nurse, &format!("/listings/{id}"));
        let verified = world.test.db.read(alongside::audit::verify).unwrap();
        assert_eq!(verified.fault, None);
        let lines = world.test.db.read(|r| alongside::audit::about(r, "listing", &id.to_string())).unwrap();
        assert!(lines.iter().any(|l| l.actor == "Nurse Example" && l.action == "line opened"));
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    store::sql("UPDATE audit_event SET actor_words = 'Somebody Else' WHERE seq = 3"),
                    &[],
                )
            })
            .unwrap();
        let verified = world.test.db.read(alongside::audit::verify).unwrap();
        assert!(verified.fault.unwrap().contains("event 3"), "a changed event shows");
    });
}

#[test]
fn the_names_of_the_audit_are_of_colleagues_only() {
    both(|world| {
        let (_, nurse) = thames(world);
        world.import("a.xml", &libra(DAY, "2026-11-23T07:30:00Z", &three()));
        for row in the_board(world).rows {
            world.get(&nurse, &format!("/listings/{}/compare", row.line.id));
        }
        let rows = world
            .test
            .db
            .read(|r| r.query(store::sql("SELECT action, subject_id, detail FROM audit_event"), &[]))
            .unwrap();
        for row in rows {
            let text = format!(
                "{} {} {}",
                row.get::<String>("action").unwrap(),
                row.get::<String>("subject_id").unwrap(),
                row.get::<String>("detail").unwrap()
            );
            assert!(
                !["EXAMPLE", "SAMPLE", "MADEUP", "1990"].iter().any(|name| text.contains(name)),
                "{text}"
            );
        }
    });
}
