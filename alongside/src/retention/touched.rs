//! Which records that belong to nobody may be about somebody of whom nothing may go: a line that was compared with them, a file
//! about their day in court, a referral that was theirs for a while. Said of every kind in one way, so that a hold reaches as far
//! as its page says.

use super::hold::held_people;
use crate::ids::PersonId;
use std::collections::{BTreeSet, HashMap};
use store::{Read, Result, Statement, sql};
use uuid::Uuid;

/// Lines that were compared with somebody, or were theirs and are not now. Each statement gives `id` and `person_id`, the record
/// that stands for itself, for ids of its table.
pub(super) const LINES: Statement = sql(
    "SELECT c.listing_id AS id, COALESCE(p.merged_into, p.id) AS person_id FROM candidate c JOIN person p ON p.id = c.person_id WHERE c.listing_id IN ($LIST) UNION SELECT d.listing_id AS id, COALESCE(p.merged_into, p.id) AS person_id FROM link_decision d JOIN person p ON p.id = d.person_id WHERE d.decision = 'same' AND d.listing_id IN ($LIST)",
);

/// Raw files about a court day on which somebody stands, stood, or may stand.
pub(super) const FILES: Statement = sql(
    "SELECT i.import_id AS id, COALESCE(p.merged_into, p.id) AS person_id FROM import_court_day i JOIN listing l ON l.court_code = i.court_code AND l.list_date = i.list_date JOIN candidate c ON c.listing_id = l.id JOIN person p ON p.id = c.person_id WHERE i.import_id IN ($LIST) UNION SELECT i.import_id AS id, COALESCE(p.merged_into, p.id) AS person_id FROM import_court_day i JOIN listing l ON l.court_code = i.court_code AND l.list_date = i.list_date JOIN link_decision d ON d.listing_id = l.id JOIN person p ON p.id = d.person_id WHERE i.import_id IN ($LIST)",
);

/// Escort records that were joined to, or proposed for, a line that is or may be somebody's.
pub(super) const ESCORTS: Statement = sql(
    "SELECT x.id, COALESCE(p.merged_into, p.id) AS person_id FROM (SELECT j.escort_id AS id, j.listing_id FROM listing_escort j WHERE j.escort_id IN ($LIST) UNION SELECT q.escort_id AS id, q.listing_id FROM join_proposal q WHERE q.escort_id IN ($LIST)) x JOIN (SELECT c.listing_id, c.person_id FROM candidate c UNION SELECT d.listing_id, d.person_id FROM link_decision d) w ON w.listing_id = x.listing_id JOIN person p ON p.id = w.person_id",
);

/// Referrals to us that were somebody's for a while.
pub(super) const REFERRALS_IN: Statement = sql(
    "SELECT e.referral_id AS id, COALESCE(p.merged_into, p.id) AS person_id FROM referral_in_event e JOIN person p ON p.id = e.person_id OR p.id IN (SELECT d.person_id FROM link_decision d WHERE d.listing_id = e.listing_id) WHERE e.referral_id IN ($LIST)",
);

/// Files of referrals, one of which is or was somebody's.
pub(super) const REFERRAL_FILES: Statement = sql(
    "SELECT w.file_id AS id, COALESCE(p.merged_into, p.id) AS person_id FROM referral_in_row w JOIN referral_in_event e ON e.referral_id = w.referral_id JOIN person p ON p.id = e.person_id OR p.id IN (SELECT d.person_id FROM link_decision d WHERE d.listing_id = e.listing_id) WHERE w.file_id IN ($LIST)",
);

/// Requests for access, by whom they are about.
pub(super) const REQUESTS: Statement = sql(
    "SELECT q.id, COALESCE(p.merged_into, p.id) AS person_id FROM access_request q JOIN person p ON p.id = q.person_id WHERE q.id IN ($LIST)",
);

/// Why records are held, by id.
pub(super) fn held(r: &mut Read<'_>, touches: Statement, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let people: HashMap<PersonId, Vec<String>> = held_people(r)?;
    if people.is_empty() || ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut found: HashMap<Uuid, BTreeSet<String>> = HashMap::new();
    for row in r.query_list(touches, &[], ids)? {
        let person: PersonId = row.get("person_id")?;
        for why in people.get(&person).into_iter().flatten() {
            found
                .entry(row.get("id")?)
                .or_default()
                .insert(format!("May be about somebody of whom nothing may go ({why})"));
        }
    }
    Ok(found.into_iter().map(|(id, why)| (id, why.into_iter().collect())).collect())
}
