//! Signing in: refused tries are counted, slowed and held, and tell nothing; sessions are seen and ended by their owner.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use axum::http::{StatusCode, header};
use store::sql;
use world::{Answer, PASSWORD, World, both};

const WRONG: &str = "not the password at all";

fn number(world: &World<'_>, statement: store::Statement) -> i64 {
    world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
}

fn try_it(world: &World<'_>, network: &str, email: &str, password: &str) -> Answer {
    world.from(network, "/sign-in", &[("email", email), ("password", password)])
}

/// Waits and holds are over; the counts stay.
fn let_time_pass(world: &World<'_>) {
    world.test.db.write(|w| w.execute(sql("UPDATE refused_try SET held_until = first_at"), &[])).unwrap();
}

/// Ten wrong passwords, waiting in between as one must.
fn until_held(world: &World<'_>, network: &str, email: &str) -> Answer {
    for _ in 0..10 {
        let_time_pass(world);
        assert_eq!(try_it(world, network, email, WRONG).status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    try_it(world, network, email, WRONG)
}

#[test]
fn ten_thousand_refused_tries_are_few_rows_and_few_events() {
    both(|world| {
        world.someone("Target Example", Role::Practitioner, None);
        let before = number(world, sql("SELECT COUNT(*) AS n FROM audit_event"));
        // One engine in full; the other takes five times as long for the same proof.
        let tries = if world.test.engine == "SQLite" { 10_000 } else { 2_000 };
        for n in 0..tries {
            let network = format!("203.0.113.{}", n % 20);
            let email = if n % 3 == 0 { "target.example@example.org" } else { "nobody@example.org" };
            let status = try_it(world, &network, email, WRONG).status;
            assert!(matches!(status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::TOO_MANY_REQUESTS));
        }
        let rows = number(world, sql("SELECT COUNT(*) AS n FROM refused_try"));
        assert!(rows <= 22, "{}: {rows} rows", world.test.engine);
        let counted = number(
            world,
            sql(
                "SELECT CAST(SUM(failures + turned_away) AS bigint) AS n FROM refused_try WHERE kind = 'account'",
            ),
        );
        assert_eq!(counted, tries, "{}: each is counted", world.test.engine);
        let events = number(world, sql("SELECT COUNT(*) AS n FROM audit_event")) - before;
        assert!((2..60).contains(&events), "{}: {events} events", world.test.engine);
    });
}

#[test]
fn being_held_tells_nothing_about_who_has_an_account() {
    both(|world| {
        world.someone("Known Example", Role::Practitioner, None);
        let known = until_held(world, "203.0.113.1", "known.example@example.org");
        // The right password is not even looked at.
        let right = try_it(world, "203.0.113.9", "known.example@example.org", PASSWORD);
        assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
        let unknown = until_held(world, "203.0.113.2", "nobody@example.org");
        assert_eq!(known.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(known.status, unknown.status);
        let plain = |a: &Answer| {
            let body = a.body.replace("known.example@example.org", "").replace("nobody@example.org", "");
            let at = body.find("looked at before ").unwrap() + "looked at before ".len();
            format!("{}{}", &body[..at], &body[at + 8..]).replace(&body[at..at + 8], "")
        };
        assert_eq!(plain(&known), plain(&unknown));
    });
}

#[test]
fn a_hold_ends_by_itself_and_signing_in_clears_the_count() {
    both(|world| {
        let who = world.someone("Known Example", Role::Practitioner, None);
        until_held(world, "203.0.113.1", "known.example@example.org");
        let held = number(
            world,
            sql("SELECT COUNT(*) AS n FROM refused_try WHERE kind = 'account' AND held_until > first_at"),
        );
        assert_eq!(held, 1);
        let_time_pass(world);
        let right = try_it(world, "203.0.113.1", "known.example@example.org", PASSWORD);
        assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.body);
        assert_eq!(number(world, sql("SELECT COUNT(*) AS n FROM refused_try WHERE kind = 'account'")), 0);
        let told = world
            .test
            .db
            .read(|r| r.one(sql("SELECT detail FROM audit_event WHERE action = 'signed in' AND actor = $1 ORDER BY seq DESC LIMIT 1"), &[&who.account])?.get::<String>("detail"))
            .unwrap();
        assert!(told.contains("after 10 refused tries"), "{told}");
    });
}

#[test]
fn an_administrator_sees_who_is_held_and_lifts_it() {
    both(|world| {
        let admin = world.someone("Admin Example", Role::Administrator, None);
        world.someone("Known Example", Role::Practitioner, None);
        until_held(world, "203.0.113.1", "known.example@example.org");
        let page = world.get(&admin, "/sign-in-doors");
        assert!(page.body.contains("Known Example") && page.body.contains("Held"), "{}", page.body);
        assert!(page.body.contains("Network 203.0.113.1"));
        let subject: String = world
            .test
            .db
            .read(|r| {
                r.one(
                    sql("SELECT subject FROM refused_try WHERE kind = 'account' AND account_id IS NOT NULL"),
                    &[],
                )?
                .get("subject")
            })
            .unwrap();
        let lifted = world.post(&admin, "/sign-in-doors/lift", &[("kind", "account"), ("subject", &subject)]);
        assert_eq!(lifted.status, StatusCode::SEE_OTHER);
        let in_again = try_it(world, "203.0.113.1", "known.example@example.org", PASSWORD);
        assert_eq!(in_again.status, StatusCode::SEE_OTHER);
        let told: String = world
            .test
            .db
            .read(|r| {
                r.one(sql("SELECT detail FROM audit_event WHERE action = 'hold on sign-in lifted'"), &[])?
                    .get("detail")
            })
            .unwrap();
        assert_eq!(told, "from 10 refused tries to 0");
    });
}

#[test]
fn many_tries_at_once_do_not_outrun_the_count() {
    both(|world| {
        world.someone("Known Example", Role::Practitioner, None);
        std::thread::scope(|scope| {
            for n in 0..24 {
                let (router, network) = (world.router.clone(), format!("203.0.113.{n}"));
                scope.spawn(move || {
                    let mut request = axum::http::Request::post("/sign-in")
                        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                        .body(axum::body::Body::from(
                            "email=known.example%40example.org&password=wrong+wrong",
                        ))
                        .unwrap();
                    let address: std::net::SocketAddr = format!("{network}:1").parse().unwrap();
                    request.extensions_mut().insert(axum::extract::ConnectInfo(address));
                    let runtime = tokio::runtime::Runtime::new().unwrap();
                    runtime.block_on(async { tower::ServiceExt::oneshot(router, request).await.unwrap() });
                });
            }
        });
        let weighed = number(world, sql("SELECT failures AS n FROM refused_try WHERE kind = 'account'"));
        assert!(weighed <= 7, "{}: {weighed} were weighed; after five each costs a wait", world.test.engine);
    });
}

#[test]
fn guessing_the_present_password_in_an_open_session_is_held_too() {
    both(|world| {
        let who = world.someone("Open Example", Role::Practitioner, None);
        for _ in 0..10 {
            let_time_pass(world);
            let said = world.post(
                &who,
                "/account",
                &[("old", WRONG), ("new", "a fresh pass phrase"), ("again", "a fresh pass phrase")],
            );
            assert!(said.body.contains("does not fit"), "{}", said.body);
        }
        let said = world.post(
            &who,
            "/account",
            &[("old", PASSWORD), ("new", "a fresh pass phrase"), ("again", "a fresh pass phrase")],
        );
        assert!(said.body.contains("Too many tries"), "{}", said.body);
        let_time_pass(world);
        let said = world.post(
            &who,
            "/account",
            &[("old", PASSWORD), ("new", "Password123"), ("again", "Password123")],
        );
        assert!(said.body.contains("guessed first"), "{}", said.body);
        let said = world.post(
            &who,
            "/account",
            &[("old", PASSWORD), ("new", "a fresh pass phrase"), ("again", "a fresh pass phrase")],
        );
        assert!(said.body.contains("Your password is changed"), "{}", said.body);
    });
}

#[test]
fn sessions_are_seen_and_ended_by_their_owner_alone() {
    both(|world| {
        let who = world.someone("Owner Example", Role::Practitioner, None);
        let other = world.someone("Other Example", Role::Practitioner, None);
        let second = world::Someone { cookie: world.sign_in("owner.example@example.org"), ..who.clone() };
        let page = world.get(&who, "/account/sessions");
        assert_eq!(page.body.matches("/end\"").count(), 1, "one besides this one: {}", page.body);
        let at = page.body.find("/account/sessions/").unwrap();
        let end = page.body[at..].split('"').next().unwrap().to_owned();
        assert!(end.ends_with("/end"), "{end}");
        world.post(&other, &end, &[]);
        assert_eq!(world.get(&second, "/account").status, StatusCode::OK, "not by somebody else");
        world.post(&who, &end, &[]);
        assert_eq!(world.get(&second, "/account").status, StatusCode::SEE_OTHER);
        assert_eq!(world.get(&who, "/account").status, StatusCode::OK);
        let third = world::Someone { cookie: world.sign_in("owner.example@example.org"), ..who.clone() };
        assert_eq!(world.post(&who, "/account/sessions/end-all", &[]).location(), "/sign-in");
        for cookie in [&who, &third] {
            assert_eq!(world.get(cookie, "/account").status, StatusCode::SEE_OTHER);
        }
        assert_eq!(world.get(&other, "/account").status, StatusCode::OK);
    });
}

#[test]
fn a_session_that_ran_out_leads_back_to_the_same_page() {
    both(|world| {
        let who = world.someone("Idle Example", Role::Manager, None);
        let seconds = |who: &world::Someone| -> i64 {
            let body = world.get(who, "/session/left").body;
            body.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
        };
        let idle = |minutes: i64| {
            let then = alongside::clock::now() - jiff::SignedDuration::from_mins(minutes);
            world
                .test
                .db
                .write(|w| w.execute(sql("UPDATE session SET last_seen_at = $1"), &[&then]))
                .unwrap();
        };
        idle(58);
        assert!((60..=120).contains(&seconds(&who)), "an hour is the limit");
        assert!(seconds(&who) <= 120, "asking how long is left is no use of the session");
        let stayed = world.request(
            axum::http::Request::post("/session")
                .header("cookie", &who.cookie)
                .header("x-fragment", "session")
                .body(axum::body::Body::empty())
                .unwrap(),
        );
        assert_eq!(stayed.status, StatusCode::OK);
        assert!(seconds(&who) > 3_500, "one press and it goes on");
        idle(61);
        let gone = world.get(&who, "/people?sort=name");
        assert_eq!(gone.location(), "/sign-in?next=/people%3Fsort%3Dname");
        let back = world.send(
            "POST",
            "/sign-in",
            None,
            &[("email", "idle.example@example.org"), ("password", PASSWORD), ("next", "/people?sort=name")],
        );
        assert_eq!(back.location(), "/people?sort=name");
        let sent = world.post(&who, "/people/search", &[("search", "x")]);
        assert_eq!(sent.status, StatusCode::UNAUTHORIZED);
        assert!(sent.body.contains("/sign-in?next=/session"), "{}", sent.body);
    });
}

#[test]
fn the_strictest_limit_of_role_and_project_counts() {
    both(|world| {
        let admin = world.someone("Admin Example", Role::Administrator, None);
        let project = world.project("Cells", &[("B01ND", "Thames Magistrates' Court")]);
        let set = |whom: &str, idle: &str, hours: &str| {
            let sent = world.post(
                &admin,
                "/sign-in-doors/limits",
                &[("whom", whom), ("idle", idle), ("hours", hours)],
            );
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        };
        set("role practitioner", "30", "8");
        set(&format!("project {project}"), "15", "10");
        let strict = world.someone("Strict Example", Role::Practitioner, Some(project));
        let row = world
            .test
            .db
            .read(|r| {
                r.one(
                    sql("SELECT idle_minutes, created_at, expires_at FROM session WHERE account_id = $1"),
                    &[&strict.account],
                )
            })
            .unwrap();
        let (from, to): (jiff::Timestamp, jiff::Timestamp) =
            (row.get("created_at").unwrap(), row.get("expires_at").unwrap());
        assert_eq!((row.get::<i64>("idle_minutes").unwrap(), to.duration_since(from).as_hours()), (15, 8));
        let refused = world.post(
            &admin,
            "/sign-in-doors/limits",
            &[("whom", "role nobody"), ("idle", "1"), ("hours", "x")],
        );
        for said in ["Choose for whom", "from 5 to 720", "from 1 to 24"] {
            assert!(refused.body.contains(said), "{said}");
        }
        let told: String = world
            .test
            .db
            .read(|r| r.one(sql("SELECT detail FROM audit_event WHERE action = 'session limit set' AND subject_kind = 'role'"), &[])?.get("detail"))
            .unwrap();
        assert_eq!(told, "from the service's to 30 minutes, 8 hours");
    });
}
