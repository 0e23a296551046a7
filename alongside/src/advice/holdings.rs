//! What the room of advice holds about a person: the sheets they were given.

use crate::holdings::{Holding, json, key, moment, staff, words};
use store::sql;

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "advice_sheet",
        "Sheet of advice",
        &["person"],
        sql("SELECT * FROM advice_sheet WHERE person_id IN ($LIST) ORDER BY given_at, id"),
        &[
            moment("given_at", "Given"),
            key("variant", "Kind"),
            key("language", "Language"),
            key("safe", "Safe to carry"),
            json("sections", "What stood on it"),
            key("how", "How it was given"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "project_id", "account_id"]),
    Holding::new(
        "advice_mark",
        "Sheet marked as a mistake",
        &["advice_sheet"],
        sql("SELECT * FROM advice_mark WHERE sheet_id IN ($LIST) ORDER BY at, id"),
        &[words("words", "Why"), moment("at", "When"), staff("by_words", "By")],
    )
    .ties(&["sheet_id"]),
];
