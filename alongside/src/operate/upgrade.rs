//! A newer program over an older database: backup, trial on a copy, the real thing, a look at what came of it, or back.

use super::backup::{Backup, OperateError, at, backup, prove_database};
use super::files::{beside, clear_file, finish};
use super::lock;
use crate::access::{AtRest, open_database};
use crate::config::Config;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};
use store::{Db, Migration};

/// What was done.
#[derive(Debug, Serialize)]
pub struct Upgraded {
    /// Numbers of the schema steps that were applied; none where nothing was pending.
    pub steps: Vec<i64>,
    /// The backup of the state before.
    pub backup: Option<PathBuf>,
}

/// Brings the database up to the program: makes a proven backup, tries the steps on a copy, applies them, and compares what is
/// there afterwards with what was there before. The service must not run meanwhile.
///
/// # Errors
/// When the backup or the trial fails: then nothing was changed. When the database is not sound afterwards: then the state
/// before was put back. On PostgreSQL, whose own tools make its backups.
pub fn upgrade(config: &Config, into: &Path, steps: &[Migration]) -> Result<Upgraded, OperateError> {
    let Some(database) = config.database.strip_prefix("sqlite:").map(PathBuf::from) else {
        return Err(OperateError::Unfit("this service runs on PostgreSQL: back it up with pg_dump, try `alongside migrate` on a restored copy, then run it here (docs/administrators/install.md)".into()));
    };
    let _alone = lock::whole(config)?;
    // Beside the database, wherever that lies: what goes back into its place must be on the same disk.
    let (kept, trial) = (kept_beside(&database), database.with_file_name("upgrade-trial.sqlite"));
    if kept.exists() {
        return Err(OperateError::Unfit(format!(
            "an upgrade was broken off, and {} holds the state before it. Does `alongside doctor` say that all is well with {}? Then delete the first; otherwise put it in the place of the second, without the -wal and -shm beside it. Then upgrade again",
            kept.display(),
            database.display()
        )));
    }
    let db = open_database(config)?;
    if db.migration_state(steps)?.pending.is_empty() {
        return Ok(Upgraded { steps: Vec::new(), backup: None });
    }
    let (place, before) = backup(config, &db, into)?;
    remove_database(&trial)?;
    // Under its name only when it is whole: a half of it is no state that anybody could go back to.
    let unfinished = database.with_file_name("upgrade-before.unfinished");
    clear_file(&unfinished)?;
    db.copy_to(&unfinished)?;
    drop(db);
    fs::copy(&unfinished, &trial).map_err(at(&trial))?;
    let at_rest = AtRest::of(config)?;
    let key = at_rest.as_ref();
    let tried = apply((&trial, key), steps, &before);
    remove_database(&trial)?;
    if let Err(error) = tried {
        clear_file(&unfinished)?;
        return Err(OperateError::Unfit(format!(
            "the steps were tried on a copy and failed there; nothing was changed here: {error}"
        )));
    }
    finish(&unfinished, &kept)?;
    let applied = apply_or_back((&database, key), &kept, steps, &before)?;
    clear_file(&kept)?;
    Ok(Upgraded { steps: applied, backup: Some(place) })
}

/// The state before an upgrade that was broken off.
pub(super) fn kept_beside(database: &Path) -> PathBuf {
    database.with_file_name("upgrade-before.sqlite")
}

/// Applies the steps and proves the outcome, or puts the kept copy in the database's place again.
fn apply_or_back(
    (database, key): (&Path, Option<&AtRest>),
    kept: &Path,
    steps: &[Migration],
    before: &Backup,
) -> Result<Vec<i64>, OperateError> {
    apply((database, key), steps, before).or_else(|error| {
        // The database itself is not taken away first: its place is never empty.
        remove_log(database)?;
        finish(kept, database)?;
        Err(OperateError::Unfit(format!("the state before the upgrade was put back: {error}")))
    })
}

/// Applies the steps to a database file, and compares it with what was there before.
fn apply(
    (database, key): (&Path, Option<&AtRest>),
    steps: &[Migration],
    before: &Backup,
) -> Result<Vec<i64>, OperateError> {
    let sealed = key.filter(|_| store::is_sealed(database).unwrap_or_default()).map(AtRest::database);
    let db = Db::open_under(&format!("sqlite:{}", database.display()), sealed)?;
    let applied = db.migrate(steps)?;
    // What is in the log beside the file goes into the file, for the look that follows reads that alone.
    db.settle()?;
    drop(db);
    let after = prove_database(database, key)?;
    let fewer = before.rows.iter().find(|(table, n)| after.rows.get(*table).is_none_or(|now| now < n));
    match fewer {
        None if after.audit_events >= before.audit_events => Ok(applied),
        None => Err(OperateError::Unfit("the audit has fewer events than before".into())),
        Some((table, n)) => Err(OperateError::Unfit(format!(
            "table {table} had {n} rows and has {} now",
            after.rows.get(table).copied().unwrap_or_default()
        ))),
    }
}

/// Takes a database file away, with its log and index.
fn remove_database(database: &Path) -> Result<(), OperateError> {
    remove_log(database)?;
    clear_file(database)
}

/// Takes the log and the index beside a database away.
pub(super) fn remove_log(database: &Path) -> Result<(), OperateError> {
    ["-wal", "-shm"].iter().try_for_each(|ending| clear_file(&beside(database, ending)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::MIGRATIONS;
    use store::sql;

    #[test]
    fn an_upgrade_that_loses_rows_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let (database, kept) = (folder.path().join("live.sqlite"), folder.path().join("kept.sqlite"));
        let db = Db::open(&format!("sqlite:{}", database.display())).unwrap();
        db.migrate(MIGRATIONS).unwrap();
        let insert = sql(
            "INSERT INTO import (id, hash, file_name, size, received_at, received_by, route) VALUES ($1, 'x', 'x', 1, $2, 'test', 'test')",
        );
        db.write(|w| w.execute(insert, &[&uuid::Uuid::now_v7(), &crate::clock::now()])).unwrap();
        db.copy_to(&kept).unwrap();
        drop(db);
        let before = prove_database(&kept, None).unwrap();
        let mut steps = MIGRATIONS.to_vec();
        steps.push(Migration { number: 9_999, name: "loses", text: "DELETE FROM import;\n" });
        let said = apply_or_back((&database, None), &kept, &steps, &before).unwrap_err().to_string();
        assert!(said.contains("put back") && said.contains("table import had 1 rows and has 0"), "{said}");
        let db = Db::open(&format!("sqlite:{}", database.display())).unwrap();
        let n: i64 = db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM import"), &[])?.get("n")).unwrap();
        assert_eq!((n, db.migration_state(MIGRATIONS).unwrap().pending.len()), (1, 0));
    }
}
