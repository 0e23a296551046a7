//! Self-harm warnings, from the words in a cell to the receiver who has them, on both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::clock;
use alongside::ids::{ListingId, PersonId};
use axum::http::StatusCode;
use store::sql;
use world::{Answer, Someone, World, both};

const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n";
const WORDS: &str = "I will do it tonight, in the van";

struct Morning {
    nurse: Someone,
    link: Someone,
    manager: Someone,
    stranger: Someone,
    listing: ListingId,
}

fn morning(world: &World<'_>) -> Morning {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    world.import("list.csv", LIST.as_bytes());
    let listing = world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])?.get("id")).unwrap();
    Morning {
        nurse: world.someone("Nurse Example", Role::Practitioner, Some(project)),
        link: world.someone("Link Example", Role::LinkWorker, Some(project)),
        manager: world.someone("Manager Example", Role::Manager, Some(project)),
        stranger: world.someone("Stranger Example", Role::Manager, Some(other)),
        listing,
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

/// Posts a form whose moment `name` lies so many minutes back.
fn send(
    world: &World<'_>,
    who: &Someone,
    path: &str,
    moment: (&str, i64),
    fields: &[(&str, &str)],
) -> Answer {
    let (name, ago) = moment;
    let at = clock::in_london(clock::now() - jiff::SignedDuration::from_mins(ago));
    let parts = [
        (format!("{name}-day"), at.day().to_string()),
        (format!("{name}-month"), at.month().to_string()),
        (format!("{name}-year"), at.year().to_string()),
        (format!("{name}-time"), at.strftime("%H:%M").to_string()),
    ];
    let mut all: Vec<(&str, &str)> = parts.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    all.extend_from_slice(fields);
    world.post(who, path, &all)
}

/// Raises a warning on the line; its address.
fn raised(world: &World<'_>, m: &Morning) -> String {
    let answer = send(
        world,
        &m.nurse,
        &format!("/listings/{}/warnings/new", m.listing),
        ("heard", 5),
        &[("words", WORDS), ("basis", "said"), ("said-by", "The person"), ("advice", "Constant observation")],
    );
    taken(&answer).trim_end_matches("/handover").to_owned()
}

/// Hands it over so many minutes ago; the new handover's address.
fn handed(world: &World<'_>, m: &Morning, warning: &str, ago: i64, more: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("place", "Invented Escorts"),
        ("receiver", "escort"),
        ("means", "in-person"),
        ("given-to", "Officer Example"),
    ];
    for (name, value) in more {
        fields.retain(|(n, _)| n != name);
        fields.push((name, value));
    }
    taken(&send(world, &m.nurse, &format!("{warning}/handover"), ("handed", ago), &fields));
    let id: uuid::Uuid = world
        .test
        .db
        .read(|r| {
            r.one(sql("SELECT id FROM warning_handover ORDER BY recorded_at DESC, id DESC LIMIT 1"), &[])?
                .get("id")
        })
        .unwrap();
    format!("{warning}/handovers/{id}")
}

fn confirmed(world: &World<'_>, who: &Someone, handover: &str) -> Answer {
    send(
        world,
        who,
        &format!("{handover}/received"),
        ("received", 0),
        &[
            ("received-by", "R Example"),
            ("role", "Senior officer"),
            ("how", "telephone"),
            ("note", "Constant watch begun"),
        ],
    )
}

/// Makes a one-time link; the path that it opens.
fn link(world: &World<'_>, m: &Morning, handover: &str) -> String {
    let answer = world.post(&m.nurse, &format!("{handover}/link"), &[]);
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let at = answer.body.find("/receive/").unwrap();
    answer.body[at..].split('"').next().unwrap().to_owned()
}

fn count(world: &World<'_>, statement: store::Statement) -> i64 {
    world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
}

const BOARD: &str = "/courts/B01ND/2026-11-23";

#[test]
fn a_warning_stands_everywhere_until_it_was_received() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let line = format!("/listings/{}", m.listing);
        assert!(page(world, &m.nurse, BOARD).contains("Warning not received yet"));
        assert!(page(world, &m.nurse, BOARD).contains("Warning not handed over"));
        assert!(page(world, &m.nurse, &line).contains(WORDS));
        assert!(page(world, &m.link, "/warnings").contains("Not handed over"));
        let handover = handed(world, &m, &warning, 0, &[]);
        assert!(page(world, &m.nurse, &line).contains("Waiting for confirmation"));
        assert!(
            page(world, &m.manager, "/warnings")
                .contains("not confirmed by escort service, Invented Escorts")
        );
        taken(&confirmed(world, &m.link, &handover));
        let shown = page(world, &m.nurse, &warning);
        for words in
            ["Received by R Example, Senior officer", "Said so on the telephone", "Constant watch begun"]
        {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let board = page(world, &m.nurse, BOARD);
        assert!(
            !board.contains("Warning not received yet") && !board.contains("Warning not handed over"),
            "{board}"
        );
        assert!(page(world, &m.nurse, "/warnings").contains("No open warning"));
    });
}

#[test]
fn an_overdue_warning_comes_first_and_says_so() {
    both(|world| {
        let m = morning(world);
        let first = raised(world, &m);
        handed(world, &m, &first, 0, &[]);
        let second = raised(world, &m);
        handed(world, &m, &second, 95, &[("place", "Late Escorts")]);
        let list = page(world, &m.nurse, "/warnings");
        assert!(list.find(&second).unwrap() < list.find(&first).unwrap(), "{list}");
        assert!(list.contains("Overdue") && list.contains("since 35 minutes"), "{list}");
        assert!(page(world, &m.nurse, BOARD).contains("Warning overdue"));
        assert!(page(world, &m.nurse, &second).contains("ring them"));
    });
}

#[test]
fn bare_words_are_no_warning() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/warnings/new", m.listing);
        let answer = send(world, &m.nurse, &path, ("heard", 5), &[("words", "Risk of self-harm.")]);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["can do nothing with these words alone", "Choose how we know", "Say who said or saw it"]
        {
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM warning")), 0);
    });
}

#[test]
fn when_the_person_moves_on_the_next_receiver_confirms() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let escort = handed(world, &m, &warning, 90, &[]);
        let before = escort.rsplit('/').next().unwrap();
        let prison = handed(
            world,
            &m,
            &warning,
            0,
            &[("receiver", "prison"), ("place", "HMP Invented"), ("after", before)],
        );
        let shown = page(world, &m.nurse, &warning);
        assert!(shown.contains("The person moved on before this was confirmed"), "{shown}");
        assert!(shown.contains("The person came from escort service, Invented Escorts"), "{shown}");
        assert!(shown.contains("Waiting for confirmation"), "{shown}");
        taken(&confirmed(world, &m.nurse, &prison));
        assert!(page(world, &m.nurse, &warning).contains("with prison, HMP Invented"));
    });
}

#[test]
fn every_receiver_confirms_for_themselves() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let escort = handed(world, &m, &warning, 0, &[]);
        handed(world, &m, &warning, 0, &[("receiver", "probation"), ("place", "Invented Office")]);
        taken(&confirmed(world, &m.nurse, &escort));
        assert!(page(world, &m.nurse, &warning).contains("Waiting for confirmation"));
        let again = confirmed(world, &m.nurse, &escort);
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    });
}

#[test]
fn a_receiver_confirms_by_the_one_time_link_without_signing_in() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let handover = handed(world, &m, &warning, 0, &[]);
        let link = link(world, &m, &handover);
        let secret = link.rsplit('/').next().unwrap();
        let hash: String = world
            .test
            .db
            .read(|r| r.one(sql("SELECT token_hash FROM warning_link"), &[])?.get("token_hash"))
            .unwrap();
        assert!(secret.len() >= 64 && hash != secret, "the secret itself is not kept");
        let opened = world.send("GET", &link, None, &[]);
        assert_eq!(opened.status, StatusCode::OK);
        for words in [WORDS, "Constant observation", "ZYXWVU", "Confidential: health and safety information"]
        {
            assert!(opened.body.contains(words), "{words}: {}", opened.body);
        }
        assert!(
            !opened.body.contains("/warnings/")
                && !opened.body.contains("/people/")
                && !opened.body.contains("/listings/"),
            "{}",
            opened.body
        );
        let unnamed = world.send("POST", &link, None, &[("role", "Officer")]);
        assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unnamed.body.contains("Enter your name"));
        let thanks =
            world.send("POST", &link, None, &[("received-by", "Van Example"), ("role", "Officer 12")]);
        assert!(thanks.status == StatusCode::OK && thanks.body.contains("Thank you"), "{}", thanks.body);
        let shown = page(world, &m.nurse, &warning);
        assert!(
            shown.contains("Received by Van Example, Officer 12")
                && shown.contains("Confirmed by the one-time link"),
            "{shown}"
        );
    });
}

#[test]
fn wrong_used_expired_and_revoked_links_all_look_the_same() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let handover = handed(world, &m, &warning, 0, &[]);
        let wrong = format!("/receive/{}", "0".repeat(64));
        let dead = |path: &str| {
            let got = world.send("GET", path, None, &[]);
            let sent = world.send("POST", path, None, &[("received-by", "X Example"), ("role", "Officer")]);
            assert_eq!((got.status, sent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{path}");
            assert_eq!(got.body, sent.body);
            assert!(!got.body.contains("ZYXWVU") && !got.body.contains(WORDS));
            got.body
        };
        let same = dead(&wrong);
        let first = link(world, &m, &handover);
        let second = link(world, &m, &handover);
        assert_eq!(dead(&first), same, "a new link ends the one before it");
        taken(&world.post(&m.nurse, &format!("{handover}/link/revoke"), &[]));
        assert_eq!(dead(&second), same, "taken back");
        let third = link(world, &m, &handover);
        world
            .test
            .db
            .write(|w| {
                w.execute(sql("UPDATE warning_link SET expires_at = made_at WHERE revoked_at IS NULL"), &[])
            })
            .unwrap();
        assert_eq!(dead(&third), same, "run out");
        let fourth = link(world, &m, &handover);
        assert_eq!(
            world.send("POST", &fourth, None, &[("received-by", "V Example"), ("role", "Officer")]).status,
            StatusCode::OK
        );
        assert_eq!(dead(&fourth), same, "used");
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM warning_receipt")), 1);
    });
}

#[test]
fn a_link_ends_when_staff_record_the_receipt_or_a_manager_closes() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let handover = handed(world, &m, &warning, 0, &[]);
        let path = link(world, &m, &handover);
        taken(&confirmed(world, &m.nurse, &handover));
        assert_eq!(world.send("GET", &path, None, &[]).status, StatusCode::NOT_FOUND);
        let other = raised(world, &m);
        let handover = handed(world, &m, &other, 0, &[]);
        let path = link(world, &m, &handover);
        taken(&world.post(
            &m.manager,
            &format!("{other}/close"),
            &[("reason", "in-error"), ("words", "Another person meant")],
        ));
        assert_eq!(world.send("GET", &path, None, &[]).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn wrong_links_are_answered_only_so_often_and_a_good_one_still_opens() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let handover = handed(world, &m, &warning, 0, &[]);
        let good = link(world, &m, &handover);
        // Two minutes' worth: the minute may turn while we ask.
        let answers: Vec<StatusCode> =
            (0..125).map(|n| world.send("GET", &format!("/receive/{n:064}"), None, &[]).status).collect();
        assert!(answers.contains(&StatusCode::TOO_MANY_REQUESTS));
        assert_eq!(world.send("GET", &good, None, &[]).status, StatusCode::OK);
    });
}

#[test]
fn only_a_manager_closes_what_nobody_confirmed_and_says_why() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let path = format!("{warning}/close");
        assert_eq!(world.get(&m.nurse, &path).status, StatusCode::NOT_FOUND);
        assert_eq!(
            world.post(&m.nurse, &path, &[("reason", "other"), ("words", "x")]).status,
            StatusCode::NOT_FOUND
        );
        let bare = world.post(&m.manager, &path, &[("reason", "not-in-custody")]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bare.body);
        taken(&world.post(
            &m.manager,
            &path,
            &[("reason", "not-in-custody"), ("words", "Met by a sister at the door")],
        ));
        assert!(page(world, &m.nurse, &warning).contains("Closed without receipt"));
        assert!(!page(world, &m.nurse, BOARD).contains("Warning not received yet"));
        let hand = send(
            world,
            &m.nurse,
            &format!("{warning}/handover"),
            ("handed", 0),
            &[("place", "x"), ("receiver", "escort"), ("means", "paper")],
        );
        assert_eq!(hand.status, StatusCode::CONFLICT);
    });
}

#[test]
fn a_warning_is_never_stopped_and_always_in_the_ledger() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        // Nobody has said yet who stands on the line.
        handed(world, &m, &warning, 0, &[]);
        assert_eq!(
            count(
                world,
                sql(
                    "SELECT COUNT(*) AS n FROM disclosure WHERE listing_id IS NOT NULL AND override_id IS NOT NULL"
                )
            ),
            1
        );
        let list = page(world, &m.manager, "/disclosures/approvals");
        assert!(list.contains("Risk of serious harm") && list.contains("ZYXWVU"), "{list}");
        taken(&world.post(&m.nurse, &format!("/listings/{}/compare", m.listing), &[("decision", "new")]));
        let person: PersonId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap();
        let ledger = page(world, &m.nurse, &format!("/people/{person}/consent"));
        assert!(
            ledger.contains("Self-harm warning W-")
                && ledger.contains("Without consent: risk of serious harm"),
            "{ledger}"
        );
        assert!(page(world, &m.nurse, &format!("/people/{person}")).contains(WORDS));
        // With consent it rests on that, and nobody has to look at it afterwards.
        let path = format!("/people/{person}/consent/decide");
        taken(&send(world, &m.nurse, &path, ("when", 0), &[("how", "in-person"), ("to-prison", "given")]));
        handed(world, &m, &warning, 0, &[("receiver", "prison"), ("place", "HMP Invented")]);
        assert_eq!(
            count(world, sql("SELECT COUNT(*) AS n FROM disclosure WHERE decision_id IS NOT NULL")),
            1
        );
        assert_eq!(count(world, sql("SELECT COUNT(*) AS n FROM disclosure_override")), 1);
    });
}

#[test]
fn the_form_says_who_what_when_and_what_to_do_on_one_sheet() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let form = page(world, &m.link, &format!("{warning}/form"));
        for words in [
            "Confidential: health and safety information",
            "Reference <strong>W-",
            "ZYXWVU",
            WORDS,
            "Constant observation",
            "Said by the person.",
            "Signature",
            "Printed by Link Example",
        ] {
            assert!(form.contains(words), "{words}: {form}");
        }
        for band in ["high risk", "medium risk", "low risk", "score"] {
            assert!(!form.to_lowercase().contains(band), "{band}");
        }
    });
}

#[test]
fn a_warning_of_another_project_does_not_exist() {
    both(|world| {
        let m = morning(world);
        let warning = raised(world, &m);
        let handover = handed(world, &m, &warning, 0, &[]);
        for path in [
            warning.clone(),
            format!("{warning}/form"),
            format!("{warning}/handover"),
            format!("{handover}/received"),
            format!("{warning}/close"),
        ] {
            let answer = world.get(&m.stranger, &path);
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!answer.body.contains("ZYXWVU"));
        }
        for path in [format!("{handover}/link"), format!("{handover}/link/revoke")] {
            assert_eq!(world.post(&m.stranger, &path, &[]).status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(confirmed(world, &m.stranger, &handover).status, StatusCode::NOT_FOUND);
        assert!(page(world, &m.stranger, "/warnings").contains("No open warning"));
        // A handover of another warning is none of this one's.
        let other = raised(world, &m);
        let mixed = format!("{other}/handovers/{}", handover.rsplit('/').next().unwrap());
        assert_eq!(confirmed(world, &m.nurse, &mixed).status, StatusCode::NOT_FOUND);
        assert_eq!(world.post(&m.nurse, &format!("{mixed}/link"), &[]).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_warning_on_a_limited_record_is_seen_on_the_board_but_its_words_are_not() {
    both(|world| {
        let m = morning(world);
        let line = format!("/listings/{}", m.listing);
        taken(&world.post(&m.nurse, &format!("{line}/compare"), &[("decision", "new")]));
        let person: PersonId =
            world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap();
        let fields =
            [("words", WORDS), ("basis", "said"), ("said-by", "The person"), ("advice", "Stay close")];
        taken(&send(world, &m.nurse, &format!("/people/{person}/warnings/new"), ("heard", 5), &fields));
        let board = "/courts/B01ND/2026-11-23";
        assert!(page(world, &m.nurse, board).contains("Warning not handed over"));
        assert!(page(world, &m.nurse, &line).contains(WORDS));

        let limit = [("do", "restrict"), ("kind", "limited"), ("reason", "works here")];
        taken(&world.post(&m.manager, &format!("/people/{person}/restrictions"), &limit));
        for path in [board, line.as_str()] {
            let body = page(world, &m.nurse, path);
            assert!(!body.contains(WORDS) && !body.contains("Stay close"), "{path}: {body}");
        }
        let body = page(world, &m.nurse, board);
        assert!(body.contains("Warning not handed over"), "a life may hang on it: {body}");
        assert!(page(world, &m.nurse, &line).contains("limited record"));
        assert!(page(world, &m.manager, &line).contains(WORDS), "who is named on it reads it");
    });
}
