//! What happened in court on the day before: recorded by colleagues, sent by the court, and in one place not the same. Earlier
//! hearings of those who are known. Everything is invented.

use super::Failed;
use super::page::values_of;
use super::screenings::Row;
use super::somebody::{Fields, Somebody};
use alongside::access::Permit;
use alongside::access::policy::{ImportFiles, ViewBoard};
use alongside::config::Config;
use alongside::exchange::{Again, Archive, read_import, receive};
use alongside::morning::board;
use alongside::projects::court_for_operator;
use alongside::service::marker_rules;
use demo::service::{COURTS, CourtFact};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};
use store::Db;

/// Answers of the form.
type Given = &'static [(&'static str, &'static str)];

/// How a hearing ended.
const ENDS: [Given; 6] = [
    &[
        ("ended", "adjourned"),
        ("put-off", "psychiatric"),
        ("comes-how", "day"),
        ("before", "custody"),
        ("after", "custody"),
        ("result-adjourned", "4540"),
    ],
    &[
        ("ended", "adjourned"),
        ("put-off", "psr-short"),
        ("comes-how", "day"),
        ("before", "custody"),
        ("after", "conditional-bail"),
        ("result-bail", "4027"),
    ],
    &[
        ("ended", "disposed"),
        ("before", "conditional-bail"),
        ("after", "not-remanded"),
        ("result-community", "1116"),
        ("result-requirement", "3108"),
        ("result-requirement", "3272"),
        ("terms", "12 months; treatment by a named psychologist; 20 days of activity"),
    ],
    &[
        ("ended", "adjourned"),
        ("put-off", "legal"),
        ("comes-how", "to-be-fixed"),
        ("before", "custody"),
        ("after", "unconditional-bail"),
    ],
    &[("ended", "to-crown-court"), ("before", "custody"), ("after", "custody"), ("result-crown", "4560")],
    &[
        ("ended", "no-conviction"),
        ("before", "custody"),
        ("after", "not-remanded"),
        ("result-no-conviction", "2051"),
    ],
];

/// Earlier hearings: how many days from the day before, when the case was to come back, and how they ended.
const EARLIER: [(i64, i64, Given); 2] = [
    (
        -49,
        -28,
        &[
            ("put-off", "psychiatric"),
            ("before", "custody"),
            ("after", "custody"),
            ("result-adjourned", "4540"),
        ],
    ),
    (
        -28,
        0,
        &[
            ("put-off", "psr-standard"),
            ("before", "custody"),
            ("after", "conditional-bail"),
            ("result-bail", "4027"),
        ],
    ),
];

fn on(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

/// Records how the hearing of a row ended.
pub(super) fn ended(nurse: &Somebody<'_>, row: &Row, day: Date) -> Result<(), Failed> {
    let answers = ENDS.get(row.turn % ENDS.len()).copied().unwrap_or_default();
    let href = format!("{}/hearing", row.href());
    let mut form = nurse.form(&href)?.with("attended", "in-person").all(answers);
    if answers.contains(&("comes-how", "day")) {
        form = form.day("comes-on", on(day, 21));
    }
    nurse.post(&href, &form)?;
    Ok(())
}

/// Two earlier hearings of somebody known: held for three weeks, then bailed to the day before.
pub(super) fn earlier(nurse: &Somebody<'_>, row: &Row, court: &CourtFact, day: Date) -> Result<(), Failed> {
    let person = row.person(nurse)?;
    let href = format!("/people/{person}/hearings/new");
    let form = nurse.get(&format!("{}/hearing", row.href()))?.page;
    let case = values_of(&form, "case").into_iter().next().unwrap_or_default();
    for (was, comes, answers) in EARLIER {
        let form = Fields::new()
            .with("court", court.code)
            .day("on", on(day, was))
            .with("case", case.clone())
            .all(&[("at", "10:00"), ("attended", "in-person"), ("ended", "adjourned"), ("comes-how", "day")])
            .day("comes-on", on(day, comes))
            .all(answers);
        nurse.post(&href, &form)?;
    }
    Ok(())
}

/// At one court a colleague recorded another date than the court then sent.
pub(super) fn otherwise(
    nurse: &Somebody<'_>,
    db: &Db,
    config: &Config,
    court: &CourtFact,
    day: Date,
) -> Result<(), Failed> {
    let rules = marker_rules(config)?;
    let view: Permit<ViewBoard> = Permit::for_command_line(db);
    let line = view.read_now(|r| {
        let Some(court) = court_for_operator(r, court.code, day)? else { return Ok::<_, store::Error>(None) };
        let rows = board(r, &court, day, &rules)?.rows;
        let remand = |words: &Option<intake::Coded>| {
            words.as_ref().and_then(|kind| kind.words.as_deref()) == Some("Remand")
        };
        Ok(rows
            .into_iter()
            .find(|row| row.line.origin == "hearing" && remand(&row.line.detail.hearing_type))
            .map(|row| row.line.id))
    })?;
    let Some(line) = line else { return Ok(()) };
    let href = format!("/listings/{line}/hearing");
    let answers = ENDS.first().copied().unwrap_or_default();
    // The line may have been recorded already, on some days of the year: then this is a change, with its reason.
    let form = answers
        .iter()
        .fold(nurse.form(&href)?, |form, (name, value)| form.instead(name, *value))
        .instead("why", "Heard it again from the legal adviser")
        .day("comes-on", on(day, 21));
    nurse.post(&href, &form)?;
    Ok(())
}

/// The results of the day's remand hearings, as the court's system sends them in the afternoon.
pub(super) fn sent_by_the_court(config: &Config, db: &Db, day: Date) -> Result<(), Failed> {
    let permit: Permit<ImportFiles> = Permit::for_command_line(db);
    for court in COURTS {
        let name = format!("hearing-{}-{day}-3.json", court.code);
        let path = config.data.join("demo-files").join(day.to_string()).join(&name);
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let mut message: Value = serde_json::from_slice(&bytes)?;
        message["sharedTime"] = json!(format!("{day}T15:10:00.000Z"));
        message["hearing"]["hasSharedResults"] = json!(true);
        let result = json!({
            "judicialResultId": format!("invented-{}", court.code),
            "cjsCode": "4027",
            "label": "Remanded on conditional bail",
            "orderedDate": day.to_string(),
            "isAdjournmentResult": true,
            "nextHearing": {
                "listedStartDateTime": format!("{}T10:00:00.000Z", on(day, 28)),
                "adjournmentReason": "Psychiatric report",
                "courtCentre": {"code": format!("{}00", court.code), "name": court.name},
            },
        });
        if let Some(offence) = message.pointer_mut("/hearing/prosecutionCases/0/defendants/0/offences/0") {
            offence["judicialResults"] = json!([result]);
        }
        let bytes = serde_json::to_vec_pretty(&message)?;
        let received = receive(&permit, &Archive::of(config)?, &format!("resulted-{name}"), &bytes, "demo")?;
        read_import(&permit, &Archive::of(config)?, received.id, Again::No)?;
    }
    Ok(())
}
