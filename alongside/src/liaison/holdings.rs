//! What the liaison log holds about a person.

use super::codes::{DIRECTIONS, MEANS, OUTCOMES, PURPOSES, SUBJECTS, agency_words, words_in};
use crate::holdings::{Holding, coded, day, key, moment, others, staff, words};
use store::sql;

const PERSON: &[&str] = &["person"];

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "contact",
        "Contact",
        PERSON,
        sql("SELECT * FROM contact WHERE person_id IN ($LIST) ORDER BY at, id"),
        &[
            moment("at", "When"),
            coded("agency", "With", |k| agency_words(k).into()),
            others("who", "Who"),
            words("role", "Their role"),
            coded("means", "How", |k| words_in(MEANS, k).into()),
            coded("purpose", "What for", |k| words_in(PURPOSES, k).into()),
            coded("direction", "Who began it", |k| words_in(DIRECTIONS, k).into()),
            others("words", "What was said"),
            words("told", "What they were told"),
            coded("outcome", "What came of it", |k| words_in(OUTCOMES, k).into()),
            words("follow_up", "What is to be done next"),
            day("follow_up_on", "By when"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "project_id", "disclosure_id", "request_id", "account_id"]),
    Holding::new(
        "contact_mark",
        "Note on a contact",
        &["contact"],
        sql("SELECT * FROM contact_mark WHERE contact_id IN ($LIST) ORDER BY at, id"),
        &[key("mark", "What"), words("words", "In words"), moment("at", "When"), staff("by_words", "By")],
    )
    .ties(&["contact_id"]),
    Holding::new(
        "information_request",
        "Information asked for",
        PERSON,
        sql("SELECT * FROM information_request WHERE person_id IN ($LIST) ORDER BY asked_at, id"),
        &[
            coded("agency", "From", |k| agency_words(k).into()),
            others("who", "Who"),
            words("role", "Their role"),
            coded("subject", "What about", |k| words_in(SUBJECTS, k).into()),
            words("words", "What was asked"),
            coded("means", "How", |k| words_in(MEANS, k).into()),
            moment("asked_at", "When"),
            day("due_on", "Answer due"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "project_id", "who_key", "disclosure_id", "account_id"]),
    Holding::new(
        "information_event",
        "What came of asking",
        &["information_request"],
        sql("SELECT * FROM information_event WHERE request_id IN ($LIST) ORDER BY at, id"),
        &[
            key("kind", "What"),
            others("words", "In words"),
            moment("at", "When"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["request_id"]),
];
