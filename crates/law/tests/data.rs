//! The tables: every entry has what a reader needs, and every reference leads somewhere.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use jiff::civil::date;
use jiff::tz::TimeZone;
use law::age::{AgeGroup, age_group_on, age_on, is_youth_on};
use law::breach::{Failure, Reason, Step, next_step};
use law::codes::{self, ResultUse};
use law::{Calendar, Validity, requirements, routes, rules, total};

#[test]
fn every_rule_explains_itself() {
    for rule in rules::all() {
        assert!(
            !rule.name.is_empty() && !rule.starts_when.is_empty() && !rule.source.cite.is_empty(),
            "{}",
            rule.key
        );
        assert!(rule.explanation.ends_with('.'), "{}", rule.key);
        assert!(!rule.explanation.contains("  "), "{}", rule.key);
    }
    let mut seen = BTreeSet::new();
    for rule in rules::all() {
        assert!(seen.insert((rule.key.clone(), rule.valid.from)), "{} twice from the same day", rule.key);
    }
}

#[test]
fn the_clocks_and_codes_of_every_route_exist() {
    let totals = [total::S35.key, total::S36.key, total::S38.key];
    for route in routes::all() {
        for clock in route.clocks {
            assert!(
                rules::all().iter().any(|r| r.key == *clock) || totals.contains(clock),
                "{}: {clock}",
                route.key
            );
        }
        for code in route.result_codes {
            assert!(codes::find_result(code).is_some(), "{}: {code}", route.key);
        }
    }
    for key in [
        "s35",
        "s36",
        "s37",
        "s37-guardianship",
        "s37(3)",
        "s38",
        "s41",
        "s43",
        "s45A",
        "s47",
        "s48",
        "mhtr",
        "community",
        "none",
    ] {
        assert!(routes::find(key, date(2026, 11, 25)).is_some(), "{key}");
    }
    assert!(routes::find("s45A", date(1990, 1, 1)).is_none());
    assert_eq!(routes::find("s37", date(2026, 1, 1)).unwrap().doctors.count(), 2);
}

#[test]
fn the_treatment_requirement_changes_with_the_law() {
    let on = |y, m, d| routes::find("mhtr", date(y, m, d)).map(|route| route.doctors.words());
    assert_eq!(on(2010, 1, 1), Some("one doctor, approved under section 12"));
    assert_eq!(on(2013, 1, 1), Some("the registered medical practitioner or psychologist who will treat"));
    assert_eq!(on(2026, 1, 1), Some("the registered medical practitioner or psychologist who will treat"));
    assert_eq!(on(2004, 1, 1), None);
}

#[test]
fn the_requirements_of_each_time() {
    let in_2013 = requirements::on(date(2013, 6, 1)).unwrap();
    assert_eq!(in_2013.requirements.len(), 12);
    assert_eq!(in_2013.find("activity").unwrap().most_days, Some(60));
    assert!(in_2013.find("rehabilitation-activity").is_none());
    let in_2015 = requirements::on(date(2015, 2, 1)).unwrap();
    assert!(in_2015.find("activity").is_none() && in_2015.find("supervision").is_none());
    assert_eq!(in_2015.find("rehabilitation-activity").unwrap().result_code, Some("3272"));
    assert_eq!(requirements::on(date(2020, 12, 1)).unwrap().key, "sentencing-act-2020");
    assert_eq!(requirements::on(date(2026, 12, 1)).unwrap().requirements.len(), 13);
    for set in requirements::rule_sets() {
        for requirement in set.requirements {
            if let Some(code) = requirement.result_code {
                assert_eq!(codes::find_result(code).unwrap().used_as, ResultUse::Requirement, "{code}");
            }
        }
    }
}

#[test]
fn rule_sets_follow_each_other_without_gap_or_overlap() {
    for pair in requirements::rule_sets().windows(2) {
        assert_eq!(pair[0].valid.until.unwrap().tomorrow().unwrap(), pair[1].valid.from.unwrap());
    }
}

#[test]
fn the_code_tables_read_whole() {
    let lines = include_str!("../data/results.tsv").lines().count() - 1;
    assert_eq!(codes::results().len(), lines);
    for (code, used_as) in [
        ("3108", ResultUse::Requirement),
        ("3272", ResultUse::Requirement),
        ("3126", ResultUse::Requirement),
        ("1008", ResultUse::MentalHealthOrder),
        ("4540", ResultUse::ForReport),
        ("4051", ResultUse::Hospital),
        ("1116", ResultUse::CommunitySentence),
        ("2051", ResultUse::NoConviction),
    ] {
        assert_eq!(codes::find_result(code).unwrap().used_as, used_as, "{code}");
    }
    assert!(codes::find_result("4506").unwrap().is_adjournment());
    assert!(!codes::find_result("4001").unwrap().is_adjournment());
    assert!(!codes::find_result("3102").unwrap().valid.covers(date(2015, 2, 1)));
    let unique: BTreeSet<&str> = codes::results().iter().map(|result| result.code).collect();
    assert_eq!(unique.len(), lines);
    assert_eq!(codes::result_classes().len(), 8);
    assert_eq!(codes::remand_statuses().len(), 7);
    assert_eq!(codes::hearing_types().len(), 50);
    assert_eq!((codes::pleas().len(), codes::verdicts().len()), (7, 4));
}

#[test]
fn a_second_failure_within_twelve_months_goes_to_court() {
    let calendar = Calendar::default();
    let now = |y, m, d| date(y, m, d).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let bad = |y, m, d| Failure { on: date(y, m, d), reason: Reason::NotAcceptable };
    let step = |failures: &[Failure], warnings: &[jiff::civil::Date], now| {
        next_step(failures, warnings, now, &calendar)
    };

    assert_eq!(step(&[], &[], now(2026, 1, 1)).step, Step::Nothing);
    let undecided = [Failure { on: date(2026, 1, 5), reason: Reason::NotDecided }];
    let waiting = step(&undecided, &[], now(2026, 1, 6));
    assert_eq!((waiting.step, waiting.clock.unwrap().due_on), (Step::DecideReason, date(2026, 1, 13)));
    let excused = [Failure { on: date(2026, 1, 5), reason: Reason::Acceptable }];
    assert_eq!(step(&excused, &[], now(2026, 1, 6)).step, Step::Nothing);

    let first = step(&[bad(2026, 1, 5)], &[], now(2026, 1, 6));
    assert_eq!((first.step, first.clock.unwrap().due_on), (Step::Warn, date(2026, 1, 7)));
    let warned = step(&[bad(2026, 1, 5)], &[date(2026, 1, 7)], now(2026, 2, 1));
    assert_eq!((warned.step, warned.clock.unwrap().due_on), (Step::WarningInForce, date(2027, 1, 6)));
    let second = step(&[bad(2026, 1, 5), bad(2027, 1, 6)], &[date(2026, 1, 7)], now(2027, 1, 7));
    assert_eq!((second.step, second.clock.unwrap().due_on), (Step::ReferToCourt, date(2027, 1, 20)));
    // A day later the warning has run out: warn again.
    let late = step(&[bad(2026, 1, 5), bad(2027, 1, 7)], &[date(2026, 1, 7)], now(2027, 1, 7));
    assert_eq!(late.step, Step::Warn);
}

#[test]
fn age_and_youth() {
    assert_eq!(age_on(date(2008, 11, 25), date(2026, 11, 24)), Some(17));
    assert_eq!(is_youth_on(date(2008, 11, 25), date(2026, 11, 24)), Some(true));
    assert_eq!(is_youth_on(date(2008, 11, 25), date(2026, 11, 25)), Some(false));
    assert_eq!(age_on(date(2008, 2, 29), date(2026, 2, 28)), Some(17));
    assert_eq!(age_on(date(2008, 2, 29), date(2026, 3, 1)), Some(18));
    assert_eq!(age_on(date(2026, 1, 2), date(2026, 1, 1)), None);
    assert_eq!(age_group_on(date(2002, 1, 1), date(2026, 1, 1)), Some(AgeGroup::YoungAdult));
    assert_eq!(age_group_on(date(2001, 1, 1), date(2026, 1, 1)), Some(AgeGroup::Adult));
}

#[test]
fn validity_includes_both_ends() {
    let valid = Validity::between(date(2026, 1, 1), date(2026, 1, 31));
    assert!(valid.covers(date(2026, 1, 1)) && valid.covers(date(2026, 1, 31)));
    assert!(!valid.covers(date(2025, 12, 31)) && !valid.covers(date(2026, 2, 1)));
    assert!(Validity::ALWAYS.covers(date(1, 1, 1)));
}
