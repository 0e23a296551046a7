//! Hiding small numbers, so that a person cannot be found in a table.
//!
//! The default is the rule of the NHS England MHSDS dashboards: counts of 0 to 4 are hidden, all others rounded to
//! the nearest 5, percentages worked out from the unrounded counts and shown as whole numbers, and hidden when either
//! count is. It is applied after adding up, so shown parts need not add to the shown total. Because a hidden cell could
//! still be found by subtraction, a row or column never hides just one.

use std::fmt;

use serde::Serialize;

use crate::MeasureError;

/// What is hidden and how the rest is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Counts up to this are hidden.
    pub hide_up_to: u64,
    /// Others are rounded to a multiple of this; 1 leaves them.
    pub round_to: u64,
}

impl Rule {
    /// The rule of the MHSDS dashboards.
    pub const MHSDS: Self = Self { hide_up_to: 4, round_to: 5 };
}

/// A number as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "Option<u64>")]
pub enum Shown {
    /// Hidden; do not plot it.
    Hidden,
    /// Shown, rounded.
    Number(u64),
}

impl From<Shown> for Option<u64> {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Hidden => None,
            Shown::Number(number) => Some(number),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hidden => write!(f, "*"),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

impl Rule {
    /// A single count.
    pub fn count(self, count: u64) -> Shown {
        if count <= self.hide_up_to { Shown::Hidden } else { Shown::Number(self.round(count)) }
    }

    fn round(self, count: u64) -> u64 {
        let base = self.round_to.max(1);
        count.saturating_add(base / 2) / base * base
    }

    /// A percentage of two counts, from the unrounded counts, as a whole number.
    ///
    /// # Errors
    /// [`MeasureError::NotAProportion`] when the numerator is not within a denominator above 0.
    pub fn percentage(self, numerator: u64, denominator: u64) -> Result<Shown, MeasureError> {
        if denominator == 0 || numerator > denominator {
            let (numerator, denominator) = (numerator as f64, denominator as f64);
            return Err(MeasureError::NotAProportion { numerator, denominator });
        }
        if numerator <= self.hide_up_to || denominator <= self.hide_up_to {
            return Ok(Shown::Hidden);
        }
        Ok(Shown::Number((numerator as f64 / denominator as f64 * 100.0).round() as u64))
    }

    /// A table with its totals. A row or column, totals included, that would hide one cell hides its smallest other
    /// cell too.
    ///
    /// # Errors
    /// [`MeasureError::RaggedTable`] when rows differ in length.
    pub fn table(self, rows: &[Vec<u64>]) -> Result<Table, MeasureError> {
        let width = rows.first().map_or(0, Vec::len);
        if let Some(row) = rows.iter().position(|row| row.len() != width) {
            let cells = rows.get(row).map_or(0, Vec::len);
            return Err(MeasureError::RaggedTable { row: row + 1, cells, expected: width });
        }
        // The totals are one more row and column: a hidden total could be found by subtraction as well.
        let mut whole = rows.to_vec();
        whole.push((0..width).map(|c| rows.iter().filter_map(|row| row.get(c)).sum()).collect());
        for row in &mut whole {
            row.push(row.iter().sum());
        }
        let mut hidden = whole
            .iter()
            .map(|row| row.iter().map(|count| *count <= self.hide_up_to).collect::<Vec<_>>())
            .collect::<Vec<_>>();
        while hide_one_more(&whole, &mut hidden) {}
        let cell = |(count, hidden): (&u64, &bool)| if *hidden { Shown::Hidden } else { self.count(*count) };
        let mut cells = whole
            .iter()
            .zip(&hidden)
            .map(|(row, hide)| row.iter().zip(hide).map(cell).collect::<Vec<_>>())
            .collect::<Vec<_>>();
        let row_totals = cells.iter_mut().filter_map(Vec::pop).collect::<Vec<_>>();
        let (total, row_totals) = row_totals.split_last().map_or((Shown::Hidden, &[][..]), |(t, r)| (*t, r));
        let column_totals = cells.pop().unwrap_or_default();
        Ok(Table { cells, row_totals: row_totals.to_vec(), column_totals, total })
    }
}

/// A table as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The cells, row by row.
    pub cells: Vec<Vec<Shown>>,
    /// The total of each row.
    pub row_totals: Vec<Shown>,
    /// The total of each column.
    pub column_totals: Vec<Shown>,
    /// The total of all.
    pub total: Shown,
}

/// Find a row or column that hides exactly one cell although it has others, and hide its smallest shown one.
fn hide_one_more(rows: &[Vec<u64>], hidden: &mut [Vec<bool>]) -> bool {
    let height = rows.len();
    let width = rows.first().map_or(0, Vec::len);
    let lines = (0..height)
        .map(|r| (0..width).map(|c| (r, c)).collect::<Vec<_>>())
        .chain((0..width).map(|c| (0..height).map(|r| (r, c)).collect()));
    for line in lines {
        let is_hidden = |&(r, c): &(usize, usize)| hidden.get(r).and_then(|row| row.get(c)) == Some(&true);
        if line.iter().filter(|at| is_hidden(at)).count() != 1 {
            continue;
        }
        let count = |&(r, c): &(usize, usize)| rows.get(r).and_then(|row| row.get(c)).copied().unwrap_or(0);
        let smallest = line.iter().filter(|at| !is_hidden(at)).min_by_key(|at| count(at)).copied();
        if let Some(cell) = smallest.and_then(|(r, c)| hidden.get_mut(r).and_then(|row| row.get_mut(c))) {
            *cell = true;
            return true;
        }
    }
    false
}
