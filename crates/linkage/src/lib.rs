//! Is this person on the list someone we know?
//!
//! Raw text goes through six steps, each usable by itself:
//! [`clean()`] → [`blocking_keys`] and [`lookup_keys`] → [`evidence`] → [`Model::weigh`] → [`Band`] → [`Comparison`].
//! [`match_list`] does a whole list. The crate knows no database and no clock; a store keeps keys and term counts, or the
//! in-memory index does.
//!
//! ```
//! use linkage::{Frequencies, Model, Record, clean};
//! let mut listed = Record::default();
//! listed.name.forename = "Bill".into();
//! listed.name.surname = "Invented-Person".into();
//! listed.births.push("5/7/1984".into());
//! let mut known = listed.clone();
//! known.name.forename = "William".into();
//! let register = Frequencies::of(100_000);
//! let pair = Model::shipped().compare(&clean(&listed), &clean(&known), &register);
//! assert!(pair.probability > 0.5);
//! let sum: f64 = pair.fields.iter().map(|line| line.weight).sum();
//! assert!((sum - pair.weight).abs() < 1e-9);
//! ```
#![deny(missing_docs)]

mod clean;
mod compare;
pub mod csv;
pub mod dedupe;
pub mod evaluate;
pub mod fairness;
mod frequencies;
mod hash;
mod identifiers;
mod index;
mod keys;
mod list;
mod model;
mod record;
pub mod text;
pub mod train;
pub mod variants;

pub use clean::{Cleaned, FullName, Identifier, Place, Postcode, Sex, clean, clean_words, read_date};
pub use compare::{Agreement, Evidence, FIELDS, Field, Level, evidence};
pub use frequencies::{Frequencies, Term, TermKind, terms, terms_asked};
pub use identifiers::{Check, Crn, Cro, IdentifierError, NhsNumber, Pnc, PrisonNumber};
pub use index::{Index, IndexError, Part as IndexPart};
pub use keys::{KEYS_VERSION, blocking_keys, lookup_keys, rare_name_key};
pub use list::{Decision, KEPT, Ranked, Row as ListRow, match_list, shortlist};
pub use model::{
    Band, Comparison, FieldWeight, Like, Model, ModelError, Part, RELATIVES, Relative, Row, Score,
    probability,
};
pub use record::{Address, Name, Number, Record};
