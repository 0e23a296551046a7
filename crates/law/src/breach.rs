//! What follows when somebody on an order fails to comply: warning, then court.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::clock::Clock;
use crate::rules::practice::{
    BREACH_ENFORCEMENT, BREACH_EVIDENCE, BREACH_WARNING_LETTER, BREACH_WARNING_WINDOW,
};
use crate::time::{Moment, day_in_london, day_in_words};
use crate::working_days::Calendar;

/// What the officer decided about a failure. An acceptable reason is not a failure (Criminal Justice Act 2003 Sch 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Not decided yet: evidence may still come.
    NotDecided,
    /// There was an acceptable reason.
    Acceptable,
    /// There was none.
    NotAcceptable,
}

/// One time the person did not do what the order asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Failure {
    /// The day.
    pub on: Date,
    /// What was decided.
    pub reason: Reason,
}

/// What comes next. The decision is always the officer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Nothing is pending.
    Nothing,
    /// Wait for evidence of a reason, then decide.
    DecideReason,
    /// Send a warning that describes the failure.
    Warn,
    /// A warning is in force; a second failure would go to court.
    WarningInForce,
    /// A second failure within the warning's 12 months: to an enforcement officer and court.
    ReferToCourt,
}

/// The next step with its clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// What comes next.
    pub step: Step,
    /// The clock of that step.
    pub clock: Option<Clock>,
    /// Why.
    pub words: String,
}

/// The next step from the failures and the days on which warnings were given. What lies after `now` is not looked at.
pub fn next_step(failures: &[Failure], warnings: &[Date], now: Timestamp, calendar: &Calendar) -> NextStep {
    let today = day_in_london(now);
    let window_end = |warning: Date| BREACH_WARNING_WINDOW.limit.last_day(warning, calendar);
    let mut past: Vec<Failure> = failures.iter().copied().filter(|failure| failure.on <= today).collect();
    past.sort_by_key(|failure| failure.on);
    let warned: Vec<Date> = warnings.iter().copied().filter(|warning| *warning <= today).collect();

    let last_bad = past.iter().rev().find(|failure| failure.reason == Reason::NotAcceptable);
    if let Some(failure) = last_bad {
        // The warning must come before the failure; one given on the same day is for it.
        let earlier =
            warned.iter().copied().filter(|w| *w < failure.on && failure.on <= window_end(*w)).max();
        if let Some(warning) = earlier {
            return NextStep {
                step: Step::ReferToCourt,
                clock: Some(BREACH_ENFORCEMENT.clock(failure.on, None, now, calendar)),
                words: format!(
                    "The failure on {} came within 12 months of the warning of {}. {}",
                    day_in_words(failure.on),
                    day_in_words(warning),
                    BREACH_WARNING_WINDOW.explanation
                ),
            };
        }
        if !warned.iter().any(|warning| *warning >= failure.on) {
            return NextStep {
                step: Step::Warn,
                clock: Some(BREACH_WARNING_LETTER.clock(failure.on, None, now, calendar)),
                words: format!(
                    "There was no acceptable reason on {}, and no warning in the 12 months before. {}",
                    day_in_words(failure.on),
                    BREACH_WARNING_LETTER.explanation
                ),
            };
        }
    }
    if let Some(failure) = past.iter().find(|failure| failure.reason == Reason::NotDecided) {
        return NextStep {
            step: Step::DecideReason,
            clock: Some(BREACH_EVIDENCE.clock(failure.on, None, now, calendar)),
            words: format!(
                "Whether there was an acceptable reason on {} is not decided. {}",
                day_in_words(failure.on),
                BREACH_EVIDENCE.explanation
            ),
        };
    }
    match warned.iter().copied().filter(|warning| today <= window_end(*warning)).max() {
        Some(warning) => NextStep {
            step: Step::WarningInForce,
            clock: Some(BREACH_WARNING_WINDOW.clock(Moment::Day(warning), None, now, calendar)),
            words: format!(
                "The warning of {} is in force until {}.",
                day_in_words(warning),
                day_in_words(window_end(warning))
            ),
        },
        None => NextStep { step: Step::Nothing, clock: None, words: "Nothing is pending.".into() },
    }
}
