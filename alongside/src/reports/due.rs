//! By when a report should be there, and how it stands: pure functions of the request, the hearing, the targets and a given now.

use super::kinds::{Kind, Kinds};
use crate::clock;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use law::Calendar;

/// When it is due, and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The moment.
    pub at: Timestamp,
    /// Why then.
    pub why: String,
}

/// The moment of a hearing, where day and time are known.
#[must_use]
pub fn hearing_at(day: Option<Date>, time: &str) -> Option<Timestamp> {
    let time: Time = crate::screening::time_of(time)?;
    day?.to_datetime(time).to_zoned(clock::london()).ok().map(|at| at.timestamp())
}

/// The earlier of the target of the type and the time the hearing leaves. A hearing that lies before the request (a report
/// written afterwards) sets no time.
#[must_use]
pub fn due(kind: &Kind, kinds: &Kinds, asked_at: Timestamp, hearing: Option<Timestamp>) -> Due {
    let target = match (kind.target_minutes, kind.target_working_days) {
        (Some(minutes), _) => Due {
            at: asked_at.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(asked_at),
            why: format!("{minutes} minutes after it was asked for (the service’s target for this type)"),
        },
        (None, days) => {
            let days = days.unwrap_or(0);
            let last = Calendar::default().add_working_days(clock::london_day(asked_at), days);
            Due {
                at: law::time::end_of_day(last),
                why: format!(
                    "{days} working days after it was asked for (the service’s target for this type)"
                ),
            }
        }
    };
    let Some(hearing) = hearing.filter(|at| *at > asked_at) else { return target };
    let lead = i64::from(kinds.minutes_before_hearing);
    // Asked for at the door of the court room: there is no time to read left to plan for.
    let before =
        hearing.checked_sub(SignedDuration::from_mins(lead)).ok().filter(|at| *at > asked_at).map_or(
            Due { at: hearing, why: "when the hearing begins".into() },
            |at| Due { at, why: format!("{lead} minutes before the hearing (the service’s setting)") },
        );
    if before.at < target.at { before } else { target }
}

/// How the clock of a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Enough is left.
    Running,
    /// Little is left.
    Soon,
    /// The time has passed, and it is not delivered.
    Overdue,
    /// Delivered by then.
    InTime,
    /// Delivered, but after it.
    Late,
}

impl Standing {
    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Standing::Running => "Running",
            Standing::Soon => "Due soon",
            Standing::Overdue => "Overdue",
            Standing::InTime => "Delivered in time",
            Standing::Late => "Delivered late",
        }
    }
}

/// How a clock stands.
#[must_use]
pub fn standing(due: Timestamp, delivered: Option<Timestamp>, now: Timestamp, soon_minutes: i64) -> Standing {
    match delivered {
        Some(at) if at <= due => Standing::InTime,
        Some(_) => Standing::Late,
        None if now > due => Standing::Overdue,
        None if due.duration_since(now) <= SignedDuration::from_mins(soon_minutes) => Standing::Soon,
        None => Standing::Running,
    }
}

/// "1 h 12 min left", "25 min over": how far it is to a moment, in whole minutes, never shown longer than it is.
#[must_use]
pub fn left_words(due: Timestamp, now: Timestamp) -> String {
    let minutes = due.duration_since(now).as_secs().div_euclid(60);
    let (minutes, side) = if minutes < 0 { (-minutes, "over") } else { (minutes, "left") };
    match (minutes / 1440, (minutes % 1440) / 60, minutes % 60) {
        (0, 0, minutes) => format!("{minutes} min {side}"),
        (0, hours, minutes) => format!("{hours} h {minutes} min {side}"),
        (days, hours, _) => format!("{days} d {hours} h {side}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn shipped(key: &str) -> (Kinds, Kind) {
        let kinds = Kinds::load(None).unwrap();
        let kind = kinds.find(key).unwrap().clone();
        (kinds, kind)
    }

    #[test]
    fn a_report_is_due_by_its_target_or_before_the_hearing_whichever_comes_first() {
        let (kinds, kind) = shipped("same-day");
        let asked = at("2026-11-26T09:00:00Z");
        assert_eq!(due(&kind, &kinds, asked, None).at, at("2026-11-26T11:00:00Z"));
        let early = due(&kind, &kinds, asked, Some(at("2026-11-26T10:30:00Z")));
        assert_eq!(early.at, at("2026-11-26T10:10:00Z"));
        assert!(early.why.contains("20 minutes before the hearing"));
        assert_eq!(
            due(&kind, &kinds, asked, Some(at("2026-11-26T15:00:00Z"))).at,
            at("2026-11-26T11:00:00Z")
        );
        let door = due(&kind, &kinds, asked, Some(at("2026-11-26T09:10:00Z")));
        assert_eq!((door.at, door.why.as_str()), (at("2026-11-26T09:10:00Z"), "when the hearing begins"));
        assert_eq!(
            due(&kind, &kinds, asked, Some(at("2026-11-25T10:00:00Z"))).at,
            at("2026-11-26T11:00:00Z")
        );
    }

    #[test]
    fn working_days_end_with_the_last_day_in_london() {
        let (kinds, kind) = shipped("review-breach");
        let friday = at("2026-11-27T10:00:00Z");
        let due = due(&kind, &kinds, friday, None);
        assert_eq!(clock::london_day(due.at), jiff::civil::date(2026, 12, 1));
    }

    #[test]
    fn a_clock_says_how_it_stands_and_never_shows_more_than_is_left() {
        let (due, now) = (at("2026-11-26T11:00:00Z"), at("2026-11-26T09:48:30Z"));
        assert_eq!(left_words(due, now), "1 h 11 min left");
        assert_eq!(left_words(due, at("2026-11-26T11:25:00Z")), "25 min over");
        assert_eq!(left_words(at("2026-11-28T12:00:00Z"), due), "2 d 1 h left");
        assert_eq!(standing(due, None, now, 30), Standing::Running);
        assert_eq!(standing(due, None, at("2026-11-26T10:31:00Z"), 30), Standing::Soon);
        assert_eq!(standing(due, None, at("2026-11-26T11:00:01Z"), 30), Standing::Overdue);
        assert_eq!(standing(due, Some(due), at("2026-11-27T00:00:00Z"), 30), Standing::InTime);
        assert_eq!(standing(due, Some(at("2026-11-26T11:01:00Z")), due, 30), Standing::Late);
    }

    #[test]
    fn the_hour_of_a_hearing_is_london_time() {
        let day = jiff::civil::date(2026, 7, 1);
        assert_eq!(hearing_at(Some(day), "10:00"), Some(at("2026-07-01T09:00:00Z")));
        assert_eq!(hearing_at(None, "10:00"), None);
        assert_eq!(hearing_at(Some(day), "not before lunch"), None);
    }

    proptest! {
        #[test]
        fn nothing_is_due_before_it_is_asked_for(seconds in 0_i64..86_400, hearing in -100_000_i64..100_000) {
            let (kinds, kind) = shipped("bail-remand");
            let asked = Timestamp::from_second(1_790_000_000 + seconds).unwrap();
            let due = due(&kind, &kinds, asked, asked.checked_add(SignedDuration::from_secs(hearing)).ok());
            prop_assert!(due.at > asked);
            prop_assert!(due.at <= asked.checked_add(SignedDuration::from_mins(90)).unwrap());
        }
    }
}
