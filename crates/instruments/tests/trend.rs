//! Reliable change: published worked examples, the instruments' own values, NHS Talking Therapies.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use common::{library, rows, shared_vectors};
use instruments::model::Direction;
use instruments::trend::{
    Category, CutOffKind, JacobsonTruax, Norm, Pair, TalkingTherapies, against_first, clinical_cut_off,
    compare,
};

/// The reference values are given to six decimals, some cut off rather than rounded.
fn close(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < 5e-6, "{ours} and {theirs}");
}

#[test]
fn the_worked_example_of_jacobson_and_truax() {
    let scale = JacobsonTruax { sd: 7.5, reliability: 0.80, z: 1.96 };
    close(scale.standard_error(), 3.354102);
    close(scale.standard_error_of_difference(), 4.743416);
    assert!((scale.index(32.5, 47.5) - 3.16).abs() < 0.005);
    let (clinical, functional) = (Norm { mean: 40.0, sd: 7.5 }, Norm { mean: 60.0, sd: 7.5 });
    let cut = |kind| clinical_cut_off(kind, clinical, functional);
    close(cut(CutOffKind::A), 55.0);
    close(cut(CutOffKind::B), 45.0);
    close(cut(CutOffKind::C), 50.0);
}

#[test]
fn cut_off_b_uses_the_functional_populations_own_deviation() {
    // One published package takes the clinical deviation here, which shows only when the two differ.
    let (clinical, functional) = (Norm { mean: 20.0, sd: 4.0 }, Norm { mean: 8.0, sd: 2.0 });
    close(clinical_cut_off(CutOffKind::B, clinical, functional), 12.0);
    close(clinical_cut_off(CutOffKind::A, clinical, functional), 12.0);
    close(clinical_cut_off(CutOffKind::C, clinical, functional), (4.0 * 8.0 + 2.0 * 20.0) / 6.0);
}

#[test]
fn the_reference_values_of_reliable_change() {
    let Some(text) = shared_vectors("rci_reference.csv") else { return };
    for row in rows(&text) {
        let number = |at: usize| row[at].parse::<f64>().unwrap();
        let scale = JacobsonTruax { sd: number(1), reliability: number(2), z: number(3) };
        // The deviation of one row is itself given to four decimals only, so the rest agrees to about as many.
        for (ours, at) in
            [(scale.standard_error(), 4), (scale.standard_error_of_difference(), 5), (scale.points(), 6)]
        {
            assert!((ours - number(at)).abs() < 1e-4, "{}: {ours} and {}", &row[0], number(at));
        }
    }
}

#[test]
fn a_published_data_set_falls_into_its_categories() {
    let Some(text) = shared_vectors("rci_claus2020_hamd_jt.csv") else { return };
    let pre = rows(&text);
    // S_diff 2.1124782 = √2·SD·√(1−.8) with SD 3.3401213; cut-off c 19.8869981.
    let scale = JacobsonTruax { sd: 3.3401213, reliability: 0.8, z: 1.96 };
    let mut counts = std::collections::BTreeMap::new();
    for row in &pre {
        let number = |at: usize| row[at].parse::<f64>().unwrap();
        close(scale.index(number(1), number(2)), number(4));
        let category = scale.category(number(1), number(2), 19.8869981, Direction::HighIsWorse);
        let name = serde_json::to_value(category).unwrap().as_str().unwrap().to_owned();
        assert_eq!(name, &row[7], "{}", &row[0]);
        *counts.entry(name).or_insert(0) += 1;
    }
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    assert_eq!(
        ["recovered", "improved", "unchanged", "deteriorated", "harmed"].map(count),
        [26, 3, 10, 1, 0]
    );
}

#[test]
fn six_points_on_the_core_10_are_reliable_and_crossing_11_is_recovery() {
    let core = library().by_id("core-10").unwrap();
    let category = |before, after| compare(core, None, before, after).category.unwrap();
    assert_eq!(category(20.0, 14.0), Category::Improved);
    assert_eq!(category(20.0, 14.1), Category::Unchanged);
    assert_eq!(category(16.0, 10.0), Category::Recovered);
    assert_eq!(category(14.0, 20.0), Category::Deteriorated);
    assert_eq!(category(8.0, 14.0), Category::Harmed);
    let published = JacobsonTruax { sd: 7.7, reliability: 0.90, z: 1.644854 };
    close(published.points(), 5.664127);
    assert!(published.points() <= core.reliable_change[0].points);
}

#[test]
fn the_gad_7_has_two_published_values_and_the_national_one_comes_first() {
    let gad = library().by_id("gad-7").unwrap();
    assert_eq!(compare(gad, None, 15.0, 11.0).category, Some(Category::Improved));
    assert_eq!(compare(gad, Some("bischoff-2020"), 15.0, 11.0).category, Some(Category::Unchanged));
    assert_eq!(compare(gad, Some("bischoff-2020"), 15.0, 9.0).category, Some(Category::Improved));
}

#[test]
fn without_a_published_value_a_change_is_a_number_and_no_verdict() {
    for id in ["wsas", "pcl-5", "k6", "who-5"] {
        let change = compare(library().by_id(id).unwrap(), None, 20.0, 10.0);
        assert_eq!(change.category, None, "{id}");
        assert!(
            change.words.contains("-10") && change.words.contains("no reliable-change value"),
            "{}",
            change.words
        );
    }
    assert_eq!(compare(library().by_id("phq-9").unwrap(), Some("no such rule"), 20.0, 10.0).category, None);
}

#[test]
fn a_series_is_compared_with_its_first_total_and_gaps_stay_gaps() {
    let phq = library().by_id("phq-9").unwrap();
    let marks = against_first(phq, None, &[None, Some(18.0), Some(13.0), None, Some(9.0)]);
    let categories = marks.iter().map(|m| m.as_ref().and_then(|c| c.category)).collect::<Vec<_>>();
    assert_eq!(categories, [None, None, Some(Category::Unchanged), None, Some(Category::Recovered)]);
}

#[test]
fn talking_therapies_recovery_needs_both_measures_below_caseness() {
    let rules = TalkingTherapies::from_library(library()).unwrap();
    let outcome = |a, b, c, d| rules.outcome(Pair { phq9: a, gad7: b }, Pair { phq9: c, gad7: d });
    let recovered = outcome(15.0, 12.0, 9.0, 7.0);
    assert!(recovered.case_at_start && recovered.recovery && recovered.reliable_recovery);
    assert!(!outcome(16.0, 14.0, 9.0, 8.0).recovery);
    assert!(!outcome(9.0, 7.0, 3.0, 3.0).case_at_start);
    assert!(!outcome(10.0, 7.0, 9.0, 7.0).reliable_improvement);
    assert!(outcome(12.0, 10.0, 18.0, 10.0).reliable_deterioration);
    let mixed = outcome(16.0, 8.0, 10.0, 12.0);
    assert!(!mixed.reliable_improvement && !mixed.reliable_deterioration, "one better, one worse: neither");
}
