//! Telling a partner service: under a ruling of the ledger, or not at all.

use super::case::{Case, SentTo};
use super::packet::{Section, to_json};
use super::partners::Partner;
use super::reading::{case_by_id, sent_to};
use super::subject::Subject;
use crate::access::policy::AnswerRequests;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::{self, Means, NewDisclosure, Purpose, Question, Ruling, Stop};
use crate::ids::RequestId;
use jiff::{SignedDuration, Timestamp};
use store::{Read, Result, sql};
use uuid::Uuid;

/// What telling is for: an assessment.
pub const PURPOSE: Purpose = Purpose::Treatment;

fn about(r: &mut Read<'_>, subject: &Subject) -> Result<Option<consent::Subject>> {
    match (&subject.person, subject.found()) {
        (Some(person), _) => consent::Subject::person(r, person).map(Some),
        (None, Some(found)) => consent::Subject::line(r, found).map(Some),
        (None, None) => Ok(None),
    }
}

/// May this service be told about this person now? Nothing when there is nobody to ask about.
///
/// # Errors
/// When the database can't be read.
pub fn may_tell(
    r: &mut Read<'_>,
    subject: &Subject,
    partner: &Partner,
    now: Timestamp,
) -> Result<Option<Ruling>> {
    let Some(about) = about(r, subject)? else { return Ok(None) };
    let question = Question { recipient: partner.recipient(), name: &partner.name, purpose: PURPOSE };
    consent::ask_about(r, &about, &question, now).map(Some)
}

/// Sends these parts, if the ledger allows it now: the ruling, the ledger's entry and the sending are one unit of work.
///
/// # Errors
/// When the database refuses.
pub fn send<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    case: &Case,
    partner: &Partner,
    id: RequestId,
    doctor: i64,
    packet: &[Section],
) -> Result<std::result::Result<(), Option<Stop>>> {
    let Some(about) = about(w, subject)? else { return Ok(Err(None)) };
    let (now, by) = (clock::now(), w.by());
    let headings: Vec<&str> = packet.iter().map(|section| section.heading.as_str()).collect();
    let told = consent::disclose_about(
        w,
        &about,
        &NewDisclosure {
            recipient: partner.recipient(),
            to_name: partner.name.clone(),
            to_role: partner.kind_words().to_owned(),
            purpose: PURPOSE,
            means: Means::System,
            summary: format!("Request for a psychiatric assessment: {}", headings.join(", ")),
            about: Some(("psychiatric", case.id.into())),
            told_at: now,
        },
    )?;
    let disclosure = match told {
        Ok(id) => id,
        Err(stop) => return Ok(Err(Some(stop))),
    };
    w.record(
        Event::new("request sent to partner service", "psychiatric", case.id)
            .with(format!("request {id}, partner {}", partner.id)),
    );
    let due = partner.reply_hours.and_then(|hours| now.checked_add(SignedDuration::from_hours(hours)).ok());
    w.execute(
        sql("INSERT INTO partner_request (id, psychiatric_id, partner_id, project_id, doctor, packet, disclosure_id, sent_at, sent_by, reply_due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        &[&id, &case.id, &partner.id, &case.project, &doctor, &to_json(packet)?, &disclosure, &now, &by, &due],
    )?;
    subject.changed(w)?;
    Ok(Ok(()))
}

/// Takes a request back: from now on the partner service sees nothing of it, by account or link. What was told stays told.
///
/// # Errors
/// When the database refuses.
pub fn take_back<C: Capability>(w: &mut Writer<'_, C>, case: &Case, id: RequestId, why: &str) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    w.record(Event::new("request taken back", "psychiatric", case.id).with(format!("request {id}")));
    w.execute(
        sql("UPDATE partner_request SET taken_back_at = $1, taken_back_by = $2, taken_back_why = $3 WHERE id = $4 AND psychiatric_id = $5 AND taken_back_at IS NULL"),
        &[&now, &by, &why, &id, &case.id],
    )?;
    w.execute(
        sql("UPDATE answer_link SET revoked_at = $1, revoked_by = $2 WHERE request_id = $3 AND used_at IS NULL AND revoked_at IS NULL"),
        &[&now, &by, &id],
    )?;
    Ok(())
}

/// A request as its partner service sees it, with the assessment whose facts its answers become. Only this file makes one.
#[derive(Debug, Clone)]
pub struct Addressed {
    /// What was sent.
    pub sent: SentTo,
    /// The assessment; never shown whole.
    pub(super) case: Case,
}

impl Addressed {
    /// The answers that came by this request, as they stand: nobody else's.
    #[must_use]
    pub(super) fn own_answers(&self) -> crate::forms::Answers {
        let mut answers = crate::forms::Answers::default();
        let id = self.sent.id.to_string();
        for fact in self.case.facts.iter().filter(|fact| fact.via.ends_with(&id)) {
            answers.set(&fact.question, &fact.answer);
        }
        answers
    }

    /// Whether it was answered, and with what.
    #[must_use]
    pub(super) fn answer(&self) -> String {
        self.own_answers().value(&format!("d{}-answer", self.sent.doctor)).to_owned()
    }
}

fn addressed(r: &mut Read<'_>, rows: &[store::Row]) -> Result<Vec<Addressed>> {
    let mut found = Vec::new();
    for row in rows {
        if let Some(case) = case_by_id(r, row.get("psychiatric_id")?)? {
            found.push(Addressed { sent: sent_to(row)?, case });
        }
    }
    Ok(found)
}

/// Requests addressed to the services an account answers for, in the projects where it holds the role; newest first.
///
/// # Errors
/// When the database can't be read.
pub fn addressed_to(r: &mut Reader<'_, AnswerRequests>, account: Uuid) -> Result<Vec<Addressed>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT q.*, v.name FROM partner_request q JOIN partner_service p ON p.id = q.partner_id AND p.ended_at IS NULL JOIN partner_service_version v ON v.partner_id = p.id AND v.version = p.version JOIN partner_account a ON a.partner_id = p.id AND a.ended_at IS NULL AND a.account_id = $1 WHERE q.taken_back_at IS NULL AND ($2 OR q.project_id IN ($LIST)) ORDER BY q.sent_at DESC, q.id"),
        &[&account, &all],
        &projects,
    )?;
    addressed(r, &rows)
}

/// One of them.
///
/// # Errors
/// When the database can't be read.
pub fn addressed_one(
    r: &mut Reader<'_, AnswerRequests>,
    account: Uuid,
    id: RequestId,
) -> Result<Option<Addressed>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT q.*, v.name FROM partner_request q JOIN partner_service p ON p.id = q.partner_id AND p.ended_at IS NULL JOIN partner_service_version v ON v.partner_id = p.id AND v.version = p.version JOIN partner_account a ON a.partner_id = p.id AND a.ended_at IS NULL AND a.account_id = $1 WHERE q.id = $2 AND q.taken_back_at IS NULL AND ($3 OR q.project_id IN ($LIST))"),
        &[&account, &id, &all],
        &projects,
    )?;
    let found = addressed(r, &rows[..rows.len().min(1)])?.pop();
    if found.is_some() {
        r.saw(Event::new("request opened by partner service", "request", id));
    }
    Ok(found)
}

/// The request behind a one-time link that was found to stand.
pub(super) fn behind_link(r: &mut Read<'_>, id: RequestId) -> Result<Option<Addressed>> {
    let rows = r.query(
        sql("SELECT q.*, v.name FROM partner_request q JOIN partner_service p ON p.id = q.partner_id AND p.ended_at IS NULL JOIN partner_service_version v ON v.partner_id = p.id AND v.version = p.version WHERE q.id = $1 AND q.taken_back_at IS NULL"),
        &[&id],
    )?;
    Ok(addressed(r, &rows)?.pop())
}
