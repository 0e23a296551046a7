//! Requests for access as somebody works through them.

use super::{Answer, Someone, World};
use alongside::access::Permit;
use alongside::access::policy::KeepRegister;
use alongside::clock;
use alongside::ids::{PersonId, ProjectId};
use alongside::people::{Details, NewPerson, register};
use axum::http::StatusCode;
use jiff::civil::Date;

pub fn person(world: &World<'_>, project: ProjectId, surname: &str) -> PersonId {
    let permit: Permit<KeepRegister> = Permit::for_command_line(&world.test.db);
    let details =
        Details { forename: Some("Ada".into()), surname: Some(surname.into()), ..Details::default() };
    permit.write_now(|w| register(w, &NewPerson { details, source: "test".into(), project })).unwrap()
}

pub fn today() -> Date {
    clock::london_day(clock::now())
}

/// Writes a request down over the page; where it stands.
pub fn asked(world: &World<'_>, who: &Someone, about: PersonId, on: Date) -> String {
    let (day, month, year) = (on.day().to_string(), on.month().to_string(), on.year().to_string());
    let fields = [
        ("received-day", day.as_str()),
        ("received-month", &month),
        ("received-year", &year),
        ("requester", "person"),
        ("name", "The person"),
        ("identity", "Known to the practitioner"),
    ];
    let answer = world.post(who, &format!("/people/{about}/subject-access"), &fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// The keys of the passages on a page.
pub fn on_page(body: &str) -> Vec<String> {
    body.split("name=\"passage\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// The value of a hidden field.
pub fn hidden(body: &str, name: &str) -> String {
    let from = format!("name=\"{name}\" value=\"");
    body.split(&from).nth(1).map(|rest| rest.split('"').next().unwrap().to_owned()).unwrap_or_default()
}

/// Writes down what a health professional said today.
pub fn opinion(world: &World<'_>, who: &Someone, request: &str) {
    let (day, month, year) =
        (today().day().to_string(), today().month().to_string(), today().year().to_string());
    let fields = [
        ("opinion", "no-harm"),
        ("professional", "Dr Invented, psychiatrist"),
        ("given-day", day.as_str()),
        ("given-month", &month),
        ("given-year", &year),
    ];
    let answer = world.post(who, &format!("{request}/opinion"), &fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// Makes a copy of what the page shows now.
pub fn copy(world: &World<'_>, who: &Someone, request: &str) -> Answer {
    let seen = hidden(&world.get(who, request).body, "seen");
    world.post(who, &format!("{request}/copy"), &[("seen", &seen)])
}

/// Keeps everything that waits, but withholds what the test says.
pub fn rule_on_all(world: &World<'_>, who: &Someone, request: &str, withhold: impl Fn(&str) -> bool) {
    for _ in 0..50 {
        let body = world.get(who, &format!("{request}/passages")).body;
        let keys = on_page(&body);
        if keys.is_empty() {
            return;
        }
        let mut fields = Vec::new();
        for key in keys {
            let ruling = if withhold(&key) { "withhold" } else { "keep" };
            if ruling == "withhold" {
                fields.push((format!("class-{key}"), "third-party".to_owned()));
            }
            fields.push((format!("rule-{key}"), ruling.to_owned()));
            fields.push((format!("seen-{key}"), hidden(&body, &format!("seen-{key}"))));
            fields.push(("passage".to_owned(), key));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let kept = world.post(who, &format!("{request}/passages?show=open&page=1"), &fields);
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    }
    panic!("passages wait for ever");
}
