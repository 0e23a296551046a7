//! Encryption at rest: what lies on the disk tells nothing without the key, and everything works as before.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::{App, Role, change_key, seal_check};
use alongside::config::Config;
use alongside::exchange::hash_of;
use alongside::operate::{
    Kept, at_rest_words, decrypt, doctor, encrypt, increment, look, restore, run, upgrade,
};
use alongside::service::{MIGRATIONS, open};
use std::fs;
use std::path::{Path, PathBuf};
use store::sql;
use tempfile::tempdir;
use world::folder::{backed_up, config_of, filled, kept, key, listings, says, take_in};
use world::{PASSWORD, both_with};

/// All bytes of all files below a folder.
fn everything(folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            everything(&path, into);
        } else {
            into.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
}

/// Which files tell something: a name that stands in every list, or that they are a database.
fn telling(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    everything(folder, &mut all);
    let tells = |bytes: &[u8], words: &str| bytes.windows(words.len()).any(|w| w == words.as_bytes());
    all.into_iter()
        .filter(|(_, bytes)| ["EXAMPLE", "SQLite format 3", "CREATE TABLE"].iter().any(|w| tells(bytes, w)))
        .map(|(path, _)| path)
        .collect()
}

#[test]
fn what_is_encrypted_tells_nothing_on_the_disk_and_works_as_before() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (config, open_base) = backed_up(home.path(), shelf.path(), vec![]);
    assert!(at_rest_words(&config).unwrap().contains("in clear"));
    assert!(!telling(home.path()).is_empty());
    let done = encrypt(&config).unwrap();
    assert!(done.database && done.files == 1, "{done:?}");
    assert!(!encrypt(&config).unwrap().database, "once");
    assert_eq!(at_rest_words(&config).unwrap(), "database and raw files are encrypted");
    assert_eq!(listings(&config), 1);
    take_in(&config, 2);
    assert_eq!(listings(&config), 2);
    for name in ["integrity", "audit", "archive", "at rest", "second factors"] {
        assert!(says(&config, name).0, "{}", says(&config, name).1);
    }
    // Backup and increments hold the same encrypted files; what has changed is few pages of many.
    let db = open(&config).unwrap();
    assert_eq!(
        increment(&config, &db, shelf.path()).unwrap(),
        Kept::NeedsBackup,
        "the one before was in clear"
    );
    let base = run(&config, &db, shelf.path()).unwrap();
    assert!(base.proven, "{base:?}");
    take_in(&config, 3);
    let Kept::Increment { changed, .. } = increment(&config, &db, shelf.path()).unwrap() else { panic!() };
    let pages = fs::metadata(home.path().join("alongside.sqlite")).unwrap().len() / 4_096;
    assert!(changed * 3 < pages, "{changed} of {pages} pages");
    assert_eq!(telling(home.path()), Vec::<String>::new());
    let told = telling(shelf.path());
    assert!(told.iter().all(|path| Path::new(path).starts_with(&open_base)), "{told:?}");
    // Elsewhere it comes back only with the key.
    let new = config_of(&elsewhere.path().join("data"));
    let said = restore(&new, Path::new(&base.place), None, None).unwrap_err().to_string();
    assert!(said.contains("secret.key") && said.contains("put it back"), "{said}");
    fs::copy(home.path().join("secret.key"), new.data.join("secret.key")).unwrap();
    assert_eq!(restore(&new, Path::new(&base.place), None, None).unwrap().increments, 1);
    assert_eq!(listings(&new), 3);
    assert!(telling(&new.data).is_empty());
    // And it can be taken back.
    drop(db);
    let undone = decrypt(&config).unwrap();
    assert!(undone.database && undone.files == 3, "{undone:?}");
    assert_eq!((listings(&config), says(&config, "archive").0), (3, true));
    assert!(!home.path().join("at-rest.key").exists());
}

#[test]
fn a_fresh_folder_is_encrypted_from_the_beginning_and_sealed_backups_of_it_are_proven() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (private, public) = key(elsewhere.path(), "key.txt");
    let mut config = config_of(home.path());
    encrypt(&config).unwrap();
    take_in(&config, 1);
    assert!(telling(home.path()).is_empty());
    config.backup.to = Some(shelf.path().to_owned());
    config.backup.keys = vec![public];
    let base = run(&config, &open(&config).unwrap(), shelf.path()).unwrap();
    assert!(base.proven, "{base:?}");
    take_in(&config, 2);
    kept(&config, shelf.path());
    let new = config_of(&elsewhere.path().join("data"));
    fs::create_dir_all(&new.data).unwrap();
    fs::copy(home.path().join("secret.key"), new.data.join("secret.key")).unwrap();
    restore(&new, Path::new(&base.place), Some(&private), None).unwrap();
    assert_eq!(listings(&new), 2);
}

#[test]
fn without_its_key_an_encrypted_service_says_what_is_missing_and_makes_no_other() {
    let home = tempdir().unwrap();
    let config = filled(home.path());
    encrypt(&config).unwrap();
    let (secret, at_rest) = (home.path().join("secret.key"), home.path().join("at-rest.key"));
    let (first, second) = (fs::read(&secret).unwrap(), fs::read(&at_rest).unwrap());
    fs::remove_file(&secret).unwrap();
    let said = open(&config).unwrap_err().to_string();
    assert!(said.contains("secret.key") && said.contains("put it back"), "{said}");
    assert!(!secret.exists());
    fs::write(&secret, "0".repeat(64)).unwrap();
    assert!(open(&config).unwrap_err().to_string().contains("is the key the one it was sealed with?"));
    fs::write(&secret, &first).unwrap();
    fs::remove_file(&at_rest).unwrap();
    let said = open(&config).unwrap_err().to_string();
    assert!(said.contains("at-rest.key") && said.contains("every backup holds it"), "{said}");
    fs::write(&at_rest, &second).unwrap();
    assert_eq!(listings(&config), 1);
}

#[test]
fn broken_off_at_any_point_it_is_said_works_and_is_done_again() {
    let (home, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let config = filled(home.path());
    take_in(&config, 2);
    let (database, open_file) = (home.path().join("alongside.sqlite"), elsewhere.path().join("open.sqlite"));
    open(&config).unwrap().settle().unwrap();
    fs::copy(&database, &open_file).unwrap();
    let archived = home.path().join("archive");
    let in_clear = home.path().join("archive-in-clear");
    copy_folder(&archived, &in_clear);
    encrypt(&config).unwrap();
    // The key is there, the database was not put in place yet.
    fs::copy(&open_file, &database).unwrap();
    fs::write(home.path().join("alongside.sqlite.unfinished"), "half").unwrap();
    assert!(at_rest_words(&config).unwrap_err().contains("run `alongside encrypt` again"));
    assert_eq!(listings(&config), 2);
    encrypt(&config).unwrap();
    // The database is, some raw files were not.
    copy_folder(&in_clear, &archived);
    assert!(at_rest_words(&config).unwrap_err().contains("2 raw files lie there in clear"));
    assert!(says(&config, "archive").0);
    assert!(!doctor(&config, MIGRATIONS).iter().all(|check| check.well));
    encrypt(&config).unwrap();
    assert_eq!((at_rest_words(&config).is_ok(), listings(&config)), (true, 2));
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn damage_in_an_encrypted_file_is_found() {
    let home = tempdir().unwrap();
    let config = filled(home.path());
    encrypt(&config).unwrap();
    let database = home.path().join("alongside.sqlite");
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&database, bytes).unwrap();
    // Where the page is one that every opening reads, it does not even open.
    match open(&config) {
        Ok(db) => {
            let found = look(&db);
            assert!(matches!(found, alongside::operate::Found::Damage(_)), "{found:?}");
        }
        Err(error) => assert!(error.to_string().contains("restore the last backup"), "{error}"),
    }
}

#[test]
fn an_encrypted_service_is_upgraded_and_stays_one() {
    let (home, shelf) = (tempdir().unwrap(), tempdir().unwrap());
    let config = config_of(home.path());
    store::Db::open(&config.database).unwrap().migrate(&MIGRATIONS[..8]).unwrap();
    encrypt(&config).unwrap();
    assert_eq!(upgrade(&config, shelf.path(), MIGRATIONS).unwrap().steps.len(), MIGRATIONS.len() - 8);
    assert!(telling(home.path()).is_empty() && telling(shelf.path()).is_empty());
}

#[test]
fn under_another_key_second_factors_open_with_that_and_with_the_former_none_does() {
    both_with(&[("ALONGSIDE_SECOND_FACTOR", "by-role")], |world| {
        let who = world.someone("Pat Example", Role::Practitioner, None);
        world.post(&who, "/account/second-factor", &[("password", PASSWORD), ("do", "code-app")]);
        let (config, db) = (&world.app.config, &world.test.db);
        let elsewhere = tempdir().unwrap();
        let new = elsewhere.path().join("second.key");
        let sealed = || -> String {
            db.read(|r| r.one(sql("SELECT sealed_seed FROM totp"), &[])?.get("sealed_seed")).unwrap()
        };
        let before = sealed();
        assert_eq!(change_key(config, db, &new).unwrap(), 1);
        let once = sealed();
        assert_eq!(
            change_key(config, db, &new).unwrap(),
            1,
            "broken off before the settings named it: again"
        );
        assert!(before != once && once != sealed());
        let mut other = (**config).clone();
        other.signing_in.key_file = Some(new);
        assert_eq!(seal_check(&App::new(db.clone(), other)).unwrap(), 1);
        seal_check(&world.app).unwrap_err();
        let noted: i64 = db
            .read(|r| {
                r.one(
                    sql("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'key that seals changed'"),
                    &[],
                )?
                .get("n")
            })
            .unwrap();
        assert_eq!(noted, 2);
    });
}

#[test]
fn under_another_key_an_encrypted_service_opens_and_with_the_former_it_does_not() {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let config = filled(home.path());
    encrypt(&config).unwrap();
    let before = run(&config, &open(&config).unwrap(), shelf.path()).unwrap().place;
    let new = elsewhere.path().join("second.key");
    change_key(&config, &open(&config).unwrap(), &new).unwrap();
    let mut other = config.clone();
    other.signing_in.key_file = Some(new);
    assert_eq!(listings(&other), 1);
    take_in(&other, 2);
    assert!(says(&other, "archive").0);
    assert!(open(&config).unwrap_err().to_string().contains("is the key the one it was sealed with?"));
    // A backup made under the former key opens with that.
    let mut restored = config_of(&elsewhere.path().join("data"));
    restored.signing_in.key_file = other.signing_in.key_file.clone();
    restore(&restored, Path::new(&before), None, None).unwrap_err();
    restored.signing_in.key_file = Some(home.path().join("secret.key"));
    restore(&restored, Path::new(&before), None, None).unwrap();
    assert_eq!(listings(&restored), 1);
}

/// The one raw file of a service that took in one.
fn raw_file(config: &Config) -> PathBuf {
    let mut all = Vec::new();
    everything(&config.archive(), &mut all);
    PathBuf::from(&all.first().unwrap().0)
}

/// An encrypted service on each engine, with one raw file.
fn encrypted_on_both(test: impl Fn(&Config)) {
    let home = tempdir().unwrap();
    let sqlite = config_of(home.path());
    let world = store::testing::postgres(MIGRATIONS);
    let postgres = world.as_ref().map(|world| {
        let mut config = config_of(&home.path().join("postgres"));
        config.database.clone_from(&world.address);
        config
    });
    for config in [Some(sqlite), postgres].iter().flatten() {
        take_in(config, 1);
        encrypt(config).unwrap();
        test(config);
    }
}

#[test]
fn where_the_key_of_what_is_sealed_is_missing_no_other_is_made_and_the_doctor_names_it() {
    encrypted_on_both(|config| {
        let key = config.data.join("at-rest.key");
        let right = fs::read(&key).unwrap();
        fs::remove_file(&key).unwrap();
        for said in [encrypt(config), decrypt(config)].map(|done| done.unwrap_err().to_string()) {
            assert!(
                said.contains("at-rest.key is missing") && said.contains("every backup holds it"),
                "{said}"
            );
            assert!(!key.exists(), "another one would open nothing");
        }
        let said = at_rest_words(config).unwrap_err();
        assert!(said.contains("at-rest.key is missing"), "{said}");
        fs::write(&key, right).unwrap();
        assert!(at_rest_words(config).is_ok());
    });
}

#[test]
fn taking_it_back_keeps_the_key_for_as_long_as_anything_is_sealed_under_it() {
    encrypted_on_both(|config| {
        let (raw, key) = (raw_file(config), config.data.join("at-rest.key"));
        let sealed = fs::read(&raw).unwrap();
        // One of no row, and one that nobody can open now.
        let stranger = raw.with_file_name("ab".repeat(32));
        fs::write(&stranger, &sealed).unwrap();
        let said = decrypt(config).unwrap_err().to_string();
        assert!(said.contains(&"ab".repeat(32)) && said.contains("key stays"), "{said}");
        assert!(key.exists());
        fs::remove_file(&stranger).unwrap();
        std::os::unix::fs::symlink(config.data.join("no/such"), &stranger).unwrap();
        let said = decrypt(config).unwrap_err().to_string();
        assert!(said.contains(&"ab".repeat(32)) && key.exists(), "{said}");
        fs::remove_file(&stranger).unwrap();
        // A damaged one in clear is said, and keeps nothing.
        fs::write(&stranger, "not what its name says").unwrap();
        let done = decrypt(config).unwrap();
        assert!(done.left.len() == 1 && done.left[0].contains(&"ab".repeat(32)), "{:?}", done.left);
        assert!(!key.exists() && listings(config) == 1);
        assert!(fs::read(&raw).unwrap() != sealed);
    });
}

#[test]
fn nothing_that_a_stopped_program_left_in_clear_stays_after_encrypting_and_the_doctor_looks_for_it() {
    let home = tempdir().unwrap();
    let config = filled(home.path());
    open(&config).unwrap().settle().unwrap();
    let (database, raw) = (home.path().join("alongside.sqlite"), raw_file(&config));
    let open_copy = fs::read(&database).unwrap();
    let left = |name: &str| {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &open_copy).unwrap();
    };
    let names = [
        "backup-next.sqlite",
        "backup-shadow.sqlite",
        "upgrade-trial.sqlite",
        "upgrade-before.unfinished",
        "alongside.sqlite.restoring",
        "alongside.sqlite.unfinished",
        "backup.unfinished/alongside.sqlite",
        "backup-proof/alongside.sqlite",
        "backup-increment/pages",
        "restore-opened/alongside.sqlite",
    ];
    names.iter().for_each(|name| left(name));
    let half = raw.with_file_name(format!("{}.half", raw.file_name().unwrap().to_string_lossy()));
    fs::copy(&raw, &half).unwrap();
    // And one that was archived, but whose row was never written.
    let no_row = hash_of(b"EXAMPLE, Ada");
    fs::create_dir_all(config.archive().join(&no_row[..2])).unwrap();
    fs::write(config.archive().join(&no_row[..2]).join(&no_row), b"EXAMPLE, Ada").unwrap();
    encrypt(&config).unwrap();
    assert_eq!(telling(home.path()), Vec::<String>::new());
    assert!(at_rest_words(&config).is_ok());
    for name in names.iter().filter(|name| !name.ends_with("pages")) {
        left(name);
        let said = at_rest_words(&config).unwrap_err();
        assert!(said.contains(name) && said.contains("alongside encrypt"), "{name}: {said}");
        encrypt(&config).unwrap();
        assert!(at_rest_words(&config).is_ok(), "{name} is taken away by the next run");
    }
    assert_eq!(listings(&config), 1);
}

#[test]
fn after_a_change_of_the_key_no_increment_follows_a_backup_under_the_former_and_one_of_before_is_mended_by_the_same_command()
 {
    let (home, shelf, elsewhere) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let (mut config, _) = backed_up(home.path(), shelf.path(), vec![]);
    encrypt(&config).unwrap();
    let base = run(&config, &open(&config).unwrap(), shelf.path()).unwrap().place;
    take_in(&config, 2);
    kept(&config, shelf.path());
    let former = home.path().join("secret.key");
    let new_key = elsewhere.path().join("second.key");
    alongside::operate::change_key(&config, &open(&config).unwrap(), &new_key).unwrap();
    config.signing_in.key_file = Some(new_key.clone());
    take_in(&config, 3);
    assert_eq!(increment(&config, &open(&config).unwrap(), shelf.path()).unwrap(), Kept::NeedsBackup);
    // The backup of before comes back under the former key, and the same command puts it under the new one.
    let mut restored = config_of(&elsewhere.path().join("data"));
    restored.signing_in.key_file = Some(former);
    assert_eq!(restore(&restored, Path::new(&base), None, None).unwrap().increments, 1);
    alongside::operate::change_key(&restored, &open(&restored).unwrap(), &new_key).unwrap();
    restored.signing_in.key_file = Some(new_key);
    assert_eq!(listings(&restored), 2);
    assert!(says(&restored, "archive").0 && says(&restored, "second factors").0);
}

#[test]
fn a_database_that_is_written_anew_is_for_the_same_accounts_as_before() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempdir().unwrap();
    let config = filled(home.path());
    let database = home.path().join("alongside.sqlite");
    fs::set_permissions(&database, fs::Permissions::from_mode(0o600)).unwrap();
    for work in [encrypt, decrypt] {
        assert!(work(&config).unwrap().database);
        assert_eq!(fs::metadata(&database).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
