//! Working days: Monday to Friday without the holidays of England and Wales.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use crate::holidays::{Holiday, holidays, is_holiday};
use crate::time::days_later;

/// The calendar of working days. [`Calendar::default`] knows the holidays by rule and the single days known when this
/// version was made; a day proclaimed later is added with [`Calendar::with_extra`] from the service's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    extra: BTreeMap<Date, String>,
}

impl Calendar {
    /// With one more holiday.
    #[must_use]
    pub fn with_extra(mut self, day: Date, name: impl Into<String>) -> Self {
        self.extra.insert(day, name.into());
        self
    }

    /// The holidays of a year by day, with the added ones.
    pub fn holidays(&self, year: i16) -> Vec<Holiday> {
        let mut found = holidays(year);
        for (day, name) in self.extra.iter().filter(|(day, _)| day.year() == year) {
            if !found.iter().any(|holiday| holiday.day == *day) {
                found.push(Holiday { day: *day, name: name.clone() });
            }
        }
        found.sort_by_key(|holiday| holiday.day);
        found
    }

    /// The name of the holiday on a day.
    pub fn holiday_on(&self, day: Date) -> Option<String> {
        self.holidays(day.year()).into_iter().find(|holiday| holiday.day == day).map(|holiday| holiday.name)
    }

    /// Whether courts and offices work on a day. (Some magistrates' courts sit on Saturdays and holidays for people in
    /// custody; limits counted in working days leave these days out all the same.)
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            && !is_holiday(day)
            && !self.extra.contains_key(&day)
    }

    /// The working day that is `days` working days after a day; before it when negative. With 0 it is the day itself, or
    /// the next working day when that is none. The day itself is not counted.
    pub fn add_working_days(&self, day: Date, days: i32) -> Date {
        if days == 0 {
            return self.this_or_next(day);
        }
        let step = i64::from(days.signum());
        let mut day = day;
        for _ in 0..days.unsigned_abs() {
            let next = self.step_to_working_day(days_later(day, step), step);
            if next == day {
                return day; // the end of the calendar
            }
            day = next;
        }
        day
    }

    /// How many working days lie after `from` up to and with `to`; negative when `to` is earlier, then those from `to` up
    /// to the day before `from`. So `add_working_days(d, n)` is `n` working days after `d`, in both directions.
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        let count = |first: Date, last: Date| {
            let mut count = 0;
            let mut day = first;
            while day <= last {
                count += i64::from(self.is_working_day(day));
                let next = days_later(day, 1);
                if next == day {
                    break;
                }
                day = next;
            }
            count
        };
        if to >= from { count(days_later(from, 1), to) } else { -count(to, days_later(from, -1)) }
    }

    /// The day itself when it is a working day, otherwise the next.
    pub fn this_or_next(&self, day: Date) -> Date {
        self.step_to_working_day(day, 1)
    }

    /// The day itself when it is a working day, otherwise the one before.
    pub fn this_or_previous(&self, day: Date) -> Date {
        self.step_to_working_day(day, -1)
    }

    fn step_to_working_day(&self, day: Date, step: i64) -> Date {
        let mut day = day;
        while !self.is_working_day(day) {
            let next = days_later(day, step);
            if next == day {
                break;
            }
            day = next;
        }
        day
    }
}
