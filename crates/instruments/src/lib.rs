//! Questionnaires ("instruments") as data files, and one small scorer for all of them.
//!
//! An instrument is a TOML file in `data/`: its items, answers, published scoring, bands, cut-offs, missing
//! rule, licence and source. The scorer knows a short vocabulary of rules (see [`model::Rule`] and
//! [`model::Condition`]); a new instrument is a new file, not new code.
//!
//! What always holds, whatever the file says:
//! * the answers as given are kept; reversal and skips happen on a copy;
//! * an item that was not answered is not a zero: there is no total unless the published rule allows one;
//! * a lower bound shows a cut-off that is already passed, and an incomplete form never reads negative;
//! * a cut-off that depends on sex is shown for both when sex was not recorded;
//! * self-harm enquiries have prompts, never a total, a cut-off or a band (NICE NG225).
//!
//! ```
//! use instruments::{Context, Library, parse_answers, score};
//! let library = Library::builtin()?;
//! let found = library.find("phq9", None, None)?;
//! let answers = parse_answers(found.instrument, "2 2 2 2 1 0 0 0 1")?;
//! let score = score(found.instrument, &answers, &Context::default())?;
//! assert_eq!(score.total, Some(10.0));
//! assert_eq!(score.prompts.len(), 1); // item 9 was above 0
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(missing_docs)]

mod answers;
mod builtin;
mod check;
mod context;
mod evaluate;
mod file;
mod library;
mod licences;
pub mod model;
mod pack;
mod points;
pub mod report;
mod score;
mod state;
pub mod trend;
mod verdicts;
mod words;

pub use answers::{Answer, AnswerError, parse_answers};
pub use context::{Context, ContextError, Mode, Sex};
pub use file::{LoadError, LoadErrors};
pub use library::{FindError, Found, Library};
pub use licences::{LicenceEntry, licences};
pub use points::Points;
pub use score::{BandFound, Finding, Met, PromptFired, ScaleScore, Score, score};
