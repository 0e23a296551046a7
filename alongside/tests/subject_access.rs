//! Subject access: somebody asks for what is held about a person; a copy is made of all of it, and what is withheld says so.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::clock;
use alongside::service::HOLDINGS;
use alongside::subject_access::{FORMAT, overdue_requests};
use axum::http::StatusCode;
use jiff::ToSpan;
use store::sql;
use world::access::{asked, copy, hidden, on_page, opinion, person, rule_on_all, today};
use world::both;
use world::everything::{everything, everything_and_more};
use world::pdf::passes;

#[test]
fn a_copy_tells_everything_and_what_is_withheld_says_so_in_its_place() {
    both(|world| {
        let seeded = everything_and_more(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let request = asked(world, &guardian, seeded.id(), today());
        let page = world.get(&guardian, &request).body;
        assert!(page.contains("wait for a ruling") && !page.contains("Make a copy"), "{page}");
        let too_early = world.post(&guardian, &format!("{request}/copy"), &[]);
        assert_eq!(too_early.status, StatusCode::CONFLICT, "nothing goes out that nobody looked at");
        rule_on_all(world, &guardian, &request, |key| key.starts_with("contact/") && key.ends_with("/who"));
        let page = world.get(&guardian, &request).body;
        assert!(!page.contains("Make a copy") && page.contains("what a health professional said"), "{page}");
        assert_eq!(copy(world, &guardian, &request).status, StatusCode::CONFLICT, "nobody was asked");
        opinion(world, &guardian, &request);
        let page = world.get(&guardian, &request).body;
        assert!(page.contains("Make a copy"), "{page}");
        let unseen = world.post(&guardian, &format!("{request}/copy"), &[("seen", "another")]);
        assert_eq!(unseen.status, StatusCode::CONFLICT, "what was looked at is another state");
        let made = copy(world, &guardian, &request);
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let file = world.get(&guardian, &format!("{request}/copies/1/json"));
        let json: serde_json::Value = serde_json::from_str(&file.body).unwrap();
        assert_eq!(json["format"], FORMAT);
        assert_eq!(json["withheld"], 1, "one was withheld, and one says so");
        let part = |table: &str| {
            json["parts"]
                .as_array()
                .unwrap()
                .iter()
                .find(|p| p["table"] == table)
                .unwrap_or(&serde_json::Value::Null)
                .clone()
        };
        let contact = part("contact")["records"][0].as_array().unwrap().clone();
        let who = contact.iter().find(|p| p["label"] == "Who").unwrap();
        assert!(who["withheld"].as_str().unwrap().contains("paragraph 16") && who["text"].is_null(), "{who}");
        assert!(contact.iter().any(|p| p["text"] == "QWERTIL takes it"));
        for holding in HOLDINGS.iter().flat_map(|room| room.iter()).filter(|h| !h.columns.is_empty()) {
            assert!(!part(holding.table).is_null(), "{} is missing", holding.table);
        }
        let opened = json["opened"].as_array().unwrap();
        assert!(opened.iter().any(|l| l["what"] == "person opened"));
        assert!(!json["opened"].to_string().contains("Gwen"), "who opened the records is told without names");
        let pdf = world
            .test
            .db
            .read(|r| r.one(sql("SELECT pdf, pages FROM access_export ORDER BY pages DESC LIMIT 1"), &[]))
            .unwrap();
        let bytes: Vec<u8> = pdf.get("pdf").unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7") && pdf.get::<i64>("pages").unwrap() > 5);
        passes("copy.pdf", &bytes);
        let fetched = world.get(&guardian, &format!("{request}/copies/1/pdf"));
        let name = fetched.headers["content-disposition"].to_str().unwrap();
        assert!(name.contains("SA-") && !name.contains("ZYXWVU"), "{name}");
    });
}

#[test]
fn a_ruling_holds_for_the_words_it_was_made_on_and_no_others() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let request = asked(world, &guardian, seeded.id(), today());
        rule_on_all(world, &guardian, &request, |_| false);
        world.test.db.write(|w| w.execute(sql("UPDATE contact SET words = 'Her sister rang'"), &[])).unwrap();
        let waits = on_page(&world.get(&guardian, &format!("{request}/passages")).body);
        assert_eq!(waits.len(), 1);
        assert!(waits[0].starts_with("contact/") && waits[0].ends_with("/words"), "{waits:?}");
        opinion(world, &guardian, &request);
        assert_eq!(copy(world, &guardian, &request).status, StatusCode::CONFLICT);
    });
}

#[test]
fn withholding_needs_a_reason_and_for_harm_the_opinion_of_a_professional() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let request = asked(world, &guardian, seeded.id(), today());
        let at = format!("{request}/passages");
        let body = world.get(&guardian, &at).body;
        let key = on_page(&body).swap_remove(0);
        let (rule, class, why) = (format!("rule-{key}"), format!("class-{key}"), format!("why-{key}"));
        let (seen, stamp) = (format!("seen-{key}"), hidden(&body, &format!("seen-{key}")));
        assert!(!body.contains("value=\"wishes\""), "only where a parent or deputy asks");
        let no_reason = world.post(&guardian, &at, &[("passage", &key), (&rule, "withhold")]);
        assert!(no_reason.body.contains("Choose why it is withheld"), "{}", no_reason.body);
        let harm =
            [("passage", key.as_str()), (&rule, "withhold"), (&class, "serious-harm"), (&seen, &stamp)];
        let nobody_asked = world.post(&guardian, &at, &harm);
        assert!(nobody_asked.body.contains("which health professional"), "{}", nobody_asked.body);
        let asked =
            [harm[0], harm[1], harm[2], harm[3], (why.as_str(), "Dr Pretend, treating psychiatrist: yes")];
        assert_eq!(world.post(&guardian, &at, &asked).status, StatusCode::SEE_OTHER);
        assert!(!on_page(&world.get(&guardian, &at).body).contains(&key));
    });
}

#[test]
fn a_month_runs_from_receipt_and_two_more_are_taken_only_within_it() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = person(world, own, "EXAMPLE");
        let manager = world.someone("Mo Manager", Role::Manager, Some(own));
        let late = asked(world, &manager, who, today().saturating_sub(40.days()));
        let page = world.get(&manager, &late).body;
        assert!(page.contains("Overdue"), "{page}");
        let new = asked(world, &manager, who, today());
        let (day, month, year) =
            (today().day().to_string(), today().month().to_string(), today().year().to_string());
        let told = [("told-day", day.as_str()), ("told-month", &month), ("told-year", &year)];
        let refused = world.post(&manager, &format!("{new}/extend"), &told);
        assert!(refused.body.contains("Say why it takes longer"));
        let more = [told[0], told[1], told[2], ("reason", "Five projects")];
        assert_eq!(
            world.post(&manager, &format!("{late}/extend"), &more).status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(world.post(&manager, &format!("{new}/extend"), &more).status, StatusCode::SEE_OTHER);
        assert!(world.get(&manager, &new).body.contains("Five projects"));
        assert!(world.get(&manager, "/subject-access").body.contains("Overdue"));
        let late = world.test.db.read(|r| overdue_requests(r, clock::now())).unwrap();
        assert_eq!(late, 1, "the doctor says so");
    });
}

#[test]
fn it_is_answered_when_something_was_sent_and_what_was_sent_to_whom_stays() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = person(world, own, "EXAMPLE");
        let manager = world.someone("Mo Manager", Role::Manager, Some(own));
        let request = asked(world, &manager, who, today());
        let closing = [("outcome", "answered")];
        let refused = world.post(&manager, &format!("{request}/close"), &closing);
        assert!(refused.body.contains("Nothing was sent yet"), "{}", refused.body);
        rule_on_all(world, &manager, &request, |_| false);
        opinion(world, &manager, &request);
        assert_eq!(copy(world, &manager, &request).status, StatusCode::SEE_OTHER);
        let now = clock::in_london(clock::now());
        let (day, month, year, time) = (
            now.day().to_string(),
            now.month().to_string(),
            now.year().to_string(),
            now.strftime("%H:%M").to_string(),
        );
        let sent = [
            ("copy", "1"),
            ("to", "Ada Example"),
            ("means", "hand"),
            ("sent-day", day.as_str()),
            ("sent-month", &month),
            ("sent-year", &year),
            ("sent-time", &time),
        ];
        assert_eq!(world.post(&manager, &format!("{request}/send"), &sent).status, StatusCode::SEE_OTHER);
        assert_eq!(world.post(&manager, &format!("{request}/close"), &closing).status, StatusCode::SEE_OTHER);
        let page = world.get(&manager, &request).body;
        assert!(page.contains("Sent to Ada Example") && page.contains("Answered"), "{page}");
        assert_eq!(
            world.post(&manager, &format!("{request}/copy"), &[]).status,
            StatusCode::CONFLICT,
            "closed"
        );
    });
}

#[test]
fn a_limited_record_is_answered_by_a_guardian_and_by_nobody_whom_it_does_not_name() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = person(world, own, "HIDDENAWAY");
        let named = world.someone("Named Manager", Role::Manager, Some(own));
        let other = world.someone("Other Manager", Role::Manager, Some(own));
        let nurse = world.someone("Nora Nurse", Role::Practitioner, Some(own));
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let limit = [("do", "restrict"), ("kind", "limited"), ("reason", "works here")];
        assert_eq!(
            world.post(&named, &format!("/people/{who}/restrictions"), &limit).status,
            StatusCode::SEE_OTHER
        );
        let at = format!("/people/{who}/subject-access");
        assert_eq!(world.get(&other, &at).status, StatusCode::NOT_FOUND);
        assert_eq!(world.get(&nurse, &at).status, StatusCode::NOT_FOUND);
        assert_eq!(world.get(&named, &at).status, StatusCode::OK);
        let found = world.post(&guardian, "/subject-access/search", &[("search", "hiddenaway")]).body;
        assert!(found.contains(&at), "{found}");
        let request = asked(world, &guardian, who, today());
        assert_eq!(world.get(&other, &request).status, StatusCode::NOT_FOUND);
        assert!(!world.get(&other, "/subject-access").body.contains("HIDDENAWAY"));
        assert!(world.get(&guardian, "/subject-access").body.contains("HIDDENAWAY"));
        assert_eq!(
            world.get(&guardian, &format!("/people/{who}")).status,
            StatusCode::NOT_FOUND,
            "not day by day"
        );
    });
}
