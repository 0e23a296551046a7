//! One court day of a file: its lines and escort records, against those that stand.

use super::take_in::{Arrival, from_json, json};
use super::taken::Taken;
use super::written::{changes_between, columns_of, record_of};
use crate::access::{Capability, Writer};
use crate::ids::{EscortId, ListingId};
use intake::{Coverage, EscortRecord, ListedKind, Listing};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use store::{Result, sql};
use uuid::Uuid;

/// One court day of the file.
pub(super) struct Day<'a> {
    pub(super) code: &'a str,
    pub(super) date: Date,
    pub(super) sent: Timestamp,
    pub(super) arrival: Arrival,
    pub(super) taken: &'a mut Taken,
    pub(super) to_recognise: &'a mut Vec<(ListingId, linkage::Record)>,
}

/// A line as it stands.
struct Standing {
    id: ListingId,
    sent_at: Timestamp,
    detail: String,
    removed: bool,
    origin: String,
}

impl Day<'_> {
    fn standing<C: Capability>(&self, w: &mut Writer<'_, C>) -> Result<HashMap<String, Standing>> {
        w.query(
            sql("SELECT id, source_key, sent_at, detail, removed_at, origin FROM listing WHERE court_code = $1 AND list_date = $2"),
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
            };
            Ok((row.get("source_key")?, standing))
        })
        .collect()
    }

    pub(super) fn take_listings<C: Capability>(
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
            let could_go = there.origin == "list"
                && !there.removed
                && !seen.contains(key.as_str())
                && there.sent_at <= self.sent;
            if could_go
                && let Ok(line) = from_json::<Listing>(&there.detail)
                && covers.iter().any(|cover| cover.includes(&line))
            {
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

    pub(super) fn take_off<C: Capability>(
        &mut self,
        w: &mut Writer<'_, C>,
        id: ListingId,
        words: &str,
    ) -> Result<()> {
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

    pub(super) fn take_escorts<C: Capability>(
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
