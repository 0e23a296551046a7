//! The service administrator's pages: projects, boroughs, courts, who signs in, tokens.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::audit;
use alongside::ids::ProjectId;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use std::collections::BTreeSet;
use world::{Answer, PASSWORD, Someone, World, both};

const LIST: &str = "court code,court,date,surname,forename,date of birth,list number,case number\nB01XX,Example Magistrates' Court,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n";

fn administrator(world: &World<'_>) -> Someone {
    world.someone("Ada Example", Role::Administrator, None)
}

/// Sends a form that must be taken; where it leads.
fn taken(world: &World<'_>, who: &Someone, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = world.post(who, path, fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {path}: {}", world.test.engine, answer.body);
    answer.location().to_owned()
}

/// Sends a form that must be refused in these words, beside a field or at the top.
fn refused(world: &World<'_>, who: &Someone, path: &str, fields: &[(&str, &str)], words: &str) -> Answer {
    let answer = world.post(who, path, fields);
    let told = format!("{} {path} {fields:?}: {}", world.test.engine, answer.body);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
    assert!(answer.body.contains("<title>Error: "), "{told}");
    assert!(answer.body.contains("There is a problem"), "{told}");
    assert!(answer.body.contains(words), "{words} missing: {told}");
    answer
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{} {path}: {}", world.test.engine, answer.body);
    answer.body
}

/// The address of the button that ends something, found on a page by what the address ends in.
fn action(body: &str, ends: &str) -> String {
    body.split("action=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|action| action.ends_with(ends))
        .unwrap_or_else(|| panic!("no action {ends} in {body}"))
        .to_owned()
}

/// Sets up the project, its borough, its court and the link, as an administrator does; the project's address.
fn thames(world: &World<'_>, admin: &Someone) -> String {
    let project = taken(
        world,
        admin,
        "/projects",
        &[("name", "Thames court liaison"), ("kind", "court"), ("women", "yes")],
    );
    taken(world, admin, &format!("{project}/boroughs"), &[("borough", "Tower Hamlets")]);
    let court =
        taken(world, admin, "/all-courts", &[("code", " b01nd"), ("name", "Thames  Magistrates' Court")]);
    assert_eq!(court, "/all-courts/B01ND");
    taken(world, admin, &format!("{project}/courts"), &[("court", "B01ND")]);
    project
}

/// What stands between two texts on a page, the first time.
fn between<'a>(body: &'a str, before: &str, after: &str) -> &'a str {
    let from = body.find(before).unwrap_or_else(|| panic!("no {before}: {body}")) + before.len();
    body[from..].split(after).next().unwrap()
}

/// The path of the one-time link that a page shows.
fn link_on(page: &world::Answer) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    format!("/choose-password/{}", between(&page.body, "/choose-password/", "\""))
}

/// Lets somebody in, who chooses the password of all tests by their one-time link; the address of the account.
fn invited(world: &World<'_>, admin: &Someone, fields: &[(&str, &str)]) -> String {
    let made = world.post(admin, "/accounts", fields);
    let link = link_on(&made);
    let chosen = world.send("POST", &link, None, &[("new", PASSWORD), ("again", PASSWORD)]);
    assert_eq!(chosen.status, StatusCode::OK, "{}", chosen.body);
    format!("/accounts/{}", between(&made.body, "href=\"/accounts/", "\""))
}

/// Lets a practitioner of a project in, who then signs in.
fn practitioner(world: &World<'_>, admin: &Someone, project: &str) -> (String, Someone) {
    let place = project.rsplit('/').next().unwrap();
    let account = invited(
        world,
        admin,
        &[
            ("name", "Robin Example"),
            ("email", "Robin@example.org"),
            ("role", "practitioner"),
            ("place", place),
        ],
    );
    let id = account.rsplit('/').next().unwrap().parse().unwrap();
    (account, Someone { cookie: world.sign_in("robin@example.org"), account: id })
}

#[test]
fn an_administrator_sets_up_a_service_and_its_practitioner_sees_exactly_their_court() {
    both(|world| {
        let admin = administrator(world);
        world.project("Elsewhere", &[("B01GU", "Highbury Corner Magistrates' Court")]);
        let project = thames(world, &admin);
        let shown = page(world, &admin, &project);
        for words in ["Tower Hamlets", "Thames Magistrates' Court", "B01ND", "value=\"yes\" checked"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let list = page(world, &admin, "/projects");
        for words in ["Thames court liaison", "Tower Hamlets", "Seen as standard", "Elsewhere", "Court"] {
            assert!(list.contains(words), "{words}: {list}");
        }
        assert!(page(world, &admin, "/all-courts/B01ND").contains("Thames court liaison"));

        let (account, robin) = practitioner(world, &admin, &project);
        let shown = page(world, &admin, &account);
        assert!(shown.contains("Practitioner") && shown.contains("Thames court liaison"), "{shown}");
        assert!(page(world, &admin, "/accounts").contains("Robin@example.org"));
        // With one court, the courts page leads straight to its board.
        assert!(world.get(&robin, "/courts").location().starts_with("/courts/B01ND/"));
        assert_eq!(world.get(&robin, "/courts/B01ND/2026-11-23").status, StatusCode::OK);
        assert_eq!(world.get(&robin, "/courts/B01GU/2026-11-23").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn only_an_administrator_of_the_whole_service_finds_these_pages() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let (account, robin) = practitioner(world, &admin, &project);
        let project_id: ProjectId = project.rsplit('/').next().unwrap().parse().unwrap();
        let half = world.someone("Half Example", Role::Administrator, Some(project_id));
        taken_token(world, &admin, "list gateway");
        let grant = action(&page(world, &admin, &account), "/end");
        let borough = action(&page(world, &admin, &project), "/remove");
        let token = action(&page(world, &admin, "/tokens"), "/revoke");
        let part = |action: &str, from_end: usize| action.rsplit('/').nth(from_end).unwrap().to_owned();
        let mut walked = BTreeSet::new();
        for route in &world.declared {
            if !["/projects", "/all-courts", "/accounts", "/tokens"].iter().any(|p| route.path.starts_with(p))
            {
                continue;
            }
            let path = route
                .path
                .replace("{project}", &part(&project, 0))
                .replace("{account}", &part(&account, 0))
                .replace("{court}", "B01ND")
                .replace("{grant}", &part(&grant, 1))
                .replace("{borough}", &part(&borough, 1))
                .replace("{token}", &part(&token, 1))
                .replace("{identity}", &part(&grant, 1));
            assert!(!path.contains('{'), "{path}");
            for who in [&robin, &half] {
                let answer = world.send(route.method, &path, Some(who), &[]);
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {path}: {}", route.method, answer.body);
                assert!(!answer.body.contains("Thames"), "{path}");
            }
            walked.insert((route.method, route.path));
        }
        assert_eq!(walked.len(), 34, "{walked:?}");
        // And none of it did anything.
        assert!(page(world, &admin, &project).contains("Tower Hamlets"));
        assert!(page(world, &admin, &account).contains("May sign in"));
        assert_eq!(world.get(&robin, "/courts/B01ND/2026-11-23").status, StatusCode::OK);
    });
}

/// Makes a token by page; its secret.
fn taken_token(world: &World<'_>, admin: &Someone, name: &str) -> String {
    let answer = world.post(admin, "/tokens", &[("name", name)]);
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer
        .body
        .split("value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|value| value.len() == 64)
        .unwrap()
        .to_owned()
}

#[test]
fn wrong_input_keeps_what_was_typed_and_says_what_to_do() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let place = project.rsplit('/').next().unwrap();

        let said =
            refused(world, &admin, "/projects", &[("name", "Half a project")], "Choose what sort of site");
        assert!(said.body.contains("value=\"Half a project\""), "{}", said.body);
        let said = refused(
            world,
            &admin,
            "/projects",
            &[("kind", "court"), ("women", "yes")],
            "Enter the project's name",
        );
        assert!(said.body.contains("value=\"court\" checked") && said.body.contains("value=\"yes\" checked"));
        refused(
            world,
            &admin,
            "/projects",
            &[("name", &"x".repeat(101)), ("kind", "court")],
            "to 100 characters",
        );
        refused(
            world,
            &admin,
            "/projects",
            &[("name", "A"), ("kind", "spaceport")],
            "Choose what sort of site",
        );
        refused(
            world,
            &admin,
            &format!("{project}/boroughs"),
            &[("borough", "  ")],
            "Enter the borough's name",
        );
        let said = refused(
            world,
            &admin,
            &format!("{project}/boroughs"),
            &[("borough", "tower HAMLETS")],
            "works in Tower Hamlets already",
        );
        assert!(said.body.contains("value=\"tower HAMLETS\""), "{}", said.body);
        assert!(said.body.contains("value=\"Thames court liaison\""), "the other forms lost what stands");
        refused(world, &admin, &format!("{project}/courts"), &[("court", "B01ZZ")], "Choose a court to link");
        // What stands in the other form is not what was just typed into this one.
        let said = refused(
            world,
            &admin,
            &project,
            &[("name", ""), ("kind", "women's centre")],
            "Enter the project's name",
        );
        assert!(said.body.contains("value=\"women's centre\" checked"), "{}", said.body);
        assert!(!said.body.contains("value=\"yes\" checked"), "{}", said.body);

        for code in ["B01N", "B01-D", "B01NDX", ""] {
            let said = refused(
                world,
                &admin,
                "/all-courts",
                &[("code", code), ("name", "Some Court")],
                "Enter the code as five letters and digits",
            );
            assert!(said.body.contains("value=\"Some Court\""), "{}", said.body);
        }
        let said = refused(
            world,
            &admin,
            "/all-courts",
            &[("code", "B01AA"), ("project", place)],
            "Enter the court's name",
        );
        assert!(said.body.contains("value=\"B01AA\""), "{}", said.body);
        assert!(said.body.contains(&format!("value=\"{place}\" selected")), "{}", said.body);
        refused(
            world,
            &admin,
            "/all-courts",
            &[("code", "B01AA"), ("name", "A"), ("project", "x")],
            "Choose a project from the list",
        );
        refused(world, &admin, "/all-courts/B01ND", &[("name", " ")], "Enter the court's name");
        refused(world, &admin, "/all-courts/B01ND/projects", &[], "Choose the project that serves");

        let whole =
            [("name", "Kim Example"), ("email", "kim@example.org"), ("role", "manager"), ("place", place)];
        let but = |field: &str, value: &'static str| {
            whole.map(|(name, typed)| if name == field { (name, value) } else { (name, typed) })
        };
        for (field, value, words) in [
            ("name", "", "Enter the name that colleagues see"),
            ("email", "", "Enter the e-mail address"),
            ("email", "kim at example", "like name@example.org"),
            ("role", "", "Choose a role"),
            ("role", "king", "Choose a role"),
            ("place", "", "Choose a project, or the whole service"),
            ("role", "administrator", "works in the whole service"),
        ] {
            let said = refused(world, &admin, "/accounts", &but(field, value), words);
            for (name, typed) in but(field, value) {
                let shown = match name {
                    "role" | "place" => format!("value=\"{typed}\" selected"),
                    _ => format!("value=\"{typed}\""),
                };
                if typed != "king" {
                    assert!(said.body.contains(&shown), "{field}={value}: {name} is lost");
                }
            }
        }
        refused(world, &admin, "/tokens", &[("name", " ")], "Enter what holds the token");
        assert_eq!(page(world, &admin, "/accounts").matches("kim@example.org").count(), 0);
        invited(world, &admin, &whole);
    });
}

#[test]
fn a_name_that_is_taken_is_said_beside_its_field() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let other = taken(world, &admin, "/projects", &[("name", "Ealing court liaison"), ("kind", "court")]);
        let twice = [("name", "Thames court liaison"), ("kind", "court")];
        refused(world, &admin, "/projects", &twice, "Another project has this name");
        let said = refused(world, &admin, &other, &twice, "Another project has this name");
        assert!(said.body.contains("id=\"name-error\""), "{}", said.body);
        assert!(said.body.contains("value=\"Thames court liaison\""), "{}", said.body);
        assert!(page(world, &admin, &other).contains("Ealing court liaison"));
        taken(world, &admin, &other, &[("name", "Ealing liaison"), ("kind", "court")]);
        assert!(page(world, &admin, "/projects").contains("Ealing liaison"));

        refused(
            world,
            &admin,
            "/all-courts",
            &[("code", "B01ND"), ("name", "Another")],
            "a court with this code already",
        );
        assert!(page(world, &admin, "/all-courts/B01ND").contains("Thames Magistrates' Court"));
        taken(world, &admin, "/all-courts/B01ND", &[("name", "Thames Court")]);
        assert!(page(world, &admin, &project).contains("Thames Court"));

        let (_, _) = practitioner(world, &admin, &project);
        refused(
            world,
            &admin,
            "/accounts",
            &[("name", "R"), ("email", "ROBIN@example.org"), ("role", "manager"), ("place", "whole")],
            "already an account with this e-mail address",
        );
        taken_token(world, &admin, "list gateway");
        refused(
            world,
            &admin,
            "/tokens",
            &[("name", "list gateway")],
            "A token with this name stands already",
        );
    });
}

#[test]
fn a_disabled_account_is_out_at_once_and_can_be_let_in_again() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let (account, robin) = practitioner(world, &admin, &project);
        assert_eq!(world.get(&robin, "/courts/B01ND/2026-11-23").status, StatusCode::OK);
        taken(world, &admin, &format!("{account}/disable"), &[]);
        assert!(world.get(&robin, "/courts/B01ND/2026-11-23").location().starts_with("/sign-in"));
        assert!(page(world, &admin, &account).contains("Disabled"));
        let again = [("email", "robin@example.org"), ("password", PASSWORD)];
        assert_eq!(world.send("POST", "/sign-in", None, &again).status, StatusCode::UNPROCESSABLE_ENTITY);

        taken(world, &admin, &format!("{account}/let-in"), &[]);
        // The old session does not come back with the account.
        assert!(world.get(&robin, "/courts/B01ND/2026-11-23").location().starts_with("/sign-in"));
        let robin = Someone { cookie: world.sign_in("robin@example.org"), ..robin };
        assert_eq!(world.get(&robin, "/courts/B01ND/2026-11-23").status, StatusCode::OK);
    });
}

#[test]
fn an_administrator_ends_the_sessions_of_somebody_who_may_sign_in_again() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let (account, robin) = practitioner(world, &admin, &project);
        let board = "/courts/B01ND/2026-11-23";
        assert_eq!(world.get(&robin, board).status, StatusCode::OK);
        assert!(page(world, &admin, &account).contains("Sign out everywhere"));
        taken(world, &admin, &format!("{account}/sign-out"), &[]);
        assert!(world.get(&robin, board).location().starts_with("/sign-in"));
        let robin = Someone { cookie: world.sign_in("robin@example.org"), ..robin };
        assert_eq!(world.get(&robin, board).status, StatusCode::OK);
        assert_eq!(world.get(&admin, &account).status, StatusCode::OK, "nobody else is signed out");
    });
}

#[test]
fn a_role_that_is_ended_opens_nothing_from_then_on() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let (account, robin) = practitioner(world, &admin, &project);
        let place = project.rsplit('/').next().unwrap();
        taken(world, &admin, &format!("{account}/grants"), &[("role", "manager"), ("place", place)]);
        // The same role twice is one role.
        taken(world, &admin, &format!("{account}/grants"), &[("role", "manager"), ("place", place)]);
        let shown = page(world, &admin, &account);
        assert_eq!(shown.matches("/end\"").count(), 2, "{shown}");
        taken(world, &admin, &action(&shown, "/end"), &[]);
        let shown = page(world, &admin, &account);
        taken(world, &admin, &action(&shown, "/end"), &[]);
        assert!(page(world, &admin, &account).contains("No role"));
        assert_eq!(world.get(&robin, "/courts/B01ND/2026-11-23").status, StatusCode::NOT_FOUND);
        refused(
            world,
            &admin,
            &format!("{account}/grants"),
            &[("role", "manager")],
            "Choose a project, or the whole service",
        );
    });
}

#[test]
fn an_administrator_cannot_lock_themself_out() {
    both(|world| {
        let admin = administrator(world);
        let own = format!("/accounts/{}", admin.account);
        refused(world, &admin, &format!("{own}/disable"), &[], "You can't disable your own account");
        let end = action(&page(world, &admin, &own), "/end");
        refused(world, &admin, &end, &[], "you would lock yourself out");
        refused(world, &admin, &format!("{own}/link"), &[], "your own password");
        assert!(!page(world, &admin, &own).contains("/disable\""), "the button is not offered");

        // A further role of one's own may go, also through an address that names the grant of somebody else.
        let second = world.someone("Second Example", Role::Administrator, None);
        world.also(&admin, Role::RecordsGuardian, None);
        let grant = end.rsplit('/').nth(1).unwrap();
        taken(world, &second, &format!("/accounts/{}/grants/{grant}/end", second.account), &[]);
        assert_eq!(
            page(world, &second, &own).matches("/end\"").count(),
            2,
            "another's grant was ended by a wrong address"
        );

        // Another administrator may.
        taken(world, &second, &end, &[]);
        assert_eq!(world.get(&admin, "/accounts").status, StatusCode::NOT_FOUND);
        taken(world, &second, &format!("{own}/disable"), &[]);
        assert!(world.get(&admin, "/account").location().starts_with("/sign-in"));
    });
}

#[test]
fn a_one_time_link_lets_its_owner_choose_a_password_once_and_nobody_else_knows_it() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let (account, robin) = practitioner(world, &admin, &project);
        let first = link_on(&world.post(&admin, &format!("{account}/link"), &[]));
        assert!(page(world, &admin, &account).contains("A link waits to be used"));
        let link = link_on(&world.post(&admin, &format!("{account}/link"), &[]));
        let choose = |link: &str, new: &str, again: &str| {
            world.send("POST", link, None, &[("new", new), ("again", again)])
        };
        assert_eq!(
            choose(&first, "quite other pass words", "quite other pass words").status,
            StatusCode::NOT_FOUND,
            "the newer one counts"
        );
        let shown = world.send("GET", &link, None, &[]);
        assert!(
            shown.status == StatusCode::OK && !shown.body.contains("Robin"),
            "it names nobody: {}",
            shown.body
        );
        for (new, again, words) in [
            ("short", "short", "at least 8 characters"),
            ("Password123", "Password123", "guessed first"),
            ("a", "b", "differ"),
        ] {
            let said = choose(&link, new, again);
            assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(said.body.contains(words), "{words}: {}", said.body);
        }
        assert_eq!(world.get(&robin, "/account").status, StatusCode::OK, "nothing happened yet");
        assert_eq!(choose(&link, "quite other pass words", "quite other pass words").status, StatusCode::OK);
        assert!(world.get(&robin, "/account").location().starts_with("/sign-in"), "all sessions are over");
        assert_eq!(
            choose(&link, "a third set of words", "a third set of words").status,
            StatusCode::NOT_FOUND,
            "once"
        );
        let signs_in = |password: &str| {
            world
                .send("POST", "/sign-in", None, &[("email", "robin@example.org"), ("password", password)])
                .status
        };
        assert_eq!(signs_in(PASSWORD), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(signs_in("quite other pass words"), StatusCode::SEE_OTHER);
        let nobody = format!("/accounts/{}/link", uuid::Uuid::now_v7());
        assert_eq!(world.post(&admin, &nobody, &[]).status, StatusCode::NOT_FOUND);

        // One that waits works no more once the account is disabled, or its time is over.
        let link = link_on(&world.post(&admin, &format!("{account}/link"), &[]));
        taken(world, &admin, &format!("{account}/disable"), &[]);
        assert_eq!(world.send("GET", &link, None, &[]).status, StatusCode::NOT_FOUND);
        refused(world, &admin, &format!("{account}/link"), &[], "let it in again first");
        taken(world, &admin, &format!("{account}/let-in"), &[]);
        assert_eq!(world.send("GET", &link, None, &[]).status, StatusCode::NOT_FOUND);
        let link = link_on(&world.post(&admin, &format!("{account}/link"), &[]));
        world
            .test
            .db
            .write(|w| w.execute(store::sql("UPDATE one_time_link SET expires_at = made_at"), &[]))
            .unwrap();
        assert_eq!(world.send("GET", &link, None, &[]).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_token_sends_lists_in_until_it_is_revoked() {
    both(|world| {
        let admin = administrator(world);
        let token = taken_token(world, &admin, "list gateway");
        let send = || {
            let request = Request::post("/api/imports")
                .header("authorization", format!("Bearer {token}"))
                .header("x-file-name", "list.csv")
                .body(Body::from(LIST))
                .unwrap();
            world.request(request)
        };
        let answer = send();
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let shown = page(world, &admin, "/tokens");
        assert!(shown.contains("list gateway") && shown.contains("Stands"), "{shown}");
        assert!(!shown.contains("Not yet"), "its use is not noted: {shown}");
        assert!(!shown.contains(&token), "the token is shown again");
        let revoke = action(&shown, "/revoke");
        taken(world, &admin, &revoke, &[]);
        assert_eq!(send().status, StatusCode::UNAUTHORIZED);
        let shown = page(world, &admin, "/tokens");
        assert!(shown.contains("Revoked"), "{shown}");
        // Its name is free again, and pressing twice changes nothing.
        taken(world, &admin, &revoke, &[]);
        taken_token(world, &admin, "list gateway");
        assert_eq!(send().status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_list_that_nobody_serves_is_told_in_figures_and_appears_once_the_court_is_linked() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let (_, robin) = practitioner(world, &admin, &project);
        assert_eq!(world.import("list.csv", LIST.as_bytes()).counts.listings_new, 1);
        let shown = page(world, &admin, "/all-courts?code=b01xx");
        assert!(shown.contains("1 person on 23 November 2026"), "{shown}");
        assert!(shown.contains("value=\"B01XX\""), "{shown}");
        assert!(shown.contains("value=\"Example Magistrates' Court\""), "{shown}");
        assert!(!shown.contains("ZYXWVU") && !shown.contains("QWERTIL"), "a person is named");

        let court =
            taken(world, &admin, "/all-courts", &[("code", "B01XX"), ("name", "Example Magistrates' Court")]);
        assert!(page(world, &admin, &court).contains("nobody serves this court"));
        assert!(page(world, &admin, "/all-courts").contains("Lists came in, but nobody serves it: 1 person"));
        assert_eq!(world.get(&admin, "/all-courts?code=B01XX").location(), court);
        assert_eq!(world.get(&robin, "/courts/B01XX/2026-11-23").status, StatusCode::NOT_FOUND);

        let place = project.rsplit('/').next().unwrap();
        taken(world, &admin, &format!("{court}/projects"), &[("project", place)]);
        let shown = page(world, &admin, "/all-courts");
        assert!(!shown.contains("nobody serves it"), "{shown}");
        assert!(page(world, &robin, "/courts/B01XX/2026-11-23").contains("ZYXWVU"));

        taken(world, &admin, &format!("{court}/projects/{place}/unlink"), &[]);
        assert_eq!(world.get(&robin, "/courts/B01XX/2026-11-23").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_closed_project_serves_no_court_until_it_is_opened_again() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let (_, robin) = practitioner(world, &admin, &project);
        let board = "/courts/B01ND/2026-11-23";
        taken(world, &admin, &format!("{project}/close"), &[]);
        assert_eq!(world.get(&robin, board).status, StatusCode::NOT_FOUND);
        assert!(page(world, &admin, "/projects").contains("Closed"));
        assert!(page(world, &admin, "/all-courts").contains("(closed)"));
        taken(world, &admin, &format!("{project}/open"), &[]);
        assert_eq!(world.get(&robin, board).status, StatusCode::OK);
        taken(world, &admin, &format!("{project}/courts/B01ND/unlink"), &[]);
        assert_eq!(world.get(&robin, board).status, StatusCode::NOT_FOUND);
        let remove = action(&page(world, &admin, &project), "/remove");
        taken(world, &admin, &remove, &[]);
        taken(world, &admin, &remove, &[]);
        assert!(page(world, &admin, &project).contains("No borough yet"));
    });
}

#[test]
fn every_change_is_in_the_audit_with_old_and_new() {
    both(|world| {
        let admin = administrator(world);
        let project = thames(world, &admin);
        let (account, _) = practitioner(world, &admin, &project);
        let id = project.rsplit('/').next().unwrap();
        taken(world, &admin, &project, &[("name", "Thames liaison"), ("kind", "court")]);
        taken(world, &admin, "/all-courts/B01ND", &[("name", "Thames Court")]);
        let end = action(&page(world, &admin, &account), "/end");
        taken(world, &admin, &end, &[]);
        taken(world, &admin, &end, &[]);
        taken(world, &admin, &format!("{account}/disable"), &[]);
        taken(world, &admin, &format!("{account}/disable"), &[]);
        taken(world, &admin, &format!("{account}/let-in"), &[]);
        taken_token(world, &admin, "list gateway");
        let revoke = action(&page(world, &admin, "/tokens"), "/revoke");
        taken(world, &admin, &revoke, &[]);
        let (told, verified) = world
            .test
            .db
            .read(|r| {
                let rows = r.query(
                    store::sql("SELECT action, detail FROM audit_event WHERE actor = $1 ORDER BY seq"),
                    &[&admin.account],
                )?;
                let told: Vec<(String, String)> = rows
                    .iter()
                    .map(|row| Ok((row.get("action")?, row.get("detail")?)))
                    .collect::<store::Result<_>>()?;
                Ok::<_, store::Error>((told, audit::verify(r)?))
            })
            .unwrap();
        let told: Vec<String> = told
            .iter()
            .map(
                |(action, detail)| {
                    if detail.is_empty() { action.clone() } else { format!("{action}: {detail}") }
                },
            )
            .collect();
        assert_eq!(
            told,
            [
                "signed in: password only".to_owned(),
                "project set up: Thames court liaison".into(),
                "borough added to project: Tower Hamlets".into(),
                "court set up: Thames Magistrates' Court".into(),
                "court linked: B01ND".into(),
                "account made".into(),
                "one-time link made".into(),
                format!("role granted: practitioner in project {id}"),
                "project changed: from Thames court liaison; court; women as standard: true to Thames liaison; court; women as standard: false".into(),
                "court renamed: from Thames Magistrates' Court to Thames Court".into(),
                format!("role ended: practitioner in project {id}"),
                "sessions ended: 1".into(),
                "account disabled".into(),
                "account let in again".into(),
                "token made: list gateway; imports; 365 days".into(),
                "token revoked: list gateway".into(),
            ],
            "{}",
            world.test.engine
        );
        assert_eq!(verified.fault, None);
    });
}
