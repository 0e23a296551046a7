//! Consent and disclosure: what may be said to whom, and what was said.
//!
//! Holding a record rests on a lawful basis; telling somebody rests on what the person decided about that recipient and purpose,
//! or on an override with its reason. Every room that sends anything asks [`ask`] first and shows [`interruption`] when it may
//! not; [`disclose`] is the only way into the ledger, and rules again in the unit that writes. A warning that may save a life
//! goes by [`disclose_warning`], which never stops. What is said in the cells, before it is known who stands on a line, hangs on
//! the line: [`Subject`].

mod basis;
mod card;
mod codes;
mod decisions;
mod holdings;
mod ledger;
mod overrides;
mod pages;
mod quick;
mod rule;
mod subject;

pub use basis::{Basis, NewBasis, bases, record_basis};
pub use card::{Ways, interruption};
pub use codes::{Class, Decision, How, Means, Purpose, RECIPIENTS, Recipient};
pub use decisions::{Kept, NewDecision, Obtained, decisions, record};
pub use holdings::HOLDINGS;
pub use ledger::{NewDisclosure, Told, ask, ask_about, disclose, disclose_about, disclose_warning, told};
pub use overrides::{
    KeptOverride, NewOverride, NotAnswered, answer_override, awaiting_approval, override_consent, overrides,
};
pub use pages::{on_person, routes};
pub use quick::{keep_quick, keep_quick_about, quick_inputs};
pub use rule::{OVERRIDE_HOURS, Question, Ruling, Stop, Under, Why};
pub use subject::Subject;
