//! A unit of work: one transaction, lent to a closure as [`Read`] or [`Write`].

use crate::dialect::{LIST, LIST_SIZES, expand_list};
use crate::error::{Error, Result};
use crate::many::Many;
use crate::value::{FromValue, ToValue, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// One SQL text for both engines. Only [`sql`] makes one, from a literal, so that a test can find them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Statement(pub(crate) &'static str);

impl Statement {
    /// The text as written.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.0
    }
}

/// Names a literal as a statement: `sql("SELECT … WHERE id = $1")`.
#[must_use]
pub const fn sql(text: &'static str) -> Statement {
    Statement(text)
}

/// One row of an answer; values are read by column name.
#[derive(Debug, Clone)]
pub struct Row {
    pub(crate) columns: Arc<HashMap<String, usize>>,
    pub(crate) values: Vec<Value>,
}

impl Row {
    /// The value of `column`, as the type asked for.
    ///
    /// # Errors
    /// [`Error::Column`] when there is no such column or it holds another type.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T> {
        let index = self
            .columns
            .get(column)
            .ok_or_else(|| Value::column_error(column, "not in this answer".into()))?;
        let value = self.values.get(*index).unwrap_or(&Value::Null);
        T::from_value(value).map_err(|why| Value::column_error(column, why))
    }
}

/// What an engine's open transaction can do.
pub(crate) trait Engine {
    fn query(&mut self, text: &str, params: &[Value]) -> Result<Vec<Row>>;
    fn execute(&mut self, text: &str, params: &[Value]) -> Result<u64>;
}

/// A transaction that only reads: SQLite's connection is `query_only`, PostgreSQL's transaction `READ ONLY`.
#[expect(missing_debug_implementations, reason = "holds a live connection")]
pub struct Read<'a> {
    pub(crate) engine: &'a mut dyn Engine,
}

fn values(params: &[&dyn ToValue]) -> Vec<Value> {
    params.iter().map(|p| p.to_value()).collect()
}

/// A text with `$LIST`, and what is bound to it, as often as a long list needs.
fn rounds<T: ToValue>(
    statement: Statement,
    params: &[&dyn ToValue],
    list: &[T],
) -> Vec<(String, Vec<Value>)> {
    debug_assert!(statement.0.contains(LIST), "a statement for a list needs $LIST");
    let mut out = Vec::new();
    let mut rest = list;
    while let Some(last) = rest.last().map(ToValue::to_value) {
        let size =
            LIST_SIZES.iter().copied().find(|s| *s >= rest.len()).unwrap_or(LIST_SIZES[LIST_SIZES.len() - 1]);
        let (now, later) = rest.split_at(rest.len().min(size));
        let mut bound = values(params);
        let text = expand_list(statement.0, bound.len(), size);
        bound.extend(now.iter().map(ToValue::to_value));
        // A repeated value in IN (…) changes nothing: it fills the fixed size.
        bound.resize(params.len() + size, last);
        out.push((text, bound));
        rest = later;
    }
    out
}

impl Read<'_> {
    /// The same unit of work, lent on.
    pub fn lend(&mut self) -> Read<'_> {
        Read { engine: &mut *self.engine }
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// When the database refuses the statement.
    pub fn query(&mut self, statement: Statement, params: &[&dyn ToValue]) -> Result<Vec<Row>> {
        self.engine.query(statement.0, &values(params))
    }

    /// The only row of an answer.
    ///
    /// # Errors
    /// [`Error::Rows`] when there are none or several.
    pub fn one(&mut self, statement: Statement, params: &[&dyn ToValue]) -> Result<Row> {
        let mut rows = self.query(statement, params)?;
        match (rows.len(), rows.pop()) {
            (1, Some(row)) => Ok(row),
            (n, _) => Err(Error::Rows(n)),
        }
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// When the database refuses the statement.
    pub fn maybe(&mut self, statement: Statement, params: &[&dyn ToValue]) -> Result<Option<Row>> {
        Ok(self.query(statement, params)?.into_iter().next())
    }

    /// All rows for many values: the text has `IN ($LIST)` once; `params` are `$1…`. Runs in as few
    /// statements as the list needs (a few fixed sizes, so that prepared plans are reused).
    ///
    /// # Errors
    /// When the database refuses the statement.
    pub fn query_list<T: ToValue>(
        &mut self,
        statement: Statement,
        params: &[&dyn ToValue],
        list: &[T],
    ) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for (text, bound) in rounds(statement, params, list) {
            rows.extend(self.engine.query(&text, &bound)?);
        }
        Ok(rows)
    }
}

/// A transaction that may also write.
#[expect(missing_debug_implementations, reason = "holds a live connection")]
pub struct Write<'a> {
    pub(crate) read: Read<'a>,
}

impl<'a> std::ops::Deref for Write<'a> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.read
    }
}
impl<'a> std::ops::DerefMut for Write<'a> {
    fn deref_mut(&mut self) -> &mut Read<'a> {
        &mut self.read
    }
}

impl Write<'_> {
    /// The same unit of work, lent on to read.
    pub fn lend_to_read(&mut self) -> Read<'_> {
        self.read.lend()
    }

    /// The same unit of work, lent on.
    pub fn lend(&mut self) -> Write<'_> {
        Write { read: self.read.lend() }
    }

    /// Runs a statement; the number of rows it changed.
    ///
    /// # Errors
    /// When the database refuses the statement.
    pub fn execute(&mut self, statement: Statement, params: &[&dyn ToValue]) -> Result<u64> {
        self.read.engine.execute(statement.0, &values(params))
    }

    /// Runs a statement for many values, as [`Read::query_list`] asks for them; the number of rows it changed.
    ///
    /// # Errors
    /// When the database refuses the statement.
    pub fn execute_list<T: ToValue>(
        &mut self,
        statement: Statement,
        params: &[&dyn ToValue],
        list: &[T],
    ) -> Result<u64> {
        let mut changed = 0;
        for (text, bound) in rounds(statement, params, list) {
            changed += self.read.engine.execute(&text, &bound)?;
        }
        Ok(changed)
    }

    /// Runs a statement for many rows; the number of rows it changed.
    ///
    /// # Errors
    /// When the database refuses, or the statement is none that takes many rows.
    pub fn execute_many(&mut self, many: &Many) -> Result<u64> {
        many.send(&mut *self.read.engine)
    }
}
