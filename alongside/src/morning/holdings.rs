//! What the morning holds about a person: lines of court lists, escort records, and the work on them.

use crate::holdings::{Holding, day, figure, json, key, moment, number, staff, words};
use store::sql;

const LINE: &[&str] = &["listing"];
const ESCORT: &[&str] = &["escort_record"];

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "listing",
        "Line of a court list",
        LINE,
        sql("SELECT * FROM listing WHERE id IN ($LIST) ORDER BY list_date, id"),
        &[
            day("list_date", "Day"),
            words("court_code", "Court"),
            words("court_name", "Name of the court"),
            key("origin", "Where it comes from"),
            words("full_name", "Name"),
            words("forename", "Forename"),
            words("middle_names", "Middle names"),
            words("surname", "Surname"),
            day("date_of_birth", "Date of birth"),
            number("age", "Age"),
            key("sex", "Sex"),
            words("pnc", "PNC number"),
            words("case_no", "Case number"),
            words("list_no", "Number on the list"),
            number("sequence", "Place on the list"),
            words("room", "Courtroom"),
            words("starts", "Time"),
            words("listed_for", "Listed for"),
            key("kind", "Kind of hearing"),
            key("custody", "Custody or bail"),
            words("offences_short", "Offences"),
            json("detail", "On the list"),
            moment("sent_at", "Sent by the court"),
            moment("first_seen_at", "First received"),
            moment("changed_at", "Last changed"),
            moment("removed_at", "Taken off the list"),
        ],
    )
    .ties(&["source_key", "series", "hearing_id", "first_import", "last_import", "joined_into", "identity"]),
    Holding::new(
        "listing_change",
        "Change of a line",
        LINE,
        sql("SELECT * FROM listing_change WHERE listing_id IN ($LIST) ORDER BY at, id"),
        &[moment("at", "When"), key("what", "What"), words("words", "In words")],
    )
    .ties(&["listing_id", "court_code", "list_date", "import_id"]),
    Holding::new(
        "listing_result",
        "Result that a list gave",
        LINE,
        sql("SELECT * FROM listing_result WHERE listing_id IN ($LIST) ORDER BY listing_id, ordinal"),
        &[words("code", "Code"), words("label", "Result"), day("ordered_on", "Ordered on")],
    )
    .key(&["listing_id", "ordinal"]),
    Holding::new(
        "listing_escort",
        "Escort record put with a line",
        LINE,
        sql("SELECT * FROM listing_escort WHERE listing_id IN ($LIST) ORDER BY at, id"),
        &[
            key("how", "How"),
            moment("at", "When"),
            staff("by_words", "By"),
            moment("undone_at", "Taken apart"),
            staff("undone_by", "By"),
        ],
    )
    .ties(&["listing_id", "escort_id"]),
    Holding::new(
        "escort_record",
        "Escort record",
        LINE,
        sql("SELECT e.* FROM escort_record e JOIN listing_escort j ON j.escort_id = e.id WHERE j.undone_at IS NULL AND j.listing_id IN ($LIST) ORDER BY e.move_date, e.id"),
        &[
            day("move_date", "Day"),
            words("court_code", "Court"),
            key("status", "State"),
            words("from_words", "From"),
            json("detail", "In the record"),
            moment("as_of", "As of"),
        ],
    )
    .ties(&["source_key", "first_import", "last_import"]),
    Holding::new(
        "escort_fact",
        "Marker of an escort record",
        ESCORT,
        sql("SELECT * FROM escort_fact WHERE escort_id IN ($LIST) ORDER BY escort_id, ordinal"),
        &[json("fact", "Marker")],
    )
    .key(&["escort_id", "ordinal"]),
    Holding::new(
        "join_proposal",
        "Escort record compared with a line",
        LINE,
        sql("SELECT * FROM join_proposal WHERE listing_id IN ($LIST) ORDER BY at, id"),
        &[
            moment("at", "When"),
            key("decision", "Decided"),
            moment("decided_at", "When it was decided"),
            staff("decided_by", "By"),
        ],
    )
    .ties(&["escort_id", "listing_id"])
    .without(&[("comparison", "sets an escort record beside the line, which may be somebody else's")]),
    Holding::new(
        "candidate",
        "Compared with a line of a court list",
        &["person", "listing"],
        sql("SELECT * FROM candidate WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY listing_id, rank"),
        &[
            number("rank", "Place among those compared"),
            figure("weight", "How much they are alike"),
            figure("probability", "How likely it is the same person"),
            key("band", "In words"),
        ],
    )
    .key(&["listing_id", "person_id"])
    .without(&[("comparison", "sets the details of a line beside a record, which may be somebody else's")]),
    Holding::new(
        "link_decision",
        "Decision whether a line is yours",
        &["person", "listing"],
        sql("SELECT * FROM link_decision WHERE person_id IN ($LIST) OR listing_id IN ($LIST) ORDER BY at, id"),
        &[
            key("decision", "Decided"),
            words("reason", "Why"),
            moment("at", "When"),
            staff("by_words", "By"),
            moment("undone_at", "Taken back"),
            staff("undone_by", "By"),
        ],
    )
    .ties(&["listing_id", "person_id"]),
    Holding::new(
        "listing_take",
        "A colleague took the line on",
        LINE,
        sql("SELECT * FROM listing_take WHERE listing_id IN ($LIST) ORDER BY at, id"),
        &[
            moment("at", "When"),
            staff("by_words", "Who"),
            moment("released_at", "Given back"),
            staff("released_by", "By"),
        ],
    )
    .ties(&["listing_id", "account_id"]),
    Holding::new(
        "listing_preparation",
        "How far a colleague was",
        LINE,
        sql("SELECT * FROM listing_preparation WHERE listing_id IN ($LIST) ORDER BY at, id"),
        &[
            key("status", "State"),
            words("reason", "Why"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["listing_id"]),
    Holding::new(
        "listing_move",
        "Moved on the board",
        LINE,
        sql("SELECT * FROM listing_move WHERE listing_id IN ($LIST) ORDER BY at, id"),
        &[
            number("place", "To place"),
            words("reason", "Why"),
            moment("at", "When"),
            staff("by_words", "By"),
            moment("undone_at", "Taken back"),
            staff("undone_by", "By"),
        ],
    )
    .ties(&["listing_id"]),
    Holding::new(
        "sheet_code",
        "Sheet printed",
        LINE,
        sql("SELECT * FROM sheet_code WHERE listing_id IN ($LIST) ORDER BY printed_at, code"),
        &[moment("printed_at", "When"), staff("printed_by", "By")],
    )
    .key(&["code"])
    .ties(&["listing_id"]),
];
