//! What the register holds about a person. What search and recognition keep is made out of it and is no more than it.

use super::{Restriction, Sex};
use crate::holdings::{Holding, coded, day, figure, key, moment, staff, words};
use store::sql;

const PERSON: &[&str] = &["person"];
/// Why a comparison of two records is not told.
const OF_ANOTHER: &str = "sets the details of another person beside these";
const DECIDED: &str = "each decision is told as an entry of its own";
const PRINT: &str = "a fingerprint by which the program sees that a record changed";

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "person",
        "Record",
        PERSON,
        sql("SELECT * FROM person WHERE id IN ($LIST)"),
        &[moment("created_at", "Put on the register"), staff("created_by", "By")],
    )
    .ties(&["version", "merged_into"]),
    Holding::new(
        "person_version",
        "Who you are",
        PERSON,
        sql("SELECT * FROM person_version WHERE person_id IN ($LIST) ORDER BY person_id, version"),
        &[
            moment("at", "Written down"),
            staff("by_words", "By"),
            words("source", "Where it comes from"),
            words("forename", "Forename"),
            words("middle_names", "Middle names"),
            words("surname", "Surname"),
            day("date_of_birth", "Date of birth"),
            coded("sex", "Sex", |k| Sex::from_key(k).words().into()),
            words("pnc", "PNC number"),
            words("cro", "CRO number"),
            words("nhs_number", "NHS number"),
            words("prison_number", "Prison number"),
            words("crn", "Probation number (CRN)"),
            words("house", "House"),
            words("street", "Street"),
            words("town", "Town"),
            words("postcode", "Postcode"),
        ],
    )
    .key(&["person_id", "version"]),
    Holding::new(
        "person_alias",
        "Another name",
        PERSON,
        sql("SELECT * FROM person_alias WHERE person_id IN ($LIST) ORDER BY at, id"),
        &[
            words("forename", "Forename"),
            words("middle_names", "Middle names"),
            words("surname", "Surname"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["person_id", "link_decision"]),
    Holding::new(
        "episode",
        "Time with a project",
        PERSON,
        sql("SELECT * FROM episode WHERE person_id IN ($LIST) ORDER BY opened_at, id"),
        &[
            moment("opened_at", "Began"),
            staff("opened_by", "Opened by"),
            moment("last_contact_at", "Last contact"),
            moment("closed_at", "Ended"),
            staff("closed_by", "Ended by"),
        ],
    )
    .ties(&["person_id", "project_id", "link_decision"]),
    Holding::new(
        "person_merge",
        "Two records made one",
        PERSON,
        sql("SELECT * FROM person_merge WHERE kept IN ($LIST) OR merged IN ($LIST) ORDER BY at, id"),
        &[
            words("reason", "Why"),
            moment("at", "When"),
            staff("by_words", "By"),
            moment("undone_at", "Taken apart again"),
            staff("undone_by", "By"),
            words("undone_reason", "Why it was taken apart"),
        ],
    )
    .ties(&["kept", "merged", "through"]),
    Holding::new(
        "duplicate_pair",
        "Compared with another record that looks alike",
        PERSON,
        sql("SELECT * FROM duplicate_pair WHERE first IN ($LIST) OR second IN ($LIST) ORDER BY found_at, first, second"),
        &[
            figure("weight", "How much they are alike"),
            key("band", "In words"),
            moment("found_at", "Found"),
        ],
    )
    .key(&["first", "second"])
    .ties(&["settled"])
    .without(&[
        ("comparison", OF_ANOTHER),
        ("decision", DECIDED),
        ("reason", DECIDED),
        ("decided_at", DECIDED),
        ("decided_by", DECIDED),
    ])
    .keeping(),
    Holding::new(
        "pair_decision",
        "Decided about another record that looks alike",
        PERSON,
        sql("SELECT * FROM pair_decision WHERE first IN ($LIST) OR second IN ($LIST) ORDER BY at, first, second, n"),
        &[
            key("decision", "Decided"),
            words("reason", "Why"),
            moment("at", "When"),
            staff("by_words", "By"),
            moment("undone_at", "Taken back"),
            staff("undone_by", "By"),
        ],
    )
    .key(&["first", "second", "n"])
    .ties(&["first_version", "second_version"])
    .without(&[("first_print", PRINT), ("second_print", PRINT)])
    .keeping(),
    Holding::new(
        "person_restriction",
        "Who may find your record",
        PERSON,
        sql("SELECT * FROM person_restriction WHERE person_id IN ($LIST) ORDER BY set_at, id"),
        &[
            coded("kind", "What", |k| Restriction::from_key(k).map_or(k, |one| one.words()).into()),
            words("reason", "Why"),
            moment("set_at", "Since"),
            staff("set_by", "By"),
            moment("ended_at", "Until"),
            staff("ended_by", "Ended by"),
        ],
    )
    .ties(&["person_id"]),
    Holding::new(
        "person_named",
        "A colleague named on your record",
        PERSON,
        sql("SELECT * FROM person_named WHERE person_id IN ($LIST) ORDER BY set_at, id"),
        &[
            moment("set_at", "Since"),
            staff("set_by", "By"),
            moment("ended_at", "Until"),
            staff("ended_by", "Ended by"),
        ],
    )
    .ties(&["person_id", "account_id"]),
];
