//! One document of a message: its sessions, blocks and cases, with the court and day they belong to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::ListName;
use super::case::{self, Frame};
use super::rows::Rows;
use crate::dates::{self, Century};
use crate::gather::Gather;
use crate::model::Coverage;
use crate::refusal::Refusal;
use crate::words::line;
use crate::xml::Node;

/// Rooms from 50 up are used for parking cases nobody attends; the national services leave them out too.
const FIRST_DUMMY_ROOM: u32 = 50;

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) line: usize,
    pub(super) info: Node,
    pub(super) sessions: Vec<Node>,
    pub(super) printed: Option<Timestamp>,
    pub(super) late: bool,
    pub(super) court_name: Option<String>,
    pub(super) date: Option<Date>,
}

/// Where a session is held, as far as the file tells.
#[derive(Debug, Default, Clone)]
pub(super) struct Place {
    pub(super) court_code: Option<String>,
    pub(super) ou_code: Option<String>,
    pub(super) court_name: Option<String>,
    pub(super) room: Option<String>,
    pub(super) panel: Option<String>,
    pub(super) series: Option<String>,
    pub(super) session_starts: Option<Time>,
    pub(super) session_ends: Option<Time>,
}

/// One court day of the document: unit, rooms seen.
type Days = BTreeMap<(Option<String>, Option<String>, Option<String>, Date), BTreeSet<Option<String>>>;

impl Document {
    pub(super) fn is_blank(&self) -> bool {
        self.sessions.is_empty() && self.info.children.is_empty()
    }

    /// When the document was made, if there is no message header: run date and start time, else the print date.
    pub(super) fn made_at(&self) -> Option<Timestamp> {
        let parameters = self.info.child("parameters");
        let day = parameters.and_then(|all| all.value("pi_run_date"));
        let clock = self.info.value("start_time").unwrap_or_default();
        day.and_then(|day| dates::moment(&format!("{day} {clock}"))).or(self.printed)
    }

    /// Reads every session into `rows`. `number` is the document's place in the message.
    pub(super) fn read(
        self,
        number: usize,
        file_name: Option<&str>,
        rows: &mut Rows,
        gather: &mut Gather<'_>,
    ) -> Result<(), Refusal> {
        let source = self.info.value("source_file_name").or_else(|| file_name.and_then(line));
        let name = source.as_deref().map(ListName::parse).unwrap_or_default();
        if self.sessions.is_empty() {
            gather.skip(self.place(number), "a document", "there is no session in it", 0);
        }
        let mut days = Days::new();
        for session in &self.sessions {
            self.session(session, number, &name, &mut days, rows, gather)?;
        }
        if !self.late {
            cover(days, name.series.as_ref(), gather);
        }
        Ok(())
    }

    fn place(&self, number: usize) -> String {
        if self.line > 0 { format!("line {}", self.line) } else { format!("document {number}") }
    }

    fn session(
        &self,
        session: &Node,
        number: usize,
        name: &ListName,
        days: &mut Days,
        rows: &mut Rows,
        gather: &mut Gather<'_>,
    ) -> Result<(), Refusal> {
        let here = format!("line {}", session.line);
        let what = match session.value("s_id") {
            Some(id) => format!("session {id}"),
            None => "a session".to_owned(),
        };
        let cases = session.below(&["case"]).len();
        if cases == 0 {
            gather.skip(here, what, "there is no case in it", 0);
            return Ok(());
        }
        let place = self.where_held(session, name);
        if let Some(room) = dummy_room(place.room.as_deref(), place.ou_code.as_deref()) {
            let why = format!("room {room} is a dummy room (50 and above): nobody is brought there");
            gather.skip(here, what, why, cases);
            return Ok(());
        }
        let Some(date) = self.day_of(session, name, &here, gather) else {
            gather.skip(here, what, "it has no date of hearing that can be read", cases);
            return Ok(());
        };
        if place.court_code.is_none() && place.court_name.is_none() {
            gather.skip(here, what, "neither a court code nor a court name is given", cases);
            return Ok(());
        }
        if place.court_code.is_none() {
            gather.note(here, "There is no court code; the court is known by its name only.");
        }
        let unit = place.ou_code.clone().filter(|code| code.len() == 7 && !code.ends_with("00"));
        let named = if place.court_code.is_none() { place.court_name.clone() } else { None };
        days.entry((place.court_code.clone(), named, unit, date)).or_default().insert(place.room.clone());
        for part in session.below(&["block", "case"]) {
            if part.name == "case" {
                case::read(part, &Frame::of(&place, None, date, number), rows, gather)?;
                continue;
            }
            let inside = part.below(&["case"]);
            if inside.is_empty() {
                gather.skip(format!("line {}", part.line), "a block", "there is no case in it", 0);
            }
            for node in inside {
                case::read(node, &Frame::of(&place, Some(part), date, number), rows, gather)?;
            }
        }
        Ok(())
    }

    fn where_held(&self, session: &Node, name: &ListName) -> Place {
        let stated = session.value("ou_code").filter(|code| code.len() >= 5 && code.is_ascii());
        let ou_code = stated.or_else(|| name.ou_code.clone()).map(|code| code.to_ascii_uppercase());
        let series = job_type(&self.info).or_else(|| name.series.clone());
        Place {
            court_code: ou_code.as_ref().map(|code| code[..5].to_owned()),
            court_name: session
                .value("court")
                .or_else(|| self.info.value("courtHouse"))
                .or_else(|| self.court_name.clone()),
            room: session.value("room").map(|room| room_as_number(&room)),
            panel: session.value("panel"),
            series,
            session_starts: session.value("sstart").as_deref().and_then(dates::time),
            session_ends: session.value("send").as_deref().and_then(dates::time),
            ou_code,
        }
    }

    /// The day: as the session says, else as the document, its file name or the whole list says, with a note.
    fn day_of(&self, session: &Node, name: &ListName, here: &str, gather: &mut Gather<'_>) -> Option<Date> {
        let stated = session.value("doh").as_deref().and_then(|text| dates::date(text, Century::This));
        if stated.is_some() {
            return stated;
        }
        let (date, from) = if let Some(date) =
            self.info.value("dateOfHearing").as_deref().and_then(|text| dates::date(text, Century::This))
        {
            (date, "the document's heading")
        } else if let Some(date) = self.date {
            (date, "the list's heading")
        } else {
            (name.date?, "the name of the source file")
        };
        gather.note(
            here,
            format!("The session's date could not be read; {from} says {date}, which was taken."),
        );
        Some(date)
    }
}

fn job_type(info: &Node) -> Option<String> {
    let job = info.child("parameters")?.value("pi_job_type")?;
    line(job.trim_end_matches("_DAILY").trim_end_matches("_FUTURE"))
}

/// `01` → `1`, `00` → `0`, `Courtroom 05` → `5`; anything that is no number stays as it is.
pub(crate) fn room_as_number(room: &str) -> String {
    let lower = room.to_lowercase();
    let words = ["courtroom", "court room", "court", "room", "ctrm"];
    let number = words.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    number.trim().parse::<u32>().map_or_else(|_| room.to_owned(), |number| number.to_string())
}

/// The number of a dummy room: the room's own, or the unit's last two digits when no room is given.
fn dummy_room(room: Option<&str>, ou_code: Option<&str>) -> Option<u32> {
    let number = match room {
        Some(room) => room.parse().ok(),
        None => ou_code.and_then(|code| code.get(5..7)).and_then(|unit| unit.parse().ok()),
    };
    number.filter(|&number: &u32| number >= FIRST_DUMMY_ROOM)
}

/// A document with several rooms is the list of the whole court; with one room it may be the list of that room only.
fn cover(days: Days, series: Option<&String>, gather: &mut Gather<'_>) {
    for ((court_code, court_name, ou_code, date), rooms) in days {
        let room = if rooms.len() == 1 { rooms.into_iter().next().flatten() } else { None };
        gather.covers.push(Coverage { court_code, court_name, ou_code, date, room, series: series.cloned() });
    }
}
