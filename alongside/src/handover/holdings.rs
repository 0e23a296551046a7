//! What the room of warnings holds about a person.

use super::{Basis, Confirmed, Receiver};
use crate::consent::Means;
use crate::holdings::{Holding, ROOTS, coded, key, moment, number, others, staff, words};
use store::sql;

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "warning",
        "Self-harm warning",
        ROOTS,
        sql("SELECT * FROM warning WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY raised_at, id"),
        &[
            words("reference", "Reference"),
            others("words", "What was heard or seen"),
            others("said_by", "From whom"),
            moment("heard_at", "When"),
            coded("basis", "How we know", |k| Basis::from_key(k).map_or(k, |one| one.words()).into()),
            words("advice", "Advice"),
            moment("raised_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["project_id", "listing_id", "person_id", "account_id"]),
    Holding::new(
        "warning_handover",
        "Warning handed over",
        &["warning"],
        sql("SELECT * FROM warning_handover WHERE warning_id IN ($LIST) ORDER BY handed_at, id"),
        &[
            coded("receiver", "To", |k| Receiver::from_key(k).map_or(k, |one| one.words()).into()),
            words("place", "Where"),
            others("given_to", "Who took it"),
            coded("means", "How", |k| Means::from_key(k).map_or(k, |one| one.words()).into()),
            moment("handed_at", "When"),
            moment("due_at", "To be confirmed by"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["warning_id", "after_id", "disclosure_id", "account_id"]),
    Holding::new(
        "warning_receipt",
        "Warning confirmed",
        &["warning_handover"],
        sql("SELECT * FROM warning_receipt WHERE handover_id IN ($LIST) ORDER BY received_at"),
        &[
            others("received_by", "By"),
            words("role", "Their role"),
            coded("how", "How", |k| Confirmed::from_key(k).map_or(k, |one| one.words()).into()),
            others("note", "Note"),
            moment("received_at", "When"),
            moment("recorded_at", "Written down"),
            staff("by_words", "Written down by"),
        ],
    )
    .key(&["handover_id"])
    .ties(&["account_id"]),
    Holding::new(
        "warning_link",
        "One-time link to a warning",
        &["warning_handover"],
        sql("SELECT * FROM warning_link WHERE handover_id IN ($LIST) ORDER BY made_at, id"),
        &[
            moment("made_at", "Made"),
            staff("made_by", "By"),
            moment("expires_at", "Until"),
            number("opened", "Times opened"),
            moment("used_at", "Used"),
            moment("revoked_at", "Shut"),
            staff("revoked_by", "Shut by"),
        ],
    )
    .ties(&["handover_id"])
    .without(&[("token_hash", "the fingerprint of a secret")]),
    Holding::new(
        "warning_closing",
        "Warning closed",
        &["warning"],
        sql("SELECT * FROM warning_closing WHERE warning_id IN ($LIST) ORDER BY at"),
        &[key("reason", "Why"), words("words", "In words"), moment("at", "When"), staff("by_words", "By")],
    )
    .key(&["warning_id"])
    .ties(&["account_id"]),
];
