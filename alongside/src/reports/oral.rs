//! What was said: to whom, when, in which court, what was asked and answered, and how the bench responded.

use super::delivery::{NotDelivered, disclose};
use super::reading::{code, subject_of};
use super::record::Report;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::{Means, NewDisclosure, Purpose, Recipient};
use crate::ids::{ListingId, OralId, PersonId, ProjectId, ReportId};
use crate::morning::{self, About};
use crate::triage::Subject;
use jiff::Timestamp;
use std::collections::HashMap;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Something said, to be recorded.
#[derive(Debug, Clone)]
pub struct NewOral {
    /// The report it belongs to.
    pub report: Option<ReportId>,
    /// What was said, as it was said.
    pub said: String,
    /// Whom.
    pub recipient: Recipient,
    /// Who they were.
    pub to_name: String,
    /// What for.
    pub purpose: Purpose,
    /// In which court.
    pub court: String,
    /// In which room.
    pub room: String,
    /// When.
    pub said_at: Timestamp,
    /// Questions and answers.
    pub questions: String,
    /// The bench's response.
    pub response: String,
}

/// Something said, as it is kept.
#[derive(Debug, Clone)]
pub struct Oral {
    /// Its id.
    pub id: OralId,
    /// The line it hangs on.
    pub listing: Option<ListingId>,
    /// The person it hangs on.
    pub person: Option<PersonId>,
    /// The project.
    pub project: ProjectId,
    /// What.
    pub new: NewOral,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// By whom.
    pub by: String,
    /// What was added since: key of [`MORE`], words, when, by whom.
    pub more: Vec<(String, String, Timestamp, String)>,
}

/// What can be added afterwards: key, words.
pub const MORE: [(&str, &str); 3] =
    [("question", "Question and answer"), ("response", "The bench’s response"), ("correction", "Correction")];

/// Records what was said, under this id, with its entry in the ledger.
///
/// # Errors
/// When the database refuses.
pub fn record_oral<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    id: OralId,
    new: &NewOral,
) -> Result<std::result::Result<(), NotDelivered>> {
    let means = if new.recipient == Recipient::Court { Means::InCourt } else { Means::InPerson };
    let told = disclose(
        w,
        subject,
        &NewDisclosure {
            recipient: new.recipient,
            to_name: new.to_name.clone(),
            to_role: String::new(),
            purpose: new.purpose,
            means,
            summary: "Spoken report".into(),
            about: Some(("spoken report", id.into())),
            told_at: new.said_at,
        },
    )?;
    let disclosure = match told {
        Ok(disclosure) => disclosure,
        Err(why) => return Ok(Err(why)),
    };
    let listing = subject.listing();
    let person = if listing.is_some() { None } else { subject.person_id() };
    w.record(
        Event::new("spoken report recorded", "spoken report", id)
            .with(format!("{}; disclosure {disclosure}", subject.audit_words())),
    );
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.execute(
        sql("INSERT INTO oral_report (id, report_id, listing_id, person_id, project_id, said, recipient, to_name, purpose, court, room, said_at, questions, response, disclosure_id, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"),
        &[&id, &new.report, &listing, &person, &subject.project, &new.said, &new.recipient.key(), &new.to_name, &new.purpose.key(), &new.court, &new.room, &new.said_at, &new.questions, &new.response, &disclosure, &now, &account, &by],
    )?;
    subject.changed(w)?;
    Ok(Ok(()))
}

/// Adds what was asked, how the bench responded, or a correction. What stands stays.
///
/// # Errors
/// When the database refuses.
pub fn add_to_oral<C: Capability>(w: &mut Writer<'_, C>, id: OralId, what: &str, words: &str) -> Result<()> {
    w.record(Event::new("spoken report: added to", "spoken report", id).with(what));
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.execute(
        sql("INSERT INTO oral_report_more (id, oral_id, what, words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&Uuid::now_v7(), &id, &what, &words, &now, &account, &by],
    )?;
    Ok(())
}

fn oral(row: &Row) -> Result<Oral> {
    Ok(Oral {
        id: row.get("id")?,
        listing: row.get("listing_id")?,
        person: row.get("person_id")?,
        project: row.get("project_id")?,
        new: NewOral {
            report: row.get("report_id")?,
            said: row.get("said")?,
            recipient: code(row, "recipient", Recipient::from_key)?,
            to_name: row.get("to_name")?,
            purpose: code(row, "purpose", Purpose::from_key)?,
            court: row.get("court")?,
            room: row.get("room")?,
            said_at: row.get("said_at")?,
            questions: row.get("questions")?,
            response: row.get("response")?,
        },
        recorded_at: row.get("recorded_at")?,
        by: row.get("by_words")?,
        more: Vec::new(),
    })
}

fn with_more(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Oral>> {
    let mut all: Vec<Oral> = rows.iter().map(oral).collect::<Result<_>>()?;
    let place: HashMap<OralId, usize> = all.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
    let ids: Vec<OralId> = all.iter().map(|one| one.id).collect();
    if ids.is_empty() {
        return Ok(all);
    }
    for row in r.query_list(
        sql("SELECT * FROM oral_report_more WHERE oral_id IN ($LIST) ORDER BY at, id"),
        &[],
        &ids,
    )? {
        if let Some(one) = place.get(&row.get("oral_id")?).and_then(|at| all.get_mut(*at)) {
            one.more.push((row.get("what")?, row.get("words")?, row.get("at")?, row.get("by_words")?));
        }
    }
    Ok(all)
}

/// What was said about somebody, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn orals_about(r: &mut Read<'_>, about: &About) -> Result<Vec<Oral>> {
    orals_on(r, &about.listings, &about.people)
}

pub(super) fn orals_on(r: &mut Read<'_>, listings: &[ListingId], people: &[PersonId]) -> Result<Vec<Oral>> {
    let mut rows =
        r.query_list(sql("SELECT * FROM oral_report WHERE listing_id IN ($LIST)"), &[], listings)?;
    rows.extend(r.query_list(sql("SELECT * FROM oral_report WHERE person_id IN ($LIST)"), &[], people)?);
    let mut all = with_more(r, &rows)?;
    all.sort_by_key(|one| std::cmp::Reverse((one.new.said_at, one.id)));
    Ok(all)
}

/// What was said with a report.
pub(super) fn orals_with(r: &mut Read<'_>, report: &Report) -> Result<Vec<Oral>> {
    let rows =
        r.query(sql("SELECT * FROM oral_report WHERE report_id = $1 ORDER BY said_at DESC"), &[&report.id])?;
    with_more(r, &rows)
}

/// Something said about somebody in scope, with whom it is about.
///
/// # Errors
/// When the database can't be read.
pub fn find_oral<C: Capability>(
    r: &mut Reader<'_, C>,
    id: OralId,
    rules: &morning::Rules,
) -> Result<Option<(Subject, Oral)>> {
    let rows = r.query(sql("SELECT * FROM oral_report WHERE id = $1"), &[&id])?;
    let Some(oral) = with_more(r, &rows)?.pop() else { return Ok(None) };
    let Some(subject) = subject_of(r, oral.listing, oral.person, rules)? else { return Ok(None) };
    r.saw(Event::new("spoken report opened", "spoken report", id));
    Ok(Some((subject, oral)))
}
