//! When and where a hearing sits.

use jiff::civil::{Date, Time};
use serde_json::Value;

use super::each;
use crate::dates;
use crate::gather::Gather;
use crate::json::{text_at, text_of};
use crate::libra::room_as_number;

/// One sitting day.
#[derive(Debug)]
pub(super) struct Day {
    pub(super) path: String,
    pub(super) date: Date,
    pub(super) starts: Option<Time>,
    pub(super) ends: Option<Time>,
    pub(super) cancelled: bool,
    pub(super) sequence: Option<u32>,
    /// Id of the room when it is another than the hearing's own.
    room_id: Option<String>,
}

/// The court.
#[derive(Debug)]
pub(super) struct Court {
    pub(super) code: Option<String>,
    pub(super) ou_code: Option<String>,
    pub(super) name: Option<String>,
    room: Option<String>,
    room_id: Option<String>,
}

impl Court {
    /// The room on a day: the court's own unless the day names another, whose name is not in the message.
    pub(super) fn room_on(&self, day: &Day) -> Option<String> {
        match (&day.room_id, &self.room_id) {
            (Some(day), Some(own)) if day != own => None,
            _ => self.room.clone(),
        }
    }
}

pub(super) fn court(hearing: &Value) -> Court {
    let centre = &hearing["courtCentre"];
    let ou_code = text_of(centre, &["code", "ouCode"]).filter(|code| code.is_ascii() && code.len() >= 5);
    let ou_code = ou_code.map(|code| code.to_ascii_uppercase());
    Court {
        code: ou_code.as_ref().map(|code| code[..5].to_owned()),
        ou_code,
        name: text_at(centre, "name"),
        room: text_at(centre, "roomName").map(|room| room_as_number(&room)),
        room_id: text_at(centre, "roomId"),
    }
}

/// The days, unreadable ones left out with a note.
pub(super) fn read(hearing: &Value, path: &str, gather: &mut Gather<'_>) -> Vec<Day> {
    let mut days = Vec::new();
    for (value, path) in each(hearing, "hearingDays", path) {
        let Some(text) = text_at(value, "sittingDay") else {
            gather.skip(path, "a hearing day", "it has no sitting day", 0);
            continue;
        };
        let Some(moment) = dates::moment(&text) else {
            gather.skip(path, "a hearing day", "its sitting day could not be read as a date and time", 0);
            continue;
        };
        let local = dates::london_clock(moment);
        let minutes = value
            .get("listedDurationMinutes")
            .and_then(Value::as_i64)
            .filter(|minutes| (1..=1440).contains(minutes));
        let ends = minutes.and_then(|minutes| local.checked_add(jiff::Span::new().minutes(minutes)).ok());
        let timed = text.len() > 10;
        days.push(Day {
            path,
            date: local.date(),
            starts: timed.then(|| local.time()),
            ends: ends.filter(|_| timed).filter(|ends| ends.date() == local.date()).map(|ends| ends.time()),
            cancelled: value.get("isCancelled").and_then(Value::as_bool).unwrap_or(false),
            sequence: value
                .get("listingSequence")
                .and_then(Value::as_u64)
                .and_then(|number| u32::try_from(number).ok()),
            room_id: text_at(value, "courtRoomId"),
        });
    }
    days
}
