//! The register: everyone who has a record.
//!
//! [`find`] is the one door to a person and proves scope: queries about a person take a [`Person`], not an id.
//! [`register`] makes a record and keeps what recognition needs current in the same transaction; [`recognise`] weighs the
//! rows of a list against the whole register and gives ids and weights, no records.

mod details;
mod pages;
mod recognise;
mod register;

pub use details::{Details, Sex, full_name};
pub use pages::routes;
pub use recognise::{Match, Matched, MatchedField, prior_for, recognise};
pub use register::{Episode, NewPerson, Person, episodes, find, open_episode, register, register_many};
