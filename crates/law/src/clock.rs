//! A running clock: a rule, when it started, when it was met if it was, and the given now.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::rule::{Limit, Rule};
use crate::source::{Binding, Source};
use crate::time::{Moment, day_in_london, day_in_words, days_between, moment_in_words};
use crate::working_days::Calendar;

/// How a clock stands. In this order a running clock can only move forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// In time.
    Running,
    /// In time, but not for long.
    DueSoon,
    /// The last moment has passed.
    Overdue,
    /// Not running now: nobody is held, nothing is pending.
    Paused,
    /// Done in time.
    Met,
    /// Done, but too late.
    MetLate,
}

impl State {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::DueSoon => "due soon",
            Self::Overdue => "overdue",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::MetLate => "met, late",
        }
    }
}

/// What a clock shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// The rule's key.
    pub key: Cow<'static, str>,
    /// What is due.
    pub name: Cow<'static, str>,
    /// When it started.
    pub starts: Moment,
    /// The last moment in time.
    pub due: Timestamp,
    /// The day of that moment in London.
    pub due_on: Date,
    /// Law, policy, practice or our own.
    pub binding: Binding,
    /// Where the limit comes from.
    pub source: Source,
    /// Days from today in London to the last day: 0 on that day, negative after it. For a clock that was met: from the day
    /// it was met.
    pub days_left: i64,
    /// Minutes to the last moment, negative after it: for clocks of hours.
    pub minutes_left: i64,
    /// How it stands.
    pub state: State,
    /// A sentence or two that say why, with the source.
    pub words: String,
}

impl Rule {
    /// The clock of this rule. `met` is when what was due was done.
    pub fn clock(
        &self,
        start: impl Into<Moment>,
        met: Option<Moment>,
        now: Timestamp,
        calendar: &Calendar,
    ) -> Clock {
        let start = start.into();
        self.clock_until(start, self.limit.last_moment(start, calendar), met, now)
    }

    /// The clock with a last moment worked out elsewhere (totals, custody time limits, a hearing's time).
    pub(crate) fn clock_until(
        &self,
        starts: Moment,
        due: Timestamp,
        met: Option<Moment>,
        now: Timestamp,
    ) -> Clock {
        let due_on = day_in_london(due);
        let at = met.map_or(now, Moment::earliest);
        let days_left = days_between(day_in_london(at), due_on);
        let minutes_left = due.duration_since(at).as_secs().div_euclid(60);
        let state = match met {
            Some(_) if at > due => State::MetLate,
            Some(_) => State::Met,
            None if now > due => State::Overdue,
            None if due.duration_since(now).as_secs() <= i64::from(self.soon_hours) * 3600 => State::DueSoon,
            None => State::Running,
        };
        let by_the_minute = matches!(self.limit, Limit::Hours(_) | Limit::SameDay);
        let due_words = if by_the_minute { moment_in_words(due) } else { day_in_words(due_on) };
        let left = match (state, by_the_minute) {
            (State::Met | State::MetLate, _) => match met {
                Some(met) => format!("Done {}.", met.words()),
                None => String::new(),
            },
            (_, true) => minutes_in_words(minutes_left),
            (_, false) => days_in_words(days_left),
        };
        let words = format!(
            "{}: due by {due_words}, {} ({}). {left} {}: {} ({}).",
            self.name,
            self.limit.span_from(&self.starts_when),
            starts.words(),
            capitalised(self.binding.words()),
            self.source.cite,
            self.source.confirmed.words(),
        );
        Clock {
            key: self.key.clone(),
            name: self.name.clone(),
            starts,
            due,
            due_on,
            binding: self.binding,
            source: self.source,
            days_left,
            minutes_left,
            state,
            words,
        }
    }
}

pub(crate) fn days_in_words(days: i64) -> String {
    match days {
        0 => "Today is the last day.".into(),
        1 => "1 day left.".into(),
        -1 => "1 day over.".into(),
        2.. => format!("{days} days left."),
        _ => format!("{} days over.", -days),
    }
}

fn minutes_in_words(minutes: i64) -> String {
    let (amount, end) = if minutes < 0 { (-minutes, "over") } else { (minutes, "left") };
    match (amount / 1440, amount / 60 % 24, amount % 60) {
        (0, 0, m) => format!("{m} min {end}."),
        (0, h, m) => format!("{h} h {m} min {end}."),
        (d, h, _) => format!("{d} d {h} h {end}."),
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
