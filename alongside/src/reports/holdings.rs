//! What the room of reports holds about a person.

use super::{ASKERS, CLOSINGS, FOLLOWED, Kinds, RECOMMENDED};
use crate::consent::{Means, Purpose, Recipient};
use crate::holdings::{
    Holding, ROOTS, coded, day, json, key, moment, number, others, read_as, staff, words, yes_no,
};
use documents::{Document, WORDS_PER_MINUTE, read_aloud};
use store::sql;

fn in_words(pairs: &[(&str, &str)], key: &str) -> String {
    pairs.iter().find(|(k, _)| *k == key).map_or(key, |(_, words)| words).into()
}

fn kind(key: &str) -> String {
    Kinds::load(None)
        .ok()
        .and_then(|kinds| kinds.find(key).map(|k| k.name.clone()))
        .unwrap_or_else(|| key.into())
}

fn recipient(key: &str) -> String {
    Recipient::from_key(key).map_or(key, |one| one.words()).into()
}

fn purpose(key: &str) -> String {
    Purpose::from_key(key).map_or(key, |one| one.words()).into()
}

fn means(key: &str) -> String {
    Means::from_key(key).map_or(key, |one| one.words()).into()
}

/// The report as it would be read out: one text, paragraph by paragraph, so that each can be ruled on.
fn read_out(text: &str) -> Vec<(String, String)> {
    let Ok(document) = serde_json::from_str::<Document>(text) else { return Vec::new() };
    read_aloud(&document, WORDS_PER_MINUTE)
        .text
        .split("\n\n")
        .filter(|part| !part.trim().is_empty())
        .map(|part| ("The report".to_owned(), part.trim().to_owned()))
        .collect()
}

const REPORT: &[&str] = &["report"];

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "report",
        "Report asked for",
        ROOTS,
        sql("SELECT * FROM report WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY asked_at, id"),
        &[
            coded("kind", "Kind", kind),
            coded("purpose", "What for", purpose),
            coded("asked_by", "Asked for by", |k| in_words(&ASKERS, k)),
            others("asker", "Who"),
            others("question", "Question"),
            words("restriction", "Reporting restriction"),
            moment("asked_at", "When"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["listing_id", "person_id", "project_id", "after_id", "account_id"]),
    Holding::new(
        "report_hearing",
        "Hearing a report was for",
        REPORT,
        sql("SELECT * FROM report_hearing WHERE report_id IN ($LIST) ORDER BY at, id"),
        &[
            day("hearing_on", "Day"),
            words("hearing_time", "Time"),
            words("court", "Court"),
            words("room", "Courtroom"),
            moment("due_at", "Due"),
            words("due_why", "Why then"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["report_id"]),
    Holding::new(
        "report_writer",
        "Who writes a report",
        REPORT,
        sql("SELECT * FROM report_writer WHERE report_id IN ($LIST) ORDER BY at, id"),
        &[staff("name", "Who"), moment("at", "Since"), staff("by_words", "Written down by")],
    )
    .ties(&["report_id", "account_id"]),
    Holding::new(
        "report_save",
        "Report while it was written",
        REPORT,
        sql("SELECT * FROM report_save WHERE report_id IN ($LIST) ORDER BY report_id, version, save"),
        &[
            words("changed", "What this version changes"),
            json("body", "Text"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .key(&["report_id", "version", "save"])
    .ties(&["account_id"]),
    Holding::new(
        "report_version",
        "Report signed",
        REPORT,
        sql("SELECT * FROM report_version WHERE report_id IN ($LIST) ORDER BY report_id, version"),
        &[
            words("changed", "What this version changes"),
            words("looked_at", "What was looked at before signing"),
            yes_no("countersign", "A second signature is needed"),
            words("role_words", "Role"),
            moment("signed_at", "Signed"),
            staff("by_words", "By"),
        ],
    )
    .key(&["report_id", "version"])
    .ties(&["save", "account_id"]),
    Holding::new(
        "report_countersignature",
        "Report countersigned",
        REPORT,
        sql("SELECT * FROM report_countersignature WHERE report_id IN ($LIST) ORDER BY report_id, version"),
        &[words("words", "In words"), words("role_words", "Role"), moment("at", "When"), staff("by_words", "By")],
    )
    .key(&["report_id", "version"])
    .ties(&["account_id"]),
    Holding::new(
        "report_locked",
        "Report as it was given out",
        REPORT,
        sql("SELECT * FROM report_locked WHERE report_id IN ($LIST) ORDER BY report_id, version"),
        &[
            read_as("document", "The report", read_out),
            words("hash", "Fingerprint"),
            number("pages", "Pages"),
            moment("locked_at", "Locked"),
        ],
    )
    .key(&["report_id", "version"])
    .without(&[("pdf", "the same words stand in the text of the report")]),
    Holding::new(
        "report_recommendation",
        "Recommendation to the court",
        REPORT,
        sql("SELECT * FROM report_recommendation WHERE report_id IN ($LIST) ORDER BY report_id, version, place"),
        &[
            coded("kind", "What about", |k| in_words(&RECOMMENDED, k)),
            words("words", "What the court was asked to consider"),
            words("why", "Why"),
            words("instead", "What else could be done"),
        ],
    )
    .ties(&["report_id", "version", "place"]),
    Holding::new(
        "report_followed",
        "What the court did with it",
        &["report_recommendation"],
        sql("SELECT * FROM report_followed WHERE recommendation_id IN ($LIST) ORDER BY at, id"),
        &[
            coded("answer", "Followed", |k| in_words(&FOLLOWED, k)),
            words("why", "Why"),
            key("source", "How we know"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["recommendation_id", "account_id"]),
    Holding::new(
        "report_delivery",
        "Report given to somebody",
        REPORT,
        sql("SELECT * FROM report_delivery WHERE report_id IN ($LIST) ORDER BY delivered_at, id"),
        &[
            number("version", "Version"),
            coded("recipient", "To", recipient),
            others("to_name", "Name"),
            words("to_role", "Role"),
            coded("means", "How", means),
            moment("delivered_at", "When"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["report_id", "disclosure_id", "account_id"]),
    Holding::new(
        "report_receipt",
        "Report received",
        &["report_delivery"],
        sql("SELECT * FROM report_receipt WHERE delivery_id IN ($LIST) ORDER BY received_at"),
        &[
            others("received_by", "By"),
            others("note", "Note"),
            moment("received_at", "When"),
            moment("recorded_at", "Written down"),
            staff("by_words", "Written down by"),
        ],
    )
    .key(&["delivery_id"])
    .ties(&["account_id"]),
    Holding::new(
        "report_closing",
        "Report no longer wanted",
        REPORT,
        sql("SELECT * FROM report_closing WHERE report_id IN ($LIST) ORDER BY at"),
        &[
            coded("reason", "Why", |k| in_words(&CLOSINGS, k)),
            words("words", "In words"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .key(&["report_id"])
    .ties(&["account_id"]),
    Holding::new(
        "report_referral",
        "Referral that asked for a report",
        REPORT,
        sql("SELECT * FROM report_referral WHERE report_id IN ($LIST) ORDER BY report_id"),
        &[],
    )
    .key(&["report_id"])
    .ties(&["referral_id"]),
    Holding::new(
        "oral_report",
        "Spoken report",
        &["person", "listing", "report"],
        sql("SELECT * FROM oral_report WHERE person_id IN ($LIST) OR listing_id IN ($LIST) OR report_id IN ($LIST) ORDER BY said_at, id"),
        &[
            words("said", "What was said"),
            coded("recipient", "To", recipient),
            others("to_name", "Name"),
            coded("purpose", "What for", purpose),
            words("court", "Court"),
            words("room", "Courtroom"),
            moment("said_at", "When"),
            others("questions", "Questions asked"),
            others("response", "What they said to it"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["report_id", "listing_id", "person_id", "project_id", "disclosure_id", "account_id"]),
    Holding::new(
        "oral_report_more",
        "Added to a spoken report",
        &["oral_report"],
        sql("SELECT * FROM oral_report_more WHERE oral_id IN ($LIST) ORDER BY at, id"),
        &[key("what", "What"), words("words", "In words"), moment("at", "When"), staff("by_words", "By")],
    )
    .ties(&["oral_id", "account_id"]),
];
