//! Pages of getting people to help, as full as a service's are after years: a person with 1,000 entries in the timeline, 1,000
//! referrals of which a third is open, a directory of 300 services.

use crate::world::World;
use crate::{Failed, at};
use alongside::access::Permit;
use alongside::access::policy::{KeepDirectory, KeepLiaison, MakeReferrals};
use alongside::clock;
use alongside::consent::{self, Decision, NewDecision, Obtained};
use alongside::directory::{self, Service, from_csv, services};
use alongside::ids::{ContactId, PersonId, ReferralId};
use alongside::liaison::{NewContact, record_contact};
use alongside::people;
use alongside::referrals::{New, NewReferral, To, What, keep, make, purpose_for};
use alongside::triage::Section;
use jiff::{SignedDuration, Timestamp};
use store::sql;

const ENTRIES: i64 = 1_000;
const REFERRALS: i64 = 1_000;
const SERVICES: usize = 300;

/// Fills the service and prints how long its pages take.
pub fn measure(world: &World) -> Result<(), Failed> {
    world.fill(2_000)?;
    let person = fill(world)?;
    let visitor = world.visitor()?;
    println!("| engine | page | p50 / p95 ms | bytes, gzip |");
    println!("|---|---|---|---|");
    for (what, path) in [
        ("timeline of 1,000 entries", format!("/people/{person}/timeline")),
        ("services for one person, of 300", format!("/people/{person}/referrals/new")),
        ("directory, one need, of 300", "/directory?need=accommodation".to_owned()),
        ("referrals, a third of 1,000 open", "/referrals".to_owned()),
        ("figures by service, 1,000 referrals", "/referrals/services".to_owned()),
        ("tasks", "/tasks".to_owned()),
    ] {
        visitor.visit(&path, 3)?;
        let (mut times, bytes) = visitor.visit(&path, 40)?;
        println!("| {} | {what} | {} / {} | {bytes} |", world.engine, at(&mut times, 50), at(&mut times, 95));
    }
    Ok(())
}

fn ago(hours: i64) -> Timestamp {
    clock::now() - SignedDuration::from_hours(hours)
}

fn fill(world: &World) -> Result<PersonId, Failed> {
    let keeper: Permit<KeepDirectory> = Permit::for_command_line(&world.db);
    let mut text = String::from("id,name,what,needs,area,recipient,how,phone\n");
    for n in 0..SERVICES {
        let need =
            ["accommodation", "drugs", "mental-health", "money"].get(n % 4).copied().unwrap_or_default();
        text.push_str(&format!(
            "{n},Invented Service {n},Help,{need},anywhere,voluntary,telephone,020 7946 0000\n"
        ));
    }
    let read = from_csv(&text);
    if let Some(why) = read.skipped.first() {
        return Err(why.clone().into());
    }
    keeper.write_now(|w| directory::take(w, &[], &read.rows, "").map(drop))?;
    let all: Vec<Service> = world.db.read(services)?;
    let ids: Vec<PersonId> = world.db.read(|r| {
        r.query(sql("SELECT id FROM person ORDER BY id LIMIT $1"), &[&REFERRALS])?
            .iter()
            .map(|row| row.get("id"))
            .collect::<store::Result<_>>()
    })?;
    let first = ids.first().copied().ok_or("nobody on the register")?;
    let liaison: Permit<KeepLiaison> = Permit::for_command_line(&world.db);
    liaison.write_now(|w| {
        let Some(person) = w.reading(|r| people::find(r, first))? else { return Ok::<_, store::Error>(()) };
        for n in 0..ENTRIES {
            let said = NewContact {
                project: world.project,
                at: ago(n * 7),
                agency: "gp".into(),
                who: "Dr Pretend".into(),
                role: String::new(),
                means: "telephone".into(),
                purpose: "information".into(),
                direction: "out".into(),
                words: "They will look and ring back in the afternoon".into(),
                told: String::new(),
                told_for: None,
                outcome: "spoke".into(),
                follow_up: String::new(),
                follow_up_on: None,
            };
            drop(record_contact(w, &person, ContactId::fresh(), &said)?);
        }
        Ok(())
    })?;
    let permit: Permit<MakeReferrals> = Permit::for_command_line(&world.db);
    permit.write_now(|w| {
        for (n, (id, service)) in (0_i64..).zip(ids.into_iter().zip(all.iter().cycle())) {
            refer(w, world, id, service, n)?;
        }
        Ok::<_, Failed>(())
    })?;
    Ok(first)
}

fn refer(
    w: &mut alongside::access::Writer<'_, MakeReferrals>,
    world: &World,
    id: PersonId,
    service: &Service,
    n: i64,
) -> Result<(), Failed> {
    let Some(person) = w.reading(|r| people::find(r, id))? else { return Ok(()) };
    let sent = ago(24 + n * 8);
    let purpose = purpose_for(service.recipient());
    let about = consent::Subject::person(w, &person)?;
    let given = NewDecision {
        recipient: service.recipient(),
        name: service.name.clone(),
        purpose: None,
        decision: Decision::Given,
        limits: String::new(),
        withdraws: None,
        obtained: Obtained::default(),
        expires_on: None,
        decided_at: sent,
    };
    consent::record(w, &about, &given)?;
    let new = NewReferral {
        project: world.project,
        purpose,
        to: To {
            service: service.id.into(),
            name: service.name.clone(),
            recipient: service.recipient(),
            email: String::new(),
            reply_days: None,
        },
        reason: "help".into(),
        priority: "routine".into(),
        needs: vec!["accommodation".into()],
        despite: String::new(),
        packet: vec![Section {
            key: "who".into(),
            heading: "Who".into(),
            lines: vec![person.details.name()],
        }],
        means: "print".into(),
        reply_due: clock::london_day(sent),
        sent_at: sent,
    };
    let referral = ReferralId::fresh();
    if make(w, &person, referral, &new)?.is_err() {
        return Err("a referral of the bench was stopped".into());
    }
    if n % 3 > 0 {
        let Some((_, one)) = w.reading(|r| alongside::referrals::find_referral(r, referral))? else {
            return Ok(());
        };
        let at = sent + SignedDuration::from_hours(20);
        keep(w, &one, &New { code: "full".into(), at, ..New::of(What::Declined) })?;
        keep(w, &one, &New { code: "declined".into(), at, ..New::of(What::Closed) })?;
    }
    Ok(())
}
