//! Boundary cases that stand in the crate itself.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use common::{rows, vectors};

#[test]
fn every_boundary_case_scores_as_published() {
    let cases = rows(include_str!("key_vectors.csv"));
    assert!(cases.len() > 40);
    for row in cases {
        vectors::check(&row[0], &row[1], &row[2], &row[3]);
    }
}
