//! What can go wrong between us and a database, in words an administrator can act on.

use rusqlite::ErrorCode;
use std::error::Error as _;

/// The result of every call of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of the database or of our use of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database address is not one we know how to open.
    #[error("the database address {0:?} is not understood: write sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// No connection could be had in time.
    #[error("no database connection could be had: {0}")]
    Connect(String),
    /// The work on the database ended before its time, by a fault of ours.
    #[error("{0}")]
    Stopped(String),
    /// SQLite refused a statement.
    #[error("SQLite: {error} in: {sql}")]
    Sqlite {
        /// What SQLite said.
        error: rusqlite::Error,
        /// The statement.
        sql: String,
    },
    /// PostgreSQL refused a statement.
    #[error("PostgreSQL: {} in: {sql}", explain(error))]
    Postgres {
        /// What PostgreSQL said.
        error: postgres::Error,
        /// The statement.
        sql: String,
    },
    /// A row has no such column, or its value is of another type.
    #[error("column {column}: {why}")]
    Column {
        /// The column's name.
        column: String,
        /// What was wrong.
        why: String,
    },
    /// A query that must give one row gave another number.
    #[error("expected one row, got {0}")]
    Rows(usize),
    /// A statement that can't take many rows was given some, or a row lacked a value.
    #[error("all parameters must stand in one bracket after VALUES, and every row give all of them: {0}")]
    Many(&'static str),
    /// The schema in the database is not the one this program was built with.
    #[error("{0}")]
    Migration(String),
    /// The engine found its own file damaged: what was written now might be lost with the rest.
    #[error(
        "the database is damaged and takes no changes ({0}): stop the service and restore the last backup"
    )]
    Damaged(String),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        error: std::io::Error,
    },
}

fn explain(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => format!("{} ({})", db.message(), db.code().code()),
        None => error.to_string(),
    }
}

/// What an error says of the database as a whole, for a page to tell people what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It takes no writes: the disk is full, read-only or failing.
    TakesNoWrites,
    /// It does not answer now: it is starting again, or the line to it is down.
    Unreachable,
    /// Neither: this one statement failed.
    Other,
}

impl Error {
    /// What this says of the database as a whole.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        match self {
            Error::Connect(_) => Trouble::Unreachable,
            Error::Sqlite { error, .. } => match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => {
                    Trouble::TakesNoWrites
                }
                _ => Trouble::Other,
            },
            // 53100: disk full; 25006: read-only; 58030: the disk failed. 57P01 to 57P03: it is stopped or starting; 08: the line.
            Error::Postgres { error, .. } => match error.code().map(postgres::error::SqlState::code) {
                Some("53100" | "25006" | "58030") => Trouble::TakesNoWrites,
                Some(code) if code.starts_with("57P0") || code.starts_with("08") => Trouble::Unreachable,
                None if error.is_closed()
                    || error.source().is_some_and(|cause| cause.is::<std::io::Error>()) =>
                {
                    Trouble::Unreachable
                }
                _ => Trouble::Other,
            },
            Error::File { .. } => Trouble::TakesNoWrites,
            _ => Trouble::Other,
        }
    }

    /// The same, telling the statement as it was written: one that was sent for many rows runs to thousands of parameters.
    #[must_use]
    pub(crate) fn about(self, text: &'static str) -> Self {
        match self {
            Error::Sqlite { error, .. } => Error::Sqlite { error, sql: text.to_owned() },
            Error::Postgres { error, .. } => Error::Postgres { error, sql: text.to_owned() },
            other => other,
        }
    }

    /// True when the engine says that the file itself is damaged, not merely that it could not be asked.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        match self {
            Error::Damaged(_) => true,
            Error::Sqlite { error, .. } => {
                matches!(
                    error.sqlite_error_code(),
                    Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
                )
            }
            _ => false,
        }
    }

    /// True when a statement was refused because a row with that key is already there.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        match self {
            Error::Sqlite { error: rusqlite::Error::SqliteFailure(e, _), .. } => {
                matches!(e.extended_code, 1555 | 2067 | 2579)
            }
            Error::Postgres { error, .. } => error.code().is_some_and(|c| c.code() == "23505"),
            _ => false,
        }
    }
}
