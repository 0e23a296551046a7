//! Clocks against tables worked out by hand, and what must hold for every rule.
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use law::custody::{Spell, Stage, custody_limit};
use law::time::{day_in_london, london};
use law::total::{Period, S35, S38};
use law::urgency::UrgencyTable;
use law::{Calendar, Moment, State, rules, same_day};
use proptest::prelude::*;

fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
    day.at(hour, minute, 0, 0).to_zoned(london()).unwrap().timestamp()
}

fn noon(day: Date) -> Timestamp {
    at(day, 12, 0)
}

#[test]
fn report_and_remand_limits_by_hand() {
    let calendar = Calendar::default();
    let start = date(2026, 11, 25); // Wednesday
    for (rule, due) in [
        (rules::reports::COURT_PSYCHIATRIC_REPORT, date(2026, 12, 9)),
        (rules::reports::PSR_SHORT_2016, date(2026, 12, 2)),
        (rules::reports::PSR_STANDARD_BAIL, date(2026, 12, 16)),
        (rules::reports::PSR_STANDARD_CUSTODY, date(2026, 12, 9)),
        (rules::remand::FIRST_REMAND, date(2026, 12, 4)),
        (rules::remand::LATER_REMAND, date(2026, 12, 24)),
        (rules::remand::POLICE_CELLS, date(2026, 11, 29)),
        (rules::remand::REPORTS_IN_CUSTODY, date(2026, 12, 16)),
        (rules::remand::REPORTS_ON_BAIL, date(2026, 12, 23)),
        (rules::remand::MEDICAL_IN_CUSTODY, date(2026, 12, 16)),
        (rules::hospital::S35_ADMISSION, date(2026, 12, 1)),
        (rules::hospital::S37_ADMISSION, date(2026, 12, 22)),
        (rules::hospital::S37_SIX_MONTHS, date(2027, 5, 24)),
        (rules::hospital::PRISON_TRANSFER_14, date(2026, 12, 9)),
    ] {
        let clock = rule.clock(start, None, noon(start), &calendar);
        assert_eq!(clock.due_on, due, "{}", rule.key);
    }
}

#[test]
fn a_clock_says_how_it_stands_and_why() {
    let rule = rules::reports::COURT_PSYCHIATRIC_REPORT;
    let calendar = Calendar::default();
    let asked = date(2026, 11, 25);
    let look = |day, met: Option<Date>| rule.clock(asked, met.map(Moment::Day), noon(day), &calendar);
    assert_eq!(
        (look(date(2026, 11, 26), None).state, look(date(2026, 11, 26), None).days_left),
        (State::Running, 13)
    );
    assert_eq!(look(date(2026, 12, 7), None).state, State::DueSoon);
    assert_eq!(
        (look(date(2026, 12, 9), None).state, look(date(2026, 12, 9), None).days_left),
        (State::DueSoon, 0)
    );
    assert_eq!(
        (look(date(2026, 12, 12), None).state, look(date(2026, 12, 12), None).days_left),
        (State::Overdue, -3)
    );
    assert_eq!(look(date(2027, 1, 1), Some(date(2026, 12, 9))).state, State::Met);
    assert_eq!(look(date(2027, 1, 1), Some(date(2026, 12, 10))).state, State::MetLate);
    assert_eq!(
        look(date(2026, 12, 7), None).words,
        "Psychiatric report to the court: due by Wednesday 9 December 2026, 14 days from when the court asked (Wednesday 25 \
         November 2026). 2 days left. Policy target, not law: Lord Bradley’s review (April 2009), recommendation on court \
         psychiatric reports (confirmed in an official document)."
    );
}

#[test]
fn days_end_at_midnight_in_london_in_summer_and_winter() {
    let calendar = Calendar::default();
    // The clocks change on 29 March 2026 and 25 October 2026.
    for (start, due_on, last_utc) in [
        (date(2026, 3, 15), date(2026, 3, 29), "2026-03-29T22:59:59.999999999Z"),
        (date(2026, 3, 14), date(2026, 3, 28), "2026-03-28T23:59:59.999999999Z"),
        (date(2026, 10, 11), date(2026, 10, 25), "2026-10-25T23:59:59.999999999Z"),
        (date(2026, 10, 10), date(2026, 10, 24), "2026-10-24T22:59:59.999999999Z"),
    ] {
        let clock = rules::hospital::PRISON_TRANSFER_14.clock(start, None, noon(start), &calendar);
        assert_eq!((clock.due_on, clock.due.to_string().as_str()), (due_on, last_utc));
        assert_eq!(clock.days_left, 14);
    }
    // 23:30 UTC in summer is the next day in London.
    assert_eq!(day_in_london("2026-07-01T23:30:00Z".parse().unwrap()), date(2026, 7, 2));
}

#[test]
fn hours_are_hours_when_the_clocks_change() {
    let table = UrgencyTable::default();
    let decided = at(date(2026, 3, 28), 23, 0); // 02:00 doesn't exist that night
    let clock = table.clock("b", decided, None, decided).unwrap();
    assert_eq!(clock.minutes_left, 240);
    assert!(clock.words.contains("04:00 on Sunday 29 March 2026"), "{}", clock.words);
    assert!(table.clock("F", decided, None, decided).is_none());
    assert!(table.clock("Z", decided, None, decided).is_none());
    assert_eq!(table.clock("A", decided, Some(decided), decided).unwrap().state, State::Met);
}

#[test]
fn section_35_adds_up_to_twelve_weeks() {
    let start = date(2026, 1, 5);
    let periods = [
        Period { from: start, until: date(2026, 2, 2) },
        Period { from: date(2026, 2, 2), until: date(2026, 3, 2) },
    ];
    let total = S35.total(&periods, None, noon(date(2026, 2, 20)));
    assert_eq!((total.ordered_days, total.used_days, total.left_days, total.next_at_most), (56, 46, 28, 28));
    assert_eq!(total.ends_at_latest, Some(date(2026, 3, 30)));
    assert_eq!(total.clock.as_ref().unwrap().due_on, date(2026, 3, 2));
    assert_eq!(total.problems, Vec::<String>::new());

    let third = [periods[0], periods[1], Period { from: date(2026, 3, 2), until: date(2026, 4, 6) }];
    let total = S35.total(&third, None, noon(date(2026, 4, 7)));
    assert_eq!((total.ordered_days, total.left_days, total.next_at_most), (91, -7, 0));
    assert_eq!(total.problems.len(), 2, "{:?}", total.problems); // 35 days at a time, 7 days beyond the total
    // The person must be out by the end of the twelve weeks, whatever was ordered.
    assert_eq!(total.clock.as_ref().unwrap().due_on, date(2026, 3, 30));
    assert_eq!(total.state(), State::Overdue);

    let none = S35.total(&[], None, noon(start));
    assert_eq!((none.left_days, none.next_at_most, none.clock), (84, 28, None));
}

#[test]
fn section_38_has_a_ceiling_of_twelve_months() {
    let first = Period { from: date(2026, 1, 5), until: date(2026, 3, 30) };
    let total = S38.total(&[first], None, noon(date(2026, 3, 1)));
    assert_eq!((total.ordered_days, total.next_at_most), (84, 28));
    assert_eq!(total.ends_at_latest, Some(date(2027, 1, 4)));
    assert_eq!(total.problems, Vec::<String>::new());
    let long = Period { from: date(2026, 1, 5), until: date(2026, 3, 31) };
    assert_eq!(S38.total(&[long], None, noon(date(2026, 3, 1))).problems.len(), 1);
}

#[test]
fn overlapping_and_impossible_periods_are_counted_once_and_told() {
    let periods = [
        Period { from: date(2026, 2, 1), until: date(2026, 2, 20) },
        Period { from: date(2026, 1, 10), until: date(2026, 2, 5) },
        Period { from: date(2026, 3, 1), until: date(2026, 2, 1) },
    ];
    let total = S35.total(&periods, Some(date(2026, 2, 20)), noon(date(2026, 6, 1)));
    assert_eq!(total.ordered_days, 41);
    assert_eq!(total.state(), State::Met);
    assert_eq!(total.problems.len(), 2, "{:?}", total.problems);
}

#[test]
fn custody_time_limits_by_hand() {
    let calendar = Calendar::default();
    let held = |from, until| Spell { from, until };
    let limit = |stage, spells: &[Spell], now| {
        custody_limit(stage, spells, None, None, noon(now), &calendar).unwrap()
    };

    // 56 days from Thursday 1 October 2026, not counting it: Thursday 26 November.
    let one = limit(Stage::Summary, &[held(date(2026, 10, 1), None)], date(2026, 11, 1));
    assert_eq!((one.limit_days, one.used_days, one.left_days), (56, 31, 25));
    assert_eq!(one.clock.due_on, date(2026, 11, 26));
    // From Saturday 3 October it would be Saturday 28 November: the Friday before.
    let saturday = limit(Stage::Summary, &[held(date(2026, 10, 3), None)], date(2026, 11, 1));
    assert_eq!(saturday.clock.due_on, date(2026, 11, 27));
    // 70 days from 19 October 2026 are Monday 28 December, a holiday: back over the weekend and Christmas to the 24th.
    let christmas = limit(Stage::EitherWay, &[held(date(2026, 10, 19), None)], date(2026, 11, 1));
    assert_eq!(christmas.clock.due_on, date(2026, 12, 24));
    // Bail between two spells doesn't count.
    let spells = [held(date(2026, 9, 1), Some(date(2026, 9, 11))), held(date(2026, 10, 1), None)];
    let two = limit(Stage::Summary, &spells, date(2026, 10, 11));
    assert_eq!((two.used_days, two.clock.due_on), (20, date(2026, 11, 16)));
    // On bail now: paused, whatever the calendar says.
    let bail = limit(Stage::Summary, &spells[..1], date(2027, 10, 11));
    assert_eq!((bail.used_days, bail.clock.state), (10, State::Paused));
    // The longer limit of 2020 to 2021 was for adults only.
    let then = [held(date(2020, 10, 1), None)];
    assert_eq!(limit(Stage::CrownAdult, &then, date(2020, 12, 1)).limit_days, 238);
    assert_eq!(limit(Stage::CrownYouth, &then, date(2020, 12, 1)).limit_days, 182);
    assert!(custody_limit(Stage::Summary, &[], None, None, noon(date(2026, 1, 1)), &calendar).is_none());
    // The trial began in time.
    let trial = custody_limit(
        Stage::Summary,
        &[held(date(2026, 10, 1), None)],
        None,
        Some(date(2026, 11, 20)),
        noon(date(2027, 1, 1)),
        &calendar,
    )
    .unwrap();
    assert_eq!((trial.used_days, trial.clock.state), (50, State::Met));
}

#[test]
fn the_report_on_the_day_runs_to_the_hearing() {
    let day = date(2026, 11, 25);
    let clock = |now| same_day::before_hearing(at(day, 9, 10), at(day, 11, 0), 15, None, now);
    assert_eq!((clock(at(day, 9, 30)).state, clock(at(day, 9, 30)).minutes_left), (State::Running, 75));
    assert_eq!((clock(at(day, 10, 45)).state, clock(at(day, 10, 45)).minutes_left), (State::DueSoon, 0));
    assert_eq!(clock(at(day, 10, 46)).state, State::Overdue);
    assert!(same_day::is_same_day(at(day, 0, 1), at(day, 23, 59)));
    assert!(!same_day::is_same_day(at(day, 23, 59), at(date(2026, 11, 26), 0, 1)));
}

#[test]
fn a_rule_in_force_is_the_one_of_its_day() {
    assert_eq!(
        rules::in_force("psr.fast", date(2013, 5, 1)).unwrap().name,
        "Fast-delivery pre-sentence report"
    );
    assert_eq!(
        rules::in_force("psr.fast", date(2024, 5, 1)).unwrap().name,
        "Short-format pre-sentence report"
    );
    assert!(rules::in_force("transfer.28-days", date(2026, 11, 25)).is_none());
    assert!(rules::in_force("report.psychiatric", date(2008, 1, 1)).is_none());
}

fn a_moment() -> impl Strategy<Value = Timestamp> {
    (0i64..60 * 24 * 4000).prop_map(|minutes| {
        "2019-01-01T00:00:00Z".parse::<Timestamp>().unwrap().saturating_add(minutes.minutes()).unwrap()
    })
}

proptest! {
    #[test]
    fn a_clock_only_moves_forward(start in a_moment(), a in a_moment(), b in a_moment(), by_day in any::<bool>()) {
        let (earlier, later) = (a.min(b), a.max(b));
        let calendar = Calendar::default();
        let start = if by_day { Moment::Day(day_in_london(start)) } else { Moment::At(start) };
        for rule in rules::all() {
            let (one, two) = (rule.clock(start, None, earlier, &calendar), rule.clock(start, None, later, &calendar));
            prop_assert_eq!((one.due, one.due_on), (two.due, two.due_on));
            prop_assert!(one.state <= two.state);
            prop_assert!(one.days_left >= two.days_left && one.minutes_left >= two.minutes_left);
            prop_assert!(one.due >= start.earliest());
            prop_assert_eq!(two.state == State::Overdue, later > two.due);
            prop_assert!(two.days_left >= 0 || two.state == State::Overdue);
        }
    }

    #[test]
    fn totals_hold_for_any_periods(
        raw in prop::collection::vec((0i64..400, -3i64..60), 0..8),
        now in a_moment(),
    ) {
        let periods: Vec<Period> = raw.iter().map(|(from, days)| {
            let from = law::time::days_later(date(2020, 1, 1), *from);
            Period { from, until: law::time::days_later(from, *days) }
        }).collect();
        for rule in [&S35, &S38] {
            let total = rule.total(&periods, None, now);
            prop_assert!(total.used_days <= total.ordered_days);
            prop_assert!(total.next_at_most >= 0 && total.next_at_most <= total.left_days.max(0));
            let mut turned = periods.clone();
            turned.reverse();
            prop_assert_eq!(rule.total(&turned, None, now).ordered_days, total.ordered_days);
        }
    }
}
