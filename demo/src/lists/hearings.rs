//! The court's Common Platform hearings: a review of a mental health treatment requirement, a youth, and a remand.

use super::day::{Day, Row};
use super::{NamedFile, uuid};
use crate::people::Dice;
use jiff::civil::{Date, Time, time};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

pub(super) fn files(day: &Day<'_>, dice: &mut Dice) -> Vec<NamedFile> {
    let listed: Vec<&Row> = day.rows.iter().filter(|row| row.common_platform).collect();
    let mut files = Vec::new();
    for (at, row) in listed.into_iter().enumerate() {
        let id = uuid(dice);
        let mut hearing = json!({
            "id": id,
            "jurisdictionType": "MAGISTRATES",
            "courtCentre": {"id": uuid(dice), "code": day.court.ou_code, "name": day.court.name, "roomId": "room-2", "roomName": "Courtroom 02"},
            "hearingDays": [{"sittingDay": sitting(day.date, time(10, 0, 0, 0), at), "listingSequence": at + 1, "listedDurationMinutes": 20, "courtRoomId": "room-2"}],
            "hearingLanguage": "ENGLISH",
            "hasSharedResults": false,
        });
        match at {
            0 => {
                hearing["type"] = json!({"description": "Review"});
                hearing["courtApplications"] = json!([review(day, row, dice)]);
            }
            _ => {
                hearing["type"] = json!({"code": if at == 1 { "FH" } else { "RMAND" }, "description": if at == 1 { "First hearing" } else { "Remand" }});
                hearing["prosecutionCases"] = json!([case(row, at == 1, dice)]);
            }
        }
        let body = json!({"hearing": hearing, "sharedTime": format!("{}T05:45:00.000Z", day.date)});
        files.push(NamedFile {
            name: format!("hearing-{}-{}-{}.json", day.court.code, day.date, at + 1),
            bytes: serde_json::to_vec_pretty(&body).unwrap_or_default(),
        });
    }
    files
}

/// A London time of the day as Common Platform writes it: in UTC. `later` moves it on by half hours.
fn sitting(date: Date, starts: Time, later: usize) -> String {
    let span = jiff::Span::new().minutes(30 * i64::try_from(later).unwrap_or(0));
    let local = date.to_datetime(starts).checked_add(span).unwrap_or(date.to_datetime(starts));
    // London's rule since 1996, so that no time-zone files are needed.
    let moment = TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").and_then(|zone| local.to_zoned(zone));
    moment.map(|zoned| zoned.timestamp().to_string()).unwrap_or_else(|_| format!("{local}Z"))
}

fn person(row: &Row) -> Value {
    let home = row.who.addresses.first();
    json!({
        "title": row.title,
        "firstName": row.who.name.forename,
        "middleName": row.who.name.middle,
        "lastName": row.who.name.surname,
        "dateOfBirth": row.born().map(|born| born.to_string()),
        "gender": match row.who.sex.as_str() { "F" => "FEMALE", "M" => "MALE", _ => "NOT_SPECIFIED" },
        "interpreterLanguageNeeds": row.language,
        "address": home.map(|home| json!({"address1": format!("{} {}", home.house, home.street).trim(), "address2": home.town, "postcode": home.postcode})),
    })
}

/// A review of a treatment requirement: an application about somebody, with no prosecution case beside it.
fn review(day: &Day<'_>, row: &Row, dice: &mut Dice) -> Value {
    let made = day.date.checked_sub(jiff::Span::new().days(90)).unwrap_or(day.date);
    let ends = made.checked_add(jiff::Span::new().days(364)).unwrap_or(day.date);
    json!({
        "id": uuid(dice),
        "type": {"code": "SE20510", "type": "Review progress of mental health treatment requirement", "hearingCode": "REV", "breachType": "NOT_APPLICABLE",
            "legislation": "In accordance with Schedule 9 to the Sentencing Act 2020."},
        "applicationReference": row.urn,
        "applicationStatus": "LISTED",
        "applicationParticulars": "Community order with a mental health treatment requirement, 12 months",
        "courtOrder": {"label": "Community order", "orderDate": made.to_string(), "startDate": made.to_string(), "endDate": ends.to_string()},
        "subject": {"masterDefendant": {
            "masterDefendantId": row.id,
            "pncId": row.who.pnc,
            "croNumber": row.who.cro,
            "defendantCase": [{"caseReference": row.urn}],
            "personDefendant": {"bailStatus": {"code": "A", "description": "Not applicable"}, "personDetails": person(row)},
        }},
    })
}

fn case(row: &Row, youth: bool, dice: &mut Dice) -> Value {
    let (code, words) =
        if row.held { ("C", "Custody or remanded into custody") } else { ("U", "Unconditional Bail") };
    let offences: Vec<Value> = (1..)
        .zip(&row.charges)
        .map(|(order, (code, title, wording))| {
            json!({"id": uuid(dice), "offenceCode": code, "offenceTitle": title, "wording": wording, "orderIndex": order})
        })
        .collect();
    let parent =
        json!([{"role": "Mother", "person": {"firstName": "Edda", "lastName": row.who.name.surname}}]);
    json!({
        "id": uuid(dice),
        "initiationCode": "C",
        "caseStatus": "ACTIVE",
        "prosecutionCaseIdentifier": {"caseURN": row.urn, "prosecutionAuthorityCode": "METPF"},
        "defendants": [{
            "id": row.id,
            "masterDefendantId": row.id,
            "pncId": row.who.pnc,
            "croNumber": row.who.cro,
            "isYouth": youth,
            "associatedPersons": if youth { parent } else { json!([]) },
            "defenceOrganisation": row.solicitor.map(|firm| json!({"name": firm})),
            "personDefendant": {"bailStatus": {"code": code, "description": words}, "personDetails": person(row)},
            "offences": offences,
        }],
    })
}
