//! What one-time links hold about a person: that one was made for a record of theirs.

use crate::holdings::{Holding, key, moment, staff, words};
use store::sql;

/// The tables of this room. They hang on records of rooms below, so the service names them last.
pub const HOLDINGS: &[Holding] = &[Holding::new(
    "link",
    "One-time link to a record of yours",
    &["referral", "referral_in", "report"],
    sql("SELECT * FROM link WHERE subject_id IN ($LIST) ORDER BY made_at, id"),
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
.ties(&["subject_id"])
.without(&[("token_hash", "the fingerprint of a secret")])];
