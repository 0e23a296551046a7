//! What the ledger holds about a person: what they decided, what was told to whom, and why.

use super::{Class, Decision, How, Means, Purpose, Recipient};
use crate::holdings::{Holding, ROOTS, coded, day, moment, others, staff, words, yes_no};
use store::sql;

fn recipient(key: &str) -> String {
    Recipient::from_key(key).map_or(key, |one| one.words()).into()
}

fn purpose(key: &str) -> String {
    Purpose::from_key(key).map_or(key, |one| one.words()).into()
}

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "lawful_basis",
        "Why we may hold your information",
        &["person"],
        sql("SELECT * FROM lawful_basis WHERE person_id IN ($LIST) ORDER BY at, id"),
        &[
            words("words", "Basis"),
            words("told", "What you were told"),
            day("from_day", "From"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "project_id"]),
    Holding::new(
        "consent_decision",
        "What you decided about telling others",
        ROOTS,
        sql("SELECT * FROM consent_decision WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY decided_at, id"),
        &[
            coded("recipient", "Who may be told", recipient),
            others("recipient_name", "Their name"),
            coded("purpose", "What for", purpose),
            coded("decision", "Decision", |k| Decision::from_key(k).map_or(k, |one| one.words()).into()),
            words("limits", "Limits"),
            words("own_words", "In your words"),
            coded("how", "How it was asked", |k| How::from_key(k).map_or(k, |one| one.words()).into()),
            others("interpreter", "Interpreter"),
            words("easy_read", "Easy to read"),
            words("capacity_words", "About capacity to decide"),
            others("capacity_by", "Who decided on capacity"),
            words("capacity_share", "What was decided for you"),
            day("expires_on", "Holds until"),
            moment("decided_at", "Decided"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "listing_id", "withdraws", "account_id"]),
    Holding::new(
        "disclosure_override",
        "Reason for telling without consent",
        ROOTS,
        sql("SELECT * FROM disclosure_override WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY at, id"),
        &[
            coded("recipient", "Who was to be told", recipient),
            others("recipient_name", "Their name"),
            coded("purpose", "What for", purpose),
            coded("class", "Kind of reason", |k| Class::from_key(k).map_or(k, |one| one.words()).into()),
            others("reason", "Reason"),
            words("told", "Were you told"),
            words("told_words", "In words"),
            yes_no("at_once", "It held at once"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["project_id", "person_id", "listing_id", "account_id"]),
    Holding::new(
        "disclosure_override_answer",
        "What a manager said of it",
        &["disclosure_override"],
        sql("SELECT * FROM disclosure_override_answer WHERE override_id IN ($LIST) ORDER BY at"),
        &[yes_no("approved", "Approved"), words("words", "In words"), moment("at", "When"), staff("by_words", "By")],
    )
    .key(&["override_id"])
    .ties(&["account_id"]),
    Holding::new(
        "disclosure",
        "Somebody was told something about you",
        ROOTS,
        sql("SELECT * FROM disclosure WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY told_at, id"),
        &[
            coded("recipient", "Who", recipient),
            others("recipient_name", "Name"),
            words("to_role", "Their role"),
            coded("purpose", "What for", purpose),
            coded("means", "How", |k| Means::from_key(k).map_or(k, |one| one.words()).into()),
            words("summary", "What was told"),
            words("about_kind", "Part of"),
            words("limits", "Limits"),
            moment("told_at", "When"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "listing_id", "about_id", "decision_id", "override_id", "account_id"]),
    Holding::new(
        "disclosure_notice",
        "They heard that consent was taken back",
        &["disclosure"],
        sql("SELECT * FROM disclosure_notice WHERE disclosure_id IN ($LIST) ORDER BY at, id"),
        &[words("words", "In words"), moment("at", "When"), staff("by_words", "By")],
    )
    .ties(&["disclosure_id"]),
];
