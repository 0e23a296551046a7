//! Referrals in as they are kept. Who may see one: whoever takes referrals in the project it is with, and the account that sent it.

use super::record::{Event, EventKind, ReferralIn};
use crate::access::{Capability, Reader};
use crate::audit;
use crate::ids::{ListingId, PersonId, ReferralInId};
use jiff::civil::Date;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

fn referral(row: &Row) -> Result<ReferralIn> {
    Ok(ReferralIn {
        id: row.get("id")?,
        project: row.get("project_id")?,
        source: row.get("source")?,
        name: row.get("name")?,
        born_on: row.get("born_on")?,
        sex: row.get("sex")?,
        number: row.get("number")?,
        place: row.get("place")?,
        court: row.get("court_code")?,
        hearing_on: row.get("hearing_on")?,
        hearing_time: row.get("hearing_time")?,
        worries: row.get::<String>("worries")?.split_whitespace().map(str::to_owned).collect(),
        words: row.get("words")?,
        danger: row.get("danger")?,
        told: row.get("told")?,
        agrees: row.get("agrees")?,
        report: None,
        referrer: (row.get("referrer_name")?, row.get("referrer_role")?, row.get("referrer_contact")?),
        received_at: row.get("received_at")?,
        due_at: row.get("due_at")?,
        account: row.get("account_id")?,
        by: row.get("by_words")?,
        events: Vec::new(),
    })
}

fn filled(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<ReferralIn>> {
    let mut found: Vec<ReferralIn> = Vec::new();
    let mut place: HashMap<ReferralInId, usize> = HashMap::new();
    for row in rows {
        let one = referral(row)?;
        if let Entry::Vacant(free) = place.entry(one.id) {
            free.insert(found.len());
            found.push(one);
        }
    }
    let ids: Vec<ReferralInId> = found.iter().map(|one| one.id).collect();
    for row in r.query_list(
        sql("SELECT referral_id, question, wanted FROM referral_in_report WHERE referral_id IN ($LIST)"),
        &[],
        &ids,
    )? {
        let id: ReferralInId = row.get("referral_id")?;
        if let Some(one) = place.get(&id).and_then(|at| found.get_mut(*at)) {
            one.report = Some((row.get("question")?, row.get("wanted")?));
        }
    }
    if ids.is_empty() {
        return Ok(found);
    }
    for row in r.query_list(
        sql("SELECT * FROM referral_in_event WHERE referral_id IN ($LIST) ORDER BY at, id"),
        &[],
        &ids,
    )? {
        let id: ReferralInId = row.get("referral_id")?;
        let kind: String = row.get("kind")?;
        let Some(kind) = EventKind::from_key(&kind) else { continue };
        let event = Event {
            kind,
            code: row.get("code")?,
            words: row.get("words")?,
            listing: row.get("listing_id")?,
            person: row.get("person_id")?,
            other: row.get("other_id")?,
            at: row.get("at")?,
            by: row.get("by_words")?,
        };
        if let Some(one) = place.get(&id).and_then(|at| found.get_mut(*at)) {
            one.events.push(event);
        }
    }
    Ok(found)
}

/// Whether a referral is with a project of the reader.
fn is_mine(one: &ReferralIn, scope: &(bool, Vec<Uuid>)) -> bool {
    scope.0 || scope.1.contains(&one.is_with().into())
}

/// Referrals with the reader's projects that are open, what is due first; and those that ended since a moment.
///
/// # Errors
/// When the database can't be read.
pub fn open_referrals_in<C: Capability>(
    r: &mut Reader<'_, C>,
    ended_since: jiff::Timestamp,
) -> Result<Vec<ReferralIn>> {
    let scope = r.projects();
    let rows = r.query(
        sql("SELECT * FROM referral_in f WHERE f.received_at >= $1 OR NOT EXISTS (SELECT 1 FROM referral_in_event e WHERE e.referral_id = f.id AND e.kind IN ('seen', 'declined', 'duplicate', 'withdrawn')) ORDER BY f.due_at, f.id"),
        &[&ended_since],
    )?;
    Ok(filled(r, &rows)?.into_iter().filter(|one| is_mine(one, &scope)).collect())
}

/// Referrals for a court day, whichever project they are with: for the board of that court.
pub(super) fn of_day(r: &mut Read<'_>, court: &str, date: Date) -> Result<Vec<ReferralIn>> {
    let rows = r.query(
        sql("SELECT * FROM referral_in WHERE court_code = $1 AND hearing_on = $2 ORDER BY due_at, id"),
        &[&court, &date],
    )?;
    filled(r, &rows)
}

/// Referrals that a human joined to these lines or people, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn referrals_in_about(
    r: &mut Read<'_>,
    listings: &[ListingId],
    people: &[PersonId],
) -> Result<Vec<ReferralIn>> {
    let mut rows = Vec::new();
    if !listings.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT f.* FROM referral_in f JOIN referral_in_event e ON e.referral_id = f.id WHERE e.listing_id IN ($LIST)"),
            &[],
            listings,
        )?);
    }
    if !people.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT f.* FROM referral_in f JOIN referral_in_event e ON e.referral_id = f.id WHERE e.person_id IN ($LIST)"),
            &[],
            people,
        )?);
    }
    let mut found = filled(r, &rows)?;
    // What was joined and taken apart again is not about them.
    found.retain(|one| {
        one.listing().is_some_and(|l| listings.contains(&l))
            || one.person().is_some_and(|p| people.contains(&p))
    });
    found.sort_by_key(|one| std::cmp::Reverse((one.received_at, one.id)));
    Ok(found)
}

/// A referral with a project of the reader.
///
/// # Errors
/// When the database can't be read.
pub fn find_referral_in<C: Capability>(
    r: &mut Reader<'_, C>,
    id: ReferralInId,
) -> Result<Option<ReferralIn>> {
    let scope = r.projects();
    let found = by_id(r, id)?.filter(|one| is_mine(one, &scope));
    if found.is_some() {
        r.saw(audit::Event::new("referral in opened", "referral in", id));
    }
    Ok(found)
}

/// A referral by its id, whoever asks: for a receipt, which proves itself.
pub(super) fn by_id(r: &mut Read<'_>, id: ReferralInId) -> Result<Option<ReferralIn>> {
    let rows: Vec<Row> =
        r.maybe(sql("SELECT * FROM referral_in WHERE id = $1"), &[&id])?.into_iter().collect();
    Ok(filled(r, &rows)?.pop())
}

/// What an account sent, newest first.
pub(super) fn sent_by(r: &mut Read<'_>, account: Uuid) -> Result<Vec<ReferralIn>> {
    let rows = r.query(
        sql("SELECT * FROM referral_in WHERE account_id = $1 AND source = 'account' ORDER BY received_at DESC, id DESC"),
        &[&account],
    )?;
    filled(r, &rows)
}
