//! A day and a time of day, typed: when something was said, seen, done. Filled with the present moment, so that what is written
//! down at once needs no typing, and what comes from paper keeps its own time.

use crate::clock;
use crate::web::components::{Form, Input, InputKind, TypedDate, Width, date_input, text_input, typed_date};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

/// How far a typed moment may lie after now: clocks differ.
const SKEW_MINUTES: i64 = 5;

/// Fields for a moment: three boxes for the day, one for the time.
pub fn when_input(form: &Form, name: &str, day_label: &str, time_label: &str) -> Markup {
    let time = format!("{name}-time");
    html! {
        (date_input(&form.field(name, day_label)))
        (text_input(&form.field(&time, time_label).with_hint("24-hour clock, like 09:40"), Input { kind: InputKind::Time, width: Width::Five, autocomplete: Some("off") }))
    }
}

/// Puts a moment into the fields.
pub fn set_when(form: &mut Form, name: &str, at: Timestamp) {
    let at = clock::in_london(at);
    form.set(&format!("{name}-day"), at.day().to_string());
    form.set(&format!("{name}-month"), at.month().to_string());
    form.set(&format!("{name}-year"), at.year().to_string());
    form.set(&format!("{name}-time"), at.strftime("%H:%M").to_string());
}

/// Reads a moment that has passed. What can't be one is refused in the form.
pub fn typed_when(form: &mut Form, name: &str, now: Timestamp) -> Option<Timestamp> {
    let at = typed_at(form, name)?;
    if at.duration_since(now) > SignedDuration::from_mins(SKEW_MINUTES) {
        form.refuse(name, "This moment has not come yet: enter when it was");
        return None;
    }
    Some(at)
}

/// Reads a moment, passed or to come. What can't be one is refused in the form.
pub fn typed_at(form: &mut Form, name: &str) -> Option<Timestamp> {
    let day = match typed_date(form, name) {
        TypedDate::Is(day) => Some(day),
        TypedDate::Empty => {
            form.refuse(name, "Enter the day");
            None
        }
        TypedDate::NotADate => {
            form.refuse(name, "Enter a real day: day, month and year in figures, like 27 3 2026");
            None
        }
    };
    let time_name = format!("{name}-time");
    let time = time_of(form.value(&time_name));
    if time.is_none() {
        form.refuse(&time_name, "Enter the time on the 24-hour clock, like 09:40");
    }
    moment(day?, time?)
}

fn moment(day: Date, time: Time) -> Option<Timestamp> {
    day.to_datetime(time).to_zoned(clock::london()).ok().map(|at| at.timestamp())
}

/// "9:40", "09.40", "0940" and "09:40" are one time.
fn time_of(text: &str) -> Option<Time> {
    let text = text.trim();
    let (hour, minute) = match text.split_once([':', '.']) {
        Some(parts) => parts,
        None if (3..=4).contains(&text.len()) && text.is_ascii() => text.split_at(text.len() - 2),
        None => return None,
    };
    if minute.len() != 2 {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-07-01T08:40:00Z".parse().unwrap()
    }

    #[test]
    fn what_is_filled_in_is_read_back() {
        let mut form = Form::blank();
        set_when(&mut form, "heard", now());
        assert_eq!(form.value("heard-time"), "09:40");
        assert_eq!(typed_when(&mut form, "heard", now()), Some(now()));
        assert!(form.is_accepted());
    }

    #[test]
    fn times_are_typed_in_many_ways() {
        for text in ["9:40", "09.40", "0940", " 940 "] {
            assert_eq!(time_of(text), Time::new(9, 40, 0, 0).ok(), "{text}");
        }
        for text in ["", "25:00", "9", "half past nine", "9:4"] {
            assert_eq!(time_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_that_has_not_come_is_refused() {
        let mut form = Form::blank();
        set_when(&mut form, "heard", now() + SignedDuration::from_hours(1));
        assert_eq!(typed_when(&mut form, "heard", now()), None);
        assert!(form.error("heard").unwrap().contains("not come yet"));
    }
}
