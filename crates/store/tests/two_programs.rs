//! What another program does to a SQLite database that this one has open: this test starts itself as that other program.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;
use store::{Db, Migration, is_sealed, sql, write_under};

const THE_OTHER: &str = "STORE_TEST_OPENS_AND_CLOSES";
const STEPS: &[Migration] =
    &[Migration { number: 1, name: "a table", text: "CREATE TABLE thing (n bigint NOT NULL\n);\n" }];

/// Opens a database and closes it, as any program that ends.
fn opens_and_closes(path: &Path) {
    let said = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "nothing_that_reads_the_file_takes_sqlite_its_locks_away"])
        .env(THE_OTHER, path)
        .output()
        .unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
}

/// Something that reads a database's file beside the engine.
type Look = fn(&Db, &Path);

/// POSIX: a program that closes any descriptor of a file loses all its locks on it. Another program that ends then believes that it
/// was the last, and takes the log away; what is written from then on goes to a file without a name.
#[test]
fn nothing_that_reads_the_file_takes_sqlite_its_locks_away() {
    if let Some(path) = std::env::var_os(THE_OTHER) {
        let copy = Path::new(&path).with_extension("copy");
        write_under(Path::new(&path), None, &copy, None).unwrap();
        std::fs::remove_file(copy).unwrap();
        return;
    }
    let looks: [(&str, Look); 4] = [
        ("nothing", |_, _| {}),
        ("a copy", |db, path| db.copy_to(&path.with_extension("copied")).unwrap()),
        ("whether it is sealed", |_, path| assert!(!is_sealed(path).unwrap())),
        ("another opening", |_, path| drop(Db::open(&format!("sqlite:{}", path.display())).unwrap())),
    ];
    let mut taken_away = Vec::new();
    for (what, look) in looks {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("live.sqlite");
        let db = Db::open(&format!("sqlite:{}", path.display())).unwrap();
        db.migrate(STEPS).unwrap();
        let write = || db.write(|w| w.execute(sql("INSERT INTO thing (n) VALUES (1)"), &[])).unwrap();
        write();
        look(&db, &path);
        write();
        opens_and_closes(&path);
        if !folder.path().join("live.sqlite-wal").exists() {
            taken_away.push(what);
        }
    }
    assert!(taken_away.is_empty(), "after {taken_away:?} another program took the log away");
}
