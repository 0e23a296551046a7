//! What a file brought, into the listings of its court days: add, change, take off, without touching work done on a line.
//!
//! Older never overwrites newer; the same file twice changes nothing; a line taken off keeps its work and can come back.

use super::day::Day;
use super::joins::join_day;
use super::refusals::refusals;
use super::taken::Taken;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{ImportId, ListingId, PersonId};
use crate::people::recognise;
use crate::projects::{national_code_of, plain_name};
use intake::{Coverage, EscortRecord, Intake, Listing};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use store::{Result, sql};

/// The court code of lists that name no court we can tell.
pub const UNKNOWN_COURT: &str = "?????";

/// Where a file's content comes from.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// The import.
    pub import: ImportId,
    /// When it was received: its age, when the file states none.
    pub received_at: Timestamp,
}

/// Takes in what a file brought.
///
/// # Errors
/// When the database refuses; then nothing of the file was taken.
pub fn take_in<C: Capability>(w: &mut Writer<'_, C>, file: &Intake, arrival: Arrival) -> Result<Taken> {
    w.record(Event::new("file taken in", "import", arrival.import));
    let names = court_names(w)?;
    let sent = sent_at(file.sent, arrival.received_at);
    let court =
        |code: &Option<String>, name: &Option<String>| court_code(&names, code.as_deref(), name.as_deref());
    let mut taken = Taken::default();
    for listing in &file.listings {
        taken.court_days.insert((court(&listing.court_code, &listing.court_name), listing.date));
    }
    for cover in &file.covers {
        taken.court_days.insert((court(&cover.court_code, &cover.court_name), cover.date));
    }
    let escorts: Vec<(String, Date, &EscortRecord)> = file
        .escort_records
        .iter()
        .map(|record| {
            (court(&record.to_court_code, &record.to_name), move_day(record, arrival.received_at), record)
        })
        .collect();
    taken.court_days.extend(escorts.iter().map(|(code, date, _)| (code.clone(), *date)));

    // In one order, so that two imports at once wait for each other instead of interleaving.
    let days = taken.court_days.clone();
    for (code, date) in &days {
        w.execute(
            sql("INSERT INTO court_day (court_code, list_date, version, changed_at) VALUES ($1, $2, 0, $3) ON CONFLICT (court_code, list_date) DO UPDATE SET version = court_day.version"),
            &[code, date, &arrival.received_at],
        )?;
        w.execute(sql("INSERT INTO import_court_day (import_id, court_code, list_date) VALUES ($1, $2, $3) ON CONFLICT (import_id, court_code, list_date) DO NOTHING"), &[&arrival.import, code, date])?;
    }
    let mut to_recognise: Vec<(ListingId, linkage::Record)> = Vec::new();
    for (code, date) in &days {
        let listings: Vec<&Listing> = file
            .listings
            .iter()
            .filter(|l| l.date == *date && court(&l.court_code, &l.court_name) == *code)
            .collect();
        let covers: Vec<&Coverage> = file
            .covers
            .iter()
            .filter(|c| c.date == *date && court(&c.court_code, &c.court_name) == *code)
            .collect();
        let mut day =
            Day { code, date: *date, sent, arrival, taken: &mut taken, to_recognise: &mut to_recognise };
        day.take_listings(w, &listings, &covers)?;
        let records: Vec<&EscortRecord> =
            escorts.iter().filter(|(c, d, _)| c == code && d == date).map(|(_, _, r)| *r).collect();
        day.take_escorts(w, &records)?;
    }
    remove_moved_hearings(w, file, sent, arrival, &mut taken)?;
    for (code, date) in &days {
        join_day(w, code, *date, arrival, &mut taken, &mut to_recognise)?;
    }
    taken.possibly_known = weigh_lines(w, &to_recognise)?;
    if taken.changed_anything() {
        for (code, date) in &taken.court_days {
            bump(w, code, *date)?;
        }
    }
    Ok(taken)
}

/// Says that a court day's board changed.
pub(super) fn bump<C: Capability>(w: &mut Writer<'_, C>, code: &str, date: Date) -> Result<()> {
    w.execute(
        sql("UPDATE court_day SET version = version + 1, changed_at = $1 WHERE court_code = $2 AND list_date = $3"),
        &[&clock::now(), &code, &date],
    )?;
    Ok(())
}

fn court_names<C: Capability>(w: &mut Writer<'_, C>) -> Result<HashMap<String, String>> {
    w.query(sql("SELECT code, name FROM court"), &[])?
        .iter()
        .map(|row| Ok((plain_name(&row.get::<String>("name")?), row.get("code")?)))
        .collect()
}

/// How fresh a file is. Many lists only state the day they were printed: one that came on that very day is as fresh as its
/// arrival, or an evening's correction would lose against the morning's list that states its minute.
fn sent_at(stated: Option<Timestamp>, received_at: Timestamp) -> Timestamp {
    let Some(stated) = stated else { return received_at };
    let local = clock::in_london(stated);
    let day_only = local.time() == jiff::civil::Time::midnight();
    if day_only && local.date() == clock::london_day(received_at) { received_at } else { stated }
}

/// The code a file states; else that of the court it names: one that was set up here, or the only one of that name.
fn court_code(names: &HashMap<String, String>, code: Option<&str>, name: Option<&str>) -> String {
    if let Some(code) = code {
        return code.to_uppercase();
    }
    let named =
        |name: &str| names.get(&plain_name(name)).map(String::as_str).or_else(|| national_code_of(name));
    name.and_then(named).unwrap_or(UNKNOWN_COURT).to_owned()
}

fn move_day(record: &EscortRecord, received_at: Timestamp) -> Date {
    record.move_date.unwrap_or_else(|| clock::london_day(record.as_of.unwrap_or(received_at)))
}

/// A hearing that moved to another day or lost a defendant: its other lines, on whatever day, come off.
fn remove_moved_hearings<C: Capability>(
    w: &mut Writer<'_, C>,
    file: &Intake,
    sent: Timestamp,
    arrival: Arrival,
    taken: &mut Taken,
) -> Result<()> {
    let keys: HashSet<&str> = file.listings.iter().map(|l| l.source_key.as_str()).collect();
    let rows = w.query_list(
        sql("SELECT id, source_key, court_code, list_date, sent_at FROM listing WHERE removed_at IS NULL AND hearing_id IN ($LIST)"),
        &[],
        &file.covers_hearings,
    )?;
    for row in rows {
        let (key, at): (String, Timestamp) = (row.get("source_key")?, row.get("sent_at")?);
        if keys.contains(key.as_str()) || at > sent {
            continue;
        }
        let (id, code, date): (ListingId, String, Date) =
            (row.get("id")?, row.get("court_code")?, row.get("list_date")?);
        let mut nobody = Vec::new();
        let mut day = Day { code: &code, date, sent, arrival, taken, to_recognise: &mut nobody };
        day.take_off(w, id, "the hearing no longer lists this person on this day")?;
        taken.listings_removed += 1;
        taken.court_days.insert((code, date));
    }
    Ok(())
}

/// Weighs lines against the register and keeps the candidates; how many lines have any.
pub(super) fn weigh_lines<C: Capability>(
    w: &mut Writer<'_, C>,
    lines: &[(ListingId, linkage::Record)],
) -> Result<usize> {
    let records: Vec<linkage::Record> = lines.iter().map(|(_, record)| record.clone()).collect();
    let identities: Vec<String> = records.iter().map(identity_of).collect::<Result<_>>()?;
    let refused: HashSet<(String, PersonId)> =
        refusals(w, &identities)?.into_iter().map(|one| (one.identity, one.person)).collect();
    let mut matches = recognise(w, &records)?;
    for ((listing, _), (identity, found)) in lines.iter().zip(identities.iter().zip(&mut matches)) {
        w.execute(sql("UPDATE listing SET identity = $1 WHERE id = $2"), &[identity, listing])?;
        found.retain(|m| !refused.contains(&(identity.clone(), m.person)));
    }
    let mut possibly = 0;
    for ((listing, _), matches) in lines.iter().zip(&matches) {
        // Whom a colleague found by search stays: recognition would not find them again.
        w.execute(sql("DELETE FROM candidate WHERE listing_id = $1 AND band <> 'none'"), &[listing])?;
        possibly += usize::from(!matches.is_empty());
        for (rank, found) in (1_i64..).zip(matches) {
            w.execute(
                sql("INSERT INTO candidate (listing_id, person_id, rank, weight, probability, band, comparison) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (listing_id, person_id) DO UPDATE SET rank = excluded.rank, weight = excluded.weight, probability = excluded.probability, band = excluded.band, comparison = excluded.comparison"),
                &[listing, &found.person, &rank, &found.matched.weight, &found.matched.probability, &found.matched.band, &json(&found.matched)?],
            )?;
        }
    }
    Ok(possibly)
}

/// Who a line says it is, as a fingerprint.
pub(super) fn identity_of(record: &linkage::Record) -> Result<String> {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(json(record)?.as_bytes());
    Ok(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

/// JSON text for a column.
pub(super) fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|e| store::Error::Migration(format!("can't be written as JSON: {e}")))
}

/// What [`json`] wrote.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|e| store::Error::Migration(format!("a kept record can't be read: {e}")))
}
