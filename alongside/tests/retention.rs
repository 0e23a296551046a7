//! Retention: what is past its time, what is held, and that nothing of what was taken away is left anywhere.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::holdings::{Roots, gather};
use alongside::ids::PersonId;
use alongside::people::find;
use alongside::retention::{Asked, Kind, NotDone, STAYS, STEPS, Verdict, carry_out, lift};
use alongside::service::HOLDINGS;
use alongside::{clock, retention};
use axum::http::StatusCode;
use jiff::civil::date;
use std::collections::BTreeSet;
use store::sql;
use world::everything::{NAMES, everything, everything_and_more};
use world::kept::{guardian, hold, in_2060, of_2001, person, previewed, rules, taken_away};
use world::schema::{columns, counts, where_stands};
use world::{World, both};

#[test]
fn after_it_no_table_and_no_file_holds_the_name_and_tombstones_stay() {
    both(|world| {
        let seeded = everything_and_more(world);
        let before = where_stands(world.test, &NAMES);
        assert!(before.len() > 150, "the seed says too little: {before:?}");
        let archived = || walk_files(&world.archive_folder());
        assert_eq!(archived(), 1);
        for kind in Kind::ALL {
            let there = previewed(world, kind, in_2060());
            assert!(there.held.is_empty(), "{kind:?}: {:?}", there.held);
            if !there.goes.is_empty() {
                taken_away(world, kind, in_2060()).unwrap();
            }
        }
        assert_eq!(alongside::exchange::clear_gone(&world.test.db, &world.archive_folder()).unwrap(), 1);
        assert_eq!(archived(), 0, "the file as received is gone");
        // The seed puts its word everywhere: also as who sent a file, and as an office on the rota. Neither is about anybody.
        let colleagues = ["referral_in_file.by_words", "rota_post.place"];
        assert_eq!(where_stands(world.test, &NAMES), colleagues, "{}", world.test.engine);
        let left = counts(world.test);
        assert_eq!((left["person"], left["match_key"], left["person_token"]), (0, 0, 0));
        assert_eq!(left["term_count"], 0, "nobody is counted any more");
        let stones = world
            .test
            .db
            .read(|r| r.query(sql("SELECT * FROM tombstone WHERE kind = 'person'"), &[]))
            .unwrap();
        assert_eq!(stones.len(), 1);
        assert_eq!(stones[0].get::<Option<PersonId>>("record_id").unwrap(), Some(seeded.id()));
        assert!(stones[0].get::<i64>("rows_gone").unwrap() > 50);
        assert_eq!(stones[0].get::<String>("hash").unwrap().len(), 64);
        let told = world
            .test
            .db
            .read(|r| r.query(sql("SELECT detail FROM audit_event WHERE action = 'record taken away under retention' AND subject_kind = 'person'"), &[]))
            .unwrap();
        assert_eq!(told.len(), 1);
        let verified = world.test.db.read(alongside::audit::verify).unwrap();
        assert_eq!(verified.fault, None, "the audit is whole");
    });
}

fn walk_files(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.map(|e| e.unwrap().path()).map(|p| if p.is_dir() { walk_files(&p) } else { 1 }).sum()
}

#[test]
fn nothing_of_a_held_person_goes_until_the_hold_is_lifted() {
    both(|world| {
        let seeded = everything(world);
        let roots = Roots { people: vec![seeded.id()], listings: vec![seeded.listing.parse().unwrap()] };
        let held = hold(world, seeded.id());
        let all = |w: &World<'_>| {
            let gathered = w.test.db.read(|r| gather(r, HOLDINGS, &roots)).unwrap();
            gathered.iter().map(|t| (t.holding.table, t.rows.len())).collect::<Vec<_>>()
        };
        let before = all(world);
        for kind in [Kind::Person, Kind::Line, Kind::LineWithRecord, Kind::RawFile] {
            let there = previewed(world, kind, in_2060());
            assert!(there.goes.is_empty(), "{kind:?} of a held person would go");
            assert_eq!(taken_away(world, kind, in_2060()), Err(NotDone::Nothing));
        }
        assert_eq!(previewed(world, Kind::Person, in_2060()).held.len(), 1);
        assert_eq!(previewed(world, Kind::RawFile, in_2060()).held.len(), 1, "the list names them too");
        assert_eq!(all(world), before);
        guardian(world)
            .write_now(|w| {
                let person = w.reading(|r| find(r, seeded.id()))?.unwrap();
                lift(w, &person, held, "inquest closed")
            })
            .unwrap();
        assert_eq!(previewed(world, Kind::Person, in_2060()).goes.len(), 1);
    });
}

#[test]
fn a_neighbour_keeps_everything_when_somebody_goes() {
    both(|world| {
        let seeded = everything(world);
        hold(world, seeded.id());
        let other = person(world, seeded.own, "Goes", "ALTOGETHER");
        let roots = Roots { people: vec![seeded.id()], listings: vec![seeded.listing.parse().unwrap()] };
        let kept = |w: &World<'_>| {
            let gathered = w.test.db.read(|r| gather(r, HOLDINGS, &roots)).unwrap();
            gathered
                .iter()
                .flat_map(|t| t.rows.iter().map(|(key, _)| format!("{} {key}", t.holding.table)))
                .collect::<Vec<_>>()
        };
        let before = kept(world);
        assert_eq!(taken_away(world, Kind::Person, in_2060()).unwrap().items, 1);
        assert_eq!(kept(world), before);
        assert!(where_stands(world.test, &["ALTOGETHER"]).is_empty());
        let there = guardian(world).read_now(|r| find(r, other)).unwrap();
        assert!(there.is_none());
        let counted: i64 = world
            .test
            .db
            .read(|r| r.one(sql("SELECT n FROM term_count WHERE kind = 'people'"), &[])?.get("n"))
            .unwrap();
        assert_eq!(counted, 1);
    });
}

#[test]
fn an_entry_of_the_ledger_that_anothers_report_rests_on_stays_with_it_and_leads_to_nobody_who_goes() {
    both(|world| {
        let seeded = everything(world);
        hold(world, seeded.id());
        // The line of the report was linked to somebody else when it was given out: the entry stands in their ledger.
        let other = person(world, seeded.own, "Was", "THERE");
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    sql("UPDATE disclosure SET person_id = $1, listing_id = NULL WHERE id = (SELECT disclosure_id FROM report_delivery)"),
                    &[&other],
                )
            })
            .unwrap();
        let before = counts(world.test)["disclosure"];
        assert_eq!(taken_away(world, Kind::Person, in_2060()).unwrap().items, 1);
        assert_eq!(counts(world.test)["disclosure"], before);
        let left: i64 = world
            .test
            .db
            .read(|r| {
                r.one(sql("SELECT COUNT(*) AS n FROM disclosure WHERE person_id = $1"), &[&other])?.get("n")
            })
            .unwrap();
        assert_eq!(left, 0);
    });
}

#[test]
fn what_is_confirmed_is_what_was_looked_at_or_nothing_goes() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        person(world, own, "First", "EXAMPLE");
        let looked_at = previewed(world, Kind::Person, in_2060()).set;
        person(world, own, "Second", "EXAMPLE");
        let before = counts(world.test);
        let done = guardian(world)
            .write_now(|w| carry_out(w, &rules(), (Kind::Person, &looked_at, "review"), in_2060()))
            .unwrap();
        assert_eq!(done, Err(NotDone::ChangedMeanwhile));
        assert_eq!(counts(world.test), before);
        assert_eq!(taken_away(world, Kind::Person, in_2060()).unwrap().items, 2);
    });
}

#[test]
fn a_hold_is_no_entry_and_a_record_that_somebody_asks_for_stays_until_they_are_answered() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = of_2001(world, own);
        let asked = Asked { rooms: HOLDINGS, now: clock::now() };
        assert_eq!(previewed(world, Kind::Person, asked).goes.len(), 1);
        hold(world, who);
        let manager = world.someone("Mo Manager", Role::Manager, Some(own));
        let request = [
            ("received-day", "1"),
            ("received-month", "10"),
            ("received-year", "2026"),
            ("requester", "person"),
            ("name", "Ada"),
            ("identity", "known"),
        ];
        let sent = world.post(&manager, &format!("/people/{who}/subject-access"), &request);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let held = previewed(world, Kind::Person, asked).held;
        assert_eq!(held.len(), 1, "past its time still, and held");
        let Verdict::Held { by, .. } = &held[0].decided.verdict else { panic!("not held") };
        assert!(by[0].contains("Inquest") && by[1].contains("1 October 2026"), "{by:?}");
        assert_eq!(taken_away(world, Kind::Person, asked), Err(NotDone::Nothing));
        let closing = [("outcome", "withdrawn")];
        let closed = world.post(&manager, &format!("{}/close", sent.location()), &closing);
        assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
        let Verdict::Held { by, .. } = previewed(world, Kind::Person, asked).held[0].decided.verdict.clone()
        else {
            panic!("the hold stands")
        };
        assert_eq!(by.len(), 1, "{by:?}");
    });
}

#[test]
fn a_merged_record_goes_with_the_one_it_was_merged_into() {
    both(|world| {
        let own = world.project("Own", &[]);
        let (kept, merged) = (person(world, own, "Ada", "EXAMPLE"), person(world, own, "Adah", "EXAMPEL"));
        let manager = world.someone("Manager", Role::Manager, Some(own));
        world::people::merged(world, &manager, kept, merged);
        let held = hold(world, merged);
        assert_eq!(previewed(world, Kind::Person, in_2060()).held.len(), 1, "a hold on either holds both");
        guardian(world)
            .write_now(|w| {
                let person = w.reading(|r| find(r, kept))?.unwrap();
                lift(w, &person, held, "over")
            })
            .unwrap();
        assert_eq!(taken_away(world, Kind::Person, in_2060()).unwrap().items, 1);
        assert_eq!(counts(world.test)["person"], 0);
        assert!(where_stands(world.test, &["EXAMPEL"]).is_empty());
    });
}

const OLD_LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2020-03-02,LONGAGO,Quentin,01/02/1990,1,1600000001\n";

#[test]
fn a_line_of_nobody_is_taken_away_over_the_pages_by_a_guardian_with_a_reason() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        world.import("old.csv", OLD_LIST.as_bytes());
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let administrator = world.someone("Adam Admin", Role::Administrator, None);
        let local = world.someone("Local Guardian", Role::RecordsGuardian, Some(own));
        assert_eq!(world.get(&local, "/retention").status, StatusCode::NOT_FOUND, "not the whole service");
        let seen = world.get(&administrator, "/retention/line");
        assert!(seen.body.contains("Would go: 1") && !seen.body.contains("Take it away"), "{}", seen.body);
        let page = world.get(&guardian, "/retention/line").body;
        // Nobody looks at a number: a guardian reads whose line it is, an administrator does not.
        assert!(page.contains("2 March 2020, number 1:") && page.contains("LONGAGO"), "{page}");
        assert!(!seen.body.contains("LONGAGO"));
        let set = page.split("name=\"set\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let refused = world.post(&guardian, "/retention/line", &[("set", &set)]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Say why") && refused.body.contains("Confirm that you looked"));
        let sure = [("set", set.as_str()), ("reason", "Yearly review"), ("looked", "yes")];
        assert_eq!(world.post(&administrator, "/retention/line", &sure).status, StatusCode::NOT_FOUND);
        let other = [("set", "0000"), ("reason", "Yearly review"), ("looked", "yes")];
        let changed = world.post(&guardian, "/retention/line", &other);
        assert!(changed.body.contains("Something changed since you looked"), "{}", changed.body);
        assert_eq!(world.post(&guardian, "/retention/line", &sure).status, StatusCode::SEE_OTHER);
        assert_eq!(counts(world.test)["listing"], 0);
        let overview = world.get(&administrator, "/retention").body;
        assert!(overview.contains("Gwen Guardian"), "{overview}");
        let run = overview.split("/retention/runs/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let stones = world.get(&administrator, &format!("/retention/runs/{run}")).body;
        assert!(
            stones.contains("Yearly review") && stones.contains("UK GDPR") && !stones.contains("LONGAGO")
        );
        // Its raw copy came today and stays a year: the rule counts from the later of the two.
        assert!(world.get(&guardian, "/retention/raw-file").body.contains("Would go: 0"));
    });
}

#[test]
fn a_manager_places_a_hold_everybody_sees_it_and_only_a_guardian_lifts_it() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = person(world, own, "Ada", "EXAMPLE");
        let manager = world.someone("Mo Manager", Role::Manager, Some(own));
        let nurse = world.someone("Nora Nurse", Role::Practitioner, Some(own));
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let at = format!("/people/{who}/keeping");
        let missing = world.post(&manager, &format!("{at}/hold"), &[("class", "inquest")]);
        assert!(missing.body.contains("Say why it must be kept") && missing.body.contains("still to come"));
        let new = [
            ("class", "inquest"),
            ("words", "Letter 12"),
            ("review-day", "1"),
            ("review-month", "2"),
            ("review-year", "2061"),
        ];
        assert_eq!(world.post(&manager, &format!("{at}/hold"), &new).status, StatusCode::SEE_OTHER);
        let seen = world.get(&nurse, &format!("/people/{who}")).body;
        assert!(seen.contains("Legal hold") && seen.contains("Inquest"), "{seen}");
        assert_eq!(world.get(&nurse, &at).status, StatusCode::NOT_FOUND);
        let page = world.get(&guardian, &at).body;
        assert!(page.contains("Letter 12"));
        let hold = page.split("name=\"hold\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let why = format!("why-{hold}");
        let lifting = [("hold", hold.as_str()), (why.as_str(), "Inquest closed")];
        assert_eq!(world.post(&manager, &format!("{at}/lift"), &lifting).status, StatusCode::NOT_FOUND);
        assert_eq!(world.post(&guardian, &format!("{at}/lift"), &lifting).status, StatusCode::SEE_OTHER);
        assert!(!world.get(&nurse, &format!("/people/{who}")).body.contains("Legal hold"));
    });
}

#[test]
fn a_death_counts_until_it_is_said_to_be_a_mistake() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = person(world, own, "Ada", "EXAMPLE");
        let manager = world.someone("Mo Manager", Role::Manager, Some(own));
        let at = format!("/people/{who}/keeping");
        let died = [("died-day", "1"), ("died-month", "2"), ("died-year", "2020"), ("source", "GP")];
        assert_eq!(world.post(&manager, &format!("{at}/death"), &died).status, StatusCode::SEE_OTHER);
        let page = world.get(&manager, &at).body;
        assert!(page.contains("10 years after death") && page.contains("Died on 1 February 2020"), "{page}");
        let asked = Asked { rooms: HOLDINGS, now: clock::now() };
        let facts = world.test.db.read(|r| retention::person(r, asked, who)).unwrap().unwrap().facts;
        assert_eq!(facts.died, Some(date(2020, 2, 1)));
        let death =
            page.split("name=\"death\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let back = [("death", death.as_str()), ("mistake", "Somebody of the same name")];
        assert_eq!(world.post(&manager, &format!("{at}/mistake"), &back).status, StatusCode::SEE_OTHER);
        assert!(world.get(&manager, &at).body.contains("20 years after the last entry"));
    });
}

#[test]
fn a_file_that_was_taken_away_is_not_read_again_and_says_so() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let reading = world.import("old.csv", OLD_LIST.as_bytes());
        taken_away(world, Kind::RawFile, in_2060()).unwrap();
        alongside::exchange::clear_gone(&world.test.db, &world.archive_folder()).unwrap();
        let who = world.someone("Mo Manager", Role::Manager, Some(own));
        let page = world.get(&who, &format!("/imports/{}", reading.import)).body;
        assert!(page.contains("taken away under retention") && !page.contains("Read it again"), "{page}");
        let original = world.get(&who, &format!("/imports/{}/original", reading.import));
        assert_eq!(original.status, StatusCode::NOT_FOUND);
        let again = world.import("old.csv", OLD_LIST.as_bytes());
        assert_eq!(again.outcome, alongside::exchange::Outcome::Already);
        assert_eq!(alongside::exchange::clear_gone(&world.test.db, &world.archive_folder()).unwrap(), 1);
    });
}

#[test]
fn every_table_goes_or_stays_for_a_reason() {
    let tables: BTreeSet<String> = columns().into_keys().collect();
    let goes: BTreeSet<String> = STEPS.iter().map(|step| step.table.to_owned()).collect();
    let stays: BTreeSet<String> = STAYS.iter().map(|(table, _)| (*table).to_owned()).collect();
    let named: BTreeSet<String> = goes.union(&stays).cloned().collect();
    let forgotten: Vec<&String> = tables.difference(&named).collect();
    assert!(forgotten.is_empty(), "no removal step and no reason to stay: {forgotten:?}");
    let unknown: Vec<&String> = named.difference(&tables).collect();
    assert!(unknown.is_empty(), "no such table: {unknown:?}");
    let both: Vec<&String> = goes.intersection(&stays).collect();
    assert!(both.is_empty(), "goes and stays: {both:?}");
    assert!(STAYS.iter().all(|(_, why)| !why.is_empty()));
}
