//! The rows of a message, with the same case recognised when it comes again: further down, in another document, or for
//! another defendant.

use std::collections::HashMap;

use crate::gather::Gather;
use crate::model::{Listing, Name};
use crate::refusal::Refusal;
use crate::words::{digest, squash};

/// With how many rows of one key a new one is compared; real lists have two or three.
const MOST_ALIKE: usize = 50;

#[derive(Debug, Default)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    by_key: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Row {
    listing: Listing,
    document: usize,
    /// 2 for the second time one document lists the same case at another time or room, and so on.
    turn: usize,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Says where the rows from `first` on stand, for formats without lines.
    pub(super) fn place_from(&mut self, first: usize, place: &str) {
        for row in self.rows.iter_mut().skip(first) {
            row.listing.place = place.to_owned();
        }
    }

    /// Adds a row. The same case again is one row: an exact repeat is skipped; a later document's version replaces the
    /// earlier one; the same document listing it at another time or room makes a second row.
    pub(crate) fn add(
        &mut self,
        listing: Listing,
        document: usize,
        gather: &mut Gather<'_>,
    ) -> Result<(), Refusal> {
        gather.weigh(&listing)?;
        let what =
            listing.case_no.as_ref().map_or_else(|| "a case".to_owned(), |number| format!("case {number}"));
        let known = self.by_key.entry(listing.source_key.clone()).or_default();
        let mut turn = 1;
        for &at in known.iter().rev().take(MOST_ALIKE) {
            let row = &mut self.rows[at];
            if !same_person(&row.listing, &listing) {
                continue;
            }
            if same_but_for_place(&row.listing, &listing) {
                gather.skip(
                    &listing.place,
                    what,
                    format!("it is the same as the one on {}", row.listing.place),
                    1,
                );
                return Ok(());
            }
            let elsewhere = row.listing.room != listing.room || row.listing.starts != listing.starts;
            if row.document == document && elsewhere {
                turn = turn.max(row.turn + 1);
                continue;
            }
            let why =
                format!("it comes again on {} with other details; the later one was kept", listing.place);
            gather.skip(&row.listing.place, what, why, 1);
            row.listing = listing;
            row.document = document;
            return Ok(());
        }
        known.push(self.rows.len());
        self.rows.push(Row { listing, document, turn });
        Ok(())
    }

    /// Gives the rows to `gather` with their final keys: two people under one key are told apart by a digest of the name.
    pub(crate) fn hand_over(mut self, gather: &mut Gather<'_>) {
        let mut groups: Vec<&Vec<usize>> = self.by_key.values().filter(|rows| rows.len() > 1).collect();
        groups.sort();
        for rows in groups {
            let people_differ =
                rows.iter().any(|&at| !same_person(&self.rows[rows[0]].listing, &self.rows[at].listing));
            for &at in rows {
                let row = &mut self.rows[at];
                if people_differ {
                    let who = name_digest(&row.listing.person.name);
                    row.listing.source_key.push_str(&format!(":{who}"));
                }
                if row.turn > 1 {
                    row.listing.source_key.push_str(&format!(":{}", row.turn));
                    let note = "The same case is listed a second time on this day, at another time or in another room.";
                    gather.note(&row.listing.place, note);
                }
            }
        }
        gather.listings.extend(self.rows.into_iter().map(|row| row.listing));
    }
}

/// A digest of surname and first forename, letters only.
pub(crate) fn name_digest(name: &Name) -> String {
    let surname = name.surname.as_deref().unwrap_or_default();
    let forename = name.forename.as_deref().unwrap_or_default();
    digest(&format!("{} {}", squash(surname), squash(forename)))
}

fn same_but_for_place(one: &Listing, other: &Listing) -> bool {
    let mut moved = other.clone();
    moved.place.clone_from(&one.place);
    *one == moved
}

/// Whether two rows under one key are one person: nothing known of one of them, the same surname, or the same birth date.
/// A second spelling is the same person; two defendants whom the sender gave one id are not.
fn same_person(one: &Listing, other: &Listing) -> bool {
    let surname = |listing: &Listing| squash(listing.person.name.surname.as_deref().unwrap_or_default());
    let (a, b) = (surname(one), surname(other));
    let births = (one.person.date_of_birth, other.person.date_of_birth);
    a.is_empty() || b.is_empty() || a == b || (births.0.is_some() && births.0 == births.1)
}
