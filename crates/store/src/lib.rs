//! One SQL text, two databases, one unit of work.
//!
//! A service opens a [`Db`] on an embedded SQLite file or a PostgreSQL server and hands it closures. Each closure
//! runs to its end on the calling (blocking) thread in one transaction: `?` rolls all of it back. The same SQL,
//! with `$1` parameters, serves both engines; rows are read by column name.
//!
//! ```
//! use store::{sql, Db, Migration};
//! let folder = tempfile::tempdir().unwrap();
//! let db = Db::open(&format!("sqlite:{}", folder.path().join("a.sqlite").display())).unwrap();
//! db.migrate(&[Migration { number: 1, name: "court", text: "CREATE TABLE court (\n code text PRIMARY KEY\n);\n" }]).unwrap();
//! db.write(|w| w.execute(sql("INSERT INTO court (code) VALUES ($1)"), &[&"B01ND"])).unwrap();
//! let codes: Vec<String> = db.read(|r| r.query(sql("SELECT code FROM court"), &[])?.iter().map(|row| row.get("code")).collect()).unwrap();
//! assert_eq!(codes, ["B01ND"]);
//! ```
#![deny(missing_docs)]

mod db;
mod dialect;
mod error;
mod held_file;
mod many;
mod migrate;
mod postgres_address;
mod postgres_engine;
mod sealed;
mod sqlite_engine;
#[cfg(feature = "testing")]
pub mod testing;
mod unit;
mod value;

pub use db::{Db, Engine};
pub use error::{Error, Result, Trouble};
pub use many::Many;
pub use migrate::{Migration, MigrationState};
pub use sealed::{DatabaseKey, is_sealed, write_under};
pub use unit::{Read, Row, Statement, Write, sql};
pub use value::{FromValue, ToValue, Value};
