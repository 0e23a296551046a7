//! What referrals to us hold about a person. One that was joined to a line or a person is theirs while that stands.

use super::codes::{DANGER, DECLINES, PLACES, ROLES, SOURCES, TOLD, WORRIES, words_in};
use super::record::EventKind;
use crate::holdings::{Holding, ROOTS, by, coded, day, moment, others, staff, words};
use store::sql;

fn worries(keys: &str) -> String {
    keys.split(' ').map(|key| words_in(WORRIES, key)).collect::<Vec<_>>().join("; ")
}

fn event_code(code: &str, _: &str) -> String {
    words_in(DECLINES, code).into()
}

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "referral_in",
        "Referral to us",
        ROOTS,
        sql("SELECT q.* FROM referral_in q JOIN referral_in_event e ON e.referral_id = q.id WHERE e.kind = 'joined' AND NOT EXISTS (SELECT 1 FROM referral_in_event u WHERE u.referral_id = q.id AND u.kind IN ('joined', 'unjoined') AND u.id > e.id) AND (e.listing_id IN ($LIST) OR e.person_id IN ($LIST)) ORDER BY q.received_at, q.id"),
        &[
            moment("received_at", "Received"),
            coded("source", "How it came", |k| words_in(SOURCES, k).into()),
            words("name", "Name"),
            day("born_on", "Date of birth"),
            words("sex", "Sex"),
            words("number", "Number"),
            coded("place", "Where you were", |k| words_in(PLACES, k).into()),
            words("court_code", "Court"),
            day("hearing_on", "Hearing"),
            words("hearing_time", "Time"),
            coded("worries", "Worries", worries),
            others("words", "In their words"),
            coded("danger", "Danger to life", |k| words_in(DANGER, k).into()),
            coded("told", "Were you told", |k| words_in(TOLD, k).into()),
            words("agrees", "Did you agree"),
            others("referrer_name", "Who referred"),
            coded("referrer_role", "Their role", |k| words_in(ROLES, k).into()),
            others("referrer_contact", "How to reach them"),
            moment("due_at", "To be looked at by"),
            others("by_words", "Written down by"),
        ],
    )
    .ties(&["project_id", "door_id", "account_id"]),
    Holding::new(
        "referral_in_event",
        "What became of a referral to us",
        &["referral_in"],
        sql("SELECT * FROM referral_in_event WHERE referral_id IN ($LIST) ORDER BY at, id"),
        &[
            coded("kind", "What", |k| EventKind::from_key(k).map_or(k, |one| one.words()).into()),
            by("code", "Why", "kind", event_code),
            words("words", "In words"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["referral_id", "listing_id", "person_id", "other_id", "account_id"]),
    Holding::new(
        "referral_in_report",
        "A report was asked for with a referral",
        &["referral_in"],
        sql("SELECT * FROM referral_in_report WHERE referral_id IN ($LIST) ORDER BY referral_id"),
        &[others("question", "Question"), words("wanted", "Wanted when")],
    )
    .key(&["referral_id"]),
];
