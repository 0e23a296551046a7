//! What the room of hearings holds about a person.

use super::{Attended, Ended, Stood};
use crate::holdings::{Holding, ROOTS, coded, day, json, key, moment, staff, words};
use store::sql;

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "hearing",
        "Day in court",
        ROOTS,
        sql("SELECT * FROM hearing WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY recorded_at, id"),
        &[moment("recorded_at", "Written down"), staff("by_words", "By")],
    )
    .ties(&["listing_id", "person_id", "project_id"]),
    Holding::new(
        "hearing_version",
        "What happened in court",
        &["hearing"],
        sql("SELECT * FROM hearing_version WHERE hearing_id IN ($LIST) ORDER BY hearing_on, said_at, id"),
        &[
            key("voice", "Who says so"),
            day("hearing_on", "Day"),
            words("court_code", "Court"),
            coded("attended", "Were you there", |k| Attended::from_key(k).words().into()),
            coded("stood_before", "Before", |k| Stood::from_key(k).words().into()),
            coded("stood_after", "After", |k| Stood::from_key(k).words().into()),
            coded("ended", "How it ended", |k| Ended::from_key(k).words().into()),
            key("put_off_for", "Put off for"),
            day("next_on", "Next day"),
            json("said", "In court"),
            words("reason", "Why this version was written"),
            moment("said_at", "Said"),
            moment("recorded_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["hearing_id", "import_id", "answers_to"]),
    Holding::new(
        "hearing_result",
        "Result of the court",
        &["hearing_version"],
        sql("SELECT * FROM hearing_result WHERE version_id IN ($LIST) ORDER BY version_id, ordinal"),
        &[words("code", "Code"), words("label", "Result"), key("used_as", "Counted as"), day("ordered_on", "Ordered on")],
    )
    .key(&["version_id", "ordinal"]),
];
