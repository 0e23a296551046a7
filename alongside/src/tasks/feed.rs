//! The calendar feed: times, and nothing about anybody. It leaves the service and lies on telephones, so it says "Appointment"
//! and how long; where, only for a court or an office, which tell nothing of a person.

use super::diary::Entry;
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

/// The feed (RFC 5545), lines ended as the standard says.
#[must_use]
pub fn calendar(entries: &[Entry], now: Timestamp) -> String {
    let mut out = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Alongside//Diary//EN\r\n");
    for one in entries.iter().filter(|e| e.called_off.is_none()) {
        let end = one.new.at + SignedDuration::from_mins(one.new.minutes.clamp(5, 24 * 60));
        out.push_str("BEGIN:VEVENT\r\n");
        out.push_str(&format!("UID:{}@alongside\r\nDTSTAMP:{}\r\n", one.id, stamp(now)));
        out.push_str(&format!(
            "DTSTART:{}\r\nDTEND:{}\r\nSUMMARY:Appointment\r\n",
            stamp(one.new.at),
            stamp(end)
        ));
        if matches!(one.new.kind.as_str(), "court" | "office") && !one.new.place.is_empty() {
            let place: String = one.new.place.chars().take(50).collect();
            out.push_str(&format!("LOCATION:{}\r\n", text(&place)));
        }
        out.push_str("END:VEVENT\r\n");
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}
