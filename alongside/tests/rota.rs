//! The rota, on both databases: whose board opens first, whom the board names, and where nobody is.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::clock;
use alongside::ids::RotaPostId;
use axum::http::StatusCode;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use store::sql;
use world::{Answer, Someone, World, both};

struct Team {
    nurse: Someone,
    other: Someone,
    stranger: Someone,
    /// A working day to come, at most a week ahead: no bank holiday lies between.
    day: Date,
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

fn today() -> Date {
    clock::london_day(clock::now())
}

fn team(world: &World<'_>) -> Team {
    let courts = [("B01ND", "Thames Magistrates' Court"), ("B01GU", "Highbury Corner Magistrates' Court")];
    let project = world.project("Own", &courts);
    let far = world.project("Other", &[("B01EF", "Croydon Magistrates' Court")]);
    Team {
        nurse: world.someone("Nurse Example", Role::Practitioner, Some(project)),
        other: world.someone("Odd Example", Role::Practitioner, Some(project)),
        stranger: world.someone("Stranger Example", Role::Practitioner, Some(far)),
        day: law::Calendar::default().add_working_days(today(), 1),
    }
}

/// A filled-in form; `weekly` are the days ticked, none for one day only.
fn put(world: &World<'_>, by: &Someone, who: &str, place: &str, day: Date, weekly: &[&str]) -> Answer {
    let (d, m, y) = (day.day().to_string(), day.month().to_string(), day.year().to_string());
    let mut fields = vec![
        ("who", who),
        ("half", "morning"),
        ("first-day", d.as_str()),
        ("first-month", m.as_str()),
        ("first-year", y.as_str()),
        ("often", if weekly.is_empty() { "once" } else { "weekly" }),
        if place.starts_with("B01") { ("court", place) } else { ("office", place) },
    ];
    fields.extend(weekly.iter().map(|key| ("days", *key)));
    world.post(by, "/rota/new", &fields)
}

fn posts(world: &World<'_>) -> Vec<RotaPostId> {
    world
        .test
        .db
        .read(|r| {
            r.query(sql("SELECT id FROM rota_post ORDER BY id"), &[])?
                .iter()
                .map(|row| row.get("id"))
                .collect::<store::Result<Vec<_>>>()
        })
        .unwrap()
}

#[test]
fn the_board_of_whoever_is_on_the_rota_opens_first_and_names_them() {
    both(|world| {
        let t = team(world);
        let (me, today) = (t.nurse.account.to_string(), today());
        assert!(page(world, &t.nurse, "/courts").contains("Highbury Corner"), "two courts, no rota: both");
        went(&put(world, &t.nurse, &me, "B01GU", today, &[]));
        let board = format!("/courts/B01GU/{today}");
        assert_eq!(went(&world.get(&t.nurse, "/courts")), board);
        let shown = page(world, &t.nurse, &board);
        assert!(shown.contains("On the rota") && shown.contains("Nurse Example"), "{shown}");
        assert!(shown.contains(&format!("href=\"/mornings/{today}\"")), "the other courts are one step away");
        // Nobody else is led anywhere, and no board is closed to them.
        assert!(page(world, &t.other, "/courts").contains("Thames"));
        page(world, &t.other, &board);
        assert!(!page(world, &t.nurse, &format!("/courts/B01ND/{today}")).contains("On the rota"));
        // Not there today: the board opens no more by itself, and says who is not there.
        let post = posts(world)[0];
        let change = format!("/rota/{post}?day={today}");
        went(&world.post(&t.other, &change, &[("what", "off"), ("why", "at the other court")]));
        assert!(page(world, &t.nurse, "/courts").contains("Thames"));
        assert!(page(world, &t.other, &board).contains("not there: Nurse Example"));
        assert!(page(world, &t.other, "/rota").contains("at the other court"));
        went(&world.post(&t.other, &change, &[("what", "on")]));
        assert_eq!(went(&world.get(&t.nurse, "/courts")), board);
    });
}

#[test]
fn a_morning_with_nobody_is_a_task_until_somebody_is_put_there() {
    both(|world| {
        let t = team(world);
        let (me, other) = (t.nurse.account.to_string(), t.other.account.to_string());
        assert!(!page(world, &t.nurse, "/tasks").contains("Nobody is on the rota"), "no rota, no noise");
        let all = ["1", "2", "3", "4", "5"];
        went(&put(world, &t.nurse, &me, "B01ND", today().saturating_sub(7.days()), &all));
        assert_eq!(posts(world).len(), 5);
        assert!(!page(world, &t.nurse, "/tasks").contains("Nobody is on the rota"));
        let week = format!("/rota?week={}", t.day);
        assert!(!page(world, &t.nurse, &week).contains("Put somebody at"));
        // Away: a gap, and the stand-in of the tasks is not taken to stand in court.
        let (d, m, y) = (t.day.day().to_string(), t.day.month().to_string(), t.day.year().to_string());
        let days = [("first", &d, &m, &y), ("last", &d, &m, &y)].map(|(name, d, m, y)| {
            [(format!("{name}-day"), d), (format!("{name}-month"), m), (format!("{name}-year"), y)]
        });
        let mut fields = vec![("who", me.as_str()), ("stand-in", other.as_str())];
        fields.extend(days.iter().flatten().map(|(name, value)| (name.as_str(), value.as_str())));
        went(&world.post(&t.nurse, "/tasks/away", &fields));
        let said =
            format!("Nobody is on the rota at Thames Magistrates' Court on {}", clock::weekday_words(t.day));
        let escaped = said.replace('\'', "&#39;");
        let tasks = page(world, &t.other, "/tasks");
        assert!(tasks.contains(&said) || tasks.contains(&escaped), "{tasks}");
        assert_eq!(tasks.matches("Nobody is on the rota").count(), 1);
        assert!(page(world, &t.other, &week).contains("Put somebody"));
        assert!(!page(world, &t.stranger, "/tasks").contains("Nobody is on the rota"));
        // Somebody is put there for that day.
        went(&put(world, &t.other, &other, "B01ND", t.day, &[]));
        assert!(!page(world, &t.other, "/tasks").contains("Nobody is on the rota"));
        assert!(page(world, &t.nurse, &format!("/courts/B01ND/{}", t.day)).contains("Odd Example"));
    });
}

#[test]
fn what_ends_stays_to_be_read_and_a_leaver_s_posts_surface() {
    both(|world| {
        let t = team(world);
        let me = t.nurse.account.to_string();
        let key = t.day.weekday().to_monday_one_offset().to_string();
        let since = t.day.saturating_sub(28.days());
        went(&put(world, &t.nurse, &me, "B01ND", since, &[&key]));
        let post = posts(world)[0];
        went(&world.post(&t.nurse, &format!("/rota/{post}?day={}", t.day), &[("what", "ended")]));
        let cell = format!("/rota/{post}?day=");
        assert!(!page(world, &t.nurse, &format!("/rota?week={}", t.day)).contains(&cell));
        let before = t.day.saturating_sub(7.days());
        assert!(page(world, &t.nurse, &format!("/rota?week={before}")).contains(&cell), "the past stays");
        let refused = world.post(&t.nurse, &format!("/rota/{post}?day={}", t.day), &[("what", "on")]);
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "not meant for this day any more");

        went(&put(world, &t.nurse, &me, "B01GU", since, &[&key]));
        let todo = [("what", "Ring the hostel"), ("assigned", me.as_str())];
        went(&world.post(&t.nurse, "/tasks/new", &todo));
        let admin = world.someone("Admin Example", Role::Administrator, None);
        assert!(page(world, &admin, "/leavers").contains("Nothing is left open"));
        went(&world.post(&admin, &format!("/accounts/{}/disable", t.nurse.account), &[]));
        let left = page(world, &admin, "/leavers");
        assert!(left.contains("On the rota still") && left.contains("Highbury Corner"), "{left}");
        assert!(left.contains("Own tasks") && !left.contains("Ring the hostel"), "figures, no words: {left}");
        assert!(!left.contains("Thames"), "what ended is not open");
        assert!(page(world, &t.other, "/rota").contains("Left the service") || t.day > sunday());
    });
}

fn sunday() -> Date {
    let mut day = today();
    while day.weekday() != Weekday::Sunday {
        day = day.saturating_add(1.day());
    }
    day
}

#[test]
fn a_post_that_makes_no_sense_is_refused_with_what_to_do_and_nothing_typed_is_lost() {
    both(|world| {
        let t = team(world);
        let (me, far) = (t.nurse.account.to_string(), t.stranger.account.to_string());
        let refused = |answer: Answer, words: &str| {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
            answer.body
        };
        refused(put(world, &t.nurse, "", "B01ND", t.day, &[]), "Choose who");
        refused(put(world, &t.nurse, &me, "B01EF", t.day, &[]), "Choose the court, or write where else");
        // A colleague of another project can't be put on ours.
        refused(put(world, &t.nurse, &far, "B01ND", t.day, &[]), "Choose who");
        let body = world.post(&t.nurse, "/rota/new", &[("who", &me), ("office", "1 Example Street")]);
        let kept = refused(body, "Enter a real day");
        assert!(kept.contains("1 Example Street"));
        let both_places = [("court", "B01ND"), ("office", "1 Example Street"), ("who", me.as_str())];
        refused(world.post(&t.nurse, "/rota/new", &both_places), "not both");
        assert_eq!(posts(world), []);
        // Nobody of another project reads or changes a post.
        went(&put(world, &t.nurse, &me, "Probation office, 1 Example Street", t.day, &[]));
        let post = format!("/rota/{}?day={}", posts(world)[0], t.day);
        assert_eq!(world.get(&t.stranger, &post).status, StatusCode::NOT_FOUND);
        assert_eq!(world.post(&t.stranger, &post, &[("what", "off")]).status, StatusCode::NOT_FOUND);
        refused(world.post(&t.nurse, &post, &[]), "Choose what changes");
        let week = format!("/rota?week={}", t.day);
        assert!(!page(world, &t.stranger, &week).contains("Example Street"));
        assert!(page(world, &t.other, &week).contains("Example Street"));
    });
}

#[test]
fn the_feed_has_the_rota_of_its_owner_and_of_nobody_else() {
    both(|world| {
        let t = team(world);
        went(&put(world, &t.nurse, &t.nurse.account.to_string(), "B01ND", t.day, &[]));
        went(&put(world, &t.nurse, &t.other.account.to_string(), "B01GU", t.day, &[]));
        let made = world.post(&t.nurse, "/diary/feed", &[]).body;
        let start = made.find("/diary-feed/").unwrap();
        let address: String = made[start..].chars().take_while(|c| *c != '"').collect();
        let feed = world.send("GET", &address, None, &[]).body;
        let at = t.day.at(9, 30, 0, 0).to_zoned(clock::london()).unwrap().timestamp();
        assert!(feed.contains(&format!("DTSTART:{}\r\n", at.strftime("%Y%m%dT%H%M%SZ"))), "{feed}");
        assert!(feed.contains("SUMMARY:Rota\r\nLOCATION:Thames Magistrates' Court\r\n"), "{feed}");
        assert_eq!(feed.matches("BEGIN:VEVENT").count(), 1, "{feed}");
    });
}
