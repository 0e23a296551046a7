//! Custody time limits: days in custody added up over spells; bail stops the clock.
//!
//! Prosecution of Offences (Custody Time Limits) Regulations 1987, reg 2(4): the day custody began isn't counted; reg 2(5):
//! a limit that would run out on a Saturday, Sunday, Christmas Day, Good Friday or bank holiday runs out on the day before
//! that is none of these.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::clock::{Clock, State};
use crate::rule::{Limit, Rule};
use crate::rules::{in_force, remand::CUSTODY_LIMIT_SUMMARY};
use crate::time::{Moment, day_in_london, days_between, days_later, end_of_day};
use crate::working_days::Calendar;

/// Which limit applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// A summary offence: 56 days.
    Summary,
    /// An either-way offence in the magistrates' court: 70 days.
    EitherWay,
    /// An either-way offence that the court decided within 56 days to try itself: 56 days.
    EitherWayDecidedEarly,
    /// The Crown Court, adult: 182 days, magistrates' days included (238 for custody from autumn 2020 to summer 2021).
    CrownAdult,
    /// The Crown Court, under 18 when first in custody: always 182 days.
    CrownYouth,
}

/// One spell in the custody of the court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Spell {
    /// The day it began.
    pub from: Date,
    /// The day of release; `None` while in custody.
    pub until: Option<Date>,
}

/// The clock, and how the days were counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustodyLimit {
    /// The limit in days.
    pub limit_days: i64,
    /// Days used up to today, or up to the start of the trial.
    pub used_days: i64,
    /// Days left of the limit (not of the calendar: see [`Clock::days_left`]).
    pub left_days: i64,
    /// Paused when nobody is in custody.
    pub clock: Clock,
}

/// The custody time limit. `trial` is the day the trial started. Extensions are the court's: give the new limit as
/// `extended_to`. `None` when there is no spell.
pub fn custody_limit(
    stage: Stage,
    spells: &[Spell],
    extended_to: Option<Date>,
    trial: Option<Date>,
    now: Timestamp,
    calendar: &Calendar,
) -> Option<CustodyLimit> {
    let mut spells: Vec<Spell> = spells.to_vec();
    spells.sort_by_key(|spell| spell.from);
    let first = spells.first()?.from;
    let last = *spells.last()?;
    let rule = rule_for(stage, first);
    let limit_days = match rule.limit {
        Limit::Days(days) => i64::from(days),
        _ => 0,
    };
    let stop = trial.unwrap_or_else(|| day_in_london(now));
    let until_of = |spell: &Spell| spell.until.unwrap_or(stop).min(stop);
    let mut counted_to = first;
    let mut used_days = 0;
    for spell in &spells {
        let from = spell.from.max(counted_to);
        let until = until_of(spell);
        used_days += days_between(from, until).max(0);
        counted_to = counted_to.max(until);
    }
    let left_days = limit_days - used_days;
    let in_custody = last.until.is_none_or(|until| until > stop);
    let runs_out = days_later(stop.max(last.from), left_days);
    let due_on = extended_to.unwrap_or_else(|| calendar.this_or_previous(runs_out));
    let mut clock = rule.clock_until(Moment::Day(first), end_of_day(due_on), trial.map(Moment::Day), now);
    if !in_custody && trial.is_none() {
        clock.state = State::Paused;
        clock.words = format!(
            "{}: {used_days} of {limit_days} days used; not in custody, so the time does not run ({}).",
            rule.name, rule.source.cite
        );
    }
    Some(CustodyLimit { limit_days, used_days, left_days, clock })
}

fn rule_for(stage: Stage, first: Date) -> Rule {
    let named = |key: &str| in_force(key, first).unwrap_or(&CUSTODY_LIMIT_SUMMARY).clone();
    match stage {
        Stage::Summary => CUSTODY_LIMIT_SUMMARY,
        Stage::EitherWay => named("custody.either-way"),
        Stage::EitherWayDecidedEarly => Rule { limit: Limit::Days(56), ..named("custody.either-way") },
        Stage::CrownAdult => named("custody.crown"),
        Stage::CrownYouth => crate::rules::remand::CUSTODY_LIMIT_CROWN,
    }
}
