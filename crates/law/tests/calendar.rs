//! Holidays against the lists that the government published, and the arithmetic of working days.
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use law::holidays::{easter_sunday, holidays};
use law::time::{days_between, days_later};
use law::{Calendar, Limit};
use proptest::prelude::*;

fn days(year: i16) -> Vec<String> {
    holidays(year).iter().map(|h| h.day.strftime("%m-%d").to_string()).collect()
}

#[test]
fn the_holidays_of_2020_to_2028() {
    let published: [(i16, &str); 9] = [
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ];
    for (year, list) in published {
        assert_eq!(days(year).join(" "), list, "{year}");
    }
}

#[test]
fn a_substitute_day_says_that_it_is_one() {
    let names: Vec<String> = holidays(2022).into_iter().map(|h| h.name).collect();
    assert!(names.contains(&"Christmas Day (substitute day)".to_owned()));
    assert!(names.contains(&"Boxing Day".to_owned()));
    assert!(names.contains(&"State funeral of Queen Elizabeth II".to_owned()));
    assert_eq!(
        Calendar::default().holiday_on(date(2028, 1, 3)).as_deref(),
        Some("New Year’s Day (substitute day)")
    );
}

#[test]
fn easter_in_years_that_catch_wrong_rules() {
    for (year, month, day) in [
        (1818, 3, 22),
        (1943, 4, 25),
        (1954, 4, 18),
        (1981, 4, 19),
        (2000, 4, 23),
        (2038, 4, 25),
        (2049, 4, 18),
    ] {
        assert_eq!(easter_sunday(year), date(year, month, day));
    }
    easter_sunday(i16::MAX);
    easter_sunday(i16::MIN);
}

#[test]
fn working_days_over_easter_and_christmas() {
    let calendar = Calendar::default();
    // Thursday before Easter 2026: Friday and Monday are holidays.
    assert_eq!(calendar.add_working_days(date(2026, 4, 2), 1), date(2026, 4, 7));
    // 23 December 2026 is a Wednesday; 25 and 28 are holidays, 26 and 27 a weekend.
    assert_eq!(calendar.add_working_days(date(2026, 12, 23), 2), date(2026, 12, 29));
    assert_eq!(calendar.add_working_days(date(2026, 12, 29), -2), date(2026, 12, 23));
    assert_eq!(calendar.working_days_between(date(2026, 12, 23), date(2026, 12, 29)), 2);
    assert_eq!(calendar.working_days_between(date(2026, 12, 29), date(2026, 12, 23)), -2);
    // From a Saturday: the next working day with 0, Monday with 1.
    assert_eq!(calendar.add_working_days(date(2026, 11, 28), 0), date(2026, 11, 30));
    assert_eq!(calendar.add_working_days(date(2026, 11, 28), 1), date(2026, 11, 30));
}

#[test]
fn a_holiday_proclaimed_later_can_be_added() {
    let calendar = Calendar::default().with_extra(date(2027, 6, 4), "A jubilee");
    assert!(!calendar.is_working_day(date(2027, 6, 4)));
    assert_eq!(calendar.holidays(2027).len(), 9);
    assert_eq!(calendar.add_working_days(date(2027, 6, 3), 1), date(2027, 6, 7));
}

#[test]
fn how_each_limit_counts() {
    let calendar = Calendar::default();
    let start = date(2026, 3, 2); // Monday
    for (limit, last) in [
        (Limit::SameDay, date(2026, 3, 2)),
        (Limit::Days(14), date(2026, 3, 16)),
        (Limit::DaysCountingFirst(7), date(2026, 3, 8)),
        // Remanded on the 2nd: the 3rd to the 10th are the clear days, so the court sits on the 11th at the latest.
        (Limit::ClearDays(8), date(2026, 3, 11)),
        (Limit::WorkingDays(5), date(2026, 3, 9)),
        (Limit::MonthsCountingFirst(6), date(2026, 9, 1)),
        (Limit::Hours(4), date(2026, 3, 2)),
    ] {
        assert_eq!(limit.last_day(start, &calendar), last, "{limit:?}");
    }
    // Six months from 31 August end with February.
    // To the same date, to the end of a shorter month, and over a weekend with a bank holiday behind it.
    assert_eq!(Limit::MonthsToWorkingDay(1).last_day(date(2026, 9, 3), &calendar), date(2026, 10, 5));
    assert_eq!(Limit::MonthsToWorkingDay(1).last_day(date(2026, 9, 21), &calendar), date(2026, 10, 21));
    assert_eq!(Limit::MonthsToWorkingDay(1).last_day(date(2027, 8, 31), &calendar), date(2027, 9, 30));
    assert_eq!(Limit::MonthsToWorkingDay(1).last_day(date(2026, 11, 25), &calendar), date(2026, 12, 29));
    assert_eq!(Limit::MonthsCountingFirst(6).last_day(date(2026, 8, 31), &calendar), date(2027, 2, 27));
}

fn a_day() -> impl Strategy<Value = Date> {
    (0i64..36_000).prop_map(|days| days_later(date(1980, 1, 1), days))
}

proptest! {
    #[test]
    fn adding_working_days_then_counting_gives_them_back(day in a_day(), n in -300i32..300) {
        let calendar = Calendar::default();
        let other = calendar.add_working_days(day, n);
        prop_assert!(calendar.is_working_day(other));
        if n != 0 {
            prop_assert_eq!(calendar.working_days_between(day, other), i64::from(n));
        }
    }

    #[test]
    fn counting_adds_up(a in a_day(), b in 0i64..500, c in 0i64..500) {
        let calendar = Calendar::default();
        let (b, c) = (days_later(a, b), days_later(a, b + c));
        prop_assert_eq!(
            calendar.working_days_between(a, c),
            calendar.working_days_between(a, b) + calendar.working_days_between(b, c)
        );
        prop_assert!(calendar.working_days_between(a, c) <= days_between(a, c));
    }

    #[test]
    fn a_year_has_eight_to_ten_holidays_all_on_weekdays(year in 1978i16..2200) {
        let found = holidays(year);
        prop_assert!((8..=10).contains(&found.len()));
        for holiday in &found {
            prop_assert_eq!(holiday.day.year(), year);
            prop_assert!(holiday.day.weekday().to_monday_one_offset() <= 5);
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].day < pair[1].day));
    }

    #[test]
    fn a_longer_limit_never_ends_earlier(day in a_day(), n in 0u32..400) {
        let calendar = Calendar::default();
        for limit in [Limit::Hours, Limit::Days, Limit::DaysCountingFirst, Limit::ClearDays, Limit::WorkingDays,
                      Limit::MonthsCountingFirst, Limit::MonthsToWorkingDay] {
            prop_assert!(limit(n).last_day(day, &calendar) <= limit(n + 1).last_day(day, &calendar));
        }
    }
}
