//! What this room holds about a person: that somebody asked, and what was sent. And what stands in no copy, with reasons.

use super::opinion::OPINIONS;
use super::request::{MEANS, OUTCOMES, REQUESTERS, in_words};
use crate::holdings::{Holding, coded, day, moment, number, others, staff, words};
use store::sql;

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "access_request",
        "Request for access",
        &["person"],
        sql("SELECT * FROM access_request WHERE person_id IN ($LIST) ORDER BY received_on, id"),
        &[
            day("received_on", "Received"),
            coded("requester", "Who asked", |k| in_words(REQUESTERS, k).into()),
            others("requester_name", "Name"),
            words("identity", "How identity was shown"),
            words("wants", "What was wanted"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "account_id"])
    .keeping(),
    Holding::new(
        "access_extension",
        "More time for a request",
        &["access_request"],
        sql("SELECT * FROM access_extension WHERE request_id IN ($LIST) ORDER BY at"),
        &[
            words("reason", "Why"),
            day("told_on", "Told on"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .key(&["request_id"])
    .ties(&["account_id"])
    .keeping(),
    Holding::new(
        "access_opinion",
        "Opinion of a health professional before a copy",
        &["access_request"],
        sql("SELECT * FROM access_opinion WHERE request_id IN ($LIST) ORDER BY at, id"),
        &[
            coded("kind", "What", |k| in_words(OPINIONS, k).into()),
            staff("professional", "Who"),
            day("given_on", "Given on"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["request_id", "account_id"])
    .without(&[("words", "for the file: what was said of harm would tell it after all")])
    .keeping(),
    Holding::new(
        "access_export",
        "Copy made",
        &["access_request"],
        sql("SELECT * FROM access_export WHERE request_id IN ($LIST) ORDER BY at, id"),
        &[
            number("version", "Number"),
            words("hash", "Fingerprint"),
            number("pages", "Pages"),
            number("passages", "Passages"),
            number("withheld", "Withheld"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["request_id", "account_id"])
    .without(&[
        ("document", "an earlier copy: what it told stands in this one"),
        ("pdf", "an earlier copy: what it told stands in this one"),
    ])
    .keeping(),
    Holding::new(
        "access_sending",
        "Copy sent",
        &["access_export"],
        sql("SELECT * FROM access_sending WHERE export_id IN ($LIST) ORDER BY sent_at, id"),
        &[
            others("to_name", "To"),
            coded("means", "How", |k| in_words(MEANS, k).into()),
            moment("sent_at", "When"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["export_id", "account_id"])
    .keeping(),
    Holding::new(
        "access_closing",
        "Request closed",
        &["access_request"],
        sql("SELECT * FROM access_closing WHERE request_id IN ($LIST) ORDER BY at"),
        &[
            coded("outcome", "How", |k| in_words(OUTCOMES, k).into()),
            words("words", "In words"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .key(&["request_id"])
    .ties(&["account_id"])
    .keeping(),
];

/// Tables about people that no room tells, each with its reason. Tables about nobody are named in [`crate::retention::STAYS`].
pub const LEFT_OUT: &[(&str, &str)] = &[
    (
        "access_ruling",
        "why a passage was withheld stands at the passage; the words for the file would tell it after all",
    ),
    ("match_record", "made out of the details that are told, for recognition"),
    ("match_key", "made out of the details that are told, for recognition"),
    ("match_due", "whose details are to be read anew for recognition"),
    ("person_token", "made out of the details that are told, for search"),
    ("draft", "told as “Begun and not sent”; what was sent stands where it went"),
    ("draft_other_text", "as drafts"),
    ("import", "a file names many people; what was read of it stands on the lines"),
    ("import_reading", "a file names many people; what was read of it stands on the lines"),
    ("referral_in_file", "a file names many people; what was read of it stands in the referrals"),
    ("referral_in_row", "that a row of a file was taken in, by its fingerprint"),
    ("audit_event", "told day by day as who opened the records"),
];
