//! The calendar feed: times, and nothing about anybody. It leaves the service and lies on telephones, so it says "Appointment"
//! and how long; where, only for a court or an office, which tell nothing of a person.

use super::diary::Entry;
use crate::clock;
use crate::ids::RotaPostId;
use crate::rota::Half;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// What iCalendar takes for structure, escaped; line breaks are no lines of ours.
fn text(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_control())
        .flat_map(|c| match c {
            '\\' | ';' | ',' => vec!['\\', c],
            _ => vec![c],
        })
        .collect()
}

/// A post of the rota on one day, as the feed says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Which post.
    pub post: RotaPostId,
    /// The day.
    pub day: Date,
    /// Morning or afternoon.
    pub half: Half,
    /// The court, or the office.
    pub place: String,
}

impl Duty {
    /// From when to when: half past nine to one, two to five.
    fn hours(&self) -> Option<(Timestamp, Timestamp)> {
        let (from, to) = match self.half {
            Half::Morning => ((9, 30), (13, 0)),
            Half::Afternoon => ((14, 0), (17, 0)),
        };
        let at = |(hour, minute)| {
            self.day.at(hour, minute, 0, 0).to_zoned(clock::london()).ok().map(|at| at.timestamp())
        };
        at(from).zip(at(to))
    }
}

fn event(
    out: &mut String,
    uid: &str,
    (from, to): (Timestamp, Timestamp),
    what: &str,
    place: &str,
    now: Timestamp,
) {
    out.push_str(&format!("BEGIN:VEVENT\r\nUID:{uid}@alongside\r\nDTSTAMP:{}\r\n", stamp(now)));
    out.push_str(&format!("DTSTART:{}\r\nDTEND:{}\r\nSUMMARY:{what}\r\n", stamp(from), stamp(to)));
    if !place.is_empty() {
        let place: String = place.chars().take(50).collect();
        out.push_str(&format!("LOCATION:{}\r\n", text(&place)));
    }
    out.push_str("END:VEVENT\r\n");
}

/// The feed (RFC 5545), lines ended as the standard says.
#[must_use]
pub fn calendar(entries: &[Entry], duties: &[Duty], now: Timestamp) -> String {
    let mut out = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Alongside//Diary//EN\r\n");
    for one in entries.iter().filter(|e| e.called_off.is_none()) {
        let end = one.new.at + SignedDuration::from_mins(one.new.minutes.clamp(5, 24 * 60));
        let tells = matches!(one.new.kind.as_str(), "court" | "office");
        let place = if tells { one.new.place.as_str() } else { "" };
        event(&mut out, &one.id.to_string(), (one.new.at, end), "Appointment", place, now);
    }
    for duty in duties {
        let Some(hours) = duty.hours() else { continue };
        event(&mut out, &format!("{}-{}", duty.post, duty.day), hours, "Rota", &duty.place, now);
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}
