//! The board of one court day: ranked lines, those taken off the list, and what the filters ask for.

use super::line::{Known, Line, LineKind, Preparation};
use super::markers::{Marker, Women};
use super::queries;
use super::rank::{Placed, rank};
use super::rules::Rules;
use crate::access::{Capability, Reader};
use crate::audit::Event;
use crate::projects::Court;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::{Result, sql};

/// A ranked board.
#[derive(Debug, Clone)]
pub struct Board {
    /// The court.
    pub court: Court,
    /// The day.
    pub date: Date,
    /// Changes whenever a list or a colleague changes the board.
    pub version: i64,
    /// Ranked rows.
    pub rows: Vec<Placed>,
    /// Lines taken off by a later list, newest first.
    pub removed: Vec<Line>,
    /// Organisations on the list: names only.
    pub organisations: Vec<String>,
}

/// The board of a court day, audited as seen.
///
/// # Errors
/// When the database can't be read.
pub fn board<C: Capability>(
    r: &mut Reader<'_, C>,
    court: &Court,
    date: Date,
    rules: &Rules,
) -> Result<Board> {
    r.saw(Event::new("board opened", "court day", format!("{} {date}", court.code())));
    let version = version(r, court.code(), date)?;
    let lines = queries::lines(r, court, date, rules)?;
    let (organisations, lines): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.kind == LineKind::Organisation);
    let (mut removed, standing): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.removed_at.is_some());
    removed.sort_by_key(|line| (std::cmp::Reverse(line.removed_at), line.name.clone()));
    let women = if court.women_as_standard { Women::SeenAsStandard } else { Women::ByMarkers };
    let mut organisations: Vec<String> =
        organisations.into_iter().filter(|line| line.removed_at.is_none()).map(|line| line.name).collect();
    organisations.sort();
    organisations.dedup();
    Ok(Board {
        court: court.clone(),
        date,
        version,
        rows: rank(standing, rules, women),
        removed,
        organisations,
    })
}

/// The court day's version: it rises with every change.
pub(super) fn version<C: Capability>(r: &mut Reader<'_, C>, court: &str, date: Date) -> Result<i64> {
    let row = r.maybe(
        sql("SELECT version FROM court_day WHERE court_code = $1 AND list_date = $2"),
        &[&court, &date],
    )?;
    row.map_or(Ok(0), |row| row.get("version"))
}

/// What the reader wants to see. Every field is an enum or a key of the rules: nothing typed reaches the query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One room.
    pub room: Option<String>,
    /// custody, bail or not-stated.
    pub custody: Option<String>,
    /// A marker's key.
    pub marker: Option<String>,
    /// A preparation status.
    pub status: Option<Preparation>,
    /// Known, possibly known, not known.
    pub known: Option<Known>,
    /// Only lines first seen after this moment.
    pub new_since: Option<Timestamp>,
    /// Only lines taken by this account.
    pub taken_by: Option<crate::ids::AccountId>,
}

impl Filter {
    /// Whether a row passes.
    #[must_use]
    pub fn passes(&self, row: &Placed) -> bool {
        let line = &row.line;
        self.room.as_ref().is_none_or(|room| line.room.as_ref() == Some(room))
            && self.custody.as_ref().is_none_or(|key| line.held().key() == key)
            && self.marker.as_ref().is_none_or(|key| row.markers.iter().any(|m| &m.key == key))
            && self.status.is_none_or(|status| line.work.preparation == status)
            && self.known.is_none_or(|known| line.known() == known)
            && self.new_since.is_none_or(|since| line.first_seen_at > since)
            && self.taken_by.is_none_or(|who| line.work.taken.as_ref().is_some_and(|(id, _)| *id == who))
    }
}

/// The board as JSON, for the command line.
#[derive(Debug, Serialize)]
pub struct BoardJson {
    court: String,
    court_name: String,
    date: Date,
    rules: String,
    rows: Vec<RowJson>,
    removed: usize,
    organisations: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RowJson {
    place: usize,
    listing: String,
    name: String,
    age: Option<i64>,
    sex: &'static str,
    custody: &'static str,
    youth: bool,
    room: Option<String>,
    time: Option<String>,
    list_no: Option<String>,
    case_no: Option<String>,
    offence: String,
    score: f64,
    reason: String,
    markers: Vec<Marker>,
    known: &'static str,
    candidates: usize,
    candidates_elsewhere: usize,
    escort_records: usize,
    preparation: &'static str,
    taken_by: Option<String>,
    moved: Option<super::line::Moved>,
    origin: String,
}

impl Board {
    /// The board for programs.
    #[must_use]
    pub fn json(&self, rules: &Rules) -> BoardJson {
        let rows = self
            .rows
            .iter()
            .map(|row| {
                let line = &row.line;
                RowJson {
                    place: row.place,
                    listing: line.id.to_string(),
                    name: line.name.clone(),
                    age: line.age(),
                    sex: line.sex.key(),
                    custody: line.held().key(),
                    youth: line.is_youth(),
                    room: line.room.clone(),
                    time: line.starts.clone(),
                    list_no: line.list_no.clone(),
                    case_no: line.case_no.clone(),
                    offence: line.offences.clone(),
                    score: row.score,
                    reason: row.reason(),
                    markers: row.markers.clone(),
                    known: line.known().key(),
                    candidates: line.recognition.candidates,
                    candidates_elsewhere: line.recognition.elsewhere,
                    escort_records: line.escorts.len(),
                    preparation: line.work.preparation.key(),
                    taken_by: line.work.taken.as_ref().map(|(_, name)| name.clone()),
                    moved: line.work.moved.clone(),
                    origin: line.origin.clone(),
                }
            })
            .collect();
        BoardJson {
            court: self.court.code().to_owned(),
            court_name: self.court.name.clone(),
            date: self.date,
            rules: rules.version.clone(),
            rows,
            removed: self.removed.len(),
            organisations: self.organisations.clone(),
        }
    }
}
