//! Invented people: the same from the same seed, with numbers that fit, and lists whose truth is in the register.

use demo::people::{Errors, Kind, Mix, Tie, household, list, register};
use linkage::{Cro, NhsNumber, Pnc, Record};
use std::collections::HashMap;

fn small_register(seed: u64) -> (u64, HashMap<String, Record>) {
    let mut people = HashMap::new();
    let mut entries = 0;
    let households = register(seed, 3_000, |id, record| {
        entries += 1;
        people.insert(id.to_owned(), record.clone());
    });
    assert_eq!(entries, people.len(), "ids are unlike each other");
    (households, people)
}

#[test]
fn a_seed_always_invents_the_same_people() {
    assert_eq!(small_register(5).1, small_register(5).1);
    assert_ne!(small_register(5).1, small_register(6).1);
}

#[test]
fn every_number_of_the_register_passes_its_check() {
    for record in small_register(5).1.values() {
        let fits = |check: linkage::Check| check.trusted();
        assert!(
            record.pnc.is_empty() || Pnc::parse(&record.pnc).is_ok_and(|n| fits(n.check())),
            "{}",
            record.pnc
        );
        assert!(
            record.cro.is_empty() || Cro::parse(&record.cro).is_ok_and(|n| fits(n.check())),
            "{}",
            record.cro
        );
        assert!(
            record.nhs.is_empty() || NhsNumber::parse(&record.nhs).is_ok_and(|n| fits(n.check())),
            "{}",
            record.nhs
        );
    }
}

#[test]
fn a_list_has_the_right_answers_in_the_register_and_none_for_strangers() {
    let (households, people) = small_register(5);
    let rows = list(5, households, 400, &Mix::HARD, &Errors::HARD);
    assert_eq!(rows.len(), 400);
    for row in &rows {
        assert_eq!(row.truth.is_empty(), row.kind != Kind::Known);
        assert!(row.truth.iter().all(|id| people.contains_key(id)));
    }
    for kind in [Kind::Known, Kind::Stranger, Kind::Twin, Kind::OneName, Kind::Namesake] {
        assert!(rows.iter().any(|row| row.kind == kind), "{kind:?}");
    }
    assert!(rows.iter().any(|row| !row.written.errors.is_empty()));
}

#[test]
fn twins_share_a_birthday_and_one_name_families_a_name() {
    let homes: Vec<_> = (0..2_000).map(|number| household(5, number)).collect();
    let of = |tie: Tie| homes.iter().filter(move |home| home.tie == tie);
    assert!(of(Tie::Twins).count() > 10);
    assert!(of(Tie::Twins).all(|home| home.people[0].born == home.people[1].born));
    assert!(of(Tie::OneName).all(|home| home.people[0].forename == home.people[1].forename));
}

#[test]
fn a_list_for_any_register_comes_to_an_end() {
    let mix = Mix { known: 0.2, twins: 0.2, one_name: 0.2, siblings: 0.1, partners: 0.1, namesakes: 0.1 };
    for people in [0, 1, 2, 30] {
        let mut ids = Vec::new();
        let households = register(3, people, |id, _| ids.push(id.to_owned()));
        let rows = list(3, households, 100, &mix, &Errors::ORDINARY);
        assert_eq!(rows.len(), 100);
        for row in rows {
            assert_eq!(row.truth.is_empty(), row.kind != Kind::Known);
            assert!(row.truth.iter().all(|id| ids.contains(id)), "{people} people");
        }
    }
}
