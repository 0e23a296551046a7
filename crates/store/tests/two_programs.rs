//! What other programs may do to a SQLite database that this one has open depends on the locks that the system has of it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use store::{Db, Migration, is_sealed, sql};

const STEPS: &[Migration] =
    &[Migration { number: 1, name: "a table", text: "CREATE TABLE thing (n bigint NOT NULL\n);\n" }];

/// Whether the system knows of SQLite's shared lock, by which another program sees that it is not alone.
fn is_locked(path: &Path) -> bool {
    let (program, file) = (std::process::id().to_string(), std::fs::metadata(path).unwrap().ino());
    std::fs::read_to_string("/proc/locks").unwrap().lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        matches!(words.as_slice(), [_, "POSIX", _, _, of, place, ..] if *of == program && place.ends_with(&format!(":{file}")))
    })
}

/// POSIX: a program that closes any descriptor of a file loses all its locks on it. Another program that ends may then believe that
/// it was the last, and take the log away; what is written from then on goes to a file without a name. (SQLite from 3.51 looks
/// at the index beside the database first; a shell or a tool with an older one does not.)
#[test]
fn nothing_that_reads_the_file_takes_sqlite_its_locks_away() {
    type Look = fn(&Db, &Path);
    let looks: [(&str, Look); 4] = [
        ("nothing", |_, _| {}),
        ("a copy", |db, path| db.copy_to(&path.with_extension("copied")).unwrap()),
        ("whether it is sealed", |_, path| assert!(!is_sealed(path).unwrap())),
        ("another opening", |_, path| drop(Db::open(&format!("sqlite:{}", path.display())).unwrap())),
    ];
    let mut lost = Vec::new();
    for (what, look) in looks {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("live.sqlite");
        let db = Db::open(&format!("sqlite:{}", path.display())).unwrap();
        db.migrate(STEPS).unwrap();
        let write = || db.write(|w| w.execute(sql("INSERT INTO thing (n) VALUES (1)"), &[])).unwrap();
        write();
        look(&db, &path);
        write();
        if !is_locked(&path) {
            lost.push(what);
        }
    }
    assert!(lost.is_empty(), "the locks were lost after: {lost:?}");
}
