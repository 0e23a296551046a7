//! Consent and disclosure as practitioners, link workers and managers live it, on both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::KeepConsent;
use alongside::access::{Permit, Role};
use alongside::clock;
use alongside::consent::{
    Means, NewDisclosure, Purpose, Question, Recipient, Ruling, Subject, Why, ask, ask_about, disclose,
    keep_quick_about,
};
use alongside::ids::{ListingId, PersonId, ProjectId};
use alongside::web::components::Form;
use alongside::{morning, people};
use axum::http::StatusCode;
use store::sql;
use world::{Answer, Someone, World, both};

const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n";

struct Team {
    project: ProjectId,
    nurse: Someone,
    link: Someone,
    manager: Someone,
    stranger: Someone,
    listing: ListingId,
    person: PersonId,
}

fn team(world: &World<'_>) -> Team {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    world.import("list.csv", LIST.as_bytes());
    let listing: ListingId =
        world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])?.get("id")).unwrap();
    let nurse = world.someone("Nurse Example", Role::Practitioner, Some(project));
    taken(&world.post(&nurse, &format!("/listings/{listing}/compare"), &[("decision", "new")]));
    let person: PersonId =
        world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap();
    Team {
        project,
        nurse,
        link: world.someone("Link Example", Role::LinkWorker, Some(project)),
        manager: world.someone("Manager Example", Role::Manager, Some(project)),
        stranger: world.someone("Stranger Example", Role::Manager, Some(other)),
        listing,
        person,
    }
}

fn taken(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{} {path}: {}", world.test.engine, answer.body);
    answer.body
}

/// The fields of a moment in London, so many hours ago.
fn when(name: &str, hours_ago: i64) -> Vec<(String, String)> {
    let at = clock::in_london(clock::now() - jiff::SignedDuration::from_hours(hours_ago));
    vec![
        (format!("{name}-day"), at.day().to_string()),
        (format!("{name}-month"), at.month().to_string()),
        (format!("{name}-year"), at.year().to_string()),
        (format!("{name}-time"), at.strftime("%H:%M").to_string()),
    ]
}

fn send(world: &World<'_>, who: &Someone, path: &str, hours_ago: i64, fields: &[(&str, &str)]) -> Answer {
    let moment = when("when", hours_ago);
    let mut all: Vec<(&str, &str)> = moment.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    all.extend_from_slice(fields);
    world.post(who, path, &all)
}

fn decide(world: &World<'_>, t: &Team, hours_ago: i64, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("how", "in-person")];
    all.extend_from_slice(fields);
    send(world, &t.nurse, &format!("/people/{}/consent/decide", t.person), hours_ago, &all)
}

fn tell<'a>(whom: &'a str, purpose: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("recipient", whom),
        ("to-name", "Robin Example"),
        ("to-role", "legal adviser"),
        ("purpose", purpose),
        ("summary", "That treatment has begun"),
        ("means", "in-person"),
    ]
}

fn told(world: &World<'_>, who: &Someone, person: PersonId, fields: &[(&str, &str)]) -> Answer {
    send(world, who, &format!("/people/{person}/consent/told"), 0, fields)
}

fn ruling(world: &World<'_>, person: PersonId, recipient: Recipient, purpose: Purpose) -> Ruling {
    let permit: Permit<KeepConsent> = Permit::for_command_line(&world.test.db);
    permit
        .read_now(|r| {
            let person = people::find(r, person)?.unwrap();
            ask(r, &person, recipient, purpose, clock::now())
        })
        .unwrap()
}

fn rows(world: &World<'_>, table: &'static str) -> i64 {
    let statement = match table {
        "disclosure" => sql("SELECT COUNT(*) AS n FROM disclosure"),
        "consent_decision" => sql("SELECT COUNT(*) AS n FROM consent_decision"),
        _ => sql("SELECT COUNT(*) AS n FROM disclosure_notice"),
    };
    world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
}

#[test]
fn several_recipients_are_decided_in_one_form_and_stand_in_the_ledger() {
    both(|world| {
        let t = team(world);
        let base = format!("/people/{}/consent", t.person);
        let answer = decide(
            world,
            &t,
            1,
            &[
                ("to-court", "partial"),
                ("to-defence", "given"),
                ("to-prosecution", "refused"),
                ("to-family", "given"),
                ("name-family", "Mary Example, mother"),
                ("limits", "That medication was started"),
                ("own-words", "Don't tell them about my brother"),
                ("purpose", "bail"),
                ("interpreter", "Polish"),
                ("easy-read", "yes"),
            ],
        );
        assert_eq!(taken(&answer), base);
        let ledger = page(world, &t.link, &base);
        for words in [
            "Given in part",
            "That medication was started",
            "Family or carer: Mary Example, mother",
            "Refused",
            "Bail or remand decision",
            "interpreter: Polish",
            "Don&#39;t tell them about my brother",
            "Not asked about",
        ] {
            assert!(
                ledger.contains(words) || ledger.contains(&words.replace("&#39;", "'")),
                "{words}: {ledger}"
            );
        }
        assert!(page(world, &t.nurse, &format!("/people/{}", t.person)).contains("Open the consent ledger"));
        let Ruling::Allowed { limits, .. } = ruling(world, t.person, Recipient::Court, Purpose::Bail) else {
            panic!()
        };
        assert_eq!(limits, "That medication was started");
        assert!(
            matches!(ruling(world, t.person, Recipient::Court, Purpose::Sentence), Ruling::Stop(s) if s.why == Why::NoDecision)
        );
        let copy = page(world, &t.link, &format!("{base}/copy"));
        assert!(copy.contains("your solicitor") && copy.contains("We do not tell the prosecution"), "{copy}");
        assert_eq!(world.get(&t.stranger, &base).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn what_is_not_whole_is_not_kept_and_says_what_is_missing() {
    both(|world| {
        let t = team(world);
        for (fields, words) in [
            (vec![], "at least one recipient"),
            (vec![("to-court", "partial")], "Say what may be told"),
            (vec![("to-family", "given")], "no consent to tell another"),
            (vec![("to-gp", "capacity")], "what was done"),
            (
                vec![("to-gp", "given"), ("until-day", "1"), ("until-month", "2"), ("until-year", "2020")],
                "over already",
            ),
        ] {
            let answer = decide(world, &t, 0, &fields);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}: {}", answer.body);
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
        assert_eq!(rows(world, "consent_decision"), 0);
    });
}

#[test]
fn the_same_form_sent_twice_is_one_decision() {
    both(|world| {
        let t = team(world);
        let draft = uuid::Uuid::now_v7().to_string();
        for _ in 0..2 {
            taken(&decide(world, &t, 0, &[("to-gp", "given"), ("draft", &draft), ("draft_version", "0")]));
        }
        assert_eq!(rows(world, "consent_decision"), 1);
    });
}

#[test]
fn nothing_is_told_without_consent_and_the_card_says_what_to_do() {
    both(|world| {
        let t = team(world);
        let stopped = told(world, &t.nurse, t.person, &tell("court", "bail"));
        assert_eq!(stopped.status, StatusCode::CONFLICT, "{}", stopped.body);
        for words in [
            "Don’t tell the court yet",
            "Nobody has asked them yet",
            "Nothing was sent",
            &format!("/people/{}/consent/decide?recipient=court&amp;purpose=bail", t.person),
            &format!("/people/{}/consent/override?recipient=court&amp;purpose=bail", t.person),
        ] {
            assert!(stopped.body.contains(words), "{words}: {}", stopped.body);
        }
        assert_eq!(rows(world, "disclosure"), 0);
        taken(&decide(world, &t, 1, &[("to-court", "refused")]));
        assert!(told(world, &t.nurse, t.person, &tell("court", "bail")).body.contains("They refused"));
        taken(&decide(world, &t, 0, &[("to-court", "given")]));
        taken(&told(world, &t.nurse, t.person, &tell("court", "bail")));
        assert_eq!(rows(world, "disclosure"), 1);
        let ledger = page(world, &t.nurse, &format!("/people/{}/consent", t.person));
        assert!(ledger.contains("That treatment has begun") && ledger.contains("Robin Example"), "{ledger}");
        assert!(ledger.contains("Earlier decisions (1)"), "{ledger}");
    });
}

#[test]
fn the_door_of_the_room_rules_again_in_the_unit_that_writes() {
    both(|world| {
        let t = team(world);
        let permit: Permit<KeepConsent> = Permit::for_command_line(&world.test.db);
        let came = permit
            .write_now(|w| {
                let person = w.reading(|r| people::find(r, t.person))?.unwrap();
                disclose(
                    w,
                    &person,
                    &NewDisclosure {
                        recipient: Recipient::Probation,
                        to_name: String::new(),
                        to_role: String::new(),
                        purpose: Purpose::Sentence,
                        means: Means::Telephone,
                        summary: "x".into(),
                        about: None,
                        told_at: clock::now(),
                    },
                )
            })
            .unwrap();
        assert_eq!(came.unwrap_err().why, Why::NoDecision);
        assert_eq!(rows(world, "disclosure"), 0);
    });
}

#[test]
fn a_withdrawal_lists_what_was_told_and_stops_what_comes() {
    both(|world| {
        let t = team(world);
        taken(&decide(world, &t, 2, &[("to-court", "given")]));
        taken(&told(world, &t.nurse, t.person, &tell("court", "bail")));
        let ledger = page(world, &t.nurse, &format!("/people/{}/consent", t.person));
        let href = ledger.split("href=\"").find_map(|rest| {
            let href = rest.split('"').next()?;
            href.ends_with("/withdraw").then(|| href.to_owned())
        });
        let href = href.unwrap();
        assert!(page(world, &t.nurse, &href).contains("What did they say, in their words?"));
        let id: String = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM disclosure"), &[])?.get::<uuid::Uuid>("id"))
            .unwrap()
            .to_string();
        let mut fields = vec![("own-words", "No more"), ("how", "telephone")];
        let shown = send(world, &t.nurse, &href, 0, &[&[("step", "words")], fields.as_slice()].concat());
        assert!(shown.body.contains("How and when did they say so?"), "{}", shown.body);
        let shown = send(world, &t.nurse, &href, 0, &[&[("step", "how")], fields.as_slice()].concat());
        assert!(
            shown.body.contains("can’t be recalled") && shown.body.contains("Robin Example"),
            "{}",
            shown.body
        );
        fields.extend([("told", id.as_str()), ("told-words", "They will not use it")]);
        let shown = send(world, &t.nurse, &href, 0, &[&[("step", "told")], fields.as_slice()].concat());
        assert!(
            shown.body.contains("Check before it counts") && shown.body.contains("No more"),
            "{}",
            shown.body
        );
        assert!(matches!(ruling(world, t.person, Recipient::Court, Purpose::Bail), Ruling::Allowed { .. }));
        taken(&send(world, &t.nurse, &href, 0, &[&[("step", "check")], fields.as_slice()].concat()));
        assert!(
            matches!(ruling(world, t.person, Recipient::Court, Purpose::Bail), Ruling::Stop(s) if s.why == Why::Withdrawn)
        );
        assert_eq!((rows(world, "consent_decision"), rows(world, "disclosure_notice")), (2, 1));
        let ledger = page(world, &t.nurse, &format!("/people/{}/consent", t.person));
        for words in ["Withdrawn", "Told of the withdrawal", "They will not use it", "Earlier decisions (1)"]
        {
            assert!(ledger.contains(words), "{words}: {ledger}");
        }
        assert_eq!(world.get(&t.stranger, &href).status, StatusCode::NOT_FOUND);
    });
}

fn overriding(class: &str) -> Vec<(&str, &str)> {
    vec![
        ("recipient", "court"),
        ("purpose", "bail"),
        ("class", class),
        ("reason", "An order of today asks for it"),
        ("told", "yes"),
        ("told-words", "That the court ordered it"),
    ]
}

fn waiting(world: &World<'_>) -> String {
    let id: uuid::Uuid = world
        .test
        .db
        .read(|r| r.one(sql("SELECT id FROM disclosure_override ORDER BY at DESC LIMIT 1"), &[])?.get("id"))
        .unwrap();
    format!("/disclosures/approvals/{id}")
}

#[test]
fn an_override_waits_for_another_account() {
    both(|world| {
        let t = team(world);
        world.also(&t.manager, Role::Practitioner, Some(t.project));
        let path = format!("/people/{}/consent/override", t.person);
        taken(&world.post(&t.manager, &path, &overriding("law")));
        let stopped = told(world, &t.nurse, t.person, &tell("court", "bail"));
        assert!(stopped.body.contains("waits for a manager’s approval"), "{}", stopped.body);
        let one = waiting(world);
        let own = world.post(&t.manager, &one, &[("answer", "approve")]);
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.body);
        assert_eq!(world.get(&t.nurse, "/disclosures/approvals").status, StatusCode::NOT_FOUND);
        assert_eq!(world.post(&t.stranger, &one, &[("answer", "approve")]).status, StatusCode::NOT_FOUND);
        let lead = world.someone("Lead Example", Role::Manager, Some(t.project));
        let list = page(world, &lead, "/disclosures/approvals");
        assert!(list.contains("Court order or statute") && list.contains("Manager Example"), "{list}");
        let refused = world.post(&lead, &one, &[("answer", "refuse")]);
        assert!(refused.body.contains("Say why not"), "{}", refused.body);
        taken(&world.post(&lead, &one, &[("answer", "approve")]));
        taken(&told(world, &t.nurse, t.person, &tell("court", "bail")));
        let again = world.post(&lead, &one, &[("answer", "refuse"), ("words", "late")]);
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
        let ledger = page(world, &t.nurse, &format!("/people/{}/consent", t.person));
        assert!(ledger.contains("Without consent: court order or statute"), "{ledger}");
        assert!(ledger.contains("That the court ordered it") && ledger.contains("Lead Example"), "{ledger}");
    });
}

#[test]
fn danger_to_life_is_told_at_once_and_looked_at_afterwards() {
    both(|world| {
        let t = team(world);
        taken(&decide(world, &t, 1, &[("to-court", "refused")]));
        taken(&world.post(
            &t.link,
            &format!("/people/{}/consent/override", t.person),
            &overriding("immediate-danger"),
        ));
        taken(&told(world, &t.link, t.person, &tell("court", "bail")));
        assert!(page(world, &t.manager, "/disclosures/approvals").contains("Used at once"));
        taken(&world.post(
            &t.manager,
            &waiting(world),
            &[("answer", "refuse"), ("words", "Speak with the court")],
        ));
        assert_eq!(told(world, &t.link, t.person, &tell("court", "bail")).status, StatusCode::CONFLICT);
        assert!(page(world, &t.manager, "/disclosures/approvals").contains("Nothing waits"));
    });
}

#[test]
fn an_override_says_why_and_what_the_person_was_told() {
    both(|world| {
        let t = team(world);
        let answer =
            world.post(&t.nurse, &format!("/people/{}/consent/override", t.person), &[("class", "law")]);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in
            ["Say why it has to be told", "Say whether the person knows", "Choose who has to be told"]
        {
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
    });
}

#[test]
fn the_ground_for_holding_stands_apart_from_what_may_be_told() {
    both(|world| {
        let t = team(world);
        let path = format!("/people/{}/consent/basis", t.person);
        assert!(page(world, &t.nurse, &path).contains("Article 9(2)(h)"));
        let project = t.project.to_string();
        let mut fields = vec![
            ("project", project.as_str()),
            ("words", "other"),
            ("other", "Invented Act 1999, section 1"),
            ("told", "Privacy notice read out"),
            ("from-day", "23"),
            ("from-month", "11"),
            ("from-year", "2020"),
        ];
        taken(&world.post(&t.nurse, &path, &fields));
        let ledger = page(world, &t.nurse, &format!("/people/{}/consent", t.person));
        assert!(
            ledger.contains("Invented Act 1999, section 1") && ledger.contains("Privacy notice read out"),
            "{ledger}"
        );
        assert!(matches!(ruling(world, t.person, Recipient::Court, Purpose::Bail), Ruling::Stop(_)));
        let nowhere = uuid::Uuid::now_v7().to_string();
        fields[0].1 = &nowhere;
        assert_eq!(world.post(&t.nurse, &path, &fields).status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn what_is_said_on_a_line_is_the_persons_while_the_line_is_theirs() {
    both(|world| {
        let t = team(world);
        let permit: Permit<KeepConsent> = Permit::for_command_line(&world.test.db);
        let form = Form::from_pairs([
            ("consent-court", "given"),
            ("consent-gp", "refused"),
            ("consent-trust", "not-asked"),
        ]);
        let at = clock::now();
        let keep = || {
            permit
                .write_now(|w| {
                    let line = morning::find_to_change(w, t.listing)?.unwrap();
                    let about = Subject::line(w, &line)?;
                    keep_quick_about(w, &about, &form, at)
                })
                .unwrap()
        };
        assert_eq!((keep(), keep()), (2, 0), "a corrected screening says the same again");
        assert!(matches!(ruling(world, t.person, Recipient::Court, Purpose::Bail), Ruling::Allowed { .. }));
        assert!(
            matches!(ruling(world, t.person, Recipient::Gp, Purpose::Treatment), Ruling::Stop(s) if s.why == Why::Refused)
        );
        let link: uuid::Uuid =
            world.test.db.read(|r| r.one(sql("SELECT id FROM link_decision"), &[])?.get("id")).unwrap();
        let path = format!("/listings/{}/take-back", t.listing);
        taken(&world.post(&t.nurse, &path, &[("decision", &link.to_string())]));
        assert!(
            matches!(ruling(world, t.person, Recipient::Court, Purpose::Bail), Ruling::Stop(s) if s.why == Why::NoDecision)
        );
        let on_line = permit
            .read_now(|r| {
                let line = morning::find(r, t.listing)?.unwrap();
                let about = Subject::line(r, &line)?;
                let question = Question { recipient: Recipient::Court, name: "", purpose: Purpose::Bail };
                ask_about(r, &about, &question, clock::now())
            })
            .unwrap();
        assert!(matches!(on_line, Ruling::Allowed { .. }));
    });
}

#[test]
fn no_name_stands_in_the_audit_of_consent() {
    both(|world| {
        let t = team(world);
        taken(&decide(
            world,
            &t,
            0,
            &[("to-family", "given"), ("name-family", "Mary Unmistakable"), ("own-words", "Secret words")],
        ));
        let events =
            world.test.db.read(|r| r.query(sql("SELECT action, detail FROM audit_event"), &[])).unwrap();
        let said: Vec<String> = events
            .iter()
            .map(|e| format!("{} {}", e.get::<String>("action").unwrap(), e.get::<String>("detail").unwrap()))
            .collect();
        assert!(said.iter().any(|s| s.starts_with("decision on disclosure recorded")), "{said:?}");
        assert!(!said.iter().any(|s| s.contains("Unmistakable") || s.contains("Secret")), "{said:?}");
    });
}
