//! Single sign-on: who somebody is comes from outside, what they may do from inside; and what a provider, a browser or
//! somebody between them could try.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

use alongside::access::policy::ManageAccounts;
use alongside::access::{Permit, Role, invite_account};
use alongside::clock;
use alongside::ids::AccountId;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use store::sql;
use world::provider::{CLIENT, FakeProvider, SECRET, Signed};
use world::{Answer, Someone, World, email_of};

/// A service with a provider; `more` are further settings.
fn with_provider(more: &[(&str, &str)], test: impl Fn(&World<'_>, &FakeProvider)) {
    let provider = FakeProvider::start();
    let mut settings = vec![
        ("ALONGSIDE_OIDC_ISSUER", provider.issuer.as_str()),
        ("ALONGSIDE_OIDC_CLIENT", CLIENT),
        ("ALONGSIDE_OIDC_SECRET", SECRET),
        ("ALONGSIDE_OIDC_NAME", "Trust sign-in"),
    ];
    if !more.iter().any(|(name, _)| *name == "ALONGSIDE_SECOND_FACTOR") {
        settings.push(("ALONGSIDE_SECOND_FACTOR", "off"));
    }
    settings.extend_from_slice(more);
    world::both_with(&settings, |w| {
        provider.says(|says| {
            says.signed = Signed::Right;
            says.error = None;
        });
        test(w, &provider);
    });
}

/// A browser on its way to the provider: its cookie, and what the provider was told.
struct Away {
    cookie: String,
    state: String,
    nonce: String,
    url: String,
}

fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_default().to_owned()
}

fn cookie_of(answer: &Answer, name: &str) -> Option<String> {
    let all = answer.headers.get_all(header::SET_COOKIE);
    let found = all.iter().filter_map(|v| v.to_str().ok()).find(|v| v.starts_with(&format!("{name}=")))?;
    Some(found.split(';').next().unwrap().to_owned())
}

fn away(answer: &Answer, url: &str) -> Away {
    let (state, nonce) = (parameter(url, "state"), parameter(url, "nonce"));
    Away { cookie: cookie_of(answer, "alongside-provider").unwrap(), state, nonce, url: url.to_owned() }
}

fn leave(w: &World<'_>, next: &str) -> Away {
    let answer = w.send("GET", &format!("/sign-in/provider?next={next}"), None, &[]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    away(&answer, answer.location())
}

fn open(w: &World<'_>, path: &str, cookie: &str) -> Answer {
    w.request(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap())
}

fn come_back(w: &World<'_>, away: &Away) -> Answer {
    open(w, &format!("/sign-in/provider/back?code=invented&state={}", away.state), &away.cookie)
}

/// Signs in as `subject`; `change` changes what the provider signs.
fn sign_in(w: &World<'_>, p: &FakeProvider, subject: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let away = leave(w, "/account");
    let mut claims = p.claims(subject, &away.nonce, clock::now().as_second());
    change(&mut claims);
    p.says(|says| says.claims = claims);
    come_back(w, &away)
}

fn is_in(answer: &Answer) -> bool {
    cookie_of(answer, "alongside").is_some_and(|cookie| cookie.len() > "alongside=".len())
}

/// Links an identity on the account page.
fn link(w: &World<'_>, p: &FakeProvider, who: &Someone, subject: &str) -> Answer {
    let page = w.post(who, "/account/identities", &[("password_to_link", world::PASSWORD)]);
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let start = page.body.find(&p.issuer).unwrap();
    let url = page.body[start..].split('"').next().unwrap().replace("&amp;", "&");
    let away = away(&page, &url);
    let claims = p.claims(subject, &away.nonce, clock::now().as_second());
    p.says(|says| says.claims = claims);
    let both = format!("{}; {}", who.cookie, away.cookie);
    open(w, &format!("/sign-in/provider/back?code=invented&state={}", away.state), &both)
}

#[test]
fn an_identity_gives_no_right_until_its_account_is_linked_and_then_those_of_the_account() {
    with_provider(&[], |w, p| {
        let own = w.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = w.someone("Nell Linked", Role::Practitioner, Some(own));
        let stranger = sign_in(w, p, "subject-1", |_| {});
        assert_eq!(stranger.status, StatusCode::FORBIDDEN);
        assert!(stranger.body.contains("No account here goes with this sign-in") && !is_in(&stranger));

        assert_eq!(link(w, p, &who, "subject-1").location(), "/account?linked=1");
        let page = w.get(&who, "/account?linked=1");
        assert!(
            page.body.contains("Your sign-in is linked.") && page.body.contains("subject-1"),
            "{}",
            page.body
        );
        let answer = sign_in(w, p, "subject-1", |_| {});
        assert!(is_in(&answer), "{}", answer.body);
        assert_eq!(answer.location(), "/account", "back to the page that was asked for");
        let session = cookie_of(&answer, "alongside").unwrap();
        assert_eq!(open(w, "/people", &session).status, StatusCode::OK);
        assert_eq!(open(w, "/projects", &session).status, StatusCode::NOT_FOUND);
        assert!(!is_in(&sign_in(w, p, "subject-2", |_| {})), "another subject is another person");

        // What the program sent: the code once, with the verifier that fits the challenge of the question.
        assert!(p.asked().contains("code_verifier=") && p.asked().contains("grant_type=authorization_code"));
        let url = leave(w, "/").url;
        assert_eq!(parameter(&url, "code_challenge_method"), "S256");
        assert_eq!(parameter(&url, "response_type"), "code");
    });
}

#[test]
fn what_is_signed_wrongly_or_for_somebody_else_or_is_old_lets_nobody_in() {
    with_provider(&[], |w, p| {
        let who = w.someone("Nell Linked", Role::Practitioner, None);
        link(w, p, &who, "subject-1");
        assert!(is_in(&sign_in(w, p, "subject-1", |_| {})), "it would work");
        let now = clock::now().as_second();
        type Change = fn(&mut Value, i64);
        let changes: [(&str, Change); 9] = [
            ("another nonce", |c, _| c["nonce"] = json!("another")),
            ("no nonce", |c, _| drop(c.as_object_mut().unwrap().remove("nonce"))),
            ("for another program", |c, _| c["aud"] = json!("another program")),
            ("for two programs", |c, _| c["aud"] = json!([CLIENT, "another program"])),
            ("asked for by another program", |c, _| c["azp"] = json!("another program")),
            ("by another issuer", |c, _| c["iss"] = json!("https://evil.example")),
            ("run out", |c, now| c["exp"] = json!(now - 120)),
            ("made long ago", |c, now| c["iat"] = json!(now - 3_600)),
            ("made in the future", |c, now| c["iat"] = json!(now + 3_600)),
        ];
        for (what, change) in changes {
            let answer = sign_in(w, p, "subject-1", |claims| change(claims, now));
            assert!(!is_in(&answer) && answer.status == StatusCode::FORBIDDEN, "{what}: {}", answer.status);
            assert!(answer.body.contains("What came back is not accepted"), "{what}");
        }
        for signed in [Signed::NotAtAll, Signed::BySecret, Signed::ByPublicKey, Signed::ByAnother] {
            p.says(|says| says.signed = signed);
            let answer = sign_in(w, p, "subject-1", |_| {});
            assert!(
                !is_in(&answer) && answer.status == StatusCode::FORBIDDEN,
                "{signed:?}: {}",
                answer.status
            );
        }
        p.says(|says| says.signed = Signed::Right);
        assert!(
            is_in(&sign_in(w, p, "subject-1", |claims| claims["exp"] = json!(now - 5))),
            "clocks differ a little"
        );
    });
}

#[test]
fn an_answer_fits_the_browser_that_asked_its_state_its_issuer_and_its_ten_minutes() {
    with_provider(&[], |w, p| {
        let who = w.someone("Nell Linked", Role::Practitioner, None);
        link(w, p, &who, "subject-1");
        let (one, other) = (leave(w, "/"), leave(w, "/"));
        let claims = p.claims("subject-1", &one.nonce, clock::now().as_second());
        p.says(|says| says.claims = claims);
        let back =
            |state: &str, more: &str| format!("/sign-in/provider/back?code=invented&state={state}{more}");
        for (what, path, cookie) in [
            ("without a cookie", back(&one.state, ""), ""),
            ("in another browser", back(&one.state, ""), other.cookie.as_str()),
            ("with another state", back(&other.state, ""), one.cookie.as_str()),
            ("with no state", back("", ""), one.cookie.as_str()),
            ("from another issuer", back(&one.state, "&iss=https%3A%2F%2Fevil.example"), one.cookie.as_str()),
            ("with a made-up cookie", back(&one.state, ""), "alongside-provider=1:00:00"),
        ] {
            let answer = open(w, &path, cookie);
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}");
            assert!(!is_in(&answer) && answer.body.contains("began elsewhere"), "{what}: {}", answer.body);
        }
        let refused =
            open(w, &format!("/sign-in/provider/back?error=access_denied&state={}", one.state), &one.cookie);
        assert!(refused.status == StatusCode::FORBIDDEN && refused.body.contains("You are not signed in"));
        let answer = come_back(w, &one);
        assert!(is_in(&answer), "{}", answer.body);
        assert_eq!(cookie_of(&answer, "alongside-provider").unwrap(), "alongside-provider=", "used up");
    });
}

#[test]
fn a_key_that_changed_is_fetched_anew() {
    with_provider(&[], |w, p| {
        let who = w.someone("Nell Linked", Role::Practitioner, None);
        link(w, p, &who, "subject-1");
        p.says(|says| says.key_id = format!("key of {}", w.test.engine));
        assert!(is_in(&sign_in(w, p, "subject-1", |_| {})));
    });
}

#[test]
fn an_address_finds_an_account_only_where_set_only_when_verified_and_only_the_first_time() {
    with_provider(&[("ALONGSIDE_OIDC_LINK", "verified-email")], |w, p| {
        w.account("Nell Found", Role::Practitioner, None);
        let email = email_of("Nell Found");
        let told = |claims: &mut Value, verified: bool| {
            claims["email"] = json!(email.to_uppercase());
            claims["email_verified"] = json!(verified);
        };
        assert!(!is_in(&sign_in(w, p, "subject-1", |c| told(c, false))), "not verified");
        assert!(is_in(&sign_in(w, p, "subject-1", |c| told(c, true))));
        assert!(is_in(&sign_in(w, p, "subject-1", |_| {})), "found by the identity from now on");
        assert!(
            !is_in(&sign_in(w, p, "subject-2", |c| told(c, true))),
            "the address has passed to somebody else"
        );

        // Told by the other door of the provider, as many do.
        w.account("Juno Found", Role::Practitioner, None);
        let info = json!({ "sub": "subject-3", "email": email_of("Juno Found"), "email_verified": true });
        p.says(|says| says.userinfo = info);
        assert!(is_in(&sign_in(w, p, "subject-3", |_| {})));
        let about_another =
            json!({ "sub": "subject-9", "email": email_of("Juno Found"), "email_verified": true });
        p.says(|says| says.userinfo = about_another);
        assert!(!is_in(&sign_in(w, p, "subject-4", |_| {})), "about somebody else");
    });
    with_provider(&[], |w, p| {
        w.account("Nell Not Found", Role::Practitioner, None);
        let email = email_of("Nell Not Found");
        let answer = sign_in(w, p, "subject-1", |claims| {
            claims["email"] = json!(email);
            claims["email_verified"] = json!(true);
        });
        assert!(!is_in(&answer), "not set");
    });
}

#[test]
fn a_second_factor_is_asked_for_here_unless_the_provider_s_own_is_trusted() {
    let trusting = [("ALONGSIDE_SECOND_FACTOR", "by-role"), ("ALONGSIDE_OIDC_FACTOR", "mfa")];
    with_provider(&trusting, |w, p| {
        let who = w.account("Nell Careful", Role::Practitioner, None);
        link_by_operator(w, p, who, "subject-1");
        // None set up here and none there: to the page where one is set up, and no other.
        let answer = sign_in(w, p, "subject-1", |claims| claims["amr"] = json!(["pwd"]));
        let session = cookie_of(&answer, "alongside").unwrap();
        assert_eq!(open(w, "/people", &session).location(), "/account/second-factor");
        // Asked for there.
        let answer = sign_in(w, p, "subject-1", |claims| claims["amr"] = json!(["pwd", "mfa"]));
        let session = cookie_of(&answer, "alongside").unwrap();
        assert_ne!(open(w, "/courts", &session).location(), "/account/second-factor");
        // Set up here: asked for here.
        let factor = sql(
            "INSERT INTO totp (account_id, sealed_seed, begun_at, confirmed_at, last_step) VALUES ($1, $2, $3, $4, $5)",
        );
        let (account, now) = (uuid::Uuid::from(who), clock::now());
        w.test.db.write(|t| t.execute(factor, &[&account, &"sealed", &now, &now, &0_i64])).unwrap();
        let answer = sign_in(w, p, "subject-1", |_| {});
        assert!(!is_in(&answer) && answer.location().starts_with("/sign-in/code"), "{}", answer.location());
    });
}

/// As an administrator would on the server: the sessions of tests have no second factor.
fn link_by_operator(w: &World<'_>, p: &FakeProvider, who: AccountId, subject: &str) {
    w.test
        .db
        .write(|t| {
            t.execute(
                sql("INSERT INTO account_identity (id, account_id, issuer, subject, shown_as, linked_at, linked_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                &[&uuid::Uuid::now_v7(), &uuid::Uuid::from(who), &p.issuer, &subject, &subject, &clock::now(), &"a test"],
            )
        })
        .unwrap();
}

#[test]
fn a_disabled_account_is_refused_and_an_identity_taken_away_opens_nothing() {
    with_provider(&[], |w, p| {
        let admin = w.someone("Tad Admin", Role::Administrator, None);
        let who = w.someone("Nell Leaver", Role::Practitioner, None);
        link(w, p, &who, "subject-1");
        let session = cookie_of(&sign_in(w, p, "subject-1", |_| {}), "alongside").unwrap();
        let page = w.get(&admin, &format!("/accounts/{}", who.account)).body;
        let at = page.find("/identities/").unwrap();
        let identity = page[at..].split('/').nth(2).unwrap();
        let path = format!("/accounts/{}/identities/{identity}/unlink", who.account);
        assert_eq!(w.post(&admin, &path, &[]).status, StatusCode::SEE_OTHER);
        assert_eq!(open(w, "/account", &session).status, StatusCode::SEE_OTHER, "its sessions are over");
        assert!(!is_in(&sign_in(w, p, "subject-1", |_| {})));

        let who = Someone { cookie: w.sign_in(&email_of("Nell Leaver")), account: who.account };
        assert_eq!(link(w, p, &who, "subject-1").location(), "/account?linked=1", "linked again");
        let other = w.someone("Juno Other", Role::Practitioner, None);
        assert_eq!(link(w, p, &other, "subject-1").status, StatusCode::CONFLICT, "one identity, one account");
        w.post(&admin, &format!("/accounts/{}/disable", who.account), &[]);
        let refused = sign_in(w, p, "subject-1", |_| {});
        assert!(!is_in(&refused) && refused.body.contains("No account here goes with this sign-in"));
    });
}

#[test]
fn linking_asks_for_the_password_and_binds_to_the_session_that_asked() {
    with_provider(&[], |w, p| {
        let (who, other) =
            (w.someone("Nell Owner", Role::Manager, None), w.someone("Juno Other", Role::Manager, None));
        let refused = w.post(&who, "/account/identities", &[("password_to_link", "wrong wrong wrong")]);
        assert!(refused.body.contains("The present password does not fit"), "{}", refused.body);
        // The answer arrives in another person's session: nothing is linked to either.
        let page = w.post(&who, "/account/identities", &[("password_to_link", world::PASSWORD)]);
        let start = page.body.find(&p.issuer).unwrap();
        let url = page.body[start..].split('"').next().unwrap().replace("&amp;", "&");
        let away = away(&page, &url);
        let claims = p.claims("subject-1", &away.nonce, clock::now().as_second());
        p.says(|says| says.claims = claims);
        let both = format!("{}; {}", other.cookie, away.cookie);
        let answer = open(w, &format!("/sign-in/provider/back?code=invented&state={}", away.state), &both);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(!is_in(&sign_in(w, p, "subject-1", |_| {})));
    });
}

#[test]
fn an_invitation_can_be_taken_up_through_the_provider_once() {
    with_provider(&[], |w, p| {
        let admin = w.someone("Tad Admin", Role::Administrator, None);
        let who = w.someone("Nell Invited", Role::Practitioner, None);
        let page = w.post(&admin, &format!("/accounts/{}/link", who.account), &[]).body;
        let at = page.find("/choose-password/").unwrap();
        let path: String =
            page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-_".contains(*c)).collect();
        assert!(w.send("GET", &path, None, &[]).body.contains("Use Trust sign-in instead"));
        let take_up = |subject: &str| {
            let page = w.send("POST", &format!("{path}/provider"), None, &[]);
            let start = page.body.find(&p.issuer).unwrap();
            let url = page.body[start..].split('"').next().unwrap().replace("&amp;", "&");
            let away = away(&page, &url);
            let claims = p.claims(subject, &away.nonce, clock::now().as_second());
            p.says(|says| says.claims = claims);
            come_back(w, &away)
        };
        assert!(is_in(&take_up("subject-1")));
        assert!(is_in(&sign_in(w, p, "subject-1", |_| {})));
        assert!(!is_in(&take_up("subject-2")), "used up");
    });
}

#[test]
fn passwords_work_for_named_accounts_only_where_set_with_the_same_words_for_all_others() {
    with_provider(&[("ALONGSIDE_OIDC_ELSE", "emer.named@example.org")], |w, p| {
        w.account("Emer Named", Role::Administrator, None);
        let other = w.account("Nell Other", Role::Practitioner, None);
        let try_in = |email: &str, password: &str| {
            w.from("192.0.2.7", "/sign-in", &[("email", email), ("password", password)])
        };
        assert!(is_in(&try_in("Emer.Named@example.org", world::PASSWORD)));
        let refused = try_in(&email_of("Nell Other"), world::PASSWORD);
        assert!(!is_in(&refused) && refused.body.contains("do not fit together"));
        assert!(refused.body.contains("for a few named accounts only"), "{}", refused.body);
        link_by_operator(w, p, other, "subject-2");
        assert!(is_in(&sign_in(w, p, "subject-2", |_| {})), "through the provider everybody");
    });
}

#[test]
fn a_provider_that_does_not_answer_is_told_in_words_and_is_nobody_s_refused_try() {
    let settings = [
        ("ALONGSIDE_OIDC_ISSUER", "http://127.0.0.1:9"),
        ("ALONGSIDE_OIDC_CLIENT", CLIENT),
        ("ALONGSIDE_OIDC_NAME", "Trust sign-in"),
        ("ALONGSIDE_SECOND_FACTOR", "off"),
    ];
    world::both_with(&settings, |w| {
        let answer = w.send("GET", "/sign-in/provider", None, &[]);
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.body.contains("Trust sign-in does not answer"), "{}", answer.body);
        let n: i64 =
            w.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM refused_try"), &[])?.get("n")).unwrap();
        assert_eq!(n, 0);
    });
    world::both(|w| {
        for path in ["/sign-in/provider", "/sign-in/provider/back?code=a&state=b", "/sign-in/provider/out"] {
            assert_eq!(w.send("GET", path, None, &[]).status, StatusCode::NOT_FOUND, "none is set: {path}");
        }
        assert!(!w.send("GET", "/sign-in", None, &[]).body.contains("single sign-on"));
    });
}

#[test]
fn signing_out_here_says_that_the_provider_goes_on_and_leads_out_of_it() {
    with_provider(&[], |w, p| {
        let who = w.someone("Nell Linked", Role::Practitioner, None);
        let left = w.post(&who, "/sign-out", &[]);
        let page = w.send("GET", left.location(), None, &[]).body;
        assert!(page.contains("sign out of Trust sign-in too"), "{page}");
        let out = w.send("GET", "/sign-in/provider/out", None, &[]);
        assert!(out.location().starts_with(&format!("{}/out?", p.issuer)), "{}", out.location());
        assert!(out.location().contains("post_logout_redirect_uri="));
    });
}

#[test]
fn an_answer_counts_once() {
    with_provider(&[], |w, p| {
        let who = w.someone("Nell Linked", Role::Practitioner, None);
        link(w, p, &who, "subject-1");
        let away = leave(w, "/");
        let claims = p.claims("subject-1", &away.nonce, clock::now().as_second());
        p.says(|says| says.claims = claims);
        assert!(is_in(&come_back(w, &away)));
        let again = come_back(w, &away);
        assert!(!is_in(&again) && again.body.contains("An answer counts once"), "{}", again.body);
    });
}

#[test]
fn what_was_taken_away_does_not_come_back_by_its_address() {
    with_provider(&[("ALONGSIDE_OIDC_LINK", "verified-email")], |w, p| {
        w.account("Nell Found", Role::Practitioner, None);
        let told = |claims: &mut Value| {
            claims["email"] = json!(email_of("Nell Found"));
            claims["email_verified"] = json!(true);
        };
        assert!(is_in(&sign_in(w, p, "subject-1", told)));
        let unlink = sql("UPDATE account_identity SET unlinked_at = linked_at, unlinked_by = 'a test'");
        w.test.db.write(|t| t.execute(unlink, &[])).unwrap();
        assert!(!is_in(&sign_in(w, p, "subject-1", told)), "taken away by somebody, for a reason");
        assert!(!is_in(&sign_in(w, p, "subject-2", told)));
    });
}

#[test]
fn an_account_with_a_factor_of_its_own_is_linked_only_once_that_is_proven() {
    let settings = [("ALONGSIDE_OIDC_LINK", "verified-email"), ("ALONGSIDE_OIDC_FACTOR", "mfa")];
    with_provider(&settings, |w, p| {
        let who = uuid::Uuid::from(w.account("Nell Careful", Role::Practitioner, None));
        let factor = sql(
            "INSERT INTO passkey (id, account_id, name, credential_id, credential, made_at) VALUES ($1, $2, $3, $4, $5, $6)",
        );
        let recovery =
            sql("INSERT INTO recovery_code (id, account_id, code_hash, made_at) VALUES ($1, $2, $3, $4)");
        let (now, code) = (clock::now(), "abcd-efgh-jkmn");
        let plain = code.replace('-', "");
        let hash: String =
            openssl::sha::sha256(plain.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        w.test
            .db
            .write(|t| {
                t.execute(factor, &[&uuid::Uuid::now_v7(), &who, &"a passkey", &"x", &"{}", &now])?;
                t.execute(recovery, &[&uuid::Uuid::now_v7(), &who, &hash, &now])
            })
            .unwrap();
        let linked = || -> i64 {
            let count = sql("SELECT COUNT(*) AS n FROM account_identity WHERE unlinked_at IS NULL");
            w.test.db.read(|r| r.one(count, &[])?.get("n")).unwrap()
        };
        let told = |claims: &mut Value| {
            claims["email"] = json!(email_of("Nell Careful"));
            claims["email_verified"] = json!(true);
            claims["amr"] = json!(["mfa"]);
        };
        let asked = sign_in(w, p, "subject-1", told);
        assert!(!is_in(&asked) && asked.location().starts_with("/sign-in/code"), "{}", asked.location());
        assert_eq!(linked(), 0, "whoever has the address has not yet proven to be the owner");
        let step = cookie_of(&asked, "alongside-step").unwrap();
        let answer = |code: &str| {
            let request = Request::post("/sign-in/code")
                .header(header::COOKIE, &step)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            w.request(request.body(Body::from(format!("code={code}"))).unwrap())
        };
        assert!(!is_in(&answer("wrong")) && linked() == 0);
        assert!(is_in(&answer(code)));
        assert_eq!(linked(), 1);
        assert!(is_in(&sign_in(w, p, "subject-1", told)), "from now on the provider's own factor counts");
    });
}

#[test]
fn what_is_between_the_provider_and_this_program_is_nobody_s_refused_try() {
    with_provider(&[], |w, p| {
        let counted = || -> i64 {
            let tries = sql("SELECT COALESCE(MAX(failures), 0) AS n FROM refused_try");
            w.test.db.read(|r| r.one(tries, &[])?.get("n")).unwrap()
        };
        p.says(|says| says.error = Some("invalid_client"));
        let answer = sign_in(w, p, "subject-1", |_| {});
        assert_eq!((answer.status, counted()), (StatusCode::SERVICE_UNAVAILABLE, 0), "its secret ran out");
        p.says(|says| says.error = Some("invalid_grant"));
        let answer = sign_in(w, p, "subject-1", |_| {});
        assert_eq!((answer.status, counted()), (StatusCode::FORBIDDEN, 1), "a made-up code");
    });
}

#[test]
fn whoever_has_no_password_protects_the_account_after_coming_through_the_provider_just_now() {
    with_provider(&[("ALONGSIDE_SECOND_FACTOR", "by-role")], |w, p| {
        let permit: Permit<ManageAccounts> = Permit::for_command_line(&w.test.db);
        let account = permit
            .write_now(|t| {
                let by = t.actor().clone();
                let id =
                    invite_account(&mut t.raw_for_operator(), &by, "Nell Invited", &email_of("Nell Invited"))
                        .map_err(|e| store::Error::Migration(e.to_string()))?;
                alongside::projects::grant(t, AccountId::of(id), Role::Practitioner, None)?;
                Ok::<_, store::Error>(AccountId::of(id))
            })
            .unwrap();
        link_by_operator(w, p, account, "subject-1");
        let cookie = cookie_of(&sign_in(w, p, "subject-1", |_| {}), "alongside").unwrap();
        let who = Someone { cookie, account };
        let page = w.get(&who, "/account/second-factor").body;
        assert!(page.contains("You came through Trust sign-in just now"), "{page}");
        let begun = w.post(&who, "/account/second-factor", &[("password", ""), ("do", "code-app")]);
        assert_eq!(begun.location(), "/account/second-factor/code-app", "{}", begun.body);

        let session = sql("UPDATE session SET created_at = $1");
        let earlier = clock::now() - jiff::SignedDuration::from_mins(11);
        w.test.db.write(|t| t.execute(session, &[&earlier])).unwrap();
        let late = w.post(&who, "/account/second-factor", &[("password", ""), ("do", "code-app")]);
        assert!(late.body.contains("sign in again through Trust sign-in"), "{}", late.body);
    });
}

#[test]
fn the_only_way_in_is_not_taken_away_by_oneself() {
    with_provider(&[("ALONGSIDE_OIDC_ELSE", "emer.named@example.org")], |w, p| {
        let account = w.account("Nell Other", Role::Practitioner, None);
        link_by_operator(w, p, account, "subject-1");
        let cookie = cookie_of(&sign_in(w, p, "subject-1", |_| {}), "alongside").unwrap();
        let who = Someone { cookie, account };
        let page = w.get(&who, "/account").body;
        let at = page.find("unlink ").unwrap();
        let act = page[at..].split('"').next().unwrap();
        let refused = w.post(&who, "/account/identities", &[("password_to_link", ""), ("do", act)]);
        assert!(refused.body.contains("It is the only way in that you have"), "{}", refused.body);
        assert!(is_in(&sign_in(w, p, "subject-1", |_| {})));
    });
}
