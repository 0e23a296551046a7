//! Saving the text, signing a version, the second signature, and the lock: from there on everybody gets the same bytes.

use super::body::Body;
use super::desk::Finished;
use super::record::{Report, Version};
use crate::access::{Capability, Writer};
use crate::assessment::Countersigning;
use crate::audit::Event;
use crate::clock;
use crate::ids::{RecommendationId, ReportId};
use crate::triage::Subject;
use jiff::Timestamp;
use store::{Result, sql};
use uuid::Uuid;

/// Why nothing was done: a colleague was quicker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quicker {
    /// Saved since the page was made.
    Saved,
    /// Signed already.
    Signed,
}

/// A text to be saved.
#[derive(Debug, Clone)]
pub struct Save {
    /// Of which version.
    pub version: i64,
    /// The save the page was made from; 0 for none.
    pub seen: i64,
    /// What it changes against the version before.
    pub changed: String,
    /// The text.
    pub body: Body,
}

/// Saves the text of a version; the number of the save. The same text again is no new save.
///
/// # Errors
/// When the database refuses.
pub fn save<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    report: &Report,
    new: &Save,
) -> Result<std::result::Result<i64, Quicker>> {
    let newest = super::reading::saved_body(w, report.id, new.version)?;
    if report.writing() != Some(new.version) {
        return Ok(Err(Quicker::Signed));
    }
    let at = newest.as_ref().map_or(0, |(save, _, _)| *save);
    if let Some((_, there, changed)) = &newest {
        if *there == new.body && *changed == new.changed {
            return Ok(Ok(at));
        }
        if at != new.seen {
            return Ok(Err(Quicker::Saved));
        }
    }
    insert_save(w, report.id, at + 1, new)?;
    subject.changed(w)?;
    Ok(Ok(at + 1))
}

fn insert_save<C: Capability>(w: &mut Writer<'_, C>, id: ReportId, number: i64, new: &Save) -> Result<()> {
    w.record(
        Event::new("report text saved", "report", id).with(format!("version {}, save {number}", new.version)),
    );
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.execute(
        sql("INSERT INTO report_save (report_id, version, save, changed, body, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[&id, &new.version, &number, &new.changed, &new.body.to_json()?, &now, &account, &by],
    )?;
    Ok(())
}

/// Begins a correction: the next version, with the text of the one before and what it will change.
///
/// # Errors
/// When the database refuses.
pub fn begin_correction<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    report: &Report,
    changed: &str,
) -> Result<bool> {
    let Some(newest) = report.newest().filter(|v| v.locked.is_some() && report.writing().is_none()) else {
        return Ok(false);
    };
    let Some((_, body, _)) = super::reading::saved_body(w, report.id, newest.number)? else {
        return Ok(false);
    };
    let next = Save { version: newest.number + 1, seen: 0, changed: changed.to_owned(), body };
    w.record(
        Event::new("report correction begun", "report", report.id).with(format!("version {}", next.version)),
    );
    insert_save(w, report.id, 1, &next)?;
    subject.changed(w)?;
    Ok(true)
}

/// What a signature says.
#[derive(Debug, Clone)]
pub struct Signing {
    /// Which version.
    pub version: i64,
    /// Of which save.
    pub save: i64,
    /// Points of the check that were looked at.
    pub looked_at: Vec<String>,
    /// Whether somebody else must sign too.
    pub countersign: Countersigning,
    /// The author's role.
    pub role: String,
    /// When: the document bears this moment.
    pub at: Timestamp,
}

/// Signs a version; locks it at once where nobody else has to sign.
///
/// # Errors
/// When the database refuses.
pub fn sign<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    report: &Report,
    signing: &Signing,
    finished: Option<&Finished>,
) -> Result<std::result::Result<(), Quicker>> {
    if report.writing() != Some(signing.version) {
        return Ok(Err(Quicker::Signed));
    }
    let Some((save, body, changed)) = super::reading::saved_body(w, report.id, signing.version)? else {
        return Ok(Err(Quicker::Saved));
    };
    if save != signing.save {
        return Ok(Err(Quicker::Saved));
    }
    w.record(Event::new("report signed", "report", report.id).with(format!("version {}", signing.version)));
    let (by, account) = (w.by(), w.actor().account);
    let needed = signing.countersign == Countersigning::Needed;
    // One point a line; their words have no line ends.
    let looked_at = signing.looked_at.iter().map(|key| key.replace('\n', " ")).collect::<Vec<_>>().join("\n");
    w.execute(
        sql("INSERT INTO report_version (report_id, version, save, changed, looked_at, countersign, role_words, signed_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        &[&report.id, &signing.version, &save, &changed, &looked_at, &needed, &signing.role, &signing.at, &account, &by],
    )?;
    for (place, one) in (1_i64..).zip(&body.recommendations) {
        w.execute(
            sql("INSERT INTO report_recommendation (id, report_id, version, place, kind, words, why, instead) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
            &[&RecommendationId::fresh(), &report.id, &signing.version, &place, &one.kind, &one.words, &one.why, &one.instead],
        )?;
    }
    if let Some(finished) = finished {
        lock(w, report.id, signing.version, finished)?;
    }
    subject.changed(w)?;
    Ok(Ok(()))
}

/// Whether this account may countersign: it is somebody else's signature, and the version waits for one.
#[must_use]
pub fn may_countersign(version: &Version, account: Uuid) -> bool {
    version.countersign && version.second.is_none() && !account.is_nil() && version.account != Some(account)
}

/// The second signature, which locks the version.
///
/// # Errors
/// When the database refuses.
pub fn countersign<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    report: &Report,
    version: i64,
    (words, role, at): (&str, &str, Timestamp),
    finished: &Finished,
) -> Result<()> {
    w.record(Event::new("report countersigned", "report", report.id).with(format!("version {version}")));
    let (by, account) = (w.by(), w.actor().account);
    w.execute(
        sql("INSERT INTO report_countersignature (report_id, version, words, role_words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&report.id, &version, &words, &role, &at, &account, &by],
    )?;
    lock(w, report.id, version, finished)?;
    subject.changed(w)
}

fn lock<C: Capability>(w: &mut Writer<'_, C>, id: ReportId, version: i64, finished: &Finished) -> Result<()> {
    let document = serde_json::to_string(&finished.document)
        .map_err(|e| store::Error::Column { column: "document".into(), why: e.to_string() })?;
    let pages = i64::try_from(finished.pdf.pages).unwrap_or(i64::MAX);
    w.record(
        Event::new("report locked", "report", id).with(format!("version {version}, hash {}", finished.hash)),
    );
    w.execute(
        sql("INSERT INTO report_locked (report_id, version, hash, document, pdf, pages, locked_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &version, &finished.hash, &document, &finished.pdf.bytes, &pages, &clock::now()],
    )?;
    Ok(())
}
