//! What a human refused on one line holds for whoever stands on others as the same identity, until the facts change.

use crate::ids::{ListingId, PersonId};
use jiff::Timestamp;
use store::{Read, Result, sql};

/// A person of the register whom a human refused for an identity.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    /// Who the line says it is, as a fingerprint.
    pub(super) identity: String,
    /// Whom.
    pub(super) person: PersonId,
    /// The line on which that was decided.
    pub(super) listing: ListingId,
    /// Who said so.
    pub(super) by: String,
    /// When.
    pub(super) at: Timestamp,
    /// Why.
    pub(super) reason: String,
}

/// What was refused for these identities and holds, the latest first: no more once the person's details changed, or a record was
/// merged into theirs, or theirs into another. Who is not the one need not be no part of the two.
///
/// # Errors
/// When the database can't be read.
pub(super) fn refusals(r: &mut Read<'_>, identities: &[String]) -> Result<Vec<Refusal>> {
    r.query_list(
        sql("SELECT l.identity, d.person_id, d.listing_id, d.by_words, d.at, d.reason FROM link_decision d JOIN listing l ON l.id = d.listing_id JOIN person p ON p.id = d.person_id JOIN person_version v ON v.person_id = p.id AND v.version = p.version WHERE d.decision = 'not-same' AND d.undone_at IS NULL AND v.at <= d.at AND p.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.kept = p.id AND (m.at > d.at OR m.undone_at > d.at)) AND l.identity IN ($LIST) ORDER BY d.at DESC"),
        &[],
        identities,
    )?
    .iter()
    .map(|row| {
        Ok(Refusal {
            identity: row.get("identity")?,
            person: row.get("person_id")?,
            listing: row.get("listing_id")?,
            by: row.get("by_words")?,
            at: row.get("at")?,
            reason: row.get("reason")?,
        })
    })
    .collect()
}
