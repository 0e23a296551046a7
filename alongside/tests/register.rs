//! The register: found by any part, kept once, merged and taken apart without a trace.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::{KeepRegister, SearchPeople};
use alongside::access::{Permit, Role};
use alongside::people::{Details, find, look_for, merge, merges, open_pairs, revise, search, unmerge};
use axum::http::StatusCode;
use jiff::civil::date;
use store::sql;
use world::access::hidden;
use world::lists::{Case, case, libra};
use world::people::{details, every_row, keeper, put};
use world::{World, both};

fn names(world: &World<'_>, typed: &str) -> Vec<String> {
    let permit: Permit<SearchPeople> = Permit::for_command_line(&world.test.db);
    permit.read_now(|r| search(r, typed)).unwrap().found.into_iter().map(|f| f.name).collect()
}

#[test]
fn people_are_found_by_any_part_of_them() {
    both(|world| {
        let project = world.project("Own", &[]);
        let khan = Details {
            middle_names: Some("Ali".into()),
            pnc: Some("2012/0052494Q".into()),
            crn: Some("X123456".into()),
            nhs_number: Some("9434765919".into()),
            postcode: Some("SE5 7AB".into()),
            ..details("Mohammed", "QUILLKHAN", date(1990, 4, 3))
        };
        put(
            world,
            project,
            &[
                khan,
                details("Zephyr", "O'Featherstone-Pryce", date(1975, 12, 31)),
                details("Mo", "SAMPLEKHAN", date(1990, 4, 3)),
            ],
        );
        for typed in [
            "quillkhan",
            "moham quill",
            "muhammad quillkhan",
            "QUILKHAN",
            "3/4/1990 mohammed",
            "1990-04-03 quillkhan",
            "3 Apr 1990 ali",
            "0052494Q",
            "2012/52494Q",
            "x1234",
            "3456 quill",
            "2494",
            "943 476 5919",
            "943476",
            "5919",
            "April 1990 quillkhan",
            "quillkhan 1990",
            "03041990 moham",
            "3/4/90 quil",
            "se5 7ab quill",
            "SE57AB",
        ] {
            assert!(
                names(world, typed).iter().any(|n| n == "QUILLKHAN, Mohammed Ali"),
                "{typed:?}: {:?}",
                names(world, typed)
            );
        }
        assert_eq!(names(world, "featherstone pryce"), ["O'FEATHERSTONE-PRYCE, Zephyr"]);
        assert!(names(world, "nobodyatall").is_empty());
        assert!(names(world, "").is_empty() && names(world, "   ").is_empty());
    });
}

#[test]
fn a_search_shows_own_projects_and_only_counts_the_others() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        put(world, other, &[details("Zephyr", "QUILLFEATHER", date(1980, 1, 2))]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let page = world.post(&nurse, "/people/search", &[("search", "zephyr quill")]);
        assert!(
            page.body.contains("1 more in projects where you don't work")
                && !page.body.contains("QUILLFEATHER"),
            "{}",
            page.body
        );
        let audit = world
            .test
            .db
            .read(|r| {
                r.query(
                    sql("SELECT detail, subject_id FROM audit_event WHERE action = 'register searched'"),
                    &[],
                )
            })
            .unwrap();
        assert_eq!(audit.len(), 1);
        assert!(!audit[0].get::<String>("detail").unwrap().contains("zephyr"), "what was typed is a name");
    });
}

#[test]
fn one_searches_before_one_creates_and_sees_who_looks_alike() {
    both(|world| {
        let own = world.project("Own", &[]);
        put(
            world,
            own,
            &[Details {
                pnc: Some("2012/0052494Q".into()),
                ..details("Zephyr", "QUILLFEATHER", date(1980, 1, 2))
            }],
        );
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let id = own.to_string();
        let mut fields = vec![
            ("forename", "Zephyr"),
            ("surname", "QUILLFETHER"),
            ("born-day", "2"),
            ("born-month", "1"),
            ("born-year", "1980"),
            ("pnc", "2012/0052494Q"),
            ("sex", "male"),
            ("project", &id),
        ];
        assert_eq!(
            world.post(&nurse, "/people", &fields).status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "no search came before"
        );
        fields.push(("searched", "quillfether"));
        let warned = world.post(&nurse, "/people", &fields);
        assert!(
            warned.body.contains("Somebody very like this is on the register already"),
            "{}",
            warned.body
        );
        assert!(warned.body.contains("value=\"QUILLFETHER\""), "what was typed stays");
        fields.push(("sure", "yes"));
        let made = world.post(&nurse, "/people", &fields);
        assert!(made.location().starts_with("/people/"), "{}", made.body);
        let pairs = keeper(world).read_now(open_pairs).unwrap().pairs;
        assert_eq!(pairs.len(), 1, "and the pair waits among the possible duplicates");
    });
}

#[test]
fn changed_details_are_a_new_version_and_the_old_ones_still_find_the_person() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let id = put(
            world,
            own,
            &[Details {
                pnc: Some("2012/0052494Q".into()),
                ..details("Zephyr", "QUILLFEATHER", date(1990, 2, 1))
            }],
        )[0];
        keeper(world)
            .write_now(|w| {
                let person = w.reading(|r| find(r, id))?.unwrap();
                let new = Details { surname: Some("NEWMARRIED".into()), ..person.details.clone() };
                revise(w, &person, &new, "told by the person").map(|kept| kept.unwrap())
            })
            .unwrap();
        assert_eq!(names(world, "quillfeather"), ["NEWMARRIED, Zephyr"]);
        let reading = world.import(
            "a.xml",
            &libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(1, "Zephyr", "QUILLFEATHER")]),
        );
        assert_eq!(
            reading.counts.possibly_known, 1,
            "recognition knows the earlier name: {:?}",
            reading.counts
        );
        let versions =
            world.test.db.read(|r| r.query(sql("SELECT version FROM person_version"), &[])).unwrap();
        assert_eq!(versions.len(), 2);
        let stale = keeper(world)
            .write_now(|w| {
                let mut person = w.reading(|r| find(r, id))?.unwrap();
                person.version = 1;
                let details = person.details.clone();
                revise(w, &person, &details, "from a page drawn long ago")
            })
            .unwrap();
        assert!(stale.is_err(), "a change from an old page is not kept over a newer one");
    });
}

#[test]
fn a_merge_is_undone_to_the_last_byte_and_later_edits_stay_with_the_kept_record() {
    both(|world| {
        let (own, other) =
            (world.project("Own", &[("B01ND", "Thames Magistrates' Court")]), world.project("Second", &[]));
        let kept = put(
            world,
            own,
            &[Details {
                pnc: Some("2012/0052494Q".into()),
                ..details("Zephyr", "QUILLFEATHER", date(1990, 2, 1))
            }],
        )[0];
        let merged = put(
            world,
            other,
            &[Details {
                cro: Some("18763/79J".into()),
                postcode: Some("SE5 7AB".into()),
                ..details("Zeph", "QUILFETHER", date(1990, 2, 1))
            }],
        )[0];
        let before = every_row(world);
        let permit = keeper(world);
        let both_of = |w: &mut alongside::access::Writer<'_, KeepRegister>| {
            let a = w.reading(|r| find(r, kept))?.unwrap();
            let b = w.reading(|r| find(r, merged))?.unwrap();
            Ok::<_, store::Error>((a, b))
        };
        permit.write_now(|w| both_of(w).and_then(|(a, b)| merge(w, &a, &b, "same face"))).unwrap().unwrap();
        assert_ne!(every_row(world), before);
        let found = permit.read_now(|r| find(r, merged)).unwrap().unwrap();
        assert_eq!(found.id(), kept, "the merged record's address leads to the kept one");
        let both_named = permit.read_now(|r| alongside::people::names(r, [kept, merged])).unwrap();
        assert_eq!(both_named[&merged], both_named[&kept], "a merged record has the name of the kept one");
        assert_eq!(names(world, "quilfether"), ["QUILLFEATHER, Zephyr"], "found by the merged record's name");
        let reading = world.import(
            "a.xml",
            &libra(
                "23/11/2026",
                "2026-11-23T07:30:00Z",
                &[Case { pnc: "2012/0052494Q", ..case(1, "Zephyr", "QUILLFEATHER") }],
            ),
        );
        assert_eq!(reading.counts.possibly_known, 1);
        let undo = |world: &World<'_>| {
            keeper(world)
                .write_now(|w| {
                    let a = w.reading(|r| find(r, kept))?.unwrap();
                    let m = w.reading(|r| merges(r, &a))?.remove(0);
                    unmerge(w, &a, m.id, "two after all")
                })
                .unwrap()
        };
        assert!(undo(world));
        assert_eq!(every_row(world), before);
        // Merged again, edited, taken apart: the edit stays with the kept record, the other is as it was.
        permit.write_now(|w| both_of(w).and_then(|(a, b)| merge(w, &a, &b, "again"))).unwrap().unwrap();
        permit
            .write_now(|w| {
                let a = w.reading(|r| find(r, kept))?.unwrap();
                let new = Details { town: Some("Nowhere".into()), ..a.details.clone() };
                revise(w, &a, &new, "later")
            })
            .unwrap()
            .unwrap();
        assert!(undo(world));
        let (a, b) = permit.write_now(both_of).unwrap();
        assert_eq!((a.details.town.as_deref(), a.version), (Some("Nowhere"), 2));
        assert_eq!((b.details.town.as_deref(), b.version, b.id()), (None, 1, merged));
        let of_merged = |lines: &[String]| {
            lines.iter().filter(|l| l.contains(&merged.to_string())).cloned().collect::<Vec<_>>()
        };
        assert_eq!(of_merged(&every_row(world)), of_merged(&before));
        assert_eq!(world.test.db.read(alongside::audit::verify).unwrap().fault, None);
    });
}

#[test]
fn possible_duplicates_are_decided_by_those_who_may_open_both_and_not_offered_again() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let twice = Details {
            pnc: Some("2012/0052494Q".into()),
            ..details("Zephyr", "QUILLFEATHER", date(1980, 1, 2))
        };
        let ids = put(
            world,
            own,
            &[twice.clone(), Details { surname: Some("QUILLFETHER".into()), ..twice.clone() }],
        );
        let theirs = put(world, other, &[Details { surname: Some("QUILFEATHER".into()), ..twice }]);
        keeper(world).write_now(|w| look_for(w, &[ids[0], ids[1], theirs[0]])).unwrap();
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let list = world.get(&nurse, "/duplicates");
        assert_eq!(
            list.body.matches("/compare/").count(),
            1,
            "only the pair of which both are ours: {}",
            list.body
        );
        let path = format!("/people/{}/compare/{}", ids[0].min(ids[1]), ids[0].max(ids[1]));
        let page = world.get(&nurse, &path).body;
        assert!(page.contains("✓ Equal"));
        let seen = hidden(&page, "seen");
        assert_eq!(
            world.get(&nurse, &format!("/people/{}/compare/{}", ids[0], theirs[0])).status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            world.post(&nurse, &path, &[("decision", "not-same")]).status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "a reason is needed"
        );
        assert_eq!(
            world
                .post(&nurse, &path, &[("decision", "not-same"), ("reason", "Twins"), ("seen", &seen)])
                .status,
            StatusCode::SEE_OTHER
        );
        keeper(world).write_now(|w| look_for(w, &ids)).unwrap();
        let list = world.get(&nurse, "/duplicates").body;
        assert!(
            list.contains("None waiting") && list.contains("Decided lately"),
            "decided pairs stay decided: {list}"
        );
    });
}

#[test]
fn a_pair_refused_on_one_day_is_not_offered_again_on_the_next_unless_the_record_changes() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let id = put(
            world,
            own,
            &[Details {
                pnc: Some("2012/0052494Q".into()),
                ..details("Zephyr", "QUILLFEATHER", date(1990, 2, 1))
            }],
        )[0];
        let people = [case(1, "Zephyr", "QUILLFEATHER")];
        world.import("a.xml", &libra("20/11/2026", "2026-11-20T07:30:00Z", &people));
        let listing: alongside::ids::ListingId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])).unwrap().get("id").unwrap();
        let said = world.post(
            &nurse,
            &format!("/listings/{listing}/compare"),
            &[("decision", &format!("not-same {id}")), ("reason", "His father")],
        );
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
        let reading = world.import("b.xml", &libra("23/11/2026", "2026-11-23T07:30:00Z", &people));
        assert_eq!(reading.counts.possibly_known, 0, "refused before: {:?}", reading.counts);
        keeper(world)
            .write_now(|w| {
                let person = w.reading(|r| find(r, id))?.unwrap();
                let new = Details {
                    house: Some("1".into()),
                    street: Some("Nowhere Street".into()),
                    postcode: Some("ZZ1 1ZZ".into()),
                    ..person.details.clone()
                };
                revise(w, &person, &new, "moved")
            })
            .unwrap()
            .unwrap();
        let reading = world.import("c.xml", &libra("24/11/2026", "2026-11-24T07:30:00Z", &people));
        assert_eq!(reading.counts.possibly_known, 1, "the record changed: {:?}", reading.counts);
    });
}

#[test]
fn a_person_whom_two_lines_claim_is_warned_of_and_never_selected_beforehand() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        put(
            world,
            own,
            &[Details {
                pnc: Some("2012/0052494Q".into()),
                ..details("Zephyr", "QUILLFEATHER", date(1990, 2, 1))
            }],
        );
        let claim = |number| Case { pnc: "2012/0052494Q", ..case(number, "Zephyr", "QUILLFEATHER") };
        let pages = |world: &World<'_>| -> Vec<String> {
            let listed = sql("SELECT id FROM listing WHERE removed_at IS NULL ORDER BY case_no");
            let rows = world.test.db.read(|r| r.query(listed, &[])).unwrap();
            let ids = rows.iter().map(|row| row.get::<alongside::ids::ListingId>("id").unwrap());
            ids.map(|id| world.get(&nurse, &format!("/listings/{id}/compare")).body).collect()
        };
        let (warning, chosen) = ("may be the same person of the register", "checked");
        world.import("a.xml", &libra("23/11/2026", "2026-11-23T07:30:00Z", &[claim(1)]));
        let alone = pages(world);
        assert!(alone[0].contains(chosen) && !alone[0].contains(warning), "one line alone: {}", alone[0]);
        // The second line comes with a later list, and is weighed without the first.
        world.import("b.xml", &libra("23/11/2026", "2026-11-23T08:30:00Z", &[claim(1), claim(2)]));
        for page in pages(world) {
            assert!(page.contains(warning) && !page.contains(chosen), "later: {page}");
        }
        // Both with one list.
        world.import("c.xml", &libra("24/11/2026", "2026-11-24T07:30:00Z", &[claim(3), claim(4)]));
        for page in pages(world) {
            assert!(page.contains(warning) && !page.contains(chosen), "together: {page}");
        }
    });
}

#[test]
fn parts_that_thousands_share_are_found_together_and_what_is_cut_is_said() {
    both(|world| {
        let own = world.project("Own", &[]);
        let middle = |middle: &str, surname: &str| Details {
            middle_names: Some(middle.into()),
            ..details("Alan", surname, date(1980, 1, 2))
        };
        let mut all = vec![middle("Bernard", "OTHERMAN"); 2_100];
        all.extend(vec![details("Zed", "CARTERTON", date(1981, 1, 2)); 2_100]);
        all.extend(vec![middle("Bernard", "CARTERTON"); 3]);
        put(world, own, &all);
        let permit: Permit<SearchPeople> = Permit::for_command_line(&world.test.db);
        let found = |typed: &str| permit.read_now(|r| search(r, typed)).unwrap();
        for typed in ["alan carterton", "alan bernard carterton", "bern cart al"] {
            let answer = found(typed);
            assert_eq!((answer.found.len(), answer.more), (3, false), "{typed}: {answer:?}");
        }
        for typed in ["alan bernard", "alan"] {
            let answer = found(typed);
            assert!(answer.found.len() == alongside::people::SHOWN && answer.more, "{typed}");
        }
    });
}
