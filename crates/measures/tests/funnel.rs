//! Funnel plots against published limits and significance labels.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use measures::funnel::{Position, Share, funnel, limits};

fn shares(rows: &[csv::StringRecord]) -> Vec<Share> {
    let share = |row: &csv::StringRecord| Share {
        numerator: row[1].parse().unwrap(),
        denominator: row[2].parse().unwrap(),
    };
    rows.iter().map(share).collect()
}

#[test]
fn all_303_published_areas_lie_where_they_should() {
    let Some(rows) = common::shared("phe_funnel_prop_inputs.csv") else { return };
    let funnel = funnel(&shares(&rows)).unwrap();
    for (row, point) in rows.iter().zip(&funnel.points) {
        let label = match point.position {
            Position::High998 => "High (0.001)",
            Position::High95 => "High (0.025)",
            Position::Within => "Not significant",
            Position::Low95 => "Low (0.025)",
            Position::Low998 => "Low (0.001)",
        };
        assert_eq!(label, &row[3], "{}", &row[0]);
    }
    assert_eq!(rows.len(), 303);
    assert!(funnel.over_dispersed, "nine in ten areas lie outside: that is spread, not 270 outliers");
}

#[test]
fn the_published_limits_are_drawn() {
    let (Some(inputs), Some(rows)) =
        (common::shared("phe_funnel_prop_inputs.csv"), common::shared("phe_funnel_prop_limits.csv"))
    else {
        return;
    };
    let baseline = funnel(&shares(&inputs)).unwrap().baseline;
    for row in &rows {
        let number = |at: usize| row[at].parse::<f64>().unwrap();
        let ours = limits(baseline, number(0));
        for (limit, at) in
            [(ours.lower_95, 1), (ours.upper_95, 2), (ours.lower_998, 3), (ours.upper_998, 4), (baseline, 5)]
        {
            assert!((limit * 100.0 - number(at)).abs() < 1e-6, "{}: {limit} and {}", &row[0], &row[at]);
        }
    }
    assert_eq!(rows.len(), 100);
}

#[test]
fn projects_that_differ_only_by_chance_are_not_called_spread_and_small_ones_are_marked() {
    let share = |numerator, denominator| Share { numerator, denominator };
    let even =
        funnel(&[share(50.0, 100.0), share(47.0, 100.0), share(53.0, 100.0), share(4.0, 8.0)]).unwrap();
    assert!(!even.over_dispersed);
    assert_eq!(even.points.iter().map(|p| p.too_few).collect::<Vec<_>>(), [false, false, false, true]);
    assert!(even.points.iter().all(|p| p.position == Position::Within));
    assert!(!funnel(&[]).unwrap().over_dispersed);
    assert!(!funnel(&[share(5.0, 5.0), share(7.0, 7.0)]).unwrap().over_dispersed, "all alike");
    assert!(funnel(&[share(3.0, 0.0)]).is_err());
}
