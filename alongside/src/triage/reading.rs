//! Decisions and assessments as they are kept.

use super::case::{Case, CaseFact, SentTo};
use super::decision::Decided;
use crate::access::{Capability, Reader};
use crate::forms::Answers;
use crate::ids::{ListingId, PersonId, PsychiatricId, TriageId};
use crate::morning::{About, people_linked_to};
use jiff::Timestamp;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use store::{Read, Result, Row, sql};

fn case(row: &Row) -> Result<Case> {
    Ok(Case {
        id: row.get("id")?,
        triage: row.get("triage_id")?,
        listing: row.get("listing_id")?,
        person: row.get("person_id")?,
        project: row.get("project_id")?,
        asked_by: row.get("asked_by")?,
        asked_at: row.get("asked_at")?,
        hearing_on: row.get("hearing_on")?,
        request: Answers::from_json(&row.get::<String>("request")?)?,
        by: row.get("by_words")?,
        recorded_at: row.get("recorded_at")?,
        response: None,
        facts: Vec::new(),
        sent: Vec::new(),
    })
}

/// Rows into assessments with their facts, in three statements however many they are; each once.
fn filled(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Case>> {
    let mut cases: Vec<Case> = Vec::new();
    let mut place: HashMap<PsychiatricId, usize> = HashMap::new();
    for row in rows {
        let case = case(row)?;
        if let Entry::Vacant(free) = place.entry(case.id) {
            free.insert(cases.len());
            cases.push(case);
        }
    }
    let lines: Vec<ListingId> = cases.iter().filter_map(|case| case.listing).collect();
    let linked = people_linked_to(r, &lines)?;
    for case in &mut cases {
        case.person = case.person.or(case.listing.and_then(|line| linked.get(&line).copied()));
    }
    let ids: Vec<PsychiatricId> = cases.iter().map(|case| case.id).collect();
    for row in r.query_list(
        sql("SELECT * FROM psychiatric_fact WHERE psychiatric_id IN ($LIST) ORDER BY at, id"),
        &[],
        &ids,
    )? {
        if let Some(at) = place.get(&row.get("psychiatric_id")?) {
            cases[*at].facts.push(CaseFact {
                question: row.get("question")?,
                answer: row.get("answer")?,
                at: row.get("at")?,
                by: row.get("by_words")?,
                via: row.get("via")?,
            });
        }
    }
    for row in r.query_list(
        sql("SELECT q.*, v.name FROM partner_request q JOIN partner_service p ON p.id = q.partner_id JOIN partner_service_version v ON v.partner_id = p.id AND v.version = p.version WHERE q.psychiatric_id IN ($LIST) ORDER BY q.sent_at, q.id"),
        &[],
        &ids,
    )? {
        if let Some(at) = place.get(&row.get("psychiatric_id")?) {
            cases[*at].sent.push(sent_to(&row)?);
        }
    }
    let triages: Vec<TriageId> = cases.iter().filter_map(|case| case.triage).collect();
    let decided = by_ids(r, &triages)?;
    for case in &mut cases {
        case.response = decided.iter().find(|d| Some(d.id) == case.triage).map(Decided::response);
    }
    Ok(cases)
}

/// One sending, from a row that holds the service's name too.
pub(super) fn sent_to(row: &Row) -> Result<SentTo> {
    let back: Option<Timestamp> = row.get("taken_back_at")?;
    let taken_back = match back {
        Some(at) => Some((
            at,
            row.get::<Option<String>>("taken_back_by")?.unwrap_or_default(),
            row.get::<Option<String>>("taken_back_why")?.unwrap_or_default(),
        )),
        None => None,
    };
    Ok(SentTo {
        id: row.get("id")?,
        partner: row.get("partner_id")?,
        name: row.get("name")?,
        doctor: row.get("doctor")?,
        packet: row.get("packet")?,
        sent_at: row.get("sent_at")?,
        sent_by: row.get("sent_by")?,
        reply_due: row.get("reply_due")?,
        taken_back,
    })
}

/// One assessment, whoever asks: its door is [`super::subject::case_in_scope`].
pub(super) fn case_by_id(r: &mut Read<'_>, id: PsychiatricId) -> Result<Option<Case>> {
    let rows = r.query(sql("SELECT * FROM psychiatric WHERE id = $1"), &[&id])?;
    Ok(filled(r, &rows)?.pop())
}

/// Assessments about a line or a person, newest first.
pub fn cases_about(r: &mut Read<'_>, about: &About) -> Result<Vec<Case>> {
    cases_on(r, &about.listings, &about.people)
}

/// Assessments that hang on any of these, newest first.
pub(super) fn cases_on(r: &mut Read<'_>, listings: &[ListingId], people: &[PersonId]) -> Result<Vec<Case>> {
    let mut rows = r.query_list(
        sql("SELECT * FROM psychiatric WHERE listing_id IN ($LIST) ORDER BY asked_at DESC"),
        &[],
        listings,
    )?;
    rows.extend(r.query_list(
        sql("SELECT * FROM psychiatric WHERE person_id IN ($LIST) ORDER BY asked_at DESC"),
        &[],
        people,
    )?);
    let mut cases = filled(r, &rows)?;
    cases.sort_by_key(|case| (std::cmp::Reverse(case.asked_at), case.id));
    Ok(cases)
}

/// Assessments of the projects in scope that go on, oldest first.
pub(super) fn open_cases<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Case>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT p.* FROM psychiatric p WHERE ($1 OR p.project_id IN ($LIST)) AND NOT EXISTS (SELECT 1 FROM psychiatric_fact f WHERE f.psychiatric_id = p.id AND f.question = 'closed' AND f.answer <> '' AND NOT EXISTS (SELECT 1 FROM psychiatric_fact g WHERE g.psychiatric_id = p.id AND g.question = 'closed' AND g.id > f.id)) ORDER BY p.asked_at, p.id"),
        &[&all],
        &projects,
    )?;
    filled(r, &rows)
}

/// Assessments of the projects in scope that were closed, newest first.
pub(super) fn closed_cases<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Case>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT p.* FROM psychiatric p WHERE ($1 OR p.project_id IN ($LIST)) AND EXISTS (SELECT 1 FROM psychiatric_fact f WHERE f.psychiatric_id = p.id AND f.question = 'closed') ORDER BY p.asked_at DESC, p.id LIMIT 200"),
        &[&all],
        &projects,
    )?;
    let mut cases = filled(r, &rows)?;
    cases.retain(|case| !case.is_open());
    Ok(cases)
}

fn by_ids(r: &mut Read<'_>, ids: &[TriageId]) -> Result<Vec<Decided>> {
    let rows = r.query_list(sql("SELECT * FROM triage WHERE id IN ($LIST)"), &[], ids)?;
    decided(r, &rows)
}

fn decided(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Decided>> {
    let mut found: Vec<Decided> = Vec::new();
    for row in rows {
        let one = Decided::from_row(row)?;
        if !found.iter().any(|there| there.id == one.id) {
            found.push(one);
        }
    }
    let lines: Vec<ListingId> = found.iter().filter_map(|d| d.listing).collect();
    let linked = people_linked_to(r, &lines)?;
    for one in &mut found {
        one.person = one.person.or(one.listing.and_then(|line| linked.get(&line).copied()));
    }
    let ids: Vec<TriageId> = found.iter().map(|d| d.id).collect();
    for row in r.query_list(
        sql("SELECT * FROM triage_response WHERE triage_id IN ($LIST) ORDER BY at, id"),
        &[],
        &ids,
    )? {
        let triage: TriageId = row.get("triage_id")?;
        if let Some(one) = found.iter_mut().find(|d| d.id == triage) {
            one.responses.push((row.get("at")?, row.get("words")?, row.get("by_words")?));
        }
    }
    Ok(found)
}

/// One decision, whoever asks: its door is [`super::subject::triage_in_scope`].
pub(super) fn triage_by_id(r: &mut Read<'_>, id: TriageId) -> Result<Option<Decided>> {
    Ok(by_ids(r, &[id])?.pop())
}

/// Decisions about a line or a person, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn decisions_about(r: &mut Read<'_>, about: &About) -> Result<Vec<Decided>> {
    decisions_on(r, &about.listings, &about.people)
}

/// Decisions that hang on any of these, newest first.
pub(super) fn decisions_on(
    r: &mut Read<'_>,
    listings: &[ListingId],
    people: &[PersonId],
) -> Result<Vec<Decided>> {
    let mut rows = r.query_list(
        sql("SELECT * FROM triage WHERE listing_id IN ($LIST) ORDER BY decided_at DESC"),
        &[],
        listings,
    )?;
    rows.extend(r.query_list(
        sql("SELECT * FROM triage WHERE person_id IN ($LIST) ORDER BY decided_at DESC"),
        &[],
        people,
    )?);
    let mut found = decided(r, &rows)?;
    found.sort_by_key(|d| (std::cmp::Reverse(d.decided_at), d.id));
    Ok(found)
}
