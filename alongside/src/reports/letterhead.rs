//! What stands at the head of a project's reports; every change is a new row.

use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ProjectId;
use documents::Letterhead;
use jiff::Timestamp;
use store::{Read, Result, sql};
use uuid::Uuid;

/// What a report bears when nothing was set.
pub const CLASSIFICATION: &str = "Official – sensitive";

/// A letterhead as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The project's name.
    pub project: String,
    /// The organisation behind it.
    pub organisation: String,
    /// Address, a line each.
    pub address: String,
    /// Telephone, e-mail, hours: a line each.
    pub contact: String,
    /// What stands in the foot of every page.
    pub classification: String,
    /// When it was set, and by whom; nothing when never.
    pub set: Option<(Timestamp, String)>,
}

impl Kept {
    /// As a document bears it.
    #[must_use]
    pub fn letterhead(&self) -> Letterhead {
        let lines =
            |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        Letterhead {
            project: self.project.clone(),
            organisation: self.organisation.clone(),
            address: lines(&self.address),
            contact: lines(&self.contact),
        }
    }
}

/// The letterhead of a project; its name alone when none was set.
///
/// # Errors
/// When the database can't be read.
pub fn letterhead_of(r: &mut Read<'_>, project: ProjectId, name: &str) -> Result<Kept> {
    let row = r.maybe(
        sql("SELECT * FROM report_letterhead WHERE project_id = $1 ORDER BY at DESC, id DESC"),
        &[&project],
    )?;
    let Some(row) = row else {
        return Ok(Kept { project: name.into(), classification: CLASSIFICATION.into(), ..Kept::default() });
    };
    Ok(Kept {
        project: name.into(),
        organisation: row.get("organisation")?,
        address: row.get("address")?,
        contact: row.get("contact")?,
        classification: row.get("classification")?,
        set: Some((row.get("at")?, row.get("by_words")?)),
    })
}

/// Sets the letterhead of a project; reports locked before keep theirs.
///
/// # Errors
/// When the database refuses.
pub fn set_letterhead<C: Capability>(w: &mut Writer<'_, C>, project: ProjectId, new: &Kept) -> Result<()> {
    w.record(Event::new("letterhead set", "project", project));
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.execute(
        sql("INSERT INTO report_letterhead (id, project_id, organisation, address, contact, classification, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        &[&Uuid::now_v7(), &project, &new.organisation, &new.address, &new.contact, &new.classification, &now, &account, &by],
    )?;
    Ok(())
}
