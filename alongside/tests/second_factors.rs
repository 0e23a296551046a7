//! Second factors: who must have one reaches nothing before; a code is taken once; no path goes round it.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use axum::http::StatusCode;
use store::sql;
use totp_rs::{Builder, Secret, Totp};
use world::{Answer, PASSWORD, Someone, World, both_with};

const BY_ROLE: &[(&str, &str)] = &[("ALONGSIDE_SECOND_FACTOR", "by-role")];
const HERE: &str = "/account/second-factor";

fn now() -> u64 {
    u64::try_from(alongside::clock::now().as_second()).unwrap()
}

/// What a code app shows `steps` half-minutes from now.
fn code(app: &Totp, steps: i64) -> String {
    app.generate(now().saturating_add_signed(30 * steps)).to_string()
}

/// Codes that were used may be used again: as if the clock had gone on.
fn steps_pass(world: &World<'_>) {
    world.test.db.write(|w| w.execute(sql("UPDATE totp SET last_step = 0"), &[])).unwrap();
}

/// Sets a code app up and gives back the app and the recovery codes.
fn set_up(world: &World<'_>, who: &Someone) -> (Totp, Vec<String>) {
    let begun = world.post(who, HERE, &[("password", PASSWORD), ("do", "code-app")]);
    assert_eq!(begun.location(), "/account/second-factor/code-app", "{}", begun.body);
    let page = world.get(who, begun.location()).body;
    let from = page.find("In letters: <span class=\"al-code\">").unwrap() + 34;
    let letters: String = page[from..].split('<').next().unwrap().replace(' ', "");
    let app = Builder::new().with_secret(Secret::try_from_base32(&letters).unwrap()).build().unwrap();
    let done = world.post(who, "/account/second-factor/code-app", &[("code", &code(&app, 0))]);
    assert!(done.body.contains("Your code app is set up"), "{}", done.body);
    let codes =
        done.body.split("<span class=\"al-code\">").skip(1).map(|p| p.split('<').next().unwrap().to_owned());
    (app, codes.collect())
}

fn password_step(world: &World<'_>, email: &str, password: &str) -> (Answer, Someone) {
    let answer = world.send(
        "POST",
        "/sign-in",
        None,
        &[("email", email), ("password", password), ("next", "/people")],
    );
    let cookie = answer
        .headers
        .get("set-cookie")
        .map_or("", |v| v.to_str().unwrap())
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    (answer, Someone { cookie, account: alongside::ids::AccountId::fresh() })
}

fn session_of(answer: &Answer) -> Someone {
    let cookie =
        answer.headers.get("set-cookie").unwrap().to_str().unwrap().split(';').next().unwrap().to_owned();
    Someone { cookie, account: alongside::ids::AccountId::fresh() }
}

fn detail_of(world: &World<'_>, action: &str) -> String {
    world
        .test
        .db
        .read(|r| {
            r.one(
                sql("SELECT detail FROM audit_event WHERE action = $1 ORDER BY seq DESC LIMIT 1"),
                &[&action],
            )?
            .get("detail")
        })
        .unwrap()
}

#[test]
fn who_must_have_a_second_factor_reaches_nothing_before() {
    both_with(BY_ROLE, |world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Pat Example", Role::Practitioner, Some(own));
        for path in ["/", "/courts/B01ND/2026-11-23", "/people", "/account", "/nowhere-of-mine"] {
            let answer = world.get(&who, path);
            assert!(
                answer.location() == HERE || answer.status == StatusCode::NOT_FOUND,
                "{path}: {}",
                answer.status
            );
        }
        assert_eq!(world.post(&who, "/people/search", &[("search", "x")]).location(), HERE);
        assert!(world.get(&who, HERE).body.contains("Your role needs one"));
        let (app, codes) = set_up(world, &who);
        assert_eq!(codes.len(), 10);
        assert_eq!(world.get(&who, "/people").status, StatusCode::OK, "the session has proven it now");

        // A referrer and a commissioner need none.
        let referrer = world.someone("Ref Example", Role::CourtReferrer, Some(own));
        assert_eq!(world.get(&referrer, "/account").status, StatusCode::OK);

        // From now on it is asked for, and the question alone opens nothing.
        steps_pass(world);
        let (asked, half) = password_step(world, "pat.example@example.org", PASSWORD);
        assert_eq!(asked.location(), "/sign-in/code?next=/people");
        assert!(world.get(&half, "/people").location().starts_with("/sign-in"));
        let token = half.cookie.split('=').nth(1).unwrap();
        let dressed_up = Someone { cookie: format!("alongside={token}"), ..half.clone() };
        assert!(world.get(&dressed_up, "/people").location().starts_with("/sign-in"));
        let used = code(&app, 0);
        let answer = world.post(&half, "/sign-in/code", &[("code", &used), ("next", "/people")]);
        assert_eq!(answer.location(), "/people");
        assert_eq!(world.get(&session_of(&answer), "/people").status, StatusCode::OK);
        assert_eq!(
            world.post(&half, "/sign-in/code", &[("code", &code(&app, 1))]).location(),
            "/sign-in",
            "the question is used up"
        );

        // The same code again, though its half minute is not over.
        let (_, half) = password_step(world, "pat.example@example.org", PASSWORD);
        let again = world.post(&half, "/sign-in/code", &[("code", &used)]);
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(detail_of(world, "signed in"), "totp");
    });
}

#[test]
fn a_recovery_code_works_once_and_old_ones_not_at_all() {
    both_with(BY_ROLE, |world| {
        let who = world.someone("Pat Example", Role::Manager, None);
        let (_, codes) = set_up(world, &who);
        let with = |code: &str| {
            let (_, half) = password_step(world, "pat.example@example.org", PASSWORD);
            world.post(&half, "/sign-in/code", &[("code", code)]).status
        };
        // Four bits a letter: 128.
        assert!(codes.iter().all(|code| code.replace('-', "").len() == 32), "{codes:?}");
        assert_eq!(with(&codes[0].to_uppercase()), StatusCode::SEE_OTHER);
        assert_eq!(with(&codes[0]), StatusCode::UNPROCESSABLE_ENTITY);
        let made = world.post(&who, HERE, &[("password", PASSWORD), ("do", "recovery")]);
        assert!(made.body.contains("New recovery codes"), "{}", made.body);
        assert_eq!(with(&codes[1]), StatusCode::UNPROCESSABLE_ENTITY);
        let kept: Vec<String> = world
            .test
            .db
            .read(|r| {
                r.query(sql("SELECT code_hash FROM recovery_code"), &[])?
                    .iter()
                    .map(|row| row.get("code_hash"))
                    .collect()
            })
            .unwrap();
        assert!(kept.iter().all(|hash| codes.iter().all(|code| !hash.contains(&code.replace('-', "")))));
    });
}

#[test]
fn a_right_password_does_not_wipe_the_count_of_wrong_codes() {
    both_with(BY_ROLE, |world| {
        let who = world.someone("Pat Example", Role::Manager, None);
        let (app, _) = set_up(world, &who);
        let mut held = false;
        for _ in 0..12 {
            world
                .test
                .db
                .write(|w| {
                    w.execute(sql("UPDATE refused_try SET held_until = first_at WHERE failures < 10"), &[])
                })
                .unwrap();
            let (asked, half) = password_step(world, "pat.example@example.org", PASSWORD);
            held = asked.status == StatusCode::TOO_MANY_REQUESTS;
            if held {
                break;
            }
            world
                .test
                .db
                .write(|w| {
                    w.execute(sql("UPDATE refused_try SET held_until = first_at WHERE failures < 10"), &[])
                })
                .unwrap();
            assert_eq!(
                world.post(&half, "/sign-in/code", &[("code", "000000")]).status,
                StatusCode::UNPROCESSABLE_ENTITY
            );
        }
        assert!(held, "{}: ten wrong codes hold the account whatever the password", world.test.engine);
        let _ = app;
    });
}

#[test]
fn the_seed_is_sealed_and_shown_only_until_it_is_confirmed() {
    both_with(BY_ROLE, |world| {
        let who = world.someone("Pat Example", Role::Manager, None);
        world.post(&who, HERE, &[("password", PASSWORD), ("do", "code-app")]);
        let picture = world.get(&who, "/account/second-factor/code-app/picture");
        assert_eq!(picture.headers["content-type"], "image/svg+xml");
        assert_eq!(picture.headers["cache-control"], "no-store");
        assert!(picture.body.contains("<svg"), "{}", picture.body);
        let (app, _) = set_up(world, &who);
        let sealed: String = world
            .test
            .db
            .read(|r| r.one(sql("SELECT sealed_seed FROM totp"), &[])?.get("sealed_seed"))
            .unwrap();
        let hex: String = app.secret().as_bytes().iter().map(|b| format!("{b:02x}")).collect();
        assert!(sealed.starts_with("1:") && !sealed.contains(&hex));
        assert_eq!(world.get(&who, "/account/second-factor/code-app").location(), HERE);
        assert_eq!(world.get(&who, "/account/second-factor/code-app/picture").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn changing_a_second_factor_asks_for_the_password_and_ends_other_sessions() {
    both_with(&[("ALONGSIDE_SECOND_FACTOR", "off")], |world| {
        let who = world.someone("Pat Example", Role::Practitioner, None);
        let other = Someone { cookie: world.sign_in("pat.example@example.org"), ..who.clone() };
        let refused = world.post(&who, HERE, &[("password", "wrong"), ("do", "code-app")]);
        assert!(refused.body.contains("does not fit"), "{}", refused.body);
        set_up(world, &who);
        assert!(
            world.get(&other, "/account").location().starts_with("/sign-in"),
            "it never proved the new one"
        );
        assert!(
            detail_of(world, "second factor added")
                .starts_with("from no code app, 0 passkeys, 0 recovery codes to code app")
        );
        // Also where nobody has to have one: who has one is asked.
        assert!(
            password_step(world, "pat.example@example.org", PASSWORD)
                .0
                .location()
                .starts_with("/sign-in/code")
        );
        world.post(&who, HERE, &[("password", PASSWORD), ("do", "remove-code-app")]);
        assert_eq!(password_step(world, "pat.example@example.org", PASSWORD).0.location(), "/people");
        assert_eq!(
            detail_of(world, "second factor taken away"),
            "from code app, 0 passkeys, 10 recovery codes to no code app, 0 passkeys, 0 recovery codes"
        );
    });
}

#[test]
fn a_new_password_by_link_never_goes_round_the_second_factor() {
    both_with(BY_ROLE, |world| {
        let admin = world.someone("Admin Example", Role::Administrator, None);
        set_up(world, &admin);
        let who = world.someone("Pat Example", Role::Manager, None);
        set_up(world, &who);
        let made = world.post(&admin, &format!("/accounts/{}/link", who.account), &[]);
        let from = made.body.find("/choose-password/").unwrap();
        let link = made.body[from..].split('"').next().unwrap().to_owned();
        let new = "words that were chosen anew";
        assert_eq!(world.send("POST", &link, None, &[("new", new), ("again", new)]).status, StatusCode::OK);
        assert!(
            password_step(world, "pat.example@example.org", new).0.location().starts_with("/sign-in/code")
        );
        // The device is lost: the administrator takes the factor away, and the next sign-in asks to set up another.
        world.post(&admin, &format!("/accounts/{}/second-factor", who.account), &[]);
        let (answer, fresh) = password_step(world, "pat.example@example.org", new);
        assert_eq!(answer.location(), "/people");
        assert_eq!(world.get(&fresh, "/people").location(), HERE);
        assert!(detail_of(world, "second factor taken away").contains("to no code app"));
    });
}

#[test]
fn passkeys_are_offered_where_browsers_can_make_them() {
    both_with(&[("ALONGSIDE_PUBLIC_URL", "https://alongside.example.org")], |world| {
        assert!(world.send("GET", "/sign-in", None, &[]).body.contains("Sign in with a passkey"));
        let question = world.send("POST", "/sign-in/passkey/start", None, &[]);
        assert!(question.body.contains("\"userVerification\":\"required\""), "{}", question.body);
        let nonsense = world.send("POST", "/sign-in/passkey/finish", None, &[("x", "y")]);
        assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
    both_with(&[], |world| {
        assert!(!world.send("GET", "/sign-in", None, &[]).body.contains("Sign in with a passkey"));
    });
}
