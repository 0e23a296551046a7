//! Referrals from needs to the first appointment attended, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod smtp;
mod world;

use alongside::access::Role;
use alongside::clock;
use alongside::ids::{PersonId, ProjectId};
use alongside::post::{Outgoing, deliver_due};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use smtp::MailServer;
use store::sql;
use world::{Answer, Someone, World, both, both_with};

const LIST: &str = "court code,date,surname,forename,date of birth,sex,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,F,1,1600000001\n";
const SECRET: &str = "slept at the Quay station since March";

struct Team {
    project: ProjectId,
    nurse: Someone,
    link: Someone,
    manager: Someone,
    stranger: Someone,
    person: PersonId,
    /// Housing for everybody, a women's drug service, and a service for men.
    services: [String; 3],
}

fn went(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{} {path}: {}", world.test.engine, answer.body);
    answer.body
}

/// The fields of a moment in London, so many hours from now.
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

fn service(world: &World<'_>, manager: &Someone, fields: &[(&str, &str)]) -> String {
    let to = went(&world.post(manager, "/directory/new", fields));
    to.trim_start_matches("/directory/").to_owned()
}

fn team(world: &World<'_>) -> Team {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    world.import("list.csv", LIST.as_bytes());
    let line: alongside::ids::ListingId =
        world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])?.get("id")).unwrap();
    let nurse = world.someone("Nurse Example", Role::Practitioner, Some(project));
    let manager = world.someone("Manager Example", Role::Manager, Some(project));
    went(&world.post(&nurse, &format!("/listings/{line}/compare"), &[("decision", "new")]));
    let person: PersonId =
        world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap();
    let begun = went(&world.post(&nurse, &format!("/people/{person}/assessments"), &[("open", "0")]));
    for (area, plan) in [("accommodation", SECRET), ("drugs", "wants help to stop")] {
        let need =
            [("area", area), ("level", "severe"), ("plan", plan), ("by-whom", "Nurse"), ("by-when", "today")];
        went(&world.post(&nurse, &format!("{begun}/needs"), &need));
    }
    let services = [
        service(
            world,
            &manager,
            &[
                ("name", "Harbour House"),
                ("needs", "accommodation"),
                ("recipient", "housing"),
                ("email", "intake@harbour.example.org"),
                ("reply-days", "3"),
            ],
        ),
        service(
            world,
            &manager,
            &[
                ("name", "Quay Women"),
                ("needs", "drugs"),
                ("sex", "women"),
                ("recipient", "voluntary"),
                ("email", "post@quay.example.org"),
            ],
        ),
        service(
            world,
            &manager,
            &[("name", "Anchor Men"), ("needs", "drugs"), ("sex", "men"), ("recipient", "voluntary")],
        ),
    ];
    Team {
        project,
        link: world.someone("Link Example", Role::LinkWorker, Some(project)),
        stranger: world.someone("Stranger Example", Role::Manager, Some(other)),
        nurse,
        manager,
        person,
        services,
    }
}

impl Team {
    fn consents(&self, world: &World<'_>, recipient: &str, name: &str, decision: &str, limits: &str) {
        let (to, named) = (format!("to-{recipient}"), format!("name-{recipient}"));
        let fields =
            [("how", "in-person"), (to.as_str(), decision), (named.as_str(), name), ("limits", limits)];
        let path = format!("/people/{}/consent/decide", self.person);
        let answer = send(world, &self.nurse, &path, &[("when", -1)], &fields);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }

    fn write(&self, world: &World<'_>, services: &[&str], fields: &[(&str, &str)]) -> Answer {
        let mut all =
            vec![("need", "accommodation"), ("need", "drugs"), ("reason", "help"), ("priority", "urgent")];
        all.extend(services.iter().map(|id| ("service", *id)));
        all.extend_from_slice(fields);
        world.post(&self.nurse, &format!("/people/{}/referrals/write", self.person), &all)
    }

    /// One referral to Harbour House, by hand; its page.
    fn referred(&self, world: &World<'_>) -> String {
        self.consents(world, "housing", "Harbour House", "given", "");
        let means = format!("means-{}", self.services[0]);
        let parts = [("part", "who"), ("part", "needs"), (means.as_str(), "link")];
        went(&self.write(world, &[&self.services[0]], &parts))
    }

    fn link(&self, world: &World<'_>, referral: &str) -> String {
        let answer = world.post(&self.nurse, &format!("{referral}/link"), &[("hours", "72")]);
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let at = answer.body.find("/referral-answer/").unwrap();
        answer.body[at..].split('"').next().unwrap().to_owned()
    }

    fn record(
        &self,
        world: &World<'_>,
        referral: &str,
        act: &str,
        moments: &[(&str, i64)],
        fields: &[(&str, &str)],
    ) {
        let answer = send(world, &self.link, &format!("{referral}/record/{act}"), moments, fields);
        assert_eq!(answer.location(), referral, "{}", answer.body);
    }
}

fn answers(world: &World<'_>, link: &str, moments: &[(&str, i64)], fields: &[(&str, &str)]) -> Answer {
    let kept: Vec<(String, String)> = moments.iter().flat_map(|(name, hours)| moment(name, *hours)).collect();
    let mut all: Vec<(&str, &str)> = kept.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    all.extend([("step", "answer"), ("your-name", "Jo Bright"), ("your-role", "Intake worker")]);
    all.extend_from_slice(fields);
    world.send("POST", link, None, &all)
}

/// The whole way: from needs, one excluded and one without consent, to attended after a missed appointment; and the figures.
#[test]
fn from_needs_to_an_appointment_attended_with_one_excluded_and_one_not_consented() {
    both(|world| {
        let t = team(world);
        let [harbour, quay, anchor] = [&t.services[0], &t.services[1], &t.services[2]];
        t.consents(world, "housing", "Harbour House", "given", "");
        let choose = page(world, &t.nurse, &format!("/people/{}/referrals/new", t.person));
        assert!(choose.contains("Harbour House") && choose.contains("Quay Women"));
        assert!(choose.contains("Men only; recorded as female"), "{choose}");
        assert!(choose.contains("Helps with: Accommodation"));

        // The one that takes men only needs a reason; the one nobody asked about is not sent to.
        let write = format!(
            "/people/{}/referrals/write?need=accommodation&need=drugs&service={harbour}&service={quay}&service={anchor}",
            t.person
        );
        let form = page(world, &t.nurse, &write);
        assert!(form.contains("Not sent to them") && form.contains("Nobody has asked them yet"), "{form}");
        assert!(form.contains(SECRET), "what is told is read before it is ticked");
        let means = format!("means-{harbour}");
        let parts =
            [("part", "who"), ("part", "needs"), (means.as_str(), "link"), ("more", "Ring in the morning")];
        let referral = went(&t.write(world, &[harbour, quay, anchor], &parts));
        assert!(referral.starts_with("/referrals/"), "{referral}");
        let made: i64 =
            world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM referral"), &[])?.get("n")).unwrap();
        assert_eq!(made, 1);
        let ledger = page(world, &t.nurse, &format!("/people/{}/consent", t.person));
        assert!(ledger.contains("Referral: Who, What help is asked for, From the sender"), "{ledger}");
        assert!(!ledger.contains("Quay Women"));

        // Their own page: accepted, with a first appointment.
        let link = t.link(world, &referral);
        assert!(!world.send("GET", &link, None, &[]).body.contains("ZYXWVU"));
        let open = world.send("POST", &link, None, &[("step", "open")]);
        assert!(open.body.contains("QWERTIL") && open.body.contains("Ring in the morning"));
        assert!(!open.body.contains(SECRET), "only what was ticked");
        let done = answers(
            world,
            &link,
            &[("appointment", 2)],
            &[("answer", "accepted"), ("place", "1 Nowhere Street")],
        );
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert_eq!(world.send("POST", &link, None, &[("step", "open")]).status, StatusCode::NOT_FOUND);
        let shown = page(world, &t.link, &referral);
        assert!(
            shown.contains("Appointment ahead") && shown.contains("Jo Bright, Intake worker, Harbour House"),
            "{shown}"
        );
        assert!(
            !shown.contains("Ring in the morning"),
            "a link worker does not read what the service was told"
        );

        // Missed for the service's reason, booked again, attended.
        t.record(
            world,
            &referral,
            "attendance",
            &[("appointment", 3)],
            &[("came", "missed-service-cancelled")],
        );
        assert!(page(world, &t.nurse, &referral).contains("Appointment ahead"));
        let again = send(
            world,
            &t.link,
            &format!("{referral}/record/attendance"),
            &[],
            &[("came", "attended-on-time")],
        );
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "it has not come yet");
        // The second appointment was one of an hour ago after all.
        t.record(world, &referral, "appointment", &[("appointment", -1)], &[("place", "The Quay")]);
        assert!(page(world, &t.nurse, &referral).contains("not known if they came"));
        t.record(world, &referral, "attendance", &[], &[("came", "attended-on-time"), ("who", "Jo Bright")]);
        assert!(page(world, &t.nurse, &referral).contains("First appointment attended"));
        t.record(world, &referral, "close", &[], &[("code", "completed"), ("words", "Has a room")]);

        let figures = page(world, &t.manager, "/referrals/services?period=quarter");
        assert!(figures.contains("Harbour House") && figures.contains("the service’s: 1"), "{figures}");
        let csv = world.get(&t.manager, "/referrals/services.csv?period=quarter").body;
        let row: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
        // made, taken back, answered, accepted, declined, waiting, silent, late … attended, not kept, asked again
        assert_eq!(&row[2..10], ["1", "0", "1", "1", "0", "0", "0", "0"], "{csv}");
        assert_eq!(&row[12..], ["1", "1", "0"], "{csv}");
        // Nobody of another project sees any of it.
        assert_eq!(world.get(&t.stranger, &referral).status, StatusCode::NOT_FOUND);
        assert!(!page(world, &t.stranger, "/referrals").contains("Harbour House"));
    });
}

#[test]
fn a_service_that_would_not_take_them_is_told_only_with_the_reason_why_it_does() {
    both(|world| {
        let t = team(world);
        t.consents(world, "voluntary", "Anchor Men", "given", "");
        let anchor = &t.services[2];
        let (means, despite) = (format!("means-{anchor}"), format!("despite-{anchor}"));
        let parts = [("part", "who"), (means.as_str(), "telephone")];
        let refused = t.write(world, &[anchor], &parts);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Write why Anchor Men takes them all the same"));
        let with = [
            ("part", "who"),
            (means.as_str(), "telephone"),
            (despite.as_str(), "Their manager agreed by telephone"),
        ];
        let referral = went(&t.write(world, &[anchor], &with));
        assert!(page(world, &t.nurse, &referral).contains("Their manager agreed by telephone"));
    });
}

#[test]
fn the_limits_of_a_consent_stand_before_the_button_and_no_consent_stops_all() {
    both(|world| {
        let t = team(world);
        let harbour = &t.services[0];
        let means = format!("means-{harbour}");
        let parts = [("part", "who"), (means.as_str(), "paper")];
        let stopped = t.write(world, &[harbour], &parts);
        assert!(stopped.body.contains("Don’t tell housing yet"), "{}", stopped.body);
        t.consents(world, "housing", "Harbour House", "partial", "Only that I need a room");
        let refused = t.write(world, &[harbour], &parts);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Only that I need a room"));
        let kept = format!("kept-{harbour}");
        let with = [("part", "who"), (means.as_str(), "paper"), (kept.as_str(), "yes")];
        let referral = went(&t.write(world, &[harbour], &with));
        // The paper: what was ticked, and nothing else.
        let paper = page(world, &t.nurse, &format!("{referral}/print"));
        assert!(paper.contains("QWERTIL") && !paper.contains(SECRET));
        assert_eq!(world.get(&t.link, &format!("{referral}/print")).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_withheld_address_is_never_told() {
    both(|world| {
        let t = team(world);
        t.consents(world, "housing", "Harbour House", "given", "");
        let details = [
            ("forename", "QWERTIL"),
            ("surname", "ZYXWVU"),
            ("street", "Hiding Lane"),
            ("town", "London"),
            ("version", "1"),
            ("source", "told us"),
        ];
        let kept = world.post(&t.nurse, &format!("/people/{}/details", t.person), &details);
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let write =
            format!("/people/{}/referrals/write?need=accommodation&service={}", t.person, t.services[0]);
        assert!(page(world, &t.manager, &write).contains("Hiding Lane"));
        let restrict = [("do", "restrict"), ("kind", "address"), ("reason", "Hides from somebody")];
        let done = world.post(&t.manager, &format!("/people/{}/restrictions", t.person), &restrict);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        // The manager may see it; the service must not be told it.
        assert!(page(world, &t.manager, &format!("/people/{}", t.person)).contains("Hiding Lane"));
        let form = page(world, &t.manager, &write);
        assert!(!form.contains("Hiding Lane") && form.contains("Reach them through us"), "{form}");
    });
}

#[test]
fn the_same_form_sent_twice_is_one_referral() {
    both(|world| {
        let t = team(world);
        t.consents(world, "housing", "Harbour House", "given", "");
        let means = format!("means-{}", t.services[0]);
        let draft = uuid::Uuid::now_v7().to_string();
        let parts = [("part", "who"), (means.as_str(), "paper"), ("draft", draft.as_str())];
        let first = went(&t.write(world, &[&t.services[0]], &parts));
        assert_eq!(went(&t.write(world, &[&t.services[0]], &parts)), first);
        let made: i64 =
            world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM referral"), &[])?.get("n")).unwrap();
        assert_eq!(made, 1);
    });
}

#[test]
fn every_link_that_does_not_open_gives_one_answer_and_a_flood_closes_the_door_for_ten_minutes() {
    both(|world| {
        let t = team(world);
        let referral = t.referred(world);
        let (used, revoked, replaced) = {
            let used = t.link(world, &referral);
            assert_eq!(answers(world, &used, &[], &[("answer", "acknowledged")]).status, StatusCode::OK);
            let revoked = t.link(world, &referral);
            assert_eq!(world.post(&t.nurse, &format!("{referral}/link/revoke"), &[]).location(), referral);
            let replaced = t.link(world, &referral);
            let standing = t.link(world, &referral);
            assert_eq!(world.send("POST", &standing, None, &[("step", "open")]).status, StatusCode::OK);
            (used, revoked, replaced)
        };
        let wrong = "/referral-answer/nosuchsecretnosuchsecretnosuchsecret";
        let expected = world.send("POST", wrong, None, &[("step", "open")]);
        assert_eq!(expected.status, StatusCode::NOT_FOUND);
        for link in [&used, &revoked, &replaced] {
            let answer = world.send("POST", link, None, &[("step", "open")]);
            assert_eq!((answer.status, &answer.body), (expected.status, &expected.body));
        }
        // The door itself says the same whatever the address.
        let door = |path: &str| world.send("GET", path, None, &[]).body.replace(path, "");
        assert_eq!(door(&used), door(wrong));
        // An ended referral opens no more, by any link.
        let standing = t.link(world, &referral);
        t.record(world, &referral, "revoke", &[], &[("code", "consent")]);
        assert_eq!(world.send("POST", &standing, None, &[("step", "open")]).body, expected.body);

        let fresh = t.referred(world);
        let open = t.link(world, &fresh);
        for _ in 0..110 {
            world.send("POST", wrong, None, &[("step", "open")]);
        }
        assert_eq!(world.send("POST", &open, None, &[("step", "open")]).body, expected.body);
        let tries: i64 = world
            .test
            .db
            .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'one-time links that do not fit'"), &[])?.get("n"))
            .unwrap();
        assert!(tries <= 2, "a flood fills the audit: {tries}");
    });
}

#[test]
fn the_page_of_the_service_is_there_in_welsh_and_keeps_what_was_typed() {
    both(|world| {
        let t = team(world);
        let referral = t.referred(world);
        let link = t.link(world, &referral);
        let door = world.send("GET", &format!("{link}?lang=cy"), None, &[]);
        assert!(door.body.contains("lang=\"cy\"") && door.body.contains("Ateb atgyfeiriad"), "{}", door.body);
        let refused = world.send(
            "POST",
            &link,
            None,
            &[
                ("step", "answer"),
                ("lang", "cy"),
                ("answer", "declined"),
                ("words", "Dim lle"),
                ("your-name", "Jo Bright"),
            ],
        );
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in ["Rhowch eich rôl", "Dewiswch pam nad ydych yn eu derbyn", "Dim lle", "Jo Bright"] {
            assert!(refused.body.contains(part), "{part}");
        }
        let done =
            answers(world, &link, &[], &[("lang", "cy"), ("answer", "declined"), ("declined", "full")]);
        assert!(done.body.contains("Ateb wedi’i dderbyn"));
        assert!(page(world, &t.nurse, &referral).contains("No place free"));
    });
}

#[test]
fn consent_taken_back_after_it_was_sent_closes_the_link_and_says_so() {
    both(|world| {
        let t = team(world);
        let referral = t.referred(world);
        let link = t.link(world, &referral);
        assert_eq!(world.send("POST", &link, None, &[("step", "open")]).status, StatusCode::OK);
        let (to, named) = ("to-housing", "name-housing");
        let fields = [("how", "in-person"), (to, "refused"), (named, "Harbour House")];
        let path = format!("/people/{}/consent/decide", t.person);
        went(&send(world, &t.nurse, &path, &[("when", 0)], &fields));
        // The minute in which it was sent and the minute of the refusal may be one: a moment later it counts.
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    sql("UPDATE referral SET sent_at = $1"),
                    &[&"2026-11-01T09:00:00Z".parse::<Timestamp>().unwrap()],
                )
            })
            .unwrap();
        assert_eq!(world.send("POST", &link, None, &[("step", "open")]).status, StatusCode::NOT_FOUND);
        assert!(page(world, &t.nurse, &referral).contains("Take the referral back, and tell the service"));
    });
}

#[test]
fn another_referral_takes_over_and_only_of_the_same_person() {
    both(|world| {
        let t = team(world);
        let first = t.referred(world);
        let old = first.trim_start_matches("/referrals/");
        t.consents(world, "voluntary", "Quay Women", "given", "");
        let means = format!("means-{}", t.services[1]);
        let parts = [("part", "who"), (means.as_str(), "paper"), ("instead", old)];
        let second = went(&t.write(world, &[&t.services[1]], &parts));
        assert!(page(world, &t.nurse, &first).contains("Taken over by another referral"));
        assert!(page(world, &t.nurse, &first).contains(&second));
        assert!(page(world, &t.nurse, &second).contains("Sent, no word yet"));
    });
}

/// Every byte that leaves by post is compared with what may be told there: nothing about the person at all.
#[test]
fn no_letter_says_anything_about_anybody_and_its_link_opens_what_was_told() {
    let server = MailServer::start();
    let url = server.url();
    let settings = [
        ("ALONGSIDE_SECOND_FACTOR", "off"),
        ("ALONGSIDE_SMTP", url.as_str()),
        ("ALONGSIDE_MAIL_FROM", "liaison@alongside.example.org"),
        ("ALONGSIDE_TEXT_GATEWAY", "texts.example.org"),
        ("ALONGSIDE_PUBLIC_URL", "https://alongside.example.org"),
    ];
    both_with(&settings, |world| {
        let before = server.letters().len();
        let t = team(world);
        t.consents(world, "housing", "Harbour House", "given", "");
        let means = format!("means-{}", t.services[0]);
        let parts = [("part", "who"), ("part", "needs"), ("part", "plan"), (means.as_str(), "link-email")];
        let referral = went(&t.write(world, &[&t.services[0]], &parts));
        deliver(world, clock::now());
        t.record(
            world,
            &referral,
            "chase",
            &[("at", 0)],
            &[("how", "email"), ("email", "intake@harbour.example.org")],
        );
        deliver(world, clock::now());
        t.record(
            world,
            &referral,
            "appointment",
            &[("appointment", 72)],
            &[
                ("place", "Drug clinic, 1 Nowhere Street"),
                ("remind", "text"),
                ("remind-number", "07700 900123"),
                ("ring", "020 7946 0000"),
            ],
        );
        deliver(world, clock::now() + SignedDuration::from_hours(71));
        let letters = &server.letters()[before..];
        assert_eq!(letters.len(), 3, "{letters:?}");
        for letter in letters {
            for never in [
                "QWERTIL",
                "ZYXWVU",
                "1990",
                "ccommodation",
                "rug",
                SECRET,
                "Nowhere",
                "Harbour House",
                "mental",
                "health",
            ] {
                assert!(!letter.contains(never), "{never}: {letter}");
            }
        }
        assert!(letters[2].contains("X-To: 447700900123@texts.example.org"));
        assert!(letters[2].contains("Reminder: you have an appointment on "));
        // The first letter's link was replaced by the second's.
        let links: Vec<&str> = letters[..2]
            .iter()
            .map(|l| {
                l.split("https://alongside.example.org").nth(1).unwrap().split_whitespace().next().unwrap()
            })
            .collect();
        assert_eq!(world.send("POST", links[0], None, &[("step", "open")]).status, StatusCode::NOT_FOUND);
        let open = world.send("POST", links[1], None, &[("step", "open")]);
        assert!(open.body.contains("QWERTIL"), "{}", open.body);
    });
}

fn deliver(world: &World<'_>, now: Timestamp) {
    let out = Outgoing::of(&world.app.config).unwrap().unwrap();
    deliver_due(&world.test.db, &out, now).unwrap();
}

#[test]
fn a_reminder_of_an_appointment_that_was_moved_never_leaves() {
    let server = MailServer::start();
    let url = server.url();
    let settings = [
        ("ALONGSIDE_SECOND_FACTOR", "off"),
        ("ALONGSIDE_SMTP", url.as_str()),
        ("ALONGSIDE_MAIL_FROM", "liaison@alongside.example.org"),
        ("ALONGSIDE_TEXT_GATEWAY", "texts.example.org"),
    ];
    both_with(&settings, |world| {
        let before = server.letters().len();
        let t = team(world);
        let referral = t.referred(world);
        let remind = [("remind", "text"), ("remind-number", "07700 900123")];
        t.record(world, &referral, "appointment", &[("appointment", 72)], &remind);
        t.record(world, &referral, "appointment", &[("appointment", 200)], &remind);
        deliver(world, clock::now() + SignedDuration::from_hours(100));
        assert_eq!(server.letters().len(), before);
        deliver(world, clock::now() + SignedDuration::from_hours(199));
        assert_eq!(server.letters().len(), before + 1);
    });
}

#[test]
fn silence_stands_on_the_board_of_referrals_until_it_is_broken() {
    both(|world| {
        let t = team(world);
        let referral = t.referred(world);
        let silent = "/referrals?show=silent";
        assert!(page(world, &t.link, silent).contains("Every service has answered in time"));
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    sql("UPDATE referral SET reply_due = $1, sent_at = $2"),
                    &[
                        &"2026-11-02".parse::<jiff::civil::Date>().unwrap(),
                        &"2026-10-28T09:00:00Z".parse::<Timestamp>().unwrap(),
                    ],
                )
            })
            .unwrap();
        let shown = page(world, &t.link, silent);
        assert!(shown.contains("QWERTIL") && shown.contains("no word from the service"), "{shown}");
        assert!(page(world, &t.link, &referral).contains("Ask again"));
        t.record(
            world,
            &referral,
            "chase",
            &[("at", 0)],
            &[("how", "telephone"), ("words", "They will look")],
        );
        assert!(page(world, &t.link, silent).contains("Every service has answered in time"));
        let csv = world.get(&t.manager, "/referrals/services.csv?period=year").body;
        let row: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
        // silent, late; asked again
        assert_eq!((row[8], row[9], row[14]), ("1", "1", "1"), "{csv}");
        assert_eq!(t.project, t.project);
    });
}

#[test]
fn a_report_says_whom_they_were_referred_to_and_which_services_take_somebody_like_them() {
    both(|world| {
        let t = team(world);
        let young = [
            ("name", "Fledgling Youth"),
            ("needs", "accommodation"),
            ("oldest", "17"),
            ("recipient", "voluntary"),
        ];
        service(world, &t.manager, &young);
        t.referred(world);
        let asked =
            [("asked-by", "bench"), ("kind", "bail-remand"), ("question", "Is there a place for them?")];
        let report = went(&send(
            world,
            &t.nurse,
            &format!("/people/{}/reports/new", t.person),
            &[("asked", -1)],
            &asked,
        ));
        let text = page(world, &t.nurse, &format!("{report}/write"));
        for words in [
            "Referred to Harbour House: sent, no word yet (our referral, Nurse Example",
            "Helps with: Drugs",
            "Nobody has asked this service yet (our directory, Manager Example",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        // Whom they were referred to is not proposed again, and who does not take them is not named.
        assert_eq!(text.matches("Harbour House").count(), text.matches("Referred to Harbour House").count());
        assert!(!text.contains("Fledgling Youth"), "{text}");
    });
}
