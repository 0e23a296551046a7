//! Numbered migrations, written once in PostgreSQL's words.

use crate::db::{Db, Inner};
use crate::dialect::for_sqlite;
use crate::error::{Error, Result};
use crate::unit::sql;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// One step of the schema. Once released its text never changes: the hash in the database would not fit.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// 1, 2, 3 … without gaps.
    pub number: i64,
    /// What it brings, for `migrate` and `doctor` to print.
    pub name: &'static str,
    /// SQL in PostgreSQL's words; a table's closing line is `);` on its own.
    pub text: &'static str,
}

/// Where a database stands against the program's migrations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationState {
    /// Numbers already applied.
    pub applied: Vec<i64>,
    /// Numbers still to apply.
    pub pending: Vec<i64>,
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

impl Db {
    fn batch(&self, text: &str) -> Result<()> {
        match &self.inner {
            Inner::Sqlite(db) => db.batch(&for_sqlite(text)),
            Inner::Postgres(db) => db.batch(text),
        }
    }

    /// What is applied and what is not.
    ///
    /// # Errors
    /// [`Error::Migration`] when the database is newer than the program, or an applied text was changed since.
    pub fn migration_state(&self, migrations: &[Migration]) -> Result<MigrationState> {
        let made = self.batch("CREATE TABLE IF NOT EXISTS schema_migration (\n  number bigint PRIMARY KEY,\n  name text NOT NULL,\n  hash text NOT NULL\n);\n");
        // Of two programs that start together on PostgreSQL, one may be told that the other made it.
        if made.is_err() && !self.tables()?.iter().any(|table| table == "schema_migration") {
            made?;
        }
        let rows = self
            .read(|r| r.query(sql("SELECT number, name, hash FROM schema_migration ORDER BY number"), &[]))?;
        let mut applied = Vec::new();
        for row in rows {
            let number: i64 = row.get("number")?;
            let Some(ours) = migrations.iter().find(|m| m.number == number) else {
                return Err(Error::Migration(format!(
                    "the database has schema step {number}, which this program doesn't know: run a newer program"
                )));
            };
            if row.get::<String>("hash")? != hash(ours.text) {
                return Err(Error::Migration(format!(
                    "schema step {number} ({}) was applied with another text than this program has: restore the program that made it, or a backup",
                    ours.name
                )));
            }
            applied.push(number);
        }
        let pending = migrations.iter().map(|m| m.number).filter(|n| !applied.contains(n)).collect();
        Ok(MigrationState { applied, pending })
    }

    /// Applies what is pending, each step in a transaction of its own; the numbers applied now.
    ///
    /// # Errors
    /// Those of [`Db::migration_state`], and what the database says of a step (which is then undone).
    pub fn migrate(&self, migrations: &[Migration]) -> Result<Vec<i64>> {
        let pending = self.migration_state(migrations)?.pending;
        let mut applied = Vec::new();
        for step in migrations.iter().filter(|m| pending.contains(&m.number)) {
            let record = format!(
                "INSERT INTO schema_migration (number, name, hash) VALUES ({}, '{}', '{}');",
                step.number,
                step.name.replace('\'', "''"),
                hash(step.text)
            );
            // The row first: of two programs that start together, one waits here for the other, and then finds it done.
            match self.batch(&format!("BEGIN;\n{record}\n{}\nCOMMIT;\n", step.text)) {
                Ok(()) => applied.push(step.number),
                // Another program applied it meanwhile.
                Err(_) if self.migration_state(migrations)?.applied.contains(&step.number) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(applied)
    }
}
