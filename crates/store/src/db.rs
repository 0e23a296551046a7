//! The database as a service sees it: open, read, write.

use crate::dialect::{expand_list, highest_parameter};
use crate::error::{Error, Result};
use crate::postgres_engine::Postgres;
use crate::sealed::DatabaseKey;
use crate::sqlite_engine::Sqlite;
use crate::unit::{Read, Statement, Write};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Which engine a [`Db`] stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// An embedded SQLite file.
    Sqlite,
    /// A PostgreSQL server, or an engine that speaks its protocol.
    Postgres,
}

/// An open database. Cheap to clone; all clones share the connections.
///
/// Calls block the thread they run on: an async server calls them on a blocking thread.
#[derive(Debug, Clone)]
pub struct Db {
    pub(crate) inner: Inner,
    /// Why no change is taken any more; shared by all clones.
    damaged: Arc<OnceLock<String>>,
}

#[derive(Debug, Clone)]
pub(crate) enum Inner {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://USER:PASSWORD@HOST:PORT/NAME`.
    ///
    /// # Errors
    /// [`Error::Address`] for another address; [`Error::Connect`] when the engine can't be reached.
    pub fn open(address: &str) -> Result<Self> {
        Self::open_under(address, None)
    }

    /// The same, for a SQLite file that is encrypted under a key, or is made so now. PostgreSQL takes no notice of the key.
    ///
    /// # Errors
    /// As [`Db::open`]; [`Error::Connect`] as well when the key is not the file's.
    pub fn open_under(address: &str, key: Option<&DatabaseKey>) -> Result<Self> {
        let inner = if let Some(path) = address.strip_prefix("sqlite:") {
            Inner::Sqlite(Sqlite::open(Path::new(path.trim_start_matches("//")), key)?)
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Inner::Postgres(Postgres::open(address)?)
        } else {
            return Err(Error::Address(address.to_owned()));
        };
        Ok(Self { inner, damaged: Arc::default() })
    }

    /// Opens a SQLite file that nothing writes to, such as a backup's copy: takes no change and leaves no file beside it.
    ///
    /// # Errors
    /// When the file can't be opened.
    pub fn open_still(path: &Path) -> Result<Self> {
        Self::open_still_under(path, None)
    }

    /// The same, for one that is encrypted.
    ///
    /// # Errors
    /// When the file can't be opened, or the key is not its own.
    pub fn open_still_under(path: &Path, key: Option<&DatabaseKey>) -> Result<Self> {
        Ok(Self { inner: Inner::Sqlite(Sqlite::open_still(path, key)?), damaged: Arc::default() })
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether what is said to the engine is encrypted, or stays on this machine.
    #[must_use]
    pub fn is_private(&self) -> bool {
        match &self.inner {
            Inner::Sqlite(_) => true,
            Inner::Postgres(db) => db.is_private,
        }
    }

    /// Runs `work` in one read-only transaction that sees one state of the data.
    ///
    /// # Errors
    /// Those of `work`, and of the database.
    pub fn read<T, E: From<Error>>(&self, work: impl FnOnce(&mut Read<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.inner {
            Inner::Sqlite(db) => db.read(work),
            Inner::Postgres(db) => db.read(work),
        }
    }

    /// Runs `work` in one transaction and commits it; any `Err` (or panic) rolls all of it back.
    ///
    /// # Errors
    /// Those of `work`, and of the database.
    pub fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(why) = self.damaged.get() {
            return Err(Error::Damaged(why.clone()).into());
        }
        match &self.inner {
            Inner::Sqlite(db) => db.write(work),
            Inner::Postgres(db) => db.write(work),
        }
    }

    /// From now on takes no change, in any clone: the engine was found damaged. Reading goes on.
    pub fn refuse_writes(&self, why: impl Into<String>) {
        let _ = self.damaged.set(why.into());
    }

    /// Why no change is taken, if none is.
    #[must_use]
    pub fn damage(&self) -> Option<&str> {
        self.damaged.get().map(String::as_str)
    }

    /// Asks the engine whether it would accept a statement, without running it.
    ///
    /// # Errors
    /// What the engine says against it.
    pub fn prepares(&self, statement: Statement) -> Result<()> {
        let text = expand_list(statement.0, highest_parameter(statement.0), 2);
        match &self.inner {
            Inner::Sqlite(db) => db.prepares(&text),
            Inner::Postgres(db) => db.prepares(&text),
        }
    }

    /// The names of the tables that are there now.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn tables(&self) -> Result<Vec<String>> {
        let of_engine = match self.engine() {
            Engine::Sqlite => Statement("SELECT name FROM sqlite_master WHERE type = 'table'"),
            Engine::Postgres => {
                Statement("SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()")
            }
        };
        self.read(|r| r.query(of_engine, &[])?.iter().map(|row| row.get("name")).collect())
    }

    /// Writes what SQLite keeps in the log beside its file into the file. Nothing to do on PostgreSQL.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn settle(&self) -> Result<()> {
        match &self.inner {
            Inner::Sqlite(db) => db.settle(),
            Inner::Postgres(_) => Ok(()),
        }
    }

    /// Copies a SQLite database to `target` while it is in use.
    ///
    /// # Errors
    /// On PostgreSQL (use its own tools), or when the file can't be written.
    pub fn copy_to(&self, target: &Path) -> Result<()> {
        match &self.inner {
            Inner::Sqlite(db) => db.copy_to(target),
            Inner::Postgres(_) => Err(Error::Migration(
                "PostgreSQL is backed up with its own tools: pg_dump and pg_restore".into(),
            )),
        }
    }

    /// What the engine says of its own integrity: empty when all is well.
    ///
    /// # Errors
    /// When it can't be asked.
    pub fn integrity(&self) -> Result<Vec<String>> {
        match &self.inner {
            Inner::Sqlite(db) => db.integrity(),
            Inner::Postgres(_) => Ok(Vec::new()),
        }
    }
}
