//! Breaking the glass: one record, one account, one reason, for a time; then the review. And records that few may find.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::KeepRegister;
use alongside::access::{Permit, Role};
use alongside::ids::{PersonId, ProjectId};
use alongside::operate::write_evidence;
use alongside::people::{Details, NewPerson, register};
use alongside::service::MIGRATIONS;
use axum::http::StatusCode;
use store::sql;
use world::{Answer, PASSWORD, Someone, World, both, both_with};

const WHY: &str = "She said she would jump tonight; I need to know who treats her.";

fn person(world: &World<'_>, project: ProjectId, surname: &str) -> PersonId {
    let permit: Permit<KeepRegister> = Permit::for_command_line(&world.test.db);
    let details = Details {
        forename: Some("Qwertil".into()),
        surname: Some(surname.into()),
        date_of_birth: Some(jiff::civil::date(1990, 2, 1)),
        house: Some("7".into()),
        street: Some("Hidden Lane".into()),
        postcode: Some("SE5 7ZZ".into()),
        ..Details::default()
    };
    permit.write_now(|w| register(w, &NewPerson { details, source: "test".into(), project })).unwrap()
}

fn found(world: &World<'_>, who: &Someone, typed: &str) -> String {
    world.post(who, "/people/search", &[("search", typed)]).body
}

fn break_it(world: &World<'_>, who: &Someone, id: PersonId, class: &str) -> Answer {
    world.post(who, &format!("/glass/{id}"), &[("class", class), ("reason", WHY)])
}

fn open(world: &World<'_>, who: &Someone, id: PersonId) -> StatusCode {
    world.get(who, &format!("/people/{id}")).status
}

fn told(world: &World<'_>, action: &str) -> Vec<String> {
    world
        .test
        .db
        .read(|r| {
            r.query(sql("SELECT detail FROM audit_event WHERE action = $1 ORDER BY seq"), &[&action])?
                .iter()
                .map(|row| row.get("detail"))
                .collect()
        })
        .unwrap()
}

#[test]
fn the_glass_opens_one_record_for_one_account_to_read_until_it_ends() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let (one, two) = (person(world, other, "ZYXWVU"), person(world, other, "ZYXWVA"));
        let who = world.someone("Pat Example", Role::Practitioner, Some(own));
        let colleague = world.someone("Sam Example", Role::Practitioner, Some(own));
        let link_worker = world.someone("Lin Example", Role::LinkWorker, Some(own));
        assert_eq!(open(world, &who, one), StatusCode::NOT_FOUND);
        let before = found(world, &who, "zyxwvu");
        assert!(before.contains(&format!("/glass/{one}")) && !before.contains("Qwertil"), "{before}");
        assert!(!found(world, &link_worker, "zyxwvu").contains("/glass/"));

        let page = world.get(&who, &format!("/glass/{one}"));
        assert!(
            page.status == StatusCode::OK && !page.body.contains("ZYXWVU") && !page.body.contains("Qwertil")
        );
        for (class, reason, words) in
            [("", WHY, "Choose why"), ("life", "now", "Say in a sentence"), ("king", WHY, "Choose why")]
        {
            let said = world.post(&who, &format!("/glass/{one}"), &[("class", class), ("reason", reason)]);
            assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(said.body.contains(words), "{words}");
        }
        assert_eq!(open(world, &who, one), StatusCode::NOT_FOUND, "asking is not opening");
        assert_eq!(world.get(&who, &format!("/glass/{}", PersonId::fresh())).status, StatusCode::NOT_FOUND);

        assert_eq!(break_it(world, &who, one, "life").location(), format!("/people/{one}"));
        let shown = world.get(&who, &format!("/people/{one}"));
        assert!(
            shown.body.contains("ZYXWVU") && shown.body.contains("Other"),
            "with its episodes: {}",
            shown.body
        );
        for section in ["Self-harm warnings", "Screening", "Assessments and questionnaires", "Psychiatr"] {
            assert!(shown.body.contains(section), "what one breaks the glass for: {section}");
        }
        for button in ["Raise a warning", "Record screening", "Health and wellbeing assessment"] {
            assert!(!shown.body.contains(button), "only to read: {button}");
        }
        for path in ["/account", "/people", "/courts"] {
            assert!(world.get(&who, path).body.contains("You broke the glass"), "{path}");
        }
        assert!(found(world, &who, "zyxwvu").contains("ZYXWVU"));
        // Nothing else: not another record, not another account, no change of this one.
        assert_eq!(open(world, &who, two), StatusCode::NOT_FOUND);
        assert_eq!(open(world, &colleague, one), StatusCode::NOT_FOUND);
        assert!(!world.get(&colleague, "/account").body.contains("You broke the glass"));
        assert_eq!(world.get(&who, &format!("/people/{one}/details")).status, StatusCode::NOT_FOUND);
        assert_eq!(world.get(&who, &format!("/people/{one}/compare/{two}")).status, StatusCode::NOT_FOUND);
        assert_eq!(
            world.get(&who, &format!("/glass/{one}")).location(),
            format!("/people/{one}"),
            "asked once"
        );

        let details = told(world, "glass broken");
        assert!(
            details.len() == 1 && details[0].starts_with("life; from closed to open for 120 minutes"),
            "{details:?}"
        );
        assert!(!details[0].contains("jump"), "the reason's words stay out of the audit");
        assert!(!told(world, "person opened through the glass").is_empty());

        let then = alongside::clock::now();
        world.test.db.write(|w| w.execute(sql("UPDATE glass SET ends_at = $1"), &[&then])).unwrap();
        assert_eq!(open(world, &who, one), StatusCode::NOT_FOUND, "its time is over");
        assert!(!found(world, &who, "zyxwvu").contains("Qwertil"));
        assert!(!world.get(&who, "/account").body.contains("You broke the glass"));
    });
}

#[test]
fn closing_ends_it_at_once_and_only_its_owner_can() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let one = person(world, other, "ZYXWVU");
        let who = world.someone("Pat Example", Role::Manager, Some(own));
        let colleague = world.someone("Sam Example", Role::Manager, Some(own));
        break_it(world, &who, one, "life");
        let page = world.get(&who, "/account").body;
        let at = page.find("/glass-uses/").unwrap();
        let close = page[at..].split('"').next().unwrap().to_owned();
        world.post(&colleague, &close, &[]);
        assert_eq!(open(world, &who, one), StatusCode::OK);
        world.post(&who, &close, &[]);
        assert_eq!(open(world, &who, one), StatusCode::NOT_FOUND);
        assert_eq!(told(world, "glass closed").len(), 1);
    });
}

#[test]
fn a_second_use_waits_for_the_review_but_never_when_a_life_is_in_danger() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let (one, two, three) =
            (person(world, other, "ZA"), person(world, other, "ZB"), person(world, other, "ZC"));
        let who = world.someone("Pat Example", Role::Practitioner, Some(own));
        let guardian = world.someone("Gus Example", Role::RecordsGuardian, None);
        world.also(&who, Role::RecordsGuardian, None);
        assert_eq!(break_it(world, &who, one, "care").status, StatusCode::SEE_OTHER);
        let waits = break_it(world, &who, two, "care");
        assert!(waits.body.contains("not reviewed yet"), "{}", waits.body);
        assert!(waits.body.contains(WHY), "what was typed stays");
        assert_eq!(
            break_it(world, &who, three, "life").status,
            StatusCode::SEE_OTHER,
            "nobody has to be awake"
        );

        let queue = world.get(&guardian, "/glass-uses").body;
        assert_eq!(queue.matches("To review").count(), 2, "{queue}");
        let mut uses: Vec<String> =
            queue.split("/glass-uses/").skip(1).map(|p| p.split('"').next().unwrap().to_owned()).collect();
        uses.dedup();
        let use_page = world.get(&guardian, &format!("/glass-uses/{}", uses[0])).body;
        assert!(
            use_page.contains("jump tonight") && !use_page.contains("Qwertil"),
            "the reason, not the person: {use_page}"
        );
        let own_review = world.post(
            &who,
            &format!("/glass-uses/{}", uses[0]),
            &[("outcome", "justified"), ("words", "fine")],
        );
        assert!(own_review.body.contains("your own use"), "{}", own_review.body);
        let empty = world.post(&guardian, &format!("/glass-uses/{}", uses[0]), &[]);
        assert!(
            empty.body.contains("Choose what the review found")
                && empty.body.contains("Say what you looked at")
        );
        for id in &uses {
            let kept = world.post(
                &guardian,
                &format!("/glass-uses/{id}"),
                &[("outcome", "justified"), ("words", "Read the notes of the day")],
            );
            assert_eq!(kept.location(), "/glass-uses");
        }
        assert_eq!(
            world
                .post(
                    &guardian,
                    &format!("/glass-uses/{}", uses[0]),
                    &[("outcome", "not-justified"), ("words", "again")]
                )
                .status,
            StatusCode::CONFLICT
        );
        assert_eq!(break_it(world, &who, two, "care").status, StatusCode::SEE_OTHER);
        assert!(told(world, "glass use reviewed")[0].starts_with("from not reviewed to justified"));
    });
}

#[test]
fn the_queue_ages_and_the_doctor_says_so() {
    both_with(&[("ALONGSIDE_SECOND_FACTOR", "off"), ("ALONGSIDE_GLASS_BLOCK", "none")], |world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let who = world.someone("Pat Example", Role::Practitioner, Some(own));
        let guardian = world.someone("Gus Example", Role::RecordsGuardian, None);
        for (name, hours) in [("ZA", 10), ("ZB", 80), ("ZC", 200)] {
            let one = person(world, other, name);
            assert_eq!(break_it(world, &who, one, "other").status, StatusCode::SEE_OTHER);
            let then = alongside::clock::now() - jiff::SignedDuration::from_hours(hours);
            world
                .test
                .db
                .write(|w| {
                    w.execute(sql("UPDATE glass SET opened_at = $1 WHERE record_id = $2"), &[&then, &one])
                })
                .unwrap();
        }
        let queue = world.get(&guardian, "/glass-uses").body;
        let places =
            ["Escalate", "Overdue", "To review"].map(|word| queue.find(&format!(">{word}<")).unwrap());
        assert!(places.is_sorted(), "the oldest first");
        assert!(queue.contains("8 d 8 h") && queue.contains("2 overdue"), "{queue}");
        let n = world
            .test
            .db
            .read(|r| alongside::access::overdue_reviews(r, 72, alongside::clock::now()))
            .unwrap();
        assert_eq!(n, 2);
    });
}

#[test]
fn a_limited_record_exists_only_for_those_named_on_it_and_through_the_glass() {
    both(|world| {
        let own = world.project("Own", &[]);
        let one = person(world, own, "ZYXWVU");
        let manager = world.someone("Max Example", Role::Manager, Some(own));
        let colleague = world.someone("Sam Example", Role::Practitioner, Some(own));
        let named = world.someone("Nell Example", Role::Practitioner, Some(own));
        let leaver = world.someone("Lea Example", Role::Practitioner, Some(own));
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    sql("UPDATE account SET disabled_at = created_at WHERE id = $1"),
                    &[&leaver.account],
                )
            })
            .unwrap();
        let page = format!("/people/{one}/restrictions");
        assert_eq!(world.get(&colleague, &page).status, StatusCode::NOT_FOUND, "a manager does this");
        let refused = world.post(&manager, &page, &[("do", "restrict")]);
        assert!(refused.body.contains("Choose how") && refused.body.contains("Say why"));
        world.post(&manager, &page, &[("do", "restrict"), ("kind", "limited"), ("reason", "works here")]);
        let shown = world.get(&manager, &page).body;
        assert!(
            shown.contains("Nell Example") && !shown.contains("Lea Example"),
            "who left is not offered: {shown}"
        );
        world.post(&manager, &page, &[("do", "name"), ("colleague", &named.account.to_string())]);

        let todo = [("what", "Ring the hostel"), ("person", &one.to_string())];
        world.post(&named, "/tasks/new", &todo);
        let listed = |who: &world::Someone| world.get(who, "/tasks").body.contains("ZYXWVU");
        for who in [&manager, &named] {
            assert_eq!(open(world, who, one), StatusCode::OK);
            assert!(found(world, who, "zyxwvu").contains("Qwertil"));
            assert!(listed(who), "lists name whom a reader may open");
        }
        assert_eq!(open(world, &colleague, one), StatusCode::NOT_FOUND);
        assert!(!listed(&colleague), "and nobody else");
        let hidden = found(world, &colleague, "zyxwvu");
        assert!(
            !hidden.contains("Qwertil") && hidden.contains("1 more in projects where you don't work"),
            "as if elsewhere: {hidden}"
        );
        for path in ["details", "restrictions"] {
            assert_eq!(world.get(&colleague, &format!("/people/{one}/{path}")).status, StatusCode::NOT_FOUND);
        }
        break_it(world, &colleague, one, "life");
        assert_eq!(open(world, &colleague, one), StatusCode::OK);
        assert!(!listed(&colleague), "the glass opens a record, no lists");

        // The last one named can't be taken off, the restriction can be ended.
        let shown = world.get(&manager, &page).body;
        let naming: Vec<&str> =
            shown.split("value=\"unname ").skip(1).map(|p| p.split('"').next().unwrap()).collect();
        assert_eq!(naming.len(), 2);
        for id in &naming {
            world.post(&named, &page, &[("do", &format!("unname {id}"))]);
            world.post(&manager, &page, &[("do", &format!("unname {id}"))]);
        }
        let lift = shown.split("value=\"lift ").nth(1).unwrap().split('"').next().unwrap();
        let still = world.get(&manager, &page);
        let by = if still.status == StatusCode::OK { manager.clone() } else { named.clone() };
        world.also(&by, Role::Manager, Some(own));
        assert_eq!(world.post(&by, &page, &[("do", &format!("lift {lift}"))]).status, StatusCode::SEE_OTHER);
        let other = world.someone("Oli Example", Role::LinkWorker, Some(own));
        assert_eq!(open(world, &other, one), StatusCode::OK);
        assert_eq!(told(world, "record restricted"), ["from open to limited"]);
        assert_eq!(told(world, "restriction of record ended"), ["from limited to open"]);
        let _ = PASSWORD;
    });
}

#[test]
fn a_withheld_address_is_seen_only_with_the_capability_and_survives_the_edits_of_others() {
    both(|world| {
        let own = world.project("Own", &[]);
        let one = person(world, own, "ZYXWVU");
        let manager = world.someone("Max Example", Role::Manager, Some(own));
        let who = world.someone("Pat Example", Role::Practitioner, Some(own));
        let page = format!("/people/{one}/restrictions");
        world.post(
            &manager,
            &page,
            &[("do", "restrict"), ("kind", "address"), ("reason", "in danger there")],
        );
        assert!(world.get(&manager, &format!("/people/{one}")).body.contains("Hidden Lane"));
        for path in [format!("/people/{one}"), format!("/people/{one}/details")] {
            let shown = world.get(&who, &path).body;
            assert!(!shown.contains("Hidden Lane") && !shown.contains("SE5 7ZZ"), "{path}: {shown}");
            assert!(shown.to_lowercase().contains("withheld"), "{path}");
        }
        assert!(!found(world, &who, "zyxwvu").contains("SE5 7ZZ"));
        assert!(found(world, &manager, "zyxwvu").contains("SE5 7ZZ"));
        let saved = world.post(
            &who,
            &format!("/people/{one}/details"),
            &[
                ("version", "1"),
                ("surname", "NEWNAME"),
                ("source", "told by her"),
                ("street", "Made Up Road"),
            ],
        );
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let shown = world.get(&manager, &format!("/people/{one}")).body;
        assert!(
            shown.contains("NEWNAME") && shown.contains("Hidden Lane") && !shown.contains("Made Up"),
            "{shown}"
        );
    });
}

#[test]
fn evidence_says_what_was_done_and_names_nobody_whom_the_service_sees() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let one = person(world, other, "ZYXWVU");
        let who = world.someone("Pat Example", Role::Practitioner, Some(own));
        let folder = world.data.path().join("evidence");
        break_it(world, &who, one, "life");
        write_evidence(&world.app.config, &world.test.db, MIGRATIONS, &folder).unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(read("access.csv").contains("Practitioner"));
        assert!(read("glass.csv").contains(",life,,"), "{}", read("glass.csv"));
        assert!(read("audit.csv").contains("the chain holds,yes"), "{}", read("audit.csv"));
        assert!(read("summary.md").contains("| access-reviews.csv |"));
        for file in std::fs::read_dir(&folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            assert!(
                !text.to_lowercase().contains("zyxwvu") && !text.contains("Qwertil") && !text.contains(WHY),
                "{text}"
            );
            assert!(!text.contains(&one.to_string()), "not even which record");
        }
        let again = write_evidence(&world.app.config, &world.test.db, MIGRATIONS, &folder);
        assert!(again.unwrap_err().to_string().contains("evidence"), "what is there is not written over");
    });
}
