//! Two records that may be one person: who decided what and why is never lost, and what two colleagues do at once leaves no record
//! astray.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::ids::{PersonId, ProjectId};
use alongside::people::{
    CannotMerge, Details, PAIRS_SHOWN, PairDecision, Person, decide_pair, find, look_for, merge, merges,
    open_pairs, pair_decisions, revise, side_by_side, unmerge,
};
use alongside::retention::held_people;
use alongside::service::MIGRATIONS;
use axum::http::StatusCode;
use jiff::civil::date;
use std::sync::mpsc;
use std::time::Duration;
use store::sql;
use world::access::hidden;
use world::everything::everything;
use world::kept::hold;
use world::lists::{Case, case, libra};
use world::people::{decide, details, every_row, keeper, put};
use world::{World, both};

fn found(world: &World<'_>, id: PersonId) -> Person {
    keeper(world).read_now(|r| find(r, id)).unwrap().unwrap()
}

fn look(world: &World<'_>, ids: &[PersonId]) -> usize {
    keeper(world).write_now(|w| look_for(w, ids)).unwrap()
}

fn waiting(world: &World<'_>) -> Vec<(PersonId, PersonId)> {
    let open = keeper(world).read_now(open_pairs).unwrap();
    open.pairs.iter().map(|p| (p.first, p.second)).collect()
}

fn pair(a: PersonId, b: PersonId) -> (PersonId, PersonId) {
    (a.min(b), a.max(b))
}

fn say(world: &World<'_>, a: PersonId, b: PersonId, said: PairDecision, why: &str) {
    let (a, b) = (found(world, a), found(world, b));
    assert!(keeper(world).write_now(|w| decide_pair(w, &a, &b, said, why)).unwrap());
}

fn merged_into(world: &World<'_>, kept: PersonId, merged: PersonId) -> Result<(), CannotMerge> {
    let (a, b) = (found(world, kept), found(world, merged));
    keeper(world).write_now(|w| merge(w, &a, &b, "same face")).unwrap()
}

fn apart(world: &World<'_>, kept: PersonId) {
    let kept = found(world, kept);
    let merge = keeper(world).read_now(|r| merges(r, &kept)).unwrap().remove(0);
    assert!(keeper(world).write_now(|w| unmerge(w, &kept, merge.id, "two after all")).unwrap());
}

fn changed(world: &World<'_>, id: PersonId, change: impl Fn(&mut Details)) {
    let person = found(world, id);
    let mut new = person.details.clone();
    change(&mut new);
    keeper(world)
        .write_now(|w| {
            revise(w, &person, &new, "told by the person")?.unwrap();
            look_for(w, &[id])
        })
        .unwrap();
}

/// Somebody whose number somebody else bears too, by a slip of the pen.
fn with_number(surname: &str) -> Details {
    Details { pnc: Some("2012/0052494Q".into()), ..details("Zephyr", surname, date(1990, 2, 1)) }
}

/// Two records that look alike.
fn alike(world: &World<'_>, project: ProjectId) -> (PersonId, PersonId) {
    let ids = put(world, project, &[with_number("QUILLFEATHER"), with_number("QUILLFETHER")]);
    look(world, &ids);
    assert_eq!(waiting(world), [pair(ids[0], ids[1])]);
    (ids[0], ids[1])
}

#[test]
fn a_decided_pair_stays_decided_while_the_register_grows_and_comes_back_with_its_words_when_a_record_changes()
{
    both(|world| {
        let own = world.project("Own", &[]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let (a, b) = alike(world, own);
        let path = format!("/people/{a}/compare/{b}");
        let kept = decide(world, &nurse, &path, ("not-same", "Twins, seen together"));
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let weight = || {
            let (a, b) = (found(world, a), found(world, b));
            keeper(world).read_now(|r| side_by_side(r, &a, &b)).unwrap().weight
        };
        let before = weight();
        let others: Vec<Details> =
            (1..9).map(|n| details(&format!("Otherwise{n}"), "QUILLFEATHER", date(1950, 3, n))).collect();
        put(world, own, &others);
        look(world, &[a, b]);
        assert!((weight() - before).abs() > 0.05, "the weight moved: {before}");
        assert_eq!(waiting(world), [], "more people of one name are no fact about these two");
        changed(world, a, |d| d.town = Some("Nowhere".into()));
        assert_eq!(waiting(world), [pair(a, b)], "a record changed");
        let page = world.get(&nurse, &path).body;
        for words in ["Twins, seen together", "Nurse Example", "A record has changed since"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let kept = decide(world, &nurse, &path, ("cannot-tell", "The town fits both"));
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        assert_eq!(waiting(world), []);
        let said = world.test.db.read(|r| pair_decisions(r, &found(world, a), &found(world, b))).unwrap();
        let said: Vec<&str> = said.iter().map(|d| d.reason.as_str()).collect();
        assert_eq!(said, ["The town fits both", "Twins, seen together"], "nothing is written over");
        // Taken back, it waits again, and the words stay.
        let back = world.post(&nurse, &format!("{path}/take-back"), &[("n", "2")]);
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
        assert_eq!(waiting(world), [pair(a, b)]);
        let page = world.get(&nurse, &path).body;
        assert!(
            page.contains("The town fits both") && page.contains("Taken back by Nurse Example"),
            "{page}"
        );
        let again = world.post(&nurse, &format!("{path}/take-back"), &[("n", "2")]);
        assert_eq!(again.status, StatusCode::CONFLICT);
    });
}

#[test]
fn what_was_decided_before_fingerprints_stands_until_a_record_has_a_new_version() {
    let before = MIGRATIONS.iter().position(|m| m.number == 33).unwrap();
    store::testing::both(&MIGRATIONS[..before], |test| {
        let ids = [PersonId::fresh(), PersonId::fresh()];
        let (a, b) = pair(ids[0], ids[1]);
        let at: jiff::Timestamp = "2026-05-01T09:00:00Z".parse().unwrap();
        test.db
            .write(|w| {
                for id in ids {
                    w.execute(
                        sql("INSERT INTO person (id, created_at, created_by, version) VALUES ($1, $2, 'test', 1)"),
                        &[&id, &at],
                    )?;
                    w.execute(
                        sql("INSERT INTO match_record (person_id, record) VALUES ($1, '{}')"),
                        &[&id],
                    )?;
                }
                w.execute(
                    sql("INSERT INTO duplicate_pair (first, second, weight, band, comparison, found_at, decision, reason, decided_at, decided_by) VALUES ($1, $2, 9.0, 'review', '{}', $3, 'not-same', 'Brothers', $3, 'Nurse Example')"),
                    &[&a, &b, &at],
                )
            })
            .unwrap();
        test.db.migrate(MIGRATIONS).unwrap();
        let kept = test
            .db
            .read(|r| {
                r.one(
                    sql("SELECT d.reason, d.by_words, d.first_version, q.settled FROM pair_decision d JOIN duplicate_pair q ON q.first = d.first AND q.second = d.second WHERE d.first_print IS NULL"),
                    &[],
                )
            })
            .unwrap();
        assert_eq!(kept.get::<String>("reason").unwrap(), "Brothers");
        assert_eq!(kept.get::<String>("by_words").unwrap(), "Nurse Example");
        assert_eq!((kept.get::<i64>("first_version").unwrap(), kept.get::<i64>("settled").unwrap()), (1, 1));
    });
    both(|world| {
        let own = world.project("Own", &[]);
        let (a, b) = alike(world, own);
        say(world, a, b, PairDecision::NotSame, "Brothers");
        world
            .test
            .db
            .write(|w| {
                w.execute(sql("UPDATE pair_decision SET first_print = NULL, second_print = NULL"), &[])
            })
            .unwrap();
        put(world, own, &[details("Otherwise", "QUILLFEATHER", date(1950, 3, 1))]);
        look(world, &[a, b]);
        assert_eq!(waiting(world), []);
        changed(world, b, |d| d.town = Some("Nowhere".into()));
        assert_eq!(waiting(world), [pair(a, b)]);
    });
}

#[test]
fn a_decision_on_a_pair_that_recognition_never_noted_is_kept_and_a_missed_one_is_found_by_searching() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let ids = put(
            world,
            own,
            &[
                details("Zephyr", "QUILLFEATHER", date(1990, 2, 1)),
                details("Ottoline", "BRACKENBURY", date(1971, 5, 9)),
            ],
        );
        let theirs = put(world, other, &[details("Ottoline", "BRACKENFIELD", date(1971, 5, 9))])[0];
        look(world, &ids);
        assert_eq!(waiting(world), []);
        let page = world.get(&nurse, &format!("/people/{}", ids[0])).body;
        let search = format!("/people/{}/other", ids[0]);
        assert!(page.contains(&search), "{page}");
        assert_eq!(world.get(&nurse, &search).status, StatusCode::OK);
        let answer = world.post(&nurse, &search, &[("search", "ottoline")]).body;
        let path = format!("/people/{}/compare/{}", ids[0], ids[1]);
        assert!(answer.contains(&path), "{answer}");
        assert!(!answer.contains("BRACKENFIELD") && !answer.contains(&theirs.to_string()), "{answer}");
        let own_name = world.post(&nurse, &search, &[("search", "quillfeather")]).body;
        assert!(own_name.contains("No other record found"), "a record is not compared with itself");
        let kept = decide(world, &nurse, &path, ("not-same", "Only shared a cell"));
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let list = world.get(&nurse, "/duplicates").body;
        assert!(list.contains("Decided lately") && list.contains("BRACKENBURY"), "{list}");
        assert!(world.get(&nurse, &path).body.contains("Only shared a cell"));
    });
}

#[test]
fn after_a_merge_the_kept_record_is_compared_anew_and_what_was_said_of_the_merged_one_is_shown() {
    both(|world| {
        let own = world.project("Own", &[]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let (b, c) = alike(world, own);
        let a = put(world, own, &[details("Ottoline", "BRACKENBURY", date(1971, 5, 9))])[0];
        say(world, b, c, PairDecision::NotSame, "Brothers, both seen");
        merged_into(world, a, b).unwrap();
        assert_eq!(waiting(world), [pair(a, c)], "by what the merged record knew");
        let page = world.get(&nurse, &format!("/people/{a}/compare/{c}")).body;
        assert!(
            page.contains("Brothers, both seen") && page.contains("has been merged into one of these"),
            "{page}"
        );
        apart(world, a);
        assert_eq!(waiting(world), [], "alike no more, and the other pair is decided as before");
        let page = world.get(&nurse, &format!("/people/{a}/compare/{b}")).body;
        assert!(
            page.contains("two after all") && page.contains("same face"),
            "why it was, and why no more: {page}"
        );
    });
}

#[test]
fn pairs_of_others_take_no_room_from_ours_and_a_merged_record_reaches_its_pairs() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let (a, b) = alike(world, other);
        // Reached only through a record that was merged into it.
        let through = put(world, own, &[details("Ottoline", "BRACKENBURY", date(1971, 5, 9))])[0];
        merged_into(world, a, through).unwrap();
        let ours = put(world, own, &[with_number("QUILLFETHER")])[0];
        look(world, &[ours]);
        let list = world.get(&nurse, "/duplicates").body;
        let (first, second) = pair(a, ours);
        assert!(list.contains(&format!("/people/{first}/compare/{second}")), "{list}");
        assert!(!list.contains(&b.to_string()), "{list}");
        // More pairs than a page shows, likelier ones of others first.
        let many: Vec<Details> =
            (0..450).map(|n| details(&format!("Name{n}"), "EXAMPLE", date(1960, 1, 1))).collect();
        let (theirs, mine) = (put(world, other, &many), put(world, own, &many[..102]));
        let insert = |first: PersonId, second: PersonId, weight: f64| {
            let (first, second) = pair(first, second);
            let row = sql(
                "INSERT INTO duplicate_pair (first, second, weight, band, comparison, found_at) SELECT $1, $2, $3, 'review', comparison, found_at FROM duplicate_pair LIMIT 1",
            );
            world.test.db.write(|w| w.execute(row, &[&first, &second, &weight])).unwrap();
        };
        for their in &theirs {
            insert(ours, *their, 50.0);
        }
        assert!(world.get(&nurse, "/duplicates").body.contains(&format!("/people/{first}/compare/{second}")));
        assert!(!world.get(&nurse, "/duplicates").body.contains("There are more"));
        for two in mine.windows(2) {
            insert(two[0], two[1], 40.0);
        }
        let list = world.get(&nurse, "/duplicates").body;
        assert_eq!(list.matches("/compare/").count(), PAIRS_SHOWN);
        assert!(list.contains("There are more"), "what is cut is said");
    });
}

#[test]
fn records_that_hold_merged_ones_are_merged_too_and_come_apart_as_they_were() {
    both(|world| {
        let own = world.project("Own", &[]);
        let ids = put(
            world,
            own,
            &[
                details("Zephyr", "QUILLFEATHER", date(1990, 2, 1)),
                details("Ottoline", "BRACKENBURY", date(1971, 5, 9)),
                details("Zeph", "QUILFETHER", date(1990, 2, 1)),
                details("Otto", "BRACKENBERRY", date(1971, 5, 9)),
            ],
        );
        let (a, b, of_a, of_b) = (ids[0], ids[1], ids[2], ids[3]);
        merged_into(world, a, of_a).unwrap();
        merged_into(world, b, of_b).unwrap();
        let before = every_row(world);
        merged_into(world, a, b).unwrap();
        for id in &ids {
            assert_eq!(found(world, *id).id(), a, "each leads to the one that was kept");
        }
        assert_eq!(merged_into(world, a, of_b), Err(CannotMerge::OneRecord));
        let holds = keeper(world).read_now(|r| merges(r, &found(world, a))).unwrap();
        assert_eq!((holds.len(), holds[0].merged, holds[0].along.as_slice()), (2, b, &[of_b][..]));
        hold(world, a);
        apart(world, a);
        assert_eq!(every_row(world), before);
        assert_eq!(found(world, of_b).id(), b, "what had been merged into it goes back into it");
        apart(world, b);
        let held = world.test.db.read(held_people).unwrap();
        assert!(
            ids.iter().filter(|id| **id != of_a).all(|id| held.contains_key(id)),
            "held while they were one: {held:?}"
        );
        assert_eq!(world.test.db.read(alongside::audit::verify).unwrap().fault, None);
    });
}

/// One merge while another of these records is being merged in the same moment; how each went.
fn at_once(world: &World<'_>, one: (PersonId, PersonId), other: (PersonId, PersonId)) -> (bool, bool) {
    let (looked, wait) = mpsc::channel();
    std::thread::scope(|all| {
        let first = all.spawn(move || {
            keeper(world)
                .write_now(|w| {
                    let (kept, merged) =
                        w.reading(|r| Ok((find(r, one.0)?.unwrap(), find(r, one.1)?.unwrap())))?;
                    let done = merge(w, &kept, &merged, "first")?.is_ok();
                    looked.send(()).unwrap();
                    // Long enough for the other to begin; if it does not, the outcome is the same.
                    std::thread::sleep(Duration::from_millis(300));
                    Ok::<_, store::Error>(done)
                })
                .unwrap()
        });
        let second = keeper(world)
            .write_now(|w| {
                let (kept, merged) =
                    w.reading(|r| Ok((find(r, other.0)?.unwrap(), find(r, other.1)?.unwrap())))?;
                if world.test.engine == "PostgreSQL" || kept.id() != merged.id() {
                    wait.recv_timeout(Duration::from_secs(5)).ok();
                }
                Ok::<_, store::Error>(merge(w, &kept, &merged, "second")?.is_ok())
            })
            .unwrap();
        (first.join().unwrap(), second)
    })
}

/// Everybody stands for themselves, or is merged into somebody who does.
fn nobody_is_astray(world: &World<'_>) {
    let astray: i64 = world
        .test
        .db
        .read(|r| {
            r.one(
                sql("SELECT COUNT(*) AS n FROM person p JOIN person k ON k.id = p.merged_into WHERE k.merged_into IS NOT NULL"),
                &[],
            )?
            .get("n")
        })
        .unwrap();
    assert_eq!(astray, 0, "{}", world.test.engine);
    let counted = world
        .test
        .db
        .read(|r| {
            let row = r.one(
                sql("SELECT (SELECT n FROM term_count WHERE kind = 'people') AS said, (SELECT COUNT(*) FROM person WHERE merged_into IS NULL) AS there"),
                &[],
            )?;
            Ok::<_, store::Error>((row.get::<i64>("said")?, row.get::<i64>("there")?))
        })
        .unwrap();
    assert_eq!(counted.0, counted.1, "{}", world.test.engine);
}

#[test]
fn two_who_merge_the_same_records_at_once_leave_none_astray() {
    both(|world| {
        let own = world.project("Own", &[]);
        let new = |n: i8| details(&format!("Zephyr{n}"), "QUILLFEATHER", date(1990, 2, n));
        // Opposite ways.
        let two = put(world, own, &[new(1), new(2)]);
        let done = at_once(world, (two[0], two[1]), (two[1], two[0]));
        assert_ne!(done.0, done.1, "one of the two");
        nobody_is_astray(world);
        // A chain: B into A, and C into B.
        let three = put(world, own, &[new(3), new(4), new(5)]);
        at_once(world, (three[0], three[1]), (three[1], three[2]));
        nobody_is_astray(world);
        // The other chain: A into B, and C into A.
        let three = put(world, own, &[new(6), new(7), new(8)]);
        at_once(world, (three[1], three[0]), (three[0], three[2]));
        nobody_is_astray(world);
    });
}

#[test]
fn a_merge_from_a_page_drawn_before_a_colleague_s_word_is_put_to_its_sender_again() {
    both(|world| {
        let own = world.project("Own", &[]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let colleague = world.someone("Colleague Example", Role::Practitioner, Some(own));
        let (a, b) = alike(world, own);
        let path = format!("/people/{a}/compare/{b}");
        let old = hidden(&world.get(&nurse, &path).body, "seen");
        let said = decide(world, &colleague, &path, ("not-same", "Twins, seen together"));
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
        let merge = format!("merge {a}");
        let send = |seen: &str| {
            world.post(&nurse, &path, &[("decision", &merge), ("reason", "One face"), ("seen", seen)])
        };
        for stale in [old.as_str(), ""] {
            let put_again = send(stale);
            assert_eq!(put_again.status, StatusCode::UNPROCESSABLE_ENTITY);
            for words in
                ["since this page was drawn", "Twins, seen together", "Colleague Example", "One face"]
            {
                assert!(put_again.body.contains(words), "{words}: {}", put_again.body);
            }
            assert_eq!(found(world, b).id(), b, "not merged");
        }
        let now = hidden(&send(&old).body, "seen");
        assert_eq!(send(&now).status, StatusCode::SEE_OTHER, "who has read it may still decide so");
        assert_eq!(found(world, b).id(), a);
        assert_eq!(send(&now).status, StatusCode::CONFLICT, "they are one record now");
    });
}

#[test]
fn the_page_that_decides_on_a_merge_tells_what_it_would_bring_together_and_who_would_see_it() {
    both(|world| {
        let seeded = everything(world);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(seeded.own));
        let two = put(
            world,
            seeded.own,
            &[
                Details {
                    pnc: Some("12/52494Q".into()),
                    nhs_number: Some("943 476 5919".into()),
                    sex: alongside::people::Sex::NotKnown,
                    ..details("Zephyr", "QUILLFEATHER", date(1990, 2, 1))
                },
                Details {
                    pnc: Some("2012/0052494Q".into()),
                    nhs_number: Some("9434765919".into()),
                    sex: alongside::people::Sex::NotKnown,
                    ..details("Zephyr", "QUILLFEATHER", date(1990, 2, 1))
                },
            ],
        );
        let page = world.get(&nurse, &format!("/people/{}/compare/{}", two[0], two[1])).body;
        assert!(!page.contains("✗ Differs"), "two ways to write one number: {page}");
        assert!(page.contains("over 99.9 %") && !page.contains("100.0 %"), "nothing is certain: {page}");
        assert!(page.contains("How the weight adds up"));
        let unknown = page.split("Not known on either side: ").nth(1).unwrap().split('.').next().unwrap();
        assert!(unknown.contains("sex") && unknown.contains("CRO number"), "{unknown}");

        // An address that is withheld is neither shown nor told by its weight.
        let housed = |surname: &str| Details {
            house: Some("1".into()),
            street: Some("Nowhere Street".into()),
            postcode: Some("ZZ1 1ZZ".into()),
            ..details("Ottoline", surname, date(1971, 5, 9))
        };
        let homes = put(world, seeded.own, &[housed("BRACKENBURY"), housed("BRACKENBERRY")]);
        let path = format!("/people/{}/compare/{}", homes[0], homes[1]);
        assert!(world.get(&nurse, &path).body.contains("NOWHERE STREET"));
        let manager = world.someone("Manager Example", Role::Manager, Some(seeded.own));
        let withheld = [("do", "restrict"), ("kind", "address"), ("reason", "in danger")];
        let done = world.post(&manager, &format!("/people/{}/restrictions", homes[1]), &withheld);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = world.get(&nurse, &path).body;
        assert!(page.contains("An address is withheld from you"), "{page}");
        assert!(page.contains("The address of record 2 is withheld"), "{page}");
        for told in ["NOWHERE", "ZZ1", "same house", "<td class=\"govuk-table__cell\">address</td>"] {
            assert!(!page.contains(told), "{told}: {page}");
        }
        assert!(world.get(&manager, &path).body.contains("NOWHERE STREET"));

        // One side with something in every room, and one that another project holds as well.
        let second = world.project("Second", &[]);
        let theirs = put(world, second, &[details("Zephyr", "QUILLFEATHER", date(1990, 2, 1))])[0];
        merged_into(world, two[1], theirs).unwrap();
        let page = world.get(&nurse, &format!("/people/{}/compare/{}", seeded.person, two[1])).body;
        for what in
            ["Screening", "Self-harm warning", "Report signed", "Referral to a service", "Day in court"]
        {
            assert!(page.contains(what), "{what}: {page}");
        }
        assert!(page.contains("record 2 to colleagues of <strong>Own, Second</strong>"), "{page}");
    });
}

#[test]
fn taking_a_merge_apart_tells_what_was_written_since_and_asks_why() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let (a, b) = alike(world, own);
        let line = Case { pnc: "2012/0052494Q", ..case(1, "Zephyr", "QUILLFETHER") };
        world.import("a.xml", &libra("23/11/2026", "2026-11-23T07:30:00Z", std::slice::from_ref(&line)));
        let listing: alongside::ids::ListingId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])).unwrap().get("id").unwrap();
        let linked = [("decision", &*format!("same {b}"))];
        let linked = world.post(&nurse, &format!("/listings/{listing}/compare"), &linked);
        assert_eq!(linked.status, StatusCode::SEE_OTHER, "{}", linked.body);
        merged_into(world, a, b).unwrap();
        let record = world.get(&nurse, &format!("/people/{a}")).body;
        let path = format!("/people/{a}/merges/");
        let merge = record.split(&path).nth(1).unwrap().split('"').next().unwrap();
        let path = format!("{path}{merge}");
        let page = world.get(&nurse, &path).body;
        assert!(page.contains("Nothing was written on it since"), "{page}");
        assert!(!page.contains("This goes with the record of"), "{page}");
        let moved = Case { room: "2", ..line };
        world.import("b.xml", &libra("23/11/2026", "2026-11-23T08:30:00Z", &[moved]));
        changed(world, a, |d| d.town = Some("Nowhere".into()));
        let page = world.get(&nurse, &path).body;
        let (stays, goes) = page.split_once("This goes with the record of").unwrap();
        assert!(goes.contains("Change of a line") && !stays.contains("Change of a line"), "{page}");
        assert!(
            page.contains("stays with the record of QUILLFEATHER") && page.contains("Who you are"),
            "{page}"
        );
        let send = |fields: &[(&str, &str)]| world.post(&nurse, &path, fields).status;
        assert_eq!(send(&[]), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            send(&[("afterwards", "not-same")]),
            StatusCode::UNPROCESSABLE_ENTITY,
            "a reason is needed"
        );
        assert_eq!(found(world, b).id(), a);
        assert_eq!(send(&[("afterwards", "not-same"), ("reason", "Twins after all")]), StatusCode::SEE_OTHER);
        assert_eq!(found(world, b).id(), b);
        assert_eq!(waiting(world), [], "said to be two people");
        assert!(world.get(&nurse, &format!("/people/{a}/compare/{b}")).body.contains("Twins after all"));
        assert_eq!(world.get(&nurse, &path).status, StatusCode::NOT_FOUND);
        // Or it waits for somebody to look again.
        merged_into(world, a, b).unwrap();
        let record = world.get(&nurse, &format!("/people/{a}")).body;
        let path = format!("/people/{a}/merges/");
        let merge = record.split(&path).nth(1).unwrap().split('"').next().unwrap();
        let open = [("afterwards", "open"), ("reason", "Not sure")];
        assert_eq!(world.post(&nurse, &format!("{path}{merge}"), &open).status, StatusCode::SEE_OTHER);
    });
}
