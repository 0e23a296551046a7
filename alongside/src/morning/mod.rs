//! The morning: who is brought up today, who is already known, who should be seen first, and why.
//!
//! [`take_in`] puts a read file into the listings of its court days; [`board`] ranks a court day and explains every place.
//! Work (take, prepare, move, decide) hangs on a line's id, so that a later list never loses it.

mod board;
mod day;
mod joins;
mod leavers;
mod line;
mod linking;
mod markers;
mod pages;
mod queries;
mod rank;
mod rules;
mod sheets;
mod take_in;
mod taken;
#[cfg(test)]
mod tests;
mod work;
mod written;

pub use board::{Board, BoardJson, Filter, board};
pub use leavers::{LeftOpen, left_open};
pub use line::{Held, Known, Line, Preparation};
pub use linking::{Decision, confirm, register_from_line};
pub use markers::{Marker, Women, markers};
pub use pages::routes;
pub use rank::{Placed, rank};
pub use rules::{Rules, RulesError};
pub use take_in::{Arrival, UNKNOWN_COURT, take_in};
pub use taken::Taken;
