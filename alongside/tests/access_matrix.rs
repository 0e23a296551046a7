//! Every route × every role × (own project, another project, disabled, signed out): nobody sees what is not theirs, and no
//! refusal names anybody.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::KeepRegister;
use alongside::access::{Permit, Role};
use alongside::ids::PersonId;
use alongside::people::{Details, NewPerson, register};
use axum::http::StatusCode;
use world::everything::{NAMES, Seeded, everything};
use world::{World, both};

fn filled(path: &str, listing: &str, person: &str, import: &str) -> String {
    let nowhere = uuid::Uuid::now_v7().to_string();
    path.replace("{topic}", "medication")
        .replace("{instrument}", "phq-9")
        .replace("{court}", "B01ND")
        .replace("{date}", "2026-11-23")
        .replace("{listing}", listing)
        .replace("{person}", person)
        .replace("{import}", import)
        .replace("{project}", &nowhere)
        .replace("{account}", &nowhere)
        .replace("{token}", &nowhere)
        .replace("{borough}", &nowhere)
        .replace("{grant}", &nowhere)
        .replace("{other}", &nowhere)
        .replace("{draft}", &nowhere)
        .replace("{session}", &nowhere)
        .replace("{identity}", &nowhere)
        .replace("{secret}", "x")
        .replace("{use}", &nowhere)
        .replace("{mark}", "x")
        .replace("{merge}", &nowhere)
        .replace("{kind}", "person")
        .replace("{run}", &nowhere)
        .replace("{name}", "x.css")
        .replace("{*rest}", "x")
}

/// A request for access to the seeded person: what stands in the paths of subject access.
fn asked_for(world: &World<'_>, own: alongside::ids::ProjectId, person: &str) -> Vec<(&'static str, String)> {
    let who = world.someone("Answerer", Role::Manager, Some(own));
    let fields = [
        ("received-day", "1"),
        ("received-month", "10"),
        ("received-year", "2026"),
        ("requester", "person"),
        ("name", "QWERTIL"),
        ("identity", "known"),
    ];
    let asked = world.post(&who, &format!("/people/{person}/subject-access"), &fields);
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    vec![("{access}", asked.location().rsplit('/').next().unwrap().to_owned())]
}

#[test]
fn every_route_refuses_who_may_not_and_names_nobody() {
    both(|world| {
        let Seeded { own, other, listing, person, mut records } = everything(world);
        let import: alongside::ids::ImportId = world
            .test
            .db
            .read(|r| r.one(store::sql("SELECT id FROM import"), &[]))
            .unwrap()
            .get("id")
            .unwrap();
        let import = import.to_string();
        records.extend(asked_for(world, own, &person));
        let mut failures = Vec::new();
        let people: Vec<(Role, bool, world::Someone)> = Role::ALL
            .into_iter()
            .flat_map(|role| [(role, true), (role, false)])
            .map(|(role, ours)| {
                let who = world.someone(
                    &format!("{} {}", role.key(), if ours { "own" } else { "other" }),
                    role,
                    Some(if ours { own } else { other }),
                );
                (role, ours, who)
            })
            .collect();
        for route in &world.declared {
            let path =
                records.iter().fold(filled(route.path, &listing, &person, &import), |path, (name, id)| {
                    path.replace(name, id)
                });
            if path.contains('{') {
                failures.push(format!("{path}: the test does not know how to fill this path"));
                continue;
            }
            let Some(capability) = route.capability else { continue };
            // It does what it says: whoever asks next would be signed out. `signing_in.rs` tests it.
            if path.ends_with("/sessions/end-all") {
                continue;
            }
            let signed_out = world.status_of(route.method, &path, None);
            let expected =
                if route.method == "GET" { StatusCode::SEE_OTHER } else { StatusCode::UNAUTHORIZED };
            if signed_out != expected {
                failures.push(format!("{} {path} signed out: {signed_out}", route.method));
            }
            for (role, ours, who) in &people {
                let may = route.roles.contains(role);
                // An event stream has no end: its status is enough.
                if path.ends_with("/live") {
                    let status = world.status_of(route.method, &path, Some(who));
                    if (status == StatusCode::OK) != (may && *ours) {
                        failures.push(format!("{path} as {role:?} (own project: {ours}): {status}"));
                    }
                    continue;
                }
                let answer = world.send(route.method, &path, Some(who), &[]);
                if !may && answer.status != StatusCode::NOT_FOUND {
                    failures.push(format!(
                        "{} {path} as {role:?}, who lacks {capability}: {}",
                        route.method, answer.status
                    ));
                }
                if answer.status == StatusCode::INTERNAL_SERVER_ERROR {
                    failures.push(format!("{} {path} as {role:?}: broke", route.method));
                }
                // A records guardian answers people who ask, and says how long records are kept.
                let guards = ["KeepRecords", "PlaceHolds", "AnswerAccess"].contains(&capability);
                let clinical = matches!(role, Role::Practitioner | Role::Manager | Role::LinkWorker)
                    || (*role == Role::RecordsGuardian && guards);
                // Whoever sent a file in may have it back; nobody here sent this one.
                if (!*ours || !clinical)
                    && !path.ends_with("/original")
                    && NAMES.iter().any(|name| answer.body.contains(name))
                {
                    failures.push(format!(
                        "{} {path} as {role:?} (own project: {ours}) names somebody",
                        route.method
                    ));
                }
                if answer.status != StatusCode::OK
                    && NAMES.iter().any(|name| answer.body.contains(name))
                    && !clinical
                {
                    failures.push(format!("{} {path} as {role:?}: a refusal names somebody", route.method));
                }
            }
        }
        assert!(failures.is_empty(), "{}:\n{}", world.test.engine, failures.join("\n"));
    });
}

/// A person on the register, put there by the operator.
fn on_register(world: &World<'_>, project: alongside::ids::ProjectId, forename: &str) -> PersonId {
    let permit: Permit<KeepRegister> = Permit::for_command_line(&world.test.db);
    let details =
        Details { forename: Some(forename.into()), surname: Some("ZYXWVU".into()), ..Details::default() };
    permit.write_now(|w| register(w, &NewPerson { details, source: "test".into(), project })).unwrap()
}

/// Every route about a person × a limited, a merged and a glass-opened record, for whoever may not and for whoever may.
#[test]
fn restricted_merged_and_opened_records_on_every_route_about_a_person() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let limited = on_register(world, own, "QWERTIL");
        let (kept, merged) = (on_register(world, own, "QWERTIL"), on_register(world, own, "QWERTIL"));
        let (opened, closed) = (on_register(world, other, "QWERTIL"), on_register(world, other, "QWERTIL"));
        let manager = world.someone("Manager Own", Role::Manager, Some(own));
        let practitioner = world.someone("Practitioner Own", Role::Practitioner, Some(own));
        let far = world.someone("Manager Other", Role::Manager, Some(other));
        let leaver = world.someone("Leaver Own", Role::Manager, Some(own));
        world::people::merged(world, &manager, kept, merged);
        let done = world.post(
            &manager,
            &format!("/people/{limited}/restrictions"),
            &[("do", "restrict"), ("kind", "limited"), ("reason", "works here")],
        );
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let done = world.post(
            &practitioner,
            &format!("/glass/{opened}"),
            &[("class", "life"), ("reason", "a reason in a sentence")],
        );
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    store::sql("UPDATE account SET disabled_at = created_at WHERE id = $1"),
                    &[&leaver.account],
                )
            })
            .unwrap();

        // (record, who, what they may do with it)
        enum Reach {
            Nothing,
            Reading,
            All,
        }
        let cases = [
            ("limited, not named", limited, &practitioner, Reach::Nothing),
            ("limited, named", limited, &manager, Reach::All),
            ("merged, own", merged, &manager, Reach::All),
            ("merged, another project", merged, &far, Reach::Nothing),
            ("kept, another project", kept, &far, Reach::Nothing),
            ("opened by glass", opened, &practitioner, Reach::Reading),
            ("opened by somebody else", opened, &manager, Reach::Nothing),
            ("another of that project", closed, &practitioner, Reach::Nothing),
            ("own, but disabled", kept, &leaver, Reach::Nothing),
        ];
        let mut failures = Vec::new();
        let mut walked = 0;
        for route in world.declared.iter().filter(|r| r.path.contains("{person}")) {
            let Some(capability) = route.capability else { continue };
            for (what, person, who, reach) in &cases {
                let path = filled(route.path, "x", &person.to_string(), "x");
                // The page that asks for the glass opens for closed records, and names nobody.
                let asks = capability == "BreakGlass";
                let answer = world.send(route.method, &path, Some(who), &[]);
                walked += 1;
                let names = NAMES.iter().any(|name| answer.body.contains(name));
                let reads = alongside::access::policy::THROUGH_GLASS.contains(&capability);
                let right = match reach {
                    Reach::Nothing if asks => !names,
                    Reach::Nothing => {
                        !names
                            && matches!(
                                answer.status,
                                StatusCode::NOT_FOUND | StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED
                            )
                    }
                    Reach::Reading if reads => answer.status != StatusCode::NOT_FOUND,
                    Reach::Reading => !names && answer.status == StatusCode::NOT_FOUND,
                    Reach::All => answer.status != StatusCode::INTERNAL_SERVER_ERROR,
                };
                if !right {
                    failures.push(format!(
                        "{} {} ({what}): {}, names: {names}",
                        route.method, route.path, answer.status
                    ));
                }
            }
        }
        assert!(walked >= 9 * 9, "only {walked}");
        assert!(failures.is_empty(), "{}:\n{}", world.test.engine, failures.join("\n"));
        for (person, who) in [(limited, &manager), (merged, &manager), (opened, &practitioner)] {
            assert!(
                world.get(who, &format!("/people/{person}")).body.contains("QWERTIL"),
                "the walk proves nothing otherwise"
            );
        }
    });
}

#[test]
fn a_disabled_account_is_signed_out_at_once() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Leaver Example", Role::Practitioner, Some(own));
        assert_eq!(world.get(&who, "/courts/B01ND/2026-11-23").status, StatusCode::OK);
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    store::sql("UPDATE account SET disabled_at = created_at WHERE id = $1"),
                    &[&who.account],
                )
            })
            .unwrap();
        assert_eq!(world.get(&who, "/courts/B01ND/2026-11-23").status, StatusCode::SEE_OTHER);
        let again = world.send(
            "POST",
            "/sign-in",
            None,
            &[("email", "leaver.example@example.org"), ("password", world::PASSWORD)],
        );
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let nobody = world.send(
            "POST",
            "/sign-in",
            None,
            &[("email", "nobody@example.org"), ("password", world::PASSWORD)],
        );
        let strip =
            |body: &str| body.replace("leaver.example@example.org", "").replace("nobody@example.org", "");
        assert_eq!(strip(&again.body), strip(&nobody.body), "the answer tells which addresses have accounts");
    });
}

#[test]
fn a_form_from_another_site_changes_nothing() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Target Example", Role::Practitioner, Some(own));
        let request = axum::http::Request::post("/account")
            .header("cookie", &who.cookie)
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from("old=x&new=y&again=y"))
            .unwrap();
        assert_eq!(world.request(request).status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn every_answer_carries_the_headers_that_keep_it_private() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Reader Example", Role::Practitioner, Some(own));
        for path in ["/courts/B01ND/2026-11-23", "/nowhere", "/account"] {
            let answer = world.get(&who, path);
            let header = |name: &str| answer.headers.get(name).map_or("", |v| v.to_str().unwrap()).to_owned();
            assert_eq!(header("cache-control"), "no-store", "{path}");
            let policy = header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}");
            assert!(policy.contains("require-trusted-types-for 'script'; trusted-types alongside"), "{path}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert!(!answer.body.contains("style=\"") && !answer.body.contains("<script>"), "{path}");
        }
    });
}

#[test]
fn a_browser_that_came_over_https_comes_over_nothing_else() {
    let hsts = |world: &World<'_>| {
        let answer = world.send("GET", "/sign-in", None, &[]);
        answer.headers.get("strict-transport-security").map(|v| v.to_str().unwrap().to_owned())
    };
    both(|world| assert_eq!(hsts(world), None, "plain http on a laptop"));
    world::both_with(&[("ALONGSIDE_PUBLIC_URL", "https://alongside.example.org")], |world| {
        assert_eq!(hsts(world).as_deref(), Some("max-age=63072000; includeSubDomains"));
    });
}

#[test]
fn the_session_s_cookie_is_out_of_reach_of_script_and_over_https_tied_to_this_host() {
    let cookie = |world: &World<'_>| {
        world.someone("Reader Example", Role::Practitioner, None);
        let fields = [("email", "reader.example@example.org"), ("password", world::PASSWORD)];
        let answer = world.send("POST", "/sign-in", None, &fields);
        answer.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned()
    };
    both(|world| {
        let said = cookie(world);
        assert!(
            said.starts_with("alongside=") && said.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
            "{said}"
        );
    });
    let settings =
        [("ALONGSIDE_PUBLIC_URL", "https://alongside.example.org"), ("ALONGSIDE_SECOND_FACTOR", "off")];
    world::both_with(&settings, |world| {
        let said = cookie(world);
        assert!(said.starts_with("__Host-alongside="), "{said}");
        assert!(
            said.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure") && !said.contains("Domain"),
            "{said}"
        );
    });
}

#[test]
fn every_file_of_the_pages_says_what_it_is() {
    both(|world| {
        let page = world.send("GET", "/sign-in", None, &[]).body;
        let files: Vec<&str> =
            page.split("/assets/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(files.len() >= 3, "{files:?}");
        for file in files {
            let answer = world.send("GET", &format!("/assets/{file}"), None, &[]);
            let kind = answer.headers.get("content-type").unwrap().to_str().unwrap();
            let right = match file.rsplit('.').next() {
                Some("css") => "text/css; charset=utf-8",
                Some("js") => "text/javascript; charset=utf-8",
                Some("svg") => "image/svg+xml; charset=utf-8",
                _ => "image/png",
            };
            assert_eq!(kind, right, "{file}");
        }
    });
}

#[test]
fn a_page_refused_for_want_of_a_role_stands_in_the_audit_and_a_thousand_are_few_rows() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = world.someone("Curious Example", Role::Practitioner, Some(own));
        for _ in 0..40 {
            assert_eq!(world.get(&who, "/audit").status, StatusCode::NOT_FOUND);
        }
        let told: Vec<String> = world
            .test
            .db
            .read(|r| {
                r.query(
                    store::sql("SELECT detail FROM audit_event WHERE action = 'page refused' AND subject_id = 'ReadAudit' ORDER BY seq"),
                    &[],
                )?
                .iter()
                .map(|row| row.get("detail"))
                .collect::<store::Result<_>>()
            })
            .unwrap();
        let counts: Vec<&str> = told.iter().map(|d| d.split(' ').next().unwrap()).collect();
        assert_eq!(counts, ["1", "2", "4", "8", "16", "32"]);
    });
}
