//! What a file brought, in figures.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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

    pub(super) fn changed_anything(&self) -> bool {
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
