//! Backups: proven when they are made, whole when they come back, minutes apart.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::clock;
use alongside::config::Config;
use alongside::operate::{
    Looked, backup, doctor, increment, keep_what_is_due, last_proven, restore, run, runs, standing, upgrade,
};
use alongside::service::{MIGRATIONS, open};
use axum::http::StatusCode;
use jiff::SignedDuration;
use std::fs;
use std::path::Path;
use store::sql;
use world::both;
use world::folder::{backed_up, config_of, filled, kept, key, listings, says, take_in};

#[test]
fn a_backup_is_proven_and_comes_back_whole_into_an_empty_folder() {
    let (home, shelf, elsewhere) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let config = filled(home.path());
    let (folder, manifest) = backup(&config, &open(&config).unwrap(), shelf.path()).unwrap();
    assert_eq!(manifest.archive_files, 1);
    let mut holds: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    holds.sort();
    assert_eq!(holds, ["alongside.sqlite", "archive", "manifest.json"], "the proof left nothing behind");
    let new = config_of(&elsewhere.path().join("data"));
    restore(&new, &folder, None, None).unwrap();
    let db = open(&new).unwrap();
    let n: i64 = db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM listing"), &[])?.get("n")).unwrap();
    assert_eq!(n, 1);
    let faults: Vec<String> = doctor(&new, MIGRATIONS)
        .into_iter()
        .filter(|c| !c.well && c.name != "accounts")
        .map(|c| c.words)
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let said = restore(&new, &folder, None, None).unwrap_err().to_string();
    assert!(said.contains("empty data folder"), "never over a service that is there: {said}");
}

#[test]
fn a_backup_that_was_changed_is_refused() {
    let (home, shelf, elsewhere) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let config = filled(home.path());
    let (folder, _) = backup(&config, &open(&config).unwrap(), shelf.path()).unwrap();
    let copy = folder.join("alongside.sqlite");
    let mut bytes = std::fs::read(&copy).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    std::fs::write(&copy, bytes).unwrap();
    let said = restore(&config_of(elsewhere.path()), &folder, None, None).unwrap_err().to_string();
    assert!(said.contains("not the one its manifest describes"), "{said}");
}

#[test]
fn an_encrypted_backup_is_proven_opens_with_each_key_it_was_made_for_and_nothing_open_stays() {
    let (home, shelf, elsewhere) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, first_public) = key(elsewhere.path(), "first.txt");
    let (second, second_public) = key(elsewhere.path(), "second.txt");
    let (stranger, _) = key(elsewhere.path(), "stranger.txt");
    let mut config = filled(home.path());
    config.backup.keys = vec![first_public, second_public];
    let (file, made) = backup(&config, &open(&config).unwrap(), shelf.path()).unwrap();
    assert!(file.is_file() && file.to_string_lossy().ends_with(".tar.age"), "{}", file.display());
    assert_eq!((made.archive_files, made.rows["listing"]), (1, 1));
    let left: Vec<_> = std::fs::read_dir(shelf.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left, std::slice::from_ref(&file), "neither the copy nor the proof stays open on the disk");
    let bytes = std::fs::read(&file).unwrap();
    for words in ["EXAMPLE", "SQLite format 3", "manifest"] {
        assert!(!bytes.windows(words.len()).any(|w| w == words.as_bytes()), "{words} stands in the open");
    }
    for (n, key) in [&first, &second].into_iter().enumerate() {
        let new = config_of(&elsewhere.path().join(format!("data-{n}")));
        restore(&new, &file, Some(key), None).unwrap();
        let n: i64 = open(&new)
            .unwrap()
            .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM listing"), &[])?.get("n"))
            .unwrap();
        assert_eq!(n, 1);
    }
    let fresh = config_of(&elsewhere.path().join("data-none"));
    let said = restore(&fresh, &file, Some(&stranger), None).unwrap_err().to_string();
    assert!(said.contains("Is the key one of those"), "{said}");
    let said = restore(&fresh, &file, None, None).unwrap_err().to_string();
    assert!(said.contains("--key"), "{said}");
    // One bit of it changed, or its end cut off: it does not open.
    for damage in [0, 1] {
        let mut bad = bytes.clone();
        if damage == 0 {
            let at = bad.len() / 2;
            bad[at] ^= 1;
        } else {
            bad.truncate(bytes.len() - 5_000);
        }
        let path = elsewhere.path().join("bad.tar.age");
        std::fs::write(&path, bad).unwrap();
        restore(&fresh, &path, Some(&first), None).unwrap_err();
        assert!(!fresh.data.join("alongside.sqlite").exists(), "nothing of it is taken for a service");
    }
}

#[test]
fn what_became_of_each_backup_is_written_down_and_the_doctor_says_when_none_was_proven_in_time() {
    let (home, shelf) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut config = filled(home.path());
    let doctor_says = |config: &Config| {
        let found = doctor(config, MIGRATIONS).into_iter().find(|c| c.name == "backup").unwrap();
        (found.well, found.words)
    };
    assert!(doctor_says(&config).1.contains("none was ever proven"));
    config.backup.to = Some(shelf.path().to_owned());
    assert!(!doctor_says(&config).0, "by the clock, and none there");
    let db = open(&config).unwrap();
    config.backup.keys = vec!["age1nonsense".into()];
    let failed = run(&config, &db, shelf.path()).unwrap();
    assert!(!failed.proven && failed.words.contains("ALONGSIDE_BACKUP_KEYS"), "{failed:?}");
    assert_eq!(db.read(|r| last_proven(r, clock::now())).unwrap(), None, "one that failed proves nothing");
    config.backup.keys.clear();
    let made = run(&config, &db, shelf.path()).unwrap();
    assert!(made.proven, "{made:?}");
    let (well, words) = doctor_says(&config);
    assert!(well && words.contains("the last proven one was made on"), "{words}");
    let proven: Vec<bool> = db.read(|r| runs(r, 9)).unwrap().iter().map(|run| run.proven).collect();
    assert_eq!(proven, [true, false]);
    // A day and two later it is a fault.
    let old = made.at - SignedDuration::from_hours(49);
    db.write(|w| w.execute(sql("UPDATE backup_run SET at = $1 WHERE proven"), &[&old])).unwrap();
    assert!(!doctor_says(&config).0);
}

#[test]
fn the_administrator_sees_when_the_last_proven_backup_was_made() {
    both(|world| {
        let own = world.project("Own", &[]);
        let admin = world.someone("Admin Example", Role::Administrator, None);
        let manager = world.someone("Max Example", Role::Manager, Some(own));
        let shown = world.get(&admin, "/backups").body;
        assert!(shown.contains("No backup was ever proven") && shown.contains("no folder is set"), "{shown}");
        assert_eq!(world.get(&manager, "/backups").status, StatusCode::NOT_FOUND);
        let insert = sql(
            "INSERT INTO backup_run (id, at, proven, place, words, seconds) VALUES ($1, $2, TRUE, 'x', '3 people', 2)",
        );
        let now = alongside::clock::now();
        world.test.db.write(|w| w.execute(insert, &[&uuid::Uuid::now_v7(), &now])).unwrap();
        let shown = world.get(&admin, "/backups").body;
        assert!(shown.contains("The last proven backup") && shown.contains("3 people"), "{shown}");
        assert!(!shown.contains("proven in time"), "{shown}");
    });
}

#[test]
fn increments_bring_back_what_was_written_since_the_backup_up_to_a_moment() {
    let elsewhere = tempfile::tempdir().unwrap();
    let (private, public) = key(elsewhere.path(), "key.txt");
    for keys in [vec![], vec![public]] {
        let (home, shelf) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let place = format!("restored-{}", keys.len());
        let (config, base) = backed_up(home.path(), shelf.path(), keys.clone());
        let mut moments = vec![];
        for n in 2..=4 {
            take_in(&config, n);
            let increment = kept(&config, shelf.path());
            assert_eq!(increment.is_file(), !keys.is_empty(), "{}", increment.display());
            assert!(standing(&config).unwrap().at <= clock::now());
            moments.push(clock::now());
        }
        let opened = (!keys.is_empty()).then_some(private.as_path());
        for (until, lists) in [(None, 4), (Some(moments[1]), 3), (Some(moments[0]), 2)] {
            let new = config_of(&elsewhere.path().join(format!("{place}-{lists}")));
            let restored = restore(&new, &base, opened, until).unwrap();
            assert_eq!((restored.increments, restored.not_used), (lists - 1, None));
            assert_eq!(listings(&new), i64::from(lists));
            assert!(says(&new, "archive").1.contains(&format!("{lists} files, all as received")));
            assert!(says(&new, "audit").0);
        }
        let long_ago = moments[0] - SignedDuration::from_hours(1);
        let said = restore(&config_of(&elsewhere.path().join("none")), &base, opened, Some(long_ago));
        assert!(said.unwrap_err().to_string().contains("after the moment asked for"));
        let open_copies: Vec<_> = fs::read_dir(shelf.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "alongside-backups.txt")
            .filter(|name| name.contains("unfinished") || (!keys.is_empty() && !name.ends_with(".tar.age")))
            .collect();
        assert!(open_copies.is_empty(), "{open_copies:?}");
    }
}

#[test]
fn a_damaged_increment_is_not_used_and_what_came_before_it_is() {
    let (home, shelf, elsewhere) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (config, base) = backed_up(home.path(), shelf.path(), vec![]);
    let places: Vec<_> = (2..=4)
        .map(|n| {
            take_in(&config, n);
            kept(&config, shelf.path())
        })
        .collect();
    let pages = places[1].join("pages");
    let mut bytes = fs::read(&pages).unwrap();
    bytes[100] ^= 1;
    fs::write(&pages, bytes).unwrap();
    let new = config_of(&elsewhere.path().join("one"));
    let restored = restore(&new, &base, None, None).unwrap();
    let said = restored.not_used.unwrap();
    assert!(said.contains("increment 2 was not used, nor any after it"), "{said}");
    assert_eq!((restored.increments, listings(&new)), (1, 2));
    // One in the middle is gone: the later ones don't take its place.
    fs::remove_dir_all(&places[1]).unwrap();
    fs::rename(&places[2], &places[1]).unwrap();
    let new = config_of(&elsewhere.path().join("two"));
    let said = restore(&new, &base, None, None).unwrap().not_used.unwrap();
    assert!(said.contains("does not follow"), "{said}");
    assert_eq!(listings(&new), 2);
}

#[test]
fn an_increment_with_nothing_to_follow_asks_for_a_backup_and_the_clock_makes_it() {
    let (home, shelf) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (config, base) = backed_up(home.path(), shelf.path(), vec![]);
    let db = open(&config).unwrap();
    let look = || keep_what_is_due(&config, &db, shelf.path()).unwrap();
    let due = || {
        let path = home.path().join("backup-standing.json");
        let mut standing: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        standing["at"] = (clock::now() - SignedDuration::from_mins(6)).to_string().into();
        fs::write(&path, standing.to_string()).unwrap();
    };
    assert_eq!(look(), Looked::Nothing, "the minutes are not over");
    due();
    assert_eq!(look(), Looked::Increment, "that the backup was made stands in the database");
    due();
    assert_eq!(look(), Looked::Nothing, "nothing has changed");
    let since = clock::now().duration_since(standing(&config).unwrap().at);
    assert!(since < SignedDuration::from_mins(5), "and everything up to now is kept all the same");
    // The copy is not what it was: somebody touched it, or something stopped in the middle.
    take_in(&config, 2);
    let shadow = home.path().join("backup-shadow.sqlite");
    let mut bytes = fs::read(&shadow).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&shadow, bytes).unwrap();
    due();
    let Looked::Backup(made) = look() else { panic!("a backup takes its place") };
    assert!(made.proven && standing(&config).unwrap().number == 0, "{made:?}");
    // The backup was moved away: an increment to it would be worth nothing.
    take_in(&config, 3);
    fs::rename(&made.place, shelf.path().join("moved")).unwrap();
    due();
    let made = match look() {
        Looked::Backup(made) => made,
        other => panic!("{other:?}"),
    };
    assert!(made.proven && Path::new(&made.place).is_dir() && base.is_dir());
    let restored = tempfile::tempdir().unwrap();
    let new = config_of(&restored.path().join("data"));
    restore(&new, Path::new(&made.place), None, None).unwrap();
    assert_eq!(listings(&new), 3);
}

#[test]
fn the_doctor_says_up_to_when_everything_is_kept_and_why_the_last_increment_failed() {
    let (home, shelf) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut config, _) = backed_up(home.path(), shelf.path(), vec![]);
    let (well, words) = says(&config, "backup");
    assert!(well && words.contains("everything up to"), "{words}");
    config.backup.keys = vec!["age1nonsense".into()];
    take_in(&config, 2);
    increment(&config, &open(&config).unwrap(), shelf.path()).unwrap_err();
    let (well, words) = says(&config, "backup");
    assert!(
        !well && words.contains("the last increment failed") && words.contains("ALONGSIDE_BACKUP_KEYS"),
        "{words}"
    );
    config.backup.keys.clear();
    kept(&config, shelf.path());
    assert!(says(&config, "backup").0, "the next one mends it");
    let path = home.path().join("backup-standing.json");
    let text = fs::read_to_string(&path).unwrap();
    let at = standing(&config).unwrap().at;
    fs::write(&path, text.replace(&at.to_string(), &(at - SignedDuration::from_mins(16)).to_string()))
        .unwrap();
    let (well, words) = says(&config, "backup");
    assert!(!well && words.contains("increments should come every 5 minutes"), "{words}");
}

#[test]
fn an_older_database_is_backed_up_tried_and_brought_up_to_the_program() {
    let (home, shelf, elsewhere) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let config = config_of(home.path());
    let steps = |database: &Config| {
        store::Db::open(&database.database).unwrap().migration_state(MIGRATIONS).unwrap().applied.len()
    };
    store::Db::open(&config.database).unwrap().migrate(&MIGRATIONS[..8]).unwrap();
    // A step that does not fit what is there fails on the copy.
    let mut bad = MIGRATIONS.to_vec();
    bad.push(store::Migration {
        number: 9_999,
        name: "bad",
        text: "ALTER TABLE nowhere ADD COLUMN x text;\n",
    });
    let said = upgrade(&config, shelf.path(), &bad).unwrap_err().to_string();
    assert!(said.contains("nothing was changed here"), "{said}");
    assert_eq!(steps(&config), 8);
    let done = upgrade(&config, shelf.path(), MIGRATIONS).unwrap();
    assert_eq!((done.steps.len(), steps(&config)), (MIGRATIONS.len() - 8, MIGRATIONS.len()));
    let old = config_of(&elsewhere.path().join("old"));
    restore(&old, &done.backup.unwrap(), None, None).unwrap();
    assert_eq!(steps(&old), 8, "the state before is the one that can be put back");
    let again = upgrade(&config, shelf.path(), MIGRATIONS).unwrap();
    assert!(again.steps.is_empty() && again.backup.is_none(), "nothing is left to do");
    let beside: Vec<_> =
        fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!beside.iter().any(|name| name.contains("upgrade")), "{beside:?}");
}
