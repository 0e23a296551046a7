//! What screening holds about a person.

use super::{Need, Outcome, SHEET, Seen};
use crate::holdings::{Holding, ROOTS, answers_told, coded, moment, read_as, staff, words, yes_no};
use store::sql;

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "screening",
        "Screening",
        ROOTS,
        sql("SELECT * FROM screening WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY id"),
        &[],
    )
    .ties(&["listing_id", "person_id", "project_id", "version"]),
    Holding::new(
        "screening_version",
        "Screening",
        &["screening"],
        sql("SELECT * FROM screening_version WHERE screening_id IN ($LIST) ORDER BY at, screening_id, version"),
        &[
            moment("contact_at", "When"),
            coded("seen", "Seen or not", |k| Seen::from_key(k).map_or(k, |one| one.words()).into()),
            words("seen_words", "In words"),
            yes_no("late_from_paper", "Written down later, from paper"),
            coded("need", "Need", |k| Need::from_key(k).map_or(k, |one| one.words()).into()),
            coded("outcome", "What came of it", |k| Outcome::from_key(k).map_or(k, |one| one.words()).into()),
            read_as("answers", "Answers", |text| answers_told(text, &[&SHEET])),
            words("reason", "Why this version was written"),
            yes_no("in_error", "Marked as a mistake"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .key(&["screening_id", "version"])
    .ties(&["by_account"]),
];
