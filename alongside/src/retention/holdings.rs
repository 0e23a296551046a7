//! What retention holds about a person: holds on their record, and that they died.

use super::hold::class_words;
use crate::holdings::{Holding, coded, day, moment, others, staff, words};
use store::sql;

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "legal_hold",
        "Your record must not be deleted",
        &["person"],
        sql("SELECT * FROM legal_hold WHERE person_id IN ($LIST) ORDER BY placed_at, id"),
        &[
            coded("class", "Kind of reason", |k| class_words(k).into()),
            words("words", "Why"),
            day("review_on", "To be looked at again"),
            moment("placed_at", "Since"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "account_id"])
    .keeping(),
    Holding::new(
        "legal_hold_lifting",
        "That was ended",
        &["legal_hold"],
        sql("SELECT * FROM legal_hold_lifting WHERE hold_id IN ($LIST) ORDER BY at"),
        &[words("words", "Why"), moment("at", "When"), staff("by_words", "By")],
    )
    .key(&["hold_id"])
    .ties(&["account_id"])
    .keeping(),
    Holding::new(
        "person_death",
        "Recorded as having died",
        &["person"],
        sql("SELECT * FROM person_death WHERE person_id IN ($LIST) ORDER BY at, id"),
        &[
            day("died_on", "On"),
            others("source", "How we know"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "account_id"])
    .keeping(),
    Holding::new(
        "person_death_mistake",
        "That was a mistake",
        &["person_death"],
        sql("SELECT * FROM person_death_mistake WHERE death_id IN ($LIST) ORDER BY at"),
        &[words("words", "Why"), moment("at", "When"), staff("by_words", "By")],
    )
    .key(&["death_id"])
    .keeping(),
];
