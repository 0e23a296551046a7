//! Small numbers stay hidden.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use measures::suppression::{Rule, Shown};
use proptest::prelude::*;

#[test]
fn the_published_counts_are_hidden_or_rounded() {
    let Some(rows) = common::shared("instruments.csv") else { return };
    let cases = rows.iter().filter(|row| &row[0] == "MHSDS count suppression").collect::<Vec<_>>();
    assert!(!cases.is_empty());
    for row in cases {
        assert_eq!(Rule::MHSDS.count(row[1].parse().unwrap()).to_string(), &row[2], "{}", &row[1]);
    }
}

#[test]
fn zero_to_four_are_hidden_and_others_go_to_the_nearest_five() {
    let shown = (0..=13).map(|n| Rule::MHSDS.count(n).to_string()).collect::<Vec<_>>();
    assert_eq!(shown, ["*", "*", "*", "*", "*", "5", "5", "5", "10", "10", "10", "10", "10", "15"]);
}

#[test]
fn a_percentage_comes_from_the_unrounded_counts_and_hides_with_either() {
    assert_eq!(Rule::MHSDS.percentage(7, 12).unwrap(), Shown::Number(58), "not 5 of 10");
    assert_eq!(Rule::MHSDS.percentage(4, 100).unwrap(), Shown::Hidden);
    assert_eq!(Rule::MHSDS.percentage(3, 4).unwrap(), Shown::Hidden);
    assert!(Rule::MHSDS.percentage(5, 0).is_err());
    assert!(Rule::MHSDS.percentage(6, 5).is_err());
}

#[test]
fn totals_are_rounded_after_adding_so_parts_need_not_add_up() {
    let table = Rule::MHSDS.table(&[vec![7, 7, 7]]).unwrap();
    assert_eq!(table.cells[0], [Shown::Number(5); 3]);
    assert_eq!(table.row_totals, [Shown::Number(20)]);
}

#[test]
fn one_hidden_cell_takes_the_smallest_other_of_its_row_and_column_with_it() {
    let table = Rule::MHSDS.table(&[vec![3, 20, 30], vec![25, 40, 50], vec![35, 45, 55]]).unwrap();
    let stars =
        table.cells.iter().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    assert_eq!(stars.collect::<Vec<_>>(), ["* * 30", "* * 50", "35 45 55"]);
    assert_eq!(table.column_totals[0], Shown::Number(65));

    let single = Rule::MHSDS.table(&[vec![30, 3]]).unwrap();
    assert_eq!(single.cells[0], [Shown::Hidden; 2], "30 and the total 33 would tell the 3");
    assert_eq!(single.total, Shown::Number(35));
}

#[test]
fn a_ragged_table_is_refused() {
    let told = Rule::MHSDS.table(&[vec![1, 2], vec![3]]).unwrap_err().to_string();
    assert_eq!(
        told,
        "row 2 of the table has 1 cells, the first has 2; give every row a cell for every column"
    );
    assert!(Rule::MHSDS.table(&[]).unwrap().cells.is_empty());
}

proptest! {
    #[test]
    fn no_row_or_column_hides_just_one_cell_and_no_small_count_is_shown(
        rows in (1usize..6, 1usize..6).prop_flat_map(|(h, w)| prop::collection::vec(prop::collection::vec(0u64..40, w), h))
    ) {
        let table = Rule::MHSDS.table(&rows).unwrap();
        let hidden = |cell: &Shown| *cell == Shown::Hidden;
        let mut whole = table.cells.clone();
        whole.push(table.column_totals.clone());
        for (row, total) in whole.iter_mut().zip(table.row_totals.iter().chain([&table.total])) {
            row.push(*total);
        }
        for row in &whole {
            prop_assert_ne!(row.iter().filter(|c| hidden(c)).count(), 1, "{:?}", &whole);
        }
        for column in 0..whole[0].len() {
            prop_assert_ne!(whole.iter().filter(|row| hidden(&row[column])).count(), 1, "{:?}", &whole);
        }
        for (shown, count) in table.cells.iter().flatten().zip(rows.iter().flatten()) {
            prop_assert!(*count > 4 || hidden(shown));
            if let Shown::Number(n) = shown {
                prop_assert!(n.abs_diff(*count) <= 2);
            }
        }
    }
}
