//! A group's outcomes with the share that has them.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

use measures::reliable_change::{Category, summarise};

#[test]
fn percentages_are_of_the_paired_and_the_share_of_the_paired_stands_beside_them() {
    let mut people = vec![Some(Category::Recovered); 3];
    people.extend([Some(Category::Improved), Some(Category::Unchanged), Some(Category::Harmed)]);
    people.extend(vec![None; 40]);
    let summary = summarise(&people).unwrap();
    assert_eq!((summary.eligible, summary.paired, summary.recovered, summary.harmed), (46, 6, 3, 1));
    assert!((summary.paired_share.value - 6.0 / 46.0).abs() < 1e-12);
    let better = summary.better_share.unwrap();
    assert!((better.value - 4.0 / 6.0).abs() < 1e-12);
    assert!(
        better.lower < 0.35 && better.upper > 0.89,
        "six people do not make a narrow interval: {better:?}"
    );
    assert!((summary.worse_share.unwrap().value - 1.0 / 6.0).abs() < 1e-12);
}

#[test]
fn nobody_paired_gives_no_share_and_nobody_at_all_is_refused() {
    let summary = summarise(&[None, None]).unwrap();
    assert_eq!((summary.better_share, summary.worse_share), (None, None));
    assert_eq!(summary.paired_share.value, 0.0);
    assert!(summarise(&[]).is_err());
}
