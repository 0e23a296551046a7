//! How far a record and a hold reach: lines that were linked anew, lines that joined others, records that were one for a while,
//! and two people who act in one moment.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::ManageService;
use alongside::access::{Permit, Role};
use alongside::clock;
use alongside::holdings::{Roots, gather};
use alongside::ids::{ListingId, PersonId};
use alongside::morning::about_record;
use alongside::retention::{Asked, Kind, NotDone, Verdict, carry_out, held_people, preview};
use alongside::service::HOLDINGS;
use jiff::SignedDuration;
use std::sync::mpsc;
use std::time::Duration;
use store::sql;
use uuid::Uuid;
use world::everything::everything;
use world::kept::{guardian, hold, in_2060, of_2001, person, previewed, rules, taken_away};
use world::{World, both};

/// How many rows of a table are about a person now.
fn rows_about(world: &World<'_>, person: PersonId, table: &str) -> usize {
    world
        .test
        .db
        .read(|r| {
            let about = about_record(r, person)?;
            let roots = Roots { people: about.people, listings: about.listings };
            let found = gather(r, HOLDINGS, &roots)?;
            Ok::<_, store::Error>(
                found.iter().filter(|t| t.holding.table == table).map(|t| t.rows.len()).sum(),
            )
        })
        .unwrap()
}

fn run(world: &World<'_>, statement: store::Statement, params: &[&dyn store::ToValue]) {
    world.test.db.write(|w| w.execute(statement, params)).unwrap();
}

#[test]
fn what_was_decided_on_a_line_goes_with_the_line_when_it_is_linked_to_somebody_else() {
    both(|world| {
        let seeded = everything(world);
        let (first, second) = (seeded.id(), person(world, seeded.own, "Other", "PERSON"));
        let on_line = |table: &str| -> i64 {
            let statement = match table {
                "triage" => sql("SELECT COUNT(*) AS n FROM triage WHERE listing_id IS NOT NULL"),
                _ => sql("SELECT COUNT(*) AS n FROM psychiatric WHERE listing_id IS NOT NULL"),
            };
            world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
        };
        for table in ["triage", "psychiatric"] {
            assert!(on_line(table) > 0 && rows_about(world, first, table) > 0, "{table}");
        }
        run(world, sql("UPDATE link_decision SET person_id = $1 WHERE decision = 'same'"), &[&second]);
        for table in ["triage", "psychiatric"] {
            let theirs = i64::try_from(rows_about(world, second, table)).unwrap();
            assert_eq!(theirs, on_line(table), "{table}");
            let both: i64 = world
                .test
                .db
                .read(|r| {
                    r.one(
                        sql("SELECT (SELECT COUNT(*) FROM triage WHERE listing_id IS NOT NULL AND person_id IS NOT NULL) + (SELECT COUNT(*) FROM psychiatric WHERE listing_id IS NOT NULL AND person_id IS NOT NULL) AS n"),
                        &[],
                    )?
                    .get("n")
                })
                .unwrap();
            assert_eq!(both, 0, "it hangs on the line, or on the person, never on both");
        }
    });
}

#[test]
fn a_line_that_joined_another_brings_all_of_it() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let list = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2020-03-02,JOINED,Quentin,01/02/1990,1,1600000001\nB01ND,2020-03-02,UPPER,Quentin,01/02/1990,2,1600000002\nB01ND,2020-03-02,ALSO,Quentin,01/02/1990,3,1600000003\n";
        world.import("old.csv", list.as_bytes());
        let line = |name: &str| -> Uuid {
            world
                .test
                .db
                .read(|r| r.one(sql("SELECT id FROM listing WHERE surname = $1"), &[&name])?.get("id"))
                .unwrap()
        };
        let (joined, upper, also) = (line("JOINED"), line("UPPER"), line("ALSO"));
        let who = person(world, own, "Quentin", "JOINED");
        run(
            world,
            sql("UPDATE listing SET joined_into = $1 WHERE id = $2 OR id = $3"),
            &[&upper, &joined, &also],
        );
        run(
            world,
            sql(
                "INSERT INTO link_decision (id, listing_id, person_id, decision, reason, at, by_words) VALUES ($1, $2, $3, 'same', 'x', $4, 'test')",
            ),
            &[&Uuid::now_v7(), &joined, &who, &clock::now()],
        );
        let about = world.test.db.read(|r| about_record(r, who)).unwrap();
        for id in [joined, upper, also] {
            assert!(about.listings.contains(&ListingId::of(id)));
        }
        assert_eq!(taken_away(world, Kind::Person, in_2060()).unwrap().items, 1);
        let left: i64 =
            world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM listing"), &[])?.get("n")).unwrap();
        assert_eq!(left, 0);
    });
}

#[test]
fn a_hold_that_was_placed_on_two_records_in_one_holds_both_after_they_are_parted() {
    both(|world| {
        let own = world.project("Own", &[]);
        let (kept, merged) = (person(world, own, "Ada", "EXAMPLE"), person(world, own, "Adah", "EXAMPEL"));
        let manager = world.someone("Manager", Role::Manager, Some(own));
        world::people::merged(world, &manager, kept, merged);
        hold(world, kept);
        let held = || {
            let mut held: Vec<PersonId> = world.test.db.read(held_people).unwrap().into_keys().collect();
            held.sort();
            held
        };
        assert_eq!(held(), [kept]);
        let now = clock::now() + SignedDuration::from_secs(1);
        run(world, sql("UPDATE person_merge SET undone_at = $1, undone_by = 'test'"), &[&now]);
        run(world, sql("UPDATE person SET merged_into = NULL"), &[]);
        let mut two = [kept, merged];
        two.sort();
        assert_eq!(held(), two);
        // One that is placed afterwards holds the one it is placed on.
        run(world, sql("DELETE FROM legal_hold"), &[]);
        run(world, sql("UPDATE person_merge SET undone_at = at"), &[]);
        hold(world, merged);
        assert_eq!(held(), [merged]);
    });
}

#[test]
fn a_file_and_a_line_that_may_be_about_somebody_who_asks_stay_until_they_are_answered() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = of_2001(world, own);
        let list = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2020-03-02,EXAMPLE,Ada,01/02/1990,1,1600000001\n";
        world.import("old.csv", list.as_bytes());
        run(world, sql("UPDATE import SET received_at = '2020-03-02T07:00:00.000000Z'"), &[]);
        run(
            world,
            sql(
                "INSERT INTO access_request (id, person_id, received_on, requester, requester_name, identity, wants, recorded_at, by_words) VALUES ($1, $2, '2026-10-01', 'person', 'Ada', 'known', '', $3, 'test')",
            ),
            &[&Uuid::now_v7(), &who, &clock::now()],
        );
        let compared: i64 = world
            .test
            .db
            .read(|r| {
                r.one(sql("SELECT COUNT(*) AS n FROM candidate WHERE person_id = $1"), &[&who])?.get("n")
            })
            .unwrap();
        assert_eq!(compared, 1, "recognition put the two beside each other");
        for kind in [Kind::Line, Kind::RawFile] {
            let found = previewed(world, kind, in_2060());
            assert_eq!((found.goes.len(), found.held.len()), (0, 1), "{kind:?}");
            let Verdict::Held { by, .. } = &found.held[0].decided.verdict else { panic!() };
            assert!(by[0].contains("request for access, received 1 October 2026"), "{by:?}");
        }
    });
}

#[test]
fn a_hold_that_is_placed_while_a_set_is_taken_away_is_seen_or_comes_after_it() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = of_2001(world, own);
        let asked = Asked { rooms: HOLDINGS, now: clock::now() };
        let set = previewed(world, Kind::Person, asked).set;
        let (placed, wait) = mpsc::channel();
        let done = std::thread::scope(|all| {
            let db = &world.test.db;
            all.spawn(move || {
                let permit: Permit<ManageService> = Permit::for_command_line(db);
                permit
                    .write_now(|w| {
                        let new = alongside::retention::NewHold {
                            class: "inquest".into(),
                            words: "x".into(),
                            review_on: jiff::civil::date(2061, 1, 1),
                        };
                        let found = w.reading(|r| alongside::people::find(r, who))?.unwrap();
                        alongside::retention::place(w, &found, &new)?;
                        placed.send(()).unwrap();
                        // Long enough for the other to begin; if it does not, the outcome is the same.
                        std::thread::sleep(Duration::from_millis(300));
                        Ok::<_, store::Error>(())
                    })
                    .unwrap();
            });
            wait.recv().unwrap();
            guardian(world)
                .write_now(|w| carry_out(w, &rules(), (Kind::Person, &set, "review"), asked))
                .unwrap()
        });
        assert_eq!(done, Err(NotDone::ChangedMeanwhile));
        assert_eq!(previewed(world, Kind::Person, asked).held.len(), 1);
    });
}

#[test]
fn of_two_guardians_who_confirm_one_set_one_takes_it_away_and_recognition_counts_once() {
    both(|world| {
        let own = world.project("Own", &[]);
        for n in 0..6 {
            person(world, own, &format!("Name{n}"), "EXAMPLE");
        }
        let counted = || -> i64 {
            world
                .test
                .db
                .read(|r| {
                    r.one(sql("SELECT CAST(COALESCE(SUM(n), 0) AS bigint) AS n FROM term_count"), &[])?
                        .get("n")
                })
                .unwrap()
        };
        assert!(counted() > 0);
        let set =
            guardian(world).read_now(|r| preview(r, &rules(), Kind::Person, in_2060())).unwrap().unwrap().set;
        let done: Vec<bool> = std::thread::scope(|all| {
            let both: Vec<_> = (0..2)
                .map(|_| {
                    all.spawn(|| {
                        guardian(world)
                            .write_now(|w| carry_out(w, &rules(), (Kind::Person, &set, "review"), in_2060()))
                            .unwrap()
                            .is_ok()
                    })
                })
                .collect();
            both.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(done.iter().filter(|done| **done).count(), 1);
        assert_eq!(counted(), 0);
    });
}
