//! Days on remand: from each hearing that left somebody held to the next hearing of the case. A day counts once, however many
//! cases somebody is held for.

use super::{Hearing, Next, Outcome, Reason, Standing, days};
use jiff::civil::Date;

/// What ends a spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpellEnd {
    /// The next hearing of the case.
    NextHearing,
    /// The day the court fixed: nobody recorded a hearing on it.
    DayFixed,
    /// Nothing yet: it runs on the day of the figures.
    StillRunning,
}

/// Time between two hearings of one case that somebody was held, or of which nobody knows whether they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// The case.
    pub case: String,
    /// The day of the hearing that began it.
    pub from: Date,
    /// The day it ended; that day is not counted.
    pub until: Date,
    /// Held in custody or in hospital, or not known.
    pub standing: Standing,
    /// What the court waited for.
    pub reason: Reason,
    /// What ended it.
    pub end: SpellEnd,
}

impl Spell {
    /// Its days: the first counts, the last does not.
    #[must_use]
    pub fn days(&self) -> i64 {
        days(self.from, self.until)
    }
}

/// Days on remand, with the spells they are the sum of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remand {
    /// Days held, each counted once.
    pub days: i64,
    /// Those of them on which a court waited for a report of either kind.
    pub awaiting_report: i64,
    /// Those of them on which a court waited for a psychiatric or medical report.
    pub awaiting_psychiatric: i64,
    /// Days of which nobody recorded whether the person was held.
    pub not_known: i64,
    /// Somebody is held on the day of the figures.
    pub running: bool,
    /// The spells, by case and in order.
    pub spells: Vec<Spell>,
}

pub(super) fn remand(cases: &[&[&Hearing]], as_of: Date) -> Remand {
    let mut spells = Vec::new();
    for hearings in cases {
        spells.extend(of_case(hearings, as_of));
    }
    let which = |wanted: &dyn Fn(&Spell) -> bool| -> Vec<(Date, Date)> {
        spells.iter().filter(|s| wanted(s)).map(|s| (s.from, s.until)).collect()
    };
    let held = which(&|s| s.standing.is_held());
    let mut held_or_unknown = which(&|s| s.standing == Standing::NotKnown);
    held_or_unknown.extend(&held);
    let total = union(held);
    Remand {
        days: total,
        awaiting_report: union(which(&|s| s.standing.is_held() && s.reason.is_report())),
        awaiting_psychiatric: union(which(&|s| {
            s.standing.is_held() && s.reason == Reason::PsychiatricReport
        })),
        not_known: union(held_or_unknown) - total,
        running: spells.iter().any(|s| s.standing.is_held() && s.end == SpellEnd::StillRunning),
        spells,
    }
}

/// The spells of one case, in order.
fn of_case(hearings: &[&Hearing], as_of: Date) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    // How the person stood, and what the court waited for, before the hearing in hand.
    let (mut stood, mut waited) = (Standing::NotKnown, Reason::NotKnown);
    for (at, hearing) in hearings.iter().enumerate() {
        if hearing.last_day > as_of {
            break;
        }
        let later = hearings.get(at + 1);
        let (mut standing, reason) = match hearing.outcome {
            Outcome::Disposed => (Standing::NotRemanded, Reason::NotKnown),
            // Between the days of a hearing nothing changes unless somebody says so.
            Outcome::Continues if hearing.after == Standing::NotKnown => {
                (if stood == Standing::NotKnown { hearing.before } else { stood }, waited)
            }
            Outcome::Adjourned(reason) => (hearing.after, reason),
            Outcome::Continues | Outcome::ToCrownCourt | Outcome::NotKnown => {
                (hearing.after, Reason::NotKnown)
            }
        };
        // Where nobody recorded how it ended, how the person stood at the next hearing says it.
        if standing == Standing::NotKnown
            && let Some(next) = later.filter(|next| next.first_day <= as_of)
        {
            standing = next.before;
        }
        let from = hearing.last_day;
        spells.extend(spells_from(hearing, from, standing, reason, later.copied(), as_of));
        (stood, waited) = (standing, reason);
    }
    spells.retain(|spell| spell.days() > 0 || spell.end == SpellEnd::StillRunning);
    spells
}

fn spells_from(
    hearing: &Hearing,
    from: Date,
    standing: Standing,
    reason: Reason,
    later: Option<&Hearing>,
    as_of: Date,
) -> Vec<Spell> {
    let spell =
        |from, until, standing, end| Spell { case: hearing.case.clone(), from, until, standing, reason, end };
    if !standing.is_held() && standing != Standing::NotKnown {
        return Vec::new();
    }
    match (later, hearing.next) {
        // A hearing that decides nothing yet leaves things as they were until it does: on its last day.
        (Some(next), _) if next.last_day <= as_of => {
            vec![spell(from, next.last_day, standing, SpellEnd::NextHearing)]
        }
        (Some(_), _) => vec![spell(from, as_of, standing, SpellEnd::StillRunning)],
        (None, Next::On(fixed)) if standing.is_held() && fixed < as_of => vec![
            spell(from, fixed.max(from), standing, SpellEnd::DayFixed),
            spell(fixed.max(from), as_of, Standing::NotKnown, SpellEnd::StillRunning),
        ],
        (None, _) => vec![spell(from, as_of, standing, SpellEnd::StillRunning)],
    }
}

/// How many days these stretches cover together.
fn union(mut stretches: Vec<(Date, Date)>) -> i64 {
    stretches.sort();
    let (mut total, mut reached) = (0, None::<Date>);
    for (from, until) in stretches {
        let from = reached.map_or(from, |reached| reached.max(from));
        if until > from {
            total += days(from, until);
        }
        reached = Some(reached.map_or(until, |reached| reached.max(until)));
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn days_covered_are_days_counted_one_by_one(stretches in prop::collection::vec((0_i64..60, 0_i64..30), 0..12)) {
            let start = date(2026, 1, 1);
            let day = |n: i64| start.saturating_add(jiff::Span::new().days(n));
            let pairs: Vec<_> = stretches.iter().map(|(from, long)| (day(*from), day(from + long))).collect();
            let one_by_one: BTreeSet<i64> = stretches.iter().flat_map(|(from, long)| *from..from + long).collect();
            prop_assert_eq!(union(pairs), i64::try_from(one_by_one.len()).unwrap());
        }
    }
}
