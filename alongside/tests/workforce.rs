//! Who left and what they left open; the access review and its evidence; tokens that rotate.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use axum::http::StatusCode;
use store::sql;
use world::{World, both};

const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2099-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n";

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
fn what_a_leaver_had_taken_surfaces_and_they_are_offered_nowhere() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
        let admin = world.someone("Admin Example", Role::Administrator, None);
        let manager = world.someone("Max Example", Role::Manager, Some(own));
        let far = world.someone("Far Example", Role::Manager, Some(other));
        let leaver = world.someone("Lea Example", Role::Practitioner, Some(own));
        world.import("list.csv", LIST.as_bytes());
        let listing: alongside::ids::ListingId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])?.get("id")).unwrap();
        let taken = world.post(&leaver, &format!("/listings/{listing}/take"), &[]);
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
        assert!(world.get(&manager, "/leavers").body.contains("Nothing is left open"));
        let board = "/courts/B01ND/2099-11-23";
        assert!(world.get(&manager, board).body.contains("Lea Example"));
        world.post(&admin, &format!("/accounts/{}/disable", leaver.account), &[]);
        let shown = world.get(&manager, "/leavers").body;
        assert!(shown.contains("Lea Example") && shown.contains(board), "{shown}");
        assert!(!shown.contains("ZYXWVU"), "places and figures, no person");
        assert!(world.get(&admin, "/leavers").body.contains("Lea Example"));
        assert!(!world.get(&far, "/leavers").body.contains("Lea Example"));
        let option = format!("<option value=\"{}\"", leaver.account);
        assert!(!world.get(&manager, board).body.contains(&option), "not offered any more");
        world.post(&manager, &format!("/listings/{listing}/take"), &[]);
        assert!(world.get(&manager, "/leavers").body.contains("Nothing is left open"));
    });
}

#[test]
fn an_access_review_is_confirmed_with_its_evidence_and_no_cell_is_a_formula() {
    both(|world| {
        let own = world.project("Own", &[]);
        let admin = world.someone("Admin Example", Role::Administrator, None);
        let half = world.someone("Half Example", Role::Administrator, Some(own));
        world.someone("=HYPERLINK(1)", Role::Practitioner, Some(own));
        for path in ["/access-review", "/access-review/list.csv"] {
            assert_eq!(world.get(&half, path).status, StatusCode::NOT_FOUND, "administration is whole");
        }
        let list = world.get(&admin, "/access-review/list.csv");
        assert_eq!(list.headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(list.headers["cache-control"], "no-store");
        assert!(list.body.starts_with(
            "name,e-mail,role,project,since,given by,last sign-in,second factor,single sign-on,disabled since\n"
        ));
        assert!(
            list.body.contains("\n'=HYPERLINK(1),") && list.body.contains("Practitioner,Own,"),
            "{}",
            list.body
        );
        assert_eq!(list.body.lines().count(), 4);
        let page = world.get(&admin, "/access-review").body;
        assert!(page.contains("Half Example") && page.contains("Service administrator"));
        assert!(world.post(&admin, "/access-review", &[]).body.contains("Say what you found"));
        assert_eq!(
            world.post(&admin, "/access-review", &[("note", "Nothing had to change")]).status,
            StatusCode::SEE_OTHER
        );
        let page = world.get(&admin, "/access-review").body;
        let evidence = alongside::access::evidence_of(&list.body);
        assert!(page.contains("Nothing had to change") && page.contains(&evidence), "{page}");
        assert_eq!(detail_of(world, "access reviewed"), format!("3 accounts, 3 roles; list {evidence}"));
    });
}

#[test]
fn a_token_is_rotated_with_a_day_of_grace_and_runs_out() {
    both(|world| {
        world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let admin = world.someone("Admin Example", Role::Administrator, None);
        let made = world.post(&admin, "/tokens", &[("name", "gateway")]).body;
        let token_on = |page: &str| {
            let at = page.find("id=\"token\"").unwrap();
            let from = page[at..].find("value=\"").unwrap() + at + 7;
            page[from..].split('"').next().unwrap().to_owned()
        };
        let old = token_on(&made);
        let send = |token: &str| {
            let request = axum::http::Request::post("/api/imports")
                .header("authorization", format!("Bearer {token}"))
                .body(axum::body::Body::from(LIST))
                .unwrap();
            world.request(request).status
        };
        assert_eq!(send(&old), StatusCode::OK);
        let page = world.get(&admin, "/tokens").body;
        let at = page.find("/rotate\"").unwrap();
        let rotate = format!("{}/rotate", page[..at].rsplit('"').next().unwrap());
        let new = token_on(&world.post(&admin, &rotate, &[]).body);
        assert_ne!(old, new);
        assert_eq!((send(&old), send(&new)), (StatusCode::OK, StatusCode::OK), "a day of grace");
        let then = alongside::clock::now();
        world
            .test
            .db
            .write(|w| {
                w.execute(sql("UPDATE service_token SET expires_at = $1 WHERE replaces IS NULL"), &[&then])
            })
            .unwrap();
        assert_eq!((send(&old), send(&new)), (StatusCode::UNAUTHORIZED, StatusCode::OK));
        assert!(world.get(&admin, "/tokens").body.contains("Ran out"));
        assert_eq!(
            world.post(&admin, &rotate, &[]).status,
            StatusCode::NOT_FOUND,
            "what works no more is not rotated"
        );
        world
            .test
            .db
            .write(|w| w.execute(sql("UPDATE service_token SET scope = 'something else'"), &[]))
            .unwrap();
        assert_eq!(send(&new), StatusCode::UNAUTHORIZED, "a token opens its scope only");
        assert!(detail_of(world, "token rotated").starts_with("the old one works until"));
    });
}
