//! What the post holds about a person: letters about their referrals. Their text is fixed and says nothing about anybody.

use crate::holdings::{Holding, key, moment, number, others, staff, words};
use store::sql;

/// The tables of this room. They hang on records of rooms below, so the service names them last.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "post_message",
        "Letter sent",
        &["referral", "referral_event", "referral_in"],
        sql("SELECT * FROM post_message WHERE about_id IN ($LIST) ORDER BY queued_at, id"),
        &[
            key("kind", "Kind"),
            others("to_address", "To"),
            words("subject", "Subject"),
            words("body", "Text"),
            words("about_kind", "About"),
            moment("queued_at", "Written"),
            moment("due_at", "To be sent"),
            key("state", "State"),
            number("tries", "Times tried"),
            staff("by_words", "By"),
        ],
    )
    .ties(&[
        "link_purpose",
        "link_subject",
        "link_hours",
        "link_path",
        "about_id",
        "project_id",
        "account_id",
        "claimed_at",
    ]),
    Holding::new(
        "post_try",
        "Letter tried",
        &["post_message"],
        sql("SELECT * FROM post_try WHERE message_id IN ($LIST) ORDER BY at, id"),
        &[moment("at", "When"), key("came", "What came of it"), words("words", "In words")],
    )
    .ties(&["message_id"]),
];
