//! XmR charts against the NHS-R package's own values, and its trap.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use measures::MeasureError;
use measures::xmr::{Assurance, Better, Options, Reading, Screening, Signal, chart};
use proptest::prelude::*;

fn up() -> Options {
    Options { better: Better::Up, ..Options::default() }
}

fn close(ours: f64, theirs: &str, place: &str) {
    let theirs: f64 = theirs.parse().unwrap();
    assert!((ours - theirs).abs() < 1e-9 * theirs.abs().max(1.0), "{place}: {ours} and {theirs}");
}

#[test]
fn every_published_series_has_its_limits_signals_and_readings() {
    let Some(rows) = common::shared("xmr_spc_vectors.csv") else { return };
    let mut cases: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    cases.dedup();
    assert_eq!(cases.len(), 12);
    for case in cases {
        let rows = rows.iter().filter(|row| &row[0] == case).collect::<Vec<_>>();
        let values = rows.iter().map(|row| row[2].parse().unwrap()).collect::<Vec<f64>>();
        let options = Options {
            screening: if case.ends_with("_noscreen") { Screening::KeepAll } else { Screening::Screen },
            rebase_at: if case == "rebase_at_11" { vec![10] } else { vec![] },
            fix_after: (case == "fix_after_12").then_some(12),
            ..up()
        };
        let chart = chart(&values, &options).unwrap();
        for (row, point) in rows.iter().zip(&chart.points) {
            let place = format!("{case} {}", &row[1]);
            let limits = point.limits.unwrap();
            close(limits.mean, &row[4], &place);
            if &row[5] == "NA" {
                // The package's own trap: screening a constant series leaves it without limits.
                assert_eq!((limits.lower, limits.upper), (5.0, 5.0), "{place}");
            } else {
                close(limits.lower, &row[5], &place);
                close(limits.upper, &row[6], &place);
            }
            assert_eq!(point.part.to_string(), &row[3], "{place}");
            assert_eq!(label(point.signal), &row[10], "{place}");
            let reading = match point.reading {
                Reading::CommonCause => "common_cause",
                Reading::Improvement => "special_cause_improvement",
                Reading::Concern => "special_cause_concern",
                other => panic!("{place}: {other:?}"),
            };
            assert_eq!(reading, &row[11], "{place}");
        }
    }
}

fn label(signal: Option<Signal>) -> &'static str {
    match signal {
        None => "Common Cause",
        Some(Signal::AboveLimit) => "Above UCL",
        Some(Signal::BelowLimit) => "Below LCL",
        Some(Signal::Rising) => "7 Point Trend (Increasing)",
        Some(Signal::Falling) => "7 Point Trend (Decreasing)",
        Some(Signal::TwoOfThreeHigh) => "2 in 3 Above CL",
        Some(Signal::TwoOfThreeLow) => "2 in 3 Below CL",
        Some(Signal::RunAbove) => "7 Points Above CL",
        Some(Signal::RunBelow) => "7 Points Below CL",
    }
}

#[test]
fn the_spreadsheet_does_not_screen_and_the_package_does() {
    let values = [1.0, 2.0, 1.0, 2.0, 10.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0];
    let upper = |screening| {
        let chart = chart(&values, &Options { screening, ..up() }).unwrap();
        (chart.points[0].limits.unwrap().upper * 100.0).round() / 100.0
    };
    assert_eq!((upper(Screening::Screen), upper(Screening::KeepAll)), (4.60, 6.95));
}

#[test]
fn a_constant_series_is_common_cause_with_limits_on_its_mean() {
    for screening in [Screening::Screen, Screening::KeepAll] {
        let chart = chart(&[5.0; 12], &Options { screening, ..up() }).unwrap();
        assert!(chart.points.iter().all(|p| p.signal.is_none() && p.limits.unwrap().upper == 5.0));
    }
    for value in [0.1, 1.0 / 3.0, 1e9 + 0.1, -0.7] {
        for length in 2..40 {
            let chart = chart(&vec![value; length], &up()).unwrap();
            assert!(chart.points.iter().all(|p| p.signal.is_none()), "{length} times {value}");
        }
    }
}

#[test]
fn a_value_on_the_mean_breaks_a_run() {
    let values = [1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, -1.0, -2.0, -1.0, -1.0, 0.0, -1.0, -1.0, 0.0];
    assert_eq!(values.iter().sum::<f64>(), 0.0);
    let chart = chart(&values, &up()).unwrap();
    assert!(chart.points.iter().all(|p| !matches!(p.signal, Some(Signal::RunAbove | Signal::RunBelow))));
}

#[test]
fn six_rising_points_are_no_trend_and_seven_are() {
    let flat = [10.0, 13.0, 9.0, 12.0, 10.0, 13.0, 9.0];
    let rising = |n: usize| {
        let values = flat.iter().copied().chain((0..n).map(|i| 10.0 + i as f64 * 0.3)).chain([9.0, 13.0]);
        let chart = chart(&values.collect::<Vec<_>>(), &up()).unwrap();
        chart.points.iter().filter(|p| p.signal == Some(Signal::Rising)).count()
    };
    // The 9 before joins the rise, so five more points make six and six make seven.
    assert_eq!((rising(5), rising(6)), (0, 7));
}

#[test]
fn where_neither_way_is_better_a_signal_is_high_or_low() {
    let mut values = vec![10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0];
    values.extend([30.0, -10.0]);
    let read = |better| {
        let chart =
            chart(&values, &Options { better, screening: Screening::Screen, ..Options::default() }).unwrap();
        [chart.points[13].reading, chart.points[14].reading]
    };
    assert_eq!(read(Better::Neither), [Reading::High, Reading::Low]);
    assert_eq!(read(Better::Up), [Reading::Improvement, Reading::Concern]);
    assert_eq!(read(Better::Down), [Reading::Concern, Reading::Improvement]);
}

#[test]
fn assurance_says_whether_the_target_will_be_met_always_never_or_by_chance() {
    let values = [10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0];
    let assured = |target, better| {
        chart(&values, &Options { target: Some(target), better, ..Options::default() }).unwrap().assurance
    };
    assert_eq!(assured(100.0, Better::Up), Some(Assurance::Fail));
    assert_eq!(assured(100.0, Better::Down), Some(Assurance::Pass));
    assert_eq!(assured(0.0, Better::Up), Some(Assurance::Pass));
    assert_eq!(assured(0.0, Better::Down), Some(Assurance::Fail));
    assert_eq!(assured(10.0, Better::Up), Some(Assurance::HitAndMiss));
    assert_eq!(assured(10.0, Better::Neither), None);
}

#[test]
fn few_points_are_drawn_with_a_warning() {
    let short = chart(&[1.0, 2.0, 3.0], &up()).unwrap();
    assert!(short.warnings[0].contains("3 points set the limits of part 1"));
    assert!(chart(&[1.0; 13], &up()).unwrap().warnings.is_empty());
    assert_eq!(chart(&[7.0], &up()).unwrap().points[0].limits, None);
    assert!(chart(&[], &up()).unwrap().points.is_empty());
}

#[test]
fn what_cannot_be_drawn_is_refused_in_words() {
    assert_eq!(chart(&[1.0, f64::NAN], &up()).unwrap_err(), MeasureError::NotFinite { position: 2 });
    for bad in [vec![0], vec![2], vec![5], vec![1, 1]] {
        let told = chart(&[1.0, 2.0], &Options { rebase_at: bad.clone(), ..up() }).unwrap_err().to_string();
        assert!(told.contains("the series has 2 points"), "{bad:?}: {told}");
    }
    assert!(chart(&[1.0, 2.0], &Options { fix_after: Some(1), ..up() }).is_err());
}

proptest! {
    #[test]
    fn a_series_moved_or_stretched_keeps_its_signals(values in prop::collection::vec(-50i32..50, 2..60), shift in -100i32..100) {
        let series = values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>();
        let moved = values.iter().map(|v| f64::from(*v) * 4.0 + f64::from(shift)).collect::<Vec<_>>();
        let (a, b) = (chart(&series, &up()).unwrap(), chart(&moved, &up()).unwrap());
        // Values that lie on a line to the last bit may fall on either side of it.
        let on_a_line = series.iter().zip(&a.points).any(|(v, p)| {
            let l = p.limits.unwrap();
            let third = (l.upper - l.mean) * 2.0 / 3.0;
            [l.mean, l.lower, l.upper, l.mean + third, l.mean - third].iter().any(|x| (x - v).abs() < 1e-9)
        });
        prop_assume!(!on_a_line);
        for (x, y) in a.points.iter().zip(&b.points) {
            prop_assert_eq!(x.signal, y.signal);
        }
    }

    #[test]
    fn turned_upside_down_up_becomes_down(values in prop::collection::vec(-50i32..50, 2..60)) {
        let series = values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>();
        let turned = series.iter().map(|v| -v).collect::<Vec<_>>();
        let (a, b) = (chart(&series, &up()).unwrap(), chart(&turned, &up()).unwrap());
        for (x, y) in a.points.iter().zip(&b.points) {
            prop_assert_eq!(x.signal.map(Signal::is_upward), y.signal.map(|s| !s.is_upward()));
        }
    }
}
