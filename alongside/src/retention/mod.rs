//! Retention: how long what is kept, what is past its time, and taking it away.
//!
//! Rules are data ([`Rules`]); [`decide`] is a pure function of a rule and the facts of one record. Nothing goes by itself: a
//! records guardian looks at a set ([`preview`]) and confirms exactly that set with a reason ([`carry_out`]). A legal hold keeps
//! everything of a person. All deleting of records stands in one file, `steps.rs`.

mod carry_out;
mod due;
mod hold;
mod holdings;
mod on_pages;
mod pages;
mod removal;
mod rules;
mod stays;
mod said;
mod steps;
mod touched;

pub use carry_out::{
    Done, Item, NotDone, Preview, Run, Tombstone, carry_out, now, preview, runs, tombstones,
};
pub use due::{Asked, Candidate, MOST, MOST_LOOKED_THROUGH, person};
pub use hold::{
    CLASSES, Death, Hold, NewHold, class_words, death_mistaken, deaths, held_people, holds_on, lift, place,
    record_death, standing_holds, take_turn,
};
pub use holdings::HOLDINGS;
pub use on_pages::on_person;
pub use pages::routes;
pub use rules::{Confirmed, Decided, Facts, Kind, Rule, Rules, RulesError, Verdict, decide, time_words};
pub use said::said;
pub use stays::STAYS;
pub use steps::{STEPS, Step};
