//! A fresh database on every engine, for tests.
//!
//! SQLite always; PostgreSQL when `TEST_POSTGRES` holds an address. Where `CI` is set, `TEST_POSTGRES` must be too:
//! a run that tests one engine only must not look like one that tested both.

use crate::db::Db;
use crate::migrate::Migration;
use crate::unit::sql;
use uuid::Uuid;

/// A database that goes away with this value.
#[derive(Debug)]
pub struct TestDb {
    /// The migrated database.
    pub db: Db,
    /// Its address, for a second opener.
    pub address: String,
    /// `"SQLite"` or `"PostgreSQL"`, for messages.
    pub engine: &'static str,
    _folder: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some((address, schema)) = &self.schema
            && let Ok(mut client) = postgres::Client::connect(address, postgres::NoTls)
        {
            let _ = client.batch_execute(&format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}

/// A fresh, migrated SQLite database in a temporary folder.
///
/// # Panics
/// When it can't be made: a test can't go on without it.
#[must_use]
#[expect(clippy::expect_used, reason = "a test without its database has failed")]
pub fn sqlite(migrations: &[Migration]) -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let address = format!("sqlite:{}", folder.path().join("test.sqlite").display());
    let db = Db::open(&address).expect("SQLite opens");
    db.migrate(migrations).expect("the schema applies on SQLite");
    TestDb { db, address, engine: "SQLite", _folder: Some(folder), schema: None }
}

/// A fresh, migrated PostgreSQL schema, when `TEST_POSTGRES` names a server.
///
/// # Panics
/// When the server is named but can't be used, or when `CI` is set and none is named.
#[must_use]
#[expect(clippy::expect_used, clippy::panic, reason = "a test without its database has failed")]
pub fn postgres(migrations: &[Migration]) -> Option<TestDb> {
    let Ok(server) = std::env::var("TEST_POSTGRES") else {
        if std::env::var_os("CI").is_some() {
            panic!("CI is set but TEST_POSTGRES is not: `make test` starts a PostgreSQL and sets it");
        }
        eprintln!("PostgreSQL not tested: TEST_POSTGRES is not set (`make test` sets it)");
        return None;
    };
    let schema = format!("test_{}", Uuid::now_v7().simple());
    let mut client = ::postgres::Client::connect(&server, ::postgres::NoTls).expect("TEST_POSTGRES answers");
    client.batch_execute(&format!("CREATE SCHEMA {schema}")).expect("a schema of our own");
    let joiner = if server.contains('?') { '&' } else { '?' };
    let address = format!("{server}{joiner}options=-csearch_path%3D{schema}");
    let db = Db::open(&address).expect("PostgreSQL opens");
    db.migrate(migrations).expect("the schema applies on PostgreSQL");
    Some(TestDb { db, address, engine: "PostgreSQL", _folder: None, schema: Some((server, schema)) })
}

/// Runs one test on each engine, on a fresh database each.
pub fn both(migrations: &[Migration], test: impl Fn(&TestDb)) {
    test(&sqlite(migrations));
    if let Some(world) = postgres(migrations) {
        test(&world);
    }
}

/// Whether a statement prepares; its complaint otherwise.
#[must_use]
pub fn complaint(db: &Db, text: &'static str) -> Option<String> {
    db.prepares(sql(text)).err().map(|e| e.to_string())
}
