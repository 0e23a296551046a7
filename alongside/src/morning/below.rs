//! What rooms further down the journey say on the pages of the morning. They stand below this room and may use it; it must not
//! know them, so the service hands their functions over when it starts (`service.rs`).

use super::line::Line;
use super::work::Found;
use crate::access::policy::ViewBoard;
use crate::access::{Permit, Reader};
use crate::forms::Sheet;
use crate::ids::{ListingId, PersonId};
use crate::projects::Court;
use crate::web::components::TagColour;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::Markup;
use store::{Read, Result};

/// One thing to say on a row of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The marker rule that weighs it, if it moves the row.
    pub marker: Option<&'static str>,
    /// The tag beside the name, if it shows there.
    pub tag: Option<(TagColour, String)>,
    /// The words behind it.
    pub words: String,
    /// Who said so, or where it stands.
    pub source: String,
    /// When.
    pub at: Option<Timestamp>,
}

/// Whom a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whom {
    /// Whoever stands on this line.
    Line(ListingId),
    /// A person of the register.
    Person(PersonId),
}

/// The lines of one court day that a reader may see, and the people they are linked to.
#[derive(Debug)]
pub struct OnDay<'a> {
    /// The day.
    pub date: Date,
    /// All lines, those that joined another one too.
    pub listings: &'a [ListingId],
    /// People a human linked lines to, with the records merged into theirs.
    pub people: &'a [PersonId],
}

/// Notes about a court day, in a fixed number of statements.
pub type OnBoard = fn(&mut Read<'_>, &OnDay<'_>) -> Result<Vec<(Whom, Note)>>;

/// A section on the page of one line; nothing where the reader may not see it.
pub type OnLine = fn(&Permit<ViewBoard>, &mut Reader<'_, ViewBoard>, &Found, &Line) -> Result<Option<Markup>>;

/// What stands above the board of a court day; nothing where there is nothing to say.
pub type AboveBoard =
    fn(&Permit<ViewBoard>, &mut Reader<'_, ViewBoard>, &Court, Date) -> Result<Option<Markup>>;

/// What rooms below add.
#[derive(Debug, Clone, Copy, Default)]
pub struct Below {
    /// Above the board.
    pub above_board: &'static [AboveBoard],
    /// To rows of the board.
    pub on_board: &'static [OnBoard],
    /// To the page of a line.
    pub on_line: &'static [OnLine],
    /// To the paper cell sheet: the form that is filled in later from it.
    pub on_paper: Option<&'static Sheet>,
}
