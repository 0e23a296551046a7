//! What is kept stays kept: sessions, the audit in every write.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::KeepRegister;
use alongside::access::{Permit, Role};
use alongside::audit::Event;
use alongside::operate::{Found, doctor};
use alongside::service::{MIGRATIONS, open};
use axum::http::StatusCode;
use jiff::SignedDuration;
use store::sql;
use world::both;
use world::folder::filled;
use world::lists::{case, libra};

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
        assert_eq!(alongside::operate::look(&world.test.db), Found::Whole);
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
    assert!(matches!(alongside::operate::look(&db), Found::Damage(_)));
    let refused = db.write(|w| w.execute(sql("UPDATE audit_head SET seq = seq"), &[])).unwrap_err();
    assert!(matches!(refused, store::Error::Damaged(_)), "{refused}");
    assert!(
        file.exists() && alongside::operate::look(&open(&config).unwrap()) == Found::Whole,
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
