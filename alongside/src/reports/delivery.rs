//! Giving a locked version to somebody: through the ledger, or not at all.

use super::record::Report;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::{self, Means, NewDisclosure, Question, Recipient, Ruling, Stop};
use crate::ids::{DeliveryId, DisclosureId};
use crate::triage::Subject;
use jiff::Timestamp;
use store::{Read, Result, sql};

/// Those who usually get a report of the court, in the order of pages.
pub const RECIPIENTS: [Recipient; 4] =
    [Recipient::Court, Recipient::Defence, Recipient::Prosecution, Recipient::Probation];

/// Whom the ledger is asked about: whoever stands on the line, else the person.
///
/// # Errors
/// When the database can't be read.
pub fn told_about(r: &mut Read<'_>, subject: &Subject) -> Result<Option<consent::Subject>> {
    match (subject.found(), &subject.person) {
        (Some(found), _) => consent::Subject::line(r, found).map(Some),
        (None, Some(person)) => consent::Subject::person(r, person).map(Some),
        (None, None) => Ok(None),
    }
}

/// The ruling of the ledger for each of these recipients, as of now.
///
/// # Errors
/// When the database can't be read.
pub fn rulings(
    r: &mut Read<'_>,
    subject: &Subject,
    report: &Report,
    recipients: &[Recipient],
    now: Timestamp,
) -> Result<Vec<(Recipient, Ruling)>> {
    let Some(about) = told_about(r, subject)? else { return Ok(Vec::new()) };
    recipients
        .iter()
        .map(|recipient| {
            let question = Question { recipient: *recipient, name: "", purpose: report.purpose };
            Ok((*recipient, consent::ask_about(r, &about, &question, now)?))
        })
        .collect()
}

/// A version to be given to somebody.
#[derive(Debug, Clone)]
pub struct NewDelivery {
    /// Which version: that in force when the page was made.
    pub version: i64,
    /// Whom.
    pub recipient: Recipient,
    /// Their name.
    pub to_name: String,
    /// Their role.
    pub to_role: String,
    /// By which means.
    pub means: Means,
    /// When.
    pub at: Timestamp,
}

/// Why it was not delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDelivered {
    /// The ledger says no.
    Stopped(Stop),
    /// Nobody knows whom it is about any more.
    Nobody,
    /// Another version is in force by now.
    NotInForce,
}

/// Gives a version to somebody: the ruling, the ledger's entry and the delivery are one unit of work. Only the version in force
/// is ever delivered.
///
/// # Errors
/// When the database refuses.
pub fn deliver<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    report: &Report,
    kind_name: &str,
    new: &NewDelivery,
) -> Result<std::result::Result<DeliveryId, NotDelivered>> {
    if report.current().map(|version| version.number) != Some(new.version) {
        return Ok(Err(NotDelivered::NotInForce));
    }
    let told = disclose(
        w,
        subject,
        &NewDisclosure {
            recipient: new.recipient,
            to_name: new.to_name.clone(),
            to_role: new.to_role.clone(),
            purpose: report.purpose,
            means: new.means,
            summary: format!("{kind_name}, version {}", new.version),
            about: Some(("report", report.id.into())),
            told_at: new.at,
        },
    )?;
    let disclosure = match told {
        Ok(id) => id,
        Err(why) => return Ok(Err(why)),
    };
    let id = DeliveryId::fresh();
    w.record(Event::new("report delivered", "report", report.id).with(format!(
        "version {}, {}, disclosure {disclosure}",
        new.version,
        new.recipient.key()
    )));
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.execute(
        sql("INSERT INTO report_delivery (id, report_id, version, recipient, to_name, to_role, means, delivered_at, disclosure_id, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
        &[&id, &report.id, &new.version, &new.recipient.key(), &new.to_name, &new.to_role, &new.means.key(), &new.at, &disclosure, &now, &account, &by],
    )?;
    subject.changed(w)?;
    Ok(Ok(id))
}

/// The one way from this room into the ledger.
pub(super) fn disclose<C: Capability>(
    w: &mut Writer<'_, C>,
    subject: &Subject,
    new: &NewDisclosure,
) -> Result<std::result::Result<DisclosureId, NotDelivered>> {
    let Some(about) = told_about(w, subject)? else { return Ok(Err(NotDelivered::Nobody)) };
    Ok(consent::disclose_about(w, &about, new)?.map_err(NotDelivered::Stopped))
}

/// Writes down that a receiver has it. The first acknowledgement counts; false when there was one.
///
/// # Errors
/// When the database refuses.
pub fn acknowledge<C: Capability>(
    w: &mut Writer<'_, C>,
    report: &Report,
    delivery: DeliveryId,
    (received_by, note, at): (&str, &str, Timestamp),
) -> Result<bool> {
    w.record(Event::new("report acknowledged", "report", report.id).with(format!("delivery {delivery}")));
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    let kept = w.execute(
        sql("INSERT INTO report_receipt (delivery_id, received_by, note, received_at, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (delivery_id) DO NOTHING"),
        &[&delivery, &received_by, &note, &at, &now, &account, &by],
    )?;
    Ok(kept == 1)
}
