//! Screening: ten minutes in a cell, or the recorded reason why not.
//!
//! From a line of the board, a paper sheet's code, or a person's page. A screening hangs on the line it was recorded on and
//! is the person's while the line is linked to them. [`of`] answers what later rooms ask; corrections are new versions.

mod entry;
mod holdings;
mod kept;
mod pages;
mod read;
mod sheet;
mod warn;

pub use entry::{Entry, Need, Outcome, Seen};
pub use holdings::HOLDINGS;
pub use kept::{On, Screening, correct, of, record};
pub use pages::{on_board, on_line, on_person, routes};
pub use read::{speaks_of_self_harm, time_of};
pub use sheet::SHEET;
