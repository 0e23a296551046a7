//! What goes wrong around backups: a disk that is not there, a key that does not fit, a clock that ran ahead, two programs at once.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::clock;
use alongside::config::Config;
use alongside::exchange::hash_of;
use alongside::operate::{
    Looked, alone, among_others, backup, decrypt, doctor, encrypt, increment, keep_what_is_due, last_proven,
    restore, run, standing, upgrade, whole,
};
use alongside::service::{MIGRATIONS, open};
use jiff::SignedDuration;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use store::sql;
use tempfile::tempdir;
use world::folder::{backed_up, config_of, filled, kept, key, listings, says, take_in};
use world::lists::{case, libra};

/// The last increment was kept so many minutes ago.
fn last_kept(config: &Config, minutes: i64) {
    let path = config.data.join("backup-standing.json");
    let mut standing: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    standing["at"] = (clock::now() - SignedDuration::from_mins(minutes)).to_string().into();
    fs::write(&path, standing.to_string()).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn whatever_arrives_while_a_backup_is_made_is_in_it_or_in_an_increment() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (config, _) = backed_up(home.path(), shelf.path(), vec![]);
    let (busy, db) = (AtomicBool::new(true), open(&config).unwrap());
    let lists = std::thread::scope(|scope| {
        let arriving = scope.spawn(|| {
            let mut n = 1;
            while busy.load(Ordering::Relaxed) && n < 200 {
                n += 1;
                take_in(&config, n);
            }
            n
        });
        for _ in 0..4 {
            assert!(run(&config, &db, shelf.path()).unwrap().proven);
            increment(&config, &db, shelf.path()).unwrap();
        }
        busy.store(false, Ordering::Relaxed);
        arriving.join().unwrap()
    });
    let place = run(&config, &db, shelf.path()).unwrap().place;
    let base = Path::new(&place);
    for n in 201..=203 {
        take_in(&config, n);
        kept(&config, shelf.path());
    }
    let new = config_of(&elsewhere.path().join("data"));
    let restored = restore(&new, base, None, None).unwrap();
    assert_eq!((restored.not_used, restored.holds.raw_lost.len()), (None, 0));
    assert_eq!(listings(&new), i64::from(lists) + 3);
    let (well, words) = says(&new, "archive");
    assert!(well, "{words}");
}

#[test]
fn when_a_backup_fails_the_increments_to_the_one_before_go_on_and_the_doctor_says_so() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (mut config, base) = backed_up(home.path(), shelf.path(), vec![]);
    let db = open(&config).unwrap();
    let yesterday = clock::now() - SignedDuration::from_hours(25);
    db.write(|w| w.execute(sql("UPDATE backup_run SET at = $1"), &[&yesterday])).unwrap();
    // A folder stands where the next backup is put together: it can't be made.
    config.backup.keys = vec!["age1nonsense".into()];
    let Looked::Backup(failed) = keep_what_is_due(&config, &db, shelf.path()).unwrap() else { panic!() };
    assert!(!failed.proven);
    config.backup.keys.clear();
    let (well, words) = says(&config, "backup");
    assert!(!well && words.contains("failed") && words.contains("ALONGSIDE_BACKUP_KEYS"), "{words}");
    // Not tried again at once: meanwhile, what is written goes to the backup that there is.
    take_in(&config, 2);
    last_kept(&config, 6);
    assert_eq!(keep_what_is_due(&config, &db, shelf.path()).unwrap(), Looked::Increment);
    let new = config_of(&elsewhere.path().join("data"));
    assert_eq!(restore(&new, &base, None, None).unwrap().not_used, None);
    assert_eq!(listings(&new), 2);
    // Ten minutes later it is.
    let earlier = clock::now() - SignedDuration::from_mins(11);
    db.write(|w| w.execute(sql("UPDATE backup_run SET at = $1 WHERE NOT proven"), &[&earlier])).unwrap();
    let Looked::Backup(made) = keep_what_is_due(&config, &db, shelf.path()).unwrap() else { panic!() };
    assert!(made.proven && says(&config, "backup").0);
}

#[test]
fn a_missing_increment_is_said_and_a_backup_under_another_name_finds_its_increments() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (config, base) = backed_up(home.path(), shelf.path(), vec![]);
    let places: Vec<_> = (2..=4)
        .map(|n| {
            take_in(&config, n);
            kept(&config, shelf.path())
        })
        .collect();
    let moved = shelf.path().join("monday");
    fs::rename(&base, &moved).unwrap();
    let all = config_of(&elsewhere.path().join("all"));
    let restored = restore(&all, &moved.join("."), None, None).unwrap();
    assert_eq!((restored.increments, restored.not_used, listings(&all)), (3, None, 4));
    fs::remove_dir_all(&places[1]).unwrap();
    let some = config_of(&elsewhere.path().join("some"));
    let restored = restore(&some, &moved, None, None).unwrap();
    let said = restored.not_used.unwrap();
    assert!(said.contains("increment 2 is missing") && said.contains("3 was not used"), "{said}");
    assert_eq!(listings(&some), 2);
}

#[test]
fn a_clock_that_ran_ahead_stops_neither_backups_nor_increments() {
    let (home, shelf) = (tempdir().unwrap(), tempdir().unwrap());
    let (config, _) = backed_up(home.path(), shelf.path(), vec![]);
    let db = open(&config).unwrap();
    let ahead = clock::now() + SignedDuration::from_hours(48);
    db.write(|w| w.execute(sql("UPDATE backup_run SET at = $1"), &[&ahead])).unwrap();
    assert_eq!(db.read(|r| last_proven(r, clock::now())).unwrap(), None);
    let Looked::Backup(made) = keep_what_is_due(&config, &db, shelf.path()).unwrap() else { panic!() };
    assert!(made.proven);
    take_in(&config, 2);
    last_kept(&config, -48 * 60);
    assert_eq!(keep_what_is_due(&config, &db, shelf.path()).unwrap(), Looked::Increment);
    assert!(standing(&config).unwrap().at <= clock::now());
}

/// What `alongside audit` says, run as a program of its own: how many events there are.
fn events_elsewhere(config: &Config) -> u64 {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(["audit", "--json"])
        .env("ALONGSIDE_DATA", &config.data)
        .output()
        .unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    serde_json::from_slice::<serde_json::Value>(&said.stdout).unwrap()["events"].as_u64().unwrap()
}

/// Whether the system knows of SQLite's shared lock, by which another program sees that it is not alone.
fn is_locked(database: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (program, file) = (std::process::id().to_string(), fs::metadata(database).unwrap().ino());
    fs::read_to_string("/proc/locks").unwrap().lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        matches!(words.as_slice(), [_, "POSIX", _, _, of, place, ..] if *of == program && place.ends_with(&format!(":{file}")))
    })
}

/// POSIX: a program that closes any descriptor of a file loses all its locks on it. SQLite before 3.51, in another program that
/// ends, would then take the log away under the service, and what is written later would go to a file without a name.
#[cfg(target_os = "linux")]
#[test]
fn copies_and_looks_at_the_database_leave_sqlite_its_locks_against_other_programs() {
    let mut lost = Vec::new();
    for look in ["increment", "doctor", "another opening that ends"] {
        let (home, shelf) = (tempdir().unwrap(), tempdir().unwrap());
        let (config, _) = backed_up(home.path(), shelf.path(), vec![]);
        let (serving, log) = (open(&config).unwrap(), home.path().join("alongside.sqlite-wal"));
        let write = || {
            let minute = clock::now();
            serving.write(|w| w.execute(sql("UPDATE backup_run SET at = $1"), &[&minute])).unwrap();
        };
        write();
        match look {
            "increment" => drop(increment(&config, &serving, shelf.path()).unwrap()),
            "doctor" => drop(doctor(&config, MIGRATIONS)),
            _ => drop(open(&config).unwrap()),
        }
        write();
        let before = events_elsewhere(&config);
        if !is_locked(&home.path().join("alongside.sqlite")) || !log.exists() {
            lost.push(look);
        }
        take_in(&config, 2);
        assert!(events_elsewhere(&config) > before, "after {look}: what was written is seen elsewhere");
        assert!(serving.integrity().unwrap().is_empty());
    }
    assert!(lost.is_empty(), "SQLite’s locks were lost after: {lost:?}");
}

#[test]
fn one_data_folder_is_served_restored_or_upgraded_by_one_program() {
    let (home, shelf) = (tempdir().unwrap(), tempdir().unwrap());
    let (config, base) = backed_up(home.path(), shelf.path(), vec![]);
    let serving = alone(&config).unwrap();
    let said = alone(&config).unwrap_err().to_string();
    assert!(said.contains("another Alongside") && said.contains("ALONGSIDE_DATA"), "{said}");
    fs::remove_file(home.path().join("alongside.sqlite")).unwrap();
    for ending in ["-wal", "-shm"] {
        let left = home.path().join(format!("alongside.sqlite{ending}"));
        fs::write(&left, "left behind").unwrap();
        let said = restore(&config, &base, None, None).unwrap_err().to_string();
        assert!(said.contains(ending) && said.contains("empty data folder"), "{said}");
        fs::remove_file(&left).unwrap();
    }
    assert!(restore(&config, &base, None, None).unwrap_err().to_string().contains("another Alongside"));
    let said = upgrade(&config, shelf.path(), MIGRATIONS).unwrap_err().to_string();
    assert!(said.contains("another Alongside"), "{said}");
    drop(serving);
    restore(&config, &base, None, None).unwrap();
    assert_eq!(listings(&config), 1);
    assert_eq!(standing(&config), None, "what is restored is another service: a backup of it comes first");
}

#[test]
fn an_empty_folder_in_the_place_of_the_backups_is_not_taken_for_theirs() {
    let (home, shelf) = (tempdir().unwrap(), tempdir().unwrap());
    let (config, _) = backed_up(home.path(), shelf.path(), vec![]);
    let db = open(&config).unwrap();
    let away = home.path().join("unmounted");
    fs::rename(shelf.path(), &away).unwrap();
    for there in [false, true] {
        if there {
            fs::create_dir(shelf.path()).unwrap();
        }
        let failed = run(&config, &db, shelf.path()).unwrap();
        assert!(!failed.proven && failed.words.contains("is its disk there?"), "{failed:?}");
        assert_eq!(shelf.path().exists(), there, "nothing is put on the disk below");
    }
    assert!(names(shelf.path()).is_empty());
    fs::remove_dir(shelf.path()).unwrap();
    fs::rename(&away, shelf.path()).unwrap();
    assert!(run(&config, &db, shelf.path()).unwrap().proven);
    // Emptied on purpose, and said so.
    fs::remove_dir_all(shelf.path()).unwrap();
    fs::remove_file(home.path().join("backup-folder.txt")).unwrap();
    assert!(run(&config, &db, shelf.path()).unwrap().proven);
}

#[test]
fn a_raw_file_that_the_service_lost_is_said_and_the_rest_is_kept() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let config = filled(home.path());
    take_in(&config, 2);
    let place = |archive: &Path, number| {
        let hash = hash_of(&libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(number, "Ada", "EXAMPLE")]));
        (archive.join(&hash[..2]).join(&hash), hash)
    };
    let (lost, hash) = place(&config.archive(), 1);
    let length = fs::read(&lost).unwrap().len();
    fs::write(&lost, vec![b'x'; length]).unwrap();
    let (folder, made) = backup(&config, &open(&config).unwrap(), shelf.path()).unwrap();
    assert_eq!(made.raw_lost.iter().collect::<Vec<_>>(), [&hash]);
    let words = run(&config, &open(&config).unwrap(), shelf.path()).unwrap().words;
    assert!(words.contains("1 raw files were missing or damaged"), "{words}");
    let new = config_of(&elsewhere.path().join("one"));
    let restored = restore(&new, &folder, None, None).unwrap();
    assert_eq!((restored.holds.raw_lost.len(), listings(&new)), (1, 2));
    // The other one, damaged where the backup lies: what is put back is compared with the rows, too.
    let (kept, _) = place(&folder.join("archive"), 2);
    fs::write(&kept, vec![b'y'; fs::read(&kept).unwrap().len()]).unwrap();
    let new = config_of(&elsewhere.path().join("two"));
    assert_eq!(restore(&new, &folder, None, None).unwrap().holds.raw_lost.len(), 2);
}

#[test]
fn a_raw_file_that_was_lost_when_the_backup_was_made_and_sent_again_since_is_in_an_increment() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let mut config = filled(home.path());
    config.backup.to = Some(shelf.path().to_owned());
    let hash = hash_of(&libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(1, "Ada", "EXAMPLE")]));
    let lost = config.archive().join(&hash[..2]).join(&hash);
    fs::write(&lost, "damaged").unwrap();
    let base = run(&config, &open(&config).unwrap(), shelf.path()).unwrap();
    take_in(&config, 2);
    kept(&config, shelf.path());
    take_in(&config, 1);
    take_in(&config, 3);
    let place = kept(&config, shelf.path());
    assert!(place.join("archive").join(&hash[..2]).join(&hash).exists());
    let new = config_of(&elsewhere.path().join("data"));
    let restored = restore(&new, Path::new(&base.place), None, None).unwrap();
    assert_eq!((restored.holds.raw_lost.len(), restored.increments, listings(&new)), (0, 2, 3));
}

#[test]
fn nothing_half_made_stays_where_backups_go() {
    let (home, shelf) = (tempdir().unwrap(), tempdir().unwrap());
    let mut config = filled(home.path());
    let db = open(&config).unwrap();
    // One raw file can't be copied: the backup fails in the middle.
    let folder = config.archive().join("00");
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink("/nowhere", folder.join("0000")).unwrap();
    for keys in [vec![], vec![age::x25519::Identity::generate().to_public().to_string()]] {
        config.backup.keys = keys;
        backup(&config, &db, shelf.path()).unwrap_err();
        assert!(names(shelf.path()).is_empty(), "{:?}", names(shelf.path()));
        assert!(!home.path().join("backup.unfinished").exists());
    }
}

#[test]
fn an_upgrade_that_was_broken_off_is_settled_by_a_human_before_the_next() {
    let (home, shelf) = (tempdir().unwrap(), tempdir().unwrap());
    let config = config_of(home.path());
    store::Db::open(&config.database).unwrap().migrate(&MIGRATIONS[..8]).unwrap();
    let before = home.path().join("upgrade-before.sqlite");
    fs::copy(home.path().join("alongside.sqlite"), &before).unwrap();
    let said = upgrade(&config, shelf.path(), MIGRATIONS).unwrap_err().to_string();
    assert!(said.contains("broken off") && said.contains("upgrade-before.sqlite"), "{said}");
    assert!(before.exists());
    fs::remove_file(&before).unwrap();
    assert_eq!(upgrade(&config, shelf.path(), MIGRATIONS).unwrap().steps.len(), MIGRATIONS.len() - 8);
    assert!(doctor(&config, MIGRATIONS).iter().any(|check| check.name == "schema" && check.well));
}

/// A folder named by a dot, as a shell has it, with something of one's own in it.
#[test]
fn a_restore_into_a_folder_that_a_dot_names_takes_nothing_of_it_away() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (private, public) = key(elsewhere.path(), "key.txt");
    let (_, base) = backed_up(home.path(), shelf.path(), vec![public]);
    for (folder, dots) in [("one", "."), ("two/below", "..")] {
        let here = elsewhere.path().join(folder);
        fs::create_dir_all(&here).unwrap();
        let target = here.join(dots).canonicalize().unwrap();
        fs::write(target.join("alongside.toml"), "").unwrap();
        let said = std::process::Command::new(env!("CARGO_BIN_EXE_alongside"))
            .args(["restore", &base.display().to_string(), "--key", &private.display().to_string()])
            .env("ALONGSIDE_DATA", dots)
            .current_dir(&here)
            .output()
            .unwrap();
        assert!(said.status.success(), "{dots}: {}", String::from_utf8_lossy(&said.stderr));
        assert!(target.join("alongside.toml").exists() && private.exists(), "{dots}");
        assert!(!target.join("restore-opened").exists(), "{dots}: what was opened does not stay");
        assert_eq!(listings(&config_of(&target)), 1);
    }
}

/// Another disk, where this machine has one that needs no rights: a rename does not reach across.
fn other_disk() -> Option<tempfile::TempDir> {
    use std::os::unix::fs::MetadataExt as _;
    let there = tempfile::tempdir_in("/dev/shm").ok()?;
    let disk = |path: &Path| fs::metadata(path).unwrap().dev();
    let is_another = disk(there.path()) != disk(tempdir().unwrap().path());
    if !is_another {
        eprintln!("a database on another disk was not tested: there is none here");
    }
    is_another.then_some(there)
}

#[test]
fn a_database_on_another_disk_is_restored_encrypted_and_upgraded_or_put_back() {
    let Some(disk) = other_disk() else { return };
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (_, base) = backed_up(home.path(), shelf.path(), vec![]);
    let mut config = config_of(&elsewhere.path().join("data"));
    let database = disk.path().join("not/there/yet/live.sqlite");
    config.database = format!("sqlite:{}", database.display());
    restore(&config, &base, None, None).unwrap();
    assert_eq!(listings(&config), 1);
    assert!(encrypt(&config).unwrap().database && decrypt(&config).unwrap().database);
    assert_eq!(listings(&config), 1);
    open(&config).unwrap().settle().unwrap();
    let mut steps = MIGRATIONS.to_vec();
    steps.push(store::Migration {
        number: 9_999,
        name: "loses",
        text: "DELETE FROM listing_version;\nDELETE FROM import;\n",
    });
    let said = upgrade(&config, shelf.path(), &steps).unwrap_err().to_string();
    assert!(said.contains("nothing was changed"), "{said}");
    steps.pop();
    steps.push(store::Migration {
        number: 9_999,
        name: "adds",
        text: "CREATE TABLE fresh (id uuid NOT NULL PRIMARY KEY\n);\n",
    });
    assert_eq!(upgrade(&config, shelf.path(), &steps).unwrap().steps, [9_999]);
    let beside = names(database.parent().unwrap());
    assert!(
        beside.iter().all(|name| name.starts_with("live.sqlite") && !name.ends_with("unfinished")),
        "{beside:?}"
    );
}

/// Rots a page in the middle of the database, past SQLite: the database as it lay there before, and after.
fn rot(config: &Config) {
    let path = config.data.join("alongside.sqlite");
    open(config).unwrap().settle().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let root: i64 = open(config)
        .unwrap()
        .read(|r| {
            r.one(sql("SELECT rootpage AS n FROM sqlite_master WHERE name = 'audit_event'"), &[])?.get("n")
        })
        .unwrap();
    let page = usize::try_from(root - 1).unwrap() * 4_096;
    bytes[page..page + 64].fill(0xff);
    // In place: as a disk rots, under whoever has it open.
    use std::os::unix::fs::FileExt as _;
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.write_all_at(&bytes[page..page + 64], page as u64).unwrap();
}

#[test]
fn a_restore_steps_back_to_the_last_increment_with_which_the_database_is_sound() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (config, base) = backed_up(home.path(), shelf.path(), vec![]);
    for n in 2..=4 {
        take_in(&config, n);
        kept(&config, shelf.path());
    }
    let serving = store::Db::open(&config.database).unwrap();
    rot(&config);
    assert!(matches!(
        increment(&config, &serving, shelf.path()).unwrap(),
        alongside::operate::Kept::Increment { .. }
    ));
    drop(serving);
    let new = config_of(&elsewhere.path().join("data"));
    let restored = restore(&new, &base, None, None).unwrap();
    let said = restored.not_used.unwrap();
    assert!(said.contains("increment 4 was not used") && said.contains("not sound"), "{said}");
    assert_eq!((restored.increments, listings(&new)), (3, 4));
    assert!(says(&new, "archive").0 && says(&new, "integrity").0);
}

#[test]
fn once_damage_is_known_no_increment_is_made_and_it_is_said() {
    let (home, shelf) = (tempdir().unwrap(), tempdir().unwrap());
    let (config, _) = backed_up(home.path(), shelf.path(), vec![]);
    take_in(&config, 2);
    let db = open(&config).unwrap();
    db.refuse_writes("a page is malformed");
    let said = increment(&config, &db, shelf.path()).unwrap_err().to_string();
    assert!(said.contains("a page is malformed") && said.contains("restore the last backup"), "{said}");
    assert!(standing(&config).unwrap().failed.unwrap().contains("no increment is made"));
    assert!(!names(shelf.path()).iter().any(|name| name.contains("increment")));
}

#[test]
fn where_the_disk_fails_in_the_middle_of_a_restore_its_own_words_are_said() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (config, base) = backed_up(home.path(), shelf.path(), vec![]);
    take_in(&config, 2);
    let place = kept(&config, shelf.path());
    let new = config_of(&elsewhere.path().join("data"));
    // A file lies where the increment's raw file needs a folder.
    let raw = fs::read_dir(place.join("archive")).unwrap().next().unwrap().unwrap().file_name();
    fs::create_dir_all(new.archive()).unwrap();
    fs::write(new.archive().join(&raw), "in the way").unwrap();
    let said = restore(&new, &base, None, None).unwrap_err().to_string();
    assert!(said.contains(&raw.into_string().unwrap()) && !said.contains("--until"), "{said}");
    assert!(!new.data.join("alongside.sqlite").exists());
}

#[test]
fn a_command_at_work_keeps_off_what_changes_the_whole_folder_and_the_other_way_round() {
    let run = |config: &Config, arguments: &[&str]| {
        let said = std::process::Command::new(env!("CARGO_BIN_EXE_alongside"))
            .args(arguments)
            .env("ALONGSIDE_DATA", &config.data)
            .env("ALONGSIDE_DATABASE", &config.database)
            .output()
            .unwrap();
        (said.status.success(), String::from_utf8_lossy(&said.stderr).into_owned())
    };
    let home = tempdir().unwrap();
    let mut worlds = vec![(filled(home.path()), None)];
    if let Some(world) = store::testing::postgres(MIGRATIONS) {
        let mut config = config_of(&home.path().join("postgres"));
        config.database.clone_from(&world.address);
        worlds.push((config, Some(world)));
    }
    for (config, _world) in &worlds {
        let second = home.path().join("second.key").display().to_string();
        let changing = [vec!["encrypt"], vec!["encrypt", "--undo"], vec!["change-key", &second]];
        let at_work = among_others(config).unwrap();
        for command in &changing {
            let (done, said) = run(config, command);
            assert!(!done && said.contains("another Alongside is at work"), "{command:?}: {said}");
        }
        assert!(run(config, &["audit"]).0, "others may work beside it");
        drop(at_work);
        let changes = whole(config).unwrap();
        for command in [vec!["audit"], vec!["doctor"], vec!["user", "list"], vec!["serve"]] {
            let (done, said) = run(config, &command);
            assert!(!done && said.contains("another Alongside"), "{command:?}: {said}");
        }
        drop(changes);
        assert!(run(config, &["encrypt"]).0);
    }
}
