//! Advice and signposting: one page in plain words for the person to take with them.
//!
//! What stands on it is next in court, appointments, what was agreed, who to ring; ordinary, in large print, easy to read, or
//! **safe to carry**: with nothing on it that says why somebody has it. [`sheet`] writes it, a pure function; a sheet that is
//! to be safe to carry and holds a telling word is refused, with the word. What was given is kept word for word.

mod holdings;
mod kept;
mod lines;
mod on_pages;
mod pages;
mod safe;
mod sheet;

pub use holdings::HOLDINGS;
pub use kept::{NewSheet, Sheet, find_sheet, give, mistaken, sheets_of};
pub use lines::{Line, Lines, LinesError, lines};
pub use on_pages::{on_line, on_person};
pub use pages::routes;
pub use safe::telling;
pub use sheet::{Content, Section, Variant, sheet, strings};
