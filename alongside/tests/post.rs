//! Post: handed to a real mail server, never twice, and nothing lost when the server fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod smtp;
mod world;

use alongside::access::policy::KeepPost;
use alongside::access::{Permit, Role};
use alongside::clock;
use alongside::ids::ProjectId;
use alongside::links::Purpose;
use alongside::post::{
    Delivered, Kind, LinkWanted, NewMessage, Outgoing, State, cancel, deliver_due, messages_about, queue,
};
use jiff::{SignedDuration, Timestamp};
use smtp::MailServer;
use uuid::Uuid;
use world::{World, both_with};

fn permit(world: &World<'_>) -> Permit<KeepPost> {
    Permit::for_command_line(&world.test.db)
}

fn message(project: ProjectId, about: Uuid, to: &str) -> NewMessage {
    NewMessage {
        kind: Kind::Email,
        to: to.into(),
        subject: "A referral is waiting for your answer".into(),
        body: "Open it here:\n{link}\n".into(),
        link: Some(LinkWanted {
            purpose: Purpose::ReferralAnswer,
            subject: about,
            hours: 168,
            path: "/referral-answer/",
        }),
        about: ("referral", about),
        project,
        at: clock::now(),
    }
}

fn put(world: &World<'_>, new: &NewMessage) {
    permit(world).write_now(|w| queue(w, new).map(drop)).unwrap();
}

fn states(world: &World<'_>, about: Uuid) -> Vec<State> {
    permit(world).read_now(|r| messages_about(r, &[about])).unwrap().into_iter().map(|m| m.state).collect()
}

fn round(world: &World<'_>, now: Timestamp) -> Delivered {
    let out = Outgoing::of(&world.app.config).unwrap().unwrap();
    deliver_due(&world.test.db, &out, now).unwrap()
}

fn with_server(test: impl Fn(&World<'_>, &MailServer, ProjectId)) {
    let server = MailServer::start();
    let url = server.url();
    let settings = [
        ("ALONGSIDE_SECOND_FACTOR", "off"),
        ("ALONGSIDE_SMTP", url.as_str()),
        ("ALONGSIDE_MAIL_FROM", "Liaison <liaison@alongside.example.org>"),
        ("ALONGSIDE_TEXT_GATEWAY", "texts.example.org"),
        ("ALONGSIDE_PUBLIC_URL", "https://alongside.example.org"),
    ];
    both_with(&settings, |world| {
        let project = world.project("Thames", &[("B01ND", "Thames")]);
        test(world, &server, project);
    });
}

#[test]
fn a_letter_leaves_once_with_a_link_that_the_database_does_not_hold() {
    with_server(|world, server, project| {
        let (about, before) = (Uuid::now_v7(), server.letters().len());
        put(world, &message(project, about, "intake@service.example.org"));
        let now = clock::now();
        assert_eq!(round(world, now), Delivered { sent: 1, ..Delivered::default() });
        assert_eq!(round(world, now), Delivered::default());
        let letters = server.letters();
        assert_eq!(letters.len() - before, 1);
        let letter = letters.last().unwrap();
        assert!(letter.contains("X-To: intake@service.example.org"), "{letter}");
        assert!(letter.contains("https://alongside.example.org/referral-answer/"), "{letter}");
        let token = letter.split("/referral-answer/").nth(1).unwrap().split_whitespace().next().unwrap();
        assert!(token.len() > 30);
        let kept = permit(world).read_now(|r| messages_about(r, &[about])).unwrap();
        assert!(!format!("{kept:?}").contains(token));
        assert_eq!(states(world, about), [State::Sent]);
    });
}

#[test]
fn refused_for_now_is_tried_again_and_refused_for_good_is_shown() {
    with_server(|world, server, project| {
        let (later, never, before) = (Uuid::now_v7(), Uuid::now_v7(), server.letters().len());
        put(world, &message(project, later, "later@service.example.org"));
        put(world, &message(project, never, "never@service.example.org"));
        let mut now = clock::now();
        let came = round(world, now);
        assert_eq!((came.later, came.not_sent), (1, 1));
        assert_eq!(states(world, later), [State::Waiting]);
        assert_eq!(states(world, never), [State::NotSent]);
        // Not before its time; then again and again, until it is given up and a human looks.
        assert_eq!(round(world, now), Delivered::default());
        for _ in 0..20 {
            now += SignedDuration::from_hours(9);
            round(world, now);
        }
        assert_eq!(states(world, later), [State::NotSent]);
        assert_eq!(server.letters().len(), before);

        let manager = world.someone("Mo Manager", Role::Manager, Some(project));
        let page = world.get(&manager, "/post");
        assert!(page.body.contains("Could not be sent"));
        assert!(page.body.contains("the mail server answered 550"), "{}", page.body);
        let elsewhere = world.project("Elsewhere", &[]);
        let other = world.someone("Ola Other", Role::Manager, Some(elsewhere));
        assert!(!world.get(&other, "/post").body.contains("service.example.org"));
    });
}

#[test]
fn each_message_is_claimed_at_its_own_moment() {
    with_server(|world, _, project| {
        for n in 0..3 {
            put(world, &message(project, Uuid::now_v7(), &format!("n{n}@service.example.org")));
        }
        assert_eq!(round(world, clock::now()).sent, 3);
        let claimed: std::collections::BTreeSet<Timestamp> = permit(world)
            .read_now(|r| {
                r.query(store::sql("SELECT claimed_at FROM post_message"), &[])?
                    .iter()
                    .map(|row| row.get("claimed_at"))
                    .collect::<store::Result<_>>()
            })
            .unwrap();
        assert_eq!(claimed.len(), 3, "the last of a long round must not look as if it was left: {claimed:?}");
    });
}

#[test]
fn when_nobody_can_know_whether_it_arrived_it_is_not_sent_again_by_itself() {
    with_server(|world, server, project| {
        let (about, before) = (Uuid::now_v7(), server.letters().len());
        put(world, &message(project, about, "breaks@service.example.org"));
        let now = clock::now();
        assert_eq!(round(world, now).not_known, 1);
        assert_eq!(states(world, about), [State::NotKnown]);
        assert_eq!(round(world, now + SignedDuration::from_hours(48)), Delivered::default());
        assert_eq!(server.letters().len() - before, 1);

        let manager = world.someone("Mo Manager", Role::Manager, Some(project));
        assert!(world.get(&manager, "/post").body.contains("May have been sent"));
        let id = permit(world).read_now(|r| messages_about(r, &[about])).unwrap()[0].id;
        let settled = world.post(&manager, &format!("/post/{id}/arrived"), &[]);
        assert_eq!(settled.location(), "/post");
        assert_eq!(states(world, about), [State::Sent]);
        // Settled once: nothing more can be done with it.
        assert_eq!(world.post(&manager, &format!("/post/{id}/again"), &[]).status.as_u16(), 404);
    });
}

#[test]
fn a_server_that_is_not_there_loses_nothing() {
    let settings = [
        ("ALONGSIDE_SECOND_FACTOR", "off"),
        // A port that nothing listens on.
        ("ALONGSIDE_SMTP", "smtp://127.0.0.1:9"),
        ("ALONGSIDE_MAIL_FROM", "liaison@alongside.example.org"),
    ];
    both_with(&settings, |world| {
        let project = world.project("Thames", &[("B01ND", "Thames")]);
        let about = Uuid::now_v7();
        put(world, &message(project, about, "intake@service.example.org"));
        assert_eq!(round(world, clock::now()), Delivered { later: 1, ..Delivered::default() });
        assert_eq!(states(world, about), [State::Waiting]);
    });
}

#[test]
fn a_program_stopped_while_it_sent_leaves_the_letter_to_a_human() {
    with_server(|world, server, project| {
        let (about, before) = (Uuid::now_v7(), server.letters().len());
        put(world, &message(project, about, "intake@service.example.org"));
        let now = clock::now();
        // As a program leaves it that was killed after it had claimed the letter.
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    store::sql(
                        "UPDATE post_message SET state = 'sending', claimed_at = $1 WHERE about_id = $2",
                    ),
                    &[&now, &about],
                )
            })
            .unwrap();
        assert_eq!(round(world, now), Delivered::default());
        assert_eq!(states(world, about), [State::Sending]);
        round(world, now + SignedDuration::from_mins(11));
        assert_eq!(states(world, about), [State::NotKnown]);
        assert_eq!(server.letters().len(), before);
    });
}

#[test]
fn a_text_message_goes_through_the_gateway_and_what_was_stopped_never_leaves() {
    with_server(|world, server, project| {
        let (text, stopped, before) = (Uuid::now_v7(), Uuid::now_v7(), server.letters().len());
        let reminder = |about: Uuid| NewMessage {
            kind: Kind::Text,
            to: "447700900123".into(),
            subject: "Reminder".into(),
            body: "Reminder: you have an appointment.".into(),
            link: None,
            about: ("appointment", about),
            ..message(project, about, "")
        };
        put(world, &reminder(text));
        put(world, &reminder(stopped));
        permit(world).write_now(|w| cancel(w, ("appointment", stopped), Kind::Text)).unwrap();
        assert_eq!(round(world, clock::now()).sent, 1);
        let letters = server.letters();
        assert_eq!(letters.len() - before, 1);
        assert!(letters.last().unwrap().contains("X-To: 447700900123@texts.example.org"));
        assert_eq!(states(world, stopped), [State::Stopped]);
    });
}
