//! What referrals to services hold about a person.

use super::codes::{PRIORITIES, REASONS, SENT_BY, words_in};
use super::record::{What, code_words};
use crate::consent::{Purpose, Recipient};
use crate::holdings::{Holding, by, coded, day, json, moment, others, staff, words};
use store::sql;

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "referral",
        "Referral to a service",
        &["person"],
        sql("SELECT * FROM referral WHERE person_id IN ($LIST) ORDER BY sent_at, id"),
        &[
            words("service_name", "To"),
            coded("recipient", "Kind of service", |k| {
                Recipient::from_key(k).map_or(k, |one| one.words()).into()
            }),
            coded("purpose", "What for", |k| Purpose::from_key(k).map_or(k, |one| one.words()).into()),
            coded("reason", "Why", |k| words_in(REASONS, k).into()),
            coded("priority", "How soon", |k| words_in(PRIORITIES, k).into()),
            words("needs", "Needs"),
            words("despite", "Although"),
            json("packet", "What they were told"),
            coded("means", "How it was sent", |k| words_in(SENT_BY, k).into()),
            words("sent_to", "Sent to"),
            moment("sent_at", "Sent"),
            day("reply_due", "Answer due"),
            moment("made_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "project_id", "service_id", "disclosure_id", "account_id"]),
    Holding::new(
        "referral_event",
        "What became of a referral",
        &["referral"],
        sql("SELECT * FROM referral_event WHERE referral_id IN ($LIST) ORDER BY recorded_at, id"),
        &[
            coded("kind", "What", |k| What::from_key(k).map_or(k, |one| one.words()).into()),
            by("code", "Why", "kind", code_words),
            others("words", "In words"),
            moment("at", "When"),
            words("place", "Where"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
            words("via", "How it came"),
        ],
    )
    .ties(&["referral_id", "of_event", "account_id"]),
];
