//! Referrals as they are kept.

use super::record::{Happened, Referral, What};
use crate::access::{Capability, Reader};
use crate::audit::Event;
use crate::consent::{Purpose, Recipient};
use crate::ids::{PersonId, ReferralEventId, ReferralId};
use crate::people::{self, Person};
use crate::triage::Section;
use jiff::Timestamp;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use store::{Read, Result, Row, sql};

fn referral(row: &Row) -> Result<Referral> {
    let needs: String = row.get("needs")?;
    Ok(Referral {
        id: row.get("id")?,
        person: row.get("person_id")?,
        project: row.get("project_id")?,
        service: row.get("service_id")?,
        service_name: row.get("service_name")?,
        recipient: code(row, "recipient", Recipient::from_key)?,
        purpose: code(row, "purpose", Purpose::from_key)?,
        reason: row.get("reason")?,
        priority: row.get("priority")?,
        needs: needs.split_whitespace().map(str::to_owned).collect(),
        despite: row.get("despite")?,
        packet: packet(&row.get::<String>("packet")?)?,
        means: row.get("means")?,
        sent_to: row.get("sent_to")?,
        sent_at: row.get("sent_at")?,
        reply_due: row.get("reply_due")?,
        by: row.get("by_words")?,
        account: row.get("account_id")?,
        events: Vec::new(),
    })
}

fn packet(text: &str) -> Result<Vec<Section>> {
    serde_json::from_str(text)
        .map_err(|e| store::Error::Column { column: "packet".into(), why: e.to_string() })
}

fn code<T>(row: &Row, column: &str, from: fn(&str) -> Option<T>) -> Result<T> {
    let key: String = row.get(column)?;
    from(&key)
        .ok_or_else(|| store::Error::Column { column: column.into(), why: format!("{key:?} is no code") })
}

fn happened(row: &Row) -> Result<Happened> {
    Ok(Happened {
        id: row.get("id")?,
        what: code(row, "kind", What::from_key)?,
        code: row.get("code")?,
        words: row.get("words")?,
        at: row.get("at")?,
        place: row.get("place")?,
        of: row.get("of_event")?,
        recorded_at: row.get("recorded_at")?,
        by: row.get("by_words")?,
        via: row.get("via")?,
    })
}

/// Rows into referrals with everything that happened to them, each once, in the order of the rows.
fn filled(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Referral>> {
    let mut found: Vec<Referral> = Vec::new();
    let mut place: HashMap<ReferralId, usize> = HashMap::new();
    for row in rows {
        let one = referral(row)?;
        if let Entry::Vacant(free) = place.entry(one.id) {
            free.insert(found.len());
            found.push(one);
        }
    }
    let ids: Vec<ReferralId> = found.iter().map(|one| one.id).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    for row in r.query_list(
        sql("SELECT * FROM referral_event WHERE referral_id IN ($LIST) ORDER BY recorded_at, id"),
        &[],
        &ids,
    )? {
        let id: ReferralId = row.get("referral_id")?;
        if let Some(one) = place.get(&id).and_then(|at| found.get_mut(*at)) {
            one.events.push(happened(&row)?);
        }
    }
    Ok(found)
}

/// Referrals that hang on these records, newest first: [`crate::morning::about_person`] gives a person's.
///
/// # Errors
/// When the database can't be read.
pub fn referrals_of(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<Referral>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = r.query_list(
        sql("SELECT * FROM referral WHERE person_id IN ($LIST) ORDER BY sent_at DESC, id DESC"),
        &[],
        people,
    )?;
    filled(r, &rows)
}

/// Referrals of the reader's projects sent since a moment, and all that are not ended, oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn referrals_since<C: Capability>(r: &mut Reader<'_, C>, since: Timestamp) -> Result<Vec<Referral>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM referral f WHERE (f.sent_at >= $1 OR NOT EXISTS (SELECT 1 FROM referral_event e WHERE e.referral_id = f.id AND e.kind IN ('closed', 'revoked', 'transferred'))) AND ($2 OR f.project_id IN ($LIST)) ORDER BY f.sent_at, f.id"),
        &[&since, &all],
        &projects,
    )?;
    filled(r, &rows)
}

/// Referrals of the reader's projects sent between two moments, oldest first.
///
/// # Errors
/// When the database can't be read.
pub(super) fn referrals_between<C: Capability>(
    r: &mut Reader<'_, C>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Referral>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM referral WHERE sent_at >= $1 AND sent_at < $2 AND ($3 OR project_id IN ($LIST)) ORDER BY sent_at, id"),
        &[&from, &to, &all],
        &projects,
    )?;
    filled(r, &rows)
}

/// A referral by its id, whoever asks: for a link, which proves itself.
pub(super) fn by_id(r: &mut Read<'_>, id: ReferralId) -> Result<Option<Referral>> {
    let rows: Vec<Row> = r.maybe(sql("SELECT * FROM referral WHERE id = $1"), &[&id])?.into_iter().collect();
    Ok(filled(r, &rows)?.pop())
}

/// A referral about a person in scope.
///
/// # Errors
/// When the database can't be read.
pub fn find_referral<C: Capability>(
    r: &mut Reader<'_, C>,
    id: ReferralId,
) -> Result<Option<(Person, Referral)>> {
    let Some(referral) = by_id(r, id)? else { return Ok(None) };
    let Some(person) = people::find(r, referral.person)? else { return Ok(None) };
    r.saw(Event::new("referral opened", "referral", id));
    Ok(Some((person, referral)))
}

impl Referral {
    /// Something that happened to it, by its id.
    #[must_use]
    pub fn event(&self, id: ReferralEventId) -> Option<&Happened> {
        self.events.iter().find(|event| event.id == id)
    }
}
