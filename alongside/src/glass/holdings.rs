//! What the glass holds about a person: who opened their record outside their projects, and why.

use crate::access::{Outcome, ReasonClass};
use crate::holdings::{Holding, coded, moment, others, words};
use store::sql;

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[Holding::new(
    "glass",
    "Your record was opened in an emergency by somebody of another project",
    &["person"],
    sql("SELECT * FROM glass WHERE record_id IN ($LIST) ORDER BY opened_at, id"),
    &[
        coded("reason_class", "Kind of reason", |k| {
            ReasonClass::from_key(k).map_or(k, |one| one.words()).into()
        }),
        others("reason", "Why"),
        moment("opened_at", "Opened"),
        moment("ends_at", "Shut by itself"),
        moment("closed_at", "Shut before"),
        moment("reviewed_at", "Reviewed"),
        coded("outcome", "What the review found", |k| {
            Outcome::from_key(k).map_or(k, |one| one.words()).into()
        }),
        words("outcome_words", "In words"),
    ],
)
.ties(&["account_id", "record_id", "reviewed_by"])];
