//! What triage holds about a person: decisions, psychiatric assessments asked for, and what partners answered.

use super::keeping::{answer_words, question_words};
use super::sheets::{ASKED_BY, REQUEST};
use crate::forms::Opt;
use crate::holdings::{
    Holding, ROOTS, answers_told, by, coded, day, json, key, moment, number, read_as, staff, words, yes_no,
};
use store::sql;

fn in_words(options: &[Opt], key: &str) -> String {
    options.iter().find(|o| o.key == key).map_or(key, |o| o.words).into()
}

fn request(text: &str) -> Vec<(String, String)> {
    answers_told(text, &[&REQUEST])
}

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "triage",
        "Triage",
        ROOTS,
        sql("SELECT * FROM triage WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY decided_at, id"),
        &[
            moment("decided_at", "Decided"),
            staff("by_words", "By"),
            key("decision", "Decision"),
            words("reason", "Why"),
            words("urgency", "Urgency"),
            words("urgency_words", "What that means"),
            yes_no("urgency_confirmed", "The time is confirmed by a source"),
            moment("respond_by", "Seen by"),
            words("rules_version", "Version of the rules"),
            json("proposals", "What the rules proposed"),
            json("added", "What was added"),
        ],
    )
    .ties(&["listing_id", "person_id", "project_id"]),
    Holding::new(
        "triage_response",
        "What was done",
        &["triage"],
        sql("SELECT * FROM triage_response WHERE triage_id IN ($LIST) ORDER BY at, id"),
        &[
            moment("at", "When"),
            words("words", "In words"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["triage_id"]),
    Holding::new(
        "psychiatric",
        "Psychiatric assessment asked for",
        ROOTS,
        sql("SELECT * FROM psychiatric WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY asked_at, id"),
        &[
            coded("asked_by", "Asked for by", |k| in_words(ASKED_BY, k)),
            moment("asked_at", "When"),
            day("hearing_on", "Hearing"),
            read_as("request", "What was asked", request),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["triage_id", "listing_id", "person_id", "project_id"]),
    Holding::new(
        "psychiatric_fact",
        "What happened on the way",
        &["psychiatric"],
        sql("SELECT * FROM psychiatric_fact WHERE psychiatric_id IN ($LIST) ORDER BY at, id"),
        &[
            coded("question", "What", question_words),
            by("answer", "Answer", "question", answer_words),
            moment("at", "When"),
            staff("by_words", "By"),
            key("via", "How it came"),
        ],
    )
    .ties(&["psychiatric_id"]),
    Holding::new(
        "partner_request",
        "Sent to a partner service",
        &["psychiatric"],
        sql("SELECT * FROM partner_request WHERE psychiatric_id IN ($LIST) ORDER BY sent_at, id"),
        &[
            number("doctor", "Which doctor"),
            json("packet", "What they were told"),
            moment("sent_at", "Sent"),
            staff("sent_by", "By"),
            moment("reply_due", "Answer due"),
            moment("taken_back_at", "Taken back"),
            staff("taken_back_by", "By"),
            words("taken_back_why", "Why"),
        ],
    )
    .ties(&["psychiatric_id", "partner_id", "project_id", "disclosure_id"]),
    Holding::new(
        "answer_link",
        "One-time link for a partner service",
        &["partner_request"],
        sql("SELECT * FROM answer_link WHERE request_id IN ($LIST) ORDER BY made_at, id"),
        &[
            key("purpose", "What for"),
            moment("made_at", "Made"),
            staff("made_by", "By"),
            moment("expires_at", "Until"),
            moment("used_at", "Used"),
            words("used_by", "Used by"),
            moment("revoked_at", "Shut"),
            staff("revoked_by", "Shut by"),
        ],
    )
    .ties(&["request_id"])
    .without(&[("token_hash", "the fingerprint of a secret")]),
];
