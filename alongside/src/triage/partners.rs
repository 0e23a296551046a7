//! Partner services: who answers requests, for which projects, by which accounts.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::Recipient;
use crate::forms::Opt;
use crate::ids::{AccountId, PartnerId, ProjectId};
use store::{Result, Row, sql};
use uuid::Uuid;

/// Sorts of partner services.
pub const KINDS: &[Opt] = &[
    Opt::new("liaison-psychiatry", "Liaison psychiatry"),
    Opt::new("community-team", "Community mental health team"),
    Opt::new("forensic", "Forensic service"),
    Opt::new("hospital", "Hospital, bed management"),
    Opt::new("mhtr", "Provider of treatment requirements"),
    Opt::new("prison-healthcare", "Prison healthcare, in-reach"),
    Opt::new("independent", "Independent doctor"),
];

/// A partner service as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// The version of what is known.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// How to reach it, in words.
    pub contact: String,
    /// Hours within which it promised to answer.
    pub reply_hours: Option<i64>,
    /// Nothing more is sent to it.
    pub ended: bool,
}

/// What is known of one, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPartner {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// How to reach it.
    pub contact: String,
    /// Promised hours.
    pub reply_hours: Option<i64>,
}

impl Partner {
    /// Whom the ledger of consent calls it.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        if self.kind == "prison-healthcare" {
            Recipient::PrisonHealthcare
        } else {
            Recipient::MentalHealthTrust
        }
    }

    /// Its kind in words.
    #[must_use]
    pub fn kind_words(&self) -> &str {
        KINDS.iter().find(|o| o.key == self.kind).map_or(&self.kind, |o| o.words)
    }
}

fn partner(row: &Row) -> Result<Partner> {
    Ok(Partner {
        id: row.get("id")?,
        version: row.get("version")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        contact: row.get("contact")?,
        reply_hours: row.get("reply_hours")?,
        ended: row.get::<Option<jiff::Timestamp>>("ended_at")?.is_some(),
    })
}

/// Partner services that projects in scope send to or once sent to, by name; ended ones last.
///
/// # Errors
/// When the database can't be read.
pub fn partners<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Partner>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT p.id, p.version, p.ended_at, v.name, v.kind, v.contact, v.reply_hours FROM partner_service p JOIN partner_service_version v ON v.partner_id = p.id AND v.version = p.version WHERE $1 OR EXISTS (SELECT 1 FROM partner_project j WHERE j.partner_id = p.id AND j.project_id IN ($LIST)) ORDER BY v.name"),
        &[&all],
        &projects,
    )?;
    let mut found: Vec<Partner> = Vec::new();
    for row in &rows {
        let one = partner(row)?;
        if !found.iter().any(|p| p.id == one.id) {
            found.push(one);
        }
    }
    found.sort_by_key(|p| (p.ended, p.name.to_lowercase()));
    Ok(found)
}

/// One of them.
///
/// # Errors
/// When the database can't be read.
pub fn partner_in_scope<C: Capability>(r: &mut Reader<'_, C>, id: PartnerId) -> Result<Option<Partner>> {
    Ok(partners(r)?.into_iter().find(|p| p.id == id))
}

/// Partner services that one project may send to.
///
/// # Errors
/// When the database can't be read.
pub fn partners_of<C: Capability>(r: &mut Reader<'_, C>, project: ProjectId) -> Result<Vec<Partner>> {
    r.query(
        sql("SELECT p.id, p.version, p.ended_at, v.name, v.kind, v.contact, v.reply_hours FROM partner_service p JOIN partner_service_version v ON v.partner_id = p.id AND v.version = p.version JOIN partner_project j ON j.partner_id = p.id AND j.ended_at IS NULL AND j.project_id = $1 WHERE p.ended_at IS NULL ORDER BY v.name"),
        &[&project],
    )?
    .iter()
    .map(partner)
    .collect()
}

/// Puts a service on the list, for a project.
///
/// # Errors
/// When the database refuses.
pub fn add_partner<C: Capability>(
    w: &mut Writer<'_, C>,
    project: ProjectId,
    new: &NewPartner,
) -> Result<PartnerId> {
    let (id, by) = (PartnerId::fresh(), w.by());
    w.record(Event::new("partner service added", "partner", id).with(&new.name));
    w.execute(
        sql("INSERT INTO partner_service (id, version, created_at, created_by) VALUES ($1, 1, $2, $3)"),
        &[&id, &clock::now(), &by],
    )?;
    insert_version(w, id, 1, new)?;
    serve(w, id, project)?;
    Ok(id)
}

fn insert_version<C: Capability>(
    w: &mut Writer<'_, C>,
    id: PartnerId,
    version: i64,
    new: &NewPartner,
) -> Result<()> {
    let by = w.by();
    w.execute(
        sql("INSERT INTO partner_service_version (partner_id, version, at, by_words, name, kind, contact, reply_hours) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[&id, &version, &clock::now(), &by, &new.name, &new.kind, &new.contact, &new.reply_hours],
    )?;
    Ok(())
}

/// Gives a service a new version. False when somebody changed it meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn change_partner<C: Capability>(
    w: &mut Writer<'_, C>,
    old: &Partner,
    seen: i64,
    new: &NewPartner,
) -> Result<bool> {
    w.record(Event::new("partner service changed", "partner", old.id).with(format!("version {}", seen + 1)));
    let moved = w.execute(
        sql("UPDATE partner_service SET version = version + 1 WHERE id = $1 AND version = $2"),
        &[&old.id, &seen],
    )?;
    if moved == 1 {
        insert_version(w, old.id, seen + 1, new)?;
    }
    Ok(moved == 1)
}

/// Lets a project send to a service.
///
/// # Errors
/// When the database refuses.
pub fn serve<C: Capability>(w: &mut Writer<'_, C>, id: PartnerId, project: ProjectId) -> Result<()> {
    let by = w.by();
    w.record(
        Event::new("project may send to partner service", "partner", id).with(format!("project {project}")),
    );
    w.execute(
        sql("INSERT INTO partner_project (id, partner_id, project_id, since, since_by) SELECT $1, p.id, $2, $3, $4 FROM partner_service p WHERE p.id = $5 AND NOT EXISTS (SELECT 1 FROM partner_project x WHERE x.partner_id = p.id AND x.project_id = $6 AND x.ended_at IS NULL)"),
        &[&Uuid::now_v7(), &project, &clock::now(), &by, &id, &project],
    )?;
    Ok(())
}

/// An account that may answer, with whether it answers for this service now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answerer {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Answers for this service.
    pub linked: bool,
}

/// Accounts with the role of a clinical partner in the projects in scope.
///
/// # Errors
/// When the database can't be read.
pub fn answerers<C: Capability>(r: &mut Reader<'_, C>, id: PartnerId) -> Result<Vec<Answerer>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT DISTINCT a.id, a.name, CASE WHEN EXISTS (SELECT 1 FROM partner_account x WHERE x.account_id = a.id AND x.partner_id = $1 AND x.ended_at IS NULL) THEN 1 ELSE 0 END AS linked FROM account a JOIN access_grant g ON g.account_id = a.id WHERE a.disabled_at IS NULL AND g.ended_at IS NULL AND g.role = 'clinical-partner' AND ($2 OR g.project_id IS NULL OR g.project_id IN ($LIST)) ORDER BY a.name"),
        &[&id, &all],
        &projects,
    )?;
    let mut found: Vec<Answerer> = Vec::new();
    for row in rows {
        let account = row.get("id")?;
        if !found.iter().any(|a| a.account == account) {
            found.push(Answerer { account, name: row.get("name")?, linked: row.get::<i64>("linked")? == 1 });
        }
    }
    Ok(found)
}

/// Lets an account answer for a service, or ends that.
///
/// # Errors
/// When the database refuses.
pub fn link_account<C: Capability>(
    w: &mut Writer<'_, C>,
    id: PartnerId,
    account: AccountId,
    answers: Answers,
) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    match answers {
        Answers::ForIt => {
            w.record(
                Event::new("account answers for partner service", "partner", id)
                    .with(format!("account {account}")),
            );
            w.execute(
                sql("INSERT INTO partner_account (id, partner_id, account_id, since, since_by) SELECT $1, p.id, $2, $3, $4 FROM partner_service p WHERE p.id = $5 AND NOT EXISTS (SELECT 1 FROM partner_account x WHERE x.partner_id = p.id AND x.account_id = $6 AND x.ended_at IS NULL)"),
                &[&Uuid::now_v7(), &account, &now, &by, &id, &account],
            )?;
        }
        Answers::NoLonger => {
            w.record(
                Event::new("account no longer answers for partner service", "partner", id)
                    .with(format!("account {account}")),
            );
            w.execute(
                sql("UPDATE partner_account SET ended_at = $1, ended_by = $2 WHERE partner_id = $3 AND account_id = $4 AND ended_at IS NULL"),
                &[&now, &by, &id, &account],
            )?;
        }
    }
    Ok(())
}

/// Whether an account answers for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// From now on.
    ForIt,
    /// No more.
    NoLonger,
}

/// Ends what the projects in scope send to a service. When no project sends to it any more, the service has ended: nothing of it
/// opens.
///
/// # Errors
/// When the database refuses.
pub fn end_partner<C: Capability>(w: &mut Writer<'_, C>, id: PartnerId) -> Result<()> {
    let (now, by, (all, projects)) = (clock::now(), w.by(), w.projects());
    w.record(Event::new("partner service ended", "partner", id));
    let standing = w.query_list(
        sql("SELECT id FROM partner_project WHERE partner_id = $1 AND ended_at IS NULL AND ($2 OR project_id IN ($LIST))"),
        &[&id, &all],
        &projects,
    )?;
    for row in standing {
        let link: Uuid = row.get("id")?;
        w.execute(
            sql("UPDATE partner_project SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL"),
            &[&now, &by, &link],
        )?;
    }
    w.execute(
        sql("UPDATE partner_service SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM partner_project x WHERE x.partner_id = $4 AND x.ended_at IS NULL)"),
        &[&now, &by, &id, &id],
    )?;
    Ok(())
}
