//! Rooms say what they hold about a person. Nothing may be forgotten: a new table or column fails here until it is told, or left
//! out for a reason.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::holdings::{Holding, ROOTS, Roots, gather};
use alongside::retention::STAYS;
use alongside::service::HOLDINGS;
use alongside::subject_access::LEFT_OUT;
use std::collections::{BTreeMap, BTreeSet};
use world::both;
use world::everything::everything_and_more;
use world::schema::{columns, counts, leading_to};

fn all() -> impl Iterator<Item = &'static Holding> {
    HOLDINGS.iter().flat_map(|room| room.iter())
}

#[test]
fn every_table_is_told_or_left_out_for_a_reason() {
    let told: BTreeSet<String> = all().map(|h| h.table.to_owned()).collect();
    assert_eq!(told.len(), all().count(), "a table is named twice");
    let left_out: BTreeSet<String> = LEFT_OUT.iter().map(|(table, _)| (*table).to_owned()).collect();
    assert!(told.is_disjoint(&left_out), "told and left out");
    assert!(LEFT_OUT.iter().all(|(_, why)| !why.is_empty()));
    // Whatever leads to a person by the schema must be told or left out on purpose.
    let personal = leading_to(&["person", "listing", "escort_record", "referral_in"]);
    assert!(personal.len() > 70, "{personal:?}");
    let forgotten: Vec<&String> =
        personal.iter().filter(|t| !told.contains(*t) && !left_out.contains(*t)).collect();
    assert!(forgotten.is_empty(), "leads to a person, and nobody tells it: {forgotten:?}");
    // What leads there by no reference is told, left out, or about nobody.
    let about_nobody: BTreeSet<&str> = STAYS.iter().map(|(table, _)| *table).collect();
    let unknown: Vec<String> = columns()
        .into_keys()
        .filter(|t| !told.contains(t) && !left_out.contains(t) && !about_nobody.contains(t.as_str()))
        .collect();
    assert!(unknown.is_empty(), "nobody said what is in it: {unknown:?}");
}

#[test]
fn every_column_of_a_told_table_is_told_or_left_out_for_a_reason() {
    let schema = columns();
    let mut wrong = Vec::new();
    for holding in all() {
        let there: BTreeSet<&str> = schema[holding.table].iter().map(|(name, _)| name.as_str()).collect();
        let mut said: Vec<&str> = holding.columns.iter().map(|c| c.name).collect();
        said.extend(holding.ties);
        said.extend(holding.left_out.iter().map(|(name, _)| *name));
        said.extend(holding.key.iter().filter(|key| !said.contains(*key)).copied().collect::<Vec<_>>());
        let known: BTreeSet<&str> = said.iter().copied().collect();
        if known.len() != said.len() {
            wrong.push(format!("{}: a column is named twice", holding.table));
        }
        wrong.extend(there.difference(&known).map(|c| format!("{}.{c} is forgotten", holding.table)));
        wrong.extend(known.difference(&there).map(|c| format!("{}.{c} does not exist", holding.table)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_table_hangs_on_one_named_before_it() {
    let mut named: BTreeSet<&str> = ROOTS.iter().copied().collect();
    for holding in all() {
        for of in holding.of {
            assert!(named.contains(of), "{} hangs on {of}, which comes later or has no id", holding.table);
        }
        if holding.key == ["id"] {
            named.insert(holding.table);
        }
    }
}

#[test]
fn every_row_about_somebody_is_gathered() {
    both(|world| {
        let seeded = everything_and_more(world);
        let roots = Roots { people: vec![seeded.id()], listings: vec![seeded.listing.parse().unwrap()] };
        let gathered = world.test.db.read(|r| gather(r, HOLDINGS, &roots)).unwrap();
        let found: BTreeMap<&str, usize> = gathered.iter().map(|t| (t.holding.table, t.rows.len())).collect();
        let there = counts(world.test);
        let wrong: Vec<String> = found
            .iter()
            .filter(|(table, rows)| there[**table] != i64::try_from(**rows).unwrap())
            .map(|(table, rows)| format!("{table}: {rows} of {}", there[*table]))
            .collect();
        assert!(wrong.is_empty(), "{}:\n{}", world.test.engine, wrong.join("\n"));
        let empty: Vec<&&str> =
            found.iter().filter(|(_, rows)| **rows == 0).map(|(table, _)| table).collect();
        assert!(empty.is_empty(), "the seed has nothing in {empty:?}");
    });
}
