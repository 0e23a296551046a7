//! Intervals and rates against the published values of the English public-health methods.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use measures::MeasureError;
use measures::interval::{Confidence, Method, byar, count, proportion, rate};
use proptest::prelude::*;

fn close(ours: f64, theirs: &str) {
    let theirs: f64 = theirs.parse().unwrap();
    assert!((ours - theirs).abs() <= 1e-12 * theirs.abs().max(1e-3), "{ours} and {theirs}");
}

fn confidence(text: &str) -> Confidence {
    if text == "95%" { Confidence::P95 } else { Confidence::P998 }
}

#[test]
fn wilson_and_byar_limits_are_the_published_ones() {
    let Some(rows) = common::shared("phe_wilson_byars.csv") else { return };
    for row in &rows {
        let (x, level) = (row[0].parse::<f64>().unwrap(), confidence(&row[4]));
        let (lower, upper) = match &row[5] {
            "Wilson" => {
                let e = proportion(x, row[1].parse().unwrap(), level).unwrap();
                (e.lower, e.upper)
            }
            _ => byar(x, level),
        };
        if row[2].is_empty() {
            assert_eq!(lower, 0.0, "below 0 there is nothing");
        } else {
            close(lower, &row[2]);
        }
        close(upper, &row[3]);
    }
    assert_eq!(rows.len(), 13);
}

#[test]
fn proportions_are_the_published_ones() {
    let Some(rows) = common::shared("phe_proportions.csv") else { return };
    for row in rows.iter().filter(|row| !row[3].is_empty()) {
        let (x, n) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let (e95, e998) =
            (proportion(x, n, Confidence::P95).unwrap(), proportion(x, n, Confidence::P998).unwrap());
        for (ours, at) in [(e95.value, 3), (e95.lower, 4), (e95.upper, 5), (e998.lower, 6), (e998.upper, 7)] {
            close(ours, &row[at]);
        }
    }
}

#[test]
fn rates_are_the_published_ones_exact_below_ten_and_byar_from_there() {
    let Some(rows) = common::shared("phe_rates.csv") else { return };
    let mut checked = 0;
    for row in rows.iter().filter(|row| !row[3].is_empty()) {
        let (x, n, per) = (row[1].parse().unwrap(), row[2].parse().unwrap(), row[10].parse().unwrap());
        let (e95, e998) =
            (rate(x, n, per, Confidence::P95).unwrap(), rate(x, n, per, Confidence::P998).unwrap());
        for (ours, at) in [(e95.value, 3), (e95.lower, 4), (e95.upper, 5), (e998.lower, 6), (e998.upper, 7)] {
            close(ours, &row[at]);
        }
        assert_eq!(e95.method == Method::Exact, &row[9] == "Exact");
        checked += 1;
    }
    assert_eq!(checked, 17);
}

#[test]
fn no_events_still_have_an_upper_limit() {
    let none = count(0, Confidence::P95);
    assert_eq!((none.value, none.lower), (0.0, 0.0));
    assert!((none.upper - 3.688_879_454_113_936).abs() < 1e-12, "-ln(.025)");
    let nobody = proportion(0.0, 20.0, Confidence::P95).unwrap();
    assert!(nobody.lower == 0.0 && nobody.upper > 0.1);
}

#[test]
fn what_is_no_proportion_or_rate_is_refused() {
    for (x, n) in [(3.0, 2.0), (0.0, 0.0), (-1.0, 5.0), (f64::NAN, 5.0), (1.0, f64::INFINITY)] {
        assert!(
            matches!(proportion(x, n, Confidence::P95), Err(MeasureError::NotAProportion { .. })),
            "{x} of {n}"
        );
    }
    assert!(matches!(rate(3, 0.0, 100.0, Confidence::P95), Err(MeasureError::NoDenominator { .. })));
}

proptest! {
    #[test]
    fn an_interval_holds_its_value_and_is_wider_at_998(x in 0u32..500, more in 0u32..500) {
        let n = f64::from(x + more);
        prop_assume!(n > 0.0);
        let (a, b) = (
            proportion(f64::from(x), n, Confidence::P95).unwrap(),
            proportion(f64::from(x), n, Confidence::P998).unwrap(),
        );
        prop_assert!(b.lower <= a.lower && a.lower <= a.value + 1e-12 && a.value <= a.upper + 1e-12 && a.upper <= b.upper);
        let (c, d) = (count(u64::from(x), Confidence::P95), count(u64::from(x), Confidence::P998));
        prop_assert!(d.lower <= c.lower && c.lower <= c.value && c.value < c.upper && c.upper < d.upper);
    }
}
