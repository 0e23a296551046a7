//! Files in: nothing acknowledged is lost, nothing is doubled, and whoever sent a bad file is told what to do.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::{ImportFiles, ManageAccounts};
use alongside::access::{Permit, Role, create_token};
use alongside::clock;
use alongside::exchange::{Again, Outcome, finish_pending, hash_of, imports_to_replay, read_import, receive};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use store::sql;
use world::lists::{case, libra};
use world::{World, both};

fn count(world: &World<'_>, statement: store::Statement) -> i64 {
    world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
}

fn list() -> Vec<u8> {
    libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(1, "Ada", "EXAMPLE"), case(2, "Bea", "SAMPLE")])
}

#[test]
fn a_file_received_by_a_server_that_then_died_is_read_at_the_next_start_and_only_once() {
    both(|world| {
        let permit: Permit<ImportFiles> = Permit::for_command_line(&world.test.db);
        receive(&permit, &world.archive(), "a.xml", &list(), "test").unwrap();
        assert_eq!(
            count(world, sql("SELECT COUNT(*) AS n FROM listing")),
            0,
            "received, not read: the server died here"
        );
        assert_eq!(finish_pending(&permit, &world.archive(), clock::now()).unwrap(), 1);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM listing")), 2);
        assert_eq!(finish_pending(&permit, &world.archive(), clock::now()).unwrap(), 0);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM listing")), 2);
    });
}

#[test]
fn at_the_start_only_what_came_before_it_is_read_and_one_that_fails_holds_up_no_other() {
    both(|world| {
        let permit: Permit<ImportFiles> = Permit::for_command_line(&world.test.db);
        let gone =
            receive(&permit, &world.archive(), "gone.xml", b"a file that the disk loses", "test").unwrap();
        let hash = hash_of(b"a file that the disk loses");
        std::fs::remove_file(world.archive_folder().join(&hash[..2]).join(&hash)).unwrap();
        receive(&permit, &world.archive(), "a.xml", &list(), "test").unwrap();
        let started = clock::now();
        let other = libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(3, "Cy", "MADEUP")]);
        let arriving = receive(&permit, &world.archive(), "b.xml", &other, "test").unwrap();
        assert_eq!(finish_pending(&permit, &world.archive(), started).unwrap(), 1);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM listing")), 2);
        // Who received it reads it.
        read_import(&permit, &world.archive(), arriving.id, Again::No).unwrap().unwrap();
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM listing")), 3);
        read_import(&permit, &world.archive(), gone.id, Again::No).unwrap_err();
    });
}

#[test]
fn a_file_whose_copy_retention_took_away_says_so_when_it_is_to_be_read_again() {
    both(|world| {
        let reading = world.import("report.pdf", b"%PDF-1.7 nonsense");
        let id: alongside::ids::ImportId = reading.import.parse().unwrap();
        let gone = clock::now();
        world
            .test
            .db
            .write(|w| w.execute(sql("UPDATE import SET raw_gone_at = $1 WHERE id = $2"), &[&gone, &id]))
            .unwrap();
        let permit: Permit<ImportFiles> = Permit::for_command_line(&world.test.db);
        let said = read_import(&permit, &world.archive(), id, Again::Yes).unwrap().unwrap();
        assert_eq!(said.outcome, Outcome::Refused);
        assert!(said.refusal.unwrap().contains("taken away under retention"));
    });
}

#[test]
fn two_files_in_one_second_both_survive() {
    both(|world| {
        let other = libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(3, "Cy", "MADEUP")]);
        world.import("list.xml", &list());
        world.import("list.xml", &other);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM import")), 2);
    });
}

#[test]
fn a_refused_file_is_kept_and_says_what_to_do() {
    both(|world| {
        let reading = world.import("report.pdf", b"%PDF-1.7 nonsense");
        assert_eq!(reading.outcome, Outcome::Refused);
        assert!(reading.refusal.unwrap().len() > 20);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM import")), 1);
        let permit: Permit<ImportFiles> = Permit::for_command_line(&world.test.db);
        let refused = imports_to_replay(&permit, true).unwrap();
        assert_eq!(refused.len(), 1);
        let again = read_import(&permit, &world.archive(), refused[0], Again::Yes).unwrap().unwrap();
        assert_eq!(again.outcome, Outcome::Refused);
        assert_eq!(imports_to_replay(&permit, false).unwrap().len(), 1);
    });
}

#[test]
fn a_replay_changes_nothing_and_stands_in_the_report() {
    both(|world| {
        let project = world.project("Thames", &[("B01ND", "Thames Magistrates' Court")]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(project));
        let reading = world.import("a.xml", &list());
        let path = format!("/imports/{}", reading.import);
        assert_eq!(world.post(&nurse, &format!("{path}/replay"), &[]).status, StatusCode::SEE_OTHER);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM listing")), 2);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM listing_change WHERE what <> 'added'")), 0);
        let report = world.get(&nurse, &path);
        assert!(report.body.contains("2 times") && report.body.contains("2 the same"), "{}", report.body);
        let original = world.get(&nurse, &format!("{path}/original"));
        assert_eq!(original.body.as_bytes(), list());
    });
}

#[test]
fn an_administrator_fetches_lists_but_no_escort_record() {
    both(|world| {
        let administrator = world.someone("Admin Example", Role::Administrator, None);
        let lists = world.import("a.xml", &list());
        let escort = world.import(
            "e.json",
            &world::lists::escort(
                "r1",
                "2026-11-23",
                "Ada",
                "EXAMPLE",
                "1990-02-01",
                "",
                "\"pregnant\": \"No\"",
            ),
        );
        assert_eq!(
            world.get(&administrator, &format!("/imports/{}/original", lists.import)).status,
            StatusCode::OK
        );
        assert_eq!(
            world.get(&administrator, &format!("/imports/{}/original", escort.import)).status,
            StatusCode::NOT_FOUND
        );
    });
}

fn send(world: &World<'_>, path: &str, token: Option<&str>, body: &[u8]) -> world::Answer {
    let mut request = Request::post(path).header("x-file-name", "sent.xml");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    world.request(request.body(Body::from(body.to_vec())).unwrap())
}

#[test]
fn the_end_point_keeps_whatever_is_sent_with_a_token_and_nothing_without() {
    both(|world| {
        let permit: Permit<ManageAccounts> = Permit::for_command_line(&world.test.db);
        let token = permit
            .write_now(|w| {
                let by = w.actor().clone();
                create_token(&mut w.raw_for_operator(), &by, "gateway")
            })
            .unwrap();
        assert_eq!(send(world, "/api/imports", None, &list()).status, StatusCode::UNAUTHORIZED);
        assert_eq!(send(world, "/api/imports", Some("wrong"), &list()).status, StatusCode::UNAUTHORIZED);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM import")), 0);
        let taken = send(world, "/api/imports", Some(&token), &list());
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
        assert!(taken.body.contains("\"listings_new\":2"), "{}", taken.body);
        // A trailing slash, a changed path, nonsense in the body: kept all the same.
        assert_eq!(
            send(world, "/api/imports/", Some(&token), b"first nonsense").status,
            StatusCode::ACCEPTED
        );
        assert_eq!(
            send(world, "/api/imports/v2/hearings/", Some(&token), b"second nonsense").status,
            StatusCode::ACCEPTED
        );
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM import")), 3);
        assert_eq!(send(world, "/api/imports", Some(&token), b"").status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn several_files_go_in_by_page_and_each_is_answered_for_itself() {
    both(|world| {
        let project = world.project("Thames", &[("B01ND", "Thames Magistrates' Court")]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(project));
        let mut body = Vec::new();
        for (name, bytes) in [("list.xml", list()), ("holiday.jpg", b"\xff\xd8\xff\xe0 not a list".to_vec())]
        {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        let request = Request::post("/imports")
            .header("cookie", &nurse.cookie)
            .header("content-type", "multipart/form-data; boundary=cut")
            .body(Body::from(body))
            .unwrap();
        let answer = world.request(request);
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(
            answer.body.contains("1 of 2 files taken") && answer.body.contains("Refused"),
            "{}",
            answer.body
        );
        let nothing = world.post(&nurse, "/imports", &[]);
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn a_stranger_s_file_is_not_read_and_no_form_is_larger_than_a_form() {
    use axum::http::header;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    both(|world| {
        for token in ["Bearer wrong", "Basic d3Jvbmc="] {
            let read = Arc::new(AtomicBool::new(false));
            let seen = Arc::clone(&read);
            let parts = std::iter::from_fn(move || {
                seen.store(true, Ordering::SeqCst);
                None::<Result<Vec<u8>, std::io::Error>>
            });
            let request = Request::post("/api/imports")
                .header(header::AUTHORIZATION, token)
                .body(Body::from_stream(tokio_stream::iter(parts)))
                .unwrap();
            assert_eq!(world.request(request).status, StatusCode::UNAUTHORIZED);
            assert!(!read.load(Ordering::SeqCst), "whose token it is comes first");
        }
        let own = world.project("Own", &[]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let large = "x".repeat(5 * 1024 * 1024);
        let signed_out = world.send("POST", "/sign-in", None, &[("email", &large)]);
        assert_eq!(signed_out.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", signed_out.body);
        let typed = world.post(&nurse, "/tasks/new", &[("what", &large)]);
        assert_eq!(typed.status, StatusCode::UNPROCESSABLE_ENTITY);
        // A file may be larger than a form.
        let file = world.upload(&nurse, "/referrals-in/file", "large.csv", large.as_bytes());
        assert!(file.body.contains("No column is called"), "{}", file.body);
    });
}
