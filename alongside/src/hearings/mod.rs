//! Hearings: what happened in court, and what it means for remand, adjournments and the work that follows.
//!
//! A day in court has two voices: the court's, by lists and messages ([`take_in`], after the morning took in the lines), and a
//! colleague's ([`say`]). Neither overwrites the other; where they differ, the difference is shown until somebody settles it.
//! Figures are worked out by crate `measures` from the days of one person.
//!
//! For rooms below: [`next_hearing`] of somebody, [`results_since`] a moment with national codes, [`requirements_made`] that open
//! later work. All three take an [`About`](crate::morning::About), which proves scope.

mod ahead;
mod codes;
mod days;
mod figures;
mod heard;
mod holdings;
mod kept;
mod meaning;
#[cfg(test)]
mod meaning_tests;
mod on_pages;
mod orders;
mod pages;
mod saying;
mod sheet;
mod subject;
#[cfg(test)]
mod tests;
mod words;

pub use ahead::{Differs, KnownFrom, NextHearing, Resulted, days_about, next_hearing, results_since};
pub use codes::{Attended, Comes, Ended, PutOff, Stood};
pub use days::{Day, Difference, days};
pub use figures::figures;
pub use heard::{Application, Charge, ComesBack, Heard, Pronounced};
pub use holdings::HOLDINGS;
pub use kept::{Hearing, Said, Voice};
pub use meaning::meaning;
pub use on_pages::{on_board, on_line, on_person};
pub use orders::{Ordered, requirements_made};
pub use pages::routes;
pub use saying::{NewWord, On, say, take_in};
pub use subject::Subject;
