//! What the room hands out as PDF: names in every script and a text of twenty pages, written through the pages, looked at by
//! validators that are not ours.
#![allow(clippy::unwrap_used)]

#[path = "../../crates/documents/tests/common/mod.rs"]
mod common;
mod world;

use alongside::access::Role;
use alongside::clock;
use axum::http::StatusCode;
use store::sql;
use world::pdf::passes;
use world::{Someone, World, both};

/// A report about somebody of this name, with these texts, written and signed through the pages: its PDF and its pages.
fn made(world: &World<'_>, nurse: &Someone, surname: &str, texts: &[(&str, &str)]) -> (Vec<u8>, i64) {
    let now = clock::in_london(clock::now());
    let today = now.date();
    let list = format!(
        "court code,date,surname,forename,date of birth,list number,case number,custody or bail,offence title\nB01ND,{today},\"{surname}\",Beispiel,01/02/1990,1,1600000001,custody,Theft from a shop\n"
    );
    world.import("list.csv", list.as_bytes());
    let row = world.test.db.read(|r| r.one(sql("SELECT id FROM listing"), &[])).unwrap();
    let listing: alongside::ids::ListingId = row.get("id").unwrap();
    let (day, month, year, time) = (
        today.day().to_string(),
        today.month().to_string(),
        today.year().to_string(),
        now.strftime("%H:%M").to_string(),
    );
    let asked = [
        ("asked-by", "own"),
        ("kind", "same-day"),
        ("asked-day", day.as_str()),
        ("asked-month", &month),
        ("asked-year", &year),
        ("asked-time", &time),
    ];
    let report = world.post(nurse, &format!("/listings/{listing}/reports/new"), &asked);
    assert_eq!(report.status, StatusCode::SEE_OTHER, "{}", report.body);
    let report = report.location().to_owned();
    let mut fields = vec![
        ("source", "interview"),
        ("rec-kind-1", "none"),
        ("rec-why-1", "Nothing to add."),
        ("seen", "0"),
    ];
    fields.extend(texts);
    let saved = world.post(nurse, &format!("{report}/write"), &fields);
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let draft = world.get(nurse, &format!("{report}/draft.pdf"));
    assert_eq!(draft.status, StatusCode::OK);
    let check = world.get(nurse, &format!("{report}/sign")).body;
    let looked: Vec<String> = check
        .split("name=\"looked\"")
        .skip(1)
        .filter_map(|rest| rest.split("value=\"").nth(1)?.split('"').next())
        .map(|v| v.replace("&quot;", "\"").replace("&amp;", "&"))
        .collect();
    let mut fields: Vec<(&str, &str)> = looked.iter().map(|key| ("looked", key.as_str())).collect();
    fields.push(("save", "1"));
    let signed = world.post(nurse, &format!("{report}/sign"), &fields);
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    let row = world.test.db.read(|r| r.one(sql("SELECT pdf, pages FROM report_locked"), &[])).unwrap();
    (row.get("pdf").unwrap(), row.get("pages").unwrap())
}

fn nurse(world: &World<'_>) -> Someone {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    world.someone("Nurse Example", Role::Practitioner, Some(project))
}

#[test]
fn names_of_every_script_and_a_text_of_twenty_pages_pass_the_validators() {
    both(|world| {
        let nurse = nurse(world);
        let names: String =
            common::NAMES.iter().map(|(language, name)| format!("{language}: {name}\n")).collect();
        let paragraph =
            "She was calm when we met and said that the last weeks had been hard at home and at work. ";
        let long = format!("{}\n\n", paragraph.repeat(9)).repeat(20);
        let texts = [
            ("text-contact", names.as_str()),
            ("text-background", &long),
            ("text-presentation", &long),
            ("text-participation", &long),
            ("text-needs", &long),
            ("text-limits", "None."),
            ("risk-words-1", "نمی‌توانم جمعه را ببینم"),
            ("risk-who-1", "آمنة المثالي"),
            ("risk-when-1", "today"),
            ("risk-how-1", "said to me, interpreted"),
        ];
        let (pdf, pages) = made(world, &nurse, "المثالي-Żółć", &texts);
        assert!(pages >= 20, "{pages} pages");
        passes("long.pdf", &pdf);
    });
}
