//! What is kept stays kept: backups, sessions, the audit in every write.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::KeepRegister;
use alongside::access::{Permit, Role};
use alongside::audit::Event;
use alongside::config::Config;
use alongside::operate::{backup, doctor, last_proven, restore, run, runs};
use alongside::service::{MIGRATIONS, open};
use axum::http::StatusCode;
use jiff::SignedDuration;
use store::sql;
use world::both;
use world::lists::{case, libra};

fn config_of(folder: &std::path::Path) -> Config {
    let data = folder.display().to_string();
    Config::load(|name| (name == "ALONGSIDE_DATA").then(|| data.clone())).unwrap()
}

/// A data folder with one list taken in.
fn filled(folder: &std::path::Path) -> Config {
    let config = config_of(folder);
    let db = open(&config).unwrap();
    let permit = Permit::for_command_line(&db);
    let list = libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(1, "Ada", "EXAMPLE")]);
    let received = alongside::exchange::receive(&permit, &config.archive(), "a.xml", &list, "test").unwrap();
    alongside::exchange::read_import(&permit, &config.archive(), received.id, alongside::exchange::Again::No)
        .unwrap();
    config
}

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
    restore(&new, &folder, None).unwrap();
    let db = open(&new).unwrap();
    let n: i64 = db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM listing"), &[])?.get("n")).unwrap();
    assert_eq!(n, 1);
    let faults: Vec<String> = doctor(&new, MIGRATIONS)
        .into_iter()
        .filter(|c| !c.well && c.name != "accounts")
        .map(|c| c.words)
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let said = restore(&new, &folder, None).unwrap_err().to_string();
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
    let said = restore(&config_of(elsewhere.path()), &folder, None).unwrap_err().to_string();
    assert!(said.contains("not the one its manifest describes"), "{said}");
}

/// A key as `age-keygen` writes it: the file, and the public half.
fn key(folder: &std::path::Path, name: &str) -> (std::path::PathBuf, String) {
    use age::secrecy::ExposeSecret as _;
    let key = age::x25519::Identity::generate();
    let path = folder.join(name);
    std::fs::write(&path, format!("# a comment\n{}\n", key.to_string().expose_secret())).unwrap();
    (path, key.to_public().to_string())
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
        restore(&new, &file, Some(key)).unwrap();
        let n: i64 = open(&new)
            .unwrap()
            .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM listing"), &[])?.get("n"))
            .unwrap();
        assert_eq!(n, 1);
    }
    let fresh = config_of(&elsewhere.path().join("data-none"));
    let said = restore(&fresh, &file, Some(&stranger)).unwrap_err().to_string();
    assert!(said.contains("Is the key one of those"), "{said}");
    let said = restore(&fresh, &file, None).unwrap_err().to_string();
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
        restore(&fresh, &path, Some(&first)).unwrap_err();
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
    assert_eq!(db.read(last_proven).unwrap(), None, "one that failed proves nothing");
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
fn the_doctor_finds_a_missing_file_and_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let config = filled(home.path());
    std::fs::remove_dir_all(config.archive()).unwrap();
    let checks = doctor(&config, MIGRATIONS);
    let archive = checks.iter().find(|c| c.name == "archive").unwrap();
    assert!(!archive.well && archive.words.contains("restore them from a backup"), "{}", archive.words);
    assert!(checks.iter().any(|c| c.name == "audit" && c.well));
}

#[test]
fn a_write_without_its_audit_event_is_refused_and_leaves_nothing() {
    both(|world| {
        let permit: Permit<KeepRegister> = Permit::for_command_line(&world.test.db);
        let insert = sql("INSERT INTO borough (id, name) VALUES ($1, 'Nowhere')");
        let refused = permit.write_now(|w| w.execute(insert, &[&uuid::Uuid::now_v7()]));
        assert!(refused.unwrap_err().to_string().contains("before its audit event"));
        // Recorded, but failing later: neither the write nor the event stays.
        let failed: store::Result<()> = permit.write_now(|w| {
            w.record(Event::new("tried", "test", "1"));
            w.execute(insert, &[&uuid::Uuid::now_v7()])?;
            Err(store::Error::Rows(0))
        });
        assert!(failed.is_err());
        let n = |statement| -> i64 { world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap() };
        assert_eq!(n(sql("SELECT COUNT(*) AS n FROM borough")), 0);
        assert_eq!(n(sql("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'tried'")), 0);
    });
}

#[test]
fn a_session_ends_when_idle_and_when_its_day_is_over() {
    both(|world| {
        let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Nurse Example", Role::Practitioner, Some(project));
        assert_eq!(world.get(&who, "/account").status, StatusCode::OK);
        let long_ago = alongside::clock::now() - SignedDuration::from_mins(61);
        world
            .test
            .db
            .write(|w| w.execute(sql("UPDATE session SET last_seen_at = $1"), &[&long_ago]))
            .unwrap();
        assert_eq!(
            world.get(&who, "/account").status,
            StatusCode::SEE_OTHER,
            "idle for longer than the limit"
        );
        let again =
            world::Someone { cookie: world.sign_in("nurse.example@example.org"), account: who.account };
        assert_eq!(world.get(&again, "/account").status, StatusCode::OK);
        world.test.db.write(|w| w.execute(sql("UPDATE session SET expires_at = $1"), &[&long_ago])).unwrap();
        assert_eq!(world.get(&again, "/account").status, StatusCode::SEE_OTHER);
        let third =
            world::Someone { cookie: world.sign_in("nurse.example@example.org"), account: who.account };
        assert_eq!(world.post(&third, "/sign-out", &[]).status, StatusCode::SEE_OTHER);
        assert_eq!(
            world.get(&third, "/account").status,
            StatusCode::SEE_OTHER,
            "signed out on the server, not only in the browser"
        );
    });
}

#[test]
fn a_line_without_markers_says_that_this_is_not_no_need() {
    both(|world| {
        let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Nurse Example", Role::Practitioner, Some(project));
        world.import("a.xml", &libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(1, "Ada", "EXAMPLE")]));
        let id: alongside::ids::ListingId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])).unwrap().get("id").unwrap();
        let page = world.get(&who, &format!("/listings/{id}"));
        assert!(page.body.contains("That is not the same as no need."), "{}", page.body);
    });
}

#[test]
fn the_records_guardian_reads_the_audit_and_checks_the_chain() {
    both(|world| {
        let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let guardian = world.someone("Guardian Example", Role::RecordsGuardian, None);
        world.import("a.xml", &libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(1, "Ada", "EXAMPLE")]));
        let page = world.get(&guardian, &format!("/audit?about={project}"));
        assert!(
            page.body.contains("project set up") && !page.body.contains("file received"),
            "{}",
            page.body
        );
        let checked = world.post(&guardian, "/audit/verify", &[]);
        assert!(checked.body.contains("the chain holds"));
        world
            .test
            .db
            .write(|w| w.execute(sql("UPDATE audit_event SET detail = 'x' WHERE seq = 2"), &[]))
            .unwrap();
        assert!(world.post(&guardian, "/audit/verify", &[]).body.contains("The chain does not hold"));
    });
}

#[test]
fn a_damaged_database_takes_no_changes_and_says_so() {
    both(|world| {
        let who = world.someone("Pat Example", Role::Practitioner, None);
        assert_eq!(alongside::operate::look(&world.test.db), None);
        let health = |world: &world::World<'_>| world.send("GET", "/health", None, &[]).status;
        assert_eq!(health(world), StatusCode::OK);
        world.test.db.refuse_writes("page 7 is not what it should be");
        let said = world.post(&who, "/people/search", &[("search", "example")]);
        assert_eq!(said.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(said.body.contains("The service takes no changes"), "{}", said.body);
        assert!(!said.body.contains("page 7"), "the inside stays inside");
        assert_eq!(health(world), StatusCode::SERVICE_UNAVAILABLE);
    });
}

#[test]
fn damage_in_the_file_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let config = filled(folder.path());
    let file = folder.path().join("alongside.sqlite");
    let copy = folder.path().join("copy.sqlite");
    open(&config).unwrap().copy_to(&copy).unwrap();
    let mut bytes = std::fs::read(&copy).unwrap();
    // The middle of the file is overwritten, its head is not: it opens, and is not whole.
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 8192].fill(0xAB);
    let broken = folder.path().join("broken.sqlite");
    std::fs::write(&broken, bytes).unwrap();
    let db = store::Db::open(&format!("sqlite:{}", broken.display())).unwrap();
    assert!(alongside::operate::look(&db).is_some());
    let refused = db.write(|w| w.execute(sql("UPDATE audit_head SET seq = seq"), &[])).unwrap_err();
    assert!(matches!(refused, store::Error::Damaged(_)), "{refused}");
    assert!(
        file.exists() && alongside::operate::look(&open(&config).unwrap()).is_none(),
        "the sound one is sound"
    );
}

#[test]
fn what_was_typed_thirty_days_ago_is_gone_from_the_shelf() {
    both(|world| {
        let who = world.someone("Nurse Example", Role::Practitioner, Some(world.project("Own", &[])));
        let (old, fresh) = (uuid::Uuid::now_v7(), uuid::Uuid::now_v7());
        for (id, words) in [(old, "Old words of mine"), (fresh, "Fresh words of mine")] {
            let fields = [
                ("draft_form", "Screening"),
                ("draft_subject", words),
                ("draft_href", "/courts"),
                ("draft_version", "0"),
                ("note", words),
            ];
            assert_eq!(world.post(&who, &format!("/drafts/{id}"), &fields).status, StatusCode::OK);
        }
        let long_ago = alongside::clock::now() - SignedDuration::from_hours(24 * 31);
        world
            .test
            .db
            .write(|w| w.execute(sql("UPDATE draft SET saved_at = $2 WHERE id = $1"), &[&old, &long_ago]))
            .unwrap();
        assert!(world.get(&who, &format!("/drafts/{old}")).body.contains("Old words of mine"));

        assert_eq!(alongside::service::empty_old_drafts(&world.test.db).unwrap(), 1);
        let gone = world.get(&who, &format!("/drafts/{old}")).body;
        assert!(
            gone.contains("older than 30 days and is gone") && !gone.contains("Old words of mine"),
            "{gone}"
        );
        assert!(world.get(&who, &format!("/drafts/{fresh}")).body.contains("Fresh words of mine"));
    });
}

#[test]
fn a_draft_leads_back_to_our_own_pages_only() {
    both(|world| {
        let who = world.someone("Nurse Example", Role::Practitioner, Some(world.project("Own", &[])));
        for elsewhere in ["https://example.org/", "//example.org/", "/\\example.org/", "courts"] {
            let fields = [("draft_form", "Screening"), ("draft_href", elsewhere), ("draft_version", "0")];
            let answer = world.post(&who, &format!("/drafts/{}", uuid::Uuid::now_v7()), &fields);
            assert!(answer.status.is_client_error(), "{elsewhere}: {}", answer.status);
        }
    });
}
