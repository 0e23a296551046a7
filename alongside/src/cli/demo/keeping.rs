//! What the demo's records guardian finds: lists and records past their time, legal holds, one carrying out, and people who
//! asked for what is held about them. Everything is invented.

use super::Failed;
use alongside::access::Permit;
use alongside::access::policy::{AnswerAccess, ImportFiles, KeepRecords, PlaceHolds};
use alongside::clock;
use alongside::config::Config;
use alongside::exchange::{Again, Archive, read_import, receive};
use alongside::ids::PersonId;
use alongside::people::find;
use alongside::retention::{Asked, Kind, NewHold, Rules, carry_out, place, preview};
use alongside::service::HOLDINGS;
use alongside::subject_access::{self, NewRequest};
use jiff::ToSpan;
use jiff::civil::Date;
use store::{Db, sql};
use uuid::Uuid;

const GUARDIAN: &str = "Gil Wardrobe";
const MANAGER: &str = "Mira Quillbrook";
/// People whose record is past its time, and how many of them a hold keeps.
const PAST: usize = 4;
const HELD: usize = 1;

/// All of it.
pub(super) fn guardian(config: &Config, db: &Db, today: Date) -> Result<(), Failed> {
    old_list(config, db, today.saturating_sub(800.days()), 5)?;
    carried_out(config, db)?;
    old_list(config, db, today.saturating_sub(410.days()), 7)?;
    past_their_time(db, today)?;
    asked(db, today)
}

/// A list of long ago, of people whom nobody took on.
fn old_list(config: &Config, db: &Db, day: Date, rows: usize) -> Result<(), Failed> {
    let permit: Permit<ImportFiles> = Permit::for_command_line(db);
    let mut text = "court code,date,surname,forename,date of birth,list number,case number\n".to_owned();
    for n in 1..=rows {
        text.push_str(&format!("B01ND,{day},Longago{n},Quentin,0{n}/02/1970,{n},150000000{n}\n"));
    }
    let received = receive(&permit, &Archive::of(config)?, &format!("{day}.csv"), text.as_bytes(), "demo")?;
    read_import(&permit, &Archive::of(config)?, received.id, Again::No)?;
    Ok(())
}

/// The yearly review of last time: the lines of the older list went.
fn carried_out(config: &Config, db: &Db) -> Result<(), Failed> {
    let permit: Permit<KeepRecords> = Permit::for_command_line_as(db, GUARDIAN);
    let rules = Rules::load(config.retention_rules.as_deref())?;
    let asked = Asked { rooms: HOLDINGS, now: clock::now() };
    let set = permit.read_now(|r| preview(r, &rules, Kind::Line, asked))?.map(|p| p.set).unwrap_or_default();
    let why = "Yearly review of records, agreed with the Caldicott guardian";
    permit
        .write_now(|w| carry_out(w, &rules, (Kind::Line, &set, why), asked))?
        .map_err(|why| format!("the demo's old list could not be taken away: {why:?}"))?;
    Ok(())
}

/// People whom nobody has met for more than twenty years; one of them is held for an inquest.
fn past_their_time(db: &Db, today: Date) -> Result<(), Failed> {
    let permit: Permit<PlaceHolds> = Permit::for_command_line_as(db, MANAGER);
    let people: Vec<PersonId> = db.read(|r| {
        r.query(
            sql("SELECT p.id FROM person p WHERE p.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM link_decision d WHERE d.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM candidate c WHERE c.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM referral f WHERE f.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM duplicate_pair q WHERE q.first = p.id OR q.second = p.id) ORDER BY p.id LIMIT 4"),
            &[],
        )?
        .iter()
        .map(|row| row.get("id"))
        .collect::<store::Result<_>>()
    })?;
    let long_ago = clock::now() - jiff::SignedDuration::from_hours(24 * 365 * 21);
    permit.write_now(|w| {
        for (n, id) in people.iter().take(PAST).enumerate() {
            let Some(person) = w.reading(|r| find(r, *id))? else { continue };
            if n < HELD {
                let new = NewHold {
                    class: "inquest".into(),
                    words: "Coroner’s letter of this spring: nothing is to be destroyed until the inquest is over".into(),
                    review_on: today.saturating_add(60.days()),
                };
                place(w, &person, &new)?;
            }
            w.record(alongside::audit::Event::new("demo: dated back", "person", *id));
            // The register of the demo was filled today; these were on it long before.
            w.execute(sql("UPDATE person SET created_at = $1 WHERE id = $2"), &[&long_ago, id])?;
            w.execute(sql("UPDATE person_version SET at = $1 WHERE person_id = $2"), &[&long_ago, id])?;
            w.execute(
                sql("UPDATE episode SET opened_at = $1, last_contact_at = $1 WHERE person_id = $2"),
                &[&long_ago, id],
            )?;
        }
        Ok::<_, store::Error>(())
    })?;
    Ok(())
}

/// Two who asked for what is held about them: one in time, one nearly over it.
fn asked(db: &Db, today: Date) -> Result<(), Failed> {
    let permit: Permit<AnswerAccess> = Permit::for_command_line_as(db, GUARDIAN);
    let people: Vec<PersonId> = db.read(|r| {
        r.query(sql("SELECT DISTINCT person_id FROM assessment ORDER BY person_id LIMIT 2"), &[])?
            .iter()
            .map(|row| row.get("person_id"))
            .collect::<store::Result<_>>()
    })?;
    let requests = [
        ("person", "The person, by telephone", "Known to the practitioner, who rang back", "", 9),
        (
            "solicitor",
            "Pretend & Partners, solicitors",
            "Letter of authority seen; the firm is on the Law Society’s list",
            "What was written for the hearing in autumn",
            26,
        ),
    ];
    for (id, (requester, name, identity, wants, days)) in people.into_iter().zip(requests) {
        let new = NewRequest {
            received_on: today.saturating_sub(i64::from(days).days()),
            requester: requester.into(),
            requester_name: name.into(),
            identity: identity.into(),
            wants: wants.into(),
        };
        permit.write_now(|w| {
            if let Some(person) = w.reading(|r| find(r, id))? {
                subject_access::receive(w, Uuid::now_v7(), &person, &new)?;
            }
            Ok::<_, store::Error>(())
        })?;
    }
    Ok(())
}
