//! What rooms say is due, read from their facts with the reader's own leave for each room.

use crate::access::Permit;
use crate::access::policy::{
    AnswerAccess, HandOver, KeepLiaison, TakeReferralsIn, ViewClinical, ViewReferrals, ViewTasks,
};
use crate::assessment;
use crate::clock::{london_day, weekday_words};
use crate::handover;
use crate::ids::ProjectId;
use crate::liaison::{open_information, to_follow};
use crate::people;
use crate::referrals::{Silence, referrals_since};
use crate::referrals_in::open_referrals_in;
use crate::reports;
use crate::rota::{Gap, gaps, rota};
use crate::subject_access::all_requests;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use law::State;
use store::Result;
use uuid::Uuid;

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What is to be done.
    pub what: String,
    /// About whom, as the reader may know them; empty for nobody.
    pub name: String,
    /// The project.
    pub project: ProjectId,
    /// The day; nothing for none.
    pub on: Option<Date>,
    /// The moment, when it is due today at a time.
    pub at: Option<Timestamp>,
    /// Whose it is.
    pub assigned: Option<Uuid>,
    /// Where it is done.
    pub href: String,
    /// Which room says so.
    pub from: &'static str,
}

/// Everything that is due in the reader's projects, what is due first standing first.
///
/// # Errors
/// When the database can't be read.
pub fn due(permit: &Permit<ViewTasks>, now: Timestamp) -> Result<Vec<Due>> {
    let mut all = Vec::new();
    if let Some(own) = permit.also::<ViewReferrals>() {
        all.extend(of_referrals(&own, now)?);
    }
    if let Some(own) = permit.also::<TakeReferralsIn>() {
        all.extend(of_referrals_in(&own, now)?);
    }
    if let Some(own) = permit.also::<KeepLiaison>() {
        all.extend(of_liaison(&own)?);
    }
    if let Some(own) = permit.also::<HandOver>() {
        all.extend(of_warnings(&own, now)?);
    }
    if let Some(own) = permit.also::<ViewClinical>() {
        all.extend(of_reports(&own, now)?);
        all.extend(of_assessments(&own)?);
    }
    if let Some(own) = permit.also::<AnswerAccess>() {
        all.extend(of_access(&own, now)?);
    }
    all.extend(of_rota(permit, now)?);
    all.sort_by_key(|d| (d.on.unwrap_or(Date::MAX), d.at, d.name.clone()));
    Ok(all)
}

/// Days ahead in which a court without anybody on the rota is said.
const ROTA_DAYS: i64 = 8;

fn of_rota(permit: &Permit<ViewTasks>, now: Timestamp) -> Result<Vec<Due>> {
    let today = london_day(now);
    let rota = permit.read_now(|r| rota(r, today, today.saturating_add(ROTA_DAYS.days())))?;
    let gap = |gap: Gap| Due {
        what: format!("Nobody is on the rota at {} on {}", gap.court.name(), weekday_words(gap.day)),
        name: String::new(),
        project: gap.project,
        on: Some(gap.day),
        at: None,
        assigned: None,
        href: format!("/rota?week={}", gap.day),
        from: "Rota",
    };
    Ok(gaps(&rota, today, ROTA_DAYS).into_iter().map(gap).collect())
}

fn of_referrals(permit: &Permit<ViewReferrals>, now: Timestamp) -> Result<Vec<Due>> {
    permit.read_now(|r| {
        let mut all = Vec::new();
        let referrals = referrals_since(r, now)?;
        let names = people::names(r, referrals.iter().map(|one| one.person))?;
        for one in referrals {
            let Some(next) = one.next(now) else { continue };
            let Some(name) = names.get(&one.person).cloned() else { continue };
            let whose = if next.silence == Silence::Theirs { ", no word from them" } else { "" };
            all.push(Due {
                what: format!("{}: {}{whose}", one.service_name, next.what),
                name,
                project: one.project,
                on: Some(next.on),
                at: None,
                assigned: one.account,
                href: format!("/referrals/{}", one.id),
                from: "Referral",
            });
        }
        Ok(all)
    })
}

/// Requests for access that have no answer yet. Records guardians, who see no tasks, have them on the page of subject access.
fn of_access(permit: &Permit<AnswerAccess>, now: Timestamp) -> Result<Vec<Due>> {
    permit.read_now(|r| {
        let mut all = Vec::new();
        for request in all_requests(r)? {
            let clock = request.clock(now);
            if request.closed.is_some() || matches!(clock.state, State::Met | State::MetLate) {
                continue;
            }
            let Some(person) = people::find(r, request.person)? else { continue };
            let Some(project) = people::project_with(r, &person)? else { continue };
            all.push(Due {
                what: "Answer the request for access".into(),
                name: person.details.name(),
                project,
                on: Some(clock.due_on),
                at: None,
                assigned: None,
                href: format!("/subject-access/{}", request.id),
                from: "Subject access",
            });
        }
        Ok(all)
    })
}

fn of_referrals_in(permit: &Permit<TakeReferralsIn>, now: Timestamp) -> Result<Vec<Due>> {
    permit.read_now(|r| {
        Ok(open_referrals_in(r, now)?
            .into_iter()
            .filter(|one| one.standing() == crate::referrals_in::Standing::Received)
            .map(|one| Due {
                what: "Take the referral on".into(),
                name: one.name.clone(),
                project: one.is_with(),
                on: Some(london_day(one.due_at)),
                at: Some(one.due_at),
                assigned: None,
                href: format!("/referrals-in/{}", one.id),
                from: "Referred to us",
            })
            .collect())
    })
}

fn of_liaison(permit: &Permit<KeepLiaison>) -> Result<Vec<Due>> {
    permit.read_now(|r| {
        let mut all = Vec::new();
        let (open, follow) = (open_information(r)?, to_follow(r)?);
        let people = open.iter().map(|one| one.person).chain(follow.iter().map(|one| one.person));
        let names = people::names(r, people)?;
        for one in open {
            let Some(name) = names.get(&one.person).cloned() else { continue };
            all.push(Due {
                what: format!("Answer from {}", one.who),
                name,
                project: one.project,
                on: Some(one.due_on),
                at: None,
                assigned: None,
                href: format!("/information/{}", one.id),
                from: "Asked for",
            });
        }
        for one in follow {
            let Some(name) = names.get(&one.person).cloned() else { continue };
            all.push(Due {
                what: one.new.follow_up.clone(),
                name,
                project: one.new.project,
                on: one.new.follow_up_on,
                at: None,
                assigned: None,
                href: format!("/contacts/{}", one.id),
                from: "Contact",
            });
        }
        Ok(all)
    })
}

fn of_warnings(permit: &Permit<HandOver>, now: Timestamp) -> Result<Vec<Due>> {
    permit.read_now(|r| {
        let mut all = Vec::new();
        for one in handover::open_in_projects(r, now)? {
            let due = handover::due(&one).unwrap_or(one.raised_at);
            all.push(Due {
                what: "Warning: until somebody confirms they have it".into(),
                name: one.reference.clone(),
                project: one.project,
                on: Some(london_day(due)),
                at: Some(due),
                assigned: None,
                href: format!("/warnings/{}", one.id),
                from: "Warning",
            });
        }
        Ok(all)
    })
}

fn of_reports(permit: &Permit<ViewClinical>, now: Timestamp) -> Result<Vec<Due>> {
    permit.read_now(|r| {
        let mut all = Vec::new();
        for one in reports::asked_with_referrals(r, now)? {
            all.push(Due {
                what: "Begin the report that was asked for with the referral".into(),
                name: one.name.clone(),
                project: one.is_with(),
                on: Some(one.hearing_on.unwrap_or_else(|| london_day(one.received_at))),
                at: None,
                assigned: None,
                href: format!("/referrals-in/{}", one.id),
                from: "Report",
            });
        }
        for (one, name) in reports::open_reports(r, now)? {
            let due = one.due();
            all.push(Due {
                what: "Report for the court".into(),
                name,
                project: one.project,
                on: due.map(london_day),
                at: due,
                assigned: one.writer().map(|w| w.account.into()),
                href: format!("/reports/{}", one.id),
                from: "Report",
            });
        }
        Ok(all)
    })
}

fn of_assessments(permit: &Permit<ViewClinical>) -> Result<Vec<Due>> {
    permit.read_now(|r| {
        let mut all = Vec::new();
        let begun = assessment::begun(r)?;
        let names = people::names(r, begun.iter().map(|(one, _)| one.person))?;
        for (one, account) in begun {
            let Some(name) = names.get(&one.person).cloned() else { continue };
            all.push(Due {
                what: "Assessment begun and not signed".into(),
                name,
                project: one.project,
                on: Some(london_day(one.begun_at)),
                at: None,
                assigned: account,
                href: format!("/assessments/{}", one.id),
                from: "Assessment",
            });
        }
        Ok(all)
    })
}
