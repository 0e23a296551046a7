//! Asking for a report, taking the writing, a moved hearing, and that it is no longer wanted.

use super::due::{Due, due, hearing_at};
use super::kinds::{Kind, Kinds};
use super::record::Report;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::Purpose;
use crate::ids::{AccountId, ReportId};
use crate::triage::Subject;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Result, sql};
use uuid::Uuid;

/// A request to be recorded.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// Key of its type.
    pub kind: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Key of [`super::ASKERS`].
    pub asked_by: String,
    /// Name and role of whoever asked.
    pub asker: String,
    /// What they want to know.
    pub question: String,
    /// A restriction on reporting that no list states.
    pub restriction: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// The report it adds to.
    pub after: Option<ReportId>,
    /// For which hearing.
    pub hearing: ForHearing,
}

/// The hearing a report is for, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForHearing {
    /// The day.
    pub on: Option<Date>,
    /// The time.
    pub time: String,
    /// The court.
    pub court: String,
    /// The room.
    pub room: String,
    /// When whoever asked wants it, where they said so: it goes before every target.
    pub wanted_by: Option<Timestamp>,
}

impl ForHearing {
    fn due(&self, kind: &Kind, kinds: &Kinds, asked_at: Timestamp) -> Due {
        match self.wanted_by {
            Some(at) => Due { at, why: "when whoever asked wants it".into() },
            None => due(kind, kinds, asked_at, hearing_at(self.on, &self.time)),
        }
    }
}

/// Records a request, under this id. It hangs on the line where there is one.
///
/// # Errors
/// When the database refuses.
pub fn ask<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    id: ReportId,
    new: &NewReport,
    (kind, kinds): (&Kind, &Kinds),
) -> Result<()> {
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    let listing = subject.listing();
    let person = if listing.is_some() { None } else { subject.person_id() };
    w.record(Event::new("report asked for", "report", id).with(format!(
        "{}, by {}; {}",
        new.kind,
        new.asked_by,
        subject.audit_words()
    )));
    w.execute(
        sql("INSERT INTO report (id, listing_id, person_id, project_id, kind, purpose, asked_by, asker, question, restriction, asked_at, after_id, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"),
        &[&id, &listing, &person, &subject.project, &new.kind, &new.purpose.key(), &new.asked_by, &new.asker, &new.question, &new.restriction, &new.asked_at, &new.after, &now, &account, &by],
    )?;
    insert_hearing(w, id, &new.hearing, &new.hearing.due(kind, kinds, new.asked_at))?;
    subject.changed(w)
}

/// Records another hearing for a report, with the time that makes it due.
///
/// # Errors
/// When the database refuses.
pub fn move_hearing<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    report: &Report,
    hearing: &ForHearing,
    (kind, kinds): (&Kind, &Kinds),
) -> Result<()> {
    w.record(Event::new("hearing of report changed", "report", report.id));
    insert_hearing(w, report.id, hearing, &hearing.due(kind, kinds, report.asked_at))?;
    subject.changed(w)
}

fn insert_hearing<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ReportId,
    hearing: &ForHearing,
    due: &Due,
) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    w.execute(
        sql("INSERT INTO report_hearing (id, report_id, hearing_on, hearing_time, court, room, due_at, due_why, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        &[&Uuid::now_v7(), &id, &hearing.on, &hearing.time, &hearing.court, &hearing.room, &due.at, &due.why, &now, &by],
    )?;
    Ok(())
}

/// Somebody takes the writing; whoever had it before is released by it.
///
/// # Errors
/// When the database refuses.
pub fn take<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    id: ReportId,
    (account, name): (AccountId, &str),
) -> Result<()> {
    w.record(Event::new("report taken", "report", id).with(format!("by account {account}")));
    let (now, by) = (clock::now(), w.by());
    w.execute(
        sql("INSERT INTO report_writer (id, report_id, account_id, name, at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &id, &account, &name, &now, &by],
    )?;
    subject.changed(w)
}

/// Says that a report is no longer wanted. The first closing counts; false when there was one.
///
/// # Errors
/// When the database refuses.
pub fn close<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    id: ReportId,
    reason: &str,
    words: &str,
) -> Result<bool> {
    w.record(Event::new("report no longer wanted", "report", id).with(reason));
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    let kept = w.execute(
        sql("INSERT INTO report_closing (report_id, reason, words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (report_id) DO NOTHING"),
        &[&id, &reason, &words, &now, &account, &by],
    )?;
    subject.changed(w)?;
    Ok(kept == 1)
}
