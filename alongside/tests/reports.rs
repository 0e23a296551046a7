//! From "the bench asks" to "the court followed": the clock, the text made of recorded facts, the check, signing and the lock,
//! delivery by the ledger, corrections, the spoken report. On both databases, through the pages.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::{KeepConsent, Screen};
use alongside::access::{Permit, Role};
use alongside::clock;
use alongside::consent;
use alongside::forms::Answers;
use alongside::ids::{ListingId, PersonId, ProjectId, ScreeningId};
use alongside::people;
use alongside::screening::{Entry, Need, On, Outcome, Seen, record};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use store::sql;
use world::{Answer, Someone, World, both, both_with};

struct Morning {
    project: ProjectId,
    nurse: Someone,
    stranger: Someone,
    listing: ListingId,
    person: PersonId,
}

/// A day's list of Thames with two people; the first is on the register.
fn morning(world: &World<'_>) -> Morning {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    let today = clock::london_day(clock::now());
    let list = format!(
        "court code,date,surname,forename,date of birth,list number,case number,custody or bail,offence title\nB01ND,{today},ZYXWVU,Qwertil,01/02/1990,1,1600000001,custody,Theft from a shop\nB01ND,{today},NEIGHBOURLY,Otherwise,03/04/1985,2,1600000002,custody,Theft from a shop\n"
    );
    world.import("list.csv", list.as_bytes());
    let row = world
        .test
        .db
        .read(|r| r.one(sql("SELECT id FROM listing WHERE case_no = '1600000001'"), &[]))
        .unwrap();
    let listing: ListingId = row.get("id").unwrap();
    let nurse = world.someone("Nurse Example", Role::Practitioner, Some(project));
    let made = world.post(&nurse, &format!("/listings/{listing}/compare"), &[("decision", "new")]);
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let row = world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])).unwrap();
    Morning {
        project,
        nurse,
        stranger: world.someone("Stranger Example", Role::Practitioner, Some(other)),
        listing,
        person: row.get("id").unwrap(),
    }
}

/// Screens the person on the line, as the nurse's page does.
fn screened(world: &World<'_>, m: &Morning, answers: &[(&str, &str)], hours_ago: i64) {
    let mut given = Answers::default();
    for (key, value) in answers {
        given.set(key, value);
    }
    let entry = Entry {
        seen: Seen::Seen,
        seen_words: String::new(),
        contact_at: ago(hours_ago * 60),
        late_from_paper: false,
        answers: given,
        need: Some(Need::Moderate),
        outcome: Some(Outcome::Assess),
    };
    let permit: Permit<Screen> = Permit::for_command_line(&world.test.db);
    permit.write_now(|w| record(w, ScreeningId::fresh(), On::Line(m.listing), m.project, &entry)).unwrap();
}

const SAID: [(&str, &str); 4] = [
    ("self-harm-thoughts", "yes"),
    ("self-harm-thoughts-words", "Cannot see Friday from here"),
    ("voices", "yes"),
    ("voices-words", "The radio says her name"),
];

/// The person says this about telling somebody, for any purpose.
fn decides(
    world: &World<'_>,
    m: &Morning,
    recipient: consent::Recipient,
    decision: consent::Decision,
    limits: &str,
) {
    let permit: Permit<KeepConsent> = Permit::for_command_line(&world.test.db);
    permit
        .write_now(|w| {
            let person = w.reading(|r| people::find(r, m.person))?.unwrap();
            let about = consent::Subject::person(w, &person)?;
            let new = consent::NewDecision {
                recipient,
                name: String::new(),
                purpose: None,
                decision,
                limits: limits.into(),
                withdraws: None,
                obtained: consent::Obtained::default(),
                expires_on: None,
                decided_at: clock::now(),
            };
            consent::record(w, &about, &new)
        })
        .unwrap();
}

fn ago(minutes: i64) -> Timestamp {
    clock::now().checked_sub(SignedDuration::from_mins(minutes)).unwrap()
}

/// Day and time of a moment as the fields of a form have them.
fn when(name: &str, at: Timestamp) -> Vec<(String, String)> {
    let at = clock::in_london(at);
    vec![
        (format!("{name}-day"), at.day().to_string()),
        (format!("{name}-month"), at.month().to_string()),
        (format!("{name}-year"), at.year().to_string()),
        (format!("{name}-time"), at.strftime("%H:%M").to_string()),
    ]
}

fn send(world: &World<'_>, who: &Someone, path: &str, fields: &[(String, String)]) -> Answer {
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    world.post(who, path, &pairs)
}

fn taken(world: &World<'_>, who: &Someone, path: &str, fields: &[(String, String)]) -> String {
    let answer = send(world, who, path, fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {path}: {}", world.test.engine, answer.body);
    answer.location().to_owned()
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{} {path}: {}", world.test.engine, answer.body);
    answer.body
}

fn own(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

fn joined(a: &[(&str, &str)], b: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut all = own(a);
    all.extend(b);
    all
}

/// Asked for so many minutes ago: the report's address.
fn asked(world: &World<'_>, m: &Morning, minutes_ago: i64, more: &[(&str, &str)]) -> String {
    let fields = [
        ("asked-by", "bench"),
        ("asker", "District Judge Sample"),
        ("kind", "bail-remand"),
        ("question", "Could she be helped on bail?"),
    ];
    let mut all = joined(&fields, when("asked", ago(minutes_ago)));
    for (name, value) in more {
        all.retain(|(there, _)| there != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    taken(world, &m.nurse, &format!("/listings/{}/reports/new", m.listing), &all)
}

/// A text with nothing to mend.
const SOUND: [(&str, &str); 14] = [
    ("source", "interview"),
    ("text-contact", "Seen for twenty minutes in the cells."),
    ("text-presentation", "Tired and polite. Answers when asked plainly."),
    ("risk-words-1", "I cannot see Friday from here."),
    ("risk-who-1", "The person"),
    ("risk-when-1", "today, 09:10"),
    ("risk-how-1", "said to me in the cell"),
    ("text-participation", "Follows when questions are short."),
    ("text-needs", "An appointment with the GP on Friday."),
    ("text-limits", "One short talk; no health records seen."),
    ("rec-kind-1", "bail"),
    ("rec-words-1", "Bail with the appointment on Friday."),
    ("rec-why-1", "Help can begin this week."),
    ("rec-instead-1", "In custody the prison’s healthcare would need this report."),
];

/// Saves this text, made on what was saved last.
fn written(world: &World<'_>, m: &Morning, report: &str, fields: &[(&str, &str)], seen: &str) -> Answer {
    let all = joined(fields, own(&[("seen", seen), ("then", "stay")]));
    send(world, &m.nurse, &format!("{report}/write"), &all)
}

/// The values of all inputs of that name on a page.
fn values(page: &str, name: &str) -> Vec<String> {
    page.split("<input")
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap())
        .filter(|tag| tag.contains(&format!("name=\"{name}\"")))
        .filter_map(|tag| tag.split("value=\"").nth(1)?.split('"').next())
        .map(|v| v.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
        .collect()
}

/// Signs, with every point looked at.
fn signed(world: &World<'_>, who: &Someone, report: &str) -> Answer {
    let check = page(world, who, &format!("{report}/sign"));
    let mut fields: Vec<(String, String)> =
        values(&check, "looked").into_iter().map(|key| ("looked".to_owned(), key)).collect();
    fields.extend(values(&check, "save").into_iter().map(|save| ("save".to_owned(), save)));
    send(world, who, &format!("{report}/sign"), &fields)
}

/// Asked for, written and signed.
fn locked(world: &World<'_>, m: &Morning) -> String {
    let report = asked(world, m, 1, &[]);
    assert_eq!(written(world, m, &report, &SOUND, "0").status, StatusCode::SEE_OTHER);
    let done = signed(world, &m.nurse, &report);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    report
}

fn delivery(to: &str, version: &str) -> Vec<(String, String)> {
    let fields =
        [("to", to), ("to-name", "Desk of court 2"), ("means", "paper"), ("version", version), ("kept", "")];
    joined(&fields, when("when", clock::now()))
}

fn count(world: &World<'_>, table: &str) -> i64 {
    let statement = match table {
        "report" => sql("SELECT COUNT(*) AS n FROM report"),
        "report_save" => sql("SELECT COUNT(*) AS n FROM report_save"),
        "report_version" => sql("SELECT COUNT(*) AS n FROM report_version"),
        "report_locked" => sql("SELECT COUNT(*) AS n FROM report_locked"),
        "report_delivery" => sql("SELECT COUNT(*) AS n FROM report_delivery"),
        "report_followed" => sql("SELECT COUNT(*) AS n FROM report_followed"),
        "oral_report" => sql("SELECT COUNT(*) AS n FROM oral_report"),
        _ => sql("SELECT COUNT(*) AS n FROM disclosure"),
    };
    world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
}

fn bytes(world: &World<'_>) -> Vec<Vec<u8>> {
    let rows =
        world.test.db.read(|r| r.query(sql("SELECT pdf FROM report_locked ORDER BY version"), &[])).unwrap();
    rows.iter().map(|row| row.get("pdf").unwrap()).collect()
}

#[test]
fn a_request_starts_a_clock_that_stands_on_board_line_and_list_until_whoever_asked_has_it() {
    both(|world| {
        let m = morning(world);
        let board = format!("/courts/B01ND/{}", clock::london_day(clock::now()));
        let report = asked(world, &m, 10, &[]);
        for path in [board.as_str(), &format!("/listings/{}", m.listing), "/reports", &report] {
            let body = page(world, &m.nurse, path);
            assert!(body.contains("Report due ") && body.contains(" min left"), "{path}: {body}");
            assert!(body.to_lowercase().contains("nobody writes yet"), "{path}: {body}");
        }
        taken(world, &m.nurse, &format!("{report}/take"), &[]);
        for path in [board.as_str(), "/reports"] {
            assert!(page(world, &m.nurse, path).contains("Nurse Example"), "{path}");
        }
        assert_eq!(written(world, &m, &report, &SOUND, "0").status, StatusCode::SEE_OTHER);
        assert!(page(world, &m.nurse, &board).contains("being written"));
        assert_eq!(signed(world, &m.nurse, &report).status, StatusCode::SEE_OTHER);
        assert!(page(world, &m.nurse, &board).contains("signed, to be delivered"));
        decides(world, &m, consent::Recipient::Court, consent::Decision::Given, "");
        taken(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
        let body = page(world, &m.nurse, &board);
        assert!(body.contains("Report delivered") && !body.contains("min left"), "{body}");
        assert!(page(world, &m.nurse, "/reports").contains("Nobody waits for a report"));
        assert!(page(world, &m.nurse, "/reports?show=done").contains("Report delivered"));
    });
}

#[test]
fn a_late_report_stands_first_as_overdue_and_stays_late_once_delivered() {
    both(|world| {
        let m = morning(world);
        let late = asked(world, &m, 200, &[]);
        let fresh = asked(world, &m, 5, &[]);
        let list = page(world, &m.nurse, "/reports");
        assert!(list.contains("Report overdue"), "{list}");
        assert!(list.find(late.as_str()).unwrap() < list.find(fresh.as_str()).unwrap(), "overdue first");
        assert!(page(world, &m.nurse, "/reports?show=late").contains(&late));
        assert!(!page(world, &m.nurse, "/reports?show=late").contains(&fresh));
        assert_eq!(written(world, &m, &late, &SOUND, "0").status, StatusCode::SEE_OTHER);
        assert_eq!(signed(world, &m.nurse, &late).status, StatusCode::SEE_OTHER);
        decides(world, &m, consent::Recipient::Court, consent::Decision::Given, "");
        taken(world, &m.nurse, &format!("{late}/deliver"), &delivery("court", "1"));
        assert!(page(world, &m.nurse, &late).contains("Report delivered late"));
        // No longer wanted: the clock stops, with its reason.
        taken(world, &m.nurse, &format!("{fresh}/close"), &own(&[("reason", "not-wanted")]));
        assert!(page(world, &m.nurse, "/reports").contains("Nobody waits for a report"));
    });
}

#[test]
fn a_moved_hearing_moves_the_clock_and_a_time_named_by_the_court_goes_before_the_target() {
    both(|world| {
        let m = morning(world);
        let report = asked(world, &m, 1, &[]);
        assert!(page(world, &m.nurse, &report).contains("90 minutes after it was asked for"));
        let tomorrow = clock::now().checked_add(SignedDuration::from_hours(24)).unwrap();
        let day = clock::in_london(tomorrow);
        let hearing = [
            ("hearing-day", day.day().to_string()),
            ("hearing-month", day.month().to_string()),
            ("hearing-year", day.year().to_string()),
            ("hearing-time", "11:00".to_owned()),
            ("wanted", "10:15".to_owned()),
            ("court", "Thames".to_owned()),
        ];
        let fields: Vec<(String, String)> = hearing.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
        taken(world, &m.nurse, &format!("{report}/hearing"), &fields);
        let body = page(world, &m.nurse, &report);
        assert!(body.contains("when whoever asked wants it") && body.contains("earlier ones stay"), "{body}");
        let answer = send(world, &m.nurse, &format!("{report}/hearing"), &own(&[("wanted", "before lunch")]));
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn the_text_begins_with_recorded_facts_each_with_its_source_and_day() {
    both(|world| {
        let m = morning(world);
        screened(world, &m, &SAID, 1);
        let report = asked(world, &m, 1, &[]);
        let body = page(world, &m.nurse, &format!("{report}/write"));
        for words in
            ["The radio says her name", "our screening", "Cannot see Friday from here", "command line"]
        {
            assert!(body.contains(words), "{words}: {body}");
        }
        // The preview beside it is the document itself.
        assert!(body.contains("class=\"document\"") && body.contains("Report on Qwertil ZYXWVU"), "{body}");
        assert!(body.contains("Not signed: not to be relied on"));
        let drawn = send(world, &m.nurse, &format!("{report}/preview"), &own(&SOUND));
        assert_eq!(drawn.status, StatusCode::OK);
        assert!(drawn.body.contains("Bail with the appointment on Friday."), "{}", drawn.body);
        assert_eq!(count(world, "report_save"), 0, "a preview keeps nothing");
    });
}

#[test]
fn what_is_recorded_later_is_told_and_taken_over_without_losing_what_was_written() {
    both(|world| {
        let m = morning(world);
        let report = asked(world, &m, 1, &[]);
        let fields = joined(&SOUND, own(&[("seen", "0"), ("gathered", &ago(5).to_string())]));
        taken(world, &m.nurse, &format!("{report}/write"), &fields);
        screened(world, &m, &SAID, 0);
        assert!(page(world, &m.nurse, &format!("{report}/write")).contains("Something was recorded since"));
        assert!(
            page(world, &m.nurse, &format!("{report}/sign"))
                .contains("Something was recorded about the person")
        );
        let more = joined(&SOUND, own(&[("seen", "1"), ("then", "take-over")]));
        taken(world, &m.nurse, &format!("{report}/write"), &more);
        let body = page(world, &m.nurse, &format!("{report}/write"));
        assert!(body.contains("The radio says her name") && body.contains("Tired and polite"), "{body}");
        assert!(!body.contains("Something was recorded since"));
    });
}

#[test]
fn what_must_be_mended_can_not_be_signed_and_what_is_looked_at_is_kept_with_the_version() {
    both(|world| {
        let m = morning(world);
        let report = asked(world, &m, 1, &[]);
        let mut text: Vec<(&str, &str)> = SOUND.to_vec();
        text.retain(|(name, _)| !["risk-who-1", "rec-why-1"].contains(name));
        assert_eq!(written(world, &m, &report, &text, "0").status, StatusCode::SEE_OTHER);
        let check = page(world, &m.nurse, &format!("{report}/sign"));
        for words in ["it does not say who said or saw it", "it has no reason", "To be mended"] {
            assert!(check.contains(words), "{words}: {check}");
        }
        assert!(!check.contains("Sign and lock"));
        assert_eq!(signed(world, &m.nurse, &report).status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(count(world, "report_version"), 0);

        let mut text: Vec<(&str, &str)> = SOUND.to_vec();
        text.retain(|(name, _)| *name != "text-needs");
        text.push(("text-needs", "Came with Otherwise Neighbourly. Has suicidal ideation."));
        assert_eq!(written(world, &m, &report, &text, "1").status, StatusCode::SEE_OTHER);
        let check = page(world, &m.nurse, &format!("{report}/sign"));
        for words in
            ["stands on the same court list", "thoughts of suicide", "nobody has asked the person yet"]
        {
            assert!(check.contains(words), "{words}: {check}");
        }
        // Not ticked: not signed.
        let save = own(&[("save", "2")]);
        let refused = send(world, &m.nurse, &format!("{report}/sign"), &save);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Tick each point"), "{}", refused.body);
        assert_eq!(signed(world, &m.nurse, &report).status, StatusCode::SEE_OTHER);
        assert!(
            page(world, &m.nurse, &report).contains("stands on the same court list"),
            "what was looked at is kept"
        );
    });
}

#[test]
fn a_signed_version_is_locked_and_its_pdf_is_the_same_bytes_each_time() {
    both(|world| {
        let m = morning(world);
        let report = locked(world, &m);
        let kept = bytes(world);
        assert!(kept[0].starts_with(b"%PDF-1.7"));
        let first = world.get(&m.nurse, &format!("{report}/versions/1/pdf"));
        let second = world.get(&m.nurse, &format!("{report}/versions/1/pdf"));
        assert_eq!(first.headers.get("content-type").unwrap(), "application/pdf");
        assert_eq!(first.body, second.body);
        assert_eq!(first.body, String::from_utf8_lossy(&kept[0]));
        // Laid out anew from the kept document, by another renderer: the same bytes. No clock and no chance is in them.
        let row =
            world.test.db.read(|r| r.one(sql("SELECT document, hash FROM report_locked"), &[])).unwrap();
        let document: documents::Document =
            serde_json::from_str(&row.get::<String>("document").unwrap()).unwrap();
        let renderer = documents::Renderer::new(documents::Fonts::bundled()).unwrap();
        assert_eq!(renderer.pdf(&document).unwrap().bytes, kept[0]);
        let hash: String = row.get("hash").unwrap();
        assert!(hash.starts_with(&document.footer.hash) && document.footer.hash.len() == 16);
        // What was signed can't be written any more; the page leads back to the report.
        let again = written(world, &m, &report, &SOUND, "1");
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
        let twice = signed_again(world, &m, &report);
        assert_eq!(twice.status, StatusCode::SEE_OTHER);
        assert_eq!((count(world, "report_version"), count(world, "report_locked")), (1, 1));
        let aloud = page(world, &m.nurse, &format!("{report}/versions/1/aloud"));
        assert!(aloud.contains("at 150 words a minute"), "{aloud}");
    });
}

fn signed_again(world: &World<'_>, m: &Morning, report: &str) -> Answer {
    send(world, &m.nurse, &format!("{report}/sign"), &own(&[("save", "1")]))
}

#[test]
fn nothing_is_delivered_without_a_decision_and_the_same_version_goes_to_everybody_who_may_have_it() {
    both(|world| {
        let m = morning(world);
        let report = locked(world, &m);
        let stopped = send(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
        assert_eq!(stopped.status, StatusCode::CONFLICT);
        for words in ["Don’t tell the court yet", "Nobody has asked them yet", "Nothing was sent"] {
            assert!(stopped.body.contains(words), "{words}: {}", stopped.body);
        }
        assert_eq!((count(world, "report_delivery"), count(world, "disclosure")), (0, 0));
        // What was typed waits for what the person will say.
        assert!(page(world, &m.nurse, &format!("{report}/deliver")).contains("Desk of court 2"));
        decides(world, &m, consent::Recipient::Court, consent::Decision::Given, "");
        decides(world, &m, consent::Recipient::Defence, consent::Decision::Given, "");
        decides(world, &m, consent::Recipient::Prosecution, consent::Decision::Refused, "");
        for whom in ["court", "defence"] {
            taken(world, &m.nurse, &format!("{report}/deliver"), &delivery(whom, "1"));
        }
        let refused = send(world, &m.nurse, &format!("{report}/deliver"), &delivery("prosecution", "1"));
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("They refused"), "{}", refused.body);
        assert_eq!((count(world, "report_delivery"), count(world, "disclosure")), (2, 2));
        assert_eq!(count(world, "report_locked"), 1, "one version, one file, for everybody");
        let body = page(world, &m.nurse, &report);
        assert!(body.contains("Not acknowledged"), "{body}");
        let id = body.split("/deliveries/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let mut receipt =
            own(&[(&format!("received-by-{id}"), "Usher Example"), (&format!("note-{id}"), "Read it")]);
        receipt.extend(when(&format!("received-{id}"), clock::now()));
        taken(world, &m.nurse, &format!("{report}/deliveries/{id}/receipt"), &receipt);
        assert!(page(world, &m.nurse, &report).contains("Usher Example"));
        // The ledger on the person's page tells it too.
        assert!(page(world, &m.nurse, &format!("/people/{}/consent", m.person)).contains("version 1"));
    });
}

#[test]
fn what_the_person_agreed_to_in_part_is_said_and_kept_to() {
    both(|world| {
        let m = morning(world);
        let report = locked(world, &m);
        decides(world, &m, consent::Recipient::Court, consent::Decision::Partial, "nothing about the family");
        assert!(page(world, &m.nurse, &format!("{report}/deliver")).contains("nothing about the family"));
        let refused = send(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut fields = delivery("court", "1");
        fields.retain(|(name, _)| name != "kept");
        fields.push(("kept".into(), "yes".into()));
        taken(world, &m.nurse, &format!("{report}/deliver"), &fields);
    });
}

#[test]
fn a_consent_taken_back_after_delivery_is_told_on_the_report() {
    both(|world| {
        let m = morning(world);
        let report = locked(world, &m);
        decides(world, &m, consent::Recipient::Court, consent::Decision::Given, "");
        taken(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
        assert!(!page(world, &m.nurse, &report).contains("took their consent back"));
        decides(world, &m, consent::Recipient::Court, consent::Decision::Withdrawn, "");
        let body = page(world, &m.nurse, &report);
        assert!(body.contains("took their consent back after the court was told"), "{body}");
        let again = send(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.body.contains("They withdrew their consent"), "{}", again.body);
    });
}

#[test]
fn a_correction_is_a_new_version_that_says_what_changed_and_an_old_one_is_never_delivered() {
    both(|world| {
        let m = morning(world);
        let report = locked(world, &m);
        decides(world, &m, consent::Recipient::Court, consent::Decision::Given, "");
        taken(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
        let refused = send(world, &m.nurse, &format!("{report}/correct"), &[]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let changed = own(&[("changed", "The day of the appointment")]);
        taken(world, &m.nurse, &format!("{report}/correct"), &changed);
        let mut text: Vec<(&str, &str)> = SOUND.to_vec();
        text.retain(|(name, _)| *name != "text-needs");
        text.extend([("text-needs", "An appointment on Monday."), ("changed", "The day of the appointment")]);
        assert_eq!(written(world, &m, &report, &text, "1").status, StatusCode::SEE_OTHER);
        // While it is written, version 1 stays in force.
        assert!(page(world, &m.nurse, &format!("{report}/deliver")).contains("Deliver version 1"));
        assert_eq!(signed(world, &m.nurse, &report).status, StatusCode::SEE_OTHER);
        let read = page(world, &m.nurse, &format!("{report}/versions/2"));
        assert!(read.contains("Version 2 changes") && read.contains("The day of the appointment"), "{read}");
        assert!(page(world, &m.nurse, &format!("{report}/versions/1")).contains("Version 2 is in force"));
        let body = page(world, &m.nurse, &report);
        assert!(body.contains("has version 1: version 2 is in force"), "{body}");
        // A page that was opened before the correction delivers nothing.
        let old = send(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
        assert_eq!(old.status, StatusCode::CONFLICT);
        assert!(old.body.contains("Nothing was delivered"), "{}", old.body);
        assert_eq!(count(world, "report_delivery"), 1);
        taken(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "2"));
        assert!(!page(world, &m.nurse, &report).contains("has version 1"));
        let kept = bytes(world);
        assert_eq!(kept.len(), 2);
        assert_ne!(kept[0], kept[1]);
    });
}

#[test]
fn what_a_practitioner_signs_waits_for_a_manager_where_the_service_asks_for_it() {
    let settings = [("ALONGSIDE_SECOND_FACTOR", "off"), ("ALONGSIDE_COUNTERSIGN", "practitioners")];
    both_with(&settings, |world| {
        let m = morning(world);
        let report = locked(world, &m);
        decides(world, &m, consent::Recipient::Court, consent::Decision::Given, "");
        assert_eq!(count(world, "report_locked"), 0);
        assert!(page(world, &m.nurse, &report).contains("Waits for countersignature"));
        assert_eq!(world.get(&m.nurse, &format!("{report}/versions/1/pdf")).status, StatusCode::NOT_FOUND);
        let early = send(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
        assert_eq!(early.status, StatusCode::NOT_FOUND);
        // Nobody countersigns what they signed themselves, manager or not.
        world.also(&m.nurse, Role::Manager, Some(m.project));
        let nurse = Someone { cookie: world.sign_in("nurse.example@example.org"), account: m.nurse.account };
        let own_hand = world.post(&nurse, &format!("{report}/countersign"), &[]);
        assert_eq!(own_hand.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(own_hand.body.contains("somebody else countersigns"), "{}", own_hand.body);
        let manager = world.someone("Manager Example", Role::Manager, Some(m.project));
        assert!(page(world, &manager, "/reports?show=second").contains(&report));
        assert!(page(world, &manager, &format!("{report}/countersign")).contains("Tired and polite"));
        taken(world, &manager, &format!("{report}/countersign"), &own(&[("words", "Agreed")]));
        assert_eq!(count(world, "report_locked"), 1);
        let read = page(world, &manager, &format!("{report}/versions/1"));
        assert!(read.contains("Countersigned:") && read.contains("Manager Example"), "{read}");
        taken(world, &m.nurse, &format!("{report}/deliver"), &delivery("court", "1"));
    });
}

#[test]
fn where_grades_are_named_a_student_s_report_waits_and_a_registered_colleague_s_does_not() {
    let settings = [("ALONGSIDE_SECOND_FACTOR", "off"), ("ALONGSIDE_COUNTERSIGN", "student, not-registered")];
    both_with(&settings, |world| {
        let m = morning(world);
        let admin = world.someone("Admin Example", Role::Administrator, None);
        let grade = format!("/accounts/{}/grade", m.nurse.account);
        assert_eq!(
            world.post(&admin, &grade, &[("grade", "wizard")]).status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(world.post(&m.nurse, &grade, &[("grade", "registered")]).status, StatusCode::NOT_FOUND);
        taken(world, &admin, &grade, &own(&[("grade", "student")]));
        let waits = locked(world, &m);
        assert_eq!(count(world, "report_locked"), 0);
        assert!(page(world, &m.nurse, &waits).contains("Waits for countersignature"));
        // Registered since: the next report needs nobody else.
        taken(world, &admin, &grade, &own(&[("grade", "registered")]));
        assert!(page(world, &admin, &format!("/accounts/{}", m.nurse.account)).contains("Registered"));
        let alone = locked(world, &m);
        assert_eq!(count(world, "report_locked"), 1);
        let read = page(world, &m.nurse, &format!("{alone}/versions/1"));
        assert!(read.contains("Practitioner, registered"), "the grade stands in the signature: {read}");
    });
}

#[test]
fn a_report_asked_for_with_a_referral_is_begun_by_a_human_and_its_clock_began_with_the_referral() {
    both(|world| {
        let m = morning(world);
        let usher = world.someone("Lee Adviser", Role::CourtReferrer, Some(m.project));
        let today = clock::london_day(clock::now());
        let (d, month, y) = (today.day().to_string(), today.month().to_string(), today.year().to_string());
        let fields = [
            ("danger", "no"),
            ("name", "Qwertil Zyxwvu"),
            ("place", "cells"),
            ("court", "B01ND"),
            ("hearing-day", d.as_str()),
            ("hearing-month", month.as_str()),
            ("hearing-year", y.as_str()),
            ("worry", "voices"),
            ("your-name", "Lee Adviser"),
            ("your-role", "legal-adviser"),
            ("contact", "020 7946 0000"),
            ("report-question", "Could she be helped on bail?"),
            ("report-wanted", "before lunch"),
        ];
        taken(world, &usher, "/refer/new", &own(&fields));
        // It came forty minutes ago.
        let came = ago(40);
        world.test.db.write(|w| w.execute(sql("UPDATE referral_in SET received_at = $1"), &[&came])).unwrap();
        let list = page(world, &m.nurse, "/reports");
        assert!(list.contains("not begun") && list.contains("before lunch"), "{list}");
        assert!(!page(world, &m.stranger, "/reports").contains("before lunch"));
        assert!(page(world, &m.nurse, "/tasks").contains("Begin the report"));
        let at = list.find("/referrals-in/0").unwrap();
        let referral = list[at..].split('"').next().unwrap().to_owned();
        assert!(page(world, &m.nurse, &referral).contains("Say first who it is about"));
        let joined = page(world, &m.nurse, &referral);
        let value = joined.split("name=\"whom\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
        let value = value.split('"').next().unwrap().to_owned();
        assert_eq!(value, format!("line-{}", m.listing));
        taken(world, &m.nurse, &format!("{referral}/join"), &own(&[("whom", &value)]));
        let told = page(world, &m.nurse, &referral);
        let at = told.find("/reports/new?referral=").unwrap();
        let start = told[..at].rfind('"').unwrap() + 1;
        let begin = told[start..].split('"').next().unwrap().to_owned();
        let form = page(world, &m.nurse, &begin);
        assert!(form.contains("Could she be helped on bail?") && form.contains("Lee Adviser, legal adviser"));
        let id = referral.trim_start_matches("/referrals-in/");
        let path = begin.split('?').next().unwrap();
        let asked = [("asked-by", "legal-adviser"), ("kind", "bail-remand"), ("referral", id)];
        let report = taken(world, &m.nurse, path, &joined_at(&form, &asked));
        assert!(page(world, &m.nurse, &report).contains("legal adviser"));
        assert!(
            !page(world, &m.nurse, "/reports").contains("not begun"),
            "begun, it is on the list of reports"
        );
        let asked: Timestamp =
            world.test.db.read(|r| r.one(sql("SELECT asked_at FROM report"), &[])?.get("asked_at")).unwrap();
        let late = (asked.as_second() - came.as_second()).abs();
        assert!(late < 60, "the clock began with the referral, not {late} s later");
        // A referral that is about somebody else lends its words to nobody.
        let other: ListingId = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM listing WHERE case_no = '1600000002'"), &[])?.get("id"))
            .unwrap();
        let strange = page(world, &m.nurse, &format!("/listings/{other}/reports/new?referral={id}"));
        assert!(!strange.contains("Could she be helped"), "{strange}");
    });
}

/// These fields with the day and time that the form shows for "asked".
fn joined_at(form: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let shown = |name: &str| {
        let at = form.find(&format!("name=\"{name}\"")).unwrap();
        let tag = &form[form[..at].rfind('<').unwrap()..];
        let tag = tag.split('>').next().unwrap();
        tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let mut all = own(fields);
    for part in ["day", "month", "year", "time"] {
        let name = format!("asked-{part}");
        all.push((name.clone(), shown(&name)));
    }
    all
}

#[test]
fn the_spoken_report_is_made_of_recorded_facts_and_without_a_decision_it_is_not_kept() {
    both(|world| {
        let m = morning(world);
        screened(world, &m, &SAID, 1);
        let path = format!("/listings/{}/spoken", m.listing);
        let body = page(world, &m.nurse, &path);
        for words in
            ["Cannot see Friday from here", "our screening", "Don’t tell the court yet", "Theft from a shop"]
        {
            assert!(body.contains(words), "{words}: {body}");
        }
        let said = [
            ("said", "She was seen at nine. She has thoughts of not living."),
            ("to", "court"),
            ("to-name", "District Judge Sample"),
            ("court", "Thames"),
            ("room", "2"),
            ("questions", "Is help there today? Yes, at four."),
            ("response", "Put back until two."),
        ];
        let fields = joined(&said, when("when", clock::now()));
        let stopped = send(world, &m.nurse, &path, &fields);
        assert_eq!(stopped.status, StatusCode::CONFLICT, "{}", stopped.body);
        assert_eq!((count(world, "oral_report"), count(world, "disclosure")), (0, 0));
        assert!(page(world, &m.nurse, &path).contains("Put back until two."), "what was typed is kept");
        decides(world, &m, consent::Recipient::Court, consent::Decision::Given, "");
        let oral = taken(world, &m.nurse, &path, &fields);
        let body = page(world, &m.nurse, &oral);
        for words in [
            "She was seen at nine",
            "District Judge Sample",
            "Thames, room 2",
            "Yes, at four",
            "Put back until two",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        taken(
            world,
            &m.nurse,
            &format!("{oral}/more"),
            &own(&[("what", "response"), ("words", "Bail granted.")]),
        );
        let body = page(world, &m.nurse, &oral);
        assert!(
            body.contains("Bail granted.") && body.contains("Put back until two"),
            "nothing is overwritten"
        );
        assert_eq!((count(world, "oral_report"), count(world, "disclosure")), (1, 1));
        let board = format!("/courts/B01ND/{}", clock::london_day(clock::now()));
        assert!(page(world, &m.nurse, &board).contains("Spoken report"));
    });
}

#[test]
fn what_the_court_did_is_recorded_with_how_we_know_and_nothing_is_overwritten() {
    both(|world| {
        let m = morning(world);
        let report = locked(world, &m);
        let body = page(world, &m.nurse, &report);
        let path = body.split("/recommendations/").nth(1).unwrap().split('"').next().unwrap();
        let path = format!("{report}/recommendations/{path}");
        let refused = send(world, &m.nurse, &path, &own(&[("answer", "followed")]));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Say how we know"), "{}", refused.body);
        let partly = own(&[("answer", "partly"), ("source", "heard in court"), ("why", "No bed was needed")]);
        taken(world, &m.nurse, &path, &partly);
        taken(world, &m.nurse, &path, &own(&[("answer", "followed"), ("source", "the result")]));
        assert_eq!(count(world, "report_followed"), 2);
        assert!(page(world, &m.nurse, &report).contains("Followed"));
        assert!(page(world, &m.nurse, &path).contains("Followed in part"), "the earlier answer stays");
        // One's own page, and nobody else's.
        assert!(page(world, &m.nurse, "/recommendations").contains("Bail with the appointment on Friday"));
        let colleague = world.someone("Colleague Example", Role::Practitioner, Some(m.project));
        let theirs = page(world, &colleague, "/recommendations");
        assert!(theirs.contains("You signed no report yet") && !theirs.contains("ZYXWVU"), "{theirs}");
    });
}

#[test]
fn what_is_known_from_the_hearings_stands_beside_the_question_and_answers_nothing_by_itself() {
    both(|world| {
        let m = morning(world);
        let report = locked(world, &m);
        let body = page(world, &m.nurse, &report);
        let one = body.split("/recommendations/").nth(1).unwrap().split('"').next().unwrap();
        let path = format!("{report}/recommendations/{one}");
        assert!(!page(world, &m.nurse, &path).contains("Known from the hearings"));
        let heard =
            [("attended", "in-person"), ("before", "custody"), ("ended", "disposed"), ("after", "bail")];
        let line = format!("/listings/{}/hearing", m.listing);
        let seen = values(&page(world, &m.nurse, &line), "seen");
        let mut fields = own(&heard);
        fields.extend(seen.into_iter().map(|seen| ("seen".to_owned(), seen)));
        taken(world, &m.nurse, &line, &fields);
        let body = page(world, &m.nurse, &path);
        assert!(body.contains("Known from the hearings") && body.contains("Nurse Example"), "{body}");
        assert!(body.contains("Sentenced, or the case ended otherwise"), "{body}");
        assert_eq!(count(world, "report_followed"), 0);
    });
}

#[test]
fn of_two_who_write_at_once_both_texts_are_kept() {
    both(|world| {
        let m = morning(world);
        let report = asked(world, &m, 1, &[]);
        assert_eq!(written(world, &m, &report, &SOUND, "0").status, StatusCode::SEE_OTHER);
        // A colleague's page was made before that save.
        let mut theirs: Vec<(&str, &str)> = SOUND.to_vec();
        theirs.retain(|(name, _)| *name != "text-limits");
        theirs.push(("text-limits", "Written by somebody else."));
        let told = written(world, &m, &report, &theirs, "0");
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            told.body.contains("A colleague saved another text")
                && told.body.contains("Written by somebody else.")
        );
        assert_eq!(count(world, "report_save"), 1);
        let seen = values(&told.body, "seen").pop().unwrap();
        assert_eq!(written(world, &m, &report, &theirs, &seen).status, StatusCode::SEE_OTHER);
        assert_eq!(count(world, "report_save"), 2, "both stay");
        // What was checked is what is signed: a text saved meanwhile is looked at first.
        let stale = send(world, &m.nurse, &format!("{report}/sign"), &own(&[("save", "1")]));
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.body.contains("saved again since you checked it"), "{}", stale.body);
    });
}

#[test]
fn a_request_or_a_delivery_sent_twice_is_one() {
    both(|world| {
        let m = morning(world);
        let draft = uuid::Uuid::now_v7().to_string();
        let first = asked(world, &m, 1, &[("draft", &draft)]);
        assert_eq!(first, asked(world, &m, 1, &[("draft", &draft)]));
        assert_eq!(count(world, "report"), 1);
        assert_eq!(written(world, &m, &first, &SOUND, "0").status, StatusCode::SEE_OTHER);
        assert_eq!(signed(world, &m.nurse, &first).status, StatusCode::SEE_OTHER);
        decides(world, &m, consent::Recipient::Court, consent::Decision::Given, "");
        let draft = uuid::Uuid::now_v7().to_string();
        let mut fields = delivery("court", "1");
        fields.push(("draft".into(), draft));
        for _ in 0..2 {
            taken(world, &m.nurse, &format!("{first}/deliver"), &fields);
        }
        assert_eq!((count(world, "report_delivery"), count(world, "disclosure")), (1, 1));
    });
}

#[test]
fn restrictions_and_youth_are_marked_on_everything_that_is_printed_or_said() {
    both(|world| {
        let m = morning(world);
        let report = asked(world, &m, 1, &[("restriction", "Section 45 order of today")]);
        assert_eq!(written(world, &m, &report, &SOUND, "0").status, StatusCode::SEE_OTHER);
        assert_eq!(signed(world, &m.nurse, &report).status, StatusCode::SEE_OTHER);
        let spoken = format!("/listings/{}/spoken", m.listing);
        for path in [&format!("{report}/versions/1"), &format!("{report}/versions/1/aloud"), &spoken] {
            assert!(page(world, &m.nurse, path).contains("Section 45 order of today"), "{path}");
        }
        let row = world.test.db.read(|r| r.one(sql("SELECT document FROM report_locked"), &[])).unwrap();
        let document: documents::Document =
            serde_json::from_str(&row.get::<String>("document").unwrap()).unwrap();
        assert!(document.marks.iter().any(|m| m.kind == documents::MarkKind::ReportingRestriction));
        assert!(document.marks.iter().all(|m| m.kind != documents::MarkKind::Draft));
    });
}

#[test]
fn a_report_is_the_business_of_those_who_may_open_the_person_and_of_nobody_else() {
    both(|world| {
        let m = morning(world);
        let report = locked(world, &m);
        let link_worker = world.someone("Link Example", Role::LinkWorker, Some(m.project));
        for who in [&m.stranger, &link_worker] {
            for path in ["", "/write", "/sign", "/deliver", "/versions/1", "/versions/1/pdf", "/draft.pdf"] {
                let answer = world.get(who, &format!("{report}{path}"));
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
                assert!(!answer.body.contains("ZYXWVU"));
            }
        }
        let list = page(world, &m.stranger, "/reports");
        assert!(!list.contains("ZYXWVU") && !list.contains(&report));
        let person = page(world, &link_worker, &format!("/people/{}", m.person));
        assert!(!person.contains("Reports for the court"), "{person}");
        // Whoever writes reports elsewhere and is a link worker here stays a link worker here.
        world.also(&link_worker, Role::Practitioner, Some(world.project("Third", &[])));
        let person = page(world, &link_worker, &format!("/people/{}", m.person));
        assert!(!person.contains("Reports for the court"), "{person}");
    });
}

#[test]
fn what_no_font_draws_is_pointed_out_before_signing() {
    both(|world| {
        let m = morning(world);
        let report = asked(world, &m, 1, &[]);
        let mut text: Vec<(&str, &str)> = SOUND.to_vec();
        text.retain(|(name, _)| *name != "text-needs");
        text.push(("text-needs", "Smiles \u{1F642} and nods."));
        assert_eq!(written(world, &m, &report, &text, "0").status, StatusCode::SEE_OTHER);
        let check = page(world, &m.nurse, &format!("{report}/sign"));
        assert!(check.contains("can’t be printed as it was written: U+1F642"), "{check}");
    });
}

#[test]
fn a_letterhead_stands_on_the_reports_signed_after_it() {
    both(|world| {
        let m = morning(world);
        let manager = world.someone("Manager Example", Role::Manager, Some(m.project));
        let path = format!("/letterheads/{}", m.project);
        let refused = world.post(&manager, &path, &[("classification", "")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let set = [
            ("organisation", "An invented charity"),
            ("address", "1 Example Street\nLondon"),
            ("contact", "020 7946 0000"),
            ("classification", "Official – sensitive"),
        ];
        taken(world, &manager, &path, &own(&set));
        let report = locked(world, &m);
        let read = page(world, &m.nurse, &format!("{report}/versions/1"));
        assert!(read.contains("An invented charity") && read.contains("1 Example Street"), "{read}");
        taken(world, &manager, &path, &own(&[("organisation", "Renamed"), ("classification", "x")]));
        assert!(page(world, &m.nurse, &format!("{report}/versions/1")).contains("An invented charity"));
    });
}
