//! Forms described as data: a [`Sheet`] of questions, the [`Answers`] given, and how both are shown.
//!
//! For pages that ask many things of which any may stay open (screening, assessment). Nothing is mandatory here: a room
//! decides what completing a form needs. "Yes", "no", "not known", "declined" and "not asked" are five different answers.

mod answers;
mod sheet;
mod show;
mod when;

pub use answers::{Answers, Asked};
pub use sheet::{Kind, Opt, Part, Question, Sheet};
pub use show::{answer, inputs, summary, told};
pub use when::{set_when, typed_at, typed_when, when_input};
