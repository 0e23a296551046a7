//! The directory: services people can be sent to, what is known of each, and who is right for whom.
//!
//! What is known of a service is answers to one [`SHEET`], versioned. [`suggest`] is a pure function of services, a person's needs
//! and today: every suggestion says why, every exclusion says why, and what is not known never excludes: it is something to check.

mod exchange;
mod keeping;
mod pages;
mod reading;
mod service;
mod sheet;
mod suggest;

pub use exchange::{Read, Row, Taken, from_csv, from_hsds, take, to_csv, to_hsds};
pub use keeping::{add, change, end, say, serve, settle};
pub use pages::routes;
pub use reading::{Version, find_service, history, services, services_in_scope};
pub use service::{Capacity, Service, Sex as ServedSex, Word};
pub use sheet::{EXCLUSIONS, SHEET};
pub use suggest::{STALE_CHECK_DAYS, STALE_WAIT_DAYS, Suggestion, Wanted, suggest};
