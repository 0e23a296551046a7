//! The worklist: assessments that go on, overdue first; or those held only because a report is awaited, oldest first.

use super::case::{Case, HeldForReport};
use super::clocks::{is_overdue, next_due};
use super::reading::{closed_cases, open_cases};
use crate::access::{Capability, Reader};
use crate::audit::Event;
use crate::clock::london_day;
use crate::ids::ListingId;
use crate::morning::{self, held_on};
use crate::people;
use jiff::Timestamp;
use jiff::civil::Date;
use law::Clock;
use store::Result;

/// Which assessments are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// All that go on.
    #[default]
    Open,
    /// On remand only because the report is awaited.
    Remand,
    /// Closed.
    Closed,
}

impl Show {
    /// All.
    pub const ALL: [Show; 3] = [Show::Open, Show::Remand, Show::Closed];

    /// The key in the address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Show::Open => "open",
            Show::Remand => "remand",
            Show::Closed => "closed",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Show::Open => "Going on",
            Show::Remand => "On remand only because a report is awaited",
            Show::Closed => "Closed",
        }
    }

    /// From its key; anything else is all that go on.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|s| s.key() == key).unwrap_or_default()
    }
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// The assessment.
    pub case: Case,
    /// The person's name, as the line or the register has it.
    pub name: String,
    /// The first thing due.
    pub due: Option<Clock>,
    /// Anything is overdue.
    pub overdue: bool,
    /// Held only for this report, and how that is known.
    pub held: Option<HeldForReport>,
}

impl Row {
    /// Since when somebody waits: in custody for it, else asked for.
    #[must_use]
    pub fn waits_since(&self) -> Date {
        match &self.held {
            Some(HeldForReport::Recorded { since: Some(since), .. }) => *since,
            _ => london_day(self.case.asked_at),
        }
    }
}

/// Rows in the order of the list: a pure function of what is known and the given now.
#[must_use]
pub fn in_order(mut rows: Vec<Row>, show: Show) -> Vec<Row> {
    match show {
        Show::Open => rows.sort_by_key(|row| {
            (!row.overdue, row.due.as_ref().map_or(Timestamp::MAX, |clock| clock.due), row.case.asked_at)
        }),
        Show::Remand => {
            rows.retain(|row| row.held.is_some());
            // What somebody recorded stands before what only a list suggests.
            rows.sort_by_key(|row| {
                (
                    !matches!(row.held, Some(HeldForReport::Recorded { .. })),
                    row.waits_since(),
                    row.case.asked_at,
                )
            });
        }
        Show::Closed => {}
    }
    rows
}

/// The list for a reader's projects.
///
/// # Errors
/// When the database can't be read.
pub fn worklist<C: Capability>(
    r: &mut Reader<'_, C>,
    rules: &morning::Rules,
    show: Show,
    now: Timestamp,
) -> Result<Vec<Row>> {
    let cases = if show == Show::Closed { closed_cases(r)? } else { open_cases(r)? };
    let listings: Vec<ListingId> = cases.iter().filter_map(|case| case.listing).collect();
    let held = held_on(r, &listings)?;
    let mut rows = Vec::with_capacity(cases.len());
    for case in cases {
        let listed = case.listing.and_then(|id| held.get(&id).copied());
        let Some(name) = name_of(r, &case, rules)? else { continue };
        rows.push(Row {
            name,
            due: next_due(&case, now),
            overdue: is_overdue(&case, now),
            held: case.held_for_report(listed),
            case,
        });
    }
    r.saw(
        Event::new("psychiatric worklist opened", "psychiatric", show.key())
            .with(format!("{} rows", rows.len())),
    );
    Ok(in_order(rows, show))
}

/// The name by which the reader may know them; nothing when neither line nor person is in scope any more.
fn name_of<C: Capability>(
    r: &mut Reader<'_, C>,
    case: &Case,
    rules: &morning::Rules,
) -> Result<Option<String>> {
    if let Some(person) = case.person
        && let Some(person) = people::find(r, person)?
    {
        return Ok(Some(person.details.name()));
    }
    let Some(listing) = case.listing else { return Ok(None) };
    let Some(found) = morning::find(r, listing)? else { return Ok(None) };
    Ok(morning::line_of(r, &found, rules)?.map(|line| line.name))
}

#[cfg(test)]
mod tests {
    use super::super::case::{CaseFact, tests::case};
    use super::*;
    use jiff::SignedDuration;

    fn row(days_ago: i64, asked_by: &str, closed: &str, now: Timestamp) -> Row {
        let mut case = case(now - SignedDuration::from_hours(24 * days_ago));
        case.asked_by = asked_by.into();
        if !closed.is_empty() {
            let (question, answer) = ("closed".to_owned(), closed.to_owned());
            case.facts.push(CaseFact { question, answer, at: now, by: String::new(), via: "us".into() });
        }
        Row {
            name: days_ago.to_string(),
            due: next_due(&case, now),
            overdue: is_overdue(&case, now),
            held: None,
            case,
        }
    }

    #[test]
    fn overdue_stands_first_and_the_closed_are_never_overdue() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let rows = vec![
            row(1, "practitioner", "", now),
            row(2, "court", "", now),
            row(30, "court", "", now),
            row(10, "court", "", now),
        ];
        let order: Vec<String> = in_order(rows, Show::Open).into_iter().map(|r| r.name).collect();
        assert_eq!(order, ["30", "10", "2", "1"]);
        assert!(!row(30, "court", "moved", now).overdue);
    }
}
