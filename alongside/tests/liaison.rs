//! The liaison log: contacts, what agencies were asked for, the timeline; on both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::clock;
use alongside::ids::{ListingId, PersonId};
use axum::http::StatusCode;
use jiff::SignedDuration;
use store::sql;
use world::{Answer, Someone, World, both};

const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n";

struct Team {
    nurse: Someone,
    link: Someone,
    stranger: Someone,
    person: PersonId,
}

fn team(world: &World<'_>) -> Team {
    let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury")]);
    world.import("list.csv", LIST.as_bytes());
    let line: ListingId =
        world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])?.get("id")).unwrap();
    let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
    went(&world.post(&nurse, &format!("/listings/{line}/compare"), &[("decision", "new")]));
    Team {
        link: world.someone("Link Example", Role::LinkWorker, Some(own)),
        stranger: world.someone("Stranger Example", Role::Manager, Some(other)),
        person: world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap(),
        nurse,
    }
}

fn went(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

fn moment(name: &str, hours: i64) -> Vec<(String, String)> {
    let at = clock::in_london(clock::now() + SignedDuration::from_hours(hours));
    vec![
        (format!("{name}-day"), at.day().to_string()),
        (format!("{name}-month"), at.month().to_string()),
        (format!("{name}-year"), at.year().to_string()),
        (format!("{name}-time"), at.strftime("%H:%M").to_string()),
    ]
}

fn send(
    world: &World<'_>,
    who: &Someone,
    path: &str,
    moments: &[(&str, i64)],
    fields: &[(&str, &str)],
) -> Answer {
    let kept: Vec<(String, String)> = moments.iter().flat_map(|(name, hours)| moment(name, *hours)).collect();
    let mut all: Vec<(&str, &str)> = kept.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    all.extend_from_slice(fields);
    world.post(who, path, &all)
}

const CALL: [(&str, &str); 7] = [
    ("agency", "gp"),
    ("who", "Dr Pretend"),
    ("means", "telephone"),
    ("direction", "out"),
    ("purpose", "information"),
    ("outcome", "spoke"),
    ("words", "Olanzapine since May"),
];

fn contact(world: &World<'_>, t: &Team, who: &Someone, more: &[(&str, &str)]) -> Answer {
    let mut all = CALL.to_vec();
    all.extend_from_slice(more);
    send(world, who, &format!("/people/{}/contacts/new", t.person), &[("at", -1)], &all)
}

fn ask(world: &World<'_>, t: &Team, who: &str, subject: &str) -> Answer {
    let fields = [
        ("agency", "gp"),
        ("who", who),
        ("subject", subject),
        ("words", "Which medication?"),
        ("means", "email"),
    ];
    send(
        world,
        &t.nurse,
        &format!("/people/{}/information/new", t.person),
        &[("at", -1), ("due", 72)],
        &fields,
    )
}

fn consents(world: &World<'_>, t: &Team) {
    let path = format!("/people/{}/consent/decide", t.person);
    went(&send(world, &t.nurse, &path, &[("when", -2)], &[("how", "in-person"), ("to-gp", "given")]));
}

fn count(world: &World<'_>, statement: store::Statement) -> i64 {
    world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
}

#[test]
fn a_contact_is_kept_followed_and_a_mistake_is_marked_not_erased() {
    both(|world| {
        let t = team(world);
        went(&contact(
            world,
            &t,
            &t.link,
            &[
                ("follow-up", "Send the letter"),
                ("follow-up-on-day", "1"),
                ("follow-up-on-month", "12"),
                ("follow-up-on-year", "2026"),
            ],
        ));
        let person = page(world, &t.nurse, &format!("/people/{}", t.person));
        assert!(person.contains("Send the letter") && person.contains("To do"), "{person}");
        let href =
            person.split("href=\"").find(|p| p.starts_with("/contacts/")).unwrap().split('"').next().unwrap();
        assert!(page(world, &t.nurse, href).contains("Olanzapine since May"));
        assert!(page(world, &t.link, "/information").contains("Send the letter"));
        went(&world.post(&t.link, &format!("{href}/done"), &[("words", "Sent it")]));
        assert!(page(world, &t.link, "/information").contains("Nothing waits"));
        went(&world.post(&t.link, &format!("{href}/mistaken"), &[("words", "Another person")]));
        assert!(page(world, &t.nurse, href).contains("Olanzapine since May"), "it stays readable");
        assert!(!page(world, &t.nurse, &format!("/people/{}/timeline", t.person)).contains("Olanzapine"));
        assert_eq!(world.get(&t.stranger, href).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn telling_somebody_in_a_contact_stands_in_the_ledger_or_nothing_is_kept() {
    both(|world| {
        let t = team(world);
        let told = [("told", "That an assessment is due"), ("told-for", "treatment")];
        let stopped = contact(world, &t, &t.nurse, &told);
        assert!(stopped.body.contains("Don’t tell the GP yet"), "{}", stopped.body);
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM contact")), 0);
        // What was typed waits.
        let form = page(world, &t.nurse, &format!("/people/{}/contacts/new", t.person));
        assert!(form.contains("Olanzapine since May") && form.contains("That an assessment is due"));
        consents(world, &t);
        went(&contact(world, &t, &t.nurse, &told));
        let ledger = page(world, &t.nurse, &format!("/people/{}/consent", t.person));
        assert!(ledger.contains("That an assessment is due") && ledger.contains("Dr Pretend"));
    });
}

#[test]
fn one_request_is_open_per_officer_and_subject_and_a_second_joins_it() {
    both(|world| {
        let t = team(world);
        assert!(ask(world, &t, "Dr Pretend", "medication").body.contains("Don’t tell the GP yet"));
        consents(world, &t);
        let first = went(&ask(world, &t, "Dr Pretend", "medication"));
        let again = went(&ask(world, &t, "  dr  PRETEND ", "medication"));
        assert_eq!(again, format!("{first}?joined=yes"));
        assert!(page(world, &t.nurse, &again).contains("nobody is asked twice"));
        assert_ne!(went(&ask(world, &t, "Dr Pretend", "history")), first);
        assert_ne!(went(&ask(world, &t, "Dr Other", "medication")), first);
        // Asking is telling: each stands in the ledger, the joined one does not tell again.
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM disclosure")), 3);
        let shown = page(world, &t.nurse, &first);
        assert!(shown.contains("Dear colleague") && shown.contains("Which medication?"), "{shown}");

        let refused = send(world, &t.nurse, &first, &[("at", 0)], &[("what", "answered")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        went(&send(
            world,
            &t.nurse,
            &first,
            &[("at", 0)],
            &[("what", "answered"), ("words", "Olanzapine, 10 mg")],
        ));
        assert!(page(world, &t.nurse, &first).contains("Olanzapine, 10 mg"));
        let late = send(world, &t.nurse, &first, &[("at", 0)], &[("what", "chased")]);
        assert_eq!(late.status, StatusCode::CONFLICT);
        // Answered: whoever asks now asks anew.
        assert_ne!(went(&ask(world, &t, "Dr Pretend", "medication")), first);
    });
}

#[test]
fn the_timeline_has_everything_newest_first_filtered_and_by_pages_and_a_link_worker_sees_no_clinical_entry() {
    both(|world| {
        let t = team(world);
        consents(world, &t);
        went(&ask(world, &t, "Dr Pretend", "medication"));
        went(&world.post(&t.nurse, &format!("/people/{}/assessments", t.person), &[("open", "0")]));
        // A thousand contacts more, straight into the table: what a long-known person has.
        let contact: uuid::Uuid = {
            went(&contact(world, &t, &t.nurse, &[]));
            world.test.db.read(|r| r.one(sql("SELECT id FROM contact"), &[])?.get("id")).unwrap()
        };
        world
            .test
            .db
            .write(|w| {
                for n in 0..1_000_i64 {
                    let at = clock::now() - SignedDuration::from_hours(24 + n);
                    w.execute(
                        sql("INSERT INTO contact (id, person_id, project_id, at, agency, who, role, means, purpose, direction, words, told, outcome, follow_up, recorded_at, by_words) SELECT $1, person_id, project_id, $2, agency, who, role, means, purpose, direction, $3, told, outcome, follow_up, recorded_at, by_words FROM contact WHERE id = $4"),
                        &[&uuid::Uuid::now_v7(), &at, &format!("Talk number {n}"), &contact],
                    )?;
                }
                Ok::<_, store::Error>(())
            })
            .unwrap();
        let base = format!("/people/{}/timeline", t.person);
        let first = page(world, &t.nurse, &base);
        for part in [
            "Assessment begun",
            "Information asked for: Dr Pretend",
            "Given: GP",
            "Talk number 0",
            "page 1 of 21",
        ] {
            assert!(first.contains(part), "{part}");
        }
        assert!(!first.contains("Talk number 900"));
        assert!(page(world, &t.nurse, &format!("{base}?page=19")).contains("Talk number 900"));
        let consent = page(world, &t.nurse, &format!("{base}?kind=consent"));
        assert!(consent.contains("Given: GP") && !consent.contains("Talk number"));
        let link = page(world, &t.link, &base);
        assert!(link.contains("Talk number 0") && !link.contains("Assessment"), "{link}");
        assert_eq!(world.get(&t.stranger, &base).status, StatusCode::NOT_FOUND);
    });
}
