//! Taking a referral in, and writing down what became of it.

use super::record::{EventKind, ReferralIn, due_at};
use crate::access::{Capability, Writer};
use crate::audit;
use crate::clock;
use crate::ids::{ListingId, PersonId, ProjectId, ReferralInId};
use jiff::civil::Date;
use store::{Result, sql};
use uuid::Uuid;

/// A referral to be kept.
#[derive(Debug, Clone)]
pub struct NewReferralIn {
    /// The project.
    pub project: ProjectId,
    /// How it came.
    pub source: &'static str,
    /// The door it came by.
    pub door: Option<Uuid>,
    /// The name.
    pub name: String,
    /// Birth date.
    pub born_on: Option<Date>,
    /// Sex; empty for not said.
    pub sex: String,
    /// Any number.
    pub number: String,
    /// Where the person is.
    pub place: String,
    /// The court; empty for not known.
    pub court: String,
    /// The day in court.
    pub hearing_on: Option<Date>,
    /// The time.
    pub hearing_time: String,
    /// Why worried.
    pub worries: Vec<String>,
    /// In words.
    pub words: String,
    /// Immediate danger.
    pub danger: String,
    /// Whether the person was told.
    pub told: String,
    /// Whether they agree.
    pub agrees: String,
    /// A report for the court that is asked for with it: what is to be known, and by when.
    pub report: Option<(String, String)>,
    /// Who refers: name, role, how to reach them.
    pub referrer: (String, String, String),
}

/// Keeps a referral as it came.
///
/// # Errors
/// When the database refuses.
pub fn receive<C: Capability>(w: &mut Writer<'_, C>, id: ReferralInId, new: &NewReferralIn) -> Result<()> {
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    let danger = new.danger == "yes" || new.worries.iter().any(|worry| worry == "ending-life");
    w.record(
        audit::Event::new("referral received", "referral in", id)
            .with(format!("{}, project {}", new.source, new.project)),
    );
    w.execute(
        sql("INSERT INTO referral_in (id, project_id, source, door_id, name, born_on, sex, number, place, court_code, hearing_on, hearing_time, worries, words, danger, told, agrees, referrer_name, referrer_role, referrer_contact, received_at, due_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"),
        &[
            &id,
            &new.project,
            &new.source,
            &new.door,
            &new.name,
            &new.born_on,
            &new.sex,
            &new.number,
            &new.place,
            &new.court,
            &new.hearing_on,
            &new.hearing_time,
            &new.worries.join(" "),
            &new.words,
            &new.danger,
            &new.told,
            &new.agrees,
            &new.referrer.0,
            &new.referrer.1,
            &new.referrer.2,
            &now,
            &due_at(now, danger),
            &account,
            &by,
        ],
    )?;
    if let Some((question, wanted)) = &new.report {
        w.execute(
            sql("INSERT INTO referral_in_report (referral_id, question, wanted) VALUES ($1, $2, $3)"),
            &[&id, question, wanted],
        )?;
    }
    Ok(())
}

/// What became of a referral: everything beside its kind may be left out.
#[derive(Debug, Clone, Default)]
pub struct More {
    /// The coded reason.
    pub code: String,
    /// In words.
    pub words: String,
    /// The line.
    pub listing: Option<ListingId>,
    /// The person.
    pub person: Option<PersonId>,
    /// The other referral, or the project.
    pub other: Option<Uuid>,
}

/// Writes down what became of a referral.
///
/// # Errors
/// When the database refuses.
pub fn happened<C: Capability>(
    w: &mut Writer<'_, C>,
    referral: &ReferralIn,
    kind: EventKind,
    more: &More,
) -> Result<()> {
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.record(audit::Event::new("referral in followed", "referral in", referral.id).with(kind.key()));
    w.execute(
        sql("INSERT INTO referral_in_event (id, referral_id, kind, code, words, listing_id, person_id, other_id, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        &[
            &Uuid::now_v7(),
            &referral.id,
            &kind.key(),
            &more.code,
            &more.words,
            &more.listing,
            &more.person,
            &more.other,
            &now,
            &account,
            &by,
        ],
    )?;
    Ok(())
}
