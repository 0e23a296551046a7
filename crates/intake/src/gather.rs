//! Where a parser puts what it finds: rows, skips and notes, with the counts that must add up.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::limits::Limits;
use crate::model::{Coverage, EscortRecord, Format, Intake, Listing, Note, Skip};
use crate::refusal::{Refusal, RefusalKind};

/// The most skips, and the most notes, a report needs; the counts go on.
const MOST_REMARKS: usize = 5_000;

/// How many times the size of the largest file the rows may take.
const MOST_GROWTH: usize = 8;

#[derive(Debug)]
pub(crate) struct Gather<'a> {
    pub(crate) today: Date,
    pub(crate) limits: &'a Limits,
    pub(crate) listings: Vec<Listing>,
    pub(crate) escort_records: Vec<EscortRecord>,
    pub(crate) skips: Vec<Skip>,
    pub(crate) notes: Vec<Note>,
    pub(crate) covers: Vec<Coverage>,
    pub(crate) covers_hearings: Vec<String>,
    rows_skipped: usize,
    /// Bytes of what was kept, as JSON.
    kept: usize,
}

impl<'a> Gather<'a> {
    pub(crate) fn new(today: Date, limits: &'a Limits, notes: Vec<Note>) -> Self {
        Self {
            today,
            limits,
            listings: Vec::new(),
            escort_records: Vec::new(),
            skips: Vec::new(),
            notes,
            covers: Vec::new(),
            covers_hearings: Vec::new(),
            rows_skipped: 0,
            kept: 0,
        }
    }

    /// Something was left out that held `rows` cases or records.
    pub(crate) fn skip(
        &mut self,
        place: impl Into<String>,
        what: impl Into<String>,
        why: impl Into<String>,
        rows: usize,
    ) {
        self.rows_skipped += rows;
        let skip = Skip { place: place.into(), what: what.into(), why: why.into(), rows };
        let full = self.skips.len() >= MOST_REMARKS;
        match self.skips.last_mut() {
            Some(last) if full => {
                last.rows += rows;
                last.what = "this and all that follow".into();
                last.why = "too many were left out to list them one by one".into();
            }
            _ => self.skips.push(skip),
        }
    }

    /// Something was kept although it was odd.
    pub(crate) fn note(&mut self, place: impl Into<String>, what: impl Into<String>) {
        if self.notes.len() < MOST_REMARKS {
            self.notes.push(Note { place: place.into(), what: what.into() });
        }
    }

    /// Whether there is room for one more row.
    pub(crate) fn check_rows(&self) -> Result<(), Refusal> {
        self.check_rows_with(0)
    }

    /// The same while a parser still holds `held` rows itself.
    pub(crate) fn check_rows_with(&self, held: usize) -> Result<(), Refusal> {
        if held + self.listings.len() + self.escort_records.len() + self.rows_skipped < self.limits.rows {
            return Ok(());
        }
        Err(Refusal::new(
            RefusalKind::TooLarge,
            format!("The file holds more than {} rows.", self.limits.rows),
        )
        .advise("Send it in parts, one court or one day each."))
    }

    /// Counts what a row takes. What is said once in a file may stand on thousands of rows (a court's name, a hearing of a
    /// hundred days), so a small file could fill the memory.
    pub(crate) fn weigh(&mut self, row: &impl Serialize) -> Result<(), Refusal> {
        let mut counter = Counter(0);
        if serde_json::to_writer(&mut counter, row).is_ok() {
            self.kept += counter.0;
        }
        if self.kept <= self.limits.bytes.saturating_mul(MOST_GROWTH) {
            return Ok(());
        }
        Err(Refusal::new(
            RefusalKind::TooLarge,
            "The rows of the file repeat so much text that they cannot all be kept.",
        )
        .advise("Send it in parts, one court or one day each."))
    }

    /// All that was found, as one intake; a file in which no row was seen at all is refused.
    pub(crate) fn finish(mut self, format: Format) -> Result<Intake, Refusal> {
        make_unique(self.listings.iter_mut().map(|listing| &mut listing.source_key));
        make_unique(self.escort_records.iter_mut().map(|record| &mut record.source_key));
        let rows_seen = self.listings.len() + self.escort_records.len() + self.rows_skipped;
        if rows_seen == 0 {
            let mut what = format!(
                "The file was read as {}, but there is not one case or record in it.",
                format.words()
            );
            for skip in self.skips.iter().take(3) {
                what.push_str(&format!(
                    " {}, {}: {}.",
                    crate::words::capital(&skip.place),
                    skip.what,
                    skip.why
                ));
            }
            return Err(Refusal::new(RefusalKind::NoRows, what)
                .advise("If it should not be empty, ask the sender to export it again."));
        }
        let mut covers = self.covers;
        covers.sort();
        covers.dedup();
        let mut covers_hearings = self.covers_hearings;
        covers_hearings.sort();
        covers_hearings.dedup();
        Ok(Intake {
            format,
            sent: None,
            message_id: None,
            event: None,
            listings: self.listings,
            escort_records: self.escort_records,
            skips: self.skips,
            notes: self.notes,
            covers,
            covers_hearings,
            rows_seen,
        })
    }
}

/// Numbers keys that come again, in the order of the file: `key`, `key:2`, `key:3`.
fn make_unique<'k>(keys: impl Iterator<Item = &'k mut String>) {
    let mut turns: HashMap<String, usize> = HashMap::new();
    for key in keys {
        let mut turn = turns.get(key.as_str()).copied().unwrap_or(0);
        let base = key.clone();
        while turns.contains_key(key.as_str()) {
            turn += 1;
            *key = format!("{base}:{}", turn + 1);
        }
        if *key != base {
            turns.insert(base, turn);
        }
        turns.insert(key.clone(), 0);
    }
}

/// Counts bytes and keeps none.
struct Counter(usize);

impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
