//! Who of the register may be the person on a line: what recognition found when the list came, what it finds now, and whom a
//! colleague found by search.

use super::line::LineDetail;
use super::linking::decisions;
use super::queries::episodes_in_scope;
use super::refusals::{Refusal, refusals};
use super::take_in::{from_json, identity_of, json};
use super::work::{Found, find};
use super::written::record_of;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::ids::{ListingId, PersonId};
use crate::people::{Matched, Person, address_withheld, compare_with, held_by, reached, recognise};
use linkage::Band;
use std::collections::HashSet;
use store::{Read, Result, sql};

/// A person of the register who may be the person on the line.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// How alike, and why.
    pub matched: Matched,
    /// Their record lies in a project of the reader.
    pub in_scope: bool,
    /// Names of the projects that hold them, when it does not: whom to ask.
    pub held_by: Vec<String>,
    /// What was decided, if anything.
    pub decision: Option<String>,
}

/// The candidates of a line, best first: as they were when its list came, and as the register stands now. A person who was put
/// on the register since, or whose record changed, is found as well.
///
/// # Errors
/// When the database can't be read.
pub fn candidates<C: Capability>(r: &mut Reader<'_, C>, line: &Found) -> Result<Vec<Candidate>> {
    let mut found: Vec<(PersonId, Matched)> = Vec::new();
    for (person, matched) in found_now(r, line)?.into_iter().chain(kept_with(r, line)?) {
        match found.iter_mut().find(|(there, _)| *there == person) {
            // What only its whole list showed stays: another row of it claims the same person.
            Some((_, there)) => {
                let said: Vec<String> =
                    matched.warnings.into_iter().filter(|word| !there.warnings.contains(word)).collect();
                there.warnings.extend(said);
            }
            None => found.push((person, matched)),
        }
    }
    found.sort_by(|(a, x), (b, y)| y.weight.total_cmp(&x.weight).then(a.cmp(b)));
    let people: Vec<PersonId> = found.iter().map(|(p, _)| *p).collect();
    let claimed = claimed_by_others(r, line, &people)?;
    let taken = linked_to_others(r, line, &people)?;
    for (person, matched) in &mut found {
        if taken.contains(person) {
            matched.warnings.push("another line of this day is linked to the same person already".into());
        } else if claimed.contains(person) && !matched.warnings.iter().any(|w| w.contains("on this list")) {
            matched.warnings.push("somebody else on this list may be the same person of the register".into());
        }
    }
    let ours = episodes_in_scope(r, &people)?;
    let held = held_by(r, &people)?;
    let decided = decisions(r, line)?;
    for person in address_withheld(r, &people)? {
        for (_, matched) in found.iter_mut().filter(|(there, _)| *there == person) {
            matched.withhold_address();
        }
    }
    Ok(found
        .into_iter()
        .map(|(person, matched)| Candidate {
            person,
            matched,
            in_scope: ours.contains_key(&person),
            held_by: held.get(&person).cloned().unwrap_or_default(),
            decision: decided
                .iter()
                .find(|d| d.person == person && (d.decision == "same" || !d.of_merged))
                .map(|d| d.decision.clone()),
        })
        .collect())
}

/// Puts a person whom a colleague found by search beside a line, to be compared and decided about like any other: recognition
/// misses some. Their band is `none`, whatever they weigh, and nothing selects them beforehand. Nothing happens to who is a
/// candidate already.
///
/// # Errors
/// When the database refuses.
pub(super) fn add_candidate<C: Capability>(
    w: &mut Writer<'_, C>,
    line: &Found,
    person: &Person,
) -> Result<()> {
    if w.reading(|r| candidates(r, line))?.iter().any(|c| c.person == person.id()) {
        return Ok(());
    }
    let detail: LineDetail = from_json(
        &w.one(sql("SELECT detail FROM listing WHERE id = $1"), &[&line.id()])?.get::<String>("detail")?,
    )?;
    let Some(mut matched) = compare_with(w, &record_of(&detail.person), person.id())? else { return Ok(()) };
    matched.band = Band::None.word().to_owned();
    matched.warnings = vec!["recognition did not find them alike, a colleague did".to_owned()];
    w.record(
        Event::new("candidate found by hand", "listing", line.id()).with(format!("person {}", person.id())),
    );
    w.execute(
        sql("INSERT INTO candidate (listing_id, person_id, rank, weight, probability, band, comparison) SELECT $1, $2, COALESCE(MAX(rank), 0) + 1, $3, $4, $5, $6 FROM candidate WHERE listing_id = $7 ON CONFLICT (listing_id, person_id) DO NOTHING"),
        &[&line.id(), &person.id(), &matched.weight, &matched.probability, &matched.band, &json(&matched)?, &line.id()],
    )?;
    Ok(())
}

/// What was kept when the list came, and whom colleagues added.
fn kept_with(r: &mut Read<'_>, line: &Found) -> Result<Vec<(PersonId, Matched)>> {
    r.query(
        sql("SELECT COALESCE(p.merged_into, p.id) AS person_id, c.comparison FROM candidate c JOIN person p ON p.id = c.person_id JOIN listing l ON l.id = c.listing_id WHERE l.id = $1 OR l.joined_into = $2 ORDER BY c.weight DESC, p.id"),
        &[&line.id(), &line.id()],
    )?
    .iter()
    .map(|row| Ok((row.get("person_id")?, from_json(&row.get::<String>("comparison")?)?)))
    .collect()
}

/// Who the line says it is, and the lines that joined it.
fn records_on(r: &mut Read<'_>, line: &Found) -> Result<Vec<linkage::Record>> {
    r.query(
        sql("SELECT detail FROM listing WHERE kind <> 'organisation' AND (id = $1 OR joined_into = $2) ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, id"),
        &[&line.id(), &line.id()],
    )?
    .iter()
    .map(|row| Ok(record_of(&from_json::<LineDetail>(&row.get::<String>("detail")?)?.person)))
    .collect()
}

/// Whom recognition finds on the register as it stands, without those refused for the same identity before.
fn found_now(r: &mut Read<'_>, line: &Found) -> Result<Vec<(PersonId, Matched)>> {
    let records = records_on(r, line)?;
    let identities: Vec<String> = records.iter().map(identity_of).collect::<Result<_>>()?;
    let refused = refusals(r, &identities)?;
    let mut found = Vec::new();
    for (record, identity) in records.iter().zip(&identities) {
        for one in recognise(r, std::slice::from_ref(record))?.into_iter().flatten() {
            if !refused.iter().any(|no| no.identity == *identity && no.person == one.person) {
                found.push((one.person, one.matched));
            }
        }
    }
    Ok(found)
}

/// Those whom recognition does not offer for this line, since a human refused them for the same identity on another, and whose
/// record the reader may open; each with the line on which that was decided, when that is in scope.
pub(super) fn refused_on_other_lines<C: Capability>(
    r: &mut Reader<'_, C>,
    line: &Found,
) -> Result<Vec<(Refusal, Option<ListingId>)>> {
    let identities: Vec<String> = records_on(r, line)?.iter().map(identity_of).collect::<Result<_>>()?;
    let mut found: Vec<(Refusal, Option<ListingId>)> = Vec::new();
    for refusal in refusals(r, &identities)? {
        let there = find(r, refusal.listing)?.map(|there| there.id());
        if there != Some(line.id()) && found.iter().all(|(earlier, _)| earlier.person != refusal.person) {
            found.push((refusal, there));
        }
    }
    let people: Vec<PersonId> = found.iter().map(|(refusal, _)| refusal.person).collect();
    let open = reached(r, &people)?;
    found.retain(|(refusal, _)| open.contains(&refusal.person));
    Ok(found)
}

/// Which of these people are the best candidate of another line of the same day. Lines of one file warn of each other when
/// they are weighed; a line that a later file adds is weighed alone.
fn claimed_by_others<C: Capability>(
    r: &mut Reader<'_, C>,
    line: &Found,
    people: &[PersonId],
) -> Result<HashSet<PersonId>> {
    r.query_list(
        sql("SELECT DISTINCT COALESCE(p.merged_into, p.id) AS person_id FROM candidate c JOIN person p ON p.id = c.person_id JOIN listing l ON l.id = c.listing_id WHERE l.court_code = $1 AND l.list_date = $2 AND l.id <> $3 AND l.removed_at IS NULL AND l.joined_into IS NULL AND c.rank = 1 AND COALESCE(p.merged_into, p.id) IN ($LIST)"),
        &[&line.court.code(), &line.date, &line.id()],
        people,
    )?
    .iter()
    .map(|row| row.get("person_id"))
    .collect()
}

/// Which of these people another line of the same day is linked to. One person may stand on two lines, for two cases; so may
/// a brother.
fn linked_to_others<C: Capability>(
    r: &mut Reader<'_, C>,
    line: &Found,
    people: &[PersonId],
) -> Result<HashSet<PersonId>> {
    r.query_list(
        sql("SELECT DISTINCT COALESCE(p.merged_into, p.id) AS person_id FROM link_decision d JOIN person p ON p.id = d.person_id JOIN listing l ON l.id = d.listing_id WHERE l.court_code = $1 AND l.list_date = $2 AND COALESCE(l.joined_into, l.id) <> $3 AND l.removed_at IS NULL AND d.decision = 'same' AND d.undone_at IS NULL AND COALESCE(p.merged_into, p.id) IN ($LIST)"),
        &[&line.court.code(), &line.date, &line.id()],
        people,
    )?
    .iter()
    .map(|row| row.get("person_id"))
    .collect()
}

/// The one candidate that a form may show as chosen before anybody chose: the only one open, in the top band, with nothing to
/// mind and nothing said of them yet. A person still presses the button.
#[must_use]
pub fn preselected(candidates: &[Candidate]) -> Option<PersonId> {
    let mut open = candidates.iter().filter(|c| c.in_scope && c.decision.as_deref() != Some("not-same"));
    match (open.next(), open.next()) {
        (Some(only), None)
            if only.matched.band == "certain"
                && only.matched.warnings.is_empty()
                && only.decision.is_none() =>
        {
            Some(only.person)
        }
        _ => None,
    }
}
