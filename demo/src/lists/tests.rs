//! The demo's files are taken in whole by the parsers a user's files go through.

use super::{Court, MOST_ROWS, NamedFile, morning};
use crate::people::{Errors, Mix, list};
use intake::{Intake, Limits, ListedKind, ScreeningKind, screening_facts};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 6, 30);

/// Half of the people known, the rest strangers.
const MIX: Mix = Mix { known: 0.5, twins: 0.0, one_name: 0.0, siblings: 0.0, partners: 0.0, namesakes: 0.0 };

fn courts() -> Vec<Court> {
    ["B01ND", "B01GU", "B01LY", "B01CE", "B01OK"]
        .iter()
        .map(|code| Court {
            code: (*code).into(),
            ou_code: format!("{code}00"),
            name: format!("Court {code} Magistrates' Court"),
        })
        .collect()
}

fn files(seed: u64) -> Vec<NamedFile> {
    let courts = courts();
    let people: Vec<_> = list(seed, 2_000, MOST_ROWS * courts.len(), &MIX, &Errors::ORDINARY)
        .into_iter()
        .map(|row| row.written)
        .collect();
    morning(seed, DAY, &courts, &people)
}

fn taken(files: &[NamedFile]) -> Vec<Intake> {
    files
        .iter()
        .map(|file| {
            intake::read(&file.bytes, Some(&file.name), DAY, &Limits::default())
                .unwrap_or_else(|refusal| panic!("{}: {refusal}", file.name))
        })
        .collect()
}

#[test]
fn one_seed_always_writes_the_same_files_and_another_writes_others() {
    assert_eq!(files(7), files(7));
    assert_ne!(files(7), files(8));
}

#[test]
fn every_court_gets_its_rows_and_only_parked_cases_are_left_out() {
    let all = taken(&files(1));
    for court in courts() {
        let rows = all
            .iter()
            .flat_map(|found| &found.listings)
            .filter(|listing| listing.court_code.as_ref() == Some(&court.code));
        let people = rows.filter(|listing| listing.kind != ListedKind::Organisation).count();
        assert!((super::FEWEST_ROWS..=MOST_ROWS).contains(&people), "{}: {people}", court.code);
    }
    for skip in all.iter().flat_map(|found| &found.skips) {
        assert!(skip.why.contains("dummy room"), "{skip:?}");
    }
    assert!(all.iter().flat_map(|found| &found.listings).all(|listing| listing.date == DAY));
}

#[test]
fn there_is_a_review_of_a_treatment_requirement_and_a_youth_at_every_court() {
    let all = taken(&files(1));
    let listings: Vec<_> = all.iter().flat_map(|found| &found.listings).collect();
    for court in courts() {
        let here = |listing: &&&intake::Listing| listing.court_code.as_ref() == Some(&court.code);
        assert!(
            listings.iter().filter(here).any(|l| l.application.as_ref().is_some_and(|about| about.is_review))
        );
        assert!(listings.iter().filter(here).any(|l| l.kind == ListedKind::Youth));
    }
}

#[test]
fn escort_records_are_of_listed_people_and_say_everyday_things() {
    let all = taken(&files(1));
    let records: Vec<_> = all.iter().flat_map(|found| &found.escort_records).collect();
    let listings: Vec<_> = all.iter().flat_map(|found| &found.listings).collect();
    assert!(records.len() > 25, "{}", records.len());
    for record in &records {
        let surname = |name: &intake::Name| name.surname.as_deref().unwrap_or_default().to_uppercase();
        let listed = listings.iter().any(|l| {
            l.court_code == record.to_court_code && surname(&l.person.name) == surname(&record.person.name)
        });
        assert!(listed, "{}", record.place);
    }
    let facts: Vec<_> = records.iter().flat_map(|record| screening_facts(record)).collect();
    let count = |kind: ScreeningKind| facts.iter().filter(|fact| fact.kind == kind).count();
    assert!((1..=4).contains(&count(ScreeningKind::AcctOpen)), "rare: {}", count(ScreeningKind::AcctOpen));
    assert!(count(ScreeningKind::MentalHealthNeed) * 2 < records.len(), "most records say nothing of it");
    for kind in [
        ScreeningKind::SelfHarmHistory,
        ScreeningKind::AlcoholWithdrawal,
        ScreeningKind::Medication,
        ScreeningKind::InterpreterNeeded,
    ] {
        assert!(count(kind) > 0, "{kind:?}");
    }
    assert!(facts.iter().any(|fact| fact.weak && !fact.codes.is_empty()), "a bare yes from a code");
}

#[test]
fn with_fewer_people_the_lists_are_shorter_and_still_whole() {
    for people in [0, 1, 2, 5, 40] {
        let people: Vec<_> =
            list(3, 200, people, &MIX, &Errors::ORDINARY).into_iter().map(|row| row.written).collect();
        let files = morning(3, DAY, &courts(), &people);
        let listed: usize = taken(&files)
            .iter()
            .flat_map(|found| &found.listings)
            .filter(|l| l.kind != ListedKind::Organisation)
            .count();
        assert_eq!(listed, people.len());
    }
}
