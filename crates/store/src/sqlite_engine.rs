//! SQLite: one writer, many readers, WAL.

use crate::error::{Error, Result};
use crate::held_file::HeldFile;
use crate::sealed::{DatabaseKey, unlock};
use crate::unit::{Engine, Read, Row, Write};
use crate::value::{Value, moment_text};
use rusqlite::backup::StepResult;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a connection or a lock is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a moment is looked for in which the file can be copied as it lies there, ten milliseconds apart.
const HELD_STILL_TRIES: u32 = 200;
/// Readers at once; more only queue for the two cores.
const READERS: u32 = 8;

#[derive(Debug, Clone)]
pub(crate) struct Sqlite {
    writer: Arc<Mutex<Held>>,
    readers: r2d2::Pool<Readers>,
    path: Arc<PathBuf>,
    key: Option<DatabaseKey>,
}

/// A connection, and a share in the file's descriptor that lasts longer than it.
#[derive(Debug)]
struct Held {
    connection: Connection,
    file: HeldFile,
}

impl Held {
    /// Before the connection takes its first lock, which it does when it reads: until then it has none that could be lost.
    fn of(path: &Path, connection: Connection) -> Result<Self> {
        let file =
            HeldFile::of(path).map_err(|error| Error::File { path: path.display().to_string(), error })?;
        Ok(Self { connection, file })
    }
}

impl std::ops::Deref for Held {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.connection
    }
}

/// Opens reader connections for the pool.
#[derive(Debug)]
struct Readers {
    path: PathBuf,
    key: Option<DatabaseKey>,
    still: bool,
}

impl r2d2::ManageConnection for Readers {
    type Connection = Held;
    type Error = Error;
    fn connect(&self) -> Result<Held> {
        let key = self.key.as_ref();
        if self.still {
            return Held::of(&self.path, open_still(&self.path, key).map_err(failed("open"))?);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(failed("open"))?;
        let held = Held::of(&self.path, connection)?;
        unlock(&held, key)
            .and_then(|()| tune(&held))
            .and_then(|()| held.pragma_update(None, "query_only", true))
            .map_err(failed("open"))?;
        Ok(held)
    }
    fn is_valid(&self, _: &mut Held) -> Result<()> {
        Ok(())
    }
    fn has_broken(&self, connection: &mut Held) -> bool {
        // A panic inside a read leaves its transaction open: such a connection is thrown away.
        !connection.is_autocommit()
    }
}

fn tune(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // FULL: an acknowledged import survives a power cut, not only a crash.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -32_000)?;
    connection.pragma_update(None, "mmap_size", 1_073_741_824_i64)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(())
}

/// A connection to a file that nothing writes to. "Immutable" is what keeps SQLite from making a log and an index beside it,
/// which a pool's threads would take away again at a moment of their own, under whoever reads the folder.
fn open_still(path: &Path, key: Option<&DatabaseKey>) -> Result<Connection, rusqlite::Error> {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let connection = Connection::open_with_flags(
        format!("file:{path}?immutable=1"),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    unlock(&connection, key)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

/// What to do about a file that can't be opened for writing.
fn unusable(path: &Path, key: Option<&DatabaseKey>, error: &rusqlite::Error) -> Error {
    let why = match error.sqlite_error_code() {
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            "it can't be written: see who owns it and its folder, and whether the disk is read-only"
        }
        Some(ErrorCode::DiskFull) => "its disk is full: make room",
        Some(ErrorCode::NotADatabase) if key.is_some() => {
            "it does not open with the key in force: is that the one it was encrypted under? If it is, restore the last backup"
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            "it is no sound database: keep it as it is, and restore the last backup"
        }
        _ => "it can't be opened",
    };
    Error::Connect(format!("{}: {why} ({error})", path.display()))
}

fn failed(sql: &str) -> impl FnOnce(rusqlite::Error) -> Error + '_ {
    move |error| Error::Sqlite { error, sql: sql.to_owned() }
}

impl Sqlite {
    pub(crate) fn open(path: &Path, key: Option<&DatabaseKey>) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| Error::File { path: folder.display().to_string(), error })?;
        }
        let unusable = |e| unusable(path, key, &e);
        let writer = Held::of(path, Connection::open(path).map_err(unusable)?)?;
        unlock(&writer, key).and_then(|()| tune(&writer)).map_err(unusable)?;
        Self::with(path, writer, key, false)
    }

    pub(crate) fn open_still(path: &Path, key: Option<&DatabaseKey>) -> Result<Self> {
        let connection = open_still(path, key).map_err(failed("open"))?;
        Self::with(path, Held::of(path, connection)?, key, true)
    }

    fn with(path: &Path, writer: Held, key: Option<&DatabaseKey>, still: bool) -> Result<Self> {
        let readers = r2d2::Pool::builder()
            .max_size(READERS)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            .build(Readers { path: path.to_owned(), key: key.cloned(), still })
            .map_err(|e| Error::Connect(e.to_string()))?;
        let key = key.cloned();
        Ok(Self { writer: Arc::new(Mutex::new(writer)), readers, path: Arc::new(path.to_owned()), key })
    }

    pub(crate) fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.readers.get().map_err(|e| Error::Connect(e.to_string()))?;
        run(&connection, "BEGIN", |engine| work(&mut Read { engine }))
    }

    pub(crate) fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic in an earlier write rolled back below; the connection itself is sound.
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK").map_err(failed("ROLLBACK"))?;
        }
        // IMMEDIATE: a deferred transaction that upgrades fails at once when another program writes.
        run(&connection, "BEGIN IMMEDIATE", |engine| work(&mut Write { read: Read { engine } }))
    }

    pub(crate) fn batch(&self, text: &str) -> Result<()> {
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let done = connection.execute_batch(text).map_err(failed(text));
        if done.is_err() && !connection.is_autocommit() {
            // The first error is the one worth telling.
            let _ = connection.execute_batch("ROLLBACK");
        }
        done
    }

    pub(crate) fn prepares(&self, text: &str) -> Result<()> {
        let connection = self.readers.get().map_err(|e| Error::Connect(e.to_string()))?;
        connection.prepare(text).map(drop).map_err(failed(text))
    }

    /// The file as it lies there: what has not changed since an earlier copy is the same bytes as in it, also where the file is
    /// encrypted. On a day so busy that some reader always needs an older state, page by page.
    pub(crate) fn copy_to(&self, target: &Path) -> Result<()> {
        for _ in 0..HELD_STILL_TRIES {
            if let Some(reader) = self.held_still()? {
                let copied = std::fs::File::create(target)
                    .and_then(|mut target| reader.file.copy(u64::MAX, &mut target))
                    .map_err(|error| Error::File { path: target.display().to_string(), error });
                reader.execute_batch("ROLLBACK").map_err(failed("ROLLBACK"))?;
                return copied;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.copy_pages_to(target)
    }

    /// A reader that sees the whole database in the file alone, nothing in the log: for as long as it looks, nobody puts
    /// anything from the log into the file. Nothing where that can't be had at this moment.
    ///
    /// Everything in the log is put into the file first; then, while no program can write, the reader begins. One that begins
    /// when the log has nothing of its own reads the file, and holds off whoever would change it (SQLite's first read mark).
    fn held_still(&self) -> Result<Option<r2d2::PooledConnection<Readers>>> {
        let reader = self.readers.get().map_err(|e| Error::Connect(e.to_string()))?;
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let version = |c: &Connection| c.query_row("PRAGMA data_version", [], |row| row.get::<_, i64>(0));
        let before = version(&writer).map_err(failed("PRAGMA data_version"))?;
        let sql = "PRAGMA wal_checkpoint(PASSIVE)";
        let (busy, logged, put): (i64, i64, i64) = writer
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .map_err(failed(sql))?;
        if busy != 0 || logged != put {
            return Ok(None);
        }
        let begin = "BEGIN IMMEDIATE";
        writer.execute_batch(begin).map_err(failed(begin))?;
        let held = version(&writer).and_then(|now| {
            if now != before {
                return Ok(false);
            }
            reader.execute_batch("BEGIN")?;
            reader.query_row("SELECT COUNT(*) FROM sqlite_master", [], |_| Ok(true))
        });
        writer.execute_batch("ROLLBACK").map_err(failed("ROLLBACK"))?;
        if held.map_err(failed(begin))? { Ok(Some(reader)) } else { Ok(None) }
    }

    fn copy_pages_to(&self, target: &Path) -> Result<()> {
        let _ = std::fs::remove_file(target);
        let open = |path: &Path| {
            let connection = Connection::open(path)?;
            unlock(&connection, self.key.as_ref()).map(|()| connection)
        };
        let source = open(&self.path).map_err(failed("backup"))?;
        let mut copy = open(target).map_err(failed("backup"))?;
        let backup = rusqlite::backup::Backup::new(&source, &mut copy).map_err(failed("backup"))?;
        // In one step: between steps others' writes would have it begin again, on a busy day without end. Nobody waits for it;
        // with a write-ahead log a long read is in no writer's way.
        loop {
            match backup.step(-1).map_err(failed("backup"))? {
                StepResult::Done => return Ok(()),
                _ => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    pub(crate) fn settle(&self) -> Result<()> {
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let busy: i64 = connection.query_row(sql, [], |row| row.get(0)).map_err(failed(sql))?;
        if busy == 0 { Ok(()) } else { Err(Error::Connect("the database is in use elsewhere".into())) }
    }

    pub(crate) fn integrity(&self) -> Result<Vec<String>> {
        let connection = self.readers.get().map_err(|e| Error::Connect(e.to_string()))?;
        let sql = "PRAGMA integrity_check";
        let mut statement = connection.prepare(sql).map_err(failed(sql))?;
        let lines = statement
            .query_map([], |row| row.get::<_, String>(0))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(failed(sql))?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }
}

fn run<T, E: From<Error>>(
    connection: &Connection,
    begin: &str,
    work: impl FnOnce(&mut dyn Engine) -> Result<T, E>,
) -> Result<T, E> {
    connection.execute_batch(begin).map_err(failed(begin))?;
    let mut engine = Transaction { connection };
    match work(&mut engine) {
        Ok(answer) => {
            connection.execute_batch("COMMIT").map_err(failed("COMMIT"))?;
            Ok(answer)
        }
        Err(error) => {
            // The first error is the one worth telling.
            let _ = connection.execute_batch("ROLLBACK");
            Err(error)
        }
    }
}

struct Transaction<'a> {
    connection: &'a Connection,
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        use rusqlite::types::Value as Owned;
        Ok(match self {
            Value::Null => ToSqlOutput::Owned(Owned::Null),
            Value::Int(v) => ToSqlOutput::Owned(Owned::Integer(*v)),
            Value::Float(v) => ToSqlOutput::Owned(Owned::Real(*v)),
            Value::Bool(v) => ToSqlOutput::Owned(Owned::Integer(i64::from(*v))),
            Value::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Value::Bytes(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
            Value::Uuid(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v.as_bytes())),
            Value::Moment(v) => ToSqlOutput::Owned(Owned::Text(moment_text(*v))),
            Value::Date(v) => ToSqlOutput::Owned(Owned::Text(v.to_string())),
        })
    }
}

/// Gives each parameter its value by number. SQLite counts `$2` as the first parameter where it stands first in the text;
/// to us, as to PostgreSQL, it is the second value.
fn bind(statement: &mut rusqlite::Statement<'_>, params: &[Value]) -> rusqlite::Result<()> {
    let wanted = statement.parameter_count();
    if wanted != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(params.len(), wanted));
    }
    for place in 1..=wanted {
        let name = statement.parameter_name(place).and_then(|name| name.strip_prefix('$'));
        let number: usize = name.and_then(|n| n.parse().ok()).unwrap_or(place);
        let value = number.checked_sub(1).and_then(|at| params.get(at));
        let value = value.ok_or(rusqlite::Error::InvalidParameterCount(params.len(), number))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

impl Engine for Transaction<'_> {
    fn query(&mut self, text: &str, params: &[Value]) -> Result<Vec<Row>> {
        let fail = |error| Error::Sqlite { error, sql: text.to_owned() };
        let mut statement = self.connection.prepare_cached(text).map_err(fail)?;
        let columns: HashMap<String, usize> =
            statement.column_names().enumerate().map(|(i, name)| (name.to_owned(), i)).collect();
        let count = statement.column_count();
        let columns = Arc::new(columns);
        bind(&mut statement, params).map_err(fail)?;
        let mut found = statement.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(fail)? {
            let mut values = Vec::with_capacity(count);
            for index in 0..count {
                values.push(match row.get_ref(index).map_err(fail)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(v) => Value::Int(v),
                    ValueRef::Real(v) => Value::Float(v),
                    ValueRef::Text(v) => Value::Text(String::from_utf8_lossy(v).into_owned()),
                    ValueRef::Blob(v) => Value::Bytes(v.to_vec()),
                });
            }
            rows.push(Row { columns: Arc::clone(&columns), values });
        }
        Ok(rows)
    }

    fn execute(&mut self, text: &str, params: &[Value]) -> Result<u64> {
        let fail = |error| Error::Sqlite { error, sql: text.to_owned() };
        let mut statement = self.connection.prepare_cached(text).map_err(fail)?;
        bind(&mut statement, params).map_err(fail)?;
        let changed = statement.raw_execute().map_err(fail)?;
        Ok(changed as u64)
    }
}
