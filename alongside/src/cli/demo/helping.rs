//! Getting people to help: the directory, a year of referrals with believable delays, and who was referred to us today.

use super::Failed;
use alongside::access::Permit;
use alongside::access::policy::{KeepDirectory, KeepLiaison, MakeReferrals, TakeReferralsIn};
use alongside::clock;
use alongside::consent::{self, Decision, NewDecision, Obtained};
use alongside::directory::{self, Service, Wanted, from_csv, services, suggest};
use alongside::ids::{ContactId, PersonId, ProjectId, ReferralId, ReferralInId};
use alongside::liaison::{NewContact, record_contact};
use alongside::people::{self, Person};
use alongside::referrals::{self, New, NewReferral, Referral, To, What, keep, make, purpose_for};
use alongside::referrals_in::{self, EventKind, NewReferralIn};
use alongside::triage::Section;
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};
use store::{Db, sql};

/// Referrals made at each court in the year.
const A_YEAR: i64 = 26;
/// Needs, in the order in which the demo's people have them.
const NEEDS: [&[&str]; 8] = [
    &["accommodation"],
    &["drugs"],
    &["mental-health"],
    &["money", "work"],
    &["alcohol"],
    &["domestic-abuse"],
    &["learning"],
    &["trauma", "mental-health"],
];
const DECLINES: [&str; 5] = ["full", "area", "criteria", "not-reached", "full"];
const MISSED: [&str; 6] =
    ["no-word", "service-cancelled", "no-word", "in-custody", "not-told", "person-cancelled"];

/// The directory, with figures learnt so many days ago.
pub(super) fn directory(db: &Db) -> Result<(), Failed> {
    let today = clock::london_day(clock::now());
    let mut text = include_str!("../../../../demo/directory.csv").to_owned();
    for days in (0..=60_i64).rev() {
        text = text.replace(&format!("{{d{days}}}"), &today.saturating_sub(days.days()).to_string());
    }
    let read = from_csv(&text);
    if let Some(why) = read.skipped.first() {
        return Err(format!("the demo's directory can't be read: {why}").into());
    }
    let permit: Permit<KeepDirectory> = Permit::for_command_line_as(db, "Robin Keeper");
    permit.write_now(|w| directory::take(w, &[], &read.rows, "").map(drop))?;
    // One that closed, one that somebody doubts.
    permit.write_now(|w| {
        let all = services(w)?;
        if let Some(one) = all.iter().find(|s| s.name.starts_with("Afterwards")) {
            directory::end(w, one.id, "Closed in autumn; no successor yet")?;
        }
        if let Some(one) = all.iter().find(|s| s.name.starts_with("Signal")) {
            directory::say(w, one.id, "doubt", "The number rings out since Monday")?;
        }
        Ok::<_, store::Error>(())
    })?;
    Ok(())
}

/// A moment in the afternoon so many days ago, on a working day.
fn afternoon(days_ago: i64, minute: i64) -> Timestamp {
    let mut day = clock::london_day(clock::now()).saturating_sub(days_ago.days());
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.saturating_sub(1.day());
    }
    let at = day.at(14, 0, 0, 0).to_zoned(clock::london());
    at.map_or_else(|_| clock::now(), |at| at.timestamp() + SignedDuration::from_mins(minute % 150))
}

fn later(at: Timestamp, days: i64) -> Timestamp {
    at + SignedDuration::from_hours(24 * days)
}

/// A year of referrals of the people of one project.
pub(super) fn year_of_referrals(db: &Db, project: ProjectId, court: i64, by: &str) -> Result<(), Failed> {
    let permit: Permit<MakeReferrals> = Permit::for_command_line_as(db, by);
    let people: Vec<PersonId> = db.read(|r| {
        r.query(
            sql("SELECT DISTINCT person_id FROM episode WHERE project_id = $1 ORDER BY person_id LIMIT $2"),
            &[&project, &A_YEAR],
        )?
        .iter()
        .map(|row| row.get("person_id"))
        .collect::<store::Result<_>>()
    })?;
    let all: Vec<Service> = db.read(services)?;
    for (n, id) in (0_i64..).zip(people) {
        let turn = n * 7 + court * 3;
        // The newest some days ago, the oldest a year.
        let sent = afternoon(2 + n * 14, turn * 11);
        permit.write_now(|w| {
            let Some(person) = w.reading(|r| people::find(r, id))? else { return Ok::<_, Failed>(()) };
            let needs = NEEDS.get(usize::try_from(turn.rem_euclid(8)).unwrap_or(0)).copied().unwrap_or(&[]);
            let Some(referral) = refer(w, &person, project, &all, needs, sent)? else { return Ok(()) };
            follow(w, &referral, turn, sent)?;
            Ok(())
        })?;
    }
    Ok(())
}

type Writing<'a, 'b> = &'a mut alongside::access::Writer<'b, MakeReferrals>;

fn refer(
    w: Writing<'_, '_>,
    person: &Person,
    project: ProjectId,
    all: &[Service],
    needs: &[&str],
    sent: Timestamp,
) -> Result<Option<Referral>, Failed> {
    let today = clock::london_day(sent);
    let needs: Vec<String> = needs.iter().map(|n| (*n).to_owned()).collect();
    let wanted = Wanted { needs: needs.clone(), ..Wanted::of(person, project, today) };
    let fits: Vec<_> = suggest(all, &wanted, today).into_iter().filter(|s| s.excluded.is_empty()).collect();
    // Not always the first: colleagues know their services.
    let nth = usize::try_from(sent.as_second() / 86_400).unwrap_or(0) % fits.len().clamp(1, 4);
    let Some(fits) = fits.into_iter().nth(nth) else { return Ok(None) };
    let service = fits.service;
    let about = consent::Subject::person(w, person)?;
    let given = NewDecision {
        recipient: service.recipient(),
        name: service.name.clone(),
        purpose: None,
        decision: Decision::Given,
        limits: String::new(),
        withdraws: None,
        obtained: Obtained::default(),
        expires_on: None,
        decided_at: sent - SignedDuration::from_mins(40),
    };
    consent::record(w, &about, &given)?;
    let id = ReferralId::fresh();
    let calendar = law::Calendar::default();
    let days = service.reply_days().and_then(|d| i32::try_from(d).ok()).unwrap_or(5);
    let new = NewReferral {
        project,
        purpose: purpose_for(service.recipient()),
        to: To {
            service: service.id.into(),
            name: service.name.clone(),
            recipient: service.recipient(),
            email: service.email().to_owned(),
            reply_days: service.reply_days(),
        },
        reason: "help".into(),
        priority: "routine".into(),
        needs: needs.clone(),
        despite: String::new(),
        packet: vec![
            Section {
                key: "who".into(),
                heading: "Who".into(),
                lines: vec![format!("Name: {}", person.details.name())],
            },
            Section {
                key: "needs".into(),
                heading: "What help is asked for".into(),
                lines: needs.iter().map(|n| alongside::assessment::area_words(n).to_owned()).collect(),
            },
        ],
        means: "link".into(),
        reply_due: calendar.add_working_days(today, days),
        sent_at: sent,
    };
    if make(w, person, id, &new)?.is_err() {
        return Ok(None);
    }
    Ok(w.reading(|r| referrals::find_referral(r, id))?.map(|(_, referral)| referral))
}

/// What became of one: some arrive, some wait, some are forgotten by the service, some never come.
fn follow(w: Writing<'_, '_>, referral: &Referral, turn: i64, sent: Timestamp) -> Result<(), Failed> {
    let now = clock::now();
    let pick = |list: &[&'static str]| {
        list.get(usize::try_from(turn).unwrap_or(0) % list.len().max(1)).copied().unwrap_or("other")
    };
    let answered = later(sent, 1 + turn.rem_euclid(5));
    let mut note = |new: New| -> Result<Option<uuid::Uuid>, Failed> {
        // What has not come yet is not written down.
        if new.at > now {
            return Ok(None);
        }
        Ok(Some(keep(w, referral, &new)?.into()))
    };
    let at = |what: What, at: Timestamp| New { at, ..New::of(what) };
    match turn.rem_euclid(20) {
        12..=14 => {
            let code = pick(&DECLINES).to_owned();
            note(New { code, ..at(What::Declined, answered) })?;
            note(New { code: "declined".into(), ..at(What::Closed, later(answered, 2)) })?;
            return Ok(());
        }
        17 => {
            for asked in 1..=(1 + turn.rem_euclid(3)) {
                let again = later(sent, 7 * asked);
                note(New { code: "telephone".into(), words: "Will look".into(), ..at(What::Chased, again) })?;
            }
            return Ok(());
        }
        18 => {
            note(New { code: "not-needed".into(), ..at(What::Revoked, later(sent, 2)) })?;
            return Ok(());
        }
        19 => {
            note(at(What::Acknowledged, later(sent, 1)))?;
            return Ok(());
        }
        15 | 16 => {
            note(at(What::Waiting, answered))?;
        }
        _ => {
            note(at(What::Accepted, answered))?;
        }
    }
    if answered > now {
        return Ok(());
    }
    let first = later(answered, 4 + turn.rem_euclid(17));
    let offered = |at: Timestamp| New { at, place: "Their office".into(), ..New::of(What::Appointment) };
    // Booked ahead, at most two weeks.
    if first > later(now, 14) {
        return Ok(());
    }
    let Some(mut appointment) = keep_ahead(w, referral, &offered(first), now)? else { return Ok(()) };
    let mut when = first;
    if when > now {
        return Ok(());
    }
    if turn.rem_euclid(10) < 4 {
        let code = pick(&MISSED).to_owned();
        keep(w, referral, &New { code, at: when, of: Some(appointment), ..New::of(What::Missed) })?;
        when = later(first, 6 + turn.rem_euclid(8));
        if matches!(turn.rem_euclid(10), 1 | 3) || when > later(now, 14) {
            return Ok(());
        }
        let Some(again) = keep_ahead(w, referral, &offered(when), now)? else { return Ok(()) };
        appointment = again;
        if when > now {
            return Ok(());
        }
    }
    keep(
        w,
        referral,
        &New { code: "on-time".into(), at: when, of: Some(appointment), ..New::of(What::Attended) },
    )?;
    let closed = later(when, 8 + turn.rem_euclid(20));
    if closed < now {
        let words = "Goes on with them".to_owned();
        keep(w, referral, &New { code: "goes-on".into(), words, at: closed, ..New::of(What::Closed) })?;
    }
    Ok(())
}

fn keep_ahead(
    w: Writing<'_, '_>,
    referral: &Referral,
    new: &New,
    now: Timestamp,
) -> Result<Option<uuid::Uuid>, Failed> {
    if new.at > later(now, 14) {
        return Ok(None);
    }
    Ok(Some(keep(w, referral, new)?.into()))
}

/// Who was referred to us at a court today, and one of yesterday that was seen; a poster; a few contacts.
pub(super) fn referred_today(
    db: &Db,
    project: ProjectId,
    court: &str,
    today: Date,
    turn: usize,
) -> Result<(), Failed> {
    let rows: Vec<(String, Option<Date>)> = db.read(|r| {
        r.query(
            sql("SELECT forename, surname, date_of_birth FROM listing WHERE court_code = $1 AND list_date = $2 AND removed_at IS NULL AND joined_into IS NULL AND kind = 'person' AND surname IS NOT NULL AND forename IS NOT NULL ORDER BY sequence DESC, id LIMIT 3"),
            &[&court, &today],
        )?
        .iter()
        .map(|row| {
            let (forename, surname): (String, String) = (row.get("forename")?, row.get("surname")?);
            Ok((format!("{forename} {surname}"), row.get("date_of_birth")?))
        })
        .collect::<store::Result<_>>()
    })?;
    let permit: Permit<TakeReferralsIn> = Permit::for_command_line_as(db, "Ursula Usher");
    let said = [
        ("solicitor", "Sol Icitor", "He answers somebody who is not there", "voices", "no"),
        ("escort", "Cell staff", "Cries and will not eat", "low", "no"),
        (
            "legal-adviser",
            "Legal adviser",
            "Did not follow a word of the last hearing",
            "confused",
            "not-known",
        ),
    ];
    for (n, ((name, born), (role, who, words, worry, danger))) in rows.into_iter().zip(said).enumerate() {
        permit.write_now(|w| {
            let id = ReferralInId::fresh();
            let new = NewReferralIn {
                project,
                source: "telephone",
                door: None,
                name,
                born_on: born.filter(|_| n != 1),
                sex: String::new(),
                number: String::new(),
                place: "cells".into(),
                court: court.into(),
                hearing_on: Some(today),
                hearing_time: String::new(),
                worries: vec![worry.to_owned()],
                words: words.into(),
                danger: danger.into(),
                told: if n == 0 { "yes" } else { "no" }.into(),
                agrees: "not-asked".into(),
                report: None,
                referrer: (who.into(), role.into(), format!("020 7946 0{turn}{n}0")),
            };
            referrals_in::receive(w, id, &new)?;
            if n == 2
                && let Some(one) = w.reading(|r| referrals_in::find_referral_in(r, id))?
            {
                referrals_in::happened(w, &one, EventKind::Accepted, &referrals_in::More::default())?;
            }
            Ok::<_, store::Error>(())
        })?;
    }
    permit.write_now(|w| referrals_in::make_door(w, project, "poster", "Cells, ground floor").map(drop))?;
    Ok(())
}

/// A few contacts with agencies about people of a project.
pub(super) fn contacts(db: &Db, project: ProjectId, by: &str) -> Result<(), Failed> {
    let permit: Permit<KeepLiaison> = Permit::for_command_line_as(db, by);
    let people: Vec<PersonId> = db.read(|r| {
        r.query(
            sql("SELECT DISTINCT person_id FROM referral WHERE project_id = $1 ORDER BY person_id LIMIT 6"),
            &[&project],
        )?
        .iter()
        .map(|row| row.get("person_id"))
        .collect::<store::Result<_>>()
    })?;
    let talks = [
        (
            "gp",
            "Dr Pretend",
            "telephone",
            "Registered there; last seen in the spring",
            "Ring the surgery again about the letter",
        ),
        ("person", "", "telephone", "Keeps the appointment on Thursday, asked for the bus number", ""),
        (
            "probation",
            "Officer Example",
            "email",
            "Wants to know whether treatment has begun",
            "Answer once the person has said yes",
        ),
    ];
    for (n, id) in people.into_iter().enumerate() {
        let Some((agency, who, means, words, todo)) = talks.get(n % talks.len()).copied() else { continue };
        permit.write_now(|w| {
            let Some(person) = w.reading(|r| people::find(r, id))? else { return Ok::<_, Failed>(()) };
            let new = NewContact {
                project,
                at: afternoon(1 + i64::try_from(n).unwrap_or(0), 20),
                agency: agency.into(),
                who: who.into(),
                role: String::new(),
                means: means.into(),
                purpose: "information".into(),
                direction: if n.is_multiple_of(2) { "out" } else { "in" }.into(),
                words: words.into(),
                told: String::new(),
                told_for: None,
                outcome: "spoke".into(),
                follow_up: todo.into(),
                follow_up_on: (!todo.is_empty())
                    .then(|| clock::london_day(clock::now()).saturating_add(2.days())),
            };
            // Nothing is told in these talks, so the ledger has nothing to say.
            drop(record_contact(w, &person, ContactId::fresh(), &new)?);
            Ok(())
        })?;
    }
    Ok(())
}
