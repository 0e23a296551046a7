//! What a file brought, into the listings of its court days: add, change, take off, without touching work done on a line.
//!
//! Older never overwrites newer; the same file twice changes nothing; a line taken off keeps its work and can come back.

use super::joins::join_day;
use super::written::{changes_between, columns_of, record_of};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{EscortId, ImportId, ListingId};
use crate::people::recognise;
use intake::{Coverage, EscortRecord, Intake, ListedKind, Listing};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::{Result, sql};
use uuid::Uuid;

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

/// What was done with it, in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Lines that were not there before.
    pub listings_new: usize,
    /// Lines that changed.
    pub listings_changed: usize,
    /// Lines that were there just so.
    pub listings_same: usize,
    /// Lines left as they are because a newer file already spoke.
    pub listings_older: usize,
    /// Lines that are no longer on their list.
    pub listings_removed: usize,
    /// Lines that came back.
    pub listings_returned: usize,
    /// Of the file's lines: organisations, kept as names.
    pub organisations: usize,
    /// Of the file's lines: under-18s.
    pub youths: usize,
    /// Of the file's lines: reviews of orders.
    pub review_hearings: usize,
    /// Escort records that were not there before.
    pub escort_records_new: usize,
    /// Escort records that changed.
    pub escort_records_changed: usize,
    /// Escort records that were there just so.
    pub escort_records_same: usize,
    /// Escort records left because a newer version is here.
    pub escort_records_older: usize,
    /// Lines with people of the register who may be the person.
    pub possibly_known: usize,
    /// Escort records joined to a line by exact identifiers.
    pub joined: usize,
    /// Escort records that look like a line, to be confirmed.
    pub joins_to_confirm: usize,
    /// The court days touched.
    pub court_days: BTreeSet<(String, Date)>,
}

/// Takes in what a file brought.
///
/// # Errors
/// When the database refuses; then nothing of the file was taken.
pub fn take_in<C: Capability>(w: &mut Writer<'_, C>, file: &Intake, arrival: Arrival) -> Result<Taken> {
    w.record(Event::new("file taken in", "import", arrival.import));
    let names = court_names(w)?;
    let sent = file.sent.unwrap_or(arrival.received_at);
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

impl Taken {
    /// Adds another file's figures.
    pub fn add(&mut self, other: &Taken) {
        self.listings_new += other.listings_new;
        self.listings_changed += other.listings_changed;
        self.listings_same += other.listings_same;
        self.listings_older += other.listings_older;
        self.listings_removed += other.listings_removed;
        self.listings_returned += other.listings_returned;
        self.organisations += other.organisations;
        self.youths += other.youths;
        self.review_hearings += other.review_hearings;
        self.escort_records_new += other.escort_records_new;
        self.escort_records_changed += other.escort_records_changed;
        self.escort_records_same += other.escort_records_same;
        self.escort_records_older += other.escort_records_older;
        self.possibly_known += other.possibly_known;
        self.joined += other.joined;
        self.joins_to_confirm += other.joins_to_confirm;
        self.court_days.extend(other.court_days.iter().cloned());
    }

    fn changed_anything(&self) -> bool {
        self.listings_new
            + self.listings_changed
            + self.listings_removed
            + self.listings_returned
            + self.escort_records_new
            + self.escort_records_changed
            + self.joined
            > 0
    }
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
        .map(|row| Ok((plain(&row.get::<String>("name")?), row.get("code")?)))
        .collect()
}

/// A court's name without what senders leave out or add.
fn plain(name: &str) -> String {
    let name = name.to_lowercase().replace(['\'', '’', '.', ','], "");
    name.split_whitespace()
        .filter(|w| !["magistrates", "court", "crown", "the", "at"].contains(w))
        .collect::<Vec<_>>()
        .join(" ")
}

fn court_code(names: &HashMap<String, String>, code: Option<&str>, name: Option<&str>) -> String {
    if let Some(code) = code {
        return code.to_uppercase();
    }
    name.and_then(|name| names.get(&plain(name)).cloned()).unwrap_or_else(|| UNKNOWN_COURT.to_owned())
}

fn move_day(record: &EscortRecord, received_at: Timestamp) -> Date {
    record.move_date.unwrap_or_else(|| clock::london_day(record.as_of.unwrap_or(received_at)))
}

/// One court day of the file.
struct Day<'a> {
    code: &'a str,
    date: Date,
    sent: Timestamp,
    arrival: Arrival,
    taken: &'a mut Taken,
    to_recognise: &'a mut Vec<(ListingId, linkage::Record)>,
}

/// A line as it stands.
struct Standing {
    id: ListingId,
    sent_at: Timestamp,
    detail: String,
    removed: bool,
    origin: String,
    series: Option<String>,
    room: Option<String>,
}

impl Day<'_> {
    fn standing<C: Capability>(&self, w: &mut Writer<'_, C>) -> Result<HashMap<String, Standing>> {
        w.query(
            sql("SELECT id, source_key, sent_at, detail, removed_at, origin, series, room FROM listing WHERE court_code = $1 AND list_date = $2"),
            &[&self.code, &self.date],
        )?
        .iter()
        .map(|row| {
            let standing = Standing {
                id: row.get("id")?,
                sent_at: row.get("sent_at")?,
                detail: row.get("detail")?,
                removed: row.get::<Option<Timestamp>>("removed_at")?.is_some(),
                origin: row.get("origin")?,
                series: row.get("series")?,
                room: row.get("room")?,
            };
            Ok((row.get("source_key")?, standing))
        })
        .collect()
    }

    fn take_listings<C: Capability>(
        &mut self,
        w: &mut Writer<'_, C>,
        listings: &[&Listing],
        covers: &[&Coverage],
    ) -> Result<()> {
        let standing = self.standing(w)?;
        let mut seen: HashSet<&str> = HashSet::new();
        for listing in listings {
            self.count(listing);
            if !seen.insert(&listing.source_key) {
                continue;
            }
            match standing.get(&listing.source_key) {
                None => self.add(w, listing)?,
                Some(there) if there.sent_at > self.sent => self.taken.listings_older += 1,
                Some(there) => self.change(w, listing, there)?,
            }
        }
        for (key, there) in &standing {
            let covered = covers.iter().any(|cover| {
                there.origin == "list"
                    && (cover.series.is_none() || cover.series == there.series)
                    && (cover.room.is_none() || cover.room == there.room)
            });
            let gone =
                covered && !seen.contains(key.as_str()) && !there.removed && there.sent_at <= self.sent;
            if gone {
                self.take_off(w, there.id, "no longer on the list")?;
                self.taken.listings_removed += 1;
            }
        }
        Ok(())
    }

    fn count(&mut self, listing: &Listing) {
        match listing.kind {
            ListedKind::Organisation => self.taken.organisations += 1,
            ListedKind::Youth => self.taken.youths += 1,
            ListedKind::Person => {}
        }
        if listing.application.as_ref().is_some_and(|a| a.is_review) {
            self.taken.review_hearings += 1;
        }
    }

    fn add<C: Capability>(&mut self, w: &mut Writer<'_, C>, listing: &Listing) -> Result<()> {
        let id = ListingId::fresh();
        let c = columns_of(listing)?;
        let at = self.arrival.received_at;
        let origin = if listing.hearing_id.is_some() { "hearing" } else { "list" };
        w.execute(
            sql("INSERT INTO listing (id, court_code, list_date, source_key, origin, court_name, series, hearing_id, room, starts, list_no, sequence, case_no, listed_for, kind, forename, middle_names, surname, full_name, date_of_birth, age, sex, pnc, custody, offences_short, detail, sent_at, first_import, last_import, first_seen_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)"),
            &[&id, &self.code, &self.date, &listing.source_key, &origin, &listing.court_name, &listing.series, &listing.hearing_id, &listing.room, &c.starts, &listing.list_no, &c.sequence, &listing.case_no, &listing.listed_for, &c.kind, &c.forename, &c.middle_names, &c.surname, &c.full_name, &listing.person.date_of_birth, &c.age, &c.sex, &listing.person.pnc, &c.custody, &c.offences, &c.detail, &self.sent, &self.arrival.import, &self.arrival.import, &at, &at],
        )?;
        write_results(w, id, listing)?;
        self.taken.listings_new += 1;
        self.note(w, id, "added", "")?;
        if listing.kind != ListedKind::Organisation {
            self.to_recognise.push((id, record_of(&listing.person)));
        }
        Ok(())
    }

    fn change<C: Capability>(
        &mut self,
        w: &mut Writer<'_, C>,
        listing: &Listing,
        there: &Standing,
    ) -> Result<()> {
        let c = columns_of(listing)?;
        if c.detail == there.detail {
            self.taken.listings_same += 1;
            w.execute(
                sql("UPDATE listing SET sent_at = $1, last_import = $2, removed_at = NULL WHERE id = $3"),
                &[&self.sent, &self.arrival.import, &there.id],
            )?;
        } else {
            let at = self.arrival.received_at;
            w.execute(
                sql("UPDATE listing SET court_name = $1, series = $2, room = $3, starts = $4, list_no = $5, sequence = $6, case_no = $7, listed_for = $8, kind = $9, forename = $10, middle_names = $11, surname = $12, full_name = $13, date_of_birth = $14, age = $15, sex = $16, pnc = $17, custody = $18, offences_short = $19, detail = $20, sent_at = $21, last_import = $22, changed_at = $23, removed_at = NULL WHERE id = $24"),
                &[&listing.court_name, &listing.series, &listing.room, &c.starts, &listing.list_no, &c.sequence, &listing.case_no, &listing.listed_for, &c.kind, &c.forename, &c.middle_names, &c.surname, &c.full_name, &listing.person.date_of_birth, &c.age, &c.sex, &listing.person.pnc, &c.custody, &c.offences, &c.detail, &self.sent, &self.arrival.import, &at, &there.id],
            )?;
            write_results(w, there.id, listing)?;
            // A version that differs only in where it stood in the file is no change to anybody.
            match changes_between(&there.detail, listing) {
                Some(words) => {
                    self.taken.listings_changed += 1;
                    self.note(w, there.id, "changed", &words)?;
                    if listing.kind != ListedKind::Organisation {
                        self.to_recognise.push((there.id, record_of(&listing.person)));
                    }
                }
                None => self.taken.listings_same += 1,
            }
        }
        if there.removed {
            self.taken.listings_returned += 1;
            self.note(w, there.id, "returned", "back on the list")?;
        }
        Ok(())
    }

    fn take_off<C: Capability>(&mut self, w: &mut Writer<'_, C>, id: ListingId, words: &str) -> Result<()> {
        w.execute(
            sql("UPDATE listing SET removed_at = $1 WHERE id = $2"),
            &[&self.arrival.received_at, &id],
        )?;
        self.note(w, id, "removed", words)
    }

    fn note<C: Capability>(
        &self,
        w: &mut Writer<'_, C>,
        id: ListingId,
        what: &str,
        words: &str,
    ) -> Result<()> {
        w.execute(
            sql("INSERT INTO listing_change (id, listing_id, court_code, list_date, import_id, at, what, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
            &[&Uuid::now_v7(), &id, &self.code, &self.date, &self.arrival.import, &self.arrival.received_at, &what, &words],
        )?;
        Ok(())
    }

    fn take_escorts<C: Capability>(
        &mut self,
        w: &mut Writer<'_, C>,
        records: &[&EscortRecord],
    ) -> Result<()> {
        for record in records {
            let as_of = record.as_of.unwrap_or(self.sent);
            let detail = json(record)?;
            let from = record.from.as_ref().and_then(|from| from.name.clone().or_else(|| from.code.clone()));
            let status = json(&record.status)?;
            let there = w.maybe(
                sql("SELECT id, as_of, detail FROM escort_record WHERE source_key = $1"),
                &[&record.source_key],
            )?;
            let id = match there {
                None => {
                    let id = EscortId::fresh();
                    w.execute(
                        sql("INSERT INTO escort_record (id, source_key, court_code, move_date, status, from_words, detail, as_of, first_import, last_import) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
                        &[&id, &record.source_key, &self.code, &self.date, &status.trim_matches('"'), &from, &detail, &as_of, &self.arrival.import, &self.arrival.import],
                    )?;
                    self.taken.escort_records_new += 1;
                    id
                }
                Some(row) if row.get::<Timestamp>("as_of")? > as_of => {
                    self.taken.escort_records_older += 1;
                    continue;
                }
                Some(row) if row.get::<String>("detail")? == detail => {
                    self.taken.escort_records_same += 1;
                    continue;
                }
                Some(row) => {
                    let id: EscortId = row.get("id")?;
                    w.execute(
                        sql("UPDATE escort_record SET court_code = $1, move_date = $2, status = $3, from_words = $4, detail = $5, as_of = $6, last_import = $7 WHERE id = $8"),
                        &[&self.code, &self.date, &status.trim_matches('"'), &from, &detail, &as_of, &self.arrival.import, &id],
                    )?;
                    w.execute(sql("DELETE FROM escort_fact WHERE escort_id = $1"), &[&id])?;
                    self.taken.escort_records_changed += 1;
                    id
                }
            };
            for (ordinal, fact) in (0_i64..).zip(intake::screening_facts(record)) {
                w.execute(
                    sql("INSERT INTO escort_fact (escort_id, ordinal, fact) VALUES ($1, $2, $3)"),
                    &[&id, &ordinal, &json(&fact)?],
                )?;
            }
        }
        Ok(())
    }
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

fn write_results<C: Capability>(w: &mut Writer<'_, C>, id: ListingId, listing: &Listing) -> Result<()> {
    w.execute(sql("DELETE FROM listing_result WHERE listing_id = $1"), &[&id])?;
    for (ordinal, result) in (0_i64..).zip(&listing.results) {
        w.execute(
            sql("INSERT INTO listing_result (listing_id, ordinal, code, label, ordered_on) VALUES ($1, $2, $3, $4, $5)"),
            &[&id, &ordinal, &result.code, &result.label, &result.ordered_on],
        )?;
    }
    Ok(())
}

/// Weighs lines against the register and keeps the candidates; how many lines have any.
pub(super) fn weigh_lines<C: Capability>(
    w: &mut Writer<'_, C>,
    lines: &[(ListingId, linkage::Record)],
) -> Result<usize> {
    let records: Vec<linkage::Record> = lines.iter().map(|(_, record)| record.clone()).collect();
    let matches = recognise(w, &records)?;
    let mut possibly = 0;
    for ((listing, _), matches) in lines.iter().zip(&matches) {
        w.execute(sql("DELETE FROM candidate WHERE listing_id = $1"), &[listing])?;
        possibly += usize::from(!matches.is_empty());
        for (rank, found) in (1_i64..).zip(matches) {
            w.execute(
                sql("INSERT INTO candidate (listing_id, person_id, rank, weight, probability, band, comparison) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                &[listing, &found.person, &rank, &found.matched.weight, &found.matched.probability, &found.matched.band, &json(&found.matched)?],
            )?;
        }
    }
    Ok(possibly)
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
