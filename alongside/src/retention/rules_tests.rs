//! The rules: what is kept how long, and what a file may not say.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn rules() -> Rules {
    Rules::load(None).unwrap()
}

fn facts(from: Date) -> Facts {
    Facts { from, died: None, holds: Vec::new() }
}

#[test]
fn a_record_goes_twenty_years_after_its_last_entry_and_not_a_day_before() {
    let rules = rules();
    let rule = rules.rule(Kind::Person).unwrap();
    let decided = |today| decide(rule, &facts(date(2006, 11, 27)), today);
    assert_eq!(decided(date(2026, 11, 26)).verdict, Verdict::Kept { until: date(2026, 11, 27) });
    assert_eq!(decided(date(2026, 11, 27)).verdict, Verdict::Due { since: date(2026, 11, 27) });
    assert_eq!(decided(date(2026, 11, 27)).why, "20 years after the last entry anywhere in it");
}

#[test]
fn after_a_death_it_is_ten_years_and_an_entry_after_the_death_counts_anew() {
    let rules = rules();
    let rule = rules.rule(Kind::Person).unwrap();
    let mut known = Facts { died: Some(date(2016, 2, 29)), ..facts(date(2012, 1, 1)) };
    assert_eq!(decide(rule, &known, date(2026, 2, 28)).verdict, Verdict::Due { since: date(2026, 2, 28) });
    known.from = date(2018, 5, 1);
    assert_eq!(decide(rule, &known, date(2027, 1, 1)).verdict, Verdict::Kept { until: date(2028, 5, 1) });
}

#[test]
fn a_hold_keeps_what_is_past_its_time() {
    let rules = rules();
    let known = Facts { holds: vec!["Inquest".into()], ..facts(date(2000, 1, 1)) };
    let decided = decide(rules.rule(Kind::Person).unwrap(), &known, date(2026, 1, 1));
    assert_eq!(decided.verdict, Verdict::Held { since: date(2020, 1, 1), by: vec!["Inquest".into()] });
}

proptest! {
    #[test]
    fn nothing_held_is_ever_due_and_a_later_entry_never_makes_it_go_sooner(
        back in 0_i64..40_000, more in 0_i64..5_000, held in any::<bool>(), died in proptest::option::of(0_i64..30_000),
    ) {
        let rules = rules();
        let today = date(2026, 11, 27);
        let before = |days: i64| today.saturating_sub(days.days());
        let goes = |decided: Decided| match decided.verdict {
            Verdict::Kept { until } => until,
            Verdict::Due { since } | Verdict::Held { since, .. } => since,
        };
        for kind in Kind::ALL {
            let rule = rules.rule(kind).unwrap();
            let mut known = Facts {
                from: before(back),
                died: died.map(before),
                holds: if held { vec!["hold".into()] } else { Vec::new() },
            };
            let first = decide(rule, &known, today);
            let due = matches!(first.verdict, Verdict::Due { .. });
            prop_assert!(!(held && due));
            known.from = known.from.saturating_add(more.days());
            prop_assert!(goes(decide(rule, &known, today)) >= goes(first));
        }
    }
}

#[test]
fn a_file_that_lacks_a_rule_or_keeps_a_raw_copy_too_long_is_refused() {
    let shipped = include_str!("rules.toml");
    let without = shipped.replace("key = \"diary\"", "key = \"task\"");
    assert!(Rules::read(&without).unwrap_err().contains("\"task\" stands there 2 times"));
    let (before, after) = shipped.split_once("key = \"raw-file\"").unwrap();
    let longer = format!("{before}key = \"raw-file\"{}", after.replacen("months = 12", "months = 13", 1));
    assert!(Rules::read(&longer).unwrap_err().contains("keeps a copy longer"));
    assert!(
        Rules::read(&shipped.replace("months = 240", "months = 0")).unwrap_err().contains("write months")
    );
    assert!(Rules::read(&shipped.replace("shipped-1", " ")).unwrap_err().contains("version"));
}

#[test]
fn figures_that_no_text_prescribes_say_so() {
    let rules = rules();
    for kind in Kind::ALL {
        let rule = rules.rule(kind).unwrap();
        assert!(!rule.source.starts_with("None") || rule.confirmed == Confirmed::Ours, "{}", rule.key);
    }
}
