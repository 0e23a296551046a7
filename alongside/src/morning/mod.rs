//! The morning: who is brought up today, who is already known, who should be seen first, and why.
//!
//! [`take_in`] puts a read file into the listings of its court days; [`board`] ranks a court day and explains every place.
//! Work (take, prepare, move, decide) hangs on a line's id, so that a later list never loses it. Rooms further down the
//! journey add to the board and to a line's page through [`Below`]; [`About`] tells what their records hang on.

mod about;
mod below;
mod board;
mod candidates;
mod day;
mod holdings;
mod joins;
mod leavers;
mod line;
mod linking;
mod markers;
mod named;
mod pages;
mod queries;
mod rank;
mod refusals;
mod rules;
mod sheets;
mod standing;
mod take_in;
mod taken;
#[cfg(test)]
mod tests;
mod work;
mod written;

pub use about::{
    About, ListedOn, about_line, about_line_in_full, about_person, about_record, held_on, lines_of,
    on_person, people_linked_to, person_linked_to, person_on, projects_serving,
};
pub use below::{AboveBoard, Below, Note, OnBoard, OnDay, OnLine, Whom};
pub use board::{Board, BoardJson, Filter, board};
pub use candidates::{Candidate, candidates, preselected};
pub use holdings::HOLDINGS;
pub use leavers::{LeftOpen, left_open};
pub use line::{EscortPart, Held, Known, Line, Preparation};
pub use linking::{Decision, Refusal, confirm, decide, register_from_line};
pub use markers::{Marker, Women, markers};
pub use named::{Named, named};
pub use pages::{identity, routes};
pub use rank::{Placed, rank};
pub use rules::{Rules, RulesError};
pub use standing::{Brought, brought_by, off_their_list};
pub use take_in::{Arrival, UNKNOWN_COURT, take_in};
pub use taken::Taken;
pub use work::{Found, find, find_to_change};

/// Says that the board of a line's day changed, so that open boards show it.
///
/// # Errors
/// When the database refuses.
pub fn changed<C: crate::access::Capability>(
    w: &mut crate::access::Writer<'_, C>,
    line: &Found,
) -> store::Result<()> {
    take_in::bump(w, line.court.code(), line.date)
}

/// What recognition compares of a line.
#[must_use]
pub fn record_of(line: &Line) -> linkage::Record {
    written::record_of(&line.detail.person)
}

/// One line with everything known about it, standing or taken off the list.
///
/// # Errors
/// When the database can't be read.
pub fn line_of<C: crate::access::Capability>(
    r: &mut crate::access::Reader<'_, C>,
    found: &Found,
    rules: &Rules,
) -> store::Result<Option<Line>> {
    let board = board(r, &found.court, found.date, rules)?;
    Ok(board.rows.into_iter().map(|row| row.line).chain(board.removed).find(|line| line.id == found.id()))
}
