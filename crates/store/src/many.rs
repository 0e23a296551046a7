//! Many rows for one statement, sent a few hundred at a time instead of one by one.

use crate::dialect::{ROW_SIZES, expand_rows, highest_parameter};
use crate::error::{Error, Result};
use crate::unit::{Engine, Statement};
use crate::value::{ToValue, Value};

/// Rows for one `INSERT … VALUES ($1, $2, …)`, whose text is written as for a single row; what stands after the bracket
/// (`ON CONFLICT …`) is kept. The engine gets the bracket repeated: a register of a million people is a matter of minutes
/// on a server, where a round trip a row would take most of an hour.
#[derive(Debug, Clone)]
pub struct Many {
    statement: Statement,
    width: usize,
    values: Vec<Value>,
}

/// Parameters a statement may carry. PostgreSQL takes 65,535 and SQLite 32,766; but SQLite looks each name up among those
/// before it when it prepares, so short statements are the faster ones.
const MOST_PARAMETERS: usize = 4096;

impl Many {
    /// No rows yet for this statement.
    #[must_use]
    pub fn of(statement: Statement) -> Self {
        Self { statement, width: highest_parameter(statement.text()), values: Vec::new() }
    }

    /// Adds a row: the values of `$1…`, all of them.
    pub fn add(&mut self, params: &[&dyn ToValue]) {
        debug_assert_eq!(params.len(), self.width, "a row gives every parameter: {}", self.statement.text());
        self.values.extend(params.iter().map(|p| p.to_value()));
    }

    /// Sends all rows, in the order they were added, in as few statements as a few fixed sizes allow: each size is
    /// prepared once a connection.
    pub(crate) fn send(&self, engine: &mut dyn Engine) -> Result<u64> {
        let one = self.statement.text();
        if self.width == 0 || !self.values.len().is_multiple_of(self.width) {
            return Err(Error::Many(one));
        }
        let mut changed = 0;
        let mut rest = self.values.as_slice();
        while !rest.is_empty() {
            let left = rest.len() / self.width;
            let fits = |size: &usize| *size <= left && size * self.width <= MOST_PARAMETERS;
            let size = ROW_SIZES.iter().copied().find(fits).unwrap_or(1);
            let text = expand_rows(one, self.width, size).ok_or(Error::Many(one))?;
            let (now, later) = rest.split_at(size * self.width);
            changed += engine.execute(&text, now).map_err(|e| e.about(one))?;
            rest = later;
        }
        Ok(changed)
    }
}
