//! What counts as evidence of who somebody is: several numbers of a kind after a merge, none that a colleague took away, and
//! the other names that a list taught for as long as its line is linked.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::{KeepRegister, SearchPeople};
use alongside::access::{Permit, Role};
use alongside::ids::{ListingId, PersonId, ProjectId};
use alongside::people::{
    Details, NewPerson, Sex, find, merge, merges, register_many, renew_due, revise, search, unmerge,
};
use alongside::service::MIGRATIONS;
use jiff::civil::{Date, date};
use store::sql;
use world::lists::{Case, case, libra};
use world::{World, both};

const ONE: &str = "2012/0052494Q";
const OTHER: &str = "2003/0011985X";

fn keeper(world: &World<'_>) -> Permit<KeepRegister> {
    Permit::for_command_line(&world.test.db)
}

fn details(forename: &str, surname: &str, born: Date, pnc: &str) -> Details {
    Details {
        forename: Some(forename.into()),
        surname: Some(surname.into()),
        date_of_birth: Some(born),
        sex: Sex::Male,
        pnc: (!pnc.is_empty()).then(|| pnc.to_owned()),
        ..Details::default()
    }
}

fn put(world: &World<'_>, project: ProjectId, people: &[Details]) -> Vec<PersonId> {
    let new: Vec<NewPerson> =
        people.iter().map(|d| NewPerson { details: d.clone(), source: "test".into(), project }).collect();
    keeper(world).write_now(|w| register_many(w, &new)).unwrap()
}

/// Gives a person another PNC number, or none.
fn set_pnc(world: &World<'_>, id: PersonId, pnc: Option<&str>) {
    keeper(world)
        .write_now(|w| {
            let person = w.reading(|r| find(r, id))?.unwrap();
            let new = Details { pnc: pnc.map(str::to_owned), ..person.details.clone() };
            revise(w, &person, &new, "looked at the charge sheet")
        })
        .unwrap()
        .unwrap();
}

fn merge_into(world: &World<'_>, kept: PersonId, merged: PersonId) {
    keeper(world)
        .write_now(|w| {
            let a = w.reading(|r| find(r, kept))?.unwrap();
            let b = w.reading(|r| find(r, merged))?.unwrap();
            merge(w, &a, &b, "same face")
        })
        .unwrap()
        .unwrap();
}

fn take_apart(world: &World<'_>, kept: PersonId) {
    keeper(world)
        .write_now(|w| {
            let a = w.reading(|r| find(r, kept))?.unwrap();
            let m = w.reading(|r| merges(r, &a))?.remove(0);
            unmerge(w, &a, m.id, "two after all")
        })
        .unwrap();
}

/// The candidates of the one line of a list with this number on this day: who, and the band.
fn candidates(world: &World<'_>, day: u32, listed: Case) -> Vec<(PersonId, String)> {
    let (printed, sent) = (format!("{day:02}/11/2026"), format!("2026-11-{day:02}T07:30:00Z"));
    world.import(&format!("{day}.xml"), &libra(&printed, &sent, &[listed]));
    let rows = world
        .test
        .db
        .read(|r| {
            r.query(
                sql("SELECT c.person_id, c.band FROM candidate c JOIN listing l ON l.id = c.listing_id WHERE l.list_date = $1 ORDER BY c.rank"),
                &[&date(2026, 11, i8::try_from(day).unwrap())],
            )
        })
        .unwrap();
    rows.iter().map(|row| (row.get("person_id").unwrap(), row.get("band").unwrap())).collect()
}

fn found(world: &World<'_>, typed: &str) -> Vec<PersonId> {
    let permit: Permit<SearchPeople> = Permit::for_command_line(&world.test.db);
    permit.read_now(|r| search(r, typed)).unwrap().found.into_iter().map(|f| f.person).collect()
}

/// A line whose name and birth date are somebody else's: only its number can tell who it is.
fn mistyped(number: u32, pnc: &'static str) -> Case {
    Case { pnc, born: "11/03/1951", ..case(number, "Zefir", "QILFETHER") }
}

#[test]
fn after_a_merge_each_number_of_either_record_finds_the_person_and_none_counts_against_them() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let ids = put(
            world,
            own,
            &[
                details("Zephyr", "QUILLFEATHER", date(1990, 2, 1), ONE),
                details("Zephyr", "QUILLFEATHER", date(1990, 2, 1), OTHER),
            ],
        );
        let index = |world: &World<'_>| -> (Vec<String>, Vec<i64>, Vec<String>) {
            let texts = |statement, column: &str| -> Vec<String> {
                let rows = world.test.db.read(|r| r.query(statement, &[])).unwrap();
                rows.iter().map(|row| row.get(column).unwrap()).collect()
            };
            let keys = sql("SELECT key FROM match_key ORDER BY key, person_id");
            let keys = world.test.db.read(|r| r.query(keys, &[])).unwrap();
            (
                texts(sql("SELECT record FROM match_record ORDER BY person_id"), "record"),
                keys.iter().map(|row| row.get("key").unwrap()).collect(),
                texts(sql("SELECT token FROM person_token ORDER BY token, person_id"), "token"),
            )
        };
        let before = index(world);
        merge_into(world, ids[0], ids[1]);
        for (day, pnc) in [(23, ONE), (24, OTHER)] {
            let exact = Case { pnc, ..case(1, "Zephyr", "QUILLFEATHER") };
            assert_eq!(candidates(world, day, exact), [(ids[0], "certain".to_owned())], "{pnc}");
        }
        for (day, pnc) in [(25, ONE), (26, OTHER)] {
            let found = candidates(world, day, mistyped(2, pnc));
            assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ids[0]], "{pnc}");
        }
        assert_eq!((found(world, "52494Q"), found(world, "11985X")), (vec![ids[0]], vec![ids[0]]));
        let listing: ListingId = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM listing WHERE list_date = $1"), &[&date(2026, 11, 24)]))
            .unwrap()
            .get("id")
            .unwrap();
        let page = world.get(&nurse, &format!("/listings/{listing}/compare")).body;
        assert!(page.contains(&format!("{ONE}; {OTHER}")), "both stand on the page: {page}");
        take_apart(world, ids[0]);
        assert_eq!(index(world), before, "taken apart, each has its own again");
    });
}

#[test]
fn a_number_that_was_taken_out_or_put_right_is_no_evidence_and_finds_nobody() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        // The father's record had the son's number.
        let father = put(world, own, &[details("Zephyr", "QUILLFEATHER", date(1961, 5, 4), ONE)])[0];
        let son = |number| Case { pnc: ONE, ..case(number, "Zephyr", "QUILLFEATHER") };
        assert_eq!(candidates(world, 20, son(1)), [(father, "certain".to_owned())], "while it stood there");
        set_pnc(world, father, None);
        let after = candidates(world, 23, son(2));
        assert!(after.iter().all(|(_, band)| band != "certain"), "taken out: {after:?}");
        assert!(found(world, "52494Q").is_empty() && found(world, ONE).is_empty());
        assert_eq!(found(world, "quillfeather"), [father]);
        // Put right: the new number finds him, the one before does not.
        set_pnc(world, father, Some(ONE));
        set_pnc(world, father, Some(OTHER));
        let after = candidates(world, 24, son(3));
        assert!(after.iter().all(|(_, band)| band != "certain"), "put right: {after:?}");
        assert!(candidates(world, 25, mistyped(4, ONE)).is_empty());
        assert_eq!(candidates(world, 26, mistyped(5, OTHER))[0].0, father);
        assert_eq!((found(world, "52494Q"), found(world, "11985X")), (vec![], vec![father]));
    });
}

#[test]
fn a_number_taken_out_of_a_merged_record_is_not_brought_back_by_the_record_merged_into_it() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let twice = details("Zephyr", "QUILLFEATHER", date(1961, 5, 4), ONE);
        let ids = put(world, own, &[twice.clone(), Details { pnc: Some("12/52494Q".into()), ..twice }]);
        // Taken out before the merge, it is what the other record still says; whoever merges says it is theirs.
        set_pnc(world, ids[0], None);
        merge_into(world, ids[0], ids[1]);
        let son = |number| Case { pnc: ONE, ..case(number, "Zephyr", "QUILLFEATHER") };
        assert_eq!(candidates(world, 20, son(1)), [(ids[0], "certain".to_owned())]);
        // Written into the kept record and taken out again since, it is nobody's of the two.
        set_pnc(world, ids[0], Some(ONE));
        set_pnc(world, ids[0], None);
        let after = candidates(world, 23, son(2));
        assert!(after.iter().all(|(_, band)| band != "certain"), "{after:?}");
    });
}

#[test]
fn an_upgrade_makes_the_records_anew_that_held_a_number_taken_out_or_lacked_a_second_one() {
    let before: Vec<_> = MIGRATIONS.iter().copied().filter(|m| m.number != 35).collect();
    store::testing::both(&before, |db| {
        let world = World::new(db);
        let own = world.project("Own", &[]);
        let born = date(1990, 2, 1);
        let ids = put(
            &world,
            own,
            &[
                details("Zephyr", "QUILLFEATHER", born, ONE),
                details("Zephyr", "QUILFETHER", born, OTHER),
                details("Ada", "CLEARED", born, ONE),
                details("Ada", "UNTOUCHED", born, ""),
            ],
        );
        merge_into(&world, ids[0], ids[1]);
        set_pnc(&world, ids[2], None);
        // As the program before left them: one number a kind, and the number taken out still there.
        let record = |id: PersonId| -> String {
            let row =
                db.db.read(|r| r.one(sql("SELECT record FROM match_record WHERE person_id = $1"), &[&id]));
            row.unwrap().get("record").unwrap()
        };
        let (both_numbers, without) = (record(ids[0]), record(ids[2]));
        assert!(both_numbers.contains("other_numbers") && !without.contains(ONE));
        let old = |id: PersonId, change: fn(&mut linkage::Record)| {
            let mut old: linkage::Record = serde_json::from_str(&record(id)).unwrap();
            change(&mut old);
            let text = serde_json::to_string(&old).unwrap();
            db.db
                .write(|w| {
                    w.execute(sql("UPDATE match_record SET record = $1 WHERE person_id = $2"), &[&text, &id])?;
                    w.execute(
                        sql("INSERT INTO person_token (token, person_id) VALUES ('2494q', $1) ON CONFLICT DO NOTHING"),
                        &[&id],
                    )
                })
                .unwrap();
        };
        old(ids[0], |r| r.other_numbers.clear());
        old(ids[2], |r| r.pnc = ONE.into());
        assert_eq!(found(&world, "2494q").len(), 2);
        db.db.migrate(MIGRATIONS).unwrap();
        assert_eq!(renew_due(&keeper(&world)).unwrap(), 2, "those two, and nobody else");
        assert_eq!((record(ids[0]), record(ids[2])), (both_numbers, without));
        assert_eq!(found(&world, "2494q"), [ids[0]]);
        assert_eq!(renew_due(&keeper(&world)).unwrap(), 0, "once");
    });
}

#[test]
fn the_last_figures_of_a_number_find_the_person_when_they_begin_with_a_zero() {
    both(|world| {
        let own = world.project("Own", &[]);
        let with_nhs = |surname: &str, nhs: &str| Details {
            nhs_number: Some(nhs.into()),
            ..details("Zephyr", surname, date(1990, 2, 1), "")
        };
        let ids = put(
            world,
            own,
            &[
                with_nhs("QUILLFEATHER", "943 476 0123"),
                with_nhs("SOMEBODYELSE", "943 471 2399"),
                details("Zephyr", "SHORTSERIAL", date(1990, 2, 1), "12/52494Q"),
            ],
        );
        for typed in ["0123", "60123", "quillfether 0123", "943 476 0123"] {
            assert_eq!(found(world, typed), [ids[0]], "{typed}");
        }
        // More zeros than were written down: a serial has seven figures, and people write as many as they like.
        for typed in ["0052494Q", "2012/0052494Q", "shortserial 0052494", "0052494"] {
            assert_eq!(found(world, typed), [ids[2]], "{typed}");
        }
    });
}

/// A hearing as the courts' system sends it, of somebody with another name.
fn hearing(day: Date) -> Vec<u8> {
    format!(
        r#"{{"hearing": {{"id": "00000000-0000-4000-8000-{:012}", "jurisdictionType": "MAGISTRATES", "type": {{"description": "First hearing"}},
        "courtCentre": {{"id": "x", "code": "B01ND00", "name": "Invented Court", "roomName": "Courtroom 02"}},
        "hearingDays": [{{"sittingDay": "{day}T10:00:00Z", "listedDurationMinutes": 20}}],
        "prosecutionCases": [{{"id": "case-{day}", "prosecutionCaseIdentifier": {{"caseURN": "01ZZ0000126"}}, "initiationCode": "C",
        "defendants": [{{"id": "defendant-{day}", "masterDefendantId": "master-{day}", "pncId": "{ONE}",
        "aliases": [{{"firstName": "Wexford", "lastName": "PLIMSOLLE"}}, {{"firstName": " "}}],
        "personDefendant": {{"bailStatus": {{"code": "C"}},
        "personDetails": {{"firstName": "Zephyr", "lastName": "QUILLFEATHER", "dateOfBirth": "1990-02-01", "gender": "MALE"}}}},
        "offences": [{{"id": "offence-1", "offenceCode": "TH68010", "offenceTitle": "Theft from a shop", "wording": "Stole a thing"}}]}}]}}]}},
        "sharedTime": "{day}T06:00:00Z"}}"#,
        day.day()
    )
    .into_bytes()
}

#[test]
fn other_names_on_a_linked_line_are_the_person_s_until_the_decision_is_taken_back() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let id = put(world, own, &[details("Zephyr", "QUILLFEATHER", date(1990, 2, 1), ONE)])[0];
        let compare = |day: Date| {
            let listing = sql("SELECT id FROM listing WHERE list_date = $1");
            let row = world.test.db.read(|r| r.one(listing, &[&day])).unwrap();
            let listing: ListingId = row.get("id").unwrap();
            format!("/listings/{listing}")
        };
        let one = date(2026, 11, 20);
        world.import("20.json", &hearing(one));
        assert!(found(world, "plimsolle").is_empty(), "recognition alone teaches nothing");
        let line = compare(one);
        for decision in ["same", "same"] {
            let said = world.post(
                &nurse,
                &format!("{line}/compare"),
                &[("decision", &format!("{decision} {id}")), ("reason", "His scar")],
            );
            assert_eq!(said.status, axum::http::StatusCode::SEE_OTHER, "{}", said.body);
            assert_eq!(found(world, "plimsolle"), [id]);
            let listed = Case { born: "01/02/1990", ..case(7, "Wexford", "PLIMSOLLE") };
            assert!(candidates(world, 23, listed).iter().any(|(person, _)| *person == id));
            let standing = sql("SELECT id FROM link_decision WHERE undone_at IS NULL");
            let standing = world.test.db.read(|r| r.one(standing, &[])).unwrap();
            let standing: uuid::Uuid = standing.get("id").unwrap();
            world.post(&nurse, &format!("{line}/take-back"), &[("decision", &standing.to_string())]);
            assert!(found(world, "plimsolle").is_empty(), "taken back with the decision");
            let names = world.test.db.read(|r| r.query(sql("SELECT id FROM person_alias"), &[])).unwrap();
            assert!(names.is_empty(), "they are somebody else's");
        }
        // Somebody new from a line has them from the first day.
        world.post(&nurse, &format!("{line}/compare"), &[("decision", "new")]);
        assert_eq!(found(world, "plimsolle").len(), 1);
    });
}

#[test]
fn the_compare_page_tells_nothing_of_a_withheld_address_and_its_column_adds_up() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let manager = world.someone("Max Example", Role::Manager, Some(own));
        // The address of the list.
        let here = Details {
            house: Some("1".into()),
            street: Some("Nowhere Street".into()),
            postcode: Some("ZZ1 1ZZ".into()),
            ..details("Zephyr", "QUILLFEATHER", date(1990, 2, 1), ONE)
        };
        let id = put(world, own, &[here])[0];
        let listed = Case { pnc: ONE, ..case(1, "Zephyr", "QUILLFEATHER") };
        assert_eq!(candidates(world, 23, listed).len(), 1);
        let listing: ListingId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])).unwrap().get("id").unwrap();
        // The figures of the column: the last one is the sum.
        let column = || -> (usize, Vec<i64>) {
            let page = world.get(&nurse, &format!("/listings/{listing}/compare")).body;
            let table = page.split("Weights in bits").last().unwrap().split("</table>").next().unwrap();
            let figures = table.split(['>', '<']).filter_map(|text| {
                let signed = text.starts_with(['+', '-']) && text.contains('.');
                signed.then(|| text.replace('.', "").parse().unwrap())
            });
            (page.matches(">address<").count(), figures.collect())
        };
        let adds_up = |figures: &[i64]| {
            let (sum, parts) = figures.split_last().unwrap();
            assert!(parts.len() > 3, "{figures:?}");
            assert_eq!(parts.iter().sum::<i64>(), *sum, "{figures:?}");
        };
        let (rows, seen) = column();
        adds_up(&seen);
        assert_eq!(rows, 2, "beside the other and in the column");
        let page = format!("/people/{id}/restrictions");
        world.post(
            &manager,
            &page,
            &[("do", "restrict"), ("kind", "address"), ("reason", "in danger there")],
        );
        let (rows, withheld) = column();
        adds_up(&withheld);
        assert_eq!(rows, 1, "only that it is withheld");
        assert_ne!(seen.last(), withheld.last(), "nor does the sum hold it");
    });
}
