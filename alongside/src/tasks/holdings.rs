//! What tasks and the diary hold about a person.

use crate::holdings::{Holding, day, key, moment, number, staff, words};
use store::sql;

const PERSON: &[&str] = &["person"];

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "task",
        "Task",
        PERSON,
        sql("SELECT * FROM task WHERE person_id IN ($LIST) ORDER BY made_at, id"),
        &[
            words("what", "What was to be done"),
            day("due_on", "By"),
            number("hearing_days", "Working days before or after the hearing"),
            moment("made_at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["project_id", "person_id", "account_id"]),
    Holding::new(
        "task_event",
        "What became of a task",
        &["task"],
        sql("SELECT * FROM task_event WHERE task_id IN ($LIST) ORDER BY at, id"),
        &[
            key("kind", "What"),
            words("words", "In words"),
            staff("assigned_words", "Given to"),
            day("due_on", "By"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["task_id", "assigned_to"]),
    Holding::new(
        "diary_entry",
        "Appointment in the diary",
        PERSON,
        sql("SELECT * FROM diary_entry WHERE person_id IN ($LIST) ORDER BY at, id"),
        &[
            key("kind", "What"),
            moment("at", "When"),
            number("minutes", "Minutes"),
            words("place", "Where"),
            words("words", "In words"),
            staff("goes_words", "Who goes"),
            moment("made_at", "Written down"),
            staff("by_words", "By"),
            moment("called_off_at", "Called off"),
            staff("called_off_by", "By"),
            words("called_off_why", "Why"),
        ],
    )
    .ties(&["project_id", "person_id", "goes"]),
];
