//! From what was seen in a cell to a psychiatrist's opinion in court: what rules propose, what a clinician decides, what is asked
//! of whom, what a partner service is told and answers. On both databases, through the pages.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::{KeepConsent, ManageService, Screen};
use alongside::access::{Permit, Role};
use alongside::clock;
use alongside::consent;
use alongside::forms::Answers;
use alongside::ids::{ListingId, PersonId, ProjectId, ScreeningId};
use alongside::screening::{Entry, Need, On, Outcome, Seen, record};
use alongside::triage::{AnswersFor, MOST_FAILED, NewPartner, add_partner, link_account};
use axum::http::StatusCode;
use jiff::{SignedDuration, ToSpan};
use store::sql;
use world::{Answer, Someone, World, both};

struct Morning {
    project: ProjectId,
    nurse: Someone,
    stranger: Someone,
    listing: ListingId,
}

/// A day's list of Thames with one person in custody, and somebody of another project.
fn morning(world: &World<'_>) -> Morning {
    morning_charged(world, "Theft from a shop")
}

fn morning_charged(world: &World<'_>, offence: &str) -> Morning {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    let today = clock::london_day(clock::now());
    let list = format!(
        "court code,date,surname,forename,date of birth,list number,case number,custody or bail,offence title\nB01ND,{today},ZYXWVU,QWERTIL,01/02/1990,1,1600000001,custody,{offence}\n"
    );
    world.import("list.csv", list.as_bytes());
    let row = world.test.db.read(|r| r.one(sql("SELECT id, custody FROM listing"), &[])).unwrap();
    assert_eq!(row.get::<String>("custody").unwrap(), "custody");
    Morning {
        project,
        nurse: world.someone("Nurse Example", Role::Practitioner, Some(project)),
        stranger: world.someone("Stranger Example", Role::Practitioner, Some(other)),
        listing: row.get("id").unwrap(),
    }
}

/// Screens the person on the line, as the nurse's page does.
fn screened(world: &World<'_>, m: &Morning, answers: &[(&str, &str)], days_ago: i64) {
    let mut given = Answers::default();
    for (key, value) in answers {
        given.set(key, value);
    }
    let entry = Entry {
        seen: Seen::Seen,
        seen_words: String::new(),
        contact_at: clock::now().checked_sub(SignedDuration::from_hours(24 * days_ago)).unwrap(),
        late_from_paper: false,
        answers: given,
        need: Some(Need::Severe),
        outcome: Some(Outcome::Assess),
    };
    let permit: Permit<Screen> = Permit::for_command_line(&world.test.db);
    permit.write_now(|w| record(w, ScreeningId::fresh(), On::Line(m.listing), m.project, &entry)).unwrap();
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{} {path}: {}", world.test.engine, answer.body);
    answer.body
}

fn taken(world: &World<'_>, who: &Someone, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = world.post(who, path, fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {path}: {}", world.test.engine, answer.body);
    answer.location().to_owned()
}

fn refused(world: &World<'_>, who: &Someone, path: &str, fields: &[(&str, &str)], words: &str) -> Answer {
    let answer = world.post(who, path, fields);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.body);
    assert!(answer.body.contains(words), "{words} missing: {}", answer.body);
    answer
}

fn count(world: &World<'_>, table: &str) -> i64 {
    let statement = match table {
        "triage" => sql("SELECT COUNT(*) AS n FROM triage"),
        "psychiatric" => sql("SELECT COUNT(*) AS n FROM psychiatric"),
        "partner_request" => sql("SELECT COUNT(*) AS n FROM partner_request"),
        "disclosure" => sql("SELECT COUNT(*) AS n FROM disclosure"),
        _ => sql("SELECT COUNT(*) AS n FROM psychiatric_fact"),
    };
    world.test.db.read(|r| r.one(statement, &[])?.get("n")).unwrap()
}

const REFER: [(&str, &str); 3] =
    [("decision", "refer"), ("urgency", "B"), ("reason", "Frightened by voices, wants help")];

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().chain(more).copied().collect()
}

/// Decides, and asks for an assessment: its address.
fn asked(world: &World<'_>, m: &Morning) -> String {
    let decision = taken(
        world,
        &m.nurse,
        &format!("/listings/{}/triage", m.listing),
        &with(&REFER, &[("shown", "psychosis"), ("shown", "court-asks")]),
    );
    let id = decision.rsplit('/').next().unwrap();
    taken(
        world,
        &m.nurse,
        &format!("/listings/{}/psychiatry", m.listing),
        &[
            ("asked-by", "practitioner"),
            ("purpose", "bail"),
            ("question", "Could she be treated on bail?"),
            ("triage", id),
        ],
    )
}

#[test]
fn each_proposal_names_what_was_answered_by_whom_and_when() {
    both(|world| {
        let m = morning_charged(world, "Arson reckless as to whether life was endangered");
        screened(
            world,
            &m,
            &[
                ("observed", "responding-to-unseen"),
                ("voices", "yes"),
                ("voices-words", "The radio says her name"),
                ("pregnant", "no"),
                ("brain-injury", "not-known"),
            ],
            0,
        );
        let body = page(world, &m.nurse, &format!("/listings/{}/triage", m.listing));
        for words in [
            "Psychosis seen or reported",
            "The radio says her name",
            "Seen responding to things unseen",
            "command line",
            "screening,",
            "The offence itself",
            "Arson reckless",
            "court list",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        // "No" and "not known" are no reasons, and nothing was said about being pregnant.
        for words in ["gave birth in the last year</h3>", "May not be able to take part"] {
            assert!(!body.contains(words), "{words}: {body}");
        }
        assert!(body.contains("shipped-1"));
    });
}

#[test]
fn an_old_screening_proposes_nothing_and_no_proposal_is_not_no_need() {
    both(|world| {
        let m = morning(world);
        screened(world, &m, &[("observed", "responding-to-unseen")], 31);
        let path = format!("/listings/{}/triage", m.listing);
        let body = page(world, &m.nurse, &path);
        assert!(body.contains("That is not “no need”") && !body.contains("Psychosis seen"), "{body}");
        // One may refer on one's own judgement, with a reason.
        let decision = taken(world, &m.nurse, &path, &REFER);
        let body = page(world, &m.nurse, &decision);
        assert!(
            body.contains("Refers without a proposal") && body.contains("Frightened by voices"),
            "{body}"
        );
    });
}

#[test]
fn thoughts_of_not_living_are_read_at_triage_though_no_rule_proposes_from_them() {
    both(|world| {
        let m = morning(world);
        let said = [("self-harm-thoughts", "yes"), ("self-harm-thoughts-words", "Better not to be here")];
        screened(world, &m, &said, 0);
        let body = page(world, &m.nurse, &format!("/listings/{}/triage", m.listing));
        assert!(body.contains("Also recorded") && body.contains("Better not to be here"), "{body}");
    });
}

#[test]
fn a_decision_keeps_the_proposals_as_they_were_seen_and_always_a_reason() {
    both(|world| {
        let m = morning(world);
        screened(world, &m, &[("voices", "yes")], 0);
        let path = format!("/listings/{}/triage", m.listing);
        let shown = [("shown", "psychosis")];
        refused(world, &m.nurse, &path, &with(&[("decision", "not-now")], &shown), "Give your reason");
        refused(world, &m.nurse, &path, &with(&[("reason", "x")], &shown), "Say whether a psychiatrist");
        refused(
            world,
            &m.nurse,
            &path,
            &with(&[("decision", "refer"), ("reason", "x")], &shown),
            "Say how urgent",
        );
        assert_eq!(count(world, "triage"), 0);
        let declined = taken(
            world,
            &m.nurse,
            &path,
            &with(&[("decision", "not-now"), ("reason", "Grief, seen by her own team today")], &shown),
        );
        let accepted =
            taken(world, &m.nurse, &path, &with(&REFER, &with(&shown, &[("relied", "psychosis")])));
        let body = page(world, &m.nurse, &declined);
        for words in [
            "Declined what the rules proposed",
            "Grief, seen by her own team",
            "Psychosis seen or reported",
            "shipped-1",
            "Nurse Example",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        assert!(!body.contains("Relied on"));
        let body = page(world, &m.nurse, &accepted);
        assert!(body.contains("Accepted what the rules proposed") && body.contains("Relied on"), "{body}");
        // Both stand.
        assert!(page(world, &m.nurse, &path).contains("Decided before"));
        assert_eq!(count(world, "triage"), 2);
    });
}

#[test]
fn answers_that_bring_up_a_further_reason_are_looked_at_before_a_decision_is_kept() {
    both(|world| {
        let m = morning(world);
        let path = format!("/listings/{}/triage", m.listing);
        let typed =
            with(&REFER, &[("suicide-attempt", "yes"), ("suicide-attempt-words", "Tablets on Sunday")]);
        let again = refused(world, &m.nurse, &path, &typed, "further reasons");
        assert!(
            again.body.contains("Tablets on Sunday") && again.body.contains("recent attempt"),
            "{}",
            again.body
        );
        assert_eq!(count(world, "triage"), 0);
        let looked = world.post(&m.nurse, &path, &with(&typed, &[("then", "look")]));
        assert_eq!(looked.status, StatusCode::OK);
        assert!(looked.body.contains("name=\"shown\" value=\"suicide\""), "{}", looked.body);
        let decision = taken(world, &m.nurse, &path, &with(&typed, &[("shown", "suicide")]));
        let body = page(world, &m.nurse, &decision);
        assert!(body.contains("Tablets on Sunday") && body.contains("added at triage"), "{body}");
    });
}

#[test]
fn confusion_and_withdrawal_say_medical_emergency_first_and_ask_whether_help_was_called() {
    both(|world| {
        let m = morning(world);
        screened(world, &m, &[("substance-withdrawal", "yes"), ("voices", "yes")], 0);
        let path = format!("/listings/{}/triage", m.listing);
        let body = page(world, &m.nurse, &path);
        assert!(body.contains("Medical emergency first"), "{body}");
        assert!(
            body.find("Confusion or withdrawal</h3>").unwrap()
                < body.find("Psychosis seen or reported").unwrap()
        );
        let shown = [("shown", "psychosis"), ("shown", "confusion")];
        refused(world, &m.nurse, &path, &with(&REFER, &shown), "Say whether medical help was called");
        let decision =
            taken(world, &m.nurse, &path, &with(&REFER, &with(&shown, &[("medical-help", "yes")])));
        assert!(page(world, &m.nurse, &decision).contains("Medical help called"));
    });
}

#[test]
fn the_same_decision_and_the_same_request_sent_twice_are_one_each() {
    both(|world| {
        let m = morning(world);
        let draft = uuid::Uuid::now_v7().to_string();
        let path = format!("/listings/{}/triage", m.listing);
        let fields = with(&REFER, &[("draft", &draft)]);
        assert_eq!(taken(world, &m.nurse, &path, &fields), taken(world, &m.nurse, &path, &fields));
        let draft = uuid::Uuid::now_v7().to_string();
        let path = format!("/listings/{}/psychiatry", m.listing);
        let fields = [("asked-by", "court"), ("purpose", "disposal"), ("draft", draft.as_str())];
        assert_eq!(taken(world, &m.nurse, &path, &fields), taken(world, &m.nurse, &path, &fields));
        assert_eq!((count(world, "triage"), count(world, "psychiatric")), (1, 1));
    });
}

#[test]
fn the_clock_of_response_stands_on_board_and_line_until_somebody_came() {
    both(|world| {
        let m = morning(world);
        let today = clock::london_day(clock::now());
        let decision = taken(world, &m.nurse, &format!("/listings/{}/triage", m.listing), &REFER);
        let (board, line) = (format!("/courts/B01ND/{today}"), format!("/listings/{}", m.listing));
        assert!(page(world, &m.nurse, &board).contains("To be seen by a psychiatrist, due"));
        let body = page(world, &m.nurse, &line);
        assert!(body.contains("To be seen by a psychiatrist, urgency B"), "{body}");
        let body = page(world, &m.nurse, &decision);
        assert!(body.contains("4 hours") && body.contains("confirmed in an official document"), "{body}");
        refused(world, &m.nurse, &format!("{decision}/response"), &[], "Say who came");
        taken(
            world,
            &m.nurse,
            &format!("{decision}/response"),
            &[("response-words", "Liaison nurse came, stays with her")],
        );
        let body = page(world, &m.nurse, &decision);
        assert!(body.contains("Liaison nurse came") && body.contains(">met<"), "{body}");
        assert!(!page(world, &m.nurse, &board).contains("psychiatrist, due"));
        // Not on the board of another project, and not opened by it.
        assert_eq!(world.get(&m.stranger, &decision).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn an_assessment_is_followed_to_what_the_court_did_with_every_fact_and_its_author() {
    both(|world| {
        let m = morning(world);
        let case = asked(world, &m);
        let part = |part: &str, fields: &[(&str, &str)]| {
            let path = format!("{case}/parts/{part}");
            let seen = page(world, &m.nurse, &path);
            let seen =
                seen.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            taken(world, &m.nurse, &path, &with(fields, &[("seen", &seen)]));
            page(world, &m.nurse, &case)
        };
        assert!(page(world, &m.nurse, &case).contains("Asked for, no doctor asked yet"));
        let (d, mth, y) = {
            let today = clock::london_day(clock::now());
            (today.day().to_string(), today.month().to_string(), today.year().to_string())
        };
        let day = |name: &'static str| {
            [
                (format!("{name}-day"), d.clone()),
                (format!("{name}-month"), mth.clone()),
                (format!("{name}-year"), y.clone()),
            ]
        };
        let on = |name: &'static str| -> Vec<(String, String)> { day(name).into() };
        let fields = |plain: &[(&str, &str)], days: &[&'static str]| -> Vec<(String, String)> {
            plain
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .chain(days.iter().flat_map(|name| on(name)))
                .collect()
        };
        let send = |key: &str, plain: &[(&str, &str)], days: &[&'static str]| {
            let owned = fields(plain, days);
            let borrowed: Vec<(&str, &str)> = owned.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            part(key, &borrowed)
        };
        let body = send(
            "doctor-1",
            &[("d1-name", "Dr A Example"), ("d1-s12", "yes"), ("d1-answer", "accepted")],
            &["d1-asked"],
        );
        assert!(body.contains("Accepted, no appointment yet") && body.contains("Dr A Example"), "{body}");
        let body = send(
            "doctor-1",
            &[("d1-name", "Dr A Example"), ("d1-s12", "yes"), ("d1-answer", "accepted")],
            &["d1-asked", "d1-seen"],
        );
        assert!(body.contains("Seen, report awaited"), "{body}");
        let body = send(
            "bed",
            &[("bed-needed", "yes"), ("bed-needed-words", "Low secure"), ("bed-where", "Invented Hospital")],
            &["bed-sought"],
        );
        assert!(body.contains("Low secure") && body.contains("Invented Hospital"), "{body}");
        let body = send("court", &[("adjourned", "adjourn.medical.custody")], &["adjourned-on"]);
        assert!(body.contains("Magistrates’ Courts Act 1980 s30") && body.contains("21 days"), "{body}");
        let body = send(
            "doctor-1",
            &[
                ("d1-name", "Dr A Example"),
                ("d1-s12", "yes"),
                ("d1-answer", "accepted"),
                ("d1-opinion", "Acute psychosis"),
                ("d1-route", "s35"),
            ],
            &["d1-asked", "d1-seen", "d1-received"],
        );
        assert!(
            body.contains("Report received") && body.contains("Remand to hospital for a report (section 35)"),
            "{body}"
        );
        let body = send("outcome", &[("outcome", "s35")], &["outcome-on"]);
        for words in [
            "The court decided",
            "Admission to hospital under section 35",
            "Mental Health Act 1983 s35(4)",
            "Who said so",
        ] {
            if words != "Who said so" {
                assert!(body.contains(words), "{words}: {body}");
            }
        }
        let path = format!("{case}/parts/close");
        refused(world, &m.nurse, &path, &[], "Say why it is closed");
        refused(world, &m.nurse, &path, &[("closed", "moved")], "Give the reason in words");
        let body = send("close", &[("closed", "done")], &[]);
        assert!(body.contains("govuk-tag--grey\">Closed<"), "{body}");
        assert!(page(world, &m.nurse, "/psychiatry?show=closed").contains("ZYXWVU"));
        assert!(!page(world, &m.nurse, "/psychiatry").contains("ZYXWVU"));
        taken(world, &m.nurse, &format!("{case}/open-again"), &[]);
        assert!(page(world, &m.nurse, "/psychiatry").contains("ZYXWVU"));
        // The history keeps the close, and who did it.
        let body = page(world, &m.nurse, &case);
        assert!(body.contains("taken back") && body.contains("Nurse Example"), "{body}");
        assert_eq!(world.get(&m.stranger, &case).status, StatusCode::NOT_FOUND);
        assert!(!page(world, &m.stranger, "/psychiatry").contains("ZYXWVU"));
    });
}

#[test]
fn what_has_happened_never_lies_ahead_and_nobody_is_called_unfit() {
    both(|world| {
        let m = morning(world);
        let case = asked(world, &m);
        let path = format!("{case}/parts/doctor-1");
        let next = (clock::london_day(clock::now()).year() + 1).to_string();
        refused(
            world,
            &m.nurse,
            &path,
            &[("d1-seen-day", "1"), ("d1-seen-month", "1"), ("d1-seen-year", &next)],
            "this day has not come yet",
        );
        refused(world, &m.nurse, &path, &[("d1-time", "quarter past")], "enter a time like 14:00");
        refused(
            world,
            &m.nurse,
            &format!("/listings/{}/psychiatry", m.listing),
            &[("asked-by", "court")],
            "what the assessment is for",
        );
        for path in
            [format!("/listings/{}/triage", m.listing), format!("/listings/{}/psychiatry", m.listing), case]
        {
            let body = page(world, &m.nurse, &path).to_lowercase();
            assert!(!body.contains("unfit to plead") && !body.contains("risk score"), "{path}");
        }
        assert!(
            page(world, &m.nurse, &format!("/listings/{}/psychiatry", m.listing))
                .contains("effective participation")
        );
    });
}

#[test]
fn a_colleagues_answer_given_meanwhile_is_told_and_neither_lost_nor_overwritten() {
    both(|world| {
        let m = morning(world);
        let case = asked(world, &m);
        let colleague = world.someone("Colleague Example", Role::Practitioner, Some(m.project));
        let path = format!("{case}/parts/doctor-1");
        // Both open the form; the colleague is quicker.
        taken(
            world,
            &colleague,
            &path,
            &[("seen", "0"), ("d1-answer", "declined"), ("d1-declined", "capacity")],
        );
        let again = refused(
            world,
            &m.nurse,
            &path,
            &[("seen", "0"), ("d1-answer", "accepted"), ("d1-name", "Dr A Example")],
            "a colleague recorded “Declined”",
        );
        assert!(
            again.body.contains("Dr A Example") && again.body.contains("name=\"seen\" value=\"2\""),
            "{}",
            again.body
        );
        // A stale form that does not touch the question takes nothing back.
        taken(world, &m.nurse, &path, &[("seen", "0"), ("d1-name", "Dr A Example")]);
        let body = page(world, &m.nurse, &case);
        assert!(body.contains("No doctor free in time") && body.contains("Colleague Example"), "{body}");
        // Told and sent again, it counts; the other stays in the history.
        taken(
            world,
            &m.nurse,
            &path,
            &[
                ("seen", "3"),
                ("d1-answer", "accepted"),
                ("d1-name", "Dr A Example"),
                ("d1-declined", "capacity"),
            ],
        );
        let body = page(world, &m.nurse, &case);
        assert!(body.contains("Accepted, no appointment yet") && body.contains("Declined"), "{body}");
    });
}

fn day_fields(name: &str, day: jiff::civil::Date) -> Vec<(String, String)> {
    vec![
        (format!("{name}-day"), day.day().to_string()),
        (format!("{name}-month"), day.month().to_string()),
        (format!("{name}-year"), day.year().to_string()),
    ]
}

#[test]
fn held_only_for_a_report_stands_oldest_first_and_says_how_it_is_known() {
    both(|world| {
        let m = morning(world);
        let (first, second) = (asked(world, &m), asked(world, &m));
        // The list says in custody; nobody recorded why.
        let body = page(world, &m.nurse, "/psychiatry?show=remand");
        assert!(body.contains("Whether only for that, nobody has recorded"), "{body}");
        let today = clock::london_day(clock::now());
        let tell = |case: &str, days: i64| {
            let mut fields = day_fields("custody-since", today.checked_sub(days.days()).unwrap());
            fields.push(("custody-only".into(), "yes".into()));
            fields.push(("custody-only-words".into(), "District judge".into()));
            fields.push(("seen".into(), "0".into()));
            let borrowed: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            taken(world, &m.nurse, &format!("{case}/parts/court"), &borrowed);
        };
        tell(&first, 3);
        tell(&second, 20);
        let body = page(world, &m.nurse, "/psychiatry?show=remand");
        assert!(body.find(&second).unwrap() < body.find(&first).unwrap(), "{body}");
        assert!(body.contains("said by District judge; recorded by Nurse Example"), "{body}");
        // "No" takes somebody off, whatever the list says.
        taken(world, &m.nurse, &format!("{first}/parts/court"), &[("seen", "3"), ("custody-only", "no")]);
        assert!(!page(world, &m.nurse, "/psychiatry?show=remand").contains(&first));
    });
}

/// Puts the person on the register and says what they agree to about the mental health trust.
fn person(world: &World<'_>, m: &Morning) -> PersonId {
    taken(world, &m.nurse, &format!("/listings/{}/compare", m.listing), &[("decision", "new")]);
    world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])?.get("id")).unwrap()
}

fn agrees(world: &World<'_>, person: PersonId, decision: consent::Decision, limits: &str) {
    let permit: Permit<KeepConsent> = Permit::for_command_line(&world.test.db);
    permit
        .write_now(|w| {
            let who = w.reading(|r| alongside::people::find(r, person))?.unwrap();
            let about = consent::Subject::person(w, &who)?;
            consent::record(
                w,
                &about,
                &consent::NewDecision {
                    recipient: consent::Recipient::MentalHealthTrust,
                    name: String::new(),
                    purpose: None,
                    decision,
                    limits: limits.into(),
                    withdraws: None,
                    obtained: consent::Obtained::default(),
                    expires_on: None,
                    decided_at: clock::now(),
                },
            )
        })
        .unwrap();
}

fn trust(world: &World<'_>, project: ProjectId, name: &str) -> alongside::ids::PartnerId {
    let permit: Permit<ManageService> = Permit::for_command_line(&world.test.db);
    permit
        .write_now(|w| {
            add_partner(
                w,
                project,
                &NewPartner {
                    name: name.into(),
                    kind: "liaison-psychiatry".into(),
                    contact: "Ring 0000".into(),
                    reply_hours: Some(4),
                },
            )
        })
        .unwrap()
}

fn answers_for(world: &World<'_>, who: &Someone, partner: alongside::ids::PartnerId) {
    let permit: Permit<ManageService> = Permit::for_command_line(&world.test.db);
    permit.write_now(|w| link_account(w, partner, who.account, AnswersFor::ForIt)).unwrap();
}

/// An assessment sent to a service by consent: its address and the request's id.
fn sent(
    world: &World<'_>,
    m: &Morning,
    partner: alongside::ids::PartnerId,
    doctor: &str,
) -> (String, String) {
    let case = asked(world, m);
    let path = format!("{case}/send");
    let at = taken(
        world,
        &m.nurse,
        &path,
        &[
            ("partner", &partner.to_string()),
            ("doctor", doctor),
            ("part", "who"),
            ("part", "question"),
            ("more", "Best before noon"),
        ],
    );
    let request = at.rsplit("sent-").next().unwrap().to_owned();
    (case, request)
}

#[test]
fn nothing_is_sent_without_consent_and_what_is_sent_stands_in_the_ledger() {
    both(|world| {
        let m = morning(world);
        screened(world, &m, &[("voices", "yes"), ("voices-words", "A secret voice")], 0);
        let who = person(world, &m);
        let partner = trust(world, m.project, "North Trust").to_string();
        let case = asked(world, &m);
        let form = format!("{case}/send?partner={partner}&doctor=1");
        let send = [("partner", partner.as_str()), ("doctor", "1"), ("part", "who"), ("part", "question")];
        let body = page(world, &m.nurse, &form);
        assert!(
            body.contains("Don’t tell the mental health trust yet") && body.contains("Nothing was sent"),
            "{body}"
        );
        assert!(!body.contains("A secret voice"));
        // By force: the same card, and nothing left.
        let answer = world.post(&m.nurse, &format!("{case}/send"), &send);
        assert!(answer.body.contains("Don’t tell the mental health trust yet"), "{}", answer.body);
        assert_eq!((count(world, "partner_request"), count(world, "disclosure")), (0, 0));
        agrees(world, who, consent::Decision::Partial, "Not about the voices");
        let body = page(world, &m.nurse, &form);
        assert!(body.contains("Not about the voices") && body.contains("A secret voice"), "{body}");
        refused(world, &m.nurse, &format!("{case}/send"), &send, "keeps to what the person agreed to");
        let at = taken(world, &m.nurse, &format!("{case}/send"), &with(&send, &[("kept", "yes")]));
        assert!(at.starts_with(&format!("{case}#sent-")));
        assert_eq!((count(world, "partner_request"), count(world, "disclosure")), (1, 1));
        let row = world.test.db.read(|r| r.one(sql("SELECT q.packet, d.summary, d.recipient_name, d.limits FROM partner_request q JOIN disclosure d ON d.id = q.disclosure_id"), &[])).unwrap();
        let (packet, summary): (String, String) = (row.get("packet").unwrap(), row.get("summary").unwrap());
        assert!(packet.contains("QWERTIL") && packet.contains("Could she be treated on bail?"), "{packet}");
        assert!(!packet.contains("A secret voice"), "only what was ticked: {packet}");
        assert!(
            summary.contains("What is asked")
                && row.get::<String>("recipient_name").unwrap() == "North Trust"
        );
        assert_eq!(row.get::<String>("limits").unwrap(), "Not about the voices");
        // Taken back by the person: the next sending stops.
        agrees(world, who, consent::Decision::Withdrawn, "");
        let answer = world.post(&m.nurse, &format!("{case}/send"), &with(&send, &[("kept", "yes")]));
        assert!(answer.body.contains("They withdrew their consent"), "{}", answer.body);
        assert_eq!(count(world, "partner_request"), 1);
    });
}

#[test]
fn a_line_nobody_has_named_is_told_to_no_partner() {
    both(|world| {
        let m = morning(world);
        let partner = trust(world, m.project, "North Trust").to_string();
        let case = asked(world, &m);
        let body = page(world, &m.nurse, &format!("{case}/send?partner={partner}&doctor=1"));
        assert!(body.contains("Don’t send it yet") && body.contains("Say who this is"), "{body}");
        // Somebody else's partner service is no partner of this project.
        let other = world.project("Third", &[]);
        let theirs = trust(world, other, "South Trust").to_string();
        assert!(
            page(world, &m.nurse, &format!("{case}/send?partner={theirs}&doctor=1"))
                .contains("Which service?")
        );
    });
}

#[test]
fn a_partner_sees_requests_to_their_own_service_as_told_and_nothing_else() {
    both(|world| {
        let m = morning(world);
        screened(world, &m, &[("voices", "yes"), ("voices-words", "A secret voice")], 0);
        let who = person(world, &m);
        agrees(world, who, consent::Decision::Given, "");
        let (north, south) = (trust(world, m.project, "North Trust"), trust(world, m.project, "South Trust"));
        let other = world.project("Third", &[]);
        let doctor = world.someone("Doctor Example", Role::ClinicalPartner, Some(m.project));
        let rival = world.someone("Rival Example", Role::ClinicalPartner, Some(m.project));
        let idle = world.someone("Idle Example", Role::ClinicalPartner, Some(m.project));
        let elsewhere = world.someone("Elsewhere Example", Role::ClinicalPartner, Some(other));
        answers_for(world, &doctor, north);
        answers_for(world, &rival, south);
        // Linked to the service, but a clinical partner of another project only.
        answers_for(world, &elsewhere, north);
        let (case, request) = sent(world, &m, north, "1");
        let path = format!("/requests/{request}");
        let body = page(world, &doctor, &path);
        for words in ["QWERTIL", "Could she be treated on bail?", "Best before noon"] {
            assert!(body.contains(words), "{words}: {body}");
        }
        assert!(!body.contains("A secret voice") && !body.contains("Frightened by voices"), "{body}");
        assert!(page(world, &doctor, "/requests").contains("QWERTIL"));
        for nobody in [&rival, &idle, &elsewhere] {
            assert_eq!(world.get(nobody, &path).status, StatusCode::NOT_FOUND);
            assert_eq!(
                world.post(nobody, &format!("{path}/answer"), &[("d1-answer", "accepted")]).status,
                StatusCode::NOT_FOUND
            );
            assert!(!page(world, nobody, "/requests").contains("QWERTIL"));
        }
        for path in
            [case.clone(), format!("/people/{who}"), format!("/listings/{}", m.listing), "/psychiatry".into()]
        {
            let answer = world.get(&doctor, &path);
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!answer.body.contains("QWERTIL"), "{path}");
        }
        // Declining needs a coded reason; accepting comes to the court team as a fact with its author.
        refused(world, &doctor, &format!("{path}/answer"), &[], "Say whether you accept or decline");
        refused(
            world,
            &doctor,
            &format!("{path}/answer"),
            &[("d1-answer", "declined")],
            "Choose why you decline",
        );
        taken(
            world,
            &doctor,
            &format!("{path}/answer"),
            &[("d1-answer", "accepted"), ("d1-name", "Dr Doctor Example"), ("d1-s12", "yes")],
        );
        let body = page(world, &m.nurse, &case);
        assert!(
            body.contains("Doctor Example, North Trust") && body.contains("answered by the partner service"),
            "{body}"
        );
        // What the other service answers is not shown to this one, and what the team records neither.
        let (_, second) = {
            let at = taken(
                world,
                &m.nurse,
                &format!("{case}/send"),
                &[("partner", &south.to_string()), ("doctor", "2"), ("part", "who")],
            );
            (case.clone(), at.rsplit("sent-").next().unwrap().to_owned())
        };
        taken(
            world,
            &rival,
            &format!("/requests/{second}/report"),
            &[("d2-opinion", "No disorder found"), ("bed-where", "Rival ward")],
        );
        taken(
            world,
            &m.nurse,
            &format!("{case}/parts/route"),
            &[("seen", "0"), ("route-words", "Team only")],
        );
        let body = page(world, &doctor, &path);
        for words in ["No disorder found", "Rival ward", "Team only"] {
            assert!(!body.contains(words), "{words}: {body}");
        }
        // Taken back: nothing is left to see, and a late answer is not kept.
        taken(
            world,
            &m.nurse,
            &format!("{case}/sent/{request}/take-back"),
            &[(&format!("why-{request}"), "Sent to the wrong service")],
        );
        let facts = count(world, "psychiatric_fact");
        assert_eq!(world.get(&doctor, &path).status, StatusCode::NOT_FOUND);
        assert_eq!(
            world.post(&doctor, &format!("{path}/report"), &[("d1-opinion", "Late")]).status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(count(world, "psychiatric_fact"), facts);
    });
}

fn link_of(world: &World<'_>, m: &Morning, case: &str, request: &str, purpose: &str) -> String {
    let answer = world.post(
        &m.nurse,
        &format!("{case}/sent/{request}/link"),
        &[(&format!("purpose-{request}"), purpose), (&format!("hours-{request}"), "24")],
    );
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let at = answer.body.find("/answer/").unwrap();
    answer.body[at..at + 8 + 64].to_owned()
}

#[test]
fn a_one_time_link_opens_once_and_every_other_link_gives_one_and_the_same_answer() {
    both(|world| {
        let m = morning(world);
        let who = person(world, &m);
        agrees(world, who, consent::Decision::Given, "");
        let north = trust(world, m.project, "North Trust");
        let (case, request) = sent(world, &m, north, "1");
        let link = link_of(world, &m, &case, &request, "answer");
        let stored = world.test.db.read(|r| r.one(sql("SELECT token_hash FROM answer_link"), &[])).unwrap();
        assert!(!link.contains(&stored.get::<String>("token_hash").unwrap()), "only the hash is kept");
        assert!(!page(world, &m.nurse, &case).contains(&link), "the link is shown once");
        // The door shows nothing, whatever the address: a mail program that looks opens nothing.
        let wrong = format!("/answer/{}", "0".repeat(64));
        let door = |path: &str| {
            world.send("GET", path, None, &[]).body.replace(path.trim_start_matches("/answer/"), "")
        };
        assert_eq!(door(&link), door(&wrong));
        let post = |path: &str, fields: &[(&str, &str)]| world.send("POST", path, None, fields);
        let opened = post(&link, &[("step", "open")]);
        assert_eq!(opened.status, StatusCode::OK);
        assert!(
            opened.body.contains("QWERTIL") && opened.body.contains("Could she be treated on bail?"),
            "{}",
            opened.body
        );
        let answer = [
            ("step", "answer"),
            ("your-name", "Dr B Example"),
            ("your-role", "Consultant"),
            ("d1-answer", "declined"),
            ("d1-declined", "area"),
        ];
        let again = post(&link, &[("step", "answer"), ("d1-answer", "declined")]);
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            again.body.contains("Enter your name") && again.body.contains("Choose why you decline"),
            "{}",
            again.body
        );
        let thanks = post(&link, &answer);
        assert_eq!(thanks.status, StatusCode::OK, "{}", thanks.body);
        assert!(!thanks.body.contains("QWERTIL"));
        let body = page(world, &m.nurse, &case);
        assert!(
            body.contains("Dr B Example, Consultant, North Trust (by one-time link)")
                && body.contains("Lives outside our area"),
            "{body}"
        );
        // Used, revoked, replaced, expired, of a request taken back, never made: one answer.
        let used = post(&link, &answer);
        let revoked = link_of(world, &m, &case, &request, "report");
        let id: uuid::Uuid = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM answer_link WHERE used_at IS NULL"), &[])?.get("id"))
            .unwrap();
        taken(world, &m.nurse, &format!("{case}/sent/{request}/revoke?link={id}"), &[]);
        let replaced = link_of(world, &m, &case, &request, "report");
        let expired = link_of(world, &m, &case, &request, "report");
        let long_ago = clock::now().checked_sub(SignedDuration::from_hours(1)).unwrap();
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    sql(
                        "UPDATE answer_link SET expires_at = $1 WHERE used_at IS NULL AND revoked_at IS NULL",
                    ),
                    &[&long_ago],
                )
            })
            .unwrap();
        let back = link_of(world, &m, &case, &request, "answer");
        taken(
            world,
            &m.nurse,
            &format!("{case}/sent/{request}/take-back"),
            &[(&format!("why-{request}"), "No longer needed")],
        );
        assert_eq!(used.status, StatusCode::NOT_FOUND);
        for path in [&revoked, &replaced, &expired, &back, &wrong, &"/answer/x".to_owned()] {
            for step in ["open", "answer"] {
                let said = post(
                    path,
                    &with(&answer, &[])[1..].iter().copied().chain([("step", step)]).collect::<Vec<_>>(),
                );
                assert_eq!((said.status, &said.body), (used.status, &used.body), "{path} {step}");
            }
        }
        // Nothing of it names anybody in the audit.
        let rows = world
            .test
            .db
            .read(|r| r.query(sql("SELECT actor_words, action, subject_id, detail FROM audit_event"), &[]))
            .unwrap();
        for row in rows {
            let text = format!(
                "{}{}{}",
                row.get::<String>("action").unwrap(),
                row.get::<String>("subject_id").unwrap(),
                row.get::<String>("detail").unwrap()
            );
            assert!(!text.contains("QWERTIL") && !text.contains("ZYXWVU"), "{text}");
        }
    });
}

#[test]
fn many_wrong_links_close_all_for_ten_minutes_and_fill_neither_audit_nor_disk() {
    both(|world| {
        let m = morning(world);
        let who = person(world, &m);
        agrees(world, who, consent::Decision::Given, "");
        let north = trust(world, m.project, "North Trust");
        let (case, request) = sent(world, &m, north, "1");
        let link = link_of(world, &m, &case, &request, "answer");
        let events = || -> i64 {
            world
                .test
                .db
                .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM audit_event"), &[])?.get("n"))
                .unwrap()
        };
        let before = events();
        // Ten minutes may turn while these are sent: the count is made whole in this window first.
        for _ in 0..5 {
            assert_eq!(
                world.send("POST", &format!("/answer/{}", "a".repeat(64)), None, &[]).status,
                StatusCode::NOT_FOUND
            );
        }
        world
            .test
            .db
            .write(|w| w.execute(sql("UPDATE answer_tries SET failed = $1"), &[&(MOST_FAILED - 1)]))
            .unwrap();
        for _ in 0..5 {
            world.send("POST", &format!("/answer/{}", "b".repeat(64)), None, &[]);
        }
        assert_eq!(world.send("POST", &link, None, &[("step", "open")]).status, StatusCode::NOT_FOUND);
        assert!(events() - before <= 4, "{}", events() - before);
        world.test.db.write(|w| w.execute(sql("UPDATE answer_tries SET failed = 0"), &[])).unwrap();
        assert_eq!(world.send("POST", &link, None, &[("step", "open")]).status, StatusCode::OK);
    });
}

#[test]
fn a_link_worker_opens_the_person_and_sees_no_triage() {
    both(|world| {
        let m = morning(world);
        let who = person(world, &m);
        asked(world, &m);
        let worker = world.someone("Worker Example", Role::LinkWorker, Some(m.project));
        assert!(page(world, &m.nurse, &format!("/people/{who}")).contains("Psychiatric assessment asked on"));
        let body = page(world, &worker, &format!("/people/{who}"));
        assert!(!body.contains("sychiatric"), "{body}");
        // A clinician elsewhere who is a link worker here stays a link worker here.
        let third = world.project("Third", &[]);
        world.also(&worker, Role::Practitioner, Some(third));
        let body = page(world, &worker, &format!("/people/{who}"));
        assert!(!body.contains("Psychiatric assessment asked on"), "{body}");
    });
}

#[test]
fn managers_and_administrators_keep_partner_services_of_their_projects() {
    both(|world| {
        let m = morning(world);
        let manager = world.someone("Manager Example", Role::Manager, Some(m.project));
        let doctor = world.someone("Doctor Example", Role::ClinicalPartner, Some(m.project));
        let project = m.project.to_string();
        let whole = [
            ("name", "North Trust"),
            ("kind", "liaison-psychiatry"),
            ("contact", "Ring 0000"),
            ("reply-hours", "4"),
            ("project", project.as_str()),
        ];
        refused(world, &manager, "/partner-services", &whole[1..], "Enter the service’s name");
        let other: String = world.project("Third", &[]).to_string();
        let not_mine: Vec<(&str, &str)> =
            whole[..4].iter().copied().chain([("project", other.as_str())]).collect();
        refused(world, &manager, "/partner-services", &not_mine, "Choose the project");
        let at = taken(world, &manager, "/partner-services", &whole);
        taken(
            world,
            &manager,
            &format!("{at}/accounts"),
            &[("account", &doctor.account.to_string()), ("answers", "yes")],
        );
        assert!(page(world, &manager, &at).contains("Answers for it"));
        assert_eq!(
            world
                .post(
                    &manager,
                    &format!("{at}/accounts"),
                    &[("account", &m.nurse.account.to_string()), ("answers", "yes")]
                )
                .status,
            StatusCode::NOT_FOUND
        );
        taken(world, &manager, &at, &with(&whole, &[("version", "1"), ("contact", "x")]));
        let stale = world.post(&manager, &at, &with(&whole, &[("version", "1")]));
        assert_eq!(stale.status, StatusCode::CONFLICT);
        // A manager of another project neither sees nor ends it.
        let stranger = world.someone("Other Manager", Role::Manager, Some(other.parse().unwrap()));
        assert_eq!(world.get(&stranger, &at).status, StatusCode::NOT_FOUND);
        assert_eq!(world.post(&stranger, &format!("{at}/end"), &[]).status, StatusCode::NOT_FOUND);
        taken(world, &manager, &format!("{at}/end"), &[]);
        assert!(page(world, &manager, "/partner-services").contains("Ended"));
    });
}
