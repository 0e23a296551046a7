//! What happened in court: the court's messages and colleagues' words side by side, never one over the other; one person across
//! courts and cases; the figures with their working. On both databases, through the pages.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::ViewHearings;
use alongside::access::{Permit, Role};
use alongside::clock;
use alongside::exchange::Outcome;
use alongside::hearings::{
    Differs, Ended, KnownFrom, PutOff, next_hearing, requirements_made, results_since,
};
use alongside::ids::{ListingId, PersonId, ProjectId};
use alongside::morning::about_person;
use alongside::people;
use axum::http::StatusCode;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use store::sql;
use world::{Answer, Someone, World, both};

/// One person's hearing as the courts' system sends it.
#[derive(Debug, Clone)]
struct Message {
    hearing: u32,
    court: &'static str,
    days: Vec<Date>,
    urn: &'static str,
    bail: &'static str,
    results: String,
    shared: String,
    defendant: u32,
}

fn message(hearing: u32, day: Date) -> Message {
    Message {
        hearing,
        court: "B01ND",
        days: vec![day],
        urn: "01ZZ0000126",
        bail: "C",
        results: String::new(),
        shared: format!("{day}T06:00:00Z"),
        defendant: 1,
    }
}

impl Message {
    fn resulted(mut self, results: &str) -> Self {
        self.results = results.to_owned();
        self.shared = format!("{}T15:00:00Z", self.days.last().unwrap());
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let days: Vec<String> = self
            .days
            .iter()
            .map(|day| format!(r#"{{"sittingDay": "{day}T10:00:00Z", "listedDurationMinutes": 20}}"#))
            .collect();
        format!(
            r#"{{"hearing": {{"id": "00000000-0000-4000-8000-{:012}", "jurisdictionType": "MAGISTRATES", "type": {{"description": "First hearing"}},
            "courtCentre": {{"id": "x", "code": "{}00", "name": "Invented Court", "roomName": "Courtroom 02"}}, "hearingDays": [{}],
            "prosecutionCases": [{{"id": "case-{}", "prosecutionCaseIdentifier": {{"caseURN": "{}"}}, "initiationCode": "C",
            "defendants": [{{"id": "defendant-{}", "masterDefendantId": "master-{}", "personDefendant": {{"bailStatus": {{"code": "{}"}},
            "personDetails": {{"firstName": "QWERTIL", "lastName": "ZYXWVU", "dateOfBirth": "1990-02-01", "gender": "MALE"}}}},
            "offences": [{{"id": "offence-1", "offenceCode": "TH68010", "offenceTitle": "Theft from a shop", "wording": "Stole from PLMOKN", "judicialResults": [{}]}}]}}]}}]}},
            "sharedTime": "{}"}}"#,
            self.hearing,
            self.court,
            days.join(", "),
            self.urn,
            self.urn,
            self.defendant,
            self.defendant,
            self.bail,
            self.results,
            self.shared,
        )
        .into_bytes()
    }
}

fn result(code: &str, label: &str, ordered: Date, more: &str) -> String {
    format!(
        r#"{{"judicialResultId": "r-{code}", "cjsCode": "{code}", "label": "{label}", "orderedDate": "{ordered}"{more}}}"#
    )
}

fn next(day: Date, why: &str) -> String {
    format!(
        r#", "isAdjournmentResult": true, "nextHearing": {{"listedStartDateTime": "{day}T10:00:00Z", "adjournmentReason": "{why}", "courtCentre": {{"code": "B01ND00"}}}}"#
    )
}

struct Court {
    project: ProjectId,
    nurse: Someone,
    link_worker: Someone,
    stranger: Someone,
}

fn court(world: &World<'_>) -> Court {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    Court {
        project,
        nurse: world.someone("Nurse Example", Role::Practitioner, Some(project)),
        link_worker: world.someone("Link Example", Role::LinkWorker, Some(project)),
        stranger: world.someone("Stranger Example", Role::Practitioner, Some(other)),
    }
}

fn takes(world: &World<'_>, name: &str, message: &Message) {
    let reading = world.import(name, &message.bytes());
    assert_eq!(reading.outcome, Outcome::Taken, "{reading:?}");
}

fn listing_of(world: &World<'_>, day: Date) -> ListingId {
    let row =
        world.test.db.read(|r| r.one(sql("SELECT id FROM listing WHERE list_date = $1"), &[&day])).unwrap();
    row.get("id").unwrap()
}

/// Puts whoever stands on the line of that day on the register.
fn registered(world: &World<'_>, c: &Court, day: Date) -> PersonId {
    let listing = listing_of(world, day);
    taken(world, &c.nurse, &format!("/listings/{listing}/compare"), &[("decision", "new")]);
    let row = world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])).unwrap();
    row.get("id").unwrap()
}

/// Says that the line of that day is the person.
fn linked(world: &World<'_>, c: &Court, day: Date, person: PersonId) {
    let listing = listing_of(world, day);
    let same = format!("same {person}");
    taken(world, &c.nurse, &format!("/listings/{listing}/compare"), &[("decision", &same)]);
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

fn count(world: &World<'_>, voice: &str) -> i64 {
    let row = world
        .test
        .db
        .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM hearing_version WHERE voice = $1"), &[&voice]))
        .unwrap();
    row.get("n").unwrap()
}

/// The value of a hidden field.
fn hidden(body: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let from = body.find(&start).map(|at| at + start.len());
    from.map_or(String::new(), |from| body[from..].split('"').next().unwrap().to_owned())
}

/// Sends the form of a page with these answers, as a browser does: what stands hidden in it goes along.
fn records(world: &World<'_>, who: &Someone, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = page(world, who, path);
    let hidden: Vec<(&str, String)> = ["draft", "draft-version", "seen", "court-said"]
        .into_iter()
        .map(|name| (name, hidden(&body, name)))
        .filter(|(name, value)| !value.is_empty() || name == &"seen")
        .collect();
    let mut all: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend(fields);
    world.post(who, path, &all)
}

fn recorded(world: &World<'_>, who: &Someone, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = records(world, who, path, fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {path}: {}", world.test.engine, answer.body);
    answer.location().to_owned()
}

fn on(day: Date) -> [String; 3] {
    [day.day().to_string(), day.month().to_string(), day.year().to_string()]
}

const MONDAY: Date = date(2023, 3, 2);

/// An adjournment as a nurse types it: in custody, for a psychiatric report, back on a day.
fn adjourned(day: &[String; 3]) -> Vec<(&str, &str)> {
    vec![
        ("attended", "in-person"),
        ("before", "custody"),
        ("ended", "adjourned"),
        ("after", "custody"),
        ("put-off", "psychiatric"),
        ("comes-how", "day"),
        ("comes-on-day", &day[0]),
        ("comes-on-month", &day[1]),
        ("comes-on-year", &day[2]),
        ("result-adjourned", "4540"),
    ]
}

#[test]
fn the_court_s_results_fill_the_day_and_what_it_said_before_is_kept() {
    both(|world| {
        let c = court(world);
        takes(world, "listed.json", &message(1, MONDAY));
        let line = format!("/listings/{}", listing_of(world, MONDAY));
        assert!(page(world, &c.nurse, &line).contains("No result is recorded."));
        let results = result("4540", "Remand", MONDAY, &next(date(2023, 3, 23), "Psychiatric report"));
        takes(world, "resulted.json", &message(1, MONDAY).resulted(&results));
        let body = page(world, &c.nurse, &line);
        for words in [
            "Adjourned to 23 March 2023, 10:00 (21 days), for: Psychiatric or medical report",
            "(4540)",
            "Before: in custody; after: in custody",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        let board = page(world, &c.nurse, &format!("/courts/B01ND/{MONDAY}"));
        assert!(board.contains("Adjourned to 23 March 2023"), "{board}");
        assert_eq!((count(world, "court"), count(world, "ours")), (2, 0));
        // Names of victims stand in wordings of charges: they are not copied.
        let kept = world.test.db.read(|r| r.query(sql("SELECT said FROM hearing_version"), &[])).unwrap();
        assert!(kept.iter().all(|row| !row.get::<String>("said").unwrap().contains("PLMOKN")));
    });
}

#[test]
fn the_same_message_again_and_an_older_one_say_nothing_new() {
    both(|world| {
        court(world);
        let results = result("4028", "Remand", MONDAY, "");
        let resulted = message(1, MONDAY).resulted(&results);
        takes(world, "resulted.json", &resulted);
        assert_eq!(world.import("again.json", &resulted.bytes()).outcome, Outcome::Already);
        // Shared anew with the same content, and an older one that comes late.
        let mut anew = resulted.clone();
        anew.shared = format!("{MONDAY}T17:00:00Z");
        takes(world, "anew.json", &anew);
        takes(world, "late.json", &message(1, MONDAY));
        assert_eq!(count(world, "court"), 1);
    });
}

#[test]
fn a_later_message_without_results_takes_no_result_back() {
    both(|world| {
        let c = court(world);
        let results = result("4028", "Remand", MONDAY, &next(date(2023, 3, 9), "For trial"));
        takes(world, "resulted.json", &message(1, MONDAY).resulted(&results));
        let mut updated = message(1, MONDAY);
        updated.shared = format!("{MONDAY}T18:00:00Z");
        takes(world, "updated.json", &updated);
        let person = registered(world, &c, MONDAY);
        let body = page(world, &c.nurse, &format!("/people/{person}/hearings"));
        assert!(
            body.contains("Adjourned to 9 March 2023") && body.contains("Legal: advice, plea, trial"),
            "{body}"
        );
    });
}

#[test]
fn a_colleague_s_word_is_never_overwritten_and_the_difference_is_shown_until_settled() {
    both(|world| {
        let c = court(world);
        takes(world, "listed.json", &message(1, MONDAY));
        let person = registered(world, &c, MONDAY);
        let line = format!("/listings/{}/hearing", listing_of(world, MONDAY));
        let day = on(date(2023, 3, 23));
        let hearing = recorded(world, &c.nurse, &line, &adjourned(&day));
        let all = format!("/people/{person}/hearings");
        assert!(!page(world, &c.nurse, &all).contains("differ"));
        // The court has another date, and bail.
        let results = result("4027", "Remand", MONDAY, &next(date(2023, 3, 30), "Fast delivery report"));
        takes(world, "resulted.json", &message(1, MONDAY).resulted(&results));
        let body = page(world, &c.nurse, &all);
        assert!(body.contains("What the court sent and what a colleague recorded differ"), "{body}");
        assert!(body.contains("1 adjournment, 21 days in all"), "the colleague's word counts: {body}");
        let body = page(world, &c.nurse, &hearing);
        for words in [
            "Where they differ",
            "Comes back",
            "30 March 2023",
            "23 March 2023",
            "In custody",
            "Conditional bail",
            "Remand On Conditional Bail (4027)",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        let settle = format!("{hearing}/settle");
        let said = hidden(&body, "court-said");
        refused(world, &c.nurse, &settle, &[("court-said", &said)], "Choose what is right");
        refused(world, &c.nurse, &settle, &[("court-said", &said), ("take", "ours")], "Give the reason why");
        refused(world, &c.nurse, &settle, &[("take", "court")], "The court sent something new");
        taken(
            world,
            &c.nurse,
            &settle,
            &[("court-said", &said), ("take", "ours"), ("reason", "Heard it in court")],
        );
        let body = page(world, &c.nurse, &hearing);
        assert!(
            body.contains("The difference was looked at") && body.contains("Heard it in court"),
            "{body}"
        );
        assert!(!page(world, &c.nurse, &all).contains("differ."));
        // The court speaks again: that opens it anew.
        let results = result("4027", "Remand", MONDAY, &next(date(2023, 4, 6), "Fast delivery report"));
        let mut amended = message(1, MONDAY).resulted(&results);
        amended.shared = format!("{MONDAY}T16:00:00Z");
        takes(world, "amended.json", &amended);
        let body = page(world, &c.nurse, &hearing);
        assert!(body.contains("Where they differ"), "{body}");
        let said = hidden(&body, "court-said");
        taken(world, &c.nurse, &settle, &[("court-said", &said), ("take", "court")]);
        let body = page(world, &c.nurse, &all);
        assert!(body.contains("1 adjournment, 35 days in all") && !body.contains("differ."), "{body}");
        let body = page(world, &c.nurse, &hearing);
        assert!(
            body.contains("Took what the court says") && body.contains("23 March 2023"),
            "history stays: {body}"
        );
        assert_eq!((count(world, "ours"), count(world, "court")), (3, 3));
        // Sent twice, it is settled once.
        taken(world, &c.nurse, &settle, &[("court-said", &said), ("take", "court")]);
        assert_eq!(count(world, "ours"), 3);
    });
}

#[test]
fn one_person_s_cases_in_two_courts_make_one_timeline_with_figures_and_their_working() {
    both(|world| {
        let c = court(world);
        // Held from 2 to 16 March for a report, sent to the Crown Court, sentenced there on 27 April.
        let results = result("4540", "Remand", MONDAY, &next(date(2023, 3, 16), "Psychiatric report"));
        takes(world, "one.json", &message(1, MONDAY).resulted(&results));
        let person = registered(world, &c, MONDAY);
        let second = date(2023, 3, 16);
        let results = result("4560", "Sent", second, "");
        takes(world, "two.json", &message(2, second).resulted(&results));
        linked(world, &c, second, person);
        let new = format!("/people/{person}/hearings/new");
        let day = on(date(2023, 4, 27));
        let crown = [
            ("court", "other"),
            ("court-name", "Snaresbrook Crown Court"),
            ("on-day", &day[0]),
            ("on-month", &day[1]),
            ("on-year", &day[2]),
            ("at", "10.30"),
            ("case", "01zz0000126"),
            ("before", "custody"),
            ("ended", "disposed"),
            ("after", "not-remanded"),
            ("result-community", "1116"),
            ("result-requirement", "3108"),
            ("result-requirement", "3272"),
            ("terms", "MHTR 12 months; 20 days"),
        ];
        recorded(world, &c.nurse, &new, &crown);
        // Another case, on bail, at the other court of the service.
        let mut other = message(3, date(2023, 3, 9)).resulted(&result(
            "4047",
            "Bail",
            date(2023, 3, 9),
            &next(date(2023, 3, 23), "Legal advice"),
        ));
        (other.urn, other.bail) = ("01ZZ0000226", "U");
        takes(world, "three.json", &other);
        linked(world, &c, date(2023, 3, 9), person);

        let body = page(world, &c.nurse, &format!("/people/{person}/hearings"));
        for words in [
            "56 days, of which 14 days awaiting a report",
            "2 adjournments, 28 days in all",
            "For a report: 1, 14 days",
            "01ZZ0000126: 56 days (2 March 2023 to 27 April 2023); to the Crown Court on 16 March 2023",
            "so far, from 9 March 2023; it goes on",
            "How remand days were worked out",
            "2 March 2023 to 16 March 2023, next hearing",
            "Mental Health Treatment Requirement (3108)",
            "Opens: A treatment requirement to follow",
            "MHTR 12 months; 20 days",
            "Snaresbrook",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        let body = page(world, &c.nurse, &format!("/people/{person}"));
        assert!(
            body.contains("56 remand days, of which 14 awaiting a report; 2 adjournments, 1 for a report."),
            "{body}"
        );
    });
}

#[test]
fn a_hearing_of_three_days_is_one_and_is_decided_on_its_last() {
    both(|world| {
        let c = court(world);
        takes(world, "listed.json", &message(1, date(2023, 3, 9)));
        let person = registered(world, &c, date(2023, 3, 9));
        let mut trial = message(1, date(2023, 3, 9));
        trial.days = vec![date(2023, 3, 9), date(2023, 3, 10), date(2023, 3, 11)];
        let results =
            result("4028", "Remand", date(2023, 3, 11), &next(date(2023, 4, 1), "Pre-sentence report"));
        takes(world, "trial.json", &trial.resulted(&results));
        linked(world, &c, date(2023, 3, 10), person);
        linked(world, &c, date(2023, 3, 11), person);
        let body = page(world, &c.nurse, &format!("/people/{person}/hearings"));
        assert!(body.contains("1 adjournment, 21 days in all"), "{body}");
        assert!(body.contains("11 March 2023 to "), "{body}");
    });
}

#[test]
fn what_was_typed_about_a_person_joins_the_line_of_the_same_day() {
    both(|world| {
        let c = court(world);
        takes(world, "listed.json", &message(1, MONDAY));
        let person = registered(world, &c, MONDAY);
        let day = on(MONDAY);
        let later = on(date(2023, 3, 23));
        let mut typed = adjourned(&later);
        typed.extend([("court", "B01ND"), ("on-day", &day[0]), ("on-month", &day[1]), ("on-year", &day[2])]);
        let new = format!("/people/{person}/hearings/new");
        let first = recorded(world, &c.nurse, &new, &typed);
        assert_eq!(
            world
                .test
                .db
                .read(|r| r.one(sql("SELECT COUNT(*) AS n FROM hearing"), &[]))
                .unwrap()
                .get::<i64>("n")
                .unwrap(),
            1
        );
        assert!(
            page(world, &c.nurse, &format!("/listings/{}", listing_of(world, MONDAY)))
                .contains("Correct what we recorded")
        );
        // A list in another dialect with the same reference tells of the same day.
        let list = format!(
            "court code,date,surname,forename,date of birth,list number,case number\nB01ND,{MONDAY},ZYXWVU,QWERTIL,01/02/1990,1,01ZZ0000126\n"
        );
        world.import("list.csv", list.as_bytes());
        let row =
            world.test.db.read(|r| r.one(sql("SELECT id FROM listing WHERE origin = 'list'"), &[])).unwrap();
        let line: ListingId = row.get("id").unwrap();
        taken(
            world,
            &c.nurse,
            &format!("/listings/{line}/compare"),
            &[("decision", &format!("same {person}"))],
        );
        let body = page(world, &c.nurse, &format!("/people/{person}/hearings"));
        assert_eq!(body.matches("Open this hearing").count(), 1, "{body}");
        assert!(page(world, &c.nurse, &first).contains("Psychiatric or medical report"));
    });
}

#[test]
fn what_cannot_be_is_refused_with_words_and_nothing_typed_is_lost() {
    both(|world| {
        let c = court(world);
        takes(world, "listed.json", &message(1, MONDAY));
        let line = format!("/listings/{}/hearing", listing_of(world, MONDAY));
        let early = on(date(2023, 2, 2));
        let mut fields = adjourned(&early);
        fields.push(("words", "The bench was brief"));
        let answer = refused(world, &c.nurse, &line, &fields, "This day lies before the hearing");
        assert!(answer.body.contains("The bench was brief"));
        let day = on(date(2023, 3, 23));
        let with = |more: &[(&'static str, &'static str)]| {
            let mut fields = adjourned(&day);
            fields.retain(|(name, _)| !more.iter().any(|(new, _)| new == name));
            fields.extend(more);
            fields
        };
        refused(world, &c.nurse, &line, &with(&[("comes-how", "to-be-fixed")]), "take one of them away");
        refused(
            world,
            &c.nurse,
            &line,
            &with(&[("comes-on-day", "31"), ("comes-on-month", "2")]),
            "day, month and year",
        );
        refused(world, &c.nurse, &line, &with(&[("put-off", "other")]), "Say in words");
        refused(world, &c.nurse, &line, &with(&[("ended", "disposed")]), "it can’t have ended");
        refused(world, &c.nurse, &line, &with(&[("result-requirement", "3102")]), "could not give this");
        refused(world, &c.nurse, &line, &[("case", "x")], "Nothing is answered yet");
        assert_eq!(count(world, "ours"), 0);
        // To be fixed, and not known, are answers.
        let fields = [
            ("ended", "adjourned"),
            ("put-off", "not-known"),
            ("comes-how", "to-be-fixed"),
            ("after", "not-known"),
        ];
        let hearing = recorded(world, &c.nurse, &line, &fields);
        assert!(page(world, &c.nurse, &hearing).contains("date to be fixed"));
    });
}

#[test]
fn a_hearing_sent_twice_is_recorded_once_and_a_colleague_s_is_not_overwritten_unseen() {
    both(|world| {
        let c = court(world);
        takes(world, "listed.json", &message(1, MONDAY));
        let line = format!("/listings/{}/hearing", listing_of(world, MONDAY));
        let colleague = world.someone("Colleague Example", Role::Manager, Some(c.project));
        let day = on(date(2023, 3, 23));
        let (form, fields) = (page(world, &c.nurse, &line), adjourned(&day));
        let (draft, seen) = (hidden(&form, "draft"), hidden(&form, "seen"));
        let mut sent = fields.clone();
        sent.extend([("draft", draft.as_str()), ("seen", seen.as_str())]);
        let one = taken(world, &c.nurse, &line, &sent);
        assert_eq!(count(world, "ours"), 1);
        // The same form again, since its answer got lost: it leads where the first one led.
        assert_eq!(taken(world, &c.nurse, &line, &sent), one);
        assert_eq!(count(world, "ours"), 1);
        // A colleague who had the form open.
        let mut theirs = fields.clone();
        theirs.extend([("seen", ""), ("why", "I was there")]);
        let answer = refused(world, &colleague, &line, &theirs, "Nurse Example recorded this hearing since");
        let mut anew = fields.clone();
        let seen = hidden(&answer.body, "seen");
        anew.extend([("seen", seen.as_str()), ("why", "I was there")]);
        taken(world, &colleague, &line, &anew);
        let body = page(world, &c.nurse, &one);
        assert!(
            body.contains("I was there")
                && body.contains("Colleague Example")
                && body.contains("Nurse Example"),
            "{body}"
        );
        // A change needs a reason.
        let seen = hidden(&page(world, &c.nurse, &line), "seen");
        let mut bare = fields.clone();
        bare.push(("seen", seen.as_str()));
        refused(world, &c.nurse, &line, &bare, "Say why it is changed");
    });
}

#[test]
fn a_link_worker_reads_the_hearings_of_their_people_and_nobody_of_another_project_does() {
    both(|world| {
        let c = court(world);
        let results = result("4540", "Remand", MONDAY, &next(date(2023, 3, 23), "Psychiatric report"));
        takes(world, "resulted.json", &message(1, MONDAY).resulted(&results));
        let row = world.test.db.read(|r| r.one(sql("SELECT id FROM hearing"), &[])).unwrap();
        let hearing = format!("/hearings/{}", row.get::<alongside::ids::HearingId>("id").unwrap());
        // Nobody has said yet who it is: lines are for those who work at the court.
        assert_eq!(world.get(&c.link_worker, &hearing).status, StatusCode::NOT_FOUND);
        page(world, &c.nurse, &hearing);
        let person = registered(world, &c, MONDAY);
        let all = format!("/people/{person}/hearings");
        for path in [&hearing, &all] {
            let body = page(world, &c.link_worker, path);
            assert!(!body.contains("/record\"") && !body.contains("/hearings/new"), "{body}");
            let answer = world.get(&c.stranger, path);
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            assert!(!answer.body.contains("ZYXWVU"));
        }
        assert_eq!(world.get(&c.link_worker, &format!("{hearing}/record")).status, StatusCode::NOT_FOUND);
        // Every look is in the audit.
        let seen = world
            .test
            .db
            .read(|r| {
                r.one(sql("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'hearings opened'"), &[])
            })
            .unwrap();
        assert_eq!(seen.get::<i64>("n").unwrap(), 1);
    });
}

#[test]
fn a_line_taken_off_the_list_before_anything_happened_does_not_count() {
    both(|world| {
        let c = court(world);
        takes(world, "listed.json", &message(1, MONDAY));
        let person = registered(world, &c, MONDAY);
        // The hearing moves to another day.
        let mut moved = message(1, date(2023, 3, 4));
        moved.shared = format!("{MONDAY}T07:00:00Z");
        takes(world, "moved.json", &moved);
        linked(world, &c, date(2023, 3, 4), person);
        let body = page(world, &c.nurse, &format!("/people/{person}/hearings"));
        assert!(body.contains("Taken off the list before anything happened"), "{body}");
        assert!(body.contains("so far, from 4 March 2023"), "{body}");
    });
}

#[test]
fn a_mental_health_act_order_shows_what_the_law_says_of_it_and_its_clocks() {
    both(|world| {
        let c = court(world);
        takes(
            world,
            "resulted.json",
            &message(1, MONDAY).resulted(&result("1008", "Hospital order", MONDAY, "")),
        );
        let person = registered(world, &c, MONDAY);
        let body = page(world, &c.nurse, &format!("/people/{person}/hearings"));
        assert!(body.contains("Hospital Order (1008)") && body.contains("made 2 March 2023"), "{body}");
        let row = world.test.db.read(|r| r.one(sql("SELECT id FROM hearing"), &[])).unwrap();
        let body = page(
            world,
            &c.nurse,
            &format!("/hearings/{}", row.get::<alongside::ids::HearingId>("id").unwrap()),
        );
        for words in
            ["What the law says of: ", "28 days", "Mental Health Act 1983", "The order itself says which"]
        {
            assert!(body.to_lowercase().contains(&words.to_lowercase()), "{words}: {body}");
        }
    });
}

#[test]
fn a_hearing_goes_with_its_line_when_the_link_is_taken_back() {
    both(|world| {
        let c = court(world);
        let results = result("4028", "Remand", MONDAY, "");
        takes(world, "resulted.json", &message(1, MONDAY).resulted(&results));
        let person = registered(world, &c, MONDAY);
        let all = format!("/people/{person}/hearings");
        assert!(page(world, &c.nurse, &all).contains("Open this hearing"));
        let permit: Permit<alongside::access::policy::Recognise> = Permit::for_command_line(&world.test.db);
        let listing = listing_of(world, MONDAY);
        let taken_back =
            sql("UPDATE link_decision SET undone_at = at, undone_by = 'test' WHERE listing_id = $1");
        permit
            .write_now(|w| {
                w.record(alongside::audit::Event::new("test", "listing", listing));
                w.execute(taken_back, &[&listing])
            })
            .unwrap();
        assert!(!page(world, &c.nurse, &all).contains("Open this hearing"));
        assert!(page(world, &c.nurse, &format!("/listings/{listing}")).contains("Adjourned"));
    });
}

#[test]
fn rooms_below_learn_what_is_next_and_what_was_decided() {
    both(|world| {
        let c = court(world);
        let today = clock::london_day(clock::now());
        let ahead = today.checked_add(20.days()).unwrap();
        let before = clock::now();
        let results = format!(
            "{}, {}",
            result("4540", "Remand", today, &next(ahead, "Psychiatric report")),
            result(
                "3108",
                "Treatment",
                today,
                r#", "judicialResultPrompts": [{"label": "Treatment period", "value": "12 months"}]"#
            )
        );
        takes(world, "resulted.json", &message(1, today).resulted(&results));
        let person = registered(world, &c, today);
        let permit: Permit<ViewHearings> = Permit::for_command_line(&world.test.db);
        let ask = |since: Timestamp| {
            permit
                .read_now(|r| {
                    let person = people::find(r, person)?.unwrap();
                    let about = about_person(r, &person)?;
                    Ok::<_, store::Error>((
                        next_hearing(r, &about, today)?,
                        results_since(r, &about, since)?,
                        requirements_made(r, &about)?,
                    ))
                })
                .unwrap()
        };
        let (next_one, results, ordered) = ask(before);
        let next_one = next_one.unwrap();
        let at = format!("{ahead}T10:00:00Z").parse().map(clock::time_words).unwrap();
        assert_eq!(
            (next_one.on, next_one.at.as_deref(), next_one.from),
            (ahead, Some(at.as_str()), KnownFrom::SaidAtLast)
        );
        assert_eq!(next_one.court_code, "B01ND");
        assert!(next_one.court.contains("Thames"), "{next_one:?}");
        assert_eq!(
            (results.len(), results[0].ended, results[0].put_off),
            (1, Ended::Adjourned, PutOff::Psychiatric)
        );
        assert_eq!(results[0].differs, Differs::No);
        let codes: Vec<_> = results[0].results.iter().filter_map(|r| r.code.as_deref()).collect();
        assert_eq!(codes, ["4540", "3108"]);
        assert_eq!(
            (ordered[0].code.as_str(), ordered[0].terms.as_deref()),
            ("3108", Some("Treatment period: 12 months"))
        );
        // Once the day is on a list, the list knows it.
        let listed = message(2, ahead);
        let mut listed = Message { shared: format!("{today}T16:00:00Z"), ..listed };
        listed.defendant = 1;
        takes(world, "listed.json", &listed);
        linked(world, &c, ahead, person);
        let (next_one, ..) = ask(before);
        assert_eq!(next_one.unwrap().from, KnownFrom::Listed);
        let (_, results, _) = ask(clock::now());
        assert!(results.is_empty());
    });
}

#[test]
fn codes_we_do_not_know_are_noted_in_the_report_and_refuse_nothing() {
    both(|world| {
        let c = court(world);
        let results = format!(
            "{}, {}, {}",
            result("9999", "Something new", MONDAY, r#", "category": "FINAL""#),
            result("3102", "Activity", MONDAY, ""),
            r#"{"cjsCode": 12, "label": [], "nextHearing": "soon", "judicialResultPrompts": "none"}"#
        );
        let reading = world.import("odd.json", &message(1, MONDAY).resulted(&results).bytes());
        assert_eq!(reading.outcome, Outcome::Taken);
        let notes: Vec<&str> = reading.notes.iter().map(|note| note.what.as_str()).collect();
        assert!(notes.iter().any(|note| note.contains("Result code 9999 is not in our table")), "{notes:?}");
        assert!(
            notes.iter().any(|note| note.contains("3102") && note.contains("could not be given")),
            "{notes:?}"
        );
        let body = page(world, &c.nurse, &format!("/listings/{}", listing_of(world, MONDAY)));
        assert!(body.contains("Something new (9999)"), "{body}");
    });
}

#[test]
fn a_list_of_three_hundred_is_taken_in_with_its_hearings() {
    both(|world| {
        let cases: Vec<_> =
            (1..=300).map(|n| world::lists::case(n, &format!("Qwertil{n}"), "Zyxwvu")).collect();
        court(world);
        let reading =
            world.import("list.xml", &world::lists::libra("02/03/2023", "2023-03-02T06:00:00Z", &cases));
        assert_eq!(reading.counts.listings_new, 300);
        assert_eq!(count(world, "court"), 300);
    });
}

/// All hearing messages of the open samples, when they lie beside the project.
#[test]
fn every_sample_of_a_hearing_message_is_taken_in_with_its_results() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/samples/hearings-common-platform");
    let Ok(folder) = std::fs::read_dir(&samples) else {
        eprintln!("no samples beside the project: this test looked at nothing");
        return;
    };
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    both(|world| {
        court(world);
        let (mut taken, mut with_results, mut results) = (0, 0, 0);
        for path in &paths {
            let bytes = std::fs::read(path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let read = intake::read(&bytes, Some(&name), date(2023, 3, 2), &intake::Limits::default());
            let listed = read.as_ref().map_or(0, |file| file.listings.len());
            let reading = world.import(&name, &bytes);
            assert_eq!(reading.outcome == Outcome::Refused, read.is_err(), "{name}: {reading:?}");
            if listed > 0 {
                taken += 1;
            }
            let says = read.iter().flat_map(|file| &file.listings).any(|line| !line.results.is_empty());
            with_results += usize::from(says);
        }
        let rows = world.test.db.read(|r| r.query(sql("SELECT said FROM hearing_version"), &[])).unwrap();
        for row in &rows {
            let heard: alongside::hearings::Heard =
                serde_json::from_str(&row.get::<String>("said").unwrap()).unwrap();
            results += heard.results.len();
        }
        assert!(
            taken >= 20 && with_results >= 5 && results >= 5,
            "{taken} files taken, {with_results} with results, {results} results"
        );
    });
}
