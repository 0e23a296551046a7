//! Invented people: a population with London's mix of names, living in households, with police and health numbers whose
//! check letters fit; and the ways in which a court list gets them wrong.
//!
//! Everything follows from a seed and a household's number: the same seed always invents the same people, in any order.
//! Families, twins, and fathers and sons of one name are there because they are what makes recognition hard.

mod dice;
mod errors;
mod household;
mod list;
mod misspell;
mod names;
mod numbers;

pub use dice::Dice;
pub use errors::{Errors, Written, write_down};
pub use household::{Household, Person, Tie, household};
pub use list::{Kind, ListRow, Mix, list, register};
pub use names::{Heritage, heritages};
