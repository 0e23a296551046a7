//! Reports as they are kept: rows into [`Report`]s, in a fixed number of statements however many they are.

use super::body::Body;
use super::record::{
    Closing, Delivery, Followed, Hearing, Locked, Receipt, Recommended, Report, Saved, Second, Version,
    Writer,
};
use crate::access::{Capability, Reader};
use crate::audit::Event;
use crate::consent::{Means, Purpose, Recipient};
use crate::ids::{ListingId, PersonId, ReportId};
use crate::morning::{self, About, person_linked_to, person_on};
use crate::people;
use crate::triage::{Subject, of_record};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use store::{Read, Result, Row, sql};

fn report(row: &Row) -> Result<Report> {
    Ok(Report {
        id: row.get("id")?,
        listing: row.get("listing_id")?,
        person: row.get("person_id")?,
        project: row.get("project_id")?,
        kind: row.get("kind")?,
        purpose: code(row, "purpose", Purpose::from_key)?,
        asked_by: row.get("asked_by")?,
        asker: row.get("asker")?,
        question: row.get("question")?,
        restriction: row.get("restriction")?,
        asked_at: row.get("asked_at")?,
        after: row.get("after_id")?,
        by: row.get("by_words")?,
        hearings: Vec::new(),
        writers: Vec::new(),
        saves: Vec::new(),
        versions: Vec::new(),
        deliveries: Vec::new(),
        closing: None,
    })
}

pub(super) fn code<T>(row: &Row, column: &str, from: fn(&str) -> Option<T>) -> Result<T> {
    let key: String = row.get(column)?;
    from(&key)
        .ok_or_else(|| store::Error::Column { column: column.into(), why: format!("{key:?} is no code") })
}

/// The report that a row belongs to.
fn of<'a>(
    reports: &'a mut [Report],
    place: &HashMap<ReportId, usize>,
    row: &Row,
) -> Result<Option<&'a mut Report>> {
    let id: ReportId = row.get("report_id")?;
    Ok(place.get(&id).and_then(|at| reports.get_mut(*at)))
}

/// Rows into reports with everything that happened to them, each once.
fn filled(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Report>> {
    let (mut reports, mut place): (Vec<Report>, HashMap<ReportId, usize>) = (Vec::new(), HashMap::new());
    for row in rows {
        let one = report(row)?;
        if let Entry::Vacant(free) = place.entry(one.id) {
            free.insert(reports.len());
            reports.push(one);
        }
    }
    if reports.is_empty() {
        return Ok(reports);
    }
    let ids: Vec<ReportId> = reports.iter().map(|report| report.id).collect();
    requests(r, &ids, &mut reports, &place)?;
    versions(r, &ids, &mut reports, &place)?;
    deliveries(r, &ids, &mut reports, &place)?;
    Ok(reports)
}

fn requests(
    r: &mut Read<'_>,
    ids: &[ReportId],
    reports: &mut [Report],
    place: &HashMap<ReportId, usize>,
) -> Result<()> {
    for row in r.query_list(
        sql("SELECT * FROM report_hearing WHERE report_id IN ($LIST) ORDER BY at, id"),
        &[],
        ids,
    )? {
        if let Some(report) = of(reports, place, &row)? {
            report.hearings.push(Hearing {
                on: row.get("hearing_on")?,
                time: row.get("hearing_time")?,
                court: row.get("court")?,
                room: row.get("room")?,
                due_at: row.get("due_at")?,
                due_why: row.get("due_why")?,
                at: row.get("at")?,
                by: row.get("by_words")?,
            });
        }
    }
    for row in
        r.query_list(sql("SELECT * FROM report_writer WHERE report_id IN ($LIST) ORDER BY at, id"), &[], ids)?
    {
        if let Some(report) = of(reports, place, &row)? {
            report.writers.push(Writer {
                account: row.get("account_id")?,
                name: row.get("name")?,
                at: row.get("at")?,
            });
        }
    }
    for row in r.query_list(
        sql("SELECT report_id, version, MAX(save) AS save FROM report_save WHERE report_id IN ($LIST) GROUP BY report_id, version ORDER BY version"),
        &[],
        ids,
    )? {
        if let Some(report) = of(reports, place, &row)? {
            report.saves.push(Saved { version: row.get("version")?, save: row.get("save")? });
        }
    }
    for row in r.query_list(sql("SELECT * FROM report_closing WHERE report_id IN ($LIST)"), &[], ids)? {
        if let Some(report) = of(reports, place, &row)? {
            report.closing = Some(Closing {
                reason: row.get("reason")?,
                words: row.get("words")?,
                at: row.get("at")?,
                by: row.get("by_words")?,
            });
        }
    }
    Ok(())
}

fn versions(
    r: &mut Read<'_>,
    ids: &[ReportId],
    reports: &mut [Report],
    place: &HashMap<ReportId, usize>,
) -> Result<()> {
    for row in r.query_list(
        sql("SELECT v.*, c.words AS second_words, c.role_words AS second_role, c.at AS second_at, c.by_words AS second_by, l.hash, l.pages, l.locked_at FROM report_version v LEFT JOIN report_countersignature c ON c.report_id = v.report_id AND c.version = v.version LEFT JOIN report_locked l ON l.report_id = v.report_id AND l.version = v.version WHERE v.report_id IN ($LIST) ORDER BY v.version"),
        &[],
        ids,
    )? {
        let looked: String = row.get("looked_at")?;
        let second = match row.get::<Option<jiff::Timestamp>>("second_at")? {
            None => None,
            Some(at) => Some(Second {
                words: row.get("second_words")?,
                role: row.get("second_role")?,
                at,
                by: row.get("second_by")?,
            }),
        };
        let locked = match row.get::<Option<jiff::Timestamp>>("locked_at")? {
            None => None,
            Some(at) => Some(Locked { hash: row.get("hash")?, pages: row.get("pages")?, at }),
        };
        if let Some(report) = of(reports, place, &row)? {
            report.versions.push(Version {
                number: row.get("version")?,
                save: row.get("save")?,
                changed: row.get("changed")?,
                looked_at: looked.lines().map(str::to_owned).collect(),
                countersign: row.get("countersign")?,
                role: row.get("role_words")?,
                signed_at: row.get("signed_at")?,
                by: row.get("by_words")?,
                account: row.get("account_id")?,
                second,
                locked,
                recommendations: Vec::new(),
            });
        }
    }
    for row in r.query_list(
        sql("SELECT * FROM report_recommendation WHERE report_id IN ($LIST) ORDER BY version, place"),
        &[],
        ids,
    )? {
        let number: i64 = row.get("version")?;
        let one = recommended(&row)?;
        if let Some(version) = of(reports, place, &row)?
            .and_then(|report| report.versions.iter_mut().find(|v| v.number == number))
        {
            version.recommendations.push(one);
        }
    }
    for row in r.query_list(
        sql("SELECT f.*, x.report_id FROM report_followed f JOIN report_recommendation x ON x.id = f.recommendation_id WHERE x.report_id IN ($LIST) ORDER BY f.at, f.id"),
        &[],
        ids,
    )? {
        let id = row.get("recommendation_id")?;
        let answer = followed(&row)?;
        let Some(report) = of(reports, place, &row)? else { continue };
        if let Some(one) =
            report.versions.iter_mut().flat_map(|v| &mut v.recommendations).find(|one| one.id == id)
        {
            one.followed.push(answer);
        }
    }
    Ok(())
}

fn recommended(row: &Row) -> Result<Recommended> {
    Ok(Recommended {
        id: row.get("id")?,
        kind: row.get("kind")?,
        words: row.get("words")?,
        why: row.get("why")?,
        instead: row.get("instead")?,
        followed: Vec::new(),
    })
}

fn followed(row: &Row) -> Result<Followed> {
    Ok(Followed {
        answer: row.get("answer")?,
        why: row.get("why")?,
        source: row.get("source")?,
        at: row.get("at")?,
        by: row.get("by_words")?,
    })
}

fn deliveries(
    r: &mut Read<'_>,
    ids: &[ReportId],
    reports: &mut [Report],
    place: &HashMap<ReportId, usize>,
) -> Result<()> {
    for row in r.query_list(
        sql("SELECT d.*, q.received_by, q.note, q.received_at FROM report_delivery d LEFT JOIN report_receipt q ON q.delivery_id = d.id WHERE d.report_id IN ($LIST) ORDER BY d.delivered_at, d.id"),
        &[],
        ids,
    )? {
        let receipt = match row.get::<Option<jiff::Timestamp>>("received_at")? {
            None => None,
            Some(at) => Some(Receipt { by: row.get("received_by")?, note: row.get("note")?, at }),
        };
        if let Some(report) = of(reports, place, &row)? {
            report.deliveries.push(Delivery {
                id: row.get("id")?,
                version: row.get("version")?,
                recipient: code(&row, "recipient", Recipient::from_key)?,
                to_name: row.get("to_name")?,
                to_role: row.get("to_role")?,
                means: code(&row, "means", Means::from_key)?,
                at: row.get("delivered_at")?,
                by: row.get("by_words")?,
                receipt,
            });
        }
    }
    Ok(())
}

/// Reports about somebody in scope, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn reports_about(r: &mut Read<'_>, about: &About) -> Result<Vec<Report>> {
    reports_on(r, &about.listings, &about.people)
}

/// Reports that hang on any of these, newest first.
pub(super) fn reports_on(
    r: &mut Read<'_>,
    listings: &[ListingId],
    people: &[PersonId],
) -> Result<Vec<Report>> {
    let mut rows = r.query_list(sql("SELECT * FROM report WHERE listing_id IN ($LIST)"), &[], listings)?;
    rows.extend(r.query_list(sql("SELECT * FROM report WHERE person_id IN ($LIST)"), &[], people)?);
    let mut reports = filled(r, &rows)?;
    reports.sort_by_key(|report| std::cmp::Reverse((report.asked_at, report.id)));
    Ok(reports)
}

/// Reports of the projects in scope that were asked for since a moment, or that are not done; oldest first.
pub(super) fn reports_since<C: Capability>(
    r: &mut Reader<'_, C>,
    since: jiff::Timestamp,
) -> Result<Vec<Report>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT p.* FROM report p WHERE (p.asked_at >= $1 OR (NOT EXISTS (SELECT 1 FROM report_delivery d WHERE d.report_id = p.id) AND NOT EXISTS (SELECT 1 FROM report_closing c WHERE c.report_id = p.id))) AND ($2 OR p.project_id IN ($LIST)) ORDER BY p.asked_at, p.id"),
        &[&since, &all],
        &projects,
    )?;
    filled(r, &rows)
}

/// Reports of which an account signed a version, newest first.
pub(super) fn reports_signed_by(r: &mut Read<'_>, account: uuid::Uuid) -> Result<Vec<Report>> {
    let rows = r.query(
        sql("SELECT p.* FROM report p WHERE EXISTS (SELECT 1 FROM report_version v WHERE v.report_id = p.id AND v.account_id = $1) ORDER BY p.asked_at DESC, p.id LIMIT 300"),
        &[&account],
    )?;
    filled(r, &rows)
}

/// Whoever something of this room hangs on: the line, else the person, else whoever the line outside one's courts is linked to.
pub(super) fn subject_of<C: Capability>(
    r: &mut Reader<'_, C>,
    listing: Option<ListingId>,
    person: Option<PersonId>,
    rules: &morning::Rules,
) -> Result<Option<Subject>> {
    let person = match (person, listing) {
        (None, Some(listing)) => person_linked_to(r, listing)?,
        (person, _) => person,
    };
    of_record(r, listing, person, rules)
}

/// The name of whoever a report is about, for lists: nothing when neither line nor person is in scope any more.
pub(super) fn name_of<C: Capability>(r: &mut Reader<'_, C>, report: &Report) -> Result<Option<String>> {
    let line = match report.listing {
        Some(id) => morning::find(r, id)?,
        None => None,
    };
    let person = match (&line, report.listing) {
        (Some(line), _) => person_on(r, line)?,
        (None, Some(listing)) => person_linked_to(r, listing)?,
        (None, None) => report.person,
    };
    if let Some(person) = person
        && let Some(person) = people::find(r, person)?
    {
        return Ok(Some(person.details.name()));
    }
    let Some(line) = line else { return Ok(None) };
    Ok(morning::named(r, &[line.id()])?.remove(&line.id()).map(|named| named.name))
}

/// A report about somebody in scope, with whom it is about: the proof for everything done with it.
///
/// # Errors
/// When the database can't be read.
pub fn find_report<C: Capability>(
    r: &mut Reader<'_, C>,
    id: ReportId,
    rules: &morning::Rules,
) -> Result<Option<(Subject, Report)>> {
    let rows = r.query(sql("SELECT * FROM report WHERE id = $1"), &[&id])?;
    let Some(report) = filled(r, &rows)?.pop() else { return Ok(None) };
    let Some(subject) = subject_of(r, report.listing, report.person, rules)? else { return Ok(None) };
    r.saw(Event::new("report opened", "report", id));
    Ok(Some((subject, report)))
}

/// The text of a version as it was saved last, with the number of that save and what it says that it changes.
pub(super) fn saved_body(
    r: &mut Read<'_>,
    id: ReportId,
    version: i64,
) -> Result<Option<(i64, Body, String)>> {
    r.maybe(
        sql("SELECT save, body, changed FROM report_save WHERE report_id = $1 AND version = $2 ORDER BY save DESC"),
        &[&id, &version],
    )?
    .map(|row| Ok((row.get("save")?, Body::from_json(&row.get::<String>("body")?)?, row.get("changed")?)))
    .transpose()
}

/// A locked version: its document as data, and the very bytes of its PDF.
pub(super) fn locked(
    r: &mut Read<'_>,
    id: ReportId,
    version: i64,
) -> Result<Option<(documents::Document, Vec<u8>)>> {
    r.maybe(
        sql("SELECT document, pdf FROM report_locked WHERE report_id = $1 AND version = $2"),
        &[&id, &version],
    )?
    .map(|row| {
        let document = serde_json::from_str(&row.get::<String>("document")?)
            .map_err(|e| store::Error::Column { column: "document".into(), why: e.to_string() })?;
        Ok((document, row.get("pdf")?))
    })
    .transpose()
}
