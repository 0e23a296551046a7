//! The register: everyone who has a record.
//!
//! [`find`] is the one door to a person and proves scope: queries about a person take a [`Person`], not an id.
//! [`register`] and [`revise`] keep what recognition and search need current in the same transaction; [`recognise`] weighs the
//! rows of a list against the whole register and gives ids and weights, no records. [`merge`] makes two records one and can be
//! undone to the last byte.

mod aliases;
mod cluster;
mod decided;
mod details;
mod renewal;
mod duplicates;
mod held;
mod holdings;
mod index;
mod merge;
mod names;
mod pages;
mod reached;
mod recognise;
mod register;
mod restricted;
mod search;
mod side_by_side;
mod typed_birth;

pub use aliases::{learn_names, unlearn_names};
pub use cluster::{ids_of, standing_for};
pub use decided::{PairDecided, PairDecision, decide_pair, lately_decided, pair_decisions, take_pair_back};
pub use details::{Details, Sex, full_name};
pub use duplicates::{OpenPairs, PAIRS_SHOWN, Pair, look_for, open_pairs, pair_of};
pub use held::LinesOf;
pub use holdings::HOLDINGS;
pub use merge::{CannotMerge, Merge, TakenApart, forget, merge, merges, taken_apart, unmerge};
pub use names::names;
pub use pages::{
    OnPerson, Sections, fields_table, identity_for, identity_of, likely_words, routes, weights_table,
};
pub use reached::{held_by, reached, reached_by};
pub use recognise::{Match, Matched, MatchedField, compare_with, prior_for, recognise};
pub use register::{
    Episode, NewPerson, NotKept, Person, end_episode_of, episodes, find, note_contact, open_episode,
    open_episode_for, project_names_of, project_with, projects_of, register, register_many, revise,
};
pub use renewal::renew_due;
pub use restricted::{Reach, Restriction, address_is_withheld, address_withheld, hidden, reach};
pub use search::{Answer, Found, SHOWN, search};
pub use side_by_side::side_by_side;
